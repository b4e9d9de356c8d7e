//! What every back end promises about writing.

use std::collections::BTreeSet;

use resurface_ledger::store::{
    Batch, CountsOn, Expected, HeadRow, LotRow, Outcome, Record, RecordChange, RecordKind, Store, StoreError,
};

use crate::contents::contents;
use crate::rows::{End, append, appended, entry, id, line, lot_of};
use crate::sound::{chained_access, sound};

fn record(key: &[u8], value: Option<&[u8]>, counts_on: CountsOn) -> RecordChange {
    RecordChange { kind: RecordKind::Credential, key: key.to_vec(), value: value.map(<[u8]>::to_vec), counts_on }
}

fn exactly(value: &[u8]) -> CountsOn {
    CountsOn::Exactly(Some(value.to_vec()))
}

/// How a stream ends once the batch is written.
fn end_of(batch: &Batch) -> End {
    batch.heads.last().map(|head| (head.seq, head.hash))
}

pub(crate) fn a_batch_is_there_whole<S: Store>(make: impl Fn() -> S) {
    let store = make();
    let mut batch = appended(id(1), None, id(101));
    batch.records.push(record(b"ada", Some(b"sealed"), CountsOn::Anything));
    batch.access.push(line(id(900)));

    assert_eq!(store.commit(batch.clone()), Ok(Outcome::Written));

    assert_eq!(store.entry(id(101)), Ok(Some(batch.entries[0].clone())));
    assert_eq!(store.stream(id(1), 0), Ok(batch.entries.clone()));
    assert_eq!(store.head(id(1)), Ok(Some(batch.heads[0].clone())));
    assert_eq!(store.lot(&lot_of(id(1))), Ok(batch.lots.clone()));
    assert_eq!(store.record(RecordKind::Credential, b"ada"), Ok(Some(b"sealed".to_vec())));
    assert_eq!(chained_access(&store), [id(101), id(900)]);
    let access = contents(&store).access;
    assert_eq!(access.into_iter().map(|line| line.draft).collect::<Vec<_>>(), batch.access);
}

pub(crate) fn an_id_sent_twice_changes_nothing<S: Store>(make: impl Fn() -> S) {
    let store = make();
    let batch = appended(id(1), None, id(101));
    assert_eq!(store.commit(batch.clone()), Ok(Outcome::Written));
    let before = contents(&store);

    assert_eq!(store.commit(batch), Ok(Outcome::AlreadyThere(id(101))));

    assert_eq!(contents(&store), before);
}

pub(crate) fn an_id_that_is_in_another_stream_changes_nothing<S: Store>(make: impl Fn() -> S) {
    let store = make();
    assert_eq!(store.commit(appended(id(1), None, id(101))), Ok(Outcome::Written));
    let before = contents(&store);

    let mut elsewhere = appended(id(2), None, id(102));
    elsewhere.entries.push(entry(id(2), 2, &elsewhere.entries[0].hash, id(101)));
    elsewhere.records.push(record(b"ada", Some(b"sealed"), CountsOn::Anything));
    assert_eq!(store.commit(elsewhere), Ok(Outcome::AlreadyThere(id(101))));

    assert_eq!(contents(&store), before);
}

pub(crate) fn the_second_of_two_writers_is_told_and_leaves_nothing<S: Store>(make: impl Fn() -> S) {
    let store = make();
    let first = appended(id(1), None, id(101));
    assert_eq!(store.commit(first.clone()), Ok(Outcome::Written));
    let one = appended(id(1), end_of(&first), id(102));
    let mut other = appended(id(1), end_of(&first), id(103));
    let elsewhere = appended(id(2), None, id(104));
    other.expected.insert(0, elsewhere.expected[0]);
    other.entries.extend(elsewhere.entries);
    other.heads.extend(elsewhere.heads);
    other.lots.extend(elsewhere.lots);
    other.access.extend(elsewhere.access);
    other.records.push(record(b"ada", Some(b"sealed"), CountsOn::Anything));

    assert_eq!(store.commit(one), Ok(Outcome::Written));
    let before = contents(&store);
    assert_eq!(store.commit(other), Ok(Outcome::Moved(id(1))));

    assert_eq!(contents(&store), before);
    assert_eq!(store.entry(id(103)), Ok(None));
    assert_eq!(store.head(id(2)), Ok(None));
    assert_eq!(store.lot(&lot_of(id(2))), Ok(Vec::new()));
    assert_eq!(store.record(RecordKind::Credential, b"ada"), Ok(None));
}

