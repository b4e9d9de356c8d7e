//! Known answers for patients under a known population: dense quadrature in NumPy (tests/fixtures/README.md).

use resurface_forecast::{BasePoints, check};

const PATIENTS: &str = include_str!("fixtures/patients.json");
const REFERENCE: &str = include_str!("fixtures/patients_reference.json");

#[test]
fn six_patients_agree_with_dense_quadrature() {
    let report = check(PATIENTS, REFERENCE, &BasePoints::new(1)).unwrap();
    for quantity in &report.quantities {
        println!(
            "{:<28} {:.2e} of {:.2e} {}",
            quantity.quantity.name(),
            quantity.error_max,
            quantity.tolerance,
            quantity.patient
        );
    }
    assert_eq!(report.patients, 6);
    assert!(report.passed(), "{report:#?}");
}
