//! What pages and documents say, in every language: words from Fluent files, dates and numbers as the language writes them.
//!
//! Clinical content (rules, reasons, the guide) is written in English in `knowledge/` and is shown as it is written there,
//! marked as English; everything that a page or a document says around it is here.

mod arguments;
mod dates;
mod language;
mod locales;
mod numbers;

pub use arguments::Argument;
pub use language::Language;
pub use locales::Words;
