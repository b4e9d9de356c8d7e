//! Pictures: taken in, and shown.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use jiff::civil::Date;
use resurface_care::chart::View;
use resurface_ledger::access::Operation;
use resurface_ledger::clinic::Form;
use resurface_ledger::pictures::Limits;
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use super::sent::{Sent, answer, bytes};
use crate::app::App;
use crate::doors::Visitor;
use crate::problem::{Problem, What};
use crate::seat::{Answer, patient_of};

/// Largest picture that is taken in, in bytes.
pub(super) fn bytes_max() -> usize {
    Limits::default().bytes_max
}

#[derive(Deserialize)]
pub(super) struct About {
    #[serde(default)]
    view: Option<View>,
    #[serde(default)]
    on: Option<Date>,
    #[serde(default)]
    note: Option<String>,
}

pub(super) async fn take(
    State(app): State<Arc<App>>,
    Path(patient): Path<String>,
    Query(about): Query<About>,
    sent: Sent,
) -> Answer {
    app.at_desk(sent.visitor.clone(), move |seat| {
        seat.may(Operation::TakePicture)?;
        let view = about.view.ok_or_else(|| Problem::new(What::Faults, "which view it is has to be said: ?view=front"))?;
        let open = seat.desk.open_to_write(patient_of(&patient)?, Operation::TakePicture)?;
        let (id, on) = (seat.desk.entry_id(), about.on.unwrap_or_else(|| seat.app.clinic().today()));
        seat.desk.take_picture(open, id, &sent.bytes, on, view, about.note)?;
        Ok((StatusCode::CREATED, answer(&json!({ "entry": id }))?).into_response())
    })
    .await
}

#[derive(Deserialize)]
pub(super) struct Which {
    #[serde(default)]
    form: String,
}

pub(super) async fn show(
    State(app): State<Arc<App>>,
    Path((patient, entry)): Path<(String, String)>,
    Query(which): Query<Which>,
    visitor: Visitor,
) -> Answer {
    app.at_desk(visitor, move |seat| {
        let entry = entry.parse::<Uuid>().map_err(|_| Problem::no_such_page())?;
        let form = match which.form.as_str() {
            "thumbnail" => Form::Thumbnail,
            "original" => Form::Original,
            _ => Form::Display,
        };
        let (_, shown) = seat.desk.picture(patient_of(&patient)?, resurface_care::chart::EntryId(entry), form)?;
        let kind = if shown.starts_with(b"\x89PNG") { "image/png" } else { "image/jpeg" };
        Ok(bytes(kind, shown))
    })
    .await
}
