//! The description of the interface (OpenAPI 3.1), made of the one table of addresses.

use std::sync::Arc;

use axum::extract::State;
use resurface_care::form;
use serde_json::{Map, Value, json};

use super::sent::answer;
use crate::app::App;
use crate::routes::{Call, Content, Need, Route};
use crate::seat::Answer;

pub(super) async fn show(State(app): State<Arc<App>>) -> Answer {
    answer(&description(&app))
}

fn description(app: &App) -> Value {
    let knowledge = &app.rules().knowledge;
    let mut paths = Map::new();
    for route in super::routes() {
        let calls = route.calls.iter().map(|call| (call.method.to_owned(), described(&route, call)));
        paths.insert(route.path.to_owned(), Value::Object(calls.collect()));
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Resurface",
            "version": "1",
            "description": "Charts of one clinic. Every call is asked of the clinic's table of access and logged.",
            "license": { "name": "MIT OR Apache-2.0" },
        },
        "paths": paths,
        "components": {
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer", "description": "from POST /api/v1/sign-in" } },
            "schemas": {
                "Consultation": form::consultation_schema(knowledge),
                "Entry": form::entry_schema(knowledge),
                "Problem": {
                    "type": "object",
                    "required": ["type", "title", "status"],
                    "properties": {
                        "type": { "type": "string" }, "title": { "type": "string" }, "status": { "type": "integer" },
                        "detail": { "type": "string" },
                        "faults": { "type": "array", "items": {
                            "type": "object",
                            "properties": { "field": { "type": "string" }, "problem": { "type": "string" }, "allowed": { "type": "string" } },
                        } },
                    },
                },
            },
            "responses": { "Problem": {
                "description": "what went wrong (RFC 9457)",
                "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } },
            } },
        },
    })
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
    if call.method == "get" {
        described["responses"]["2XX"]["content"] = content(call.content);
    } else if call.content != Content::Nothing {
        described["requestBody"] = json!({ "required": true, "content": content(call.content) });
    }
    if let Need::Staff(operation) = route.need {
        described["security"] = json!([{ "token": [] }]);
        described["x-operation"] = json!(operation.code());
    }
    described
}

fn content(content: Content) -> Value {
    match content {
        Content::Nothing => json!({}),
        Content::Json | Content::Registration => json!({ "application/json": { "schema": { "type": "object" } } }),
        Content::Entry => json!({ "application/json": { "schema": { "$ref": "#/components/schemas/Entry" } } }),
        Content::Consultation => json!({ "application/json": { "schema": { "$ref": "#/components/schemas/Consultation" } } }),
        Content::Picture => json!({ "image/jpeg": {}, "image/png": {} }),
    }
}
