use std::io::{Cursor, Read as _};

use md5::{Digest as _, Md5};
use zip::ZipArchive;
use zip::result::ZipError;

use super::FORMAT;
use crate::Error;
use crate::limits::{DESCRIPTION_BYTES_MAX, UNPACKED_BYTES_FREE, UNPACKED_TIMES_MAX};

const DESCRIPTION: &str = "main.xml";

/// The archive, and the folder in which its files lie.
pub(super) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    folder: String,
}

impl<'a> Archive<'a> {
    /// Opens an archive: its description is at the top, or in the only folder that has one.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Error> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
        let mut folders: Vec<String> = zip
            .file_names()
            .filter_map(|name| name.ok()?.strip_suffix(DESCRIPTION).map(str::to_owned))
            .filter(|folder| folder.is_empty() || folder.ends_with('/'))
            .collect();
        folders.sort_by_key(String::len);
        let folder = folders.into_iter().next().ok_or_else(|| Error::PartMissing { name: DESCRIPTION.to_owned() })?;
        Ok(Self { zip, folder })
    }

    pub(super) fn description(&mut self) -> Result<Vec<u8>, Error> {
        let name = format!("{}{DESCRIPTION}", self.folder);
        self.unpack(&name, DESCRIPTION_BYTES_MAX)
    }

    /// A file that the description links to; it has to have so many bytes, and the checksum where the description has one.
    pub(super) fn linked(&mut self, link: &str, bytes: u64, md5: Option<&str>) -> Result<Vec<u8>, Error> {
        let name = format!("{}{}", self.folder, link.replace('\\', "/").trim_start_matches("./"));
        let found = self.unpack(&name, bytes)?;
        if found.len() as u64 != bytes {
            return Err(Error::Truncated { format: FORMAT, place: "the points", needs: bytes, has: found.len() as u64 });
        }
        let is_written = |md5: &str| md5.trim().eq_ignore_ascii_case(&md5_of(&found));
        match md5.filter(|md5| !md5.trim().is_empty()) {
            Some(md5) if !is_written(md5) => {
                Err(Error::PartDamaged { format: FORMAT, name, reason: "its checksum is not that of the description" })
            }
            _ => Ok(found),
        }
    }

    /// Unpacks a file of at most so many bytes. What its header says is held against what is packed before memory is taken,
    /// and not one byte more than it says is unpacked.
    fn unpack(&mut self, name: &str, bytes_max: u64) -> Result<Vec<u8>, Error> {
        let mut file = self.zip.by_name(name).map_err(|error| match error {
            ZipError::FileNotFound => Error::PartMissing { name: name.to_owned() },
            other => damaged(other),
        })?;
        let (packed, unpacked) = (file.compressed_size(), file.size());
        if unpacked > bytes_max {
            return Err(Error::TooLarge { what: "an unpacked part", size: unpacked, limit: bytes_max });
        }
        if unpacked > UNPACKED_BYTES_FREE.saturating_add(UNPACKED_TIMES_MAX.saturating_mul(packed)) {
            return Err(Error::PackedTooTightly { name: name.to_owned(), packed, unpacked });
        }
        let mut bytes = Vec::new();
        let read = file.by_ref().take(bytes_max + 1).read_to_end(&mut bytes);
        match read {
            Ok(_) if bytes.len() as u64 == unpacked => Ok(bytes),
            _ => Err(Error::PartDamaged { format: FORMAT, name: name.to_owned(), reason: "it cannot be unpacked as it says" }),
        }
    }
}

/// MD5 in hexadecimal, as the format wants it: against damage, not against anybody.
pub(in crate::surface) fn md5_of(bytes: &[u8]) -> String {
    Md5::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn damaged(error: ZipError) -> Error {
    Error::Archive { reason: error.to_string() }
}
