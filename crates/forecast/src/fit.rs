//! The most plausible explanation of a record and how sharply the outcomes point to it.
//!
//! One damped Gauss-Newton fit at the moment-matched population gives the information the outcomes carry; combining it
//! with each draw's own prior gives that draw's proposal in closed form.

use crate::elementary::{exp, expit, ln};
use crate::likelihood::{Rating, normal_log_density, score_curvature, score_moments};
use crate::patient::Rater;
use crate::record::{Prior, Record};
use crate::response::{Response, effect_gradient_at};

/// `logit A`, `log g`, `log k` and up to three log baselines.
pub(crate) const LATENTS: usize = 6;
pub(crate) type Vector = [f64; LATENTS];
pub(crate) type Matrix = [[f64; LATENTS]; LATENTS];

const ITERATIONS_MAX: usize = 60;

/// Information of the outcomes as a quadratic: `log L(x) = linear'x - x'information x / 2 + constant`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Evidence {
    pub(crate) dimensions: usize,
    pub(crate) information: Matrix,
    pub(crate) linear: Vector,
}

/// A normal prior with independent coordinates.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Independent {
    pub(crate) mean: Vector,
    pub(crate) sd: Vector,
}

impl Independent {
    pub(crate) fn of(record: &Record, prior: &Prior) -> Self {
        let (mut mean, mut sd) = ([0.0; LATENTS], [1.0; LATENTS]);
        mean[..3].copy_from_slice(&prior.mean);
        sd[..3].copy_from_slice(&prior.sd);
        for (i, scale) in record.scales.iter().enumerate() {
            (mean[3 + i], sd[3 + i]) = (scale.log_mean, scale.log_sd);
        }
        Self { mean, sd }
    }
}

/// Fits the record at the population's mean.
pub(crate) fn fit(record: &Record) -> Evidence {
    let typical = Typical::of(record);
    let prior = Independent::of(record, &typical.prior);
    let dimensions = 3 + record.scales.len();
    let mut at = prior.mean;
    let mut damping = 1e-3;
    let (mut value, mut slope, mut information) = typical.derivatives(record, &at);
    let objective = |value: f64, at: &Vector| {
        let penalty = |i: usize| ((at[i] - prior.mean[i]) / prior.sd[i]).powi(2);
        value - 0.5 * (0..dimensions).map(penalty).sum::<f64>()
    };
    for _ in 0..ITERATIONS_MAX {
        let mut curvature = information;
        let mut gradient = slope;
        for i in 0..dimensions {
            let precision = 1.0 / (prior.sd[i] * prior.sd[i]);
            gradient[i] -= precision * (at[i] - prior.mean[i]);
            curvature[i][i] = (curvature[i][i] + precision) * (1.0 + damping);
        }
        let Some(factor) = cholesky(&curvature, dimensions) else {
            break;
        };
        let step = solve(&factor, &gradient, dimensions);
        let size = (0..dimensions).map(|i| step[i].abs()).fold(0.0, f64::max);
        let shrink = if size > 3.0 { 3.0 / size } else { 1.0 };
        let mut proposal = at;
        (0..dimensions).for_each(|i| proposal[i] += shrink * step[i]);
        let next = typical.derivatives(record, &proposal);
        if objective(next.0, &proposal) >= objective(value, &at) - 1e-12 {
            at = proposal;
            (value, slope, information) = next;
            damping = (damping * 0.2).max(1e-9);
        } else {
            damping = (damping * 8.0).max(1e-4);
        }
        if size < 1e-7 || damping > 1e10 {
            break;
        }
    }
    let mut linear = slope;
    for i in 0..dimensions {
        linear[i] += (0..dimensions).map(|j| information[i][j] * at[j]).sum::<f64>();
    }
    Evidence { dimensions, information, linear }
}

/// One draw that stands for the whole population.
struct Typical {
    prior: Prior,
    sessions: Vec<(f64, f64)>,
}

impl Typical {
    fn of(record: &Record) -> Self {
        let draws = record.priors.len() as f64;
        let mean_of = |f: &dyn Fn(&Prior) -> f64| record.priors.iter().map(f).sum::<f64>() / draws;
        let mean: [f64; 3] = core::array::from_fn(|i| mean_of(&|prior| prior.mean[i]));
        let sd = core::array::from_fn(|i| mean_of(&|prior| prior.sd[i] * prior.sd[i] + (prior.mean[i] - mean[i]).powi(2)).sqrt());
        let prior = Prior {
            mean,
            sd,
            sigma_pct: mean_of(&|prior| prior.sigma_pct),
            sigma_score: mean_of(&|prior| prior.sigma_score),
            b_open: mean_of(&|prior| prior.b_open),
        };
        let sessions = record.session_weeks.len();
        let dose = |j: usize| (0..record.priors.len()).map(|m| record.doses[m * sessions + j]).sum::<f64>() / draws;
        Self { prior, sessions: (0..sessions).map(|j| (record.session_weeks[j], dose(j))).collect() }
    }

