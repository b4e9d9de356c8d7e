//! From a backup to a clinic in a new folder. The clinic that it was made of may be running: nothing of it is touched.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read, Seek as _, SeekFrom, Write as _};
use std::path::Path;
use std::sync::Arc;

use resurface_care::chart::Digest;
use sha2::{Digest as _, Sha256};
use tar::{Archive, EntryType};

use super::super::fault::shown;
use super::super::partial::{PartialFolder, create_new, open};
use super::super::{Tell, WayFault};
use super::MANIFEST;
use super::manifest::{BackupCounts, Manifest, Member};
use crate::access::{Actor, Operation};
use crate::clinic::files::{fault, make};
use crate::clinic::folder::{Folder, LEDGER, PICTURES, RECORD, method_of};
use crate::clinic::progress::Teller;
use crate::clinic::{Clinic, LedgerError, Stage};
use crate::pictures::PictureStore;
use crate::seal::{Method, Secret};
use crate::surroundings::Surroundings;

/// Largest list that is read, in bytes: about two million pictures.
const MANIFEST_BYTES_MAX: u64 = 256 << 20;
/// Largest record of the keys, in bytes.
const RECORD_BYTES_MAX: u64 = 1 << 20;
/// Largest sealed picture, in bytes: what a decoded picture may take, and its seal.
const PICTURE_BYTES_MAX: u64 = 256 << 20;
/// Bytes of one block of a tar file, and of the two empty ones that end it.
const BLOCK_BYTES: u64 = 512;
const END_BYTES: u64 = 2 * BLOCK_BYTES;

/// Restores a backup into a folder that is not there yet, or is empty, and opens the clinic in it. Whoever is at the machine
/// may: they have the file and its key. It is noted in the access log of the restored clinic, and every sign-in ends: what was
/// revoked since the backup must not come back. Links that were revoked since do come back, and are to be revoked again.
///
/// # Errors
/// When the file is no backup, was changed or ends too early, the secret is not the right one, or the folder holds something;
/// then nothing is left in the folder.
pub fn restore(
    file: &Path,
    folder: &Path,
    secret: &Secret,
    surroundings: Arc<dyn Surroundings>,
    tell: Tell<'_>,
) -> Result<Clinic, LedgerError> {
    let mut backup = Backup::open(file)?;
    let partial = PartialFolder::begin(folder)?;
    let manifest = backup.manifest()?;

    let inside = Folder::new(partial.path());
    make(&partial.path().join(PICTURES))?;
    backup.copy(RECORD, &manifest, &partial.path().join(RECORD))?;
    let ring = inside.unlock(secret)?;
    manifest.check(&ring)?;

    let mut teller = Teller::new(tell);
    teller.begin(Stage::Entries, manifest.counts.entries);
    backup.copy(LEDGER, &manifest, &partial.path().join(LEDGER))?;
    backup.pictures(&manifest, &inside.pictures()?, &mut teller)?;

    let restored = Clinic::with_charts_as_its_book_says(inside, ring.clone(), Arc::clone(&surroundings))?;
    if restored.backup_counts()? != (BackupCounts { pictures: 0, ..manifest.counts }) {
        return Err(WayFault::Altered(LEDGER.to_owned()).into());
    }
    // Who was signed out, or lost the right to be signed in, since the backup was made must not come back with it.
    for user in restored.book()?.users.keys() {
        restored.end_sign_ins(*user)?;
    }
    restored.desk(Actor::at_the_console()).read(Operation::Restore, None)?;
    drop(restored);
    partial.finish()?;
    Clinic::with_charts_as_its_book_says(Folder::new(folder), ring, surroundings)
}

/// Which kind of secret opens a backup: the one that locked the clinic when it was made.
///
/// # Errors
/// When the file is no backup, or ends too early. Whether its parts are what was written is seen when it is restored.
pub fn backup_opens_with(file: &Path) -> Result<Method, LedgerError> {
    let mut record = Vec::new();
    Backup::open(file)?.content(RECORD)?.read_to_end(&mut record).map_err(fault(Path::new(RECORD), "read"))?;
    method_of(&record)
}

/// A backup that is being read: where each member is. Nothing but what a backup holds is accepted.
struct Backup {
    file: File,
    members: BTreeMap<String, (u64, u64)>,
}

impl Backup {
    /// Finds the members: plain files with the names that a backup has, each once, all of them within the file.
    fn open(path: &Path) -> Result<Self, LedgerError> {
        let file = open(path)?;
        let failed = fault(path, "read");
        let length = file.metadata().map_err(&failed)?.len();
        let mut members = BTreeMap::new();
        let mut end = 0;
        let mut archive = Archive::new(file);
        // Raw: a member that stands for something else, or for more bytes than the file has, is seen as what it is.
        for entry in archive.entries_with_seek().map_err(&failed)?.raw(true) {
            let entry = entry.map_err(|_| unreadable(length, members.is_empty()))?;
            let name = entry.path_bytes();
            let name = std::str::from_utf8(&name).ok().filter(|name| belongs(name));
            let name = name.ok_or_else(|| WayFault::Unknown(shown(&entry.path_bytes())))?.to_owned();
            if entry.header().entry_type() != EntryType::Regular {
                return Err(WayFault::NoPlainFile(name).into());
            }
            let (from, bytes) = (entry.raw_file_position(), entry.size());
            allow(&name, bytes)?;
            end = from.checked_add(bytes).ok_or(WayFault::CutShort)?.next_multiple_of(BLOCK_BYTES);
            if end > length {
                return Err(WayFault::CutShort.into());
            }
            if members.contains_key(MANIFEST) {
                return Err(WayFault::Unknown(name).into());
            }
            if members.insert(name.clone(), (from, bytes)).is_some() {
                return Err(WayFault::Twice(name).into());
            }
        }
        match (members.is_empty(), members.contains_key(MANIFEST), length.cmp(&end.saturating_add(END_BYTES))) {
            (true, ..) => Err(WayFault::NotABackup.into()),
            (_, false, _) | (_, _, std::cmp::Ordering::Less) => Err(WayFault::CutShort.into()),
            (_, _, std::cmp::Ordering::Greater) => Err(WayFault::Unknown("what follows the end".to_owned()).into()),
            (_, _, std::cmp::Ordering::Equal) => Ok(Self { file: archive.into_inner(), members }),
        }
    }

