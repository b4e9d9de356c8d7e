//! How one knowledge file becomes a typed table, and how its faults find their lines.

use serde::de::DeserializeOwned;

use crate::document::{self, FaultReport, Format, Node, Shape};
use crate::explain::Explanation;
use crate::{Files, Knowledge};

/// One knowledge file: its name, its shape, its type, and what must agree with the other files.
///
/// To add a table: implement this for its type, put its file into `files.rs` and its line into `tables!` in `lib.rs`.
pub(crate) trait Table: Sized {
    /// The file it is read from.
    const FILE: &'static str;

    /// What the file may hold.
    fn shape() -> Shape;

    /// The typed table, from a tree that has the shape.
    fn decode(root: serde_json::Value) -> Result<Self, serde_json::Error>;

    /// Adds a fault for everything that disagrees with itself or with another file.
    fn cross_check(&self, knowledge: &Knowledge, root: Place<'_>, report: &mut FaultReport);

    /// Every id that `explain` answers to.
    fn ids(&self) -> Vec<&str>;

    /// What is known about one of those ids; nothing when the id is not in this table.
    fn explain(&self, id: &str, knowledge: &Knowledge) -> Option<Explanation>;
}

/// The rows under `name`, as in `[[name]]`, from a tree that has the shape.
pub(crate) fn rows<T: DeserializeOwned>(mut root: serde_json::Value, name: &str) -> Result<Vec<T>, serde_json::Error> {
    serde_json::from_value(root.get_mut(name).map_or_else(|| serde_json::json!([]), serde_json::Value::take))
}

/// Reads one table; the tree comes along so that cross-checks can name lines.
pub(crate) fn read<T: Table>(files: &Files) -> Result<(T, Node), FaultReport> {
    let Some(text) = files.text(T::FILE) else { return Err(missing(T::FILE)) };
    let node = document::read(T::FILE, text, Format::Toml, &T::shape())?;
    match T::decode(node.to_json()) {
        Ok(table) => Ok((table, node)),
        Err(error) => {
            let mut report = FaultReport::new(T::FILE);
            report.add(1, "", error.to_string(), "values as in the file of the same name that comes with the program");
            Err(report)
        }
    }
}

pub(crate) fn missing(file: &str) -> FaultReport {
    let mut report = FaultReport::new(file);
    report.add(1, "", "this file is missing", "put it into the knowledge folder; the program's own copy is a start");
    report
}

/// A field of a file, with the path and the line that a fault about it shows.
#[derive(Clone)]
pub(crate) struct Place<'a> {
    path: String,
    line: usize,
    node: Option<&'a Node>,
}

impl<'a> Place<'a> {
    /// The file as a whole.
    pub(crate) fn root(node: &'a Node) -> Self {
        Self { path: String::new(), line: node.line, node: Some(node) }
    }

    /// A field below; a field that is not there has the line of what it would stand in.
    pub(crate) fn field(&self, name: &str) -> Self {
        let path = if self.path.is_empty() { name.to_owned() } else { format!("{}.{name}", self.path) };
        self.below(path, self.node.and_then(|node| node.get(name)))
    }

    /// An element of a list, counted from 0.
    pub(crate) fn element(&self, at: usize) -> Self {
        self.below(format!("{}[{}]", self.path, at + 1), self.node.and_then(|node| node.elements().get(at)))
    }

    /// Every field below, with its name; none unless a table stands here.
    pub(crate) fn fields(&self) -> Vec<(&'a str, Self)> {
        let fields = self.node.map_or(&[][..], Node::fields);
        fields.iter().map(|(key, _)| (key.name.as_str(), self.field(&key.name))).collect()
    }

    /// Every element of a list; none unless a list stands here.
    pub(crate) fn elements(&self) -> Vec<Self> {
        (0..self.node.map_or(0, |node| node.elements().len())).map(|at| self.element(at)).collect()
    }

    /// The text that stands here, when it is text.
    pub(crate) fn text(&self) -> Option<&'a str> {
        self.node.and_then(Node::text)
    }

    /// Adds a fault about this place.
    pub(crate) fn fault(&self, report: &mut FaultReport, problem: impl Into<String>, allowed: impl Into<String>) {
        report.add(self.line, &self.path, problem, allowed);
    }

    fn below(&self, path: String, node: Option<&'a Node>) -> Self {
        Self { path, line: node.map_or(self.line, |node| node.line), node }
    }
}
