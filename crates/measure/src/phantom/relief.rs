//! Heights that vary smoothly and by chance.

use super::chance::share_at;

/// A random relief: cubic B-splines over a lattice of random numbers. Skin has one as its texture, a capture as its correlated noise.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Relief {
    /// Standard deviation of its heights in millimetres.
    pub sd_mm: f64,
    /// Distance in millimetres over which its correlation falls to 1/e.
    pub length_mm: f64,
}

/// Correlation length of cubic B-splines over a lattice of pitch 1: their autocorrelation is a B-spline of degree 7, whose
/// variance is 8/12, so that it falls as exp(-r^2 / (4/3)) in close approximation.
const LENGTH_OF_PITCH_1: f64 = 1.154_700_538_379_251_5;
/// Mean over all places of the sum of the squared weights along one axis: the B-spline of degree 7 at 0.
const POWER_OF_AN_AXIS: f64 = 151.0 / 315.0;

impl Relief {
    /// Height in millimetres at a place; the same seed gives the same relief.
    pub(super) fn at(&self, seed: u64, [u_mm, v_mm]: [f64; 2]) -> f64 {
        if self.sd_mm == 0.0 {
            return 0.0;
        }
        let pitch = self.length_mm / LENGTH_OF_PITCH_1;
        let (column, along) = cell(u_mm / pitch);
        let (row, across) = cell(v_mm / pitch);
        let mut sum = 0.0;
        for (down, weight_v) in weights(across).into_iter().enumerate() {
            for (right, weight_u) in weights(along).into_iter().enumerate() {
                sum += weight_u * weight_v * (share_at(seed, column + right as i64, row + down as i64) - 0.5);
            }
        }
        // A number drawn evenly from a range of 1 has the variance 1/12.
        self.sd_mm * sum * 12f64.sqrt() / POWER_OF_AN_AXIS
    }
}

fn cell(place: f64) -> (i64, f64) {
    let whole = place.floor();
    (whole as i64, place - whole)
}

fn weights(t: f64) -> [f64; 4] {
    let s = 1.0 - t;
    [s * s * s / 6.0, (3.0 * t * t * (t - 2.0) + 4.0) / 6.0, (3.0 * s * s * (s - 2.0) + 4.0) / 6.0, t * t * t / 6.0]
}
