//! Consent taken back: by whoever hears it, for each purpose of its own, from today on.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::get;
use maud::html;
use resurface_ledger::access::Operation;
use resurface_ledger::clinic::OpenChart;

use super::{PURPOSES, purpose_key};
use crate::app::App;
use crate::doors::{Posted, Visitor};
use crate::form::{Choice, Faults, Form, Typed, read};
use crate::pages::chart::sheet::{self, Entries, Sheet};
use crate::problem::Problem;
use crate::routes::{Need, Route};
use crate::seat::{Answer, Seat, patient_of};

pub(super) fn routes() -> Vec<Route> {
    let need = Need::Staff(Operation::WithdrawConsent);
    vec![Route::new("/charts/{patient}/consent/withdrawal", need, "consent taken back", get(show).post(withdraw))]
}

fn open(seat: &Seat<'_>, patient: &str) -> Result<OpenChart, Problem> {
    Ok(seat.desk.open_to_write(patient_of(patient)?, Operation::WithdrawConsent)?)
}

async fn show(State(app): State<Arc<App>>, visitor: Visitor, Path(patient): Path<String>) -> Answer {
    app.at_desk(visitor, move |seat| {
        let open = open(seat, &patient)?;
        let sheet = Sheet::new(seat, &open);
        Ok(view(seat, &open, sheet, &Typed::default(), &Faults::default(), StatusCode::OK))
    })
    .await
}

async fn withdraw(State(app): State<Arc<App>>, Path(patient): Path<String>, Posted { visitor, typed }: Posted) -> Answer {
    app.at_desk(visitor, move |seat| {
        let open = open(seat, &patient)?;
        let sheet = Sheet::of(&typed)?;
        if sheet.was_sent(&open) {
            return Ok(sheet::to_chart(open.patient));
        }
        if let Some(faults) = sheet.behind(seat, &open) {
            return Ok(view(seat, &open, sheet.again(&open), &typed, &faults, StatusCode::CONFLICT));
        }
        let answer = sheet::to_chart(open.patient);
        match entries(seat, &open, &sheet, &typed) {
            Ok(bodies) => seat.add(open, bodies).map(|_| answer).map_err(Into::into),
            Err(unwritten) => {
                let (status, faults) = unwritten.beside_the_form()?;
                Ok(view(seat, &open, sheet, &typed, &faults, status))
            }
        }
    })
    .await
}

/// What the form writes: what is taken back, from today on.
pub(crate) fn entries(seat: &Seat<'_>, _: &OpenChart, sheet: &Sheet, typed: &Typed) -> Entries {
    let entry = typed.clone().without(|_, name| name == "on").or("on", seat.app.clinic().today().to_string());
    Ok(vec![(sheet.id(0), read::entry("consent_withdrawn", &entry, &seat.rules.knowledge)?)])
}

fn view(
    seat: &Seat<'_>,
    open: &OpenChart,
    sheet: Sheet,
    typed: &Typed,
    faults: &Faults,
    status: StatusCode,
) -> axum::response::Response {
    let words = seat.words();
    let form = Form { words, typed, faults };
    let given = PURPOSES.iter().filter(|(purpose, _)| open.chart.consents.contains_key(purpose));
    let given: Vec<Choice<'_>> = given.map(|(_, word)| (*word, words.text(&purpose_key(word)))).collect();
    let body = html! {
        @if given.is_empty() { p { (words.text("consent-nothing-to-withdraw")) } }
        @else {
            form.card method="post" {
                (sheet.fields(seat))
                (form.checks("purposes[]", &words.text("consent-withdraw-what"), Some(&words.text("consent-withdraw-hint")), &given))
                (form.area("reason", &words.text("consent-withdraw-reason"), Some(&words.text("optional"))))
                div.actions { button.danger type="submit" { (words.text("consent-withdraw-record")) } }
            }
        }
    };
    sheet::page(seat, open, &words.text("consent-withdraw"), status, &[], &faults.above(words, &body))
}
