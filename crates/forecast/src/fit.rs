//! The most plausible explanation of a record and how sharply the outcomes point to it.
//!
//! One damped Gauss-Newton fit at the moment-matched population gives the information the outcomes carry; combining it
//! with each draw's own prior gives that draw's proposal in closed form.

#![expect(clippy::needless_range_loop, reason = "rows and columns of small matrices are indexed together")]

use crate::elementary::{exp, expit};
use crate::likelihood::{Rating, normal_log_density, score_curvature, score_moments};
use crate::patient::ScoreNoise;
pub(crate) use crate::points::LATENTS;
use crate::record::{Prior, Record, ScaleRecord};
use crate::response::{Response, effect_gradient_at};

pub(crate) type Vector = [f64; LATENTS];
pub(crate) type Matrix = [[f64; LATENTS]; LATENTS];

const ITERATIONS_MAX: usize = 60;
/// Largest step, in latents, at which the fit is good enough to propose from.
const CONVERGED: f64 = 1e-6;

/// Information of the outcomes as a quadratic: `log L(x) = constant + linear'x - x'information x / 2`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Evidence {
    pub(crate) information: Matrix,
    pub(crate) linear: Vector,
    pub(crate) constant: f64,
}

/// Log-likelihood, its slope and its expected information at a point.
#[derive(Debug, Clone, Copy)]
struct Derivatives {
    value: f64,
    slope: Vector,
    information: Matrix,
}

/// The most plausible explanation of a record at the population's mean.
#[derive(Debug)]
pub(crate) struct Explanation {
    at: Vector,
    /// Effect at each week seen, and its slope in `logit A`, `log g`, `log k`.
    seen: Vec<(f64, [f64; 3])>,
    shared: Evidence,
    /// Whether draws differ in how noisily the outcomes were read.
    noise_differs: bool,
}

