//! The clinic as it was at one moment, to be read at leisure while others go on writing.

use std::path::Path;
use std::sync::RwLock;

use super::partial::{Passing, create_new};
use crate::clinic::folder::Folder;
use crate::clinic::{Clinic, Kept, LedgerError};
use crate::store::Sqlite;

/// The clinic as it was at one moment. The copy of the ledger is removed with it.
pub(super) struct Snapshot {
    // Closed before the file is removed: fields are dropped in this order.
    clinic: Clinic,
    file: Passing,
}

impl Snapshot {
    /// Copies the ledger of a clinic beside a place. Pictures are not copied: one that a row of the copy names was kept
    /// before that row was written, and no picture is ever removed.
    pub(super) fn take(clinic: &Clinic, beside: &Path) -> Result<Self, LedgerError> {
        let file = Passing::beside(beside, ".ledger")?;
        // Made first, so that nobody else can read it: the lots in it are not sealed.
        create_new(file.path())?;
        clinic.store.copy_to(file.path())?;
        let store = Box::new(Sqlite::open(file.path())?);
        let clinic = Clinic {
            folder: Folder::new(clinic.folder.path()),
            store,
            pictures: clinic.pictures.clone(),
            ring: RwLock::new(clinic.ring()),
            surroundings: clinic.surroundings.clone(),
            limits: clinic.limits,
            charts: clinic.charts,
            kept: Kept::default(),
        };
        Ok(Self { clinic, file })
    }

    /// It, to be read.
    pub(super) const fn clinic(&self) -> &Clinic {
        &self.clinic
    }

    /// Closes it, and gives the file of its ledger.
    pub(super) fn into_file(self) -> Passing {
        let Self { clinic, file } = self;
        drop(clinic);
        file
    }
}
