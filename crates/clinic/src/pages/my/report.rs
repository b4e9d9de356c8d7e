//! A problem that a patient reports: it stands on the worklist of the clinic at once.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::extract::{DefaultBodyLimit, Query, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use maud::{Markup, html};
use resurface_care::chart::{Body, Consented, Purpose};
use resurface_knowledge::adverse_events::Urgency;
use resurface_ledger::access::Operation;
use resurface_ledger::clinic::{LedgerError, OpenChart};
use resurface_ledger::identity::LinkPurpose;
use serde::Deserialize;

use super::plan::call;
use crate::app::App;
use crate::doors::Visitor;
use crate::form::{Faults, Form, Typed, read};
use crate::page::Area;
use crate::pages::chart::sheet::{Entries, Sheet};
use crate::pages::pictures::upload::{Places, Sent as Handed, received};
use crate::problem::Problem;
use crate::routes::{Need, Route};
use crate::seat::{Answer, Seat};

pub(super) fn routes() -> Vec<Route> {
    let need = Need::Link(LinkPurpose::ReportProblem);
    let sending = get(show).post(send).layer(DefaultBodyLimit::max(BODY_BYTES_MAX));
    vec![Route::new("/my/report", need, "a patient reports a problem", sending)]
}

/// Largest report with pictures, in bytes: three of a telephone's.
const BODY_BYTES_MAX: usize = 40_000_000;
/// The place into which a picture is put.
const PHOTO: &str = "photo";
/// Where pictures can be put.
const PHOTOS: Places = Places { holds: |name| name == PHOTO, files_max: 3 };

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
        Ok(thanks(seat, &sent.sent, &[]))
    })
    .await
}

async fn send(State(app): State<Arc<App>>, visitor: Visitor, request: Request) -> Answer {
    // Whoever has no link sends nothing large.
    let may = |seat: &Seat<'_>, patient| seat.desk.open_to_write(patient, Operation::OwnReport).map(drop).map_err(Problem::from);
    app.with_link(visitor.clone(), LinkPurpose::ReportProblem, may).await?;
    let handed = received(&app, &visitor, request, PHOTOS).await?;
    app.with_link(visitor, LinkPurpose::ReportProblem, move |seat, patient| {
        let typed = &handed.typed;
        let open = seat.desk.open_to_write(patient, Operation::OwnReport)?;
        let sheet = Sheet::of(typed)?;
        let sent =
            Redirect::to(&format!("/my/report?sent={}", if typed.value("severity") == "severe" { "severe" } else { "yes" }));
        if sheet.was_sent(&open) {
            return Ok(sent.into_response());
        }
        // What the clinic wrote meanwhile keeps nobody from reporting.
        match entries(seat, &open, &sheet, typed) {
            Ok(bodies) => {
                let open = seat.add_in_any_case(open, Operation::OwnReport, bodies)?.open;
                let not_kept = keep_pictures(seat, open, &sheet, &handed)?;
                if not_kept.is_empty() { Ok(sent.into_response()) } else { Ok(thanks(seat, typed.value("severity"), &not_kept)) }
            }
            Err(unwritten) => {
                let (status, faults) = unwritten.beside_the_form()?;
                Ok(view(seat, &open, sheet, typed, &faults, status))
            }
        }
    })
    .await
}

/// What the form writes: a report of today, by the patient.
pub(crate) fn entries(seat: &Seat<'_>, _: &OpenChart, sheet: &Sheet, typed: &Typed) -> Entries {
    let own = ["text", "severity", "session"];
    let report = typed.clone().without(|_, name| !own.contains(&name));
    let report = report.or("on", seat.app.clinic().today().to_string()).or("reported_by", "patient");
    let body = read::entry("adverse_event", &report, &seat.rules.knowledge);
    Ok(vec![(sheet.id(0), body.map_err(|faults| in_plain_words(seat, typed, faults))?)])
}

