//! Which kind of file it is, by its first bytes and never by its name.

use std::fmt;

use crate::photo::Error;

/// Format of a photograph that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
}

impl fmt::Display for Format {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Jpeg => "JPEG",
            Self::Png => "PNG",
        })
    }
}

pub(super) const PNG_SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
const JPEG_SIGNATURE: &[u8] = b"\xff\xd8\xff";

pub(super) fn recognise(bytes: &[u8]) -> Result<Format, Error> {
    if bytes.starts_with(JPEG_SIGNATURE) {
        Ok(Format::Jpeg)
    } else if bytes.starts_with(PNG_SIGNATURE) {
        Ok(Format::Png)
    } else {
        Err(Error::WrongFormat { found: kind_of(bytes) })
    }
}

/// What a file that is not read looks like, with what to do about it.
fn kind_of(bytes: &[u8]) -> &'static str {
    let at = |from: usize, signature: &[u8]| bytes.get(from..).is_some_and(|rest| rest.starts_with(signature));
    match bytes {
        [] => "is empty: copy it from the camera again",
        _ if at(4, b"ftyphei") || at(4, b"ftyphev") || at(4, b"ftypmif") || at(4, b"ftypavi") => {
            "is a HEIC or AVIF: set the camera to its most compatible format, or export the picture as JPEG"
        }
        _ if at(0, b"II*\0") || at(0, b"MM\0*") => "is a TIFF or a camera's raw format: export it as PNG or JPEG",
        _ if at(4, b"ftyp") => "is a film: take a still picture",
        _ if at(0, b"%PDF") || at(0, b"PK\x03\x04") => "is a document or an archive: export the picture inside it as JPEG",
        _ if at(128, b"DICM") => "is a DICOM file: export the picture inside it as JPEG or PNG",
        _ => "is of a kind that is not read: export it as JPEG or PNG",
    }
}
