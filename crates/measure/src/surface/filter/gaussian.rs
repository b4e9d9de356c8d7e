//! Areal Gaussian filter, ISO 16610-61: `s(x, y) = exp(-pi ((x / a l)^2 + (y / a l)^2)) / (a l)^2`, `a = sqrt(ln 2 / pi)`, `l` the nesting
//! index; as regression of order 0, so that the rim and missing points need no extension.
//!
//! A Gaussian of a Gaussian is a Gaussian: a wide one is made of a narrow one taken at every D-th point only, a second one on that
//! coarse grid, and interpolation by six points back to the fine grid. Cut off at 5.5 standard deviations. What this leaves out, what
//! folds over and what the interpolation misses are below one part in a million of the amplitude, at a cost that does not grow with the
//! nesting index.

use std::f64::consts::{LN_2, PI};

use super::PutRow;
use crate::surface::HeightMap;
use crate::surface::form::dot;
use crate::units::Micrometres;

/// Standard deviations at which a Gaussian is cut off: 4e-8 of it lie beyond.
const CUT_AT_SD: f64 = 5.5;
/// Standard deviation on the coarse grid, in its points: interpolation by six points is then right to 5e-8.
const COARSE_SD_MIN: f64 = 10.0;
/// Standard deviation of the narrow Gaussian, in coarse points: what folds over is below 1e-13.
const NARROW_SD: f64 = 1.25;
/// Points of the coarse grid on each side of a place that is interpolated.
const REACH: usize = 3;

/// Smooths, and hands over row by row; `weights` are those of points, all 1 where there are none.
pub(super) fn smooth(map: &mut HeightMap, nesting: Micrometres, weights: Option<&[f64]>, put: &mut PutRow<'_>) {
    let spacing = map.spacing();
    let (columns, rows) = (map.columns(), map.rows());
    let across = Plan::new(columns, standard_deviation(nesting) / spacing.x.0);
    let along = Plan::new(rows, standard_deviation(nesting) / spacing.y.0);
    let coarse = Coarse::of(map, weights, &across, &along);
    let mut smooth = vec![0.0; columns];
    let mut mass = vec![0.0; columns];
    for (row, heights) in map.heights_um_mut().chunks_exact_mut(columns).enumerate() {
        coarse.heights.row(row, &across, &along, &mut smooth);
        coarse.mass_row(row, &across, &along, &mut mass);
        for (smooth, mass) in smooth.iter_mut().zip(&mass) {
            *smooth = if *mass > 0.0 { *smooth / mass } else { f64::NAN };
        }
        put(heights, &smooth);
    }
}

/// Standard deviation of the Gaussian with this nesting index: `a l / sqrt(2 pi)`.
fn standard_deviation(nesting: Micrometres) -> f64 {
    nesting.0 * (LN_2 / 2.0).sqrt() / PI
}

/// How one axis is smoothed.
struct Plan {
    /// Points of the axis.
    points: usize,
    /// Points of the fine grid from one of the coarse grid to the next.
    step: usize,
    /// The narrow Gaussian, on the fine grid; with a step of 1 the whole of it.
    narrow: Vec<f64>,
    /// The second one, on the coarse grid.
    wide: Option<Vec<f64>>,
    /// Coarse points before the first fine one, and after the last.
    margin: usize,
    /// Points of the coarse grid.
    places: usize,
    /// For each of the `step` phases, weights of six coarse points.
    between: Vec<[f64; 2 * REACH]>,
}

impl Plan {
    fn new(points: usize, sd: f64) -> Self {
        let step = ((sd / COARSE_SD_MIN) as usize).max(1);
        let narrow_sd = if step == 1 { sd } else { NARROW_SD * step as f64 };
        let wide = (step > 1).then(|| gaussian((sd * sd - narrow_sd * narrow_sd).sqrt() / step as f64));
        let narrow = gaussian(narrow_sd);
        let margin = if step == 1 { 0 } else { (narrow.len() / 2).div_ceil(step) + REACH };
        let places = (points - 1).div_ceil(step) + 1 + 2 * margin;
        Self {
            points,
            step,
            narrow,
            wide,
            margin,
            places,
            between: (0..step).map(|phase| lagrange(phase as f64 / step as f64)).collect(),
        }
    }

    /// The narrow Gaussian of a line of the fine grid, at the points of the coarse grid.
    fn narrow(&self, line: &[f64], padded: &mut Vec<f64>, out: &mut [f64]) {
        let reach = self.narrow.len() / 2 + self.margin * self.step;
        padded.clear();
        padded.resize(reach, 0.0);
        padded.extend_from_slice(line);
        padded.resize((self.places - 1) * self.step + self.narrow.len(), 0.0);
        if self.step == 1 {
            // The kernel is the same on both sides of its middle.
            let middle = self.narrow.len() / 2;
            for (out, value) in out.iter_mut().zip(&padded[middle..]) {
                *out = self.narrow[middle] * value;
            }
            for (at, weight) in self.narrow[..middle].iter().enumerate() {
                for ((out, one), other) in out.iter_mut().zip(&padded[at..]).zip(&padded[2 * middle - at..]) {
                    *out += weight * (one + other);
                }
            }
            return;
        }
        for (place, out) in out.iter_mut().enumerate() {
            *out = dot(&self.narrow, &padded[place * self.step..place * self.step + self.narrow.len()]);
        }
    }

