//! A token for name, password and code.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::post;
use resurface_ledger::access::Operation;
use resurface_ledger::clinic::Proof;
use serde::Deserialize;
use serde_json::json;

use super::sent::{Sent, answer, read};
use crate::app::App;
use crate::problem::{Problem, What};
use crate::routes::{Call, Content, Need, Route};
use crate::seat::Answer;

pub(super) fn routes() -> Vec<Route> {
    let own = Need::Staff(Operation::ManageOwnAccount);
    let (typed, nothing) = (Content::Json("SignIn"), Content::Nothing);
    vec![
        Route::new("/api/v1/sign-in", Need::Anybody, "a token for name, password and code", post(sign_in)).calls([Call::post(
            "",
            typed,
            Content::Json("Token"),
        )]),
        Route::new("/api/v1/sign-out", Need::Anybody, "end a sign-in", post(sign_out)).calls([Call::post("", nothing, nothing)]),
        Route::new("/api/v1/step-up", own, "password and code once more", post(step_up)).calls([Call::post(
            "",
            Content::Json("Proof"),
            nothing,
        )]),
    ]
}

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
