//! Questions and answers, from the guide.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::routing::get;
use maud::html;
use resurface_ledger::access::Operation;
use resurface_ledger::identity::LinkPurpose;

use crate::app::App;
use crate::doors::Visitor;
use crate::page::{Area, prose};
use crate::problem::Problem;
use crate::routes::{Need, Route};
use crate::seat::Answer;

pub(super) fn routes() -> Vec<Route> {
    vec![Route::new("/my/guide/{topic}", Need::Link(LinkPurpose::Plan), "questions and answers for the patient", get(show))]
}

async fn show(State(app): State<Arc<App>>, visitor: Visitor, Path(topic): Path<String>) -> Answer {
    app.with_link(visitor, LinkPurpose::Plan, move |seat, patient| {
        seat.desk.open_to_write(patient, Operation::OwnPlan)?;
        let words = &seat.reader();
        let page = words.knowledge.guide.page(&topic).ok_or_else(Problem::no_such_page)?;
        let (text, sources) = page.text_and_sources();
        let body = html! {
            p.back { a href="/my/plan" { "\u{2190} " (words.text("my-plan-title")) } }
            article {
                h1 { (page.title) }
                (prose(text))
                @if !sources.is_empty() { details.small { summary { (words.text("my-sources")) } div lang="en" { (prose(sources)) } } }
            }
        };
        Ok(seat.page(Area::Outside, &page.title).body(&body))
    })
    .await
}
