//! How a run ends: what is printed where, and with which exit code.

use std::fmt::Display;
use std::io;
use std::process::ExitCode;

use resurface_knowledge::document::FaultReport;

/// How a run ended. The help, the man page and the README explain every code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// An answer was given.
    Answered = 0,
    /// Something went wrong that is none of the below.
    Failed = 1,
    /// The consultation has faults.
    InputFaults = 2,
    /// Treatment is not permitted today, or cannot be decided.
    NotPermitted = 3,
    /// The knowledge has faults.
    KnowledgeFaults = 4,
    /// A file was not found, could not be read or could not be written.
    File = 5,
    /// No forecast can be made, or the one that was made is not to be trusted.
    NotTrusted = 6,
    /// An error is over its tolerance, or a past decision does not come out again.
    CheckFailed = 7,
    /// Built without the feature that the command needs.
    #[cfg_attr(
        all(feature = "fit", feature = "tls", feature = "measure"),
        expect(dead_code, reason = "this build has every feature")
    )]
    NotBuilt = 8,
    /// The clinic's key is missing, or does not open it.
    KeyNeeded = 9,
    /// Nobody is signed in, or name, password or code are not right.
    SignIn = 10,
    /// Whoever is signed in may not do this.
    NotAllowed = 11,
    /// Somebody else wrote into the chart meanwhile.
    Moved = 12,
    /// A record of the clinic was changed or is damaged.
    Damaged = 13,
    /// Something has to be told that a measured file does not say.
    #[cfg_attr(not(feature = "measure"), expect(dead_code, reason = "only measuring asks"))]
    NotSaid = 14,
    /// A measured file does not determine the numbers that were asked for.
    #[cfg_attr(not(feature = "measure"), expect(dead_code, reason = "only measuring has numbers of this kind"))]
    NotMeasurable = 15,
    /// Interrupted.
    #[cfg_attr(not(feature = "fit"), expect(dead_code, reason = "only the fit is long enough to be interrupted"))]
    Interrupted = 130,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// What a command answered.
#[derive(Debug)]
pub(crate) struct Answer {
    /// The page or the JSON, for stdout.
    pub(crate) page: String,
    /// Remarks about the run, for stderr.
    pub(crate) remarks: Vec<String>,
    /// How it ended.
    pub(crate) exit: Exit,
}

impl Answer {
    /// A page, and nothing to remark.
    pub(crate) fn page(page: String) -> Self {
        Self { page, remarks: Vec::new(), exit: Exit::Answered }
    }

    /// The same answer, ending otherwise.
    pub(crate) fn ending(mut self, exit: Exit) -> Self {
        self.exit = exit;
        self
    }

    /// The same answer with a remark.
    pub(crate) fn remark(mut self, remark: String) -> Self {
        self.remarks.push(remark);
        self
    }

    /// Prints the answer.
    pub(crate) fn deliver(self) -> ExitCode {
        let printed = print(&mut io::stdout().lock(), &self.page);
        for remark in &self.remarks {
            // Nobody is left to be told when stderr is closed.
            let _ = print(&mut io::stderr().lock(), &format!("{remark}\n"));
        }
        match printed {
            Ok(()) => self.exit.into(),
            Err(error) => Failure::new(Exit::File, format!("the answer could not be printed: {error}")).deliver(),
        }
    }
}

/// Why a command gave no answer.
#[derive(Debug)]
pub(crate) struct Failure {
    exit: Exit,
    message: String,
}

impl Failure {
    /// A failure in words: what is wrong and where.
    pub(crate) fn new(exit: Exit, message: impl Display) -> Self {
        Self { exit, message: format!("error: {message}\n") }
    }

    /// The same failure with what to do next.
    pub(crate) fn hint(mut self, hint: impl Display) -> Self {
        self.message.push_str(&format!("hint: {hint}\n"));
        self
    }

    /// Faults of a file: all of them, each with its line; `schema` is the name of what it should be.
    pub(crate) fn input(report: &FaultReport, schema: &str) -> Self {
        let hint = format!("hint: `resurface schema {schema}` prints every field and what it may hold\n");
        Self { exit: Exit::InputFaults, message: format!("{report}{hint}") }
    }

    /// Faults of the knowledge: all of them, in the order of the files.
    pub(crate) fn knowledge(reports: &[FaultReport]) -> Self {
        let reports: String = reports.iter().map(FaultReport::to_string).collect();
        let hint = "hint: no answer is given on knowledge that has a fault; `resurface knowledge check DIR` reads it alone\n";
        Self { exit: Exit::KnowledgeFaults, message: format!("{reports}{hint}") }
    }

    /// The same failure with something that was done before it, or that follows from it.
    pub(crate) fn note(mut self, note: impl Display) -> Self {
        self.message.push_str(&format!("note: {note}\n"));
        self
    }

    /// The code with which the program ends.
    #[cfg(test)]
    pub(crate) const fn exit(&self) -> Exit {
        self.exit
    }

    /// What is said.
    #[cfg(test)]
    pub(crate) fn text(&self) -> &str {
        &self.message
    }

    /// Prints the failure; stdout stays empty.
    pub(crate) fn deliver(self) -> ExitCode {
        // Nobody is left to be told when stderr is closed.
        let _ = print(&mut io::stderr().lock(), &self.message);
        self.exit.into()
    }
}

/// Writes all of `text`; a reader that has left (a closed pipe) is no error.
fn print(out: &mut impl io::Write, text: &str) -> io::Result<()> {
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}
