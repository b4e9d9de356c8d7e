//! Asking the rules and the forecast of a chart, and writing down what they answered.

use jiff::civil::Date;
use resurface_forecast::{BasePoints, FURTHER_SESSIONS_LIMIT, Population};
use resurface_knowledge::Knowledge;

use super::answer::{Basis, GateAnswer, PlanAnswer, ReviewAnswer, ScreeningAnswer, Setting};
use super::body::{Adoption, Decided, PlanAdopted, Reviewed, Screened, SessionGated, Severity};
use super::course::Course;
use super::fold::{Chart, NotYet};
use crate::consultation::{Consultation, Override, TreatmentDay};
use crate::course::CourseLimits;
use crate::error::CareError;
use crate::gate::Permit;
use crate::plan::{Standing, Withheld};
use crate::review::{Advice, Review};
use crate::sentence::{Part, Sentence};
use crate::{gate, grading, plan, screening};

/// Longest time between two sessions that is written down as one course: a year. A limit of ours against slips of the pen.
const INTERVAL_DAYS_MAX: u32 = 365;

/// Everything that answers a question about a chart.
#[derive(Clone, Copy)]
pub struct Bench<'a> {
    /// The rules.
    pub knowledge: &'a Knowledge,
    /// The population that a forecast starts from.
    pub population: &'a Population,
    /// Points of the forecast, with their seed.
    pub points: &'a BasePoints,
    /// Version of the program, to be written down with each answer.
    pub program: &'a str,
}

/// Why a question could not be answered.
#[derive(Debug, thiserror::Error)]
pub enum DecideError {
    /// Something has to be recorded first.
    #[error(transparent)]
    NotYet(#[from] NotYet),
    /// No forecast could be made.
    #[error(transparent)]
    Care(#[from] CareError),
    /// No session was given yet.
    #[error("there is nothing to review before the first session: plan first")]
    NothingToReview,
    /// The chart holds something of a later day.
    #[error(
        "the chart already holds facts of {later}, after {on}: ask for {later} or a later day, or amend the entry whose day is wrong"
    )]
    Earlier {
        /// The day asked for.
        on: Date,
        /// Latest day of a fact in the chart.
        later: Date,
    },
    /// Nothing was proposed that could be adopted.
    #[error("there is no proposal to adopt: {0}")]
    NothingProposed(Sentence),
    /// The sessions of the course wanted are nearer or further apart than allowed, or too many or too few.
    #[error("this course is not allowed: {0}")]
    CourseNotAllowed(Sentence),
    /// No reason was given for deciding otherwise than proposed.
    #[error("say why: a course that is not taken, or taken otherwise, keeps its reason")]
    NoReason,
    /// The answer could not be written.
    #[error("the answer could not be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
}

impl DecideError {
    /// As a sentence. What the forecast refuses is said in English.
    #[must_use]
    pub fn sentence(&self) -> Sentence {
        let english = self.to_string();
        match self {
            Self::NotYet(not_yet) => not_yet.sentence(),
            Self::NothingToReview => Sentence::new("said-nothing-to-review", english),
            Self::Earlier { on, later } => Sentence::new("said-earlier", english).day("on", *on).day("later", *later),
            Self::NothingProposed(why) => {
                Sentence::new("said-nothing-proposed", english).with("why", Part::Several(vec![why.clone()]))
            }
            Self::CourseNotAllowed(why) => {
                Sentence::new("said-course-not-allowed", english).with("why", Part::Several(vec![why.clone()]))
            }
            Self::NoReason => Sentence::new("said-no-reason", english),
            Self::Care(_) | Self::Json(_) => Sentence::as_it_stands(&english),
        }
    }
}

/// What a practitioner makes of a proposal.
#[derive(Clone, Debug, PartialEq)]
pub enum Wish {
    /// Take it.
    Adopt,
    /// Take it with so many sessions in all, so many days apart.
    Edit {
        /// Sessions in all.
        total_sessions: usize,
        /// Days between them.
        interval_days: u32,
        /// Why.
        reason: String,
    },
    /// Do not take it.
    Reject {
        /// Why.
        reason: String,
    },
}

