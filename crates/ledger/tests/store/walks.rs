//! What every back end promises about reading, and about seals.

use resurface_ledger::store::{Batch, CountsOn, LotRow, Outcome, RecordChange, RecordKind, Resealed, Store, Walk};
use uuid::Uuid;

use crate::contents::contents;
use crate::rows::{append, id, lot_of};
use crate::sound::sound;

/// Three streams, begun in the order 30, 10, 20, with four entries each.
fn three_streams(store: &impl Store) {
    for at in 0..12 {
        append(store, [id(30), id(10), id(20)][at as usize % 3], id(100 + at)).unwrap();
    }
}

fn entries(store: &impl Store, at_most: usize) -> Vec<(Uuid, u32)> {
    let mut seen = Vec::new();
    let walk = store.each_entry(&mut |entry| {
        seen.push((entry.stream, entry.seq));
        if seen.len() == at_most { Walk::Stop } else { Walk::On }
    });
    walk.unwrap();
    seen
}

fn heads(store: &impl Store, at_most: usize) -> Vec<Uuid> {
    let mut seen = Vec::new();
    let walk = store.each_head(&mut |head| {
        seen.push(head.stream);
        if seen.len() == at_most { Walk::Stop } else { Walk::On }
    });
    walk.unwrap();
    seen
}

fn access(store: &impl Store, after: i64, at_most: usize) -> Vec<i64> {
    let mut seen = Vec::new();
    let walk = store.each_access(after, &mut |line| {
        seen.push(line.seq);
        if seen.len() == at_most { Walk::Stop } else { Walk::On }
    });
    walk.unwrap();
    seen
}

pub(crate) fn walks_go_in_order<S: Store>(make: impl Fn() -> S) {
    let store = make();
    assert_eq!((entries(&store, 99), heads(&store, 99), access(&store, 0, 99)), (vec![], vec![], vec![]));
    three_streams(&store);
    let in_order: Vec<_> =
        [id(10), id(20), id(30)].into_iter().flat_map(|stream| (1..=4).map(move |seq| (stream, seq))).collect();
    assert_eq!(entries(&store, 99), in_order);
    assert_eq!(heads(&store, 99), [id(30), id(10), id(20)], "in the order in which they were begun");
    assert_eq!(access(&store, 0, 99), (1..=12).collect::<Vec<_>>());
}

pub(crate) fn walks_stop_when_told<S: Store>(make: impl Fn() -> S) {
    let store = make();
    three_streams(&store);
    for at_most in 1..=3 {
        assert_eq!(entries(&store, at_most).len(), at_most);
        assert_eq!(heads(&store, at_most).len(), at_most);
        assert_eq!(access(&store, 0, at_most).len(), at_most);
    }
    append(&store, id(30), id(200)).unwrap();
    assert_eq!(entries(&store, 99).len(), 13, "a walk that stopped leaves nothing behind");
}

pub(crate) fn a_walk_may_read_and_write_on_its_way<S: Store>(make: impl Fn() -> S) {
    let store = make();
    three_streams(&store);
    let mut seen = 0;
    let walk = store.each_entry(&mut |entry| {
        seen += 1;
        assert_eq!(store.entry(entry.id).unwrap().as_ref(), Some(entry));
        append(&store, entry.stream, id(1000 + seen)).unwrap();
        Walk::On
    });
    walk.unwrap();
    assert_eq!(seen, 12, "a walk shows what was there when it began");
    assert_eq!(sound(&store).len(), 24);
}

pub(crate) fn a_stream_is_read_after_a_place<S: Store>(make: impl Fn() -> S) {
    let store = make();
    three_streams(&store);
    let seqs = |stream, after| store.stream(stream, after).unwrap().iter().map(|entry| entry.seq).collect::<Vec<_>>();
    assert_eq!(seqs(id(10), 0), [1, 2, 3, 4]);
    assert_eq!(seqs(id(10), 2), [3, 4]);
    assert_eq!(seqs(id(10), 4), [0_u32; 0]);
    assert_eq!(seqs(id(10), u32::MAX), [0_u32; 0]);
    assert_eq!(seqs(id(11), 0), [0_u32; 0], "a stream that is not there is empty");
}

