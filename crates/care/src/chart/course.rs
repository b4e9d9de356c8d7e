//! The course that a practitioner takes: how many sessions, when, when to look again, and what was expected of it.

use jiff::ToSpan;
use jiff::civil::Date;
use resurface_knowledge::settings::Settings;
use serde::{Deserialize, Serialize};

use super::answer::thousandths;
use crate::course::{CourseRow, Outlook};
use crate::plan::{Plan, PlannedSession, Proposal, ReviewKind};

/// A course.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Course {
    /// Sessions given and still to come.
    pub total_sessions: usize,
    /// Days between two sessions.
    pub interval_days: u32,
    /// Sessions still to come, with the earliest day of each.
    pub sessions: Vec<PlannedSession>,
    /// When to look again.
    pub reviews: Vec<ReviewAfter>,
    /// What was expected of it; nothing when it was edited into one that the forecast was not asked about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<Expected>,
}

/// What was expected of a course, three months after its last session.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Expected {
    /// Median improvement, in percent.
    pub improvement_percent: f64,
    /// Four fifths of such patients lie between these, in percent.
    pub span_80_percent: (f64, f64),
    /// Chance of the goal, 0 to 1.
    pub chance_of_goal: f64,
}

/// A day to look again, counted from a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewAfter {
    /// What is looked at.
    pub what: ReviewKind,
    /// After which session of the course.
    pub after_session: usize,
    /// Days after that session.
    pub after_days: u32,
}

impl Expected {
    fn of(outlook: &Outlook) -> Self {
        Self {
            improvement_percent: tenths(outlook.median),
            span_80_percent: (tenths(outlook.interval_80.low), tenths(outlook.interval_80.high)),
            chance_of_goal: thousandths(outlook.chance_of_goal),
        }
    }
}

impl Course {
    pub(super) fn of(proposal: &Proposal) -> Self {
        let planned = |number: usize| proposal.sessions.iter().find(|session| session.number == number);
        let reviews = proposal.reviews.iter().filter_map(|review| {
            let session = planned(review.after_session)?;
            let days = session.not_before.until(review.not_before?).ok()?.get_days();
            Some(ReviewAfter {
                what: review.what,
                after_session: review.after_session,
                after_days: u32::try_from(days).unwrap_or_default(),
            })
        });
        Self {
            total_sessions: proposal.total_sessions,
            interval_days: (proposal.choice.interval_weeks * 7.0) as u32,
            sessions: proposal.sessions.clone(),
            reviews: reviews.collect(),
            expected: Some(Expected::of(&proposal.at_three_months)),
        }
    }

    /// Sessions given before the course was planned.
    #[must_use]
    pub fn given_before(&self) -> usize {
        self.total_sessions.saturating_sub(self.sessions.len())
    }

    /// The course with another number of sessions, or another interval, from the same first day. Its reviews move with it.
    /// What is expected of it is read from the table of courses of the same plan; where the table has no such course, nothing
    /// is expected of it.
    pub(super) fn edited(&self, total_sessions: usize, interval_days: u32, plan: &Plan, settings: &Settings) -> Self {
        let given = self.given_before();
        let further = total_sessions.saturating_sub(given);
        let first = self.sessions.first().map(|session| session.not_before);
        let sessions = first.into_iter().flat_map(|first| {
            (0..further).map(move |at| PlannedSession {
                number: given + at + 1,
                not_before: first.saturating_add((i64::from(interval_days) * at as i64).days()),
            })
        });
        let early = settings.review_after_sessions_first.whole() as usize..=settings.review_after_sessions_last.whole() as usize;
        let within = early.filter(|number| *number > given && *number < total_sessions).map(|after_session| ReviewAfter {
            what: ReviewKind::WithinCourse,
            after_session,
            after_days: interval_days,
        });
        let after_last = self.reviews.iter().filter(|review| review.what != ReviewKind::WithinCourse);
        let after_last = after_last.map(|review| ReviewAfter { after_session: total_sessions, ..*review });
        Self {
            total_sessions,
            interval_days,
            sessions: sessions.collect(),
            reviews: within.chain(after_last).collect(),
            expected: row(plan, further, interval_days).map(|row| Expected::of(&row.at_three_months)),
        }
    }

    /// Earliest day of a session of the course, after the sessions given so far.
    #[must_use]
    pub fn not_before(&self, number: usize, last_session: Option<Date>) -> Option<Date> {
        let planned = self.sessions.iter().find(|session| session.number == number)?.not_before;
        let rested = last_session.map(|last| last.saturating_add(i64::from(self.interval_days).days()));
        Some(rested.map_or(planned, |rested| rested.max(planned)))
    }
}

/// The course of the plan's table with so many further sessions at this interval.
fn row(plan: &Plan, further_sessions: usize, interval_days: u32) -> Option<&CourseRow> {
    plan.forecast
        .as_ref()?
        .courses
        .iter()
        .find(|row| row.further_sessions == further_sessions && (row.interval_weeks * 7.0 - f64::from(interval_days)).abs() < 0.5)
}

/// A fraction in percent, to one decimal: nobody measures finer.
fn tenths(fraction: f64) -> f64 {
    (fraction * 1000.0).round() / 10.0
}
