//! The linear correction that brings the patches nearest to what they are known to be.

use crate::photo::colour::{Lab, Matrix, apply, ciede2000, lab_of, linear_of};

/// A correction.
pub(super) struct Fit {
    pub(super) matrix: Matrix,
    /// Mean CIEDE2000 that is left.
    pub(super) mean: f64,
    /// CIEDE2000 that is left at each patch.
    pub(super) residuals: Vec<f64>,
    /// What it was fitted to: linear light as found, and the known colour.
    pub(super) pairs: Vec<([f64; 3], Lab)>,
}

/// How carefully.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Care {
    /// Least squares in linear light, to tell orientations apart.
    Rough,
    /// Then Gauss-Newton on CIELAB, each patch weighted by CIEDE2000 over the plain distance.
    Full,
}

const ROUNDS: usize = 12;

pub(super) fn fit(pairs: &[([f64; 3], Lab)], care: Care) -> Option<Fit> {
    let mut matrix = linear(pairs)?;
    if care == Care::Full {
        let mut least = mean(&matrix, pairs);
        for _ in 0..ROUNDS {
            let Some(step) = newton(&matrix, pairs) else { break };
            let next = std::array::from_fn(|row| std::array::from_fn(|column| matrix[row][column] + step[3 * row + column]));
            let found = mean(&next, pairs);
            if found.is_nan() || found >= least {
                break;
            }
            (matrix, least) = (next, found);
        }
    }
    let residuals: Vec<f64> = pairs.iter().map(|pair| left(&matrix, pair)).collect();
    Some(Fit { matrix, mean: residuals.iter().sum::<f64>() / residuals.len() as f64, residuals, pairs: Vec::new() })
}

/// CIEDE2000 of each patch by the correction that was fitted to all others.
pub(super) fn left_out(pairs: &[([f64; 3], Lab)]) -> Vec<f64> {
    (0..pairs.len())
        .map(|out| {
            let others: Vec<([f64; 3], Lab)> =
                pairs.iter().enumerate().filter(|(at, _)| *at != out).map(|(_, pair)| *pair).collect();
            fit(&others, Care::Full).map_or(f64::INFINITY, |fit| left(&fit.matrix, &pairs[out]))
        })
        .collect()
}

fn left(matrix: &Matrix, (found, known): &([f64; 3], Lab)) -> f64 {
    ciede2000(lab_of(apply(matrix, *found)), *known)
}

fn mean(matrix: &Matrix, pairs: &[([f64; 3], Lab)]) -> f64 {
    pairs.iter().map(|pair| left(matrix, pair)).sum::<f64>() / pairs.len() as f64
}

/// Least squares in linear light, each patch by the inverse of how light it is, so that dark ones count.
fn linear(pairs: &[([f64; 3], Lab)]) -> Option<Matrix> {
    let mut normal = [[0.0; 3]; 3];
    let mut right = [[0.0; 3]; 3];
    for (found, known) in pairs {
        let wanted = linear_of(*known);
        let weight = 1.0 / (0.05 + wanted.iter().map(|part| part.max(0.0)).sum::<f64>() / 3.0).powi(2);
        for row in 0..3 {
            for column in 0..3 {
                normal[row][column] += weight * found[row] * found[column];
                right[row][column] += weight * wanted[row] * found[column];
            }
        }
    }
    let mut matrix = [[0.0; 3]; 3];
    for (row, right) in matrix.iter_mut().zip(right) {
        row.copy_from_slice(&solve(normal.map(|row| row.to_vec()).to_vec(), right.to_vec())?);
    }
    Some(matrix)
}

/// One step of Gauss-Newton.
fn newton(matrix: &Matrix, pairs: &[([f64; 3], Lab)]) -> Option<Vec<f64>> {
    const SMALL: f64 = 1e-5;
    let mut normal = vec![vec![0.0; 9]; 9];
    let mut right = vec![0.0; 9];
    let parts = |lab: Lab| [lab.l, lab.a, lab.b];
    for (found, known) in pairs {
        let linear = apply(matrix, *found);
        let here = parts(lab_of(linear));
        let off: [f64; 3] = std::array::from_fn(|at| parts(*known)[at] - here[at]);
        let plain = off.iter().map(|part| part * part).sum::<f64>();
        let weight = if plain > 1e-12 { ciede2000(lab_of(linear), *known).powi(2) / plain } else { 1.0 };
        // What each entry of the matrix does to the colour.
        let slopes: Vec<[f64; 3]> = (0..9)
            .map(|entry| {
                let mut moved = linear;
                moved[entry / 3] += SMALL * found[entry % 3];
                let there = parts(lab_of(moved));
                std::array::from_fn(|at| (there[at] - here[at]) / SMALL)
            })
            .collect();
        for row in 0..9 {
            for column in 0..9 {
                normal[row][column] += weight * (0..3).map(|at| slopes[row][at] * slopes[column][at]).sum::<f64>();
            }
            right[row] += weight * (0..3).map(|at| slopes[row][at] * off[at]).sum::<f64>();
        }
    }
    solve(normal, right)
}

/// Solves a small system by elimination with the largest pivot first.
fn solve(mut rows: Vec<Vec<f64>>, mut right: Vec<f64>) -> Option<Vec<f64>> {
    let size = right.len();
    for at in 0..size {
        let pivot = (at..size).max_by(|one, other| rows[*one][at].abs().total_cmp(&rows[*other][at].abs()))?;
        rows.swap(at, pivot);
        right.swap(at, pivot);
        if rows[at][at].abs() < 1e-14 {
            return None;
        }
        let (above, below) = rows.split_at_mut(at + 1);
        let pivot = &above[at];
        for (place, row) in below.iter_mut().enumerate() {
            let share = row[at] / pivot[at];
            row.iter_mut().zip(pivot).for_each(|(entry, pivot)| *entry -= share * pivot);
            right[at + 1 + place] -= share * right[at];
        }
    }
    for at in (0..size).rev() {
        let known: f64 = (at + 1..size).map(|column| rows[at][column] * right[column]).sum();
        right[at] = (right[at] - known) / rows[at][at];
    }
    right.iter().all(|part| part.is_finite()).then_some(right)
}
