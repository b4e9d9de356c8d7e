//! The one connection that writes: what arrives while a commit is on its way to the disk goes out together with the next.

use resurface_care::chart::Digest;
use rusqlite::{Connection, OptionalExtension as _, Transaction, TransactionBehavior};
use uuid::Uuid;

use super::error;
use crate::seal::KeyNumber;
use crate::store::{
    AccessDraft, Batch, CountsOn, EntryRow, Expected, HeadRow, Outcome, RecordChange, Resealed, StoreError, Turns, access_hash,
};

/// Batches that are committed together, at most.
const GROUP_MAX: usize = 256;

enum Job {
    Commit(Box<Batch>),
    Reseal(Vec<Resealed>),
}

type Answer = Result<Outcome, StoreError>;

/// Whoever has the turn writes.
pub(super) struct Writer(Turns<Job, Answer>);

impl Writer {
    pub(super) fn start(mut connection: Connection) -> Result<Self, StoreError> {
        let commit = move |group: Vec<Job>| commit_group(&mut connection, &group);
        let turns = Turns::begin("ledger-writer", || GROUP_MAX, commit);
        turns.map(Self).map_err(|error| StoreError::Unreachable(error.to_string()))
    }

    pub(super) fn commit(&self, batch: Batch) -> Answer {
        self.ask(Job::Commit(Box::new(batch)))
    }

    pub(super) fn reseal(&self, rows: Vec<Resealed>) -> Result<(), StoreError> {
        self.ask(Job::Reseal(rows)).map(|_| ())
    }

    pub(super) fn groups(&self) -> Vec<u64> {
        self.0.sizes()
    }

    fn ask(&self, job: Job) -> Answer {
        self.0.ask(job).unwrap_or_else(|| Err(StoreError::Unreachable("the writer has stopped".to_owned())))
    }
}

/// Commits a group, in the hope that nothing in it was there before. Where that fails each is tried by itself, looking first,
/// so that what is wrong with one is told to that one only.
fn commit_group(connection: &mut Connection, group: &[Job]) -> Vec<Answer> {
    match attempt(connection, group, Looking::Hopefully) {
        Ok(outcomes) => outcomes.into_iter().map(Ok).collect(),
        // Who holds the file would hold it for the next one too, and each would wait as long again.
        Err(StoreError::Busy) => group.iter().map(|_| Err(StoreError::Busy)).collect(),
        Err(_) => {
            let alone = group.iter().map(|job| attempt(connection, std::slice::from_ref(job), Looking::First));
            alone.map(|answer| answer?.into_iter().next().ok_or(StoreError::Contradictory)).collect()
        }
    }
}

/// Whether entries are looked for before they are written. The file refuses an entry that is there already, so that looking
/// first is only needed to say what was there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Looking {
    Hopefully,
    First,
}

/// Does all of a group in one transaction, or nothing of it.
fn attempt(connection: &mut Connection, group: &[Job], looking: Looking) -> Result<Vec<Outcome>, StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(error)?;
    let mut writing = Writing { transaction: &transaction, looking, access_end: None, first_key: None };
    let outcomes = group.iter().map(|job| match job {
        Job::Commit(batch) => writing.put(batch),
        Job::Reseal(rows) => writing.reseal(rows).map(|()| Outcome::Written),
    });
    let outcomes = outcomes.collect::<rusqlite::Result<Vec<_>>>().map_err(error)?;
    transaction.commit().map_err(error)?;
    Ok(outcomes)
}

/// One transaction, with what was read in it once: nobody else writes while it lasts.
struct Writing<'a> {
    transaction: &'a Transaction<'a>,
    looking: Looking,
    access_end: Option<(i64, Digest)>,
    first_key: Option<Option<KeyNumber>>,
}

