//! The pathway of one chart: which steps are behind it, and when they were taken.

use jiff::civil::Date;
use resurface_care::chart::{Chart, Milestones};
use serde::Serialize;

use super::entries;
use crate::terminal::{Align, Charset, Column, Page, Table};

/// One step.
#[derive(Debug, Serialize)]
pub(crate) struct PathwayStep {
    /// Its name.
    pub(crate) step: &'static str,
    /// How far it is.
    pub(crate) state: State,
    /// When it was taken last.
    pub(crate) on: Option<Date>,
    /// What came of it.
    pub(crate) words: String,
}

/// How far a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum State {
    /// Taken.
    Done,
    /// Begun, or to be taken again.
    Partly,
    /// Not taken.
    Open,
}

/// Every step of the pathway.
pub(crate) fn steps(chart: &Chart, milestones: &Milestones) -> Vec<PathwayStep> {
    let taken = |step, on: Option<Date>, words: String| {
        let state = if on.is_some() { State::Done } else { State::Open };
        PathwayStep { step, state, on, words }
    };
    let mut screened = taken("screened", milestones.screened.map(|(on, _)| on), String::new());
    if let Some((_, decision)) = milestones.screened {
        screened.words = decision.to_string();
        if let Some(since) = milestones.unscreened_since {
            screened.state = State::Partly;
            screened.words = format!("{decision}; findings of {since} are newer");
        }
    }
    vec![
        taken("registered", milestones.registered, String::new()),
        taken("intake", milestones.intake, String::new()),
        taken("examined", milestones.examined, String::new()),
        screened,
        planned(chart, milestones),
        consented(milestones),
        sessions(milestones),
        taken(
            "review",
            milestones.reviewed.map(|(on, _)| on),
            chart.reviewed.as_ref().map(entries::reviewed).unwrap_or_default(),
        ),
    ]
}

fn planned(chart: &Chart, milestones: &Milestones) -> PathwayStep {
    let (state, words) = match milestones.plan.as_ref().map(|plan| &plan.course) {
        None => (State::Open, String::new()),
        Some(None) => (State::Partly, "the course proposed was not taken".to_owned()),
        Some(Some(course)) => (State::Done, entries::sessions_apart(course.total_sessions, course.interval_days)),
    };
    PathwayStep { step: "planned", state, on: chart.plan.as_ref().map(|plan| plan.on), words }
}

fn consented(milestones: &Milestones) -> PathwayStep {
    let (state, on, words) = match (milestones.consented, milestones.withdrawn) {
        (_, Some(withdrawn)) => (State::Open, Some(withdrawn), "taken back".to_owned()),
        (Some(on), None) => (State::Done, Some(on), "to treatment".to_owned()),
        (None, None) => (State::Open, None, String::new()),
    };
    PathwayStep { step: "consented", state, on, words }
}

fn sessions(milestones: &Milestones) -> PathwayStep {
    let given = milestones.sessions.len();
    let planned = milestones.plan.as_ref().and_then(|plan| plan.course.as_ref()).map(|course| course.total_sessions);
    let (state, words) = match (given, planned) {
        (0, Some(planned)) => (State::Open, format!("0 of {planned}")),
        (0, None) => (State::Open, String::new()),
        (given, Some(planned)) if given < planned => (State::Partly, format!("{given} of {planned}")),
        (given, Some(planned)) => (State::Done, format!("{given} of {planned}")),
        (given, None) => (State::Partly, format!("{given}, without a plan that was taken")),
    };
    PathwayStep { step: "sessions", state, on: milestones.sessions.last().copied(), words }
}

/// The steps below each other, each with its mark.
pub(super) fn section(page: &mut Page, steps: &[PathwayStep]) {
    page.heading("Pathway");
    let mut table = Table::new(vec![
        Column::new("", Align::Left),
        Column::new("step", Align::Left),
        Column::new("day", Align::Left),
        Column::new("what came of it", Align::Left),
    ]);
    let charset = page.look().charset;
    for step in steps {
        let mark = match (step.state, charset) {
            (State::Done, Charset::Unicode) => "✓",
            (State::Done, Charset::Ascii) => "x",
            (State::Partly, _) => "~",
            (State::Open, _) => ".",
        };
        let on = step.on.map_or_else(|| "-".to_owned(), |on| on.to_string());
        table.row(vec![mark.to_owned(), step.step.to_owned(), on, step.words.clone()]);
    }
    page.table(&table);
}
