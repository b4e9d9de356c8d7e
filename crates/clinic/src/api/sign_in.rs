//! A token for name, password and code.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use resurface_ledger::access::Operation;
use resurface_ledger::clinic::Proof;
use serde::Deserialize;
use serde_json::json;

use super::sent::{Sent, answer, read};
use crate::app::App;
use crate::problem::{Problem, What};
use crate::seat::Answer;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Typed {
    #[serde(default)]
    name: String,
    password: String,
    #[serde(default)]
    code: Option<String>,
}

pub(super) async fn sign_in(State(app): State<Arc<App>>, sent: Sent) -> Answer {
    app.at_the_door(move |app| {
        let typed: Typed = read(&sent.bytes)?;
        let token = app.clinic().sign_in(&typed.name, Proof { password: &typed.password, code: typed.code.as_deref() })?;
        answer(&json!({ "token": *token.text() }))
    })
    .await
}

pub(super) async fn sign_out(State(app): State<Arc<App>>, sent: Sent) -> Answer {
    app.at_the_door(move |app| {
        let token = sent.visitor.token.as_ref().ok_or(Problem::plain(What::NotSignedIn))?;
        app.clinic().sign_out(token)?;
        Ok(StatusCode::NO_CONTENT.into_response())
    })
    .await
}

pub(super) async fn step_up(State(app): State<Arc<App>>, sent: Sent) -> Answer {
    app.at_desk(sent.visitor.clone(), move |seat| {
        seat.may(Operation::ManageOwnAccount)?;
        let typed: Typed = read(&sent.bytes)?;
        let token = sent.visitor.token.as_ref().ok_or(Problem::plain(What::NotSignedIn))?;
        seat.app.clinic().step_up(token, Proof { password: &typed.password, code: typed.code.as_deref() })?;
        Ok(StatusCode::NO_CONTENT.into_response())
    })
    .await
}
