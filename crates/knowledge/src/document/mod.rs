//! TOML or JSON text read into a tree that remembers its lines, held against a shape, with every fault reported at once.
//!
//! Whoever reads a file (a consultation, a knowledge table) writes down its [`Shape`] once. The shape finds the faults,
//! names the line, the field and what is allowed, and also prints itself as a JSON Schema; there is no second list of
//! fields to drift away from it.
//!
//! ```
//! use resurface_knowledge::document::{self, Field, Format, Shape};
//!
//! let shape = Shape::table(vec![Field::required("sessions", Shape::whole(1, 12), "how many sessions")]);
//! let report = document::read("plan.toml", "sessions = 40\ncolour = 'red'", Format::Toml, &shape).unwrap_err();
//! assert_eq!(report.faults().len(), 2);
//! assert_eq!(report.faults()[0].line, 1);
//! ```

mod fault;
mod schema;
mod shape;
mod tree;

pub use fault::{FAULTS_MAX, Fault, FaultReport};
pub use shape::{Field, Need, Shape, Wording};
pub use tree::{Format, Key, Node, Value};

/// The largest text that is read, in bytes. A consultation is a few kilobytes, a knowledge file a few hundred.
pub const TEXT_BYTES_MAX: usize = 4 * 1024 * 1024;

/// Reads `text` and holds it against `shape`; `file` is the name shown in the report.
///
/// # Errors
/// Every fault of the text: a syntax error alone, or else all that disagrees with the shape.
pub fn read(file: &str, text: &str, format: Format, shape: &Shape) -> Result<Node, FaultReport> {
    let (root, mut report) = parse(file, text, format);
    let Some(root) = root else { return Err(report) };
    shape.check(&root, &mut report);
    report.into_result(root)
}

/// Reads `text` into a tree without holding it against a shape, for a reader that adds faults of its own: the tree, where
/// the text has the structure of one, and the report with every value that cannot be read.
#[must_use]
pub fn parse(file: &str, text: &str, format: Format) -> (Option<Node>, FaultReport) {
    tree::parse(file, text, format)
}
