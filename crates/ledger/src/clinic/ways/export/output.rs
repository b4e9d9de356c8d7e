//! The files of an export as they are written: for their owner only, hashed on the way, synced.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use resurface_care::chart::Digest;
use sha2::{Digest as _, Sha256};

use super::super::partial::{create_new, sync_folder};
use super::FileJson;
use crate::clinic::LedgerError;
use crate::clinic::files::{fault, make};

/// A folder that is being filled.
pub(super) struct Output {
    folder: PathBuf,
    folders: BTreeSet<PathBuf>,
    files: BTreeMap<String, FileJson>,
}

impl Output {
    pub(super) fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), folders: BTreeSet::new(), files: BTreeMap::new() }
    }

    /// Writes a file whole.
    pub(super) fn bytes(&mut self, name: &str, bytes: &[u8]) -> Result<(), LedgerError> {
        let mut writing = self.begin(name)?;
        writing.write_all(bytes).map_err(fault(Path::new(name), "written"))?;
        self.end(writing)
    }

    /// Begins a file that is written piece by piece.
    pub(super) fn begin(&mut self, name: &str) -> Result<Writing, LedgerError> {
        let mut folder = self.folder.clone();
        let mut parts: Vec<&str> = name.split('/').collect();
        let file = parts.pop().unwrap_or_default();
        for part in parts {
            folder.push(part);
            if self.folders.insert(folder.clone()) {
                make(&folder)?;
            }
        }
        let file = BufWriter::new(create_new(&folder.join(file))?);
        Ok(Writing { name: name.to_owned(), file, hasher: Sha256::new(), bytes: 0 })
    }

    /// Ends a file.
    pub(super) fn end(&mut self, writing: Writing) -> Result<(), LedgerError> {
        let Writing { name, file, hasher, bytes } = writing;
        let synced = file.into_inner().map_err(io::IntoInnerError::into_error).and_then(|file| file.sync_all());
        synced.map_err(fault(Path::new(&name), "written"))?;
        self.files.insert(name, FileJson { bytes, sha256: Digest::new(hasher.finalize().into()) });
        Ok(())
    }

    /// The files so far, for the list of them.
    pub(super) fn take_files(&mut self) -> BTreeMap<String, FileJson> {
        std::mem::take(&mut self.files)
    }

    /// Makes the names of the files durable.
    pub(super) fn finish(self) -> Result<(), LedgerError> {
        self.folders.iter().try_for_each(|folder| sync_folder(folder).map_err(fault(folder, "written")))
    }
}

/// A file that is being written.
pub(super) struct Writing {
    name: String,
    file: BufWriter<File>,
    hasher: Sha256,
    bytes: u64,
}

impl Write for Writing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.file.write(bytes)?;
        self.hasher.update(&bytes[..count]);
        self.bytes += count as u64;
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
