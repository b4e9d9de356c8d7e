//! Compares two photographs and prints what each stage took, as JSON. `bench/run photo` runs it.
//!
//!     photo_timing BASELINE FOLLOW-UP MM_PER_PIXEL
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    clippy::print_stdout,
    reason = "an example that reads photographs and prints"
)]

use cpu_time::ProcessTime;
use resurface_measure::photo::{Kind, Outcome, Scale, Settings, compare};
use serde_json::{Map, Value, json};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [baseline, follow_up, pixel_mm] = &arguments[..] else {
        return Err("photo_timing BASELINE FOLLOW-UP MM_PER_PIXEL".into());
    };
    let (baseline, follow_up) = (std::fs::read(baseline)?, std::fs::read(follow_up)?);
    let settings = Settings { scale: Scale::MillimetresPerPixel(pixel_mm.parse()?), ..Settings::default() };
    let start = ProcessTime::now();
    let mut begun = Vec::new();
    let compared = compare(&baseline, &follow_up, &settings, &mut |stage| begun.push((format!("{stage:?}"), start.elapsed())))?;
    let cpu_s = start.elapsed();
    begun.push((String::new(), cpu_s));
    let stages: Map<String, Value> =
        begun.windows(2).map(|pair| (pair[0].0.clone(), json!((pair[1].1 - pair[0].1).as_secs_f64()))).collect();
    let textures = compared.zones[0].changes.iter().filter(|change| change.kind.band_mm().is_some());
    let measured: Vec<Kind> =
        textures.filter(|change| matches!(change.baseline, Outcome::Measured(_))).map(|change| change.kind).collect();
    let report = json!({
        "cpu_s": cpu_s.as_secs_f64(),
        "stages_cpu_s": stages,
        "peak_mb": peak_mb(),
        "pixels": compared.baseline.width_px * compared.baseline.height_px,
        "textures": measured,
        "residual_px": compared.alignment.residual_px,
        "residual_share": compared.alignment.residual_share,
    });
    println!("{report}");
    Ok(())
}

/// Largest resident memory, where the system tells it.
fn peak_mb() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let kb =
        status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.trim().strip_suffix(" kB")?.trim().parse::<f64>().ok()?;
    Some(kb * 1024.0 / 1e6)
}
