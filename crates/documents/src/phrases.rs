//! Phrases that several documents share.

use jiff::civil::Date;
use resurface_care::chart::{Course, Registered};
use resurface_care::course::Outlook;
use resurface_words::Words;
use serde_json::Value;

use crate::text::Text;

/// The word of a named value: it stands under the prefix and the name under which the value is kept.
pub(crate) fn named(prefix: &str, value: &impl serde::Serialize, words: &Words) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(name)) => words.text(&format!("document-{prefix}-{name}")),
        _ => String::new(),
    }
}

/// When a patient was born.
pub(crate) fn born(patient: &Registered, words: &Words) -> String {
    words.with("document-born", [("date", words.date(patient.birth_date).into())])
}

/// A day that may not be known.
pub(crate) fn day(day: Option<Date>, words: &Words) -> String {
    day.map_or_else(|| words.text("document-day-not-known"), |day| words.short_date(day))
}

/// A depth as needles are set.
pub(crate) fn depth(um: Option<u32>, words: &Words) -> String {
    um.map_or_else(|| "–".to_owned(), |um| format!("{}\u{a0}mm", words.number(f64::from(um) / 1000.0, 2)))
}

/// So many sessions, so many days apart.
pub(crate) fn course(course: &Course, words: &Words) -> String {
    let parts = [("sessions", course.total_sessions.into()), ("days", course.interval_days.into())];
    words.with("document-course", parts)
}

/// A chance as a count of a hundred.
pub(crate) fn of_hundred(chance: f64, words: &Words) -> String {
    match (100.0 * chance).round() as u32 {
        0 => words.text("document-fewer-than-one"),
        100 => words.text("document-more-than-99"),
        count => words.with("document-about", [("count", count.into())]),
    }
}

/// What is expected at one moment, as the cells of a row: best estimate, half, 80, 95, chance of the goal.
pub(crate) fn outlook(outlook: &Outlook, words: &Words) -> Vec<Text> {
    let span = |span: resurface_care::course::Span| Text::plain(words.percent_span(span.low, span.high));
    vec![
        Text::strong(words.percent(outlook.median)),
        span(outlook.interval_50),
        span(outlook.interval_80),
        span(outlook.interval_95),
        Text::plain(words.chance(outlook.chance_of_goal)),
    ]
}

/// The ids of sources, as they stand behind a sentence.
pub(crate) fn cited(sources: &[String]) -> Text {
    if sources.is_empty() { Text::default() } else { Text::plain(format!(" [{}]", sources.join(", "))).quiet() }
}
