//! Known answers for patients under a known population: dense quadrature in NumPy (tests/fixtures/README.md).

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
    assert!(reference.starts_with("reference file: no patient"), "{reference}");
}
