//! The colour profile: from stored numbers to linear light.

use moxcms::{ColorProfile, DataColorSpace, ToneReprCurve};
use serde::Serialize;

use crate::photo::colour::{self, Matrix};

/// Header of a profile and its number of tags, in bytes (ICC.1:2022, 7.2).
const HEADER_BYTES: usize = 132;

/// Where the meaning of the stored colours comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ProfileUsed {
    /// The profile in the file, by its primaries and its curves.
    OfTheFile,
    /// The file has none, and sRGB is assumed: absolute colours rest on it.
    NoneSoSrgbAssumed,
    /// The file has one that is damaged or not of primaries and curves, and sRGB is assumed: absolute colours rest on it.
    NotUnderstoodSoSrgbAssumed,
}

/// From stored numbers, as a share of the largest, to linear light with the primaries of sRGB.
pub(super) struct ToLinear {
    /// Linear value of each stored value, of each channel.
    pub(super) curves: [Vec<f32>; 3],
    /// From linear light with the primaries of the file to those of sRGB; nothing where they are the same.
    pub(super) matrix: Option<Matrix>,
}

/// The way to linear light for pictures of `levels` values in each channel.
pub(super) fn to_linear(profile: Option<&[u8]>, levels: usize) -> (ToLinear, ProfileUsed) {
    let srgb = || {
        let curve: Vec<f32> = shares(levels).map(colour::srgb_to_linear).collect();
        ToLinear { curves: [curve.clone(), curve.clone(), curve], matrix: None }
    };
    match profile {
        None => (srgb(), ProfileUsed::NoneSoSrgbAssumed),
        Some(bytes) => match understood(bytes, levels) {
            Some(used) => (used, ProfileUsed::OfTheFile),
            None => (srgb(), ProfileUsed::NotUnderstoodSoSrgbAssumed),
        },
    }
}

fn shares(levels: usize) -> impl Iterator<Item = f32> {
    (0..levels).map(move |level| level as f32 / (levels - 1) as f32)
}

fn understood(bytes: &[u8], levels: usize) -> Option<ToLinear> {
    let said = u32::from_be_bytes(*bytes.first_chunk()?) as usize;
    if said < HEADER_BYTES || said > bytes.len() || bytes.get(36..40) != Some(b"acsp") {
        return None;
    }
    let profile = ColorProfile::new_from_slice(&bytes[..said]).ok()?;
    match profile.color_space {
        DataColorSpace::Gray => {
            let curve = curve(profile.gray_trc.as_ref()?, levels)?;
            Some(ToLinear { curves: [curve.clone(), curve.clone(), curve], matrix: None })
        }
        DataColorSpace::Rgb => {
            let curves = [
                curve(profile.red_trc.as_ref()?, levels)?,
                curve(profile.green_trc.as_ref()?, levels)?,
                curve(profile.blue_trc.as_ref()?, levels)?,
            ];
            let to_xyz_d50 = profile.rgb_to_xyz_matrix().v;
            let matrix = colour::multiply(&colour::xyz_d50_to_srgb(), &to_xyz_d50);
            // White of the file has to be white: three primaries that do not add up to it are no profile of a picture.
            let white = colour::apply(&matrix, [1.0; 3]);
            white.iter().all(|part| (part - 1.0).abs() < 0.02).then_some(ToLinear { curves, matrix: Some(matrix) })
        }
        _ => None,
    }
}

fn curve(stored: &ToneReprCurve, levels: usize) -> Option<Vec<f32>> {
    let evaluator = stored.make_linear_evaluator().ok()?;
    let curve: Vec<f32> = shares(levels).map(|share| evaluator.evaluate_value(share)).collect();
    let rises = curve.windows(2).all(|pair| pair[1] >= pair[0] - 1e-4);
    let spans =
        curve.first().is_some_and(|first| first.abs() < 0.05) && curve.last().is_some_and(|last| (last - 1.0).abs() < 0.05);
    (rises && spans).then_some(curve)
}
