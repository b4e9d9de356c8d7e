//! The posterior of the six reference studies against NumPyro and Stan.

#![cfg(feature = "fit")]
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod reference_studies;

use std::sync::atomic::AtomicBool;

use reference_studies::reference_studies;
use resurface_evidence::{
    diagnostics::{Convergence, convergence},
    model::{Density, StudyEffects},
    sampling::{SamplerSettings, sample},
};
use serde_json::Value;

/// The name of a parameter in the NumPyro and the Stan file.
fn reference_names(name: &str, studies: &[String]) -> (String, String) {
    if let Some(study) = name.strip_prefix("z[").and_then(|rest| rest.strip_suffix(']')) {
        let index = studies.iter().position(|known| known == study).unwrap();
        return (format!("z[{index}]"), format!("z[{}]", index + 1));
    }
    if name.starts_with("logS0[") { ("logS0_alam2014".into(), "logS0".into()) } else { (name.into(), name.into()) }
}

#[test]
fn the_reference_posterior_is_reproduced() {
    let studies = reference_studies();
    let density = Density::new(&studies, StudyEffects::Normal).unwrap();
    let settings = SamplerSettings { seed: 11, draws: 2500, ..SamplerSettings::default() };
    let samples = sample(&density, &settings, &|_| {}, &AtomicBool::new(false)).unwrap();
    let numpyro: Value = serde_json::from_str(include_str!("fixtures/population_reference.json")).unwrap();
    let stan: Value = serde_json::from_str(include_str!("fixtures/population_stan.json")).unwrap();
    let ids: Vec<String> = studies.iter().map(|study| study.id.clone()).collect();
    assert_eq!(samples.names.len(), 17);
    for (index, name) in samples.names.iter().enumerate() {
        let ours = convergence(&samples.chains_of(index));
        let (numpyro_name, stan_name) = reference_names(name, &ids);
        let theirs = &numpyro["posterior"][&numpyro_name];
        let number = |key: &str| theirs[key].as_f64().unwrap();
        agrees(name, "NumPyro", &ours, number("mean"), number("mcse_mean"), number("sd"));
        let row = &stan[&stan_name];
        agrees(name, "Stan", &ours, row[0].as_f64().unwrap(), row[1].as_f64().unwrap(), row[2].as_f64().unwrap());
        assert!(ours.r_hat < 1.01, "{name}: R-hat {}", ours.r_hat);
        assert!(ours.ess_bulk > 400.0, "{name}: bulk ESS {}", ours.ess_bulk);
        assert!(ours.ess_tail > 400.0, "{name}: tail ESS {}", ours.ess_tail);
    }
    assert_eq!(samples.divergences, 0);
}

#[track_caller]
fn agrees(name: &str, engine: &str, ours: &Convergence, mean: f64, mcse: f64, sd: f64) {
    let distance = (ours.mean - mean).abs() / ours.mcse.hypot(mcse);
    assert!(distance < 4.0, "{name}: mean {} against {engine} {mean}, {distance:.1} MCSE apart", ours.mean);
    let ratio = ours.sd / sd;
    assert!((0.9..1.1).contains(&ratio), "{name}: sd {} against {engine} {sd}", ours.sd);
}
