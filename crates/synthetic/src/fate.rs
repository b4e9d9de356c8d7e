//! What became of a patient, read from the chart as anyone could read it.

use jiff::ToSpan;
use jiff::civil::Date;
use resurface_care::chart::{Body, Chart, Decided, EntryId, Milestones, Step};
use resurface_care::review::Verdict;
use resurface_care::screening::Decision;
use resurface_knowledge::settings::Settings;

/// What became of a patient.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// Came lately: at most one session.
    JustStarted,
    /// Two sessions or more, and no verdict yet.
    InCourse,
    /// Reviewed, as forecast or better: the goal is likely, or the course is over and followed up.
    Responder,
    /// Reviewed at some time as worse than nine tenths of forecasts, and not given up for it.
    SlowResponder,
    /// Stopped at a review, to be offered something else.
    NonResponderStopped,
    /// Stopped at a review short of the goal because another session adds too little, or followed up to the end.
    Finished,
    /// Waited for something to clear, and was treated then.
    DeferredThenTreated,
    /// Waits for something to clear.
    StillDeferred,
    /// Not a patient for microneedling.
    NotSuitable,
    /// Screening could not decide: answers are missing.
    Undecided,
    /// Did not want the course.
    Declined,
    /// Something went wrong after a session.
    AdverseEvent,
    /// Took consent back.
    Withdrew,
}

impl Fate {
    /// Every fate.
    pub const ALL: [Self; 13] = [
        Self::JustStarted,
        Self::InCourse,
        Self::Responder,
        Self::SlowResponder,
        Self::NonResponderStopped,
        Self::Finished,
        Self::DeferredThenTreated,
        Self::StillDeferred,
        Self::NotSuitable,
        Self::Undecided,
        Self::Declined,
        Self::AdverseEvent,
        Self::Withdrew,
    ];

    /// In words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::JustStarted => "just started",
            Self::InCourse => "within the course",
            Self::Responder => "responds as forecast, or better",
            Self::SlowResponder => "slower than forecast",
            Self::NonResponderStopped => "stopped: does not respond",
            Self::Finished => "finished",
            Self::DeferredThenTreated => "waited, then treated",
            Self::StillDeferred => "waits until it has cleared",
            Self::NotSuitable => "not suitable",
            Self::Undecided => "answers are missing",
            Self::Declined => "declined the course",
            Self::AdverseEvent => "had an adverse event",
            Self::Withdrew => "took consent back",
        }
    }

    /// Reads it from a chart and its entries, seen from `until`.
    pub(crate) fn of(chart: &Chart, entries: &[(EntryId, Body)], settings: &Settings, until: Date) -> Self {
        if chart.withdrawn.is_some() {
            return Self::Withdrew;
        }
        if !chart.events.is_empty() {
            return Self::AdverseEvent;
        }
        if chart.sessions.is_empty() {
            return match chart.screened.as_ref().map(|screened| screened.answer.decision) {
                Some(Decision::NotSuitable) => Self::NotSuitable,
                Some(Decision::CannotDecide) => Self::Undecided,
                Some(Decision::Defer(_)) => Self::StillDeferred,
                _ if chart.plan.as_ref().is_some_and(|plan| plan.course().is_none()) => Self::Declined,
                _ => Self::JustStarted,
            };
        }
        if waited_before_treatment(entries) {
            return Self::DeferredThenTreated;
        }
        let over = Milestones::of(chart).next_step(settings, until).step == Step::Nothing;
        Self::after_reviews(chart, entries, settings, over)
    }

    fn after_reviews(chart: &Chart, entries: &[(EntryId, Body)], settings: &Settings, over: bool) -> Self {
        let early = if chart.sessions.len() > 1 { Self::InCourse } else { Self::JustStarted };
        let Some(reviewed) = &chart.reviewed else { return early };
        let goal_likely = reviewed.answer.chance_of_goal >= settings.chance_wanted.value;
        match (reviewed.answer.verdict, reviewed.decided) {
            (Verdict::NotResponding, _) | (_, Decided::Switch) => return Self::NonResponderStopped,
            _ if was_slow(entries) => return Self::SlowResponder,
            (_, Decided::Stop) => return if goal_likely { Self::Responder } else { Self::Finished },
            _ => {}
        }
        let verdict_days = i64::from(settings.verdict_days.whole());
        let late = chart.sessions.last().is_some_and(|last| last.on.saturating_add(verdict_days.days()) <= reviewed.on);
        match (late, over && reviewed.decided != Decided::Wait) {
            (true, true) => Self::Finished,
            (true, false) => Self::Responder,
            (false, _) => early,
        }
    }
}

/// Whether some screening before the first session did not permit it.
fn waited_before_treatment(entries: &[(EntryId, Body)]) -> bool {
    entries.iter().take_while(|(_, body)| !matches!(body, Body::SessionDelivered(_))).any(|(_, body)| match body {
        Body::Screened(screened) => matches!(screened.answer.decision, Decision::Defer(_) | Decision::NotSuitable),
        _ => false,
    })
}

/// Whether some review found it worse than nine tenths of forecasts, called early or not. Every review here has an outcome of
/// its day, so that "too early to say" is a slow start.
fn was_slow(entries: &[(EntryId, Body)]) -> bool {
    entries.iter().any(|(_, body)| match body {
        Body::Reviewed(reviewed) => matches!(reviewed.answer.verdict, Verdict::Slower | Verdict::TooEarlyToSay),
        _ => false,
    })
}
