//! The entry file: one thing that happened or was said, written down for a chart without a whole consultation.
//!
//! The field `kind` says which fields the rest has. Whether the entry fits a chart is for the chart to say.

use jiff::civil::Date;
use resurface_knowledge::Knowledge;
use resurface_knowledge::document::{self, FaultReport, Format, Node, Shape};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use uuid::Uuid;

use super::entry_shape::{KINDS, KINDS_TO_BECOME, Words, kind_field, schema_field};
use super::page::Page;
use super::ranges;
use crate::chart::{
    AdverseEventFollowed, AdverseEventNoticed, Amended, Body, ChangeShown, ConsentWithdrawn, Consented, EntryId, Kind, Measured,
    Message, Registered, SessionDelivered,
};
use crate::consultation::{OutcomeMeasured, OutcomeScale, Rater};

/// Whether a text says that it is an entry file, and no consultation.
#[must_use]
pub fn is_entry(text: &str, format: Format) -> bool {
    let (root, _) = document::parse("", text, format);
    root.is_some_and(|root| root.get("schema").and_then(Node::text).is_some_and(|schema| schema.starts_with("resurface.entry/")))
}

/// Whether a text that can be read names no schema, so that nobody can tell an entry file from a consultation.
#[must_use]
pub fn names_no_schema(text: &str, format: Format) -> bool {
    let (root, _) = document::parse("", text, format);
    root.is_some_and(|root| root.get("schema").is_none())
}

/// The JSON Schema (draft 2020-12) of an entry file.
#[must_use]
pub fn entry_schema(knowledge: &Knowledge) -> Value {
    let words = Words::of(knowledge);
    let plain = |shape: Shape, title: &str| {
        let mut schema = shape.json_schema("", title);
        if let Value::Object(fields) = &mut schema {
            fields.retain(|name, _| name != "$schema" && name != "$id");
        }
        schema
    };
    let to_become = KINDS_TO_BECOME.iter().map(|kind| plain(words.inside(*kind), &kind.words()));
    let to_become: Vec<Value> = to_become.collect();
    let of_kind = |kind: &Kind| {
        let mut schema = plain(words.file(*kind, None), &kind.words());
        if let Some(becomes) = schema.pointer_mut("/properties/becomes") {
            *becomes = json!({ "description": becomes["description"], "oneOf": to_become });
        }
        schema
    };
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:resurface:entry:1",
        "title": "Resurface entry",
        "oneOf": KINDS.iter().map(of_kind).collect::<Vec<_>>(),
    })
}

/// Reads one entry; `file` is the name shown in the report.
///
/// # Errors
/// Every fault of the file, each with its line, its field and what is allowed.
pub fn read_entry(file: &str, text: &str, format: Format, knowledge: &Knowledge) -> Result<Body, FaultReport> {
    let (root, mut report) = document::parse(file, text, format);
    let Some(mut root) = root else { return Err(report) };
    let words = Words::of(knowledge);
    let Some(kind) = kind_of(&root, &KINDS) else {
        keep(&mut root, &["schema", "kind"]);
        Shape::table(vec![schema_field(), kind_field(&KINDS)]).check(&root, &mut report);
        return Err(report.into_result(()).err().unwrap_or_else(|| FaultReport::new(file)));
    };
    let to_become = becomes(&mut root).and_then(|becomes| {
        let kind = kind_of(becomes, &KINDS_TO_BECOME);
        if kind.is_none() {
            // Without its kind nobody can say which of its other fields are right.
            keep(becomes, &["kind"]);
        }
        kind
    });
    words.file(kind, to_become).check(&root, &mut report);
    values(&root, knowledge, &words, &mut report);
    report.into_result(())?;
    body_of(kind, root.to_json()).map_err(|error| {
        let mut report = FaultReport::new(file);
        report.add(1, "", error.to_string(), "see `resurface schema entry`");
        report
    })
}

/// Reads who a new chart is about, with the fields of an entry of the kind `registered`.
///
/// # Errors
/// As [`read_entry`].
pub fn read_registration(file: &str, text: &str, format: Format, knowledge: &Knowledge) -> Result<Registered, FaultReport> {
    let (root, mut report) = document::parse(file, text, format);
    let Some(root) = root else { return Err(report) };
    Words::of(knowledge).plain(Kind::Registered).check(&root, &mut report);
    let born = root.get("birth_date").and_then(super::page::date);
    if let (Some(born), Some(on)) = (born, root.get("on").and_then(super::page::date))
        && born > on
        && let Some(typed) = root.get("birth_date")
    {
        report.add(typed.line, "birth_date", "this is after the day of registration", "an earlier day");
    }
    report.into_result(())?;
    serde_json::from_value(root.to_json()).map_err(|error| {
        let mut report = FaultReport::new(file);
        report.add(1, "", error.to_string(), "see `resurface schema entry`");
        report
    })
}

