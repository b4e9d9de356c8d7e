//! A scan of a comparison, as the viewer turns it: in millimetres, the later one laid onto the earlier one.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;

use super::result::done;
use super::{key_of, open};
use crate::app::App;
use crate::doors::Visitor;
use crate::measuring::Subject;
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
        let Subject::Scans(scans) = &proposal.subject else { return Err(Problem::no_such_page()) };
        let bytes = number.parse().ok().and_then(|at: usize| scans.surfaces.get(at)).ok_or_else(Problem::no_such_page)?;
        Ok(([(CONTENT_TYPE, "application/octet-stream")], bytes.clone()).into_response())
    })
    .await
}
