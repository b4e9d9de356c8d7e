//! Where skin is: by its colour and by hanging together, never by whose it is.

use super::overview::Overview;
use super::plane::{Plane, quantile};

/// Skin of a photograph, on its overview.
#[derive(Clone)]
pub(super) struct Region {
    pub(super) width: usize,
    pub(super) height: usize,
    /// With eyes, brows and mouth: what is laid on one another.
    pub(super) mask: Vec<bool>,
    /// Without them: what is measured.
    pub(super) bare: Vec<bool>,
    /// First and last column, first and last row.
    pub(super) left: usize,
    pub(super) right: usize,
    pub(super) top: usize,
    pub(super) bottom: usize,
}

/// Share of a picture that has to be skin to look for numbers in it (ours).
pub(super) const SHARE_MIN: f64 = 0.04;
/// Side of the grid that skin is first found on, in pixels.
const COARSE_PX: usize = 240;

impl Region {
    /// The largest connected piece of skin, its holes (eyes, nostrils) filled.
    pub(super) fn of(overview: &Overview) -> Option<Self> {
        let step = overview.width.max(overview.height).div_ceil(COARSE_PX);
        let (width, height) = (overview.width.div_ceil(step), overview.height.div_ceil(step));
        let colours: Vec<[f32; 3]> =
            (0..width * height).map(|at| overview.lab[(at / width * step) * overview.width + at % width * step]).collect();
        let seeds: Vec<bool> = colours.iter().map(|lab| likely(*lab)).collect();
        let seeded = largest(&opened(&seeds, width, height), width, height)?;
        let near = alike(&colours, &seeded);
        let whole = largest(&opened(&near, width, height), width, height)?;
        let filled = filled(&whole, width, height);
        let share = filled.iter().filter(|skin| **skin).count() as f64 / filled.len() as f64;
        if share < SHARE_MIN {
            return None;
        }
        let covered = covered(&filled, &near, width, height);
        let fine = |coarse: &dyn Fn(usize) -> bool| -> Vec<bool> {
            let places = 0..overview.width * overview.height;
            places.map(|at| coarse((at / overview.width / step) * width + at % overview.width / step)).collect()
        };
        let (mask, bare) = (fine(&|at| filled[at]), fine(&|at| filled[at] && !covered[at]));
        let (mut left, mut right, mut top, mut bottom) = (overview.width, 0, overview.height, 0);
        for at in (0..mask.len()).filter(|at| mask[*at]) {
            let (x, y) = (at % overview.width, at / overview.width);
            (left, right, top, bottom) = (left.min(x), right.max(x), top.min(y), bottom.max(y));
        }
        Some(Self { width: overview.width, height: overview.height, mask, bare, left, right, top, bottom })
    }

    /// How wide it is, in pixels of the overview.
    pub(super) fn across(&self) -> f64 {
        (self.right - self.left + 1) as f64
    }

    /// Whether bare skin is seen at a place.
    pub(super) fn shows(&self, x: f64, y: f64) -> bool {
        self.holds(x, y) && self.bare[y.round() as usize * self.width + x.round() as usize]
    }

    /// Left for right.
    pub(super) fn mirrored(&self) -> Self {
        let turned = |mask: &[bool]| mask.chunks_exact(self.width).flat_map(|line| line.iter().rev().copied()).collect();
        let (left, right) = (self.width - 1 - self.right, self.width - 1 - self.left);
        Self { mask: turned(&self.mask), bare: turned(&self.bare), left, right, ..self.clone() }
    }

    /// Whether a place lies in it.
    pub(super) fn holds(&self, x: f64, y: f64) -> bool {
        let (x, y) = (x.round(), y.round());
        x >= 0.0
            && y >= 0.0
            && (x as usize) < self.width
            && (y as usize) < self.height
            && self.mask[y as usize * self.width + x as usize]
    }
}

/// What is left of a mask without what lies within this many pixels of its rim.
pub(super) fn without_rim(mask: &[bool], width: usize, height: usize, pixels: f64) -> Vec<bool> {
    let values = mask.iter().map(|inside| f32::from(u8::from(*inside))).collect();
    // A straight rim leaves 97.7 % two standard deviations inside of it.
    let near = Plane { width, height, values }.smoothed(pixels / 2.0);
    near.values.iter().zip(mask).map(|(near, inside)| *inside && *near > 0.977).collect()
}

/// Colours that skin of every tone has under light that a camera has roughly balanced (hue from 15 to 80 degrees, some chroma:
/// widened from the range of measured skin in Xiao et al. 2017, Skin Res Technol 23:21; the widening is ours).
fn likely([l, a, b]: [f32; 3]) -> bool {
    let chroma = (a * a + b * b).sqrt();
    (12.0..95.0).contains(&l) && a > 2.0 && (7.0..55.0).contains(&chroma) && b > 0.26 * a && b < 5.6 * a
}

