//! The decision, in large plain words.

use maud::{Markup, html};
use resurface_care::screening::{Decision, Screening, Until};
use resurface_words::Words;

/// The decision, in large plain words.
pub(in crate::pages) fn verdict(words: &Words, screening: &Screening<'_>) -> Markup {
    let (tone, sign) = tone(screening.decision);
    html! {
        section.verdict.(tone) aria-labelledby="verdict" {
            span.sign aria-hidden="true" { (sign) }
            div {
                h2 id="verdict" { (says(words, screening.decision)) }
                p { (words.text(&format!("decision-{}-means", key(screening.decision)))) }
                p.small {
                    (words.with("screening-rules", [("count", screening.rules_looked_at.to_string().into()), ("date", words.date(screening.date).into())]))
                }
            }
        }
    }
}

/// A decision in words.
pub(in crate::pages) fn says(words: &Words, decision: Decision) -> String {
    match decision {
        Decision::Defer(Until::Date(day)) => words.with("decision-defer-date", [("date", words.date(day).into())]),
        Decision::Defer(Until::DateAndState(day)) => words.with("decision-defer-both", [("date", words.date(day).into())]),
        decision => words.text(&format!("decision-{}", key(decision))),
    }
}

/// How a decision is meant: its colour, and a sign for whoever does not see it.
pub(super) const fn tone(decision: Decision) -> (&'static str, &'static str) {
    match decision {
        Decision::Suitable => ("good", "\u{2713}"),
        Decision::SuitableWithPrecautions => ("warn", "!"),
        Decision::CannotDecide => ("danger", "?"),
        Decision::Defer(_) => ("danger", "\u{2016}"),
        Decision::NotSuitable => ("danger", "\u{2715}"),
    }
}

const fn key(decision: Decision) -> &'static str {
    match decision {
        Decision::Suitable => "suitable",
        Decision::SuitableWithPrecautions => "precautions",
        Decision::CannotDecide => "cannot-decide",
        Decision::Defer(_) => "defer",
        Decision::NotSuitable => "not-suitable",
    }
}
