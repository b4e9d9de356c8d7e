//! Everything a store gives back, by every way there is to read it.

use std::collections::BTreeMap;

use resurface_ledger::store::{AccessRow, EntryRow, HeadRow, LotRow, Record, RecordKind, Store, Walk};
use uuid::Uuid;

use crate::rows::lot_of;

/// What a store holds.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Contents {
    pub(crate) entries: Vec<EntryRow>,
    pub(crate) heads: Vec<HeadRow>,
    pub(crate) access: Vec<AccessRow>,
    pub(crate) lots: BTreeMap<Uuid, Vec<LotRow>>,
    pub(crate) records: BTreeMap<RecordKind, Vec<Record>>,
}

/// Reads everything, and checks that the narrow ways of reading agree with the walks.
pub(crate) fn contents(store: &impl Store) -> Contents {
    let (mut entries, mut heads, mut access) = (Vec::new(), Vec::new(), Vec::new());
    let walk = store.each_entry(&mut |entry| {
        entries.push(entry.clone());
        Walk::On
    });
    walk.unwrap();
    let walk = store.each_head(&mut |head| {
        heads.push(head.clone());
        Walk::On
    });
    walk.unwrap();
    let walk = store.each_access(0, &mut |line| {
        access.push(line.clone());
        Walk::On
    });
    walk.unwrap();

    let mut streams: BTreeMap<Uuid, Vec<EntryRow>> = BTreeMap::new();
    for entry in &entries {
        assert_eq!(store.entry(entry.id).unwrap().as_ref(), Some(entry), "an entry by its id");
        streams.entry(entry.stream).or_default().push(entry.clone());
    }
    for (stream, entries) in &streams {
        assert_eq!(&store.stream(*stream, 0).unwrap(), entries, "a stream by its id");
    }
    for head in &heads {
        assert_eq!(store.head(head.stream).unwrap().as_ref(), Some(head), "a head by its stream");
    }
    let lots = streams.keys().map(|stream| (*stream, store.lot(&lot_of(*stream)).unwrap())).collect();
    let records: BTreeMap<_, _> = RecordKind::ALL.iter().map(|kind| (*kind, store.records(*kind).unwrap())).collect();
    for (kind, records) in &records {
        for record in records {
            assert_eq!(store.record(*kind, &record.key).unwrap().as_ref(), Some(&record.value), "a record by its key");
        }
    }
    Contents { entries, heads, access, lots, records }
}
