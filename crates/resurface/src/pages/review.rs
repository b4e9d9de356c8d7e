//! Is it working? Outcomes against the forecast made before them, and whether to go on.

use resurface_care::review::{Advice, Comparison, Review, Verdict};

use super::words;
use crate::terminal::{Align, Column, Page, Table, Tone};

/// The review of a course that has begun.
pub(super) fn section(page: &mut Page, review: &Review) {
    page.heading("Is it working?");
    let (tone, advice) = match review.advice {
        Advice::Continue => (Tone::Clear, "go on with the next session, when screening and the gate permit"),
        Advice::WaitForVerdict => (Tone::Caution, "look again on the day of the verdict before deciding"),
        Advice::Stop => (Tone::Caution, "stop: the goal is reached, or another session adds too little"),
        Advice::Switch => (Tone::Stop, "stop, and offer another treatment"),
    };
    let verdict = match review.verdict {
        Verdict::TooEarlyToSay => "too early to say",
        Verdict::OnCourse => "on course",
        Verdict::BetterThanExpected => "better than expected",
        Verdict::Slower => "slower than expected",
        Verdict::NotResponding => "not responding",
    };
    page.verdict(tone, "REVIEW", &format!("{verdict} · {advice}"));
    if !review.comparisons.is_empty() {
        comparisons(page, &review.comparisons);
    }
    if let Some(day) = review.verdict_not_before {
        page.field("verdict from", &day.to_string());
    }
    for reason in &review.reasons {
        let sources: Vec<&str> = reason.sources.iter().map(String::as_str).collect();
        let cited = if sources.is_empty() { String::new() } else { format!(" [{}]", sources.join(", ")) };
        page.item(&format!("{}{cited}", reason.text));
    }
}

fn comparisons(page: &mut Page, comparisons: &[Comparison]) {
    let mut table = Table::new(vec![
        Column::new("measured on", Align::Left),
        Column::new("value", Align::Right),
        Column::new("expected", Align::Right),
        Column::droppable("no better, of 100", Align::Right, 1),
        Column::new("what, by whom", Align::Left),
    ]);
    for comparison in comparisons {
        let outcome = &comparison.outcome;
        let rater = outcome.rater.map(|rater| format!(", {}", words::of(&rater))).unwrap_or_default();
        let share = comparison.percentile_before_treatment.unwrap_or(comparison.percentile_learned);
        table.row(vec![
            outcome.date.to_string(),
            format!("{}", outcome.value),
            format!("{:.1}", comparison.expected),
            format!("{:.0}", 100.0 * share),
            format!("{}{rater}", words::scale(outcome.scale)),
        ]);
    }
    page.table(&table);
    page.text(
        "expected: the forecast that had learned from every earlier outcome. no better: of 100 forecasts made before treatment, so \
         many are no better than what was measured.",
    );
}
