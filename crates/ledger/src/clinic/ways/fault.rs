//! What can go wrong on the ways out and in. Files and members are named; nothing about a patient is.

use std::fmt::Write as _;

/// What can go wrong on the ways out and in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WayFault {
    /// The place has no name of its own.
    #[error("this names no new file or folder: give a name that ends in one")]
    NoName,
    /// There is a file of this name.
    #[error("{0} is there already: choose another name, so that nothing is overwritten")]
    FileThere(String),
    /// An earlier attempt was broken off and left this behind.
    #[error("{0} was left behind when an earlier attempt was broken off: remove it, then try again")]
    LeftBehind(String),
    /// The clinic's keys were changed meanwhile.
    #[error("the keys of the clinic were changed while the backup was made: make it again")]
    KeysChanged,
    /// The file is not a backup at all.
    #[error("this file is no backup of a clinic: choose one that `resurface backup` made")]
    NotABackup,
    /// The folder is not an export at all.
    #[error("this folder holds no export of a clinic: it has no export.json that this program understands")]
    NotAnExport,
    /// A later program made it.
    #[error("this was written as {0:?}, which this program does not know: use a later version of the program")]
    TooNew(String),
    /// It ends too early.
    #[error("this backup ends before it is complete: copy it again, or use another one")]
    CutShort,
    /// Its list is not the one that the clinic wrote.
    #[error("the list of this backup is not the one that the clinic wrote: use another backup")]
    Forged,
    /// A part is not what the list says.
    #[error("{0} is not what was written: it was changed or damaged since; use another copy")]
    Altered(String),
    /// A part is not understood.
    #[error("{file}: {problem}; use another copy")]
    Wrong {
        /// The part.
        file: String,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// A part is missing.
    #[error("{0} is missing: use another copy")]
    Missing(String),
    /// A part does not belong there.
    #[error("{0} does not belong there: nothing is read from a place with parts that are not listed")]
    Unknown(String),
    /// A part is there twice.
    #[error("{0} is there twice: use another copy")]
    Twice(String),
    /// A part is neither a file nor a folder.
    #[error("{0} is a link or another thing that is no plain file: nothing is read from such a place")]
    NoPlainFile(String),
    /// A part is larger than anything that is written there.
    #[error("{file} says it has {bytes} bytes, at most {bytes_max} can be: nothing of it was read")]
    TooLarge {
        /// The part.
        file: String,
        /// What it says.
        bytes: u64,
        /// The limit.
        bytes_max: u64,
    },
    /// What is in it does not check, and is not taken over silently.
    #[error("{} of the records do not check, and nothing was brought in:{}", .0.len(), listed(.0))]
    Unsound(Vec<String>),
}

/// How many problems a message lists.
const LISTED_MAX: usize = 20;

fn listed(problems: &[String]) -> String {
    let mut list = String::new();
    for problem in problems.iter().take(LISTED_MAX) {
        // Writing into a text cannot fail.
        let _ = write!(list, "\n  {problem}");
    }
    if problems.len() > LISTED_MAX {
        let _ = write!(list, "\n  and {} more", problems.len() - LISTED_MAX);
    }
    list
}

/// A name that a stranger wrote, as a message can show it: without control characters, and not endless.
pub(super) fn shown(name: &[u8]) -> String {
    String::from_utf8_lossy(name).chars().take(120).flat_map(char::escape_default).collect()
}