/// What lies near the colours of the seed: within 3 robust standard deviations in a* and b*, whatever its lightness.
fn alike(colours: &[[f32; 3]], seed: &[bool]) -> Vec<bool> {
    let of = |channel: usize| {
        let mut values: Vec<f32> = colours.iter().zip(seed).filter(|(_, seed)| **seed).map(|(lab, _)| lab[channel]).collect();
        let middle = quantile(&mut values, 0.5).unwrap_or_default();
        values.iter_mut().for_each(|value| *value = (*value - middle).abs());
        let spread = 1.4826 * quantile(&mut values, 0.5).unwrap_or_default();
        (middle, spread.max(1.5))
    };
    let (lightness, a, b) = (of(0), of(1), of(2));
    let far = |(middle, spread): (f32, f32), value: f32| ((value - middle) / spread).powi(2);
    colours.iter().map(|lab| far(a, lab[1]) + far(b, lab[2]) < 12.0 && far(lightness, lab[0]) < 16.0 && lab[0] > 8.0).collect()
}

/// Without specks and threads: what is left of 3 x 3 blocks that are whole.
fn opened(mask: &[bool], width: usize, height: usize) -> Vec<bool> {
    let around = |mask: &[bool], all: bool| -> Vec<bool> {
        let at = |x: isize, y: isize| {
            let inside = x >= 0 && y >= 0 && x < width as isize && y < height as isize;
            if inside { mask[y as usize * width + x as usize] } else { all }
        };
        (0..mask.len())
            .map(|place| {
                let (x, y) = ((place % width) as isize, (place / width) as isize);
                let mut nine = (-1..=1).flat_map(|dy| (-1..=1).map(move |dx| at(x + dx, y + dy)));
                if all { nine.all(|skin| skin) } else { nine.any(|skin| skin) }
            })
            .collect()
    };
    around(&around(mask, true), false)
}

/// The largest piece that hangs together by sides.
fn largest(mask: &[bool], width: usize, height: usize) -> Option<Vec<bool>> {
    let pieces = pieces(mask, width, height);
    let piece = pieces.into_iter().max_by_key(Vec::len)?;
    let mut out = vec![false; mask.len()];
    piece.into_iter().for_each(|at| out[at] = true);
    Some(out)
}

/// All pieces that hang together by sides, each as the places in it, in the order of their first place.
pub(super) fn pieces(mask: &[bool], width: usize, height: usize) -> Vec<Vec<usize>> {
    let mut seen = vec![false; mask.len()];
    let mut pieces = Vec::new();
    for start in 0..mask.len() {
        if !mask[start] || seen[start] {
            continue;
        }
        seen[start] = true;
        let mut piece = vec![start];
        let mut next = 0;
        while next < piece.len() {
            let at = piece[next];
            next += 1;
            let (x, y) = (at % width, at / width);
            let neighbours = [
                (x > 0).then(|| at - 1),
                (x + 1 < width).then(|| at + 1),
                (y > 0).then(|| at - width),
                (y + 1 < height).then(|| at + width),
            ];
            for neighbour in neighbours.into_iter().flatten() {
                if mask[neighbour] && !seen[neighbour] {
                    seen[neighbour] = true;
                    piece.push(neighbour);
                }
            }
        }
        pieces.push(piece);
    }
    pieces
}

/// Share of the width of the skin that a hole has to span to be an eye, a brow, a nostril or a mouth and no scar (ours: 4 mm of a face).
const HOLE: f64 = 0.03;

/// Holes too large for scars, and what lies close around them.
fn covered(filled: &[bool], near: &[bool], width: usize, height: usize) -> Vec<bool> {
    let across = (0..filled.len()).filter(|at| filled[*at]).map(|at| at % width);
    let (left, right) = across.fold((width, 0), |(left, right), x| (left.min(x), right.max(x)));
    let span = (HOLE * (right.saturating_sub(left) + 1) as f64).max(2.0);
    let holes: Vec<bool> = filled.iter().zip(near).map(|(filled, near)| *filled && !near).collect();
    let mut covered = vec![false; filled.len()];
    for hole in pieces(&holes, width, height).into_iter().filter(|hole| hole.len() as f64 > span * span) {
        for at in hole {
            let (x, y) = (at % width, at / width);
            for v in y.saturating_sub(2)..=(y + 2).min(height - 1) {
                for u in x.saturating_sub(2)..=(x + 2).min(width - 1) {
                    covered[v * width + u] = true;
                }
            }
        }
    }
    covered
}

/// With its holes filled: everything that is not reached from the rim of the picture.
fn filled(mask: &[bool], width: usize, height: usize) -> Vec<bool> {
    let outside: Vec<bool> = mask.iter().map(|skin| !skin).collect();
    let mut out = vec![true; mask.len()];
    for piece in pieces(&outside, width, height) {
        let at_rim =
            |at: &usize| at.is_multiple_of(width) || at % width == width - 1 || at / width == 0 || at / width == height - 1;
        if piece.iter().any(at_rim) {
            piece.into_iter().for_each(|at| out[at] = false);
        }
    }
    out
}
