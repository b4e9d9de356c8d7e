#![allow(clippy::disallowed_methods, reason = "what is on the disk is looked at, and damaged, behind the store's back")]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use object_store::memory::InMemory;
use resurface_care::chart::Digest;

use super::files::{four_corners, png};
use crate::pictures::{Limits, PictureError, PictureStore, Sealing, digest_of, prepare};

/// A folder that is gone after the test.
struct Disk(PathBuf);

impl Disk {
    fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("resurface-pictures-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let folder = std::env::temp_dir().join(name);
        fs::create_dir(&folder).unwrap();
        Self(folder)
    }

    fn store(&self) -> PictureStore {
        PictureStore::local(&self.0).unwrap()
    }

    fn object(&self, name: &Digest) -> PathBuf {
        let name = name.to_string();
        self.0.join(&name[..2]).join(&name[2..])
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A seal that any child can break, with the key in front.
struct Toy(u8);

impl Sealing for Toy {
    fn seal(&self, _: &Digest, plain: &[u8]) -> Result<Vec<u8>, PictureError> {
        Ok([self.0].into_iter().chain(plain.iter().map(|byte| byte ^ self.0)).collect())
    }

    fn open(&self, name: &Digest, sealed: &[u8]) -> Result<Vec<u8>, PictureError> {
        match sealed.split_first() {
            Some((key, sealed)) if *key == self.0 => Ok(sealed.iter().map(|byte| byte ^ self.0).collect()),
            Some(_) => Err(PictureError::KeyMissing { name: *name }),
            None => Err(PictureError::Damaged { name: *name }),
        }
    }
}

const KEY: Toy = Toy(0x5A);

fn names(store: &PictureStore) -> Vec<Digest> {
    store.names().unwrap().map(Result::unwrap).collect()
}

fn files_under(folder: &Path) -> usize {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.map(|path| if path.is_dir() { files_under(&path) } else { 1 }).sum()
}

#[test]
fn a_picture_is_kept_sealed_and_comes_back_as_it_was() {
    let disk = Disk::new();
    let picture = prepare(&png(&four_corners(40, 30), None), &Limits::default()).unwrap();

    disk.store().put_prepared(&picture, &KEY).unwrap();

    // Another store over the same folder finds all three, and nothing on the disk is open.
    let store = disk.store();
    let mut expected = [&picture.original, &picture.display, &picture.thumbnail].map(|named| *named.digest()).to_vec();
    expected.sort_unstable();
    expected.dedup();
    assert_eq!(names(&store), expected);
    for named in [&picture.original, &picture.display, &picture.thumbnail] {
        assert_eq!(store.get(named.digest(), &KEY).unwrap(), named.bytes());
        assert_ne!(fs::read(disk.object(named.digest())).unwrap(), named.bytes());
    }
}

#[test]
fn keeping_a_picture_twice_changes_nothing() {
    let disk = Disk::new();
    let (store, name) = (disk.store(), digest_of(b"a face"));
    store.put(&name, b"a face", &KEY).unwrap();
    let first = fs::metadata(disk.object(&name)).unwrap().modified().unwrap();

    store.put(&name, b"a face", &KEY).unwrap();

    assert_eq!(fs::metadata(disk.object(&name)).unwrap().modified().unwrap(), first);
    assert_eq!(names(&store), [name]);
}

#[test]
fn bytes_are_only_kept_under_their_own_name() {
    let disk = Disk::new();
    let error = disk.store().put(&digest_of(b"a face"), b"another", &KEY).unwrap_err();
    assert!(matches!(error, PictureError::WrongName { .. }));
    assert_eq!(files_under(&disk.0), 0);
}

#[test]
fn a_missing_picture_a_damaged_one_and_a_missing_key_are_told_apart_by_name() {
    let disk = Disk::new();
    let (store, name, other) = (disk.store(), digest_of(b"a face"), digest_of(b"never kept"));
    store.put(&name, b"a face", &KEY).unwrap();

    assert!(matches!(store.check(&other, &KEY), Err(PictureError::Missing { name, .. }) if name == other));
    assert!(matches!(store.check(&name, &Toy(1)), Err(PictureError::KeyMissing { .. })));

    // When one bit turns over on the disk, or the object loses its content.
    let sound = fs::read(disk.object(&name)).unwrap();
    for damaged in [[&sound[..3], &[sound[3] ^ 1], &sound[4..]].concat(), sound[..2].to_vec(), Vec::new()] {
        fs::write(disk.object(&name), damaged).unwrap();
        let error = store.get(&name, &KEY).unwrap_err();
        assert!(matches!(error, PictureError::Damaged { .. }));
        assert_eq!(error.to_string(), format!("what is kept as picture {name} is damaged: restore it from a backup"));

        // Then keeping the picture again mends it.
        store.put(&name, b"a face", &KEY).unwrap();
        store.check(&name, &KEY).unwrap();
    }
}

#[test]
fn a_picture_whose_key_is_missing_is_not_written_over() {
    let disk = Disk::new();
    let (store, name) = (disk.store(), digest_of(b"a face"));
    store.put(&name, b"a face", &KEY).unwrap();
    assert!(matches!(store.put(&name, b"a face", &Toy(1)), Err(PictureError::KeyMissing { .. })));
    store.check(&name, &KEY).unwrap();
}

#[test]
fn a_store_whose_folder_has_vanished_says_so_and_makes_no_other() {
    let disk = Disk::new();
    let (store, name) = (disk.store(), digest_of(b"a face"));
    store.put(&name, b"a face", &KEY).unwrap();
    fs::remove_dir_all(&disk.0).unwrap();

    let gone = |error: PictureError| matches!(error, PictureError::FolderMissing { .. });
    assert!(gone(store.put(&name, b"a face", &KEY).unwrap_err()));
    assert!(gone(store.put_sealed(&name, vec![1]).unwrap_err()));
    assert!(gone(store.get(&name, &KEY).unwrap_err()), "a picture is not missing because its disk is");
    assert!(gone(store.names().map(drop).unwrap_err()));
    assert!(gone(PictureStore::local(&disk.0).unwrap_err()));
    assert!(!disk.0.exists());
}

#[test]
fn a_folder_that_vanishes_while_names_are_read_does_not_look_empty() {
    let disk = Disk::new();
    let store = disk.store();
    store.put(&digest_of(b"a face"), b"a face", &KEY).unwrap();
    let mut names = store.names().unwrap();
    fs::remove_dir_all(&disk.0).unwrap();
    assert!(matches!(names.next(), Some(Err(PictureError::FolderMissing { .. }))));
}

#[test]
fn a_write_that_fails_leaves_nothing_under_its_name() {
    let disk = Disk::new();
    let (store, name) = (disk.store(), digest_of(b"a face"));

    // Given a folder in the way of the object: the bytes can be written but not moved to their name.
    fs::create_dir_all(disk.object(&name).join("in the way")).unwrap();
    let error = store.put(&name, b"a face", &KEY).unwrap_err();
    assert!(matches!(error, PictureError::Unreachable { doing: "writing", .. }), "{error}");
    assert!(error.to_string().contains(disk.0.to_str().unwrap()));
    assert!(matches!(store.get(&name, &KEY), Err(PictureError::Missing { .. })));
    assert_eq!((names(&store), files_under(&disk.0)), (vec![], 0));

    // Given a file in the way of its folder: nothing can be written at all.
    let part = disk.object(&name).parent().unwrap().to_owned();
    fs::remove_dir_all(&part).unwrap();
    fs::write(&part, b"in the way").unwrap();
    let error = store.put(&name, b"a face", &KEY).unwrap_err();
    assert!(matches!(error, PictureError::Unreachable { .. }), "{error}");
    assert_eq!(fs::read(&part).unwrap(), b"in the way");

    // When the way is free again, it works.
    fs::remove_file(&part).unwrap();
    store.put(&name, b"a face", &KEY).unwrap();
    assert_eq!(names(&store), [name]);
}

#[test]
fn names_come_in_order_and_strangers_are_passed_over() {
    let disk = Disk::new();
    let store = disk.store();
    let mut expected: Vec<Digest> = (0..40_u8).map(|face| digest_of(&[face])).collect();
    (0..40_u8).for_each(|face| store.put(&digest_of(&[face]), &[face], &KEY).unwrap());
    expected.sort_unstable();

    // Given what a broken write leaves behind, and what people put into folders.
    fs::write(format!("{}#1", disk.object(&expected[0]).display()), b"half").unwrap();
    fs::write(disk.0.join("README"), b"pictures").unwrap();
    fs::write(disk.object(&expected[1]).with_file_name("note"), b"pictures").unwrap();

    assert_eq!(names(&store), expected);
}

#[test]
fn a_new_key_opens_what_the_old_one_closed_and_the_change_can_be_resumed() {
    let disk = Disk::new();
    let (store, new) = (disk.store(), Toy(0x33));
    let faces = [b"one", b"two"].map(|face| (digest_of(face), face));
    faces.iter().for_each(|(name, face)| store.put(name, *face, &KEY).unwrap());

    // Given a change of keys that was broken off after one picture, when it is done again for all.
    store.replace_sealed(&faces[0].0, &KEY, &new).unwrap();
    faces.iter().for_each(|(name, _)| store.replace_sealed(name, &KEY, &new).unwrap());

    for (name, face) in &faces {
        assert_eq!(store.get(name, &new).unwrap(), *face);
        assert!(store.get(name, &KEY).is_err());
    }
    let error = store.replace_sealed(&faces[0].0, &KEY, &Toy(1)).unwrap_err();
    assert!(matches!(error, PictureError::KeyMissing { .. }));
    store.check(&faces[0].0, &new).unwrap();
}

#[test]
fn sealed_bytes_go_to_a_backup_and_come_back_without_a_key() {
    let (disk, name) = (Disk::new(), digest_of(b"a face"));
    let store = disk.store();
    store.put(&name, b"a face", &KEY).unwrap();

    let restored = PictureStore::over(Arc::new(InMemory::new()));
    for name in store.names().unwrap().map(Result::unwrap) {
        restored.put_sealed(&name, store.sealed(&name).unwrap()).unwrap();
    }

    assert_eq!(names(&restored), [name]);
    assert_eq!(restored.get(&name, &KEY).unwrap(), b"a face");
    assert!(matches!(restored.sealed(&digest_of(b"other")), Err(PictureError::Missing { .. })));
}

#[test]
fn a_call_may_come_from_within_another_executor() {
    let (disk, name) = (Disk::new(), digest_of(b"a face"));
    let store = disk.store();
    futures_executor::block_on(async {
        store.put(&name, b"a face", &KEY).unwrap();
        assert_eq!(names(&store), [name]);
    });
}

#[test]
fn many_hands_may_keep_the_same_picture_at_once() {
    let (disk, name) = (Disk::new(), digest_of(b"a face"));
    let store = disk.store();
    std::thread::scope(|scope| {
        (0..8).for_each(|_| drop(scope.spawn(|| store.put(&name, b"a face", &KEY).unwrap())));
    });
    store.check(&name, &KEY).unwrap();
    assert_eq!(files_under(&disk.0), 1);
}
