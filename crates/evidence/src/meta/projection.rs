//! Weighted least squares at a given between-study variance, with the quantities every estimator needs.

use crate::{Error, effect_size::Effect};

/// `P = W - W X (X'WX)^-1 X'W` at weights `1 / (variance + tau2)`, and what follows from it.
#[derive(Debug, Clone)]
pub(super) struct Projection {
    /// Weights, one per study.
    pub(super) weights: Vec<f64>,
    /// Regression coefficients.
    pub(super) coefficients: Vec<f64>,
    /// `(X'WX)^-1`.
    pub(super) covariance: Vec<Vec<f64>>,
    /// `P y`: weighted residuals.
    pub(super) weighted_residuals: Vec<f64>,
    /// `y' P y`.
    pub(super) quadratic: f64,
    /// Trace of `P`.
    pub(super) trace: f64,
    /// The matrix itself.
    pub(super) matrix: Vec<Vec<f64>>,
}

impl Projection {
    pub(super) fn at(effects: &[Effect], design: &[Vec<f64>], tau2: f64) -> Result<Self, Error> {
        let weights = effects.iter().map(|effect| 1.0 / (effect.variance + tau2)).collect();
        Self::with_weights(effects, design, weights)
    }

    /// Ordinary least squares: every study weighs the same.
    pub(super) fn unweighted(effects: &[Effect], design: &[Vec<f64>]) -> Result<Self, Error> {
        Self::with_weights(effects, design, vec![1.0; effects.len()])
    }

    fn with_weights(effects: &[Effect], design: &[Vec<f64>], weights: Vec<f64>) -> Result<Self, Error> {
        let (k, p) = (effects.len(), design.len());
        let mut information = vec![vec![0.0; p]; p];
        let mut score = vec![0.0; p];
        for i in 0..k {
            for a in 0..p {
                score[a] += weights[i] * design[a][i] * effects[i].estimate;
                for b in 0..p {
                    information[a][b] += weights[i] * design[a][i] * design[b][i];
                }
            }
        }
        let covariance = invert(&information)?;
        let coefficients: Vec<f64> = covariance.iter().map(|row| row.iter().zip(&score).map(|(c, s)| c * s).sum()).collect();
        let residual = |i: usize| effects[i].estimate - (0..p).map(|a| design[a][i] * coefficients[a]).sum::<f64>();
        let weighted_residuals: Vec<f64> = (0..k).map(|i| weights[i] * residual(i)).collect();
        let quadratic = (0..k).map(|i| weighted_residuals[i] * residual(i)).sum();
        let matrix = projection_matrix(&weights, design, &covariance);
        let trace = (0..k).map(|i| matrix[i][i]).sum();
        Ok(Self { weights, coefficients, covariance, weighted_residuals, quadratic, trace, matrix })
    }

    /// Studies minus coefficients.
    pub(super) fn df(&self) -> f64 {
        (self.weights.len() - self.coefficients.len()) as f64
    }

    /// Trace of `P P`.
    pub(super) fn trace_squared(&self) -> f64 {
        self.matrix.iter().flatten().map(|value| value * value).sum()
    }

    /// Traces of `P V` and `P V P V` for a diagonal `V`.
    pub(super) fn traces_with(&self, variances: &[f64]) -> [f64; 2] {
        let k = self.weights.len();
        let mut squared = 0.0;
        for i in 0..k {
            for j in 0..k {
                squared += self.matrix[i][j] * variances[j] * self.matrix[j][i] * variances[i];
            }
        }
        [(0..k).map(|i| self.matrix[i][i] * variances[i]).sum(), squared]
    }

    /// Trace of `P V P` for a diagonal `V`.
    pub(super) fn trace_sandwich(&self, variances: &[f64]) -> f64 {
        let k = self.weights.len();
        (0..k).map(|i| (0..k).map(|j| self.matrix[i][j].powi(2) * variances[j]).sum::<f64>()).sum()
    }
}

fn projection_matrix(weights: &[f64], design: &[Vec<f64>], covariance: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let (k, p) = (weights.len(), design.len());
    let mut matrix = vec![vec![0.0; k]; k];
    for i in 0..k {
        for j in 0..k {
            let mut fitted = 0.0;
            for a in 0..p {
                for b in 0..p {
                    fitted += design[a][i] * covariance[a][b] * design[b][j];
                }
            }
            let diagonal = if i == j { weights[i] } else { 0.0 };
            matrix[i][j] = diagonal - weights[i] * fitted * weights[j];
        }
    }
    matrix
}

/// Inverse of a small symmetric positive definite matrix (Gauss-Jordan with row pivots).
pub(super) fn invert(matrix: &[Vec<f64>]) -> Result<Vec<Vec<f64>>, Error> {
    let n = matrix.len();
    let mut left: Vec<Vec<f64>> = matrix.to_vec();
    let mut right: Vec<Vec<f64>> = (0..n).map(|i| (0..n).map(|j| f64::from(u8::from(i == j))).collect()).collect();
    for column in 0..n {
        let pivot =
            (column..n).max_by(|a, b| left[*a][column].abs().total_cmp(&left[*b][column].abs())).ok_or(Error::Collinear)?;
        left.swap(column, pivot);
        right.swap(column, pivot);
        let scale = left[column][column];
        if scale.abs() < 1e-13 * matrix[column][column].abs().max(f64::MIN_POSITIVE) {
            return Err(Error::Collinear);
        }
        for j in 0..n {
            left[column][j] /= scale;
            right[column][j] /= scale;
        }
        for i in (0..n).filter(|i| *i != column) {
            let factor = left[i][column];
            for j in 0..n {
                left[i][j] -= factor * left[column][j];
                right[i][j] -= factor * right[column][j];
            }
        }
    }
    Ok(right)
}
