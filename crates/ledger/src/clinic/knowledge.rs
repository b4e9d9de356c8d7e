//! The versions of the knowledge that decisions were made with, kept so that every one can be made again.

use std::collections::BTreeMap;

use resurface_knowledge::{Files, Knowledge};

use super::{Clinic, LedgerError};
use crate::store::{Batch, CountsOn, Outcome, RecordChange, RecordKind};

impl Clinic {
    /// Keeps the files that knowledge was read from, under its version, unless they are kept already. To be called before a
    /// decision that rests on them is added.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn keep_knowledge(&self, knowledge: &Knowledge) -> Result<(), LedgerError> {
        let version = knowledge.version.full();
        if self.store.record(RecordKind::Knowledge, version.as_bytes())?.is_some() {
            return Ok(());
        }
        let texts: BTreeMap<&str, &str> = knowledge.files.iter().collect();
        let record = self.record(RecordKind::Knowledge, version.as_bytes(), &texts)?;
        let record = RecordChange { counts_on: CountsOn::Exactly(None), ..record };
        match self.store.commit(Batch { records: vec![record], ..Batch::default() })? {
            // Whoever was first kept the same files: the version is their hash.
            Outcome::Written | Outcome::RecordMoved => Ok(()),
            Outcome::AlreadyThere(_) | Outcome::Moved(_) => Err(LedgerError::NotUnderstood { what: "record" }),
        }
    }

    /// The files of a version; nothing when no decision here was made with it.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn knowledge(&self, version: &str) -> Result<Option<Files>, LedgerError> {
        let kept = self.recorded::<BTreeMap<String, String>>(RecordKind::Knowledge, version.as_bytes())?;
        Ok(kept.map(|(texts, _)| texts.into_iter().collect()))
    }
}
