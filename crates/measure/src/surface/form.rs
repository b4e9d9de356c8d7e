//! F-operator: takes the form off a surface (ISO 25178-2, 3.1.6), by least squares or robustly.
//!
//! The form is a polynomial in x and y of total degree n: a level, a plane, or all terms `x^i y^j` with `i + j <= n`. It is written in
//! Chebyshev polynomials over the map, fitted to the measured points only through normal equations made of moments (one pass, any
//! number of points), and taken off in a second pass. Robust: iterated with Tukey's biweight `(1 - (r / 4.685 s)^2)^2`, s being
//! 1.4826 times the median of the absolute residuals, so that scars do not pull the form down.

use serde::Serialize;

use super::HeightMap;
use crate::Error;
use crate::limits::FORM_DEGREE_MAX;

/// Tukey's constant: 95 % efficient where nothing is outlying.
const TUKEY: f64 = 4.685;
/// Median absolute deviation to standard deviation of a normal distribution.
const MAD_TO_SD: f64 = 1.4826;
/// Rounds of a robust fit; it ends earlier when nothing moves.
const ROUNDS_MAX: usize = 50;
/// Share of the scale by which coefficients may still move at the end.
const MOVES_MAX: f64 = 1e-6;

/// What is taken off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Form {
    /// The mean height alone.
    Level,
    /// A polynomial of this total degree; 1 is a plane.
    Polynomial {
        /// Total degree.
        degree: u32,
        /// How it is fitted.
        fit: Fit,
    },
}

/// How a form is fitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fit {
    /// All points alike.
    LeastSquares,
    /// Outlying points count less.
    Robust,
}

impl Form {
    /// The least-squares plane.
    pub const PLANE: Self = Self::Polynomial { degree: 1, fit: Fit::LeastSquares };
}

/// Takes the form off; missing points stay missing.
///
/// # Errors
/// Too few points, or all in a line; a robust fit of points of which more than half are alike.
pub fn remove(map: &mut HeightMap, form: Form) -> Result<(), Error> {
    let (degree, fit) = match form {
        Form::Level => (0, Fit::LeastSquares),
        Form::Polynomial { degree, fit } => (degree, fit),
    };
    if degree > FORM_DEGREE_MAX {
        return Err(Error::TooLarge { what: "degree of the form", size: degree.into(), limit: FORM_DEGREE_MAX.into() });
    }
    let basis = Basis::new(map, degree as usize);
    let polynomial = match fit {
        Fit::LeastSquares => basis.least_squares(map, None)?,
        Fit::Robust => basis.robust(map)?,
    };
    let columns = map.columns();
    let mut along = vec![0.0; columns];
    for (row, heights) in map.heights_um_mut().chunks_exact_mut(columns).enumerate() {
        basis.row(&polynomial, row, &mut along);
        for (height, form) in heights.iter_mut().zip(&along) {
            *height -= form;
        }
    }
    Ok(())
}

/// Chebyshev polynomials at every column and every row.
struct Basis {
    degree: usize,
    /// `across[i][column]`, up to twice the degree: products of two are sums of two.
    across: Vec<Vec<f64>>,
    along: Vec<Vec<f64>>,
}

/// Coefficients `c[i][j]` of `T_i(x) T_j(y)`, `i + j <= degree`, one after the other.
type Polynomial = Vec<f64>;

impl Basis {
    fn new(map: &HeightMap, degree: usize) -> Self {
        Self { degree, across: chebyshev(map.columns(), 2 * degree), along: chebyshev(map.rows(), 2 * degree) }
    }

    /// Pairs of degrees in the order of the coefficients.
    fn terms(&self) -> Vec<(usize, usize)> {
        (0..=self.degree).flat_map(|i| (0..=self.degree - i).map(move |j| (i, j))).collect()
    }