    /// What a whole line of ones becomes: the mass of the kernel that lies inside.
    fn mass(&self) -> Vec<f64> {
        let mut mass = vec![0.0; self.places];
        self.narrow(&vec![1.0; self.points], &mut Vec::new(), &mut mass);
        if let Some(wide) = &self.wide {
            convolve(&mut mass, wide, 1);
        }
        (0..self.points).map(|at| self.interpolated(&mass, at)).collect()
    }

    fn interpolated(&self, coarse: &[f64], at: usize) -> f64 {
        if self.step == 1 {
            return coarse[at];
        }
        let first = at / self.step + self.margin + 1 - REACH;
        dot(&self.between[at % self.step], &coarse[first..first + 2 * REACH])
    }
}

/// A Gaussian of sum 1, cut off; an odd number of weights.
fn gaussian(sd: f64) -> Vec<f64> {
    let reach = (CUT_AT_SD * sd).ceil() as i64;
    let weights: Vec<f64> = (-reach..=reach).map(|at| libm::exp(-0.5 * (at as f64 / sd).powi(2))).collect();
    let sum: f64 = weights.iter().sum();
    weights.into_iter().map(|weight| weight / sum).collect()
}

/// Weights of the polynomial through six equidistant points, at `part` between the third and the fourth.
fn lagrange(part: f64) -> [f64; 2 * REACH] {
    std::array::from_fn(|at| {
        let here = at as f64 - 2.0;
        (0..2 * REACH)
            .filter(|other| *other != at)
            .map(|other| other as f64 - 2.0)
            .map(|there| (part - there) / (here - there))
            .product()
    })
}

/// A grid of the coarse points, row after row.
struct Grid {
    width: usize,
    values: Vec<f64>,
}

/// The smooth surface on the coarse grid: heights times mass, and the mass.
struct Coarse {
    heights: Grid,
    mass: Mass,
}

enum Mass {
    /// Every point is measured and counts alike: what is inside across, times what is inside along.
    Whole {
        across: Vec<f64>,
        along: Vec<f64>,
    },
    Points(Grid),
}

impl Coarse {
    fn of(map: &HeightMap, weights: Option<&[f64]>, across: &Plan, along: &Plan) -> Self {
        let is_whole = weights.is_none() && !map.heights_um().iter().any(|height| height.is_nan());
        let columns = map.columns();
        let of_points = |row: usize, line: &mut [f64], value: fn(f64) -> f64| {
            let heights = &map.heights_um()[row * columns..(row + 1) * columns];
            for (at, (out, height)) in line.iter_mut().zip(heights).enumerate() {
                let weight = weights.map_or(1.0, |weights| weights[row * columns + at]);
                *out = if height.is_nan() { 0.0 } else { weight * value(*height) };
            }
        };
        let heights = Grid::of(across, along, |row, line| of_points(row, line, |height| height));
        let mass = if is_whole {
            Mass::Whole { across: across.mass(), along: along.mass() }
        } else {
            Mass::Points(Grid::of(across, along, |row, line| of_points(row, line, |_| 1.0)))
        };
        Self { heights, mass }
    }

    fn mass_row(&self, row: usize, across: &Plan, along: &Plan, out: &mut [f64]) {
        match &self.mass {
            Mass::Points(grid) => grid.row(row, across, along, out),
            Mass::Whole { across, along } => {
                for (out, across) in out.iter_mut().zip(across) {
                    *out = across * along[row];
                }
            }
        }
    }
}

impl Grid {
    /// Smooths lines of the fine grid onto the coarse one.
    fn of(across: &Plan, along: &Plan, mut line_of: impl FnMut(usize, &mut [f64])) -> Self {
        let width = across.places;
        let mut values = vec![0.0; width * along.places];
        let (mut line, mut padded, mut narrow) = (vec![0.0; across.points], Vec::new(), vec![0.0; width]);
        let reach = along.narrow.len() / 2;
        for row in 0..along.points {
            line_of(row, &mut line);
            across.narrow(&line, &mut padded, &mut narrow);
            // Coarse rows whose kernel reaches this row: |place step - row| <= reach, places counted from the margin.
            let here = row + along.margin * along.step;
            let first = here.saturating_sub(reach).div_ceil(along.step);
            let last = ((here + reach) / along.step).min(along.places - 1);
            for place in first..=last {
                let weight = along.narrow[here + reach - place * along.step];
                for (value, narrow) in values[place * width..(place + 1) * width].iter_mut().zip(&narrow) {
                    *value += weight * narrow;
                }
            }
        }
        let mut grid = Self { width, values };
        if let Some(wide) = &across.wide {
            grid.values.chunks_exact_mut(width).for_each(|row| convolve(row, wide, 1));
        }
        if let Some(wide) = &along.wide {
            convolve(&mut grid.values, wide, width);
        }
        grid
    }

