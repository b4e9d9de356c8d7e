//! Laying the follow-up on the baseline, which is never moved itself: corners of the skin that are found again, one similarity that
//! most agree on, then tiles. No face is recognised: corners are compared between these two pictures and forgotten.

mod chance;
mod features;
mod local;
mod similarity;

use local::Field;
use serde::Serialize;
use similarity::Similarity;

use super::overview::Overview;
use super::plane::{Plane, quantile};
use super::quality::{Code, Finding, Weight};
use super::skin::Region;

/// Where each place of the baseline is in the follow-up.
pub(super) struct Warp {
    similarity: Similarity,
    field: Field,
}

impl Warp {
    /// The place in the follow-up's overview of a place in the baseline's.
    pub(super) fn apply(&self, x: f64, y: f64) -> (f64, f64) {
        let [dx, dy] = self.field.at(x, y);
        self.similarity.apply(x + dx, y + dy)
    }
}

/// How the follow-up lies on the baseline.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Alignment {
    /// Corners that look alike in both.
    pub matches: usize,
    /// Those of them that agree on one scale, rotation and shift.
    pub agreeing: usize,
    /// Size in the follow-up over size in the baseline, each as a share of its picture's longer side.
    pub scale: f64,
    /// Rotation from baseline to follow-up, clockwise, in degrees.
    pub rotation_degrees: f64,
    /// Width of the skin in view in pixels of the baseline, which shares are of.
    pub width_px: f64,
    /// Share of the tiles of the skin that fit (correlation over 0.6).
    pub fitting_share: f64,
    /// Median correlation of tiles.
    pub correlation: f64,
    /// Median distance between a place and itself, there and back, in pixels of the baseline.
    pub residual_px: f64,
    /// The same, under which 95 % of places are.
    pub residual_p95_px: f64,
    /// Median distance as a share of the width of the skin in view.
    pub residual_share: f64,
    /// How far parts of the skin moved by themselves (expression, pose), root mean square as a share of its width.
    pub moved_share: f64,
}

/// Corners that have to agree, and their share of the matches. Measured on studio faces: two pictures of one person 148 or more and
/// 0.4 or more; of two persons 27 or fewer and 0.11 or fewer.
const AGREEING_MIN: usize = 45;
const AGREEING_SHARE_MIN: f64 = 0.18;
/// Share of tiles that have to fit; below the second something covers the skin, or it looks otherwise.
const FITTING_REFUSES: f64 = 0.5;
const FITTING_WARNS: f64 = 0.75;
/// Scale beyond which pictures are not from the same distance (design 2.3: 3 %; refused at 10 %: ours).
const SCALE_WARNS: f64 = 0.03;
const SCALE_REFUSES: f64 = 0.10;
/// Rotation, in degrees (ours).
const ROTATION_WARNS: f64 = 5.0;
const ROTATION_REFUSES: f64 = 20.0;
/// Residual as a share of the width of the skin: 1 % of a face is more than most scars are wide (ours).
const RESIDUAL_REFUSES: f64 = 0.01;
/// Movement of parts (ours).
const MOVED_WARNS: f64 = 0.015;

struct Side<'a> {
    lightness: Plane,
    region: &'a Region,
}

/// Lays one picture on another.
///
/// # Errors
/// Why it does not lie there: a finding that refuses.
pub(super) fn align(
    baseline: (&Overview, &Region),
    follow_up: (&Overview, &Region),
    long_sides: [usize; 2],
) -> Result<(Warp, Alignment, Vec<Finding>), Finding> {
    let base = Side { lightness: baseline.0.lightness(), region: baseline.1 };
    let follow = Side { lightness: follow_up.0.lightness(), region: follow_up.1 };
    let within = 0.02 * base.region.across();
    let here = features::features(&base.lightness, base.region);
    let (similarity, matches, agreeing) = match agree(&here, &follow, within) {
        Ok(found) => found,
        Err(best) => {
            let mirrored = Side { lightness: follow.lightness.mirrored(), region: &follow.region.mirrored() };
            return Err(if agree(&here, &mirrored, within).is_ok() { is_mirrored() } else { nothing_agrees(best) });
        }
    };
    let full = similarity.scale() * follow_up.0.factor as f64 / baseline.0.factor as f64;
    let scale = full * long_sides[0] as f64 / long_sides[1] as f64;
    let mut findings = held_alike(scale, similarity.rotation_degrees())?;

    let field = local::refine(&base.lightness, &follow.lightness, base.region, &similarity);
    let back = local::refine(&follow.lightness, &base.lightness, follow.region, &similarity.inverse());
    let (warp, back) = (Warp { similarity, field }, Warp { similarity: similarity.inverse(), field: back });
    let alignment = judged(
        &warp,
        &back,
        baseline,
        Alignment {
            matches,
            agreeing,
            scale,
            rotation_degrees: similarity.rotation_degrees(),
            width_px: base.region.across() * baseline.0.factor as f64,
            fitting_share: 0.0,
            correlation: 0.0,
            residual_px: 0.0,
            residual_p95_px: 0.0,
            residual_share: 0.0,
            moved_share: 0.0,
        },
    );
    findings.extend(lies_well(&alignment)?);
    Ok((warp, alignment, findings))
}

/// The similarity that enough corners agree on; if not, how many did.
fn agree(here: &[features::Feature], follow: &Side<'_>, within_px: f64) -> Result<(Similarity, usize, usize), usize> {
    let there = features::features(&follow.lightness, follow.region);
    let matches = features::matched(here, &there);
    let (similarity, agreeing) = similarity::agreed(&matches, within_px).ok_or(0_usize)?;
    let enough = agreeing.len() >= AGREEING_MIN && agreeing.len() as f64 >= AGREEING_SHARE_MIN * matches.len() as f64;
    if enough { Ok((similarity, matches.len(), agreeing.len())) } else { Err(agreeing.len()) }
}

