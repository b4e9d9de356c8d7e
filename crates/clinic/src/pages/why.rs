//! Why a step comes next, in the reader's language.

use jiff::civil::Date;
use resurface_care::chart::{AfterStop, AtTheGate, NoCourse, Severity, TooOld, Why};
use resurface_care::plan::ReviewKind;
use resurface_care::screening::{Decision, Until};
use resurface_words::{Argument, Words};

/// Why a step comes next, in the reader's language.
pub(crate) fn why(words: &Words, why: &Why) -> String {
    let day = |on: Date| Argument::from(words.date(on));
    let on = |key: &str, on: Date| words.with(key, [("date", day(on))]);
    match *why {
        Why::OpenEvent { severity: Severity::Mild, on: noticed } => on("why-event-mild", noticed),
        Why::OpenEvent { severity: Severity::Moderate, on: noticed } => on("why-event-moderate", noticed),
        Why::OpenEvent { severity: Severity::Severe, on: noticed } => on("why-event-severe", noticed),
        Why::ConsentWithdrawn { on: withdrawn } => on("why-consent-withdrawn", withdrawn),
        Why::Stopped { on: reviewed, then } => match then {
            AfterStop::Other => on("why-stopped-for-other", reviewed),
            AfterStop::Nothing => on("why-stopped", reviewed),
            AfterStop::Review(what) => {
                words.with("why-stopped-then", [("date", day(reviewed)), ("then", review(words, what).into())])
            }
        },
        Why::NotAsked => words.text("why-not-asked"),
        Why::NotExamined => words.text("why-not-examined"),
        Why::NotScreened => words.text("why-not-screened"),
        Why::NewerThanScreening { since, screened } => {
            words.with("why-newer", [("since", day(since)), ("screened", day(screened))])
        }
        Why::Waits { on: reviewed } => on("why-waits", reviewed),
        Why::WaitsWithoutDay { on: reviewed } => on("why-waits-without-day", reviewed),
        Why::ReviewDue(what) => review(words, what),
        Why::GivenNotReviewed => words.text("why-given-not-reviewed"),
        Why::CourseOver { on: reviewed } => on("why-course-over", reviewed),
        Why::PlanNotTaken { on: planned } => on("why-plan-not-taken", planned),
        Why::ToPlan { decision, because } => {
            let because = match because {
                NoCourse::EndedByReview { on: reviewed } => on("why-ended-by-review", reviewed),
                NoCourse::NeverPlanned => words.text("why-never-planned"),
                NoCourse::NotTaken { on: planned } => on("why-screened-since", planned),
                NoCourse::Over => words.text("why-asked-after-course"),
            };
            format!("{}; {because}", self::decision(words, decision))
        }
        Why::NoCourseFollowed => words.text("why-no-course"),
        Why::Session { number, total, gate } => {
            let (key, date) = match gate {
                AtTheGate::Refused { on } => ("why-session-refused", on),
                AtTheGate::Permitted { on } => ("why-session-permitted", on),
                AtTheGate::NotAsked { earliest } => ("why-session", earliest),
            };
            words.with(key, [("number", number.to_string().into()), ("total", total.to_string().into()), ("date", day(date))])
        }
        Why::NoConsent => words.text("why-no-consent"),
        Why::ConsentTooOld { on, valid_days, when } => {
            let key = match when {
                TooOld::Now => "why-consent-old",
                TooOld::ByThen => "why-consent-will-be-old",
            };
            words.with(key, [("date", day(on)), ("days", valid_days.to_string().into())])
        }
        Why::Screening { on: screened, decision } => {
            words.with("why-screening", [("date", day(screened)), ("decision", self::decision(words, decision).into())])
        }
    }
}

/// What screening decided.
pub(crate) fn decision(words: &Words, decision: Decision) -> String {
    let until = |key: &str, day: Date| words.with(key, [("date", words.date(day).into())]);
    match decision {
        Decision::Suitable => words.text("why-decided-suitable"),
        Decision::SuitableWithPrecautions => words.text("why-decided-precautions"),
        Decision::CannotDecide => words.text("why-decided-cannot-decide"),
        Decision::Defer(Until::Date(day)) => until("why-decided-defer-until", day),
        Decision::Defer(Until::State) => words.text("why-decided-defer-cleared"),
        Decision::Defer(Until::DateAndState(day)) => until("why-decided-defer-both", day),
        Decision::NotSuitable => words.text("why-decided-not-suitable"),
    }
}

fn review(words: &Words, what: ReviewKind) -> String {
    words.text(match what {
        ReviewKind::WithinCourse => "why-review-within",
        ReviewKind::Verdict => "why-review-verdict",
        ReviewKind::BetterVerdict => "why-review-better",
        ReviewKind::Durability => "why-review-durability",
    })
}
