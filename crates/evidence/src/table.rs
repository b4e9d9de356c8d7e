//! Reads a CSV text row by row and collects every bad cell, so that one report shows all that is to be corrected.

use std::{collections::BTreeMap, fmt, str::FromStr};

/// One cell that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellFault {
    /// Which table.
    pub table: &'static str,
    /// Line of the text, from 1.
    pub line: u64,
    /// Column name.
    pub column: String,
    /// What stood there.
    pub value: String,
    /// What is allowed.
    pub allowed: String,
}

impl fmt::Display for CellFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { table, line, column, value, allowed } = self;
        write!(f, "{table} line {line}, column {column}: \"{value}\" is not allowed; give {allowed}")
    }
}

/// A word that stands for one variant of an enumeration.
pub(crate) trait Word: Copy + 'static {
    /// Every word and what it means.
    const WORDS: &'static [(&'static str, Self)];
}

/// The cells of one row, by column name.
pub(crate) struct Row<'a> {
    table: &'static str,
    line: u64,
    columns: &'a BTreeMap<String, usize>,
    record: &'a csv::StringRecord,
    faults: &'a mut Vec<CellFault>,
}

/// Read every row of `text`, or report every fault in it.
pub(crate) fn read<T>(
    table: &'static str,
    text: &str,
    columns: &[&str],
    mut row_to: impl FnMut(&mut Row<'_>) -> T,
) -> Result<Vec<T>, Vec<CellFault>> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let mut faults = Vec::new();
    let header = reader.headers().cloned().unwrap_or_default();
    let positions: BTreeMap<String, usize> = header.iter().enumerate().map(|(i, name)| (name.to_owned(), i)).collect();
    check_header(table, &header, columns, &mut faults);
    if !faults.is_empty() {
        return Err(faults);
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        match record {
            Ok(record) => {
                let line = record.position().map_or(0, csv::Position::line);
                if record.len() != header.len() {
                    let allowed = format!("{} cells", header.len());
                    faults.push(CellFault { table, line, column: "(row)".into(), value: record.len().to_string(), allowed });
                    continue;
                }
                rows.push(row_to(&mut Row { table, line, columns: &positions, record: &record, faults: &mut faults }));
            }
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                let allowed = "UTF-8 text, quoted as CSV".into();
                faults.push(CellFault { table, line, column: "(row)".into(), value: error.to_string(), allowed });
            }
        }
    }
    if faults.is_empty() { Ok(rows) } else { Err(faults) }
}

fn check_header(table: &'static str, header: &csv::StringRecord, columns: &[&str], faults: &mut Vec<CellFault>) {
    let mut fault = |column: &str, value: &str, allowed: &str| {
        faults.push(CellFault { table, line: 1, column: column.into(), value: value.into(), allowed: allowed.into() });
    };
    for column in columns.iter().filter(|column| !header.iter().any(|name| name == **column)) {
        fault(column, "", "this column in the header");
    }
    for name in header.iter().filter(|name| !columns.contains(name)) {
        fault(name, name, "only the columns this table knows");
    }
}

impl Row<'_> {
    /// Line of the text, from 1.
    pub(crate) fn line(&self) -> u64 {
        self.line
    }

    /// The text of a cell, without surrounding blanks.
    pub(crate) fn text(&self, column: &str) -> String {
        self.columns.get(column).and_then(|i| self.record.get(*i)).unwrap_or_default().trim().to_owned()
    }

    /// Text that must be there.
    pub(crate) fn required(&mut self, column: &str) -> String {
        let text = self.text(column);
        if text.is_empty() {
            self.fault(column, "a value");
        }
        text
    }

    /// A number in `range`, or nothing when the cell is empty.
    pub(crate) fn number(&mut self, column: &str, range: std::ops::RangeInclusive<f64>) -> Option<f64> {
        let allowed = format!("a number from {} to {}", range.start(), range.end());
        self.parsed::<f64>(column, &allowed).filter(|number| {
            let inside = range.contains(number);
            if !inside {
                self.fault(column, &allowed);
            }
            inside
        })
    }

    /// A whole number in `range`, or nothing when the cell is empty.
    pub(crate) fn count(&mut self, column: &str, range: std::ops::RangeInclusive<u32>) -> Option<u32> {
        let allowed = format!("a whole number from {} to {}", range.start(), range.end());
        self.parsed::<u32>(column, &allowed).filter(|number| {
            let inside = range.contains(number);
            if !inside {
                self.fault(column, &allowed);
            }
            inside
        })
    }

    /// One of the words of `T`. On a fault the first word stands in; the fault keeps the table from being used.
    pub(crate) fn word<T: Word>(&mut self, column: &str) -> T {
        let text = self.text(column);
        if let Some((_, meaning)) = T::WORDS.iter().find(|(word, _)| *word == text) {
            return *meaning;
        }
        let words: Vec<&str> = T::WORDS.iter().map(|(word, _)| *word).collect();
        self.fault(column, &format!("one of {}", words.join(", ")));
        T::WORDS[0].1
    }

    /// Record that a cell is wrong.
    pub(crate) fn fault(&mut self, column: &str, allowed: &str) {
        let value = self.text(column);
        let (table, line) = (self.table, self.line);
        self.faults.push(CellFault { table, line, column: column.to_owned(), value, allowed: allowed.to_owned() });
    }

    fn parsed<T: FromStr>(&mut self, column: &str, allowed: &str) -> Option<T> {
        let text = self.text(column);
        if text.is_empty() {
            return None;
        }
        let parsed = text.parse().ok();
        if parsed.is_none() {
            self.fault(column, allowed);
        }
        parsed
    }
}