impl Writing<'_> {
    /// A batch that does not count writes nothing, and an error ends the whole group.
    fn put(&mut self, batch: &Batch) -> rusqlite::Result<Outcome> {
        let transaction = self.transaction;
        if self.first_key()?.is_some_and(|key| batch.is_sealed_before(key)) {
            return Err(rusqlite::Error::ToSqlConversionFailure(Box::new(StoreError::KeyReplaced)));
        }
        if (self.looking == Looking::First || !self.looks_right(batch)?)
            && let Some(refusal) = self.refusal(batch)?
        {
            return Ok(refusal);
        }
        batch.entries.iter().try_for_each(|entry| put_entry(transaction, entry))?;
        batch.heads.iter().try_for_each(|head| put_head(transaction, head))?;
        for lot in &batch.lots {
            let mut statement =
                transaction.prepare_cached("INSERT OR IGNORE INTO lots (lot, stream, entry) VALUES (?1, ?2, ?3)")?;
            statement.execute((&lot.lot, lot.stream.as_bytes(), lot.entry.as_bytes()))?;
        }
        batch.records.iter().try_for_each(|change| put_record(transaction, change))?;
        self.put_access(&batch.access)?;
        Ok(Outcome::Written)
    }

    /// Whether everything is as the batch counts on, but for entries that may be there already.
    fn looks_right(&self, batch: &Batch) -> rusqlite::Result<bool> {
        for expected in &batch.expected {
            if !stands(self.transaction, expected)? {
                return Ok(false);
            }
        }
        for change in &batch.records {
            if !counts(self.transaction, change)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Why a batch does not count: the first of its reasons, in the order in which every back end looks for them.
    fn refusal(&self, batch: &Batch) -> rusqlite::Result<Option<Outcome>> {
        let transaction = self.transaction;
        for entry in &batch.entries {
            if there(transaction, entry.id)? {
                return Ok(Some(Outcome::AlreadyThere(entry.id)));
            }
        }
        for expected in &batch.expected {
            if !stands(transaction, expected)? {
                return Ok(Some(Outcome::Moved(expected.stream)));
            }
        }
        for entry in &batch.entries {
            if taken(transaction, entry)? {
                return Ok(Some(Outcome::Moved(entry.stream)));
            }
        }
        for change in &batch.records {
            if !counts(transaction, change)? {
                return Ok(Some(Outcome::RecordMoved));
            }
        }
        Ok(None)
    }

    fn put_access(&mut self, drafts: &[AccessDraft]) -> rusqlite::Result<()> {
        for draft in drafts {
            let (before, hash) = match self.access_end {
                Some(end) => end,
                None => last_access(self.transaction)?,
            };
            let seq = before + 1;
            let hash = access_hash(&hash, seq, draft);
            put_line(self.transaction, seq, draft, &hash)?;
            self.access_end = Some((seq, hash));
        }
        Ok(())
    }

    fn first_key(&mut self) -> rusqlite::Result<Option<KeyNumber>> {
        match self.first_key {
            Some(key) => Ok(key),
            None => Ok(*self.first_key.insert(first_key(self.transaction)?)),
        }
    }

    fn reseal(&mut self, rows: &[Resealed]) -> rusqlite::Result<()> {
        self.first_key = None;
        rows.iter().try_for_each(|row| reseal(self.transaction, row))
    }
}

/// Where the first key that counts is kept: a record of no kind that anybody asks for.
const FIRST_KEY: &str = "first_key";

fn first_key(transaction: &Transaction<'_>) -> rusqlite::Result<Option<KeyNumber>> {
    let mut statement = transaction.prepare_cached("SELECT value FROM records WHERE kind = ?1 AND key = x''")?;
    let number = |row: &rusqlite::Row<'_>| Ok(KeyNumber::new(u32::from_be_bytes(row.get(0)?)));
    statement.query_row([FIRST_KEY], number).optional()
}

fn put_first_key(transaction: &Transaction<'_>, key: KeyNumber) -> rusqlite::Result<usize> {
    let mut statement = transaction.prepare_cached(
        "INSERT INTO records (kind, key, value) VALUES (?1, x'', ?2) ON CONFLICT (kind, key) DO UPDATE SET value = ?2",
    )?;
    statement.execute((FIRST_KEY, key.get().to_be_bytes()))
}

fn there(transaction: &Transaction<'_>, id: Uuid) -> rusqlite::Result<bool> {
    transaction.prepare_cached("SELECT 1 FROM entries WHERE id = ?1")?.exists([id.as_bytes()])
}

fn taken(transaction: &Transaction<'_>, entry: &EntryRow) -> rusqlite::Result<bool> {
    let mut statement = transaction.prepare_cached("SELECT 1 FROM entries WHERE stream = ?1 AND seq = ?2")?;
    statement.exists((entry.stream.as_bytes(), entry.seq))
}

fn stands(transaction: &Transaction<'_>, expected: &Expected) -> rusqlite::Result<bool> {
    let mut statement = transaction.prepare_cached("SELECT seq, hash FROM heads WHERE stream = ?1")?;
    let same = |row: &rusqlite::Row<'_>| {
        let (seq, hash) = (row.get::<_, u32>(0)?, row.get_ref(1)?.as_blob()?);
        Ok(expected.head.is_some_and(|(at, expected)| at == seq && expected.as_bytes() == hash))
    };
    Ok(statement.query_row([expected.stream.as_bytes()], same).optional()?.unwrap_or(expected.head.is_none()))
}

