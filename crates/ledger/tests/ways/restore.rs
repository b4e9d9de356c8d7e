//! What a restore refuses: whatever is not, to the byte, what a clinic wrote.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use resurface_ledger::clinic::{Clinic, LedgerError, WayFault, backup_opens_with, restore};
use resurface_ledger::pictures::digest_of;
use resurface_ledger::seal::{Method, SealError, Secret};
use tar::{Archive, Builder, EntryType, Header};
use zeroize::Zeroizing;

use crate::house::{Around, a_clinic, key, nothing_is_left, place, silent};

/// A backup as a list of members that can be changed, and written again.
struct Members(Vec<(String, Vec<u8>)>);

impl Members {
    fn of(file: &Path) -> Self {
        let mut archive = Archive::new(fs::File::open(file).unwrap());
        let members = archive.entries().unwrap().map(|entry| {
            let mut entry = entry.unwrap();
            let name = entry.path().unwrap().display().to_string();
            let mut bytes = Vec::new();
            std::io::Read::read_to_end(&mut entry, &mut bytes).unwrap();
            (name, bytes)
        });
        Self(members.collect())
    }

    fn write(&self, file: &Path) {
        let mut builder = Builder::new(fs::File::create(file).unwrap());
        for (name, bytes) in &self.0 {
            append(&mut builder, name, EntryType::Regular, bytes);
        }
        builder.into_inner().unwrap();
    }

    fn bytes(&mut self, name: &str) -> &mut Vec<u8> {
        &mut self.0.iter_mut().find(|(member, _)| member == name).unwrap().1
    }
}

/// Writes a member with any name whatever, as a stranger could.
fn append(builder: &mut Builder<fs::File>, name: &str, kind: EntryType, bytes: &[u8]) {
    let mut header = Header::new_gnu();
    header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
    header.set_entry_type(kind);
    header.set_size(bytes.len() as u64);
    header.set_mode(0o600);
    header.set_cksum();
    builder.append(&header, bytes).unwrap();
}

/// A backup and a folder that is not there yet.
fn a_backup(name: &str) -> (PathBuf, PathBuf, Arc<Around>) {
    let place = place(name);
    let house = a_clinic(&place);
    house.backup(&place.join("one.backup"));
    (place.join("one.backup"), place.join("again"), house.around)
}

/// What is said of a file that is refused; nothing is left of the attempt.
fn refused(file: &Path, folder: &Path, around: &Arc<Around>) -> LedgerError {
    let Err(error) = restore(file, folder, &key(), around.clone(), &mut silent()) else { panic!("it was restored") };
    nothing_is_left(folder);
    error
}

fn refused_way(file: &Path, folder: &Path, around: &Arc<Around>) -> WayFault {
    match refused(file, folder, around) {
        LedgerError::Way(fault) => fault,
        other => panic!("{other}"),
    }
}

#[test]
fn a_backup_says_what_opens_it_before_it_is_opened() {
    let (file, _, _) = a_backup("opens-with");
    assert_eq!(backup_opens_with(&file).unwrap(), Method::KeyFile);
    let text = file.with_extension("text");
    fs::write(&text, "a letter").unwrap();
    assert!(matches!(backup_opens_with(&text), Err(LedgerError::Way(WayFault::NotABackup))));
    let mut members = Members::of(&file);
    members.bytes("clinic.json").clear();
    members.write(&text);
    assert!(matches!(backup_opens_with(&text), Err(LedgerError::Record { .. })));
}

