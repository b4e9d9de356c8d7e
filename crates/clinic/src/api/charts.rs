//! Charts: found, registered, read, added to.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::{get, post, put};
use resurface_care::chart::{Body, Chart, Decided, EntryId, Milestones, Recorded, Registered, Setting, Wish, record};
use resurface_care::consultation::Consultation;
use resurface_care::form;
use resurface_knowledge::document::Format;
use resurface_ledger::access::Operation;
use resurface_ledger::clinic::{Added, Attributed, LedgerError, OpenChart, operation_of};
use resurface_ledger::entry::Author;
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::sent::{Asked, Sent, answer};
use crate::app::App;
use crate::doors::Visitor;
use crate::problem::{Problem, What};
use crate::routes::{Call, Content, Need, Route};
use crate::seat::{Answer, Seat, patient_of};

/// What stands before a fault: there is no file.
const BODY: &str = "body";

pub(super) fn routes() -> Vec<Route> {
    let (open, json) = (Need::Staff(Operation::OpenChart), Content::Json);
    vec![
        Route::new("/api/v1/patients", Need::Staff(Operation::SearchPatients), "charts by name or number", get(find))
            .calls([Call::get("q", json("Charts"))]),
        Route::new("/api/v1/charts", Need::Staff(Operation::RegisterPatient), "register a patient", post(register))
            .calls([Call::post("", json("Registration"), json("NewChart"))]),
        Route::new("/api/v1/charts/{patient}", open, "what is known of a patient, and what comes next", get(show))
            .calls([Call::get("", json("Chart"))]),
        Route::new("/api/v1/charts/{patient}/entries", open, "every entry of a chart", get(entries))
            .calls([Call::get("", json("Entries"))]),
        Route::new("/api/v1/charts/{patient}/entries/{id}", open, "add an entry under an id of one's own", put(add))
            .calls([Call::put("seen", json("Entry"), json("Added"))]),
        Route::new(
            "/api/v1/charts/{patient}/consultations/{id}",
            Need::Staff(Operation::Screen),
            "add a consultation, and what is decided with it",
            put(consult),
        )
        .calls([Call::put("seen plan review reason", json("Consultation"), json("Added"))]),
    ]
}

#[derive(Deserialize)]
struct Sought {
    #[serde(default)]
    q: String,
}

async fn find(State(app): State<Arc<App>>, visitor: Visitor, Asked(sought): Asked<Sought>) -> Answer {
    app.at_desk(visitor, move |seat| answer(&json!({ "charts": seat.desk.find(&sought.q)? }))).await
}

async fn register(State(app): State<Arc<App>>, sent: Sent) -> Answer {
    app.at_desk(sent.visitor.clone(), move |seat| {
        seat.may(Operation::RegisterPatient)?;
        let read = form::read_registration(BODY, sent.text()?, Format::Json, &seat.rules.knowledge)?;
        let open = seat.desk.register(Registered { synthetic: seat.app.is_demonstration(), ..read })?;
        Ok((StatusCode::CREATED, answer(&json!({ "patient": open.patient }))?).into_response())
    })
    .await
}

async fn show(State(app): State<Arc<App>>, visitor: Visitor, Path(patient): Path<String>) -> Answer {
    app.at_desk(visitor, move |seat| answer(&standing(seat, &seat.chart(patient_of(&patient)?)?))).await
}

/// Where a chart stands.
fn standing(seat: &Seat<'_>, open: &OpenChart) -> Value {
    let milestones = Milestones::of(&open.chart);
    let next = open.fault.is_none().then(|| milestones.next_step(&seat.rules.knowledge.settings, seat.app.clinic().today()));
    json!({
        "patient": open.patient,
        "registered": open.chart.registered,
        "milestones": milestones,
        "next": next,
        "seen": open.entries.last().map_or(0, |entry| entry.seq),
        "fault": open.fault.as_ref().map(ToString::to_string),
    })
}

