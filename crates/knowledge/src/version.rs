use std::fmt;
use std::fmt::Write as _;

use serde::{Serialize, Serializer};
use sha2::{Digest as _, Sha256};

use crate::Files;

/// Which knowledge an answer rests on: a hash of every file's name and text. Same files, same version.
///
/// Shown as its first 12 hexadecimal characters, written to JSON in full.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version(String);

impl Version {
    /// The version of these files (SHA-256; names and texts are told apart by their lengths).
    #[must_use]
    pub fn of(files: &Files) -> Self {
        let mut hash = Sha256::new();
        for (name, text) in files.iter() {
            for part in [name, text] {
                hash.update((part.len() as u64).to_be_bytes());
                hash.update(part);
            }
        }
        Self(hex(&hash.finalize()))
    }

    /// All 64 hexadecimal characters.
    #[must_use]
    pub fn full(&self) -> &str {
        &self.0
    }
}

/// The hash of one text (SHA-256), as 64 hexadecimal characters.
pub(crate) fn hash(text: &str) -> String {
    hex(&Sha256::digest(text))
}

fn hex(bytes: &[u8]) -> String {
    let mut hex = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        // Writing to a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}

impl fmt::Display for Version {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.0.get(..12).unwrap_or(&self.0))
    }
}

impl fmt::Debug for Version {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Version({self})")
    }
}

impl Serialize for Version {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}
