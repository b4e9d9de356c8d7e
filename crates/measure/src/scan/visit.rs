//! One visit: what is measured in one scan.

use serde::Serialize;

use super::scars::{self, Floor, Found, Instrument, NotMeasured, Reported, Scar};
use super::{Device, Landmark, METHOD, Mesh, Repeatability, ScarType, Surface, VERSION};
use crate::Error;
use crate::quantity::Quantity;

/// What is told about the scans.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Settings {
    /// Class of the instrument.
    pub device: Device,
    /// Width of a point that the instrument sees as a spot, at half its height, in millimetres, where it was measured.
    pub blur_mm: Option<f64>,
    /// The clinic's own repeatability, in place of that of the class.
    pub repeatability: Option<Repeatability>,
    /// Places named in both scans. Without, every rotation is tried.
    pub landmarks: Vec<Landmark>,
}

/// What is being worked on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Scars of the baseline.
    Baseline,
    /// Scars of the follow-up.
    FollowUp,
    /// Laying the follow-up onto the baseline.
    Alignment,
    /// Distance of the surfaces.
    Distance,
    /// Matching scars.
    Matching,
}

/// What is measured in one scan.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Visit {
    /// Name of the method.
    pub method: &'static str,
    /// Its version: it changes when the same scan can give other numbers.
    pub version: &'static str,
    /// Points of the scan.
    pub points: usize,
    /// Area of the scan in square millimetres.
    pub area_mm2: f64,
    /// Median distance of neighbouring points in millimetres.
    pub spacing_mm: f64,
    /// What the scan resolves.
    pub instrument: Instrument,
    /// What is measured on skin without scars, by width.
    pub floor: Vec<Floor>,
    /// The scars, the largest volume first.
    pub scars: Vec<Scar>,
    /// Depressions that are not measured.
    pub not_measured: Vec<NotMeasured>,
    /// All scars together.
    pub totals: Totals,
}

/// Scars by type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Count {
    /// Ice picks.
    pub ice_pick: usize,
    /// Boxcars.
    pub boxcar: usize,
    /// Rolling scars.
    pub rolling: usize,
    /// Scars that the scan does not resolve, or of no one type.
    pub unresolved: usize,
}

/// All scars of a scan together.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Totals {
    /// Scars by type.
    pub count: Count,
    /// Sum of the volumes in cubic millimetres. Its uncertainty adds those of the scars as independent.
    pub volume_mm3: Quantity,
    /// Sum of the areas that are reported, in square millimetres.
    pub area_mm2: Quantity,
    /// Mean of the depths that are reported, in millimetres; none where none is.
    pub mean_depth_mm: Option<Quantity>,
    /// Scars with a volume.
    pub with_volume: usize,
    /// Scars with depth and area.
    pub with_depth: usize,
}

/// Measures the scars of one scan.
///
/// # Errors
/// A mesh that is no surface.
pub fn measure(mesh: &Mesh, settings: &Settings) -> Result<Visit, Error> {
    Ok(visit(&Surface::new(mesh)?, settings))
}

pub(super) fn visit(surface: &Surface<'_>, settings: &Settings) -> Visit {
    let instrument = Instrument::of(surface, settings);
    let Found { scars, not_measured, floors } = scars::scars(surface, &instrument, settings);
    let totals = totals(&scars);
    Visit {
        method: METHOD,
        version: VERSION,
        points: surface.mesh.vertices.len(),
        area_mm2: surface.area_mm2,
        spacing_mm: surface.spacing_mm,
        instrument,
        floor: floors,
        scars,
        not_measured,
        totals,
    }
}

fn totals(scars: &[Scar]) -> Totals {
    let mut count = Count::default();
    for scar in scars {
        *match scar.scar_type {
            Some(ScarType::IcePick) => &mut count.ice_pick,
            Some(ScarType::Boxcar) => &mut count.boxcar,
            Some(ScarType::Rolling) => &mut count.rolling,
            None => &mut count.unresolved,
        } += 1;
    }
    let all =
        |of: fn(&Scar) -> &Reported| -> Vec<Quantity> { scars.iter().filter_map(|scar| of(scar).quantity().copied()).collect() };
    let (volumes, depths) = (all(|scar| &scar.volume), all(|scar| &scar.depth));
    Totals {
        count,
        volume_mm3: Quantity::sum(&volumes),
        area_mm2: Quantity::sum(&all(|scar| &scar.area)),
        mean_depth_mm: (!depths.is_empty()).then(|| Quantity::sum(&depths).over(depths.len() as f64)),
        with_volume: volumes.len(),
        with_depth: depths.len(),
    }
}
