//! What holds for everything that was ever appended, whatever happened on the way.

use std::collections::{BTreeMap, BTreeSet};

use resurface_care::chart::Digest;
use resurface_ledger::store::{Store, Walk, access_hash};
use uuid::Uuid;

use crate::rows::{entry_hash, lot_of};

/// Checks a store that only `rows::appended` wrote to, and gives the ids of its entries: each stream is gapless and
/// chained, each head is the last entry of its stream, and each entry has its lot and its one line in the access log.
pub(crate) fn sound(store: &impl Store) -> BTreeSet<Uuid> {
    let mut ends: BTreeMap<Uuid, (u32, Digest)> = BTreeMap::new();
    let mut in_streams: BTreeMap<Uuid, BTreeSet<Uuid>> = BTreeMap::new();
    let walk = store.each_entry(&mut |entry| {
        let (seq, before) = ends.get(&entry.stream).copied().unwrap_or_default();
        assert_eq!(entry.seq, seq + 1, "no gap in {}", entry.stream);
        assert_eq!(entry.hash, entry_hash(&before, entry.seq, entry.id, entry.at_us), "chain of {}", entry.stream);
        ends.insert(entry.stream, (entry.seq, entry.hash));
        assert!(in_streams.entry(entry.stream).or_default().insert(entry.id), "one entry with this id");
        Walk::On
    });
    walk.unwrap();

    let mut heads = BTreeMap::new();
    let walk = store.each_head(&mut |head| {
        heads.insert(head.stream, (head.seq, head.hash));
        Walk::On
    });
    walk.unwrap();
    assert_eq!(heads, ends, "each head is the last entry of its stream");

    for (stream, ids) in &in_streams {
        let lots: Vec<Uuid> = store.lot(&lot_of(*stream)).unwrap().into_iter().map(|row| row.entry).collect();
        assert_eq!(&lots, &ids.iter().copied().collect::<Vec<_>>(), "each entry has its lot");
    }

    let ids: BTreeSet<Uuid> = in_streams.into_values().flatten().collect();
    let lines = chained_access(store);
    assert_eq!(lines.len(), ids.len(), "one line in the access log for each entry");
    assert_eq!(lines.into_iter().collect::<BTreeSet<_>>(), ids, "every entry has its line");
    ids
}

/// Checks the chain of the access log, and gives the ids of its lines in order.
pub(crate) fn chained_access(store: &impl Store) -> Vec<Uuid> {
    let mut lines = Vec::new();
    let mut before = Digest::default();
    let walk = store.each_access(0, &mut |line| {
        lines.push(line.draft.id);
        assert_eq!(line.seq, lines.len() as i64, "no gap in the access log");
        assert_eq!(line.hash, access_hash(&before, line.seq, &line.draft), "chain of the access log at {}", line.seq);
        before = line.hash;
        Walk::On
    });
    walk.unwrap();
    lines
}