    fn least_squares(&self, map: &HeightMap, weights: Option<&[f64]>) -> Result<Polynomial, Error> {
        let terms = self.terms();
        let undetermined = || Error::FormUndetermined {
            degree: self.degree as u32,
            found: map.measured(),
            columns: map.columns(),
            rows: map.rows(),
        };
        let moments = self.moments(map, weights);
        let product = |(i, k): (usize, usize), (j, l): (usize, usize)| {
            let at = |a: usize, b: usize| moments.weights[a][b];
            0.25 * (at(i + k, j + l) + at(i + k, j.abs_diff(l)) + at(i.abs_diff(k), j + l) + at(i.abs_diff(k), j.abs_diff(l)))
        };
        let normal: Vec<Vec<f64>> =
            terms.iter().map(|&(i, j)| terms.iter().map(|&(k, l)| product((i, k), (j, l))).collect()).collect();
        let right = terms.iter().map(|&(i, j)| moments.heights[i][j]).collect();
        if self.degree >= map.columns() || self.degree >= map.rows() {
            return Err(undetermined());
        }
        solve(normal, right).ok_or_else(undetermined)
    }

    fn robust(&self, map: &HeightMap) -> Result<Polynomial, Error> {
        let mut polynomial = self.least_squares(map, None)?;
        let mut residuals = vec![0.0; map.heights_um().len()];
        for _ in 0..ROUNDS_MAX {
            self.residuals(map, &polynomial, &mut residuals);
            let scale = MAD_TO_SD * median_absolute(&residuals);
            if scale <= 0.0 {
                return Err(Error::NoSpread { what: "a robust form" });
            }
            for residual in &mut residuals {
                let share = *residual / (TUKEY * scale);
                *residual = if share.abs() < 1.0 { (1.0 - share * share).powi(2) } else { 0.0 };
            }
            let next = self.least_squares(map, Some(&residuals))?;
            let moved = polynomial.iter().zip(&next).map(|(before, after)| (before - after).abs()).fold(0.0, f64::max);
            polynomial = next;
            if moved <= MOVES_MAX * scale {
                break;
            }
        }
        Ok(polynomial)
    }

    fn residuals(&self, map: &HeightMap, polynomial: &Polynomial, residuals: &mut [f64]) {
        let mut form = vec![0.0; map.columns()];
        for (row, (heights, residuals)) in map.lines().zip(residuals.chunks_exact_mut(map.columns())).enumerate() {
            self.row(polynomial, row, &mut form);
            for ((residual, height), form) in residuals.iter_mut().zip(heights).zip(&form) {
                *residual = height - form;
            }
        }
    }

    /// The polynomial along one row.
    fn row(&self, polynomial: &Polynomial, row: usize, form: &mut [f64]) {
        let mut across = vec![0.0; self.degree + 1];
        for (coefficient, (i, j)) in polynomial.iter().zip(self.terms()) {
            across[i] += coefficient * self.along[j][row];
        }
        form.fill(0.0);
        for (coefficient, basis) in across.iter().zip(&self.across) {
            for (form, value) in form.iter_mut().zip(basis) {
                *form += coefficient * value;
            }
        }
    }

