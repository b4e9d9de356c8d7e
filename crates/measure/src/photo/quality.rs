//! Whether a photograph is good enough, and what to do if it is not.

use serde::Serialize;

use super::overview::Overview;
use super::plane::{Plane, quantile};
use super::skin::Region;

/// What was found wrong with a photograph, or with two of them together.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding {
    /// Stable name.
    pub code: Code,
    /// What follows from it.
    pub weight: Weight,
    /// What was measured, in the unit of the message.
    pub measured: f64,
    /// What it may be.
    pub limit: f64,
    /// What is wrong and what to do, with the numbers.
    pub message: String,
}

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// Too few pixels.
    TooSmall,
    /// Everything has one colour.
    Blank,
    /// Nothing but black.
    Black,
    /// Nothing but white.
    BlownOut,
    /// No skin in it.
    NoSkin,
    /// Too dark.
    Underexposed,
    /// Skin is clipped.
    Clipped,
    /// Not sharp.
    Blurred,
    /// The light has a colour.
    ColourCast,
    /// Skin shines.
    Shine,
    /// The card in it is a mirror image.
    CardMirrored,
    /// A card was found and does not correct well enough.
    CardPoor,
    /// The follow-up does not lie on the baseline.
    NotAligned,
    /// One of the pictures is a mirror image of the other.
    Mirrored,
    /// The follow-up is turned.
    Turned,
    /// Taken from another distance, or cut out otherwise.
    Distance,
    /// Another pose or expression.
    Pose,
    /// Something covers skin, or too little is seen in both.
    Occluded,
    /// Light from another side.
    LightDiffers,
    /// One picture is sharper.
    SharpnessDiffers,
}

/// What follows from a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// No number.
    Refuses,
    /// Numbers, with this said beside them.
    Warns,
}

/// Shortest side that scars are seen on, in pixels (ours).
const SIDE_PX_MIN: f64 = 400.0;
/// Spread of L* below which a picture shows nothing (ours).
const SPREAD_MIN: f64 = 4.0;
/// The lightest part of a picture of skin of any tone has at least this L* (ours).
const LIGHTEST_MIN: f64 = 45.0;
/// Clipped share of the skin (design: 0.1 % with a card; beyond a twentieth nothing is left to measure: ours).
const CLIPPED_WARNS: f64 = 0.001;
const CLIPPED_REFUSES: f64 = 0.05;
/// Blur as standard deviation, for the width of the skin in view: for a face of 140 mm these are 0.4 and 1 mm (ours).
const BLUR_WARNS: f64 = 1.0 / 350.0;
const BLUR_REFUSES: f64 = 1.0 / 140.0;
/// Hue angles of skin in balanced light, in degrees: measured 38 to 73 (Xiao et al. 2017, Skin Res Technol 23:21), widened by 8 (ours).
const HUE: [f64; 2] = [30.0, 81.0];
/// Share of shining skin (design 2.3).
const SHINE_WARNS: f64 = 0.02;

/// What was measured of a capture.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Quality {
    /// Blur at the sharpest edges of the skin, as standard deviation in pixels of the photograph; nothing where there is no edge.
    pub blur_px: Option<f64>,
    /// Share of the skin that is clipped bright.
    pub clipped_share: f64,
    /// Median L* of the skin as stored.
    pub lightness: f64,
    /// Hue angle of the skin in degrees as stored.
    pub hue_degrees: f64,
    /// Share of the skin that shines.
    pub shine_share: f64,
    /// Mean linear light of the left half of the skin over that of the right.
    pub left_over_right: f64,
}

fn finding(code: Code, weight: Weight, measured: f64, limit: f64, message: String) -> Finding {
    Finding { code, weight, measured, limit, message }
}