pub(crate) fn a_head_that_is_not_there_or_not_the_same_is_told<S: Store>(make: impl Fn() -> S) {
    let store = make();
    let batch = appended(id(1), None, id(101));
    assert_eq!(store.commit(batch.clone()), Ok(Outcome::Written));
    let (seq, hash) = end_of(&batch).unwrap();
    let other_hash = entry(id(1), 1, &hash, id(999)).hash;
    for (stream, end) in
        [(id(1), None), (id(1), Some((seq, other_hash))), (id(1), Some((seq + 1, hash))), (id(2), Some((seq, hash)))]
    {
        let expecting = Batch { expected: vec![Expected { stream, head: end }], ..Batch::default() };
        assert_eq!(store.commit(expecting), Ok(Outcome::Moved(stream)), "{end:?}");
    }
}

pub(crate) fn a_place_that_is_taken_is_told<S: Store>(make: impl Fn() -> S) {
    let store = make();
    assert_eq!(store.commit(appended(id(1), None, id(101))), Ok(Outcome::Written));
    let before = contents(&store);

    let mut careless = appended(id(1), None, id(102));
    careless.expected.clear();
    assert_eq!(store.commit(careless), Ok(Outcome::Moved(id(1))));

    assert_eq!(contents(&store), before);
}

pub(crate) fn a_batch_that_names_an_entry_or_a_place_twice_is_refused<S: Store>(make: impl Fn() -> S) {
    let store = make();
    for twice in [(id(1), 2, id(101)), (id(2), 1, id(101)), (id(1), 1, id(102))] {
        let mut batch = appended(id(1), None, id(101));
        let (stream, seq, entry_id) = twice;
        batch.entries.push(entry(stream, seq, &batch.entries[0].hash, entry_id));
        assert_eq!(store.commit(batch), Err(StoreError::Contradictory), "{twice:?}");
    }
    assert!(contents(&store).entries.is_empty());
}

pub(crate) fn a_record_changes_only_from_what_was_expected<S: Store>(make: impl Fn() -> S) {
    let store = make();
    let change = |change: RecordChange| {
        let batch = Batch { records: vec![change], access: vec![line(id(900))], ..Batch::default() };
        store.commit(batch).unwrap()
    };
    let there = || store.record(RecordKind::Credential, b"ada").unwrap();

    assert_eq!(change(record(b"ada", Some(b"new"), exactly(b"old"))), Outcome::RecordMoved, "there is none yet");
    assert_eq!(there(), None);
    assert_eq!(change(record(b"ada", Some(b"one"), CountsOn::Exactly(None))), Outcome::Written);
    assert_eq!(change(record(b"ada", Some(b"two"), CountsOn::Exactly(None))), Outcome::RecordMoved, "there is one");
    assert_eq!(there(), Some(b"one".to_vec()));
    assert_eq!(change(record(b"ada", Some(b"two"), exactly(b"one"))), Outcome::Written);
    assert_eq!(change(record(b"ada", None, exactly(b"one"))), Outcome::RecordMoved, "it is no longer that");
    assert_eq!(there(), Some(b"two".to_vec()));
    assert_eq!(change(record(b"bob", Some(b"his"), CountsOn::Anything)), Outcome::Written);
    let all = [(b"ada", b"two"), (b"bob", b"his")].map(|(key, value)| Record { key: key.to_vec(), value: value.to_vec() });
    assert_eq!(store.records(RecordKind::Credential).unwrap(), all);
    assert_eq!(store.records(RecordKind::SignIn).unwrap(), []);
    assert_eq!(store.record(RecordKind::SignIn, b"ada").unwrap(), None, "kinds do not mix");
    assert_eq!(change(record(b"ada", None, exactly(b"two"))), Outcome::Written);
    assert_eq!(there(), None);
    assert_eq!(chained_access(&store).len(), 4, "a batch that did not count leaves no line");
}

