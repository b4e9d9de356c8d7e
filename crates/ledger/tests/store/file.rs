//! What a SQLite file promises on top of what every back end does.

use std::collections::BTreeSet;
use std::io::{Seek as _, SeekFrom, Write as _};
use std::path::Path;
use std::sync::mpsc;

use resurface_ledger::store::{Sqlite, Store, StoreError};
use rusqlite::Connection;

use crate::contents::contents;
use crate::folder::Folder;
use crate::rows::{append, id};
use crate::sound::sound;

/// The error of a file that is not opened.
fn refusal(file: &Path) -> StoreError {
    Sqlite::open(file).map(|_| ()).unwrap_err()
}

fn bytes(file: &Path) -> Vec<u8> {
    std::fs::read(file).unwrap()
}

#[test]
fn the_file_itself_refuses_to_change_or_remove_what_was_written() {
    let folder = Folder::new("the_file_itself_refuses");
    let store = folder.open();
    (0..4).for_each(|at| append(&store, id(1), id(100 + at)).unwrap());
    let before = contents(&store);
    let raw = Connection::open(folder.file()).unwrap();
    for statement in [
        "UPDATE entries SET hash = x'00'",
        "UPDATE entries SET kind = 'x' WHERE seq = 2",
        "UPDATE entries SET sealed = x'', at_us = 0",
        "UPDATE entries SET rowid = rowid + 100",
        "UPDATE OR REPLACE entries SET rowid = 1 WHERE rowid = 2",
        "UPDATE OR REPLACE entries SET seq = 1 WHERE seq = 2",
        "DELETE FROM entries",
        "DELETE FROM entries WHERE seq = 4",
        "REPLACE INTO entries SELECT stream, seq, x'01', kind, version, author, at_us, hash, sealed FROM entries WHERE seq = 2",
        "REPLACE INTO entries SELECT stream, 9, id, kind, version, author, at_us, hash, sealed FROM entries WHERE seq = 2",
        "REPLACE INTO entries (rowid, stream, seq, id, kind, version, author, at_us, hash, sealed)
         SELECT 1, stream, 9, x'01', kind, version, author, at_us, hash, sealed FROM entries WHERE seq = 2",
        "UPDATE access SET hash = x'00'",
        "UPDATE access SET at_us = 0 WHERE seq = 2",
        "UPDATE access SET sealed = x'', content = x''",
        "UPDATE access SET seq = seq + 100",
        "UPDATE access SET rowid = rowid + 100",
        "UPDATE OR REPLACE access SET rowid = 1 WHERE seq = 2",
        "DELETE FROM access",
        "DELETE FROM access WHERE seq = 4",
        "REPLACE INTO access SELECT seq, id, 0, content, hash, sealed FROM access WHERE seq = 2",
        "INSERT INTO access SELECT 6, id, at_us, content, hash, sealed FROM access WHERE seq = 2",
        "INSERT INTO access SELECT 0, id, at_us, content, hash, sealed FROM access WHERE seq = 2",
        "INSERT INTO access SELECT NULL, id, at_us, content, hash, sealed FROM access WHERE seq = 2",
    ] {
        let error = raw.execute(statement, []).expect_err(statement).to_string();
        assert!(error.contains("an entry is never") || error.contains("the access log"), "{statement}: {error}");
    }
    assert_eq!(contents(&store), before);
}

#[test]
fn a_file_of_another_program_is_refused_and_left_as_it_was() {
    let folder = Folder::new("a_file_of_another_program");
    for (name, mark) in
        [("marked.db", "PRAGMA application_id = 7"), ("unmarked.db", ""), ("numbered.db", "PRAGMA user_version = 1")]
    {
        let file = folder.path().join(name);
        let other = Connection::open(&file).unwrap();
        other.execute_batch(&format!("CREATE TABLE theirs (x); {mark}")).unwrap();
        other.close().unwrap();
        let before = bytes(&file);

        let error = refusal(&file);

        assert!(matches!(&error, StoreError::Damaged(why) if why.contains("another program")), "{name}: {error}");
        assert!(bytes(&file) == before, "{name} is as it was");
    }
}

