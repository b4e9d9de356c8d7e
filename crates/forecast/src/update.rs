//! The update for one patient: importance sampling over the population's draws.
//!
//! `g` and `k` are barely moved by one patient's outcomes, so they come from a proposal fitted once and adapted to each
//! draw in closed form. Given them, the outcomes nearly fix the ceiling `A` and the baselines `S0`, and those come from
//! their own small fit at every point. Draws are chosen in proportion to how well they explain the outcomes.

use crate::dose::Covariates;
use crate::elementary::{exp, expit, ln, sqrt};
use crate::error::ForecastError;
use crate::fit::{Combined, Evidence, Independent, combine, fit};
use crate::likelihood::{Curvature, ScoreVariance, score_curvature, score_moments};
use crate::normal;
use crate::patient::{OBSERVATIONS_LIMIT, Patient, Rater, SCALES_LIMIT};
use crate::points::{BasePoints, LEVELS, PointSet};
use crate::population::Population;
use crate::posterior::{Particles, Posterior};
use crate::record::{Clinic, Event, Prior, Record};
use crate::reliability::{Diagnostic, Method, Trust};
use crate::tempering;

/// Share of points that come from the prior, so that no explanation is overlooked.
const DEFENSIVE_SHARE: f64 = 0.10;
/// Share of points spread evenly over all draws, for the same reason.
const EVEN_SHARE: f64 = 0.15;

/// How hard to try.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Effort {
    /// 4096 points, more only when the diagnostic asks for them.
    #[default]
    Visit,
    /// 65536 points from the start: for checking, not for a consultation.
    Check,
}

/// Learns from one patient's outcomes.
///
/// Tries 4096, 16384 and 65536 points until the diagnostic is sound, then the slower tempering. The same arguments give
/// the same answer, bit for bit.
///
/// # Errors
/// The first fault found in the patient's record, or [`ForecastError::NoExplanationFound`].
pub fn update(
    population: &Population,
    patient: &Patient,
    clinic: Clinic,
    points: &BasePoints,
    effort: Effort,
) -> Result<Posterior, ForecastError> {
    let record = Record::new(population, patient, clinic)?;
    let proposals = Proposals::new(&record);
    let first = match effort {
        Effort::Visit => 0,
        Effort::Check => LEVELS.len() - 1,
    };
    let mut best: Option<(Particles, Diagnostic)> = None;
    for level in first..LEVELS.len() {
        let particles = sample(&record, &proposals, points.level(level));
        let Some(diagnostic) = particles.diagnostic(Method::ImportanceSampling) else {
            continue;
        };
        if diagnostic.trust == Trust::Sound {
            return Ok(Posterior::new(population, patient, record, particles, diagnostic));
        }
        best = Some((particles, diagnostic));
    }
    let tempered = tempering::sample(&record, points.seed());
    if let Some((particles, diagnostic)) = tempered.and_then(|particles| {
        let diagnostic = particles.diagnostic(Method::Tempering)?;
        Some((particles, diagnostic))
    }) {
        best = Some((particles, diagnostic));
    }
    let (particles, diagnostic) = best.ok_or(ForecastError::NoExplanationFound)?;
    Ok(Posterior::new(population, patient, record, particles, diagnostic))
}

/// The typical patient of a typical clinic: uncertain only because the population is not known exactly.
///
/// Together with [`update`] on a patient without outcomes, in a typical and in a new clinic, this gives the three intervals
/// that must not be confused: typical patient, new patient in a typical clinic, new patient in a new clinic.
///
/// # Errors
/// [`ForecastError::OutOfRange`] for impossible covariates.
pub fn typical_patient(population: &Population, covariates: Option<Covariates>) -> Result<Posterior, ForecastError> {
    let patient = Patient { covariates, ..Patient::default() };
    let record = Record::new(population, &patient, Clinic::Typical)?;
    let mut particles = Particles::with_capacity(record.priors.len(), 0);
    for (m, prior) in record.priors.iter().enumerate() {
        particles.push(m, prior.mean, &[0.0; SCALES_LIMIT], 0.0, 0.0);
    }
    particles.normalise();
    let diagnostic = Diagnostic::of_draws(record.priors.len());
    Ok(Posterior::new(population, &patient, record, particles, diagnostic))
}

