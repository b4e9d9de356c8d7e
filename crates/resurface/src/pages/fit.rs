//! The pages of `resurface evidence fit`: what the trials taught, and whether that can be trusted.

use resurface_evidence::fit::{Artefact, Diagnostic, Flag};
use resurface_evidence::validate::{Calibration, HeldOut, LeaveOneOut};

use super::words;
use crate::envelope::Origin;
use crate::terminal::{Align, Column, Look, Page, Table};

/// Parameters with their diagnostics, and what stayed out.
pub(crate) fn population(artefact: &Artefact, origin: &Origin, file_hash: &str, look: Look) -> String {
    let mut page = Page::new(look);
    page.heading(&format!("The population, fitted to {} outcomes", artefact.outcomes.len()));
    let mut table = Table::new(vec![
        Column::new("parameter", Align::Left),
        Column::new("mean", Align::Right),
        Column::new("sd", Align::Right),
        Column::droppable("prior mean", Align::Right, 2),
        Column::droppable("prior sd", Align::Right, 3),
        Column::new("R-hat", Align::Right),
        Column::droppable("bulk ESS", Align::Right, 1),
        Column::new("learned", Align::Right),
        Column::new("rests on", Align::Left),
    ]);
    for (name, diagnostic) in &artefact.diagnostics {
        table.row(parameter(name, diagnostic));
    }
    page.table(&table);
    page.text("learned: 1 - (sd / prior sd) squared; 1 is all data, 0 or less is all assumption.");
    let sampler = &artefact.settings.sampler;
    page.field(
        "sampler",
        &format!("{} chains of {} draws after {}, seed {}", sampler.chains, sampler.draws, sampler.warmup_draws, sampler.seed),
    );
    page.field("divergences", &artefact.divergences.to_string());
    page.field("data", &artefact.data_sha256);
    page.field("file", file_hash);
    page.heading(&format!("Left out: {} rows", artefact.left_out.len()));
    for row in &artefact.left_out {
        page.item(&format!("{}: {}", row.arm, row.reason));
    }
    page.gap();
    page.text(&words::origin(origin));
    page.finish()
}

fn parameter(name: &str, diagnostic: &Diagnostic) -> Vec<String> {
    let rests_on = match diagnostic.flag {
        Flag::Data => "data",
        Flag::MostlyAssumption => "mostly assumption",
        Flag::AssumptionOnly => "assumption only",
    };
    let or_none =
        |value: Option<f64>, decimals: usize| value.map_or_else(|| "-".to_owned(), |value| format!("{value:.decimals$}"));
    vec![
        name.to_owned(),
        format!("{:.3}", diagnostic.mean),
        format!("{:.3}", diagnostic.sd),
        format!("{:.3}", diagnostic.prior_mean),
        format!("{:.3}", diagnostic.prior_sd),
        or_none(diagnostic.r_hat, 4),
        or_none(diagnostic.ess_bulk, 0),
        format!("{:.2}", diagnostic.contraction),
        rests_on.to_owned(),
    ]
}

/// Studies predicted from the others, trials kept aside, and the ranks of simulated truths.
pub(crate) fn validation(
    left_out: &LeaveOneOut,
    kept_aside: &[HeldOut],
    calibration: Option<&Calibration>,
    origin: &Origin,
    look: Look,
) -> String {
    let mut page = Page::new(look);
    page.heading("Each study predicted from the others");
    predictions(&mut page, &left_out.rows);
    page.text(&format!(
        "Coverage of the 90 % intervals: {} of {} studies, {} of {} assessments. Fractions of the severity before treatment; points \
         for a score change.",
        left_out.studies_inside,
        left_out.studies,
        left_out.assessments_inside,
        left_out.rows.len()
    ));
    if !kept_aside.is_empty() {
        page.heading("Trials kept aside, predicted from those fitted");
        predictions(&mut page, kept_aside);
    }
    if let Some(calibration) = calibration {
        ranks(&mut page, calibration);
    }
    page.gap();
    page.text(&words::origin(origin));
    page.finish()
}

fn predictions(page: &mut Page, rows: &[HeldOut]) {
    let mut table = Table::new(vec![
        Column::new("outcome", Align::Left),
        Column::new("observed", Align::Right),
        Column::new("median", Align::Right),
        Column::new("90 % interval", Align::Right),
        Column::droppable("PIT", Align::Right, 1),
        Column::new("", Align::Left),
    ]);
    for row in rows {
        let [low, high] = row.interval_90;
        let inside = if low <= row.observed && row.observed <= high { "inside" } else { "OUTSIDE" };
        table.row(vec![
            format!("{} ({})", words::name(&row.id), row.assessment + 1),
            format!("{:.3}", row.observed),
            format!("{:.3}", row.median),
            format!("{low:.3} to {high:.3}"),
            format!("{:.3}", row.pit),
            inside.to_owned(),
        ]);
    }
    page.table(&table);
}

fn ranks(page: &mut Page, calibration: &Calibration) {
    page.heading(&format!("Ranks of the truth in {} simulated data sets", calibration.replicates));
    let mut table = Table::new(vec![
        Column::new("parameter", Align::Left),
        Column::new("chi-squared p", Align::Right),
        Column::new("Kolmogorov p", Align::Right),
        Column::new("", Align::Left),
    ]);
    let failing = calibration.failing();
    for (name, test) in &calibration.parameters {
        let said = if failing.contains(&name.as_str()) { "NOT UNIFORM" } else { "uniform" };
        table.row(vec![name.clone(), format!("{:.3}", test.chi_squared_p), format!("{:.3}", test.kolmogorov_p), said.to_owned()]);
    }
    page.table(&table);
}
