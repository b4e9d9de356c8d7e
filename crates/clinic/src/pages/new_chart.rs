//! A new patient: the first entry of a new chart.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use maud::html;
use resurface_care::chart::Registered;
use resurface_ledger::access::Operation;
use resurface_ledger::clinic::LedgerError;

use crate::app::App;
use crate::doors::{Posted, Visitor};
use crate::form::{Faults, Form, Typed, read};
use crate::page::Area;
use crate::routes::{Need, Route};
use crate::seat::{Answer, Seat};

pub(super) fn routes() -> Vec<Route> {
    let need = Need::Staff(Operation::RegisterPatient);
    vec![Route::new("/charts/new", need, "register a patient", get(show).post(register))]
}

async fn show(State(app): State<Arc<App>>, visitor: Visitor) -> Answer {
    app.at_desk(visitor, |seat| {
        seat.may(Operation::RegisterPatient)?;
        Ok(view(seat, &Typed::default(), &Faults::default(), StatusCode::OK))
    })
    .await
}

async fn register(State(app): State<Arc<App>>, Posted { visitor, typed }: Posted) -> Answer {
    app.at_desk(visitor, move |seat| {
        // who may not register learns that first, whatever was typed
        seat.may(Operation::RegisterPatient)?;
        let today = seat.app.clinic().today();
        let registered = match read::registration(&typed.clone().or("on", today.to_string()), &seat.rules.knowledge) {
            Ok(registered) => Registered { synthetic: seat.app.is_demonstration(), ..registered },
            Err(faults) => return Ok(view(seat, &typed, &faults, StatusCode::UNPROCESSABLE_ENTITY)),
        };
        match seat.desk.register(registered) {
            Ok(open) => Ok(Redirect::to(&format!("/charts/{}", open.patient)).into_response()),
            Err(error @ LedgerError::NumberTaken) => {
                Ok(view(seat, &typed, &Faults::of_error("number", &error), StatusCode::CONFLICT))
            }
            Err(error) => Err(error.into()),
        }
    })
    .await
}

fn view(seat: &Seat<'_>, typed: &Typed, faults: &Faults, status: StatusCode) -> Response {
    let words = seat.words();
    let form = Form { words, typed, faults };
    let sexes = ["female", "male", "other", "unknown"].map(|sex| (sex, words.text(&format!("sex-{sex}"))));
    let title = words.text("new-chart-title");
    let body = html! {
        h1 { (title) }
        form.card method="post" action="/charts/new" {
            (seat.form_seal())
            (form.text("number", &words.text("new-chart-number"), Some(&words.text("new-chart-number-hint"))))
            (form.text("name", &words.text("new-chart-name"), None))
            (form.date("birth_date", &words.text("new-chart-birth-date"), None))
            (form.radios("sex", &words.text("new-chart-sex"), Some(&words.text("new-chart-sex-hint")), &sexes))
            (form.text("contact", &words.text("new-chart-contact"), Some(&words.text("optional"))))
            button type="submit" { (words.text("new-chart-button")) }
        }
    };
    seat.page(Area::NewChart, &title).with_status(status, &faults.above(words, &body))
}
