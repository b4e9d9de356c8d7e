use serde_json::{Map, Value};
use resurface_knowledge::Knowledge;
pub(super) fn all(_: &Knowledge) -> Map<String, Value> { Map::new() }
