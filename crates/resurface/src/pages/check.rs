//! What `resurface forecast --check` prints: one line for each quantity, and all of them on the last.

use std::fmt::Write as _;

use resurface_forecast::{CheckReport, CheckedQuantity};

/// The lines; the last one names every quantity with its largest error.
pub(crate) fn lines(report: &CheckReport) -> String {
    let mut out = String::new();
    let widest = report.quantities.iter().map(|checked| checked.quantity.name().len()).max().unwrap_or(0);
    for checked in &report.quantities {
        // Writing to a String cannot fail.
        let _ = writeln!(
            out,
            "{:widest$}  largest error {:.6}  allowed {:.6}  {}  at {}, {} values",
            checked.quantity.name(),
            checked.error_max,
            checked.tolerance,
            verdict(checked),
            checked.patient,
            checked.compared,
        );
    }
    for patient in &report.doubtful {
        let _ = writeln!(out, "{patient}: its own diagnostic says not to trust the answer");
    }
    for patient in &report.without_patient {
        let _ = writeln!(out, "{patient}: not recomputed, because it is not in the patients file");
    }
    let each: Vec<String> = report
        .quantities
        .iter()
        .map(|checked| format!("{} {:.6} {}", checked.quantity.name(), checked.error_max, verdict(checked)))
        .collect();
    let whole = if report.passed() { "pass" } else { "FAIL" };
    let _ = writeln!(out, "{whole}: {} patients; largest errors: {}", report.patients, each.join("; "));
    out
}

fn verdict(checked: &CheckedQuantity) -> &'static str {
    if checked.passed() { "pass" } else { "FAIL" }
}
