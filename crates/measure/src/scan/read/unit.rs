//! In which unit a scan is.

use std::fmt;

use serde::Serialize;

use crate::limits::{SCAN_SIDE_MM_MAX, SCAN_SIDE_MM_MIN};
use crate::scan::Mesh;
use crate::units::LengthUnit;
use crate::{Error, Format};

/// Who says in which unit a scan is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitFrom {
    /// The file.
    File,
    /// The specification of its format: glTF 2.0, 3.4: all linear distances are in metres.
    Specification,
    /// Somebody.
    Told,
}

/// Sides of the box around a scan.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sides(pub [f64; 3]);

impl Sides {
    /// Of the box around the points of a mesh.
    #[must_use]
    pub fn of(mesh: &Mesh) -> Self {
        let side = |axis: usize| {
            let along = mesh.vertices.iter().map(|point| point[axis]);
            (along.clone().fold(f64::NEG_INFINITY, f64::max) - along.fold(f64::INFINITY, f64::min)).max(0.0)
        };
        Self([side(0), side(1), side(2)])
    }

    /// The sides of a scan so many times as large.
    #[must_use]
    pub fn times(self, by: f64) -> Self {
        Self(self.0.map(|side| side * by))
    }

    /// The longest.
    #[must_use]
    pub fn longest(self) -> f64 {
        self.0.into_iter().fold(0.0, f64::max)
    }
}

impl fmt::Display for Sides {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, side) in self.0.into_iter().enumerate() {
            let between = if at == 0 { "" } else { " x " };
            // Three digits are enough to see a wrong unit.
            match side {
                side if side >= 1e6 => write!(out, "{between}{side:.2e}")?,
                side if side >= 100.0 => write!(out, "{between}{side:.0}")?,
                side if side >= 1.0 => write!(out, "{between}{side:.1}")?,
                side => write!(out, "{between}{side:.3}")?,
            }
        }
        Ok(())
    }
}

/// The unit of a scan whose box has these sides in the file. What the file says needs no telling; what its format says may be
/// contradicted, for many programs write GLB in other units.
pub(super) fn of(
    format: Format,
    sides: Sides,
    said: Option<LengthUnit>,
    told: Option<LengthUnit>,
) -> Result<(LengthUnit, UnitFrom), Error> {
    let (unit, from) = match (said, told) {
        (Some(_), Some(_)) => return Err(Error::SaidByTheFile { format }),
        (Some(unit), None) => (unit, UnitFrom::File),
        (None, Some(unit)) => (unit, UnitFrom::Told),
        (None, None) if format == Format::Glb => (LengthUnit::Metre, UnitFrom::Specification),
        (None, None) => return Err(Error::ScanUnitNotSaid { format, sides }),
    };
    let sides = sides.times(unit.micrometres() / 1e3);
    if (SCAN_SIDE_MM_MIN..=SCAN_SIDE_MM_MAX).contains(&sides.longest()) {
        Ok((unit, from))
    } else {
        Err(Error::ScanSizeImpossible { unit, sides })
    }
}

/// What a remark of a file says of its unit: the last word of a line as `units: mm`, `File units = millimeters`.
pub(super) fn said(remark: &str) -> Option<LengthUnit> {
    let words = remark.to_ascii_lowercase();
    let (before, unit) = words.trim().rsplit_once([' ', '\t', ':', '='])?;
    let last = before.trim_end_matches([' ', '\t', ':', '=']).rsplit([' ', '\t', '#']).next()?;
    if !matches!(last, "unit" | "units") {
        return None;
    }
    match unit {
        "mm" | "millimeter" | "millimeters" | "millimetre" | "millimetres" => Some(LengthUnit::Millimetre),
        "cm" | "centimeter" | "centimeters" | "centimetre" | "centimetres" => Some(LengthUnit::Centimetre),
        "m" | "meter" | "meters" | "metre" | "metres" => Some(LengthUnit::Metre),
        "um" | "micrometer" | "micrometers" | "micrometre" | "micrometres" | "micron" | "microns" => Some(LengthUnit::Micrometre),
        _ => None,
    }
}