/// Where one draw's points come from.
struct DrawProposal {
    mean: [f64; 3],
    /// Lower factor of the covariance of `(log g, log k)` and its inverse diagonal.
    spread: [f64; 3],
    /// Slope of the expected `logit A` and log baselines in `(log g, log k)`.
    regression: [[f64; 2]; 1 + SCALES_LIMIT],
    baselines: [f64; SCALES_LIMIT],
    /// Log of the draw's share under the population over its share of points.
    log_share: f64,
    log_constant_prior: f64,
    log_constant_student: f64,
}

struct Proposals {
    draws: Vec<DrawProposal>,
    /// Draws in the order in which the first coordinate runs through them.
    order: Vec<u32>,
    /// Upper end of each ordered draw's share.
    upper: Vec<f64>,
    /// Where to start looking for a coordinate.
    guide: Vec<u32>,
    /// Share of points from the prior: all, when no outcome says anything about the response.
    defensive: f64,
}

impl Proposals {
    fn new(record: &Record) -> Self {
        let evidence = fit(record);
        let combined: Vec<Combined> = record
            .priors
            .iter()
            .map(|prior| {
                let prior = Independent::of(record, prior);
                combine(&evidence, &prior).unwrap_or_else(|| prior_alone(&evidence, &prior))
            })
            .collect();
        let shares = shares(&combined);
        let mut order: Vec<u32> = (0..combined.len() as u32).collect();
        let key = |m: u32| combined[m as usize].mean[0];
        order.sort_by(|&a, &b| key(a).total_cmp(&key(b)));
        let mut sum = 0.0;
        let mut upper: Vec<f64> = order
            .iter()
            .map(|&m| {
                sum += shares[m as usize];
                sum
            })
            .collect();
        if let Some(last) = upper.last_mut() {
            *last = 1.0;
        }
        let cells = upper.len();
        let mut position = 0;
        let guide = (0..cells)
            .map(|cell| {
                while upper[position] <= cell as f64 / cells as f64 {
                    position += 1;
                }
                position as u32
            })
            .collect();
        let draws = combined
            .iter()
            .zip(&shares)
            .zip(&record.priors)
            .map(|((combined, share), prior)| DrawProposal::new(combined, prior, 1.0 / (shares.len() as f64 * share)))
            .collect();
        let defensive = if record.informs_response() { DEFENSIVE_SHARE } else { 1.0 };
        Self { draws, order, upper, guide, defensive }
    }

    fn draw(&self, u: f64) -> usize {
        let mut position = self.guide[(u * self.guide.len() as f64) as usize] as usize;
        while self.upper[position] <= u {
            position += 1;
        }
        self.order[position] as usize
    }
}

impl DrawProposal {
    fn new(combined: &Combined, prior: &Prior, weight: f64) -> Self {
        let c = &combined.covariance;
        let (gg, gk, kk) = (c[1][1], c[1][2], c[2][2]);
        let first = sqrt(gg);
        let below = gk / first;
        let second = sqrt((kk - below * below).max(1e-12));
        let determinant = (first * second) * (first * second);
        let row = |i: usize| {
            let (ig, ik) = (c[i][1], c[i][2]);
            [(ig * kk - ik * gk) / determinant, (ik * gg - ig * gk) / determinant]
        };
        let logs: f64 = (0..3).map(|i| ln(prior.sd[i])).sum();
        Self {
            mean: [combined.mean[0], combined.mean[1], combined.mean[2]],
            spread: [first, below, second],
            regression: [row(0), row(3), row(4), row(5)],
            baselines: [combined.mean[3], combined.mean[4], combined.mean[5]],
            log_share: ln(weight),
            log_constant_prior: -logs - 3.0 * normal::HALF_LN_TWO_PI,
            log_constant_student: 3.0 * normal::student_log_constant() - ln(first * second),
        }
    }
}