    /// The list, which names exactly the members that are there, each with its size.
    fn manifest(&mut self) -> Result<Manifest, LedgerError> {
        let mut bytes = Vec::new();
        self.content(MANIFEST)?.read_to_end(&mut bytes).map_err(fault(Path::new(MANIFEST), "read"))?;
        let manifest = Manifest::read(&bytes)?;
        if let Some(missing) = manifest.members.keys().find(|name| !self.members.contains_key(*name)) {
            return Err(WayFault::Missing(missing.clone()).into());
        }
        for (name, (_, bytes)) in self.members.iter().filter(|(name, _)| *name != MANIFEST) {
            match manifest.members.get(name) {
                None => return Err(WayFault::Unknown(name.clone()).into()),
                Some(member) if member.bytes != *bytes => return Err(WayFault::Altered(name.clone()).into()),
                Some(_) => {}
            }
        }
        for name in [RECORD, LEDGER] {
            if !manifest.members.contains_key(name) {
                return Err(WayFault::Missing(name.to_owned()).into());
            }
        }
        Ok(manifest)
    }

    /// Copies a member into a new file.
    fn copy(&mut self, name: &str, manifest: &Manifest, to: &Path) -> Result<(), LedgerError> {
        let mut file = create_new(to)?;
        let failed = fault(to, "written");
        let mut hasher = Sha256::new();
        let mut content = self.content(name)?;
        let mut buffer = vec![0; 1 << 16];
        loop {
            let count = content.read(&mut buffer).map_err(fault(Path::new(name), "read"))?;
            if count == 0 {
                break;
            }
            hasher.update(&buffer[..count]);
            file.write_all(&buffer[..count]).map_err(&failed)?;
        }
        file.sync_all().map_err(&failed)?;
        as_listed(name, manifest.members.get(name), &Digest::new(hasher.finalize().into()))
    }

    fn pictures(&mut self, manifest: &Manifest, pictures: &PictureStore, teller: &mut Teller<'_>) -> Result<(), LedgerError> {
        let prefix = format!("{PICTURES}/");
        teller.begin(Stage::Pictures, manifest.counts.pictures);
        for (name, member) in &manifest.members {
            let Some(digest) = name.strip_prefix(&prefix).and_then(|digest| digest.parse::<Digest>().ok()) else { continue };
            let mut sealed = Vec::new();
            self.content(name)?.read_to_end(&mut sealed).map_err(fault(Path::new(name), "read"))?;
            as_listed(name, Some(member), &crate::pictures::digest_of(&sealed))?;
            pictures.put_sealed(&digest, sealed)?;
            teller.one_more();
        }
        teller.end();
        Ok(())
    }

    fn content(&mut self, name: &str) -> Result<io::Take<&mut File>, LedgerError> {
        let (from, bytes) = *self.members.get(name).ok_or_else(|| WayFault::Missing(name.to_owned()))?;
        self.file.seek(SeekFrom::Start(from)).map_err(fault(Path::new(name), "read"))?;
        Ok(Read::by_ref(&mut self.file).take(bytes))
    }
}

fn as_listed(name: &str, listed: Option<&Member>, found: &Digest) -> Result<(), LedgerError> {
    match listed {
        Some(member) if member.sha256 == *found => Ok(()),
        _ => Err(WayFault::Altered(name.to_owned()).into()),
    }
}

/// Whether a backup has members of this name. It is a list of names, so that no name leads anywhere else.
fn belongs(name: &str) -> bool {
    let picture = name.strip_prefix(PICTURES).and_then(|rest| rest.strip_prefix('/'));
    [RECORD, LEDGER, MANIFEST].contains(&name) || picture.is_some_and(|name| name.parse::<Digest>().is_ok())
}

fn allow(name: &str, bytes: u64) -> Result<(), LedgerError> {
    let bytes_max = match name {
        MANIFEST => MANIFEST_BYTES_MAX,
        RECORD => RECORD_BYTES_MAX,
        // Copied piece by piece; the length of the file bounds it.
        LEDGER => u64::MAX,
        _ => PICTURE_BYTES_MAX,
    };
    if bytes > bytes_max { Err(WayFault::TooLarge { file: name.to_owned(), bytes, bytes_max }.into()) } else { Ok(()) }
}

/// What is no tar file is no backup; what stops being one further on was cut, or else damaged.
fn unreadable(length: u64, first: bool) -> LedgerError {
    match (first, length.is_multiple_of(BLOCK_BYTES)) {
        (true, _) => WayFault::NotABackup.into(),
        (_, false) => WayFault::CutShort.into(),
        _ => WayFault::Altered("a header of the backup".to_owned()).into(),
    }
}
