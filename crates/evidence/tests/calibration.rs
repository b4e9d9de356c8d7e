//! Which trial arms the population is fitted to, and why the others are not.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use resurface_evidence::{
    calibration::{FitData, calibration, held_out},
    model::{Density, Numbers, ScarMix, StudyEffects, TrialOutcome},
    roles, trials,
};

fn from_the_tables() -> FitData {
    let arms = trials::parse(include_str!("../../../knowledge/trials.csv")).unwrap();
    let roles = roles::parse(include_str!("../../../knowledge/trial_roles.csv")).unwrap();
    calibration(&arms, &roles)
}

fn outcome(id: &str) -> TrialOutcome {
    from_the_tables().outcomes.into_iter().find(|outcome| outcome.id == id).unwrap()
}

fn reason(arm: &str) -> String {
    from_the_tables().left_out.into_iter().find(|row| row.arm.starts_with(arm)).unwrap().reason
}

#[test]
fn an_arm_with_known_timing_has_one_reading_in_weeks() {
    let dogra = outcome("Dogra2014_MN percent");
    assert_eq!(dogra.readings.len(), 1);
    let last = 4.0 * 30.0 / 7.0;
    assert!((dogra.readings[0].session_weeks[4] - last).abs() < 1e-12);
    assert!((dogra.readings[0].assessed_weeks[0] - (last + 4.0)).abs() < 1e-12);
}

#[test]
fn an_arm_without_a_session_count_carries_every_reading() {
    let readings = outcome("IJD2021_MN percent").readings;
    assert_eq!(readings.len(), 6);
    assert!((readings.iter().map(|reading| reading.weight).sum::<f64>() - 1.0).abs() < 1e-12);
}

#[test]
fn three_visits_of_the_same_patients_are_one_outcome() {
    let minh = outcome("Minh2019_MN percent LipperPerez");
    assert_eq!(minh.numbers.times(), 3);
    // tests/fixtures/studies.json has the same trial: 0.365, 0.511, 0.551.
    let Numbers::ScoreRatio { improvement, .. } = minh.numbers else { panic!("means and spreads were reported") };
    assert!((improvement[2] - 0.551_261).abs() < 1e-6);
}

#[test]
fn scar_types_and_grades_reach_the_model() {
    assert_eq!(outcome("Leelavathy_MN percent rolling").scars, ScarMix::Rolling);
    let Numbers::GradeMean { improvement, se } = outcome("Minh2019_MN grade GB qualitative").numbers else { panic!("a grade") };
    assert!((improvement - 1.52 / 3.29).abs() < 1e-12);
    assert!(se.is_some());
}

#[test]
fn roles_are_respected_and_every_other_row_has_its_reason() {
    assert!(reason("Alam2014_MN").starts_with("held out"));
    assert!(reason("Sohag_SMJ_MN").starts_with("sensitivity"));
    assert!(reason("AlChalabi2020_MN categories").contains("twice"));
    assert!(reason("Yadav_MN").contains("not stated"));
    assert!(reason("Dalwig2020_MN").contains("patients not seen"));
    let data = from_the_tables();
    assert_eq!(data.outcomes.len(), 21);
    assert!(data.left_out.iter().all(|row| !row.reason.is_empty()));
    assert!(Density::new(&data.outcomes, StudyEffects::StudentT4).is_ok());
}

#[test]
fn no_arm_disappears() {
    let arms = trials::parse(include_str!("../../../knowledge/trials.csv")).unwrap();
    let data = from_the_tables();
    for arm in arms.iter().filter(|arm| arm.modality.is_needling_alone()) {
        let fitted = data.outcomes.iter().any(|outcome| outcome.id.starts_with(&arm.arm_id));
        let left_out = data.left_out.iter().any(|row| row.arm.starts_with(&arm.arm_id));
        assert!(fitted || left_out, "{}", arm.arm_id);
    }
}

#[test]
fn held_out_trials_are_shaped_but_never_fitted() {
    let arms = trials::parse(include_str!("../../../knowledge/trials.csv")).unwrap();
    let roles = roles::parse(include_str!("../../../knowledge/trial_roles.csv")).unwrap();
    let kept_aside = held_out(&arms, &roles);
    let ids: Vec<&str> = kept_aside.iter().map(|outcome| outcome.id.as_str()).collect();
    assert_eq!(ids, ["Alam2014_MN points", "Leelavathy_MN responders"]);
    assert_eq!(kept_aside[0].readings[0].assessed_weeks, [13.0, 26.0]);
    let Numbers::Categories { cuts, counts } = &kept_aside[1].numbers else { panic!("responders") };
    assert_eq!((cuts.as_slice(), counts.as_slice()), ([0.5].as_slice(), [3.0, 27.0].as_slice()));
    let fitted = calibration(&arms, &roles).outcomes;
    assert!(kept_aside.iter().all(|outcome| fitted.iter().all(|other| other.id != outcome.id)));
}
