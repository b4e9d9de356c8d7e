//! CIELAB (ISO/CIE 11664-4) relative to D65 and the 2 degree observer, from linear sRGB and back.

use serde::Serialize;

use super::{SRGB_TO_XYZ, XYZ_TO_SRGB, apply};

/// A colour in CIELAB, D65, 2 degrees.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Lab {
    /// L*, lightness from 0 to 100.
    pub l: f64,
    /// a*, from green to red.
    pub a: f64,
    /// b*, from blue to yellow.
    pub b: f64,
}

/// White: what linear sRGB of 1, 1, 1 is in XYZ.
const WHITE: [f64; 3] = [0.950_455_927_051_67, 1.0, 1.089_057_750_759_88];
/// (6/29)^3.
const KNEE: f64 = 216.0 / 24_389.0;
/// (29/3)^3 / 116.
const SLOPE: f64 = 24_389.0 / 27.0 / 116.0;

/// The colour of linear sRGB.
#[must_use]
pub fn lab_of(linear: [f64; 3]) -> Lab {
    let xyz = apply(&SRGB_TO_XYZ, linear);
    let [x, y, z] = [0, 1, 2].map(|at| {
        let share = xyz[at] / WHITE[at];
        if share > KNEE { libm::cbrt(share) } else { SLOPE * share + 16.0 / 116.0 }
    });
    Lab { l: 116.0 * y - 16.0, a: 500.0 * (x - y), b: 200.0 * (y - z) }
}

/// Linear sRGB of a colour; outside 0 to 1 where sRGB has none for it.
#[must_use]
pub fn linear_of(lab: Lab) -> [f64; 3] {
    let y = (lab.l + 16.0) / 116.0;
    let parts = [y + lab.a / 500.0, y, y - lab.b / 200.0];
    let xyz = [0, 1, 2].map(|at| {
        let cubed = parts[at] * parts[at] * parts[at];
        WHITE[at] * if cubed > KNEE { cubed } else { (parts[at] - 16.0 / 116.0) / SLOPE }
    });
    apply(&XYZ_TO_SRGB, xyz)
}

/// The curve of sRGB (IEC 61966-2-1).
pub(in crate::photo) fn srgb_to_linear(share: f32) -> f32 {
    let share = f64::from(share);
    (if share <= 0.040_45 { share / 12.92 } else { libm::pow((share + 0.055) / 1.055, 2.4) }) as f32
}

/// The stored byte of a linear value.
pub(in crate::photo) fn linear_to_srgb(linear: f32) -> u8 {
    let linear = f64::from(linear.clamp(0.0, 1.0));
    let share = if linear <= 0.003_130_8 { 12.92 * linear } else { 1.055 * libm::pow(linear, 1.0 / 2.4) - 0.055 };
    (255.0 * share).round() as u8
}

/// The colour of linear sRGB in single precision, for every pixel of a picture; within 0.001 of [`lab_of`].
#[inline]
pub(in crate::photo) fn lab_f32(linear: [f32; 3]) -> [f32; 3] {
    let row = |at: usize| -> f32 {
        let weights = SRGB_TO_XYZ[at].map(|part| (part / WHITE[at]) as f32);
        let share = weights[0] * linear[0] + weights[1] * linear[1] + weights[2] * linear[2];
        let root = cube_root(share.max(KNEE as f32));
        if share > KNEE as f32 { root } else { SLOPE as f32 * share + 16.0 / 116.0 }
    };
    let (x, y, z) = (row(0), row(1), row(2));
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// Cube root of a number that is larger than 0: a third of the exponent as a guess (within 6 %), then Halley twice.
#[inline]
fn cube_root(x: f32) -> f32 {
    let halley = |guess: f32| {
        let cubed = guess * guess * guess;
        guess * (cubed + 2.0 * x) / (2.0 * cubed + x)
    };
    halley(halley(f32::from_bits(x.to_bits() / 3 + 0x2A51_19F2)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Known answers of sRGB to CIELAB under D65 (B. Lindbloom, CIE Color Calculator).
    #[test]
    fn colours_of_srgb_have_their_known_lab() {
        for (rgb, (l, a, b)) in [
            ([1.0, 1.0, 1.0], (100.0, 0.0, 0.0)),
            ([1.0, 0.0, 0.0], (53.2408, 80.0925, 67.2032)),
            ([0.0, 1.0, 0.0], (87.7347, -86.1827, 83.1793)),
            ([0.0, 0.0, 1.0], (32.2970, 79.1875, -107.8602)),
        ] {
            let lab = lab_of(rgb);
            for (found, known) in [(lab.l, l), (lab.a, a), (lab.b, b)] {
                assert!((found - known).abs() < 0.02, "{rgb:?}: {lab:?}");
            }
        }
    }

    #[test]
    fn a_colour_survives_the_way_there_and_back() {
        for l in [2.0, 20.0, 65.0, 95.0] {
            for (a, b) in [(0.0, 0.0), (14.0, 17.0), (-30.0, 5.0)] {
                let back = lab_of(linear_of(Lab { l, a, b }));
                assert!((back.l - l).abs() < 1e-9 && (back.a - a).abs() < 1e-9 && (back.b - b).abs() < 1e-9, "{back:?}");
            }
        }
    }

    #[test]
    fn single_precision_is_within_a_thousandth() {
        for at in 0..40_u8 {
            let share = |step: u8| f64::from(at.wrapping_mul(step) % 41) / 40.0;
            let linear = [share(1), share(7), share(17)];
            let (exact, fast) = (lab_of(linear), lab_f32(linear.map(|part| part as f32)));
            for (exact, fast) in [(exact.l, fast[0]), (exact.a, fast[1]), (exact.b, fast[2])] {
                assert!((exact - f64::from(fast)).abs() < 1e-3, "{linear:?}: {exact} {fast}");
            }
        }
    }
}
