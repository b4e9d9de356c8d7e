//! Rows to write. What they say does not matter to a back end; that each names the one before it does.

use resurface_care::chart::Digest;
use resurface_ledger::store::{AccessDraft, Batch, EntryRow, Expected, HeadRow, LotRow, Outcome, Store, StoreError, access_hash};
use uuid::Uuid;

/// Place and hash of the last entry of a stream.
pub(crate) type End = Option<(u32, Digest)>;

pub(crate) fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

pub(crate) fn entry(stream: Uuid, seq: u32, before: &Digest, id: Uuid) -> EntryRow {
    let at_us = i64::from(seq);
    // Between nothing and two pages, so that what is written at once is now small and now large.
    let sealed = vec![id.as_bytes()[15]; (id.as_u128() % 7) as usize * 1300];
    let hash = entry_hash(before, seq, id, at_us);
    EntryRow { id, stream, seq, kind: "examined".to_owned(), version: 1, author: [7; 17], at_us, hash, sealed }
}

/// Hash of an entry as these tests chain it; the real one stands above the back end.
pub(crate) fn entry_hash(before: &Digest, seq: u32, id: Uuid, at_us: i64) -> Digest {
    let draft = AccessDraft { id, at_us, content: Digest::new([1; 32]), sealed: Vec::new() };
    access_hash(before, i64::from(seq), &draft)
}

/// A line of the access log; a number of its own follows from the id.
pub(crate) fn line(id: Uuid) -> AccessDraft {
    let byte = id.as_bytes()[15];
    AccessDraft { id, at_us: i64::from(byte), content: Digest::new([byte; 32]), sealed: vec![byte; 40] }
}

pub(crate) fn lot_of(stream: Uuid) -> String {
    format!("LOT {stream}")
}

/// The batch that appends one entry to a stream that ends so: with its head, a lot and a line of the access log.
pub(crate) fn appended(stream: Uuid, end: End, id: Uuid) -> Batch {
    let (seq, before) = end.unwrap_or_default();
    let entry = entry(stream, seq + 1, &before, id);
    let head = HeadRow { stream, seq: entry.seq, hash: entry.hash, summary: id.as_bytes().to_vec() };
    Batch {
        expected: vec![Expected { stream, head: end }],
        heads: vec![head],
        lots: vec![LotRow { lot: lot_of(stream), stream, entry: id }],
        access: vec![line(id)],
        entries: vec![entry],
        records: Vec::new(),
    }
}

/// Appends one entry to the end of a stream, again whenever somebody else was quicker.
pub(crate) fn append(store: &impl Store, stream: Uuid, id: Uuid) -> Result<(), StoreError> {
    loop {
        let end = store.head(stream)?.map(|head| (head.seq, head.hash));
        match store.commit(appended(stream, end, id))? {
            Outcome::Moved(moved) => assert_eq!(moved, stream),
            outcome => {
                assert_eq!(outcome, Outcome::Written);
                return Ok(());
            }
        }
    }
}
