//! Bytes to numbers, never beyond their end.

use super::Format;
use crate::Error;
use crate::limits::{POINTS_MAX, SIDE_POINTS_MAX};

/// A part of a file that ends early is named by what was to be read.
pub(crate) fn part<'a>(format: Format, bytes: &'a [u8], at: u64, needs: u64, place: &'static str) -> Result<&'a [u8], Error> {
    let here = usize::try_from(at).ok().and_then(|at| bytes.get(at..)).unwrap_or_default();
    let part = usize::try_from(needs).ok().and_then(|needs| here.get(..needs));
    part.ok_or(Error::Truncated { format, place, needs, has: here.len() as u64 })
}

/// The number of points of a grid whose sides a file names.
pub(super) fn points_of(columns: u64, rows: u64) -> Result<u64, Error> {
    for side in [columns, rows] {
        if side > SIDE_POINTS_MAX {
            return Err(Error::TooLarge { what: "points along a side", size: side, limit: SIDE_POINTS_MAX });
        }
    }
    let points = columns * rows;
    if points > POINTS_MAX {
        return Err(Error::TooLarge { what: "points", size: points, limit: POINTS_MAX });
    }
    Ok(points)
}

/// How a number is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NumberType {
    /// 16 bits, signed.
    Int16,
    /// 32 bits, signed.
    Int32,
    /// 32 bits, floating.
    Float32,
    /// 64 bits, floating.
    Float64,
}

impl NumberType {
    /// Bytes of one.
    pub(super) const fn bytes(self) -> u64 {
        match self {
            Self::Int16 => 2,
            Self::Int32 | Self::Float32 => 4,
            Self::Float64 => 8,
        }
    }

    /// Whether it counts steps.
    pub(super) const fn is_integer(self) -> bool {
        matches!(self, Self::Int16 | Self::Int32)
    }

    /// The number in these bytes, lowest byte first; nothing of bytes that are too few.
    pub(super) fn number(self, bytes: &[u8]) -> f64 {
        let number = match self {
            Self::Int16 => array(bytes).map(|bytes| i16::from_le_bytes(bytes).into()),
            Self::Int32 => array(bytes).map(|bytes| i32::from_le_bytes(bytes).into()),
            Self::Float32 => array(bytes).map(|bytes| f32::from_le_bytes(bytes).into()),
            Self::Float64 => array(bytes).map(f64::from_le_bytes),
        };
        number.unwrap_or(f64::NAN)
    }
}

fn array<const N: usize>(bytes: &[u8]) -> Option<[u8; N]> {
    bytes.get(..N)?.try_into().ok()
}
