//! How long a patient's update and the whole course table take over 2000 population draws.
//!
//! `cargo run --release -p resurface-forecast --example timing`
#![allow(clippy::disallowed_methods, clippy::disallowed_macros, clippy::print_stdout, reason = "a measurement, not a room")]
#![allow(clippy::unwrap_used, missing_docs, reason = "a measurement, not a room")]

#[path = "../tests/cases/mod.rs"]
mod cases;

use resurface_forecast::{BasePoints, Clinic, CourseQuestion, Effort, Patient, Population, update};
use std::time::Instant;

fn main() {
    let start = Instant::now();
    let points = BasePoints::new(1);
    let no_outcomes = Patient::default();
    let draws = cases::draws();
    update(&draws, &no_outcomes, Clinic::New, &points, Effort::Visit).unwrap();
    println!("first use, points included: {:.1} ms", start.elapsed().as_secs_f64() * 1e3);
    let known = Population::known(&cases::theta()).unwrap();
    for (name, population) in [("2000 draws", &draws), ("known population", &known)] {
        for id in ["P1_typical", "P2_nonresponder", "P4_strong", "P5_baseline_only", "P6_rich"] {
            let patient = cases::patient(id);
            let question = CourseQuestion::usual(0.4);
            let mut fastest = [f64::INFINITY; 2];
            for _ in 0..60 {
                let start = Instant::now();
                let posterior = update(population, &patient, Clinic::New, &points, Effort::Visit).unwrap();
                fastest[0] = fastest[0].min(start.elapsed().as_secs_f64() * 1e3);
                let table = posterior.courses(&question).unwrap();
                fastest[1] = fastest[1].min(start.elapsed().as_secs_f64() * 1e3);
                assert!(!table.courses.is_empty());
            }
            let posterior = update(population, &patient, Clinic::New, &points, Effort::Visit).unwrap();
            let d = posterior.diagnostic();
            println!(
                "{name:<17} {id:<17} update {:6.2} ms, with courses {:6.2} ms, {} points, effective {:.0}, k {:.2}",
                fastest[0], fastest[1], d.points, d.effective_points, d.pareto_k
            );
        }
    }
}
