//! A clinic that is being made, and the key that is to lock it.

use std::path::{Path, PathBuf};

use resurface_ledger::clinic::{Clinic, LedgerError};
use resurface_ledger::seal::{Method, Secret, write_key_file};
use resurface_ledger::surroundings::Surroundings;
use zeroize::Zeroizing;

use crate::clinic::Access;
use crate::ending::{Exit, Failure};
use crate::files;

/// What is to lock a clinic that is being made in a folder.
pub(super) struct Lock<'a> {
    access: &'a Access,
    folder: &'a Path,
    key_file: Option<PathBuf>,
}

impl<'a> Lock<'a> {
    /// A lock for a folder that is not there yet, or is empty. Nothing is written.
    pub(super) fn choose(access: &'a Access, folder: &'a Path, method: Method) -> Result<Self, Failure> {
        if !files::is_free(folder) {
            return Err(LedgerError::FolderNotEmpty.into());
        }
        let key_file = match method {
            Method::KeyFile => Some(access.key_path(folder)),
            Method::Passphrase => None,
        };
        if let Some(key_file) = &key_file {
            apart(key_file, folder)?;
        }
        Ok(Self { access, folder, key_file })
    }

    /// The key file; nothing for a passphrase.
    pub(super) fn key_file(&self) -> Option<&Path> {
        self.key_file.as_deref()
    }

    /// Makes the clinic. The key is written before what it locks: a clinic whose key was lost could never be opened.
    pub(super) fn make(
        &self,
        machine: &dyn Surroundings,
        make: impl FnOnce(&Secret) -> Result<Clinic, LedgerError>,
    ) -> Result<Clinic, Failure> {
        let Some(key_file) = &self.key_file else { return Ok(make(&self.access.new_passphrase()?)?) };
        let key = Zeroizing::new(machine.random());
        files::write_new_private(key_file, &write_key_file(&key))?;
        make(&Secret::KeyFile(key)).map_err(|error| {
            let locks_something = !matches!(error, LedgerError::FolderNotEmpty) && Clinic::locked_by(self.folder).is_ok();
            let failure = Failure::from(error);
            if locks_something {
                return failure.note(format!("the key file {} is kept", key_file.display()));
            }
            // It locks nothing, and would stand in the way of a second try.
            match files::remove(key_file) {
                Ok(()) => failure,
                Err(_) => failure.note(format!("{} is of no use: remove it", key_file.display())),
            }
        })
    }
}

/// A path as it is found from everywhere.
pub(super) fn full(path: &Path) -> String {
    files::canonical(path).as_deref().unwrap_or(path).display().to_string()
}

/// A key in the folder of what it locks locks nothing.
pub(super) fn apart(key_file: &Path, folder: &Path) -> Result<(), Failure> {
    let beside = key_file.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let inside = match (files::canonical(beside), files::canonical(folder)) {
        (Ok(beside), Ok(folder)) => beside.starts_with(folder),
        _ => key_file.starts_with(folder),
    };
    if inside {
        return Err(Failure::new(Exit::InputFaults, "the key file would lie in the folder of the clinic")
            .hint("keep the key apart from what it locks: name a file elsewhere"));
    }
    Ok(())
}
