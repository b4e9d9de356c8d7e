use jiff::civil::Date;

use super::tree::join;
use super::{FaultReport, Node, Value};
use crate::near::{nearest, suggest};

/// What a file, or a part of it, may hold.
#[derive(Clone, Debug)]
pub enum Shape {
    /// Text that is not empty, at most this many characters long.
    Text {
        /// Longest text, in characters.
        characters_max: usize,
        /// Whether it reads otherwise in another language.
        wording: Wording,
    },
    /// One of these words.
    OneOf(Vec<String>),
    /// true or false.
    Flag,
    /// A whole number.
    Whole {
        /// Smallest allowed.
        min: i64,
        /// Largest allowed.
        max: i64,
    },
    /// A number.
    Number {
        /// Smallest allowed.
        min: f64,
        /// Largest allowed.
        max: f64,
        /// Unit in words, for example `mm`; empty for a pure number.
        unit: &'static str,
    },
    /// A calendar date, `2026-11-20`.
    Date,
    /// A list.
    List {
        /// What each element is.
        of: Box<Shape>,
        /// Fewest elements.
        min: usize,
        /// Most elements.
        max: usize,
    },
    /// A table with these fields and no others.
    Table(Vec<Field>),
    /// A table with exactly one of these fields.
    Choice(Vec<Field>),
    /// A table whose field names are free: any of `names`, each holding `of`.
    Map {
        /// The names that are allowed; empty allows every name.
        names: Vec<String>,
        /// What each field holds.
        of: Box<Shape>,
    },
    /// Either of two, told apart by whether a table stands there.
    PlainOrTable(Box<Shape>, Box<Shape>),
}

/// Whether a text reads otherwise in another language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wording {
    /// It is said in the language of the reader.
    Translated,
    /// It stands as it is: an id, the name of a product, a citation.
    AsItIs,
}

/// Whether a field must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// It must.
    Required,
    /// It may be left out.
    Optional,
}

/// One field of a table.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Whether it must be there.
    pub need: Need,
    /// What it holds.
    pub shape: Shape,
    /// What it means, with units; becomes the description in the JSON Schema.
    pub about: String,
}

impl Field {
    /// A field that must be there.
    pub fn required(name: impl Into<String>, shape: Shape, about: impl Into<String>) -> Self {
        Self { name: name.into(), need: Need::Required, shape, about: about.into() }
    }

    /// A field that may be left out.
    pub fn optional(name: impl Into<String>, shape: Shape, about: impl Into<String>) -> Self {
        Self { name: name.into(), need: Need::Optional, shape, about: about.into() }
    }
}

impl Shape {
    /// A table with these fields and no others.
    #[must_use]
    pub fn table(fields: Vec<Field>) -> Self {
        Self::Table(fields)
    }

    /// A table with exactly one of these fields; each is optional on its own.
    #[must_use]
    pub fn choice(fields: Vec<Field>) -> Self {
        Self::Choice(fields)
    }

    /// Text of at most 4,000 characters, for people to read.
    #[must_use]
    pub fn text() -> Self {
        Self::Text { characters_max: 4_000, wording: Wording::Translated }
    }

    /// A title of at most 120 characters, for people to read.
    #[must_use]
    pub fn title() -> Self {
        Self::Text { characters_max: 120, wording: Wording::Translated }
    }

    /// A name or id of at most 120 characters, the same in every language.
    #[must_use]
    pub fn name() -> Self {
        Self::Text { characters_max: 120, wording: Wording::AsItIs }
    }

    /// Text of at most 4,000 characters in the words of its source, the same in every language.
    #[must_use]
    pub fn quoted() -> Self {
        Self::Text { characters_max: 4_000, wording: Wording::AsItIs }
    }

    /// One of these words.
    pub fn one_of<S: Into<String>>(words: impl IntoIterator<Item = S>) -> Self {
        Self::OneOf(words.into_iter().map(Into::into).collect())
    }

    /// A whole number from `min` to `max`.
    #[must_use]
    pub fn whole(min: i64, max: i64) -> Self {
        Self::Whole { min, max }
    }

    /// A number from `min` to `max` in `unit` (empty for a pure number).
    #[must_use]
    pub fn number(min: f64, max: f64, unit: &'static str) -> Self {
        Self::Number { min, max, unit }
    }

    /// A list of `min` to `max` elements.
    #[must_use]
    pub fn list(of: Shape, min: usize, max: usize) -> Self {
        Self::List { of: Box::new(of), min, max }
    }

    /// Holds `node` against this shape and adds every disagreement to `report`.
    pub fn check(&self, node: &Node, report: &mut FaultReport) {
        self.check_at(node, "", report);
    }

