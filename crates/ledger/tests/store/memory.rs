//! A second back end, in memory: what a store means, with nothing else in the way.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard};

use resurface_ledger::seal::KeyNumber;
use resurface_ledger::store::{
    AccessRow, Batch, CountsOn, EntryRow, Expected, HeadRow, LotRow, Outcome, Record, RecordChange, RecordKind, Resealed, Sqlite,
    Store, StoreError, Walk, access_hash,
};
use uuid::Uuid;

/// Rows in memory. A clone is a second handle on the same rows.
#[derive(Clone, Default)]
pub(crate) struct Memory(Arc<Mutex<Rows>>);

#[derive(Clone, Default)]
struct Rows {
    entries: BTreeMap<(Uuid, u32), EntryRow>,
    heads: Vec<HeadRow>,
    lots: BTreeSet<LotRow>,
    records: BTreeMap<(RecordKind, Vec<u8>), Vec<u8>>,
    access: Vec<AccessRow>,
    first_key: Option<KeyNumber>,
}

impl Memory {
    fn rows(&self) -> MutexGuard<'_, Rows> {
        self.0.lock().unwrap()
    }

    /// The rows as they are now: a walk goes over these, so that it may read and write on its way.
    fn now(&self) -> Rows {
        self.rows().clone()
    }
}

impl Rows {
    fn head(&self, stream: Uuid) -> Option<&HeadRow> {
        self.heads.iter().find(|head| head.stream == stream)
    }

    fn refusal(&self, batch: &Batch) -> Option<Outcome> {
        let there = |id| self.entries.values().any(|entry| entry.id == id);
        let stands = |stream| self.head(stream).map(|head| (head.seq, head.hash));
        let taken = |entry: &EntryRow| self.entries.contains_key(&(entry.stream, entry.seq));
        let record = |kind, key: &Vec<u8>| self.records.get(&(kind, key.clone())).cloned();
        let already = batch.entries.iter().find(|entry| there(entry.id)).map(|entry| Outcome::AlreadyThere(entry.id));
        let moved = batch.expected.iter().find(|expected| stands(expected.stream) != expected.head);
        let moved = moved.map(|expected| Outcome::Moved(expected.stream));
        let place = batch.entries.iter().find(|entry| taken(entry)).map(|entry| Outcome::Moved(entry.stream));
        let counts = batch.records.iter().all(|change| match &change.counts_on {
            CountsOn::Anything => true,
            CountsOn::Exactly(value) => record(change.kind, &change.key) == *value,
        });
        already.or(moved).or(place).or((!counts).then_some(Outcome::RecordMoved))
    }

    fn write(&mut self, batch: Batch) {
        self.entries.extend(batch.entries.into_iter().map(|entry| ((entry.stream, entry.seq), entry)));
        for head in batch.heads {
            match self.heads.iter_mut().find(|there| there.stream == head.stream) {
                Some(there) => *there = head,
                None => self.heads.push(head),
            }
        }
        self.lots.extend(batch.lots);
        for change in batch.records {
            let key = (change.kind, change.key);
            match change.value {
                Some(value) => self.records.insert(key, value),
                None => self.records.remove(&key),
            };
        }
        for draft in batch.access {
            let seq = self.access.len() as i64 + 1;
            let before = self.access.last().map(|line| line.hash).unwrap_or_default();
            self.access.push(AccessRow { seq, hash: access_hash(&before, seq, &draft), draft });
        }
    }

    fn reseal(&mut self, row: Resealed) {
        match row {
            Resealed::Entry { id, sealed } => {
                self.entries.values_mut().filter(|entry| entry.id == id).for_each(|entry| entry.sealed.clone_from(&sealed));
            }
            Resealed::Head { stream, seq, summary } => {
                let heads = self.heads.iter_mut().filter(|head| head.stream == stream && head.seq == seq);
                heads.for_each(|head| head.summary.clone_from(&summary));
            }
            Resealed::Access { seq, sealed } => {
                let lines = self.access.iter_mut().filter(|line| line.seq == seq);
                lines.for_each(|line| line.draft.sealed.clone_from(&sealed));
            }
            Resealed::NothingBefore { key } => self.first_key = Some(key),
            Resealed::Record { kind, key, old, value } => {
                if let Some(there) = self.records.get_mut(&(kind, key)).filter(|there| **there == old) {
                    *there = value;
                }
            }
        }
    }
}

