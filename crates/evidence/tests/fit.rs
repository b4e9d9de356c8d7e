//! Fitting: same seed, same bytes; stops when asked; the shipped population belongs to the shipped tables.

#![cfg(feature = "fit")]
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod reference_studies;

use std::sync::{
    Mutex,
    atomic::{AtomicBool, Ordering},
};

use reference_studies::reference_studies;
use resurface_evidence::{
    calibration::{FitData, calibration},
    fit::{Flag, Settings, data_hash, fit},
    roles,
    sampling::{SamplerSettings, SamplingError},
    trials,
};
use serde_json::Value;

fn small_data() -> FitData {
    FitData { outcomes: reference_studies(), left_out: Vec::new() }
}

fn small(seed: u64) -> Settings {
    let sampler = SamplerSettings { seed, chains: 2, warmup_draws: 200, draws: 100, target_accept: 0.9 };
    Settings { sampler, kept_draws: 50, ..Settings::default() }
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_seed_others() {
    let bytes = |seed| fit(&small_data(), &small(seed), &|_| {}, &AtomicBool::new(false)).unwrap().to_json().unwrap();
    assert_eq!(bytes(5), bytes(5));
    assert_ne!(bytes(5), bytes(6));
}

#[test]
fn a_request_to_stop_is_honoured_between_draws() {
    let cancelled = AtomicBool::new(false);
    let stop = |_| cancelled.store(true, Ordering::Relaxed);
    assert_eq!(fit(&small_data(), &small(5), &stop, &cancelled).unwrap_err(), SamplingError::Cancelled);
}

#[test]
fn progress_reaches_the_end_of_every_chain() {
    let seen = Mutex::new(Vec::new());
    fit(&small_data(), &small(5), &|progress| seen.lock().unwrap().push(progress), &AtomicBool::new(false)).unwrap();
    let seen = seen.into_inner().unwrap();
    for chain in 0..2 {
        assert!(seen.iter().any(|progress| progress.chain == chain && progress.done == progress.of));
    }
}

#[test]
fn parameters_no_trial_speaks_of_are_drawn_from_their_priors_and_flagged() {
    let artefact = fit(&small_data(), &small(5), &|_| {}, &AtomicBool::new(false)).unwrap();
    let severity = artefact.columns.iter().position(|name| *name == "beta_sev").unwrap();
    assert_eq!(artefact.diagnostics["beta_sev"].flag, Flag::AssumptionOnly);
    let mean = artefact.draws.iter().map(|draw| draw[severity]).sum::<f64>() / artefact.draws.len() as f64;
    assert!((mean + 0.2).abs() < 0.2, "prior mean -0.2, drawn {mean}");
    let exponent = artefact.columns.iter().position(|name| *name == "dose_depth_exponent").unwrap();
    assert!(artefact.draws.iter().all(|draw| draw[exponent] >= 0.0));
}

#[test]
fn the_shipped_population_was_fitted_to_the_shipped_tables() {
    let arms = trials::parse(include_str!("../../../knowledge/trials.csv")).unwrap();
    let roles = roles::parse(include_str!("../../../knowledge/trial_roles.csv")).unwrap();
    let shipped: Value = serde_json::from_str(include_str!("../../../knowledge/population.json")).unwrap();
    let hash = data_hash(&calibration(&arms, &roles));
    assert_eq!(shipped["data_sha256"].as_str(), Some(hash.as_str()), "fit again: the trial tables changed");
    assert_eq!(shipped["settings"], serde_json::to_value(Settings::default()).unwrap());
}
