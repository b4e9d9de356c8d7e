//! One entry of a chain: how it is hashed, sealed, opened and checked.
//!
//! The hash of an entry covers its place, its kind, its author, its time, its content and the hash of the entry before it, so
//! that nothing can be changed, removed or put in between without breaking every later hash. A salt is part of the content, so
//! that nobody can guess a name from its hash. The content is sealed after it is hashed: renewing the seal leaves the chain as
//! it is.

use std::fmt;

use jiff::Timestamp;
use resurface_care::chart::{Digest, EntryId};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::identity::{LinkId, UserId};
use crate::seal::{Keyring, Place, SealError};
use crate::store::EntryRow;

/// Bytes of salt before the content.
const SALT_BYTES: usize = 16;

/// Who wrote an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Author {
    /// The program itself.
    Program,
    /// A user.
    User(UserId),
    /// A patient, through a link.
    Link(LinkId),
}

impl Author {
    /// As 17 bytes.
    #[must_use]
    pub fn to_bytes(self) -> [u8; 17] {
        let (tag, id) = match &self {
            Self::Program => (0, [0; 16]),
            Self::User(user) => (1, *user.as_bytes()),
            Self::Link(link) => (2, *link.as_bytes()),
        };
        let mut bytes = [tag; 17];
        bytes[1..].copy_from_slice(&id);
        bytes
    }

    /// From 17 bytes.
    #[must_use]
    pub fn of_bytes(bytes: &[u8; 17]) -> Option<Self> {
        let [tag, id @ ..] = *bytes;
        match tag {
            0 => Some(Self::Program),
            1 => UserId::from_bytes(id).ok().map(Self::User),
            2 => LinkId::from_bytes(id).ok().map(Self::Link),
            _ => None,
        }
    }
}

impl fmt::Display for Author {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Program => out.write_str("program"),
            Self::User(user) => write!(out, "user:{user}"),
            Self::Link(link) => write!(out, "link:{link}"),
        }
    }
}

impl Serialize for Author {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Author {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let author = match text.split_once(':') {
            None if text == "program" => Some(Self::Program),
            Some(("user", id)) => id.parse().ok().map(Self::User),
            Some(("link", id)) => id.parse().ok().map(Self::Link),
            _ => None,
        };
        author.ok_or_else(|| serde::de::Error::custom("not an author: `program`, `user:ID` or `link:ID` is expected"))
    }
}

/// What a new entry says, before it has a place in a chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Its id.
    pub id: EntryId,
    /// Word of its kind.
    pub kind: String,
    /// Version of its kind.
    pub version: u16,
    /// Its content as JSON.
    pub content: Vec<u8>,
}

/// One entry of a chain, opened and checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its id.
    pub id: EntryId,
    /// The stream it belongs to.
    pub stream: Uuid,
    /// Its place in the stream, from 1.
    pub seq: u32,
    /// Word of its kind.
    pub kind: String,
    /// Version of its kind.
    pub version: u16,
    /// Who wrote it.
    pub author: Author,
    /// When.
    pub at: Timestamp,
    /// Its salt.
    pub salt: [u8; SALT_BYTES],
    /// Its content as JSON.
    pub content: Vec<u8>,
    /// Its hash.
    pub hash: Digest,
}

/// What is wrong with an entry.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EntryFault {
    /// It cannot be opened.
    #[error("entry {seq} cannot be opened: {why}")]
    Sealed {
        /// Its place.
        seq: u32,
        /// Why.
        why: SealError,
    },
    /// Its hash does not follow from what it says and from the entry before.
    #[error("entry {seq} does not follow from the entries before it: it, or one before it, was changed after it was written")]
    Hash {
        /// Its place.
        seq: u32,
    },
    /// A place is empty.
    #[error("entry {expected} is missing: the next one is {found}")]
    Gap {
        /// The place that was expected.
        expected: u32,
        /// The place that was found.
        found: u32,
    },
    /// Its author or its time have no meaning.
    #[error("entry {seq} has an author or a time without meaning")]
    Meaningless {
        /// Its place.
        seq: u32,
    },
}

/// The end of a chain, to which the next entry is added.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ChainEnd {
    /// Place of the last entry; 0 before the first.
    pub seq: u32,
    /// Hash of the last entry.
    pub hash: Digest,
}

impl ChainEnd {
    /// As a batch expects it.
    #[must_use]
    pub fn expected(&self) -> Option<(u32, Digest)> {
        (self.seq > 0).then_some((self.seq, self.hash))
    }
}

/// Everything that a hash covers.
struct Hashed<'a> {
    before: &'a Digest,
    row: &'a EntryRow,
    salted: &'a [u8],
}

impl Hashed<'_> {
    fn hash(&self) -> Digest {
        let Self { before, row, salted } = self;
        let mut hasher = Sha256::new_with_prefix(b"resurface.entry/1");
        hasher.update(before.as_bytes());
        hasher.update(row.id.as_bytes());
        hasher.update(row.stream.as_bytes());
        hasher.update(row.seq.to_be_bytes());
        hasher.update((row.kind.len() as u32).to_be_bytes());
        hasher.update(row.kind.as_bytes());
        hasher.update(row.version.to_be_bytes());
        hasher.update(row.author);
        hasher.update(row.at_us.to_be_bytes());
        hasher.update(salted);
        Digest::new(hasher.finalize().into())
    }
}

fn place(id: &Uuid) -> Place<'_> {
    Place { table: "entries", row: id.as_bytes(), column: "sealed" }
}