/// What is wrong before skin is looked for: too small, blank, black or blown out.
pub(super) fn of_picture(overview: &Overview, width: usize, height: usize) -> Option<Finding> {
    let side = width.min(height) as f64;
    if side < SIDE_PX_MIN {
        let message = format!(
            "it is {width} x {height} pixels, and at least {SIDE_PX_MIN} are needed on the shorter side: take it closer or export it larger"
        );
        return Some(finding(Code::TooSmall, Weight::Refuses, side, SIDE_PX_MIN, message));
    }
    let count = overview.lab.len() as f64;
    let bright = overview.clipped.iter().map(|clipped| f64::from(clipped[0])).sum::<f64>() / count;
    if bright > 0.5 {
        let message = format!("{:.0} % of it is pure white: expose less, and keep lamps out of the picture", 100.0 * bright);
        return Some(finding(Code::BlownOut, Weight::Refuses, bright, 0.5, message));
    }
    let mut lightness: Vec<f32> = overview.lab.iter().map(|lab| lab[0]).collect();
    let lightest = f64::from(quantile(&mut lightness, 0.99).unwrap_or_default());
    let spread = lightest - f64::from(quantile(&mut lightness, 0.01).unwrap_or_default());
    if lightest < 12.0 {
        let message = format!("it is black (its lightest part has L* {lightest:.0}): take off the lens cap, or give more light");
        return Some(finding(Code::Black, Weight::Refuses, lightest, 12.0, message));
    }
    if spread < SPREAD_MIN {
        let message = format!("it shows nothing (all of it within {spread:.1} L*): take it again");
        return Some(finding(Code::Blank, Weight::Refuses, spread, SPREAD_MIN, message));
    }
    None
}

/// What no skin in a picture says.
pub(super) fn no_skin() -> Finding {
    let message = "no connected piece of skin was found in it: frame the treated skin, in light that is not coloured".to_owned();
    finding(Code::NoSkin, Weight::Refuses, 0.0, super::skin::SHARE_MIN, message)
}

/// What is measured of the skin.
pub(super) fn quality(overview: &Overview, region: &Region) -> Quality {
    let skin = || (0..overview.lab.len()).filter(|at| region.bare[*at]);
    let of = |channel: usize| {
        let mut values: Vec<f32> = skin().map(|at| overview.lab[at][channel]).collect();
        f64::from(quantile(&mut values, 0.5).unwrap_or_default())
    };
    let (lightness, a, b) = (of(0), of(1), of(2));
    let count = skin().count().max(1) as f64;
    let shines = shine(overview, region);
    let middle = (region.left + region.right) / 2;
    let mean = |left: bool| {
        let side: Vec<f64> =
            skin().filter(|at| (at % overview.width < middle) == left).map(|at| f64::from(overview.linear[at][1])).collect();
        side.iter().sum::<f64>() / side.len().max(1) as f64
    };
    Quality {
        blur_px: blur(&overview.lightness(), region).map(|blur| blur * overview.factor as f64),
        clipped_share: skin().map(|at| f64::from(overview.clipped[at][0])).sum::<f64>() / count,
        lightness,
        hue_degrees: libm::atan2(b, a).to_degrees(),
        shine_share: skin().filter(|at| shines[*at]).count() as f64 / count,
        left_over_right: mean(true) / mean(false).max(1e-6),
    }
}

/// What is wrong with the skin of a picture.
pub(super) fn of_skin(quality: &Quality, overview: &Overview, region: &Region) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut add = |code, weight, measured, limit, message| found.push(finding(code, weight, measured, limit, message));
    let clipped = quality.clipped_share;
    if clipped > CLIPPED_WARNS {
        let weight = if clipped > CLIPPED_REFUSES { Weight::Refuses } else { Weight::Warns };
        let limit = if clipped > CLIPPED_REFUSES { CLIPPED_REFUSES } else { CLIPPED_WARNS };
        let message = format!("{:.1} % of the skin is clipped (at most {:.1} %): expose less", 100.0 * clipped, 100.0 * limit);
        add(Code::Clipped, weight, clipped, limit, message);
    }
    let mut all: Vec<f32> = overview.lab.iter().map(|lab| lab[0]).collect();
    let lightest = f64::from(quantile(&mut all, 0.99).unwrap_or_default());
    if lightest < LIGHTEST_MIN {
        let message = format!(
            "it is too dark (its lightest part has L* {lightest:.0}, at least {LIGHTEST_MIN:.0}): give more light or expose longer"
        );
        add(Code::Underexposed, Weight::Warns, lightest, LIGHTEST_MIN, message);
    }
    let width_px = region.across() * overview.factor as f64;
    if let Some(blur) = quality.blur_px.filter(|blur| *blur > BLUR_WARNS * width_px) {
        let refuses = blur > BLUR_REFUSES * width_px;
        let (weight, limit) =
            if refuses { (Weight::Refuses, BLUR_REFUSES * width_px) } else { (Weight::Warns, BLUR_WARNS * width_px) };
        let message = format!(
            "it is not sharp (edges are blurred by {blur:.1} pixels, at most {limit:.1}): hold the camera still, and focus on the skin"
        );
        add(Code::Blurred, weight, blur, limit, message);
    }
    let hue = quality.hue_degrees;
    if !(HUE[0]..=HUE[1]).contains(&hue) {
        let limit = if hue < HUE[0] { HUE[0] } else { HUE[1] };
        let message = format!(
            "the light has a colour (hue of the skin {hue:.0} degrees, {:.0} to {:.0} in balanced light): set the white balance by hand, or put a colour card in the picture",
            HUE[0], HUE[1]
        );
        add(Code::ColourCast, Weight::Warns, hue, limit, message);
    }
    if quality.shine_share > SHINE_WARNS {
        let message = format!(
            "{:.1} % of the skin shines (at most {:.0} %): blot the skin, use softer light or crossed polarisers",
            100.0 * quality.shine_share,
            100.0 * SHINE_WARNS
        );
        add(Code::Shine, Weight::Warns, quality.shine_share, SHINE_WARNS, message);
    }
    found
}

