//! A form read as the file that it stands for.

use resurface_care::chart::{Body, Registered};
use resurface_care::form;
use resurface_knowledge::Knowledge;
use resurface_knowledge::document::Format;
use serde_json::{Map, Value};

use super::{Faults, Typed};

/// What stands before a line in a report; a form has none.
pub(super) const FORM: &str = "form";

/// Reads a form as an entry of a kind.
pub(crate) fn entry(kind: &str, typed: &Typed, knowledge: &Knowledge) -> Result<Body, Faults> {
    let mut tree = table(typed.json());
    tree.insert("schema".to_owned(), form::ENTRY_SCHEMA.into());
    tree.insert("kind".to_owned(), kind.into());
    form::read_entry(FORM, &Value::Object(tree).to_string(), Format::Json, knowledge)
        .map_err(|report| Faults::from(report).placed(typed))
}

/// Reads a form as the registration of a patient.
pub(crate) fn registration(typed: &Typed, knowledge: &Knowledge) -> Result<Registered, Faults> {
    form::read_registration(FORM, &typed.json().to_string(), Format::Json, knowledge).map_err(Faults::from)
}

/// The fields of a tree that is a table.
pub(super) fn table(tree: Value) -> Map<String, Value> {
    match tree {
        Value::Object(fields) => fields,
        _ => Map::new(),
    }
}
