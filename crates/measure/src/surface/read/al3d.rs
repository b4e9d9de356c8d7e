//! AL3D of Alicona: tags of 52 bytes, then images; only the image of depths is read.
//!
//! Layout after "AL3D File Format Specification", version 1.0: 17 bytes of magic; tags of 20 bytes name, 30 bytes value, CR LF;
//! `Version` and `TagCount` first. Depths are 32-bit floats in metres, each row padded to 8 bytes. A depth at or above
//! `InvalidPixelValue` was not measured.

use super::Format;
use super::binary::{NumberType, part, points_of};
use crate::Error;
use crate::surface::{HeightMap, Measured, Spacing};
use crate::units::Micrometres;

const FORMAT: Format = Format::Al3d;
const MAGIC_BYTES: u64 = 17;
const NAME_BYTES: usize = 20;
const TAG_BYTES: u64 = 52;
const ROW_PADDED_TO_BYTES: u64 = 8;
const METRE_UM: f64 = 1e6;

/// Tags of a header, at most as many as fit into the bytes that are there.
struct Tags<'a>(Vec<(&'a [u8], &'a [u8])>);

impl<'a> Tags<'a> {
    fn of(bytes: &'a [u8]) -> Result<Self, Error> {
        let mut tags = Self(Vec::new());
        let mut at = MAGIC_BYTES;
        let mut read = |tags: &mut Self| -> Result<(), Error> {
            let (name, rest) = part(FORMAT, bytes, at, TAG_BYTES, "a tag")?.split_at(NAME_BYTES);
            let (value, _) = rest.split_at(rest.len() - 2);
            tags.0.push((until_zero(name), until_zero(value)));
            at += TAG_BYTES;
            Ok(())
        };
        read(&mut tags)?;
        read(&mut tags)?;
        for _ in 0..tags.whole("TagCount")? {
            read(&mut tags)?;
        }
        Ok(tags)
    }

    fn text(&self, name: &'static str) -> Result<&'a str, Error> {
        let tag = self.0.iter().find(|(tag, _)| *tag == name.as_bytes());
        let (_, value) = tag.ok_or(Error::FieldMissing { format: FORMAT, field: name })?;
        let wrong = || Error::FieldInvalid {
            format: FORMAT,
            field: name,
            found: String::from_utf8_lossy(value).into(),
            expected: "text",
        };
        std::str::from_utf8(value).map(str::trim).map_err(|_| wrong())
    }

    fn parsed<T: std::str::FromStr>(&self, name: &'static str, expected: &'static str) -> Result<T, Error> {
        let text = self.text(name)?;
        text.parse().map_err(|_| Error::FieldInvalid { format: FORMAT, field: name, found: text.to_owned(), expected })
    }

    fn whole(&self, name: &'static str) -> Result<u64, Error> {
        self.parsed::<u32>(name, "a whole number").map(u64::from)
    }

    fn number(&self, name: &'static str) -> Result<f64, Error> {
        self.parsed(name, "a number")
    }
}

fn until_zero(bytes: &[u8]) -> &[u8] {
    bytes.split(|byte| *byte == 0).next().unwrap_or_default()
}

pub(super) fn read(bytes: &[u8]) -> Result<Measured, Error> {
    let tags = Tags::of(bytes)?;
    let (columns, rows) = (tags.whole("Cols")?, tags.whole("Rows")?);
    points_of(columns, rows)?;
    let stride = (columns * NumberType::Float32.bytes()).next_multiple_of(ROW_PADDED_TO_BYTES);
    let row_bytes = columns * NumberType::Float32.bytes();
    // The padding of the last row need not be there.
    let needs = (stride * rows).saturating_sub(stride - row_bytes);
    let image = part(FORMAT, bytes, tags.whole("DepthImageOffset")?, needs, "the image of depths")?;
    let invalid = tags.number("InvalidPixelValue")?;
    let mut heights_um = Vec::with_capacity((columns * rows) as usize);
    for row in image.chunks(stride.max(1) as usize) {
        let depths = row[..row_bytes as usize].chunks_exact(4).map(|depth| NumberType::Float32.number(depth));
        heights_um.extend(depths.map(|depth| if depth < invalid { depth * METRE_UM } else { f64::NAN }));
    }
    let spacing = Spacing {
        x: Micrometres(tags.number("PixelSizeXMeter")? * METRE_UM),
        y: Micrometres(tags.number("PixelSizeYMeter")? * METRE_UM),
    };
    HeightMap::new(columns as usize, spacing, heights_um).map(Measured::Map)
}