impl Bench<'_> {
    fn basis(&self, seed: Option<u64>) -> Basis {
        Basis { program: self.program.to_owned(), knowledge: self.knowledge.version.full().to_owned(), seed }
    }

    /// Screens a chart on a day.
    ///
    /// # Errors
    /// When something has to be recorded first, or the chart holds something of a later day.
    pub fn screen(&self, chart: &Chart, on: Date, setting: &Setting, overrides: &[Override]) -> Result<Screened, DecideError> {
        let consultation = chart.asked(on, setting, overrides, None)?;
        let answer = ScreeningAnswer::of(&screening::screen(&consultation, self.knowledge))?;
        Ok(Screened { on, setting: setting.clone(), overrides: overrides.to_vec(), basis: self.basis(None), answer })
    }

    /// Asks the gate of a treatment day. An adverse event that is more than mild and not over refuses, whatever the rules say:
    /// an expert setting of ours.
    ///
    /// # Errors
    /// When something has to be recorded first, or the chart holds something of a later day.
    pub fn gate(
        &self,
        chart: &Chart,
        on: Date,
        setting: &Setting,
        overrides: &[Override],
        day: &TreatmentDay,
    ) -> Result<SessionGated, DecideError> {
        let consultation = chart.asked(on, setting, overrides, Some(day))?;
        let mut answer = GateAnswer::of(&gate::gate(&consultation, self.knowledge))?;
        if let Some(event) = chart.events.iter().find(|event| event.open() && event.noticed.severity > Severity::Mild) {
            answer.permit = Permit::Refused;
            answer.against.insert(0, format!("an adverse event of {} is not over: see to it first", event.noticed.on));
        }
        Ok(SessionGated {
            on,
            setting: setting.clone(),
            overrides: overrides.to_vec(),
            day: day.clone(),
            basis: self.basis(None),
            answer,
        })
    }

    /// Plans, and writes down what the practitioner makes of the proposal.
    ///
    /// # Errors
    /// When something has to be recorded first, the chart holds something of a later day, no forecast can be made, nothing is
    /// proposed that could be adopted, or the course wanted is not allowed.
    pub fn plan(
        &self,
        chart: &Chart,
        on: Date,
        setting: &Setting,
        overrides: &[Override],
        wish: Wish,
    ) -> Result<PlanAdopted, DecideError> {
        let consultation = chart.asked(on, setting, overrides, None)?;
        let plan = self.planned(&consultation)?;
        let answer = PlanAnswer::of(&plan)?;
        let adoption = adoption(wish, &answer, &plan, self.knowledge)?;
        Ok(PlanAdopted {
            on,
            setting: setting.clone(),
            overrides: overrides.to_vec(),
            basis: self.basis(Some(self.points.seed())),
            answer,
            adoption,
        })
    }

    /// Reviews a course that has begun, and writes down what the practitioner decides; nothing takes the advice.
    ///
    /// # Errors
    /// When something has to be recorded first, the chart holds something of a later day, no forecast can be made, or no
    /// session was given.
    pub fn review(
        &self,
        chart: &Chart,
        on: Date,
        setting: &Setting,
        overrides: &[Override],
        decided: Option<(Decided, String)>,
    ) -> Result<Reviewed, DecideError> {
        let consultation = chart.asked(on, setting, overrides, None)?;
        let plan = self.planned(&consultation)?;
        let review = plan.review.as_ref().ok_or(DecideError::NothingToReview)?;
        let (decided, reason) = match decided {
            Some((decided, reason)) => (decided, Some(reason)),
            None => (Decided::of(review), None),
        };
        Ok(Reviewed {
            on,
            setting: setting.clone(),
            overrides: overrides.to_vec(),
            basis: self.basis(Some(self.points.seed())),
            answer: ReviewAnswer::of(&plan, review)?,
            decided,
            reason,
        })
    }

    /// The whole plan for a consultation.
    ///
    /// # Errors
    /// When no forecast can be made.
    pub fn planned(&self, consultation: &Consultation) -> Result<plan::Plan, CareError> {
        let screening = screening::screen(consultation, self.knowledge);
        let grading = grading::grade(consultation, self.knowledge);
        plan::plan(consultation, self.knowledge, &screening, &grading, self.population, self.points)
    }
}

impl Chart {
    /// The consultation that a question about this chart is asked with: on a day that is not before anything in it (a session
    /// of a later day would be forecast as one of the past), and with the skin seen lately enough for the question.
    ///
    /// # Errors
    /// What has to be recorded first, or that the chart holds something of a later day.
    pub fn asked(
        &self,
        on: Date,
        setting: &Setting,
        overrides: &[Override],
        day: Option<&TreatmentDay>,
    ) -> Result<Consultation, DecideError> {
        let consultation = self.consultation(on, setting, overrides, day)?;
        if let Some(later) = self.latest_fact().filter(|later| *later > on) {
            return Err(DecideError::Earlier { on, later });
        }
        seen_lately_enough(self, on, day)?;
        Ok(consultation)
    }
}

