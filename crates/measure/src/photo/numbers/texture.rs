//! Texture: how much L* varies in octaves of wavelength, in millimetres.

use super::kind::Kind;
use crate::photo::plane::Plane;
use crate::photo::skin::without_rim;

/// Standard deviation of the Gaussian filter of ISO 16610-61 over its nesting index, where it lets 50 % through.
const SIGMA: f64 = 0.187_390_625;
/// Pixels that the shortest wavelength of a band needs (twice what sampling asks for).
const PIXELS_MIN: f64 = 4.0;
/// A plane is halved once it is smoothed by this many of its pixels: what is folded back is then under 1 %.
const HALVE_AT: f64 = 2.0;

/// A window of pixels of the photograph, and which cells of it count.
pub(in crate::photo) struct Zone<'a> {
    /// Cells of the window that count, row after row.
    pub(in crate::photo) cells: &'a [bool],
    pub(in crate::photo) columns: usize,
    pub(in crate::photo) rows: usize,
    /// Pixels along the side of a cell.
    pub(in crate::photo) factor: usize,
    /// Side of a pixel in millimetres.
    pub(in crate::photo) pixel_mm: f64,
}

/// Root mean square of L* in each band; nothing for bands that the pixels or the blur do not resolve, or that are too wide for the
/// zone. `blur_px`: what both pictures are blurred to, and what this one has already.
pub(in crate::photo) fn texture(
    lightness: &Plane,
    zones: &[Zone<'_>],
    already_px: f64,
    blur_px: f64,
) -> Vec<Vec<(Kind, Option<f64>)>> {
    let mut bands = vec![Vec::new(); zones.len()];
    let Some(first) = zones.first() else { return bands };
    let mut plane = lightness.smoothed((blur_px * blur_px - already_px * already_px).max(0.0).sqrt());
    // What the plane has been smoothed with by the filters here, and the side of its pixels, in pixels of the photograph.
    let (mut smoothed, mut side) = (0.0, 1.0);
    let sigma = |wavelength_mm: f64| SIGMA * wavelength_mm / first.pixel_mm;
    let to = |plane: &Plane, smoothed: f64, wanted: f64, side: f64| {
        plane.smoothed((wanted * wanted - smoothed * smoothed).max(0.0).sqrt() / side)
    };
    for (at, kind) in Kind::TEXTURES.into_iter().enumerate() {
        let Some([short, long]) = kind.band_mm() else { continue };
        if at == 0 {
            plane = to(&plane, smoothed, sigma(short), side);
            smoothed = sigma(short);
        }
        while smoothed > HALVE_AT * side && plane.width.min(plane.height) > 8 {
            plane = plane.halved();
            side *= 2.0;
        }
        let wide = to(&plane, smoothed, sigma(long), side);
        for (zone, bands) in zones.iter().zip(&mut bands) {
            // A blur as strong as the filter at the short end takes half of the band away before it is measured.
            let resolved = short / zone.pixel_mm >= PIXELS_MIN && blur_px < sigma(short).max(1.0);
            let found = if resolved { rms(&plane, &wide, zone, side, long) } else { None };
            bands.push((kind, found));
        }
        plane = wide;
        smoothed = sigma(long);
    }
    bands
}

/// Over the cells that are further from the rim of the zone than half the longest wavelength.
fn rms(narrow: &Plane, wide: &Plane, zone: &Zone<'_>, side: f64, long_mm: f64) -> Option<f64> {
    let cell_mm = zone.pixel_mm * zone.factor as f64;
    let inside = without_rim(zone.cells, zone.columns, zone.rows, (0.5 * long_mm / cell_mm).max(1.0));
    let (mut sum, mut count) = (0.0, 0_u64);
    for y in 0..narrow.height {
        let row = ((y as f64 * side) as usize / zone.factor).min(zone.rows - 1) * zone.columns;
        for x in 0..narrow.width {
            let column = ((x as f64 * side) as usize / zone.factor).min(zone.columns - 1);
            if inside[row + column] {
                let at = y * narrow.width + x;
                let value = f64::from(narrow.values[at] - wide.values[at]);
                sum += value * value;
                count += 1;
            }
        }
    }
    // Fewer than 16 wavelengths in a square say little of a spread.
    let area_mm2 = count as f64 * (side * zone.pixel_mm).powi(2);
    (area_mm2 >= 16.0 * long_mm * long_mm).then(|| (sum / count as f64).sqrt())
}
