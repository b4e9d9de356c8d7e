//! One's own account: who one is, password and second factor.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::{get, post};
use resurface_ledger::access::Operation;
use resurface_ledger::clinic::{LedgerError, NewSecondFactor, Proof};
use resurface_ledger::identity::UserId;
use serde::Deserialize;
use serde_json::{Value, json};

use super::sent::{Sent, answer, read};
use crate::app::App;
use crate::doors::Visitor;
use crate::problem::{Problem, What};
use crate::routes::{Call, Content, Need, Route};
use crate::seat::{Answer, Seat};

pub(super) fn routes() -> Vec<Route> {
    let (own, json, nothing) = (Need::Staff(Operation::ManageOwnAccount), Content::Json, Content::Nothing);
    vec![
        Route::new("/api/v1/account", own, "who is signed in", get(show)).calls([Call::get("", json("Account"))]),
        Route::new("/api/v1/account/password", own, "another password; every sign-in ends", post(change_password))
            .calls([Call::post("", json("PasswordChange"), nothing)]),
        Route::new("/api/v1/account/second-factor", own, "codes from an app: begin, with the password", post(begin))
            .calls([Call::post("", json("Proof"), json("NewSecondFactor"))]),
        Route::new(
            "/api/v1/account/second-factor/confirm",
            own,
            "codes from an app: confirm them by one, for the recovery codes, which are shown this once",
            post(confirm),
        )
        .calls([Call::post("", json("ConfirmationCode"), json("RecoveryCodes"))]),
    ]
}

async fn show(State(app): State<Arc<App>>, visitor: Visitor) -> Answer {
    app.at_desk(visitor, |seat| {
        seat.may(Operation::ManageOwnAccount)?;
        answer(&json!({ "user": seat.user, "recovery_codes_left": seat.desk.recovery_codes_left()? }))
    })
    .await
}

/// Password and code of now: whoever finds a token does not get the account.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Proved {
    password: String,
    #[serde(default)]
    code: Option<String>,
}

fn prove(seat: &Seat<'_>, proved: &Proved) -> Result<(), Problem> {
    let token = seat.visitor.token.as_ref().ok_or(Problem::plain(What::NotSignedIn))?;
    Ok(seat.app.clinic().step_up(token, Proof { password: &proved.password, code: proved.code.as_deref() })?)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Another {
    password: String,
    #[serde(default)]
    code: Option<String>,
    new: String,
}

async fn change_password(State(app): State<Arc<App>>, sent: Sent) -> Answer {
    app.at_desk(sent.visitor.clone(), move |seat| {
        seat.may(Operation::ManageOwnAccount)?;
        let Another { password, code, new } = read(&sent.bytes)?;
        prove(seat, &Proved { password, code })?;
        seat.desk.change_password(&new)?;
        Ok(StatusCode::NO_CONTENT.into_response())
    })
    .await
}

fn own_id(seat: &Seat<'_>) -> Result<UserId, Problem> {
    seat.user.as_ref().map(|user| user.id).ok_or(Problem::plain(What::NotSignedIn))
}

async fn begin(State(app): State<Arc<App>>, sent: Sent) -> Answer {
    app.at_desk(sent.visitor.clone(), move |seat| {
        seat.may(Operation::ManageOwnAccount)?;
        prove(seat, &read(&sent.bytes)?)?;
        let new = seat.desk.new_second_factor()?;
        let shown = answer(&json!({ "secret": *new.secret.base32(), "otpauth": *new.otpauth }))?;
        seat.app.pending.keep(own_id(seat)?, new, seat.app.clinic().surroundings().now());
        Ok(shown)
    })
    .await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Code {
    code: String,
}

async fn confirm(State(app): State<Arc<App>>, sent: Sent) -> Answer {
    app.at_desk(sent.visitor.clone(), move |seat| {
        seat.may(Operation::ManageOwnAccount)?;
        let Code { code } = read(&sent.bytes)?;
        let (own, now) = (own_id(seat)?, seat.app.clinic().surroundings().now());
        let keep = |new: &NewSecondFactor| -> Result<Value, LedgerError> {
            seat.desk.confirm_second_factor(new, &code)?;
            Ok(new.recovery.iter().map(|code| json!(code.text())).collect())
        };
        let recovery = seat.app.pending.with(own, now, keep);
        let recovery = recovery.ok_or_else(|| Problem::new(What::Faults, seat.words().text("factor-over")))??;
        drop(seat.app.pending.take(own));
        answer(&json!({ "recovery": recovery }))
    })
    .await
}
