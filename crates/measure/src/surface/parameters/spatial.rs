//! Sal and Str from the autocorrelation, Std from the angular spectrum.
//!
//! Autocorrelation: the heights, zero where missing, are padded so that the lags that are looked at do not wrap. The
//! squared amplitudes transformed back are sums of products over pairs of points; divided by the number of such pairs (all
//! of them, or of measured ones) and by that at lag zero they are the autocorrelation. Lags of an eighth of each side are looked at,
//! and of half a side where it does not decay within those. 32 bits: lags need no more. No instruction of one processor alone is used,
//! so that every machine gives the same bytes.
//!
//! Angular spectrum: of the heights under a Hann window, since the edges of a map that does not repeat look like ridges along them;
//! of wavelengths from four points to a third of a side, from means of two by two points.

use std::f64::consts::PI;
use std::sync::Arc;

use realfft::num_complex::Complex;
use realfft::{ComplexToReal, RealFftPlanner, RealToComplex};
use serde::Serialize;

use crate::surface::HeightMap;

/// Autocorrelation below which the surface is no longer alike (ISO 25178-3).
const ALIKE: f32 = 0.2;
/// Degrees from one direction of decay to the next.
const DIRECTION_DEGREES: f64 = 0.5;
/// Degrees of one sector of the angular spectrum.
const SECTOR_DEGREES: f64 = 0.5;
/// Part of a point by which a ray goes on.
const RAY_STEP: f64 = 0.25;
/// Parts of a side that lags go to, at first and at last.
const NEAR: usize = 8;
const FAR: usize = 2;
/// Periods along a side from which on a wave has a direction: a window blurs fewer.
const PERIODS_MIN: f64 = 3.0;
/// Columns that are transformed together.
const TOGETHER: usize = 16;

/// Spatial parameters (ISO 25178-2, 4.3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Spatial {
    /// Shortest distance in which the autocorrelation decays to 0.2.
    pub sal_um: Option<f64>,
    /// Shortest by longest; nothing where it does not decay within half of the map in every direction.
    pub str_ratio: Option<f64>,
    /// Direction of the largest angular amplitude in degrees: from the row direction, counter-clockwise with row 0 on top. It lies
    /// across ridges.
    pub std_degrees: Option<f64>,
}

/// Computes them of a map whose mean is zero.
pub(in crate::surface) fn spatial(map: &HeightMap) -> Spatial {
    if map.columns() < 4 || map.rows() < 4 {
        return Spatial::default();
    }
    let (mut shortest, mut longest) = Lags::of(map, NEAR).decays(map);
    if longest.is_none() {
        (shortest, longest) = Lags::of(map, FAR).decays(map);
    }
    Spatial { sal_um: shortest, str_ratio: shortest.zip(longest).map(|(short, long)| short / long), std_degrees: direction(map) }
}

/// The direction of the largest angular amplitude.
fn direction(map: &HeightMap) -> Option<f64> {
    let halved = Halved::of(map);
    let transform = Transform::new(halved.columns, halved.rows, [0, 0]);
    let mut lines = transform.rows_forth(halved.values.chunks_exact(halved.columns).map(|line| line.iter().copied()));
    let mut sectors = Sectors::new(&transform, map);
    transform.columns_forth(&mut lines, |column, spectrum| sectors.add(column, spectrum));
    sectors.largest()
}

/// Means of two by two points under a window; without what is measured, zero.
struct Halved {
    columns: usize,
    rows: usize,
    values: Vec<f32>,
}

impl Halved {
    fn of(map: &HeightMap) -> Self {
        let (columns, rows) = (map.columns() / 2, map.rows() / 2);
        let (across, along) = (hann(columns), hann(rows));
        let mut values = Vec::with_capacity(columns * rows);
        for (pair, along) in map.heights_um().chunks_exact(2 * map.columns()).zip(&along) {
            let (above, below) = pair.split_at(map.columns());
            for ((above, below), across) in above.chunks_exact(2).zip(below.chunks_exact(2)).zip(&across) {
                let (sum, count) = above
                    .iter()
                    .chain(below)
                    .filter(|height| !height.is_nan())
                    .fold((0.0, 0_u8), |(sum, count), height| (sum + height, count + 1));
                let mean = if count == 0 { 0.0 } else { sum / f64::from(count) };
                values.push(mean as f32 * across * along);
            }
        }
        Self { columns, rows, values }
    }
}

