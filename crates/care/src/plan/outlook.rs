//! The forecast as it is shown: three intervals that must not be confused, the course table, the curve and what it rests on.

use resurface_forecast as forecast;
use serde::Serialize;

use crate::course::{CourseRow, Outlook, Span};
use crate::error::CareError;

/// The forecast for one patient. Improvements are fractions of the severity before the first session.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PatientForecast {
    /// Whether treatment is permitted now.
    pub label: ForecastLabel,
    /// The course that the three intervals below are about: sessions in all.
    pub total_sessions: usize,
    /// Weeks between its sessions.
    pub interval_weeks: f64,
    /// A new patient of a clinic like the average of the trials, three months after the last session.
    pub typical_new_patient: Outlook,
    /// A new patient of a clinic that is not in the trials: clinics differ too. Wider.
    pub new_clinic: Outlook,
    /// This patient, with everything recorded that the forecast can use.
    pub this_patient: Outlook,
    /// What the forecast for this patient rests on.
    pub rests_on: RestsOn,
    /// Stopping now, three and six months after the last session given; nothing before the first.
    pub stopping_now: Option<[Outlook; 2]>,
    /// Every course compared.
    pub courses: Vec<CourseRow>,
    /// Median and bands over time, for the figure.
    pub curve: Vec<CurvePoint>,
    /// As an open-label study would publish it, and without that optimism.
    pub optimism: Optimism,
    /// Parameters that rest mostly on assumption.
    pub mostly_assumption: Vec<String>,
    /// How it was computed and whether to trust the numbers.
    pub computation: Computation,
}

/// Whether treatment is permitted now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ForecastLabel {
    /// Screening permits treatment.
    ForThisPatient,
    /// Screening does not permit treatment now: what needling might do if it became suitable. Not a proposal.
    IfItBecameSuitable,
}

/// What the forecast for this patient rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RestsOn {
    /// Trials alone: an average patient.
    TrialsAlone,
    /// Trials and the patient's scar types.
    ScarTypes,
    /// Trials, scar types and the patient's own outcomes after a session.
    OwnOutcomes,
}

/// One moment of the curve.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct CurvePoint {
    /// Weeks after week 0 of the inputs: the first session given, or else the first one planned.
    pub week: f64,
    /// Median improvement.
    pub median: f64,
    /// Holds half of the probability.
    pub interval_50: Span,
    /// Holds four fifths.
    pub interval_80: Span,
    /// Holds nineteen twentieths.
    pub interval_95: Span,
}

/// The same median as an open-label study would publish it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Optimism {
    /// Median of the true improvement: what is forecast everywhere else here.
    pub bias_adjusted_median: f64,
    /// The same with the optimism of open-label ratings added.
    pub as_published_median: f64,
}

/// How a forecast was computed.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Computation {
    /// Points used.
    pub points: usize,
    /// Effective number of points.
    pub effective_points: f64,
    /// Shape of the largest weights.
    pub pareto_k: Option<f64>,
    /// Whether the slower fallback was needed.
    pub method: Method,
    /// Whether to believe the numbers.
    pub trust: Trust,
}

/// How it was computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// The usual way.
    ImportanceSampling,
    /// The slower fallback.
    Tempering,
}

/// Whether to believe the numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Trust {
    /// Numerically sound.
    Sound,
    /// They may be off by more than the stated error.
    Doubtful,
}

impl Computation {
    pub(super) fn of(diagnostic: &forecast::Diagnostic) -> Self {
        Self {
            points: diagnostic.points,
            effective_points: diagnostic.effective_points,
            pareto_k: Some(diagnostic.pareto_k).filter(|k| k.is_finite()),
            method: match diagnostic.method {
                forecast::Method::Tempering => Method::Tempering,
                _ => Method::ImportanceSampling,
            },
            trust: match diagnostic.trust {
                forecast::Trust::Sound => Trust::Sound,
                forecast::Trust::Doubtful => Trust::Doubtful,
            },
        }
    }
}

/// Parameters that rest mostly on assumption. Effects of single studies, written with brackets, are not parameters of patients.
pub(super) fn mostly_assumption(population: &forecast::Population) -> Vec<String> {
    population.mostly_assumption().into_iter().filter(|name| !name.contains('[')).map(str::to_owned).collect()
}

/// Improvement that an open-label rating adds on average, over the population.
pub(super) fn open_label_optimism(population: &forecast::Population) -> f64 {
    let draws = population.draws();
    draws.iter().map(|draw| draw.b_open).sum::<f64>() / draws.len().max(1) as f64
}

/// Weeks between two points of the curve.
const CURVE_STEP_WEEKS: usize = 2;

/// The curve from week 0 to six months after the last session; the first session still to come is at `first_week`.
pub(super) fn curve(
    posterior: &forecast::Posterior,
    further: &forecast::Further,
    first_week: f64,
    goal: f64,
) -> Result<Vec<CurvePoint>, CareError> {
    let planned: Vec<f64> = (0..further.sessions).map(|at| first_week + further.interval_weeks * at as f64).collect();
    let last_week = planned.last().copied().or(posterior.last_session_week()).unwrap_or(0.0);
    let end = (last_week + forecast::OUTLOOK_WEEKS[1]) as usize;
    let weeks: Vec<f64> = (0..=end).step_by(CURVE_STEP_WEEKS).map(|week| week as f64).collect();
    let points = posterior.curve_with_sessions_at(&planned, further.dose, &weeks, goal)?;
    Ok(points
        .iter()
        .map(|point| CurvePoint {
            week: point.week,
            median: point.outlook.median,
            interval_50: Span::of(point.outlook.interval_50),
            interval_80: Span::of(point.outlook.interval_80),
            interval_95: Span::of(point.outlook.interval_95),
        })
        .collect())
}
