//! The patient's own intake, through a link: once, at home, in plain words.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use maud::html;
use resurface_care::chart::{Body, Penned};
use resurface_ledger::access::Operation;
use resurface_ledger::clinic::OpenChart;
use resurface_ledger::identity::{LinkPurpose, PatientId};

use super::fields::{self, Voice};
use super::questions::Sessions;
use super::read;
use crate::app::App;
use crate::doors::{Posted, Visitor};
use crate::form::{Faults, Form, Typed};
use crate::page::{self, Area, Frame};
use crate::pages::chart::setting::setting;
use crate::pages::chart::sheet::{Entries, Sheet};
use crate::problem::{Problem, What};
use crate::routes::{Need, Route};
use crate::seat::{Answer, Seat};

pub(super) fn routes() -> Vec<Route> {
    let need = Need::Link(LinkPurpose::Intake);
    vec![Route::new("/my/intake", need, "the patient's own answers before the visit", get(show).post(answer))]
}

async fn show(State(app): State<Arc<App>>, visitor: Visitor) -> Answer {
    let asking = visitor.clone();
    let shown = app.with_link(visitor, LinkPurpose::Intake, |seat, patient| {
        let open = open(seat, patient)?;
        let sheet = Sheet::new(seat, &open);
        Ok(view(seat, &open, sheet, &Typed::default(), &Faults::default(), StatusCode::OK))
    });
    or_used_up(&app, &asking, shown.await)
}

async fn answer(State(app): State<Arc<App>>, Posted { visitor, typed }: Posted) -> Answer {
    let asking = visitor.clone();
    let answered = app.with_link(visitor, LinkPurpose::Intake, move |seat, patient| {
        let open = open(seat, patient)?;
        let sheet = Sheet::of(&typed)?;
        match entries(seat, &open, &sheet, &typed) {
            Ok(bodies) => Ok(seat.add_in_any_case(open, Operation::OwnIntake, bodies).map(|_| thanks(seat))?),
            Err(unwritten) => {
                let (status, faults) = unwritten.beside_the_form()?;
                Ok(view(seat, &open, sheet, &typed, &faults, status))
            }
        }
    });
    or_used_up(&app, &asking, answered.await)
}

/// Somebody who comes back, or sends twice, has done nothing wrong: the first time counted.
fn or_used_up(app: &App, visitor: &Visitor, answered: Answer) -> Answer {
    match answered {
        Err(problem) if problem.what == What::Forbidden => Ok(used_up(app, visitor)),
        answered => answered,
    }
}

fn open(seat: &Seat<'_>, patient: PatientId) -> Result<OpenChart, Problem> {
    Ok(seat.desk.open_to_write(patient, Operation::OwnIntake)?)
}

/// What the form writes: the patient's own answers.
pub(crate) fn entries(seat: &Seat<'_>, open: &OpenChart, sheet: &Sheet, typed: &Typed) -> Entries {
    let setting = setting(seat, &open.chart, &Typed::default().or("_operator", "-"))?;
    let intake = read(seat, &open.chart, &setting, typed, Penned::Patient)??;
    Ok(vec![(sheet.id(0), Body::Intake(intake))])
}

fn view(seat: &Seat<'_>, open: &OpenChart, sheet: Sheet, typed: &Typed, faults: &Faults, status: StatusCode) -> Response {
    let words = seat.words();
    let form = Form { words, typed, faults };
    let sessions = if open.chart.sessions.is_empty() { Sessions::NotYet } else { Sessions::Given };
    let title = words.text("my-intake-title");
    let body = html! {
        div.mine {
            h1 { (title) }
            p { (words.text("my-intake-about")) }
            p { (words.text("my-intake-unknown")) }
            form.intake method="post" action="/my/intake" {
                (sheet.fields(seat))
                (fields::wishes(&form, Voice::Patient))
                (fields::pregnancy(&form, Voice::Patient))
                (fields::findings(&form, seat.reader().knowledge, sessions, Voice::Patient))
                (fields::earlier(&form, seat.reader().knowledge))
                p.callout.warn { (words.text("my-intake-medicines")) }
                p { (words.text("my-intake-once")) }
                div.actions { button type="submit" { (words.text("my-intake-send")) } }
            }
        }
    };
    seat.page(Area::Outside, &title).with_status(status, &faults.above(words, &body))
}

fn thanks(seat: &Seat<'_>) -> Response {
    let words = seat.words();
    let title = words.text("my-intake-thanks");
    let body = html! {
        div.mine { section.card {
            h1 { (title) }
            p role="status" { (words.text("my-intake-sent")) }
            p { (words.text("my-intake-medicines")) }
        } }
    };
    seat.page(Area::Outside, &title).body(&body)
}

fn used_up(app: &App, visitor: &Visitor) -> Response {
    use axum::response::IntoResponse as _;
    let words = visitor.words;
    let title = words.text("my-intake-used-title");
    let body = html! { div.mine { section.card { h1 { (title) } p { (words.text("my-intake-used")) } } } };
    (StatusCode::FORBIDDEN, page::whole(&Frame::of_nobody(app, visitor), &title, &body)).into_response()
}
