//! A form read as the file that it stands for.

use resurface_care::chart::{Body, Chart, Registered, Setting};
use resurface_care::consultation::Consultation;
use resurface_care::form;
use resurface_knowledge::Knowledge;
use resurface_knowledge::document::Format;
use serde_json::{Map, Value, json};

use super::{Faults, Typed};
use crate::problem::Problem;

/// What stands before a line in a report; a form has none.
const FORM: &str = "form";

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

/// Reads a form as a part of a consultation (history, examination, treatment day) of a chart. What the form does not speak of
/// is as the chart holds it.
///
/// # Errors
/// What is wrong with what was typed; or, as a problem, that the chart does not say whom it is about.
pub(crate) fn consultation(
    chart: &Chart,
    on: jiff::civil::Date,
    setting: &Setting,
    typed: &Typed,
    knowledge: &Knowledge,
) -> Result<Result<Consultation, Faults>, Problem> {
    let mut tree = table(typed.json());
    let held = match chart.consultation(on, setting, &[], None) {
        Ok(held) => serde_json::from_str(&form::write(&held).map_err(broken)?).map_err(broken)?,
        Err(_) => without_history(chart, on, setting)?,
    };
    for (name, field) in table(held) {
        match (tree.get_mut(&name), field) {
            (None, field) => {
                tree.insert(name, field);
            }
            (Some(Value::Object(typed)), Value::Object(held)) if name == "patient" => {
                held.into_iter().for_each(|(name, field)| {
                    typed.entry(name).or_insert(field);
                });
            }
            // a part that was typed is meant as a whole
            (Some(_), _) => {}
        }
    }
    tree.insert("date".to_owned(), on.to_string().into());
    Ok(form::read(FORM, &Value::Object(tree).to_string(), Format::Json, knowledge)
        .map_err(|report| Faults::from(report).placed(typed)))
}

/// What a chart without intake or examination knows of a consultation.
fn without_history(chart: &Chart, on: jiff::civil::Date, setting: &Setting) -> Result<Value, Problem> {
    let registered = chart.registered.as_ref().ok_or_else(Problem::no_such_page)?;
    let mut operator = serde_json::to_value(&setting.operator).map_err(broken)?;
    if let Value::Object(fields) = &mut operator {
        fields.retain(|_, field| !field.is_null());
    }
    Ok(json!({
        "schema": form::SCHEMA,
        "date": on,
        "jurisdiction": setting.jurisdiction,
        "device": setting.device,
        "patient": { "id": registered.number, "birth_date": registered.birth_date, "sex": registered.sex },
        "operator": operator,
    }))
}

fn table(tree: Value) -> Map<String, Value> {
    match tree {
        Value::Object(fields) => fields,
        _ => Map::new(),
    }
}

fn broken(error: serde_json::Error) -> Problem {
    Problem::new(crate::problem::What::Broken, error.to_string())
}
