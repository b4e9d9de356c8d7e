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
    let again = (blur_px * blur_px - already_px * already_px).max(0.0).sqrt();
    let mut narrow = Smoothed { plane: lightness.smoothed(again), sigma_px: 0.0, side_px: 1.0 };
    let sigma = |wavelength_mm: f64| SIGMA * wavelength_mm / first.pixel_mm;
    for kind in Kind::TEXTURES {
        let Some([short, long]) = kind.band_mm() else { continue };
        // A blur as strong as the filter at the short end takes half of the band away before it is measured.
        let resolved = short / first.pixel_mm >= PIXELS_MIN && blur_px < sigma(short);
        if !resolved {
            bands.iter_mut().for_each(|bands| bands.push((kind, None)));
            continue;
        }
        narrow = narrow.to(sigma(short));
        let wide = narrow.plane.smoothed(narrow.missing(sigma(long)));
        for (zone, bands) in zones.iter().zip(&mut bands) {
            bands.push((kind, rms(&narrow.plane, &wide, zone, narrow.side_px, long)));
        }
        narrow = Smoothed { plane: wide, sigma_px: sigma(long), side_px: narrow.side_px };
    }
    bands
}

/// A plane that was smoothed, and halved on the way: lengths in pixels of the photograph.
struct Smoothed {
    plane: Plane,
    sigma_px: f64,
    side_px: f64,
}

impl Smoothed {
    /// The Gaussian, in pixels of this plane, that takes it to this standard deviation.
    fn missing(&self, sigma_px: f64) -> f64 {
        (sigma_px * sigma_px - self.sigma_px * self.sigma_px).max(0.0).sqrt() / self.side_px
    }

    /// Smoothed to this standard deviation, halved as often as that allows.
    fn to(mut self, sigma_px: f64) -> Self {
        while sigma_px > HALVE_AT * self.side_px && self.plane.width.min(self.plane.height) > 8 {
            let step = self.sigma_px.max(HALVE_AT * self.side_px);
            let plane = self.plane.smoothed(self.missing(step)).halved();
            self = Self { plane, sigma_px: step, side_px: 2.0 * self.side_px };
        }
        let plane = self.plane.smoothed(self.missing(sigma_px));
        Self { plane, sigma_px, side_px: self.side_px }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Waves of L* of a known length and height: the filters of ISO 16610-61 let exp(-pi (a l / w)^2) of them through.
    #[test]
    fn waves_come_out_as_high_as_the_filters_let_them_through() {
        let (side, pixel_mm) = (1200, 0.05);
        for wave_mm in [0.7, 1.4, 2.8] {
            let wave = |at: usize| libm::sin(std::f64::consts::TAU * at as f64 * pixel_mm / wave_mm);
            let values = (0..side * side).map(|at| (60.0 + 2.0 * wave(at % side) * wave(at / side)) as f32).collect();
            let lightness = Plane { width: side, height: side, values };
            let cells = vec![true; 300 * 300];
            let zone = Zone { cells: &cells, columns: 300, rows: 300, factor: 4, pixel_mm };
            for (kind, found) in texture(&lightness, &[zone], 0.0, 0.0).remove(0) {
                let Some([short, long]) = kind.band_mm() else { continue };
                // The product of two waves has twice the square of the frequency of one.
                let through = |nesting: f64| libm::exp(-2.0 * std::f64::consts::LN_2 * (nesting / wave_mm).powi(2));
                let known = (through(short) - through(long)).abs();
                let found = found.unwrap();
                assert!((found - known).abs() < 0.01 + 0.02 * known, "{wave_mm} {kind:?}: {found}, known {known}");
            }
        }
    }
}
