//! What became of the clinic's patients.

use std::num::NonZeroUsize;
use std::sync::Arc;

use axum::extract::State;
use axum::routing::get;
use maud::{Markup, html};
use resurface_care::chart::{Grouping, Tally};
use resurface_forecast::share_interval;
use resurface_ledger::access::Operation;
use resurface_words::Words;

use crate::app::App;
use crate::doors::Visitor;
use crate::page::Area;
use crate::routes::{Need, Route};
use crate::seat::Answer;

/// Patients below which a share says nothing, and is not shown: a setting of ours.
const PATIENTS_MIN: u32 = 5;

pub(super) fn routes() -> Vec<Route> {
    vec![Route::new("/outcomes", Need::Staff(Operation::ClinicOutcomes), "what became of the patients", get(show))]
}

async fn show(State(app): State<Arc<App>>, visitor: Visitor) -> Answer {
    app.at_desk(visitor, |seat| {
        let threads = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
        let found = seat.desk.outcomes(&seat.rules.knowledge, threads)?;
        let words = seat.words();
        let title = words.text("outcomes-title");
        let body = html! {
            h1 { (title) }
            p { (words.text("outcomes-about")) }
            @for patient in &found.unreadable {
                p.callout.danger { (words.with("worklist-unreadable", [("id", patient.to_string().into())])) }
            }
            (facts(words, &found.outcomes.all))
            @for (grouping, groups) in &found.outcomes.groups {
                h2 { (words.text(&format!("outcomes-by-{}", grouping.word()))) }
                (table(words, *grouping, groups.iter()))
            }
            p.small { (words.with("outcomes-small", [("least", PATIENTS_MIN.to_string().into())])) }
            p.small { (words.text("outcomes-compare")) }
        };
        Ok(seat.page(Area::Outcomes, &title).body(&body))
    })
    .await
}

fn facts(words: &Words, all: &Tally) -> Markup {
    let count = |count: u32| count.to_string();
    html! {
        dl.facts {
            dt { (words.text("outcomes-treated")) } dd { (count(all.treated)) }
            dt { (words.text("outcomes-sessions")) } dd { (count(all.sessions)) }
            dt { (words.text("outcomes-judged")) } dd { (count(all.judged)) }
            dt { (words.text("outcomes-on-course")) } dd { (share(words, all.on_course, all.judged)) }
            dt { (words.text("outcomes-slower")) } dd { (share(words, all.slower, all.judged)) }
            dt { (words.text("outcomes-not-responding")) } dd { (share(words, all.not_responding, all.judged)) }
            dt { (words.text("outcomes-with-event")) } dd { (share(words, all.with_event, all.treated)) }
            dt { (words.text("outcomes-open-event")) } dd { (count(all.with_open_event)) }
        }
    }
}

fn table<'a>(words: &Words, grouping: Grouping, groups: impl Iterator<Item = (&'a String, &'a Tally)>) -> Markup {
    html! {
        div.scroll tabindex="0" {
            table {
                thead { tr {
                    th scope="col" { (words.text(&format!("outcomes-{}", grouping.word()))) }
                    th.number scope="col" { (words.text("outcomes-treated")) }
                    th.number scope="col" { (words.text("outcomes-judged")) }
                    th scope="col" { (words.text("outcomes-on-course")) }
                    th scope="col" { (words.text("outcomes-with-event")) }
                } }
                tbody {
                    @for (name, tally) in groups {
                        tr {
                            th scope="row" { (group(words, grouping, name)) }
                            td.number { (tally.treated) }
                            td.number { (tally.judged) }
                            td { (share(words, tally.on_course, tally.judged)) }
                            td { (share(words, tally.with_event, tally.treated)) }
                        }
                    }
                }
            }
        }
    }
}

/// The name of a group.
fn group(words: &Words, grouping: Grouping, name: &str) -> String {
    match grouping {
        _ if name == "unknown" => words.text("unknown"),
        Grouping::Operator => name.to_owned(),
        Grouping::ScarType => words.text(&format!("outcomes-scars-{name}")),
        Grouping::Severity => words.text(&format!("outcomes-grade-{name}")),
        Grouping::SkinType => words.with("outcomes-fitzpatrick", [("type", roman(name).into())]),
    }
}

fn roman(number: &str) -> &str {
    ["I", "II", "III", "IV", "V", "VI"]
        .get(number.parse::<usize>().unwrap_or_default().wrapping_sub(1))
        .copied()
        .unwrap_or(number)
}

/// A share with its interval, or why there is none.
fn share(words: &Words, counted: u32, of: u32) -> Markup {
    let (low, high) = share_interval(counted, of);
    html! {
        @if of < PATIENTS_MIN { span.tag.warn { (words.text("outcomes-too-few")) } }
        @else {
            strong { (words.percent(f64::from(counted) / f64::from(of))) } " "
            span.small {
                (words.with("outcomes-interval", [
                    ("counted", counted.to_string().into()), ("of", of.to_string().into()),
                    ("low", words.percent(low).into()), ("high", words.percent(high).into()),
                ]))
            }
        }
    }
}
