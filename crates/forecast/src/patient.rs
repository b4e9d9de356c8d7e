//! What has been done and seen in one patient, checked.

use crate::dose::{Covariates, Dose};
use crate::error::ForecastError;

/// The most sessions already given that are accepted.
pub const SESSIONS_LIMIT: usize = 24;
/// The most observations accepted.
pub const OBSERVATIONS_LIMIT: usize = 64;
/// The most scales one patient's scores may use: each has its own unknown true baseline.
pub const SCALES_LIMIT: usize = 3;
/// The last week a record may carry: ten years.
const WEEK_LIMIT: f64 = 520.0;

/// A session already given.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Session {
    /// Weeks since the first session.
    pub week: f64,
    /// What was delivered.
    pub dose: Dose,
}

/// Who judged the improvement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rater {
    /// Did not know the treatment or the order of the pictures, or had no part in the treatment.
    Blinded,
    /// Knew both: published open ratings run higher, and the population's offset is taken off.
    OpenLabel,
}

/// Improvement judged in quarters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quartile {
    /// Less than 25 %.
    Poor,
    /// 25 to 50 %.
    Fair,
    /// 50 to 75 %.
    Good,
    /// 75 % or more.
    Excellent,
}

/// One outcome and how it was obtained.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Outcome {
    /// A severity score on one of the patient's scales; lower is better.
    Score {
        /// Position in [`Patient::scales`].
        scale: usize,
        /// The score, in the scale's units.
        value: f64,
    },
    /// Improvement against baseline as a fraction: 0.3 is 30 % better, negative is worse.
    Improvement {
        /// The fraction, -1 to 1.
        fraction: f64,
        /// Who judged.
        rater: Rater,
    },
    /// Improvement against baseline in quarters.
    Quartile {
        /// The category.
        category: Quartile,
        /// Who judged.
        rater: Rater,
    },
    /// A Goodman-Baron qualitative grade, 1 to 4. Refused: see [`ForecastError::GradeNotCalibrated`].
    QualitativeGrade {
        /// The grade.
        grade: u8,
    },
}

/// An outcome and when it was seen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Observation {
    /// Weeks since the first session; a baseline is week 0 or earlier.
    pub week: f64,
    /// What was seen.
    pub outcome: Outcome,
}

/// How precisely a scale is read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ScoreNoise {
    /// Known from repeated readings: `sd^2 = additive_sd^2 + (proportional_sd * severity)^2`.
    Known {
        /// Standard deviation that does not depend on severity, in the scale's units.
        additive_sd: f64,
        /// Standard deviation as a fraction of the severity.
        proportional_sd: f64,
    },
    /// Unknown: the population's rater noise, a fraction of the baseline.
    FromPopulation,
}

/// A scale on which severity was scored.
#[derive(Debug, Clone, PartialEq)]
pub struct Scale {
    /// Its name, as shown.
    pub name: String,
    /// Mean of the log of the true baseline among patients.
    pub log_baseline_mean: f64,
    /// Standard deviation of the log of the true baseline.
    pub log_baseline_sd: f64,
    /// How precisely it is read.
    pub noise: ScoreNoise,
    /// Highest score the scale allows, if bounded; predictions are kept within.
    pub maximum: Option<f64>,
}

/// Everything the forecast uses about one patient.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Patient {
    /// Scales that scores refer to; at most [`SCALES_LIMIT`].
    pub scales: Vec<Scale>,
    /// Sessions given, in order of time; at most [`SESSIONS_LIMIT`].
    pub sessions: Vec<Session>,
    /// Outcomes, in order of time; at most [`OBSERVATIONS_LIMIT`].
    pub observations: Vec<Observation>,
    /// What is known about the scars before treatment; absent means an average case.
    pub covariates: Option<Covariates>,
}