fn kind_of(node: &Node, kinds: &[Kind]) -> Option<Kind> {
    let word = node.get("kind").and_then(Node::text)?;
    Kind::of_word(word).filter(|kind| kinds.contains(kind))
}

/// Leaves out all fields but these.
fn keep(node: &mut Node, names: &[&str]) {
    if let document::Value::Table(fields) = &mut node.value {
        fields.retain(|(key, _)| names.contains(&key.name.as_str()));
    }
}

fn becomes(root: &mut Node) -> Option<&mut Node> {
    match &mut root.value {
        document::Value::Table(fields) => fields.iter_mut().find(|(key, _)| key.name == "becomes").map(|(_, node)| node),
        _ => None,
    }
}

/// Values that their scale does not have, and ids that are none.
fn values(root: &Node, knowledge: &Knowledge, words: &Words<'_>, report: &mut FaultReport) {
    for (node, path) in [(Some(root), ""), (root.get("becomes"), "becomes")] {
        let Some(node) = node else { continue };
        let mut page = Page::new(node, &words.vocabulary, knowledge, report);
        let kind = node.get("kind").and_then(Node::text);
        if kind == Some(Kind::Measured.word()) {
            ranges::outcome(&mut page, path, node);
        }
        let id = match kind {
            Some(word) if word == Kind::AdverseEventFollowed.word() => "event",
            _ => "entry",
        };
        let Some(typed) = node.get(id) else { continue };
        if typed.text().is_some_and(|text| Uuid::try_parse(text).is_err()) {
            let field = if path.is_empty() { id.to_owned() } else { format!("{path}.{id}") };
            page.fault(typed, &field, "this is not the id of an entry", "an id as `resurface chart show` prints it");
        }
    }
}

/// A measured outcome as it stands in a file: its day is called `on`, as in every entry.
#[derive(Deserialize)]
struct MeasuredAsWritten {
    on: Date,
    scale: OutcomeScale,
    value: f64,
    rater: Rater,
    error_sd: Option<f64>,
    method: Option<String>,
    smallest_change: Option<f64>,
    change: Option<ChangeShown>,
}

/// An amendment as it stands in a file.
#[derive(Deserialize)]
struct AmendedAsWritten {
    on: Date,
    entry: EntryId,
    reason: String,
    becomes: Option<Value>,
}

fn body_of(kind: Kind, mut fields: Value) -> Result<Body, serde_json::Error> {
    if let Value::Object(fields) = &mut fields {
        fields.retain(|name, _| name != "schema" && name != "kind");
    }
    fn of<T: DeserializeOwned>(fields: Value) -> Result<T, serde_json::Error> {
        serde_json::from_value(fields)
    }
    Ok(match kind {
        Kind::Registered => Body::Registered(of::<Registered>(fields)?),
        Kind::SessionDelivered => Body::SessionDelivered(of::<SessionDelivered>(fields)?),
        Kind::AdverseEvent => Body::AdverseEvent(of::<AdverseEventNoticed>(fields)?),
        Kind::AdverseEventFollowed => Body::AdverseEventFollowed(of::<AdverseEventFollowed>(fields)?),
        Kind::Consented => Body::Consented(of::<Consented>(fields)?),
        Kind::ConsentWithdrawn => Body::ConsentWithdrawn(of::<ConsentWithdrawn>(fields)?),
        Kind::Message => Body::Message(of::<Message>(fields)?),
        Kind::Measured => {
            let MeasuredAsWritten { on, scale, value, rater, error_sd, method, smallest_change, change } = of(fields)?;
            let outcome = OutcomeMeasured { date: on, scale, value, rater, error_sd };
            Body::Measured(Measured { outcome, method, smallest_change, change })
        }
        Kind::Amended => {
            let AmendedAsWritten { on, entry, reason, becomes } = of(fields)?;
            let inside = |becomes: Value| {
                let word = becomes.get("kind").and_then(Value::as_str).unwrap_or_default();
                let kind = Kind::of_word(word).filter(|kind| KINDS_TO_BECOME.contains(kind));
                let kind = kind.ok_or_else(|| serde::de::Error::custom("an entry is amended by one of its own kind"))?;
                body_of(kind, becomes).map(Box::new)
            };
            Body::Amended(Amended { on, entry, reason, becomes: becomes.map(inside).transpose()? })
        }
        _ => return Err(serde::de::Error::custom("this kind is not written in an entry file")),
    })
}
