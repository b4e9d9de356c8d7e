//! What a back end has to do: keep rows, all of a batch or none of it, and give them back in order.
//!
//! A back end knows nothing of charts and sees nothing that is not sealed: it keeps entries in streams (a chart is a stream,
//! and so is the clinic's own book), the head of each stream, the access log, lots and small records. What makes a ledger of
//! it (hashes, seals, folding, who may do what) is the same for every back end and stands above this trait.
//!
//! What holds for every back end, and is told by one suite of stories in `tests/store`:
//!
//! - a batch is durable when [`Store::commit`] returns, and is there whole or not at all;
//! - an entry whose id is there already changes nothing;
//! - a batch that expects a head which is no longer the head changes nothing, and says so;
//! - entries and the access log are never changed or removed; only the seal of a row can be renewed.

mod sqlite;
mod turns;

use std::collections::BTreeSet;
use std::path::Path;

use resurface_care::chart::Digest;
use uuid::Uuid;

use crate::seal::{KeyNumber, key_number_of};
pub use sqlite::Sqlite;
pub use turns::Turns;

/// One entry as a back end keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryRow {
    /// Its id.
    pub id: Uuid,
    /// The stream it belongs to.
    pub stream: Uuid,
    /// Its place in the stream, from 1.
    pub seq: u32,
    /// Word of its kind.
    pub kind: String,
    /// Version of its kind.
    pub version: u16,
    /// Who wrote it, as 17 bytes.
    pub author: [u8; 17],
    /// When, in microseconds since 1970 (UTC).
    pub at_us: i64,
    /// Hash over everything above, the content, and the hash of the entry before.
    pub hash: Digest,
    /// The content, sealed.
    pub sealed: Vec<u8>,
}

/// The end of a stream, with a sealed summary of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeadRow {
    /// The stream.
    pub stream: Uuid,
    /// Place of its last entry.
    pub seq: u32,
    /// Hash of its last entry.
    pub hash: Digest,
    /// What a list shows of it, sealed.
    pub summary: Vec<u8>,
}

/// A head that a batch counts on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Expected {
    /// The stream.
    pub stream: Uuid,
    /// Place and hash of its last entry; nothing for a stream that is not there yet.
    pub head: Option<(u32, Digest)>,
}

/// Where a lot was used.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LotRow {
    /// The lot, as it is searched for.
    pub lot: String,
    /// The stream.
    pub stream: Uuid,
    /// The entry that names the lot.
    pub entry: Uuid,
}

/// One line of the access log before it is chained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessDraft {
    /// Its id, to which its seal is bound.
    pub id: Uuid,
    /// When, in microseconds since 1970 (UTC).
    pub at_us: i64,
    /// Digest of its content.
    pub content: Digest,
    /// Its content, sealed.
    pub sealed: Vec<u8>,
}

/// One line of the access log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessRow {
    /// Its place, from 1.
    pub seq: i64,
    /// What it says.
    pub draft: AccessDraft,
    /// Hash over its place, its time, its content and the hash of the line before.
    pub hash: Digest,
}

/// Kinds of small records: what is true now, and may change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RecordKind {
    /// Password, second factor and recovery codes of a user.
    Credential,
    /// A sign-in.
    SignIn,
    /// Failed attempts of a name.
    Throttle,
    /// A patient's link.
    Link,
    /// A chart opened in an emergency.
    Emergency,
    /// The chart that has a number: no two are registered under one.
    Number,
    /// The files of a version of the knowledge.
    Knowledge,
}

impl RecordKind {
    /// Every kind.
    pub const ALL: &'static [Self] =
        &[Self::Credential, Self::SignIn, Self::Throttle, Self::Link, Self::Emergency, Self::Number, Self::Knowledge];

    /// The word under which it is kept.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Credential => "credential",
            Self::SignIn => "sign_in",
            Self::Throttle => "throttle",
            Self::Link => "link",
            Self::Emergency => "emergency",
            Self::Number => "number",
            Self::Knowledge => "knowledge",
        }
    }
}

/// A record that is to be written, replaced or removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordChange {
    /// Its kind.
    pub kind: RecordKind,
    /// Its key.
    pub key: Vec<u8>,
    /// Its new value, sealed; nothing removes it.
    pub value: Option<Vec<u8>>,
    /// What must be there now for the change to count.
    pub counts_on: CountsOn,
}

/// What a change of a record counts on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CountsOn {
    /// Nothing: the change is made whatever is there.
    Anything,
    /// This value, or that there is none.
    Exactly(Option<Vec<u8>>),
}