impl Explanation {
    /// What the outcomes say under the reading noise of one draw.
    pub(crate) fn evidence(&self, record: &Record, prior: &Prior) -> Evidence {
        if self.noise_differs { quadratic(&derivatives(record, &self.seen, &self.at, prior), &self.at) } else { self.shared }
    }
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
pub(crate) fn fit(record: &Record) -> Explanation {
    let typical = Typical::of(record);
    let prior = Independent::of(record, &typical.prior);
    let dimensions = 3 + record.scales.len();
    let objective = |value: f64, at: &Vector| {
        let penalty = |i: usize| ((at[i] - prior.mean[i]) / prior.sd[i]).powi(2);
        value - 0.5 * (0..dimensions).map(penalty).sum::<f64>()
    };
    let look = |at: &Vector| derivatives(record, &typical.seen(record, at), at, &typical.prior);
    let mut at = prior.mean;
    let mut here = look(&at);
    let mut damping = 1e-3;
    for _ in 0..ITERATIONS_MAX {
        let (mut curvature, mut gradient) = (here.information, here.slope);
        (dimensions..LATENTS).for_each(|i| curvature[i][i] = 1.0);
        for i in 0..dimensions {
            let precision = 1.0 / (prior.sd[i] * prior.sd[i]);
            gradient[i] -= precision * (at[i] - prior.mean[i]);
            curvature[i][i] = (curvature[i][i] + precision) * (1.0 + damping);
        }
        let Some(factor) = cholesky(&curvature) else { break };
        let step = solve(&factor, &gradient);
        let size = (0..dimensions).map(|i| step[i].abs()).fold(0.0, f64::max);
        let shrink = if size > 3.0 { 3.0 / size } else { 1.0 };
        let mut proposal = at;
        (0..dimensions).for_each(|i| proposal[i] += shrink * step[i]);
        let there = look(&proposal);
        if objective(there.value, &proposal) >= objective(here.value, &at) - 1e-12 {
            (at, here) = (proposal, there);
            damping = (damping * 0.2).max(1e-9);
        } else {
            damping = (damping * 8.0).max(1e-4);
        }
        if size < CONVERGED || damping > 1e10 {
            break;
        }
    }
    let from_population = |scale: &ScaleRecord| matches!(scale.noise, ScoreNoise::FromPopulation);
    Explanation {
        at,
        seen: typical.seen(record, &at),
        shared: quadratic(&here, &at),
        noise_differs: record.priors.len() > 1 && (!record.ratings.is_empty() || record.scales.iter().any(from_population)),
    }
}

fn quadratic(here: &Derivatives, at: &Vector) -> Evidence {
    let (mut linear, mut constant) = (here.slope, here.value);
    for i in 0..LATENTS {
        let curved: f64 = (0..LATENTS).map(|j| here.information[i][j] * at[j]).sum();
        linear[i] += curved;
        constant -= at[i] * (here.slope[i] + 0.5 * curved);
    }
    Evidence { information: here.information, linear, constant }
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

    /// Effect at each week seen, and its slope in `logit A`, `log g`, `log k`.
    fn seen(&self, record: &Record, at: &Vector) -> Vec<(f64, [f64; 3])> {
        let (ceiling, gain, rate) = (expit(at[0]), exp(at[1]), exp(at[2]));
        let response = Response { ceiling: 1.0, gain, rate_per_week: rate, refractory: 0.0, turnover: record.turnover };
        let look = |&week: &f64| {
            let one = effect_gradient_at(week, &self.sessions, &response);
            let slope = ceiling * (1.0 - ceiling) * one.effect;
            (ceiling * one.effect, [slope, ceiling * gain * one.by_gain, ceiling * rate * one.by_rate])
        };
        record.weeks.iter().map(look).collect()
    }
}

/// Log-likelihood under the reading noise of `prior`, its slope and expected information.
fn derivatives(record: &Record, seen: &[(f64, [f64; 3])], at: &Vector, prior: &Prior) -> Derivatives {
    let (mut value, mut slope, mut information) = (0.0, [0.0; LATENTS], [[0.0; LATENTS]; LATENTS]);
    for rating in &record.ratings {
        let (effect, by_latent) = seen[rating.seen];
        let expected = effect + prior.optimism(rating.rater);
        value += log_likelihood_for_fit(&rating.rating, expected, prior.sigma_pct);
        let (first, second) = rating.rating.curvature(expected, prior.sigma_pct);
        for i in 0..3 {
            slope[i] += first * by_latent[i];
            (0..3).for_each(|j| information[i][j] += second * by_latent[i] * by_latent[j]);
        }
    }
    for (k, scale) in record.scales.iter().enumerate() {
        let baseline = exp(at[3 + k]);
        let variance = scale.variance(prior.sigma_score);
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
    Derivatives { value, slope, information }
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

/// Lower Cholesky factor, if the matrix is positive definite.
pub(crate) fn cholesky<const N: usize>(a: &[[f64; N]; N]) -> Option<[[f64; N]; N]> {
    let mut l = [[0.0; N]; N];
    for i in 0..N {
        for j in 0..=i {
            let mut sum = a[i][j];
            for k in 0..j {
                sum -= l[i][k] * l[j][k];
            }
            if i != j {
                l[i][j] = sum / l[j][j];
            } else if sum > 0.0 && sum.is_finite() {
                l[i][i] = sum.sqrt();
            } else {
                return None;
            }
        }
    }
    Some(l)
}

/// Solves `L L' x = b`.
pub(crate) fn solve<const N: usize>(l: &[[f64; N]; N], b: &[f64; N]) -> [f64; N] {
    let mut x = *b;
    for i in 0..N {
        for k in 0..i {
            x[i] -= l[i][k] * x[k];
        }
        x[i] /= l[i][i];
    }
    for i in (0..N).rev() {
        for k in i + 1..N {
            x[i] -= l[k][i] * x[k];
        }
        x[i] /= l[i][i];
    }
    x
}
