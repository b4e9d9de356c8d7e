//! Photographs of skin that never was: every colour, scar, shift and fault of them is known.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, ImageFormat, RgbImage};
use resurface_measure::photo::{Lab, linear_of};

/// A round scar.
#[derive(Clone, Copy)]
pub(crate) struct Scar {
    pub(crate) x_mm: f64,
    pub(crate) y_mm: f64,
    pub(crate) diameter_mm: f64,
    /// How much darker and redder its floor is than the skin around.
    pub(crate) darker: f64,
    pub(crate) redder: f64,
}

/// A face of 132 mm: an oval of skin on grey, with eyes, a mouth, moles and texture that its seed decides.
#[derive(Clone)]
pub(crate) struct Skin {
    pub(crate) seed: u64,
    pub(crate) colour: Lab,
    pub(crate) scars: Vec<Scar>,
    /// Strength of texture.
    pub(crate) rough: f64,
}

/// How it is photographed.
#[derive(Clone, Copy)]
pub(crate) struct Shot {
    pub(crate) width_px: u32,
    pub(crate) height_px: u32,
    pub(crate) pixel_mm: f64,
    pub(crate) scale: f64,
    pub(crate) turned_degrees: f64,
    pub(crate) shift_mm: [f64; 2],
    /// How far parts of the face move by themselves, at most.
    pub(crate) bend_mm: f64,
    /// Gains of red, green and blue.
    pub(crate) gains: [f64; 3],
    pub(crate) blur_px: f64,
    /// Standard deviation of noise, in steps of 256.
    pub(crate) noise: f64,
    /// Quality of JPEG; PNG if none.
    pub(crate) quality: Option<u8>,
    pub(crate) seed: u64,
    /// A card below the face, turned by quarters.
    pub(crate) card_quarters: Option<u8>,
}

impl Default for Shot {
    fn default() -> Self {
        Self {
            width_px: 825,
            height_px: 1050,
            pixel_mm: 0.2,
            scale: 1.0,
            turned_degrees: 0.0,
            shift_mm: [0.0; 2],
            bend_mm: 0.0,
            gains: [1.0; 3],
            blur_px: 0.6,
            noise: 1.0,
            quality: Some(95),
            seed: 1,
            card_quarters: None,
        }
    }
}

impl Skin {
    pub(crate) fn of(seed: u64) -> Self {
        Self { seed, colour: Lab { l: 64.0, a: 14.0, b: 17.0 }, scars: Vec::new(), rough: 1.0 }
    }

    /// Scars and moles by squares of 4 mm, so that a pixel asks only those near it.
    fn near(&self) -> Near {
        let mut near = Near { moles: vec![Vec::new(); SQUARES * SQUARES], scars: vec![Vec::new(); SQUARES * SQUARES] };
        for mole in moles(self.seed) {
            around(mole.0, mole.1, 1.0).for_each(|square| near.moles[square].push(mole));
        }
        for scar in &self.scars {
            around(scar.x_mm, scar.y_mm, scar.diameter_mm / 2.0 + 0.3).for_each(|square| near.scars[square].push(*scar));
        }
        near
    }

    /// Scars of the cheeks and the forehead: so many, of these diameters in turn, never closer than 9 mm.
    pub(crate) fn with_scars(mut self, count: usize, diameters_mm: &[f64], darker: f64, redder: f64) -> Self {
        let mut at = 0_u64;
        while self.scars.len() < count {
            at += 1;
            let (x_mm, y_mm) = (104.0 * (draw(self.seed, at, 1) - 0.5), 130.0 * (draw(self.seed, at, 2) - 0.5));
            let on_skin = (x_mm / 52.0).powi(2) + (y_mm / 76.0).powi(2) < 1.0;
            let clear = !near_feature(x_mm, y_mm, 7.0);
            let apart = self.scars.iter().all(|scar| (scar.x_mm - x_mm).hypot(scar.y_mm - y_mm) > 9.0);
            if on_skin && clear && apart {
                let diameter_mm = diameters_mm[self.scars.len() % diameters_mm.len()];
                self.scars.push(Scar { x_mm, y_mm, diameter_mm, darker, redder });
            }
        }
        self
    }