/// What was true of a patient weeks ago is not taken for what is true today: a treatment day rests on questions and an
/// examination of that day, and whatever is asked after a session on an examination since then. Scars counted before
/// treatment would otherwise read as an outcome after it.
fn seen_lately_enough(chart: &Chart, on: Date, day: Option<&TreatmentDay>) -> Result<(), NotYet> {
    let (intake, examined) = (chart.intake.as_ref().map(|intake| intake.on), chart.examined.as_ref().map(|examined| examined.on));
    if day.is_some() {
        if let Some(last) = intake.filter(|last| *last != on) {
            return Err(NotYet::AskedThatDay { on, last });
        }
        if let Some(last) = examined.filter(|last| *last != on) {
            return Err(NotYet::ExaminedThatDay { on, last });
        }
    }
    let session = chart.sessions.last().map(|session| session.on).filter(|session| *session < on);
    match (examined, session) {
        (Some(last), Some(session)) if last <= session => Err(NotYet::ExaminedSinceSession { last, session }),
        _ => Ok(()),
    }
}

fn adoption(wish: Wish, answer: &PlanAnswer, plan: &plan::Plan, knowledge: &Knowledge) -> Result<Adoption, DecideError> {
    let proposed = || answer.course.as_ref().ok_or_else(|| DecideError::NothingProposed(why_nothing(plan)));
    match wish {
        Wish::Reject { reason } | Wish::Edit { reason, .. } if reason.trim().is_empty() => Err(DecideError::NoReason),
        Wish::Reject { reason } => Ok(Adoption::Rejected { reason }),
        Wish::Adopt => proposed().map(|_| Adoption::Adopted),
        Wish::Edit { total_sessions, interval_days, reason } => {
            let course = proposed()?;
            allowed(course, total_sessions, interval_days, &plan.limits)?;
            Ok(Adoption::Edited { course: course.edited(total_sessions, interval_days, plan, &knowledge.settings), reason })
        }
    }
}

/// The protocol decides how near and how many; a longer pause than the forecast knows is the practitioner's to decide.
fn allowed(proposed: &Course, total_sessions: usize, interval_days: u32, limits: &CourseLimits) -> Result<(), DecideError> {
    let shortest = limits.interval_min_days;
    if !(shortest..=INTERVAL_DAYS_MAX).contains(&interval_days) {
        let english =
            format!("sessions are {shortest} to {INTERVAL_DAYS_MAX} days apart for this patient, and not {interval_days}");
        let sentence = Sentence::new("said-interval-not-allowed", english)
            .count("shortest", shortest)
            .count("longest", INTERVAL_DAYS_MAX)
            .count("days", interval_days);
        return Err(DecideError::CourseNotAllowed(sentence));
    }
    let given = proposed.given_before();
    let most = limits.total_sessions_max.min(given + limits.further_sessions_max.min(FURTHER_SESSIONS_LIMIT));
    if !(given + 1..=most).contains(&total_sessions) {
        let english =
            format!("{} to {most} sessions in all can be planned for this patient, and not {total_sessions}", given + 1);
        let sentence = Sentence::new("said-sessions-not-allowed", english)
            .count("fewest", given + 1)
            .count("most", most)
            .count("sessions", total_sessions);
        return Err(DecideError::CourseNotAllowed(sentence));
    }
    Ok(())
}

fn why_nothing(plan: &plan::Plan) -> Sentence {
    match plan.standing {
        Standing::Withheld { because: Withheld::NoForecast } => {
            Sentence::new("said-no-forecast", "no forecast can be made for this patient")
        }
        Standing::Withheld { because: Withheld::NoIntervalAllowed } => {
            Sentence::new("said-no-interval", "no interval between sessions is allowed for this patient")
        }
        Standing::Withheld { because: Withheld::NoSessionWorthIt } => {
            Sentence::new("said-no-session-worth-it", "no further session is expected to add what the clinic asks of one")
        }
        Standing::Withheld { because: Withheld::GoalReached } => {
            Sentence::new("said-goal-reached", "the goal is reached with the chance wanted")
        }
        _ => Sentence::new("said-screening-says", format!("screening says {}", plan.decision)),
    }
}

impl Decided {
    /// What a review advises.
    #[must_use]
    pub const fn of(review: &Review) -> Self {
        Self::advised(review.advice)
    }

    pub(super) const fn advised(advice: Advice) -> Self {
        match advice {
            Advice::Continue => Self::Continue,
            Advice::WaitForVerdict => Self::Wait,
            Advice::Stop => Self::Stop,
            Advice::Switch => Self::Switch,
        }
    }

    /// In words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Continue => "continue",
            Self::Wait => "wait for the day of the verdict",
            Self::Stop => "stop",
            Self::Switch => "stop, and offer another treatment",
        }
    }
}
