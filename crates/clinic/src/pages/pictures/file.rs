//! One form of a picture. Nothing keeps it: not the browser, not what stands between; a consent that was taken back holds at
//! once.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use resurface_care::chart::{EntryId, MediaType};
use resurface_ledger::access::Operation;
use resurface_ledger::clinic::Form;
use uuid::Uuid;

use crate::app::App;
use crate::doors::Visitor;
use crate::problem::Problem;
use crate::seat::{Answer, patient_of};

pub(super) async fn show(
    State(app): State<Arc<App>>,
    visitor: Visitor,
    Path((patient, entry, form)): Path<(String, String, String)>,
) -> Answer {
    app.at_desk(visitor, move |seat| {
        let patient = patient_of(&patient)?;
        seat.may(Operation::SeePicture)?;
        let entry = entry.parse::<Uuid>().map(EntryId).map_err(|_| Problem::no_such_page())?;
        let form = match form.as_str() {
            "thumbnail" => Form::Thumbnail,
            "display" => Form::Display,
            "original" => Form::Original,
            _ => return Err(Problem::no_such_page()),
        };
        let (taken, bytes) = seat.desk.picture(patient, entry, form)?;
        Ok(sent(form, taken.media_type, bytes))
    })
    .await
}

fn sent(form: Form, taken: MediaType, bytes: Vec<u8>) -> Response {
    // What the bytes are, they say themselves: a small picture may be of another format than its original.
    let media = if bytes.starts_with(b"\x89PNG") {
        MediaType::Png
    } else if bytes.starts_with(&[0xff, 0xd8]) {
        MediaType::Jpeg
    } else {
        taken
    };
    let kind = match media {
        MediaType::Jpeg => "image/jpeg",
        MediaType::Png => "image/png",
    };
    // The original may hold what its camera wrote: it is saved, not shown.
    let how = if form == Form::Original { "attachment" } else { "inline" };
    ([(CONTENT_TYPE, kind), (CONTENT_DISPOSITION, how)], bytes).into_response()
}
