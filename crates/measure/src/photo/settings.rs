//! What a caller may say about a comparison.

use std::collections::BTreeMap;

use super::Error;
use super::numbers::Kind;
use crate::limits::ZONES_MAX;

/// Smallest changes that a clinic measured by its own repeats, in the units of the numbers.
pub type Repeatability = BTreeMap<Kind, f64>;

/// How a comparison is made.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings {
    /// Zones, in pixels of the baseline held upright. None: all skin that both pictures show.
    pub zones: Vec<Zone>,
    /// How large things are.
    pub scale: Scale,
    /// Whether a colour card is looked for.
    pub card: Card,
    /// Smallest changes of this clinic; kinds that are not in it have the default of the literature.
    pub repeatability: Repeatability,
}

/// A zone of skin with straight sides.
#[derive(Clone, Debug, PartialEq)]
pub struct Zone {
    /// Its name.
    pub name: String,
    /// Its corners in order, x and y in pixels of the baseline held upright.
    pub corners: Vec<[f64; 2]>,
}

/// How large things in the baseline are.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Scale {
    /// Not known: what is in millimetres is withheld.
    #[default]
    NotKnown,
    /// Side of a pixel in millimetres, at the skin.
    MillimetresPerPixel(f64),
    /// Two places a known distance apart: the pupils, or two marks of a ruler held at the skin.
    Between {
        /// One place, in pixels of the baseline held upright.
        from: [f64; 2],
        /// The other place.
        to: [f64; 2],
        /// How far apart they are, in millimetres.
        apart_mm: f64,
    },
}

/// Whether a colour card is looked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Card {
    /// A card of 24 patches is used where one is found.
    #[default]
    Sought,
    /// None is looked for.
    NotSought,
}

impl Scale {
    /// Side of a pixel in millimetres, where it is known.
    pub(super) fn pixel_mm(self) -> Result<Option<f64>, Error> {
        let (field, pixel_mm) = match self {
            Self::NotKnown => return Ok(None),
            Self::MillimetresPerPixel(pixel_mm) => ("the scale in millimetres per pixel", pixel_mm),
            Self::Between { from, to, apart_mm } => {
                let apart_px = (from[0] - to[0]).hypot(from[1] - to[1]);
                ("the scale from two places, in millimetres per pixel,", apart_mm / apart_px)
            }
        };
        // From a microscope to a whole body on a small picture (ours).
        if (0.001..=5.0).contains(&pixel_mm) {
            Ok(Some(pixel_mm))
        } else {
            Err(Error::Setting { field, found: pixel_mm, expected: "between 0.001 and 5" })
        }
    }
}

impl Settings {
    /// That the settings can be.
    pub(super) fn check(&self) -> Result<(), Error> {
        if self.zones.len() > ZONES_MAX {
            let name = format!("{} zones", self.zones.len());
            return Err(Error::Zone { name, reason: "there are more zones than are measured at once" });
        }
        for zone in &self.zones {
            let wrong = |reason| Error::Zone { name: zone.name.clone(), reason };
            if !(3..=ZONES_MAX).contains(&zone.corners.len()) {
                return Err(wrong("it needs 3 to 64 corners"));
            }
            if zone.corners.iter().flatten().any(|at| !at.is_finite()) {
                return Err(wrong("a corner is no place"));
            }
        }
        if let Some(found) = self.repeatability.values().find(|change| !(change.is_finite() && **change > 0.0)) {
            return Err(Error::Setting { field: "a smallest change", found: *found, expected: "a number above 0" });
        }
        Ok(())
    }
}

impl Zone {
    /// Whether a place lies in it (even and odd crossings).
    pub(super) fn holds(&self, x: f64, y: f64) -> bool {
        let mut inside = false;
        let mut last = self.corners.last().copied().unwrap_or_default();
        for corner in &self.corners {
            let crosses = (corner[1] > y) != (last[1] > y);
            if crosses && x < (last[0] - corner[0]) * (y - corner[1]) / (last[1] - corner[1]) + corner[0] {
                inside = !inside;
            }
            last = *corner;
        }
        inside
    }
}