/// What is written together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Batch {
    /// Heads that have to be as they were.
    pub expected: Vec<Expected>,
    /// New entries.
    pub entries: Vec<EntryRow>,
    /// Heads as they are afterwards.
    pub heads: Vec<HeadRow>,
    /// Where lots were used.
    pub lots: Vec<LotRow>,
    /// Records.
    pub records: Vec<RecordChange>,
    /// Lines for the access log.
    pub access: Vec<AccessDraft>,
}

impl Batch {
    /// Whether it names each entry and each place once. Every back end asks this first.
    ///
    /// # Errors
    /// When it names one twice.
    pub fn agrees_with_itself(&self) -> Result<(), StoreError> {
        if self.entries.len() < 2 {
            return Ok(());
        }
        let ids: BTreeSet<_> = self.entries.iter().map(|entry| entry.id).collect();
        let places: BTreeSet<_> = self.entries.iter().map(|entry| (entry.stream, entry.seq)).collect();
        if ids.len().min(places.len()) < self.entries.len() { Err(StoreError::Contradictory) } else { Ok(()) }
    }

    /// Whether anything in it was sealed by an earlier key than this. What is not sealed at all is nobody's business here.
    #[must_use]
    pub fn is_sealed_before(&self, key: KeyNumber) -> bool {
        let entries = self.entries.iter().map(|entry| &entry.sealed);
        let heads = self.heads.iter().map(|head| &head.summary);
        let access = self.access.iter().map(|line| &line.sealed);
        let records = self.records.iter().filter_map(|record| record.value.as_ref());
        entries.chain(heads).chain(access).chain(records).any(|sealed| key_number_of(sealed).is_ok_and(|number| number < key))
    }
}

/// What became of a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is there, durably.
    Written,
    /// An entry with this id is there already; nothing was written.
    AlreadyThere(Uuid),
    /// The head of this stream is not the one that was expected, or a place in it is taken; nothing was written.
    Moved(Uuid),
    /// A record is not as it was expected; nothing was written.
    RecordMoved,
}

/// Why a back end could not do its work. Nothing that was acknowledged is lost by any of these.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// No space is left.
    #[error("the disk of the clinic's data is full: nothing was written; make room, then try again")]
    Full,
    /// Somebody else writes for too long.
    #[error("another program is writing to the clinic's data and has not finished: try again")]
    Busy,
    /// It cannot be opened, read or written.
    #[error("the clinic's data cannot be reached: {0}")]
    Unreachable(String),
    /// It is there, and is not what it should be.
    #[error("the clinic's data is damaged: {0}; do not write to it, and restore the latest backup into a new folder")]
    Damaged(String),
    /// A batch names an entry or a place twice. The program that made it is at fault.
    #[error("what was to be written names the same entry or the same place in a chart twice: nothing was written")]
    Contradictory,
    /// A batch was sealed by a key that counts no longer.
    #[error(
        "the key of this clinic was changed meanwhile, and nothing was written: try again, and if that does not help start this \
         program again"
    )]
    KeyReplaced,
    /// A later program wrote it.
    #[error("the clinic's data has layout {found}, and this program knows {known}: use a later version of the program")]
    TooNew {
        /// Layout found.
        found: i64,
        /// Layout known.
        known: i64,
    },
}

/// A record as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Its key.
    pub key: Vec<u8>,
    /// Its value, sealed.
    pub value: Vec<u8>,
}

/// Whether a walk goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Walk {
    /// On.
    On,
    /// No further.
    Stop,
}

/// Keeps rows.
///
/// A walk (`each_…`) shows what was there when it began, and what it calls may read and write. It should not wait for a person:
/// a back end may have to keep what others write aside until the walk is over.
pub trait Store: Send + Sync {
    /// Writes a batch, all of it or nothing; it is durable when this returns.
    ///
    /// # Errors
    /// When it cannot be written. A batch of which this says so may still be there if the machine failed at that moment: sending
    /// one with an entry again is harmless, because the entry's id tells.
    fn commit(&self, batch: Batch) -> Result<Outcome, StoreError>;

    /// The entries of a stream after a place, in order.
    ///
    /// # Errors
    /// When they cannot be read.
    fn stream(&self, stream: Uuid, after: u32) -> Result<Vec<EntryRow>, StoreError>;

    /// Every entry of a stream, in order, and the head of it, as both were at one moment.
    ///
    /// # Errors
    /// When they cannot be read.
    fn chain(&self, stream: Uuid) -> Result<(Vec<EntryRow>, Option<HeadRow>), StoreError>;