pub(crate) fn what_one_batch_does_wrong_does_not_harm_the_others<S: Store>(make: impl Fn() -> S) {
    let store = make();
    std::thread::scope(|threads| {
        for thread in 0..8 {
            let store = &store;
            threads.spawn(move || {
                for at in 0..20 {
                    let mut batch = appended(id(500 + thread), None, id(thread * 100 + at));
                    if at == 0 {
                        assert_eq!(store.commit(batch), Ok(Outcome::Written));
                    } else {
                        assert_eq!(store.commit(batch.clone()), Ok(Outcome::Moved(id(500 + thread))));
                        batch.entries.push(batch.entries[0].clone());
                        assert_eq!(store.commit(batch), Err(StoreError::Contradictory));
                    }
                }
            });
        }
    });
    assert_eq!(sound(&store).len(), 8);
}

pub(crate) fn sixty_four_threads_lose_nothing<S: Store>(make: impl Fn() -> S) {
    let store = make();
    // Half of the threads have a stream of their own, half share eight.
    let stream_of = |thread: u128| id(if thread < 32 { 10_000 + thread } else { 20_000 + thread % 8 });
    std::thread::scope(|threads| {
        for thread in 0..64 {
            let store = &store;
            threads.spawn(move || {
                (0..20).for_each(|at| append(store, stream_of(thread), id(thread * 100 + at)).unwrap());
            });
        }
    });

    let ids: BTreeSet<_> = (0..64).flat_map(|thread| (0..20).map(move |at| id(thread * 100 + at))).collect();
    assert_eq!(sound(&store), ids);
    for thread in 0..32 {
        let of_thread: Vec<_> = store.stream(stream_of(thread), 0).unwrap().into_iter().map(|entry| entry.id).collect();
        assert_eq!(of_thread, (0..20).map(|at| id(thread * 100 + at)).collect::<Vec<_>>(), "in the order of their commits");
    }
}

pub(crate) fn the_access_log_is_chained_and_gapless_under_eight_threads<S: Store>(make: impl Fn() -> S) {
    let store = make();
    std::thread::scope(|threads| {
        for thread in 0..8 {
            let store = &store;
            threads.spawn(move || {
                for at in 0..25 {
                    let access = (0..at % 3).map(|nth| line(id(thread * 1000 + at * 10 + nth))).collect();
                    assert_eq!(store.commit(Batch { access, ..Batch::default() }), Ok(Outcome::Written));
                }
            });
        }
    });

    let lines = chained_access(&store);
    let sent: BTreeSet<_> = (0..8_u128)
        .flat_map(|thread| (0..25).flat_map(move |at| (0..at % 3).map(move |nth| id(thread * 1000 + at * 10 + nth))))
        .collect();
    assert_eq!(lines.len(), sent.len(), "each line once");
    assert_eq!(lines.into_iter().collect::<BTreeSet<_>>(), sent);
}

pub(crate) fn opened_again_it_shows_the_same<S: Store>(make: impl Fn() -> S) {
    let store = make();
    for at in 0..30 {
        append(&store, id(1000 + at % 4), id(at)).unwrap();
    }
    let change = record(b"ada", Some(b"sealed"), CountsOn::Anything);
    assert_eq!(store.commit(Batch { records: vec![change], ..Batch::default() }), Ok(Outcome::Written));
    let before = contents(&store);
    drop(store);

    let store = make();
    assert_eq!(contents(&store), before);
    append(&store, id(1000), id(31)).unwrap();
    assert_eq!(sound(&store).len(), 31);
}

pub(crate) fn two_handles_see_what_the_other_wrote<S: Store>(make: impl Fn() -> S) {
    let handles = [make(), make()];
    std::thread::scope(|threads| {
        for thread in 0..8 {
            let store = &handles[thread as usize % 2];
            threads.spawn(move || {
                (0..25).for_each(|at| append(store, id(10_000 + thread / 4), id(thread * 100 + at)).unwrap());
            });
        }
    });

    let [one, other] = handles;
    assert_eq!(sound(&one).len(), 200);
    assert_eq!(contents(&one), contents(&other));
    let head = HeadRow { stream: id(7), seq: 1, hash: one.entry(id(0)).unwrap().unwrap().hash, summary: Vec::new() };
    let lot = LotRow { lot: "L1".to_owned(), stream: id(7), entry: id(0) };
    assert_eq!(
        one.commit(Batch { heads: vec![head.clone()], lots: vec![lot.clone()], ..Batch::default() }),
        Ok(Outcome::Written)
    );
    assert_eq!(other.head(id(7)), Ok(Some(head)));
    assert_eq!(other.lot("L1"), Ok(vec![lot]));
}