#[test]
fn a_file_of_a_later_layout_is_refused_and_left_as_it_was() {
    let folder = Folder::new("a_file_of_a_later_layout");
    drop(folder.open());
    let later = Connection::open(folder.file()).unwrap();
    later.pragma_update(None, "user_version", 2).unwrap();
    later.close().unwrap();
    let before = bytes(&folder.file());

    let error = refusal(&folder.file());

    assert_eq!(error, StoreError::TooNew { found: 2, known: 1 });
    assert!(error.to_string().ends_with("use a later version of the program"), "{error}");
    assert!(bytes(&folder.file()) == before, "it is as it was");
}

#[test]
fn a_file_that_is_no_database_is_damaged() {
    let folder = Folder::new("a_file_that_is_no_database");
    std::fs::write(folder.file(), b"the patient's notes, as text, ".repeat(400)).unwrap();
    let error = refusal(&folder.file());
    assert_eq!(error, StoreError::Damaged("the file is no SQLite database".to_owned()));
    assert!(error.to_string().contains("restore the latest backup"), "{error}");
}

#[test]
fn a_file_that_was_cut_off_is_damaged() {
    let folder = Folder::new("a_file_that_was_cut_off");
    let store = folder.open();
    (0..40).for_each(|at| append(&store, id(1), id(100 + at)).unwrap());
    drop(store);
    let whole = bytes(&folder.file());
    for kept in [whole.len() - 4096, whole.len() / 2, 4096, 600] {
        std::fs::write(folder.file(), &whole[..kept]).unwrap();
        let error = refusal(&folder.file());
        assert!(matches!(error, StoreError::Damaged(_)), "{kept} bytes kept: {error}");
    }
    std::fs::write(folder.file(), &whole).unwrap();
    assert_eq!(sound(&folder.open()).len(), 40, "whole again");
}

#[test]
fn a_page_of_garbage_is_damaged_for_who_reads_it() {
    let folder = Folder::new("a_page_of_garbage");
    let store = folder.open();
    (0..40).for_each(|at| append(&store, id(1), id(100 + at)).unwrap());
    drop(store);
    let raw = Connection::open(folder.file()).unwrap();
    let root = "SELECT rootpage FROM sqlite_schema WHERE name = 'entries'";
    let page: u32 = raw.query_row(root, [], |row| row.get(0)).unwrap();
    raw.close().unwrap();
    let mut file = std::fs::OpenOptions::new().write(true).open(folder.file()).unwrap();
    file.seek(SeekFrom::Start(u64::from(page - 1) * 4096)).unwrap();
    file.write_all(&[0xAB; 4096]).unwrap();
    drop(file);

    let store = folder.open();
    let damaged = |error: StoreError| assert!(matches!(error, StoreError::Damaged(_)), "{error}");
    damaged(store.entry(id(100)).unwrap_err());
    damaged(store.stream(id(1), 0).unwrap_err());
    damaged(append(&store, id(2), id(200)).unwrap_err());
    assert_eq!(store.head(id(1)).unwrap().unwrap().seq, 40, "what is whole can still be read");
}

#[test]
fn a_row_of_a_form_that_is_not_ours_is_damaged_and_not_repeated_in_words() {
    let folder = Folder::new("a_row_of_a_form_that_is_not_ours");
    let store = folder.open();
    let raw = Connection::open(folder.file()).unwrap();
    raw.execute("INSERT INTO heads (stream, seq, hash, summary) VALUES (?1, 1, x'5EC3', x'')", [id(1).as_bytes()]).unwrap();
    let error = store.head(id(1)).unwrap_err();
    assert!(matches!(error, StoreError::Damaged(_)), "{error}");
    assert!(!error.to_string().to_lowercase().contains("5ec3"), "{error}");
}

