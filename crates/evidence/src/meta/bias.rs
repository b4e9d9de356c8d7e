//! Do small studies say something else? Egger, Begg, trim and fill, and leaving each study out.

use serde::Serialize;

use super::{
    Estimator, IntervalMethod, Pooled, PredictionDf, Settings, check, pool, projection::Projection, regress, t_two_sided_p,
};
use crate::{Error, effect_size::Effect};

/// Regression of the effect on its standard error.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct EggerTest {
    /// z (random-effects version) or t (weighted least squares).
    pub statistic: f64,
    /// Two-sided p-value.
    pub p_value: f64,
}

/// Rank correlation of effect and variance.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct BeggTest {
    /// Kendall's tau.
    pub tau: f64,
    /// Two-sided p-value: exact without ties, normal approximation with them.
    pub p_value: f64,
}

/// Side of the funnel on which studies seem to be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MissingSide {
    /// Studies with small effects are missing.
    Left,
    /// Studies with large effects are missing.
    Right,
}

/// Trim and fill (Duval and Tweedie, estimator L0).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TrimAndFill {
    /// Studies filled in.
    pub filled: usize,
    /// Side they were filled in on.
    pub side: MissingSide,
    /// The pooled effect with them.
    pub pooled: Pooled,
}

/// The pooled effect without one study.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LeftOneOut {
    /// Position of the study left out.
    pub left_out: usize,
    /// The pooled effect of the others.
    pub pooled: Pooled,
}

/// Egger's test inside a random-effects model (z).
///
/// # Errors
/// As [`regress`]: needs at least three studies.
pub fn egger_random_effects(effects: &[Effect], estimator: Estimator) -> Result<EggerTest, Error> {
    let settings = Settings { estimator, interval: IntervalMethod::Normal, prediction_df: PredictionDf::Normal };
    let fit = regress(effects, &[standard_errors(effects)], settings)?;
    Ok(EggerTest { statistic: fit.statistics[1], p_value: fit.p_values[1] })
}

/// Egger's test by weighted least squares with multiplicative dispersion (t with k - 2 degrees of freedom).
///
/// # Errors
/// Needs at least three usable studies of differing precision.
pub fn egger_weighted(effects: &[Effect]) -> Result<EggerTest, Error> {
    check(effects)?;
    if effects.len() < 3 {
        return Err(Error::TooFewStudies { studies: effects.len(), needed: 3 });
    }
    let design = vec![vec![1.0; effects.len()], standard_errors(effects)];
    let fitted = Projection::at(effects, &design, 0.0)?;
    let dispersion = fitted.quadratic / fitted.df();
    let statistic = fitted.coefficients[1] / (fitted.covariance[1][1] * dispersion).sqrt();
    Ok(EggerTest { statistic, p_value: t_two_sided_p(statistic, fitted.df())? })
}

/// Begg and Mazumdar's rank test.
///
/// # Errors
/// Needs at least three usable studies.
pub fn begg(effects: &[Effect]) -> Result<BeggTest, Error> {
    check(effects)?;
    let k = effects.len();
    if k < 3 {
        return Err(Error::TooFewStudies { studies: k, needed: 3 });
    }
    let fixed = Projection::at(effects, &[vec![1.0; k]], 0.0)?;
    let standardised: Vec<f64> = effects
        .iter()
        .map(|effect| (effect.estimate - fixed.coefficients[0]) / (effect.variance - fixed.covariance[0][0]).sqrt())
        .collect();
    let variance: Vec<f64> = effects.iter().map(|effect| effect.variance).collect();
    Ok(kendall(&standardised, &variance))
}

/// Fill in the mirror images of the studies that make the funnel lopsided, and pool again.
///
/// # Errors
/// Needs at least three usable studies.
pub fn trim_and_fill(effects: &[Effect], settings: Settings) -> Result<TrimAndFill, Error> {
    let slope = regress(effects, &[standard_errors(effects)], settings)?.coefficients[1];
    let (side, sign) = if slope < 0.0 { (MissingSide::Right, -1.0) } else { (MissingSide::Left, 1.0) };
    let mut sorted: Vec<Effect> = effects.iter().map(|e| Effect { estimate: sign * e.estimate, variance: e.variance }).collect();
    sorted.sort_by(|a, b| a.estimate.total_cmp(&b.estimate));
    let (filled, centre) = lopsided_studies(&sorted, settings)?;
    let mut all = effects.to_vec();
    all.extend(
        sorted[sorted.len() - filled..]
            .iter()
            .map(|e| Effect { estimate: sign * (2.0 * centre - e.estimate), variance: e.variance }),
    );
    Ok(TrimAndFill { filled, side, pooled: pool(&all, settings)? })
}

