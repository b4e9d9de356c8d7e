//! A walk over the chunks of a PNG file, from its header to its end.

use super::format::{Format, PNG_SIGNATURE};
use super::outline::Outline;
use crate::photo::Error;

const fn corrupt(what: &'static str) -> Error {
    Error::Corrupt { format: Format::Png, what }
}

/// Walks the file to its end chunk. What follows that chunk is left alone.
///
/// # Errors
///
/// [`Error::Animated`] wherever the file says so; [`Error::Truncated`] if the end chunk is not reached;
/// [`Error::Corrupt`] if the header is not one.
pub(super) fn outline(bytes: &[u8]) -> Result<Outline<'_>, Error> {
    let mut outline = Outline::default();
    let mut at = PNG_SIGNATURE.len();
    outline.keep(0..at);
    loop {
        let chunk = chunk_at(bytes, at)?;
        if outline.width_px == 0 && chunk.name != b"IHDR" {
            return Err(corrupt("it does not begin with its size"));
        }
        match chunk.name {
            b"IHDR" => read_header(&mut outline, chunk.body)?,
            b"acTL" | b"fcTL" | b"fdAT" => return Err(Error::Animated),
            b"eXIf" => outline.exif = outline.exif.or(Some(chunk.body)),
            _ => {}
        }
        if matches!(chunk.name, b"IHDR" | b"PLTE" | b"tRNS" | b"iCCP" | b"IDAT" | b"IEND") {
            outline.keep(at..chunk.end);
        }
        if chunk.name == b"IEND" {
            return Ok(outline);
        }
        at = chunk.end;
    }
}

struct Chunk<'a> {
    name: &'a [u8; 4],
    body: &'a [u8],
    end: usize,
}

/// The chunk that starts here: length, name, body and checksum.
fn chunk_at(bytes: &[u8], start: usize) -> Result<Chunk<'_>, Error> {
    const TRUNCATED: Error = Error::Truncated { format: Format::Png };
    let rest = bytes.get(start..).ok_or(TRUNCATED)?;
    let (length, rest) = rest.split_first_chunk::<4>().ok_or(TRUNCATED)?;
    let (name, rest) = rest.split_first_chunk::<4>().ok_or(TRUNCATED)?;
    let length = u32::from_be_bytes(*length) as usize;
    let (body, rest) = rest.split_at_checked(length).ok_or(TRUNCATED)?;
    if rest.len() < 4 {
        return Err(TRUNCATED);
    }
    Ok(Chunk { name, body, end: start + 12 + length })
}

fn read_header(outline: &mut Outline<'_>, header: &[u8]) -> Result<(), Error> {
    if outline.width_px != 0 {
        return Err(corrupt("it gives its size twice"));
    }
    let (width_px, rest) = header.split_first_chunk::<4>().ok_or(corrupt("its size is cut short"))?;
    let (height_px, _) = rest.split_first_chunk::<4>().ok_or(corrupt("its size is cut short"))?;
    (outline.width_px, outline.height_px) = (u32::from_be_bytes(*width_px), u32::from_be_bytes(*height_px));
    if outline.width_px == 0 || outline.height_px == 0 {
        return Err(corrupt("its width or height is nothing"));
    }
    Ok(())
}
