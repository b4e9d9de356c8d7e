//! Everything that an entry holds, field by field, and the bytes as they are kept.

use maud::{Markup, html};
use resurface_care::chart::Body;
use resurface_words::Words;
use serde_json::Value;

use crate::pages::consent::signature::with_signature;

/// Everything that an entry holds. The names of the fields are those of a file.
pub(super) fn content(words: &Words, body: &Body) -> Markup {
    let bytes = body.to_bytes().unwrap_or_default();
    let tree = serde_json::from_slice::<Value>(&bytes).unwrap_or_default();
    html! {
        (node(words, &tree))
        details {
            summary { (words.text("entry-as-kept")) }
            pre.kept tabindex="0" { code { (serde_json::to_string_pretty(&tree).unwrap_or_default()) } }
        }
    }
}

fn node(words: &Words, value: &Value) -> Markup {
    html! {
        @match value {
            Value::Null => { span.small { (words.text("unknown")) } },
            Value::Bool(true) => { (words.text("yes")) },
            Value::Bool(false) => { (words.text("no")) },
            Value::Number(number) => { (number.as_f64().map_or_else(|| number.to_string(), |number| words.number(number, if number.fract() == 0.0 { 0 } else { 2 }))) },
            Value::String(text) => { (said(words, text)) },
            Value::Array(elements) if elements.iter().all(|element| !element.is_object()) => {
                @for (at, element) in elements.iter().enumerate() { @if at > 0 { ", " } (node(words, element)) }
            },
            Value::Array(elements) => { ol.plain { @for element in elements { li { (node(words, element)) } } } },
            Value::Object(fields) => {
                dl.entry {
                    @for (name, field) in fields {
                        @if !is_empty(field) { dt lang="en" { (name.replace('_', " ")) } dd { (node(words, field)) } }
                    }
                }
            },
        }
    }
}

/// A text; the words that stand for answers are said in the reader's language.
fn said(words: &Words, text: &str) -> Markup {
    let day = text.parse::<jiff::civil::Date>().ok().filter(|_| text.len() == 10);
    html! {
        @match (text, day) {
            ("yes" | "no" | "unknown", _) => { (words.text(text)) },
            (_, Some(day)) => { time datetime=(day) { (words.short_date(day)) } },
            (text, None) => {
                @match with_signature(words, text) {
                    Some(drawn) => { (drawn) },
                    None => { span.text { (text) } },
                }
            },
        }
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(elements) => elements.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        _ => false,
    }
}
