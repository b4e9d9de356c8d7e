//! Whether needling is safe for this patient today: the decision in plain words, every reason with its sources, and what would
//! change it.

mod asked;
mod reasons;
mod verdict;

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use maud::{Markup, html};
use resurface_care::chart::{Body, DecideError, NotYet, Setting};
use resurface_care::consultation::Override;
use resurface_care::screening::{Screening, screen};
use resurface_ledger::access::{Operation, Role};
use resurface_ledger::clinic::OpenChart;

pub(super) use self::verdict::{says, verdict};
use crate::app::App;
use crate::doors::{Posted, Visitor};
use crate::form::{Faults, Form, Typed};
use crate::page::cited::source_list;
use crate::pages::chart::screened::standing_overrides;
use crate::pages::chart::setting::{fields, setting};
use crate::pages::chart::sheet::{self, Entries, Sheet, Unwritten};
use crate::problem::Problem;
use crate::routes::{Need, Route};
use crate::seat::{Answer, Seat, patient_of};

pub(super) fn routes() -> Vec<Route> {
    let need = Need::Staff(Operation::Screen);
    vec![Route::new("/charts/{patient}/screening", need, "whether needling is safe today, and why", get(show).post(record))]
}

fn open(seat: &Seat<'_>, patient: &str) -> Result<OpenChart, Problem> {
    Ok(seat.desk.open_to_write(patient_of(patient)?, Operation::Screen)?)
}

async fn show(State(app): State<Arc<App>>, visitor: Visitor, Path(patient): Path<String>) -> Answer {
    app.at_desk(visitor, move |seat| {
        let open = open(seat, &patient)?;
        let sheet = Sheet::new(seat, &open);
        let overrides = standing_overrides(seat, &open.chart);
        view(seat, &open, sheet, &Typed::default(), &overrides, &Faults::default(), StatusCode::OK)
    })
    .await
}

async fn record(State(app): State<Arc<App>>, Path(patient): Path<String>, Posted { visitor, typed }: Posted) -> Answer {
    app.at_desk(visitor, move |seat| {
        let open = open(seat, &patient)?;
        let sheet = Sheet::of(&typed)?;
        if sheet.was_sent(&open) {
            return Ok(back(&open));
        }
        let overrides = asked::overrides(seat, &open.chart, &typed);
        if typed.filled("_look").is_some() {
            return view(seat, &open, sheet, &typed, &overrides, &Faults::default(), StatusCode::OK);
        }
        if let Some(faults) = sheet.behind(seat, &open) {
            return view(seat, &open, sheet.again(&open), &typed, &overrides, &faults, StatusCode::CONFLICT);
        }
        let answer = back(&open);
        match entries(seat, &open, &sheet, &typed) {
            Ok(bodies) => seat.add(open, bodies).map(|_| answer).map_err(Into::into),
            Err(unwritten) => {
                let (status, faults) = unwritten.beside_the_form()?;
                view(seat, &open, sheet, &typed, &overrides, &faults, status)
            }
        }
    })
    .await
}

/// What the form writes: the screening, with a prescriber's decisions against rules.
pub(crate) fn entries(seat: &Seat<'_>, open: &OpenChart, sheet: &Sheet, typed: &Typed) -> Entries {
    let overrides = asked::overrides(seat, &open.chart, typed);
    let (on, setting) = (seat.app.clinic().today(), setting(seat, &open.chart, typed)?);
    let screened = seat
        .rules
        .bench(seat.app.program)
        .screen(&open.chart, on, &setting, &overrides)
        .map_err(|error| Unwritten::undecided(seat, &error))?;
    Ok(vec![(sheet.id(0), Body::Screened(screened))])
}

fn back(open: &OpenChart) -> Response {
    Redirect::to(&format!("/charts/{}/screening", open.patient)).into_response()
}

fn view(
    seat: &Seat<'_>,
    open: &OpenChart,
    sheet: Sheet,
    typed: &Typed,
    overrides: &[Override],
    faults: &Faults,
    status: StatusCode,
) -> Answer {
    let (words, knowledge) = (&seat.reader(), &seat.rules.knowledge);
    let (on, setting) = (seat.app.clinic().today(), setting(seat, &open.chart, typed)?);
    let title = words.text("screening-title");
    let consultation = match open.chart.asked(on, &setting, overrides, None) {
        Ok(consultation) => consultation,
        Err(error) => return Ok(sheet::page(seat, open, &title, status, &[], &not_yet(seat, open, &error))),
    };
    let screening = screen(&consultation, knowledge);
    let form = Form { words, typed, faults };
    let body = html! {
        (verdict(words, &screening))
        (recorded(seat, open))
        div.columns {
            div {
                (reasons::why(words, &screening))
                (reasons::missing(words, &screening, open.patient))
                (reasons::would_change(words, &screening))
                (reasons::aside(words, &screening))
            }
            div { (record_form(seat, open, sheet, &form, &setting, &screening)) }
        }
        (source_list(words, knowledge, reasons::sources(&screening)))
    };
    Ok(sheet::page(seat, open, &title, status, &[], &faults.above(words, &body)))
}

/// What has to be recorded before screening can answer.
pub(super) fn not_yet(seat: &Seat<'_>, open: &OpenChart, error: &DecideError) -> Markup {
    let words = &seat.reader();
    let (first, step) = match error {
        DecideError::NotYet(NotYet::Intake | NotYet::AskedThatDay { .. }) => ("intake", "step-intake"),
        _ => ("examination", "step-examine"),
    };
    html! {
        section.card {
            h2 { (words.text("screening-not-yet")) }
            p { (words.say(&error.sentence())) "." }
            p { a.button href={ "/charts/" (open.patient) "/" (first) } { (words.text(step)) } }
        }
    }
}

/// What the chart holds as the latest answer.
fn recorded(seat: &Seat<'_>, open: &OpenChart) -> Markup {
    let words = seat.words();
    let Some(screened) = &open.chart.screened else { return html! { p.small { (words.text("screening-none-recorded")) } } };
    let told = [("date", words.date(screened.on).into()), ("decision", verdict::says(words, screened.answer.decision).into())];
    html! {
        p.small {
            (words.with("screening-recorded", told))
            @if !screened.overrides.is_empty() && !seat.has(&[Role::Prescriber]) { " " (words.text("screening-overrides-prescriber")) }
        }
    }
}

fn record_form(
    seat: &Seat<'_>,
    open: &OpenChart,
    sheet: Sheet,
    form: &Form<'_>,
    setting: &Setting,
    screening: &Screening<'_>,
) -> Markup {
    let words = seat.words();
    html! {
        form.card method="post" action={ "/charts/" (open.patient) "/screening" } {
            (sheet.fields(seat))
            h2 { (words.text("screening-asked-for")) }
            (fields(seat, form, setting))
            (asked::override_fields(seat, form, open, screening))
            div.actions {
                button type="submit" { (words.text("screening-record")) }
                button.second type="submit" name="_look" value="yes" { (words.text("screening-look")) }
            }
        }
    }
}
