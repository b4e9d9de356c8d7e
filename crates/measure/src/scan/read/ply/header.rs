//! The header of a PLY file.

use super::FORMAT;
use crate::Error;
use crate::limits::SCAN_HEADER_BYTES_MAX;

/// How the values are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    Text,
    LowestByteFirst,
    HighestByteFirst,
}

#[derive(Debug)]
pub(super) struct Header {
    pub(super) encoding: Encoding,
    pub(super) elements: Vec<Element>,
    /// Lines of `comment` and `obj_info`, without that word.
    pub(super) remarks: Vec<String>,
    /// Byte at which the values begin.
    pub(super) ends: usize,
}

#[derive(Debug)]
pub(super) struct Element {
    pub(super) name: String,
    pub(super) count: u64,
    pub(super) properties: Vec<Property>,
}

#[derive(Debug)]
pub(super) struct Property {
    pub(super) name: String,
    pub(super) kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Scalar(Number),
    List { count: Number, item: Number },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Number {
    Int8,
    Uint8,
    Int16,
    Uint16,
    Int32,
    Uint32,
    Float32,
    Float64,
}

impl Number {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "char" | "int8" => Self::Int8,
            "uchar" | "uint8" => Self::Uint8,
            "short" | "int16" => Self::Int16,
            "ushort" | "uint16" => Self::Uint16,
            "int" | "int32" => Self::Int32,
            "uint" | "uint32" => Self::Uint32,
            "float" | "float32" => Self::Float32,
            "double" | "float64" => Self::Float64,
            _ => return None,
        })
    }

    /// Bytes of one.
    pub(super) const fn bytes(self) -> usize {
        match self {
            Self::Int8 | Self::Uint8 => 1,
            Self::Int16 | Self::Uint16 => 2,
            Self::Int32 | Self::Uint32 | Self::Float32 => 4,
            Self::Float64 => 8,
        }
    }
}

impl Property {
    /// The value of a full colour.
    pub(super) fn full_colour(&self) -> f64 {
        match self.kind {
            Kind::Scalar(Number::Float32 | Number::Float64) => 1.0,
            Kind::Scalar(Number::Uint16) => 65535.0,
            _ => 255.0,
        }
    }

    /// Bytes that it takes at least.
    pub(super) const fn bytes_min(&self) -> usize {
        match self.kind {
            Kind::Scalar(number) | Kind::List { count: number, .. } => number.bytes(),
        }
    }
}

impl Header {
    pub(super) fn of(bytes: &[u8]) -> Result<Self, Error> {
        let mut header = Self { encoding: Encoding::Text, elements: Vec::new(), remarks: Vec::new(), ends: 0 };
        let mut encoding = None;
        let mut lines = Lines { bytes: &bytes[..bytes.len().min(SCAN_HEADER_BYTES_MAX)], at: 0 };
        let mut number = 0;
        loop {
            number += 1;
            let Some(line) = lines.next() else {
                let (place, has) = ("the header, up to end_header,", lines.bytes.len() as u64);
                return Err(Error::Truncated { format: FORMAT, place, needs: has + 1, has });
            };
            let line = String::from_utf8_lossy(line);
            let (word, rest) = line.trim().split_once([' ', '\t']).unwrap_or((line.trim(), ""));
            let wrong = |expected| Error::FieldInvalid {
                format: FORMAT,
                field: "a line of the header",
                found: line.chars().take(60).collect(),
                expected,
            };
            match word {
                "ply" if number == 1 => {}
                "" => {}
                "comment" | "obj_info" => header.remarks.push(rest.to_owned()),
                "format" => {
                    encoding = Some(match rest.split_whitespace().next() {
                        Some("ascii") => Encoding::Text,
                        Some("binary_little_endian") => Encoding::LowestByteFirst,
                        Some("binary_big_endian") => Encoding::HighestByteFirst,
                        _ => return Err(wrong("format ascii, binary_little_endian or binary_big_endian")),
                    });
                }
                "element" => header.elements.push(element(rest).ok_or_else(|| wrong("element, its name and its number"))?),
                "property" => {
                    let expected = "property, its type and its name, after an element";
                    let property = property(rest).ok_or_else(|| wrong(expected))?;
                    header.elements.last_mut().ok_or_else(|| wrong(expected))?.properties.push(property);
                }
                "end_header" => {
                    header.ends = lines.at;
                    header.encoding = encoding.ok_or(Error::FieldMissing { format: FORMAT, field: "format" })?;
                    return Ok(header);
                }
                _ => return Err(wrong("comment, element, property or end_header")),
            }
        }
    }
}

fn element(rest: &str) -> Option<Element> {
    let mut words = rest.split_whitespace();
    let (name, count) = (words.next()?.to_owned(), words.next()?.parse().ok()?);
    words.next().is_none().then(|| Element { name, count, properties: Vec::new() })
}

fn property(rest: &str) -> Option<Property> {
    let words: Vec<&str> = rest.split_whitespace().collect();
    let (kind, name) = match words[..] {
        ["list", count, item, name] => (Kind::List { count: Number::named(count)?, item: Number::named(item)? }, name),
        [number, name] => (Kind::Scalar(Number::named(number)?), name),
        _ => return None,
    };
    Some(Property { name: name.to_owned(), kind })
}

/// Lines that end as the first one does: with LF, CR LF or CR, after which binary values may begin with any byte.
struct Lines<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Iterator for Lines<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        let rest = &self.bytes[self.at..];
        let ends: &[u8] = match (self.bytes.get(3), self.bytes.get(4)) {
            (Some(b'\r'), Some(b'\n')) => b"\r\n",
            (Some(b'\r'), _) => b"\r",
            _ => b"\n",
        };
        let line = &rest[..rest.windows(ends.len()).position(|bytes| bytes == ends)?];
        self.at += line.len() + ends.len();
        Some(line)
    }
}