impl Store for Memory {
    fn commit(&self, batch: Batch) -> Result<Outcome, StoreError> {
        batch.agrees_with_itself()?;
        let mut rows = self.rows();
        if rows.first_key.is_some_and(|key| batch.is_sealed_before(key)) {
            return Err(StoreError::KeyReplaced);
        }
        if let Some(refusal) = rows.refusal(&batch) {
            return Ok(refusal);
        }
        rows.write(batch);
        Ok(Outcome::Written)
    }

    fn stream(&self, stream: Uuid, after: u32) -> Result<Vec<EntryRow>, StoreError> {
        let of_stream = |entry: &EntryRow| entry.stream == stream && entry.seq > after;
        Ok(self.rows().entries.values().filter(|entry| of_stream(entry)).cloned().collect())
    }

    fn chain(&self, stream: Uuid) -> Result<(Vec<EntryRow>, Option<HeadRow>), StoreError> {
        let rows = self.rows();
        Ok((rows.entries.values().filter(|entry| entry.stream == stream).cloned().collect(), rows.head(stream).cloned()))
    }

    fn entry(&self, id: Uuid) -> Result<Option<EntryRow>, StoreError> {
        Ok(self.rows().entries.values().find(|entry| entry.id == id).cloned())
    }

    fn head(&self, stream: Uuid) -> Result<Option<HeadRow>, StoreError> {
        Ok(self.rows().head(stream).cloned())
    }

    fn each_head(&self, visit: &mut dyn FnMut(&HeadRow) -> Walk) -> Result<(), StoreError> {
        let _ = self.now().heads.iter().find(|head| visit(head) == Walk::Stop);
        Ok(())
    }

    fn each_entry(&self, visit: &mut dyn FnMut(&EntryRow) -> Walk) -> Result<(), StoreError> {
        let _ = self.now().entries.values().find(|entry| visit(entry) == Walk::Stop);
        Ok(())
    }

    fn each_access(&self, after: i64, visit: &mut dyn FnMut(&AccessRow) -> Walk) -> Result<(), StoreError> {
        let _ = self.now().access.iter().filter(|line| line.seq > after).find(|line| visit(line) == Walk::Stop);
        Ok(())
    }

    fn each_access_back(&self, visit: &mut dyn FnMut(&AccessRow) -> Walk) -> Result<(), StoreError> {
        let _ = self.now().access.iter().rev().find(|line| visit(line) == Walk::Stop);
        Ok(())
    }

    fn has_lot(&self, row: &LotRow) -> Result<bool, StoreError> {
        Ok(self.rows().lots.contains(row))
    }

    fn copy_to(&self, file: &Path) -> Result<(), StoreError> {
        if file.exists() {
            return Err(StoreError::Unreachable("the file is there already".to_owned()));
        }
        let rows = self.now();
        let records = rows.records.into_iter().map(|((kind, key), value)| {
            let (value, counts_on) = (Some(value), CountsOn::Anything);
            RecordChange { kind, key, value, counts_on }
        });
        let batch = Batch {
            expected: rows.heads.iter().map(|head| Expected { stream: head.stream, head: None }).collect(),
            entries: rows.entries.into_values().collect(),
            heads: rows.heads,
            lots: rows.lots.into_iter().collect(),
            records: records.collect(),
            access: rows.access.into_iter().map(|line| line.draft).collect(),
        };
        Sqlite::open(file)?.commit(batch).map(|_| ())
    }

    fn lot(&self, lot: &str) -> Result<Vec<LotRow>, StoreError> {
        Ok(self.rows().lots.iter().filter(|row| row.lot == lot).cloned().collect())
    }

    fn record(&self, kind: RecordKind, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.rows().records.get(&(kind, key.to_vec())).cloned())
    }

    fn records(&self, kind: RecordKind) -> Result<Vec<Record>, StoreError> {
        let rows = self.rows();
        let of_kind = rows.records.iter().filter(|((of, _), _)| *of == kind);
        Ok(of_kind.map(|((_, key), value)| Record { key: key.clone(), value: value.clone() }).collect())
    }

    fn reseal(&self, rows: Vec<Resealed>) -> Result<(), StoreError> {
        let mut there = self.rows();
        rows.into_iter().for_each(|row| there.reseal(row));
        Ok(())
    }
}