fn counts(transaction: &Transaction<'_>, change: &RecordChange) -> rusqlite::Result<bool> {
    match &change.counts_on {
        CountsOn::Anything => Ok(true),
        CountsOn::Exactly(value) => Ok(super::read::record(transaction, change.kind, &change.key)? == *value),
    }
}

fn put_entry(transaction: &Transaction<'_>, entry: &EntryRow) -> rusqlite::Result<()> {
    let mut statement = transaction.prepare_cached(
        "INSERT INTO entries (stream, seq, id, kind, version, author, at_us, hash, sealed) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?;
    statement.execute((
        entry.stream.as_bytes(),
        entry.seq,
        entry.id.as_bytes(),
        &entry.kind,
        entry.version,
        entry.author,
        entry.at_us,
        entry.hash.as_bytes(),
        &entry.sealed,
    ))?;
    Ok(())
}

fn put_head(transaction: &Transaction<'_>, head: &HeadRow) -> rusqlite::Result<()> {
    let mut statement = transaction.prepare_cached(
        "INSERT INTO heads (stream, seq, hash, summary) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (stream) DO UPDATE SET seq = ?2, hash = ?3, summary = ?4",
    )?;
    statement.execute((head.stream.as_bytes(), head.seq, head.hash.as_bytes(), &head.summary))?;
    Ok(())
}

fn put_record(transaction: &Transaction<'_>, change: &RecordChange) -> rusqlite::Result<()> {
    match &change.value {
        Some(value) => transaction
            .prepare_cached(
                "INSERT INTO records (kind, key, value) VALUES (?1, ?2, ?3) ON CONFLICT (kind, key) DO UPDATE SET value = ?3",
            )?
            .execute((change.kind.word(), &change.key, value))?,
        None => transaction
            .prepare_cached("DELETE FROM records WHERE kind = ?1 AND key = ?2")?
            .execute((change.kind.word(), &change.key))?,
    };
    Ok(())
}

fn put_line(transaction: &Transaction<'_>, seq: i64, draft: &AccessDraft, hash: &Digest) -> rusqlite::Result<()> {
    let mut statement = transaction
        .prepare_cached("INSERT INTO access (seq, id, at_us, content, hash, sealed) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
    statement.execute((seq, draft.id.as_bytes(), draft.at_us, draft.content.as_bytes(), hash.as_bytes(), &draft.sealed))?;
    Ok(())
}

/// Read again in each transaction: another program may have written in between.
fn last_access(transaction: &Transaction<'_>) -> rusqlite::Result<(i64, Digest)> {
    let mut statement = transaction.prepare_cached("SELECT seq, hash FROM access ORDER BY seq DESC LIMIT 1")?;
    let last = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, Digest::new(row.get::<_, [u8; 32]>(1)?)));
    Ok(statement.query_row([], last).optional()?.unwrap_or_default())
}

fn reseal(transaction: &Transaction<'_>, row: &Resealed) -> rusqlite::Result<()> {
    match row {
        Resealed::Entry { id, sealed } => {
            transaction.prepare_cached("UPDATE entries SET sealed = ?2 WHERE id = ?1")?.execute((id.as_bytes(), sealed))?
        }
        Resealed::Head { stream, seq, summary } => transaction
            .prepare_cached("UPDATE heads SET summary = ?3 WHERE stream = ?1 AND seq = ?2")?
            .execute((stream.as_bytes(), seq, summary))?,
        Resealed::Access { seq, sealed } => {
            transaction.prepare_cached("UPDATE access SET sealed = ?2 WHERE seq = ?1")?.execute((seq, sealed))?
        }
        Resealed::NothingBefore { key } => put_first_key(transaction, *key)?,
        Resealed::Record { kind, key, old, value } => transaction
            .prepare_cached("UPDATE records SET value = ?4 WHERE kind = ?1 AND key = ?2 AND value = ?3")?
            .execute((kind.word(), key, old, value))?,
    };
    Ok(())
}