fn prior_alone(evidence: &Evidence, prior: &Independent) -> Combined {
    let mut covariance = [[0.0; crate::fit::LATENTS]; crate::fit::LATENTS];
    for i in 0..evidence.dimensions {
        covariance[i][i] = prior.sd[i] * prior.sd[i];
    }
    Combined { mean: prior.mean, covariance, log_evidence: f64::NEG_INFINITY }
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

fn sample(record: &Record, proposals: &Proposals, points: &PointSet) -> Particles {
    let mut particles = Particles::with_capacity(points.len(), record.scales.len());
    let mut scratch = Scratch::new(record);
    for i in 0..points.len() {
        let m = proposals.draw(points.draw[i]);
        let (prior, proposal) = (&record.priors[m], &proposals.draws[m]);
        let from_prior = points.mixture[i] < proposals.defensive;
        let (log_g, log_k) = if from_prior {
            (prior.mean[1] + prior.sd[1] * points.normal[0][i], prior.mean[2] + prior.sd[2] * points.normal[1][i])
        } else {
            let (x, y) = (points.student[0][i], points.student[1][i]);
            let [first, below, second] = proposal.spread;
            (proposal.mean[1] + first * x, proposal.mean[2] + below * x + second * y)
        };
        let unlost_signal = scratch.follow_course(record, m, log_g, log_k);
        let (delta_g, delta_k) = (log_g - proposal.mean[1], log_k - proposal.mean[2]);
        let expected =
            |row: usize, mean: f64| mean + proposal.regression[row][0] * delta_g + proposal.regression[row][1] * delta_k;
        let mut at = Inner { ceiling: expected(0, proposal.mean[0]), baselines: [0.0; SCALES_LIMIT] };
        for (k, baseline) in at.baselines.iter_mut().enumerate() {
            *baseline = expected(1 + k, proposal.baselines[k]);
        }
        let local = scratch.fit_inner(record, prior, &mut at);
        let logit_a = if from_prior {
            prior.mean[0] + prior.sd[0] * points.normal[2][i]
        } else {
            at.ceiling + local.ceiling_sd * points.student[2][i]
        };
        let log_prior_over_proposal =
            mixture_ratio(proposals.defensive, prior, proposal, [logit_a, log_g, log_k], at.ceiling, local.ceiling_sd);
        let ceiling = expit(logit_a);
        let mut log_weight = proposal.log_share + log_prior_over_proposal + scratch.ratings(record, prior, ceiling);
        let shift = logit_a - at.ceiling;
        let mut baselines = [0.0; SCALES_LIMIT];
        for (k, scale) in record.scales.iter().enumerate() {
            let start = at.baselines[k] + local.baseline_slope[k] * shift;
            let (log_s, log_ratio) = if scale.scores.is_empty() {
                (scale.log_mean + scale.log_sd * points.normal[3 + k][i], 0.0)
            } else {
                scratch.baseline(record, k, prior, ceiling, start, points.student[3 + k][i])
            };
            baselines[k] = log_s;
            log_weight += log_ratio;
        }
        particles.push(m, [logit_a, log_g, log_k], &baselines, unlost_signal, log_weight);
    }
    particles.normalise();
    particles
}

/// Log of the prior density of `(logit A, log g, log k)` over that of the mixture they came from.
fn mixture_ratio(
    defensive: f64,
    prior: &Prior,
    proposal: &DrawProposal,
    at: [f64; 3],
    ceiling_mean: f64,
    ceiling_sd: f64,
) -> f64 {
    if defensive >= 1.0 {
        return 0.0;
    }
    let z = |i: usize| (at[i] - prior.mean[i]) / prior.sd[i];
    let (z0, z1, z2) = (z(0), z(1), z(2));
    let log_prior = proposal.log_constant_prior - 0.5 * (z0 * z0 + z1 * z1 + z2 * z2);
    let [first, below, second] = proposal.spread;
    let x = (at[1] - proposal.mean[1]) / first;
    let y = (at[2] - proposal.mean[2] - below * x) / second;
    let t = (at[0] - ceiling_mean) / ceiling_sd;
    let base = |v: f64| 1.0 + v * v / normal::STUDENT_DEGREES;
    let log_student =
        proposal.log_constant_student - 0.5 * (normal::STUDENT_DEGREES + 1.0) * ln(base(x) * base(y) * base(t)) - ln(ceiling_sd);
    -ln(defensive + (1.0 - defensive) * exp(log_student - log_prior))
}

/// A point in `logit A` and the log baselines.
struct Inner {
    ceiling: f64,
    baselines: [f64; SCALES_LIMIT],
}

/// What the small fit at one point found.
struct Local {
    ceiling_sd: f64,
    baseline_slope: [f64; SCALES_LIMIT],
}

/// What one point needs and the next one overwrites.
struct Scratch {
    decays: Vec<f64>,
    /// Closed fraction of the ceiling at each week seen.
    closed: [f64; OBSERVATIONS_LIMIT],
}

/// How often the small fit is repeated at every point.
const INNER_ITERATIONS: usize = 2;

impl Scratch {
    fn new(record: &Record) -> Self {
        Self { decays: vec![0.0; record.gaps.len()], closed: [0.0; OBSERVATIONS_LIMIT] }
    }

    /// Fills `closed`; returns the unexpressed signal right after the last session.
    fn follow_course(&mut self, record: &Record, m: usize, log_g: f64, log_k: f64) -> f64 {
        let rate = away_from_loss(exp(log_k), record.turnover.loss_per_week);
        let scale = exp(log_g) * rate / (rate - record.turnover.loss_per_week);
        for (decay, gap) in self.decays.iter_mut().zip(&record.gaps) {
            *decay = exp(-rate * gap);
        }
        let (doses, unlost) = (record.doses_of(m), record.unlost_of(m));
        let (mut signal, mut last) = (0.0, 0.0);
        for step in &record.steps {
            signal *= self.decays[step.gap];
            match step.event {
                Event::Session(j) => {
                    signal += doses[j];
                    last = signal;
                }
                Event::Seen(seen) => self.closed[seen] = scale * (unlost[seen] - signal),
            }
        }
        for closed in &mut self.closed[..record.weeks.len()] {
            *closed = 1.0 - exp(-*closed);
        }
        last
    }

    /// Fisher scoring in `logit A` and the log baselines with `g` and `k` held.
    fn fit_inner(&self, record: &Record, prior: &Prior, at: &mut Inner) -> Local {
        let mut local = Local { ceiling_sd: 1.0, baseline_slope: [0.0; SCALES_LIMIT] };
        let precision = 1.0 / (prior.sd[0] * prior.sd[0]);
        for _ in 0..INNER_ITERATIONS {
            let ceiling = expit(at.ceiling);
            let by_logit = ceiling * (1.0 - ceiling);
            let mut slope = precision * (prior.mean[0] - at.ceiling);
            let mut information = precision;
            for rating in &record.ratings {
                let closed = self.closed[rating.seen];
                let expected = ceiling * closed + optimism(rating.rater, prior);
                let (first, second) = rating.rating.curvature(expected, prior.sigma_pct);
                slope += first * closed * by_logit;
                information += second * (closed * by_logit) * (closed * by_logit);
            }
            let mut baseline_steps = [0.0; SCALES_LIMIT];
            for (k, scale) in record.scales.iter().enumerate() {
                let variance = scale.variance(prior.sigma_score);
                let c = self.scores(&scale.scores, ceiling, by_logit, exp(at.baselines[k]), &variance);
                let baseline_precision = 1.0 / (scale.log_sd * scale.log_sd);
                let own = c.baseline_baseline + baseline_precision;
                let own_slope = c.by_baseline + baseline_precision * (scale.log_mean - at.baselines[k]);
                slope += c.by_effect - c.effect_baseline * own_slope / own;
                information += c.effect_effect - c.effect_baseline * c.effect_baseline / own;
                baseline_steps[k] = own_slope / own;
                local.baseline_slope[k] = -c.effect_baseline / own;
            }
            let step = (slope / information).clamp(-2.0, 2.0);
            at.ceiling += step;
            for k in 0..record.scales.len() {
                at.baselines[k] += (baseline_steps[k] + local.baseline_slope[k] * step).clamp(-1.0, 1.0);
            }
            local.ceiling_sd = 1.0 / sqrt(information);
        }
        local
    }

    /// Slope and information of one scale's scores in `logit A` and the log baseline.
    #[inline(always)]
    fn scores(&self, scores: &[(usize, f64)], ceiling: f64, by_logit: f64, baseline: f64, variance: &ScoreVariance) -> Curvature {
        let mut sum = Curvature::default();
        for &(seen, value) in scores {
            let closed = self.closed[seen];
            let by = closed * by_logit;
            let c = score_curvature(value, ceiling * closed, baseline, variance);
            sum.by_effect += c.by_effect * by;
            sum.by_baseline += c.by_baseline;
            sum.effect_effect += c.effect_effect * by * by;
            sum.effect_baseline += c.effect_baseline * by;
            sum.baseline_baseline += c.baseline_baseline;
        }
        sum
    }

    fn ratings(&self, record: &Record, prior: &Prior, ceiling: f64) -> f64 {
        let one = |rating: &crate::record::RatingRecord| {
            let expected = ceiling * self.closed[rating.seen] + optimism(rating.rater, prior);
            rating.rating.log_likelihood(expected, prior.sigma_pct)
        };
        record.ratings.iter().map(one).sum()
    }

    /// Draws one log baseline near its best value given `A`; returns it with the log of likelihood times prior over
    /// proposal.
    fn baseline(&self, record: &Record, k: usize, prior: &Prior, ceiling: f64, start: f64, deviate: f64) -> (f64, f64) {
        let scale = &record.scales[k];
        let variance = scale.variance(prior.sigma_score);
        let precision = 1.0 / (scale.log_sd * scale.log_sd);
        let c = self.scores(&scale.scores, ceiling, 0.0, exp(start), &variance);
        let information = c.baseline_baseline + precision;
        let step = (c.by_baseline + precision * (scale.log_mean - start)) / information;
        let log_s = start + step.clamp(-1.0, 1.0) + deviate / sqrt(information);
        let z = (log_s - scale.log_mean) / scale.log_sd;
        let log_prior = -0.5 * z * z - ln(scale.log_sd) - normal::HALF_LN_TWO_PI;
        let log_proposal = normal::student_log_constant() + 0.5 * ln(information)
            - 0.5 * (normal::STUDENT_DEGREES + 1.0) * ln(1.0 + deviate * deviate / normal::STUDENT_DEGREES);
        (log_s, log_prior - log_proposal + self.score_log_likelihood(&scale.scores, ceiling, exp(log_s), &variance))
    }

    fn score_log_likelihood(&self, scores: &[(usize, f64)], ceiling: f64, baseline: f64, variance: &ScoreVariance) -> f64 {
        let (mut squares, mut product, mut logs) = (0.0, 1.0, 0.0);
        for (i, &(seen, value)) in scores.iter().enumerate() {
            let (mean, v) = score_moments(ceiling * self.closed[seen], baseline, variance);
            squares += (value - mean) * (value - mean) / v;
            product *= v;
            // one logarithm for several variances, well before the product can overflow
            if i % 8 == 7 {
                logs += ln(product);
                product = 1.0;
            }
        }
        -0.5 * (squares + logs + ln(product)) - scores.len() as f64 * normal::HALF_LN_TWO_PI
    }
}

fn optimism(rater: Rater, prior: &Prior) -> f64 {
    match rater {
        Rater::Blinded => 0.0,
        Rater::OpenLabel => prior.b_open,
    }
}

/// Keeps `k` from meeting `k_out` exactly, where the closed form divides by their difference.
#[inline(always)]
pub(crate) fn away_from_loss(rate: f64, loss: f64) -> f64 {
    if (rate - loss).abs() < 1e-7 { loss + 1e-7 } else { rate }
}
