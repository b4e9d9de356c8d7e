//! Where points come from: each population draw's own prior, sharpened by what the outcomes say.

use crate::elementary::{exp, ln, sqrt};
use crate::fit::{Evidence, Explanation, Independent, LATENTS, Vector, cholesky, fit, solve};
use crate::normal;
use crate::patient::SCALES_LIMIT;
use crate::record::{Prior, Record};

/// Share of points that come from the prior, so that no explanation is overlooked.
const DEFENSIVE_SHARE: f64 = 0.10;
/// Share of points spread evenly over all draws, for the same reason.
const EVEN_SHARE: f64 = 0.15;

/// Where one draw's points come from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DrawProposal {
    /// Means of `logit A`, `log g`, `log k`.
    pub(crate) mean: [f64; 3],
    /// Lower factor of the covariance of `(log g, log k)`: first, below, second.
    pub(crate) spread: [f64; 3],
    /// Slope of the expected `logit A` and log baselines in `(log g, log k)`.
    pub(crate) regression: [[f64; 2]; 1 + SCALES_LIMIT],
    /// Means of the log baselines.
    pub(crate) baselines: [f64; SCALES_LIMIT],
    /// Log of the draw's share under the population over its share of points.
    pub(crate) log_share: f64,
    /// Log of (constant of the fitted density over constant of the prior density).
    pub(crate) log_constant: f64,
}

/// All draws' proposals and how often each is used.
#[derive(Debug)]
pub(crate) struct Proposals {
    pub(crate) draws: Vec<DrawProposal>,
    /// Share of points from the prior: all, when no outcome says anything about the response.
    pub(crate) defensive: f64,
    /// Draws in the order in which the first coordinate runs through them.
    order: Vec<u32>,
    /// Upper end of each ordered draw's share.
    upper: Vec<f64>,
    /// Where to start looking for a coordinate.
    guide: Vec<u32>,
}

impl Proposals {
    pub(crate) fn new(record: &Record) -> Self {
        let explanation = fit(record);
        let combined = match record.scales.len() {
            0 => combine_all::<3>(record, &explanation),
            1 => combine_all::<4>(record, &explanation),
            2 => combine_all::<5>(record, &explanation),
            _ => combine_all::<LATENTS>(record, &explanation),
        };
        let shares = shares(&combined);
        let mut keyed: Vec<(f64, u32)> = combined.iter().enumerate().map(|(m, combined)| (combined.mean[0], m as u32)).collect();
        // neighbours on the first coordinate explain the outcomes alike: points even there are even over the draws
        keyed.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let order: Vec<u32> = keyed.into_iter().map(|(_, m)| m).collect();
        let upper = upper_ends(&order, &shares);
        let guide = guide(&upper);
        let proposal = |m: usize| DrawProposal::new(&combined[m], &record.priors[m], 1.0 / (shares.len() as f64 * shares[m]));
        let draws = (0..combined.len()).map(proposal).collect();
        let defensive = if record.informs_response() { DEFENSIVE_SHARE } else { 1.0 };
        Self { draws, defensive, order, upper, guide }
    }

    /// The draw that holds a coordinate between 0 and 1.
    #[inline(always)]
    pub(crate) fn draw(&self, u: f64) -> usize {
        let mut position = self.guide[(u * self.guide.len() as f64) as usize] as usize;
        while self.upper[position] <= u {
            position += 1;
        }
        self.order[position] as usize
    }
}

fn upper_ends(order: &[u32], shares: &[f64]) -> Vec<f64> {
    let mut sum = 0.0;
    let mut upper: Vec<f64> = order
        .iter()
        .map(|&m| {
            sum += shares[m as usize];
            sum
        })
        .collect();
    if let Some(last) = upper.last_mut() {
        *last = 2.0; // above every coordinate, whatever rounding did to the sum
    }
    upper
}

fn guide(upper: &[f64]) -> Vec<u32> {
    let mut position = 0;
    let start = |cell: usize| {
        while upper[position] <= cell as f64 / upper.len() as f64 {
            position += 1;
        }
        position as u32
    };
    (0..upper.len()).map(start).collect()
}

