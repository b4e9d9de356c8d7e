//! The texts of the tables in another language: `de/contraindications.toml` and the like, beside the English ones.
//!
//! A translation holds words and no facts. It stands beside the English text that it translates, so a reader sees both; an
//! English text that was changed has no translation until somebody has looked at it again, and what was translated before
//! is named as one of a text that is no longer there.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::{self, FaultReport, Field, Format, Node, Shape, Value, Wording};
use crate::table::{self, Table};
use crate::{Files, Knowledge};

/// The translations of one file: each English text with its line and what is said for it.
pub(crate) struct Texts {
    file: String,
    texts: BTreeMap<String, Said>,
}

struct Said {
    line: usize,
    text: String,
}

impl Texts {
    /// Reads the translations of `name` into `language`.
    pub(crate) fn read(files: &Files, language: &str, name: &str) -> Result<Self, FaultReport> {
        let file = format!("{language}/{name}");
        let Some(text) = files.text(&file) else { return Err(table::missing(&file)) };
        let root = document::read(&file, text, Format::Toml, &shape())?;
        let mut report = FaultReport::new(&file);
        let mut texts = BTreeMap::new();
        for entry in root.get("text").map_or(&[][..], Node::elements) {
            let (Some(english), Some(says)) = (entry.get("english"), entry.get("says")) else { continue };
            let (Some(of), Some(text)) = (english.text(), says.text()) else { continue };
            keeps_its_marks(of, text, says.line, &mut report);
            if texts.insert(of.to_owned(), Said { line: english.line, text: text.to_owned() }).is_some() {
                report.add(english.line, "english", format!("{:?} is translated twice", beginning(of)), "each text once");
            }
        }
        report.into_result(Self { file, texts })
    }

    /// What is said for an English text.
    pub(crate) fn of<'a>(&'a self, english: &'a str) -> &'a str {
        self.texts.get(english).map_or(english, |said| said.text.as_str())
    }

    /// Adds what is said to what other files say: a text that stands in two files is said alike.
    fn add_to(&self, all: &mut BTreeMap<String, String>) -> Result<(), FaultReport> {
        let mut report = FaultReport::new(&self.file);
        for (of, said) in &self.texts {
            if let Some(other) = all.insert(of.clone(), said.text.clone()).filter(|other| *other != said.text) {
                report.add(
                    said.line,
                    "says",
                    format!("another file says {:?}", beginning(&other)),
                    "the same words in both files",
                );
            }
        }
        report.into_result(())
    }

    /// A fault for every text without a translation, and for every translation without its text.
    pub(crate) fn check<'a>(&self, english: impl IntoIterator<Item = &'a str>) -> Result<(), FaultReport> {
        let english: BTreeSet<&str> = english.into_iter().collect();
        let mut report = FaultReport::new(&self.file);
        for text in english.iter().filter(|text| !self.texts.contains_key(**text)) {
            let allowed = "an entry [[text]] with these words, as they stand in the English file, under english";
            report.add(1, "text", format!("{:?} is not translated", beginning(text)), allowed);
        }
        for (of, said) in self.texts.iter().filter(|(of, _)| !english.contains(of.as_str())) {
            let allowed = "a text of the English file; where that one was changed, look at the translation again";
            report.add(said.line, "english", format!("the English file does not say {:?}", beginning(of)), allowed);
        }
        report.into_result(())
    }
}

fn shape() -> Shape {
    let entry = Shape::table(vec![
        Field::required("english", Shape::quoted(), "the text of the English file, as it stands there"),
        Field::required("says", Shape::quoted(), "the same in this language"),
    ]);
    Shape::table(vec![Field::required("text", Shape::list(entry, 1, 5_000), "the texts")])
}

/// Faults of a language as a whole: files of its folder that nobody reads.
pub(crate) fn files(files: &Files, language: &str) -> Vec<FaultReport> {
    let read = |name: &str| name.starts_with("guide/") || name == "guide.toml" || Knowledge::tables().any(|table| table == name);
    let inside = files.iter().filter_map(|(name, _)| name.strip_prefix(language)?.strip_prefix('/'));
    let unknown = inside.filter(|name| !read(name)).map(|name| {
        let mut report = FaultReport::new(&format!("{language}/{name}"));
        report.add(1, "", "nothing reads this file", "the name of a table, or a page of the guide");
        report
    });
    unknown.collect()
}

