//! From a consultation to a plan: the forecast, the course to propose, what else could be done and what would change it.
//!
//! A course is proposed only when screening permits treatment. When it defers, what would be proposed from the day it clears
//! is shown as such; otherwise the plan is withheld and the forecast is labelled "if it became suitable".

mod change;
mod outlook;
mod proposal;
#[cfg(test)]
mod stories;

use change::what_would_change;
pub use change::{Change, ChangedThing};
pub use outlook::{Computation, CurvePoint, ForecastLabel, Method, Optimism, PatientForecast, RestsOn, Trust};
pub use proposal::{Note, PlannedSession, PriceOfUncertainty, Proposal, Review as PlannedReview, ReviewKind};

use jiff::ToSpan;
use jiff::civil::Date;
use resurface_forecast::{self as forecast, BasePoints, Clinic, CourseQuestion, Effort, Further, Population, Posterior};
use resurface_knowledge::{Knowledge, Version};
use serde::{Deserialize, Serialize};

use crate::alternatives::{Alternatives, GoalOutlook, alternatives};
use crate::consultation::Consultation;
use crate::course::{self, Choice, CourseLimits, CourseRow, Extrapolation, GoalReach, Outlook};
use crate::depth::{ZoneDepth, planned_depths};
use crate::dose::{SessionDose, WhichSession};
use crate::error::CareError;
use crate::facts::Facts;
use crate::grading::Grading;
use crate::prior::{ForecastInputs, weeks_between};
use crate::review::{Given, Review, review};
use crate::risk::{Risks, risks};
use crate::screening::{Decision, Screening};

/// A plan, or why there is none.
#[derive(Clone, Debug, Serialize)]
pub struct Plan {
    /// The knowledge it was made with.
    pub knowledge_version: Version,
    /// The population it was made with.
    pub population: PopulationUsed,
    /// The day of the consultation.
    pub date: Date,
    /// What screening decided.
    pub decision: Decision,
    /// The goal.
    pub goal: GoalStated,
    /// What the forecast was told.
    pub inputs: ForecastInputs,
    /// What speaks against stretching the forecast to this patient.
    pub extrapolation: Vec<Extrapolation>,
    /// What the protocol allows this patient.
    pub limits: CourseLimits,
    /// The forecast; nothing when it is refused.
    pub forecast: Option<PatientForecast>,
    /// The proposal, what would be proposed later, or why there is none.
    pub standing: Standing,
    /// What else could be done.
    pub alternatives: Alternatives,
    /// What could go wrong.
    pub risks: Risks,
    /// Outcomes against forecast; nothing before the first session.
    pub review: Option<Review>,
    /// Which answers and measurements would change this plan.
    pub what_would_change: Vec<Change>,
}

/// The population that a forecast was made with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PopulationUsed {
    /// SHA-256 of the trial data behind it.
    pub data_sha256: String,
    /// Draws.
    pub draws: usize,
    /// Seed of the base points.
    pub seed: u64,
}

/// The goal as the forecast counts it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct GoalStated {
    /// Improvement hoped for, in percent.
    pub improvement_percent: u8,
    /// By when, if it matters.
    pub by: Option<Date>,
    /// What the improvement is counted from.
    pub counted_from: CountedFrom,
}

/// What improvement is counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CountedFrom {
    /// Severity today: no session was given yet.
    Today,
    /// Severity before the first session given here.
    BeforeFirstSession,
}

/// Where the plan stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum Standing {
    /// Screening permits treatment: this is proposed.
    Proposed {
        /// The course.
        proposal: Box<Proposal>,
    },
    /// Screening defers: this would be proposed once it clears. Not a proposal.
    AfterDeferral {
        /// First day on which treatment could be possible; nothing when only a state decides.
        not_before: Option<Date>,
        /// The course.
        would_be: Box<Proposal>,
    },
    /// Nothing is proposed.
    Withheld {
        /// Why.
        because: Withheld,
    },
}

/// Why nothing is proposed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Withheld {
    /// Screening says not suitable.
    NotSuitable,
    /// Screening cannot decide: answers are missing.
    CannotDecide,
    /// The forecast is refused.
    NoForecast,
    /// No interval is allowed.
    NoIntervalAllowed,
    /// No further session is expected to add enough.
    NoSessionWorthIt,
    /// The sessions given reach the goal with the chance wanted.
    GoalReached,
}

impl Plan {
    /// The course proposed; nothing unless screening permits treatment.
    #[must_use]
    pub fn proposal(&self) -> Option<&Proposal> {
        match &self.standing {
            Standing::Proposed { proposal } => Some(proposal),
            _ => None,
        }
    }
}

