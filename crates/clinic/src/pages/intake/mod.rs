//! History and wishes: asked at the desk, or answered by the patient at home.

mod fields;
pub(crate) mod own;
pub(in crate::pages) mod questions;

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use maud::html;
use resurface_care::chart::{Body, Chart, Intake, Penned, Setting};
use resurface_care::consultation::Consultation;
use resurface_ledger::access::Operation;
use resurface_ledger::clinic::OpenChart;
use serde_json::json;

use self::fields::Voice;
use self::questions::Sessions;
use crate::app::App;
use crate::doors::{Posted, Visitor};
use crate::form::part::{self, Part};
use crate::form::{Faults, Form, Typed};
use crate::pages::chart::screened::with_screening;
use crate::pages::chart::setting::setting;
use crate::pages::chart::sheet::{self, Entries, Sheet};
use crate::problem::Problem;
use crate::routes::{Need, Route};
use crate::seat::{Answer, Seat, patient_of};

pub(super) fn routes() -> Vec<Route> {
    let need = Need::Staff(Operation::AnswerIntake);
    let mut routes = vec![Route::new("/charts/{patient}/intake", need, "history and wishes", get(show).post(answer))];
    routes.extend(own::routes());
    routes
}

async fn show(State(app): State<Arc<App>>, visitor: Visitor, Path(patient): Path<String>) -> Answer {
    app.at_desk(visitor, move |seat| {
        let open = seat.desk.open_to_write(patient_of(&patient)?, Operation::AnswerIntake)?;
        let sheet = Sheet::new(seat, &open);
        Ok(view(seat, &open, sheet, &held(&open.chart), &Faults::default(), StatusCode::OK))
    })
    .await
}

async fn answer(State(app): State<Arc<App>>, Path(patient): Path<String>, Posted { visitor, typed }: Posted) -> Answer {
    app.at_desk(visitor, move |seat| {
        let open = seat.desk.open_to_write(patient_of(&patient)?, Operation::AnswerIntake)?;
        let sheet = Sheet::of(&typed)?;
        if sheet.was_sent(&open) {
            return Ok(sheet::to_chart(open.patient));
        }
        if let Some(faults) = sheet.behind(seat, &open) {
            return Ok(view(seat, &open, sheet.again(&open), &typed, &faults, StatusCode::CONFLICT));
        }
        let patient = open.patient;
        match entries(seat, &open, &sheet, &typed) {
            Ok(bodies) => seat.add(open, bodies).map(|_| sheet::to_chart(patient)).map_err(Into::into),
            Err(unwritten) => {
                let (status, faults) = unwritten.beside_the_form()?;
                Ok(view(seat, &open, sheet, &typed, &faults, status))
            }
        }
    })
    .await
}

/// What the form writes: the answers, and a screening with them.
pub(crate) fn entries(seat: &Seat<'_>, open: &OpenChart, sheet: &Sheet, typed: &Typed) -> Entries {
    let setting = setting(seat, &open.chart, &Typed::default())?;
    let intake = read(seat, &open.chart, &setting, typed, Penned::Clinic)??;
    Ok(with_screening(seat, sheet, open, Body::Intake(intake))?)
}

/// What the last intake said, as if it had been typed: only what has changed has to be answered again.
fn held(chart: &Chart) -> Typed {
    let Some(intake) = &chart.intake else { return Typed::default() };
    Typed::of(&json!({
        "patient": { "pregnant": intake.pregnant, "breast_feeding": intake.breast_feeding },
        "findings": intake.findings,
        "goal": intake.goal,
        "earlier_treatments": intake.earlier_treatments,
    }))
}

/// Reads the form as an intake of today.
fn read(
    seat: &Seat<'_>,
    chart: &Chart,
    setting: &Setting,
    typed: &Typed,
    answered_by: Penned,
) -> Result<Result<Intake, Faults>, Problem> {
    let on = seat.app.clinic().today();
    let typed = typed.clone().without(says_nothing);
    let consultation = part::read(Part::Intake, chart, on, setting, &typed, &seat.rules.knowledge)?;
    Ok(consultation.map(|consultation| intake(consultation, answered_by)))
}

/// Whether a field adds nothing to an intake: the day of something that there was not, hidden again before the form was sent, and
/// an answer that nobody has given.
fn says_nothing(typed: &Typed, name: &str) -> bool {
    let Some((question, field)) = name.strip_prefix("findings.").and_then(|name| name.rsplit_once('.')) else { return false };
    let other = |field: &str| typed.value(&format!("findings.{question}.{field}"));
    match field {
        "on" => other("answer") != "yes",
        "answer" => other("answer") == "unknown" && other("note").is_empty(),
        _ => false,
    }
}

fn intake(consultation: Consultation, answered_by: Penned) -> Intake {
    let Consultation { date, patient, findings, earlier_treatments, goal, .. } = consultation;
    let (pregnant, breast_feeding) = (patient.pregnant, patient.breast_feeding);
    Intake { on: date, pregnant, breast_feeding, findings, earlier_treatments, goal, answered_by }
}

fn view(seat: &Seat<'_>, open: &OpenChart, sheet: Sheet, typed: &Typed, faults: &Faults, status: StatusCode) -> Response {
    let words = seat.words();
    let form = Form { words, typed, faults };
    let sessions = if open.chart.sessions.is_empty() { Sessions::NotYet } else { Sessions::Given };
    let body = html! {
        @if let Some(last) = &open.chart.intake {
            @let by = if last.answered_by == Penned::Patient { "intake-taken-over-patient" } else { "intake-taken-over" };
            p.callout { (words.with(by, [("date", words.date(last.on).into())])) }
        }
        form.intake method="post" {
            (sheet.fields(seat))
            (fields::wishes(&form, Voice::Clinic))
            (fields::pregnancy(&form, Voice::Clinic))
            (fields::findings(&form, seat.reader().knowledge, sessions, Voice::Clinic))
            (fields::earlier(&form, seat.reader().knowledge))
            div.actions { button type="submit" { (words.text("save")) } }
        }
    };
    sheet::page(seat, open, &words.text("intake-title"), status, &[], &faults.above(words, &body))
}
