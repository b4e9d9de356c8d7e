//! Parts of a chart, for whoever works with them and may see no more of it.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::routing::get;
use resurface_care::chart::EventState;
use resurface_ledger::access::Operation;
use serde_json::{Value, json};

use super::sent::answer;
use crate::app::App;
use crate::doors::Visitor;
use crate::pages::consent::ConsentText;
use crate::pages::messages::messages;
use crate::routes::{Call, Content, Need, Route};
use crate::seat::{Answer, patient_of};

pub(super) fn routes() -> Vec<Route> {
    let (staff, json) = (Need::Staff, Content::Json);
    vec![
        Route::new("/api/v1/charts/{patient}/intake", staff(Operation::AnswerIntake), "the latest intake", get(intake))
            .calls([Call::get("", json("LatestIntake"))]),
        Route::new(
            "/api/v1/charts/{patient}/consent",
            staff(Operation::RecordConsent),
            "what is consented to, and the text to be read before it, with its version",
            get(consent),
        )
        .calls([Call::get("", json("Consent"))]),
        Route::new(
            "/api/v1/charts/{patient}/withdrawal",
            staff(Operation::WithdrawConsent),
            "what is consented to, and can be taken back",
            get(withdrawal),
        )
        .calls([Call::get("", json("ConsentHeld"))]),
        Route::new(
            "/api/v1/charts/{patient}/events",
            staff(Operation::RecordAdverseEvent),
            "adverse events, and what became of each",
            get(events),
        )
        .calls([Call::get("", json("Events"))]),
        Route::new("/api/v1/charts/{patient}/messages", staff(Operation::WriteMessage), "messages, newest first", get(written))
            .calls([Call::get("", json("Messages"))]),
    ]
}

async fn intake(State(app): State<Arc<App>>, visitor: Visitor, Path(patient): Path<String>) -> Answer {
    app.at_desk(visitor, move |seat| {
        let open = seat.desk.open_to_write(patient_of(&patient)?, Operation::AnswerIntake)?;
        answer(&json!({ "intake": open.chart.intake }))
    })
    .await
}

async fn consent(State(app): State<Arc<App>>, visitor: Visitor, Path(patient): Path<String>) -> Answer {
    app.at_desk(visitor, move |seat| {
        let open = seat.desk.open_to_write(patient_of(&patient)?, Operation::RecordConsent)?;
        let text = ConsentText::of(seat, &open)?;
        answer(&json!({
            "version": text.version(), "text": text, "given": open.chart.consents, "withdrawn": open.chart.withdrawals,
        }))
    })
    .await
}

async fn withdrawal(State(app): State<Arc<App>>, visitor: Visitor, Path(patient): Path<String>) -> Answer {
    app.at_desk(visitor, move |seat| {
        let open = seat.desk.open_to_write(patient_of(&patient)?, Operation::WithdrawConsent)?;
        answer(&json!({ "given": open.chart.consents, "withdrawn": open.chart.withdrawals }))
    })
    .await
}

async fn events(State(app): State<Arc<App>>, visitor: Visitor, Path(patient): Path<String>) -> Answer {
    app.at_desk(visitor, move |seat| {
        let open = seat.desk.open_to_write(patient_of(&patient)?, Operation::RecordAdverseEvent)?;
        let state = |event: &EventState| json!({ "id": event.id, "open": event.open(), "noticed": event.noticed, "followed": event.followed });
        answer(&json!({ "events": open.chart.events.iter().map(state).collect::<Vec<Value>>() }))
    })
    .await
}

async fn written(State(app): State<Arc<App>>, visitor: Visitor, Path(patient): Path<String>) -> Answer {
    app.at_desk(visitor, move |seat| {
        let open = seat.desk.open_to_write(patient_of(&patient)?, Operation::WriteMessage)?;
        answer(&json!({ "messages": messages(&open) }))
    })
    .await
}
