//! One entry of a chart, in full, and the way to strike it out: it stays where it is, and no longer counts.

mod detail;

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use maud::{Markup, html};
use resurface_care::chart::{Amended, Body};
use resurface_ledger::access::Operation;
use resurface_ledger::clinic::{Attributed, LedgerError, OpenChart};

use crate::app::App;
use crate::doors::{Posted, Visitor};
use crate::form::{Faults, Form, Typed};
use crate::pages::chart::line::line;
use crate::pages::chart::sheet::{self, Sheet};
use crate::pages::chart::timeline::{author, corrections};
use crate::problem::Problem;
use crate::routes::{Need, Route};
use crate::seat::{Answer, Seat, patient_of};

pub(super) fn routes() -> Vec<Route> {
    let need = Need::Staff(Operation::AmendEntry);
    vec![Route::new(
        "/charts/{patient}/entries/{entry}",
        need,
        "one entry in full, and striking it out",
        get(show).post(strike_out),
    )]
}

async fn show(State(app): State<Arc<App>>, visitor: Visitor, Path((patient, entry)): Path<(String, String)>) -> Answer {
    app.at_desk(visitor, move |seat| {
        let open = seat.desk.open_to_write(patient_of(&patient)?, Operation::AmendEntry)?;
        let sheet = Sheet::new(seat, &open);
        view(seat, &open, &entry, sheet, &Typed::default(), &Faults::default(), StatusCode::OK)
    })
    .await
}

async fn strike_out(
    State(app): State<Arc<App>>,
    Path((patient, entry)): Path<(String, String)>,
    Posted { visitor, typed }: Posted,
) -> Answer {
    app.at_desk(visitor, move |seat| {
        let open = seat.desk.open_to_write(patient_of(&patient)?, Operation::AmendEntry)?;
        let sheet = Sheet::of(&typed)?;
        if sheet.was_sent(&open) {
            return Ok(sheet::to_chart(open.patient));
        }
        if let Some(faults) = sheet.behind(seat, &open) {
            return view(seat, &open, &entry, sheet.again(&open), &typed, &faults, StatusCode::CONFLICT);
        }
        let wrong = |faults: Faults| view(seat, &open, &entry, sheet, &typed, &faults, StatusCode::UNPROCESSABLE_ENTITY);
        let Some(reason) = typed.filled("reason") else {
            return wrong(Faults::one("reason", seat.words().text("entry-reason-needed")));
        };
        let amended =
            Amended { on: seat.app.clinic().today(), entry: found(&open, &entry)?.id, reason: reason.to_owned(), becomes: None };
        match seat.add(open.clone(), vec![(sheet.id(0), Body::Amended(amended))]) {
            Ok(_) => Ok(sheet::to_chart(open.patient)),
            Err(error @ LedgerError::DoesNotFit(_)) => wrong(Faults::of_error("", &error)),
            Err(error) => Err(error.into()),
        }
    })
    .await
}

fn found<'o>(open: &'o OpenChart, id: &str) -> Result<&'o Attributed, Problem> {
    open.entries.iter().find(|entry| entry.id.to_string() == id).ok_or_else(Problem::no_such_page)
}

fn view(
    seat: &Seat<'_>,
    open: &OpenChart,
    id: &str,
    sheet: Sheet,
    typed: &Typed,
    faults: &Faults,
    status: StatusCode,
) -> Result<Response, Problem> {
    let words = seat.words();
    let entry = found(open, id)?;
    let correction = corrections(open).remove(&entry.id);
    let kind = words.text(&format!("kind-{}", entry.body.kind().word()));
    let title = words.with("entry-title", [("kind", kind.into()), ("date", words.date(entry.body.day()).into())]);
    let body = html! {
        @if let Some(amended) = correction {
            @let key = if amended.becomes.is_none() { "chart-struck-out" } else { "chart-amended" };
            p.callout.warn { (words.with(key, [("reason", (&amended.reason).into())])) ", " (words.date(amended.on)) }
        }
        section.card {
            p.big { (line(seat, open, &entry.body)) }
            (written(seat, entry))
            h2 { (words.text("entry-content")) }
            (detail::content(words, &entry.body))
        }
        @if may_be_struck_out(entry, correction.is_some_and(|amended| amended.becomes.is_none()).into()) {
            (form(seat, sheet, &Form { words, typed, faults }))
        }
    };
    Ok(sheet::page(seat, open, &title, status, &[], &faults.above(words, &body)))
}

/// Whether an entry counts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    Counts,
    StruckOut,
}

impl From<bool> for Standing {
    fn from(struck_out: bool) -> Self {
        if struck_out { Self::StruckOut } else { Self::Counts }
    }
}

/// Whether the page offers to strike it out; what the chart allows, the desk decides.
fn may_be_struck_out(entry: &Attributed, standing: Standing) -> bool {
    standing == Standing::Counts && !matches!(entry.body, Body::Registered(_) | Body::Amended(_))
}

fn written(seat: &Seat<'_>, entry: &Attributed) -> Markup {
    let words = seat.words();
    let there = entry.at.to_zoned(seat.app.clinic().surroundings().zone()).datetime();
    html! {
        dl.facts {
            dt { (words.text("entry-number")) } dd { (entry.seq) }
            dt { (words.text("entry-written")) } dd { (words.moment(there)) " " (author(seat, entry)) }
            dt { (words.text("entry-id")) } dd { code { (entry.id) } }
        }
    }
}

fn form(seat: &Seat<'_>, sheet: Sheet, form: &Form<'_>) -> Markup {
    let words = seat.words();
    html! {
        form.card method="post" {
            (sheet.fields(seat))
            h2 { (words.text("entry-strike-out")) }
            p { (words.text("entry-strike-out-hint")) }
            (form.area("reason", &words.text("entry-reason"), None))
            div.actions { button.danger type="submit" { (words.text("entry-strike-out")) } }
        }
    }
}