#[test]
fn every_member_that_was_changed_left_out_or_added_is_named() {
    let (file, folder, around) = a_backup("changed-members");
    let changed = file.with_extension("changed");
    let names: Vec<String> = Members::of(&file).0.into_iter().map(|(name, _)| name).collect();
    assert_eq!(names.len(), 6, "{names:?}");
    for name in names.iter().filter(|name| *name != "backup.json") {
        let mut members = Members::of(&file);
        let middle = members.bytes(name).len() / 2;
        members.bytes(name)[middle] ^= 1;
        members.write(&changed);
        assert_eq!(refused_way(&changed, &folder, &around), WayFault::Altered(name.clone()));

        let mut members = Members::of(&file);
        members.0.retain(|(member, _)| member != name);
        members.write(&changed);
        assert_eq!(refused_way(&changed, &folder, &around), WayFault::Missing(name.clone()));

        let mut members = Members::of(&file);
        let twice = (name.clone(), members.bytes(name).clone());
        members.0.insert(0, twice);
        members.write(&changed);
        assert_eq!(refused_way(&changed, &folder, &around), WayFault::Twice(name.clone()));
    }
    let mut members = Members::of(&file);
    let more = format!("pictures/{}", "ab".repeat(32));
    members.0.insert(0, (more.clone(), b"more".to_vec()));
    members.write(&changed);
    assert_eq!(refused_way(&changed, &folder, &around), WayFault::Unknown(more));
}

#[test]
fn a_list_that_the_clinic_did_not_write_is_refused_even_when_it_fits() {
    let (file, folder, around) = a_backup("forged-list");
    let mut members = Members::of(&file);
    let name = members.0.iter().find(|(name, _)| name.starts_with("pictures/")).unwrap().0.clone();
    let old = digest_of(members.bytes(&name)).to_string();
    members.bytes(&name)[50] ^= 1;
    let new = digest_of(members.bytes(&name)).to_string();
    let list = String::from_utf8(members.bytes("backup.json").clone()).unwrap();
    assert!(list.contains(&old));
    *members.bytes("backup.json") = list.replace(&old, &new).into_bytes();
    let forged = file.with_extension("forged");
    members.write(&forged);
    assert_eq!(refused_way(&forged, &folder, &around), WayFault::Forged);
}

#[test]
fn a_backup_that_ends_too_early_is_refused_wherever_it_ends() {
    let (file, folder, around) = a_backup("cut-short");
    let whole = fs::read(&file).unwrap();
    let cut = file.with_extension("cut");
    for bytes in (0..whole.len()).step_by(whole.len() / 60).chain([whole.len() - 512, whole.len() - 1]) {
        fs::write(&cut, &whole[..bytes]).unwrap();
        let fault = refused_way(&cut, &folder, &around);
        assert!(matches!(fault, WayFault::CutShort | WayFault::NotABackup), "at {bytes}: {fault}");
    }
    fs::write(&cut, [&whole[..], &[0; 512]].concat()).unwrap();
    assert!(matches!(refused_way(&cut, &folder, &around), WayFault::Unknown(_)));
}

#[test]
fn a_byte_that_was_changed_anywhere_is_found() {
    let (file, folder, around) = a_backup("any-byte");
    let whole = fs::read(&file).unwrap();
    let changed = file.with_extension("changed");
    // Where each member begins: a header, then content. What fills the last block of a member means nothing.
    let mut meaningful = vec![false; whole.len()];
    for entry in Archive::new(&whole[..]).entries().unwrap() {
        let entry = entry.unwrap();
        let (header, content) = (entry.raw_header_position() as usize, entry.raw_file_position() as usize);
        meaningful[header..header + 500].fill(true);
        meaningful[content..content + entry.size() as usize].fill(true);
    }
    for at in (0..whole.len()).step_by((whole.len() / 150) | 1).filter(|at| meaningful[*at]) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x20;
        fs::write(&changed, bytes).unwrap();
        refused(&changed, &folder, &around);
    }
}

#[test]
fn a_member_that_leads_elsewhere_or_is_no_plain_file_is_refused() {
    let (file, folder, around) = a_backup("leading-elsewhere");
    let strange = file.with_extension("strange");
    for name in ["../outside", "/etc/passwd", "pictures/../../outside", "pictures/", "pictures/x", "CLINIC.JSON", "./clinic.json"]
    {
        let mut builder = Builder::new(fs::File::create(&strange).unwrap());
        append(&mut builder, name, EntryType::Regular, b"x");
        builder.into_inner().unwrap();
        assert!(matches!(refused_way(&strange, &folder, &around), WayFault::Unknown(_)), "{name}");
    }
    let kinds = [EntryType::Symlink, EntryType::Link, EntryType::Directory, EntryType::GNUSparse, EntryType::Fifo];
    for kind in kinds.into_iter().chain([EntryType::XHeader, EntryType::GNULongName]) {
        let mut builder = Builder::new(fs::File::create(&strange).unwrap());
        append(&mut builder, "clinic.json", kind, b"");
        builder.into_inner().unwrap();
        assert_eq!(refused_way(&strange, &folder, &around), WayFault::NoPlainFile("clinic.json".to_owned()), "{kind:?}");
    }
}

