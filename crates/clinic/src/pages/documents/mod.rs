//! Documents of a chart as PDF: to hand out and to file.

mod make;

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse;
use axum::routing::get;
use maud::html;
use resurface_ledger::access::Operation;

use super::chart::sheet;
use crate::app::App;
use crate::doors::Visitor;
use crate::problem::{Problem, What};
use crate::routes::{Need, Route};
use crate::seat::{Answer, patient_of};

/// The documents: name of the file and key of the title.
pub(crate) const DOCUMENTS: [(&str, &str); 5] = [
    ("plan", "paper-plan"),
    ("consent", "paper-consent"),
    ("aftercare", "paper-aftercare"),
    ("progress", "paper-progress"),
    ("chart", "paper-chart"),
];

pub(super) fn routes() -> Vec<Route> {
    let need = Need::Staff(Operation::OpenChart);
    vec![
        Route::new("/charts/{patient}/documents", need, "the documents of a chart", get(show)),
        Route::new("/charts/{patient}/documents/{name}", need, "a document as PDF", get(print)),
    ]
}

async fn show(State(app): State<Arc<App>>, visitor: Visitor, Path(patient): Path<String>) -> Answer {
    app.at_desk(visitor, move |seat| {
        let open = seat.chart(patient_of(&patient)?)?;
        let words = seat.words();
        let body = html! {
            p { (words.text("paper-about")) }
            ul.papers {
                @for (name, title) in DOCUMENTS {
                    li.card {
                        h2 { a href={ "/charts/" (open.patient) "/documents/" (name) ".pdf" } { (words.text(title)) " (PDF)" } }
                        p { (words.text(&format!("{title}-about"))) }
                    }
                }
            }
        };
        Ok(sheet::page(seat, &open, &words.text("paper-title"), StatusCode::OK, &[], &body))
    })
    .await
}

pub(crate) async fn print(
    State(app): State<Arc<App>>,
    visitor: Visitor,
    Path((patient, file)): Path<(String, String)>,
) -> Answer {
    app.at_desk(visitor, move |seat| {
        let open = seat.chart(patient_of(&patient)?)?;
        let name = file.strip_suffix(".pdf").unwrap_or_default();
        let made = match name {
            "plan" => make::plan(seat, &open),
            "consent" => make::consent(seat, &open),
            "aftercare" => make::aftercare(seat, &open),
            "progress" => make::progress(seat, &open),
            "chart" => make::chart(seat, &open),
            _ => return Err(Problem::no_such_page()),
        };
        let bytes = made?.ok_or_else(|| Problem::new(What::Faults, seat.words().text("paper-not-yet")))?;
        let how = format!("inline; filename=\"{name}.pdf\"");
        Ok(([(CONTENT_TYPE, "application/pdf".to_owned()), (CONTENT_DISPOSITION, how)], bytes).into_response())
    })
    .await
}
