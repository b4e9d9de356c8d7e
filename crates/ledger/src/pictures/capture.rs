//! What a camera wrote into the file: how to hold the picture, and the facts of the exposure.
//!
//! Only the fields named here are read. Where it was taken, serial numbers and names of owners are not among them. The
//! block is hostile input: whatever is not plausible counts as absent, and nothing in it can refuse a picture.

use exif::{Exif, In, Reader, Tag, Value};
use image::metadata::Orientation;
use jiff::civil::DateTime;
use resurface_care::chart::CaptureFacts;

/// Longest text that is kept, in characters.
const TEXT_CHARS_MAX: usize = 64;

/// Largest block that is read, in bytes. In a JPEG file it cannot pass 64 KiB; a list of a million empty texts, which PNG
/// has room for, takes 24 times its size in memory.
const BLOCK_BYTES_MAX: usize = 1 << 20;

/// How to turn the picture upright, and what is known of the exposure.
pub(super) fn read(block: Option<&[u8]>) -> (Orientation, CaptureFacts) {
    let Some(exif) = block.filter(|block| block.len() <= BLOCK_BYTES_MAX).and_then(parse) else {
        return (Orientation::NoTransforms, CaptureFacts::default());
    };
    let orientation = number(&exif, Tag::Orientation).and_then(|code| Orientation::from_exif(u8::try_from(code).ok()?));
    let facts = CaptureFacts {
        taken_at: time(&exif, Tag::DateTimeOriginal).or_else(|| time(&exif, Tag::DateTime)),
        camera_make: text(&exif, Tag::Make),
        camera_model: text(&exif, Tag::Model),
        focal_length_mm: measure(&exif, Tag::FocalLength, 10_000.0),
        exposure_s: measure(&exif, Tag::ExposureTime, 86_400.0),
        aperture_f: measure(&exif, Tag::FNumber, 1_000.0),
        // 65535 stands for "more than fits here" (EXIF 2.3, 4.6.5).
        iso: number(&exif, Tag::PhotographicSensitivity).filter(|iso| (1..65_535).contains(iso)),
        // Bit 0 says whether it fired (EXIF 2.3, 4.6.5); the field has 7 bits.
        flash: number(&exif, Tag::Flash).filter(|flash| *flash < 128).map(|flash| flash & 1 == 1),
    };
    (orientation.unwrap_or(Orientation::NoTransforms), facts)
}

/// As many fields as can be read. A field's value is only decoded when it is asked for.
fn parse(block: &[u8]) -> Option<Exif> {
    let read = Reader::new().continue_on_error(true).read_raw(block.to_vec());
    read.or_else(|error| error.distill_partial_result(|_| {})).ok()
}

fn value(exif: &Exif, tag: Tag) -> Option<&Value> {
    exif.get_field(tag, In::PRIMARY).map(|field| &field.value)
}

fn number(exif: &Exif, tag: Tag) -> Option<u32> {
    value(exif, tag)?.get_uint(0)
}

/// A positive number up to a limit; a fraction over nothing is no number.
fn measure(exif: &Exif, tag: Tag, limit: f64) -> Option<f64> {
    let Value::Rational(fractions) = value(exif, tag)? else { return None };
    let measure = fractions.first()?.to_f64();
    (measure.is_finite() && measure > 0.0 && measure <= limit).then_some(measure)
}

/// Printable ASCII, which is all that the standard allows here, cut to its longest length.
fn text(exif: &Exif, tag: Tag) -> Option<String> {
    let Value::Ascii(texts) = value(exif, tag)? else { return None };
    let text = texts.first()?.trim_ascii();
    let printable = !text.is_empty() && text.iter().all(|byte| matches!(byte, b' '..=b'~'));
    let text = printable.then(|| text.iter().take(TEXT_CHARS_MAX).map(|byte| char::from(*byte)).collect::<String>())?;
    Some(text.trim_end().to_owned())
}

fn time(exif: &Exif, tag: Tag) -> Option<DateTime> {
    let Value::Ascii(texts) = value(exif, tag)? else { return None };
    let time = exif::DateTime::from_ascii(texts.first()?).ok()?;
    let small = |part: u8| i8::try_from(part).ok();
    let (year, month, day) = (i16::try_from(time.year).ok()?, small(time.month)?, small(time.day)?);
    DateTime::new(year, month, day, small(time.hour)?, small(time.minute)?, small(time.second)?, 0).ok()
}
