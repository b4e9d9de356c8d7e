//! Accepting what was measured, number by number: only then it is in the chart.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use resurface_care::consultation::OutcomeScale;

use super::result::{done, view};
use super::{key_of, open};
use crate::app::App;
use crate::doors::Posted;
use crate::form::Faults;
use crate::pages::chart::sheet::{self, Sheet};
use crate::seat::Answer;

pub(super) async fn take(
    State(app): State<Arc<App>>,
    Path((patient, key)): Path<(String, String)>,
    Posted { visitor, typed }: Posted,
) -> Answer {
    app.at_desk(visitor, move |seat| {
        let open = open(seat, &patient)?;
        let key = key_of(&key)?;
        let proposal = done(seat, &open, &key)?;
        let sheet = Sheet::of(&typed)?;
        if sheet.was_sent(&open) {
            return Ok(sheet::to_chart(open.patient));
        }
        let again = |sheet, faults, status| Ok(view(seat, &open, &key, &proposal, sheet, &faults, status));
        if let Some(faults) = sheet.behind(seat, &open) {
            return again(sheet.again(&open), faults, StatusCode::CONFLICT);
        }
        let scales: Vec<OutcomeScale> = typed.all("accept").filter_map(|word| serde_json::from_value(word.into()).ok()).collect();
        let bodies = proposal.accepted(&scales, &open.chart);
        if bodies.is_empty() {
            let key = if scales.is_empty() { "measure-none-ticked" } else { "measure-held-already" };
            return again(sheet, Faults::one("", seat.words().text(key)), StatusCode::UNPROCESSABLE_ENTITY);
        }
        let patient = open.patient;
        let bodies = bodies.into_iter().zip(0..).map(|(body, at)| (sheet.id(at), body)).collect();
        seat.add(open, bodies)?;
        Ok(sheet::to_chart(patient))
    })
    .await
}
