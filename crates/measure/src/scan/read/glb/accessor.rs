//! Numbers in the binary part of a GLB file.

use super::document::{Accessor, Document};
use super::{FORMAT, damaged};
use crate::Error;
use crate::surface::read::binary::part;

/// The two parts of a file.
pub(super) struct Parts<'a> {
    pub(super) document: Document,
    pub(super) binary: &'a [u8],
}

/// Rows of numbers, one row for each point or index.
pub(super) struct Rows<'a> {
    bytes: &'a [u8],
    stride: usize,
    component: Component,
    is_share: bool,
    pub(super) count: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Component {
    Int8,
    Uint8,
    Int16,
    Uint16,
    Uint32,
    Float32,
}

impl Component {
    const fn of(code: u32) -> Option<Self> {
        Some(match code {
            5120 => Self::Int8,
            5121 => Self::Uint8,
            5122 => Self::Int16,
            5123 => Self::Uint16,
            5125 => Self::Uint32,
            5126 => Self::Float32,
            _ => return None,
        })
    }

    const fn bytes(self) -> u64 {
        match self {
            Self::Int8 | Self::Uint8 => 1,
            Self::Int16 | Self::Uint16 => 2,
            Self::Uint32 | Self::Float32 => 4,
        }
    }

    /// The number that stands for 1 where whole numbers stand for shares.
    const fn full(self) -> f64 {
        match self {
            Self::Int8 => 127.0,
            Self::Uint8 => 255.0,
            Self::Int16 => 32767.0,
            Self::Uint16 => 65535.0,
            Self::Uint32 | Self::Float32 => 1.0,
        }
    }

    fn number(self, bytes: &[u8]) -> f64 {
        match self {
            Self::Int8 => f64::from(bytes[0] as i8),
            Self::Uint8 => f64::from(bytes[0]),
            Self::Int16 => f64::from(i16::from_le_bytes([bytes[0], bytes[1]])),
            Self::Uint16 => f64::from(u16::from_le_bytes([bytes[0], bytes[1]])),
            Self::Uint32 => f64::from(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]])),
            Self::Float32 => f64::from(f32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]])),
        }
    }
}

impl<'a> Parts<'a> {
    /// The bytes of a view, and how far apart its rows are.
    pub(super) fn view(&self, index: usize) -> Result<(&'a [u8], Option<u64>), Error> {
        let view =
            self.document.buffer_views.get(index).ok_or_else(|| damaged(format!("bufferViews/{index}"), "it is not there"))?;
        if view.buffer != 0 {
            return Err(Error::NotRead { format: FORMAT, what: "a buffer outside of the file".to_owned() });
        }
        let bytes = part(FORMAT, self.binary, view.byte_offset, view.byte_length, "a view of the binary part")?;
        Ok((bytes, view.byte_stride))
    }

    /// The rows of an accessor, which has to be of one of these types.
    pub(super) fn rows(&self, index: usize, kinds: &[&str]) -> Result<Rows<'a>, Error> {
        let place = || format!("accessors/{index}");
        let accessor: &Accessor = self.document.accessors.get(index).ok_or_else(|| damaged(place(), "it is not there"))?;
        if accessor.sparse.is_some() {
            return Err(Error::NotRead { format: FORMAT, what: format!("{}, which is sparse,", place()) });
        }
        let columns = match accessor.kind.as_str() {
            kind if !kinds.contains(&kind) => return Err(damaged(place(), "it is of another type than its use needs")),
            "SCALAR" => 1,
            "VEC2" => 2,
            "VEC3" => 3,
            _ => 4,
        };
        let component = Component::of(accessor.component_type).ok_or_else(|| damaged(place(), "its component type is none"))?;
        let view = accessor.buffer_view.ok_or_else(|| damaged(place(), "it has no values"))?;
        let (view, stride) = self.view(view)?;
        let row = columns * component.bytes();
        let stride = stride.unwrap_or(row);
        if stride < row || stride > 252 {
            return Err(damaged(place(), "its rows overlap, or are further apart than 252 bytes"));
        }
        let needs =
            accessor.count.saturating_sub(1).saturating_mul(stride).saturating_add(if accessor.count > 0 { row } else { 0 });
        let bytes = part(FORMAT, view, accessor.byte_offset, needs, "the values of an accessor")?;
        Ok(Rows { bytes, stride: stride as usize, component, is_share: accessor.normalized, count: accessor.count })
    }
}

impl Rows<'_> {
    /// A row, as many numbers of it as are asked for: not more than its type has.
    pub(super) fn row<const N: usize>(&self, at: u64) -> [f64; N] {
        let bytes = self.component.bytes() as usize;
        let row = &self.bytes[at as usize * self.stride..];
        let number = |at: usize| self.component.number(&row[at * bytes..]);
        // The least of signed whole numbers stands for -1, as the next one does.
        let share = |at: usize| (number(at) / self.component.full()).max(-1.0);
        if self.is_share { std::array::from_fn(share) } else { std::array::from_fn(number) }
    }

    /// All rows.
    pub(super) fn numbers<const N: usize>(&self) -> impl Iterator<Item = [f64; N]> + '_ {
        (0..self.count).map(|at| self.row(at))
    }

    /// What stands for a full colour.
    pub(super) fn is_whole(&self) -> bool {
        self.component != Component::Float32 && !self.is_share
    }

    /// The numbers of its only column, as indices.
    pub(super) fn indices(&self) -> impl Iterator<Item = u32> + '_ {
        self.numbers::<1>().map(|[number]| number as u32)
    }
}
