//! Rows in one SQLite file: one writer that commits groups, many readers, every commit synced to the disk.
//!
//! Why rusqlite and not an asynchronous driver: SQLite is a library call, not a server. Threads take turns at the one writing
//! connection, so grouping is a queue and nothing else, and a reader walks rows without copying each through a channel.
//!
//! A walk reads what was committed when it began. As long as it lasts, what others write stays in the log beside the file
//! (`-wal`), which therefore grows; it is folded into the file when the walk is over. A walk that writes to somewhere slow
//! (a backup, an export) is fine; one that waits for a person is not.
//!
//! Several programs may have the file open. Each write waits its turn for at most [`BUSY_WAIT_MS`], and reads wait for nobody.

mod read;
mod schema;
mod write;

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use rusqlite::{Connection, Error, ErrorCode, OpenFlags};
use uuid::Uuid;

use super::{AccessRow, Batch, EntryRow, HeadRow, LotRow, Outcome, Record, RecordKind, Resealed, Store, StoreError, Walk};
use write::Writer;

/// How long a connection waits for another program's write, in milliseconds.
const BUSY_WAIT_MS: u64 = 10_000;

/// Idle reading connections that are kept: opening one costs more than most reads.
const READERS_KEPT_MAX: usize = 64;

/// What each of them keeps of the file in memory, in KiB as SQLite counts it; the system keeps the rest.
const READER_CACHE: i64 = -1_024;

/// One SQLite file.
pub struct Sqlite {
    path: PathBuf,
    readers: Mutex<Vec<Connection>>,
    writer: Writer,
}

impl Sqlite {
    /// Opens the file, and makes it where it is not there yet.
    ///
    /// # Errors
    /// When it cannot be opened, is no ledger, or was written by a later program.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        Self::open_with(path, &|_| Ok(()))
    }

    /// Opens the file with a limit on its pages (of 4096 bytes each), as a full disk would set it.
    ///
    /// # Errors
    /// As [`Sqlite::open`].
    pub fn open_limited(path: &Path, pages_max: u32) -> Result<Self, StoreError> {
        Self::open_with(path, &|connection| connection.pragma_update(None, "max_page_count", pages_max).map_err(error))
    }

    fn open_with(path: &Path, prepare: &dyn Fn(&Connection) -> Result<(), StoreError>) -> Result<Self, StoreError> {
        let mut connection = Connection::open(path).map_err(error)?;
        schema::prepare(&mut connection)?;
        prepare(&connection)?;
        Ok(Self { path: path.to_owned(), readers: Mutex::default(), writer: Writer::start(connection)? })
    }

    /// A further connection to the file, which must be there.
    fn connect(&self) -> Result<Connection, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&self.path, flags).map_err(error)?;
        schema::set(&connection, READER_CACHE, 32)?;
        Ok(connection)
    }

    fn reader(&self) -> Result<Connection, StoreError> {
        let kept = self.readers.lock().map_or(None, |mut readers| readers.pop());
        match kept {
            Some(connection) => Ok(connection),
            None => {
                let connection = self.connect()?;
                connection.pragma_update(None, "query_only", true).map_err(error)?;
                Ok(connection)
            }
        }
    }

    /// Reads with a connection that nobody else uses. One that met an error is not used again.
    fn reading<T>(&self, read: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, StoreError> {
        let connection = self.reader()?;
        let result = read(&connection).map_err(error)?;
        if let Ok(mut readers) = self.readers.lock()
            && readers.len() < READERS_KEPT_MAX
        {
            readers.push(connection);
        }
        Ok(result)
    }
}

impl Store for Sqlite {
    fn commit(&self, batch: Batch) -> Result<Outcome, StoreError> {
        batch.agrees_with_itself()?;
        self.writer.commit(batch)
    }

    fn stream(&self, stream: Uuid, after: u32) -> Result<Vec<EntryRow>, StoreError> {
        self.reading(|connection| read::stream(connection, stream, after))
    }

