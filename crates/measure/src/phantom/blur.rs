//! A pit as an instrument of limited resolution sees it.

use super::Pit;

/// A pit, blurred in the plane of its rim by a Gaussian of a full width at half maximum.
#[derive(Clone, Debug)]
pub(super) enum Seen {
    Sharp(Pit),
    Blurred(Table),
}

/// Depths on a square grid around the middle of a pit.
#[derive(Clone, Debug)]
pub(super) struct Table {
    half: usize,
    step_mm: f64,
    depths_mm: Vec<f64>,
}

/// Full width at half maximum of a Gaussian, in standard deviations: 2 sqrt(2 ln 2).
const FWHM_OF_SD: f64 = 2.354_820_045_030_949_3;
/// Standard deviations after which a Gaussian is cut off.
const CUT_SD: f64 = 4.5;

impl Seen {
    pub(super) fn of(pit: Pit, fwhm_mm: f64) -> Self {
        if fwhm_mm > 0.0 { Self::Blurred(Table::of(&pit, fwhm_mm / FWHM_OF_SD)) } else { Self::Sharp(pit) }
    }

    /// How far from its middle it is seen, in millimetres.
    pub(super) fn end_mm(&self) -> f64 {
        match self {
            Self::Sharp(pit) => pit.end_mm(),
            Self::Blurred(table) => table.half as f64 * table.step_mm,
        }
    }

    pub(super) fn depth_at(&self, along_mm: f64, across_mm: f64) -> f64 {
        match self {
            Self::Sharp(pit) => pit.depth_at(along_mm, across_mm),
            Self::Blurred(table) => table.depth_at(along_mm, across_mm),
        }
    }
}

impl Table {
    fn of(pit: &Pit, sd_mm: f64) -> Self {
        let end = pit.end_mm() + CUT_SD * sd_mm;
        // A step that neither the blur nor the pit notices, and a table of a bounded size.
        let step_mm = (sd_mm / 4.0).min(pit.radius_of_detail_mm() / 24.0).max(end / 256.0);
        let half = (end / step_mm).ceil() as usize;
        let side = 2 * half + 1;
        let place = |at: usize| (at as f64 - half as f64) * step_mm;
        let sharp: Vec<f64> = (0..side * side).map(|at| cell_depth(pit, place(at % side), place(at / side), step_mm)).collect();
        let kernel = kernel(sd_mm / step_mm);
        let across = along_rows(&sharp, side, &kernel);
        Self { half, step_mm, depths_mm: along_rows(&across, side, &kernel) }
    }

    fn depth_at(&self, along_mm: f64, across_mm: f64) -> f64 {
        let side = 2 * self.half + 1;
        let place = |mm: f64| mm / self.step_mm + self.half as f64;
        let (x, y) = (place(along_mm), place(across_mm));
        if !(x >= 0.0 && y >= 0.0 && x < (side - 1) as f64 && y < (side - 1) as f64) {
            return 0.0;
        }
        let (column, row) = (x as usize, y as usize);
        let (right, up) = (x - x.floor(), y - y.floor());
        let depth = |column: usize, row: usize| self.depths_mm[row * side + column];
        let line = |row: usize| depth(column, row) * (1.0 - right) + depth(column + 1, row) * right;
        line(row) * (1.0 - up) + line(row + 1) * up
    }
}

/// Mean depth of a cell: a steep wall does not fall between points.
fn cell_depth(pit: &Pit, along: f64, across: f64, step_mm: f64) -> f64 {
    const PARTS: usize = 4;
    let part = |at: usize| ((at as f64 + 0.5) / PARTS as f64 - 0.5) * step_mm;
    let depths = (0..PARTS * PARTS).map(|at| pit.depth_at(along + part(at % PARTS), across + part(at / PARTS)));
    depths.sum::<f64>() / (PARTS * PARTS) as f64
}

fn kernel(sd_steps: f64) -> Vec<f64> {
    let half = (CUT_SD * sd_steps).ceil() as i64;
    let weights: Vec<f64> = (-half..=half).map(|at| libm::exp(-0.5 * (at as f64 / sd_steps) * (at as f64 / sd_steps))).collect();
    let sum: f64 = weights.iter().sum();
    weights.into_iter().map(|weight| weight / sum).collect()
}

/// Each row against the kernel, written as a column: twice is both directions.
fn along_rows(depths: &[f64], side: usize, kernel: &[f64]) -> Vec<f64> {
    let half = kernel.len() / 2;
    let mut out = vec![0.0; side * side];
    for (at, row) in depths.chunks_exact(side).enumerate() {
        for column in 0..side {
            let from = column.saturating_sub(half);
            let to = (column + half + 1).min(side);
            let weights = &kernel[from + half - column..to + half - column];
            out[column * side + at] = row[from..to].iter().zip(weights).map(|(depth, weight)| depth * weight).sum();
        }
    }
    out
}
