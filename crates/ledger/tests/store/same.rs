//! Whatever is asked of them, and in whatever order: the file and the memory answer the same and hold the same.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use resurface_ledger::store::{Batch, CountsOn, EntryRow, Expected, HeadRow, LotRow, RecordChange, RecordKind, Resealed, Store};
use uuid::Uuid;

use crate::contents::contents;
use crate::folder::Folder;
use crate::memory::Memory;
use crate::rows::{End, entry, id, line, lot_of};

/// One thing that is asked of a store. Small numbers, so that what is asked meets what is there.
#[derive(Clone, Debug)]
enum Step {
    Commit { parts: Vec<Part>, records: Vec<Change>, lines: u8 },
    Reseal(Target, u8),
    OpenAgain,
}

/// What a batch says of one stream.
#[derive(Clone, Debug)]
struct Part {
    stream: u8,
    expects: Option<Expects>,
    entry: Option<(u8, Place)>,
    head: bool,
    lot: bool,
}

#[derive(Clone, Copy, Debug)]
enum Expects {
    WhatIsThere,
    Nothing,
    Something(u8),
}

#[derive(Clone, Copy, Debug)]
enum Place {
    Next,
    At(u8),
}

#[derive(Clone, Debug)]
struct Change {
    kind: RecordKind,
    key: u8,
    value: Option<u8>,
    counts_on: Option<Expects>,
}

#[derive(Clone, Copy, Debug)]
enum Target {
    Entry(u8),
    Head(u8, u8),
    Access(u8),
    Record(RecordKind, u8, u8),
}

fn expects() -> impl Strategy<Value = Expects> {
    prop_oneof![6 => Just(Expects::WhatIsThere), 1 => Just(Expects::Nothing), 1 => (0_u8..3).prop_map(Expects::Something)]
}

fn part() -> impl Strategy<Value = Part> {
    let place = prop_oneof![6 => Just(Place::Next), 1 => (1_u8..6).prop_map(Place::At)];
    let entry = option::weighted(0.9, (0_u8..60, place));
    (0_u8..4, option::weighted(0.8, expects()), entry, any::<bool>(), any::<bool>())
        .prop_map(|(stream, expects, entry, head, lot)| Part { stream, expects, entry, head, lot })
}

fn kind() -> impl Strategy<Value = RecordKind> {
    prop_oneof![Just(RecordKind::Credential), Just(RecordKind::Throttle)]
}

fn change() -> impl Strategy<Value = Change> {
    (kind(), 0_u8..3, option::of(0_u8..3), option::of(expects())).prop_map(|(kind, key, value, counts_on)| Change {
        kind,
        key,
        value,
        counts_on,
    })
}

fn step() -> impl Strategy<Value = Step> {
    let target = prop_oneof![
        (0_u8..60).prop_map(Target::Entry),
        (0_u8..4, 1_u8..6).prop_map(|(stream, seq)| Target::Head(stream, seq)),
        (0_u8..12).prop_map(Target::Access),
        (kind(), 0_u8..3, 0_u8..3).prop_map(|(kind, key, old)| Target::Record(kind, key, old)),
    ];
    prop_oneof![
        12 => (vec(part(), 0..3), vec(change(), 0..3), 0_u8..3)
            .prop_map(|(parts, records, lines)| Step::Commit { parts, records, lines }),
        3 => (target, any::<u8>()).prop_map(|(target, seal)| Step::Reseal(target, seal)),
        1 => Just(Step::OpenAgain),
    ]
}

fn end_of(store: &Memory, stream: Uuid) -> End {
    store.head(stream).unwrap().map(|head| (head.seq, head.hash))
}

/// The place of the last entry of a stream, whatever its head says.
fn last_of(store: &Memory, stream: Uuid) -> u32 {
    store.stream(stream, 0).unwrap().last().map_or(0, |entry| entry.seq)
}

/// The batch that these parts mean for a store that holds what `store` does.
fn batch(store: &Memory, parts: &[Part], records: &[Change], lines: u8) -> Batch {
    let mut batch = Batch { access: (0..lines).map(|nth| line(id(u128::from(nth)))).collect(), ..Batch::default() };
    for part in parts {
        let stream = id(1000 + u128::from(part.stream));
        let (seq, hash) = end_of(store, stream).unwrap_or_default();
        batch.expected.extend(part.expects.map(|expects| match expects {
            Expects::WhatIsThere => Expected { stream, head: end_of(store, stream) },
            Expects::Nothing => Expected { stream, head: None },
            Expects::Something(other) => Expected { stream, head: Some((seq + u32::from(other), hash)) },
        }));
        let Some((entry_id, place)) = part.entry else { continue };
        let next = last_of(store, stream) + 1;
        let seq = if let Place::At(seq) = place { u32::from(seq) } else { next };
        let entry: EntryRow = entry(stream, seq, &hash, id(u128::from(entry_id)));
        if part.head {
            batch.heads.push(HeadRow { stream, seq, hash: entry.hash, summary: vec![entry_id] });
        }
        if part.lot {
            batch.lots.push(LotRow { lot: lot_of(stream), stream, entry: entry.id });
        }
        batch.entries.push(entry);
    }
    batch.records.extend(records.iter().map(|change| {
        let key = vec![change.key];
        let counts_on = match change.counts_on {
            None => CountsOn::Anything,
            Some(Expects::WhatIsThere) => CountsOn::Exactly(store.record(change.kind, &key).unwrap()),
            Some(Expects::Nothing) => CountsOn::Exactly(None),
            Some(Expects::Something(value)) => CountsOn::Exactly(Some(vec![value])),
        };
        RecordChange { kind: change.kind, key, value: change.value.map(|value| vec![value]), counts_on }
    }));
    batch
}

fn resealed(target: Target, seal: u8) -> Resealed {
    let seal = vec![seal; 3];
    match target {
        Target::Entry(entry) => Resealed::Entry { id: id(u128::from(entry)), sealed: seal },
        Target::Head(stream, seq) => Resealed::Head { stream: id(1000 + u128::from(stream)), seq: u32::from(seq), summary: seal },
        Target::Access(seq) => Resealed::Access { seq: i64::from(seq), sealed: seal },
        Target::Record(kind, key, old) => Resealed::Record { kind, key: vec![key], old: vec![old], value: seal },
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_file_and_the_memory_answer_the_same_and_hold_the_same(steps in vec(step(), 1..30)) {
        let folder = Folder::new("a_file_and_the_memory");
        let memory = Memory::default();
        let mut file = folder.open();
        for step in steps {
            match step {
                Step::Commit { parts, records, lines } => {
                    let batch = batch(&memory, &parts, &records, lines);
                    prop_assert_eq!(file.commit(batch.clone()), memory.commit(batch));
                }
                Step::Reseal(target, seal) => {
                    let row = resealed(target, seal);
                    prop_assert_eq!(file.reseal(vec![row.clone()]), memory.reseal(vec![row]));
                }
                Step::OpenAgain => {
                    drop(file);
                    file = folder.open();
                }
            }
        }
        prop_assert_eq!(contents(&file), contents(&memory));
    }
}
