use std::collections::BTreeSet;

use jiff::civil::Date;
use jsonc_parser::ast;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{FaultReport, TEXT_BYTES_MAX};

/// How a text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// TOML 1.0.
    Toml,
    /// JSON as in RFC 8259: no comments, no trailing commas.
    Json,
}

/// A value and the line it begins on.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Line in the file, counted from 1.
    pub line: usize,
    /// What stands there.
    pub value: Value,
}

/// The name of a field and the line it stands on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// The name.
    pub name: String,
    /// Line in the file, counted from 1.
    pub line: usize,
}

/// What a file can hold. A JSON date is text until its shape says that it is a date.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// true or false.
    Flag(bool),
    /// A whole number.
    Whole(i64),
    /// A number with a fraction; always finite.
    Number(f64),
    /// Text.
    Text(String),
    /// A calendar date without a time.
    Date(Date),
    /// A list.
    List(Vec<Node>),
    /// Named fields, in the order of their lines.
    Table(Vec<(Key, Node)>),
    /// A value that cannot be read, for example a day that is not in the calendar: its fault is in the report already.
    Unreadable,
}

impl Node {
    /// The field `name` of a table.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Node> {
        match &self.value {
            Value::Table(fields) => fields.iter().find(|(key, _)| key.name == name).map(|(_, node)| node),
            _ => None,
        }
    }

    /// The elements of a list; nothing for anything else.
    #[must_use]
    pub fn elements(&self) -> &[Node] {
        match &self.value {
            Value::List(elements) => elements,
            _ => &[],
        }
    }

    /// The fields of a table; nothing for anything else.
    #[must_use]
    pub fn fields(&self) -> &[(Key, Node)] {
        match &self.value {
            Value::Table(fields) => fields,
            _ => &[],
        }
    }

    /// The text, when it is text.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The same tree without its lines; dates become text such as `2026-11-20`.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        match &self.value {
            Value::Flag(flag) => (*flag).into(),
            Value::Whole(whole) => (*whole).into(),
            Value::Number(number) => (*number).into(),
            Value::Text(text) => text.as_str().into(),
            Value::Date(date) => date.to_string().into(),
            Value::List(elements) => elements.iter().map(Node::to_json).collect(),
            Value::Table(fields) => {
                fields.iter().map(|(key, node)| (key.name.clone(), node.to_json())).collect::<serde_json::Map<_, _>>().into()
            }
            Value::Unreadable => serde_json::Value::Null,
        }
    }

    /// What stands here, in words for a report.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self.value {
            Value::Flag(_) => "true or false",
            Value::Whole(_) => "a whole number",
            Value::Number(_) => "a number",
            Value::Text(_) => "text",
            Value::Date(_) => "a date",
            Value::List(_) => "a list",
            Value::Table(_) => "a table",
            Value::Unreadable => "nothing that can be read",
        }
    }
}

/// Where lines begin, to turn a byte offset into a line number.
struct Lines(Vec<usize>);

impl Lines {
    fn of(text: &str) -> Self {
        Self(text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at).collect())
    }

    fn line(&self, offset: usize) -> usize {
        self.0.partition_point(|&newline| newline < offset) + 1
    }
}

