//! A chart that is opened in an emergency, by somebody whose role does not open it.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::post;
use resurface_ledger::access::{EmergencyReason, Operation};
use serde::Deserialize;

use super::sent::{Sent, answer, read};
use crate::app::App;
use crate::routes::{Call, Content, Need, Route};
use crate::seat::{Answer, patient_of};

pub(super) fn routes() -> Vec<Route> {
    let need = Need::Staff(Operation::BreakGlass);
    vec![
        Route::new("/api/v1/charts/{patient}/break-glass", need, "open a chart in an emergency, for an hour", post(open))
            .calls([Call::post("", Content::Json("EmergencyReason"), Content::Json("Emergency"))]),
    ]
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    reason: EmergencyReason,
}

async fn open(State(app): State<Arc<App>>, Path(patient): Path<String>, sent: Sent) -> Answer {
    app.at_desk(sent.visitor.clone(), move |seat| {
        seat.may(Operation::BreakGlass)?;
        let Wanted { reason } = read(&sent.bytes)?;
        let emergency = seat.desk.break_glass(patient_of(&patient)?, reason)?;
        Ok((StatusCode::CREATED, answer(&emergency)?).into_response())
    })
    .await
}