/// Makes a plan.
///
/// The same arguments give the same plan, byte for byte; the seed is that of `points`.
///
/// ```
/// use resurface_care::{form, grading::grade, plan::plan, screening::screen};
/// use resurface_forecast::{BasePoints, KnownPopulation, Population, QUARTILE_CUTS, Turnover};
/// use resurface_knowledge::{Knowledge, document::Format};
///
/// let knowledge = Knowledge::built_in().unwrap();
/// let text = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/consultation.toml"));
/// let consultation = form::read("consultation.toml", text, Format::Toml, &knowledge).unwrap();
/// // the program reads the fitted population from the knowledge; here its parameters are simply known
/// let population = Population::known(&KnownPopulation {
///     mu_a: 0.6, mu_g: -0.9, mu_k: -2.3, rho: 0.4, sd_a: 1.0, sd_g: 0.3, sd_k: 0.3, sigma_pct: 0.1,
///     turnover: Turnover::default(), cuts: QUARTILE_CUTS,
/// }).unwrap();
///
/// let (screening, grading) = (screen(&consultation, &knowledge), grade(&consultation, &knowledge));
/// let plan = plan(&consultation, &knowledge, &screening, &grading, &population, &BasePoints::new(1)).unwrap();
/// assert_eq!(plan.proposal().is_some(), screening.decision.permits());
/// assert!(plan.alternatives.do_nothing.is_some());
/// ```
///
/// # Errors
/// [`CareError::Forecast`] when the consultation holds what the forecast cannot take, such as outcomes that contradict each
/// other beyond explanation.
pub fn plan(
    consultation: &Consultation,
    knowledge: &Knowledge,
    screening: &Screening<'_>,
    grading: &Grading,
    population: &Population,
    points: &BasePoints,
) -> Result<Plan, CareError> {
    let bench = Bench { consultation, knowledge, grading, population, points };
    let extrapolation = course::extrapolation(consultation, grading, &knowledge.settings);
    let facts = Facts::of(consultation, knowledge);
    let limits = CourseLimits::of(&facts, &knowledge.settings);
    let first_session = first_session(consultation, screening.decision, &limits);
    let inputs = ForecastInputs::of(consultation, grading, knowledge);
    let refused = extrapolation.iter().any(|why| why.refuses());
    let worked_out = match limits.interval_weeks() {
        Some(interval_weeks) if !refused => Some(bench.work_out(&inputs, limits, interval_weeks, first_session)?),
        _ => None,
    };
    let reach = worked_out.as_ref().map(|worked_out| worked_out.choice.goal);
    let goal_outlook = match reach {
        Some(GoalReach::MayBeOutOfReach { .. }) => GoalOutlook::MayBeOutOfReach,
        Some(GoalReach::WithinReach { .. }) => GoalOutlook::WithinReach,
        None => GoalOutlook::NotForecast,
    };
    let forecast =
        worked_out.as_ref().map(|worked_out| bench.shown(worked_out, &inputs, screening.decision, first_session)).transpose()?;
    let further = worked_out.as_ref().map_or(0, |worked_out| worked_out.choice.further_sessions);
    Ok(Plan {
        knowledge_version: knowledge.version.clone(),
        population: PopulationUsed {
            data_sha256: population.data_sha256().to_owned(),
            draws: population.draws().len(),
            seed: points.seed(),
        },
        date: consultation.date,
        decision: screening.decision,
        goal: bench.goal_stated(),
        alternatives: alternatives(consultation, grading, knowledge, goal_outlook),
        risks: risks(
            grading,
            knowledge,
            if further > 0 { further } else { knowledge.settings.sessions_default.whole() as usize },
        ),
        review: match &worked_out {
            Some(worked_out) if !consultation.sessions.is_empty() => {
                Some(review(&bench.for_review(&inputs, worked_out, screening.decision))?)
            }
            _ => None,
        },
        what_would_change: what_would_change(&bench, screening, &inputs, worked_out.as_ref())?,
        standing: bench.standing(worked_out, screening.decision, first_session),
        inputs,
        extrapolation,
        limits,
        forecast,
    })
}

/// Everything a plan is made from.
#[derive(Clone, Copy)]
pub(crate) struct Bench<'a> {
    pub(crate) consultation: &'a Consultation,
    pub(crate) knowledge: &'a Knowledge,
    pub(crate) grading: &'a Grading,
    pub(crate) population: &'a Population,
    pub(crate) points: &'a BasePoints,
}

/// What the forecast says to the courses that are allowed.
pub(crate) struct WorkedOut {
    pub(crate) posterior: Posterior,
    pub(crate) limits: CourseLimits,
    pub(crate) depths: Vec<ZoneDepth>,
    pub(crate) dose: forecast::Dose,
    pub(crate) rows: Vec<CourseRow>,
    pub(crate) stopping_now: Option<[Outlook; 2]>,
    pub(crate) choice: Choice,
}

