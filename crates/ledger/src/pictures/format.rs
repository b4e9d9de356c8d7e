//! Which kind of file it is, by its first bytes and never by its name.

use std::fmt;

use resurface_care::chart::MediaType;

use super::PictureError;

/// What a file that is neither JPEG nor PNG looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// No bytes at all.
    Empty,
    /// GIF.
    Gif,
    /// TIFF, or a camera's raw format built on it.
    Tiff,
    /// HEIC, HEIF or AVIF.
    Heic,
    /// WebP.
    WebP,
    /// Windows bitmap.
    Bmp,
    /// SVG.
    Svg,
    /// PDF.
    Pdf,
    /// A film.
    Video,
    /// DICOM.
    Dicom,
    /// A ZIP archive, or an office document.
    Zip,
    /// Text.
    Text,
    /// Something else.
    Unknown,
}

impl FileKind {
    /// What to do about it.
    #[must_use]
    pub const fn advice(self) -> &'static str {
        match self {
            Self::Empty => "copy it from the camera again",
            Self::Heic => "set the camera to its most compatible format, or export the picture as JPEG",
            Self::Video => "take a still picture",
            Self::Pdf | Self::Zip => "export the picture inside it as JPEG",
            _ => "export it as JPEG or PNG",
        }
    }
}

impl fmt::Display for FileKind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Empty => "empty",
            Self::Gif => "a GIF",
            Self::Tiff => "a TIFF or a camera's raw format",
            Self::Heic => "a HEIC or AVIF",
            Self::WebP => "a WebP",
            Self::Bmp => "a bitmap (BMP)",
            Self::Svg => "an SVG drawing",
            Self::Pdf => "a PDF",
            Self::Video => "a film",
            Self::Dicom => "a DICOM file",
            Self::Zip => "a ZIP archive",
            Self::Text => "text",
            Self::Unknown => "of a kind that is not known here",
        })
    }
}

pub(super) const PNG_SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
pub(super) const JPEG_SIGNATURE: &[u8] = b"\xff\xd8\xff";

/// The format of a file that is taken in.
///
/// # Errors
///
/// [`PictureError::WrongFormat`] for every other file.
pub(super) fn recognise(bytes: &[u8]) -> Result<MediaType, PictureError> {
    if bytes.starts_with(JPEG_SIGNATURE) {
        Ok(MediaType::Jpeg)
    } else if bytes.starts_with(PNG_SIGNATURE) {
        Ok(MediaType::Png)
    } else {
        Err(PictureError::WrongFormat { found: kind_of(bytes) })
    }
}

fn kind_of(bytes: &[u8]) -> FileKind {
    let at = |from: usize, signature: &[u8]| bytes.get(from..).is_some_and(|rest| rest.starts_with(signature));
    match bytes {
        [] => FileKind::Empty,
        _ if at(0, b"GIF8") => FileKind::Gif,
        _ if at(0, b"II*\0") || at(0, b"MM\0*") => FileKind::Tiff,
        _ if at(4, b"ftyp") => kind_of_iso_media(bytes),
        _ if at(0, b"RIFF") && at(8, b"WEBP") => FileKind::WebP,
        _ if at(0, b"BM") && at(6, &[0; 4]) => FileKind::Bmp,
        _ if at(0, b"%PDF") => FileKind::Pdf,
        _ if at(0, b"PK\x03\x04") => FileKind::Zip,
        _ if at(128, b"DICM") => FileKind::Dicom,
        _ => kind_of_text(bytes),
    }
}

/// The ISO container is shared by pictures (HEIC, AVIF) and films; its brand tells them apart.
fn kind_of_iso_media(bytes: &[u8]) -> FileKind {
    match bytes.get(8..11) {
        Some(b"hei" | b"hev" | b"mif" | b"msf" | b"avi") => FileKind::Heic,
        Some(b"crx") => FileKind::Tiff,
        _ => FileKind::Video,
    }
}

fn kind_of_text(bytes: &[u8]) -> FileKind {
    let start = bytes.get(..1024).unwrap_or(bytes);
    let readable = |byte: &u8| matches!(byte, b'\t' | b'\n' | b'\r' | b' '..=b'~' | 0x80..);
    if start.windows(4).any(|four| four == b"<svg") {
        FileKind::Svg
    } else if start.iter().all(readable) {
        FileKind::Text
    } else {
        FileKind::Unknown
    }
}
