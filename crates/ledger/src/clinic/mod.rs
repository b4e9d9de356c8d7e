//! One clinic's data: its charts, its book, its pictures and its access log, and the one way to them.
//!
//! A clinic is a folder:
//!
//! ```text
//! clinic.json      which layout this is, and the data keys, locked by the clinic's key file or passphrase
//! ledger.sqlite    charts, book, access log and records; everything that is said about a person is sealed
//! pictures/        pictures, sealed, each under the hash of what it shows
//! clinic.lock      empty; held by whoever changes the keys
//! ```
//!
//! Nothing is read or written but at a [`Desk`]: whoever sits there is known, every operation is asked of one table, and what
//! was asked is in the access log before the answer is given.

mod access_log;
mod book;
mod charts;
mod desk;
mod error;
mod files;
mod folder;
mod impact;
mod knowledge;
mod links;
mod listed;
mod outcomes;
mod passkeys;
mod pictures;
mod practice;
mod progress;
mod replay;
mod rotate;
mod scans;
mod sealed;
mod settings;
mod shelf;
mod signing_in;
mod summaries;
mod summary;
mod sweep;
mod users;
mod verify;
mod ways;
mod worklist;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use jiff::civil::Date;
use uuid::Uuid;

pub use access_log::{AccessFilter, AccessLine, Outcomes};
pub use book::{Book, BookBody, Founded, Imported, SecondFactorDuty, Settled};
pub use charts::{Added, Attributed, OpenChart, is_a_decision};
pub use desk::{Desk, operation_of};
pub use error::LedgerError;
pub use impact::{Direction, Impact, ImpactReport, RuleImpact, RuleSays, Standing};
pub use listed::Listed;
pub use outcomes::OutcomesFound;
pub use passkeys::{Asked, PasskeyProof};
pub use pictures::Form;
pub use practice::{Practice, PracticeChange, PracticeDecided};
pub use progress::{Progress, Stage};
pub use replay::{DifferentDecision, NotComputed, ReplayReport, WhyNot};
pub use rotate::{Begun, Left, Renewed, Rotated};
pub use scans::SCAN_BYTES_MAX;
pub use shelf::NoKnowledge;
pub use signing_in::Proof;
pub use summary::{Found, Summary};
pub use users::{LostFactor, NewSecondFactor, NewUser, UserChange};
pub use verify::{AccessEnd, Check, Depth, Fault, Pictures, Verified, What, Where};
pub use ways::{
    BackedUp, BackupCounts, ExportCounts, ExportFault, Exported, WayFault, backup_opens_with, book_of_export, import, restore,
};
pub use worklist::{Recalled, Worklist, WorklistRow};

use crate::entry::{Author, ChainEnd, Checker, EntryFault};
use crate::identity::Limits;
use crate::pictures::PictureStore;
use crate::seal::{Keyring, Method, Secret};
use crate::store::{AccessDraft, Batch, Expected, HeadRow, Outcome, RecordChange, Sqlite, Store};
use crate::surroundings::Surroundings;
use folder::Folder;
use summaries::Summaries;

/// The stream of the clinic's own book.
pub const BOOK: Uuid = Uuid::nil();

/// Whether there are people behind the charts of a clinic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Charts {
    /// There are.
    Real,
    /// There is nobody: a demonstration.
    Synthetic,
}

/// A clinic that is being founded.
#[derive(Clone, Debug)]
pub struct Founding {
    /// Its name.
    pub name: String,
    /// Whether there are people behind its charts.
    pub charts: Charts,
}

/// One clinic's data, opened.
pub struct Clinic {
    folder: Folder,
    store: Box<dyn Store>,
    pictures: PictureStore,
    ring: RwLock<Keyring>,
    surroundings: Arc<dyn Surroundings>,
    limits: Limits,
    charts: Charts,
    kept: Kept,
}

/// What was read before, for as long as the file shows that it still is so.
#[derive(Default)]
struct Kept {
    summaries: Mutex<Summaries>,
    /// With the head of its chain, sealed as it was: a key that was exchanged shows in it.
    book: Mutex<Option<(HeadRow, Arc<Book>)>>,
}

impl Clinic {
    /// Founds a clinic in a folder that is not there yet, or is empty. It has no user: the first one is made next.
    ///
    /// # Errors
    /// When the folder holds something, or cannot be written.
    pub fn found(
        path: &Path,
        founding: &Founding,
        secret: &Secret,
        surroundings: Arc<dyn Surroundings>,
    ) -> Result<Self, LedgerError> {
        let folder = Folder::new(path);
        let ring = Keyring::new(surroundings.random());
        folder.make(&ring, secret, surroundings.as_ref())?;
        let clinic = Self::over(folder, ring, surroundings, founding.charts)?;
        let founded =
            Founded { on: clinic.today(), name: founding.name.clone(), synthetic: founding.charts == Charts::Synthetic };
        clinic.write_book(&[BookBody::Founded(founded)], Author::Program, Vec::new(), Vec::new())?;
        Ok(clinic)
    }

    /// Opens a clinic.
    ///
    /// # Errors
    /// When there is none in the folder, the secret is not the right one, or its book does not check.
    pub fn open(path: &Path, secret: &Secret, surroundings: Arc<dyn Surroundings>) -> Result<Self, LedgerError> {
        let folder = Folder::new(path);
        let ring = folder.unlock(secret)?;
        Self::with_charts_as_its_book_says(folder, ring, surroundings)
    }