    fn check_at(&self, node: &Node, path: &str, report: &mut FaultReport) {
        match (self, &node.value) {
            (_, Value::Unreadable) => {}
            (Self::Table(fields), Value::Table(_)) => check_table(fields, node, path, report),
            (Self::Choice(fields), Value::Table(entries)) => {
                check_table(fields, node, path, report);
                if entries.len() != 1 {
                    report.add(node.line, path, format!("there are {} fields", entries.len()), self.allowed());
                }
            }
            (Self::Map { names, of }, Value::Table(entries)) => {
                for (key, entry) in entries {
                    let path = join(path, &key.name);
                    if names.is_empty() || names.contains(&key.name) {
                        of.check_at(entry, &path, report);
                    } else {
                        report.add(key.line, &path, "this name is not known here", meant(&key.name, names));
                    }
                }
            }
            (Self::List { of, min, max }, Value::List(elements)) => {
                if elements.len() < *min || elements.len() > *max {
                    report.add(node.line, path, format!("there are {} entries", elements.len()), self.allowed());
                }
                for (at, element) in elements.iter().enumerate() {
                    of.check_at(element, &format!("{path}[{}]", at + 1), report);
                }
            }
            (Self::PlainOrTable(_, table), Value::Table(_)) => table.check_at(node, path, report),
            (Self::PlainOrTable(plain, _), _) => plain.check_at(node, path, report),
            _ => {
                if let Some(problem) = self.leaf_problem(node) {
                    report.add(node.line, path, problem, self.allowed());
                }
            }
        }
    }

    /// What is wrong with a value that is neither list nor table; nothing when it fits.
    fn leaf_problem(&self, node: &Node) -> Option<String> {
        match (self, &node.value) {
            (Self::Text { characters_max, .. }, Value::Text(text)) => {
                if text.trim().is_empty() {
                    return Some("the text is empty".to_owned());
                }
                (text.chars().count() > *characters_max).then(|| format!("the text has {} characters", text.chars().count()))
            }
            (Self::OneOf(words), Value::Text(text)) => {
                (!words.contains(text)).then(|| format!("{text:?} is not one of the words"))
            }
            (Self::Flag, Value::Flag(_)) | (Self::Date, Value::Date(_)) => None,
            (Self::Date, Value::Text(text)) => text.parse::<Date>().err().map(|_| format!("{text:?} is not a calendar date")),
            (Self::Whole { min, max }, Value::Whole(whole)) => {
                (whole < min || whole > max).then(|| format!("{whole} is out of range"))
            }
            (Self::Number { min, max, .. }, Value::Whole(whole)) => {
                #[expect(clippy::cast_precision_loss, reason = "only compared with a range far below 2^53")]
                let number = *whole as f64;
                (number < *min || number > *max).then(|| format!("{whole} is out of range"))
            }
            (Self::Number { min, max, .. }, Value::Number(number)) => {
                (number < min || number > max).then(|| format!("{number} is out of range"))
            }
            _ => Some(format!("{} stands here", node.kind())),
        }
    }

    /// What this shape allows, in words.
    #[must_use]
    pub fn allowed(&self) -> String {
        match self {
            Self::Text { characters_max, .. } => format!("text of 1 to {characters_max} characters"),
            Self::OneOf(words) => format!("one of {}", words.join(", ")),
            Self::Flag => "true or false".to_owned(),
            Self::Whole { min, max } => format!("a whole number from {min} to {max}"),
            Self::Number { min, max, unit } => format!("a number from {min} to {max} {unit}").trim_end().to_owned(),
            Self::Date => "a calendar date such as 2026-11-20".to_owned(),
            Self::List { of, min, max } => format!("a list of {min} to {max} entries, each {}", of.allowed()),
            Self::Table(fields) => format!("a table with {}", names_of(fields)),
            Self::Choice(fields) => format!("a table with one of {}", names_of(fields)),
            Self::Map { .. } => "a table".to_owned(),
            Self::PlainOrTable(plain, table) => format!("{}, or {}", plain.allowed(), table.allowed()),
        }
    }
}

fn check_table(fields: &[Field], node: &Node, path: &str, report: &mut FaultReport) {
    for (key, value) in node.fields() {
        let path = join(path, &key.name);
        match fields.iter().find(|field| field.name == key.name) {
            Some(field) => field.shape.check_at(value, &path, report),
            None => {
                let names: Vec<String> = fields.iter().map(|field| field.name.clone()).collect();
                report.add(key.line, &path, "this field is not known", meant(&key.name, &names));
            }
        }
    }
    for field in fields {
        if field.need == Need::Required && node.get(&field.name).is_none() {
            report.add(node.line, &join(path, &field.name), "this field is missing", field.shape.allowed());
        }
    }
}

fn names_of(fields: &[Field]) -> String {
    fields.iter().map(|field| field.name.as_str()).collect::<Vec<_>>().join(", ")
}

fn meant(wrong: &str, names: &[String]) -> String {
    suggest(&nearest(wrong, names.iter().map(String::as_str)), &format!("one of {}", names.join(", ")))
}
