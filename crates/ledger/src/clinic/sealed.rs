//! Sealing and opening what the store keeps: every row is bound to its table, its key and its column.

use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use resurface_care::chart::Digest;

use super::{Clinic, LedgerError, Summary};
use crate::access::Access;
use crate::entry::{self, Author, ChainEnd, Draft, Hand};
use crate::pictures::{PictureError, Sealing};
use crate::seal::{Keyring, Place, SealError};
use crate::store::{AccessDraft, AccessRow, CountsOn, EntryRow, HeadRow, RecordChange, RecordKind};
use crate::surroundings::Surroundings;

/// Bytes of salt before the content of a line of the access log.
pub(super) const ACCESS_SALT_BYTES: usize = 16;

pub(super) fn head_place(stream: &Uuid) -> Place<'_> {
    Place { table: "heads", row: stream.as_bytes(), column: "summary" }
}

pub(super) fn access_place(id: &Uuid) -> Place<'_> {
    Place { table: "access", row: id.as_bytes(), column: "sealed" }
}

pub(super) fn record_place(kind: RecordKind, key: &[u8]) -> Place<'_> {
    Place { table: kind.word(), row: key, column: "value" }
}

impl Clinic {
    /// Makes the next row of a chain, written now.
    pub(super) fn append(
        &self,
        end: &mut ChainEnd,
        stream: Uuid,
        draft: &Draft,
        author: Author,
        ring: &Keyring,
    ) -> Result<EntryRow, LedgerError> {
        let surroundings = self.surroundings.as_ref();
        let hand = Hand { author, at: surroundings.now(), salt: surroundings.random(), nonce: surroundings.random() };
        Ok(entry::append(end, stream, draft, hand, ring)?)
    }

    pub(super) fn head(&self, stream: Uuid, end: ChainEnd, summary: &[u8], ring: &Keyring) -> Result<HeadRow, LedgerError> {
        let summary = ring.seal(&head_place(&stream), summary, self.surroundings.random())?;
        Ok(HeadRow { stream, seq: end.seq, hash: end.hash, summary })
    }

    /// A line for the access log: what it says is salted and hashed, then sealed.
    pub(super) fn access(&self, access: &Access) -> Result<AccessDraft, LedgerError> {
        let mut salted = self.surroundings.random::<ACCESS_SALT_BYTES>().to_vec();
        salted.extend_from_slice(&serde_json::to_vec(access)?);
        let id = self.surroundings.id();
        let sealed = self.ring().seal(&access_place(&id), &salted, self.surroundings.random())?;
        Ok(AccessDraft { id, at_us: access.at.as_microsecond(), content: crate::pictures::digest_of(&salted), sealed })
    }

    /// A value as a record keeps it.
    pub(super) fn record(&self, kind: RecordKind, key: &[u8], value: &impl Serialize) -> Result<RecordChange, LedgerError> {
        let plain = serde_json::to_vec(value)?;
        let sealed = self.ring().seal(&record_place(kind, key), &plain, self.surroundings.random())?;
        Ok(RecordChange { kind, key: key.to_vec(), value: Some(sealed), counts_on: CountsOn::Anything })
    }

    /// The value of a record, with the sealed bytes that a change can count on.
    pub(super) fn recorded<T: DeserializeOwned>(
        &self,
        kind: RecordKind,
        key: &[u8],
    ) -> Result<Option<(T, Vec<u8>)>, LedgerError> {
        self.with_keys(|ring| {
            let Some(sealed) = self.store.record(kind, key)? else { return Ok(None) };
            Ok(Some((open_record(ring, kind, key, &sealed)?, sealed)))
        })
    }
}

pub(super) fn open_record<T: DeserializeOwned>(
    ring: &Keyring,
    kind: RecordKind,
    key: &[u8],
    sealed: &[u8],
) -> Result<T, LedgerError> {
    let plain = ring.open(&record_place(kind, key), sealed)?;
    serde_json::from_slice(&plain).map_err(|_| LedgerError::NotUnderstood { what: "record" })
}

/// What a line of the access log says.
///
/// # Errors
/// When it cannot be opened, or is not what was hashed.
pub(super) fn open_access(row: &AccessRow, ring: &Keyring) -> Result<Access, LedgerError> {
    let salted = ring.open(&access_place(&row.draft.id), &row.draft.sealed)?;
    let not_understood = || LedgerError::NotUnderstood { what: "line of the access log" };
    if crate::pictures::digest_of(&salted) != row.draft.content || salted.len() < ACCESS_SALT_BYTES {
        return Err(not_understood());
    }
    serde_json::from_slice(&salted[ACCESS_SALT_BYTES..]).map_err(|_| not_understood())
}

/// What a head says of its chart.
pub(super) fn open_summary(head: &HeadRow, ring: &Keyring, buffer: &mut Vec<u8>) -> Result<Summary, LedgerError> {
    ring.open_into(&head_place(&head.stream), &head.summary, buffer)?;
    serde_json::from_slice(buffer).map_err(|_| LedgerError::NotUnderstood { what: "summary" })
}

/// Seals pictures by the clinic's ring.
pub(super) struct RingSealing<'a> {
    pub(super) ring: &'a Keyring,
    pub(super) surroundings: &'a dyn Surroundings,
}

fn picture_place(name: &Digest) -> Place<'_> {
    Place { table: "pictures", row: name.as_bytes(), column: "bytes" }
}

impl Sealing for RingSealing<'_> {
    fn seal(&self, name: &Digest, plain: &[u8]) -> Result<Vec<u8>, PictureError> {
        let sealed = self.ring.seal(&picture_place(name), plain, self.surroundings.random());
        sealed.map_err(|_| PictureError::NotSealed { name: *name })
    }

    fn open(&self, name: &Digest, sealed: &[u8]) -> Result<Vec<u8>, PictureError> {
        self.ring.open(&picture_place(name), sealed).map_err(|error| match error {
            SealError::KeyNotInRing { .. } => PictureError::KeyMissing { name: *name },
            _ => PictureError::Damaged { name: *name },
        })
    }
}
