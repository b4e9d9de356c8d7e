//! Who works here: listed, added, changed, given another password.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::{get, post, put};
use resurface_ledger::access::{Operation, Role};
use resurface_ledger::clinic::{LostFactor, NewUser, UserChange};
use resurface_ledger::identity::{DisplayName, OperatorRecord, SignInName};
use serde::Deserialize;
use serde_json::json;

use super::sent::{Sent, answer, read};
use crate::app::App;
use crate::doors::Visitor;
use crate::form::{Faults, Typed};
use crate::pages::users::operator;
use crate::problem::Problem;
use crate::routes::{Call, Content, Need, Route};
use crate::seat::Answer;

pub(super) fn routes() -> Vec<Route> {
    let (manage, json, nothing) = (Need::Staff(Operation::ManageUsers), Content::Json, Content::Nothing);
    vec![
        Route::new("/api/v1/users", Need::Staff(Operation::ListUsers), "who works here", get(list))
            .calls([Call::get("", json("Users"))]),
        Route::new(
            "/api/v1/users/{user}",
            manage,
            "a user by the name they sign in with: added, or changed in one way",
            put(add).post(change),
        )
        .calls([Call::put("", json("NewUser"), json("AddedUser")), Call::post("", json("UserChange"), json("User"))]),
        Route::new("/api/v1/users/{user}/password", manage, "another password for somebody who lost theirs", post(reset))
            .calls([Call::post("", json("PasswordReset"), nothing)]),
        Route::new("/api/v1/users/{user}/end-sign-ins", manage, "end every sign-in of a user", post(end))
            .calls([Call::post("", nothing, nothing)]),
    ]
}

async fn list(State(app): State<Arc<App>>, visitor: Visitor) -> Answer {
    app.at_desk(visitor, |seat| answer(&json!({ "users": seat.desk.users()? }))).await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct New {
    display_name: DisplayName,
    #[serde(default)]
    roles: BTreeSet<Role>,
    #[serde(default)]
    operator: Option<OperatorRecord>,
    password: String,
}

async fn add(State(app): State<Arc<App>>, Path(name): Path<String>, sent: Sent) -> Answer {
    app.at_desk(sent.visitor.clone(), move |seat| {
        seat.may(Operation::ManageUsers)?;
        let New { display_name, roles, operator, password } = read(&sent.bytes)?;
        let name: SignInName = name.parse().map_err(|error| Faults::one("user", format!("{error}")))?;
        let (roles, operator) = (of_users(roles)?, operator.as_ref().map(recorded).transpose()?);
        let id = seat.desk.add_user(NewUser { name, display_name, roles, operator, password: &password })?;
        Ok((StatusCode::CREATED, answer(&json!({ "id": id }))?).into_response())
    })
    .await
}

/// Roles that a user can hold: a patient is no user.
fn of_users(roles: BTreeSet<Role>) -> Result<BTreeSet<Role>, Problem> {
    match roles.iter().find(|role| !Role::OF_USERS.contains(role)) {
        Some(role) => Err(Faults::one("roles", format!("no user can be a {}", role.words())).into()),
        None => Ok(roles),
    }
}

/// What is known of somebody who treats, held against what the form for it allows.
fn recorded(record: &OperatorRecord) -> Result<OperatorRecord, Problem> {
    let typed = operator::read(&Typed::of(&json!(record)))?;
    typed.ok_or_else(|| Faults::one("operator", "this says nothing of anybody").into())
}

/// One change of a user.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Change {
    Roles(BTreeSet<Role>),
    Operator(OperatorRecord),
    Disabled(bool),
}

async fn change(State(app): State<Arc<App>>, Path(name): Path<String>, sent: Sent) -> Answer {
    app.at_desk(sent.visitor.clone(), move |seat| {
        seat.may(Operation::ManageUsers)?;
        let change = match read(&sent.bytes)? {
            Change::Roles(roles) => UserChange::Roles(of_users(roles)?),
            Change::Operator(record) => UserChange::Operator(recorded(&record)?),
            Change::Disabled(true) => UserChange::SwitchOff,
            Change::Disabled(false) => UserChange::SwitchOn,
        };
        answer(&seat.desk.change_user(&name, change)?)
    })
    .await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Another {
    password: String,
    /// Whether the second factor is lost with it.
    #[serde(default)]
    lost_second_factor: bool,
}

async fn reset(State(app): State<Arc<App>>, Path(name): Path<String>, sent: Sent) -> Answer {
    app.at_desk(sent.visitor.clone(), move |seat| {
        seat.may(Operation::ManageUsers)?;
        let Another { password, lost_second_factor } = read(&sent.bytes)?;
        let factor = if lost_second_factor { LostFactor::Lost } else { LostFactor::Kept };
        seat.desk.reset_password(&name, &password, factor)?;
        Ok(StatusCode::NO_CONTENT.into_response())
    })
    .await
}

async fn end(State(app): State<Arc<App>>, Path(name): Path<String>, visitor: Visitor) -> Answer {
    app.at_desk(visitor, move |seat| {
        seat.may(Operation::ManageUsers)?;
        seat.app.clinic().end_sign_ins_of(&seat.desk, &name)?;
        Ok(StatusCode::NO_CONTENT.into_response())
    })
    .await
}
