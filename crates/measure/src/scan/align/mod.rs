//! Laying the follow-up onto the baseline: a rigid motion with its error, or a refusal.

mod coarse;
mod field;
mod icp;
mod pose;

use serde::Serialize;

use self::field::Field;
use self::icp::{Pair, Sample, Search, refine};
use super::solve::{quantile, spread};
use super::vector::{cross, mean, sub};
use super::{Point, Surface};
use crate::Error;

pub use pose::Pose;

/// The same place of the face in both visits, in millimetres.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Landmark {
    /// In the baseline.
    pub baseline: Point,
    /// In the follow-up.
    pub follow_up: Point,
}

/// The motion that lays the follow-up onto the baseline.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Alignment {
    /// The motion.
    pub pose: Pose,
    /// Middle of the skin that was laid together, in the baseline, in millimetres: the covariance is about it.
    pub middle: Point,
    /// Covariance of the turn about `middle` (radians; x, y, z) and the shift (mm), from residuals summed by clusters of 40 mm.
    pub covariance: [[f64; 6]; 6],
    /// What of it a place of the skin moves, one standard deviation, root mean square over the skin, in millimetres.
    pub uncertainty_mm: f64,
    /// Spread of the distances between the skin of both visits, 1.4826 MAD, in millimetres.
    pub residual_mm: f64,
    /// Root mean square of the closest 80 % of the distances, in millimetres.
    pub trimmed_rms_mm: f64,
    /// Share of the smaller surface that lies on the other.
    pub overlap: f64,
    /// How firmly the shapes hold each other: of the motion that they hold least, the share that goes across the skin; 0 for balls.
    pub hold: f64,
    /// Size of the follow-up over that of the baseline, when size is let free: 1 for the same person and unit.
    pub size_ratio: f64,
}

/// Points that are laid together at each scale, and how far they look for a neighbour, in millimetres.
const SCALES: [(f64, f64, usize); 3] = [(2_000.0, 8.0, 20), (8_000.0, 3.0, 10), (40_000.0, 1.5, 8)];
/// How far the best starts look for a neighbour, in millimetres.
const START_MM: f64 = 3.0;
/// Fewest points that make a fit.
const PAIRS_MIN: usize = 200;
/// Distance up to which surfaces lie on each other, in millimetres: twice the 0.4 to 0.5 mm between two captures of one face by
/// consumer and stereo scanners (TrueDepth frames of a mannequin, 0.55 mm;
/// VECTRA H1 against 3dMD, 0.43 mm, Camison 2018).
const LIES_ON_MM: f64 = 1.0;
/// Least overlap; ours: with less, expression and swelling of one zone steer the whole.
const OVERLAP_MIN: f64 = 0.5;
/// Largest spread of the distances in millimetres; ours: two captures of one face differ by 0.4 to 0.5 mm, different faces
/// by more than this.
const RESIDUAL_MM_MAX: f64 = 0.6;
/// Largest difference in size; ours: a scanner is right to 0.3 % (ours), growth of a zone by swelling stays under this.
const SIZE_DIFFERENCE_MAX: f64 = 0.02;
/// A mirror image is suspected where the scan itself stays further apart than this, in millimetres, and its mirror image fits this much
/// better; ours: real faces mirrored stay 1.0 to 1.4 mm apart, and 0.6 to 0.7 mm turned back.
const MIRROR_MM_MIN: f64 = 0.6;
const MIRROR_BETTER: f64 = 0.85;
/// Least firmness; ours: noise alone lets a ball seem held by 0.03.
const HOLD_MIN: f64 = 0.06;
/// Largest uncertainty of a place in millimetres; ours: scars are matched within 3 mm.
const UNCERTAINTY_MM_MAX: f64 = 0.5;

/// Lays the follow-up onto the baseline. `scarred` says which places of the follow-up change with treatment and are left out.
///
/// # Errors
/// Scans that do not fit: too little overlap, another face or size, a mirrored one, or a shape that leaves a motion free.
pub fn align(
    baseline: &Surface<'_>,
    follow_up: &Surface<'_>,
    landmarks: &[Landmark],
    scarred: &dyn Fn(Point) -> bool,
) -> Result<Alignment, Error> {
    let samples = |count: f64| -> Vec<Sample> {
        let side = (follow_up.area_mm2 / count).sqrt();
        follow_up.thinned(side).iter().map(|&at| Sample::of(follow_up, at)).filter(|sample| !scarred(sample.point)).collect()
    };
    let few = samples(SCALES[0].0);
    let mut pose = if landmarks.is_empty() {
        let field = Field::of(baseline);
        let (fit, pose) = start(&few, baseline, &field)?;
        if fit > MIRROR_MM_MIN * MIRROR_MM_MIN {
            let mirrored: Vec<Sample> =
                few.iter().map(|sample| Sample { point: mirror(sample.point), normal: mirror(sample.normal) }).collect();
            let (mirrored_fit, _) = start(&mirrored, baseline, &field)?;
            if mirrored_fit < MIRROR_BETTER * MIRROR_BETTER * fit {
                return Err(Error::Mirrored { mirrored_mm: mirrored_fit.sqrt(), residual_mm: fit.sqrt() });
            }
        }
        pose
    } else {
        coarse::by_landmarks(landmarks)?
    };
    let mut pairs = Vec::new();
    for (count, reach_mm, steps) in SCALES {
        let samples = samples(count);
        let mut search = Search::new(baseline);
        let pairs_at = |pose: &Pose| search.pairs(&samples, pose, reach_mm);
        pose = refine(pairs_at, pose, steps, PAIRS_MIN).ok_or(Error::PoseUndetermined)?;
        pairs = search.pairs(&samples, &pose, reach_mm);
    }
    judged(baseline, follow_up, pose, &pairs)
}

