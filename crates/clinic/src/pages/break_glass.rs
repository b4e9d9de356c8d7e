//! A chart that is opened in an emergency, by somebody whose role does not open it.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use maud::html;
use resurface_ledger::access::{EmergencyReason, Operation};
use serde::Deserialize;

use crate::app::App;
use crate::doors::{Posted, Visitor};
use crate::form::{Faults, Form, Typed};
use crate::page::Area;
use crate::problem::Problem;
use crate::routes::{Need, Route};
use crate::seat::{Answer, Seat, patient_of};

/// People who are found, at most: whoever is in need is known by name.
const FOUND_MAX: usize = 20;

pub(super) fn routes() -> Vec<Route> {
    let need = Need::Staff(Operation::BreakGlass);
    vec![Route::new("/break-glass", need, "open a chart in an emergency", get(show).post(open))]
}

#[derive(Deserialize)]
struct Sought {
    #[serde(default)]
    q: String,
}

async fn show(State(app): State<Arc<App>>, visitor: Visitor, Query(sought): Query<Sought>) -> Answer {
    app.at_desk(visitor, move |seat| {
        seat.may(Operation::BreakGlass)?;
        view(seat, &Typed::default().or("q", sought.q), &Faults::default(), StatusCode::OK)
    })
    .await
}

async fn open(State(app): State<Arc<App>>, Posted { visitor, typed }: Posted) -> Answer {
    app.at_desk(visitor, move |seat| {
        seat.may(Operation::BreakGlass)?;
        let reason = typed.value("reason").parse::<EmergencyReason>();
        match (typed.filled("patient").map(patient_of).transpose()?, reason) {
            (Some(patient), Ok(reason)) => {
                seat.desk.break_glass(patient, reason)?;
                Ok(Redirect::to(&format!("/charts/{patient}")).into_response())
            }
            (patient, reason) => {
                let nobody = patient.is_none().then(|| Faults::one("patient", seat.words().text("glass-whom")));
                let faults = nobody.unwrap_or_default();
                let faults = faults.and(reason.err().map(|error| Faults::of_error("reason", &error)).unwrap_or_default());
                view(seat, &typed, &faults, StatusCode::UNPROCESSABLE_ENTITY)
            }
        }
    })
    .await
}

fn view(seat: &Seat<'_>, typed: &Typed, faults: &Faults, status: StatusCode) -> Result<Response, Problem> {
    let words = seat.words();
    let form = Form { words, typed, faults };
    let title = words.text("glass-title");
    let found = match typed.filled("q") {
        Some(text) => Some(seat.desk.find(text)?),
        None => None,
    };
    let people: Vec<(String, String)> = found
        .iter()
        .flatten()
        .take(FOUND_MAX)
        .map(|found| {
            (found.patient.to_string(), format!("{}, {}, {}", found.name, words.short_date(found.birth_date), found.number))
        })
        .collect();
    let choices: Vec<(&str, String)> = people.iter().map(|(id, label)| (id.as_str(), label.clone())).collect();
    let body = html! {
        h1 { (title) }
        p.callout.warn { (words.text("glass-about")) }
        form.search role="search" method="get" action="/break-glass" {
            (form.text("q", &words.text("glass-search"), None))
            button.second type="submit" { (words.text("glass-find")) }
        }
        @if found.is_some() && choices.is_empty() { p role="status" { (words.text("glass-none")) } }
        @if !choices.is_empty() {
            form.card method="post" action="/break-glass" {
                (seat.form_seal())
                input type="hidden" name="q" value=(typed.value("q"));
                (form.radios("patient", &words.text("glass-whom"), None, &choices))
                (form.text("reason", &words.text("glass-reason"), Some(&words.text("glass-reason-hint"))))
                button.danger type="submit" { (words.text("glass-open")) }
            }
        }
    };
    Ok(seat.page(Area::Outside, &title).with_status(status, &faults.above(words, &body)))
}
