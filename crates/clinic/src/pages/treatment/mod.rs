//! The treatment day: what can have changed is asked again, what is prepared is written down, and the gate answers.

pub(crate) mod day;
pub(in crate::pages) mod prepared;
mod questions;
pub(in crate::pages) mod standing;
mod verdict;

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::get;
use maud::{Markup, html};
use resurface_care::chart::Setting;
use resurface_documents::Reader;
use resurface_ledger::access::Operation;
use resurface_ledger::clinic::OpenChart;
use resurface_ledger::identity::PatientId;
use serde::Deserialize;

use super::chart::setting::{self, setting};
use super::chart::sheet::{self, Sheet};
use crate::app::App;
use crate::doors::{Posted, Visitor};
use crate::form::{Faults, Form, Typed};
use crate::problem::Problem;
use crate::routes::{Need, Route};
use crate::seat::{Answer, Seat, patient_of};
use questions::{Asked, questions};

pub(super) fn routes() -> Vec<Route> {
    let need = Need::Staff(Operation::GateSession);
    vec![
        Route::new("/charts/{patient}/treatment", need, "the treatment day: ask the gate", get(show).post(ask)),
        Route::new("/charts/{patient}/treatment/cartridge", need, "lot and last day of use from a scanned code", get(cartridge)),
    ]
}

/// Whether the form is wanted although today was asked already.
#[derive(Default, Deserialize)]
struct Wanted {
    #[serde(default)]
    again: Option<u8>,
}