    fn chain(&self, stream: Uuid) -> Result<(Vec<EntryRow>, Option<HeadRow>), StoreError> {
        self.reading(|connection| {
            let moment = connection.unchecked_transaction()?;
            let chain = (read::stream(&moment, stream, 0)?, read::head(&moment, stream)?);
            moment.finish()?;
            Ok(chain)
        })
    }

    fn entry(&self, id: Uuid) -> Result<Option<EntryRow>, StoreError> {
        self.reading(|connection| read::entry(connection, id))
    }

    fn head(&self, stream: Uuid) -> Result<Option<HeadRow>, StoreError> {
        self.reading(|connection| read::head(connection, stream))
    }

    fn each_head(&self, visit: &mut dyn FnMut(&HeadRow) -> Walk) -> Result<(), StoreError> {
        self.reading(|connection| read::each_head(connection, visit))
    }

    fn each_entry(&self, visit: &mut dyn FnMut(&EntryRow) -> Walk) -> Result<(), StoreError> {
        self.reading(|connection| read::each_entry(connection, visit))
    }

    fn each_access(&self, after: i64, visit: &mut dyn FnMut(&AccessRow) -> Walk) -> Result<(), StoreError> {
        self.reading(|connection| read::each_access(connection, after, visit))
    }

    fn each_access_back(&self, visit: &mut dyn FnMut(&AccessRow) -> Walk) -> Result<(), StoreError> {
        self.reading(|connection| read::each_access_back(connection, visit))
    }

    fn lot(&self, lot: &str) -> Result<Vec<LotRow>, StoreError> {
        self.reading(|connection| read::lot(connection, lot))
    }

    fn has_lot(&self, row: &LotRow) -> Result<bool, StoreError> {
        self.reading(|connection| read::has_lot(connection, row))
    }

    fn record(&self, kind: RecordKind, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        self.reading(|connection| read::record(connection, kind, key))
    }

    fn records(&self, kind: RecordKind) -> Result<Vec<Record>, StoreError> {
        self.reading(|connection| read::records(connection, kind))
    }

    fn copy_to(&self, file: &Path) -> Result<(), StoreError> {
        let file = file.to_str().ok_or_else(|| StoreError::Unreachable("the name of the copy is not UTF-8".to_owned()))?;
        // No reader: one that may only query must not write elsewhere either.
        self.connect()?.execute("VACUUM INTO ?1", [file]).map(|_| ()).map_err(error)
    }

    fn reseal(&self, rows: Vec<Resealed>) -> Result<(), StoreError> {
        self.writer.reseal(rows)
    }

    fn groups(&self) -> Vec<u64> {
        self.writer.groups()
    }
}

/// What an error of SQLite means here. SQLite's own words name tables and files, never what is in a row.
fn error(error: rusqlite::Error) -> StoreError {
    if let rusqlite::Error::ToSqlConversionFailure(ours) = &error
        && let Some(ours) = ours.downcast_ref::<StoreError>()
    {
        return ours.clone();
    }
    let words = error.to_string();
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => StoreError::Full,
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Busy,
        Some(ErrorCode::DatabaseCorrupt) => StoreError::Damaged(words),
        Some(ErrorCode::NotADatabase) => StoreError::Damaged("the file is no SQLite database".to_owned()),
        // Also how a quota or a limit on the size of files shows, and a disk too full for SQLite's own small files.
        Some(ErrorCode::SystemIoFailure | ErrorCode::CannotOpen) => {
            StoreError::Unreachable(format!("{words}; see whether its disk is attached, writable, and not full or at a limit"))
        }
        Some(_) => StoreError::Unreachable(words),
        None if matches!(error, Error::InvalidPath(_) | Error::NulError(_)) => StoreError::Unreachable(words),
        // No code: a value in a row is not of the type it should be. Its words would repeat the value.
        None => StoreError::Damaged("a row does not have the form that this program writes".to_owned()),
    }
}
