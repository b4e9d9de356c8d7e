//! The layout of the file, and how a connection is set.

use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::{BUSY_WAIT_MS, error};
use crate::store::StoreError;

/// How often a new file is asked for a log that is written ahead while others ask for it too.
const SWITCH_TRIES_MAX: usize = 64;

/// Marks the file as one of ours: "RSFL".
const APPLICATION_ID: i64 = 0x5253_464c;

/// Every layout there was, as the statements that lead to it from the one before. A line is added, never edited.
const LAYOUTS: &[&str] = &[LAYOUT_1];

/// Nothing in a chart or in the access log is changed or removed: the file itself refuses. Only a seal may be renewed.
///
/// A trigger on inserting is needed too, because `INSERT OR REPLACE` removes rows without asking the trigger on deleting; and
/// a trigger on updating compares the row's number, because a list of columns does not hold it.
const LAYOUT_1: &str = "
CREATE TABLE entries (
    stream  BLOB    NOT NULL,
    seq     INTEGER NOT NULL,
    id      BLOB    NOT NULL UNIQUE,
    kind    TEXT    NOT NULL,
    version INTEGER NOT NULL,
    author  BLOB    NOT NULL,
    at_us   INTEGER NOT NULL,
    hash    BLOB    NOT NULL,
    sealed  BLOB    NOT NULL,
    PRIMARY KEY (stream, seq)
) STRICT;
CREATE TRIGGER entries_are_not_replaced BEFORE INSERT ON entries
WHEN EXISTS (SELECT 1 FROM entries WHERE stream = NEW.stream AND seq = NEW.seq)
  OR EXISTS (SELECT 1 FROM entries WHERE id = NEW.id)
  OR EXISTS (SELECT 1 FROM entries WHERE rowid = NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'an entry is never replaced'); END;
CREATE TRIGGER entries_do_not_change BEFORE UPDATE ON entries
WHEN (NEW.rowid, NEW.stream, NEW.seq, NEW.id, NEW.kind, NEW.version, NEW.author, NEW.at_us, NEW.hash)
  IS NOT (OLD.rowid, OLD.stream, OLD.seq, OLD.id, OLD.kind, OLD.version, OLD.author, OLD.at_us, OLD.hash)
BEGIN SELECT RAISE(ABORT, 'an entry is never changed'); END;
CREATE TRIGGER entries_stay BEFORE DELETE ON entries
BEGIN SELECT RAISE(ABORT, 'an entry is never removed'); END;

CREATE TABLE heads (
    begun   INTEGER PRIMARY KEY,
    stream  BLOB    NOT NULL UNIQUE,
    seq     INTEGER NOT NULL,
    hash    BLOB    NOT NULL,
    summary BLOB    NOT NULL
) STRICT;

CREATE TABLE access (
    seq     INTEGER PRIMARY KEY,
    id      BLOB    NOT NULL,
    at_us   INTEGER NOT NULL,
    content BLOB    NOT NULL,
    hash    BLOB    NOT NULL,
    sealed  BLOB    NOT NULL
) STRICT;
CREATE TRIGGER access_goes_on BEFORE INSERT ON access
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM access)
BEGIN SELECT RAISE(ABORT, 'the access log goes on with the next place'); END;
CREATE TRIGGER access_does_not_change BEFORE UPDATE ON access
WHEN (NEW.seq, NEW.id, NEW.at_us, NEW.content, NEW.hash) IS NOT (OLD.seq, OLD.id, OLD.at_us, OLD.content, OLD.hash)
BEGIN SELECT RAISE(ABORT, 'the access log is never changed'); END;
CREATE TRIGGER access_stays BEFORE DELETE ON access
BEGIN SELECT RAISE(ABORT, 'the access log is never shortened'); END;

CREATE TABLE lots (
    lot    TEXT NOT NULL,
    stream BLOB NOT NULL,
    entry  BLOB NOT NULL,
    PRIMARY KEY (lot, stream, entry)
) STRICT, WITHOUT ROWID;

CREATE TABLE records (
    kind  TEXT NOT NULL,
    key   BLOB NOT NULL,
    value BLOB NOT NULL,
    PRIMARY KEY (kind, key)
) STRICT;
";

/// Sets the writing connection and brings the file to the latest layout.
///
/// Looks before it touches: a file of another program, or of a later layout, stays as it is.
pub(super) fn prepare(connection: &mut Connection) -> Result<(), StoreError> {
    set(connection, -32_768, 64)?;
    layout(&connection.transaction().map_err(error)?)?;
    make_durable(connection)?;
    lay_out(connection)
}