fn judged(warp: &Warp, back: &Warp, baseline: (&Overview, &Region), counts: Alignment) -> Alignment {
    let mut fits: Vec<f32> = warp.field.compared().map(|(_, _, fit)| fit as f32).collect();
    let fitting = fits.iter().filter(|fit| f64::from(**fit) > local::FITS).count();
    let places = || warp.field.compared().filter(|(_, _, fit)| *fit > local::FITS);
    let mut misses: Vec<f32> = places()
        .map(|(x, y, _)| {
            let (u, v) = warp.apply(x, y);
            let (p, q) = back.apply(u, v);
            (p - x).hypot(q - y) as f32
        })
        .collect();
    let moved: f64 = places().map(|(x, y, _)| warp.field.at(x, y)).map(|[dx, dy]| dx * dx + dy * dy).sum();
    let factor = baseline.0.factor as f64;
    let residual = |misses: &mut Vec<f32>, share| factor * quantile(misses, share).map_or(f64::INFINITY, f64::from);
    let residual_px = residual(&mut misses, 0.5);
    Alignment {
        fitting_share: fitting as f64 / fits.len().max(1) as f64,
        correlation: quantile(&mut fits, 0.5).map_or(0.0, f64::from),
        residual_px,
        residual_p95_px: residual(&mut misses, 0.95),
        residual_share: residual_px / counts.width_px,
        moved_share: (moved / fitting.max(1) as f64).sqrt() / baseline.1.across(),
        ..counts
    }
}

fn finding(code: Code, weight: Weight, measured: f64, limit: f64, message: String) -> Finding {
    Finding { code, weight, measured, limit, message }
}

fn is_mirrored() -> Finding {
    let message =
        "one of the pictures is a mirror image of the other: telephones mirror pictures of the front camera, switch that off"
            .to_owned();
    finding(Code::Mirrored, Weight::Refuses, 1.0, 0.0, message)
}

fn nothing_agrees(agreeing: usize) -> Finding {
    let message = format!(
        "the follow-up does not lie on the baseline ({agreeing} corners agree, at least {AGREEING_MIN} are needed): check that both \
         show the same person and the same part of the skin, from the same distance and in the same pose"
    );
    finding(Code::NotAligned, Weight::Refuses, agreeing as f64, AGREEING_MIN as f64, message)
}

/// That both pictures were taken from the same distance with the camera upright.
fn held_alike(scale: f64, rotation: f64) -> Result<Vec<Finding>, Finding> {
    let mut findings = Vec::new();
    let off = (scale.ln()).abs();
    if off > SCALE_WARNS {
        let (weight, limit) = if off > SCALE_REFUSES { (Weight::Refuses, SCALE_REFUSES) } else { (Weight::Warns, SCALE_WARNS) };
        let (percent, how, what) = (100.0 * scale, if scale > 1.0 { "closer" } else { "further away" }, 100.0 * limit);
        let message = format!(
            "the follow-up was taken from {how}, or is cut out otherwise (the skin is {percent:.0} % of its size in the baseline, \
             {what:.0} % more or less are allowed): take it again from the distance of the baseline, uncut"
        );
        findings.push(finding(Code::Distance, weight, scale, limit, message));
    }
    if rotation.abs() > ROTATION_WARNS {
        let refuses = rotation.abs() > ROTATION_REFUSES;
        let (weight, limit) = if refuses { (Weight::Refuses, ROTATION_REFUSES) } else { (Weight::Warns, ROTATION_WARNS) };
        let message = format!(
            "the follow-up is turned by {rotation:.0} degrees (at most {limit:.0}): hold the camera and the head as in the baseline"
        );
        findings.push(finding(Code::Turned, weight, rotation, limit, message));
    }
    refused_first(findings)
}

fn lies_well(alignment: &Alignment) -> Result<Vec<Finding>, Finding> {
    let mut findings = Vec::new();
    let share = alignment.fitting_share;
    if share < FITTING_WARNS {
        let (weight, limit) =
            if share < FITTING_REFUSES { (Weight::Refuses, FITTING_REFUSES) } else { (Weight::Warns, FITTING_WARNS) };
        let message = format!(
            "only {:.0} % of the skin looks the same in both (at least {:.0} %): hair, a hand, make-up or other light covers it, or too \
             little of it is in both pictures",
            100.0 * share,
            100.0 * limit
        );
        findings.push(finding(Code::Occluded, weight, share, limit, message));
    }
    let residual = alignment.residual_share;
    if residual.is_nan() || residual > RESIDUAL_REFUSES {
        let message = format!(
            "the follow-up does not lie firmly on the baseline (there and back misses by {:.1} % of the width of the skin, at most \
             {:.0} %): take it in the same pose and light",
            100.0 * residual,
            100.0 * RESIDUAL_REFUSES
        );
        findings.push(finding(Code::NotAligned, Weight::Refuses, residual, RESIDUAL_REFUSES, message));
    }
    if alignment.moved_share > MOVED_WARNS {
        let message = format!(
            "parts of the skin moved by themselves by {:.1} % of its width (at most {:.1} %): same pose, and a face at rest",
            100.0 * alignment.moved_share,
            100.0 * MOVED_WARNS
        );
        findings.push(finding(Code::Pose, Weight::Warns, alignment.moved_share, MOVED_WARNS, message));
    }
    refused_first(findings)
}

fn refused_first(findings: Vec<Finding>) -> Result<Vec<Finding>, Finding> {
    match findings.iter().find(|finding| finding.weight == Weight::Refuses) {
        Some(refusal) => Err(refusal.clone()),
        None => Ok(findings),
    }
}
