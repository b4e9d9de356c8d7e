//! What is left after one similarity: expression and pose move parts of a face by themselves. Tiles of the baseline are looked for
//! near where they should be (Lucas and Kanade 1981, each window to mean 0 and spread 1, so that light may differ), from coarse to
//! fine; what a tile finds counts by how well it fits and how much structure it has, and neighbours hold each other.

use super::similarity::Similarity;
use crate::photo::plane::{Plane, quantile};
use crate::photo::skin::Region;

/// Shifts of tiles, in pixels of the baseline's overview, linear between tiles.
#[derive(Clone)]
pub(super) struct Field {
    columns: usize,
    rows: usize,
    /// From tile to tile.
    step: f64,
    /// Middle of the first tile.
    left: f64,
    top: f64,
    shifts: Vec<[f64; 2]>,
    /// How well the window fits (normalised cross-correlation), and by how much its tile counts; 0 where no window was compared.
    fits: Vec<f64>,
    weights: Vec<f64>,
}

/// Tiles across the region, from coarse to fine.
const TILES: [f64; 4] = [8.0, 16.0, 24.0, 36.0];
/// Samples along a side of a window.
const SAMPLES: isize = 19;
const ITERATIONS: usize = 8;
/// Pull of each neighbour, against a tile that fits perfectly (1).
const PULL: f64 = 0.15;
/// A window fits from this correlation on.
pub(super) const FITS: f64 = 0.6;
/// Structure that a window needs, as mean squared slope along its weaker direction, in L* squared per sample squared.
const STRUCTURE: f64 = 0.02;

impl Field {
    fn over(region: &Region, tiles: f64) -> Self {
        let step = (region.across() / tiles).max(4.0);
        let count = |from: usize, to: usize| ((to - from) as f64 / step).floor() as usize + 2;
        let (columns, rows) = (count(region.left, region.right), count(region.top, region.bottom));
        Self {
            columns,
            rows,
            step,
            left: region.left as f64,
            top: region.top as f64,
            shifts: vec![[0.0; 2]; columns * rows],
            fits: vec![0.0; columns * rows],
            weights: vec![0.0; columns * rows],
        }
    }

    /// The shift at a place of the overview.
    pub(super) fn at(&self, x: f64, y: f64) -> [f64; 2] {
        let u = ((x - self.left) / self.step).clamp(0.0, (self.columns - 1) as f64);
        let v = ((y - self.top) / self.step).clamp(0.0, (self.rows - 1) as f64);
        let (i, j) = ((u as usize).min(self.columns - 2), (v as usize).min(self.rows - 2));
        let (u, v) = (u - i as f64, v - j as f64);
        let at = |i: usize, j: usize| self.shifts[j * self.columns + i];
        [0, 1].map(|axis| {
            let upper = at(i, j)[axis] * (1.0 - u) + at(i + 1, j)[axis] * u;
            let lower = at(i, j + 1)[axis] * (1.0 - u) + at(i + 1, j + 1)[axis] * u;
            upper * (1.0 - v) + lower * v
        })
    }

    fn place(&self, tile: usize) -> (f64, f64) {
        (self.left + (tile % self.columns) as f64 * self.step, self.top + (tile / self.columns) as f64 * self.step)
    }

    /// Places and correlations of all tiles that had structure to compare.
    pub(super) fn compared(&self) -> impl Iterator<Item = (f64, f64, f64)> + '_ {
        (0..self.fits.len()).filter(|tile| self.weights[*tile] > 0.0 || self.fits[*tile] != 0.0).map(|tile| {
            let (x, y) = self.place(tile);
            (x, y, self.fits[tile])
        })
    }
}

/// The shifts that lay the follow-up on the baseline best, after the similarity.
pub(super) fn refine(baseline: &Plane, follow_up: &Plane, region: &Region, similarity: &Similarity) -> Field {
    let mut known: Option<Field> = None;
    for tiles in TILES {
        let mut field = Field::over(region, tiles);
        let stride = (2.0 * field.step / (SAMPLES - 1) as f64).max(1.0);
        let smooth = (0.6 * stride).max(0.7);
        let (base, follow) = (baseline.smoothed(smooth), follow_up.smoothed(smooth * similarity.scale()));
        let mut found = field.shifts.clone();
        for (tile, found) in found.iter_mut().enumerate() {
            let (x, y) = field.place(tile);
            let start = known.as_ref().map_or([0.0; 2], |known| known.at(x, y));
            *found = start;
            field.shifts[tile] = start;
            if !region.holds(x, y) {
                continue;
            }
            let Some(window) = Window::of(&base, x, y, stride) else { continue };
            let (shift, fit) = window.track(&follow, similarity, start, stride);
            let far = (shift[0] - start[0]).hypot(shift[1] - start[1]);
            field.fits[tile] = fit;
            if fit > FITS && far < field.step {
                *found = shift;
                field.weights[tile] = ((fit - FITS) / (1.0 - FITS)).powi(2) * window.structure / (window.structure + STRUCTURE);
            }
        }
        held_together(&mut field, &found);
        known = Some(field);
    }
    // There is always a last one.
    known.unwrap_or_else(|| Field::over(region, TILES[0]))
}

/// A window of the baseline, to mean 0 and spread 1.
struct Window {
    x: f64,
    y: f64,
    values: Vec<f64>,
    slopes: Vec<[f64; 2]>,
    /// Inverse of the sums of products of slopes.
    inverse: [f64; 3],
    structure: f64,
}

fn offsets(stride: f64) -> impl Iterator<Item = (f64, f64)> {
    let half = SAMPLES / 2;
    (-half..=half).flat_map(move |dy| (-half..=half).map(move |dx| (dx as f64 * stride, dy as f64 * stride)))
}