#[test]
fn a_member_that_claims_to_be_huge_is_refused_before_it_is_read() {
    let (file, folder, around) = a_backup("huge");
    let huge = file.with_extension("huge");
    let picture = format!("pictures/{}", "ab".repeat(32));
    for name in ["backup.json", "clinic.json", picture.as_str(), "ledger.sqlite"] {
        let bytes = 1 << 40;
        let mut header = Header::new_gnu();
        header.set_path(name).unwrap();
        header.set_entry_type(EntryType::Regular);
        header.set_size(bytes);
        header.set_cksum();
        fs::write(&huge, header.as_bytes()).unwrap();
        let fault = refused_way(&huge, &folder, &around);
        match fault {
            // The ledger is copied piece by piece: what bounds it is the length of the file.
            WayFault::CutShort => assert_eq!(name, "ledger.sqlite"),
            WayFault::TooLarge { file, bytes: said, .. } => assert_eq!((file.as_str(), said), (name, bytes)),
            other => panic!("{name}: {other}"),
        }
    }
}

#[test]
fn what_is_no_backup_is_called_so() {
    let (file, folder, around) = a_backup("foreign");
    let foreign = file.with_extension("foreign");
    for bytes in [&b""[..], b"a letter", &[0; 4096], &[0xFF; 4096]] {
        fs::write(&foreign, bytes).unwrap();
        assert_eq!(refused_way(&foreign, &folder, &around), WayFault::NotABackup);
    }
    Members(vec![("backup.json".to_owned(), b"{\"schema\":\"resurface.backup/9\"}".to_vec())]).write(&foreign);
    assert_eq!(refused_way(&foreign, &folder, &around), WayFault::TooNew("resurface.backup/9".to_owned()));
    assert!(restore(&file.with_extension("nothing"), &folder, &key(), around, &mut silent()).is_err());
}

#[test]
fn another_secret_opens_nothing_and_leaves_nothing() {
    let (file, folder, around) = a_backup("wrong-secret");
    let wrong = Secret::KeyFile(Zeroizing::new([8; 32]));
    let Err(error) = restore(&file, &folder, &wrong, around, &mut silent()) else { panic!("it was restored") };
    assert!(matches!(error, LedgerError::Seal(SealError::WrongSecret { .. })), "{error}");
    nothing_is_left(&folder);
}

#[test]
fn a_folder_that_holds_something_is_not_touched_and_an_empty_one_is_used() {
    let (file, folder, around) = a_backup("folders");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("mine"), "mine").unwrap();
    let Err(error) = restore(&file, &folder, &key(), around.clone(), &mut silent()) else { panic!("it was restored") };
    assert!(matches!(error, LedgerError::FolderNotEmpty));
    assert_eq!(fs::read_to_string(folder.join("mine")).unwrap(), "mine");
    let original = file.with_file_name("clinic");
    assert!(matches!(restore(&file, &original, &key(), around.clone(), &mut silent()), Err(LedgerError::FolderNotEmpty)));

    fs::remove_file(folder.join("mine")).unwrap();
    restore(&file, &folder, &key(), around.clone(), &mut silent()).unwrap();
    Clinic::open(&folder, &key(), around).unwrap();
}

#[test]
fn what_an_earlier_attempt_left_behind_is_named_and_not_removed() {
    let (file, folder, around) = a_backup("left-behind");
    let left = folder.with_file_name("again.partial");
    fs::create_dir(&left).unwrap();
    fs::write(left.join("something"), "x").unwrap();
    let Err(LedgerError::Way(WayFault::LeftBehind(named))) = restore(&file, &folder, &key(), around, &mut silent()) else {
        panic!("it was not refused")
    };
    assert!(named.ends_with("again.partial"), "{named}");
    assert!(left.join("something").exists());
}
