//! Why a step comes next, or what it waits for.

use std::fmt;

use jiff::civil::Date;
use serde::{Serialize, Serializer};

use super::body::Severity;
use crate::plan::ReviewKind;
use crate::screening::{Decision, Until};

/// Why a step comes next, or what it waits for. In JSON, and as a text, it is one English sentence without a full stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// An adverse event is not over.
    OpenEvent {
        /// How bad.
        severity: Severity,
        /// Day it was noticed.
        on: Date,
    },
    /// Consent to treatment was taken back.
    ConsentWithdrawn {
        /// Day.
        on: Date,
    },
    /// A review ended the course; what the sessions came to may still be looked at.
    Stopped {
        /// Day of the review.
        on: Date,
        /// What follows.
        then: AfterStop,
    },
    /// No intake.
    NotAsked,
    /// No examination.
    NotExamined,
    /// No screening.
    NotScreened,
    /// Something was answered or found since the screening.
    NewerThanScreening {
        /// Day of the answer or finding.
        since: Date,
        /// Day of the screening.
        screened: Date,
    },
    /// A review decided to wait for the day of the verdict.
    Waits {
        /// Day of the review.
        on: Date,
    },
    /// A review decided to wait, and no later day is planned.
    WaitsWithoutDay {
        /// Day of the review.
        on: Date,
    },
    /// A planned review.
    ReviewDue(ReviewKind),
    /// Every session was given, and none was reviewed since.
    GivenNotReviewed,
    /// The course is over.
    CourseOver {
        /// Day of the last review.
        on: Date,
    },
    /// The plan was not taken.
    PlanNotTaken {
        /// Day of the plan.
        on: Date,
    },
    /// Screening permits, and there is no course.
    ToPlan {
        /// What screening decided.
        decision: Decision,
        /// Why there is none.
        because: NoCourse,
    },
    /// No course is followed.
    NoCourseFollowed,
    /// The next session of the course.
    Session {
        /// Its number.
        number: usize,
        /// Sessions of the course.
        total: usize,
        /// What the gate said since the last one, or the earliest day.
        gate: AtTheGate,
    },
    /// The patient has not consented to treatment.
    NoConsent,
    /// The consent is too old.
    ConsentTooOld {
        /// Day of the consent.
        on: Date,
        /// Days for which it counts.
        valid_days: i64,
        /// Since when.
        when: TooOld,
    },
    /// Screening does not permit.
    Screening {
        /// Day of the screening.
        on: Date,
        /// What it decided.
        decision: Decision,
    },
}

/// What follows a review that ended the course.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AfterStop {
    /// Another treatment is offered.
    Other,
    /// A review is still planned.
    Review(ReviewKind),
    /// Nothing.
    Nothing,
}

/// Why there is no course.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoCourse {
    /// A review ended it, and the patient was asked again.
    EndedByReview {
        /// Day of the review.
        on: Date,
    },
    /// None was planned.
    NeverPlanned,
    /// It was not taken, and the patient was screened again since.
    NotTaken {
        /// Day of the plan.
        on: Date,
    },
    /// It is over, and the patient was asked again.
    Over,
}

/// Where a session stands with the gate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AtTheGate {
    /// Refused.
    Refused {
        /// Day.
        on: Date,
    },
    /// Permitted, and not recorded as given.
    Permitted {
        /// Day.
        on: Date,
    },
    /// Not asked.
    NotAsked {
        /// Earliest day of the session.
        earliest: Date,
    },
}

/// Since when a consent is too old.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TooOld {
    /// Already.
    Now,
    /// On the day of the session.
    ByThen,
}

impl fmt::Display for Why {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::OpenEvent { severity, on } => {
                let how_bad = match severity {
                    Severity::Mild => "a mild",
                    Severity::Moderate => "a moderate",
                    Severity::Severe => "a severe",
                };
                write!(out, "{how_bad} adverse event, noticed on {on}, is not over")
            }
            Self::ConsentWithdrawn { on } => write!(out, "consent to treatment was taken back on {on}"),
            Self::Stopped { on, then } => {
                write!(out, "stopped at the review of {on}")?;
                match then {
                    AfterStop::Other => out.write_str(", to offer something else"),
                    AfterStop::Review(what) => write!(out, "; {}", review_words(what)),
                    AfterStop::Nothing => Ok(()),
                }
            }
            Self::NotAsked => out.write_str("history and wishes were not asked yet"),
            Self::NotExamined => out.write_str("the skin was not examined yet"),
            Self::NotScreened => out.write_str("asked and examined, and not screened yet"),
            Self::NewerThanScreening { since, screened } => {
                write!(out, "answers or findings of {since} are newer than the screening of {screened}")
            }
            Self::Waits { on } => write!(out, "the review of {on} decided to wait for the day of the verdict"),
            Self::WaitsWithoutDay { on } => {
                write!(out, "the review of {on} decided to wait, and no later day is planned: look again and decide")
            }
            Self::ReviewDue(what) => out.write_str(review_words(what)),
            Self::GivenNotReviewed => out.write_str("every session was given, and none was reviewed since"),
            Self::CourseOver { on } => write!(out, "the course is over; last reviewed on {on}"),
            Self::PlanNotTaken { on } => write!(out, "the plan of {on} was not taken"),
            Self::ToPlan { decision, because } => write!(out, "{decision}; {because}"),
            Self::NoCourseFollowed => out.write_str("no course is followed"),
            Self::Session { number, total, gate } => write!(out, "session {number} of {total}{gate}"),
            Self::NoConsent => out.write_str("the patient has not consented to treatment yet"),
            Self::ConsentTooOld { on, valid_days, when } => {
                let older = match when {
                    TooOld::Now => "is older than",
                    TooOld::ByThen => "will by then be older than",
                };
                write!(out, "the consent of {on} {older} {valid_days} days: ask again")
            }
            Self::Screening { on, decision } => {
                write!(out, "the screening of {on} ")?;
                match decision {
                    Decision::Suitable | Decision::SuitableWithPrecautions => write!(out, "found: {decision}"),
                    Decision::CannotDecide => out.write_str("could not decide: answers are missing"),
                    Decision::NotSuitable => out.write_str("found needling not suitable"),
                    Decision::Defer(Until::Date(day)) => write!(out, "deferred until {day}: screen again then"),
                    Decision::Defer(Until::State) => out.write_str("deferred until it has cleared; no day is known"),
                    Decision::Defer(Until::DateAndState(day)) => {
                        write!(out, "deferred until {day}, and until it has cleared")
                    }
                }
            }
        }
    }
}

impl fmt::Display for NoCourse {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EndedByReview { on } => write!(out, "asked again after the review of {on} ended the course"),
            Self::NeverPlanned => out.write_str("no course was planned yet"),
            Self::NotTaken { on } => write!(out, "screened again since the plan of {on} was not taken"),
            Self::Over => out.write_str("asked again after the last course"),
        }
    }
}

impl fmt::Display for AtTheGate {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused { on } => write!(out, ": refused at the gate on {on}; ask the gate again once the reasons are gone"),
            Self::Permitted { on } => write!(out, ": permitted at the gate on {on}, and not recorded as given"),
            Self::NotAsked { earliest } => write!(out, ", at the earliest on {earliest}"),
        }
    }
}

impl Serialize for Why {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

const fn review_words(what: ReviewKind) -> &'static str {
    match what {
        ReviewKind::WithinCourse => "review within the course: go on, or change it",
        ReviewKind::Verdict => "the first day on which a verdict is given",
        ReviewKind::BetterVerdict => "the better day for a verdict",
        ReviewKind::Durability => "does the result last?",
    }
}