    /// One row of the fine grid.
    fn row(&self, row: usize, across: &Plan, along: &Plan, out: &mut [f64]) {
        if along.step == 1 && across.step == 1 {
            out.copy_from_slice(&self.values[row * self.width..(row + 1) * self.width]);
            return;
        }
        let mut coarse = vec![0.0; self.width];
        if along.step == 1 {
            coarse.copy_from_slice(&self.values[row * self.width..(row + 1) * self.width]);
        } else {
            let first = row / along.step + along.margin + 1 - REACH;
            for (at, weight) in along.between[row % along.step].iter().enumerate() {
                let from = &self.values[(first + at) * self.width..(first + at + 1) * self.width];
                for (coarse, value) in coarse.iter_mut().zip(from) {
                    *coarse += weight * value;
                }
            }
        }
        if across.step == 1 {
            return out.copy_from_slice(&coarse);
        }
        let begins = across.margin + 1 - REACH;
        for (block, out) in out.chunks_mut(across.step).enumerate() {
            let near = &coarse[begins + block..begins + block + 2 * REACH];
            for (out, weights) in out.iter_mut().zip(&across.between) {
                *out = (0..2 * REACH).map(|at| weights[at] * near[at]).sum();
            }
        }
    }
}

/// Convolves with a symmetric kernel of an odd number of weights, zero outside; `stride` values are one point of the axis.
fn convolve(values: &mut [f64], kernel: &[f64], stride: usize) {
    let reach = kernel.len() / 2 * stride;
    let mut padded = vec![0.0; reach];
    padded.extend_from_slice(values);
    padded.resize(values.len() + 2 * reach, 0.0);
    values.fill(0.0);
    for (at, weight) in kernel.iter().enumerate() {
        for (value, from) in values.iter_mut().zip(&padded[at * stride..]) {
            *value += weight * from;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{CUT_AT_SD, standard_deviation};
    use crate::surface::{HeightMap, Spacing};
    use crate::units::Micrometres;

    /// Bumps, a step and a void; columns and rows are not equally far apart.
    fn map(missing: bool) -> HeightMap {
        let (columns, rows) = (150, 110);
        let height = |at: usize| {
            let (x, y) = ((at % columns) as f64, (at / columns) as f64);
            let void = missing && ((x - 40.0).hypot(y - 30.0) < 12.0 || (at * 7919) % 101 < 3);
            if void { f64::NAN } else { (x / 9.0).sin() * (y / 5.0).cos() + if x > 100.0 { 2.0 } else { 0.0 } + 0.01 * y }
        };
        let spacing = Spacing { x: Micrometres(1.0), y: Micrometres(1.3) };
        HeightMap::new(columns, spacing, (0..columns * rows).map(height).collect()).unwrap()
    }

    /// The sum over all points, as the standard writes it.
    fn plain(map: &HeightMap, nesting: f64, row: usize, column: usize) -> f64 {
        let sd = standard_deviation(Micrometres(nesting));
        let (mut sum, mut mass) = (0.0, 0.0);
        for (at, height) in map.heights_um().iter().enumerate().filter(|(_, height)| !height.is_nan()) {
            let x = (at % map.columns()) as f64 - column as f64;
            let y = 1.3 * ((at / map.columns()) as f64 - row as f64);
            if x.abs() > CUT_AT_SD * sd + 1.0 || y.abs() > CUT_AT_SD * sd + 1.3 {
                continue;
            }
            let weight = (-(x * x + y * y) / (2.0 * sd * sd)).exp();
            sum += weight * height;
            mass += weight;
        }
        sum / mass
    }

    #[test]
    fn every_nesting_index_gives_what_the_plain_sum_gives_to_a_millionth() {
        // Narrow; one axis coarse and the other not; both coarse; as wide as the map.
        for nesting in [4.0, 20.0, 60.0, 110.0, 140.0] {
            for missing in [false, true] {
                let mut smooth = map(missing);
                let before = smooth.clone();
                super::smooth(&mut smooth, Micrometres(nesting), None, &mut |heights, smooth| heights.copy_from_slice(smooth));
                for (row, column) in [(0, 0), (0, 149), (109, 0), (55, 75), (30, 100), (109, 149), (31, 53), (77, 3)] {
                    let (found, expected) = (smooth.heights_um()[row * 150 + column], plain(&before, nesting, row, column));
                    assert!((found - expected).abs() < 1e-6, "{nesting} {missing} {row} {column}: {found} {expected}");
                }
            }
        }
    }
}
