//! The values of a PLY file.

use super::header::Encoding;
use super::{Element, FORMAT, Kind, Number, Property};
use crate::Error;

/// Values from one end to the other.
pub(super) struct Body<'a> {
    encoding: Encoding,
    rest: &'a [u8],
}

impl<'a> Body<'a> {
    pub(super) fn new(encoding: Encoding, bytes: &'a [u8], begins: usize) -> Self {
        Self { encoding, rest: &bytes[begins..] }
    }

    /// Holds the number of an element against the bytes that are there.
    pub(super) fn check(&self, element: &Element) -> Result<(), Error> {
        let has = self.rest.len() as u64;
        let row: usize = match self.encoding {
            // a digit and a blank, the last one perhaps without
            Encoding::Text => 2 * element.properties.len(),
            _ => element.properties.iter().map(Property::bytes_min).sum(),
        };
        let needs = element.count.saturating_mul(row as u64);
        let spared = u64::from(self.encoding == Encoding::Text);
        if needs > has + spared { Err(self.truncated(needs)) } else { Ok(()) }
    }

    fn truncated(&self, needs: u64) -> Error {
        Error::Truncated { format: FORMAT, place: "the values that the header names", needs, has: self.rest.len() as u64 }
    }

    /// Passes over an element.
    pub(super) fn skip(&mut self, element: &Element) -> Result<(), Error> {
        let is_fixed = element.properties.iter().all(|property| matches!(property.kind, Kind::Scalar(_)));
        if is_fixed && self.encoding != Encoding::Text {
            let row: usize = element.properties.iter().map(Property::bytes_min).sum();
            return self.take(element.count as usize * row).map(|_| ());
        }
        // What has no properties has no values, however many of it are announced.
        let rows = if element.properties.is_empty() { 0 } else { element.count };
        for _ in 0..rows {
            element.properties.iter().try_for_each(|property| self.pass(property))?;
        }
        Ok(())
    }

    /// Passes over a value or a list.
    pub(super) fn pass(&mut self, property: &Property) -> Result<(), Error> {
        match property.kind {
            Kind::Scalar(number) => self.number(number).map(|_| ()),
            Kind::List { count, item } => {
                let length = self.length(count, item)?;
                (0..length).try_for_each(|_| self.number(item).map(|_| ()))
            }
        }
    }

    /// A value that is no list; of a list nothing.
    pub(super) fn scalar(&mut self, property: &Property) -> Result<f64, Error> {
        match property.kind {
            Kind::Scalar(number) => self.number(number),
            Kind::List { .. } => self.pass(property).map(|()| f64::NAN),
        }
    }

    /// A list, or one value as a list of one.
    pub(super) fn list(&mut self, property: &Property, values: &mut Vec<f64>) -> Result<(), Error> {
        values.clear();
        let (length, item) = match property.kind {
            Kind::Scalar(number) => (1, number),
            Kind::List { count, item } => (self.length(count, item)?, item),
        };
        for _ in 0..length {
            values.push(self.number(item)?);
        }
        Ok(())
    }

    fn length(&mut self, count: Number, item: Number) -> Result<u64, Error> {
        let length = self.number(count)?;
        if !(length >= 0.0 && length.fract() == 0.0) {
            let (field, found) = ("length of a list", length.to_string());
            return Err(Error::FieldInvalid { format: FORMAT, field, found, expected: "a whole number" });
        }
        let bytes = if self.encoding == Encoding::Text { 1 } else { item.bytes() as u64 };
        let needs = (length as u64).saturating_mul(bytes);
        if needs > self.rest.len() as u64 { Err(self.truncated(needs)) } else { Ok(length as u64) }
    }

    fn number(&mut self, number: Number) -> Result<f64, Error> {
        match self.encoding {
            Encoding::Text => self.word(),
            Encoding::LowestByteFirst => self.take(number.bytes()).map(|bytes| lowest_first(number, bytes)),
            Encoding::HighestByteFirst => {
                let bytes = self.take(number.bytes())?;
                let mut turned = [0; 8];
                turned.iter_mut().zip(bytes.iter().rev()).for_each(|(to, from)| *to = *from);
                Ok(lowest_first(number, &turned))
            }
        }
    }

    fn take(&mut self, bytes: usize) -> Result<&'a [u8], Error> {
        let (taken, rest) = self.rest.split_at_checked(bytes).ok_or_else(|| self.truncated(bytes as u64))?;
        self.rest = rest;
        Ok(taken)
    }

    fn word(&mut self) -> Result<f64, Error> {
        let text = self.rest.trim_ascii_start();
        let length = text.iter().position(u8::is_ascii_whitespace).unwrap_or(text.len());
        let (word, rest) = text.split_at(length);
        if word.is_empty() {
            return Err(self.truncated(1));
        }
        self.rest = rest;
        let number = std::str::from_utf8(word).ok().and_then(|word| word.parse().ok());
        number.ok_or_else(|| Error::FieldInvalid {
            format: FORMAT,
            field: "a value",
            found: String::from_utf8_lossy(word).chars().take(40).collect(),
            expected: "a number",
        })
    }
}

/// A number whose lowest byte is the first; the bytes are enough.
fn lowest_first(number: Number, bytes: &[u8]) -> f64 {
    fn first<const N: usize>(bytes: &[u8]) -> [u8; N] {
        std::array::from_fn(|at| bytes[at])
    }
    match number {
        Number::Int8 => f64::from(bytes[0] as i8),
        Number::Uint8 => f64::from(bytes[0]),
        Number::Int16 => f64::from(i16::from_le_bytes(first(bytes))),
        Number::Uint16 => f64::from(u16::from_le_bytes(first(bytes))),
        Number::Int32 => f64::from(i32::from_le_bytes(first(bytes))),
        Number::Uint32 => f64::from(u32::from_le_bytes(first(bytes))),
        Number::Float32 => f64::from(f32::from_le_bytes(first(bytes))),
        Number::Float64 => f64::from_le_bytes(first(bytes)),
    }
}
