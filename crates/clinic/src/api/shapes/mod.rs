//! The shape of everything that is sent and answered, for the description.
//!
//! What a program sends follows from the schemas of the files, so that it is written down once ([`sent`]). What is answered stands
//! in two tables: `answers.json`, an answer for each address, and `parts.json`, what they are made of. A test holds every answer
//! against them.

mod sent;

use resurface_knowledge::Knowledge;
use serde_json::{Map, Value, json};

use crate::problem::{self, Problem, What};

/// Every shape by its name.
pub(super) fn all(knowledge: &Knowledge) -> Result<Map<String, Value>, Problem> {
    let mut shapes = table(include_str!("parts.json"))?;
    shapes.extend(table(include_str!("answers.json"))?);
    shapes.extend(sent::shapes(knowledge));
    shapes.insert("Problem".to_owned(), of_a_problem());
    Ok(shapes)
}

fn table(text: &str) -> Result<Map<String, Value>, Problem> {
    serde_json::from_str(text).map_err(|error| Problem::new(What::Broken, error.to_string()))
}

fn of_a_problem() -> Value {
    let kinds: Vec<String> = problem::kinds().collect();
    json!({
        "description": "what went wrong (RFC 9457)",
        "type": "object",
        "required": ["type", "title", "status"],
        "properties": {
            "type": { "description": "what happened, for good", "enum": kinds },
            "title": { "description": "the same for people, in their language", "type": "string" },
            "status": { "type": "integer" },
            "detail": { "type": "string" },
            "faults": { "description": "what exactly in what was sent", "type": "array", "items": {
                "type": "object",
                "required": ["field", "problem", "allowed"],
                "properties": { "field": { "type": "string" }, "problem": { "type": "string" }, "allowed": { "type": "string" } },
            } },
        },
    })
}