/// The normal that one draw's prior and the evidence make together.
struct Combined {
    mean: Vector,
    /// Columns of the covariance that belong to `log g` and `log k`.
    with_gain: Vector,
    with_rate: Vector,
    /// Log of the approximate probability of the outcomes under this draw.
    log_evidence: f64,
}

fn combine_all<const N: usize>(record: &Record, explanation: &Explanation) -> Vec<Combined> {
    let combine = |draw| {
        let prior = Independent::of(record, draw);
        combine::<N>(&explanation.evidence(record, draw), &prior).unwrap_or_else(|| prior_alone(&prior))
    };
    record.priors.iter().map(combine).collect()
}

/// Combines evidence with an independent prior.
fn combine<const N: usize>(evidence: &Evidence, prior: &Independent) -> Option<Combined> {
    let mut precision = [[0.0; N]; N];
    let mut right = [0.0; N];
    let (mut prior_determinant, mut prior_square) = (1.0, 0.0);
    for i in 0..N {
        precision[i].copy_from_slice(&evidence.information[i][..N]);
        let p = 1.0 / (prior.sd[i] * prior.sd[i]);
        precision[i][i] += p;
        right[i] = evidence.linear[i] + p * prior.mean[i];
        prior_determinant *= p;
        prior_square += p * prior.mean[i] * prior.mean[i];
    }
    let factor = cholesky(&precision)?;
    let unit = |which: usize| core::array::from_fn(|i| if i == which { 1.0 } else { 0.0 });
    let mean = solve(&factor, &right);
    let (mut determinant, mut square) = (1.0, 0.0);
    for i in 0..N {
        determinant *= factor[i][i] * factor[i][i];
        square += mean[i] * right[i];
    }
    let widen = |x: [f64; N]| core::array::from_fn(|i| if i < N { x[i] } else { 0.0 });
    Some(Combined {
        mean: widen(mean),
        with_gain: widen(solve(&factor, &unit(1))),
        with_rate: widen(solve(&factor, &unit(2))),
        log_evidence: evidence.constant + 0.5 * (ln(prior_determinant / determinant) + square - prior_square),
    })
}

fn prior_alone(prior: &Independent) -> Combined {
    let (mut with_gain, mut with_rate) = ([0.0; LATENTS], [0.0; LATENTS]);
    with_gain[1] = prior.sd[1] * prior.sd[1];
    with_rate[2] = prior.sd[2] * prior.sd[2];
    Combined { mean: prior.mean, with_gain, with_rate, log_evidence: f64::NEG_INFINITY }
}

/// Share of the points each draw receives.
fn shares(combined: &[Combined]) -> Vec<f64> {
    let even = 1.0 / combined.len() as f64;
    let best = combined.iter().map(|c| c.log_evidence).fold(f64::NEG_INFINITY, f64::max);
    if !best.is_finite() {
        return vec![even; combined.len()];
    }
    let relative: Vec<f64> = combined.iter().map(|c| exp(c.log_evidence - best)).collect();
    let sum: f64 = relative.iter().sum();
    relative.iter().map(|r| EVEN_SHARE * even + (1.0 - EVEN_SHARE) * r / sum).collect()
}

impl DrawProposal {
    fn new(combined: &Combined, prior: &Prior, weight: f64) -> Self {
        let (gg, gk, kk) = (combined.with_gain[1], combined.with_gain[2], combined.with_rate[2]);
        let first = sqrt(gg);
        let below = gk / first;
        let second = sqrt((kk - below * below).max(1e-12));
        let inverse = 1.0 / ((first * second) * (first * second));
        let row = |i: usize| {
            let (ig, ik) = (combined.with_gain[i], combined.with_rate[i]);
            [(ig * kk - ik * gk) * inverse, (ik * gg - ig * gk) * inverse]
        };
        let m = &combined.mean;
        // per dimension: constant of the Student density over that of the normal
        let student_over_normal = normal::student_log_constant() + normal::HALF_LN_TWO_PI;
        let volumes = prior.sd[0] * prior.sd[1] * prior.sd[2] / (first * second);
        Self {
            mean: [m[0], m[1], m[2]],
            spread: [first, below, second],
            regression: [row(0), row(3), row(4), row(5)],
            baselines: [m[3], m[4], m[5]],
            log_share: ln(weight),
            log_constant: 3.0 * student_over_normal + ln(volumes),
        }
    }
}
