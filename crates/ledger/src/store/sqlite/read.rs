//! Reading rows.

use resurface_care::chart::Digest;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ValueRef};
use rusqlite::{Connection, OptionalExtension as _, Row, Rows};
use uuid::Uuid;

use crate::store::{AccessDraft, AccessRow, EntryRow, HeadRow, LotRow, Record, RecordKind, Walk};

/// A BLOB of exactly so many bytes.
struct Exactly<const N: usize>([u8; N]);

impl<const N: usize> FromSql for Exactly<N> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_blob()?.try_into().map(Self).map_err(|_| FromSqlError::InvalidType)
    }
}

fn id(row: &Row<'_>, at: usize) -> rusqlite::Result<Uuid> {
    row.get::<_, Exactly<16>>(at).map(|bytes| Uuid::from_bytes(bytes.0))
}

fn digest(row: &Row<'_>, at: usize) -> rusqlite::Result<Digest> {
    row.get::<_, Exactly<32>>(at).map(|bytes| Digest::new(bytes.0))
}

const ENTRY: &str = "SELECT id, stream, seq, kind, version, author, at_us, hash, sealed FROM entries";

fn entry_of(row: &Row<'_>) -> rusqlite::Result<EntryRow> {
    let mut entry = empty_entry();
    entry_into(row, &mut entry)?;
    Ok(entry)
}

const fn empty_entry() -> EntryRow {
    let digest = Digest::new([0; 32]);
    EntryRow {
        id: Uuid::nil(),
        stream: Uuid::nil(),
        seq: 0,
        kind: String::new(),
        version: 0,
        author: [0; 17],
        at_us: 0,
        hash: digest,
        sealed: Vec::new(),
    }
}

/// Reads a row into an entry that is there already, so that a walk takes no new memory for each.
fn entry_into(row: &Row<'_>, entry: &mut EntryRow) -> rusqlite::Result<()> {
    entry.id = id(row, 0)?;
    entry.stream = id(row, 1)?;
    entry.seq = row.get(2)?;
    entry.kind.clear();
    entry.kind.push_str(row.get_ref(3)?.as_str()?);
    entry.version = row.get(4)?;
    entry.author = row.get::<_, Exactly<17>>(5)?.0;
    entry.at_us = row.get(6)?;
    entry.hash = digest(row, 7)?;
    entry.sealed.clear();
    entry.sealed.extend_from_slice(row.get_ref(8)?.as_blob()?);
    Ok(())
}

pub(super) fn stream(connection: &Connection, stream: Uuid, after: u32) -> rusqlite::Result<Vec<EntryRow>> {
    let mut statement = connection.prepare_cached(&format!("{ENTRY} WHERE stream = ?1 AND seq > ?2 ORDER BY seq"))?;
    statement.query_map((stream.as_bytes(), after), entry_of)?.collect()
}

pub(super) fn entry(connection: &Connection, id: Uuid) -> rusqlite::Result<Option<EntryRow>> {
    connection.prepare_cached(&format!("{ENTRY} WHERE id = ?1"))?.query_row([id.as_bytes()], entry_of).optional()
}

pub(super) fn head(connection: &Connection, stream: Uuid) -> rusqlite::Result<Option<HeadRow>> {
    let mut statement = connection.prepare_cached("SELECT stream, seq, hash, summary FROM heads WHERE stream = ?1")?;
    statement.query_row([stream.as_bytes()], head_of).optional()
}

fn head_of(row: &Row<'_>) -> rusqlite::Result<HeadRow> {
    let mut head = empty_head();
    head_into(row, &mut head)?;
    Ok(head)
}

const fn empty_head() -> HeadRow {
    HeadRow { stream: Uuid::nil(), seq: 0, hash: Digest::new([0; 32]), summary: Vec::new() }
}

/// Reads a row into a head that is there already, as of entries.
fn head_into(row: &Row<'_>, head: &mut HeadRow) -> rusqlite::Result<()> {
    head.stream = id(row, 0)?;
    head.seq = row.get(1)?;
    head.hash = digest(row, 2)?;
    head.summary.clear();
    head.summary.extend_from_slice(row.get_ref(3)?.as_blob()?);
    Ok(())
}