pub(crate) fn a_chain_and_its_head_are_of_one_moment<S: Store>(make: impl Fn() -> S) {
    let store = make();
    std::thread::scope(|threads| {
        threads.spawn(|| (0..200).for_each(|at| append(&store, id(1), id(100 + at)).unwrap()));
        while store.head(id(1)).unwrap().is_none_or(|head| head.seq < 200) {
            let (rows, head) = store.chain(id(1)).unwrap();
            let last = rows.last().map(|row| (row.seq, row.hash));
            assert_eq!(
                last,
                head.map(|head| (head.seq, head.hash)),
                "nobody who wrote meanwhile shows in one and not in the other"
            );
        }
    });
    assert_eq!(store.chain(id(1)).unwrap().0, store.stream(id(1), 0).unwrap());
    assert_eq!(store.chain(id(2)).unwrap(), (Vec::new(), None));
}

pub(crate) fn the_access_log_is_read_after_a_place<S: Store>(make: impl Fn() -> S) {
    let store = make();
    three_streams(&store);
    assert_eq!(access(&store, 9, 99), [10, 11, 12]);
    assert_eq!(access(&store, 9, 2), [10, 11]);
    assert_eq!(access(&store, 12, 99), [0_i64; 0]);
}

pub(crate) fn a_lot_is_found_where_it_was_used<S: Store>(make: impl Fn() -> S) {
    let store = make();
    let used = |lot: &str, stream, entry| LotRow { lot: lot.to_owned(), stream: id(stream), entry: id(entry) };
    let lots = vec![used("A1", 20, 7), used("A1", 10, 9), used("A1", 20, 3), used("A1", 20, 7), used("a1", 10, 9)];
    assert_eq!(store.commit(Batch { lots, ..Batch::default() }), Ok(Outcome::Written));
    let again = Batch { lots: vec![used("A1", 10, 9)], ..Batch::default() };
    assert_eq!(store.commit(again), Ok(Outcome::Written));

    let found = store.lot("A1").unwrap();
    assert_eq!(found, [used("A1", 10, 9), used("A1", 20, 3), used("A1", 20, 7)], "each place once, in order");
    assert_eq!(store.lot("A"), Ok(Vec::new()), "only the whole lot");
}

fn with_a_record(store: &impl Store) {
    let record = RecordChange {
        kind: RecordKind::Link,
        key: b"link".to_vec(),
        value: Some(b"sealed".to_vec()),
        counts_on: CountsOn::Anything,
    };
    assert_eq!(store.commit(Batch { records: vec![record], ..Batch::default() }), Ok(Outcome::Written));
}

pub(crate) fn a_new_seal_changes_the_seal_and_nothing_else<S: Store>(make: impl Fn() -> S) {
    let store = make();
    three_streams(&store);
    with_a_record(&store);
    let mut expected = contents(&store);
    let new = || b"a new seal".to_vec();

    let resealed = store.reseal(vec![
        Resealed::Entry { id: expected.entries[5].id, sealed: new() },
        Resealed::Head { stream: expected.heads[1].stream, seq: expected.heads[1].seq, summary: new() },
        Resealed::Access { seq: 3, sealed: new() },
        Resealed::Record { kind: RecordKind::Link, key: b"link".to_vec(), old: b"sealed".to_vec(), value: new() },
    ]);

    assert_eq!(resealed, Ok(()));
    expected.entries[5].sealed = new();
    expected.heads[1].summary = new();
    expected.access[2].draft.sealed = new();
    expected.records.get_mut(&RecordKind::Link).unwrap()[0].value = new();
    assert_eq!(contents(&store), expected);
    assert_eq!(contents(&make()), expected, "and it is there for good");
    sound(&store);
}

pub(crate) fn a_new_seal_for_what_is_no_longer_there_changes_nothing<S: Store>(make: impl Fn() -> S) {
    let store = make();
    three_streams(&store);
    with_a_record(&store);
    let before = contents(&store);
    let new = || b"a new seal".to_vec();

    let resealed = store.reseal(vec![
        Resealed::Entry { id: id(999), sealed: new() },
        Resealed::Head { stream: id(10), seq: 3, summary: new() },
        Resealed::Access { seq: 13, sealed: new() },
        Resealed::Record { kind: RecordKind::Link, key: b"link".to_vec(), old: b"older".to_vec(), value: new() },
    ]);

    assert_eq!(resealed, Ok(()));
    assert_eq!(contents(&store), before);
    assert_eq!(store.lot(&lot_of(id(10))).unwrap().len(), 4);
}