async fn entries(State(app): State<Arc<App>>, visitor: Visitor, Path(patient): Path<String>) -> Answer {
    app.at_desk(visitor, move |seat| {
        let open = seat.chart(patient_of(&patient)?)?;
        let entries = open.entries.iter().map(|entry| written(seat, entry)).collect::<Result<Vec<_>, Problem>>()?;
        answer(&json!({ "entries": entries, "fault": open.fault.as_ref().map(ToString::to_string) }))
    })
    .await
}

pub(super) fn written(seat: &Seat<'_>, entry: &Attributed) -> Result<Value, Problem> {
    let author = match entry.author {
        Author::Program => json!({ "program": true }),
        Author::User(user) => json!({ "user": user, "name": seat.names.get(&user) }),
        Author::Link(link) => json!({ "link": link }),
    };
    Ok(json!({
        "id": entry.id, "seq": entry.seq, "at": entry.at, "author": author,
        "kind": entry.body.kind().word(), "version": entry.body.kind().version(), "body": content(&entry.body)?,
    }))
}

fn content(body: &Body) -> Result<Value, Problem> {
    body.to_json().map_err(|error| Problem::new(What::Broken, error.to_string()))
}

/// What is decided with a consultation, and how far the program had read.
#[derive(Default, Deserialize)]
struct With {
    /// The number of entries that the program has seen; another number means that somebody else wrote meanwhile.
    #[serde(default)]
    seen: Option<u32>,
    /// `adopt`, or nothing.
    #[serde(default)]
    plan: Option<String>,
    /// What was decided at a review, where one is wanted.
    #[serde(default)]
    review: Option<Decided>,
    /// Why.
    #[serde(default)]
    reason: String,
}

async fn add(
    State(app): State<Arc<App>>,
    Path((patient, id)): Path<(String, String)>,
    Asked(with): Asked<With>,
    sent: Sent,
) -> Answer {
    app.at_desk(sent.visitor.clone(), move |seat| {
        seat.may(Operation::OpenChart)?;
        let id = entry_id(&id)?;
        let mut body = form::read_entry(BODY, sent.text()?, Format::Json, &seat.rules.knowledge)?;
        if let Body::Amended(amended) = &mut body
            && let Some(Body::Registered(registered)) = amended.becomes.as_deref_mut()
        {
            registered.synthetic = seat.app.is_demonstration();
        }
        let operation = operation_of(body.kind());
        let added = seat.desk.add_what(patient_of(&patient)?, operation, |open| to_add(open, vec![(id, body)], with.seen))?;
        written_now(seat, &added, &[id])
    })
    .await
}

pub(super) fn entry_id(text: &str) -> Result<EntryId, Problem> {
    text.parse::<Uuid>().map(EntryId).map_err(|_| Problem::no_such_page())
}

/// Whether the program has seen the whole chart, where it says how far it has.
pub(super) fn in_step(open: &OpenChart, seen: Option<u32>) -> Result<(), Problem> {
    let end = open.entries.last().map_or(0, |entry| entry.seq);
    match seen {
        Some(seen) if seen != end => {
            let since = open.entries.iter().filter(|entry| entry.seq > seen).map(|entry| entry.body.clone());
            Err(LedgerError::Moved { since: since.collect() }.into())
        }
        _ => Ok(()),
    }
}

/// What of these entries is still to be added: nothing when they were sent before, so that they count once.
fn to_add(open: &OpenChart, bodies: Vec<(EntryId, Body)>, seen: Option<u32>) -> Result<Vec<(EntryId, Body)>, Problem> {
    if bodies.first().is_some_and(|(id, _)| open.entries.iter().any(|entry| entry.id == *id)) {
        return Ok(Vec::new());
    }
    in_step(open, seen).map(|()| bodies)
}