/// Keeps the pictures that came with a report, where the patient agrees to that; why others are not kept. The report itself is
/// in the chart already, whatever becomes of them.
fn keep_pictures(seat: &Seat<'_>, mut open: OpenChart, sheet: &Sheet, handed: &Handed) -> Result<Vec<String>, Problem> {
    let words = seat.words();
    let mut not_kept: Vec<String> = handed.broken_off.iter().map(|_| words.text("my-report-photos-too-large")).collect();
    if handed.files.is_empty() {
        return Ok(not_kept);
    }
    if !open.chart.consents.contains_key(&Purpose::PicturesForCare) {
        if handed.typed.value("_agrees[]") != "yes" {
            return Ok(vec![words.text("my-report-photos-not-agreed")]);
        }
        open = seat.add(open, vec![(sheet.id(1), agreed(seat))])?.open;
    }
    for (at, file) in (2..).zip(&handed.files) {
        match seat.desk.take_own_picture(open.clone(), sheet.id(at), &file.bytes, sheet.id(0)) {
            Ok(added) => open = added.open,
            Err(LedgerError::Picture(_)) => {
                not_kept.push(words.with("my-report-photo-refused", [("file", (&file.name).into())]));
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(not_kept)
}

/// The patient's yes to pictures for the chart, with the words to which it was given.
fn agreed(seat: &Seat<'_>) -> Body {
    let words = seat.words();
    Body::Consented(Consented {
        on: seat.app.clinic().today(),
        purposes: BTreeSet::from([Purpose::PicturesForCare]),
        document: None,
        discussion: Some(words.with("my-report-photos-agreed", [("text", words.text("my-report-photos-agree").into())])),
        signature: None,
    })
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
    let reader = seat.reader();
    let events = &reader.knowledge.adverse_events.events;
    let emergencies = events.iter().filter(|event| event.urgency == Urgency::Emergency);
    let body = html! {
        div.mine {
            h1 { (title) }
            div.callout.danger {
                p { strong { (words.text("my-report-emergency")) } }
                ul { @for event in emergencies { li { (event.patient) " " strong { (event.patient_does) } } } }
            }
            form.card method="post" action="/my/report" enctype="multipart/form-data" {
                (sheet.fields(seat))
                (form.area("text", &words.text("my-report-what"), Some(&words.text("my-report-what-hint"))))
                (form.radios("severity", &words.text("my-report-how-bad"), None, &severities))
                (form.select("session", &words.text("my-report-session"), None, &sessions))
                (photos(&form, open))
                button type="submit" { (words.text("my-report-send")) }
            }
            section aria-labelledby="my-call" { h2 id="my-call" { (words.text("my-call")) } (call(words, seat.reader().knowledge)) }
        }
    };
    seat.page(Area::Outside, &title).with_status(status, &faults.above(words, &body))
}

/// Where pictures are put, and the question whether the clinic may keep them.
fn photos(form: &Form<'_>, open: &OpenChart) -> Markup {
    let words = form.words;
    html! {
        fieldset.photos {
            legend { (words.text("my-report-photos")) }
            p.hint { (words.text("my-report-photos-hint")) }
            @for at in 1..=PHOTOS.files_max {
                div.field {
                    label for={ "photo-" (at) } { (words.with("my-report-photo", [("number", at.into())])) }
                    input type="file" id={ "photo-" (at) } name=(PHOTO) accept="image/jpeg,image/png";
                }
            }
            @if !open.chart.consents.contains_key(&Purpose::PicturesForCare) {
                (form.checks("_agrees[]", &words.text("my-report-photos-consent"), None, &[("yes", words.text("my-report-photos-agree"))]))
            }
        }
    }
}

fn thanks(seat: &Seat<'_>, sent: &str, not_kept: &[String]) -> Response {
    let words = seat.words();
    let title = words.text("my-report-sent");
    let body = html! {
        div.mine {
            h1 { (title) }
            p.callout.good role="status" { (words.text("my-report-thanks")) }
            @if !not_kept.is_empty() {
                div.callout.warn role="alert" {
                    p { strong { (words.text("my-report-photos-not-kept")) } }
                    ul { @for why in not_kept { li { (why) } } }
                }
            }
            @if sent == "severe" { p.callout.danger { strong { (words.text("my-report-call-now")) } } }
            section aria-labelledby="my-call" { h2 id="my-call" { (words.text("my-call")) } (call(words, seat.reader().knowledge)) }
            p { a.button.second href="/my/report" { (words.text("my-report-another")) } }
            @if seat.visitor.link(LinkPurpose::Plan).is_some() { p { a href="/my/plan" { (words.text("my-plan-title")) } } }
        }
    };
    seat.page(Area::Outside, &title).body(&body)
}
