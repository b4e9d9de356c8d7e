//! What the pathway wants next of a chart, and why it waits. The worklist is nothing else than every chart's next step.

use jiff::ToSpan;
use jiff::civil::Date;
use resurface_knowledge::settings::Settings;
use serde::Serialize;

use super::body::{Decided, Severity};
use super::fold::SinceReview;
use super::milestones::{Agenda, Milestones};
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
    pub why: String,
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
    fn new(step: Step, due: impl Into<Option<Date>>, why: impl Into<String>) -> Self {
        Self { step, due: due.into(), why: why.into() }
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
            .unwrap_or_else(|| NextStep::new(Step::Plan, None, "no course is followed"))
    }

    fn event(&self) -> Option<NextStep> {
        let (severity, on) = self.open_event?;
        let how_bad = match severity {
            Severity::Mild => "a mild",
            Severity::Moderate => "a moderate",
            Severity::Severe => "a severe",
        };
        Some(NextStep::new(Step::SeeToEvent, on, format!("{how_bad} adverse event, noticed on {on}, is not over")))
    }

    fn withdrawal(&self) -> Option<NextStep> {
        let on = self.withdrawn?;
        Some(NextStep::new(Step::Nothing, None, format!("consent to treatment was taken back on {on}")))
    }

    /// After a review that ended the course, until the patient is asked again or a course is planned. What the sessions given
    /// came to is still looked at, but not beside another treatment.
    fn after_the_end(&self) -> Option<NextStep> {
        let (on, decided) = self.ended().filter(|_| self.since_review.is_none())?;
        let agenda = self.plan.as_ref().and_then(|plan| plan.course.as_ref());
        let review = agenda.and_then(|agenda| self.next_review(agenda, agenda.total_sessions));
        Some(match (decided, review) {
            (Decided::Switch, _) => {
                NextStep::new(Step::OfferAlternatives, None, format!("stopped at the review of {on}, to offer something else"))
            }
            (_, Some((what, due))) => {
                NextStep::new(Step::Review, due, format!("stopped at the review of {on}; {}", review_words(what)))
            }
            (_, None) => NextStep::new(Step::Nothing, None, format!("stopped at the review of {on}")),
        })
    }

    /// What has to be answered, seen and screened before anything is decided.
    fn to_ask(&self) -> Option<NextStep> {
        if self.intake.is_none() {
            return Some(NextStep::new(Step::Intake, self.registered, "history and wishes were not asked yet"));
        }
        if self.examined.is_none() {
            return Some(NextStep::new(Step::Examine, self.intake, "the skin was not examined yet"));
        }
        match (self.screened, self.unscreened_since) {
            (None, since) => Some(NextStep::new(Step::Screen, since, "asked and examined, and not screened yet")),
            (Some((screened, _)), Some(since)) => Some(NextStep::new(
                Step::Screen,
                since,
                format!("answers or findings of {since} are newer than the screening of {screened}"),
            )),
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
            Some(_) => format!("the review of {on} decided to wait for the day of the verdict"),
            None => format!("the review of {on} decided to wait, and no later day is planned: look again and decide"),
        };
        Some(NextStep::new(Step::Review, due, why))
    }

    /// Every session was given: what came of them is looked at whatever screening says, because it asks for no needle.
    fn all_given(&self) -> Option<NextStep> {
        let agenda = self.agenda().filter(|agenda| agenda.next_session(&self.sessions).is_none())?;
        if let Some((what, due)) = self.next_review(agenda, self.sessions.len()) {
            return Some(NextStep::new(Step::Review, due, review_words(what)));
        }
        let last = self.sessions.last().copied();
        match self.reviewed.filter(|(on, _)| Some(*on) >= last) {
            None => Some(NextStep::new(Step::Review, last, "every session was given, and none was reviewed since")),
            Some((on, _)) if self.since_review.is_none() => {
                Some(NextStep::new(Step::Nothing, None, format!("the course is over; last reviewed on {on}")))
            }
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
            return Some(NextStep::new(Step::OfferAlternatives, None, format!("the plan of {} was not taken", plan.on)));
        }
        let why = match (&self.plan, self.ended()) {
            (_, Some((on, _))) if self.agenda().is_none() => format!("asked again after the review of {on} ended the course"),
            (None, _) => "no course was planned yet".to_owned(),
            (Some(plan), _) if plan.course.is_none() => format!("screened again since the plan of {} was not taken", plan.on),
            (Some(_), _) if self.agenda().is_some_and(|agenda| agenda.next_session(&self.sessions).is_none()) => {
                "asked again after the last course".to_owned()
            }
            (Some(_), _) => return None,
        };
        Some(NextStep::new(Step::Plan, screened, format!("{decision}; {why}")))
    }

    /// Inside a course: the next session or the next review, whichever comes first; a review before a session of its day.
    fn within(&self, settings: &Settings, today: Date) -> Option<NextStep> {
        let agenda = self.agenda()?;
        let (number, earliest) = agenda.next_session(&self.sessions)?;
        if let Some((what, due)) = self.next_review(agenda, self.sessions.len()).filter(|(_, due)| *due <= earliest) {
            return Some(NextStep::new(Step::Review, due, review_words(what)));
        }
        // a session cannot be before the consent to it
        let due = self.consented.map_or(earliest, |consented| consented.max(earliest));
        if let Some(consent) = self.consent_before(due, settings, today) {
            return Some(consent);
        }
        let total = agenda.total_sessions;
        let why = match self.gate_since() {
            Some((on, Permit::Refused)) => {
                format!("session {number} of {total}: refused at the gate on {on}; ask the gate again once the reasons are gone")
            }
            Some((on, _)) => {
                format!("session {number} of {total}: permitted at the gate on {on}, and not recorded as given")
            }
            None => format!("session {number} of {total}, at the earliest on {due}"),
        };
        Some(NextStep::new(Step::Session, due, why))
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
            return Some(NextStep::new(Step::Consent, since, "the patient has not consented to treatment yet"));
        };
        let last_day = on.saturating_add(valid_days.days());
        let older = match (last_day < today, last_day < session) {
            (true, _) => "is older than",
            (false, true) => "will by then be older than",
            (false, false) => return None,
        };
        Some(NextStep::new(Step::Consent, session, format!("the consent of {on} {older} {valid_days} days: ask again")))
    }
}

fn before_planning(screened: Date, decision: Decision) -> Option<NextStep> {
    let (step, due, why) = match decision {
        Decision::Suitable | Decision::SuitableWithPrecautions => return None,
        Decision::CannotDecide => (Step::AnswerMissing, Some(screened), "could not decide: answers are missing".to_owned()),
        Decision::NotSuitable => (Step::OfferAlternatives, None, "found needling not suitable".to_owned()),
        Decision::Defer(Until::Date(day)) => (Step::Screen, Some(day), format!("deferred until {day}: screen again then")),
        Decision::Defer(Until::State) => {
            (Step::WaitUntilCleared, None, "deferred until it has cleared; no day is known".to_owned())
        }
        Decision::Defer(Until::DateAndState(day)) => {
            (Step::WaitUntilCleared, Some(day), format!("deferred until {day}, and until it has cleared"))
        }
    };
    Some(NextStep::new(step, due, format!("the screening of {screened} {why}")))
}

const fn review_words(what: ReviewKind) -> &'static str {
    match what {
        ReviewKind::WithinCourse => "review within the course: go on, or change it",
        ReviewKind::Verdict => "the first day on which a verdict is given",
        ReviewKind::BetterVerdict => "the better day for a verdict",
        ReviewKind::Durability => "does the result last?",
    }
}
