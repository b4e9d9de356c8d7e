//! Whether an answer computed from weighted points can be trusted.

use crate::elementary::{exp, ln, ln_positive, sqrt};

/// The least effective number of points an answer may rest on (model.md, engine rule).
pub const EFFECTIVE_POINTS_MIN: f64 = 400.0;

/// The largest tail shape any number of points may have.
const PARETO_K_LIMIT: f64 = 0.7;

/// How the answer was obtained.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// One point per population draw: no patient, nothing to sample.
    PopulationDraws,
    /// Importance sampling with proposals fitted to each population draw.
    ImportanceSampling,
    /// Tempered particles moved by Metropolis steps: slower, for records that the proposals do not fit.
    Tempering,
}

/// Whether to believe it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trust {
    /// Numerically sound.
    Sound,
    /// The numbers may be off by more than the stated Monte-Carlo error: show the forecast only with a warning.
    Doubtful,
}

/// How an update was computed and whether to trust it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Diagnostic {
    /// How it was computed.
    pub method: Method,
    /// Points used.
    pub points: usize,
    /// Effective number of points.
    pub effective_points: f64,
    /// Shape of the largest weights (PSIS k-hat); above [`Diagnostic::pareto_k_limit`] averages are unstable.
    /// Minus infinity where no point outweighs another.
    pub pareto_k: f64,
    /// `min(1 - 1 / log10(points), 0.7)` (Vehtari et al., JMLR 2024).
    pub pareto_k_limit: f64,
    /// The verdict.
    pub trust: Trust,
}

impl Diagnostic {
    pub(crate) fn of_draws(draws: usize) -> Self {
        Self {
            method: Method::PopulationDraws,
            points: draws,
            effective_points: draws as f64,
            pareto_k: f64::NEG_INFINITY,
            pareto_k_limit: PARETO_K_LIMIT,
            trust: Trust::Sound,
        }
    }

    /// Groups of tempered particles; their disagreement is already in the effective number.
    pub(crate) fn of_tempering(points: usize, effective_points: f64) -> Self {
        let trust = if effective_points >= EFFECTIVE_POINTS_MIN { Trust::Sound } else { Trust::Doubtful };
        Self {
            method: Method::Tempering,
            points,
            effective_points,
            pareto_k: f64::NEG_INFINITY,
            pareto_k_limit: PARETO_K_LIMIT,
            trust,
        }
    }

    pub(crate) fn of_weights(log_weights: &[f64], effective_points: f64) -> Self {
        let points = log_weights.len();
        let pareto_k = pareto_k(log_weights);
        let pareto_k_limit = (1.0 - core::f64::consts::LN_10 / ln(points as f64)).min(PARETO_K_LIMIT);
        let sound = effective_points >= EFFECTIVE_POINTS_MIN && pareto_k < pareto_k_limit;
        let trust = if sound { Trust::Sound } else { Trust::Doubtful };
        Self { method: Method::ImportanceSampling, points, effective_points, pareto_k, pareto_k_limit, trust }
    }
}

/// Shape of a generalised Pareto distribution fitted to the largest weights (Zhang and Stephens 2009, with the prior
/// of Vehtari et al. 2024).
pub(crate) fn pareto_k(log_weights: &[f64]) -> f64 {
    let count = log_weights.len();
    let tail = ((0.2 * count as f64) as usize).min((3.0 * sqrt(count as f64)) as usize);
    if tail < 5 {
        return f64::INFINITY;
    }
    let mut sorted = log_weights.to_vec();
    let (_, threshold, _) = sorted.select_nth_unstable_by(count - tail - 1, f64::total_cmp);
    let threshold = *threshold;
    let top = &mut sorted[count - tail..];
    top.sort_unstable_by(f64::total_cmp);
    let largest = top[tail - 1];
    let cut = exp(threshold - largest);
    let excess: Vec<f64> = top.iter().map(|&log_weight| exp(log_weight - largest) - cut).collect();
    if excess[tail - 1] <= 1e-12 {
        return f64::NEG_INFINITY; // all large weights are equal: nothing to fear
    }
    fit_shape(&excess)
}

fn fit_shape(excess: &[f64]) -> f64 {
    let n = excess.len();
    let candidates = 30 + sqrt(n as f64) as usize;
    let quarter = excess[((n as f64 / 4.0 + 0.5) as usize).max(1) - 1].max(1e-300);
    let largest = excess[n - 1];
    let candidate = |j: usize| {
        let spread = 1.0 - sqrt(candidates as f64 / (j as f64 + 0.5));
        spread / (3.0 * quarter) + 1.0 / largest
    };
    let shape = |b: f64| excess.iter().map(|&y| ln_positive(1.0 - b * y)).sum::<f64>() / n as f64;
    let profile: Vec<(f64, f64)> = (0..candidates)
        .map(|j| {
            let b = candidate(j);
            let k = shape(b);
            (b, n as f64 * (ln(-b / k) - k - 1.0))
        })
        .collect();
    let best = profile.iter().map(|&(_, l)| l).filter(|l| l.is_finite()).fold(f64::NEG_INFINITY, f64::max);
    let (mut weight_sum, mut b_sum) = (0.0, 0.0);
    for &(b, l) in profile.iter().filter(|(_, l)| l.is_finite()) {
        let weight = exp(l - best);
        weight_sum += weight;
        b_sum += weight * b;
    }
    let k = shape(b_sum / weight_sum);
    (k * n as f64 + 10.0 * 0.5) / (n as f64 + 10.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shape_of_known_tails_is_recovered() {
        for k in [0.2, 0.5, 0.9] {
            // weights with a Pareto tail of shape k, at evenly spread probabilities
            let weights: Vec<f64> = (0..20_000).map(|i| -k * ln((f64::from(i) + 0.5) / 20_000.0)).collect();
            let found = pareto_k(&weights);
            assert!((found - k).abs() < 0.1, "{k}: {found}");
        }
    }

    #[test]
    fn equal_weights_are_harmless() {
        assert!(pareto_k(&[0.3; 4096]) < 0.0);
        let diagnostic = Diagnostic::of_weights(&[0.0; 4096], 4096.0);
        assert_eq!(diagnostic.trust, Trust::Sound);
    }
}
