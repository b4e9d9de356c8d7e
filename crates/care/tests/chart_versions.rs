//! Every version of every kind of entry that was ever written is still read, from bytes of that version.

#![expect(clippy::disallowed_methods, reason = "this test walks the folder of old entries")]

use std::collections::BTreeSet;
use std::path::PathBuf;

use resurface_care::chart::{Body, Kind};
use serde_json::Value;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/chart_versions")
}

fn name(kind: Kind, version: u16) -> String {
    format!("{}.v{version}.json", kind.word())
}

/// Every kind in every version from the first to today's, with its bytes.
fn versions() -> impl Iterator<Item = (Kind, u16, Vec<u8>)> {
    Kind::ALL.iter().flat_map(|kind| (1..=kind.version()).map(|version| (*kind, version, bytes(*kind, version))))
}

fn bytes(kind: Kind, version: u16) -> Vec<u8> {
    let name = name(kind, version);
    std::fs::read(folder().join(&name)).unwrap_or_else(|error| {
        panic!(
            "crates/care/tests/chart_versions/{name}: {error}. Every version of every kind needs a file with the fields that \
             it writes, every optional one filled (`Body::to_json` of an entry of version {version}). Charts hold such entries \
             for good, so a file of an older version stays when a kind gets a new one"
        )
    })
}

#[test]
fn every_version_of_every_kind_is_still_read() {
    for (kind, version, bytes) in versions() {
        match Body::read(kind.word(), version, &bytes) {
            Ok(body) => assert_eq!(body.kind(), kind),
            Err(error) => panic!("{}: {error}", name(kind, version)),
        }
    }
}

#[test]
fn an_entry_of_todays_version_is_written_as_it_was_read() {
    for (kind, version, bytes) in versions().filter(|(kind, version, _)| *version == kind.version()) {
        let body = Body::read(kind.word(), version, &bytes).unwrap();
        let read: Value = serde_json::from_slice(&bytes).unwrap();
        assert_eq!(body.to_json().unwrap(), read, "{}", name(kind, version));
        assert_eq!(serde_json::from_slice::<Value>(&body.to_bytes().unwrap()).unwrap(), read, "{}", name(kind, version));
    }
}

#[test]
fn the_folder_holds_nothing_else() {
    let expected: BTreeSet<String> =
        Kind::ALL.iter().flat_map(|kind| (1..=kind.version()).map(|version| name(*kind, version))).collect();
    let found = folder().read_dir().unwrap().map(|file| file.unwrap().file_name().to_string_lossy().into_owned());
    assert_eq!(found.collect::<BTreeSet<_>>(), expected);
}
