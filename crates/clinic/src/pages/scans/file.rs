//! A scan as it was handed in: saved, not shown.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse;
use resurface_care::chart::EntryId;
use resurface_ledger::access::Operation;
use uuid::Uuid;

use crate::app::App;
use crate::doors::Visitor;
use crate::problem::Problem;
use crate::seat::{Answer, patient_of};

pub(super) async fn show(
    State(app): State<Arc<App>>,
    visitor: Visitor,
    Path((patient, entry)): Path<(String, String)>,
) -> Answer {
    app.at_desk(visitor, move |seat| {
        let patient = patient_of(&patient)?;
        seat.may(Operation::SeePicture)?;
        let entry = entry.parse::<Uuid>().map(EntryId).map_err(|_| Problem::no_such_page())?;
        let (taken, bytes) = seat.desk.scan(patient, entry)?;
        let how = format!("attachment; filename=\"scan-{}.{}\"", taken.on, taken.format.extension());
        Ok(([(CONTENT_TYPE, "application/octet-stream".to_owned()), (CONTENT_DISPOSITION, how)], bytes).into_response())
    })
    .await
}
