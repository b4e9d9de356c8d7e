//! Small systems of linear equations, and medians.

/// Normal equations of a least-squares fit with `N` coefficients, gathered row by row.
#[derive(Clone, Debug)]
pub(crate) struct Normal<const N: usize> {
    pub(crate) matrix: [[f64; N]; N],
    pub(crate) right: [f64; N],
}

impl<const N: usize> Normal<N> {
    pub(crate) fn new() -> Self {
        Self { matrix: [[0.0; N]; N], right: [0.0; N] }
    }

    /// Adds an observation: only the lower triangle is kept.
    pub(crate) fn add(&mut self, row: &[f64; N], value: f64, weight: f64) {
        for (at, &left) in row.iter().enumerate() {
            let weighted = left * weight;
            for (sum, &right) in self.matrix[at][..=at].iter_mut().zip(row) {
                *sum += weighted * right;
            }
            self.right[at] += weighted * value;
        }
    }

    /// The coefficients; nothing where the observations do not determine them.
    pub(crate) fn solve(&self) -> Option<[f64; N]> {
        Some(cholesky(&self.matrix)?.solve(self.right))
    }

    /// The inverse of the matrix.
    pub(crate) fn inverse(&self) -> Option<[[f64; N]; N]> {
        let factor = cholesky(&self.matrix)?;
        let mut inverse = [[0.0; N]; N];
        for (at, row) in inverse.iter_mut().enumerate() {
            let mut unit = [0.0; N];
            unit[at] = 1.0;
            *row = factor.solve(unit);
        }
        Some(inverse)
    }
}

struct Cholesky<const N: usize>([[f64; N]; N]);

/// Of the lower triangle of a matrix. A pivot that rounding alone could have left refuses the matrix.
fn cholesky<const N: usize>(matrix: &[[f64; N]; N]) -> Option<Cholesky<N>> {
    let mut factor = [[0.0; N]; N];
    for row in 0..N {
        for column in 0..=row {
            let done: f64 = (0..column).map(|at| factor[row][at] * factor[column][at]).sum();
            let rest = matrix[row][column] - done;
            factor[row][column] = if row == column {
                if rest.is_nan() || rest <= 1e-12 * matrix[row][row] {
                    return None;
                }
                rest.sqrt()
            } else {
                rest / factor[column][column]
            };
        }
    }
    Some(Cholesky(factor))
}

impl<const N: usize> Cholesky<N> {
    fn solve(&self, mut right: [f64; N]) -> [f64; N] {
        for row in 0..N {
            let done: f64 = (0..row).map(|at| self.0[row][at] * right[at]).sum();
            right[row] = (right[row] - done) / self.0[row][row];
        }
        for row in (0..N).rev() {
            let done: f64 = (row + 1..N).map(|at| self.0[at][row] * right[at]).sum();
            right[row] = (right[row] - done) / self.0[row][row];
        }
        right
    }
}

/// Eigenvalues of a symmetric matrix with their directions, the largest first (Jacobi's rotations).
pub(crate) fn eigen<const N: usize>(mut matrix: [[f64; N]; N]) -> [(f64, [f64; N]); N] {
    let mut vectors = [[0.0; N]; N];
    for (at, row) in vectors.iter_mut().enumerate() {
        row[at] = 1.0;
    }
    // quadratic convergence: six sweeps do for any matrix of this size, and more change nothing
    for _ in 0..12 {
        for p in 0..N {
            for q in p + 1..N {
                if matrix[p][q] == 0.0 {
                    continue;
                }
                let theta = (matrix[q][q] - matrix[p][p]) / (2.0 * matrix[p][q]);
                let t = theta.signum() / (theta.abs() + (theta * theta + 1.0).sqrt());
                let c = 1.0 / (t * t + 1.0).sqrt();
                let s = t * c;
                for row in &mut matrix {
                    (row[p], row[q]) = (c * row[p] - s * row[q], s * row[p] + c * row[q]);
                }
                let (above, below) = matrix.split_at_mut(q);
                for (up, down) in above[p].iter_mut().zip(&mut below[0]) {
                    (*up, *down) = (c * *up - s * *down, s * *up + c * *down);
                }
                for row in &mut vectors {
                    (row[p], row[q]) = (c * row[p] - s * row[q], s * row[p] + c * row[q]);
                }
            }
        }
    }
    let mut found = std::array::from_fn(|at| (matrix[at][at], std::array::from_fn(|row| vectors[row][at])));
    found.sort_by(|a: &(f64, [f64; N]), b| b.0.total_cmp(&a.0));
    found
}

/// The value below which a share of the values lies; they are put in disorder. No number for none.
pub(crate) fn quantile(values: &mut [f64], share: f64) -> f64 {
    if values.is_empty() {
        return f64::NAN;
    }
    let at = ((values.len() - 1) as f64 * share).round() as usize;
    *values.select_nth_unstable_by(at, f64::total_cmp).1
}

/// Standard deviation of normal values as their median distance from zero tells it (1.4826 MAD).
pub(crate) fn spread(values: impl Iterator<Item = f64>) -> f64 {
    1.4826 * quantile(&mut values.map(f64::abs).collect::<Vec<_>>(), 0.5)
}

/// Tukey's biweight of a residual in standard deviations.
pub(crate) fn biweight(deviations: f64) -> f64 {
    let share = deviations / 4.685;
    if share.abs() < 1.0 { (1.0 - share * share).powi(2) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fit_gives_the_coefficients_that_made_its_values() {
        let mut normal = Normal::<3>::new();
        for at in 0..9 {
            let x = f64::from(at);
            normal.add(&[1.0, x, x * x], 2.0 - 3.0 * x + 0.5 * x * x, 1.0 + x);
        }
        let found = normal.solve().unwrap();
        for (found, made) in found.iter().zip([2.0, -3.0, 0.5]) {
            assert!((found - made).abs() < 1e-9, "{found} {made}");
        }
    }

    #[test]
    fn observations_on_one_line_do_not_determine_a_plane() {
        let mut normal = Normal::<3>::new();
        for at in 0..9 {
            let x = f64::from(at);
            normal.add(&[1.0, x, 2.0 * x], x, 1.0);
        }
        assert!(normal.solve().is_none());
    }

    #[test]
    fn an_eigenvalue_stretches_its_direction() {
        let matrix = [[4.0, 1.0, -2.0], [1.0, 2.0, 0.5], [-2.0, 0.5, 3.0]];
        let found = eigen(matrix);
        assert!(found[0].0 >= found[1].0 && found[1].0 >= found[2].0);
        for (value, direction) in found {
            for (row, part) in matrix.iter().zip(direction) {
                let stretched: f64 = row.iter().zip(direction).map(|(a, b)| a * b).sum();
                assert!((stretched - value * part).abs() < 1e-12);
            }
        }
    }
}
