//! Where to start: by landmarks, or by laying the middle of the one surface onto every part of the other, turned every way.

use std::f64::consts::TAU;

use super::Pose;
use super::field::Field;
use super::icp::{Pair, Sample, refine};
use crate::Error;
use crate::scan::Point;
use crate::scan::solve::eigen;
use crate::scan::vector::{add, cross, distance, mean, sub, tangents, unit};

/// Turns about the direction outwards.
const TURNS: u32 = 12;
/// Parts of the other surface are this far apart, in millimetres.
const PART_MM: f64 = 20.0;
/// Points that are laid.
const SAMPLES: usize = 200;
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
    let middle = mean(samples.iter().map(|sample| sample.point));
    let nearest = samples.iter().min_by(|a, b| distance(a.point, middle).total_cmp(&distance(b.point, middle)));
    let laid = nearest.and_then(|nearest| part(&samples, nearest.point));
    let mut starts = vec![Pose::STILL];
    let mut parts: Vec<Point> = Vec::new();
    for sample in &target.points {
        if parts.iter().any(|other| distance(*other, sample.point) < PART_MM) {
            continue;
        }
        parts.push(sample.point);
        if let (Some(from), Some(to)) = (laid, part(&target.points, sample.point)) {
            starts.extend((0..TURNS).map(|turn| facing(from, to, TAU * f64::from(turn) / f64::from(TURNS))));
        }
    }
    let mut poses: Vec<(f64, Pose)> = starts.into_iter().map(|pose| (0.0, pose)).collect();
    // most starts end in the same few valleys: what lies worst after a few steps is given up
    for (steps, kept) in [(5, 64), (8, 16), (20, 2)] {
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

/// A part of a surface: its middle and the mean direction outwards around it.
fn part(samples: &[Sample], at: Point) -> Option<(Point, Point)> {
    let near = samples.iter().filter(|sample| distance(sample.point, at) < 1.25 * PART_MM);
    Some((at, unit(near.fold([0.0; 3], |sum, sample| add(sum, sample.normal)))?))
}

/// The motion that lays one part onto another, turned by an angle about the direction outwards.
fn facing(from: (Point, Point), to: (Point, Point), angle: f64) -> Pose {
    let (first, second) = tangents(from.1);
    let (across, up) = tangents(to.1);
    let (sin, cos) = libm::sincos(angle);
    let across = std::array::from_fn(|k| across[k] * cos + up[k] * sin);
    let axes = [(first, across), (second, cross(to.1, across)), (from.1, to.1)];
    let rotation = std::array::from_fn(|i| std::array::from_fn(|j| axes.iter().map(|(from, to)| to[i] * from[j]).sum()));
    onto(rotation, from.0, to.0)
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
