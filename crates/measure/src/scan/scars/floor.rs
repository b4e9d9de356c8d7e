//! What is measured where there is no scar.

use serde::Serialize;

use super::Instrument;
use super::refit::null;
use crate::scan::device::between;
use crate::scan::vector::distance;
use crate::scan::{Point, Surface};

/// Scars measured on unscarred skin of the same scan: what noise, relief and reference put into a number.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Floor {
    /// Width of the discs in millimetres.
    pub width_mm: f64,
    /// Discs measured.
    pub discs: usize,
    /// Mean depth where there is none, in millimetres: the deepest place of a disc is looked for, so it is above 0.
    pub depth_mean_mm: f64,
    /// Standard deviation of the depth, in millimetres.
    pub depth_sd_mm: f64,
    /// Standard deviation of the volume, in cubic millimetres.
    pub volume_sd_mm3: f64,
    /// Mean spread of the skin around the discs, in millimetres.
    pub ring_spread_mm: f64,
}

/// Widths of discs in millimetres (3 to 8 as in [`Device::smallest_change`](crate::scan::Device::smallest_change), narrower ones for ice picks).
const WIDTHS_MM: [f64; 6] = [1.2, 2.0, 3.0, 4.0, 6.0, 8.0];
/// Discs of each width.
const DISCS: usize = 32;
/// Fewest discs of which a standard deviation is taken.
const DISCS_MIN: usize = 8;

/// The floor for each width that the skin leaves room for. `taken` are places of scars and candidates with their radius.
pub(super) fn floors(surface: &Surface<'_>, instrument: &Instrument, taken: &[(Point, f64)]) -> Vec<Floor> {
    let sites = surface.thinned(5.0);
    WIDTHS_MM
        .into_iter()
        .filter_map(|width_mm| {
            let radius_mm = width_mm / 2.0;
            let free = |at: &u32| {
                let point = surface.mesh.vertices[*at as usize];
                taken.iter().all(|(other, radius)| distance(*other, point) > 1.35 * radius + 1.35 * radius_mm)
            };
            let free: Vec<u32> = sites.iter().copied().filter(free).collect();
            let step = (free.len() as f64 / (2.0 * DISCS as f64)).max(1.0);
            let mut discs = Vec::new();
            let mut at = 0.0;
            while discs.len() < DISCS && (at as usize) < free.len() {
                let vertex = free[at as usize] as usize;
                discs.extend(
                    null(surface, instrument, surface.mesh.vertices[vertex], surface.normal_at(vertex), radius_mm)
                        .map(|disc| (disc.depth_mm, disc.volume_mm3(), disc.ring_spread_mm())),
                );
                at += step;
            }
            (discs.len() >= DISCS_MIN).then(|| {
                let (depth_mean_mm, depth_sd_mm) = moments(discs.iter().map(|disc| disc.0));
                let (volume_mean, volume_sd) = moments(discs.iter().map(|disc| disc.1));
                let (ring_spread_mm, _) = moments(discs.iter().map(|disc| disc.2));
                let volume_sd_mm3 = libm::hypot(volume_mean, volume_sd);
                Floor { width_mm, discs: discs.len(), depth_mean_mm, depth_sd_mm, volume_sd_mm3, ring_spread_mm }
            })
        })
        .collect()
}

/// The floor at a width, between those measured.
pub(super) fn at(floors: &[Floor], width_mm: f64) -> Option<Floor> {
    let first = floors.first()?;
    let widths: Vec<f64> = floors.iter().map(|floor| floor.width_mm).collect();
    let of = |value: fn(&Floor) -> f64| between(&widths, &floors.iter().map(value).collect::<Vec<_>>(), width_mm);
    Some(Floor {
        width_mm,
        discs: first.discs,
        depth_mean_mm: of(|floor| floor.depth_mean_mm),
        depth_sd_mm: of(|floor| floor.depth_sd_mm),
        volume_sd_mm3: of(|floor| floor.volume_sd_mm3),
        ring_spread_mm: of(|floor| floor.ring_spread_mm),
    })
}

fn moments(values: impl Iterator<Item = f64> + Clone) -> (f64, f64) {
    let count = values.clone().count() as f64;
    let mean = values.clone().sum::<f64>() / count;
    (mean, (values.map(|value| (value - mean).powi(2)).sum::<f64>() / (count - 1.0)).sqrt())
}
