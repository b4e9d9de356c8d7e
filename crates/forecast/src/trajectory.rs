//! The curve over time: effect week by week for plotting, and what an observer should expect to record.

use crate::course::{Outlook, Tally};
use crate::dose::Dose;
use crate::elementary::{exp, expit, sqrt};
use crate::error::ForecastError;
use crate::likelihood::{Rating, normal_log_density, score_moments};
use crate::normal;
use crate::patient::{Observation, Outcome, Patient, Quartile, Rater};
use crate::points::BasePoints;
use crate::population::Population;
use crate::posterior::{COURSE_SESSIONS_LIMIT, Further, HORIZON_LIMIT_WEEKS, Posterior};
use crate::record::{Clinic, score_variance};
use crate::response::refractory_factor;
use crate::update::{Effort, away_from_loss, update};

/// The most weeks in one curve.
pub const CURVE_WEEKS_LIMIT: usize = 1000;

/// The effect at one week of the curve.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CurvePoint {
    /// Weeks since the first session.
    pub week: f64,
    /// The effect then; `after_weeks` counts from the last session of the course and is negative before it.
    pub outlook: Outlook,
}

impl Posterior {
    /// Median and bands of the true effect at ascending `weeks` since the first session, for the sessions given and
    /// `further` ones. Without sessions given the first further one is at week 0. `goal` as in a course table.
    ///
    /// # Errors
    /// [`ForecastError::TooFarAhead`] beyond 52 weeks after the last session, [`ForecastError::NotInOrder`],
    /// [`ForecastError::TooMany`], [`ForecastError::CourseTooLong`] or [`ForecastError::OutOfRange`].
    pub fn curve(&self, further: &Further, weeks: &[f64], goal: f64) -> Result<Vec<CurvePoint>, ForecastError> {
        self.check_further(further)?;
        self.curve_with_sessions_at(&self.planned_weeks(further), further.dose, weeks, goal)
    }

    /// The same for further sessions at ascending weeks of their own, none before the last session given.
    ///
    /// # Errors
    /// As [`Posterior::curve`].
    pub fn curve_with_sessions_at(
        &self,
        planned: &[f64],
        dose: Dose,
        weeks: &[f64],
        goal: f64,
    ) -> Result<Vec<CurvePoint>, ForecastError> {
        dose.check("dose")?;
        let sessions = self.sessions_given() + planned.len();
        if !planned.is_empty() && sessions > COURSE_SESSIONS_LIMIT {
            return Err(ForecastError::CourseTooLong { sessions, limit: COURSE_SESSIONS_LIMIT });
        }
        let mut earlier = self.last_session_week().unwrap_or(0.0);
        for &week in planned {
            if week < earlier {
                return Err(ForecastError::NotInOrder { field: "planned".to_owned() });
            }
            earlier = week;
        }
        let last = planned.last().copied().or(self.last_session_week()).unwrap_or(0.0);
        check_weeks(weeks, last)?;
        let effects = self.effects_on_curve(dose, planned, weeks);
        let count = self.particles.weights.len();
        let effective = self.diagnostic.effective_points;
        let point = |(t, &week): (usize, &f64)| {
            let mut tally = Tally::new(goal);
            for (&effect, &weight) in effects[t * count..(t + 1) * count].iter().zip(&self.particles.weights) {
                tally.add(effect, weight);
            }
            CurvePoint { week, outlook: tally.outlook(week - last, effective) }
        };
        Ok(weeks.iter().enumerate().map(point).collect())
    }

    /// Weeks of further sessions.
    pub fn planned_weeks(&self, further: &Further) -> Vec<f64> {
        let first = self.last_session_week().map_or(0.0, |last| last + further.interval_weeks);
        (0..further.sessions).map(|j| first + j as f64 * further.interval_weeks).collect()
    }

