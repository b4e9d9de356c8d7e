//! How much better it is likely to get: courses compared, three intervals that must not be confused, and what they rest on.

use maud::{Markup, html};
use resurface_care::course::{CourseRow, NotAllowed, Outlook};
use resurface_care::plan::{PatientForecast, Plan, RestsOn, Standing, Trust};
use resurface_documents::Reader;
use resurface_words::Words;

use super::figure::versions;

/// Courses of one to eight sessions at the interval of the plan.
pub(super) fn courses(words: &Reader<'_>, plan: &Plan) -> Markup {
    let Some(forecast) = &plan.forecast else { return refused(words, plan) };
    let rows = forecast.courses.iter().filter(|row| row.interval_weeks == forecast.interval_weeks);
    html! {
        section.card {
            h2 { (words.with("plan-courses", [("weeks", words.number(forecast.interval_weeks, 0).into())])) }
            (warnings(words, plan, forecast))
            div.scroll tabindex="0" { table.courses {
                caption { (words.with("plan-courses-caption", [("goal", words.percentage(f64::from(plan.goal.improvement_percent)).into())])) }
                thead { tr {
                    th scope="col" { (words.text("plan-n")) }
                    th.number scope="col" { (words.text("plan-chance-of-goal")) }
                    th.number scope="col" { (words.text("plan-median")) }
                    th.number scope="col" { (words.text("figure-eighty")) }
                    th.number scope="col" { (words.text("figure-ninety-five")) }
                    th.number scope="col" { (words.text("plan-adds")) }
                    th scope="col" { (words.text("plan-allowed")) }
                } }
                tbody {
                    @if let Some([now, _]) = &forecast.stopping_now {
                        tr { th scope="row" { (words.text("plan-stopping-now")) } (numbers(words, now)) td.number { "\u{2013}" } td {} }
                    }
                    @for row in rows { (course(words, plan, row)) }
                }
            } }
            p.small { (words.text("plan-intervals-alike")) }
        }
    }
}

fn course(words: &Words, plan: &Plan, row: &CourseRow) -> Markup {
    let chosen = chosen(plan) == Some(row.further_sessions);
    let against: Vec<String> = row.not_allowed.iter().map(|why| words.text(not_allowed_key(*why))).collect();
    html! {
        tr.chosen[chosen].aside[!against.is_empty()] {
            th scope="row" { (row.total_sessions) @if chosen { " " span.tag.good { (words.text("plan-chosen")) } } }
            (numbers(words, &row.at_three_months))
            td.number { "+" (words.number(row.gain_of_last_session_points, 0)) }
            td.small { @if against.is_empty() { (words.text("plan-is-allowed")) } @else { (against.join("; ")) } }
        }
    }
}

fn numbers(words: &Words, ahead: &Outlook) -> Markup {
    html! {
        td.number { strong { (words.chance(ahead.chance_of_goal)) } }
        td.number { (words.percent(ahead.median)) }
        td.number { (words.percent_span(ahead.interval_80.low, ahead.interval_80.high)) }
        td.number { (words.percent_span(ahead.interval_95.low, ahead.interval_95.high)) }
    }
}

fn chosen(plan: &Plan) -> Option<usize> {
    match &plan.standing {
        Standing::Proposed { proposal } | Standing::AfterDeferral { would_be: proposal, .. } => {
            Some(proposal.choice.further_sessions)
        }
        Standing::Withheld { .. } => None,
    }
}

const fn not_allowed_key(why: NotAllowed) -> &'static str {
    match why {
        NotAllowed::IntervalTooShort => "plan-not-allowed-short",
        NotAllowed::IntervalTooLong => "plan-not-allowed-long",
        NotAllowed::TooManyInCourse => "plan-not-allowed-course",
        NotAllowed::TooManyInAll => "plan-not-allowed-all",
    }
}

fn warnings(words: &Reader<'_>, plan: &Plan, forecast: &PatientForecast) -> Markup {
    html! {
        @if forecast.computation.trust == Trust::Doubtful { p.callout.danger role="alert" { (words.text("plan-doubtful")) } }
        @for why in &plan.extrapolation { p.callout.warn { (words.named("extrapolation", why)) } }
    }
}

fn refused(words: &Reader<'_>, plan: &Plan) -> Markup {
    html! {
        section.card {
            h2 { (words.text("plan-no-forecast")) }
            @for why in &plan.extrapolation { p { (words.named("extrapolation", why)) } }
            @if plan.extrapolation.is_empty() { p { (words.text("plan-no-interval")) } }
        }
    }
}

/// Three intervals that must not be confused with each other.
pub(super) fn intervals(words: &Words, plan: &Plan) -> Markup {
    let Some(forecast) = &plan.forecast else { return html! {} };
    let rows = [
        ("plan-typical", &forecast.typical_new_patient),
        ("plan-new-clinic", &forecast.new_clinic),
        ("plan-this-patient", &forecast.this_patient),
    ];
    html! {
        section.card {
            h2 { (words.text("plan-three-intervals")) }
            div.scroll tabindex="0" { table {
                thead { tr {
                    th scope="col" { (words.text("plan-of-whom")) }
                    th.number scope="col" { (words.text("plan-chance-of-goal")) }
                    th.number scope="col" { (words.text("plan-median")) }
                    th.number scope="col" { (words.text("figure-eighty")) }
                    th.number scope="col" { (words.text("figure-ninety-five")) }
                } }
                tbody { @for (key, ahead) in rows { tr { th scope="row" { (words.text(key)) } (numbers(words, ahead)) } } }
            } }
            p { (words.text(match forecast.rests_on {
                RestsOn::TrialsAlone => "plan-rests-on-trials",
                RestsOn::ScarTypes => "plan-rests-on-types",
                RestsOn::OwnOutcomes => "plan-rests-on-outcomes",
            })) }
            p.small { (words.with("plan-published", [("published", words.percent(forecast.optimism.as_published_median).into()), ("adjusted", words.percent(forecast.optimism.bias_adjusted_median).into())])) }
        }
    }
}

/// What the answer was made with, and how far the computation can be believed.
pub(super) fn rests_on(words: &Reader<'_>, plan: &Plan, program: &str) -> Markup {
    html! {
        section.card {
            h2 { (words.text("plan-rests-on")) }
            p { (versions(words, plan, program)) }
            @if let Some(forecast) = &plan.forecast {
                p.small {
                    (words.with("plan-computed", [
                        ("points", words.number(forecast.computation.points as f64, 0).into()),
                        ("effective", words.number(forecast.computation.effective_points, 0).into()),
                        ("error", words.number(100.0 * forecast.this_patient.monte_carlo_error, 1).into()),
                    ]))
                }
                p.small { (words.with("plan-assumption", [("count", forecast.mostly_assumption.len().to_string().into())])) }
            }
            @for left in &plan.inputs.left_out {
                p.small { (words.short_date(left.date)) ": " (words.named("left-out", &left.why)) }
            }
        }
    }
}
