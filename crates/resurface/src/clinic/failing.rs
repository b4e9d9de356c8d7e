//! What went wrong at a desk: with which exit code the program ends, and what to do next.

use std::collections::BTreeMap;

use resurface_care::chart::Body;
use resurface_ledger::access::{Missing, Refused};
use resurface_ledger::clinic::{LedgerError, WayFault};
use resurface_ledger::pictures::PictureError;
use resurface_ledger::seal::SealError;

use super::access::CLINIC_HINT;
use crate::ending::{Exit, Failure};

/// What to do first without the second factor that the clinic requires.
const SECOND_FACTOR_FIRST: &str = "`resurface user second-factor` sets them up";

/// What to do first about a damaged chart.
pub(crate) const BROKEN_FIRST: &str = "`resurface verify` says what else is damaged; then restore the latest backup beside this \
clinic: `resurface restore FILE --clinic NEWDIR`";

impl From<LedgerError> for Failure {
    fn from(error: LedgerError) -> Self {
        let failure = Self::new(exit(&error), &error);
        match hint(&error) {
            Some(hint) => failure.hint(hint),
            None => failure,
        }
    }
}

const fn exit(error: &LedgerError) -> Exit {
    match error {
        LedgerError::NoClinic { .. } | LedgerError::File { .. } | LedgerError::Store(_) | LedgerError::FolderNotEmpty => {
            Exit::File
        }
        LedgerError::Picture(PictureError::FolderMissing { .. } | PictureError::Unreachable { .. }) => Exit::File,
        // The keys open, and what they sealed does not.
        LedgerError::Seal(SealError::CutShort { .. } | SealError::ChangedOrMoved) => Exit::Damaged,
        LedgerError::Seal(_) => Exit::KeyNeeded,
        LedgerError::NotSignedIn(_)
        | LedgerError::WrongSignIn
        | LedgerError::CodeNeeded
        | LedgerError::PasskeyNeeded
        | LedgerError::Passkey(_)
        | LedgerError::Wait(_) => Exit::SignIn,
        LedgerError::Refused(_) => Exit::NotAllowed,
        LedgerError::Moved { .. } => Exit::Moved,
        LedgerError::Record { .. } | LedgerError::Book(_) | LedgerError::EmptyLedger | LedgerError::Broken(_) => Exit::Damaged,
        LedgerError::Way(fault) => exit_of_way(fault),
        LedgerError::Hash(_) | LedgerError::Body(_) | LedgerError::NotUnderstood { .. } | LedgerError::Json(_) => Exit::Failed,
        _ => Exit::InputFaults,
    }
}

const fn exit_of_way(fault: &WayFault) -> Exit {
    match fault {
        WayFault::NoName | WayFault::FileThere(_) | WayFault::LeftBehind(_) => Exit::File,
        WayFault::NotABackup | WayFault::NotAnExport | WayFault::TooNew(_) => Exit::InputFaults,
        WayFault::KeysChanged => Exit::Failed,
        WayFault::CutShort
        | WayFault::Forged
        | WayFault::Altered(_)
        | WayFault::Wrong { .. }
        | WayFault::Missing(_)
        | WayFault::Unknown(_)
        | WayFault::Twice(_)
        | WayFault::NoPlainFile(_)
        | WayFault::TooLarge { .. }
        | WayFault::Unsound(_) => Exit::Damaged,
    }
}

fn hint(error: &LedgerError) -> Option<String> {
    let hint = match error {
        LedgerError::NoClinic { .. } => CLINIC_HINT,
        LedgerError::Broken(_) => BROKEN_FIRST,
        LedgerError::Refused(Refused { missing: Missing::SecondFactor, .. }) => SECOND_FACTOR_FIRST,
        LedgerError::NotSignedIn(_) => "`resurface sign-in --user NAME`",
        LedgerError::WrongSignIn => "type name and password again; whoever leads gives a new one: `resurface user password NAME`",
        LedgerError::CodeNeeded => "give it with --code CODE, or set RESURFACE_CODE",
        LedgerError::PasskeyNeeded => {
            "set up codes from an app on the page of your account, in the browser; a terminal asks for one of them"
        }
        LedgerError::NoSuchChart => "`resurface chart find TEXT` looks for a name or a number",
        LedgerError::NoSuchEntry => "`resurface chart timeline PATIENT` prints every entry with its id",
        LedgerError::NumberTaken => "`resurface chart find NUMBER` shows that chart",
        LedgerError::NoSuchUser => "`resurface user list` shows who there is",
        LedgerError::Moved { since } => {
            return Some(format!("added meanwhile: {}; nothing of yours was added, and your file is as it was", kinds(since)));
        }
        _ => return None,
    };
    Some(hint.to_owned())
}

/// How many entries of each kind: enough to know what to look for, and nothing about the patient.
fn kinds(bodies: &[Body]) -> String {
    let mut counts: BTreeMap<_, usize> = BTreeMap::new();
    for body in bodies {
        *counts.entry(body.kind()).or_default() += 1;
    }
    let each = counts.into_iter().map(|(kind, count)| match count {
        1 => kind.words(),
        count => format!("{count} times {}", kind.words()),
    });
    each.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use resurface_care::chart::{Body, Message, Penned};
    use resurface_ledger::clinic::LedgerError;
    use resurface_ledger::seal::{Method, SealError};

    use crate::ending::{Exit, Failure};

    #[test]
    fn whoever_comes_second_reads_what_was_added_and_nothing_that_was_written() {
        // given two messages that somebody else wrote meanwhile
        let message = Message { on: date(2026, 11, 20), from: Penned::Clinic, text: "Ms Hidden called".to_owned() };
        let since = vec![Body::Message(message.clone()), Body::Message(message)];
        // when the second writer is told
        let failure = Failure::from(LedgerError::Moved { since });
        // then with an exit code of its own, and without the words
        assert_eq!(failure.exit(), Exit::Moved);
        assert!(failure.text().contains("added meanwhile: 2 times message"), "{}", failure.text());
        assert!(!failure.text().contains("Hidden"));
    }
    #[test]
    fn what_is_damaged_is_told_from_a_key_that_is_not_the_right_one() {
        let exit = |error: LedgerError| Failure::from(error).exit();
        assert_eq!(exit(SealError::WrongSecret { method: Method::KeyFile }.into()), Exit::KeyNeeded);
        assert_eq!(exit(SealError::ChangedOrMoved.into()), Exit::Damaged);
        assert_eq!(exit(SealError::CutShort { bytes: 3, bytes_min: 45 }.into()), Exit::Damaged);
        assert_eq!(exit(LedgerError::EmptyLedger), Exit::Damaged);
    }
}
