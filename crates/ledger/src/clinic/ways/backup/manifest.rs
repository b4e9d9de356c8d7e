//! The list of a backup: what is in it, with the size and the SHA-256 of each, sealed so that nobody can write another one.

use std::collections::BTreeMap;

use data_encoding::HEXLOWER;
use jiff::Timestamp;
use resurface_care::chart::Digest;
use serde::{Deserialize, Serialize};

use super::super::WayFault;
use crate::clinic::{BOOK, Clinic, LedgerError};
use crate::pictures::digest_of;
use crate::seal::{Keyring, Place};
use crate::store::Walk;

/// Name and version of the list.
const SCHEMA: &str = "resurface.backup/1";

const ABOUT: &str = "A backup of one clinic, as it was at one moment. Everything in it is sealed. The key file or passphrase that \
opens it is not in it: without that nothing of it can be read.";

/// Where the digest of the list is sealed for.
const PLACE: Place<'_> = Place { table: "backup", row: b"members", column: "seal" };

/// The list of a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
    schema: String,
    about: String,
    program: String,
    made_at: Timestamp,
    pub(super) counts: BackupCounts,
    pub(super) members: BTreeMap<String, Member>,
    /// The digest of everything above, sealed by the clinic, in hexadecimal.
    seal: String,
}

/// What is in a backup.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BackupCounts {
    /// Charts.
    pub charts: u64,
    /// Entries of the charts.
    pub entries: u64,
    /// Entries of the clinic's book.
    pub book_entries: u64,
    /// Lines of the access log.
    pub access_lines: u64,
    /// Picture files; a picture has three.
    pub pictures: u64,
}

/// One member of a backup.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Member {
    pub(super) bytes: u64,
    pub(super) sha256: Digest,
}

impl Manifest {
    pub(super) fn new(made_at: Timestamp) -> Self {
        Self {
            schema: SCHEMA.to_owned(),
            about: ABOUT.to_owned(),
            program: env!("CARGO_PKG_VERSION").to_owned(),
            made_at,
            counts: BackupCounts::default(),
            members: BTreeMap::new(),
            seal: String::new(),
        }
    }

    /// Reads a list. It is to be believed only once its seal was checked.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, WayFault> {
        #[derive(Deserialize)]
        struct Named {
            schema: String,
        }
        let named: Named = serde_json::from_slice(bytes).map_err(|_| WayFault::NotABackup)?;
        if named.schema != SCHEMA {
            let ours = named.schema.starts_with("resurface.backup/");
            return Err(if ours { WayFault::TooNew(named.schema) } else { WayFault::NotABackup });
        }
        serde_json::from_slice(bytes).map_err(|_| WayFault::Altered(super::MANIFEST.to_owned()))
    }

    pub(super) fn sealed(self, ring: &Keyring, nonce: [u8; 24]) -> Result<Self, LedgerError> {
        let seal = ring.seal(&PLACE, self.digest()?.as_bytes(), nonce)?;
        Ok(Self { seal: HEXLOWER.encode(&seal), ..self })
    }

    /// That the clinic of this ring wrote this list.
    pub(super) fn check(&self, ring: &Keyring) -> Result<(), LedgerError> {
        let seal = HEXLOWER.decode(self.seal.as_bytes()).map_err(|_| WayFault::Forged)?;
        match ring.open(&PLACE, &seal) {
            Ok(digest) if digest == self.digest()?.as_bytes() => Ok(()),
            Ok(_) | Err(_) => Err(WayFault::Forged.into()),
        }
    }

    fn digest(&self) -> Result<Digest, LedgerError> {
        Ok(digest_of(&serde_json::to_vec(&Self { seal: String::new(), ..self.clone() })?))
    }
}

impl Clinic {
    /// What a backup of the ledger holds; its pictures are counted as they are copied.
    pub(super) fn backup_counts(&self) -> Result<BackupCounts, LedgerError> {
        let mut counts = BackupCounts::default();
        self.store.each_head(&mut |head| {
            counts.charts += u64::from(head.stream != BOOK);
            Walk::On
        })?;
        self.store.each_entry(&mut |entry| {
            *if entry.stream == BOOK { &mut counts.book_entries } else { &mut counts.entries } += 1;
            Walk::On
        })?;
        self.store.each_access(0, &mut |_| {
            counts.access_lines += 1;
            Walk::On
        })?;
        Ok(counts)
    }
}