    /// The colour at a place, from the middle of the face.
    fn lab(&self, x: f64, y: f64, near: &Near) -> Lab {
        let oval = (x / 66.0).powi(2) + (y / 88.0).powi(2);
        if oval > 1.0 {
            return Lab { l: 78.0 + 1.5 * noise(self.seed ^ 77, x / 30.0, y / 30.0), a: 0.0, b: 0.5 };
        }
        if in_feature(x, y) {
            let l = 26.0 + 14.0 * noise(self.seed ^ 5, x / 2.0, y / 2.0);
            return Lab { l, a: 2.0, b: 1.0 };
        }
        let texture = |wavelength: f64, salt: u64| noise(self.seed ^ salt, x / wavelength, y / wavelength);
        let rough = self.rough * (1.0 * texture(0.9, 11) + 1.2 * texture(2.1, 12) + 1.4 * texture(5.0, 13));
        let broad = 2.0 * texture(45.0, 14);
        let mut lab = Lab {
            l: self.colour.l + rough + broad,
            a: self.colour.a + 0.8 * texture(7.0, 15) + 0.8 * texture(38.0, 16),
            b: self.colour.b + 0.6 * texture(9.0, 17),
        };
        let square = square(y) * SQUARES + square(x);
        for (x_mm, y_mm, size) in &near.moles[square] {
            lab.l -= 7.0 * (-((x - x_mm).powi(2) + (y - y_mm).powi(2)) / (size * size)).exp();
        }
        for scar in &near.scars[square] {
            let from = (x - scar.x_mm).hypot(y - scar.y_mm);
            // A wall of 0.3 mm around the rim.
            let inside = ((scar.diameter_mm / 2.0 - from) / 0.3 + 0.5).clamp(0.0, 1.0);
            lab.l -= scar.darker * inside;
            lab.a += scar.redder * inside;
        }
        lab
    }
}

/// What lies near each square of the face.
struct Near {
    moles: Vec<Vec<(f64, f64, f64)>>,
    scars: Vec<Vec<Scar>>,
}

const SQUARES: usize = 50;

fn square(at: f64) -> usize {
    ((at / 4.0 + SQUARES as f64 / 2.0).max(0.0) as usize).min(SQUARES - 1)
}

/// Squares within a distance of a place.
fn around(x: f64, y: f64, reach: f64) -> impl Iterator<Item = usize> {
    let columns = square(x - reach)..=square(x + reach);
    (square(y - reach)..=square(y + reach)).flat_map(move |row| columns.clone().map(move |column| row * SQUARES + column))
}

/// Small spots that make a skin this skin: too small for scars.
fn moles(seed: u64) -> Vec<(f64, f64, f64)> {
    (0..160)
        .map(|at| (128.0 * (draw(seed, at, 21) - 0.5), 172.0 * (draw(seed, at, 22) - 0.5), 0.2 + 0.12 * draw(seed, at, 23)))
        .collect()
}

fn in_feature(x: f64, y: f64) -> bool {
    near_feature(x, y, 0.0)
}

/// Eyes and mouth.
fn near_feature(x: f64, y: f64, wider: f64) -> bool {
    let oval = |cx: f64, cy: f64, a: f64, b: f64| ((x - cx) / (a + wider)).powi(2) + ((y - cy) / (b + wider)).powi(2) < 1.0;
    oval(-31.0, -18.0, 14.0, 7.0) || oval(31.0, -18.0, 14.0, 7.0) || oval(0.0, 46.0, 25.0, 8.0)
}

impl Shot {
    /// The place in the photograph of a place of the face, in pixels.
    pub(crate) fn place(&self, x_mm: f64, y_mm: f64) -> [f64; 2] {
        // The inverse of `face`, by fixed point: movements of parts are small.
        let (mut x, mut y) = (x_mm, y_mm);
        for _ in 0..30 {
            let [dx, dy] = self.bend(x, y);
            (x, y) = (x_mm - dx, y_mm - dy);
        }
        let (sin, cos) = self.turned_degrees.to_radians().sin_cos();
        let (u, v) = (self.scale * (cos * x - sin * y) + self.shift_mm[0], self.scale * (sin * x + cos * y) + self.shift_mm[1]);
        let middle = |pixels: u32| f64::from(pixels) / 2.0 - 0.5;
        [u / self.pixel_mm + middle(self.width_px), v / self.pixel_mm + middle(self.height_px)]
    }

