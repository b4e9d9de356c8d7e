//! The response and the log posterior: known values, limits and gradients.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod reference_studies;

use proptest::prelude::*;
use reference_studies::reference_studies;
use resurface_evidence::model::{
    Density, LOSS_PER_WEEK, ModelError, Numbers, PRIORS, PatientTraits, Population, Rating, Reading, ScarMix, StudyEffects,
    TrialOutcome, arm_mean, patient_effect,
};
use serde_json::Value;

fn course(session_weeks: &[f64], assessed_weeks: &[f64]) -> Reading {
    Reading { weight: 1.0, session_weeks: session_weeks.to_vec(), assessed_weeks: assessed_weeks.to_vec() }
}

/// Every kind of number, two readings, scar types and grades in one data set.
fn every_kind() -> Vec<TrialOutcome> {
    let mut outcomes = reference_studies();
    let typed = |id: &str, scars, numbers| TrialOutcome {
        id: id.into(),
        study: "typed".into(),
        n: 30.0,
        rating: Rating::Open,
        readings: vec![
            Reading { weight: 0.5, ..course(&[0.0, 4.0, 8.0], &[12.0]) },
            Reading { weight: 0.3, ..course(&[0.0, 4.0, 8.0, 12.0], &[16.0]) },
            Reading { weight: 0.2, ..course(&[0.0, 2.0, 4.0], &[4.0]) },
        ],
        scars,
        numbers,
    };
    outcomes.push(typed("rolling", ScarMix::Rolling, Numbers::PercentMean { improvement: vec![0.47] }));
    outcomes.push(typed("boxcar", ScarMix::Boxcar, Numbers::PercentMean { improvement: vec![0.65] }));
    outcomes.push(typed("grade", ScarMix::Mixed, Numbers::GradeMean { improvement: 0.3, se: Some(0.04) }));
    outcomes.push(typed("bare grade", ScarMix::IcePick, Numbers::GradeMean { improvement: 0.1, se: None }));
    let responders = Numbers::Categories { cuts: vec![0.5], counts: vec![3.0, 27.0] };
    outcomes.push(typed("responders", ScarMix::Mixed, responders));
    outcomes
}

#[test]
fn standard_errors_of_the_reference_studies_agree() {
    // population.json, derived_data.
    let studies = reference_studies();
    let Numbers::ScoreRatio { se, .. } = &studies[0].numbers else { panic!("dogra is a ratio of means") };
    assert!((se[0] - 0.036_989_967_737_397_475).abs() < 1e-12);
    let Numbers::ScoreChange { se, .. } = &studies[2].numbers else { panic!("alam is a score change") };
    assert!((se[0] - 1.121_323_632_577_566_6).abs() < 1e-9);
    assert!((se[1] - 1.468_677_522_918_642_6).abs() < 1e-9);
}

#[test]
fn the_closed_form_solves_the_differential_equations() {
    // W' = -k W with jumps q_j at sessions, R' = g k W - k_out R, E = A (1 - exp(-R)), by small Runge-Kutta steps.
    let (ceiling, gain, rate, rho) = (0.7, 0.35, 0.125, 0.3);
    let sessions = [0.0, 4.0, 8.0, 12.0];
    let mut state = [0.0_f64, 0.0];
    let slope = |[w, r]: [f64; 2]| [-rate * w, gain * rate * w - LOSS_PER_WEEK * r];
    let steps_per_week = 400;
    let step = 1.0 / f64::from(steps_per_week);
    for week in 0..26 {
        if let Some(j) = sessions.iter().position(|session| (session - f64::from(week)).abs() < 1e-9) {
            state[0] += if j == 0 { 1.0 } else { 1.0 - rho * (-1.0_f64).exp() };
        }
        for _ in 0..steps_per_week {
            let along = |k: [f64; 2], h: f64| [state[0] + h * k[0], state[1] + h * k[1]];
            let k1 = slope(state);
            let k2 = slope(along(k1, step / 2.0));
            let k3 = slope(along(k2, step / 2.0));
            let k4 = slope(along(k3, step));
            for i in 0..2 {
                state[i] += step / 6.0 * (k1[i] + 2.0 * k2[i] + 2.0 * k3[i] + k4[i]);
            }
        }
    }
    let expected = ceiling * (1.0 - (-state[1]).exp());
    let patient = PatientTraits { ceiling, gain, rate_per_week: rate };
    let ours = patient_effect(patient, rho, &course(&sessions, &[26.0]))[0];
    assert!((ours - expected).abs() < 1e-10, "ours {ours}, solver {expected}");
}