/// The tree as far as the text can be read, and every fault of the text so far; no tree where it has no structure.
pub(super) fn parse(file: &str, text: &str, format: Format) -> (Option<Node>, FaultReport) {
    let mut report = FaultReport::new(file);
    if text.len() > TEXT_BYTES_MAX {
        report.add(1, "", format!("the file has {} bytes", text.len()), format!("at most {TEXT_BYTES_MAX} bytes"));
        return (None, report);
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let lines = Lines::of(text);
    let root = match format {
        Format::Toml => toml_root(text, &lines, &mut report),
        Format::Json => json_root(text, &lines, &mut report),
    };
    (root, report)
}

/// A date that is not in the calendar leaves the rest of the text readable; it gets its fault, with its field, from
/// [`toml_value`]. Any other error of syntax makes what follows a guess.
fn toml_root(text: &str, lines: &Lines, report: &mut FaultReport) -> Option<Node> {
    let (table, errors) = DeTable::parse_recoverable(text);
    let syntax = errors.iter().filter(|error| !error.message().starts_with("invalid date"));
    let mut structured = true;
    for error in syntax {
        let line = error.span().map_or(1, |span| lines.line(span.start));
        report.add(line, "", error.message().trim().to_owned(), "TOML 1.0; see the examples/ folder");
        structured = false;
    }
    structured.then(|| toml_table(table.get_ref(), 1, "", lines, report))
}

fn toml_table(table: &DeTable<'_>, line: usize, path: &str, lines: &Lines, report: &mut FaultReport) -> Node {
    let mut fields: Vec<(Key, Node)> = table
        .iter()
        .map(|(name, value)| {
            let key = Key { name: name.get_ref().to_string(), line: lines.line(name.span().start) };
            let node = toml_value(value, key.line, &join(path, &key.name), lines, report);
            (key, node)
        })
        .collect();
    fields.sort_by_key(|(key, _)| key.line);
    Node { line, value: Value::Table(fields) }
}

fn toml_value(value: &Spanned<DeValue<'_>>, key_line: usize, path: &str, lines: &Lines, report: &mut FaultReport) -> Node {
    let line = lines.line(value.span().start).max(key_line);
    let value = match value.get_ref() {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Boolean(flag) => Value::Flag(*flag),
        DeValue::Integer(whole) => match i64::from_str_radix(whole.as_str(), whole.radix()) {
            Ok(whole) => Value::Whole(whole),
            Err(_) => return unreadable(line, path, "this whole number is too large", A_NUMBER, report),
        },
        DeValue::Float(number) => match number.as_str().parse::<f64>() {
            Ok(number) if number.is_finite() => Value::Number(number),
            _ => return unreadable(line, path, "this number is not finite", A_NUMBER, report),
        },
        DeValue::Datetime(at) => match (&at.date, &at.time) {
            (Some(date), None) => match date_of(i64::from(date.year), i64::from(date.month), i64::from(date.day)) {
                Some(date) => Value::Date(date),
                None => return unreadable(line, path, "this day is not in the calendar", A_DATE, report),
            },
            (None, None) => return unreadable(line, path, "this day is not in the calendar", A_DATE, report),
            _ => return unreadable(line, path, "a time stands beside the date", A_DATE, report),
        },
        DeValue::Array(elements) => Value::List(
            elements
                .iter()
                .enumerate()
                .map(|(at, element)| toml_value(element, line, &format!("{path}[{}]", at + 1), lines, report))
                .collect(),
        ),
        DeValue::Table(table) => return toml_table(table, line, path, lines, report),
    };
    Node { line, value }
}

const A_NUMBER: &str = "a number of ordinary size";
const A_DATE: &str = "a calendar date without a time, such as 2026-11-20";

fn unreadable(line: usize, path: &str, problem: &str, allowed: &str, report: &mut FaultReport) -> Node {
    report.add(line, path, problem, allowed);
    Node { line, value: Value::Unreadable }
}

fn date_of(year: i64, month: i64, day: i64) -> Option<Date> {
    Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?).ok()
}

fn json_root(text: &str, lines: &Lines, report: &mut FaultReport) -> Option<Node> {
    let strict = jsonc_parser::ParseOptions {
        allow_comments: false,
        allow_loose_object_property_names: false,
        allow_trailing_commas: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    };
    match jsonc_parser::parse_to_ast(text, &jsonc_parser::CollectOptions::default(), &strict) {
        Ok(result) => match result.value {
            Some(value) => Some(json_value(&value, "", lines, report)),
            None => {
                report.add(1, "", "the file is empty", "one JSON object");
                None
            }
        },
        Err(error) => {
            let line = lines.line(error.range().start);
            report.add(line, "", error.kind().to_string(), "JSON (RFC 8259), without comments or trailing commas");
            None
        }
    }
}

fn json_value(value: &ast::Value<'_>, path: &str, lines: &Lines, report: &mut FaultReport) -> Node {
    use jsonc_parser::common::Ranged;
    let line = lines.line(value.range().start);
    let value = match value {
        ast::Value::StringLit(text) => Value::Text(text.value.to_string()),
        ast::Value::BooleanLit(flag) => Value::Flag(flag.value),
        ast::Value::NumberLit(number) => match (number.value.parse::<i64>(), number.value.parse::<f64>()) {
            (Ok(whole), _) => Value::Whole(whole),
            (_, Ok(number)) if number.is_finite() => Value::Number(number),
            _ => return unreadable(line, path, "this number is too large", A_NUMBER, report),
        },
        ast::Value::NullKeyword(_) => {
            return unreadable(line, path, "null says nothing", "leave the field out, or answer \"unknown\"", report);
        }
        ast::Value::Array(array) => Value::List(
            array
                .elements
                .iter()
                .enumerate()
                .map(|(at, element)| json_value(element, &format!("{path}[{}]", at + 1), lines, report))
                .collect(),
        ),
        ast::Value::Object(object) => {
            let mut fields: Vec<(Key, Node)> = Vec::with_capacity(object.properties.len());
            let mut names = BTreeSet::new();
            for property in &object.properties {
                let key = Key { name: property.name.as_str().to_owned(), line: lines.line(property.range.start) };
                let path = join(path, &key.name);
                if !names.insert(key.name.clone()) {
                    report.add(key.line, &path, "this field stands here a second time", "each field once");
                    continue;
                }
                let node = json_value(&property.value, &path, lines, report);
                fields.push((key, node));
            }
            Value::Table(fields)
        }
    };
    Node { line, value }
}

pub(super) fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}
