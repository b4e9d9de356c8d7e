//! How trial arms respond to a course, and how likely their published numbers are: log posterior and its gradient.
//!
//! Times are weeks from the first session; improvement is a fraction of baseline severity. The response is closed
//! form: `E(t) = A (1 - exp(-R(t)))`, `R(t) = g sum_j q_j B(t - t_j)`, with B the difference of two exponentials.
//! Patients within an arm are integrated out with a nine-point Gauss-Hermite rule over `logit A` and over `log g`;
//! because the two are independent, means and variances of the product separate into two sums of nine.

mod density;
mod elementary;
mod likelihood;
mod priors;
mod response;

pub use density::Density;
pub use priors::{PRIORS, Prior, PriorShape, prior_named};
pub use response::{ArmMoments, PatientTraits, Population, arm_mean, patient_effect};

use serde::{Deserialize, Serialize};

/// Loss of the effect, per week: half-life ten years. Expert setting; no trial follows patients that long.
pub const LOSS_PER_WEEK: f64 = std::f64::consts::LN_2 / 520.0;
/// Weeks over which the skin recovers its full response after a session. Expert setting.
pub const RECOVERY_WEEKS: f64 = 4.0;
/// Spread of `log k` between patients. Expert setting; not identifiable.
pub const OMEGA_K: f64 = 0.3;
/// Correlation of the errors of one arm's repeated assessments. Expert setting.
pub const REPEAT_CORRELATION: f64 = 0.8;
/// Most assessment times one arm may have.
pub const TIMES_MAX: usize = 8;

/// One arm's outcome as the model sees it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TrialOutcome {
    /// Name of the row.
    pub id: String,
    /// Study; rows of one study share its effect.
    pub study: String,
    /// Patients.
    pub n: f64,
    /// Whether raters knew the treatment.
    pub rating: Rating,
    /// Equally or differently likely readings of sessions and assessment times; weights sum to one.
    pub readings: Vec<Reading>,
    /// Scar types the outcome speaks of.
    pub scars: ScarMix,
    /// The numbers.
    pub numbers: Numbers,
}

/// Whether raters knew the treatment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rating {
    /// They knew, or nothing says that they did not: optimism is allowed for.
    Open,
    /// They did not.
    Blinded,
}

/// One reading of when sessions and assessments took place, weeks from the first session.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// How likely this reading is.
    pub weight: f64,
    /// Sessions.
    pub session_weeks: Vec<f64>,
    /// Assessments.
    pub assessed_weeks: Vec<f64>,
}

/// Scar types of an outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScarMix {
    /// Not told apart: a third of each.
    Mixed,
    /// Ice pick only.
    IcePick,
    /// Boxcar only.
    Boxcar,
    /// Rolling only.
    Rolling,
}

impl ScarMix {
    /// Departure of the ice-pick and rolling fractions from one third.
    #[must_use]
    pub fn covariates(self) -> [f64; 2] {
        const THIRD: f64 = 1.0 / 3.0;
        match self {
            Self::Mixed => [0.0, 0.0],
            Self::IcePick => [1.0 - THIRD, -THIRD],
            Self::Boxcar => [-THIRD, -THIRD],
            Self::Rolling => [-THIRD, 1.0 - THIRD],
        }
    }
}

/// The published numbers of an outcome.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Numbers {
    /// Score before and after, with spreads: improvement with its standard error, and the spreads themselves.
    ScoreRatio {
        /// Improvement of the mean, fraction, one per assessment.
        improvement: Vec<f64>,
        /// Its standard error.
        se: Vec<f64>,
        /// Mean before, points.
        baseline_mean: f64,
        /// Standard deviation before, points.
        baseline_sd: f64,
        /// Standard deviation after, points, one per assessment.
        followup_sd: Vec<f64>,
    },
    /// Mean improvement without a spread, fraction, one per assessment.
    PercentMean {
        /// Improvement.
        improvement: Vec<f64>,
    },
    /// Change of a score whose baseline was not reported, points.
    ScoreChange {
        /// Change, positive for improvement, one per assessment.
        change: Vec<f64>,
        /// Its standard error.
        se: Vec<f64>,
        /// Prior mean of the log baseline.
        log_baseline_mean: f64,
        /// Prior standard deviation of the log baseline.
        log_baseline_sd: f64,
    },
    /// Patients per category of improvement at one assessment.
    Categories {
        /// Cut points between categories, fractions, ascending.
        cuts: Vec<f64>,
        /// Patients per category: one more than cuts.
        counts: Vec<f64>,
    },
    /// Fall of the mean qualitative grade at one assessment, fraction of its baseline.
    GradeMean {
        /// Fall.
        improvement: f64,
        /// Its standard error, where spreads were reported.
        se: Option<f64>,
    },
}

impl Numbers {
    /// Assessments the numbers cover.
    #[must_use]
    pub fn times(&self) -> usize {
        match self {
            Self::ScoreRatio { improvement, .. } | Self::PercentMean { improvement } => improvement.len(),
            Self::ScoreChange { change, .. } => change.len(),
            Self::Categories { .. } | Self::GradeMean { .. } => 1,
        }
    }
}

/// Distribution of study effects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StudyEffects {
    /// Standard normal.
    Normal,
    /// Student t with four degrees of freedom: an outlying study pulls the others less.
    StudentT4,
}

/// Data the model cannot take.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    /// No outcomes.
    #[error("no trial outcome to fit: give at least one")]
    NoOutcomes,
    /// An outcome whose parts do not fit together.
    #[error("trial outcome {id}: {problem}")]
    UnusableOutcome {
        /// Row.
        id: String,
        /// What is wrong.
        problem: &'static str,
    },
}

/// Refuse outcomes whose parts do not fit together.
///
/// # Errors
/// The first such outcome.
pub fn check(outcomes: &[TrialOutcome]) -> Result<(), ModelError> {
    if outcomes.is_empty() {
        return Err(ModelError::NoOutcomes);
    }
    outcomes.iter().try_for_each(|outcome| match problem(outcome) {
        Some(problem) => Err(ModelError::UnusableOutcome { id: outcome.id.clone(), problem }),
        None => Ok(()),
    })
}

fn problem(outcome: &TrialOutcome) -> Option<&'static str> {
    let times = outcome.numbers.times();
    if !(outcome.n.is_finite() && outcome.n >= 2.0) {
        return Some("needs at least two patients");
    }
    if times == 0 || times > TIMES_MAX {
        return Some("needs between one and eight assessments");
    }
    if outcome.readings.is_empty() || outcome.readings.iter().any(|reading| reading.assessed_weeks.len() != times) {
        return Some("every reading needs one time for each assessment");
    }
    if outcome.readings.iter().any(|reading| reading.session_weeks.is_empty() || reading.weight <= 0.0) {
        return Some("every reading needs a session and a weight above zero");
    }
    let lengths_agree = match &outcome.numbers {
        Numbers::ScoreRatio { se, followup_sd, .. } => se.len() == times && followup_sd.len() == times,
        Numbers::ScoreChange { se, .. } => se.len() == times,
        Numbers::Categories { cuts, counts } => counts.len() == cuts.len() + 1 && !cuts.is_empty() && cuts.len() <= 4,
        Numbers::PercentMean { .. } | Numbers::GradeMean { .. } => true,
    };
    (!lengths_agree).then_some("numbers of different lengths")
}