pub(super) fn each_head(connection: &Connection, visit: &mut dyn FnMut(&HeadRow) -> Walk) -> rusqlite::Result<()> {
    let mut statement = connection.prepare_cached("SELECT stream, seq, hash, summary FROM heads ORDER BY begun")?;
    let mut rows = statement.query([])?;
    let mut head = empty_head();
    while let Some(row) = rows.next()? {
        head_into(row, &mut head)?;
        if visit(&head) == Walk::Stop {
            break;
        }
    }
    Ok(())
}

pub(super) fn each_entry(connection: &Connection, visit: &mut dyn FnMut(&EntryRow) -> Walk) -> rusqlite::Result<()> {
    let mut statement = connection.prepare_cached(&format!("{ENTRY} ORDER BY stream, seq"))?;
    let mut rows = statement.query([])?;
    let mut entry = empty_entry();
    while let Some(row) = rows.next()? {
        entry_into(row, &mut entry)?;
        if visit(&entry) == Walk::Stop {
            break;
        }
    }
    Ok(())
}

const ACCESS: &str = "SELECT seq, id, at_us, content, hash, sealed FROM access";

pub(super) fn each_access(
    connection: &Connection,
    after: i64,
    visit: &mut dyn FnMut(&AccessRow) -> Walk,
) -> rusqlite::Result<()> {
    let mut statement = connection.prepare_cached(&format!("{ACCESS} WHERE seq > ?1 ORDER BY seq"))?;
    walk_access(statement.query([after])?, visit)
}

pub(super) fn each_access_back(connection: &Connection, visit: &mut dyn FnMut(&AccessRow) -> Walk) -> rusqlite::Result<()> {
    let mut statement = connection.prepare_cached(&format!("{ACCESS} ORDER BY seq DESC"))?;
    walk_access(statement.query([])?, visit)
}

fn walk_access(mut rows: Rows<'_>, visit: &mut dyn FnMut(&AccessRow) -> Walk) -> rusqlite::Result<()> {
    while let Some(row) = rows.next()? {
        let draft = AccessDraft { id: id(row, 1)?, at_us: row.get(2)?, content: digest(row, 3)?, sealed: row.get(5)? };
        if visit(&AccessRow { seq: row.get(0)?, draft, hash: digest(row, 4)? }) == Walk::Stop {
            break;
        }
    }
    Ok(())
}

pub(super) fn lot(connection: &Connection, lot: &str) -> rusqlite::Result<Vec<LotRow>> {
    let mut statement = connection.prepare_cached("SELECT lot, stream, entry FROM lots WHERE lot = ?1 ORDER BY stream, entry")?;
    statement.query_map([lot], |row| Ok(LotRow { lot: row.get(0)?, stream: id(row, 1)?, entry: id(row, 2)? }))?.collect()
}

pub(super) fn has_lot(connection: &Connection, row: &LotRow) -> rusqlite::Result<bool> {
    let mut statement = connection.prepare_cached("SELECT 1 FROM lots WHERE lot = ?1 AND stream = ?2 AND entry = ?3")?;
    statement.exists((&row.lot, row.stream.as_bytes(), row.entry.as_bytes()))
}

pub(super) fn record(connection: &Connection, kind: RecordKind, key: &[u8]) -> rusqlite::Result<Option<Vec<u8>>> {
    let mut statement = connection.prepare_cached("SELECT value FROM records WHERE kind = ?1 AND key = ?2")?;
    statement.query_row((kind.word(), key), |row| row.get(0)).optional()
}

pub(super) fn records(connection: &Connection, kind: RecordKind) -> rusqlite::Result<Vec<Record>> {
    let mut statement = connection.prepare_cached("SELECT key, value FROM records WHERE kind = ?1 ORDER BY key")?;
    statement.query_map([kind.word()], |row| Ok(Record { key: row.get(0)?, value: row.get(1)? }))?.collect()
}