impl WorkedOut {
    /// The course chosen, as the forecast takes it.
    pub(crate) fn further(&self) -> Further {
        Further { sessions: self.choice.further_sessions, interval_weeks: self.choice.interval_weeks, dose: self.dose }
    }

    /// Three and six months after the last session of the course chosen.
    fn outlooks(&self) -> Option<[Outlook; 2]> {
        let row = self
            .rows
            .iter()
            .find(|row| row.further_sessions == self.choice.further_sessions && row.interval_weeks == self.choice.interval_weeks);
        row.map(|row| [row.at_three_months, row.at_six_months]).or(self.stopping_now)
    }

    /// The most further sessions that are allowed at the interval chosen.
    pub(crate) fn further_sessions_max(&self) -> usize {
        self.rows
            .iter()
            .filter(|row| row.interval_weeks == self.choice.interval_weeks && row.not_allowed.is_empty())
            .map(|row| row.further_sessions)
            .max()
            .unwrap_or(0)
    }
}

impl<'a> Bench<'a> {
    /// The goal as a fraction, within what the forecast takes.
    pub(crate) fn goal(&self) -> f64 {
        (self.consultation.goal.improvement_percent / 100.0).clamp(0.01, 1.0)
    }

    fn goal_stated(&self) -> GoalStated {
        GoalStated {
            improvement_percent: (100.0 * self.goal()).round() as u8,
            by: self.consultation.goal.by,
            counted_from: match self.consultation.sessions.is_empty() {
                true => CountedFrom::Today,
                false => CountedFrom::BeforeFirstSession,
            },
        }
    }

    /// Updates the forecast and compares every course.
    fn work_out(
        &self,
        inputs: &ForecastInputs,
        limits: CourseLimits,
        interval_weeks: f64,
        first_session: Option<Date>,
    ) -> Result<WorkedOut, CareError> {
        self.work_out_at(inputs, limits, &forecast::USUAL_INTERVALS_WEEKS, interval_weeks, first_session)
    }

    pub(crate) fn work_out_at(
        &self,
        inputs: &ForecastInputs,
        limits: CourseLimits,
        intervals_weeks: &[f64],
        interval_weeks: f64,
        first_session: Option<Date>,
    ) -> Result<WorkedOut, CareError> {
        let on = first_session.unwrap_or(self.consultation.date);
        let depths = planned_depths(self.consultation, self.grading, self.knowledge, on);
        let dose = self.planned_dose(&depths);
        let posterior = forecast::update(self.population, &inputs.patient, Clinic::New, self.points, Effort::Visit)?;
        let table = posterior.courses(&CourseQuestion {
            goal: self.goal(),
            further_sessions_max: forecast::FURTHER_SESSIONS_LIMIT,
            intervals_weeks: intervals_weeks.to_vec(),
            dose,
        })?;
        let rows = course::rows(&table, &limits);
        let given = !self.consultation.sessions.is_empty();
        let stopping_now = given.then(|| table.stopping_now.each_ref().map(Outlook::of));
        let now = stopping_now.as_ref().map(|outlooks| &outlooks[0]);
        let choice = course::choose(&rows, now, interval_weeks, &self.knowledge.settings);
        Ok(WorkedOut { posterior, limits, depths, dose, rows, stopping_now, choice })
    }

    /// The dose of the planned sessions. The first session of a course is one step shallower; it is averaged in over the
    /// usual number of sessions.
    fn planned_dose(&self, depths: &[ZoneDepth]) -> forecast::Dose {
        let technique = &self.knowledge.protocol.technique;
        let later = SessionDose::planned(depths, WhichSession::Later, self.grading, technique);
        if !self.consultation.sessions.is_empty() {
            return later.to_forecast();
        }
        let first = SessionDose::planned(depths, WhichSession::First, self.grading, technique);
        let usual = self.knowledge.settings.sessions_default.value.max(1.0);
        SessionDose { depth_um: (first.depth_um + (usual - 1.0) * later.depth_um) / usual, ..later }.to_forecast()
    }

    /// Week of the first session still to come: week 0 of a new course, else its day, but never nearer than the interval.
    fn first_week(&self, worked_out: &WorkedOut, inputs: &ForecastInputs, further: &Further, first_session: Option<Date>) -> f64 {
        let Some(last) = worked_out.posterior.last_session_week() else { return 0.0 };
        let day = first_session.unwrap_or(self.consultation.date);
        weeks_between(inputs.week_zero, day).max(last + further.interval_weeks)
    }

