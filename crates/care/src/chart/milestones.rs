//! The few days of a chart that decide what comes next: small enough to keep beside every chart.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::body::{Decided, PlanAdopted, Purpose, Severity};
use super::course::{Course, ReviewAfter};
use super::fold::{Chart, SinceReview};
use crate::gate::Permit;
use crate::screening::Decision;

/// Where a chart stands, without today's date.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Milestones {
    /// Day of registration.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registered: Option<Date>,
    /// Day of the latest intake.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub intake: Option<Date>,
    /// Day of the latest examination.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub examined: Option<Date>,
    /// Day of the latest intake, examination or correction of either that no screening has looked at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unscreened_since: Option<Date>,
    /// The latest screening.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub screened: Option<(Date, Decision)>,
    /// The latest plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<PlanStanding>,
    /// Day on which the patient last consented to treatment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consented: Option<Date>,
    /// Day on which that consent was taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Date>,
    /// The latest gate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gated: Option<(Date, Permit)>,
    /// Days of the sessions given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sessions: Vec<Date>,
    /// The worst adverse event that is not over: the day it was noticed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub open_event: Option<(Severity, Date)>,
    /// The latest review.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reviewed: Option<(Date, Decided)>,
    /// First day on which that review would call failure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verdict_not_before: Option<Date>,
    /// What came after it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since_review: Option<SinceReview>,
}

/// The latest plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlanStanding {
    /// Day of the plan.
    pub on: Date,
    /// The course that is followed; nothing when it was rejected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub course: Option<Agenda>,
}

/// The days of a course, without what was expected of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Agenda {
    /// Sessions given and still to come.
    pub total_sessions: usize,
    /// Days between two sessions.
    pub interval_days: u32,
    /// Earliest days of the sessions that were still to come when it was planned; the last is session `total_sessions`.
    pub sessions: Vec<Date>,
    /// When to look again.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "review_rows")]
    pub reviews: Vec<ReviewAfter>,
}

impl Agenda {
    /// Of a course.
    #[must_use]
    pub fn of(course: &Course) -> Self {
        Self {
            total_sessions: course.total_sessions,
            interval_days: course.interval_days,
            sessions: course.sessions.iter().map(|session| session.not_before).collect(),
            reviews: course.reviews.clone(),
        }
    }

    /// Number and earliest day of the next session, after those given; nothing when all were given.
    #[must_use]
    pub fn next_session(&self, given: &[Date]) -> Option<(usize, Date)> {
        let number = given.len() + 1;
        let given_before = self.total_sessions.saturating_sub(self.sessions.len());
        let planned = *self.sessions.get(given.len().saturating_sub(given_before))?;
        let rested = given.last().map(|last| last.saturating_add(i64::from(self.interval_days).days()));
        Some((number, rested.map_or(planned, |rested| rested.max(planned))))
    }
}

impl Milestones {
    /// Of a chart.
    #[must_use]
    pub fn of(chart: &Chart) -> Self {
        let open = chart.events.iter().filter(|event| event.open());
        // of events equally bad, the one that waits longest
        let worst = open
            .map(|event| (event.noticed.severity, event.noticed.on))
            .max_by_key(|&(severity, on)| (severity, std::cmp::Reverse(on)));
        let plan = |plan: &PlanAdopted| PlanStanding { on: plan.on, course: plan.course().map(Agenda::of) };
        Self {
            registered: chart.registered.as_ref().map(|registered| registered.on),
            intake: chart.intake.as_ref().map(|intake| intake.on),
            examined: chart.examined.as_ref().map(|examined| examined.on),
            unscreened_since: chart.unscreened_since,
            screened: chart.screened.as_ref().map(|screened| (screened.on, screened.answer.decision)),
            plan: chart.plan.as_ref().map(plan),
            consented: chart.consents.get(&Purpose::Treatment).copied(),
            withdrawn: chart.withdrawn,
            gated: chart.gates.last().map(|(_, gate)| (gate.on, gate.answer.permit)),
            sessions: chart.sessions.iter().map(|session| session.on).collect(),
            open_event: worst,
            reviewed: chart.reviewed.as_ref().map(|reviewed| (reviewed.on, reviewed.decided)),
            verdict_not_before: chart.reviewed.as_ref().and_then(|reviewed| reviewed.answer.verdict_not_before),
            since_review: chart.since_review.filter(|_| chart.reviewed.is_some()),
        }
    }
}

/// Reviews as rows without field names: they are most of what is kept of a course.
mod review_rows {
    use serde::{Deserialize, Deserializer, Serializer};

    use super::ReviewAfter;

    pub(super) fn serialize<S: Serializer>(reviews: &[ReviewAfter], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(reviews.iter().map(|review| (review.what, review.after_session, review.after_days)))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<ReviewAfter>, D::Error> {
        let rows = Vec::deserialize(deserializer)?;
        let row = |(what, after_session, after_days)| ReviewAfter { what, after_session, after_days };
        Ok(rows.into_iter().map(row).collect())
    }
}
