//! A backup: one file that holds the folder of the clinic as it was at one moment, sealed as it was.
//!
//! It is a tar file, so that it can be looked into without this program:
//!
//! ```text
//! clinic.json         the data keys, locked by the key file or passphrase, which is not in the backup
//! ledger.sqlite       a copy of the ledger at one moment
//! pictures/DIGEST     every picture, sealed, under the hash of what it shows
//! backup.json         what is listed above, with the size and the SHA-256 of each; it comes last
//! ```

mod manifest;
mod restore;

use std::fmt;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use resurface_care::chart::Digest;
use sha2::{Digest as _, Sha256};
use tar::{Builder, EntryType, Header};

pub use manifest::BackupCounts;
pub use restore::{backup_opens_with, restore};

use super::partial::{PartialFile, open};
use super::snapshot::Snapshot;
use super::{Tell, WayFault};
use crate::access::{Access, Operation};
use crate::clinic::files::{fault, read_if_there};
use crate::clinic::folder::{LEDGER, PICTURES, RECORD};
use crate::clinic::progress::Teller;
use crate::clinic::{Clinic, Desk, LedgerError, Stage};
use crate::seal::Method;
use manifest::{Manifest, Member};

/// The list, by its name in the backup.
const MANIFEST: &str = "backup.json";

/// A backup that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackedUp {
    /// The file.
    pub file: PathBuf,
    /// Its size, in bytes.
    pub bytes: u64,
    /// What is in it.
    pub counts: BackupCounts,
    /// What opens it. It is not in the backup.
    pub opens_with: Method,
}

impl fmt::Display for BackedUp {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let BackupCounts { charts, entries, pictures, .. } = self.counts;
        write!(
            out,
            "{}: {charts} charts with {entries} entries and {pictures} picture files, sealed. The {} that opens it is not in it: \
             keep a copy of that in another place, for without it nothing can be restored.",
            self.file.display(),
            self.opens_with
        )
    }
}

impl Desk<'_> {
    /// Makes a backup in a new file, while others read and write: everything that was acknowledged before it began is in it.
    ///
    /// # Errors
    /// When it is not allowed, the file is there already, or it cannot be written; then there is no file.
    pub fn backup(&self, file: &Path, tell: Tell<'_>) -> Result<BackedUp, LedgerError> {
        let grant = self.ask(Operation::Backup, None)?;
        self.log(&Access::allowed(&grant))?;
        self.clinic.write_backup(file, tell).or_else(|error| self.fail(&[grant], error))
    }
}

impl Clinic {
    fn write_backup(&self, place: &Path, tell: Tell<'_>) -> Result<BackedUp, LedgerError> {
        let (partial, file) = PartialFile::begin(place)?;
        let opens_with = self.folder.method()?;
        // Taken after the record was read: as long as that stays as it is, it holds every key of this ring.
        let (keys, ring) = (self.keys()?, self.ring());
        let snapshot = Snapshot::take(self, place)?;
        let mut counts = snapshot.clinic().backup_counts()?;
        let ledger = snapshot.into_file();

        let made_at = self.surroundings.now();
        let mut backup = Writing { file: Builder::new(BufWriter::new(file)), place, made_at, manifest: Manifest::new(made_at) };
        backup.bytes(RECORD, &keys)?;
        let mut teller = Teller::new(tell);
        teller.begin(Stage::Entries, counts.entries);
        backup.file(LEDGER, ledger.path())?;
        // Listed after the ledger was copied: every picture that it names is there by now.
        let pictures = self.pictures.names()?.collect::<Result<Vec<_>, _>>()?;
        teller.begin(Stage::Pictures, pictures.len() as u64);
        for name in pictures {
            backup.bytes(&format!("{PICTURES}/{name}"), &self.pictures.sealed(&name)?)?;
            counts.pictures += 1;
            teller.one_more();
        }
        teller.end();
        // A picture that was sealed meanwhile by keys that are not in the backup could not be opened again.
        if self.keys()? != keys {
            return Err(WayFault::KeysChanged.into());
        }
        backup.manifest.counts = counts;
        let manifest = std::mem::replace(&mut backup.manifest, Manifest::new(made_at));
        let manifest = manifest.sealed(&ring, self.surroundings.random())?;
        backup.bytes(MANIFEST, &serde_json::to_vec_pretty(&manifest)?)?;

        let failed = fault(place, "written");
        let file = backup.file.into_inner().and_then(|buffer| buffer.into_inner().map_err(io::IntoInnerError::into_error));
        let file = file.map_err(&failed)?;
        let bytes = file.metadata().map_err(&failed)?.len();
        partial.finish(file)?;
        Ok(BackedUp { file: place.to_owned(), bytes, counts, opens_with })
    }

    /// The record with the locked keys, as it is on the disk.
    fn keys(&self) -> Result<Vec<u8>, LedgerError> {
        read_if_there(&self.folder.path().join(RECORD))?.ok_or_else(|| self.folder.no_clinic())
    }
}

/// A backup that is being written.
struct Writing<'a> {
    file: Builder<BufWriter<File>>,
    place: &'a Path,
    made_at: Timestamp,
    manifest: Manifest,
}

impl Writing<'_> {
    fn bytes(&mut self, name: &str, bytes: &[u8]) -> Result<(), LedgerError> {
        self.member(name, bytes.len() as u64, bytes)
    }

    fn file(&mut self, name: &str, path: &Path) -> Result<(), LedgerError> {
        let file = open(path)?;
        let bytes = file.metadata().map_err(fault(path, "read"))?.len();
        self.member(name, bytes, BufReader::new(file))
    }

    fn member(&mut self, name: &str, bytes: u64, content: impl Read) -> Result<(), LedgerError> {
        let mut header = Header::new_gnu();
        header.set_entry_type(EntryType::Regular);
        header.set_size(bytes);
        header.set_mode(0o600);
        header.set_mtime(u64::try_from(self.made_at.as_second()).unwrap_or_default());
        let mut content = Hashing { content: content.take(bytes), hasher: Sha256::new(), bytes: 0 };
        let written = header.set_path(name).and_then(|()| {
            header.set_cksum();
            self.file.append(&header, &mut content)
        });
        written.map_err(fault(self.place, "written"))?;
        let sha256 = Digest::new(content.hasher.finalize().into());
        self.manifest.members.insert(name.to_owned(), Member { bytes: content.bytes, sha256 });
        Ok(())
    }
}

/// Hashes what is read through it.
struct Hashing<R> {
    content: R,
    hasher: Sha256,
    bytes: u64,
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.content.read(buffer)?;
        self.hasher.update(&buffer[..count]);
        self.bytes += count as u64;
        Ok(count)
    }
}
