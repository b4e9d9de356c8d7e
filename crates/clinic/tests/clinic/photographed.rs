//! A photograph of skin that is nobody's: an oval of one colour, with texture that a seed does not change and marks that fade.

use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, ImageEncoder as _};

const WIDTH: u32 = 720;
const HEIGHT: u32 = 900;

/// Skin with red marks of a strength; `seed` is that of the camera's noise.
pub(crate) fn photograph(seed: u32, strength: f64) -> Vec<u8> {
    let mut rgb = Vec::with_capacity((3 * WIDTH * HEIGHT) as usize);
    for y in 0..HEIGHT {
        for x in 0..WIDTH {
            rgb.extend(pixel(x, y, seed, strength));
        }
    }
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, 95).write_image(&rgb, WIDTH, HEIGHT, ExtendedColorType::Rgb8).unwrap();
    jpeg
}

fn pixel(x: u32, y: u32, seed: u32, strength: f64) -> [u8; 3] {
    let noise = 4.0 * (chance(x, y, 1000 + seed) - 0.5);
    let (across, down) = (f64::from(x) / f64::from(WIDTH) - 0.5, f64::from(y) / f64::from(HEIGHT) - 0.5);
    if (across / 0.44).hypot(down / 0.46) > 1.0 {
        return [128.0 + noise; 3].map(|value| value as u8);
    }
    let texture: f64 =
        [(3.0, 7.0), (9.0, 9.0), (29.0, 9.0), (83.0, 8.0)].map(|(size, most)| most * smooth(x, y, size)).iter().sum();
    let mark = strength * marks(f64::from(x), f64::from(y));
    [202.0 - 14.0 * mark, 152.0 - 40.0 * mark, 128.0 - 34.0 * mark].map(|value| (value + texture + noise).clamp(0.0, 255.0) as u8)
}

/// How much of a mark is here, 0 to 1: twenty-four of them on the cheeks.
fn marks(x: f64, y: f64) -> f64 {
    let places = (0..24_u32).map(|at| (170.0 + 380.0 * chance(at, 1, 7), 240.0 + 420.0 * chance(at, 2, 7)));
    places.map(|(u, v)| (1.0 - ((x - u).hypot(y - v) - 6.0) / 3.0).clamp(0.0, 1.0)).fold(0.0, f64::max)
}

/// Chance between places of a grid, smooth in between, -1 to 1.
fn smooth(x: u32, y: u32, size: f64) -> f64 {
    let (x, y) = (f64::from(x) / size, f64::from(y) / size);
    let (u, v) = (x.floor() as u32, y.floor() as u32);
    let ease = |part: f64| part * part * (3.0 - 2.0 * part);
    let (a, b) = (ease(x.fract()), ease(y.fract()));
    let at = |du: u32, dv: u32| 2.0 * chance(u + du, v + dv, size as u32) - 1.0;
    let (above, below) = (at(0, 0) * (1.0 - a) + at(1, 0) * a, at(0, 1) * (1.0 - a) + at(1, 1) * a);
    above * (1.0 - b) + below * b
}

/// A number from 0 to 1 that is always the same here.
fn chance(x: u32, y: u32, of: u32) -> f64 {
    let mut bits = x.wrapping_mul(0x9e37_79b1) ^ y.wrapping_mul(0x85eb_ca77) ^ of.wrapping_mul(0xc2b2_ae3d);
    for _ in 0..2 {
        bits = (bits ^ (bits >> 15)).wrapping_mul(0x2c1b_3c6d);
        bits ^= bits >> 12;
    }
    f64::from(bits) / f64::from(u32::MAX)
}
