//! What is built beside its place under another name, then put there whole; what fails is taken away again.
#![expect(clippy::disallowed_methods, reason = "a ledger keeps files; the rooms that decide never do")]

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use super::WayFault;
use crate::clinic::LedgerError;
use crate::clinic::files::{fault, make, sync_folder_of};

/// A folder that is being built. Dropped before it is put in place, it is removed with all that is in it.
pub(super) struct PartialFolder {
    beside: PathBuf,
    place: PathBuf,
}

impl PartialFolder {
    /// Begins a folder whose place is not taken yet, or is an empty folder.
    pub(super) fn begin(place: &Path) -> Result<Self, LedgerError> {
        match fs::read_dir(place).map(Iterator::count) {
            Ok(0) => {}
            Ok(_) => return Err(LedgerError::FolderNotEmpty),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(fault(place, "read")(error)),
        }
        let beside = beside(place, ".partial")?;
        if fs::symlink_metadata(&beside).is_ok() {
            return Err(WayFault::LeftBehind(beside.display().to_string()).into());
        }
        make(&beside)?;
        Ok(Self { beside, place: place.to_owned() })
    }

    /// Where it is built.
    pub(super) fn path(&self) -> &Path {
        &self.beside
    }

    /// Puts it in its place.
    pub(super) fn finish(self) -> Result<(), LedgerError> {
        let failed = fault(&self.place, "put in place");
        if !cfg!(unix) && self.place.is_dir() {
            // Elsewhere a folder is not renamed over an empty one.
            fs::remove_dir(&self.place).map_err(&failed)?;
        }
        sync_folder(&self.beside).and_then(|()| fs::rename(&self.beside, &self.place)).map_err(&failed)?;
        sync_folder_of(&self.place).map_err(&failed)
    }
}

impl Drop for PartialFolder {
    fn drop(&mut self) {
        // Once it is in its place there is nothing here; what cannot be removed is named at the next attempt.
        let _ = fs::remove_dir_all(&self.beside);
    }
}

/// A file that is being written. Dropped before it is put in place, it is removed.
pub(super) struct PartialFile {
    beside: PathBuf,
    place: PathBuf,
}

impl PartialFile {
    /// Begins a file whose name is not taken yet.
    pub(super) fn begin(place: &Path) -> Result<(Self, File), LedgerError> {
        if fs::symlink_metadata(place).is_ok() {
            return Err(WayFault::FileThere(place.display().to_string()).into());
        }
        let beside = beside(place, ".partial")?;
        let file = create_new(&beside)?;
        Ok((Self { beside, place: place.to_owned() }, file))
    }

    /// Puts it in its place, synced; a file that has come there meanwhile stays.
    pub(super) fn finish(self, file: File) -> Result<(), LedgerError> {
        let failed = fault(&self.place, "written");
        file.sync_all().map_err(&failed)?;
        drop(file);
        match fs::hard_link(&self.beside, &self.place) {
            Ok(()) => fs::remove_file(&self.beside).map_err(&failed)?,
            // Not every disk has links: then the place is looked at once more, and the file renamed.
            Err(_) if fs::symlink_metadata(&self.place).is_err() => fs::rename(&self.beside, &self.place).map_err(&failed)?,
            Err(_) => return Err(WayFault::FileThere(self.place.display().to_string()).into()),
        }
        sync_folder_of(&self.place).map_err(&failed)
    }
}

impl Drop for PartialFile {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.beside);
    }
}

/// A file for the time of a task, removed with what SQLite puts beside it.
pub(super) struct Passing(PathBuf);

impl Passing {
    /// A name beside a place that is not taken.
    pub(super) fn beside(place: &Path, ending: &str) -> Result<Self, LedgerError> {
        let path = beside(place, ending)?;
        if fs::symlink_metadata(&path).is_ok() {
            return Err(WayFault::LeftBehind(path.display().to_string()).into());
        }
        Ok(Self(path))
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Passing {
    fn drop(&mut self) {
        for ending in ["", "-wal", "-shm", "-journal"] {
            let mut path = self.0.clone().into_os_string();
            path.push(ending);
            let _ = fs::remove_file(PathBuf::from(path));
        }
    }
}

/// A new file that only its owner can read.
pub(super) fn create_new(path: &Path) -> Result<File, LedgerError> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => WayFault::LeftBehind(path.display().to_string()).into(),
        _ => fault(path, "made")(error),
    })
}

/// Opens a file to read it.
pub(super) fn open(path: &Path) -> Result<File, LedgerError> {
    File::open(path).map_err(fault(path, "read"))
}

/// Makes the entries of a folder durable.
pub(super) fn sync_folder(path: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(path)?.sync_all() } else { Ok(()) }
}

fn beside(place: &Path, ending: &str) -> Result<PathBuf, LedgerError> {
    let mut name: OsString = place.file_name().ok_or(WayFault::NoName)?.to_owned();
    name.push(ending);
    Ok(place.with_file_name(name))
}
