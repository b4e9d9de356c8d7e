//! Where to start: by landmarks, or by turning the one surface every way and letting it fall onto the other.

use std::f64::consts::{SQRT_2, TAU};

use super::Pose;
use super::field::Field;
use super::icp::{Pair, Sample, refine};
use crate::Error;
use crate::scan::Point;
use crate::scan::solve::eigen;
use crate::scan::vector::{distance, mean, sub};

/// Directions tried: they leave no rotation further than about 35 degrees from one of them.
const TURNS: u32 = 160;
/// Points that fall.
const SAMPLES: usize = 250;
/// A point further off counts as this far, in millimetres.
const OFF_MM: f64 = 10.0;

/// The motion that lays landmarks of the moving surface best onto those of the target (Horn 1987).
///
/// # Errors
/// Fewer than three, or all on a line.
pub(super) fn by_landmarks(landmarks: &[super::Landmark]) -> Result<Pose, Error> {
    let (to, from) = (mean(landmarks.iter().map(|mark| mark.baseline)), mean(landmarks.iter().map(|mark| mark.follow_up)));
    let longest = landmarks.iter().map(|mark| distance(mark.follow_up, from)).fold(0.0, f64::max);
    let mut s = [[0.0; 3]; 3];
    let mut shape = [[0.0; 3]; 3];
    for mark in landmarks {
        let (a, b) = (sub(mark.follow_up, from), sub(mark.baseline, to));
        for i in 0..3 {
            for j in 0..3 {
                s[i][j] += a[i] * b[j];
                shape[i][j] += a[i] * a[j];
            }
        }
    }
    // three marks within a millimetre of one line leave the turn about it free
    if landmarks.len() < 3 || longest < 5.0 || eigen(shape)[1].0 < 1.0 {
        return Err(Error::LandmarksUndetermined { found: landmarks.len() });
    }
    let quaternion = eigen([
        [s[0][0] + s[1][1] + s[2][2], s[1][2] - s[2][1], s[2][0] - s[0][2], s[0][1] - s[1][0]],
        [s[1][2] - s[2][1], s[0][0] - s[1][1] - s[2][2], s[0][1] + s[1][0], s[2][0] + s[0][2]],
        [s[2][0] - s[0][2], s[0][1] + s[1][0], s[1][1] - s[0][0] - s[2][2], s[1][2] + s[2][1]],
        [s[0][1] - s[1][0], s[2][0] + s[0][2], s[1][2] + s[2][1], s[2][2] - s[0][0] - s[1][1]],
    ])[0]
        .1;
    Ok(onto(turn(quaternion), from, to))
}

/// The best starts, the best first.
pub(super) fn by_falling(moving: &[Sample], target: &Field) -> Vec<Pose> {
    let step = moving.len().div_ceil(SAMPLES).max(1);
    let samples: Vec<Sample> = moving.iter().step_by(step).copied().collect();
    let from = mean(samples.iter().map(|sample| sample.point));
    let to = mean(target.points.iter().map(|sample| sample.point));
    let starts = std::iter::once(Pose::STILL).chain((0..TURNS).map(|at| onto(spiral(at), from, to)));
    let mut poses: Vec<(f64, Pose)> = starts.map(|pose| (0.0, pose)).collect();
    // most starts end in the same few valleys: what lies worst after a few steps is given up
    for (steps, kept) in [(5, 64), (8, 16), (20, 3)] {
        for (score, pose) in &mut poses {
            *pose = refine(|pose| target.pairs(&samples, pose), *pose, steps, samples.len() / 4).unwrap_or(*pose);
            *score = mean_square(&target.pairs(&samples, pose), samples.len(), OFF_MM);
        }
        poses.sort_by(|a, b| a.0.total_cmp(&b.0));
        poses.truncate(kept);
    }
    poses.into_iter().map(|(_, pose)| pose).collect()
}

/// Mean square of the distances, none counting more than `limit_mm`, and what has no pair as much.
pub(super) fn mean_square(pairs: &[Pair], samples: usize, limit_mm: f64) -> f64 {
    let near: f64 = pairs.iter().map(|pair| pair.residual.abs().min(limit_mm).powi(2)).sum();
    (near + (samples - pairs.len()) as f64 * limit_mm * limit_mm) / samples as f64
}

/// Rotations spread evenly (super-Fibonacci spiral, Alexa, CVPR 2022).
fn spiral(at: u32) -> [[f64; 3]; 3] {
    const PSI: f64 = 1.533_751_168_755_204;
    let s = f64::from(at) + 0.5;
    let share = s / f64::from(TURNS);
    let (inner, outer) = (share.sqrt(), (1.0 - share).sqrt());
    let (alpha, beta) = (TAU * s / SQRT_2, TAU * s / PSI);
    turn([inner * libm::sin(alpha), inner * libm::cos(alpha), outer * libm::sin(beta), outer * libm::cos(beta)])
}

/// The rotation of a unit quaternion, its real part first.
fn turn([w, x, y, z]: [f64; 4]) -> [[f64; 3]; 3] {
    [
        [1.0 - 2.0 * (y * y + z * z), 2.0 * (x * y - w * z), 2.0 * (x * z + w * y)],
        [2.0 * (x * y + w * z), 1.0 - 2.0 * (x * x + z * z), 2.0 * (y * z - w * x)],
        [2.0 * (x * z - w * y), 2.0 * (y * z + w * x), 1.0 - 2.0 * (x * x + y * y)],
    ]
}

fn onto(rotation: [[f64; 3]; 3], from: Point, to: Point) -> Pose {
    let pose = Pose { rotation, translation: [0.0; 3] };
    Pose { rotation, translation: sub(to, pose.of(from)) }
}
