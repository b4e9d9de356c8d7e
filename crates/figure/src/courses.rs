//! The courses of a plan, compared by what they bring.

use resurface_care::course::CourseRow;
use resurface_care::plan::{Plan, Standing};
use resurface_words::Words;

use crate::interval_dots::{DotRow, Emphasis, IntervalDots};

impl IntervalDots {
    /// Courses of different lengths at the interval of the plan, with the chance of reaching the goal; nothing when there is no
    /// forecast.
    #[must_use]
    pub fn of_courses(plan: &Plan, words: &Words) -> Option<Self> {
        let forecast = plan.forecast.as_ref()?;
        let rows: Vec<&CourseRow> = forecast.courses.iter().filter(|row| row.interval_weeks == forecast.interval_weeks).collect();
        let told: Vec<String> = rows.iter().map(|row| told(row, words)).collect();
        let chosen = match &plan.standing {
            Standing::Proposed { proposal } | Standing::AfterDeferral { would_be: proposal, .. } => Some(proposal.total_sessions),
            Standing::Withheld { .. } => None,
        };
        Some(Self {
            title: words.text("figure-courses"),
            description: words.with("figure-courses-description", [("courses", told.join(" ").into())]),
            columns: vec![words.text("figure-chance-of-goal")],
            rows: rows.into_iter().map(|row| dots(row, chosen, words)).collect(),
            goal_percent: Some(f64::from(plan.goal.improvement_percent)),
            notes: vec![words.with("figure-courses-note", [("weeks", words.number(forecast.interval_weeks, 0).into())])],
        })
    }
}

fn told(row: &CourseRow, words: &Words) -> String {
    let ahead = &row.at_three_months;
    let parts = [
        ("sessions", row.total_sessions.into()),
        ("median", words.percent(ahead.median).into()),
        ("eighty", words.percent_span(ahead.interval_80.low, ahead.interval_80.high).into()),
        ("chance", words.chance(ahead.chance_of_goal).into()),
    ];
    words.with("figure-courses-of", parts)
}

fn dots(row: &CourseRow, chosen: Option<usize>, words: &Words) -> DotRow {
    let ahead = &row.at_three_months;
    let emphasis = if chosen == Some(row.total_sessions) {
        Emphasis::Chosen
    } else if row.not_allowed.is_empty() {
        Emphasis::Plain
    } else {
        Emphasis::Aside
    };
    DotRow {
        label: words.with("figure-sessions", [("count", row.total_sessions.into())]),
        cells: vec![words.chance(ahead.chance_of_goal)],
        median: 100.0 * ahead.median,
        eighty: Some((100.0 * ahead.interval_80.low, 100.0 * ahead.interval_80.high)),
        ninety_five: Some((100.0 * ahead.interval_95.low, 100.0 * ahead.interval_95.high)),
        emphasis,
    }
}
