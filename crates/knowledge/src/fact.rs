//! A value or a sentence with its sources and its mark: the smallest thing that the tables are made of.

use serde::{Deserialize, Serialize};

use crate::Knowledge;
use crate::document::{FaultReport, Field, Shape};
use crate::explain::Explanation;
use crate::mark::Mark;
use crate::near::{nearest, suggest};
use crate::table::Place;

/// A value that knows where it comes from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fact<T> {
    /// The value; its unit is in the name of the field that holds it.
    pub value: T,
    /// Ids in `sources.toml`; never empty when the mark is `seen`.
    pub sources: Vec<String>,
    /// How far it was checked.
    pub mark: Mark,
    /// What the value alone would hide.
    #[serde(default)]
    pub note: Option<String>,
}

/// A sentence that knows where it comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// The sentence.
    pub text: String,
    /// Ids in `sources.toml`; never empty when the mark is `seen`.
    pub sources: Vec<String>,
    /// How far it was checked.
    pub mark: Mark,
}

/// The shape of a [`Fact`] around a value of shape `value`.
pub(crate) fn fact(value: Shape) -> Shape {
    let mut fields = vec![Field::required("value", value, "the value, in the unit that the name of the fact ends in")];
    fields.extend(citation());
    fields.push(Field::optional("note", Shape::text(), "what the value alone would hide"));
    Shape::table(fields)
}

/// The shape of a [`Statement`].
pub(crate) fn statement() -> Shape {
    let mut fields = vec![Field::required("text", Shape::text(), "the sentence")];
    fields.extend(citation());
    Shape::table(fields)
}

/// A list of statements.
pub(crate) fn statements() -> Shape {
    Shape::list(statement(), 0, 60)
}

/// The two fields that every fact ends with.
pub(crate) fn citation() -> Vec<Field> {
    vec![
        Field::required(
            "sources",
            Shape::list(Shape::name(), 0, 12),
            "ids in sources.toml; a fact that was seen has at least one",
        ),
        Field::required(
            "mark",
            Shape::one_of(["seen", "recalled", "ours"]),
            "seen in the source, recalled, or an expert setting of ours",
        ),
    ]
}

/// A list of plain sentences.
pub(crate) fn sentences() -> Shape {
    Shape::list(Shape::text(), 0, 60)
}

/// Checks every citation in the file below `place`, however deep: each source is known, and what was seen names one.
pub(crate) fn check_citations(place: &Place<'_>, knowledge: &Knowledge, report: &mut FaultReport) {
    for (name, field) in place.fields() {
        if name == "sources" {
            check_sources(&field, knowledge, report);
            let seen = place.field("mark").text() == Some("seen");
            if seen && field.elements().is_empty() {
                field.fault(report, "marked as seen, but no source is named", "at least one id of sources.toml, or another mark");
            }
        } else {
            check_citations(&field, knowledge, report);
        }
    }
    for element in place.elements() {
        check_citations(&element, knowledge, report);
    }
}

/// Checks that every id of a list is a source.
fn check_sources(place: &Place<'_>, knowledge: &Knowledge, report: &mut FaultReport) {
    for element in place.elements() {
        let Some(id) = element.text() else { continue };
        check_known(id, knowledge.sources.iter().map(|source| source.id.as_str()), "source", &element, report);
    }
}

/// Checks that `id` is one of `known`; `kind` says in words what it should be.
pub(crate) fn check_known<'a>(
    id: &str,
    known: impl Iterator<Item = &'a str> + Clone,
    kind: &str,
    place: &Place<'_>,
    report: &mut FaultReport,
) {
    if known.clone().any(|other| other == id) {
        return;
    }
    let near = nearest(id, known);
    let article = if kind.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    let kind = format!("the id of {article} {kind}");
    place.fault(report, format!("{id:?} is not {kind}"), suggest(&near, &kind));
}

impl Explanation {
    /// Names the sources with these ids, each once.
    pub(crate) fn cite(&mut self, ids: &[String], knowledge: &Knowledge) {
        for source in knowledge.sources_of(ids) {
            if !self.sources.contains(&source) {
                self.sources.push(source);
            }
        }
    }

    /// Adds a statement with its mark and its sources.
    pub(crate) fn state(&mut self, label: &str, statement: &Statement, knowledge: &Knowledge) {
        self.fact(label, &statement.text, Some(statement.mark));
        self.cite(&statement.sources, knowledge);
    }

    /// Adds a fact with its mark, its note and its sources; `words` says the value with its unit.
    pub(crate) fn value<T>(&mut self, label: &str, fact: Option<&Fact<T>>, words: impl Fn(&T) -> String, knowledge: &Knowledge) {
        let Some(fact) = fact else { return self.fact(label, "not known", None) };
        let note = fact.note.as_ref().map_or(String::new(), |note| format!(". {note}"));
        self.fact(label, format!("{}{note}", words(&fact.value)), Some(fact.mark));
        self.cite(&fact.sources, knowledge);
    }

    /// Adds what is not known.
    pub(crate) fn not_known(&mut self, sentences: &[String]) {
        for sentence in sentences {
            self.fact("not known", sentence, None);
        }
    }
}