#[test]
fn an_assessment_before_any_session_shows_nothing() {
    let patient = PatientTraits { ceiling: 0.7, gain: 0.4, rate_per_week: 0.1 };
    assert_eq!(patient_effect(patient, 0.4, &course(&[0.0, 4.0], &[0.0])), [0.0]);
}

#[test]
fn moments_are_those_of_the_patients() {
    let population =
        Population { logit_ceiling: 0.6, log_gain: -0.9, rate_per_week: 0.1, rho: 0.4, omega_ceiling: 0.8, omega_gain: 0.5 };
    let reading = course(&[0.0, 4.0, 8.0], &[20.0]);
    let signal = signal(&population, &reading);
    let (mut mean, mut square, grid) = (0.0, 0.0, 801_i32);
    let mut total = 0.0;
    for i in 0..grid {
        for j in 0..grid {
            let [x, y] = [i, j].map(|index| -6.0 + 12.0 * f64::from(index) / f64::from(grid - 1));
            let weight = (-0.5 * (x * x + y * y)).exp();
            let ceiling = 1.0 / (1.0 + (-(population.logit_ceiling + population.omega_ceiling * x)).exp());
            let gain = (population.log_gain + population.omega_gain * y).exp();
            let effect = ceiling * (1.0 - (-gain * signal).exp());
            total += weight;
            mean += weight * effect;
            square += weight * effect * effect;
        }
    }
    let moments = arm_mean(&population, &reading);
    assert!((moments.mean[0] - mean / total).abs() < 1e-6);
    assert!((moments.variance[0] - (square / total - (mean / total).powi(2))).abs() < 1e-5);
}

/// R / g of the first assessment, from the improvement of a patient with a known gain.
fn signal(population: &Population, reading: &Reading) -> f64 {
    let traits = PatientTraits { ceiling: 1.0, gain: 1.0, rate_per_week: population.rate_per_week };
    -(1.0 - patient_effect(traits, population.rho, reading)[0]).ln()
}

#[test]
fn the_gradient_is_that_of_the_density() {
    for study_effects in [StudyEffects::Normal, StudyEffects::StudentT4] {
        let density = Density::new(&every_kind(), study_effects).unwrap();
        for seed in 0..6_u32 {
            let jitter: Vec<f64> =
                (0..density.dim()).map(|i| 2.5 * f64::sin(f64::from(seed) * 7.1 + i as f64 * 1.7 + 0.3)).collect();
            let position = density.start(&jitter);
            let mut gradient = vec![0.0; density.dim()];
            density.log_density(&position, &mut gradient);
            for (i, (name, hand)) in density.names().iter().zip(&gradient).enumerate() {
                let numeric = five_point_slope(&density, &position, i);
                assert!((hand - numeric).abs() < 1e-6 * hand.abs().max(1.0), "{name}: hand {hand} numeric {numeric}");
            }
        }
    }
}

fn five_point_slope(density: &Density, position: &[f64], i: usize) -> f64 {
    let mut scratch = vec![0.0; density.dim()];
    let mut at = |step: f64| {
        let mut moved = position.to_vec();
        moved[i] += step;
        density.log_density(&moved, &mut scratch)
    };
    let h = 1e-3;
    (8.0 * (at(h) - at(-h)) - (at(2.0 * h) - at(-2.0 * h))) / (12.0 * h)
}

