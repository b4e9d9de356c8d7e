//! `resurface forecast --check`: does this build still give the known answers?

use std::path::Path;

use resurface_forecast::{BasePoints, CheckReport, check as recompute};
use serde::Serialize;

use crate::ending::{Answer, Exit, Failure};
use crate::envelope;
use crate::files;
use crate::pages;
use crate::request::{Form, Request};

#[derive(Serialize)]
struct Checked<'a> {
    program: &'static str,
    seed: u64,
    patients: usize,
    passed: Verdict,
    doubtful: &'a [String],
    without_patient: &'a [String],
    quantities: Vec<Compared<'a>>,
}

#[derive(Serialize)]
struct Compared<'a> {
    quantity: &'static str,
    error_max: f64,
    tolerance: f64,
    patient: &'a str,
    compared: usize,
    passed: Verdict,
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Verdict {
    Pass,
    Fail,
}

/// Recomputes every case of a pair of files.
pub(super) fn check(request: &Request, patients: &Path, reference: &Path, seed: u64) -> Result<Answer, Failure> {
    let (patients, reference) = (files::read(patients)?, files::read(reference)?);
    let report = recompute(&patients.text, &reference.text, &BasePoints::new(seed)).map_err(|error| {
        Failure::new(Exit::InputFaults, error).hint(format!(
            "the pair is a file of patients and a file of their reference answers; read were {} and {}",
            patients.name, reference.name
        ))
    })?;
    let page = match request.form {
        Form::Page => pages::check::lines(&report),
        Form::Json => envelope::write_plain("resurface.forecast_check/1", &checked(&report, seed))?,
    };
    let exit = if report.passed() { Exit::Answered } else { Exit::CheckFailed };
    Ok(Answer::page(page).ending(exit))
}

fn checked(report: &CheckReport, seed: u64) -> Checked<'_> {
    let verdict = |passed| if passed { Verdict::Pass } else { Verdict::Fail };
    let quantities = report.quantities.iter().map(|checked| Compared {
        quantity: checked.quantity.name(),
        error_max: checked.error_max,
        tolerance: checked.tolerance,
        patient: &checked.patient,
        compared: checked.compared,
        passed: verdict(checked.passed()),
    });
    Checked {
        program: env!("CARGO_PKG_VERSION"),
        seed,
        patients: report.patients,
        passed: verdict(report.passed()),
        doubtful: &report.doubtful,
        without_patient: &report.without_patient,
        quantities: quantities.collect(),
    }
}
