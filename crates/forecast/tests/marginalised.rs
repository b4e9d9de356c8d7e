//! Known answers averaged over 2000 population draws (tests/fixtures/README.md).

#![allow(clippy::unwrap_used, reason = "what fails in a helper fails the test")]

mod cases;

use cases::{draws, is_conditional, patient};
use resurface_forecast::{BasePoints, Clinic, Effort, Further, update};

fn largest_errors(effort: Effort, seed: u64) -> [f64; 3] {
    let (population, points) = (draws(), BasePoints::new(seed));
    let mut largest = [0.0_f64; 3];
    for (id, expected) in is_conditional() {
        let patient = patient(&id);
        let posterior = update(&population, &patient, Clinic::New, &points, effort).unwrap();
        let further = Further::standard(6 - patient.sessions.len(), 4.0);
        let effect = posterior.effect_after(&further, 12.0).unwrap();
        let found = [effect.mean, effect.sd, effect.chance_of_at_least(0.5).probability];
        for i in 0..3 {
            largest[i] = largest[i].max((found[i] - expected[i]).abs());
        }
    }
    largest
}

#[test]
fn a_visit_is_within_its_tolerance_for_every_seed() {
    for seed in 0..10 {
        let largest = largest_errors(Effort::Visit, seed);
        assert!(largest[0] < 0.005 && largest[1] < 0.005 && largest[2] < 0.02, "seed {seed}: {largest:?}");
    }
}

#[test]
fn a_check_is_within_a_quarter_of_it() {
    for seed in 0..2 {
        let largest = largest_errors(Effort::Check, seed);
        assert!(largest[0] < 0.00125 && largest[1] < 0.00125 && largest[2] < 0.005, "seed {seed}: {largest:?}");
    }
}
