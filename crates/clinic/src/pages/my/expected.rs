//! What a course was expected to bring, in words and as one bar.

use maud::{Markup, html};
use resurface_care::chart::Expected;
use resurface_words::Words;

/// Out of ten people, as one says it.
fn out_of_ten(chance: f64) -> u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a chance is between 0 and 1")]
    let people = (chance.clamp(0.0, 1.0) * 10.0).round() as u32;
    people
}

pub(super) fn view(words: &Words, expected: &Expected, goal_percent: Option<f64>) -> Markup {
    let (low, high) = expected.span_80_percent;
    let number = |percent: f64| words.percentage(percent.max(0.0));
    html! {
        p { (words.with("my-expected-middle", [("middle", number(expected.improvement_percent).into())])) }
        p { (words.with("my-expected-span", [("low", number(low).into()), ("high", number(high).into())])) }
        @if let Some(goal) = goal_percent {
            p { (words.with("my-expected-goal", [("goal", number(goal).into()), ("people", out_of_ten(expected.chance_of_goal).to_string().into())])) }
        }
        (bar(words, expected, goal_percent))
        p.small { (words.text("my-expected-note")) }
    }
}

/// From no change to no scars left: where four fifths end, the middle, and the goal.
fn bar(words: &Words, expected: &Expected, goal_percent: Option<f64>) -> Markup {
    let at = |percent: f64| 20.0 + percent.clamp(0.0, 100.0) * 5.6;
    let (low, high) = (at(expected.span_80_percent.0), at(expected.span_80_percent.1));
    let middle = at(expected.improvement_percent);
    html! {
        figure.expected {
            svg viewBox="0 0 600 96" role="img" aria-label=(words.text("my-expected-figure")) {
                rect.track x="20" y="34" width="560" height="22" rx="11" {}
                rect.span x=(low) y="34" width=((high - low).max(2.0)) height="22" rx="11" {}
                line.middle x1=(middle) x2=(middle) y1="28" y2="62" {}
                @if let Some(goal) = goal_percent { line.goal x1=(at(goal)) x2=(at(goal)) y1="22" y2="68" {} text x=(at(goal)) y="16" text-anchor="middle" { (words.text("my-goal")) } }
                text x="20" y="86" { (words.text("my-no-change")) }
                text x="580" y="86" text-anchor="end" { (words.text("my-no-scars")) }
            }
            figcaption { (words.text("my-expected-legend")) }
        }
    }
}
