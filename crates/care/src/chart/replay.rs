//! Computing a past decision again, from the chart as it stood before it.

use jiff::civil::Date;

use super::answer::{GateAnswer, PlanAnswer, ReviewAnswer, ScreeningAnswer};
use super::body::{Body, Decided};
use super::decide::{Bench, DecideError};
use super::digest::Digest;
use super::fold::Chart;
use crate::review::Verdict;

/// A decision that was computed again.
#[derive(Clone, Debug, PartialEq)]
pub enum Replayed {
    /// To the same answer, byte for byte.
    Same,
    /// To another one.
    Different(Vec<Difference>),
}

impl Replayed {
    /// Whether anything with a name came out otherwise. Another version of the knowledge is part of every answer, so that its
    /// digest differs even where nothing that was decided does.
    #[must_use]
    pub fn decides_otherwise(&self) -> bool {
        matches!(self, Self::Different(found) if found.iter().any(|difference| difference.what != Difference::REST))
    }
}

/// One thing that came out otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What.
    pub what: &'static str,
    /// As it was written down.
    pub recorded: String,
    /// As it comes out now.
    pub now: String,
}

impl Difference {
    /// What differs when nothing that has a name does.
    pub const REST: &str = "the rest of the answer (SHA-256)";
}

/// Computes a decision again; nothing when the entry is no decision. `before` is the chart as it stood before the entry.
///
/// # Errors
/// When it cannot be computed at all.
pub fn replay(before: &Chart, body: &Body, bench: &Bench<'_>) -> Result<Option<Replayed>, DecideError> {
    let mut found = Found::default();
    match body {
        Body::Screened(then) => {
            let now = bench.screen(before, then.on, &then.setting, &then.overrides)?.answer;
            found.screening(&then.answer, &now);
        }
        Body::SessionGated(then) => {
            let now = bench.gate(before, then.on, &then.setting, &then.overrides, &then.day)?.answer;
            found.gate(&then.answer, &now);
        }
        Body::PlanAdopted(then) => {
            let consultation = before.asked(then.on, &then.setting, &then.overrides, None)?;
            found.plan(&then.answer, &PlanAnswer::of(&bench.planned(&consultation)?)?);
        }
        Body::Reviewed(then) => {
            let now = bench.review(before, then.on, &then.setting, &then.overrides, None)?.answer;
            found.review(&then.answer, &now);
        }
        _ => return Ok(None),
    }
    Ok(Some(if found.0.is_empty() { Replayed::Same } else { Replayed::Different(found.0) }))
}

#[derive(Default)]
struct Found(Vec<Difference>);

impl Found {
    fn compare(&mut self, what: &'static str, recorded: impl Into<String>, now: impl Into<String>) {
        let (recorded, now) = (recorded.into(), now.into());
        if recorded != now {
            self.0.push(Difference { what, recorded, now });
        }
    }

    /// The digest of everything else in the answer: named only when nothing that has a name differs.
    fn rest(&mut self, recorded: Digest, now: Digest) {
        if self.0.is_empty() {
            self.compare(Difference::REST, recorded.to_string(), now.to_string());
        }
    }

    fn screening(&mut self, then: &ScreeningAnswer, now: &ScreeningAnswer) {
        self.compare("decision", then.decision.to_string(), now.decision.to_string());
        self.compare("rules that counted", then.findings.join(", "), now.findings.join(", "));
        self.compare("rules not answered", then.unanswered.join(", "), now.unanswered.join(", "));
        self.rest(then.sha256, now.sha256);
    }

    fn gate(&mut self, then: &GateAnswer, now: &GateAnswer) {
        self.compare("permit", then.permit.words(), now.permit.words());
        self.compare("decision", then.decision.to_string(), now.decision.to_string());
        self.compare("rules that counted", then.findings.join(", "), now.findings.join(", "));
        self.compare("checks against", then.against.join("; "), now.against.join("; "));
        self.rest(then.sha256, now.sha256);
    }

    fn plan(&mut self, then: &PlanAnswer, now: &PlanAnswer) {
        let course = |answer: &PlanAnswer| {
            answer.course.as_ref().map_or_else(
                || "none".to_owned(),
                |course| format!("{} sessions, {} days apart", course.total_sessions, course.interval_days),
            )
        };
        let expected = |answer: &PlanAnswer| {
            answer.course.as_ref().and_then(|course| course.expected).map_or_else(String::new, |expected| {
                let (low, high) = expected.span_80_percent;
                format!("{:.1} % ({low:.1} to {high:.1})", expected.improvement_percent)
            })
        };
        self.compare("decision", then.decision.to_string(), now.decision.to_string());
        self.compare("course proposed", course(then), course(now));
        self.compare("improvement expected", expected(then), expected(now));
        self.rest(then.sha256, now.sha256);
    }

    fn review(&mut self, then: &ReviewAnswer, now: &ReviewAnswer) {
        self.compare("verdict", verdict_words(then.verdict), verdict_words(now.verdict));
        self.compare("advice", Decided::advised(then.advice).words(), Decided::advised(now.advice).words());
        let day = |day: Option<Date>| day.map_or_else(|| "none".to_owned(), |day| day.to_string());
        self.compare("day of the verdict", day(then.verdict_not_before), day(now.verdict_not_before));
        self.compare("chance of the goal", then.chance_of_goal.to_string(), now.chance_of_goal.to_string());
        self.rest(then.sha256, now.sha256);
    }
}

const fn verdict_words(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::TooEarlyToSay => "too early to say",
        Verdict::OnCourse => "on course",
        Verdict::BetterThanExpected => "better than expected",
        Verdict::Slower => "slower than expected",
        Verdict::NotResponding => "not responding",
    }
}
