//! Whether everything is still what was written: every chain, every end of a chain, every summary, every reference.
//!
//! One walk over the entries in the order of their chains, with memory that does not grow with their number: one chart is held
//! at a time, and beside it the users and links that can be authors.
//!
//! What others write meanwhile is no fault: a chain that has grown since the walk began is followed to the end it has now.
//!
//! What no chain can show by itself: the last lines of the access log removed, or everything put back as it was on an earlier
//! day. Both show against a note of how far the log had come, kept elsewhere: [`Verified::access_end`] is that note, and
//! [`Check::noted`] compares with it. Every chart that was ever registered is named in the log, so that one that was removed
//! whole is missed as long as the log is whole.

mod access;
mod chains;
mod facts;
mod fault;
mod references;

use jiff::Timestamp;
use resurface_care::chart::Digest;

pub use fault::{Fault, What, Where};

use super::progress::{Stage, Teller};
use super::sealed::record_place;
use super::{Clinic, Desk, LedgerError, Listed, Progress};
use crate::access::Operation;
use crate::seal::{Keyring, SealError};
use crate::store::{RecordKind, Walk};

/// What is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Check {
    /// How deep.
    pub depth: Depth,
    /// Whether pictures are looked at; they are found only by reading what charts say, so with [`Depth::Facts`] alone.
    pub pictures: Pictures,
    /// How far the access log had come when somebody noted it.
    pub noted: Option<AccessEnd>,
}

/// How deep a check goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// Every chain and its end, and the access log.
    Chains,
    /// Also what every entry says: whether it is understood, whether the summary agrees with it, and whether what it names is
    /// there.
    Facts,
}

/// Whether pictures are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pictures {
    /// They are not.
    Skip,
    /// Whether they are there.
    Exist,
    /// Whether they open to the bytes that were taken in. Slow: every byte is read.
    Open,
}

/// How far the access log has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AccessEnd {
    /// Its last line; 0 before the first.
    pub seq: i64,
    /// The hash of that line.
    pub hash: Digest,
}

/// What was checked, and what was found.
#[derive(Debug, Default)]
pub struct Verified {
    /// Charts.
    pub charts: u64,
    /// Entries, with those of the book.
    pub entries: u64,
    /// Lines of the access log.
    pub access_lines: u64,
    /// Pictures, each in up to three forms.
    pub pictures: u64,
    /// Records.
    pub records: u64,
    /// How far the access log has come: keep it elsewhere, to see later whether the log was shortened.
    pub access_end: AccessEnd,
    /// When the check began: what was written later may not be part of it.
    pub began: Timestamp,
    /// What is wrong.
    pub faults: Listed<Fault>,
}

impl Default for Check {
    fn default() -> Self {
        Self { depth: Depth::Facts, pictures: Pictures::Exist, noted: None }
    }
}

impl Desk<'_> {
    /// Checks that everything is still what was written.
    ///
    /// # Errors
    /// When it is not allowed, or the data cannot be read at all. What is wrong with the data is no error: it is part of what
    /// was found.
    pub fn verify(&self, check: &Check, progress: &mut dyn FnMut(Progress)) -> Result<Verified, LedgerError> {
        let grant = self.read(Operation::Verify, None)?;
        let found = Verified { began: grant.decided_at(), ..Verified::default() };
        let mut run = Run { clinic: self.clinic, check, ring: self.clinic.ring(), teller: Teller::new(progress), found };
        run.chains()?;
        run.access_log()?;
        if check.depth == Depth::Facts {
            run.records()?;
        }
        Ok(run.found)
    }
}

/// One check, under way.
struct Run<'a> {
    clinic: &'a Clinic,
    check: &'a Check,
    ring: Keyring,
    teller: Teller<'a>,
    found: Verified,
}

impl Run<'_> {
    fn fault(&mut self, place: Where, what: What) {
        self.found.faults.add(Fault { place, what });
    }

    /// Opens with the ring that was there when the check began or, where the key was changed since, with the one of now.
    fn with_ring<T>(&self, mut open: impl FnMut(&Keyring) -> Result<T, SealError>) -> Result<T, SealError> {
        match open(&self.ring) {
            Err(SealError::KeyNotInRing { .. }) => open(&self.clinic.ring()),
            other => other,
        }
    }

    fn records(&mut self) -> Result<(), LedgerError> {
        self.teller.begin(Stage::Records, 0);
        for kind in RecordKind::ALL {
            for (record, number) in self.clinic.store.records(*kind)?.iter().zip(1..) {
                if let Err(why) = self.with_ring(|ring| ring.open(&record_place(*kind, &record.key), &record.value)) {
                    self.fault(Where::Record { kind: *kind, number }, What::RecordSealed(why));
                }
                self.found.records += 1;
                self.teller.one_more();
            }
        }
        self.teller.end();
        Ok(())
    }
}

/// An error ends a walk; whoever walks tells it afterwards.
const fn on(outcome: &Result<(), LedgerError>) -> Walk {
    if outcome.is_ok() { Walk::On } else { Walk::Stop }
}
