//! The consultation form: a TOML or JSON file read into a [`Consultation`], or one report with every fault in it.
//!
//! Two kinds of fault are collected together: what disagrees with the [`shape`](shape()) (unknown fields, wrong words,
//! numbers out of range) and what contradicts itself or the calendar. A sex recorded as male together with a pregnancy
//! is not a fault: sex as recorded never answers pregnancy, and the pregnancy counts.

mod contradictions;
mod dates;
mod entry;
mod entry_shape;
mod page;
mod ranges;
mod shape;
mod vocabulary;

use resurface_knowledge::Knowledge;
use resurface_knowledge::document::{self, FaultReport, Format, Shape};

use crate::consultation::Consultation;
pub use entry::{entry_schema, is_entry, names_no_schema, read_entry, read_registration};
pub use entry_shape::ENTRY_SCHEMA;
use page::Page;
use vocabulary::Vocabulary;

/// Name and version of the format, in the field `schema` of every consultation.
pub const SCHEMA: &str = "resurface.consultation/1";
/// Most sessions in one file.
pub const SESSIONS_MAX: usize = 24;
/// Most outcomes in one file.
pub const OUTCOMES_MAX: usize = 64;
/// Most products that one session names.
pub const PRODUCTS_MAX: usize = 8;
/// Oldest patient who is believed, in years.
pub const AGE_YEARS_MAX: i16 = 120;

/// What a consultation file may hold, with the names that `knowledge` has.
#[must_use]
pub fn shape(knowledge: &Knowledge) -> Shape {
    shape::consultation(&Vocabulary::of(knowledge))
}

/// The JSON Schema (draft 2020-12) of a consultation file.
#[must_use]
pub fn consultation_schema(knowledge: &Knowledge) -> serde_json::Value {
    shape(knowledge).json_schema("urn:resurface:consultation:1", "Resurface consultation")
}

/// Reads one consultation; `file` is the name shown in the report.
///
/// # Errors
/// Every fault of the file, each with its line, its field and what is allowed.
pub fn read(file: &str, text: &str, format: Format, knowledge: &Knowledge) -> Result<Consultation, FaultReport> {
    let (root, mut report) = document::parse(file, text, format);
    let Some(root) = root else { return Err(report) };
    let vocabulary = Vocabulary::of(knowledge);
    shape::consultation(&vocabulary).check(&root, &mut report);
    let mut page = Page::new(&root, &vocabulary, knowledge, &mut report);
    dates::check(&mut page);
    ranges::check(&mut page);
    contradictions::check(&mut page);
    report.into_result(())?;
    serde_json::from_value(root.to_json()).map_err(|error| {
        let mut report = FaultReport::new(file);
        report.add(1, "", error.to_string(), "see `resurface schema consultation`");
        report
    })
}

/// The consultation as JSON that [`read`] reads back to the same value.
///
/// # Errors
/// When a number in it is not finite; a consultation that was read never holds one.
pub fn write(consultation: &Consultation) -> Result<String, serde_json::Error> {
    let mut value = serde_json::to_value(consultation)?;
    leave_out_nulls(&mut value);
    if let serde_json::Value::Object(fields) = &mut value {
        fields.insert("schema".to_owned(), SCHEMA.into());
    }
    serde_json::to_string_pretty(&value)
}

/// What is not known is not written: the form refuses `null`, because it says nothing.
fn leave_out_nulls(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::Object(fields) => {
            fields.retain(|_, field| !field.is_null());
            fields.values_mut().for_each(leave_out_nulls);
        }
        serde_json::Value::Array(elements) => elements.iter_mut().for_each(leave_out_nulls),
        _ => {}
    }
}
