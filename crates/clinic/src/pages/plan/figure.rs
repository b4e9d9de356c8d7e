//! The figure of the forecast, as a picture of its own: a browser keeps it until the chart or the rules change.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use axum::routing::get;
use maud::{Markup, html};
use resurface_care::plan::Plan;
use resurface_figure::{ForecastFigure, judged_error_percent};
use resurface_ledger::access::Operation;
use resurface_ledger::clinic::OpenChart;
use resurface_ledger::identity::PatientId;
use resurface_words::Words;
use sha2::{Digest as _, Sha256};

use crate::app::App;
use crate::doors::Visitor;
use crate::problem::Problem;
use crate::routes::{Need, Route};
use crate::seat::{Answer, Seat, patient_of};

pub(super) fn routes() -> Vec<Route> {
    let need = Need::Staff(Operation::OpenChart);
    vec![Route::new("/charts/{patient}/forecast.svg", need, "the forecast as a figure", get(draw))]
}

pub(crate) async fn draw(
    State(app): State<Arc<App>>,
    visitor: Visitor,
    Path(patient): Path<String>,
    headers: HeaderMap,
) -> Answer {
    let known = headers.get(IF_NONE_MATCH).and_then(|tag| tag.to_str().ok()).map(str::to_owned);
    app.at_desk(visitor, move |seat| {
        let open = seat.chart(patient_of(&patient)?)?;
        let tag = tag(seat, &open);
        let kept = [(CACHE_CONTROL, "private, no-cache".to_owned()), (ETAG, tag.clone())];
        if known.as_deref() == Some(&*tag) {
            return Ok((StatusCode::NOT_MODIFIED, kept).into_response());
        }
        let svg = svg(seat, &open)?.unwrap_or_else(|| nothing(seat.words()));
        Ok((kept, [(CONTENT_TYPE, "image/svg+xml")], svg).into_response())
    })
    .await
}

/// What the figure follows from: the chart, the day, the rules, the program and the language.
fn tag(seat: &Seat<'_>, open: &OpenChart) -> String {
    let mut hasher = Sha256::new();
    if let Some(last) = open.entries.last() {
        hasher.update(last.id.0.as_bytes());
        hasher.update(last.seq.to_be_bytes());
    }
    let day = seat.app.clinic().today().to_string();
    for part in [&*day, seat.rules.knowledge.version.full(), seat.app.program, seat.words().language().code()] {
        hasher.update(part.as_bytes());
        hasher.update([0]);
    }
    // Who may decide against a rule sees another decision under the figure.
    hasher.update([u8::from(seat.has(&[resurface_ledger::access::Role::Prescriber]))]);
    let short: String = hasher.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    format!("\"{short}\"")
}

/// The figure; nothing where there is no forecast.
fn svg(seat: &Seat<'_>, open: &OpenChart) -> Result<Option<String>, Problem> {
    let Some(asked) = super::asked_lately(seat, open)? else { return Ok(None) };
    let bench = seat.rules.bench(seat.app.program);
    let Ok(plan) = bench.planned(&asked.consultation) else { return Ok(None) };
    let error = judged_error_percent(&seat.rules.population);
    let versions = versions(seat.words(), &plan, seat.app.program);
    let figure = ForecastFigure::of_plan(&asked.consultation, &plan, error, &versions, seat.words());
    Ok(figure.map(|figure| figure.svg("forecast", seat.words())))
}

/// The same sheet with one sentence: why there is nothing on it, the plan says.
fn nothing(words: &Words) -> String {
    let drawn = html! {
        svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 820 160" {
            rect width="820" height="160" fill="#ffffff" {}
            text x="410" y="86" text-anchor="middle" font-family="system-ui, sans-serif" font-size="18" fill="#4d5d69" { (words.text("plan-no-forecast")) }
        }
    };
    drawn.into_string()
}

/// What the numbers were made with.
pub(super) fn versions(words: &Words, plan: &Plan, program: &str) -> String {
    let model: String = plan.population.data_sha256.chars().take(12).collect();
    let parts = [
        ("program", program.into()),
        ("knowledge", plan.knowledge_version.to_string().into()),
        ("model", model.into()),
        ("seed", plan.population.seed.to_string().into()),
    ];
    words.with("plan-versions", parts)
}

/// The figure on the page, with the same numbers as a table.
pub(super) fn shown(words: &Words, patient: PatientId, plan: &Plan) -> Markup {
    let Some(forecast) = &plan.forecast else { return html! {} };
    let alt = words.text("plan-figure-alt");
    html! {
        section.card {
            h2 { (words.text("chart-forecast")) }
            figure.forecast { img src={ "/charts/" (patient) "/forecast.svg" } alt=(alt) width="820" height="480"; }
            details {
                summary { (words.text("plan-figure-data")) }
                div.scroll tabindex="0" { table {
                    thead { tr {
                        th scope="col" { (words.text("plan-week")) }
                        @for key in ["figure-median", "figure-half", "figure-eighty", "figure-ninety-five"] { th.number scope="col" { (words.text(key)) } }
                    } }
                    tbody { @for point in &forecast.curve { tr {
                        th scope="row" { (words.number(point.week, 0)) }
                        td.number { (words.percent(point.median)) }
                        td.number { (words.percent_span(point.interval_50.low, point.interval_50.high)) }
                        td.number { (words.percent_span(point.interval_80.low, point.interval_80.high)) }
                        td.number { (words.percent_span(point.interval_95.low, point.interval_95.high)) }
                    } } }
                } }
            }
        }
    }
}
