//! Writes docs/measure-scan.md: how well scars of phantoms are measured.
//!
//!     cargo run --release -p resurface-measure --example accuracy > docs/measure-scan.md
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    clippy::print_stdout,
    clippy::expect_used,
    reason = "an example that reads scans and prints"
)]

mod change;
mod real;
mod trial;

use resurface_measure::phantom::{Count, Motion};
use resurface_measure::quantity::Verdict;
use resurface_measure::scan::{ScarType, measure};

use change::visits;
use trial::{Number, Setting, Trial, capture, settings, skin};

fn main() {
    println!("{}", include_str!("before.md"));
    let default = Setting::default();
    table("Spacing of points", "spacing mm", &[0.15, 0.2, 0.3, 0.4, 0.5, 0.7, 1.0], |spacing_mm| Setting { spacing_mm, ..default });
    table("Noise of each point", "noise mm", &[0.0, 0.01, 0.03, 0.06, 0.1, 0.2], |noise_mm| Setting { noise_mm, ..default });
    table("Noise that neighbours share over 2 mm", "noise mm", &[0.0, 0.02, 0.04], |noise_mm| Setting {
        shared_noise_mm: noise_mm,
        ..default
    });
    table("Blur", "FWHM mm", &[0.4, 0.8, 1.2, 2.0], |blur_mm| Setting { blur_mm, ..default });
    scarless();
    changes();
    alignment();
    real::real();
}

const TYPES: [(ScarType, &str); 3] =
    [(ScarType::Rolling, "rolling"), (ScarType::Boxcar, "boxcar"), (ScarType::IcePick, "ice pick")];

fn table(title: &str, varied: &str, values: &[f64], setting: impl Fn(f64) -> Setting) {
    println!("\n## {title}\n");
    println!(
        "| {varied} | type | found | false | right type | with depth | depth bias % | spread % | covered % | volume bias % | spread % | \
         covered % | area bias % | spread % | covered % |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|");
    for &value in values {
        let trial = Trial::run(&setting(value), 0..3);
        for (scar_type, name) in TYPES {
            let all = trial.of(scar_type).count();
            let found: Vec<_> = trial.of(scar_type).filter_map(|row| row.found).collect();
            let right = found.iter().filter(|scar| scar.scar_type == Some(scar_type)).count();
            let typed = found.iter().filter(|scar| scar.scar_type.is_some()).count();
            let deep = found.iter().filter(|scar| scar.depth.value().is_some()).count();
            let of = |number| trial.agreement(scar_type, number);
            println!(
                "| {value} | {name} | {} of {all} | {} | {right} of {typed} | {deep} | {} | {} | {} |",
                found.len(),
                trial.false_scars,
                of(Number::Depth),
                of(Number::Volume),
                of(Number::Area)
            );
        }
    }
}

fn scarless() {
    println!("\n## Skin without scars\n");
    println!("| spacing mm | noise mm | shared noise mm | faces | area cm2 | scars found | refused as within the floor |");
    println!("|---|---|---|---|---|---|---|");
    for (spacing_mm, noise_mm, shared_noise_mm) in
        [(0.2, 0.02, 0.01), (0.3, 0.02, 0.01), (0.3, 0.06, 0.02), (0.5, 0.03, 0.02), (1.0, 0.05, 0.03)]
    {
        let setting = Setting { spacing_mm, noise_mm, shared_noise_mm, ..Setting::default() };
        let (mut area, mut found, mut floor) = (0.0, 0, 0);
        for seed in 20..24 {
            let face = capture(seed, &setting).of(&skin(seed, &Count::default())).expect("it can be made");
            let visit = measure(&face.mesh, &settings(&setting)).expect("it can be measured");
            area += visit.area_mm2 / 100.0;
            found += visit.scars.len();
            floor += visit.not_measured.len();
        }
        println!("| {spacing_mm} | {noise_mm} | {shared_noise_mm} | 4 | {area:.0} | {found} | {floor} |");
    }
}

fn changes() {
    println!("\n## Change of volume between two visits\n");
    println!(
        "| depth kept | spacing mm | pairs | wrong pairs | change of all, bias % | within 1.96 u | pairs covered % | worded larger than the \
         error | within the error |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    let motion = Motion { turns_deg: [12.0, -8.0, 15.0], shift_mm: [12.0, -7.0, 14.0] };
    for (kept, spacing_mm) in [(1.0, 0.3), (0.7, 0.2), (0.7, 0.3), (0.7, 0.5), (0.5, 0.3)] {
        let setting = Setting { spacing_mm, ..Setting::default() };
        let (mut pairs, mut wrong, mut covered, mut larger, mut within) = (0, 0, 0, 0, 0);
        let (mut found, mut truth, mut held) = (0.0, 0.0, 0);
        for seed in 0..3 {
            let visits = visits(seed, &setting, kept, motion, 0.2);
            pairs += visits.volumes.len();
            wrong += visits.wrong_pairs;
            covered += visits.volumes.iter().filter(|(found, u, truth, _)| (found - truth).abs() <= 1.96 * u).count();
            larger += visits.volumes.iter().filter(|pair| pair.3 == Verdict::LargerThanTheError).count();
            within += visits.volumes.iter().filter(|pair| pair.3 == Verdict::WithinTheError).count();
            found += visits.total.0;
            truth += visits.total.2;
            held += usize::from((visits.total.0 - visits.total.2).abs() <= 1.96 * visits.total.1);
        }
        let bias = if truth == 0.0 { format!("({found:+.2} mm3)") } else { format!("{:+.1}", 100.0 * (found / truth - 1.0)) };
        let covered = 100.0 * covered as f64 / pairs as f64;
        println!(
            "| {kept} | {spacing_mm} | {pairs} | {wrong} | {bias} | {held} of 3 | {covered:.0} | {larger} | {within} |"
        );
    }
}

fn alignment() {
    println!("\n## Alignment against a known motion\n");
    println!("| turn degrees (x, y, z) | shift mm | warp mm | spacing mm | error rms mm | uncertainty mm | spread of distances mm |");
    println!("|---|---|---|---|---|---|---|");
    let still = Motion::default();
    let small = Motion { turns_deg: [6.0, -8.0, 4.0], shift_mm: [7.0, -5.0, 9.0] };
    let large = Motion { turns_deg: [20.0, 20.0, 20.0], shift_mm: [20.0, 20.0, -20.0] };
    let over = Motion { turns_deg: [180.0, 30.0, -120.0], shift_mm: [300.0, 0.0, 100.0] };
    for (motion, warp_mm, spacing_mm) in
        [(still, 0.0, 0.3), (small, 0.0, 0.3), (small, 0.0, 0.8), (large, 0.0, 0.3), (over, 0.0, 0.3), (small, 0.2, 0.3), (large, 0.4, 0.3)]
    {
        let setting = Setting { spacing_mm, ..Setting::default() };
        let visits = visits(5, &setting, 0.7, motion, warp_mm);
        let alignment = &visits.comparison.alignment;
        println!(
            "| {:?} | {:?} | {warp_mm} | {spacing_mm} | {:.4} | {:.4} | {:.3} |",
            motion.turns_deg, motion.shift_mm, visits.alignment_error_mm, alignment.uncertainty_mm, alignment.residual_mm
        );
    }
}