    /// Log-likelihood (without constants that do not depend on the latents), its slope and expected information.
    fn derivatives(&self, record: &Record, at: &Vector) -> (f64, Vector, Matrix) {
        let (ceiling, gain, rate) = (expit(at[0]), exp(at[1]), exp(at[2]));
        let response = Response { ceiling: 1.0, gain, rate_per_week: rate, refractory: 0.0, turnover: record.turnover };
        let seen: Vec<(f64, [f64; 3])> = record
            .weeks
            .iter()
            .map(|&week| {
                let one = effect_gradient_at(week, &self.sessions, &response);
                let slope = ceiling * (1.0 - ceiling) * one.effect;
                (ceiling * one.effect, [slope, ceiling * gain * one.by_gain, ceiling * rate * one.by_rate])
            })
            .collect();
        let (mut value, mut slope, mut information) = (0.0, [0.0; LATENTS], [[0.0; LATENTS]; LATENTS]);
        for rating in &record.ratings {
            let (effect, by_latent) = seen[rating.seen];
            let optimism = match rating.rater {
                Rater::Blinded => 0.0,
                Rater::OpenLabel => self.prior.b_open,
            };
            let sigma = self.prior.sigma_pct;
            value += log_likelihood_for_fit(&rating.rating, effect + optimism, sigma);
            let (first, second) = rating.rating.curvature(effect + optimism, sigma);
            for i in 0..3 {
                slope[i] += first * by_latent[i];
                (0..3).for_each(|j| information[i][j] += second * by_latent[i] * by_latent[j]);
            }
        }
        for (k, scale) in record.scales.iter().enumerate() {
            let baseline = exp(at[3 + k]);
            let variance = scale.variance(self.prior.sigma_score);
            for &(week, score) in &scale.scores {
                let (effect, by_latent) = seen[week];
                let (mean, v) = score_moments(effect, baseline, &variance);
                value += normal_log_density(score, mean, v);
                let c = score_curvature(score, effect, baseline, &variance);
                for i in 0..3 {
                    slope[i] += c.by_effect * by_latent[i];
                    (0..3).for_each(|j| information[i][j] += c.effect_effect * by_latent[i] * by_latent[j]);
                    information[i][3 + k] += c.effect_baseline * by_latent[i];
                    information[3 + k][i] += c.effect_baseline * by_latent[i];
                }
                slope[3 + k] += c.by_baseline;
                information[3 + k][3 + k] += c.baseline_baseline;
            }
        }
        (value, slope, information)
    }
}

/// A category whose probability underflows still has to point somewhere: a parabola to the nearer cut point.
fn log_likelihood_for_fit(rating: &Rating, expected: f64, sigma: f64) -> f64 {
    match *rating {
        Rating::Between(low, high) if rating.log_likelihood(expected, sigma) < -640.0 => {
            let nearer = if (low - expected) > 0.0 { low } else { high };
            let z = (nearer - expected) / sigma;
            -0.5 * z * z - 5.0
        }
        _ => rating.log_likelihood(expected, sigma),
    }
}

/// The normal that one draw's prior and the evidence make together.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Combined {
    pub(crate) mean: Vector,
    pub(crate) covariance: Matrix,
    /// Log of the approximate probability of the outcomes under this draw, up to a constant shared by all draws.
    pub(crate) log_evidence: f64,
}

/// Combines evidence with an independent prior.
pub(crate) fn combine(evidence: &Evidence, prior: &Independent) -> Option<Combined> {
    let n = evidence.dimensions;
    let mut precision = evidence.information;
    let mut right = evidence.linear;
    let (mut prior_log_determinant, mut prior_square) = (0.0, 0.0);
    for i in 0..n {
        let p = 1.0 / (prior.sd[i] * prior.sd[i]);
        precision[i][i] += p;
        right[i] += p * prior.mean[i];
        prior_log_determinant += ln(p);
        prior_square += p * prior.mean[i] * prior.mean[i];
    }
    let factor = cholesky(&precision, n)?;
    let mean = solve(&factor, &right, n);
    let log_determinant: f64 = (0..n).map(|i| 2.0 * ln(factor[i][i])).sum();
    let square: f64 = (0..n).map(|i| mean[i] * right[i]).sum();
    Some(Combined {
        mean,
        covariance: inverse(&factor, n),
        log_evidence: 0.5 * (prior_log_determinant - log_determinant + square - prior_square),
    })
}

/// Lower Cholesky factor of the leading `n` by `n` block, if it is positive definite.
pub(crate) fn cholesky(a: &Matrix, n: usize) -> Option<Matrix> {
    let mut l = [[0.0; LATENTS]; LATENTS];
    for i in 0..n {
        for j in 0..=i {
            let mut sum = a[i][j];
            for k in 0..j {
                sum -= l[i][k] * l[j][k];
            }
            if i == j {
                if !(sum > 0.0 && sum.is_finite()) {
                    return None;
                }
                l[i][i] = sum.sqrt();
            } else {
                l[i][j] = sum / l[j][j];
            }
        }
    }
    Some(l)
}

/// Solves `L L' x = b`.
pub(crate) fn solve(l: &Matrix, b: &Vector, n: usize) -> Vector {
    let mut x = *b;
    for i in 0..n {
        for k in 0..i {
            x[i] -= l[i][k] * x[k];
        }
        x[i] /= l[i][i];
    }
    for i in (0..n).rev() {
        for k in i + 1..n {
            x[i] -= l[k][i] * x[k];
        }
        x[i] /= l[i][i];
    }
    x
}

fn inverse(l: &Matrix, n: usize) -> Matrix {
    let mut result = [[0.0; LATENTS]; LATENTS];
    for j in 0..n {
        let mut unit = [0.0; LATENTS];
        unit[j] = 1.0;
        let column = solve(l, &unit, n);
        for i in 0..n {
            result[i][j] = column[i];
        }
    }
    result
}
