//! STL: triangles by the positions of their corners, as text or binary. Equal positions are one point.

use super::raw::{Raw, check_triangles};
use super::unit;
use crate::scan::Point;
use crate::surface::read::binary::part;
use crate::{Error, Format};

const FORMAT: Format = Format::Stl;
const HEADER_BYTES: u64 = 80;
const BEGINS: u64 = HEADER_BYTES + 4;
const TRIANGLE_BYTES: u64 = 50;

/// A binary file has no mark of its own. It is told by a count that fits its length, or by a title of text before a count that could be;
/// many begin with the word by which a text begins.
pub(super) fn is_stl(bytes: &[u8]) -> bool {
    is_text(bytes)
        || count(bytes).is_some_and(|count| {
            let fits = BEGINS + count * TRIANGLE_BYTES == bytes.len() as u64;
            let title = bytes[..HEADER_BYTES as usize].iter().all(|byte| matches!(byte, 0 | b'\t' | b'\r' | b'\n' | b' '..=b'~'));
            let has_binary = bytes[HEADER_BYTES as usize..].contains(&0);
            count > 0 && (fits || (title && has_binary && check_triangles(count).is_ok()))
        })
}

fn is_text(bytes: &[u8]) -> bool {
    let beginning = &bytes[..bytes.len().min(1024)];
    let is_printed = beginning.iter().all(|byte| matches!(byte, b'\t' | b'\n' | b'\r' | b' '..=b'~' | 0x80..));
    is_printed && beginning.trim_ascii_start().starts_with(b"solid") && !fits(bytes)
}

fn fits(bytes: &[u8]) -> bool {
    count(bytes).is_some_and(|count| BEGINS + count * TRIANGLE_BYTES == bytes.len() as u64)
}

fn count(bytes: &[u8]) -> Option<u64> {
    let word = bytes.get(HEADER_BYTES as usize..BEGINS as usize)?;
    Some(u32::from_le_bytes(word.try_into().ok()?).into())
}

pub(super) fn read(bytes: &[u8]) -> Result<Raw, Error> {
    let mut raw = if is_text(bytes) { text(bytes)? } else { binary(bytes)? };
    raw.mesh.triangles = (0..raw.mesh.vertices.len() as u32 / 3).map(|at| [3 * at, 3 * at + 1, 3 * at + 2]).collect();
    Ok(raw)
}

fn binary(bytes: &[u8]) -> Result<Raw, Error> {
    let count = count(bytes).unwrap_or_default();
    check_triangles(count)?;
    let triangles = part(FORMAT, bytes, BEGINS, count * TRIANGLE_BYTES, "the triangles that the header names")?;
    let number = |bytes: &[u8]| f64::from(f32::from_le_bytes(std::array::from_fn(|at| bytes[at])));
    let point = |bytes: &[u8]| -> Point { [number(bytes), number(&bytes[4..]), number(&bytes[8..])] };
    let mut raw =
        Raw { unit: unit::said(&String::from_utf8_lossy(&bytes[..HEADER_BYTES as usize]).replace('\0', " ")), ..Raw::default() };
    // Each begins with its normal, which its corners give as well.
    let corners =
        triangles.chunks_exact(TRIANGLE_BYTES as usize).flat_map(|triangle| [12, 24, 36].map(|at| point(&triangle[at..])));
    raw.mesh.vertices = corners.collect();
    Ok(raw)
}

fn text(bytes: &[u8]) -> Result<Raw, Error> {
    let mut raw = Raw::default();
    let mut in_facet = 0;
    let mut is_ended = false;
    for (at, line) in bytes.split(|byte| *byte == b'\n').enumerate() {
        let line_number = at as u64 + 1;
        let line = String::from_utf8_lossy(line);
        let mut words = line.split_ascii_whitespace();
        let damaged = |reason| Error::ScanDamaged { format: FORMAT, place: format!("line {line_number}"), reason };
        match words.next().map(str::to_ascii_lowercase).as_deref() {
            Some("solid") => raw.unit = raw.unit.or_else(|| unit::said(&line)),
            Some("vertex") => {
                let mut number = || -> Result<f64, Error> {
                    let word = words.next().ok_or_else(|| damaged("a point has three coordinates"))?;
                    word.parse().map_err(|_| Error::NotANumber { line: line_number, found: word.chars().take(40).collect() })
                };
                raw.mesh.vertices.push([number()?, number()?, number()?]);
                in_facet += 1;
            }
            Some("endfacet") if in_facet != 3 => return Err(damaged("a facet has three points")),
            Some("endfacet") => {
                in_facet = 0;
                check_triangles(raw.mesh.vertices.len() as u64 / 3)?;
            }
            Some("endsolid") => is_ended = true,
            _ => {}
        }
    }
    if is_ended && in_facet == 0 {
        return Ok(raw);
    }
    let has = bytes.len() as u64;
    Err(Error::Truncated { format: FORMAT, place: "the text, up to endsolid,", needs: has + 1, has })
}
