//! What the pathway wants next of a chart, and why it waits. The worklist is nothing else than every chart's next step.

use jiff::ToSpan;
use jiff::civil::Date;
use resurface_knowledge::settings::Settings;
use serde::Serialize;

use super::body::Decided;
use super::fold::SinceReview;
use super::milestones::{Agenda, Milestones};
use super::why::{AfterStop, AtTheGate, NoCourse, TooOld, Why};
use crate::gate::Permit;
use crate::plan::ReviewKind;
use crate::screening::{Decision, Until};

/// What comes next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NextStep {
    /// What is to be done.
    pub step: Step,
    /// From which day on; nothing when no day is known, or nothing is to be done.
    pub due: Option<Date>,
    /// Why, or what it waits for.
    pub why: Why,
}

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// See to an adverse event.
    SeeToEvent,
    /// Ask history and wishes.
    Intake,
    /// Examine the skin.
    Examine,
    /// Screen, or screen again.
    Screen,
    /// Answer what screening needs.
    AnswerMissing,
    /// Wait until a finding has cleared, and look again.
    WaitUntilCleared,
    /// Plan, and adopt, edit or reject the proposal.
    Plan,
    /// Discuss, and ask for consent.
    Consent,
    /// Give the next session, through the gate of that day.
    Session,
    /// Review the course.
    Review,
    /// Offer something else: microneedling is not suitable, or was stopped.
    OfferAlternatives,
    /// Nothing: the course is over, or the patient does not want it.
    Nothing,
}

impl Step {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::SeeToEvent,
        Self::Intake,
        Self::Examine,
        Self::Screen,
        Self::AnswerMissing,
        Self::WaitUntilCleared,
        Self::Plan,
        Self::Consent,
        Self::Session,
        Self::Review,
        Self::OfferAlternatives,
        Self::Nothing,
    ];

    /// Its word, as it is written in JSON.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::SeeToEvent => "see_to_event",
            Self::Intake => "intake",
            Self::Examine => "examine",
            Self::Screen => "screen",
            Self::AnswerMissing => "answer_missing",
            Self::WaitUntilCleared => "wait_until_cleared",
            Self::Plan => "plan",
            Self::Consent => "consent",
            Self::Session => "session",
            Self::Review => "review",
            Self::OfferAlternatives => "offer_alternatives",
            Self::Nothing => "nothing",
        }
    }

    /// In words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::SeeToEvent => "see to an adverse event",
            Self::Intake => "ask history and wishes",
            Self::Examine => "examine the skin",
            Self::Screen => "screen",
            Self::AnswerMissing => "answer what screening needs",
            Self::WaitUntilCleared => "wait until it has cleared",
            Self::Plan => "plan",
            Self::Consent => "discuss, ask for consent",
            Self::Session => "session",
            Self::Review => "review",
            Self::OfferAlternatives => "offer alternatives",
            Self::Nothing => "nothing",
        }
    }
}

impl NextStep {
    fn new(step: Step, due: impl Into<Option<Date>>, why: Why) -> Self {
        Self { step, due: due.into(), why }
    }

    /// Days since it was due; 0 on the day itself, negative before, nothing when it has no day.
    #[must_use]
    pub fn days_overdue(&self, today: Date) -> Option<i32> {
        self.due.and_then(|due| due.until(today).ok()).map(|span| span.get_days())
    }
}

impl Milestones {
    /// What the pathway wants next, seen from `today`. The day only decides whether consent will be too old; it changes no
    /// other step.
    #[must_use]
    pub fn next_step(&self, settings: &Settings, today: Date) -> NextStep {
        self.event()
            .or_else(|| self.withdrawal())
            .or_else(|| self.after_the_end())
            .or_else(|| self.to_ask())
            .or_else(|| self.waiting())
            .or_else(|| self.all_given())
            .or_else(|| self.not_permitted())
            .or_else(|| self.to_plan())
            .or_else(|| self.within(settings, today))
            .unwrap_or_else(|| NextStep::new(Step::Plan, None, Why::NoCourseFollowed))
    }

    fn event(&self) -> Option<NextStep> {
        let (severity, on) = self.open_event?;
        Some(NextStep::new(Step::SeeToEvent, on, Why::OpenEvent { severity, on }))
    }

    fn withdrawal(&self) -> Option<NextStep> {
        let on = self.withdrawn?;
        Some(NextStep::new(Step::Nothing, None, Why::ConsentWithdrawn { on }))
    }

