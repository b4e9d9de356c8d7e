//! Validation of the fit: studies left out, simulated data, forecasts, against the published reference runs.

#![cfg(feature = "fit")]
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod reference_studies;

use std::sync::atomic::{AtomicBool, Ordering};

use reference_studies::reference_studies;
use resurface_evidence::{
    fit::Settings,
    model::{Density, StudyEffects},
    sampling::{SamplerSettings, SamplingError, sample},
    validate::{course_forecast, leave_one_study_out, predict_held_out, simulation_based_calibration},
};
use serde_json::Value;

fn settings(warmup_draws: u32, draws: u32) -> Settings {
    let sampler = SamplerSettings { seed: 3, chains: 2, warmup_draws, draws, target_accept: 0.9 };
    Settings { sampler, study_effects: StudyEffects::Normal, ..Settings::default() }
}

fn list(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
}

fn reference() -> Value {
    serde_json::from_str(include_str!("fixtures/loo_reference.json")).unwrap()
}

#[test]
fn studies_left_out_are_predicted_as_in_the_reference() {
    let reference = reference();
    let result = leave_one_study_out(&reference_studies(), &settings(500, 1000), &|_| {}, &AtomicBool::new(false)).unwrap();
    assert_eq!((result.studies, result.studies_inside), (6, 5));
    for row in &result.rows {
        let theirs = &reference[&row.study];
        let unit = if row.study == "alam2014" { 16.0 } else { 1.0 };
        assert!((row.observed - list(&theirs["obs"])[row.assessment]).abs() < 1e-6, "{}", row.id);
        let median = list(&theirs["pred_median"])[row.assessment];
        assert!((row.median - median).abs() < 0.03 * unit, "{}: {} against {median}", row.id, row.median);
        let pit = list(&theirs["pit"])[row.assessment];
        assert!((row.pit - pit).abs() < 0.06, "{}: PIT {} against {pit}", row.id, row.pit);
    }
    let leheta = result.rows.iter().find(|row| row.study == "leheta2011").unwrap();
    assert!(leheta.pit > 0.97, "the outlier of the reference: {}", leheta.pit);
}

#[test]
fn forecasts_of_the_reference_fit_are_the_published_ones() {
    let density = Density::new(&reference_studies(), StudyEffects::Normal).unwrap();
    let samples = sample(&density, &settings(500, 2000).sampler, &|_| {}, &AtomicBool::new(false)).unwrap();
    let reference = reference();
    for (key, sessions, interval) in [("n1_q4w", 1.0, 4.0), ("n4_q4w", 4.0, 4.0), ("n6_q4w", 6.0, 4.0), ("n4_q2w", 4.0, 2.0)] {
        let theirs = &reference["all"]["forecast"][key];
        let ours = course_forecast(&samples, StudyEffects::Normal, [sessions, interval, 12.0], 9);
        let close = |what: &str, ours: f64, theirs: f64, tolerance: f64| {
            assert!((ours - theirs).abs() < tolerance, "{key} {what}: {ours} against {theirs}");
        };
        close("typical", ours.typical_mean, list(&theirs["E_typical_mean(+4,+12,+26w)"])[1], 0.015);
        for side in 0..2 {
            close("typical 90 %", ours.typical_90[side], list(&theirs["typ90_at12"])[side], 0.03);
            close("new clinic", ours.new_clinic_90[side], list(&theirs["new_study_mean90_at12"])[side], 0.04);
            close("new patient", ours.new_patient_90[side], list(&theirs["new_patient90_at12"])[side], 0.04);
        }
        close("half or more", ours.half_or_more, theirs["P(E>=.5)_at12"].as_f64().unwrap(), 0.04);
    }
}

#[test]
fn ranks_of_simulated_populations_are_uniform() {
    let calibrated =
        simulation_based_calibration(&reference_studies(), &settings(200, 200), 40, &|_| {}, &AtomicBool::new(false)).unwrap();
    assert_eq!(calibrated.failing(), Vec::<&str>::new(), "{calibrated:?}");
    assert!(calibrated.parameters.contains_key("log posterior"));
}

#[test]
fn a_trial_kept_aside_is_predicted_as_when_its_study_is_left_out() {
    let (kept_aside, others): (Vec<_>, Vec<_>) = reference_studies().into_iter().partition(|study| study.id == "alam2014");
    let rows = predict_held_out(&others, &kept_aside, &settings(500, 1000), &AtomicBool::new(false)).unwrap();
    let theirs = &reference()["alam2014"];
    for row in rows {
        assert!((row.pit - list(&theirs["pit"])[row.assessment]).abs() < 0.06, "{}", row.pit);
    }
}

#[test]
fn validation_stops_when_asked() {
    let cancelled = AtomicBool::new(true);
    assert_eq!(
        leave_one_study_out(&reference_studies(), &settings(100, 100), &|_| {}, &cancelled).unwrap_err(),
        SamplingError::Cancelled
    );
    assert!(cancelled.load(Ordering::Relaxed));
}
