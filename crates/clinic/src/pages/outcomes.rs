//! What became of the clinic's patients.

use std::num::NonZeroUsize;
use std::sync::Arc;

use axum::extract::State;
use axum::routing::get;
use maud::{Markup, html};
use resurface_care::chart::{Grouping, Tally};
use resurface_forecast::share_interval;
use resurface_ledger::access::Operation;
use resurface_ledger::clinic::OutcomesFound;
use resurface_words::Words;

use crate::app::App;
use crate::doors::Visitor;
use crate::page::{Area, csv};
use crate::problem::Problem;
use crate::routes::{Need, Route};
use crate::seat::{Answer, Seat};

/// Patients below which a share says nothing, and is not shown: a setting of ours.
const PATIENTS_MIN: u32 = 5;

pub(super) fn routes() -> Vec<Route> {
    let need = Need::Staff(Operation::ClinicOutcomes);
    vec![
        Route::new("/outcomes", need, "what became of the patients", get(show)),
        Route::new("/outcomes/table.csv", need, "the same as a table", get(file)),
    ]
}

async fn show(State(app): State<Arc<App>>, visitor: Visitor) -> Answer {
    app.at_desk(visitor, |seat| {
        let (found, words) = (found(seat)?, seat.words());
        let title = words.text("outcomes-title");
        let body = html! {
            h1 { (title) }
            p { (words.text("outcomes-about")) }
            @for patient in &found.unreadable {
                p.callout.danger { (words.with("worklist-unreadable", [("id", patient.to_string().into())])) }
            }
            (facts(words, &found.outcomes.all))
            p { a.button.second href="/outcomes/table.csv" { (words.text("recall-csv")) } }
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

/// What became of the patients.
pub(crate) fn found(seat: &Seat<'_>) -> Result<OutcomesFound, Problem> {
    let threads = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    Ok(seat.desk.outcomes(&seat.rules.knowledge, threads)?)
}

/// Every group with its counts, as a table: counts as they are, so that whoever computes with them sees how few they are.
pub(crate) async fn file(State(app): State<Arc<App>>, visitor: Visitor) -> Answer {
    app.at_desk(visitor, |seat| {
        let (found, words) = (found(seat)?, seat.words());
        let counts = ["treated", "sessions", "judged", "on-course", "slower", "not-responding", "with-event", "open-event"];
        let mut head = vec![words.text("outcomes-group"), words.text("outcomes-of")];
        head.extend(counts.map(|count| words.text(&format!("outcomes-{count}"))));
        let mut rows = vec![head, counted(words.text("outcomes-all"), String::new(), &found.outcomes.all)];
        for (grouping, groups) in &found.outcomes.groups {
            let title = words.text(&format!("outcomes-{}", grouping.word()));
            rows.extend(groups.iter().map(|(name, tally)| counted(title.clone(), group(words, *grouping, name), tally)));
        }
        let unreadable =
            found.unreadable.iter().map(|id| vec![words.with("worklist-unreadable", [("id", id.to_string().into())])]);
        rows.extend(unreadable);
        Ok(csv("outcomes.csv", &rows))
    })
    .await
}

fn counted(grouping: String, name: String, tally: &Tally) -> Vec<String> {
    let counts = [
        tally.treated,
        tally.sessions,
        tally.judged,
        tally.on_course,
        tally.slower,
        tally.not_responding,
        tally.with_event,
        tally.with_open_event,
    ];
    [grouping, name].into_iter().chain(counts.map(|count| count.to_string())).collect()
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
