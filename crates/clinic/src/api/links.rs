//! Links that patients are handed.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::{delete, get};
use resurface_ledger::access::Operation;
use resurface_ledger::identity::{LinkId, LinkPurpose};
use serde::Deserialize;
use serde_json::{Value, json};

use super::sent::{Sent, answer, read};
use crate::app::App;
use crate::doors::Visitor;
use crate::problem::Problem;
use crate::routes::{Call, Content, Need, Route};
use crate::seat::{Answer, patient_of};

pub(super) fn routes() -> Vec<Route> {
    let (make_link, json) = (Need::Staff(Operation::MakePatientLink), Content::Json);
    vec![
        Route::new("/api/v1/charts/{patient}/links", make_link, "links of a patient", get(list).post(make))
            .calls([Call::get("", json("Links")), Call::post("", json("WantedLink"), json("MadeLink"))]),
        Route::new(
            "/api/v1/charts/{patient}/links/{link}",
            Need::Staff(Operation::RevokePatientLink),
            "revoke a link",
            delete(revoke),
        )
        .calls([Call::delete()]),
    ]
}

async fn list(State(app): State<Arc<App>>, Path(patient): Path<String>, visitor: Visitor) -> Answer {
    app.at_desk(visitor, move |seat| {
        let links = seat.desk.links(patient_of(&patient)?)?;
        // What is kept of the token stays here.
        let links: Vec<Value> = links
            .iter()
            .map(|link| {
                json!({
                    "id": link.id, "purpose": link.purpose, "made_by": link.made_by, "made_at": link.made_at,
                    "expires_at": link.expires_at, "revoked_at": link.revoked_at, "used_at": link.used_at,
                })
            })
            .collect();
        answer(&json!({ "links": links }))
    })
    .await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    purpose: LinkPurpose,
    #[serde(default)]
    days: Option<u32>,
}

async fn make(State(app): State<Arc<App>>, Path(patient): Path<String>, sent: Sent) -> Answer {
    app.at_desk(sent.visitor.clone(), move |seat| {
        seat.may(Operation::MakePatientLink)?;
        let Wanted { purpose, days } = read(&sent.bytes)?;
        let patient = patient_of(&patient)?;
        let (id, token) = seat.desk.make_link(patient, purpose, days)?;
        let token = token.text();
        let code = purpose.code();
        // For a browser, behind the clinic's address; and for a program, as it holds it up.
        let (path, header) = (format!("/l/{code}/{patient}/{}", *token), format!("{code}.{patient}.{}", *token));
        let made = json!({ "id": id, "purpose": purpose, "token": *token, "path": path, "header": header });
        Ok((StatusCode::CREATED, answer(&made)?).into_response())
    })
    .await
}

async fn revoke(State(app): State<Arc<App>>, Path((patient, link)): Path<(String, String)>, visitor: Visitor) -> Answer {
    app.at_desk(visitor, move |seat| {
        seat.may(Operation::RevokePatientLink)?;
        let link: LinkId = link.parse().map_err(|_| Problem::no_such_page())?;
        seat.desk.revoke_link(patient_of(&patient)?, link)?;
        Ok(StatusCode::NO_CONTENT.into_response())
    })
    .await
}
