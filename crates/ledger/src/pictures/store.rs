//! Where the bytes of pictures are: sealed objects, each named by the SHA-256 of what it is when open.

use std::path::{Path as Folder, PathBuf};
use std::sync::Arc;
use std::thread;

use futures_executor::{block_on, block_on_stream};
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{Error, ObjectStore, ObjectStoreExt};
use resurface_care::chart::Digest;

use super::{PictureError, Prepared, Sealing, digest_of};
use crate::seal::SEALED_OVERHEAD_BYTES;

/// A store of sealed pictures. An object is at `ab/cdef…`, where `abcdef…` is the digest of the open bytes.
///
/// The calls wait until they are done. Each runs on a thread of its own, so they may come from anywhere, also from within
/// an asynchronous runtime. An object appears under its name whole or not at all, and is durable when a call returns.
#[derive(Clone, Debug)]
pub struct PictureStore {
    store: Arc<dyn ObjectStore>,
    /// The folder, if the store is one on this machine.
    folder: Option<PathBuf>,
}

impl PictureStore {
    /// The store in a folder that exists.
    ///
    /// # Errors
    ///
    /// [`PictureError::FolderMissing`] if it does not exist: it is never made here, because an empty folder in the place
    /// of a disk that is not connected must not be taken for the store.
    pub fn local(folder: &Folder) -> Result<Self, PictureError> {
        if !folder.is_dir() {
            return Err(PictureError::FolderMissing { place: folder.display().to_string() });
        }
        let place = || folder.display().to_string();
        let root = folder.canonicalize().map_err(|source| refused(place(), "opening it", source))?;
        let store = LocalFileSystem::new_with_prefix(&root).map_err(|source| refused(place(), "opening it", source))?;
        Ok(Self { store: Arc::new(store.with_fsync(true)), folder: Some(root) })
    }

    /// The store over any object store. One that needs an asynchronous runtime must bring it along.
    #[must_use]
    pub fn over(store: Arc<dyn ObjectStore>) -> Self {
        Self { store, folder: None }
    }

    /// Keeps the three sets of bytes of a picture.
    ///
    /// # Errors
    ///
    /// As [`put`](Self::put). What was kept before the error stays and does no harm.
    pub fn put_prepared(&self, picture: &Prepared, sealing: &dyn Sealing) -> Result<(), PictureError> {
        let named = [&picture.original, &picture.display, &picture.thumbnail];
        named.into_iter().try_for_each(|named| self.put(named.digest(), named.bytes(), sealing))
    }

    /// Keeps bytes under their digest. If they are kept already there is nothing to do; if what is kept is damaged, it is
    /// replaced.
    ///
    /// # Errors
    ///
    /// [`PictureError::WrongName`] if the digest is not theirs, [`PictureError::FolderMissing`] and
    /// [`PictureError::Unreachable`] if the store is gone or refuses, and those of the sealing.
    pub fn put(&self, name: &Digest, plain: &[u8], sealing: &dyn Sealing) -> Result<(), PictureError> {
        let found = digest_of(plain);
        if found != *name {
            return Err(PictureError::WrongName { name: *name, found });
        }
        match self.check(name, sealing) {
            Ok(()) => self.settle(name),
            Err(PictureError::Missing { .. } | PictureError::Damaged { .. }) => self.put_sealed(name, sealing.seal(name, plain)?),
            Err(error) => Err(error),
        }
    }

    /// The open bytes of this name.
    ///
    /// # Errors
    ///
    /// [`PictureError::Missing`] if nothing is kept under it, [`PictureError::Damaged`] if what is kept does not open to
    /// bytes of this digest, [`PictureError::KeyMissing`] if its key is not at hand, [`PictureError::FolderMissing`] and
    /// [`PictureError::Unreachable`] if the store cannot say.
    pub fn get(&self, name: &Digest, sealing: &dyn Sealing) -> Result<Vec<u8>, PictureError> {
        let plain = sealing.open(name, &self.sealed(name)?)?;
        if digest_of(&plain) == *name { Ok(plain) } else { Err(PictureError::Damaged { name: *name }) }
    }

    /// Whether something is kept under this name. It is not opened.
    ///
    /// # Errors
    ///
    /// [`PictureError::FolderMissing`] and [`PictureError::Unreachable`] if the store cannot say.
    pub fn holds(&self, name: &Digest) -> Result<bool, PictureError> {
        let path = path_of(name);
        match self.wait("looking", || block_on(self.store.head(&path)))? {
            Ok(_) => Ok(true),
            Err(Error::NotFound { .. }) => self.present().map(|()| false),
            Err(source) => Err(refused(self.place(), "looking", source)),
        }
    }

