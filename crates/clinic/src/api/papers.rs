//! Documents of a chart, and the figure of its forecast: the same bytes as the pages give.

use axum::routing::get;
use resurface_ledger::access::Operation;

use crate::pages::{documents, plan};
use crate::routes::{Call, Content, Need, Route};

pub(super) fn routes() -> Vec<Route> {
    let (open, bytes) = (Need::Staff(Operation::OpenChart), Content::Bytes);
    vec![
        Route::new(
            "/api/v1/charts/{patient}/documents/{name}",
            open,
            "a document as PDF: plan.pdf, consent.pdf, aftercare.pdf, progress.pdf or chart.pdf",
            get(documents::print),
        )
        .calls([Call::get("", bytes(&["application/pdf"]))]),
        Route::new("/api/v1/charts/{patient}/forecast.svg", open, "the forecast as a figure", get(plan::figure::draw))
            .calls([Call::get("", bytes(&["image/svg+xml"]))]),
    ]
}
