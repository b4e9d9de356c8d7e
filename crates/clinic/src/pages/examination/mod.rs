//! The skin as examined: lesions, skin, and scars zone by zone, graded while they are counted.

mod face;
mod fields;
pub(crate) mod grades;
mod zones;

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use maud::html;
use resurface_care::chart::{Body, Chart, Examined};
use resurface_documents::Reader;
use resurface_knowledge::Knowledge;
use resurface_ledger::access::Operation;
use resurface_ledger::clinic::OpenChart;
use serde_json::{Value, json};

pub(super) use self::zones::zone_words;
use crate::app::App;
use crate::doors::{Posted, Visitor};
use crate::form::part::{self, Part};
use crate::form::{Faults, Form, Typed};
use crate::page::cited::source_list;
use crate::pages::chart::screened::with_screening;
use crate::pages::chart::setting::setting;
use crate::pages::chart::sheet::{self, Entries, Sheet};
use crate::problem::Problem;
use crate::routes::{Need, Route};
use crate::seat::{Answer, Seat, patient_of};

pub(super) fn routes() -> Vec<Route> {
    let need = Need::Staff(Operation::ExamineScars);
    vec![
        Route::new("/charts/{patient}/examination", need, "lesions, skin and scars", get(show).post(examine)),
        Route::new("/charts/{patient}/examination/grades", need, "what the counts amount to so far", post(grade)),
    ]
}

async fn show(State(app): State<Arc<App>>, visitor: Visitor, Path(patient): Path<String>) -> Answer {
    app.at_desk(visitor, move |seat| {
        let open = open(seat, &patient)?;
        let sheet = Sheet::new(seat, &open);
        let typed = held(&open.chart, &seat.rules.knowledge);
        Ok(view(seat, &open, sheet, &typed, &Faults::default(), StatusCode::OK))
    })
    .await
}

fn open(seat: &Seat<'_>, patient: &str) -> Result<OpenChart, Problem> {
    Ok(seat.desk.open_to_write(patient_of(patient)?, Operation::ExamineScars)?)
}

async fn examine(State(app): State<Arc<App>>, Path(patient): Path<String>, Posted { visitor, typed }: Posted) -> Answer {
    app.at_desk(visitor, move |seat| {
        let open = open(seat, &patient)?;
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

/// What the form writes: what was seen, and a screening with it.
pub(crate) fn entries(seat: &Seat<'_>, open: &OpenChart, sheet: &Sheet, typed: &Typed) -> Entries {
    let examined = read(seat, &open.chart, typed)??;
    Ok(with_screening(seat, sheet, open, Body::Examined(examined))?)
}

/// Grades what is typed so far. Nothing is asked of a chart, so none is opened; without scripts the whole form comes back.
async fn grade(
    State(app): State<Arc<App>>,
    Path(patient): Path<String>,
    headers: HeaderMap,
    Posted { visitor, typed }: Posted,
) -> Answer {
    let part_of_the_page = headers.contains_key("hx-request");
    app.at_desk(visitor, move |seat| {
        if !part_of_the_page {
            let open = open(seat, &patient)?;
            return Ok(view(seat, &open, Sheet::of(&typed)?, &typed, &Faults::default(), StatusCode::OK));
        }
        seat.may(Operation::ExamineScars)?;
        patient_of(&patient)?;
        Ok(Html(grades::view(seat, &typed)?.into_string()).into_response())
    })
    .await
}

fn read(seat: &Seat<'_>, chart: &Chart, typed: &Typed) -> Result<Result<Examined, Faults>, Problem> {
    let setting = setting(seat, chart, &Typed::default())?;
    let on = seat.app.clinic().today();
    let read = part::read(Part::Examination, chart, on, &setting, typed, &seat.rules.knowledge)?;
    Ok(read.map(|read| Examined { on: read.date, lesions: read.lesions, skin: read.skin, scars: read.scars }))
}

/// What the last examination said, as if it had been typed; each zone in its row of the form.
fn held(chart: &Chart, knowledge: &Knowledge) -> Typed {
    let Some(examined) = &chart.examined else { return Typed::default() };
    let mut scars = json!(examined.scars);
    let mut rows = serde_json::Map::new();
    for zone in &examined.scars.zones {
        let row = knowledge.protocol.zones.iter().position(|known| known.id == zone.zone);
        if let (Some(row), Ok(Value::Object(mut counts))) = (row, serde_json::to_value(zone)) {
            // The form has a blank for what was not seen and for what was not there.
            counts.retain(|_, count| ![json!("unknown"), json!(0), json!(0.0)].contains(count));
            rows.insert(row.to_string(), Value::Object(counts));
        }
    }
    scars["zones"] = Value::Object(rows);
    Typed::of(&json!({ "lesions": examined.lesions, "skin": examined.skin, "scars": scars }))
}

fn view(seat: &Seat<'_>, open: &OpenChart, sheet: Sheet, typed: &Typed, faults: &Faults, status: StatusCode) -> Response {
    let Reader { words, knowledge } = seat.reader();
    let form = Form { words, typed, faults };
    let address = format!("/charts/{}/examination/grades", open.patient);
    let graded = match grades::view(seat, typed) {
        Ok(graded) => graded,
        Err(_) => html! {},
    };
    let body = html! {
        @if let Some(last) = &open.chart.examined {
            p.callout { (words.with("examination-taken-over", [("date", words.date(last.on).into())])) }
        }
        form.examination method="post" action={ "/charts/" (open.patient) "/examination" } hx-post=(address)
            hx-trigger="input delay:350ms" hx-target="#grades" hx-swap="outerHTML" {
            (sheet.fields(seat))
            div.with-grades {
                div {
                    (fields::lesions(&form, knowledge))
                    (fields::skin(&form, knowledge))
                    (fields::scars(&form))
                    (zones::table(&form, knowledge))
                    (fields::goodman_baron(&form, knowledge))
                    (fields::other_scales(&form, knowledge))
                    div.actions {
                        button type="submit" { (words.text("save")) }
                        button.second type="submit" formaction=(address) { (words.text("examination-compute")) }
                    }
                }
                (graded)
            }
        }
        (source_list(words, knowledge, grades::sources(knowledge)))
    };
    sheet::page(seat, open, &words.text("examination-title"), status, &[], &faults.above(words, &body))
}
