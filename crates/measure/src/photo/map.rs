//! Change drawn over the baseline: one picture for each quantity, with its scale beside it.

use serde::Serialize;

use super::Error;
use super::colour::{Lab, ciede2000, erythema_index, linear_to_srgb, melanin_index};
use super::numbers::Sight;
use super::overview::Overview;
use super::plane::Plane;
use super::quality::within;
use crate::drawing::ramp::Ramp;
use crate::drawing::{Drawn, legend};

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

/// A picture on the grid of the baseline's maps, as a PNG file in sRGB; white where nothing was looked at.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LaidPicture {
    /// Width, in pixels.
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
    let grey = |[r, g, b]: &[f32; 3]| [linear_to_srgb(0.2126 * r + 0.7152 * g + 0.0722 * b); 3];
    let beneath: Vec<[u8; 3]> = overview.linear.iter().map(grey).collect();
    let ramp = Ramp::new();
    MapKind::ALL
        .into_iter()
        .map(|kind| {
            let (unit, highest) = kind.scale();
            let lowest = if kind == MapKind::ColourDifference { 0.0 } else { -highest };
            let pixel = |cell: usize| {
                if measured[cell] {
                    ramp.at(f64::from(kind.change(at(&before, cell), at(&after, cell))) / highest)
                } else {
                    beneath[cell]
                }
            };
            let drawn = legend::beside((overview.width, overview.height), pixel, &ramp, [lowest, highest], unit);
            let png = drawn.png().ok_or(Error::NotDrawn)?;
            Ok(ChangeMap { kind, unit, lowest, highest, width_px: drawn.width, height_px: drawn.height, png })
        })
        .collect()
}

/// One side of a comparison as a picture.
pub(super) fn laid_picture(sight: &Sight) -> Result<LaidPicture, Error> {
    let byte = |linear: f32| if linear.is_nan() { 255 } else { linear_to_srgb(linear) };
    let rgb = sight.linear.iter().flat_map(|linear| linear.map(byte)).collect();
    let drawn = Drawn { width: sight.width, height: sight.height, rgb };
    Ok(LaidPicture { width_px: drawn.width, height_px: drawn.height, png: drawn.png().ok_or(Error::NotDrawn)? })
}