/// One table with its texts in another language; what is said for each is added to what the other tables say.
pub(crate) fn table<T: Table>(files: &Files, language: &str, all: &mut BTreeMap<String, String>) -> Result<T, FaultReport> {
    let (english, node) = table::read::<T>(files)?;
    let shape = T::shape();
    let mut found = Vec::new();
    each_text(&node, &shape, &mut |text| found.push(text));
    if found.is_empty() {
        return Ok(english);
    }
    let texts = Texts::read(files, language, T::FILE)?;
    texts.check(found)?;
    texts.add_to(all)?;
    T::decode(said(&node, &shape, &texts).to_json()).map_err(|error| {
        let mut report = FaultReport::new(&texts.file);
        report.add(1, "", error.to_string(), "words, where the English file has words");
        report
    })
}

/// Calls for every text of a tree that is said in the reader's language.
fn each_text<'a>(node: &'a Node, shape: &Shape, call: &mut impl FnMut(&'a str)) {
    match (shape, &node.value) {
        (Shape::Text { wording: Wording::Translated, .. }, Value::Text(text)) => call(text),
        (_, Value::List(elements)) => elements.iter().zip(std::iter::repeat(below(shape, ""))).for_each(|(element, of)| {
            if let Some(of) = of {
                each_text(element, of, call);
            }
        }),
        (_, Value::Table(fields)) => fields.iter().for_each(|(key, field)| {
            if let Some(of) = below(shape, &key.name) {
                each_text(field, of, call);
            }
        }),
        _ => {}
    }
}

/// The tree with its texts in another language.
fn said(node: &Node, shape: &Shape, texts: &Texts) -> Node {
    let value = match (shape, &node.value) {
        (Shape::Text { wording: Wording::Translated, .. }, Value::Text(text)) => Value::Text(texts.of(text).to_owned()),
        (_, Value::List(elements)) => Value::List(
            elements
                .iter()
                .map(|element| below(shape, "").map_or_else(|| element.clone(), |of| said(element, of, texts)))
                .collect(),
        ),
        (_, Value::Table(fields)) => {
            let field = |(key, field): &(document::Key, Node)| {
                (key.clone(), below(shape, &key.name).map_or_else(|| field.clone(), |of| said(field, of, texts)))
            };
            Value::Table(fields.iter().map(field).collect())
        }
        (_, value) => value.clone(),
    };
    Node { line: node.line, value }
}

/// The shape of a field, or of every element.
fn below<'a>(shape: &'a Shape, name: &str) -> Option<&'a Shape> {
    match shape {
        Shape::Table(fields) | Shape::Choice(fields) => Some(&fields.iter().find(|field| field.name == name)?.shape),
        Shape::List { of, .. } | Shape::Map { of, .. } => Some(of),
        Shape::PlainOrTable(_, table) => below(table, name),
        _ => None,
    }
}

/// A fault where a translation has other numbers, or names other rules, settings, files or places for a value.
pub(crate) fn keeps_its_marks(english: &str, text: &str, line: usize, report: &mut FaultReport) {
    let (wanted, found) = (marks(english), marks(text));
    if wanted != found {
        let allowed = format!("the same numbers and names as in English: {}", wanted.join(" "));
        report.add(line, "says", format!("{:?} has {}", beginning(text), found.join(" ")), allowed);
    }
}

/// What is the same in every language, in order: runs of figures, and names such as CI-PREG, devices.toml or {days}.
fn marks(text: &str) -> Vec<&str> {
    let is_of_a_name = |letter: char| letter.is_alphanumeric() || ['_', '-', '.', '{', '}'].contains(&letter);
    let words = text.split(|letter: char| !is_of_a_name(letter)).map(|word| word.trim_matches(['.', '-']));
    let mut marks: Vec<&str> = words
        .flat_map(|word| {
            let is_a_name = word.contains('_') || word.contains('{') || word.ends_with(".toml") || word.starts_with("CI-");
            let figures = word.split(|letter: char| !letter.is_ascii_digit()).filter(move |run| !is_a_name && !run.is_empty());
            is_a_name.then_some(word).into_iter().chain(figures)
        })
        .collect();
    marks.sort_unstable();
    marks
}

/// Enough of a text to find it.
fn beginning(text: &str) -> String {
    const CHARACTERS_MAX: usize = 60;
    if text.chars().count() <= CHARACTERS_MAX {
        text.to_owned()
    } else {
        format!("{}…", text.chars().take(CHARACTERS_MAX).collect::<String>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_and_names_are_what_stays() {
        assert_eq!(marks("5.9 %, 2,805 people, see CI-VZV."), ["2", "5", "805", "9", "CI-VZV"]);
        assert_eq!(marks("5,9 %, 2.805 Menschen, siehe CI-VZV."), ["2", "5", "805", "9", "CI-VZV"]);
        assert_eq!(
            marks("{days} days by interval_override_days of devices.toml"),
            ["devices.toml", "interval_override_days", "{days}"]
        );
    }
}
