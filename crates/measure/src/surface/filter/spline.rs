//! Smoothing spline, ISO 16610-62, with free ends: along each row and then along each column, `(1 + a^4 Q) w = z`, Q the squared second
//! difference and `a = 1 / (2 sin(pi d / l))` for points d apart and the nesting index l. A plane passes to the rim.
//!
//! Missing points: the same is done with heights (0 where missing) and with ones (0 where missing), and divided; where less than a
//! quarter of the kernel lies on measured points the surface is not known and the point becomes missing.

use std::f64::consts::PI;

use super::PutRow;
use crate::surface::HeightMap;
use crate::units::Micrometres;

/// Share of the kernel that has to lie on measured points.
const MASS_MIN: f64 = 0.25;

/// Smooths, and hands over row by row.
pub(super) fn smooth(map: &mut HeightMap, nesting: Micrometres, put: &mut PutRow<'_>) {
    let (columns, spacing) = (map.columns(), map.spacing());
    let across = Factors::new(columns, spacing.x, nesting);
    let along = Factors::new(map.rows(), spacing.y, nesting);
    let smoothed = |value: fn(f64) -> f64, map: &HeightMap| {
        let mut values: Vec<f64> =
            map.heights_um().iter().map(|height| if height.is_nan() { 0.0 } else { value(*height) }).collect();
        values.chunks_exact_mut(columns).for_each(|row| across.solve(row, 1));
        along.solve(&mut values, columns);
        values
    };
    let mut heights = smoothed(|height| height, map);
    if map.heights_um().iter().any(|height| height.is_nan()) {
        for (height, mass) in heights.iter_mut().zip(smoothed(|_| 1.0, map)) {
            *height = if mass >= MASS_MIN { *height / mass } else { f64::NAN };
        }
    }
    for (row, smooth) in map.heights_um_mut().chunks_exact_mut(columns).zip(heights.chunks_exact(columns)) {
        put(row, smooth);
    }
}

/// `1 + a^4 Q` as `L D L'`: two bands below the diagonal.
struct Factors {
    diagonal: Vec<f64>,
    first: Vec<f64>,
    second: Vec<f64>,
}

impl Factors {
    fn new(points: usize, spacing: Micrometres, nesting: Micrometres) -> Self {
        let weight = (0.5 / libm::sin(PI * spacing.0 / nesting.0)).powi(4);
        // Q = D' D with second differences (1, -2, 1), which are fewer than points.
        let mut bands = [vec![1.0; points], vec![0.0; points], vec![0.0; points]];
        for at in 1..points.saturating_sub(1) {
            let difference = [(at - 1, 1.0), (at, -2.0), (at + 1, 1.0)];
            for (i, a) in difference {
                for (j, b) in difference.into_iter().filter(|(j, _)| *j >= i) {
                    bands[j - i][i] += weight * a * b;
                }
            }
        }
        let [mut diagonal, mut first, mut second] = bands;
        for at in 0..points {
            if at >= 1 {
                diagonal[at] -= first[at - 1].powi(2) * diagonal[at - 1];
            }
            if at >= 2 {
                diagonal[at] -= second[at - 2].powi(2) * diagonal[at - 2];
            }
            if at >= 1 {
                first[at] -= first[at - 1] * diagonal[at - 1] * second[at - 1];
            }
            first[at] /= diagonal[at];
            second[at] /= diagonal[at];
        }
        Self { diagonal, first, second }
    }

    /// Solves in place; `stride` neighbouring values are one point of the axis, each solved for itself.
    fn solve(&self, values: &mut [f64], stride: usize) {
        let points = self.diagonal.len();
        let mut take = |to: usize, from: usize, factor: f64| {
            let (low, high) = values.split_at_mut(to.max(from) * stride);
            let (low, high) = (&mut low[to.min(from) * stride..][..stride], &mut high[..stride]);
            let (to, from) = if to > from { (high, low) } else { (low, high) };
            for (to, from) in to.iter_mut().zip(from.iter()) {
                *to -= factor * from;
            }
        };
        for at in 1..points {
            take(at, at - 1, self.first[at - 1]);
            if at >= 2 {
                take(at, at - 2, self.second[at - 2]);
            }
        }
        for (values, diagonal) in values.chunks_exact_mut(stride).zip(&self.diagonal) {
            values.iter_mut().for_each(|value| *value /= diagonal);
        }
        let mut take = |to: usize, from: usize, factor: f64| {
            let (low, high) = values.split_at_mut(from * stride);
            for (to, from) in low[to * stride..][..stride].iter_mut().zip(&high[..stride]) {
                *to -= factor * from;
            }
        };
        for at in (0..points).rev() {
            if at + 1 < points {
                take(at, at + 1, self.first[at]);
            }
            if at + 2 < points {
                take(at, at + 2, self.second[at]);
            }
        }
    }
}
