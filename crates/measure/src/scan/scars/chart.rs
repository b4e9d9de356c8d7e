//! A piece of skin as heights on a grid.

use crate::scan::vector::{along, dot, sub, tangents};
use crate::scan::{Point, Surface};

/// Heights over a plane that touches the skin, on a square grid around its middle. What the scan does not show is no number.
#[derive(Clone, Debug)]
pub(super) struct Chart {
    origin: Point,
    pub(super) normal: Point,
    across: Point,
    up: Point,
    /// Cells along one side: odd, so that one lies in the middle.
    pub(super) side: usize,
    /// Distance of cells in millimetres.
    pub(super) dx_mm: f64,
    /// Row by row, in millimetres.
    pub(super) heights: Vec<f32>,
}

/// Skin that leans more than 70 degrees from the plane is not seen on it.
const LEAN_MAX: f64 = 2.75;

impl Chart {
    /// The skin within `radius_mm` of a point, seen along `normal`. Of skin that lies over skin the outer one is taken.
    pub(super) fn cut(surface: &Surface<'_>, origin: Point, normal: Point, radius_mm: f64, dx_mm: f64) -> Self {
        let half = (radius_mm / dx_mm).ceil() as usize;
        let side = 2 * half + 1;
        let (across, up) = tangents(normal);
        let mut chart = Self { origin, normal, across, up, side, dx_mm, heights: vec![f32::NAN; side * side] };
        surface.tree.around(origin, radius_mm * 1.05, |corners| {
            chart.lay(corners.map(|from| {
                [dot(from, across) / dx_mm + half as f64, dot(from, up) / dx_mm + half as f64, dot(from, normal)]
            }));
        });
        chart
    }

    /// Lays one triangle, in cells and millimetres, into the grid.
    fn lay(&mut self, [a, b, c]: [Point; 3]) {
        let (b_a, c_a) = (sub(b, a), sub(c, a));
        let twice = b_a[0] * c_a[1] - b_a[1] * c_a[0];
        let lean = [(b_a[1] * c_a[2] - b_a[2] * c_a[1]) / self.dx_mm, (b_a[2] * c_a[0] - b_a[0] * c_a[2]) / self.dx_mm];
        if twice <= 0.0 || lean[0] * lean[0] + lean[1] * lean[1] > LEAN_MAX * LEAN_MAX * twice * twice {
            return;
        }
        let (step_b, step_c) = ((c[1] - a[1]) / twice, -(b[1] - a[1]) / twice);
        let last = (self.side - 1) as f64;
        let span = |k: usize| {
            let low = a[k].min(b[k]).min(c[k]).ceil().max(0.0);
            let high = a[k].max(b[k]).max(c[k]).floor().min(last);
            (low, high)
        };
        let ((x_low, x_high), (y_low, y_high)) = (span(0), span(1));
        if x_low > x_high || y_low > y_high {
            return;
        }
        for row in y_low as usize..=y_high as usize {
            let y = row as f64 - a[1];
            for column in x_low as usize..=x_high as usize {
                let x = column as f64 - a[0];
                let share_b = x * step_b - y * (c[0] - a[0]) / twice;
                let share_c = y * (b[0] - a[0]) / twice + x * step_c;
                if share_b < -1e-9 || share_c < -1e-9 || share_b + share_c > 1.0 + 1e-9 {
                    continue;
                }
                let height = (a[2] + share_b * (b[2] - a[2]) + share_c * (c[2] - a[2])) as f32;
                let cell = &mut self.heights[row * self.side + column];
                if cell.is_nan() || *cell < height {
                    *cell = height;
                }
            }
        }
    }

    /// Place of a cell on the plane, in millimetres from the middle.
    pub(super) fn place(&self, cell: usize) -> [f64; 2] {
        let half = (self.side / 2) as f64;
        [((cell % self.side) as f64 - half) * self.dx_mm, ((cell / self.side) as f64 - half) * self.dx_mm]
    }

    /// A place on the plane with a height, in the scan.
    pub(super) fn point(&self, [x, y]: [f64; 2], height: f64) -> Point {
        along(along(along(self.origin, self.across, x), self.up, y), self.normal, height)
    }

    /// Where a point of the scan is seen on the plane, in millimetres from the middle.
    pub(super) fn seen(&self, point: Point) -> [f64; 2] {
        let from = sub(point, self.origin);
        [dot(from, self.across), dot(from, self.up)]
    }