/// Pool again without each study in turn.
///
/// # Errors
/// Needs at least two usable studies.
pub fn leave_one_out(effects: &[Effect], settings: Settings) -> Result<Vec<LeftOneOut>, Error> {
    (0..effects.len())
        .map(|left_out| {
            let mut others = effects.to_vec();
            others.remove(left_out);
            Ok(LeftOneOut { left_out, pooled: pool(&others, settings)? })
        })
        .collect()
}

/// How many of the largest effects have no counterpart (L0), and the centre of the rest.
fn lopsided_studies(sorted: &[Effect], settings: Settings) -> Result<(usize, f64), Error> {
    let k = sorted.len();
    let mut trimmed = 0;
    let mut centre = 0.0;
    for _ in 0..100 {
        centre = pool(&sorted[..k - trimmed], settings)?.estimate;
        let mut by_distance: Vec<f64> = sorted.iter().map(|effect| effect.estimate - centre).collect();
        by_distance.sort_by(|a, b| a.abs().total_cmp(&b.abs()));
        let rank_sum: f64 = by_distance.iter().enumerate().filter(|(_, d)| **d > 0.0).map(|(rank, _)| (rank + 1) as f64).sum();
        let k_real = k as f64;
        let excess = (4.0 * rank_sum - k_real * (k_real + 1.0)) / (2.0 * k_real - 1.0);
        let next = (excess.round_ties_even().max(0.0) as usize).min(k - 2);
        if next == trimmed {
            break;
        }
        trimmed = next;
    }
    Ok((trimmed, centre))
}

fn standard_errors(effects: &[Effect]) -> Vec<f64> {
    effects.iter().map(|effect| effect.variance.sqrt()).collect()
}

fn kendall(x: &[f64], y: &[f64]) -> BeggTest {
    let n = x.len();
    let (mut score, mut ties_x, mut ties_y) = (0_i64, false, false);
    for i in 0..n {
        for j in 0..i {
            let (dx, dy) = (x[i].total_cmp(&x[j]) as i64, y[i].total_cmp(&y[j]) as i64);
            score += dx * dy;
            ties_x |= dx == 0;
            ties_y |= dy == 0;
        }
    }
    let pairs = (n * (n - 1) / 2) as f64;
    if !ties_x && !ties_y {
        return BeggTest { tau: score as f64 / pairs, p_value: kendall_exact_p(n, score) };
    }
    let [tx, ty] = [tie_sizes(x), tie_sizes(y)];
    let tied_pairs = |sizes: &[f64]| sizes.iter().map(|t| t * (t - 1.0) / 2.0).sum::<f64>();
    let tau = score as f64 / ((pairs - tied_pairs(&tx)) * (pairs - tied_pairs(&ty))).sqrt();
    let z = score as f64 / tied_variance(n as f64, &tx, &ty).sqrt();
    BeggTest { tau, p_value: libm::erfc(z.abs() / std::f64::consts::SQRT_2) }
}

/// Exact two-sided p-value of Kendall's score without ties, by counting permutations by inversions.
fn kendall_exact_p(n: usize, score: i64) -> f64 {
    let pairs = n * (n - 1) / 2;
    let mut share = vec![1.0];
    for size in 2..=n {
        let mut next = vec![0.0; share.len() + size - 1];
        for (inversions, mass) in share.iter().enumerate() {
            for extra in 0..size {
                next[inversions + extra] += mass / size as f64;
            }
        }
        share = next;
    }
    let concordant = usize::try_from((pairs as i64 + score) / 2).unwrap_or(0);
    let tail = if 2 * concordant > pairs { &share[concordant..] } else { &share[..=concordant] };
    (2.0 * tail.iter().sum::<f64>()).min(1.0)
}

fn tie_sizes(values: &[f64]) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.chunk_by(|a, b| a == b).map(|chunk| chunk.len() as f64).collect()
}

fn tied_variance(n: f64, tx: &[f64], ty: &[f64]) -> f64 {
    let sum = |sizes: &[f64], term: fn(f64) -> f64| sizes.iter().map(|t| term(*t)).sum::<f64>();
    let slope = |t: f64| t * (t - 1.0) * (2.0 * t + 5.0);
    let two = |t: f64| t * (t - 1.0);
    let three = |t: f64| t * (t - 1.0) * (t - 2.0);
    (n * (n - 1.0) * (2.0 * n + 5.0) - sum(tx, slope) - sum(ty, slope)) / 18.0
        + sum(tx, two) * sum(ty, two) / (2.0 * n * (n - 1.0))
        + sum(tx, three) * sum(ty, three) / (9.0 * n * (n - 1.0) * (n - 2.0))
}