    /// The forecast as it is shown.
    fn shown(
        &self,
        worked_out: &WorkedOut,
        inputs: &ForecastInputs,
        decision: Decision,
        first_session: Option<Date>,
    ) -> Result<PatientForecast, CareError> {
        let given = self.consultation.sessions.len();
        let usual = self.knowledge.settings.sessions_default.whole() as usize;
        let (total, further) = match (given, worked_out.choice.further_sessions) {
            (0, 0) => (usual, Further { sessions: usual, ..worked_out.further() }),
            (given, further) => (given + further, worked_out.further()),
        };
        let after_weeks = forecast::OUTLOOK_WEEKS[0];
        let outlook = |posterior: &Posterior, further: &Further| -> Result<Outlook, CareError> {
            Ok(Outlook::of_distribution(&posterior.effect_after(further, after_weeks)?, after_weeks, self.goal()))
        };
        let nobody = forecast::Patient::default();
        let new_patient = |clinic| forecast::update(self.population, &nobody, clinic, self.points, Effort::Visit);
        let in_all = Further { sessions: total.min(forecast::COURSE_SESSIONS_LIMIT), ..further };
        let this_patient = outlook(&worked_out.posterior, &further)?;
        Ok(PatientForecast {
            label: if decision.permits() { ForecastLabel::ForThisPatient } else { ForecastLabel::IfItBecameSuitable },
            total_sessions: total,
            interval_weeks: further.interval_weeks,
            typical_new_patient: outlook(&new_patient(Clinic::Typical)?, &in_all)?,
            new_clinic: outlook(&new_patient(Clinic::New)?, &in_all)?,
            this_patient,
            rests_on: match (inputs.informs_response(), inputs.scar_types) {
                (true, _) => RestsOn::OwnOutcomes,
                (false, Some(_)) => RestsOn::ScarTypes,
                (false, None) => RestsOn::TrialsAlone,
            },
            stopping_now: worked_out.stopping_now,
            courses: worked_out.rows.clone(),
            curve: outlook::curve(
                &worked_out.posterior,
                &further,
                self.first_week(worked_out, inputs, &further, first_session),
                self.goal(),
            )?,
            optimism: Optimism {
                bias_adjusted_median: this_patient.median,
                as_published_median: (this_patient.median + outlook::open_label_optimism(self.population)).min(1.0),
            },
            mostly_assumption: outlook::mostly_assumption(self.population),
            computation: Computation::of(worked_out.posterior.diagnostic()),
        })
    }

    fn for_review(&self, inputs: &'a ForecastInputs, worked_out: &'a WorkedOut, decision: Decision) -> Given<'a> {
        Given {
            consultation: self.consultation,
            knowledge: self.knowledge,
            grading: self.grading,
            population: self.population,
            points: self.points,
            inputs,
            posterior: &worked_out.posterior,
            further_one: Further { sessions: 1, ..worked_out.further() },
            further_sessions_max: worked_out.further_sessions_max(),
            goal: self.goal(),
            decision,
        }
    }

    fn standing(&self, worked_out: Option<WorkedOut>, decision: Decision, first_session: Option<Date>) -> Standing {
        let withheld = |because| Standing::Withheld { because };
        match decision {
            Decision::NotSuitable => return withheld(Withheld::NotSuitable),
            Decision::CannotDecide => return withheld(Withheld::CannotDecide),
            Decision::Suitable | Decision::SuitableWithPrecautions | Decision::Defer(_) => {}
        }
        let refused =
            course::extrapolation(self.consultation, self.grading, &self.knowledge.settings).iter().any(|why| why.refuses());
        let Some(worked_out) = worked_out else {
            return withheld(if refused { Withheld::NoForecast } else { Withheld::NoIntervalAllowed });
        };
        if worked_out.choice.further_sessions == 0 {
            let reached = worked_out.choice.because == course::ChosenBecause::GoalReachedAlready;
            return withheld(if reached { Withheld::GoalReached } else { Withheld::NoSessionWorthIt });
        }
        let Some([at_three_months, at_six_months]) = worked_out.outlooks() else { return withheld(Withheld::NoForecast) };
        let proposal = Box::new(Proposal::of(proposal::Parts {
            consultation: self.consultation,
            knowledge: self.knowledge,
            limits: worked_out.limits,
            choice: worked_out.choice,
            at_three_months,
            at_six_months,
            first_session,
            depths: worked_out.depths,
        }));
        if decision.permits() {
            Standing::Proposed { proposal }
        } else {
            Standing::AfterDeferral { not_before: first_session, would_be: proposal }
        }
    }
}

/// Earliest day of the next session: today, the end of a deferral, or the shortest interval after the last session. Nothing
/// when a deferral names no day.
fn first_session(consultation: &Consultation, decision: Decision, limits: &CourseLimits) -> Option<Date> {
    let cleared = match decision {
        Decision::Defer(until) => until.date()?,
        _ => consultation.date,
    };
    let after_last =
        consultation.sessions.iter().map(|session| session.date.saturating_add(i64::from(limits.interval_min_days).days())).max();
    Some(cleared.max(consultation.date).max(after_last.unwrap_or(consultation.date)))
}
