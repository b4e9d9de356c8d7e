//! Messages between clinic and patient: what is written here, the patient reads beside the plan.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use maud::{Markup, html};
use resurface_care::chart::{Body, Message, Penned};
use resurface_ledger::access::Operation;
use resurface_ledger::clinic::OpenChart;
use resurface_words::Words;

use super::chart::sheet::{self, Entries, Sheet};
use crate::app::App;
use crate::doors::{Posted, Visitor};
use crate::form::{Faults, Form, Typed, read};
use crate::routes::{Need, Route};
use crate::seat::{Answer, Seat, patient_of};

pub(super) fn routes() -> Vec<Route> {
    let need = Need::Staff(Operation::WriteMessage);
    vec![Route::new("/charts/{patient}/messages", need, "messages to and from the patient", get(show).post(write))]
}

async fn show(State(app): State<Arc<App>>, visitor: Visitor, Path(patient): Path<String>) -> Answer {
    app.at_desk(visitor, move |seat| {
        let open = seat.desk.open_to_write(patient_of(&patient)?, Operation::WriteMessage)?;
        Ok(view(seat, &open, Sheet::new(seat, &open), &Typed::default(), &Faults::default(), StatusCode::OK))
    })
    .await
}

async fn write(State(app): State<Arc<App>>, Path(patient): Path<String>, Posted { visitor, typed }: Posted) -> Answer {
    app.at_desk(visitor, move |seat| {
        let open = seat.desk.open_to_write(patient_of(&patient)?, Operation::WriteMessage)?;
        let sheet = Sheet::of(&typed)?;
        let here = Redirect::to(&format!("/charts/{}/messages", open.patient)).into_response();
        if sheet.was_sent(&open) {
            return Ok(here);
        }
        if let Some(faults) = sheet.behind(seat, &open) {
            return Ok(view(seat, &open, sheet.again(&open), &typed, &faults, StatusCode::CONFLICT));
        }
        match entries(seat, &open, &sheet, &typed) {
            Ok(bodies) => seat.add(open, bodies).map(|_| here).map_err(Into::into),
            Err(unwritten) => {
                let (status, faults) = unwritten.beside_the_form()?;
                Ok(view(seat, &open, sheet, &typed, &faults, status))
            }
        }
    })
    .await
}

/// What the form writes: a message of today.
pub(crate) fn entries(seat: &Seat<'_>, _: &OpenChart, sheet: &Sheet, typed: &Typed) -> Entries {
    let typed_today = typed.clone().without(|_, name| name == "on").or("on", seat.app.clinic().today().to_string());
    Ok(vec![(sheet.id(0), read::entry("message", &typed_today, &seat.rules.knowledge)?)])
}

fn view(seat: &Seat<'_>, open: &OpenChart, sheet: Sheet, typed: &Typed, faults: &Faults, status: StatusCode) -> Response {
    let words = seat.words();
    let typed = typed.clone().or("from", "clinic");
    let form = Form { words, typed: &typed, faults };
    let from = [("clinic", words.text("messages-to-patient")), ("patient", words.text("messages-of-patient"))];
    let body = html! {
        form.card method="post" action={ "/charts/" (open.patient) "/messages" } {
            (sheet.fields(seat))
            (form.radios("from", &words.text("messages-what"), None, &from))
            (form.area("text", &words.text("messages-text"), Some(&words.text("messages-text-hint"))))
            button type="submit" { (words.text("messages-button")) }
        }
        @let messages = messages(open);
        @if messages.is_empty() { p { (words.text("messages-none")) } } @else { (list(words, &messages)) }
    };
    sheet::page(seat, open, &words.text("messages-title"), status, &[], &faults.above(words, &body))
}

/// The messages of a chart as they were corrected, newest first; what was struck out is left out.
pub(crate) fn messages(open: &OpenChart) -> Vec<&Message> {
    let now = open.standing().into_iter().rev().filter_map(|(_, body)| match body {
        Body::Message(message) => Some(message),
        _ => None,
    });
    now.collect()
}

/// Messages, each with its day and who wrote it.
pub(super) fn list(words: &Words, messages: &[&Message]) -> Markup {
    html! {
        ol.messages {
            @for message in messages {
                li.of-patient[message.from == Penned::Patient] {
                    p.small {
                        (words.text(if message.from == Penned::Clinic { "messages-from-clinic" } else { "messages-from-patient" }))
                        " · " time datetime=(message.on) { (words.date(message.on)) }
                    }
                    p { (message.text) }
                }
            }
        }
    }
}