    /// The place of the face that a pixel sees.
    fn face(&self, px: f64, py: f64) -> [f64; 2] {
        let middle = |pixels: u32| f64::from(pixels) / 2.0 - 0.5;
        let (u, v) = ((px - middle(self.width_px)) * self.pixel_mm, (py - middle(self.height_px)) * self.pixel_mm);
        let (u, v) = ((u - self.shift_mm[0]) / self.scale, (v - self.shift_mm[1]) / self.scale);
        let (sin, cos) = self.turned_degrees.to_radians().sin_cos();
        let (x, y) = (cos * u + sin * v, cos * v - sin * u);
        let [dx, dy] = self.bend(x, y);
        [x + dx, y + dy]
    }

    fn bend(&self, x: f64, y: f64) -> [f64; 2] {
        let wave = |at: f64, length: f64| (std::f64::consts::TAU * at / length).sin();
        [self.bend_mm * wave(y + 11.0, 120.0), self.bend_mm * wave(x - 7.0, 140.0)]
    }

    pub(crate) fn of(&self, skin: &Skin) -> Vec<u8> {
        let (width, height) = (self.width_px as usize, self.height_px as usize);
        let mut linear = vec![[0.0_f32; 3]; width * height];
        let (near, patches) = (skin.near(), patches());
        for (at, pixel) in linear.iter_mut().enumerate() {
            let (px, py) = ((at % width) as f64, (at / width) as f64);
            let card = self.card_quarters.and_then(|quarters| {
                card(&patches, quarters, (px - width as f64 / 2.0) * self.pixel_mm, (py - height as f64) * self.pixel_mm + 32.0)
            });
            let lab = card.unwrap_or_else(|| {
                let [x, y] = self.face(px, py);
                skin.lab(x, y, &near)
            });
            *pixel = linear_of(lab).map(|channel| channel as f32);
            pixel.iter_mut().zip(self.gains).for_each(|(channel, gain)| *channel *= gain as f32);
        }
        blurred(&mut linear, width, height, self.blur_px);
        let mut bytes = Vec::with_capacity(3 * linear.len());
        for (at, pixel) in linear.iter().enumerate() {
            for (channel, value) in pixel.iter().enumerate() {
                let value = f64::from(value.clamp(0.0, 1.0));
                let share = if value <= 0.003_130_8 { 12.92 * value } else { 1.055 * value.powf(1.0 / 2.4) - 0.055 };
                let four: f64 = (0..4).map(|part| draw(self.seed, 4 * at as u64 + part, 31 + channel as u64)).sum();
                // Four draws have a standard deviation of the root of a third.
                bytes.push((255.0 * share + self.noise * (four - 2.0) * 1.732).round().clamp(0.0, 255.0) as u8);
            }
        }
        encoded(bytes, self.width_px, self.height_px, self.quality)
    }
}

pub(crate) fn encoded(rgb: Vec<u8>, width: u32, height: u32, quality: Option<u8>) -> Vec<u8> {
    let mut file = Vec::new();
    match quality {
        Some(quality) => {
            let mut encoder = JpegEncoder::new_with_quality(&mut file, quality);
            encoder.encode(&rgb, width, height, ExtendedColorType::Rgb8).unwrap();
        }
        None => RgbImage::from_raw(width, height, rgb).unwrap().write_to(&mut Cursor::new(&mut file), ImageFormat::Png).unwrap(),
    }
    file
}

/// Known colours of the card under D50, as its maker gives them.
const CARD: &str = include_str!("../../src/photo/card/reference_2014.csv");

/// The colour of the card at a place from its middle: patches of 7 mm every 8 mm on black, turned by quarters.
fn card(patches: &[Lab], quarters: u8, x: f64, y: f64) -> Option<Lab> {
    let (x, y) = match quarters % 4 {
        0 => (x, y),
        1 => (y, -x),
        2 => (-x, -y),
        _ => (-y, x),
    };
    let (column, row) = ((x + 24.0) / 8.0, (y + 16.0) / 8.0);
    if !(-0.2..6.2).contains(&column) || !(-0.2..4.2).contains(&row) {
        return None;
    }
    let rim = |at: f64| (at - at.floor() - 0.5).abs() > 0.4375;
    let outside = !(0.0..6.0).contains(&column) || !(0.0..4.0).contains(&row);
    if outside || rim(column) || rim(row) {
        return Some(Lab { l: 8.0, a: 0.0, b: 0.0 });
    }
    patches.get(6 * row as usize + column as usize).copied()
}

