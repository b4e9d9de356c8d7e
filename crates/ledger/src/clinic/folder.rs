//! The folder of a clinic: what is in it, and the record that locks its keys.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{LedgerError, files};
use crate::pictures::PictureStore;
use crate::seal::{Keyring, Method, Secret, WrapEntropy, WrappedKeyring};
use crate::surroundings::Surroundings;

/// The record, by its name in the folder.
pub(super) const RECORD: &str = "clinic.json";
/// The ledger, by its name in the folder.
pub(super) const LEDGER: &str = "ledger.sqlite";
/// The pictures, by their name in the folder.
pub(super) const PICTURES: &str = "pictures";

/// Held by whoever changes the record, by its name in the folder. It is empty.
const LOCK: &str = "clinic.lock";

/// Name and version of the record.
const SCHEMA: &str = "resurface.clinic/1";

/// What `clinic.json` holds.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Record {
    schema: String,
    about: String,
    keys: WrappedKeyring,
}

impl Record {
    fn read(bytes: &[u8]) -> Result<Self, LedgerError> {
        let problem = |line, problem| LedgerError::Record { line, problem };
        let record: Self =
            serde_json::from_slice(bytes).map_err(|error| problem(error.line(), "this is not the record of a clinic"))?;
        if record.schema == SCHEMA { Ok(record) } else { Err(problem(2, "this record is of another version of the program")) }
    }
}

/// Which kind of secret locks the keys in a record.
pub(super) fn method_of(record: &[u8]) -> Result<Method, LedgerError> {
    Ok(Record::read(record)?.keys.method())
}

const ABOUT: &str = "The data keys of this clinic, locked by its key file or passphrase. Keep a copy of both, apart from each other: \
without either of them nothing in this folder can be read again.";

/// The folder of a clinic.
pub(super) struct Folder(PathBuf);

impl Folder {
    pub(super) fn new(path: &Path) -> Self {
        Self(path.to_owned())
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }

    pub(super) fn ledger(&self) -> PathBuf {
        self.0.join(LEDGER)
    }

    pub(super) fn pictures(&self) -> Result<PictureStore, LedgerError> {
        Ok(PictureStore::local(&self.0.join(PICTURES))?)
    }

    /// Makes the folder with everything that a clinic needs before its ledger is opened.
    pub(super) fn make(&self, ring: &Keyring, secret: &Secret, surroundings: &dyn Surroundings) -> Result<(), LedgerError> {
        files::make_empty(&self.0)?;
        files::make(&self.0.join(PICTURES))?;
        self.lock(ring, secret, surroundings)
    }

    /// Writes the keys, locked by a secret, in place of what was there.
    pub(super) fn lock(&self, ring: &Keyring, secret: &Secret, surroundings: &dyn Surroundings) -> Result<(), LedgerError> {
        let entropy = WrapEntropy { nonce: surroundings.random(), salt: surroundings.random() };
        let record = Record { schema: SCHEMA.to_owned(), about: ABOUT.to_owned(), keys: ring.wrap(secret, entropy)? };
        let mut text = serde_json::to_vec_pretty(&record)?;
        text.push(b'\n');
        files::write(&self.0.join(RECORD), &text)
    }

    /// Until what it gives is dropped, nobody else changes which keys and which secret count.
    pub(super) fn alone(&self) -> Result<impl Drop + use<>, LedgerError> {
        files::lock(&self.0.join(LOCK))
    }

    /// That it holds no clinic.
    pub(super) fn no_clinic(&self) -> LedgerError {
        LedgerError::NoClinic { folder: self.0.clone() }
    }

    fn record(&self) -> Result<Record, LedgerError> {
        Record::read(&files::read_if_there(&self.0.join(RECORD))?.ok_or_else(|| self.no_clinic())?)
    }

    /// Which kind of secret locks the keys.
    pub(super) fn method(&self) -> Result<Method, LedgerError> {
        Ok(self.record()?.keys.method())
    }

    /// Unlocks the keys.
    pub(super) fn unlock(&self, secret: &Secret) -> Result<Keyring, LedgerError> {
        Ok(self.record()?.keys.unwrap_with(secret)?)
    }
}