    /// The cell at a place on the plane.
    pub(super) fn cell(&self, place: [f64; 2]) -> Option<usize> {
        let [x, y] = place.map(|part| (part / self.dx_mm).round() + (self.side / 2) as f64);
        let side = self.side as f64;
        ((0.0..side).contains(&x) && (0.0..side).contains(&y)).then(|| y as usize * self.side + x as usize)
    }

    /// A direction on the chart, in the scan.
    pub(super) fn direction(&self, [x, y, z]: [f64; 3]) -> Point {
        along(along([self.normal[0] * z, self.normal[1] * z, self.normal[2] * z], self.across, x), self.up, y)
    }

    /// The chart with every other cell: a mean of itself and its neighbours, or none where most of them are missing. The middle stays.
    pub(super) fn halved(&self) -> Self {
        let half = self.side / 4;
        let side = 2 * half + 1;
        let first = self.side / 2 - 2 * half;
        let mut heights = Vec::with_capacity(side * side);
        for row in 0..side {
            for column in 0..side {
                let (y, x) = (first + 2 * row, first + 2 * column);
                let (mut sum, mut mass) = (0.0, 0.0);
                for (y, x, weight) in neighbours(y, x, self.side) {
                    let height = self.heights[y * self.side + x];
                    if !height.is_nan() {
                        sum += height * weight;
                        mass += weight;
                    }
                }
                heights.push(if mass >= 0.6 { sum / mass } else { f32::NAN });
            }
        }
        Self { side, dx_mm: 2.0 * self.dx_mm, heights, ..self.clone() }
    }

    /// Heights smoothed by a Gaussian of `sigma` cells, divided by what of it lies on the scan; none where that is less than `share`.
    pub(super) fn smoothed(&self, sigma: f64, share: f32) -> Vec<f32> {
        let reach = (3.0 * sigma).ceil() as usize;
        let kernel: Vec<f32> = (0..=reach).map(|at| libm::exp(-0.5 * (at as f64 / sigma).powi(2)) as f32).collect();
        let whole = kernel[0] + 2.0 * kernel[1..].iter().sum::<f32>();
        let side = self.side;
        let mut rows = vec![(0.0_f32, 0.0_f32); side * side];
        for (line, out) in self.heights.chunks_exact(side).zip(rows.chunks_exact_mut(side)) {
            let line: Vec<(f32, f32)> = line.iter().map(|z| if z.is_nan() { (0.0, 0.0) } else { (*z, 1.0) }).collect();
            for (offset, &weight) in kernel.iter().enumerate().take(side) {
                let gather = |out: &mut [(f32, f32)], from: &[(f32, f32)]| {
                    for (sum, part) in out.iter_mut().zip(from) {
                        sum.0 += weight * part.0;
                        sum.1 += weight * part.1;
                    }
                };
                gather(&mut out[offset..], &line);
                if offset > 0 {
                    gather(out, &line[offset..]);
                }
            }
        }
        let mut sums = vec![(0.0_f32, 0.0_f32); side];
        let mut smoothed = Vec::with_capacity(side * side);
        for row in 0..side {
            sums.fill((0.0, 0.0));
            for other in row.saturating_sub(reach)..(row + reach + 1).min(side) {
                let weight = kernel[row.abs_diff(other)];
                for (sum, part) in sums.iter_mut().zip(&rows[other * side..(other + 1) * side]) {
                    sum.0 += weight * part.0;
                    sum.1 += weight * part.1;
                }
            }
            smoothed.extend(sums.iter().map(|(z, mass)| if *mass >= share * whole * whole { z / mass } else { f32::NAN }));
        }
        smoothed
    }
}

/// The nine cells around one with the weights of two means of two in a row.
fn neighbours(y: usize, x: usize, side: usize) -> impl Iterator<Item = (usize, usize, f32)> {
    (0..9).filter_map(move |at| {
        let (down, right) = (at / 3, at % 3);
        let (row, column) = ((y + down).checked_sub(1)?, (x + right).checked_sub(1)?);
        let weight = [0.25, 0.5, 0.25][down] * [0.25, 0.5, 0.25][right];
        (row < side && column < side).then_some((row, column, weight))
    })
}
