//! A walk over the segments of a JPEG file, from its first marker to the end of the image.

use super::format::Format;
use super::outline::Outline;
use crate::limits::JPEG_SCANS_MAX;
use crate::photo::Error;

const EXIF_HEADER: &[u8] = b"Exif\0\0";
const PROFILE_HEADER: &[u8] = b"ICC_PROFILE\0";

/// What is wrong with a JPEG file.
const fn corrupt(what: &'static str) -> Error {
    Error::Corrupt { format: Format::Jpeg, what }
}

const fn rare(what: &'static str) -> Error {
    Error::RareKind { format: Format::Jpeg, what }
}

/// Walks the file up to the end of its image. What follows (gain maps, short films of telephones) is left alone.
///
/// # Errors
///
/// [`Error::Truncated`] if the end of the image is not reached, which a lenient decoder would paint over in grey;
/// [`Error::Corrupt`] and [`Error::RareKind`] for what is said in them.
pub(super) fn outline(bytes: &[u8]) -> Result<Outline<'_>, Error> {
    let mut outline = Outline::default();
    let mut scans = 0;
    let mut at = 2;
    outline.keep(0..at);
    loop {
        let (marker, start) = next_marker(bytes, at)?;
        match marker {
            0xD9 if scans == 0 => return Err(corrupt("it holds no image")),
            0xD9 => {
                outline.keep(start..start + 2);
                return Ok(outline);
            }
            // Restart markers and other markers without a length mean nothing outside a scan.
            0xD0..=0xD8 | 0x01 => at = start + 2,
            _ => {
                let end = segment_end(bytes, start)?;
                let body = bytes.get(start + 4..end).unwrap_or_default();
                at = end;
                match marker {
                    0xC0..=0xC2 => read_frame(&mut outline, body)?,
                    0xC3 | 0xC5..=0xC7 | 0xC9..=0xCF => return Err(rare("lossless, hierarchical or arithmetic coding")),
                    0xE1 if outline.exif.is_none() => outline.exif = body.strip_prefix(EXIF_HEADER),
                    0xDA if outline.width_px == 0 => return Err(corrupt("its scan comes before its size")),
                    0xDA => {
                        scans += 1;
                        if scans > JPEG_SCANS_MAX {
                            return Err(corrupt("it has too many scans"));
                        }
                        at = scan_end(bytes, end)?;
                    }
                    _ => {}
                }
                if makes_pixels(marker, body) {
                    outline.keep(start..at);
                }
            }
        }
    }
}

const TRUNCATED: Error = Error::Truncated { format: Format::Jpeg };

/// The next marker and where it starts. Bytes between segments are skipped, as every decoder does.
fn next_marker(bytes: &[u8], from: usize) -> Result<(u8, usize), Error> {
    let rest = bytes.get(from..).ok_or(TRUNCATED)?;
    let pair = |pair: &[u8]| pair[0] == 0xFF && !matches!(pair[1], 0x00 | 0xFF);
    let start = from + rest.windows(2).position(pair).ok_or(TRUNCATED)?;
    Ok((*bytes.get(start + 1).ok_or(TRUNCATED)?, start))
}

fn segment_end(bytes: &[u8], start: usize) -> Result<usize, Error> {
    let length = bytes.get(start + 2..start + 4).ok_or(TRUNCATED)?;
    let length = length.iter().fold(0, |length, byte| length << 8 | usize::from(*byte));
    if length < 2 {
        return Err(corrupt("a segment has no length"));
    }
    let end = start + 2 + length;
    if end > bytes.len() { Err(TRUNCATED) } else { Ok(end) }
}

/// Where the coded data of a scan end: at the next marker that is not a restart.
fn scan_end(bytes: &[u8], from: usize) -> Result<usize, Error> {
    let mut at = from;
    loop {
        let (marker, start) = next_marker(bytes, at)?;
        if !matches!(marker, 0xD0..=0xD7) {
            return Ok(start);
        }
        at = start + 2;
    }
}

fn read_frame(outline: &mut Outline<'_>, frame: &[u8]) -> Result<(), Error> {
    let &[bits, h0, h1, w0, w1, components, ..] = frame else { return Err(corrupt("its size is cut short")) };
    if outline.width_px != 0 {
        return Err(corrupt("it gives its size twice"));
    }
    let (width_px, height_px) = (u16::from_be_bytes([w0, w1]), u16::from_be_bytes([h0, h1]));
    if width_px == 0 || height_px == 0 {
        return Err(corrupt("its width or height is nothing"));
    }
    match (bits, components) {
        (8, 1 | 3) => {}
        (8, 4) => return Err(rare("CMYK colour")),
        (8, _) => return Err(corrupt("its number of colours")),
        _ => return Err(rare("more than 8 bits per channel")),
    }
    (outline.width_px, outline.height_px) = (width_px.into(), height_px.into());
    Ok(())
}

/// Tables, frame and scans; JFIF and Adobe, which say how colours are coded; and the colour profile.
fn makes_pixels(marker: u8, body: &[u8]) -> bool {
    match marker {
        0xE0 | 0xEE => true,
        0xE2 => body.starts_with(PROFILE_HEADER),
        0xE1..=0xFE => false,
        _ => true,
    }
}
