//! One adverse event: what it is, what to do, and what became of it.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};
use resurface_care::chart::{Amended, Body, EntryId, EventState};
use resurface_ledger::access::{Operation, Role};
use resurface_ledger::clinic::OpenChart;

use super::{after, by, kinds, severity, to_event};
use crate::app::App;
use crate::doors::{Posted, Visitor};
use crate::form::{Faults, Form, Typed, read};
use crate::pages::chart::sheet::{self, Entries, Sheet};
use crate::pages::pictures::of_event;
use crate::problem::Problem;
use crate::seat::{Answer, Seat, patient_of};

pub(super) async fn show(
    State(app): State<Arc<App>>,
    visitor: Visitor,
    Path((patient, entry)): Path<(String, String)>,
) -> Answer {
    app.at_desk(visitor, move |seat| {
        let open = seat.desk.open_to_write(patient_of(&patient)?, Operation::RecordAdverseEvent)?;
        view(seat, &open, &entry, Sheet::new(seat, &open), &Typed::default(), &Faults::default(), StatusCode::OK)
    })
    .await
}

pub(super) async fn write(
    State(app): State<Arc<App>>,
    Path((patient, entry)): Path<(String, String)>,
    Posted { visitor, typed }: Posted,
) -> Answer {
    app.at_desk(visitor, move |seat| {
        let open = seat.desk.open_to_write(patient_of(&patient)?, Operation::RecordAdverseEvent)?;
        let id = find(&open, &entry)?.id;
        let sheet = Sheet::of(&typed)?;
        if sheet.was_sent(&open) {
            return Ok(to_event(open.patient, id));
        }
        if let Some(faults) = sheet.behind(seat, &open) {
            return view(seat, &open, &entry, sheet.again(&open), &typed, &faults, StatusCode::CONFLICT);
        }
        let typed = typed.without(|_, name| name == "_event").or("_event", id.to_string());
        let bodies = if typed.value("_what") == "judge" { judge_entries } else { follow_entries };
        match bodies(seat, &open, &sheet, &typed) {
            Ok(bodies) => Ok(to_event(seat.add(open, bodies)?.open.patient, id)),
            Err(unwritten) => {
                let (status, faults) = unwritten.beside_the_form()?;
                view(seat, &open, &entry, sheet, &typed, &faults, status)
            }
        }
    })
    .await
}

/// What the form writes when an event is followed up.
pub(crate) fn follow_entries(seat: &Seat<'_>, open: &OpenChart, sheet: &Sheet, typed: &Typed) -> Entries {
    let event = find(open, typed.value("_event"))?;
    Ok(vec![(sheet.id(0), followed(seat, event.id, typed)?)])
}

/// What the form writes when an event is judged.
fn judge_entries(seat: &Seat<'_>, open: &OpenChart, sheet: &Sheet, typed: &Typed) -> Entries {
    let event = find(open, typed.value("_event"))?;
    Ok(vec![(sheet.id(0), judged(seat, event, typed)?)])
}

fn find<'a>(open: &'a OpenChart, entry: &str) -> Result<&'a EventState, Problem> {
    open.chart.events.iter().find(|event| event.id.to_string() == entry).ok_or_else(Problem::no_such_page)
}

/// What was reported, with the kind and the severity that somebody has judged: a correction of the report.
fn judged(seat: &Seat<'_>, event: &EventState, typed: &Typed) -> Result<Body, Faults> {
    let noticed = &event.noticed;
    let reported = ["patient", "clinic"][usize::from(noticed.reported_by == resurface_care::chart::ReportedBy::Clinic)];
    let mut whole = Typed::default().or("on", noticed.on.to_string()).or("reported_by", reported).or("text", &noticed.text);
    if let Some(session) = noticed.session {
        whole = whole.or("session", session.to_string());
    }
    let whole = whole.or("event", typed.value("event")).or("severity", typed.value("severity"));
    let becomes = read::entry("adverse_event", &whole, &seat.rules.knowledge)?;
    let on = seat.app.clinic().today();
    Ok(Body::Amended(Amended {
        on,
        entry: event.id,
        reason: seat.words().text("events-judged"),
        becomes: Some(Box::new(becomes)),
    }))
}

fn followed(seat: &Seat<'_>, event: EntryId, typed: &Typed) -> Result<Body, Faults> {
    let typed = typed.clone().without(|_, name| matches!(name, "event" | "severity")).or("event", event.to_string());
    read::entry("adverse_event_followed", &typed.or("resolved:b", "no"), &seat.rules.knowledge)
}

