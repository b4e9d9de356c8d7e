//! What decisions rest on: the version of the knowledge, one rule or fact with its reasons, and the guide.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::routing::get;
use resurface_knowledge::guide::GuidePage;
use resurface_ledger::access::Operation;
use serde_json::{Value, json};

use super::sent::answer;
use crate::app::App;
use crate::doors::Visitor;
use crate::problem::{Problem, What};
use crate::routes::{Call, Content, Need, Route};
use crate::seat::{Answer, Seat};

pub(super) fn routes() -> Vec<Route> {
    let (need, json) = (Need::Staff(Operation::ReadKnowledge), Content::Json);
    vec![
        Route::new(
            "/api/v1/knowledge",
            need,
            "which knowledge and which program answer, and the ids that can be explained",
            get(show),
        )
        .calls([Call::get("", json("Knowledge"))]),
        Route::new("/api/v1/knowledge/{id}", need, "one rule or fact: why, who says so, who says otherwise", get(explain))
            .calls([Call::get("", json("Explanation"))]),
        Route::new("/api/v1/guide", need, "the topics of the guide for patients", get(topics))
            .calls([Call::get("", json("Guide"))]),
        Route::new("/api/v1/guide/{topic}", need, "one topic of the guide, as Markdown", get(topic))
            .calls([Call::get("", json("GuidePage"))]),
    ]
}

async fn show(State(app): State<Arc<App>>, visitor: Visitor) -> Answer {
    app.at_desk(visitor, |seat| {
        seat.may(Operation::ReadKnowledge)?;
        let knowledge = &seat.rules.knowledge;
        let (version, seed) = (knowledge.version.full(), seat.rules.points.seed());
        answer(&json!({ "knowledge": version, "program": seat.app.program, "seed": seed, "ids": knowledge.ids() }))
    })
    .await
}

async fn explain(State(app): State<Arc<App>>, visitor: Visitor, Path(id): Path<String>) -> Answer {
    app.at_desk(visitor, move |seat| {
        seat.may(Operation::ReadKnowledge)?;
        let knowledge = &seat.rules.knowledge;
        let unknown = || match knowledge.near_ids(&id).as_slice() {
            [] => Problem::no_such_page(),
            near => Problem::new(What::Missing, format!("did you mean {}?", near.join(", "))),
        };
        answer(&knowledge.explain(&id).ok_or_else(unknown)?)
    })
    .await
}

async fn topics(State(app): State<Arc<App>>, visitor: Visitor) -> Answer {
    app.at_desk(visitor, |seat| {
        seat.may(Operation::ReadKnowledge)?;
        answer(&json!({ "topics": all_topics(seat) }))
    })
    .await
}

/// Topics and titles, in the order in which they are read.
pub(super) fn all_topics(seat: &Seat<'_>) -> Vec<Value> {
    seat.rules.knowledge.guide.topics().map(|(topic, title)| json!({ "topic": topic, "title": title })).collect()
}

async fn topic(State(app): State<Arc<App>>, visitor: Visitor, Path(topic): Path<String>) -> Answer {
    app.at_desk(visitor, move |seat| {
        seat.may(Operation::ReadKnowledge)?;
        answer(page(seat, &topic)?)
    })
    .await
}

pub(super) fn page<'a>(seat: &'a Seat<'_>, topic: &str) -> Result<&'a GuidePage, Problem> {
    seat.rules.knowledge.guide.page(topic).ok_or_else(Problem::no_such_page)
}
