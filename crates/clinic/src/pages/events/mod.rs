//! Adverse events of a chart: what is open, worst first; what was reported; what became of it.

mod kinds;
pub(crate) mod one;

use std::cmp::Reverse;
use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use jiff::civil::Date;
use maud::{Markup, html};
use resurface_care::chart::{EntryId, EventState, ReportedBy, Severity};
use resurface_ledger::access::Operation;
use resurface_ledger::clinic::OpenChart;
use resurface_ledger::identity::PatientId;
use resurface_words::Words;

use super::chart::sheet::{self, Entries, Sheet};
use crate::app::App;
use crate::doors::{Posted, Visitor};
use crate::form::{Faults, Form, Typed, read};
use crate::routes::{Need, Route};
use crate::seat::{Answer, Seat, patient_of};

pub(super) fn routes() -> Vec<Route> {
    let need = Need::Staff(Operation::RecordAdverseEvent);
    vec![
        Route::new("/charts/{patient}/events", need, "adverse events: list and report", get(show).post(report)),
        Route::new(
            "/charts/{patient}/events/{entry}",
            need,
            "one adverse event: judge and follow up",
            get(one::show).post(one::write),
        ),
    ]
}

async fn show(State(app): State<Arc<App>>, visitor: Visitor, Path(patient): Path<String>) -> Answer {
    app.at_desk(visitor, move |seat| {
        let open = seat.desk.open_to_write(patient_of(&patient)?, Operation::RecordAdverseEvent)?;
        Ok(view(seat, &open, Sheet::new(seat, &open), &Typed::default(), &Faults::default(), StatusCode::OK))
    })
    .await
}

async fn report(State(app): State<Arc<App>>, Path(patient): Path<String>, Posted { visitor, typed }: Posted) -> Answer {
    app.at_desk(visitor, move |seat| {
        let open = seat.desk.open_to_write(patient_of(&patient)?, Operation::RecordAdverseEvent)?;
        let sheet = Sheet::of(&typed)?;
        if sheet.was_sent(&open) {
            return Ok(to_event(open.patient, sheet.id(0)));
        }
        if let Some(faults) = sheet.behind(seat, &open) {
            return Ok(view(seat, &open, sheet.again(&open), &typed, &faults, StatusCode::CONFLICT));
        }
        match entries(seat, &open, &sheet, &typed) {
            Ok(bodies) => Ok(to_event(seat.add(open, bodies)?.open.patient, sheet.id(0))),
            Err(unwritten) => {
                let (status, faults) = unwritten.beside_the_form()?;
                Ok(view(seat, &open, sheet, &typed, &faults, status))
            }
        }
    })
    .await
}

/// What the form writes: a report, by the clinic unless it says otherwise.
pub(crate) fn entries(seat: &Seat<'_>, _: &OpenChart, sheet: &Sheet, typed: &Typed) -> Entries {
    let body = read::entry("adverse_event", &typed.clone().or("reported_by", "clinic"), &seat.rules.knowledge)?;
    Ok(vec![(sheet.id(0), body)])
}

fn to_event(patient: PatientId, entry: EntryId) -> Response {
    Redirect::to(&format!("/charts/{patient}/events/{entry}")).into_response()
}

fn view(seat: &Seat<'_>, open: &OpenChart, sheet: Sheet, typed: &Typed, faults: &Faults, status: StatusCode) -> Response {
    let words = seat.words();
    let (mut pending, over): (Vec<&EventState>, Vec<&EventState>) = open.chart.events.iter().partition(|event| event.open());
    pending.sort_by_key(|event| (Reverse(event.noticed.severity), event.noticed.on));
    let body = html! {
        section aria-labelledby="events-open" {
            h2 id="events-open" { (words.text("events-open")) }
            @if pending.is_empty() { p { (words.text("events-none-open")) } } @else { (table(seat, open, &pending)) }
        }
        @if !over.is_empty() {
            details { summary { (words.with("events-over", [("count", over.len().into())])) } (table(seat, open, &over)) }
        }
        (form(seat, open, sheet, typed, faults))
    };
    sheet::page(seat, open, &words.text("events-title"), status, &[], &faults.above(words, &body))
}

fn table(seat: &Seat<'_>, open: &OpenChart, events: &[&EventState]) -> Markup {
    let words = seat.words();
    html! {
        div.scroll role="region" tabindex="0" aria-label=(words.text("events-title")) {
            table.events {
                thead { tr {
                    @for key in ["events-noticed", "events-what", "events-severity", "events-by", "events-session"] { th scope="col" { (words.text(key)) } }
                } }
                tbody {
                    @for event in events {
                        @let noticed = &event.noticed;
                        tr {
                            td { time datetime=(noticed.on) { (words.short_date(noticed.on)) } }
                            th scope="row" {
                                a href={ "/charts/" (open.patient) "/events/" (event.id) } { (kinds::name(seat, noticed.event.as_deref())) }
                                p.small { (noticed.text) }
                            }
                            td { (severity(words, noticed.severity)) }
                            td { (words.text(by(noticed.reported_by))) }
                            td { (after(words, noticed.session, noticed.on)) }
                        }
                    }
                }
            }
        }
    }
}

/// How bad, in word and colour.
fn severity(words: &Words, severity: Severity) -> Markup {
    let (tone, key) = match severity {
        Severity::Mild => ("quiet", "severity-mild"),
        Severity::Moderate => ("warn", "severity-moderate"),
        Severity::Severe => ("danger", "severity-severe"),
    };
    html! { span.tag.(tone) { (words.text(key)) } }
}

const fn by(reported: ReportedBy) -> &'static str {
    match reported {
        ReportedBy::Patient => "events-by-patient",
        ReportedBy::Clinic => "events-by-clinic",
    }
}

/// The session that it followed, and how many days before.
fn after(words: &Words, session: Option<Date>, noticed: Date) -> String {
    let Some(session) = session else { return words.text("events-no-session") };
    let days = session.until(noticed).map_or(0, |span| span.get_days().unsigned_abs());
    words.with("events-after", [("date", words.short_date(session).into()), ("days", days.into())])
}

fn form(seat: &Seat<'_>, open: &OpenChart, sheet: Sheet, typed: &Typed, faults: &Faults) -> Markup {
    let words = seat.words();
    let days: Vec<(String, Date)> =
        open.chart.sessions.iter().rev().map(|session| (session.on.to_string(), session.on)).collect();
    let last = days.first().map(|(word, _)| word.clone()).unwrap_or_default();
    let typed = typed.clone().or("on", seat.app.clinic().today().to_string()).or("session", last);
    let none = std::iter::once(("", words.text("events-no-session")));
    let sessions: Vec<_> = none.chain(days.iter().map(|(word, day)| (word.as_str(), words.date(*day)))).collect();
    let form = Form { words, typed: &typed, faults };
    let severities = ["mild", "moderate", "severe"].map(|word| (word, words.text(&format!("severity-{word}-about"))));
    html! {
        section.card aria-labelledby="events-report" {
            h2 id="events-report" { (words.text("events-report")) }
            form method="post" action={ "/charts/" (open.patient) "/events" } {
                (sheet.fields(seat))
                (form.date("on", &words.text("events-noticed"), None))
                (form.select("session", &words.text("events-session"), None, &sessions))
                (form.radios("severity", &words.text("events-severity"), None, &severities))
                (form.select("event", &words.text("events-what"), Some(&words.text("events-what-hint")), &kinds::choices(seat)))
                (form.area("text", &words.text("events-text"), None))
                button type="submit" { (words.text("events-button")) }
            }
        }
    }
}