fn patches() -> Vec<Lab> {
    let colour = |line: &str| {
        let mut values = line.split(',').map(|value| value.parse().unwrap());
        from_d50(Lab { l: values.next().unwrap(), a: values.next().unwrap(), b: values.next().unwrap() })
    };
    CARD.lines().filter(|line| !line.starts_with('#')).map(colour).collect()
}

/// Bradford, from the numbers of Lindbloom, written apart from those that are tested.
fn from_d50(lab: Lab) -> Lab {
    let y = (lab.l + 16.0) / 116.0;
    let back = |share: f64| if share > 6.0 / 29.0 { share.powi(3) } else { (share - 4.0 / 29.0) * 108.0 / 841.0 };
    let [x, y, z] = [back(y + lab.a / 500.0) * 0.964_22, back(y), back(y - lab.b / 200.0) * 0.825_21];
    let xyz = [
        0.955_576_6 * x - 0.023_039_3 * y + 0.063_163_6 * z,
        -0.028_289_5 * x + 1.009_941_6 * y + 0.021_007_7 * z,
        0.012_298_2 * x - 0.020_483_0 * y + 1.329_909_8 * z,
    ];
    let forth = |share: f64| if share > 216.0 / 24_389.0 { share.cbrt() } else { share * 841.0 / 108.0 + 4.0 / 29.0 };
    let [x, y, z] = [forth(xyz[0] / 0.950_47), forth(xyz[1]), forth(xyz[2] / 1.088_83)];
    Lab { l: 116.0 * y - 16.0, a: 500.0 * (x - y), b: 200.0 * (y - z) }
}

fn blurred(linear: &mut [[f32; 3]], width: usize, height: usize, sigma: f64) {
    if sigma <= 0.0 {
        return;
    }
    let reach = (3.0 * sigma).ceil() as isize;
    let weights: Vec<f64> = (-reach..=reach).map(|step| (-0.5 * (step as f64 / sigma).powi(2)).exp()).collect();
    let sum: f64 = weights.iter().sum();
    for (across, down) in [(1_isize, 0_isize), (0, 1)] {
        let before = linear.to_vec();
        for (at, pixel) in linear.iter_mut().enumerate() {
            let (x, y) = ((at % width) as isize, (at / width) as isize);
            let mut mean = [0.0_f32; 3];
            for (step, weight) in (-reach..=reach).zip(&weights) {
                let u = (x + across * step).clamp(0, width as isize - 1) as usize;
                let v = (y + down * step).clamp(0, height as isize - 1) as usize;
                mean.iter_mut().zip(before[v * width + u]).for_each(|(mean, value)| *mean += (weight / sum) as f32 * value);
            }
            *pixel = mean;
        }
    }
}

/// From 0 to 1, always the same for the same seed, place and purpose (SplitMix64, Steele et al. 2014).
pub(crate) fn draw(seed: u64, at: u64, purpose: u64) -> f64 {
    let mut z = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15)
        ^ at.wrapping_mul(0xD1B5_4A32_D192_ED03)
        ^ purpose.wrapping_mul(0x8CB9_2BA7_2F3D_8DD7);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
}

/// Smooth noise between about -1 and 1 with features about 1 wide.
fn noise(seed: u64, x: f64, y: f64) -> f64 {
    let (left, top) = (x.floor(), y.floor());
    let ease = |t: f64| t * t * (3.0 - 2.0 * t);
    let (u, v) = (ease(x - left), ease(y - top));
    let corner = |dx: f64, dy: f64| {
        let (i, j) = ((left + dx) as i64 as u64, (top + dy) as i64 as u64);
        2.0 * draw(seed, i.wrapping_mul(0x1_0000_0001) ^ j.rotate_left(32), 41) - 1.0
    };
    let upper = corner(0.0, 0.0) * (1.0 - u) + corner(1.0, 0.0) * u;
    let lower = corner(0.0, 1.0) * (1.0 - u) + corner(1.0, 1.0) * u;
    upper * (1.0 - v) + lower * v
}
