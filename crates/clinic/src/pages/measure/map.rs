//! A map of the change, as a picture. Nothing keeps it, as with the pictures that it is made of.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse;

use super::result::done;
use super::{key_of, open};
use crate::app::App;
use crate::doors::Visitor;
use crate::problem::Problem;
use crate::seat::Answer;

pub(super) async fn show(
    State(app): State<Arc<App>>,
    visitor: Visitor,
    Path((patient, key, number)): Path<(String, String, String)>,
) -> Answer {
    app.at_desk(visitor, move |seat| {
        let open = open(seat, &patient)?;
        let proposal = done(seat, &open, &key_of(&key)?)?;
        let map = number.parse().ok().and_then(|at: usize| proposal.maps.get(at)).ok_or_else(Problem::no_such_page)?;
        Ok(([(CONTENT_TYPE, "image/png"), (CONTENT_DISPOSITION, "inline")], map.png.clone()).into_response())
    })
    .await
}