fn view(
    seat: &Seat<'_>,
    open: &OpenChart,
    entry: &str,
    sheet: Sheet,
    typed: &Typed,
    faults: &Faults,
    status: StatusCode,
) -> Result<Response, Problem> {
    let words = seat.words();
    let event = find(open, entry)?;
    let reader = seat.reader();
    let known = event.noticed.event.as_deref().and_then(|id| reader.knowledge.adverse_events.event(id));
    let place = open.chart.screened.as_ref().map(|screened| screened.setting.jurisdiction.as_str());
    let here = format!("/charts/{}/events/{}", open.patient, event.id);
    let body = html! {
        p { a href={ "/charts/" (open.patient) "/events" } { "\u{2190} " (words.text("events-title")) } }
        (reported(seat, open, event))
        @if let Some(known) = known {
            section.card aria-labelledby="events-known" { h2 id="events-known" { (known.name) } (kinds::what_to_do(seat, known, place)) }
        }
        div.columns {
            (follow_up(seat, event, sheet, typed, faults, &here))
            @if seat.has(&[Role::Practitioner, Role::Prescriber]) { (judge(seat, event, sheet, typed, faults, &here)) }
        }
    };
    Ok(sheet::page(seat, open, &words.text("events-one"), status, &[], &faults.above(words, &body)))
}

/// What was reported, and what became of it so far.
fn reported(seat: &Seat<'_>, open: &OpenChart, event: &EventState) -> Markup {
    let words = seat.words();
    let noticed = &event.noticed;
    html! {
        section.card {
            p.big {
                (severity(words, noticed.severity)) " "
                @if event.open() { span.tag.warn { (words.text("events-state-open")) } } @else { span.tag.good { (words.text("events-state-over")) } }
            }
            dl.facts {
                dt { (words.text("events-noticed")) } dd { (words.date(noticed.on)) }
                dt { (words.text("events-by")) } dd { (words.text(by(noticed.reported_by))) }
                dt { (words.text("events-session")) } dd { (after(words, noticed.session, noticed.on)) }
                dt { (words.text("events-text")) } dd { (noticed.text) }
            }
            (of_event(words, open, event.id))
            @if !event.followed.is_empty() {
                h3 { (words.text("events-followed")) }
                ol {
                    @for step in &event.followed {
                        li { time datetime=(step.on) { (words.date(step.on)) } ": " (step.text) @if step.resolved { " " span.tag.good { (words.text("events-state-over")) } } }
                    }
                }
            }
        }
    }
}

fn follow_up(seat: &Seat<'_>, event: &EventState, sheet: Sheet, typed: &Typed, faults: &Faults, here: &str) -> Markup {
    let words = seat.words();
    let typed = typed.clone().or("on", seat.app.clinic().today().to_string()).or("resolved:b", "no");
    let form = Form { words, typed: &typed, faults };
    let states = [("no", words.text("events-not-yet-over")), ("yes", words.text("events-is-over"))];
    html! {
        section.card aria-labelledby="events-follow" {
            h2 id="events-follow" { (words.text(if event.open() { "events-follow" } else { "events-follow-again" })) }
            form method="post" action=(here) {
                (sheet.fields(seat))
                input type="hidden" name="_what" value="follow";
                (form.date("on", &words.text("events-day"), None))
                (form.area("text", &words.text("events-became"), None))
                (form.radios("resolved:b", &words.text("events-state"), None, &states))
                button type="submit" { (words.text("events-follow-button")) }
            }
        }
    }
}

fn judge(seat: &Seat<'_>, event: &EventState, sheet: Sheet, typed: &Typed, faults: &Faults, here: &str) -> Markup {
    let words = seat.words();
    let severity = match event.noticed.severity {
        resurface_care::chart::Severity::Mild => "mild",
        resurface_care::chart::Severity::Moderate => "moderate",
        resurface_care::chart::Severity::Severe => "severe",
    };
    let typed = typed.clone().or("event", event.noticed.event.clone().unwrap_or_default()).or("severity", severity);
    let form = Form { words, typed: &typed, faults };
    let severities = ["mild", "moderate", "severe"].map(|word| (word, words.text(&format!("severity-{word}-about"))));
    html! {
        section.card aria-labelledby="events-judge" {
            h2 id="events-judge" { (words.text("events-judge")) }
            form method="post" action=(here) {
                (sheet.fields(seat))
                input type="hidden" name="_what" value="judge";
                (form.select("event", &words.text("events-what"), None, &kinds::choices(seat)))
                (form.radios("severity", &words.text("events-severity"), None, &severities))
                button.second type="submit" { (words.text("events-judge-button")) }
            }
            (kinds::guide(seat))
        }
    }
}