    fn with_charts_as_its_book_says(
        folder: Folder,
        ring: Keyring,
        surroundings: Arc<dyn Surroundings>,
    ) -> Result<Self, LedgerError> {
        let mut clinic = Self::over(folder, ring, surroundings, Charts::Real)?;
        if clinic.book()?.founded.synthetic {
            clinic.charts = Charts::Synthetic;
        }
        Ok(clinic)
    }

    fn over(folder: Folder, ring: Keyring, surroundings: Arc<dyn Surroundings>, charts: Charts) -> Result<Self, LedgerError> {
        let store = Box::new(Sqlite::open(&folder.ledger())?);
        let pictures = folder.pictures()?;
        let (limits, kept) = (Limits::default(), Kept::default());
        Ok(Self { folder, store, pictures, ring: RwLock::new(ring), surroundings, limits, charts, kept })
    }

    /// Which kind of secret locks the keys of the clinic in a folder.
    ///
    /// # Errors
    /// When there is no clinic in it.
    pub fn locked_by(path: &Path) -> Result<Method, LedgerError> {
        Folder::new(path).method()
    }

    /// The folder it is in.
    #[must_use]
    pub fn path(&self) -> PathBuf {
        self.folder.path().to_owned()
    }

    /// Whether there are people behind its charts.
    #[must_use]
    pub const fn charts(&self) -> Charts {
        self.charts
    }

    /// Time and chance, as they were handed in.
    #[must_use]
    pub fn surroundings(&self) -> &dyn Surroundings {
        self.surroundings.as_ref()
    }

    /// How many groups of writes were made durable together, by size: first those of one, then those of two.
    #[must_use]
    pub fn commit_groups(&self) -> Vec<u64> {
        self.store.groups()
    }

    /// Today, where the clinic is.
    #[must_use]
    pub fn today(&self) -> Date {
        self.surroundings.today()
    }

    /// The keys, as they are now.
    fn ring(&self) -> Keyring {
        // A thread that panicked while it held the lock replaced the keys whole or not at all.
        self.ring.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Reads with the keys and, where they were exchanged meanwhile, once more with those of now: what was read in between may
    /// be sealed by a key that was not there yet.
    fn with_keys<T>(&self, read: impl Fn(&Keyring) -> T) -> T {
        let ring = self.ring();
        let found = read(&ring);
        let now = self.ring();
        if now.current() == ring.current() { found } else { read(&now) }
    }

    /// Does something with the keys while nobody exchanges them. It must not ask for them a second time.
    fn holding_ring<T>(&self, work: impl FnOnce(&Keyring) -> T) -> T {
        work(&self.ring.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Reads the clinic's book.
    ///
    /// # Errors
    /// When it cannot be read, or does not check: without it nobody is known.
    pub fn book(&self) -> Result<Arc<Book>, LedgerError> {
        let kept = || self.kept.book.lock().unwrap_or_else(PoisonError::into_inner);
        let head = self.store.head(BOOK)?;
        if let Some((_, book)) = kept().as_ref().filter(|(of, _)| Some(of) == head.as_ref()) {
            return Ok(Arc::clone(book));
        }
        let book = Arc::new(self.with_keys(|ring| self.book_with(ring))?);
        *kept() = head.filter(|head| head.hash == book.end.hash).map(|head| (head, Arc::clone(&book)));
        Ok(book)
    }

    fn book_with(&self, ring: &Keyring) -> Result<Book, LedgerError> {
        let mut checker = Checker::default();
        let mut book = Book::default();
        let (rows, head) = self.rows_with_head(BOOK)?;
        for row in rows {
            let entry = checker.open(row, ring).map_err(LedgerError::Book)?;
            book.add(&BookBody::read(&entry)?);
        }
        book.end = checker.end();
        // A ledger file cut to nothing opens as a new one: the record beside it says that a clinic was founded here.
        if book.end.seq == 0 {
            return Err(LedgerError::EmptyLedger);
        }
        match head {
            Some(head) if head == book.end => Ok(book),
            head => {
                let expected = head.map_or(0, |head| head.seq);
                Err(LedgerError::Book(EntryFault::Gap { expected, found: book.end.seq }))
            }
        }
    }

    /// Writes into the book; tries again when somebody else wrote in between, as no line of it rests on another.
    fn write_book(
        &self,
        bodies: &[BookBody],
        author: Author,
        records: Vec<RecordChange>,
        access: Vec<AccessDraft>,
    ) -> Result<(), LedgerError> {
        let ring = self.ring();
        loop {
            let head = self.store.head(BOOK)?;
            let mut end = head.map_or_else(ChainEnd::default, |head| ChainEnd { seq: head.seq, hash: head.hash });
            let mut batch = Batch {
                expected: vec![Expected { stream: BOOK, head: end.expected() }],
                records: records.clone(),
                access: access.clone(),
                ..Batch::default()
            };
            for body in bodies {
                let draft = body.draft(self.surroundings.id())?;
                batch.entries.push(self.append(&mut end, BOOK, &draft, author, &ring)?);
            }
            batch.heads.push(self.head(BOOK, end, &[], &ring)?);
            match self.store.commit(batch)? {
                Outcome::Moved(_) => {}
                _ => return Ok(()),
            }
        }
    }
}
