//! Measures two visits of a phantom of a face with about so many points each, and prints it as JSON.
//!
//!     scan_timing POINTS
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    clippy::print_stdout,
    reason = "an example that makes scans and prints"
)]

use cpu_time::ProcessTime;
use resurface_measure::phantom::{Base, Capture, Count, Motion, Skin, Tessellation};
use resurface_measure::scan::{Point, Settings, compare};
use serde_json::{Map, Value, json};

/// Half the sides of the face, in millimetres.
const HALF_SIDES_MM: [f64; 2] = [75.0, 90.0];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let points: f64 = std::env::args().nth(1).ok_or("scan_timing POINTS")?.parse()?;
    let skin = Skin::scarred(3, Base::Face, HALF_SIDES_MM, &Count { ice_picks: 15, boxcars: 15, rolling: 10 })?;
    let spacing_mm = (4.0 * HALF_SIDES_MM[0] * HALF_SIDES_MM[1] / points).sqrt();
    let tessellation = Tessellation::Scattered;
    let first = Capture { seed: 1, spacing_mm, white_noise_mm: 0.03, tessellation, ..Capture::default() };
    let second = Capture { seed: 2, ..first };
    let motion = Motion { turns_deg: [6.0, -8.0, 4.0], shift_mm: [7.0, -5.0, 9.0] };
    let treated = skin.treated(|pit| 0.7 * pit.depth_mm);
    let baseline = first.of(&skin)?.mesh;
    let follow_up = Capture { motion, ..second }.of(&treated)?.mesh;
    let made_mb = peak_mb();
    let start = ProcessTime::now();
    let mut begun = Vec::new();
    let comparison =
        compare(&baseline, &follow_up, &Settings::default(), &mut |stage| begun.push((format!("{stage:?}"), start.elapsed())))?;
    let cpu_s = start.elapsed();
    begun.push((String::new(), cpu_s));
    let measured_mb = peak_mb();
    let stages: Map<String, Value> =
        begun.windows(2).map(|pair| (pair[0].0.clone(), json!((pair[1].1 - pair[0].1).as_secs_f64()))).collect();
    let still = second.of(&treated)?.mesh;
    let pose = &comparison.alignment.pose;
    let squares = follow_up.vertices.iter().zip(&still.vertices).map(|(moved, still)| square(pose.of(*moved), *still));
    let error_mm = (squares.sum::<f64>() / still.vertices.len() as f64).sqrt();
    println!(
        "{}",
        json!({
            "points": [baseline.vertices.len(), follow_up.vertices.len()],
            "cpu_s": cpu_s.as_secs_f64(),
            "stages_cpu_s": stages,
            "peak_mb": measured_mb,
            "peak_of_making_mb": made_mb,
            "alignment_error_mm": error_mm,
            "scars": [comparison.baseline.scars.len(), comparison.follow_up.scars.len()],
            "pairs": comparison.pairs.len(),
        })
    );
    Ok(())
}

fn square(a: Point, b: Point) -> f64 {
    (0..3).map(|k| (a[k] - b[k]).powi(2)).sum()
}

/// Largest resident memory so far, where the system tells it.
fn peak_mb() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let kb =
        status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.trim().strip_suffix(" kB")?.trim().parse::<f64>().ok()?;
    Some(kb * 1024.0 / 1e6)
}
