//! Two visits against what is known of both.

use resurface_measure::phantom::{Capture, Motion, Relief, Skin, Warp};
use resurface_measure::quantity::Verdict;
use resurface_measure::scan::{Comparison, compare};

use super::trial::{SCARS, Setting, away, capture, settings, skin};

/// Two visits of one face.
pub(crate) struct Visits {
    pub(crate) comparison: Comparison,
    /// Root mean square distance of the points of the follow-up from where they belong, in millimetres.
    pub(crate) alignment_error_mm: f64,
    /// Change, its uncertainty and the true change of each pair's volume, with its verdict.
    pub(crate) volumes: Vec<(f64, f64, f64, Verdict)>,
    /// Change of the volume of all pairs: found, its uncertainty, true.
    pub(crate) total: (f64, f64, f64),
    /// Pairs of scars that are not one.
    pub(crate) wrong_pairs: usize,
}

/// Two visits between which every scar keeps a share of its depth, the later one moved and warped.
pub(crate) fn visits(seed: u64, setting: &Setting, kept: f64, motion: Motion, warp_mm: f64) -> Visits {
    let before = skin(seed, &SCARS);
    let after = Skin { ..before.treated(|pit| kept * pit.depth_mm) };
    let warp = Warp { relief: Relief { sd_mm: warp_mm, length_mm: 30.0 } };
    let later = Capture { motion, warp, ..capture(seed + 1000, setting) };
    let (first, second) = (capture(seed, setting).of(&before).expect("made"), later.of(&after).expect("made"));
    let comparison = compare(&first.mesh, &second.mesh, &settings(setting), &mut |_| ()).expect("the scans fit");
    let still = Capture { motion: Motion::default(), warp: Warp::default(), ..later }.of(&after).expect("made").mesh;
    let pose = &comparison.alignment.pose;
    let squares = second.mesh.vertices.iter().zip(&still.vertices).map(|(moved, still)| away(pose.of(*moved), *still).powi(2));
    let alignment_error_mm = (squares.sum::<f64>() / still.vertices.len() as f64).sqrt();
    let (mut volumes, mut wrong_pairs) = (Vec::new(), 0);
    let mut total_truth = 0.0;
    for pair in &comparison.pairs {
        let position = comparison.baseline.scars[pair.baseline].position;
        let later = comparison.follow_up.scars[pair.follow_up].position;
        let one = |(truth, other): &(&resurface_measure::phantom::Scar, &resurface_measure::phantom::Scar)| {
            away(truth.position, position) < 2.0 && away(other.position, later) < 2.0
        };
        let Some((truth, other)) = first.scars.iter().zip(&second.scars).find(one) else {
            wrong_pairs += 1;
            continue;
        };
        if let Some(change) = pair.volume {
            volumes.push((change.value, change.uncertainty, other.volume_mm3 - truth.volume_mm3, change.verdict));
            total_truth += other.volume_mm3 - truth.volume_mm3;
        }
    }
    let total = comparison.change.volume_mm3.map_or((0.0, 0.0, 0.0), |change| (change.value, change.uncertainty, total_truth));
    Visits { comparison, alignment_error_mm, volumes, total, wrong_pairs }
}