/// Whose hand writes an entry, when, and the bytes that nobody can guess.
#[derive(Clone, Copy, Debug)]
pub struct Hand {
    /// Who.
    pub author: Author,
    /// When.
    pub at: Timestamp,
    /// The salt of the entry.
    pub salt: [u8; SALT_BYTES],
    /// The nonce of its seal.
    pub nonce: [u8; 24],
}

/// Makes the next row of a chain, and moves its end.
///
/// # Errors
/// When it cannot be sealed.
pub fn append(end: &mut ChainEnd, stream: Uuid, draft: &Draft, hand: Hand, ring: &Keyring) -> Result<EntryRow, SealError> {
    let mut salted = Vec::with_capacity(SALT_BYTES + draft.content.len());
    salted.extend_from_slice(&hand.salt);
    salted.extend_from_slice(&draft.content);
    let mut row = EntryRow {
        id: draft.id.0,
        stream,
        seq: end.seq + 1,
        kind: draft.kind.clone(),
        version: draft.version,
        author: hand.author.to_bytes(),
        at_us: hand.at.as_microsecond(),
        hash: end.hash,
        sealed: ring.seal(&place(&draft.id.0), &salted, hand.nonce)?,
    };
    row.hash = Hashed { before: &end.hash, row: &row, salted: &salted }.hash();
    *end = ChainEnd { seq: row.seq, hash: row.hash };
    Ok(row)
}

/// Checks one row after another, without keeping what it says.
#[derive(Default)]
pub struct Checker {
    end: ChainEnd,
    salted: Vec<u8>,
}

impl Checker {
    /// The end of what was checked.
    #[must_use]
    pub const fn end(&self) -> ChainEnd {
        self.end
    }

    /// Goes to the end of another chain, or back.
    pub fn go_to(&mut self, end: ChainEnd) {
        self.end = end;
        self.salted.clear();
    }

    /// The content of the row that was checked last; empty when it could not be opened.
    #[must_use]
    pub fn content(&self) -> &[u8] {
        self.salted.get(SALT_BYTES..).unwrap_or_default()
    }

    /// Checks the next row, and gives its content.
    ///
    /// # Errors
    /// What is wrong with it. The chain is then followed on from what the row says, so that one fault is told once.
    pub fn check(&mut self, row: &EntryRow, ring: &Keyring) -> Result<&[u8], EntryFault> {
        let before = std::mem::replace(&mut self.end, ChainEnd { seq: row.seq, hash: row.hash });
        if row.seq != before.seq + 1 {
            return Err(EntryFault::Gap { expected: before.seq + 1, found: row.seq });
        }
        ring.open_into(&place(&row.id), &row.sealed, &mut self.salted).map_err(|why| EntryFault::Sealed { seq: row.seq, why })?;
        if self.salted.len() < SALT_BYTES || (Hashed { before: &before.hash, row, salted: &self.salted }).hash() != row.hash {
            return Err(EntryFault::Hash { seq: row.seq });
        }
        Ok(&self.salted[SALT_BYTES..])
    }

    /// Checks the next row and opens it.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn open(&mut self, row: EntryRow, ring: &Keyring) -> Result<Entry, EntryFault> {
        let content = self.check(&row, ring)?.to_vec();
        let salt = std::array::from_fn(|at| self.salted[at]);
        let meaningless = EntryFault::Meaningless { seq: row.seq };
        let author = Author::of_bytes(&row.author).ok_or_else(|| meaningless.clone())?;
        let at = Timestamp::from_microsecond(row.at_us).map_err(|_| meaningless)?;
        let EntryRow { id, stream, seq, kind, version, hash, .. } = row;
        Ok(Entry { id: EntryId(id), stream, seq, kind, version, author, at, salt, content, hash })
    }
}

/// Opens a row without asking whether it follows from the ones before it: what a broken chain still says.
///
/// # Errors
/// When it cannot be opened, or its author or its time have no meaning.
pub fn opened(row: &EntryRow, ring: &Keyring) -> Result<Entry, EntryFault> {
    let EntryRow { id, stream, seq, version, hash, .. } = *row;
    let salted = ring.open(&place(&row.id), &row.sealed).map_err(|why| EntryFault::Sealed { seq, why })?;
    let meaningless = || EntryFault::Meaningless { seq };
    let (salt, content) = salted.split_first_chunk().ok_or_else(meaningless)?;
    let author = Author::of_bytes(&row.author).ok_or_else(meaningless)?;
    let at = Timestamp::from_microsecond(row.at_us).map_err(|_| meaningless())?;
    let (id, kind, content) = (EntryId(id), row.kind.clone(), content.to_vec());
    Ok(Entry { id, stream, seq, kind, version, author, at, salt: *salt, content, hash })
}

/// The same row under the current key of the ring; nothing when it is sealed by it already.
///
/// # Errors
/// When it cannot be opened or sealed.
pub fn reseal(row: &EntryRow, ring: &Keyring, nonce: [u8; 24]) -> Result<Option<Vec<u8>>, SealError> {
    reseal_at(&place(&row.id), &row.sealed, ring, nonce)
}

/// The same bytes under the current key of the ring; nothing when they are sealed by it already.
///
/// # Errors
/// When they cannot be opened or sealed.
pub(crate) fn reseal_at(place: &Place<'_>, sealed: &[u8], ring: &Keyring, nonce: [u8; 24]) -> Result<Option<Vec<u8>>, SealError> {
    if crate::seal::key_number_of(sealed)? == ring.current() {
        return Ok(None);
    }
    Ok(Some(ring.seal(place, &ring.open(place, sealed)?, nonce)?))
}
