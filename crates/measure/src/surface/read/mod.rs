//! Reading what instruments write, one file for each format. Nothing is guessed: what a file does not say has to be told.

mod al3d;
pub(crate) mod binary;
mod sur;
mod text;
mod x3p;

pub(super) use x3p::md5_of;

pub use crate::format::Format;

use super::{Measured, Spacing};
use crate::Error;
use crate::limits::FILE_BYTES_MAX;
use crate::units::LengthUnit;

/// What somebody tells about a file that does not say it itself.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Told {
    /// Unit of the heights, and of the coordinates of points.
    pub unit: Option<LengthUnit>,
    /// How far apart the points of a grid are.
    pub spacing: Option<Spacing>,
}

/// What was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Read {
    /// Format of the file.
    pub format: Format,
    /// What it holds.
    pub measured: Measured,
}

impl Read {
    /// The height map in it.
    ///
    /// # Errors
    /// As [`Measured::into_map`].
    pub fn into_map(self) -> Result<super::HeightMap, Error> {
        self.measured.into_map()
    }
}

/// Reads a file; its format is told by its first bytes, not by its name.
///
/// # Errors
/// Whatever is wrong with the file, and what it does not say and nobody told.
pub fn read(bytes: &[u8], told: &Told) -> Result<Read, Error> {
    if bytes.len() > FILE_BYTES_MAX {
        return Err(Error::TooLarge { what: "the file", size: bytes.len() as u64, limit: FILE_BYTES_MAX as u64 });
    }
    let format = format_of(bytes).ok_or(Error::UnknownFormat)?;
    let measured = match format {
        Format::Text => text::read(bytes, told)?,
        _ if *told != Told::default() => return Err(Error::SaidByTheFile { format }),
        Format::X3p => x3p::read(bytes)?,
        Format::Sur => sur::read(bytes)?,
        Format::Al3d => al3d::read(bytes)?,
        Format::Ply | Format::Obj | Format::Stl | Format::Glb => return Err(Error::UnknownFormat),
    };
    Ok(Read { format, measured })
}

fn format_of(bytes: &[u8]) -> Option<Format> {
    let begins = |with: &[u8]| bytes.starts_with(with);
    if begins(b"PK\x03\x04") {
        return Some(Format::X3p);
    }
    if begins(b"DIGITAL SURF") || begins(b"DSCOMPRESSED") {
        return Some(Format::Sur);
    }
    if begins(b"AliconaImaging\0") {
        return Some(Format::Al3d);
    }
    let beginning = &bytes[..bytes.len().min(1024)];
    let is_text =
        !beginning.is_empty() && beginning.iter().all(|byte| matches!(byte, b'\t' | b'\n' | b'\r' | b' '..=0x7e | 0x80..));
    is_text.then_some(Format::Text)
}