/// Cells that shine: lighter than the skin around by 6 L* and paler, as light is that never entered the skin.
pub(super) fn shine(overview: &Overview, region: &Region) -> Vec<bool> {
    let (lightness, a, b) = (overview.lightness(), overview.channel(1), overview.channel(2));
    let chroma = Plane {
        width: overview.width,
        height: overview.height,
        values: a.values.iter().zip(&b.values).map(|(a, b)| (a * a + b * b).sqrt()).collect(),
    };
    shining(&lightness, &chroma, &region.bare, region.across())
}

/// The same of planes.
pub(super) fn shining(lightness: &Plane, chroma: &Plane, skin: &[bool], across: f64) -> Vec<bool> {
    let around = (across / 12.0).max(2.0);
    let (light, pale) = (within(lightness, skin, around), within(chroma, skin, around));
    (0..skin.len())
        .map(|at| skin[at] && lightness.values[at] > light.values[at] + 6.0 && chroma.values[at] < 0.92 * pale.values[at])
        .collect()
}

/// Gaussian means over the skin alone.
pub(super) fn within(plane: &Plane, skin: &[bool], sigma: f64) -> Plane {
    let mask: Vec<f32> = skin.iter().map(|skin| f32::from(u8::from(*skin))).collect();
    let (width, height) = (plane.width, plane.height);
    let masked = plane.values.iter().zip(&mask).map(|(value, mask)| value * mask).collect();
    let shrink = ((sigma / 3.0).floor() as usize).max(1);
    let small = |values: Vec<f32>| {
        let plane = Plane { width, height, values };
        let size = |pixels: usize| pixels.div_ceil(shrink).max(2);
        let small = if shrink > 1 { plane.resized(size(width), size(height)) } else { plane };
        let smooth = small.smoothed(sigma / shrink as f64);
        if shrink > 1 { smooth.resized(width, height) } else { smooth }
    };
    let (mut sums, mass) = (small(masked), small(mask));
    sums.values.iter_mut().zip(mass.values).for_each(|(sum, mass)| *sum /= mass.max(1e-3));
    sums
}

/// Standard deviation of the blur at the sharpest edges, in pixels of the plane, from how much a known blur flattens them (Zhuo and
/// Sim 2011, Pattern Recognition 44:1852). It says nothing below half a pixel.
fn blur(plane: &Plane, region: &Region) -> Option<f64> {
    const KNOWN: f64 = 1.0;
    let again = plane.smoothed(KNOWN);
    let slope = |plane: &Plane, at: usize| {
        let across = plane.values[at + 1] - plane.values[at - 1];
        let down = plane.values[at + plane.width] - plane.values[at - plane.width];
        (across * across + down * down).sqrt() / 2.0
    };
    let inside = |at: &usize| {
        let (x, y) = (at % plane.width, at / plane.width);
        region.mask[*at] && x > 0 && y > 0 && x + 1 < plane.width && y + 1 < plane.height
    };
    let mut slopes: Vec<(f32, usize)> = (0..plane.values.len()).filter(inside).map(|at| (slope(plane, at), at)).collect();
    let strongest = slopes.len() / 100;
    if strongest < 20 {
        return None;
    }
    slopes.select_nth_unstable_by(strongest, |one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
    let mut blurs: Vec<f32> = slopes[..strongest]
        .iter()
        .filter(|(slope, _)| *slope > 1.0)
        .map(|(before, at)| {
            let ratio = f64::from(*before / slope(&again, *at).max(1e-6));
            (KNOWN / (ratio * ratio - 1.0).max(1e-2).sqrt()) as f32
        })
        .collect();
    if blurs.len() < 20 {
        return None;
    }
    quantile(&mut blurs, 0.25).map(f64::from)
}