impl Patient {
    /// Checks ranges, order and limits.
    ///
    /// # Errors
    /// The first fault found, naming its field.
    pub fn check(&self) -> Result<(), ForecastError> {
        at_most("scales", self.scales.len(), SCALES_LIMIT)?;
        at_most("sessions", self.sessions.len(), SESSIONS_LIMIT)?;
        at_most("observations", self.observations.len(), OBSERVATIONS_LIMIT)?;
        for (i, scale) in self.scales.iter().enumerate() {
            check_scale(i, scale)?;
        }
        for (i, session) in self.sessions.iter().enumerate() {
            within(|| format!("sessions[{i}].week"), session.week, 0.0, WEEK_LIMIT, "0 to 520")?;
            session.dose.check(&format!("sessions[{i}].dose"))?;
        }
        for (i, observation) in self.observations.iter().enumerate() {
            self.check_observation(i, observation)?;
        }
        in_order("sessions", self.sessions.iter().map(|session| session.week))?;
        in_order("observations", self.observations.iter().map(|observation| observation.week))?;
        self.covariates.map_or(Ok(()), |covariates| covariates.check())
    }

    fn check_observation(&self, i: usize, observation: &Observation) -> Result<(), ForecastError> {
        within(|| format!("observations[{i}].week"), observation.week, -WEEK_LIMIT, WEEK_LIMIT, "-520 to 520")?;
        match observation.outcome {
            Outcome::Score { scale, value } => {
                let described = self.scales.len();
                let maximum = self
                    .scales
                    .get(scale)
                    .ok_or(ForecastError::ScaleNotDescribed { observation: i, scale, described })?
                    .maximum
                    .unwrap_or(1e6);
                within(|| format!("observations[{i}].score"), value, 0.0, maximum, "0 to the maximum of its scale")
            }
            Outcome::Improvement { fraction, .. } => {
                within(|| format!("observations[{i}].improvement"), fraction, -1.0, 1.0, "-1 to 1")
            }
            Outcome::Quartile { .. } => Ok(()),
            Outcome::QualitativeGrade { .. } => Err(ForecastError::GradeNotCalibrated { observation: i }),
        }
    }
}

fn check_scale(i: usize, scale: &Scale) -> Result<(), ForecastError> {
    let field = |name: &'static str| move || format!("scales[{i}].{name}");
    within(field("log_baseline_mean"), scale.log_baseline_mean, -15.0, 15.0, "-15 to 15")?;
    within(field("log_baseline_sd"), scale.log_baseline_sd, 1e-3, 5.0, "0.001 to 5")?;
    if let Some(maximum) = scale.maximum {
        within(field("maximum"), maximum, 1e-6, 1e6, "above 0, at most 1000000")?;
    }
    if let ScoreNoise::Known { additive_sd, proportional_sd } = scale.noise {
        within(field("additive_sd"), additive_sd, 0.0, 1e6, "0 to 1000000")?;
        within(field("proportional_sd"), proportional_sd, 0.0, 5.0, "0 to 5")?;
        // a reading without error would make every forecast certain
        within(field("noise"), additive_sd + proportional_sd, 1e-6, f64::MAX, "not both 0")?;
    }
    Ok(())
}

pub(crate) fn within(
    field: impl FnOnce() -> String,
    value: f64,
    low: f64,
    high: f64,
    allowed: &'static str,
) -> Result<(), ForecastError> {
    if (low..=high).contains(&value) { Ok(()) } else { Err(ForecastError::OutOfRange { field: field(), value, allowed }) }
}

fn at_most(what: &'static str, found: usize, limit: usize) -> Result<(), ForecastError> {
    if found <= limit { Ok(()) } else { Err(ForecastError::TooMany { what, found, limit }) }
}

fn in_order(list: &str, weeks: impl Iterator<Item = f64>) -> Result<(), ForecastError> {
    let mut previous = f64::NEG_INFINITY;
    for (i, week) in weeks.enumerate() {
        if week < previous {
            return Err(ForecastError::NotInOrder { field: format!("{list}[{i}].week") });
        }
        previous = week;
    }
    Ok(())
}
