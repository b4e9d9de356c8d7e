//! A form that speaks of a part of a consultation, read together with what the chart holds of the other parts, so that what
//! contradicts it there is found.

use jiff::civil::Date;
use resurface_care::chart::{Chart, Setting};
use resurface_care::consultation::Consultation;
use resurface_care::form;
use resurface_knowledge::Knowledge;
use resurface_knowledge::document::Format;
use serde_json::{Map, Value, json};

use super::read::{FORM, table};
use super::{Faults, Typed};
use crate::problem::{Problem, What};

/// The part that a form speaks of. What an intake or an examination leaves empty is left open, whatever the chart holds; what the
/// form of a day does not speak of is as the chart holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// History and wishes.
    Intake,
    /// The skin.
    Examination,
    /// A treatment day, or the session given on it.
    Day,
}

impl Part {
    /// The fields of a consultation that belong to it alone.
    const fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Intake => &["findings", "goal", "earlier_treatments"],
            Self::Examination => &["lesions", "skin", "scars"],
            Self::Day => &[],
        }
    }
}

/// Reads a form as a part of a consultation.
///
/// # Errors
/// What is wrong with what was typed; or, as a problem, that the chart does not say whom it is about.
pub(crate) fn read(
    part: Part,
    chart: &Chart,
    on: Date,
    setting: &Setting,
    typed: &Typed,
    knowledge: &Knowledge,
) -> Result<Result<Consultation, Faults>, Problem> {
    let mut tree = match chart.consultation(on, setting, &[], None) {
        Ok(held) => table(serde_json::from_str(&form::write(&held).map_err(broken)?).map_err(broken)?),
        Err(_) => with_nothing_recorded(chart, on, setting)?,
    };
    part.fields().iter().for_each(|name| drop(tree.remove(*name)));
    let mut said = table(typed.json());
    let about = said.remove("patient").map(table).unwrap_or_default();
    if let Some(Value::Object(patient)) = tree.get_mut("patient") {
        if part == Part::Intake {
            patient.retain(|name, _| !matches!(name.as_str(), "pregnant" | "breast_feeding"));
        }
        patient.extend(about);
    }
    tree.extend(said);
    // What has to be there and was left empty is then missing field by field, and each finds its place in the form.
    for name in ["lesions", "skin", "scars", "goal"] {
        tree.entry(name).or_insert_with(|| json!({}));
    }
    Ok(form::read(FORM, &Value::Object(tree).to_string(), Format::Json, knowledge)
        .map_err(|report| Faults::from(report).placed(typed)))
}

/// A consultation with a patient of whom nothing was asked or seen yet. The wish is there so that an examination before the
/// intake can be read; nothing of it is kept.
fn with_nothing_recorded(chart: &Chart, on: Date, setting: &Setting) -> Result<Map<String, Value>, Problem> {
    let registered = chart.registered.as_ref().ok_or_else(Problem::no_such_page)?;
    let mut operator = serde_json::to_value(&setting.operator).map_err(broken)?;
    if let Value::Object(fields) = &mut operator {
        fields.retain(|_, field| !field.is_null());
    }
    Ok(table(json!({
        "schema": form::SCHEMA,
        "date": on,
        "jurisdiction": setting.jurisdiction,
        "device": setting.device,
        "patient": { "id": registered.number, "birth_date": registered.birth_date, "sex": registered.sex },
        "operator": operator,
        "goal": { "improvement_percent": 50 },
    })))
}

fn broken(error: serde_json::Error) -> Problem {
    Problem::new(What::Broken, error.to_string())
}
