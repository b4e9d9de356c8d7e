//! Everybody who was treated with a lot, or for whom it was prepared.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::routing::get;
use jiff::civil::Date;
use maud::{Markup, html};
use resurface_ledger::access::Operation;
use resurface_ledger::clinic::Recalled;
use resurface_words::Words;
use serde::Deserialize;

use crate::app::App;
use crate::doors::Visitor;
use crate::form::{Faults, Form, Typed};
use crate::page::{Area, csv, encoded};
use crate::routes::{Need, Route};
use crate::seat::Answer;

pub(super) fn routes() -> Vec<Route> {
    let need = Need::Staff(Operation::RecallLot);
    vec![
        Route::new("/recall", need, "who was treated with a lot", get(show)),
        Route::new("/recall/table.csv", need, "the same as a table", get(table)),
    ]
}

#[derive(Deserialize)]
pub(crate) struct Sought {
    #[serde(default)]
    lot: String,
}

async fn show(State(app): State<Arc<App>>, visitor: Visitor, Query(sought): Query<Sought>) -> Answer {
    app.at_desk(visitor, move |seat| {
        let lot = sought.lot.trim();
        let found = if lot.is_empty() {
            seat.may(Operation::RecallLot)?;
            None
        } else {
            Some(seat.desk.recall(lot)?)
        };
        let words = seat.words();
        let typed = Typed::default().or("lot", lot);
        let form = Form { words, typed: &typed, faults: &Faults::default() };
        let body = html! {
            h1 { (words.text("recall-title")) }
            p { (words.text("recall-about")) }
            form.search method="get" action="/recall" {
                (form.text("lot", &words.text("recall-lot"), Some(&words.text("recall-lot-hint"))))
                button type="submit" { (words.text("recall-find")) }
            }
            @if let Some(found) = &found { (list(words, lot, found)) }
        };
        Ok(seat.page(Area::Recall, &words.text("recall-title")).body(&body))
    })
    .await
}

fn list(words: &Words, lot: &str, found: &[Recalled]) -> Markup {
    let days = |days: &[Date]| days.iter().map(|day| words.short_date(*day)).collect::<Vec<_>>().join(", ");
    html! {
        div role="status" {
            @if found.is_empty() { p.callout { (words.with("recall-none", [("lot", lot.into())])) } }
            @else { h2 { (words.with("recall-count", [("count", found.len().into()), ("lot", lot.into())])) } }
        }
        @if !found.is_empty() {
            p { a.button.second href={ "/recall/table.csv?lot=" (encoded(lot)) } { (words.text("recall-csv")) } }
            div.scroll tabindex="0" {
                table {
                    thead { tr {
                        th scope="col" { (words.text("worklist-patient")) }
                        th scope="col" { (words.text("recall-contact")) }
                        th scope="col" { (words.text("recall-given")) }
                        th scope="col" { (words.text("recall-prepared")) }
                    } }
                    tbody {
                        @for one in found {
                            tr {
                                th scope="row" {
                                    (one.name) " " span.small { (one.number) }
                                    @if one.damaged { p.callout.danger { (words.text("recall-damaged")) } }
                                }
                                td {
                                    @match &one.contact {
                                        Some(contact) => (contact),
                                        None => span.small { (words.text("recall-no-contact")) },
                                    }
                                }
                                td { (days(&one.given)) }
                                td { (days(&one.prepared)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

pub(crate) async fn table(State(app): State<Arc<App>>, visitor: Visitor, Query(sought): Query<Sought>) -> Answer {
    app.at_desk(visitor, move |seat| {
        let words = seat.words();
        let head = ["chart-number", "new-chart-name", "recall-contact", "recall-given", "recall-prepared"];
        // A number is not put in: the name of that column is the word before it.
        let mut rows = vec![head.map(|key| words.with(key, [("number", "".into())]).trim().to_owned()).to_vec()];
        let days = |days: &[Date]| days.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        for one in seat.desk.recall(&sought.lot)? {
            let (given, prepared) = (days(&one.given), days(&one.prepared));
            rows.push(vec![one.number, one.name, one.contact.unwrap_or_default(), given, prepared]);
        }
        Ok(csv("recall.csv", &rows))
    })
    .await
}
