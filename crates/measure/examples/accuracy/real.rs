//! Real scans, where they are.

use resurface_measure::scan::{Device, Settings, compare, measure};

use super::faces::faces;

pub(crate) fn real() {
    println!("\n## Real faces (stereo, DI3D)\n");
    let faces = faces();
    if faces.is_empty() {
        println!("They were not there when this was written.");
        return;
    }
    let settings = Settings { device: Device::Stereo, ..Settings::default() };
    println!(
        "| face | points | spacing mm | narrowest scar with a depth, mm | scars | refused | floor of the depth at 6 mm, mm |"
    );
    println!("|---|---|---|---|---|---|---|");
    for (name, mesh) in &faces {
        let visit = measure(mesh, &settings).expect("it can be measured");
        let floor = visit.floor.iter().find(|floor| floor.width_mm == 6.0);
        println!(
            "| {name} | {} | {:.2} | {:.1} | {} | {} | {} |",
            visit.points,
            visit.instrument.spacing_mm,
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
