//! Reading what scanners write, one file for each format. Nothing is guessed: a unit that a file does not say has to be told.

mod glb;
mod obj;
mod ply;
mod raw;
mod stl;
mod texture;
mod unit;

use raw::Raw;
pub use texture::{Picture, Texture, picture_of_material};
pub use unit::{Sides, UnitFrom};

use super::Mesh;
use super::tidy::{Condition, tidy};
use crate::limits::FILE_BYTES_MAX;
use crate::units::LengthUnit;
use crate::{Error, Format};

/// What somebody tells about a file that does not say it itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Unit of the coordinates.
    pub unit: Option<LengthUnit>,
}

/// A scan: one surface, in millimetres, its triangles counter-clockwise seen from outside.
#[derive(Clone, Debug, PartialEq)]
pub struct Scan {
    /// Format of the file.
    pub format: Format,
    /// The surface.
    pub mesh: Mesh,
    /// Its picture, where the file has one.
    pub texture: Option<Texture>,
    /// Unit of the file.
    pub unit: LengthUnit,
    /// Who says so.
    pub unit_from: UnitFrom,
    /// What it is like, and what was mended.
    pub condition: Condition,
}

/// Reads a scan; its format is told by its content, not by its name.
///
/// # Errors
/// Whatever is wrong with the file, a unit that it does not say and nobody told, a size that no scan of skin has, and points
/// without triangles.
pub fn read(bytes: &[u8], told: &Told) -> Result<Scan, Error> {
    if bytes.len() > FILE_BYTES_MAX {
        return Err(Error::TooLarge { what: "the file", size: bytes.len() as u64, limit: FILE_BYTES_MAX as u64 });
    }
    let (format, raw) = raw(bytes)?;
    let points = raw.mesh.vertices.len() as u64;
    if raw.mesh.triangles.is_empty() {
        return Err(Error::NoSurface { format, points });
    }
    raw.check(format)?;
    let Raw { mut mesh, mut texture, unit: said } = raw;
    let shape = tidy(&mut mesh, texture.as_mut())?;
    if mesh.triangles.is_empty() {
        return Err(Error::NoSurface { format, points });
    }
    let (unit, unit_from) = unit::of(format, Sides::of(&mesh), said, told.unit)?;
    let mm = unit.micrometres() / 1e3;
    mesh.vertices.iter_mut().flatten().for_each(|part| *part *= mm);
    let condition = shape.in_millimetres(mm, &mut mesh, texture.as_mut());
    Ok(Scan { format, mesh, texture, unit, unit_from, condition })
}

fn raw(bytes: &[u8]) -> Result<(Format, Raw), Error> {
    if bytes.starts_with(b"glTF") {
        Ok((Format::Glb, glb::read(bytes)?))
    } else if bytes.starts_with(b"ply\n") || bytes.starts_with(b"ply\r") {
        Ok((Format::Ply, ply::read(bytes)?))
    } else if stl::is_stl(bytes) {
        Ok((Format::Stl, stl::read(bytes)?))
    } else if obj::is_obj(bytes) {
        Ok((Format::Obj, obj::read(bytes)?))
    } else {
        Err(Error::UnknownScan)
    }
}