    /// That what is kept under this name opens to bytes of this digest.
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get).
    pub fn check(&self, name: &Digest, sealing: &dyn Sealing) -> Result<(), PictureError> {
        self.get(name, sealing).map(drop)
    }

    /// All names, in order, read as they are asked for: one of 256 parts of the store is in memory at a time. Files that
    /// are not objects of the store, such as those a broken write left behind, are passed over.
    ///
    /// # Errors
    ///
    /// [`PictureError::FolderMissing`] and [`PictureError::Unreachable`], at once or where the reading broke off.
    pub fn names(&self) -> Result<impl Iterator<Item = Result<Digest, PictureError>> + '_, PictureError> {
        self.present()?;
        Ok((0..=u8::MAX).flat_map(|part| match self.names_in(part) {
            Ok(names) => names.into_iter().map(Ok).collect(),
            Err(error) => vec![Err(error)],
        }))
    }

    /// Seals what is kept under this name anew. A reader finds the old or the new, never something between. It may be
    /// called again after it was broken off: what is sealed anew already stays as it is.
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get) with the old sealing, and those of the new sealing; then the old stays.
    pub fn replace_sealed(&self, name: &Digest, old: &dyn Sealing, new: &dyn Sealing) -> Result<(), PictureError> {
        match self.get(name, old) {
            Ok(plain) => self.put_sealed(name, new.seal(name, &plain)?),
            Err(error) => match self.check(name, new) {
                Ok(()) => self.settle(name),
                Err(_) => Err(error),
            },
        }
    }

    /// The sealed bytes of this name as they are kept, for a backup. They are not checked.
    ///
    /// # Errors
    ///
    /// [`PictureError::Missing`], [`PictureError::FolderMissing`] and [`PictureError::Unreachable`].
    pub fn sealed(&self, name: &Digest) -> Result<Vec<u8>, PictureError> {
        let path = path_of(name);
        let read = self.wait("reading", || block_on(async { self.store.get(&path).await?.bytes().await }))?;
        match read {
            Ok(bytes) => Ok(bytes.into()),
            Err(Error::NotFound { .. }) => {
                // A picture is only called missing by a store that is there.
                self.present()?;
                Err(PictureError::Missing { name: *name, place: self.place() })
            }
            Err(source) => Err(refused(self.place(), "reading", source)),
        }
    }

    /// The first of the sealed bytes of this name, which say by which key they are sealed.
    ///
    /// # Errors
    ///
    /// As [`sealed`](Self::sealed).
    pub fn sealed_start(&self, name: &Digest) -> Result<Vec<u8>, PictureError> {
        let path = path_of(name);
        let range = 0..SEALED_OVERHEAD_BYTES as u64;
        match self.wait("reading", || block_on(self.store.get_range(&path, range)))? {
            Ok(bytes) => Ok(bytes.into()),
            // Missing, or shorter than anything sealed: reading all of it says which.
            Err(_) => self.sealed(name),
        }
    }

    /// Keeps sealed bytes under this name, for a restore. What is kept under it already is replaced; nothing is checked.
    ///
    /// # Errors
    ///
    /// [`PictureError::FolderMissing`] and [`PictureError::Unreachable`]; then nothing of these bytes is kept.
    pub fn put_sealed(&self, name: &Digest, sealed: Vec<u8>) -> Result<(), PictureError> {
        // The object store would make the folder again wherever its path now leads.
        self.present()?;
        let path = path_of(name);
        let written = self.wait("writing", || block_on(self.store.put(&path, sealed.into())))?;
        written.map_err(|source| refused(self.place(), "writing", source))?;
        self.settle(name)
    }

    fn names_in(&self, part: u8) -> Result<Vec<Digest>, PictureError> {
        let prefix = Path::from(format!("{part:02x}"));
        let listed = self.wait("listing", || {
            let listed = block_on_stream(self.store.list(Some(&prefix)));
            listed.map(|object| object.map(|object| object.location)).collect::<Result<Vec<_>, _>>()
        })?;
        let listed = listed.map_err(|source| refused(self.place(), "listing", source))?;
        self.present()?;
        let mut names: Vec<Digest> = listed.iter().filter_map(name_of).collect();
        names.sort_unstable();
        Ok(names)
    }

    /// That the folder is there.
    fn present(&self) -> Result<(), PictureError> {
        match &self.folder {
            Some(folder) if !folder.is_dir() => Err(PictureError::FolderMissing { place: self.place() }),
            _ => Ok(()),
        }
    }

    /// Makes an object durable that may have come by another hand a moment ago. The object store does so for what it
    /// writes itself, but not for a part's folder that another writer is just making, nor for an object it finds.
    fn settle(&self, name: &Digest) -> Result<(), PictureError> {
        let Some(folder) = self.folder.as_ref().filter(|_| cfg!(unix)) else { return Ok(()) };
        let object = folder.join(path_of(name).as_ref());
        let part = object.parent().unwrap_or(folder);
        #[allow(clippy::disallowed_methods, reason = "a folder can only be made durable through its handle")]
        let sync = |place: &Folder| std::fs::File::open(place).and_then(|place| place.sync_all());
        let settled = [&*object, part, folder].into_iter().try_for_each(sync);
        settled.map_err(|source| refused(self.place(), "making a picture durable", source))
    }

    /// Does this on a thread of its own. There the object store finds no asynchronous runtime whose threads it would wait
    /// for, so the call cannot hang because they are all waiting for it.
    fn wait<T: Send>(&self, doing: &'static str, task: impl FnOnce() -> T + Send) -> Result<T, PictureError> {
        thread::scope(|scope| {
            let thread = thread::Builder::new().name(format!("pictures: {doing}")).spawn_scoped(scope, task);
            let thread = thread.map_err(|source| refused(self.place(), doing, source))?;
            thread.join().map_or_else(|panic| std::panic::resume_unwind(panic), Ok)
        })
    }

    fn place(&self) -> String {
        self.folder.as_ref().map_or_else(|| self.store.to_string(), |folder| folder.display().to_string())
    }
}

fn refused(place: String, doing: &'static str, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> PictureError {
    PictureError::Unreachable { place, doing, source: source.into() }
}

fn path_of(name: &Digest) -> Path {
    let name = name.to_string();
    let (part, rest) = name.split_at(2);
    Path::from_iter([part, rest])
}

fn name_of(path: &Path) -> Option<Digest> {
    let (part, rest) = path.as_ref().split_once('/').filter(|(part, _)| part.len() == 2)?;
    format!("{part}{rest}").parse().ok()
}
