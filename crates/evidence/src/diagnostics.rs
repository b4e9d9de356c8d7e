//! Has the sampler converged? Rank-normalised split R-hat, bulk and tail effective sample size, Monte-Carlo error
//! (Vehtari, Gelman, Simpson, Carpenter and Bürkner 2021).

use statrs::distribution::{ContinuousCDF, Normal};

/// Convergence of one parameter.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Convergence {
    /// Mean over all draws.
    pub mean: f64,
    /// Standard deviation over all draws.
    pub sd: f64,
    /// Monte-Carlo standard error of the mean.
    pub mcse: f64,
    /// Effective sample size of the bulk.
    pub ess_bulk: f64,
    /// Effective sample size of the 5 % and 95 % tails, the smaller.
    pub ess_tail: f64,
    /// Rank-normalised split R-hat, the larger of bulk and folded.
    pub r_hat: f64,
}

/// Convergence of one parameter from its chains (equal lengths, at least eight draws each).
#[must_use]
pub fn convergence(chains: &[Vec<f64>]) -> Convergence {
    let all: Vec<f64> = chains.iter().flatten().copied().collect();
    let mean = mean_of(&all);
    let sd = variance_of(&all).sqrt();
    let halves = split(chains);
    let ranked = rank_normalised(&halves);
    let median = quantile(&all, 0.5);
    let folded: Vec<Vec<f64>> = halves.iter().map(|chain| chain.iter().map(|value| (value - median).abs()).collect()).collect();
    let tail = |probability: f64| {
        let cut = quantile(&all, probability);
        let indicators: Vec<Vec<f64>> =
            halves.iter().map(|chain| chain.iter().map(|value| f64::from(u8::from(*value <= cut))).collect()).collect();
        effective_size(&indicators)
    };
    Convergence {
        mean,
        sd,
        mcse: sd / effective_size(&halves).sqrt(),
        ess_bulk: effective_size(&ranked),
        ess_tail: tail(0.05).min(tail(0.95)),
        r_hat: potential_scale_reduction(&ranked).max(potential_scale_reduction(&rank_normalised(&folded))),
    }
}

fn split(chains: &[Vec<f64>]) -> Vec<Vec<f64>> {
    chains
        .iter()
        .flat_map(|chain| {
            let half = chain.len() / 2;
            [chain[..half].to_vec(), chain[chain.len() - half..].to_vec()]
        })
        .collect()
}

/// Replace values by normal scores of their ranks over all chains; ties share their mean rank.
fn rank_normalised(chains: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let Ok(normal) = Normal::new(0.0, 1.0) else { return chains.to_vec() };
    let length = chains.first().map_or(0, Vec::len);
    let flat: Vec<f64> = chains.iter().flatten().copied().collect();
    let mut order: Vec<usize> = (0..flat.len()).collect();
    order.sort_by(|a, b| flat[*a].total_cmp(&flat[*b]));
    let mut scores = vec![0.0; flat.len()];
    let total = flat.len() as f64;
    for tied in order.chunk_by(|a, b| flat[*a] == flat[*b]) {
        let first = tied.first().map_or(0, |index| order.partition_point(|other| flat[*other] < flat[*index]));
        let rank = first as f64 + (tied.len() as f64 + 1.0) / 2.0;
        let score = normal.inverse_cdf((rank - 0.375) / (total + 0.25));
        for index in tied {
            scores[*index] = score;
        }
    }
    scores.chunks(length.max(1)).map(<[f64]>::to_vec).collect()
}

fn potential_scale_reduction(chains: &[Vec<f64>]) -> f64 {
    let length = chains.first().map_or(0, Vec::len) as f64;
    let means: Vec<f64> = chains.iter().map(|chain| mean_of(chain)).collect();
    let within = mean_of(&chains.iter().map(|chain| variance_of(chain)).collect::<Vec<_>>());
    let between = length * variance_of(&means);
    (((length - 1.0) / length * within + between / length) / within).sqrt()
}

/// Effective sample size over chains, with Geyer's initial monotone sequence.
fn effective_size(chains: &[Vec<f64>]) -> f64 {
    let length = chains.first().map_or(0, Vec::len);
    let count = chains.len() as f64;
    let total = count * length as f64;
    let means: Vec<f64> = chains.iter().map(|chain| mean_of(chain)).collect();
    let within = mean_of(&chains.iter().map(|chain| variance_of(chain)).collect::<Vec<_>>());
    let n = length as f64;
    let overall = within * (n - 1.0) / n + if chains.len() > 1 { variance_of(&means) } else { 0.0 };
    if overall.is_nan() || overall <= 0.0 {
        return total;
    }
    let correlation = |lag: usize| {
        let covariance: f64 = chains
            .iter()
            .zip(&means)
            .map(|(chain, mean)| (0..length - lag).map(|i| (chain[i] - mean) * (chain[i + lag] - mean)).sum::<f64>() / n)
            .sum::<f64>()
            / count;
        1.0 - (within * (n - 1.0) / n - covariance) / overall
    };
    let (mut sum, mut previous) = (0.0, f64::INFINITY);
    let mut lag = 0;
    while lag + 1 < length {
        let even = if lag == 0 { 1.0 } else { correlation(lag) };
        let pair = (even + correlation(lag + 1)).min(previous);
        if pair <= 0.0 {
            break;
        }
        sum += pair;
        previous = pair;
        lag += 2;
    }
    let time = (2.0 * sum - 1.0).max(1.0 / total.log10());
    total / time
}

fn mean_of(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn variance_of(values: &[f64]) -> f64 {
    let mean = mean_of(values);
    values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (values.len() as f64 - 1.0)
}

/// Linear-interpolation quantile.
pub(crate) fn quantile(values: &[f64], probability: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let position = probability * (sorted.len() as f64 - 1.0);
    let low = position.floor() as usize;
    let high = (low + 1).min(sorted.len() - 1);
    sorted[low] + (position - low as f64) * (sorted[high] - sorted[low])
}
