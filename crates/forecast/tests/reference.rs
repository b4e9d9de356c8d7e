//! Known answers for patients under a known population: dense quadrature in NumPy (tests/fixtures/README.md).

#![allow(clippy::unwrap_used, reason = "what fails in a helper fails the test")]

use resurface_forecast::{BasePoints, check};

const PATIENTS: &str = include_str!("fixtures/patients.json");
const REFERENCE: &str = include_str!("fixtures/patients_reference.json");

#[test]
fn six_patients_agree_with_dense_quadrature() {
    let report = check(PATIENTS, REFERENCE, &BasePoints::new(1)).unwrap();
    assert_eq!(report.patients, 6);
    assert!(report.passed(), "{report:#?}");
}

#[test]
fn records_of_every_kind_agree_with_dense_quadrature() {
    let patients = include_str!("fixtures/generated_patients.json");
    let reference = include_str!("fixtures/generated_reference.json");
    let report = check(patients, reference, &BasePoints::new(1)).unwrap();
    assert_eq!(report.patients, 8);
    assert!(report.passed(), "{report:#?}");
}

#[test]
fn a_wrong_answer_fails_the_check() {
    let wrong = REFERENCE.replace("-7.0798", "-7.1798");
    assert_ne!(wrong, REFERENCE);
    let report = check(PATIENTS, &wrong, &BasePoints::new(1)).unwrap();
    assert!(!report.passed());
    let failed: Vec<&str> = report.quantities.iter().filter(|q| !q.passed()).map(|q| q.quantity.name()).collect();
    assert_eq!(failed, ["log marginal likelihood"]);
}

#[test]
fn unreadable_files_are_named() {
    let points = BasePoints::new(1);
    let patients = check("{", REFERENCE, &points).unwrap_err().to_string();
    assert!(patients.starts_with("patients file: "), "{patients}");
    let reference = check(PATIENTS, "{}", &points).unwrap_err().to_string();
    assert_eq!(reference, "reference file: no answer for patient P1_typical");
    let nothing = check(PATIENTS, r#"{"P1_typical": {"reference": {}}}"#, &points).unwrap_err().to_string();
    assert!(nothing.ends_with("P1_typical holds nothing to compare"), "{nothing}");
}

/// The reference with one number of its first forecast changed.
fn with(number: &str, value: serde_json::Value) -> String {
    let mut reference: serde_json::Value = serde_json::from_str(REFERENCE).unwrap();
    reference["P2_nonresponder"]["reference"]["forecast"][0][number] = value;
    reference.to_string()
}

#[test]
fn no_wrong_number_of_a_forecast_passes() {
    for (number, value) in [("t", 25.0), ("E_mean_qmc", 0.4), ("P_ge_50", 0.5), ("P_ge_25_qmc", 0.5)] {
        let report = check(PATIENTS, &with(number, value.into()), &BasePoints::new(1)).unwrap();
        assert!(!report.passed(), "{number}");
    }
}

#[test]
fn an_answer_without_its_patient_is_named() {
    let reference = REFERENCE.replacen('{', r#"{"P9": {"reference": {"A": [0.5, 0.1]}},"#, 1);
    let report = check(PATIENTS, &reference, &BasePoints::new(1)).unwrap();
    assert_eq!(report.without_patient, ["P9"]);
}
