use std::fmt;

/// The most faults that one report keeps; a file with more is not the file that was meant.
pub const FAULTS_MAX: usize = 500;

/// One thing that is wrong in a file: where, what, and what is allowed instead.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Fault {
    /// Line in the file, counted from 1.
    pub line: usize,
    /// Dotted path of the field, for example `zones[2].rolling`; empty for the file as a whole.
    pub field: String,
    /// What is wrong, in words.
    pub problem: String,
    /// What is allowed, or what to do.
    pub allowed: String,
}

/// Every fault found in one file, in the order of its lines.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct FaultReport {
    file: String,
    faults: Vec<Fault>,
    /// How many more were found than are kept.
    left_out: usize,
}

impl FaultReport {
    /// An empty report about `file`.
    #[must_use]
    pub fn new(file: &str) -> Self {
        Self { file: file.to_owned(), faults: Vec::new(), left_out: 0 }
    }

    /// A report with one fault.
    #[must_use]
    pub fn of(file: &str, fault: Fault) -> Self {
        Self { file: file.to_owned(), faults: vec![fault], left_out: 0 }
    }

    /// Adds a fault; beyond [`FAULTS_MAX`] it is only counted.
    pub fn add(&mut self, line: usize, field: &str, problem: impl Into<String>, allowed: impl Into<String>) {
        if self.faults.len() >= FAULTS_MAX {
            self.left_out += 1;
            return;
        }
        self.faults.push(Fault { line, field: field.to_owned(), problem: problem.into(), allowed: allowed.into() });
    }

    /// The file the report is about.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The faults.
    #[must_use]
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// `value` when nothing is wrong, else the report with its faults in the order of their lines.
    ///
    /// # Errors
    /// The report itself, when it holds a fault.
    pub fn into_result<T>(mut self, value: T) -> Result<T, Self> {
        if self.faults.is_empty() {
            return Ok(value);
        }
        self.faults.sort();
        self.faults.dedup();
        Err(self)
    }
}

impl fmt::Display for FaultReport {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.faults.len();
        let noun = if count == 1 { "fault" } else { "faults" };
        writeln!(out, "{}: {count} {noun}", self.file)?;
        for fault in &self.faults {
            let field = if fault.field.is_empty() { String::new() } else { format!("{}: ", fault.field) };
            writeln!(out, "{}:{}: {field}{}", self.file, fault.line, fault.problem)?;
            writeln!(out, "    allowed: {}", fault.allowed)?;
        }
        if self.left_out > 0 {
            writeln!(out, "{}: and {} more; correct these first", self.file, self.left_out)?;
        }
        Ok(())
    }
}

impl std::error::Error for FaultReport {}