    /// Effects, one row of particles per week.
    fn effects_on_curve(&self, dose: Dose, planned: &[f64], weeks: &[f64]) -> Vec<f64> {
        let given = &self.record.session_weeks;
        let sessions: Vec<f64> = given.iter().chain(planned).copied().collect();
        let turnover = self.record.turnover;
        let loss = turnover.loss_per_week;
        let crowding_at = |at: usize| match at {
            0 => 0.0,
            _ => 1.0 - refractory_factor(sessions[at] - sessions[at - 1], 1.0, turnover.refractory_weeks),
        };
        let crowding: Vec<f64> = (given.len()..sessions.len()).map(crowding_at).collect();
        let count = self.particles.weights.len();
        let mut effects = vec![0.0; count * weeks.len()];
        let mut doses = Vec::with_capacity(sessions.len());
        for i in 0..count {
            let m = self.particles.draw[i] as usize;
            let planned_dose = dose.under(&self.draws[m]);
            doses.clear();
            doses.extend_from_slice(self.record.doses_of(m));
            doses.extend(crowding.iter().map(|crowding| planned_dose * (1.0 - self.draws[m].rho * crowding)));
            let rate = away_from_loss(exp(self.particles.log_k[i]), loss);
            let scale = exp(self.particles.log_g[i]) * rate / (rate - loss);
            let ceiling = expit(self.particles.logit_a[i]);
            let (mut unlost, mut signal, mut next, mut now) = (0.0, 0.0, 0, 0.0);
            let pass = |from: &mut f64, to: f64, unlost: &mut f64, signal: &mut f64| {
                *unlost *= exp(-loss * (to - *from));
                *signal *= exp(-rate * (to - *from));
                *from = to;
            };
            for (t, &week) in weeks.iter().enumerate() {
                while next < sessions.len() && sessions[next] <= week {
                    pass(&mut now, sessions[next], &mut unlost, &mut signal);
                    unlost += doses[next];
                    signal += doses[next];
                    next += 1;
                }
                if next > 0 {
                    pass(&mut now, week, &mut unlost, &mut signal);
                }
                effects[t * count + i] = ceiling * (1.0 - exp(-scale * (unlost - signal)));
            }
        }
        effects
    }

    /// What an observer should expect at a week on a scale, given everything this posterior has learned and the sessions
    /// given so far.
    ///
    /// # Errors
    /// [`ForecastError::OutOfRange`] for an unknown scale, [`ForecastError::TooFarAhead`].
    pub fn expected_score(&self, scale: usize, week: f64) -> Result<ExpectedOutcome, ForecastError> {
        let described = self.scales.len();
        let entry = self.scales.get(scale).ok_or(ForecastError::ScaleNotDescribed { observation: 0, scale, described })?;
        let effects = self.effects_seen_at(week)?;
        let p = &self.particles;
        let parts = effects.iter().enumerate().map(|(i, &effect)| {
            let variance = score_variance(&entry.noise, self.draws[p.draw[i] as usize].sigma_score);
            let (mean, v) = score_moments(effect, exp(p.log_baselines[scale][i]), &variance);
            (p.weights[i], mean, sqrt(v))
        });
        Ok(ExpectedOutcome { parts: parts.collect(), low: 0.0, high: entry.maximum.unwrap_or(f64::INFINITY) })
    }

    /// What a rater should be expected to judge at a week, as a fraction.
    ///
    /// # Errors
    /// [`ForecastError::TooFarAhead`].
    pub fn expected_improvement(&self, rater: Rater, week: f64) -> Result<ExpectedOutcome, ForecastError> {
        let effects = self.effects_seen_at(week)?;
        let p = &self.particles;
        let parts = effects.iter().enumerate().map(|(i, &effect)| {
            let draw = &self.draws[p.draw[i] as usize];
            let optimism = match rater {
                Rater::Blinded => 0.0,
                Rater::OpenLabel => draw.b_open,
            };
            (p.weights[i], effect + optimism, draw.sigma_pct)
        });
        Ok(ExpectedOutcome { parts: parts.collect(), low: f64::NEG_INFINITY, high: 1.0 })
    }

    fn effects_seen_at(&self, week: f64) -> Result<Vec<f64>, ForecastError> {
        let last = self.last_session_week().unwrap_or(0.0);
        if !week.is_finite() || week > last + HORIZON_LIMIT_WEEKS {
            return Err(ForecastError::TooFarAhead { week, limit_weeks: HORIZON_LIMIT_WEEKS });
        }
        let mut effects = vec![0.0; self.particles.weights.len()];
        self.effects_at_week(week, &mut effects);
        Ok(effects)
    }
}

fn check_weeks(weeks: &[f64], last: f64) -> Result<(), ForecastError> {
    if weeks.len() > CURVE_WEEKS_LIMIT {
        return Err(ForecastError::TooMany { what: "weeks", found: weeks.len(), limit: CURVE_WEEKS_LIMIT });
    }
    for (i, &week) in weeks.iter().enumerate() {
        if !week.is_finite() || week > last + HORIZON_LIMIT_WEEKS {
            return Err(ForecastError::TooFarAhead { week, limit_weeks: HORIZON_LIMIT_WEEKS });
        }
        if i > 0 && week < weeks[i - 1] {
            return Err(ForecastError::NotInOrder { field: format!("weeks[{i}]") });
        }
    }
    Ok(())
}

/// What should be recorded, true effect and reading error together.
#[derive(Debug, Clone, PartialEq)]
pub struct ExpectedOutcome {
    /// Weight, mean and standard deviation of each explanation.
    parts: Vec<(f64, f64, f64)>,
    low: f64,
    high: f64,
}