    /// One entry.
    ///
    /// # Errors
    /// When it cannot be read.
    fn entry(&self, id: Uuid) -> Result<Option<EntryRow>, StoreError>;

    /// The head of a stream.
    ///
    /// # Errors
    /// When it cannot be read.
    fn head(&self, stream: Uuid) -> Result<Option<HeadRow>, StoreError>;

    /// Walks every head, in the order in which the streams were begun.
    ///
    /// # Errors
    /// When they cannot be read.
    fn each_head(&self, visit: &mut dyn FnMut(&HeadRow) -> Walk) -> Result<(), StoreError>;

    /// Walks every entry in order of stream and place, with memory that does not grow with their number.
    ///
    /// # Errors
    /// When they cannot be read.
    fn each_entry(&self, visit: &mut dyn FnMut(&EntryRow) -> Walk) -> Result<(), StoreError>;

    /// Walks the access log after a place, in order, with memory that does not grow with its length.
    ///
    /// # Errors
    /// When it cannot be read.
    fn each_access(&self, after: i64, visit: &mut dyn FnMut(&AccessRow) -> Walk) -> Result<(), StoreError>;

    /// Walks the access log from its last line back to its first.
    ///
    /// # Errors
    /// When it cannot be read.
    fn each_access_back(&self, visit: &mut dyn FnMut(&AccessRow) -> Walk) -> Result<(), StoreError>;

    /// Where a lot was used.
    ///
    /// # Errors
    /// When it cannot be read.
    fn lot(&self, lot: &str) -> Result<Vec<LotRow>, StoreError>;

    /// Whether the index of lots holds this row.
    ///
    /// # Errors
    /// When it cannot be read.
    fn has_lot(&self, row: &LotRow) -> Result<bool, StoreError>;

    /// One record.
    ///
    /// # Errors
    /// When it cannot be read.
    fn record(&self, kind: RecordKind, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError>;

    /// Every record of a kind, in the order of the keys.
    ///
    /// # Errors
    /// When they cannot be read.
    fn records(&self, kind: RecordKind) -> Result<Vec<Record>, StoreError>;

    /// Copies everything that is committed now into a new SQLite file, while others go on reading and writing. It is what a
    /// backup is made of, whatever the back end.
    ///
    /// # Errors
    /// When the file is there already, or cannot be written.
    fn copy_to(&self, file: &Path) -> Result<(), StoreError>;

    /// Renews the seal of rows; what they say, and their hashes, stay.
    ///
    /// # Errors
    /// When they cannot be written.
    fn reseal(&self, rows: Vec<Resealed>) -> Result<(), StoreError>;

    /// How many groups of batches were made durable together, by size: first those of one batch, then those of two. Nothing from
    /// a back end that does not count them.
    fn groups(&self) -> Vec<u64> {
        Vec::new()
    }
}

/// A row whose seal was renewed. Nothing is renewed where what the seal holds is no longer what is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resealed {
    /// Of an entry.
    Entry {
        /// Its id.
        id: Uuid,
        /// The new seal.
        sealed: Vec<u8>,
    },
    /// Of a head.
    Head {
        /// Its stream.
        stream: Uuid,
        /// The place of the entry it summarises.
        seq: u32,
        /// The new seal.
        summary: Vec<u8>,
    },
    /// Of a line of the access log.
    Access {
        /// Its place.
        seq: i64,
        /// The new seal.
        sealed: Vec<u8>,
    },
    /// Of everything: from now on a batch with a seal of an earlier key than this is refused, whichever program brings it.
    NothingBefore {
        /// The key.
        key: KeyNumber,
    },
    /// Of a record.
    Record {
        /// Its kind.
        kind: RecordKind,
        /// Its key.
        key: Vec<u8>,
        /// The old seal.
        old: Vec<u8>,
        /// The new seal.
        value: Vec<u8>,
    },
}

/// Hash of a line of the access log.
#[must_use]
pub fn access_hash(before: &Digest, seq: i64, draft: &AccessDraft) -> Digest {
    use sha2::Digest as _;
    let mut hasher = sha2::Sha256::new_with_prefix(b"resurface.access/1");
    hasher.update(before.as_bytes());
    hasher.update(seq.to_be_bytes());
    hasher.update(draft.id.as_bytes());
    hasher.update(draft.at_us.to_be_bytes());
    hasher.update(draft.content.as_bytes());
    Digest::new(hasher.finalize().into())
}