    /// After a review that ended the course, until the patient is asked again or a course is planned. What the sessions given
    /// came to is still looked at, but not beside another treatment.
    fn after_the_end(&self) -> Option<NextStep> {
        let (on, decided) = self.ended().filter(|_| self.since_review.is_none())?;
        let agenda = self.plan.as_ref().and_then(|plan| plan.course.as_ref());
        let review = agenda.and_then(|agenda| self.next_review(agenda, agenda.total_sessions));
        Some(match (decided, review) {
            (Decided::Switch, _) => NextStep::new(Step::OfferAlternatives, None, Why::Stopped { on, then: AfterStop::Other }),
            (_, Some((what, due))) => NextStep::new(Step::Review, due, Why::Stopped { on, then: AfterStop::Review(what) }),
            (_, None) => NextStep::new(Step::Nothing, None, Why::Stopped { on, then: AfterStop::Nothing }),
        })
    }

    /// What has to be answered, seen and screened before anything is decided.
    fn to_ask(&self) -> Option<NextStep> {
        if self.intake.is_none() {
            return Some(NextStep::new(Step::Intake, self.registered, Why::NotAsked));
        }
        if self.examined.is_none() {
            return Some(NextStep::new(Step::Examine, self.intake, Why::NotExamined));
        }
        match (self.screened, self.unscreened_since) {
            (None, since) => Some(NextStep::new(Step::Screen, since, Why::NotScreened)),
            (Some((screened, _)), Some(since)) => {
                Some(NextStep::new(Step::Screen, since, Why::NewerThanScreening { since, screened }))
            }
            (Some(_), None) => None,
        }
    }

    /// A review decided to wait for the day of the verdict. A session given after it, or a new plan, ends the wait.
    fn waiting(&self) -> Option<NextStep> {
        let (on, _) = self.reviewed.filter(|(_, decided)| *decided == Decided::Wait)?;
        if self.since_review == Some(SinceReview::Planned) || self.sessions.last().is_some_and(|last| *last > on) {
            return None;
        }
        let planned = self.agenda().and_then(|agenda| self.next_review(agenda, self.sessions.len())).map(|(_, due)| due);
        let due = self.verdict_not_before.filter(|day| *day > on).or(planned);
        let why = match due {
            Some(_) => Why::Waits { on },
            None => Why::WaitsWithoutDay { on },
        };
        Some(NextStep::new(Step::Review, due, why))
    }

    /// Every session was given: what came of them is looked at whatever screening says, because it asks for no needle.
    fn all_given(&self) -> Option<NextStep> {
        let agenda = self.agenda().filter(|agenda| agenda.next_session(&self.sessions).is_none())?;
        if let Some((what, due)) = self.next_review(agenda, self.sessions.len()) {
            return Some(NextStep::new(Step::Review, due, Why::ReviewDue(what)));
        }
        let last = self.sessions.last().copied();
        match self.reviewed.filter(|(on, _)| Some(*on) >= last) {
            None => Some(NextStep::new(Step::Review, last, Why::GivenNotReviewed)),
            Some((on, _)) if self.since_review.is_none() => Some(NextStep::new(Step::Nothing, None, Why::CourseOver { on })),
            Some(_) => None,
        }
    }

    fn not_permitted(&self) -> Option<NextStep> {
        let (screened, decision) = self.screened?;
        before_planning(screened, decision)
    }

    /// No course is followed, or the one that was is over and the patient was asked again.
    fn to_plan(&self) -> Option<NextStep> {
        let (screened, decision) = self.screened?;
        if let Some(plan) = self.plan.as_ref().filter(|plan| plan.course.is_none() && plan.on >= screened) {
            return Some(NextStep::new(Step::OfferAlternatives, None, Why::PlanNotTaken { on: plan.on }));
        }
        let because = match (&self.plan, self.ended()) {
            (_, Some((on, _))) if self.agenda().is_none() => NoCourse::EndedByReview { on },
            (None, _) => NoCourse::NeverPlanned,
            (Some(plan), _) if plan.course.is_none() => NoCourse::NotTaken { on: plan.on },
            (Some(_), _) if self.agenda().is_some_and(|agenda| agenda.next_session(&self.sessions).is_none()) => NoCourse::Over,
            (Some(_), _) => return None,
        };
        Some(NextStep::new(Step::Plan, screened, Why::ToPlan { decision, because }))
    }

