//! Change drawn over the baseline: one picture for each quantity, with its scale beside it.

mod legend;
mod ramp;

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder};
use serde::Serialize;

use super::Error;
use super::colour::{Lab, ciede2000, erythema_index, linear_to_srgb, melanin_index};
use super::numbers::Sight;
use super::overview::Overview;
use super::plane::Plane;
use super::quality::within;

/// What a map shows, follow-up minus baseline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MapKind {
    /// L*.
    Lightness,
    /// a*.
    RedGreen,
    /// Erythema index.
    Redness,
    /// Melanin index.
    Pigment,
    /// CIEDE2000, which has no sign.
    ColourDifference,
}

/// A map over the baseline, as a PNG file with its scale drawn at the right.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChangeMap {
    /// What it shows.
    pub kind: MapKind,
    /// Unit.
    pub unit: &'static str,
    /// Value at the lower end of the scale; what is beyond has the colour of the end.
    pub lowest: f64,
    /// Value at the upper end.
    pub highest: f64,
    /// Width with the scale, in pixels.
    pub width_px: usize,
    /// Height, in pixels.
    pub height_px: usize,
    /// The file.
    #[serde(skip)]
    pub png: Vec<u8>,
}

impl MapKind {
    const ALL: [Self; 5] = [Self::Lightness, Self::RedGreen, Self::Redness, Self::Pigment, Self::ColourDifference];

    /// Unit, and the end of the scale: the same for every comparison, so that maps can be laid beside one another (ours).
    const fn scale(self) -> (&'static str, f64) {
        match self {
            Self::Lightness => ("dL*", 12.0),
            Self::RedGreen => ("da*", 8.0),
            Self::Redness => ("dEI", 12.0),
            Self::Pigment => ("dMI", 20.0),
            Self::ColourDifference => ("dE00", 12.0),
        }
    }

    fn change(self, before: ([f32; 3], [f32; 3]), after: ([f32; 3], [f32; 3])) -> f32 {
        let lab = |[l, a, b]: [f32; 3]| Lab { l: l.into(), a: a.into(), b: b.into() };
        let linear = |linear: [f32; 3]| linear.map(f64::from);
        match self {
            Self::Lightness => after.0[0] - before.0[0],
            Self::RedGreen => after.0[1] - before.0[1],
            Self::Redness => (erythema_index(linear(after.1)) - erythema_index(linear(before.1))) as f32,
            Self::Pigment => (melanin_index(linear(after.1)) - melanin_index(linear(before.1))) as f32,
            Self::ColourDifference => ciede2000(lab(before.0), lab(after.0)) as f32,
        }
    }
}

/// Smoothing of colours before they are compared, in cells: single pixels are noise and misses of the alignment.
const SMOOTH: f64 = 1.0;

/// All maps. Where nothing was measured the baseline is seen, in grey.
pub(super) fn maps(overview: &Overview, before: &Sight, after: &Sight, measured: &[bool]) -> Result<Vec<ChangeMap>, Error> {
    let smooth = |sight: &Sight| -> (Vec<[f32; 3]>, Vec<[f32; 3]>) {
        let all = |of: &[[f32; 3]]| -> Vec<[f32; 3]> {
            let planes = [0, 1, 2].map(|channel| {
                let values =
                    of.iter().zip(measured).map(|(value, measured)| if *measured { value[channel] } else { 0.0 }).collect();
                within(&Plane { width: overview.width, height: overview.height, values }, measured, SMOOTH)
            });
            (0..of.len()).map(|at| [0, 1, 2].map(|channel: usize| planes[channel].values[at])).collect()
        };
        (all(&sight.lab), all(&sight.linear))
    };
    let (before, after) = (smooth(before), smooth(after));
    let at = |side: &(Vec<[f32; 3]>, Vec<[f32; 3]>), cell: usize| (side.0[cell], side.1[cell]);
    MapKind::ALL
        .into_iter()
        .map(|kind| {
            let (unit, end) = kind.scale();
            let lowest = if kind == MapKind::ColourDifference { 0.0 } else { -end };
            let pixel = |cell: usize| {
                if measured[cell] {
                    ramp::colour(f64::from(kind.change(at(&before, cell), at(&after, cell))) / end)
                } else {
                    let [r, g, b] = overview.linear[cell];
                    [linear_to_srgb(0.2126 * r + 0.7152 * g + 0.0722 * b); 3]
                }
            };
            let drawn = legend::beside(overview.width, overview.height, pixel, lowest, end, unit);
            let png = png(&drawn)?;
            Ok(ChangeMap { kind, unit, lowest, highest: end, width_px: drawn.width, height_px: drawn.height, png })
        })
        .collect()
}

/// Red, green and blue of every pixel.
struct Drawn {
    width: usize,
    height: usize,
    rgb: Vec<u8>,
}

fn png(drawn: &Drawn) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    let encoder = PngEncoder::new_with_quality(&mut bytes, CompressionType::Fast, FilterType::Up);
    let size = |pixels: usize| u32::try_from(pixels).map_err(|_| Error::NotDrawn);
    let written = encoder.write_image(&drawn.rgb, size(drawn.width)?, size(drawn.height)?, ExtendedColorType::Rgb8);
    written.map_err(|_| Error::NotDrawn)?;
    Ok(bytes)
}
