//! A scan as its file has it, before anything is mended.

use super::Texture;
use crate::limits::{SCAN_POINTS_MAX, SCAN_TRIANGLES_MAX};
use crate::scan::Mesh;
use crate::units::LengthUnit;
use crate::{Error, Format};

/// A scan in the unit of its file.
#[derive(Debug, Default)]
pub(super) struct Raw {
    pub(super) mesh: Mesh,
    pub(super) texture: Option<Texture>,
    /// The unit, where the file says it.
    pub(super) unit: Option<LengthUnit>,
}

impl Raw {
    /// Whether every triangle has its points, and every point of a triangle is one.
    pub(super) fn check(&self, format: Format) -> Result<(), Error> {
        let points = &self.mesh.vertices;
        for (at, triangle) in self.mesh.triangles.iter().enumerate() {
            for corner in triangle {
                let index = *corner as usize;
                match points.get(index) {
                    Some(point) if point.iter().all(|part| part.is_finite()) => {}
                    Some(_) => return Err(Error::NotFinite { format, point: index as u64 }),
                    None => {
                        let (place, index) = (format!("triangle {at}"), i64::from(*corner));
                        return Err(Error::PointMissing { format, place, index, points: points.len() as u64 });
                    }
                }
            }
        }
        Ok(())
    }
}

/// Holds a number of points against what is read.
pub(super) fn check_points(points: u64) -> Result<(), Error> {
    if points > SCAN_POINTS_MAX {
        return Err(Error::TooLarge { what: "points", size: points, limit: SCAN_POINTS_MAX });
    }
    Ok(())
}

/// Holds a number of triangles against what is read.
pub(super) fn check_triangles(triangles: u64) -> Result<(), Error> {
    if triangles > SCAN_TRIANGLES_MAX {
        return Err(Error::TooLarge { what: "triangles", size: triangles, limit: SCAN_TRIANGLES_MAX });
    }
    Ok(())
}

/// A polygon as triangles that all have its first corner.
pub(super) fn fan<T: Copy>(corners: &[T]) -> impl Iterator<Item = [T; 3]> + '_ {
    let first = corners.first();
    corners.iter().skip(1).zip(corners.iter().skip(2)).filter_map(move |(second, third)| Some([*first?, *second, *third]))
}

/// A colour from 0 to 1 as it is shown.
pub(super) fn colour_byte(share: f64) -> u8 {
    (share.clamp(0.0, 1.0) * 255.0).round() as u8
}
