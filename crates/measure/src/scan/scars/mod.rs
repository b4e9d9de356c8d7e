//! Scars of one scan, each measured against the skin around it.

mod candidates;
mod chart;
mod floor;
mod reference;
mod refit;
mod scar;
mod types;

use serde::Serialize;

use self::candidates::Candidate;
use self::refit::Depression;
use super::vector::distance;
use super::{Point, Settings, Surface};

pub use floor::Floor;
pub use scar::{NotReported, Reported, Scar};
pub use types::Types;

/// What the scan resolves.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Instrument {
    /// Median distance of neighbouring points in millimetres.
    pub spacing_mm: f64,
    /// Width of a point that the instrument sees as a spot, at half its height, in millimetres; 0 where it is not known.
    pub blur_mm: f64,
    /// Distance of the cells on which scars are measured, in millimetres: half that of the points, at least 0.05 mm; ours.
    pub dx_mm: f64,
    /// Blur of the S-filter, in millimetres, as standard deviation of a Gaussian of nesting index 5 `dx_mm`, at least 0.25 mm; ours.
    pub sigma_mm: f64,
    /// Width of the narrowest scar that gets a depth, in millimetres: five points or 2.5 times the blur of the device; ours.
    pub width_mm_min: f64,
}

impl Instrument {
    pub(super) fn of(surface: &Surface<'_>, settings: &Settings) -> Self {
        let dx_mm = (surface.spacing_mm / 2.0).max(0.05);
        // 0.18739 is the standard deviation of a Gaussian filter of nesting index 1 (ISO 16610-61)
        let sigma_mm = 0.18739 * f64::max(5.0 * dx_mm, 0.25);
        let blur_mm = settings.blur_mm.or(settings.device.blur_mm()).unwrap_or(0.0);
        let spacing_mm = surface.spacing_mm;
        Self { spacing_mm, blur_mm, dx_mm, sigma_mm, width_mm_min: f64::max(5.0 * spacing_mm, 2.5 * blur_mm) }
    }
}

/// Why a depression is not measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unmeasurable {
    /// The scan ends beside it, or has a hole.
    ScanEnds,
    /// The skin around it is no smooth surface to within 0.06 mm.
    UnevenAround,
    /// The skin is bent too much: wing of the nose, lip, lid.
    CurvedSkin,
    /// More than three times as long as wide: a fold or a wrinkle.
    Fold,
    /// Wider than 10 mm.
    TooWide,
    /// Not deeper than skin without scars is uneven.
    WithinTheFloor,
}

/// A depression that is not measured.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct NotMeasured {
    /// Where, in the coordinates of its scan, in millimetres.
    pub position: Point,
    /// About how wide, in millimetres.
    pub width_mm: f64,
    /// Why.
    pub reason: Unmeasurable,
}

/// What was found in a scan.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) scars: Vec<Scar>,
    pub(super) not_measured: Vec<NotMeasured>,
    pub(super) floors: Vec<Floor>,
}

/// Spreads of the floor that a scar has to be deeper than it; ours: of some ten thousand places of a face less than one passes by chance.
const FLOOR_SPREADS: f64 = 4.0;

/// Finds and measures the scars of a scan.
pub(super) fn scars(surface: &Surface<'_>, instrument: &Instrument, settings: &Settings) -> Found {
    let mut depressions: Vec<Depression> = Vec::new();
    let mut not_measured: Vec<NotMeasured> = Vec::new();
    let mut taken: Vec<(Point, f64)> = Vec::new();
    for Candidate { point, normal, radius_mm, .. } in candidates::candidates(surface) {
        let covered = |&(other, radius): &(Point, f64)| distance(other, point) < 1.2 * radius;
        // what lies in a depression that the scan cuts off is a piece of it, and no scar of its own
        let refused = |other: &NotMeasured| {
            distance(other.position, point) < 0.5 * other.width_mm
                && (other.reason == Unmeasurable::ScanEnds || radius_mm > 0.35 * other.width_mm)
        };
        if taken.iter().any(covered) || not_measured.iter().any(refused) {
            continue;
        }
        match refit::refit(surface, instrument, point, normal, radius_mm) {
            Ok(Some(depression)) => {
                let place = (depression.position(), depression.radius_mm);
                if !taken.iter().any(|&(other, radius)| distance(other, place.0) < radius.max(place.1)) {
                    taken.push(place);
                    depressions.push(depression);
                }
            }
            Ok(None) => {}
            Err(reason) => not_measured.push(NotMeasured { position: point, width_mm: 2.0 * radius_mm, reason }),
        }
    }
    let around: Vec<(Point, f64)> =
        taken.iter().copied().chain(not_measured.iter().map(|other| (other.position, other.width_mm / 2.0))).collect();
    let floors = floor::floors(surface, instrument, &around);
    let mut scars = Vec::new();
    for depression in &depressions {
        let floor = floor::at(&floors, 2.0 * depression.radius_mm);
        if floor.is_some_and(|floor| depression.depth_mm < floor.depth_mean_mm + FLOOR_SPREADS * floor.depth_sd_mm) {
            let (position, width_mm) = (depression.position(), 2.0 * depression.radius_mm);
            not_measured.push(NotMeasured { position, width_mm, reason: Unmeasurable::WithinTheFloor });
        } else {
            scars.push(scar::scar(depression, floor.as_ref(), instrument, settings));
        }
    }
    scars.sort_by(|a, b| b.volume.value().unwrap_or(0.0).total_cmp(&a.volume.value().unwrap_or(0.0)));
    Found { scars, not_measured, floors }
}
