//! A folder for one test.

use std::path::{Path, PathBuf};

use resurface_ledger::store::Sqlite;

/// A folder that is empty at first, and gone afterwards.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new(name: &str) -> Self {
        // Two runs may share a folder for targets: the process tells their folders apart.
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    pub(crate) fn file(&self) -> PathBuf {
        self.0.join("ledger.db")
    }

    pub(crate) fn open(&self) -> Sqlite {
        Sqlite::open(&self.file()).unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What is left of a folder in the target folder does no harm.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