async fn show(
    State(app): State<Arc<App>>,
    visitor: Visitor,
    Path(patient): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Answer {
    app.at_desk(visitor, move |seat| {
        let open = seat.desk.open_to_write(patient_of(&patient)?, Operation::GateSession)?;
        if let Some(of_today) = standing::of_today(seat, &open).filter(|_| wanted.again.is_none()) {
            let body = verdict::view(seat, &open, &of_today)?;
            let title = seat.words().text("treatment-title");
            return Ok(sheet::page(seat, &open, &title, StatusCode::OK, &[], &body));
        }
        view(seat, &open, Sheet::new(seat, &open), &Typed::default(), &Faults::default(), StatusCode::OK)
    })
    .await
}

async fn ask(State(app): State<Arc<App>>, Path(patient): Path<String>, Posted { visitor, typed }: Posted) -> Answer {
    app.at_desk(visitor, move |seat| {
        let open = seat.desk.open_to_write(patient_of(&patient)?, Operation::GateSession)?;
        let sheet = Sheet::of(&typed)?;
        if sheet.was_sent(&open) {
            return Ok(to_answer(open.patient));
        }
        if let Some(faults) = sheet.behind(seat, &open) {
            return view(seat, &open, sheet.again(&open), &typed, &faults, StatusCode::CONFLICT);
        }
        match day::entries(seat, &open, &sheet, &typed) {
            Ok(entries) => Ok(to_answer(seat.add(open, entries)?.open.patient)),
            Err(unwritten) => {
                let (status, faults) = unwritten.beside_the_form()?;
                view(seat, &open, sheet, &typed, &faults, status)
            }
        }
    })
    .await
}

fn to_answer(patient: PatientId) -> Response {
    Redirect::to(&format!("/charts/{patient}/treatment")).into_response()
}

/// The code that was scanned.
#[derive(Deserialize)]
struct Scanned {
    #[serde(rename = "day.cartridge.udi", default)]
    udi: String,
}

async fn cartridge(State(app): State<Arc<App>>, visitor: Visitor, Query(scanned): Query<Scanned>) -> Answer {
    app.at_desk(visitor, move |seat| {
        seat.may(Operation::GateSession)?;
        let typed = Typed::default().or(day::UDI, scanned.udi);
        let (typed, faults) = match day::from_code(&typed, seat.app.clinic().today()) {
            Some(Ok(filled)) => (filled, Faults::default()),
            Some(Err(key)) => (typed, Faults::one(day::LOT, seat.words().text(key))),
            None => (typed, Faults::default()),
        };
        let form = Form { words: seat.words(), typed: &typed, faults: &faults };
        Ok(Html(prepared::lot_and_expiry(&form).into_string()).into_response())
    })
    .await
}

fn view(
    seat: &Seat<'_>,
    open: &OpenChart,
    sheet: Sheet,
    typed: &Typed,
    faults: &Faults,
    status: StatusCode,
) -> Result<Response, Problem> {
    let title = seat.words().text("treatment-title");
    let body = match day::lacks(open) {
        Some(page) => first(seat, open, page),
        None => form(seat, open, sheet, typed, faults, &setting(seat, &open.chart, typed)?),
    };
    Ok(sheet::page(seat, open, &title, status, &[], &faults.above(seat.words(), &body)))
}

/// What comes first.
fn first(seat: &Seat<'_>, open: &OpenChart, page: &str) -> Markup {
    let words = seat.words();
    html! {
        p.callout.warn { (words.text(&format!("treatment-first-{page}"))) }
        p { a.button href={ "/charts/" (open.patient) "/" (page) } { (words.text(&format!("treatment-to-{page}"))) } }
    }
}

fn form(seat: &Seat<'_>, open: &OpenChart, sheet: Sheet, typed: &Typed, faults: &Faults, setting: &Setting) -> Markup {
    let reader = seat.reader();
    let (Reader { words, knowledge }, today) = (reader, seat.app.clinic().today());
    let (Some(intake), Some(examined)) = (&open.chart.intake, &open.chart.examined) else { return html! {} };
    let (anew, carried) = (questions(knowledge, open, Asked::Anew), questions(knowledge, open, Asked::CarriedOver));
    let proposed = prepared::proposed(seat, open, setting, today);
    let gate_of_today = open.chart.gates.last().filter(|(_, gated)| gated.on == today).map(|(_, gated)| &gated.day);
    let typed = questions::prefilled(typed.clone(), &anew, intake, today);
    let typed = prepared::prefilled(typed, knowledge, gate_of_today, &proposed);
    let typed = lesions(typed, examined, today);
    let form = Form { words, typed: &typed, faults };
    let section = |key: &str, body: Markup| {
        html! { section.card aria-labelledby=(key) { h2 id=(key) { (words.text(key)) } (body) } }
    };
    let overrides = day::overrides(seat, &open.chart);
    let decided = open.chart.screened.as_ref().map_or(0, |screened| screened.overrides.len());
    html! {
        p { (words.text("treatment-about")) }
        form.treatment method="post" action={ "/charts/" (open.patient) "/treatment" } {
            (sheet.fields(seat))
            (section("treatment-asked", html! {
                p { (words.with("treatment-asked-hint", [("date", words.date(intake.on).into())])) }
                (questions::anew(&form, &anew, intake, today))
            }))
            (section("treatment-carried", questions::carried_over(&form, &carried, intake)))
            (section("treatment-seen", html! {
                (form.select("lesions.iga:n", &words.text("treatment-iga"), None, &iga(seat)))
                (form.answer("lesions.pustules_or_nodules", &words.text("treatment-pustules"), None))
                p {
                    (words.with("treatment-scars-carried", [("date", words.date(examined.on).into())])) " "
                    a href={ "/charts/" (open.patient) "/examination" } { (words.text("treatment-to-examination")) }
                }
            }))
            (section("treatment-consent", prepared::consent(words, open)))
            (section("treatment-who", html! { (setting::fields(seat, &form, setting)) (prepared::operator(words, setting)) }))
            (section("treatment-cartridge", prepared::cartridge(&form, open)))
            (section("treatment-zones", prepared::zones(&form, &reader, &proposed)))
            (section("treatment-anaesthetic", prepared::anaesthetic(&form, knowledge)))
            @if decided > overrides.len() { p.callout.warn { (words.with("treatment-prescriber", [("count", decided.into())])) } }
            @for written in &overrides {
                p.callout { (words.with("treatment-override", [("rule", (&written.rule).into()), ("name", (&written.prescriber).into()), ("reason", (&written.reason).into())])) }
            }
            div.actions { button type="submit" { (words.text("treatment-button")) } }
        }
    }
}

/// The grades of the Investigator's Global Assessment, as the scale words them.
fn iga(seat: &Seat<'_>) -> Vec<(&'static str, String)> {
    let words = seat.words();
    let grades = ["0", "1", "2", "3", "4"].map(|grade| (grade, words.text(&format!("treatment-iga-{grade}"))));
    std::iter::once(("", words.text("unknown"))).chain(grades).collect()
}

/// What was seen today already.
fn lesions(typed: Typed, examined: &resurface_care::chart::Examined, today: jiff::civil::Date) -> Typed {
    if examined.on != today {
        return typed.or("lesions.pustules_or_nodules", "unknown");
    }
    let iga = examined.lesions.iga.map(|iga| iga.to_string()).unwrap_or_default();
    typed.or("lesions.iga:n", iga).or("lesions.pustules_or_nodules", questions::word_of(examined.lesions.pustules_or_nodules))
}
