//! OBJ of Wavefront: lines of points (`v`), of places in a picture (`vt`) and of polygons (`f`) that name them, from 1 or from the last
//! one backwards. Points may carry colours after their position. The picture itself is named in a file of materials beside it.

use super::raw::{Raw, check_points, check_triangles, colour_byte, fan};
use super::{Picture, Texture, unit};
use crate::scan::Point;
use crate::{Error, Format};

const FORMAT: Format = Format::Obj;
/// Bytes at the beginning in which a first line has to be that is one of this format.
const BEGINNING_BYTES: usize = 1 << 16;

pub(super) fn is_obj(bytes: &[u8]) -> bool {
    let beginning = &bytes[..bytes.len().min(BEGINNING_BYTES)];
    let is_text = beginning.iter().all(|byte| matches!(byte, b'\t' | b'\n' | b'\r' | b' '..=b'~' | 0x80..));
    let is_of_obj = |line: &[u8]| {
        let word = line.trim_ascii_start().split(|byte| byte.is_ascii_whitespace()).next().unwrap_or_default();
        matches!(word, b"v" | b"vn" | b"vt" | b"mtllib" | b"usemtl")
    };
    is_text && beginning.split(|byte| *byte == b'\n').any(is_of_obj)
}

/// Everything of a file that is collected while its lines are read.
#[derive(Default)]
struct Lines {
    raw: Raw,
    /// Colours as they stand there, from 0 to 1 or to 255.
    colours: Vec<[f32; 3]>,
    places: Vec<[f32; 2]>,
    /// For each triangle, where its corners lie in the picture, as places in `places`.
    across: Vec<[u32; 3]>,
    materials_file: Option<String>,
    material: Option<String>,
    /// Material of the first triangle, and whether there is another one.
    materials: Option<(Option<String>, bool)>,
    /// The triangle that names the last of all points: its line and that point.
    last_named: (u64, u32),
}

pub(super) fn read(bytes: &[u8]) -> Result<Raw, Error> {
    let mut lines = Lines::default();
    for (at, line) in bytes.split(|byte| *byte == b'\n').enumerate() {
        // Names and remarks may be in any code; numbers are the same in all of them.
        lines.line(at as u64 + 1, &String::from_utf8_lossy(line))?;
    }
    let (line, last) = lines.last_named;
    let points = lines.raw.mesh.vertices.len() as u64;
    if u64::from(last) >= points && !lines.raw.mesh.triangles.is_empty() {
        let (place, index) = (format!("line {line}"), i64::from(last) + 1);
        return Err(Error::PointMissing { format: FORMAT, place, index, points });
    }
    lines.raw.mesh.colours = lines.colours();
    lines.raw.texture = lines.texture();
    Ok(lines.raw)
}

impl Lines {
    fn line(&mut self, at: u64, line: &str) -> Result<(), Error> {
        let line = line.trim();
        if line.ends_with('\\') {
            return Err(Error::NotRead { format: FORMAT, what: format!("line {at}, which goes on in the next,") });
        }
        let (word, rest) = line.split_once([' ', '\t']).unwrap_or((line, ""));
        match word {
            "v" => self.point(at, rest),
            "vt" => {
                let [u, v] = numbers::<2>(at, rest)?;
                self.places.push([u as f32, 1.0 - v as f32]);
                check_points(self.places.len() as u64)
            }
            "f" | "fo" => self.face(at, rest),
            "usemtl" => {
                self.material = Some(rest.trim().to_owned());
                Ok(())
            }
            "mtllib" => {
                self.materials_file.get_or_insert_with(|| rest.trim().to_owned());
                Ok(())
            }
            _ => {
                if line.starts_with('#') {
                    self.raw.unit = self.raw.unit.or_else(|| unit::said(line));
                }
                Ok(())
            }
        }
    }

    fn point(&mut self, at: u64, rest: &str) -> Result<(), Error> {
        let position: Point = numbers(at, rest)?;
        self.raw.mesh.vertices.push(position);
        if rest.split_ascii_whitespace().nth(5).is_some() {
            let [_, _, _, red, green, blue] = numbers::<6>(at, rest)?;
            self.colours.push([red as f32, green as f32, blue as f32]);
        }
        check_points(self.raw.mesh.vertices.len() as u64)
    }

    fn face(&mut self, at: u64, rest: &str) -> Result<(), Error> {
        let (mut corners, mut across) = (Vec::new(), Vec::new());
        for corner in rest.split_ascii_whitespace() {
            let mut parts = corner.split('/');
            let points = self.raw.mesh.vertices.len();
            let point = index(at, parts.next().unwrap_or_default(), points)?;
            if point >= self.last_named.1 {
                self.last_named = (at, point);
            }
            corners.push(point);
            if let Some(place) = parts.next().filter(|place| !place.is_empty()) {
                across.push(index(at, place, self.places.len())?);
            }
        }
        self.raw.mesh.triangles.extend(fan(&corners));
        if across.len() == corners.len() {
            self.across.extend(fan(&across));
        }
        match &mut self.materials {
            None => self.materials = Some((self.material.clone(), false)),
            Some((first, several)) => *several |= *first != self.material,
        }
        check_triangles(self.raw.mesh.triangles.len() as u64)
    }

    /// Colours, if every point has one.
    fn colours(&self) -> Option<Vec<[u8; 3]>> {
        let is_full = !self.colours.is_empty() && self.colours.len() == self.raw.mesh.vertices.len();
        let full = if self.colours.iter().flatten().any(|part| *part > 1.0) { 255.0 } else { 1.0 };
        is_full.then(|| self.colours.iter().map(|colour| colour.map(|part| colour_byte(f64::from(part) / full))).collect())
    }

    /// The picture, if there is one alone and every corner has a place in it.
    fn texture(&self) -> Option<Texture> {
        let file = self.materials_file.clone()?;
        let (material, several) = self.materials.clone()?;
        let is_whole = !several && self.across.len() == self.raw.mesh.triangles.len();
        let place = |at: u32| self.places.get(at as usize).copied();
        let coordinates = self.across.iter().map(|[a, b, c]| Some([place(*a)?, place(*b)?, place(*c)?]));
        let coordinates = if is_whole { coordinates.collect::<Option<_>>()? } else { return None };
        Some(Texture { coordinates, picture: Picture::InMaterials { file, material } })
    }
}

/// The first numbers of a line.
fn numbers<const N: usize>(line: u64, rest: &str) -> Result<[f64; N], Error> {
    let mut numbers = [0.0; N];
    let mut words = rest.split_ascii_whitespace();
    for number in &mut numbers {
        let word = words.next().unwrap_or_default();
        *number = word.parse().map_err(|_| Error::NotANumber { line, found: word.chars().take(40).collect() })?;
    }
    Ok(numbers)
}

/// An index from 0, of one that counts from 1, or backwards from the last one so far.
fn index(line: u64, word: &str, so_far: usize) -> Result<u32, Error> {
    let number: i64 = word.parse().map_err(|_| Error::NotANumber { line, found: word.chars().take(40).collect() })?;
    let from_0 = if number < 0 { so_far as i64 + number } else { number - 1 };
    u32::try_from(from_0).map_err(|_| {
        let (place, points) = (format!("line {line}"), so_far as u64);
        Error::PointMissing { format: FORMAT, place, index: number, points }
    })
}