    /// Inside a course: the next session or the next review, whichever comes first; a review before a session of its day.
    fn within(&self, settings: &Settings, today: Date) -> Option<NextStep> {
        let agenda = self.agenda()?;
        let (number, earliest) = agenda.next_session(&self.sessions)?;
        if let Some((what, due)) = self.next_review(agenda, self.sessions.len()).filter(|(_, due)| *due <= earliest) {
            return Some(NextStep::new(Step::Review, due, Why::ReviewDue(what)));
        }
        // a session cannot be before the consent to it
        let due = self.consented.map_or(earliest, |consented| consented.max(earliest));
        if let Some(consent) = self.consent_before(due, settings, today) {
            return Some(consent);
        }
        let total = agenda.total_sessions;
        let gate = match self.gate_since() {
            Some((on, Permit::Refused)) => AtTheGate::Refused { on },
            Some((on, _)) => AtTheGate::Permitted { on },
            None => AtTheGate::NotAsked { earliest: due },
        };
        Some(NextStep::new(Step::Session, due, Why::Session { number, total, gate }))
    }

    /// The review that ended the course, if the latest one did.
    fn ended(&self) -> Option<(Date, Decided)> {
        self.reviewed.filter(|(_, decided)| matches!(decided, Decided::Stop | Decided::Switch))
    }

    /// The course that is followed: the latest one, unless a review ended it.
    fn agenda(&self) -> Option<&Agenda> {
        let ended = self.ended().is_some() && self.since_review != Some(SinceReview::Planned);
        self.plan.as_ref().and_then(|plan| plan.course.as_ref()).filter(|_| !ended)
    }

    /// The first planned review after session number `after_session` that was not done yet, its days counted from the last
    /// session given. Within a course any review since that session will do; a verdict has its day, and none before it counts.
    fn next_review(&self, agenda: &Agenda, after_session: usize) -> Option<(ReviewKind, Date)> {
        let last = *self.sessions.last()?;
        let done = |what: ReviewKind, due: Date| match what {
            ReviewKind::WithinCourse => self.reviewed.is_some_and(|(on, _)| on > last),
            ReviewKind::Verdict | ReviewKind::BetterVerdict | ReviewKind::Durability => {
                self.reviewed.is_some_and(|(on, _)| on >= due)
            }
        };
        let planned = agenda.reviews.iter().filter(|review| review.after_session == after_session);
        let days = planned.map(|review| (review.what, last.saturating_add(i64::from(review.after_days).days())));
        days.filter(|(what, due)| !done(*what, *due)).min_by_key(|(_, due)| *due)
    }

    /// The gate, where it was asked after the last session and the last screening.
    fn gate_since(&self) -> Option<(Date, Permit)> {
        let screened = self.screened.map(|(on, _)| on);
        self.gated.filter(|(on, _)| self.sessions.last().is_none_or(|last| on > last) && Some(*on) >= screened)
    }

    /// Consent comes before the session, and has to be young enough on its day.
    fn consent_before(&self, session: Date, settings: &Settings, today: Date) -> Option<NextStep> {
        let valid_days = i64::from(settings.consent_valid_days.whole());
        let Some(on) = self.consented else {
            let since = self.plan.as_ref().map(|plan| plan.on);
            return Some(NextStep::new(Step::Consent, since, Why::NoConsent));
        };
        let last_day = on.saturating_add(valid_days.days());
        let when = match (last_day < today, last_day < session) {
            (true, _) => TooOld::Now,
            (false, true) => TooOld::ByThen,
            (false, false) => return None,
        };
        Some(NextStep::new(Step::Consent, session, Why::ConsentTooOld { on, valid_days, when }))
    }
}

fn before_planning(screened: Date, decision: Decision) -> Option<NextStep> {
    let (step, due) = match decision {
        Decision::Suitable | Decision::SuitableWithPrecautions => return None,
        Decision::CannotDecide => (Step::AnswerMissing, Some(screened)),
        Decision::NotSuitable => (Step::OfferAlternatives, None),
        Decision::Defer(Until::Date(day)) => (Step::Screen, Some(day)),
        Decision::Defer(Until::State) => (Step::WaitUntilCleared, None),
        Decision::Defer(Until::DateAndState(day)) => (Step::WaitUntilCleared, Some(day)),
    };
    Some(NextStep::new(step, due, Why::Screening { on: screened, decision }))
}