/// Sets a connection: how long it waits, whom it trusts, and how much it keeps in memory (in KiB, as a negative number).
pub(super) fn set(connection: &Connection, cache_kib: i64, statements_max: usize) -> Result<(), StoreError> {
    connection.busy_timeout(Duration::from_millis(BUSY_WAIT_MS)).map_err(error)?;
    // Plans never rest on the values that are bound: otherwise every look into a chart would be planned anew.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(error)?;
    connection.pragma_update(None, "trusted_schema", false).map_err(error)?;
    connection.pragma_update(None, "cache_size", cache_kib).map_err(error)?;
    connection.set_prepared_statement_cache_capacity(statements_max);
    Ok(())
}

/// The layout of the file; 0 for one that is new. Within a transaction, because another program may be laying it out.
fn layout(transaction: &Transaction<'_>) -> Result<usize, StoreError> {
    let number = |name: &str| transaction.pragma_query_value(None, name, |row| row.get::<_, i64>(0)).map_err(error);
    let (found, application) = (number("user_version")?, number("application_id")?);
    let tables = transaction.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0)).map_err(error)?;
    if (found, application, tables) == (0, 0, 0) {
        return Ok(0);
    }
    if application != APPLICATION_ID {
        return Err(StoreError::Damaged("the file belongs to another program".to_owned()));
    }
    match usize::try_from(found) {
        Ok(known) if (1..=LAYOUTS.len()).contains(&known) => Ok(known),
        Ok(1..) => Err(StoreError::TooNew { found, known: LAYOUTS.len() as i64 }),
        _ => Err(StoreError::Damaged("the number of its layout is missing".to_owned())),
    }
}

/// Every commit reaches the disk before it is acknowledged, and readers do not wait for it. Refuses to go on otherwise.
fn make_durable(connection: &mut Connection) -> Result<(), StoreError> {
    connection.pragma_update(None, "synchronous", "FULL").map_err(error)?;
    // On macOS only this makes a sync reach the disk; elsewhere it does nothing.
    connection.pragma_update(None, "fullfsync", true).map_err(error)?;
    let journal = write_ahead(connection)?;
    let synchronous = connection.pragma_query_value(None, "synchronous", |row| row.get::<_, i64>(0)).map_err(error)?;
    if (journal.as_str(), synchronous) == ("wal", 2) {
        Ok(())
    } else {
        Err(StoreError::Unreachable("the disk of the folder cannot keep a log that is written ahead".to_owned()))
    }
}

/// Switches to a log that is written ahead, and gives the mode the file is in then.
///
/// SQLite does not wait here when two programs do this at once, because each could wait for the other. So whoever comes second
/// waits for a turn to write, lets it go, and tries again.
fn write_ahead(connection: &mut Connection) -> Result<String, StoreError> {
    let switch = |connection: &Connection| {
        connection.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0)).map_err(error)
    };
    for _ in 0..SWITCH_TRIES_MAX {
        match switch(connection) {
            Err(StoreError::Busy) => drop(connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(error)?),
            switched => return switched,
        }
    }
    switch(connection)
}

fn lay_out(connection: &mut Connection) -> Result<(), StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(error)?;
    // Once more: another program may have laid it out since.
    let found = layout(&transaction)?;
    for layout in LAYOUTS.iter().skip(found) {
        transaction.execute_batch(layout).map_err(error)?;
    }
    if found < LAYOUTS.len() {
        transaction.pragma_update(None, "application_id", APPLICATION_ID).map_err(error)?;
        transaction.pragma_update(None, "user_version", LAYOUTS.len() as i64).map_err(error)?;
    }
    transaction.commit().map_err(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_connection_that_cannot_write_ahead_is_refused() {
        let mut connection = Connection::open_in_memory().unwrap();
        assert!(matches!(make_durable(&mut connection), Err(StoreError::Unreachable(_))));
    }

    #[test]
    fn a_commit_is_synced() {
        let mut connection = Connection::open_in_memory().unwrap();
        connection.pragma_update(None, "synchronous", "OFF").unwrap();
        let _ = make_durable(&mut connection);
        assert_eq!(connection.pragma_query_value(None, "synchronous", |row| row.get::<_, i64>(0)), Ok(2));
    }
}
