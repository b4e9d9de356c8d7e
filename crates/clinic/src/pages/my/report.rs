//! A problem that a patient reports: it stands on the worklist of the clinic at once.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use maud::html;
use resurface_knowledge::adverse_events::Urgency;
use resurface_ledger::access::Operation;
use resurface_ledger::clinic::OpenChart;
use resurface_ledger::identity::LinkPurpose;
use serde::Deserialize;

use super::plan::call;
use crate::app::App;
use crate::doors::{Posted, Visitor};
use crate::form::{Faults, Form, Typed, read};
use crate::page::Area;
use crate::pages::chart::sheet::Sheet;
use crate::routes::{Need, Route};
use crate::seat::{Answer, Seat};

pub(super) fn routes() -> Vec<Route> {
    let need = Need::Link(LinkPurpose::ReportProblem);
    vec![Route::new("/my/report", need, "a patient reports a problem", get(show).post(send))]
}

/// Whether something was sent just now.
#[derive(Default, Deserialize)]
struct Sent {
    #[serde(default)]
    sent: String,
}

async fn show(State(app): State<Arc<App>>, visitor: Visitor, Query(sent): Query<Sent>) -> Answer {
    app.with_link(visitor, LinkPurpose::ReportProblem, move |seat, patient| {
        let open = seat.desk.open_to_write(patient, Operation::OwnReport)?;
        if sent.sent.is_empty() {
            return Ok(view(seat, &open, Sheet::new(seat, &open), &Typed::default(), &Faults::default(), StatusCode::OK));
        }
        Ok(thanks(seat, &sent.sent))
    })
    .await
}

async fn send(State(app): State<Arc<App>>, Posted { visitor, typed }: Posted) -> Answer {
    app.with_link(visitor, LinkPurpose::ReportProblem, move |seat, patient| {
        let open = seat.desk.open_to_write(patient, Operation::OwnReport)?;
        let sheet = Sheet::of(&typed)?;
        let sent =
            Redirect::to(&format!("/my/report?sent={}", if typed.value("severity") == "severe" { "severe" } else { "yes" }));
        if sheet.was_sent(&open) {
            return Ok(sent.into_response());
        }
        // What the clinic wrote meanwhile keeps nobody from reporting.
        let own = ["text", "severity", "session"];
        let report = typed.clone().without(|_, name| !own.contains(&name));
        let report = report.or("on", seat.app.clinic().today().to_string()).or("reported_by", "patient");
        match read::entry("adverse_event", &report, &seat.rules.knowledge) {
            Ok(body) => {
                seat.add(open, vec![(sheet.id(0), body)])?;
                Ok(sent.into_response())
            }
            Err(faults) => {
                Ok(view(seat, &open, sheet, &typed, &in_plain_words(seat, &typed, faults), StatusCode::UNPROCESSABLE_ENTITY))
            }
        }
    })
    .await
}

/// What is missing, in the words of the form.
fn in_plain_words(seat: &Seat<'_>, typed: &Typed, faults: Faults) -> Faults {
    let missing = ["severity", "text"].into_iter().find(|name| typed.filled(name).is_none());
    missing.map_or(faults, |name| Faults::one(name, seat.words().text(&format!("my-report-missing-{name}"))))
}

fn view(seat: &Seat<'_>, open: &OpenChart, sheet: Sheet, typed: &Typed, faults: &Faults, status: StatusCode) -> Response {
    let words = seat.words();
    let days: Vec<_> = open.chart.sessions.iter().rev().map(|session| (session.on.to_string(), words.date(session.on))).collect();
    let typed = typed.clone().or("session", days.first().map(|(day, _)| day.clone()).unwrap_or_default());
    let form = Form { words, typed: &typed, faults };
    let severities = ["mild", "moderate", "severe"].map(|word| (word, words.text(&format!("my-report-{word}"))));
    let none = std::iter::once(("", words.text("my-report-no-session")));
    let sessions: Vec<_> = days.iter().map(|(day, label)| (day.as_str(), label.clone())).chain(none).collect();
    let title = words.text("my-report-title");
    let events = &seat.rules.knowledge.adverse_events.events;
    let emergencies = events.iter().filter(|event| event.urgency == Urgency::Emergency);
    let body = html! {
        div.mine {
            h1 { (title) }
            div.callout.danger {
                p { strong { (words.text("my-report-emergency")) } }
                ul lang="en" { @for event in emergencies { li { (event.patient) " " strong { (event.patient_does) } } } }
            }
            (faults.summary(words))
            form.card method="post" action="/my/report" {
                (sheet.fields(seat))
                (form.area("text", &words.text("my-report-what"), Some(&words.text("my-report-what-hint"))))
                (form.radios("severity", &words.text("my-report-how-bad"), None, &severities))
                (form.select("session", &words.text("my-report-session"), None, &sessions))
                p.small { (words.text("my-report-photo")) }
                button type="submit" { (words.text("my-report-send")) }
            }
            section aria-labelledby="my-call" { h2 id="my-call" { (words.text("my-call")) } (call(words, &seat.rules.knowledge)) }
        }
    };
    seat.page(Area::Outside, &title).with_status(status, &body)
}

fn thanks(seat: &Seat<'_>, sent: &str) -> Response {
    let words = seat.words();
    let title = words.text("my-report-sent");
    let body = html! {
        div.mine {
            h1 { (title) }
            p.callout.good role="status" { (words.text("my-report-thanks")) }
            @if sent == "severe" { p.callout.danger { strong { (words.text("my-report-call-now")) } } }
            section aria-labelledby="my-call" { h2 id="my-call" { (words.text("my-call")) } (call(words, &seat.rules.knowledge)) }
            p { a.button.second href="/my/report" { (words.text("my-report-another")) } }
            @if seat.visitor.link(LinkPurpose::Plan).is_some() { p { a href="/my/plan" { (words.text("my-plan-title")) } } }
        }
    };
    seat.page(Area::Outside, &title).body(&body)
}