#[test]
fn a_reading_split_in_two_equal_halves_changes_nothing() {
    let whole = reference_studies();
    let mut halves = whole.clone();
    for outcome in &mut halves {
        let half = Reading { weight: 0.5, ..outcome.readings[0].clone() };
        outcome.readings = vec![half.clone(), half];
    }
    let at_start = |outcomes: &[TrialOutcome]| {
        let density = Density::new(outcomes, StudyEffects::Normal).unwrap();
        density.log_density(&density.start(&vec![0.1; density.dim()]), &mut vec![0.0; density.dim()])
    };
    assert!((at_start(&whole) - at_start(&halves)).abs() < 1e-10);
}

#[test]
fn the_typical_forecast_from_reference_draws_is_the_published_one() {
    // model description, section 5: typical mean 12 weeks after the last of n sessions every 4 weeks.
    let posterior: Value = serde_json::from_str(include_str!("fixtures/population_reference.json")).unwrap();
    let mean = |name: &str| posterior["posterior"][name]["mean"].as_f64().unwrap();
    let population = Population {
        logit_ceiling: mean("mu_A"),
        log_gain: mean("mu_g"),
        rate_per_week: mean("mu_k").exp(),
        rho: mean("rho"),
        omega_ceiling: mean("omega_A"),
        omega_gain: mean("omega_g"),
    };
    for (sessions, published) in [(1, 0.16), (3, 0.36), (4, 0.43), (5, 0.48), (6, 0.52), (8, 0.57)] {
        let weeks: Vec<f64> = (0..sessions).map(|j| 4.0 * f64::from(j)).collect();
        let last = *weeks.last().unwrap();
        let ours = arm_mean(&population, &course(&weeks, &[last + 12.0])).mean[0];
        assert!((ours - published).abs() < 0.02, "n={sessions}: {ours} against {published}");
    }
}

#[test]
fn outcomes_whose_parts_do_not_fit_are_refused() {
    let mut outcomes = reference_studies();
    outcomes[0].readings[0].assessed_weeks.push(30.0);
    assert!(matches!(Density::new(&outcomes, StudyEffects::Normal), Err(ModelError::UnusableOutcome { .. })));
    assert_eq!(Density::new(&[], StudyEffects::Normal).unwrap_err(), ModelError::NoOutcomes);
}

#[test]
fn prior_moments_are_right() {
    // scipy.stats: beta(2,4), lognorm, halfnorm, truncnorm.
    for (name, mean, sd) in [
        ("rho", 0.333_333_333, 0.178_174_161),
        ("omega_A", 0.758_300_97, 0.315_871_43),
        ("tau", 0.558_519_2, 0.421_969_6),
        ("dose_depth_exponent", 0.327_756_4, 0.175_789_96),
    ] {
        let shape = PRIORS.iter().find(|prior| prior.name == name).unwrap().shape;
        assert!((shape.mean() - mean).abs() < 1e-4, "{name} mean {}", shape.mean());
        assert!((shape.sd() - sd).abs() < 1e-4, "{name} sd {}", shape.sd());
    }
    let reference: Value = serde_json::from_str(include_str!("fixtures/studies.json")).unwrap();
    assert_eq!(reference["studies"][2]["s0_prior"], serde_json::json!([2.7, 0.4]));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn another_session_never_lowers_the_improvement(
        ceiling in 0.05..0.95_f64, gain in 0.05..1.5_f64, rate in 0.02..0.5_f64, rho in 0.0..0.95_f64,
        sessions in 1_u8..8, gap in 2.0..8.0_f64,
    ) {
        let weeks: Vec<f64> = (0..=sessions).map(|j| f64::from(j) * gap).collect();
        let assessed = [weeks[usize::from(sessions)] + 12.0];
        let patient = PatientTraits { ceiling, gain, rate_per_week: rate };
        let fewer = patient_effect(patient, rho, &course(&weeks[..usize::from(sessions)], &assessed))[0];
        let more = patient_effect(patient, rho, &course(&weeks, &assessed))[0];
        prop_assert!(more >= fewer);
        prop_assert!(more < ceiling);
    }
}
