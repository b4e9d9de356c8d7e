//! One more outcome: what was measured, on which scale, by whom.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::post;
use maud::{Markup, html};
use resurface_ledger::access::Operation;
use resurface_ledger::clinic::OpenChart;

use super::{Shown, to_review, view};
use crate::app::App;
use crate::doors::Posted;
use crate::form::{Choice, Faults, Form, Number, Typed, read};
use crate::pages::chart::sheet::{Entries, Sheet};
use crate::routes::{Need, Route};
use crate::seat::{Answer, Seat, patient_of};

/// Scales, by their word in an entry.
const SCALES: [&str; 17] = [
    "goodman_baron_quantitative",
    "goodman_baron_qualitative",
    "ecca",
    "improvement_percent",
    "improvement_quartile",
    "dlqi",
    "scar_q",
    "face_q",
    "fasqol",
    "worry",
    "scar_volume_mm3",
    "scar_area_mm2",
    "scar_depth_mm",
    "scar_count",
    "redness_difference",
    "pigment_difference",
    "ita_degrees",
];
/// Who can judge.
const RATERS: [&str; 4] = ["open", "blinded", "patient", "instrument"];

pub(super) fn routes() -> Vec<Route> {
    let need = Need::Staff(Operation::Measure);
    vec![Route::new("/charts/{patient}/review/outcome", need, "add an outcome", post(add))]
}

async fn add(State(app): State<Arc<App>>, Path(patient): Path<String>, Posted { visitor, typed }: Posted) -> Answer {
    app.at_desk(visitor, move |seat| {
        let open = seat.desk.open_to_write(patient_of(&patient)?, Operation::Measure)?;
        let sheet = Sheet::of(&typed)?;
        if sheet.was_sent(&open) {
            return Ok(to_review(&open));
        }
        let again = |sheet, faults: &Faults, status| view(seat, &open, &Shown { sheet, typed: &typed, faults }, status);
        if let Some(faults) = sheet.behind(seat, &open) {
            return again(sheet.again(&open), &faults, StatusCode::CONFLICT);
        }
        let answer = to_review(&open);
        match entries(seat, &open, &sheet, &typed) {
            Ok(bodies) => seat.add(open, bodies).map(|_| answer).map_err(Into::into),
            Err(unwritten) => {
                let (status, faults) = unwritten.beside_the_form()?;
                again(sheet, &faults, status)
            }
        }
    })
    .await
}

/// What the form writes: an outcome that was measured, today or before.
pub(crate) fn entries(seat: &Seat<'_>, _: &OpenChart, sheet: &Sheet, typed: &Typed) -> Entries {
    let body = read::entry("measured", typed, &seat.rules.knowledge)?;
    if body.day() > seat.app.clinic().today() {
        return Err(Faults::one("on", seat.words().text("review-outcome-later")).into());
    }
    Ok(vec![(sheet.id(0), body)])
}

pub(super) fn form(seat: &Seat<'_>, open: &OpenChart, shown: &Shown<'_>) -> Markup {
    let words = seat.words();
    let typed = shown.typed.clone().or("on", seat.app.clinic().today().to_string()).or("rater", "open");
    let form = Form { words, typed: &typed, faults: shown.faults };
    let scales: Vec<Choice<'_>> = SCALES.map(|scale| (scale, words.text(&scale_key(scale)))).into();
    let raters: Vec<Choice<'_>> = RATERS.map(|rater| (rater, words.text(&format!("rater-{rater}")))).into();
    let value = Number { min: -100.0, max: 100_000.0, step: 0.001 };
    let error = Number { min: 0.0, ..value };
    html! {
        form.card method="post" action={ "/charts/" (open.patient) "/review/outcome" } {
            (shown.sheet.fields(seat))
            h2 { (words.text("review-outcome")) }
            (form.date("on", &words.text("review-outcome-on"), None))
            (form.select("scale", &words.text("review-outcome-scale"), None, &scales))
            (form.number("value:n", &words.text("review-outcome-value"), Some(&words.text("review-outcome-value-hint")), value))
            (form.radios("rater", &words.text("review-outcome-rater"), None, &raters))
            (form.number("error_sd:n", &words.text("review-outcome-error"), Some(&words.text("review-outcome-error-hint")), error))
            div.actions { button.second type="submit" { (words.text("review-outcome-add")) } }
        }
    }
}

/// The key of a scale's name.
pub(in crate::pages) fn scale_key(scale: &str) -> String {
    format!("scale-{}", scale.replace('_', "-"))
}