    fn moments(&self, map: &HeightMap, weights: Option<&[f64]>) -> Moments {
        let doubled = 2 * self.degree + 1;
        let mut moments =
            Moments { weights: vec![vec![0.0; doubled]; doubled], heights: vec![vec![0.0; self.degree + 1]; self.degree + 1] };
        let whole: Vec<f64> = self.across.iter().map(|basis| basis.iter().sum()).collect();
        let (mut weight, mut weighted) = (vec![0.0; map.columns()], vec![0.0; map.columns()]);
        let mut of_row = vec![0.0; doubled];
        for (row, heights) in map.lines().enumerate() {
            let given = weights.map(|weights| &weights[row * map.columns()..]);
            let is_whole = given.is_none() && !heights.iter().any(|height| height.is_nan());
            let heights = if is_whole {
                of_row.copy_from_slice(&whole);
                heights
            } else {
                for (at, height) in heights.iter().enumerate() {
                    weight[at] = if height.is_nan() { 0.0 } else { given.map_or(1.0, |given| given[at]) };
                    weighted[at] = if height.is_nan() { 0.0 } else { weight[at] * height };
                }
                for (sum, basis) in of_row.iter_mut().zip(&self.across) {
                    *sum = dot(&weight, basis);
                }
                &weighted
            };
            for (sums, of_row) in moments.weights.iter_mut().zip(&of_row) {
                for (sum, basis) in sums.iter_mut().zip(&self.along) {
                    *sum += of_row * basis[row];
                }
            }
            for (sums, basis) in moments.heights.iter_mut().zip(&self.across) {
                let of_row = dot(heights, basis);
                for (sum, basis) in sums.iter_mut().zip(&self.along) {
                    *sum += of_row * basis[row];
                }
            }
        }
        moments
    }
}

/// Sums over the measured points of `T_i(x) T_j(y)`, and of the same times the height.
struct Moments {
    weights: Vec<Vec<f64>>,
    heights: Vec<Vec<f64>>,
}

/// `T_0` to `T_degree` at points spread evenly over -1 to 1.
fn chebyshev(points: usize, degree: usize) -> Vec<Vec<f64>> {
    let half = (points.max(2) - 1) as f64 / 2.0;
    let x: Vec<f64> = (0..points).map(|at| at as f64 / half - 1.0).collect();
    let mut polynomials = vec![vec![1.0; points], x.clone()];
    for at in 2..=degree {
        let next = (0..points).map(|point| 2.0 * x[point] * polynomials[at - 1][point] - polynomials[at - 2][point]).collect();
        polynomials.push(next);
    }
    polynomials.truncate(degree + 1);
    polynomials
}

/// Eight sums at once, in a fixed order.
pub(super) fn dot(one: &[f64], other: &[f64]) -> f64 {
    let mut sums = [0.0; 8];
    let (one, other) = (one.chunks_exact(8), other.chunks_exact(8));
    let rest: f64 = one.remainder().iter().zip(other.remainder()).map(|(a, b)| a * b).sum();
    for (a, b) in one.zip(other) {
        for at in 0..8 {
            sums[at] += a[at] * b[at];
        }
    }
    sums.iter().sum::<f64>() + rest
}

/// The median of the absolute values of the numbers among `values`.
pub(super) fn median_absolute(values: &[f64]) -> f64 {
    let mut absolute: Vec<f64> = values.iter().filter(|value| !value.is_nan()).map(|value| value.abs()).collect();
    if absolute.is_empty() {
        return 0.0;
    }
    let middle = absolute.len() / 2;
    *absolute.select_nth_unstable_by(middle, f64::total_cmp).1
}

/// Cholesky; nothing where the equations do not determine the answer.
fn solve(mut a: Vec<Vec<f64>>, mut b: Vec<f64>) -> Option<Vec<f64>> {
    let n = b.len();
    for i in 0..n {
        let whole = a[i][i];
        for k in 0..i {
            let factor = a[i][k];
            a[i][i] -= factor * factor;
        }
        // What is left of a diagonal after rounding alone determines nothing.
        if !(a[i][i] > 1e-12 * whole && whole > 0.0) {
            return None;
        }
        a[i][i] = a[i][i].sqrt();
        for j in i + 1..n {
            let known: f64 = (0..i).map(|k| a[j][k] * a[i][k]).sum();
            a[j][i] = (a[j][i] - known) / a[i][i];
        }
    }
    for i in 0..n {
        let known: f64 = (0..i).map(|k| a[i][k] * b[k]).sum();
        b[i] = (b[i] - known) / a[i][i];
    }
    for i in (0..n).rev() {
        let known: f64 = (i + 1..n).map(|k| a[k][i] * b[k]).sum();
        b[i] = (b[i] - known) / a[i][i];
    }
    Some(b)
}
