//! What was measured against what was forecast, and what that amounts to.

use maud::{Markup, html};
use resurface_care::plan::Plan;
use resurface_care::review::{Advice, Comparison, Review, Verdict};
use resurface_documents::Reader;
use resurface_words::Words;

use super::outcome::scale_key;
use crate::page::cited::named;

/// Verdict and advice, in large plain words.
pub(super) fn verdict(words: &Words, review: &Review) -> Markup {
    let (tone, sign) = match review.advice {
        Advice::Continue => ("good", "\u{2713}"),
        Advice::WaitForVerdict => ("warn", "\u{2016}"),
        Advice::Stop => ("warn", "!"),
        Advice::Switch => ("danger", "\u{21c4}"),
    };
    html! {
        section.verdict.(tone) aria-labelledby="verdict" {
            span.sign aria-hidden="true" { (sign) }
            div {
                h2 id="verdict" { (words.text(verdict_key(review.verdict))) }
                p { (words.text(advice_key(review.advice))) }
                @if let Some(day) = review.verdict_not_before { p.small { (words.with("review-verdict-from", [("date", words.date(day).into())])) } }
            }
        }
    }
}

/// The key of a verdict.
pub(in crate::pages) const fn verdict_key(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::TooEarlyToSay => "review-too-early",
        Verdict::OnCourse => "review-on-course",
        Verdict::BetterThanExpected => "review-better",
        Verdict::Slower => "review-slower",
        Verdict::NotResponding => "review-not-responding",
    }
}

const fn advice_key(advice: Advice) -> &'static str {
    match advice {
        Advice::Continue => "review-advice-continue",
        Advice::WaitForVerdict => "review-advice-wait",
        Advice::Stop => "review-advice-stop",
        Advice::Switch => "review-advice-switch",
    }
}

/// Every outcome that the forecast uses, against the forecast made before it.
pub(super) fn comparisons(words: &Reader<'_>, plan: &Plan, review: &Review) -> Markup {
    html! {
        section.card {
            h2 { (words.text("review-comparisons")) }
            @if review.comparisons.is_empty() { p { (words.text("review-no-outcomes")) } }
            @else {
                div.scroll tabindex="0" { table {
                    caption { (words.text("review-comparisons-caption")) }
                    thead { tr {
                        th scope="col" { (words.text("review-outcome-on")) }
                        th scope="col" { (words.text("review-outcome-scale")) }
                        th scope="col" { (words.text("review-outcome-rater")) }
                        th.number scope="col" { (words.text("review-outcome-value")) }
                        th.number scope="col" { (words.text("review-expected")) }
                        th.number scope="col" { (words.text("review-no-better")) }
                    } }
                    tbody { @for comparison in &review.comparisons { (row(words, comparison)) } }
                } }
            }
            @for left in &plan.inputs.left_out { p.small { (words.short_date(left.date)) ": " (words.named("left-out", &left.why)) } }
        }
    }
}

fn row(words: &Words, comparison: &Comparison) -> Markup {
    let outcome = &comparison.outcome;
    let word = |value: serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let scale = word(serde_json::json!(outcome.scale));
    let rater = outcome.rater.map(|rater| word(serde_json::json!(rater)));
    let share = comparison.percentile_before_treatment.unwrap_or(comparison.percentile_learned);
    html! {
        tr {
            th scope="row" { time datetime=(outcome.date) { (words.short_date(outcome.date)) } }
            td { (words.text(&scale_key(&scale))) }
            td { @if let Some(rater) = rater { (words.text(&format!("rater-{rater}"))) } }
            td.number { (words.number(outcome.value, 1)) }
            td.number { (words.number(comparison.expected, 1)) }
            td.number { (words.number(100.0 * share, 0)) }
        }
    }
}

/// Why, each with its sources.
pub(super) fn reasons(words: &Reader<'_>, review: &Review) -> Markup {
    html! {
        section.card {
            h2 { (words.text("review-why")) }
            ul { @for reason in &review.reasons { li { (words.say(&reason.text)) " " (named(&reason.sources)) } } }
        }
    }
}

/// The chances behind the advice.
pub(super) fn chances(words: &Words, review: &Review) -> Markup {
    let chances = &review.chances;
    html! {
        section.card {
            h2 { (words.text("review-chances")) }
            dl.facts {
                dt { (words.text("review-goal-now")) } dd { (words.chance(chances.goal_stopping_now)) }
                dt { (words.with("review-goal-all", [("sessions", chances.further_sessions_max.into())])) } dd { (words.chance(chances.goal_with_all_sessions)) }
                dt { (words.text("review-quarter-all")) } dd { (words.chance(chances.quarter_with_all_sessions)) }
                dt { (words.text("review-next-adds")) } dd { (words.with("review-points", [("points", words.number(chances.gain_of_next_session_points, 1).into())])) }
            }
        }
    }
}
