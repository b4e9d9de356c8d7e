//! The few files that a clinic touches itself: written whole or not at all, and synced.
#![expect(clippy::disallowed_methods, reason = "a ledger keeps files; the rooms that decide never do")]

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;

use super::LedgerError;

/// An error of the system about a file, as the clinic says it.
pub(super) fn fault(path: &Path, what: &'static str) -> impl Fn(io::Error) -> LedgerError {
    let file = path.display().to_string();
    move |error| LedgerError::File { file: file.clone(), what, why: error.to_string() }
}

/// Makes a folder that is empty; its parent has to be there.
pub(super) fn make_empty(path: &Path) -> Result<(), LedgerError> {
    match fs::read_dir(path).map(Iterator::count) {
        Ok(0) => Ok(()),
        Ok(_) => Err(LedgerError::FolderNotEmpty),
        Err(error) if error.kind() == io::ErrorKind::NotFound => make(path),
        Err(error) => Err(fault(path, "read")(error)),
    }
}

/// Makes a folder that only its owner can look into.
pub(super) fn make(path: &Path) -> Result<(), LedgerError> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(fault(path, "made"))?;
    sync_folder_of(path).map_err(fault(path, "made"))
}

/// Reads a file whole; nothing when there is none.
pub(super) fn read_if_there(path: &Path) -> Result<Option<Vec<u8>>, LedgerError> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(fault(path, "read")(error)),
    }
}

/// Writes a file whole or not at all: beside it under another name, synced, then renamed.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), LedgerError> {
    let beside = path.with_extension("partial");
    let written = File::create(&beside)
        .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
        .and_then(|()| fs::rename(&beside, path))
        .and_then(|()| sync_folder_of(path));
    written.map_err(|error| {
        // What is left of a failed attempt helps nobody; that it may never have been made is no second fault.
        let _ = fs::remove_file(&beside);
        fault(path, "written")(error)
    })
}

/// A file that is held by one program, and by one hand in it.
pub(super) struct Held(File);

impl Drop for Held {
    fn drop(&mut self) {
        // Closing the file lets go of it in any case.
        let _ = self.0.unlock();
    }
}

/// Takes hold of a file, which is made where it is not there yet.
pub(super) fn lock(path: &Path) -> Result<Held, LedgerError> {
    let file = File::options().create(true).truncate(false).write(true).open(path).map_err(fault(path, "opened"))?;
    match file.try_lock() {
        Ok(()) => Ok(Held(file)),
        Err(fs::TryLockError::WouldBlock) => Err(LedgerError::KeyIsChanging),
        Err(fs::TryLockError::Error(error)) => Err(fault(path, "locked")(error)),
    }
}

/// A file that was renamed or a folder that was made is there after a power cut only once its folder is synced.
pub(super) fn sync_folder_of(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}
