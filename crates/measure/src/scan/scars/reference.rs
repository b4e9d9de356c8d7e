//! What the skin would be without a scar.

use super::chart::Chart;
use crate::scan::solve::{Normal, biweight, spread};

/// A cubic through the skin around a scar.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reference {
    terms: [f64; 10],
    scale_mm: f64,
    /// Spread of the ring about it, 1.4826 MAD, in millimetres.
    pub(super) spread_mm: f64,
}

/// Cells of a ring that are used: more do not lie apart enough to tell anything new.
const CELLS_MAX: usize = 3000;
/// Fewest cells that determine a cubic well.
const CELLS_MIN: usize = 40;
/// Rounds of weighting.
const ROUNDS: usize = 5;

impl Reference {
    /// The cubic through the cells of a ring, Tukey's weights against what is no skin (other scars, hairs). Nothing where the ring does not
    /// determine one.
    pub(super) fn through(chart: &Chart, heights: &[f32], ring: &[usize]) -> Option<Self> {
        let scale_mm = chart.dx_mm * (chart.side / 2) as f64;
        let step = ring.len().div_ceil(CELLS_MAX).max(1);
        let rows: Vec<([f64; 10], f64)> = ring
            .iter()
            .step_by(step)
            .filter(|&&cell| !heights[cell].is_nan())
            .map(|&cell| (row(chart.place(cell), scale_mm), f64::from(heights[cell])))
            .collect();
        if rows.len() < CELLS_MIN {
            return None;
        }
        let mut weights = vec![1.0; rows.len()];
        let mut fit = None;
        for _ in 0..ROUNDS {
            let mut normal = Normal::<10>::new();
            for ((row, height), weight) in rows.iter().zip(&weights) {
                normal.add(row, *height, *weight);
            }
            let terms = normal.solve()?;
            let residuals: Vec<f64> = rows.iter().map(|(row, height)| height - sum(row, &terms)).collect();
            let spread_mm = spread(residuals.iter().copied()).max(1e-6);
            weights = residuals.into_iter().map(|residual| biweight(residual / spread_mm)).collect();
            fit = Some(Self { terms, scale_mm, spread_mm });
        }
        fit
    }

    /// Height at a place, in millimetres.
    pub(super) fn height(&self, place: [f64; 2]) -> f64 {
        sum(&row(place, self.scale_mm), &self.terms)
    }

    /// Slope along both axes at a place.
    pub(super) fn slope(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        let (t, s) = (&self.terms, self.scale_mm);
        let (x, y) = (x / s, y / s);
        [
            (t[1] + 2.0 * t[3] * x + t[4] * y + 3.0 * t[6] * x * x + 2.0 * t[7] * x * y + t[8] * y * y) / s,
            (t[2] + t[4] * x + 2.0 * t[5] * y + t[7] * x * x + 2.0 * t[8] * x * y + 3.0 * t[9] * y * y) / s,
        ]
    }

    /// Larger curvature at a place, without its sign, in 1/mm; the slope is taken to be small.
    pub(super) fn curvature(&self, [x, y]: [f64; 2]) -> f64 {
        let (t, s) = (&self.terms, self.scale_mm);
        let (x, y) = (x / s, y / s);
        let (xx, yy) = (2.0 * t[3] + 6.0 * t[6] * x + 2.0 * t[7] * y, 2.0 * t[5] + 6.0 * t[9] * y + 2.0 * t[8] * x);
        let xy = t[4] + 2.0 * t[7] * x + 2.0 * t[8] * y;
        let half = ((xx - yy).powi(2) / 4.0 + xy * xy).sqrt();
        (((xx + yy) / 2.0).abs() + half) / (s * s)
    }
}

fn row([x, y]: [f64; 2], scale: f64) -> [f64; 10] {
    let (x, y) = (x / scale, y / scale);
    [1.0, x, y, x * x, x * y, y * y, x * x * x, x * x * y, x * y * y, y * y * y]
}

fn sum(row: &[f64; 10], terms: &[f64; 10]) -> f64 {
    row.iter().zip(terms).map(|(a, b)| a * b).sum()
}
