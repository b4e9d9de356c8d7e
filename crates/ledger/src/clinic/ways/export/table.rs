//! A table for a spreadsheet: RFC 4180, and no cell that a spreadsheet would take for a formula.

use std::fmt::Display;
use std::path::Path;

use csv::{Terminator, Writer, WriterBuilder};

use super::output::{Output, Writing};
use crate::clinic::LedgerError;
use crate::clinic::files::fault;

/// A table that is being written.
pub(super) struct Table {
    name: String,
    csv: Writer<Writing>,
    columns: usize,
}

/// One row of a table.
#[derive(Default)]
pub(super) struct Row(Vec<String>);

impl Table {
    /// Begins a table with its columns.
    pub(super) fn begin(output: &mut Output, name: &str, columns: &[&str]) -> Result<Self, LedgerError> {
        let csv = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(output.begin(name)?);
        let mut table = Self { name: name.to_owned(), csv, columns: columns.len() };
        table.row(columns.iter().fold(Row::default(), |row, column| row.text(column)))?;
        Ok(table)
    }

    /// Writes a row.
    pub(super) fn row(&mut self, row: Row) -> Result<(), LedgerError> {
        debug_assert_eq!(row.0.len(), self.columns, "{}", self.name);
        self.csv.write_record(&row.0).map_err(|error| fault(Path::new(&self.name), "written")(error.into()))
    }

    /// Ends the table.
    pub(super) fn end(self, output: &mut Output) -> Result<(), LedgerError> {
        let name = self.name;
        let writing = self.csv.into_inner().map_err(|error| fault(Path::new(&name), "written")(error.into_error()))?;
        output.end(writing)
    }
}

impl Row {
    /// A cell that holds a text, made harmless.
    pub(super) fn text(mut self, text: impl Display) -> Self {
        self.0.push(harmless(text.to_string()));
        self
    }

    /// A cell that holds a text, or nothing.
    pub(super) fn maybe(self, text: Option<impl Display>) -> Self {
        match text {
            Some(text) => self.text(text),
            None => self.text(""),
        }
    }

    /// A cell that holds a number of ours, which may be negative and stays a number.
    pub(super) fn number(mut self, number: Option<impl Into<f64>>) -> Self {
        self.0.push(number.map(|number| number.into().to_string()).unwrap_or_default());
        self
    }
}

/// A cell that begins with one of these is taken for a formula by a spreadsheet, which could send a chart elsewhere.
fn harmless(text: String) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) { format!("'{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn a_cell_is_never_a_formula() {
        for dangerous in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"] {
            assert_eq!(harmless(dangerous.to_owned()), format!("'{dangerous}"));
        }
        for plain in ["", "a=b", "'=1", "1-2", " =1"] {
            assert_eq!(harmless(plain.to_owned()), plain);
        }
    }
}