/// A window that is zero one point beyond both ends.
fn hann(points: usize) -> Vec<f32> {
    (0..points).map(|at| libm::sin(PI * (at as f64 + 1.0) / (points as f64 + 1.0)).powi(2) as f32).collect()
}

/// A transform of padded maps of one size.
struct Transform {
    rows: usize,
    /// Padded sides.
    across: usize,
    along: usize,
    forth: Arc<dyn RealToComplex<f32>>,
    back: Arc<dyn ComplexToReal<f32>>,
    column_forth: Arc<dyn rustfft::Fft<f32>>,
    /// Squared amplitudes are real, and so half of the work is enough on the way back.
    column_back: Arc<dyn RealToComplex<f32>>,
}

impl Transform {
    fn new(columns: usize, rows: usize, [lag_x, lag_y]: [usize; 2]) -> Self {
        let (across, along) = (quick_length(columns + lag_x), quick_length(rows + lag_y));
        let mut real = RealFftPlanner::<f32>::new();
        Self {
            rows,
            across,
            along,
            forth: real.plan_fft_forward(across),
            back: real.plan_fft_inverse(across),
            column_forth: rustfft::FftPlanner::<f32>::new().plan_fft_forward(along),
            column_back: real.plan_fft_forward(along),
        }
    }

    /// Complex numbers of a row of the spectrum.
    const fn width(&self) -> usize {
        self.across / 2 + 1
    }

    fn rows_forth(&self, rows: impl Iterator<Item = impl Iterator<Item = f32>>) -> Vec<Complex<f32>> {
        let mut lines = vec![Complex::default(); self.width() * self.rows];
        let mut input = vec![0.0; self.across];
        let mut scratch = vec![Complex::default(); self.forth.get_scratch_len()];
        for (row, line) in rows.zip(lines.chunks_exact_mut(self.width())) {
            input.fill(0.0);
            input.iter_mut().zip(row).for_each(|(input, value)| *input = value);
            // Lengths are those of the plan.
            let _ = self.forth.process_with_scratch(&mut input, line, &mut scratch);
        }
        lines
    }

    /// Columns transformed, some together, and handed over one after the other.
    fn columns_forth(&self, lines: &mut [Complex<f32>], mut look: impl FnMut(usize, &[Complex<f32>])) {
        self.columns(lines, 0, |first, columns, _| {
            columns.chunks_exact(self.along).enumerate().for_each(|(at, column)| look(first + at, column));
        });
    }

    /// Columns transformed; `work` sees some together, and fills the first `rows_back` rows of them.
    fn columns(
        &self,
        lines: &mut [Complex<f32>],
        rows_back: usize,
        mut work: impl FnMut(usize, &[Complex<f32>], &mut [Complex<f32>]),
    ) {
        let width = self.width();
        let mut block = vec![Complex::default(); TOGETHER * self.along];
        let mut back = vec![Complex::default(); TOGETHER * rows_back];
        let mut scratch = vec![Complex::default(); self.column_forth.get_inplace_scratch_len()];
        for first in (0..width).step_by(TOGETHER) {
            let together = TOGETHER.min(width - first);
            let (block, back) = (&mut block[..together * self.along], &mut back[..together * rows_back]);
            block.fill(Complex::default());
            for (row, line) in lines.chunks_exact(width).enumerate() {
                for (at, value) in line[first..first + together].iter().enumerate() {
                    block[at * self.along + row] = *value;
                }
            }
            self.column_forth.process_with_scratch(block, &mut scratch);
            work(first, block, back);
            for (row, line) in lines.chunks_exact_mut(width).enumerate().take(rows_back) {
                for (at, value) in line[first..first + together].iter_mut().enumerate() {
                    *value = back[at * rows_back + row];
                }
            }
        }
    }

