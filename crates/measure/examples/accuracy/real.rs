//! Real scans, where they are.

use std::path::PathBuf;

use resurface_measure::scan::read::{Told, read};
use resurface_measure::scan::{Device, Mesh, Settings, compare, measure};
use resurface_measure::units::LengthUnit;

/// Where the samples lie.
fn folder() -> PathBuf {
    let given = std::env::var_os("RESURFACE_MEASURE_DATA").map(PathBuf::from);
    given.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/measure/data")).join("face3d")
}

/// Three real faces; none where they are not there.
pub(crate) fn faces() -> Vec<(&'static str, Mesh)> {
    ["f18.ply", "m66.ply", "example.wavefront"]
        .into_iter()
        .filter_map(|name| {
            let bytes = std::fs::read(folder().join("facefuns_di3d").join(name)).ok()?;
            let told = Told { unit: Some(LengthUnit::Millimetre) };
            Some((name, read(&bytes, &told).expect("it is read").mesh))
        })
        .collect()
}

pub(crate) fn real() {
    println!("\n## Real faces (stereo, DI3D)\n");
    let faces = faces();
    if faces.is_empty() {
        println!("They were not there when this was written.");
        return;
    }
    let settings = Settings { device: Device::Stereo, ..Settings::default() };
    println!("| face | points | spacing mm | narrowest scar with a depth, mm | scars | refused | floor of the depth at 6 mm, mm |");
    println!("|---|---|---|---|---|---|---|");
    for (name, mesh) in &faces {
        let visit = measure(mesh, &settings).expect("it can be measured");
        let floor = visit.floor.iter().find(|floor| floor.width_mm == 6.0);
        println!(
            "| {name} | {} | {:.2} | {:.1} | {} | {} | {} |",
            visit.points,
            visit.spacing_mm,
            visit.instrument.width_mm_min,
            visit.scars.len(),
            visit.not_measured.len(),
            floor.map_or("-".to_owned(), |floor| format!("{:.3} +- {:.3}", floor.depth_mean_mm, floor.depth_sd_mm))
        );
    }
    println!("\n| baseline | follow-up | outcome |\n|---|---|---|");
    for (name, mesh) in &faces {
        for (other, later) in &faces {
            let outcome = match compare(mesh, later, &settings, &mut |_| ()) {
                Ok(comparison) => format!("fits to {:.4} mm", comparison.alignment.residual_mm),
                Err(error) => format!("refused: {error}"),
            };
            println!("| {name} | {other} | {outcome} |");
        }
    }
}