/// The best start, with the mean square of its distances after a few steps on the surface itself.
fn start(samples: &[Sample], baseline: &Surface<'_>, field: &Field) -> Result<(f64, Pose), Error> {
    let few: Vec<Sample> = samples.iter().step_by(2).copied().collect();
    let needed = PAIRS_MIN.min(few.len() / 4);
    let fits = coarse::by_falling(samples, field).into_iter().filter_map(|pose| {
        let pose = refine(|pose| field.pairs(samples, pose), pose, 15, needed)?;
        let mut search = Search::new(baseline);
        let pose = refine(|pose| search.pairs(&few, pose, START_MM), pose, 8, needed)?;
        Some((coarse::mean_square(&search.pairs(&few, &pose, START_MM), few.len(), START_MM), pose))
    });
    fits.min_by(|a, b| a.0.total_cmp(&b.0)).ok_or(Error::PoseUndetermined)
}

fn judged(baseline: &Surface<'_>, follow_up: &Surface<'_>, pose: Pose, pairs: &[Pair]) -> Result<Alignment, Error> {
    let overlap = lies_on(follow_up, &pose, baseline).max(lies_on(baseline, &pose.back(), follow_up));
    if overlap < OVERLAP_MIN {
        return Err(Error::OverlapTooSmall { overlap, needed: OVERLAP_MIN });
    }
    let middle = mean(pairs.iter().map(|pair| pair.moved));
    let size_ratio = icp::ratio(pairs, middle).ok_or(Error::PoseUndetermined)?;
    if (size_ratio - 1.0).abs() > SIZE_DIFFERENCE_MAX {
        return Err(Error::SizeDiffers { ratio: size_ratio });
    }
    let residual_mm = spread(pairs.iter().map(|pair| pair.residual));
    if residual_mm > RESIDUAL_MM_MAX {
        return Err(Error::FitTooPoor { residual_mm, allowed_mm: RESIDUAL_MM_MAX });
    }
    let hold = icp::hold(pairs, middle);
    if hold < HOLD_MIN {
        return Err(Error::PoseUndetermined);
    }
    let covariance = icp::covariance(pairs, middle).ok_or(Error::PoseUndetermined)?;
    let squares = pairs.iter().map(|pair| place_variance(&covariance, sub(pair.moved, middle)));
    let uncertainty_mm = (squares.sum::<f64>() / pairs.len() as f64).sqrt();
    if uncertainty_mm.is_nan() || uncertainty_mm > UNCERTAINTY_MM_MAX {
        return Err(Error::PoseUndetermined);
    }
    let mut squares: Vec<f64> = pairs.iter().map(|pair| pair.residual * pair.residual).collect();
    let limit = quantile(&mut squares, 0.8);
    let kept: Vec<f64> = squares.into_iter().filter(|square| *square <= limit).collect();
    let trimmed_rms_mm = (kept.iter().sum::<f64>() / kept.len() as f64).sqrt();
    Ok(Alignment { pose, middle, covariance, uncertainty_mm, residual_mm, trimmed_rms_mm, overlap, hold, size_ratio })
}

/// Share of a surface, moved, that lies on another and looks the same way.
fn lies_on(of: &Surface<'_>, moved: &Pose, on: &Surface<'_>) -> f64 {
    let samples = of.thinned((of.area_mm2 / 3000.0).sqrt());
    let all: Vec<Sample> = samples.iter().map(|&at| Sample::of(of, at)).collect();
    Search::new(on).pairs(&all, moved, LIES_ON_MM).len() as f64 / all.len().max(1) as f64
}

/// Variance of where a place lies, along all three axes together, in square millimetres.
fn place_variance(covariance: &[[f64; 6]; 6], from_middle: Point) -> f64 {
    (0..3)
        .map(|axis| {
            let mut unit = [0.0; 3];
            unit[axis] = 1.0;
            // a turn w moves a place by w x p, whose part along an axis is w . (p x axis)
            let [a, b, c] = cross(from_middle, unit);
            let row = [a, b, c, unit[0], unit[1], unit[2]];
            (0..6).map(|i| (0..6).map(|j| row[i] * covariance[i][j] * row[j]).sum::<f64>()).sum::<f64>()
        })
        .sum()
}

fn mirror([x, y, z]: Point) -> Point {
    [-x, y, z]
}