    /// Sums of products at lags of at most so many points.
    fn autocorrelate(&self, map: &HeightMap, value: fn(f64) -> f32, [lag_x, lag_y]: [usize; 2]) -> Lags {
        let measured = |height: &f64| if height.is_nan() { 0.0 } else { value(*height) };
        let mut lines = self.rows_forth(map.lines().map(|line| line.iter().map(measured)));
        let mut square = vec![0.0; self.along];
        let mut spectrum = vec![Complex::default(); self.along / 2 + 1];
        let mut scratch = vec![Complex::default(); self.column_back.get_scratch_len()];
        self.columns(&mut lines, lag_y + 1, |_, columns, back| {
            for (column, back) in columns.chunks_exact(self.along).zip(back.chunks_exact_mut(lag_y + 1)) {
                square.iter_mut().zip(column).for_each(|(square, value)| *square = value.norm_sqr());
                let _ = self.column_back.process_with_scratch(&mut square, &mut spectrum, &mut scratch);
                // Forth instead of back is the opposite lag, and that the conjugate.
                back.iter_mut().zip(&spectrum).for_each(|(back, value)| *back = value.conj());
            }
        });
        let width = self.width();
        let mut output = vec![0.0; self.across];
        let mut scratch = vec![Complex::default(); self.back.get_scratch_len()];
        let lags_across = 2 * lag_x + 1;
        let mut values = vec![0.0; lags_across * (lag_y + 1)];
        for (line, out) in lines.chunks_exact_mut(width).zip(values.chunks_exact_mut(lags_across)) {
            // The sum of products of a real map is real along its axes.
            line[0].im = 0.0;
            line[width - 1].im = 0.0;
            let _ = self.back.process_with_scratch(line, &mut output, &mut scratch);
            out[..lag_x].copy_from_slice(&output[self.across - lag_x..]);
            out[lag_x..].copy_from_slice(&output[..=lag_x]);
        }
        Lags { lag_x, lag_y, values }
    }
}

/// The smallest even length at or above `at_least` of factors 2, 3 and 5.
fn quick_length(at_least: usize) -> usize {
    let is_quick = |length: &usize| {
        let mut rest = *length;
        for factor in [2, 3, 5] {
            while rest.is_multiple_of(factor) {
                rest /= factor;
            }
        }
        rest == 1 && length.is_multiple_of(2)
    };
    (at_least.max(2)..).find(is_quick).unwrap_or(at_least)
}

/// A value at each lag: all across, and along from 0 on (a lag and its opposite are alike).
struct Lags {
    lag_x: usize,
    lag_y: usize,
    values: Vec<f32>,
}

impl Lags {
    /// The autocorrelation, but for its value at lag zero, at lags of a part of each side.
    fn of(map: &HeightMap, part: usize) -> Self {
        let lags = [(map.columns() / part).max(1), (map.rows() / part).max(1)];
        let transform = Transform::new(map.columns(), map.rows(), lags);
        let mut products = transform.autocorrelate(map, |height| height as f32, lags);
        if map.heights_um().iter().any(|height| height.is_nan()) {
            products.divide_by(&transform.autocorrelate(map, |_| 1.0, lags));
        } else {
            products.divide_by_overlap(map);
        }
        products
    }

    fn width(&self) -> usize {
        2 * self.lag_x + 1
    }

    fn divide_by(&mut self, pairs: &Self) {
        for (value, pairs) in self.values.iter_mut().zip(&pairs.values) {
            // Pairs are whole numbers, up to rounding.
            *value /= pairs.max(0.5).round();
        }
    }

    fn divide_by_overlap(&mut self, map: &HeightMap) {
        let (width, lag_x) = (self.width(), self.lag_x);
        for (along, line) in self.values.chunks_exact_mut(width).enumerate() {
            for (at, value) in line.iter_mut().enumerate() {
                *value /= ((map.columns() - at.abs_diff(lag_x)) * (map.rows() - along)) as f32;
            }
        }
    }

    /// Shortest and longest distance in micrometres in which the value falls to [`ALIKE`] of that at lag zero: the first crossing along each
    /// ray, cubic between points. No longest one where a ray leaves the lags first.
    fn decays(&self, map: &HeightMap) -> (Option<f64>, Option<f64>) {
        let at_zero = self.values[self.lag_x];
        if at_zero.is_nan() || at_zero <= 0.0 {
            return (None, None);
        }
        let (dx, dy) = (map.spacing().x.0, map.spacing().y.0);
        let (mut shortest, mut longest) = (f64::INFINITY, Some(0.0));
        for ray in 0..(180.0 / DIRECTION_DEGREES) as usize {
            let angle = (ray as f64 * DIRECTION_DEGREES).to_radians();
            let (x, y) = (libm::cos(angle) / dx, libm::sin(angle) / dy);
            // Micrometres of a step in which the ray gets on by a part of a point, whichever axis it follows.
            let step = RAY_STEP / x.abs().max(y.abs());
            match self.decay((x, y), step, f64::from(ALIKE * at_zero)) {
                Some(length) => {
                    shortest = shortest.min(length);
                    longest = longest.map(|longest: f64| longest.max(length));
                }
                None => longest = None,
            }
        }
        (shortest.is_finite().then_some(shortest), longest)
    }

