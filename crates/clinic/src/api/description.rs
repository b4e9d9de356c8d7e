//! The description of the interface (OpenAPI 3.1), made of the one table of addresses.

use std::sync::Arc;

use axum::extract::State;
use serde_json::{Map, Value, json};

use super::sent::answer;
use super::shapes;
use crate::app::App;
use crate::doors::LINK;
use crate::problem::Problem;
use crate::routes::{Call, Content, Need, Route};
use crate::seat::Answer;

pub(super) async fn show(State(app): State<Arc<App>>) -> Answer {
    answer(&description(&app)?)
}

fn description(app: &App) -> Result<Value, Problem> {
    let mut paths = Map::new();
    for route in super::routes() {
        let calls = route.calls.iter().map(|call| (call.method.to_owned(), described(&route, call)));
        paths.insert(route.path.to_owned(), Value::Object(calls.collect()));
    }
    Ok(json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Resurface",
            "version": "1",
            "description": "Charts of one clinic. Every call is asked of the clinic's table of access and logged.",
            "license": { "name": "MIT OR Apache-2.0" },
        },
        "paths": paths,
        "components": {
            "securitySchemes": {
                "token": { "type": "http", "scheme": "bearer", "description": "from POST /api/v1/sign-in" },
                "link": {
                    "type": "apiKey", "in": "header", "name": LINK,
                    "description": "a patient's link: purpose, patient and token, with points between them",
                },
            },
            "schemas": shapes::all(&app.rules().knowledge)?,
            "responses": { "Problem": {
                "description": "what went wrong (RFC 9457)",
                "headers": { "Retry-After": {
                    "description": "seconds to wait, where waiting helps", "schema": { "type": "integer", "minimum": 1 },
                } },
                "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } },
            } },
        },
    }))
}

fn described(route: &Route, call: &Call) -> Value {
    let in_path = route.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    let in_path = in_path.map(|name| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } }));
    let in_query = call.query.split_whitespace();
    let in_query = in_query.map(|name| json!({ "name": name, "in": "query", "schema": { "type": "string" } }));
    let mut described = json!({
        "summary": route.about,
        "parameters": in_path.chain(in_query).collect::<Vec<_>>(),
        "responses": { "2XX": { "description": "done" }, "default": { "$ref": "#/components/responses/Problem" } },
    });
    if let Some(content) = content(call.gives) {
        described["responses"]["2XX"]["content"] = content;
    }
    if let Some(content) = content(call.takes) {
        described["requestBody"] = json!({ "required": true, "content": content });
    }
    match route.need {
        Need::Anybody => {}
        Need::Staff(operation) => {
            described["security"] = json!([{ "token": [] }]);
            described["x-operation"] = json!(operation.code());
        }
        Need::Link(purpose) => {
            described["security"] = json!([{ "link": [] }]);
            described["x-link"] = json!(purpose.code());
        }
    }
    described
}

fn content(content: Content) -> Option<Value> {
    match content {
        Content::Nothing => None,
        Content::Json(name) => {
            let shape = json!({ "$ref": format!("#/components/schemas/{name}") });
            Some(json!({ "application/json": { "schema": shape } }))
        }
        Content::Bytes(kinds) => Some(kinds.iter().map(|kind| ((*kind).to_owned(), json!({}))).collect::<Map<_, _>>().into()),
    }
}
