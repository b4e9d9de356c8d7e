//! Running the clinic: worklist, recall, users, settings, outcomes, access log, verify.

use std::num::NonZeroUsize;
use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use resurface_ledger::access::Operation;
use resurface_ledger::clinic::{AccessFilter, Check, Outcomes, PracticeChange};
use serde::Deserialize;
use serde_json::json;

use super::sent::{Sent, answer, read};
use crate::app::App;
use crate::doors::Visitor;
use crate::seat::{Answer, patient_of};

/// Lines of the access log that are given at once, at most.
const LINES_MAX: usize = 1000;

pub(super) async fn worklist(State(app): State<Arc<App>>, visitor: Visitor) -> Answer {
    app.at_desk(visitor, |seat| {
        let today = seat.app.clinic().today();
        answer(&seat.desk.worklist(&seat.rules.knowledge.settings, today)?)
    })
    .await
}

#[derive(Deserialize)]
pub(super) struct Lot {
    #[serde(default)]
    lot: String,
}

pub(super) async fn recall(State(app): State<Arc<App>>, visitor: Visitor, Query(asked): Query<Lot>) -> Answer {
    app.at_desk(visitor, move |seat| answer(&json!({ "lot": asked.lot, "patients": seat.desk.recall(&asked.lot)? }))).await
}

pub(super) async fn users(State(app): State<Arc<App>>, visitor: Visitor) -> Answer {
    app.at_desk(visitor, |seat| answer(&json!({ "users": seat.desk.users()? }))).await
}

pub(super) async fn settings(State(app): State<Arc<App>>, visitor: Visitor) -> Answer {
    app.at_desk(visitor, |seat| {
        seat.may(Operation::ChangeSettings)?;
        let (practice, knowledge) = (&seat.practice, &seat.rules.knowledge);
        answer(&json!({
            "knowledge": knowledge.version.full(), "jurisdiction": practice.jurisdiction, "device": practice.device,
            "values": practice.values, "decided": practice.decided, "settings": knowledge.settings,
        }))
    })
    .await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    change: PracticeChange,
    reason: String,
}

pub(super) async fn change_setting(State(app): State<Arc<App>>, sent: Sent) -> Answer {
    app.at_desk(sent.visitor.clone(), move |seat| {
        seat.may(Operation::ChangeSettings)?;
        let Wanted { change, reason } = read(&sent.bytes)?;
        seat.app.change_practice(&seat.desk, change, &reason)?;
        Ok(StatusCode::NO_CONTENT.into_response())
    })
    .await
}

pub(super) async fn outcomes(State(app): State<Arc<App>>, visitor: Visitor) -> Answer {
    app.at_desk(visitor, |seat| answer(&seat.desk.outcomes(&seat.rules.knowledge, threads())?)).await
}

fn threads() -> NonZeroUsize {
    std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN)
}

#[derive(Deserialize)]
pub(super) struct Lines {
    #[serde(default)]
    patient: Option<String>,
    #[serde(default)]
    outcome: String,
    #[serde(default)]
    lines: Option<usize>,
}

pub(super) async fn access_log(State(app): State<Arc<App>>, visitor: Visitor, Query(asked): Query<Lines>) -> Answer {
    app.at_desk(visitor, move |seat| {
        seat.may(Operation::ReadAccessLog)?;
        let filter = AccessFilter {
            patient: asked.patient.as_deref().map(patient_of).transpose()?,
            outcomes: if asked.outcome == "failures" { Outcomes::Failures } else { Outcomes::All },
            lines_max: asked.lines.unwrap_or(200).min(LINES_MAX),
            ..AccessFilter::default()
        };
        answer(&json!({ "lines": seat.desk.access_log(&filter)? }))
    })
    .await
}

pub(super) async fn verify(State(app): State<Arc<App>>, visitor: Visitor) -> Answer {
    app.at_desk(visitor, |seat| {
        let found = seat.desk.verify(&Check::default(), &mut |_| {})?;
        let faults: Vec<String> = found.faults.first.iter().map(ToString::to_string).collect();
        answer(&json!({
            "began": found.began, "charts": found.charts, "entries": found.entries, "access_lines": found.access_lines,
            "pictures": found.pictures, "records": found.records, "sound": found.faults.is_empty(), "faults_found": found.faults.total, "faults": faults,
        }))
    })
    .await
}