#[test]
fn a_folder_that_is_not_there_is_said() {
    let folder = Folder::new("a_folder_that_is_not_there");
    let error = refusal(&folder.path().join("nowhere").join("ledger.db"));
    assert!(matches!(error, StoreError::Unreachable(_)), "{error}");
}

#[test]
fn the_log_is_written_ahead() {
    let folder = Folder::new("the_log_is_written_ahead");
    let _store = folder.open();
    let raw = Connection::open(folder.file()).unwrap();
    let mode: String = raw.pragma_query_value(None, "journal_mode", |row| row.get(0)).unwrap();
    assert_eq!(mode, "wal");
}

#[test]
fn many_may_open_a_new_file_at_once() {
    for round in 0..10 {
        let folder = Folder::new(&format!("many_may_open_{round}"));
        std::thread::scope(|threads| {
            for thread in 0..8 {
                let folder = &folder;
                threads.spawn(move || append(&folder.open(), id(1), id(thread)).unwrap());
            }
        });
        assert_eq!(sound(&folder.open()).len(), 8);
    }
}

#[test]
fn a_copy_made_while_others_write_is_whole() {
    let folder = Folder::new("a_copy_made_while_others_write");
    let store = folder.open();
    let (acknowledged, seen) = mpsc::channel();
    std::thread::scope(|threads| {
        let store = &store;
        for thread in 0..4 {
            let acknowledged = acknowledged.clone();
            // Each writes until nobody asks any longer.
            threads.spawn(move || {
                for at in 0.. {
                    append(store, id(1000 + thread % 3), id(thread * 100_000 + at)).unwrap();
                    if acknowledged.send(id(thread * 100_000 + at)).is_err() {
                        break;
                    }
                }
            });
        }
        let mut known = BTreeSet::new();
        for nth in 0..5 {
            known.extend(seen.iter().take(40));
            let file = folder.path().join(format!("copy-{nth}.db"));
            store.copy_to(&file).unwrap();
            let copied = sound(&Sqlite::open(&file).unwrap());
            assert!(copied.is_superset(&known), "what was acknowledged before the copy began is in it");
            known.extend(seen.try_iter());
        }
        drop(seen);
    });
    sound(&store);
}

#[test]
fn a_copy_says_the_same_and_never_replaces_a_file() {
    let folder = Folder::new("a_copy_says_the_same");
    let store = folder.open();
    (0..30).for_each(|at| append(&store, id(1000 - at % 4), id(at)).unwrap());
    let file = folder.path().join("copy.db");
    store.copy_to(&file).unwrap();
    let copied = Sqlite::open(&file).unwrap();
    assert_eq!(contents(&copied), contents(&store));

    let error = store.copy_to(&file).unwrap_err();

    assert!(matches!(error, StoreError::Unreachable(_)), "{error}");
    assert_eq!(contents(&copied), contents(&store));
    append(&store, id(1), id(999)).unwrap();
    assert_eq!(sound(&store).len(), 31, "a refused copy leaves the store as it was");
}

#[test]
fn a_batch_too_large_for_the_disk_does_not_harm_the_others() {
    let folder = Folder::new("a_batch_too_large");
    let store = Sqlite::open_limited(&folder.file(), 600).unwrap();
    std::thread::scope(|threads| {
        for thread in 0..8 {
            let store = &store;
            threads.spawn(move || {
                for at in 0..10 {
                    append(store, id(thread), id(1000 + thread * 100 + at)).unwrap();
                    let mut huge = crate::rows::appended(id(5000 + thread), None, id(9000 + thread));
                    huge.entries[0].sealed = vec![0; 4 << 20];
                    assert_eq!(store.commit(huge), Err(StoreError::Full));
                }
            });
        }
    });
    assert_eq!(sound(&store).len(), 80);
}