fn written_now(seat: &Seat<'_>, added: &Added, ids: &[EntryId]) -> Answer {
    let entries = added.open.entries.iter().filter(|entry| ids.contains(&entry.id)).map(|entry| written(seat, entry));
    let entries = entries.collect::<Result<Vec<_>, Problem>>()?;
    let status = if added.already { StatusCode::OK } else { StatusCode::CREATED };
    Ok((status, answer(&json!({ "added": entries, "chart": standing(seat, &added.open) }))?).into_response())
}

async fn consult(
    State(app): State<Arc<App>>,
    Path((patient, id)): Path<(String, String)>,
    Asked(with): Asked<With>,
    sent: Sent,
) -> Answer {
    app.at_desk(sent.visitor.clone(), move |seat| {
        seat.may(Operation::Screen)?;
        let id = entry_id(&id)?;
        let consultation = form::read(BODY, sent.text()?, Format::Json, &seat.rules.knowledge)?;
        let operation = if consultation.day.is_some() { Operation::GateSession } else { Operation::Screen };
        let open = seat.desk.open_to_write(patient_of(&patient)?, operation)?;
        let bodies = decided(seat, &open, &consultation, &with)?;
        let bodies: Vec<_> = bodies.into_iter().enumerate().map(|(at, body)| (nth(id, at), body)).collect();
        let ids: Vec<EntryId> = bodies.iter().map(|(id, _)| *id).collect();
        let bodies = to_add(&open, bodies, with.seen)?;
        let added = if bodies.is_empty() { Added { open, already: true } } else { seat.add(open, bodies)? };
        written_now(seat, &added, &ids)
    })
    .await
}

/// The id of the entry at a place among those of a consultation.
fn nth(id: EntryId, at: usize) -> EntryId {
    if at == 0 {
        return id;
    }
    let hash = Sha256::new().chain_update(id.0.as_bytes()).chain_update((at as u64).to_be_bytes()).finalize();
    EntryId(uuid::Builder::from_custom_bytes(std::array::from_fn(|at| hash[at])).into_uuid())
}

/// The facts of a consultation, and what is answered of the chart with them.
fn decided(seat: &Seat<'_>, open: &OpenChart, consultation: &Consultation, with: &With) -> Result<Vec<Body>, Problem> {
    let wrong = |error: &dyn std::fmt::Display| Problem::new(What::Faults, error.to_string());
    let mut bodies = record(&open.chart, consultation).map_err(|error| wrong(&error))?;
    let ids: Vec<EntryId> = bodies.iter().map(|_| seat.desk.entry_id()).collect();
    let held = open.entries.iter().map(|entry| Recorded { id: entry.id, body: &entry.body });
    let new = bodies.iter().zip(&ids).map(|(body, id)| Recorded { id: *id, body });
    let chart = Chart::fold(held.chain(new));
    let bench = seat.rules.bench(seat.app.program);
    let (on, overrides) = (consultation.date, &consultation.overrides[..]);
    let claimed = &consultation.operator;
    let setting = Setting {
        jurisdiction: consultation.jurisdiction.clone(),
        device: consultation.device.clone(),
        operator: seat.app.clinic().operator(&claimed.name)?.unwrap_or_else(|| claimed.clone()),
    };
    bodies.push(Body::Screened(bench.screen(&chart, on, &setting, overrides)?));
    if let Some(day) = &consultation.day {
        let operator = seat.app.clinic().operator_of_the_day(claimed)?;
        let setting = Setting { operator, ..setting.clone() };
        bodies.push(Body::SessionGated(bench.gate(&chart, on, &setting, overrides, day)?));
    }
    if with.plan.as_deref() == Some("adopt") {
        bodies.push(Body::PlanAdopted(bench.plan(&chart, on, &setting, overrides, Wish::Adopt)?));
    }
    if let Some(review) = with.review {
        let decided = Some((review, with.reason.clone()));
        bodies.push(Body::Reviewed(bench.review(&chart, on, &setting, overrides, decided)?));
    }
    Ok(bodies)
}