    fn decay(&self, (x, y): (f64, f64), step: f64, threshold: f64) -> Option<f64> {
        let mut before = f64::INFINITY;
        for at in 1.. {
            let value = self.between(at as f64 * step * x, at as f64 * step * y)?;
            if value <= threshold {
                let part = if before.is_finite() { (before - threshold) / (before - value) } else { 1.0 };
                return Some((at as f64 - 1.0 + part) * step);
            }
            before = value;
        }
        None
    }

    /// Cubic convolution (Catmull-Rom) between lags; nothing beyond the lags that are there.
    fn between(&self, x: f64, y: f64) -> Option<f64> {
        let (left, top) = (x.floor(), y.floor());
        let (across, along) = (cubic(x - left), cubic(y - top));
        let mut sum = 0.0;
        for (i, weight_y) in along.iter().enumerate() {
            for (j, weight_x) in across.iter().enumerate() {
                sum += weight_y * weight_x * self.at(left as i64 + j as i64 - 1, top as i64 + i as i64 - 1)?;
            }
        }
        Some(sum)
    }

    fn at(&self, x: i64, y: i64) -> Option<f64> {
        let (x, y) = if y < 0 { (-x, -y) } else { (x, y) };
        let column = usize::try_from(x + self.lag_x as i64).ok().filter(|column| *column < self.width())?;
        let row = usize::try_from(y).ok().filter(|row| *row <= self.lag_y)?;
        Some(self.values[row * self.width() + column].into())
    }
}

fn cubic(part: f64) -> [f64; 4] {
    let (square, cube) = (part * part, part * part * part);
    [
        -0.5 * part + square - 0.5 * cube,
        1.0 - 2.5 * square + 1.5 * cube,
        0.5 * part + 2.0 * square - 1.5 * cube,
        -0.5 * square + 0.5 * cube,
    ]
}

/// Angular spectrum: amplitudes summed over sectors, inside of the largest circle of frequencies that both axes have, so that no
/// direction has more of them than another.
struct Sectors {
    along: usize,
    /// Frequency of one step across and along, in 1/um.
    step: (f64, f64),
    /// Frequencies that count, in 1/um.
    lowest: f64,
    highest: f64,
    /// Tangents of the ends of the sectors: the middle of the first is -90 degrees, its other half lies below 90.
    ends: Vec<f64>,
    sums: Vec<f64>,
}

impl Sectors {
    fn new(transform: &Transform, map: &HeightMap) -> Self {
        let sectors = (180.0 / SECTOR_DEGREES) as usize;
        let spacing = map.spacing();
        let end = |at: usize| libm::tan(((at as f64 + 0.5) * SECTOR_DEGREES - 90.0).to_radians());
        Self {
            along: transform.along,
            step: (1.0 / (transform.across as f64 * 2.0 * spacing.x.0), 1.0 / (transform.along as f64 * 2.0 * spacing.y.0)),
            lowest: PERIODS_MIN / map.side_um(),
            highest: 0.25 / spacing.x.0.max(spacing.y.0),
            ends: (0..sectors).map(end).collect(),
            sums: vec![0.0; sectors],
        }
    }

    fn add(&mut self, column: usize, spectrum: &[Complex<f32>]) {
        let x = column as f64 * self.step.0;
        let half = self.along / 2;
        // Rows go down and angles up: from the highest row frequency to the lowest.
        let mut sector = 0;
        for at in (0..self.along).map(|at| half as i64 - at as i64) {
            let y = -(at as f64) * self.step.1;
            let square = x * x + y * y;
            if (column == 0 && at <= 0) || square > self.highest.powi(2) || square < self.lowest.powi(2) {
                continue;
            }
            while self.ends.get(sector).is_some_and(|end| y >= end * x) {
                sector += 1;
            }
            let sectors = self.sums.len();
            self.sums[sector % sectors] += f64::from(spectrum[at.rem_euclid(self.along as i64) as usize].norm());
        }
    }

    /// The middle of the largest sector, 0 to 180 degrees.
    fn largest(&self) -> Option<f64> {
        let (at, sum) = self.sums.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1))?;
        (*sum > 0.0).then(|| (at as f64 * SECTOR_DEGREES - 90.0).rem_euclid(180.0))
    }
}