/// To mean 0 and sum of squares 1; nothing where all are alike.
fn normalised(values: &mut [f64]) -> Option<f64> {
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    values.iter_mut().for_each(|value| *value -= mean);
    let norm = values.iter().map(|value| value * value).sum::<f64>().sqrt();
    (norm > 1e-3 * values.len() as f64).then(|| {
        values.iter_mut().for_each(|value| *value /= norm);
        norm
    })
}

impl Window {
    fn of(base: &Plane, x: f64, y: f64, stride: f64) -> Option<Self> {
        let reach = (SAMPLES / 2 + 1) as f64 * stride;
        if !base.holds(x - reach, y - reach) || !base.holds(x + reach, y + reach) {
            return None;
        }
        let sample = |dx: f64, dy: f64| f64::from(base.between(x + dx, y + dy));
        let mut values: Vec<f64> = offsets(stride).map(|(dx, dy)| sample(dx, dy)).collect();
        let norm = normalised(&mut values)?;
        let slopes: Vec<[f64; 2]> = offsets(stride)
            .map(|(dx, dy)| {
                let across = (sample(dx + stride, dy) - sample(dx - stride, dy)) / (2.0 * stride);
                let down = (sample(dx, dy + stride) - sample(dx, dy - stride)) / (2.0 * stride);
                [across / norm, down / norm]
            })
            .collect();
        let sum = |one: usize, other: usize| slopes.iter().map(|slope| slope[one] * slope[other]).sum::<f64>();
        let (xx, xy, yy) = (sum(0, 0), sum(0, 1), sum(1, 1));
        let determinant = xx * yy - xy * xy;
        let weaker = f64::midpoint(xx, yy) - (((xx - yy) / 2.0).powi(2) + xy * xy).sqrt();
        let structure = weaker * norm * norm * stride * stride / values.len() as f64;
        (determinant > 1e-9 * (xx + yy).powi(2) && determinant > 0.0).then(|| Self {
            x,
            y,
            values,
            slopes,
            inverse: [yy / determinant, -xy / determinant, xx / determinant],
            structure,
        })
    }

    /// The shift at which the follow-up fits this window, and how well it does.
    fn track(&self, follow: &Plane, similarity: &Similarity, start: [f64; 2], stride: f64) -> ([f64; 2], f64) {
        let mut shift = start;
        let mut best = (start, -1.0);
        for _ in 0..ITERATIONS {
            let sample = |(dx, dy): (f64, f64)| {
                let (u, v) = similarity.apply(self.x + dx + shift[0], self.y + dy + shift[1]);
                f64::from(follow.between(u, v))
            };
            let mut values: Vec<f64> = offsets(stride).map(sample).collect();
            if normalised(&mut values).is_none() {
                break;
            }
            let fit = values.iter().zip(&self.values).map(|(one, other)| one * other).sum::<f64>();
            if fit > best.1 {
                best = (shift, fit);
            }
            let pull = |axis: usize| -> f64 {
                self.slopes
                    .iter()
                    .zip(values.iter().zip(&self.values))
                    .map(|(slope, (there, here))| slope[axis] * (here - there))
                    .sum()
            };
            let (p, q) = (pull(0), pull(1));
            let step = [self.inverse[0] * p + self.inverse[1] * q, self.inverse[1] * p + self.inverse[2] * q];
            let length = step[0].hypot(step[1]);
            let cut = (2.0 * stride / length.max(1e-12)).min(1.0);
            shift = [shift[0] + cut * step[0], shift[1] + cut * step[1]];
            if length < 0.01 {
                break;
            }
        }
        best
    }
}

/// Each tile between what it found and its neighbours; who is far from all around counts less, and then again.
fn held_together(field: &mut Field, found: &[[f64; 2]]) {
    let mut weights = field.weights.clone();
    for _ in 0..3 {
        relax(field, found, &weights);
        let mut misses: Vec<f32> = (0..found.len())
            .filter(|tile| field.weights[*tile] > 0.0)
            .map(|tile| distance(field.shifts[tile], found[tile]) as f32)
            .collect();
        let spread = f64::from(quantile(&mut misses, 0.5).unwrap_or_default()).max(0.05) * 1.4826;
        for tile in 0..found.len() {
            let share = distance(field.shifts[tile], found[tile]) / (4.685 * spread);
            weights[tile] = field.weights[tile] * if share < 1.0 { (1.0 - share * share).powi(2) } else { 0.0 };
        }
    }
    relax(field, found, &weights);
}

fn distance(one: [f64; 2], other: [f64; 2]) -> f64 {
    (one[0] - other[0]).hypot(one[1] - other[1])
}

/// Sweeps until tiles without a find of their own have those of others.
fn relax(field: &mut Field, found: &[[f64; 2]], weights: &[f64]) {
    let (columns, rows) = (field.columns, field.rows);
    for _ in 0..2 * columns.max(rows) {
        for tile in 0..found.len() {
            let (i, j) = (tile % columns, tile / columns);
            let mut sum = [weights[tile] * found[tile][0], weights[tile] * found[tile][1]];
            let mut weight = weights[tile];
            let neighbours = [
                (i > 0).then(|| tile - 1),
                (i + 1 < columns).then(|| tile + 1),
                (j > 0).then(|| tile - columns),
                (j + 1 < rows).then(|| tile + columns),
            ];
            for neighbour in neighbours.into_iter().flatten() {
                let shift = field.shifts[neighbour];
                sum = [sum[0] + PULL * shift[0], sum[1] + PULL * shift[1]];
                weight += PULL;
            }
            field.shifts[tile] = [sum[0] / weight, sum[1] / weight];
        }
    }
}
