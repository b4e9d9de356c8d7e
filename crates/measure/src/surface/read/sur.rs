//! SUR of Digital Surf: a header of 512 bytes, a comment, a private zone, then one whole number for each point.
//!
//! A point that was not measured holds the smallest number of the header minus 2. Packed files (`DSCOMPRESSED`) hold a table of
//! lengths and zlib streams. Spacing and heights have their unit in the header, as text.

use std::io::Read as _;

use flate2::read::ZlibDecoder;

use super::Format;
use super::binary::{NumberType, part, points_of};
use crate::Error;
use crate::limits::{UNPACKED_BYTES_FREE, UNPACKED_TIMES_MAX};
use crate::surface::{HeightMap, Measured, Profile, Spacing};
use crate::units::{LengthUnit, Micrometres};

const FORMAT: Format = Format::Sur;
const HEADER_BYTES: u64 = 512;
/// A table of more streams than this is no table; the format's own writer makes one.
const STREAMS_MAX: u64 = 1024;

/// Numbers of the header that matter here, by their byte.
struct Header<'a>(&'a [u8]);

impl Header<'_> {
    fn short(&self, at: usize) -> i64 {
        NumberType::Int16.number(&self.0[at..]) as i64
    }

    fn long(&self, at: usize) -> i64 {
        NumberType::Int32.number(&self.0[at..]) as i64
    }

    fn float(&self, at: usize) -> f64 {
        NumberType::Float32.number(&self.0[at..])
    }

    fn count(&self, at: usize, field: &'static str) -> Result<u64, Error> {
        let found = self.long(at);
        let wrong = || Error::FieldInvalid { format: FORMAT, field, found: found.to_string(), expected: "a number of points" };
        u64::try_from(found).ok().filter(|count| *count > 0).ok_or_else(wrong)
    }

    /// A step in micrometres: a number at one place, its unit at another.
    fn step_um(&self, at: usize, unit_at: usize, field: &'static str) -> Result<f64, Error> {
        let text = String::from_utf8_lossy(&self.0[unit_at..unit_at + 16]).trim_matches(['\0', ' ']).to_owned();
        // The sign for micro is one byte of Latin-1 here.
        let unit = LengthUnit::named(&text.replace('\u{fffd}', "u"));
        let wrong = || Error::FieldInvalid { format: FORMAT, field, found: text.clone(), expected: "nm, um, mm or m" };
        Ok(self.float(at) * unit.ok_or_else(wrong)?.micrometres())
    }
}

pub(super) fn read(bytes: &[u8]) -> Result<Measured, Error> {
    let header = Header(part(FORMAT, bytes, 0, HEADER_BYTES, "the header")?);
    let (columns, rows) = (header.count(108, "points of a line")?, header.count(112, "lines")?);
    let points = points_of(columns, rows)?;
    let kind = kind(&header, rows)?;
    let number = match header.short(98) {
        16 => NumberType::Int16,
        32 => NumberType::Int32,
        other => {
            let (field, expected) = ("bits of a point", "16 or 32");
            return Err(Error::FieldInvalid { format: FORMAT, field, found: other.to_string(), expected });
        }
    };
    let (step_x, step_z) = (header.step_um(120, 180, "unit of x")?, header.step_um(128, 212, "unit of heights")?);
    let begins = HEADER_BYTES + header.short(334).max(0) as u64 + header.short(336).max(0) as u64;
    let needs = points * number.bytes();
    let unpacked;
    let data = if bytes.starts_with(b"DSCOMPRESSED") {
        unpacked = unpack(bytes, begins, needs)?;
        &unpacked
    } else {
        part(FORMAT, bytes, begins, needs, "the points")?
    };
    let missing = (header.short(86) == 1).then(|| header.long(100) as f64 - 2.0);
    let height = |raw: f64| if Some(raw) == missing { f64::NAN } else { raw * step_z };
    let heights_um = data.chunks_exact(number.bytes() as usize).map(|bytes| height(number.number(bytes))).collect();
    match kind {
        Kind::Profile => Ok(Measured::Profile(Profile { spacing: Micrometres(step_x), heights_um })),
        Kind::Surface => {
            let spacing = Spacing { x: Micrometres(step_x), y: Micrometres(header.step_um(124, 196, "unit of y")?) };
            HeightMap::new(columns as usize, spacing, heights_um).map(Measured::Map)
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Profile,
    Surface,
}

/// What the header says it holds. Some programs call a surface a profile: what has several lines is a surface.
fn kind(header: &Header<'_>, rows: u64) -> Result<Kind, Error> {
    let refuse = |kind| Err(Error::NotOneSurface { format: FORMAT, kind });
    if header.short(14) > 1 {
        return refuse("several objects");
    }
    match header.short(18) {
        1 if rows == 1 => Ok(Kind::Profile),
        1 | 2 => Ok(Kind::Surface),
        3 | 10 | 12 | 18 => refuse("a picture"),
        4 | 5 => refuse("a series"),
        7 | 8 => refuse("several layers"),
        11 | 13 | 16 => refuse("a surface with a picture"),
        _ => refuse("something else"),
    }
}

/// Unpacks the streams, at most `needs` bytes and not one before it is there.
fn unpack(bytes: &[u8], begins: u64, needs: u64) -> Result<Vec<u8>, Error> {
    let word = |at: u64, place| part(FORMAT, bytes, at, 4, place).map(|word| NumberType::Int32.number(word) as i64 as u32);
    let streams = u64::from(word(begins, "the table of streams")?);
    if streams > STREAMS_MAX {
        return Err(Error::TooLarge { what: "packed streams", size: streams, limit: STREAMS_MAX });
    }
    let mut at = begins + 4 + 8 * streams;
    let mut unpacked = Vec::new();
    for stream in 0..streams {
        let lengths_at = begins + 4 + 8 * stream;
        let raw = u64::from(word(lengths_at, "the table of streams")?);
        let packed = u64::from(word(lengths_at + 4, "the table of streams")?);
        let data = part(FORMAT, bytes, at, packed, "a packed stream")?;
        if raw > UNPACKED_BYTES_FREE + UNPACKED_TIMES_MAX * packed || unpacked.len() as u64 + raw > needs {
            return Err(Error::PackedTooTightly { name: "a packed stream".to_owned(), packed, unpacked: raw });
        }
        let before = unpacked.len() as u64;
        let damaged = |reason| Error::PartDamaged { format: FORMAT, name: "a packed stream".to_owned(), reason };
        ZlibDecoder::new(data).take(raw + 1).read_to_end(&mut unpacked).map_err(|_| damaged("it cannot be unpacked"))?;
        if unpacked.len() as u64 - before != raw {
            return Err(damaged("it unpacks to another length than is written"));
        }
        at += packed;
    }
    let has = unpacked.len() as u64;
    if has == needs { Ok(unpacked) } else { Err(Error::Truncated { format: FORMAT, place: "the points", needs, has }) }
}