impl ExpectedOutcome {
    /// Mean, before the ends of the scale are applied.
    pub fn mean(&self) -> f64 {
        self.parts.iter().map(|(weight, mean, _)| weight * mean).sum()
    }

    /// Probability of a record at or below `value`: the probability integral transform of an outcome.
    pub fn probability_at_most(&self, value: f64) -> f64 {
        if value >= self.high {
            return 1.0;
        }
        if value < self.low {
            return 0.0;
        }
        self.parts.iter().map(|(weight, mean, sd)| weight * normal::cumulative((value - mean) / sd)).sum::<f64>().clamp(0.0, 1.0)
    }

    /// Log density of a record, ends of the scale ignored.
    pub fn log_density(&self, value: f64) -> f64 {
        let one = |(weight, mean, sd): &(f64, f64, f64)| weight * exp(normal_log_density(value, *mean, sd * sd));
        crate::elementary::ln(self.parts.iter().map(one).sum::<f64>().max(1e-300))
    }

    /// The record below which a share `p` of the probability lies, within the scale.
    pub fn quantile(&self, p: f64) -> f64 {
        let mut low = self.parts.iter().map(|(_, mean, sd)| mean - 9.0 * sd).fold(f64::INFINITY, f64::min);
        let mut high = self.parts.iter().map(|(_, mean, sd)| mean + 9.0 * sd).fold(f64::NEG_INFINITY, f64::max);
        (low, high) = (low.max(self.low), high.min(self.high).max(self.low));
        for _ in 0..50 {
            let middle = 0.5 * (low + high);
            if self.probability_at_most(middle) < p { low = middle } else { high = middle }
        }
        0.5 * (low + high)
    }
}

/// One outcome against what was expected before it was seen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OutcomeAgainstForecast {
    /// Position in [`Patient::observations`].
    pub observation: usize,
    /// Its week.
    pub week: f64,
    /// Median expectation in the units of the outcome: score, or fraction of improvement.
    pub expected: f64,
    /// Probability of a record at or below the one seen; for a quartile, half of its own probability counts as below.
    pub probability_at_most: f64,
    /// How many outcomes the expectation had learned from.
    pub learned_from: usize,
}

/// Compares every outcome with what was expected from all outcomes of earlier weeks.
///
/// # Errors
/// As [`update`].
pub fn outcomes_against_forecast(
    population: &Population,
    patient: &Patient,
    clinic: Clinic,
    points: &BasePoints,
) -> Result<Vec<OutcomeAgainstForecast>, ForecastError> {
    patient.check()?;
    let mut result = Vec::with_capacity(patient.observations.len());
    let mut known: Option<(f64, usize, Posterior)> = None;
    for (i, observation) in patient.observations.iter().enumerate() {
        let week = observation.week;
        let posterior = match known.take() {
            Some(same) if same.0 == week => same,
            _ => {
                let mut earlier = patient.clone();
                earlier.observations.retain(|other| other.week < week);
                earlier.sessions.retain(|session| session.week <= week);
                let learned_from = earlier.observations.len();
                (week, learned_from, update(population, &earlier, clinic, points, Effort::Visit)?)
            }
        };
        let (expected, probability_at_most) = against(&posterior.2, observation, population.cuts())?;
        result.push(OutcomeAgainstForecast { observation: i, week, expected, probability_at_most, learned_from: posterior.1 });
        known = Some(posterior);
    }
    Ok(result)
}

fn against(posterior: &Posterior, observation: &Observation, cuts: [f64; 3]) -> Result<(f64, f64), ForecastError> {
    match observation.outcome {
        Outcome::Score { scale, value } => {
            let expected = posterior.expected_score(scale, observation.week)?;
            Ok((expected.quantile(0.5), expected.probability_at_most(value)))
        }
        Outcome::Improvement { fraction, rater } => {
            let expected = posterior.expected_improvement(rater, observation.week)?;
            Ok((expected.quantile(0.5), expected.probability_at_most(fraction)))
        }
        Outcome::Quartile { category, rater } => {
            let expected = posterior.expected_improvement(rater, observation.week)?;
            let (low, high) = match crate::record::quartile_rating(category, cuts) {
                Rating::Between(low, high) => (low, high),
                Rating::Fraction(value) => (value, value),
            };
            let below = |cut: f64| {
                if cut == f64::INFINITY { 1.0 } else { expected.probability_at_most(cut) }
            };
            let below_low = if category == Quartile::Poor { 0.0 } else { below(low) };
            Ok((expected.quantile(0.5), 0.5 * (below_low + below(high))))
        }
        Outcome::QualitativeGrade { .. } => Err(ForecastError::GradeNotCalibrated { observation: 0 }),
    }
}
