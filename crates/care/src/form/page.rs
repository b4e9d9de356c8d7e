//! The file as it was typed, with its lines: what the checks walk over.

use jiff::civil::Date;
use resurface_knowledge::Knowledge;
use resurface_knowledge::document::{FaultReport, Node, Value};

use super::Vocabulary;

/// One consultation as typed. A part that has the wrong shape reads as nothing: the shape has reported it already.
pub(super) struct Page<'a> {
    pub(super) root: &'a Node,
    pub(super) vocabulary: &'a Vocabulary<'a>,
    pub(super) knowledge: &'a Knowledge,
    report: &'a mut FaultReport,
}

impl<'a> Page<'a> {
    pub(super) fn new(
        root: &'a Node,
        vocabulary: &'a Vocabulary<'a>,
        knowledge: &'a Knowledge,
        report: &'a mut FaultReport,
    ) -> Self {
        Self { root, vocabulary, knowledge, report }
    }

    pub(super) fn fault(&mut self, at: &Node, field: &str, problem: impl Into<String>, allowed: impl Into<String>) {
        self.report.add(at.line, field, problem, allowed);
    }

    /// The node at a path of field names.
    pub(super) fn at(&self, path: &[&str]) -> Option<&'a Node> {
        path.iter().try_fold(self.root, |node, name| node.get(name))
    }

    /// The elements of the list at a path, each with its own path for the report.
    pub(super) fn list(&self, path: &[&str]) -> Vec<(String, &'a Node)> {
        let name = path.join(".");
        let elements = self.at(path).map_or(&[][..], Node::elements);
        elements.iter().enumerate().map(|(at, node)| (format!("{name}[{}]", at + 1), node)).collect()
    }

    /// The day of the consultation.
    pub(super) fn today(&self) -> Option<Date> {
        self.root.get("date").and_then(date)
    }

    /// The patient's date of birth, when it can be one: other dates are not held against an impossible birth.
    pub(super) fn birth(&self) -> Option<Date> {
        let birth = self.at(&["patient", "birth_date"]).and_then(date)?;
        self.today().is_none_or(|today| birth <= today).then_some(birth)
    }

    /// The answer to a finding, whether typed as a word or as a table.
    pub(super) fn finding(&self, key: &str) -> Option<(&'a Node, &'a str)> {
        let node = self.at(&["findings", key])?;
        Some((node, answer_word(node)?))
    }
}

/// The answer in a finding typed as a word or as a table.
pub(super) fn answer_word(node: &Node) -> Option<&str> {
    node.text().or_else(|| node.get("answer").and_then(Node::text))
}

/// The date that stands here.
pub(super) fn date(node: &Node) -> Option<Date> {
    match &node.value {
        Value::Date(date) => Some(*date),
        Value::Text(text) => text.parse().ok(),
        _ => None,
    }
}

/// The whole number that stands here.
pub(super) fn whole(node: &Node) -> Option<i64> {
    match node.value {
        Value::Whole(whole) => Some(whole),
        _ => None,
    }
}

/// The number that stands here, whole or not.
pub(super) fn number(node: &Node) -> Option<f64> {
    match node.value {
        #[expect(clippy::cast_precision_loss, reason = "only compared with ranges far below 2^53")]
        Value::Whole(whole) => Some(whole as f64),
        Value::Number(number) => Some(number),
        _ => None,
    }
}

/// Whether the field `name` of `node` is answered with `word`.
pub(super) fn says(node: Option<&Node>, name: &str, word: &str) -> bool {
    node.and_then(|node| node.get(name)).and_then(Node::text) == Some(word)
}
