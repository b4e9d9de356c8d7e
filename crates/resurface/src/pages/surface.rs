//! The page of `resurface measure surface`.

use resurface_measure::surface::filter::{Filter, Kind};
use resurface_measure::surface::form::{Fit, Form};
use resurface_measure::surface::parameters::{Family, Pruning, Row};

use crate::run::measure::SurfaceAnswer;
use crate::terminal::{Align, Column, Look, Page, Table, Tone};

const FAMILIES: [(Family, &str); 5] = [
    (Family::Height, "How high and how deep"),
    (Family::Spatial, "How far it is alike"),
    (Family::Hybrid, "How steep"),
    (Family::Functional, "How much material at which height"),
    (Family::Feature, "Hills and dales"),
];

/// What was measured, how, and every parameter.
pub(crate) fn page(answer: &SurfaceAnswer, look: Look) -> String {
    let mut page = Page::new(look);
    page.verdict(Tone::Clear, "SURFACE", &size(answer));
    page.field("file", &format!("{} ({})", answer.file, answer.format));
    page.field("points", &points(answer));
    page.field("form", &form(answer.chain.form));
    page.field("S-filter", &filter(answer.chain.s, "nothing is too fine"));
    page.field("L-filter", &filter(answer.chain.l, "nothing is too coarse"));
    page.field("hills", &hills(answer));
    for (family, heading) in FAMILIES {
        page.heading(heading);
        let rows: Vec<&Row> = answer.parameters.iter().filter(|row| row.family == family).collect();
        page.table(&table(&rows));
        page.under(&methods(&rows));
    }
    page.gap();
    page.text(
        "Heights count from the mean plane of the measured points; missing ones count nowhere. No error stands beside these \
         numbers: it is that of the instrument and of the capture. A difference between two visits says something only \
         where it is larger than that between two captures of one visit.",
    );
    page.finish()
}

/// `4.1 x 4.1 mm, 1 % of the points missing`.
pub(crate) fn size(answer: &SurfaceAnswer) -> String {
    let mm = |points: usize, um: f64| number(points as f64 * um / 1e3);
    let missing = answer.columns * answer.rows - answer.measured;
    let sides = format!("{} × {} mm", mm(answer.columns, answer.spacing.x.0), mm(answer.rows, answer.spacing.y.0));
    match missing {
        0 => format!("{sides}, every point measured"),
        some => {
            format!("{sides}, {} % of the points missing", number(100.0 * some as f64 / (answer.columns * answer.rows) as f64))
        }
    }
}

fn points(answer: &SurfaceAnswer) -> String {
    let (x, y) = (number(answer.spacing.x.0), number(answer.spacing.y.0));
    let apart = if x == y { format!("{x} µm") } else { format!("{x} and {y} µm") };
    let lost = answer.measured - answer.left;
    let left = if lost == 0 { String::new() } else { format!("; the filters leave {lost} unknown") };
    format!("{} × {}, {apart} apart{left}", answer.columns, answer.rows)
}

/// What was taken off as form.
pub(crate) fn form(form: Form) -> String {
    let fitted = |fit: Fit| match fit {
        Fit::LeastSquares => "fitted by least squares",
        Fit::Robust => "fitted robustly (Tukey)",
    };
    match form {
        Form::Level => "the mean height taken off".to_owned(),
        Form::Polynomial { degree: 1, fit } => format!("a plane taken off, {}", fitted(fit)),
        Form::Polynomial { degree, fit } => format!("a polynomial of degree {degree} taken off, {}", fitted(fit)),
    }
}

/// What a filter does.
pub(crate) fn filter(filter: Option<Filter>, none: &str) -> String {
    let Some(Filter { kind, nesting }) = filter else { return format!("none: {none}") };
    let kind = match kind {
        Kind::Gaussian => "Gaussian (ISO 16610-61)",
        Kind::Spline => "smoothing spline (ISO 16610-62)",
        Kind::RobustGaussian => "robust Gaussian (ISO 16610-71)",
    };
    format!("{kind}, nesting index {} µm", number(nesting.0))
}

fn hills(answer: &SurfaceAnswer) -> String {
    let height = number(answer.pruning_um);
    match answer.chain.pruning {
        Pruning::Absolute(_) => format!("count from {height} µm above their saddle"),
        Pruning::ShareOfSz(_) => {
            format!("count from {height} µm above their saddle (5 % of Sz; one deep scar sets Sz: --prune UM names a height)")
        }
    }
}

fn table(rows: &[&Row]) -> Table {
    let mut table = Table::new(vec![
        Column::new("", Align::Left),
        Column::new("value", Align::Right),
        Column::new("", Align::Left),
        Column::new("what it means", Align::Left),
    ]);
    for row in rows {
        let value = row.value.map_or("not determined".to_owned(), number);
        table.row(vec![row.symbol.to_owned(), value, unit(row.unit).to_owned(), row.meaning.to_owned()]);
    }
    table
}

/// Each way of computing, once, after the parameters that are computed so.
fn methods(rows: &[&Row]) -> String {
    let mut methods: Vec<(&str, Vec<&str>)> = Vec::new();
    for row in rows {
        match methods.last_mut() {
            Some((method, symbols)) if *method == row.method => symbols.push(row.symbol),
            _ => methods.push((row.method, vec![row.symbol])),
        }
    }
    methods.iter().map(|(method, symbols)| format!("{}: {method}", symbols.join(", "))).collect::<Vec<_>>().join("; ") + "."
}

/// A unit as it is printed.
pub(crate) fn unit(unit: &str) -> &str {
    match unit {
        "um" => "µm",
        "deg" => "°",
        "mm2" => "mm²",
        "mm3" => "mm³",
        "1/mm2" => "1/mm²",
        "ml/m2" => "ml/m²",
        other => other,
    }
}

/// Four digits that count.
pub(crate) fn number(value: f64) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    if value.abs() < 1e-3 || value.abs() >= 1e7 {
        return format!("{value:.3e}");
    }
    let decimals = (3.0 - value.abs().log10().floor()).max(0.0) as usize;
    format!("{value:.decimals$}")
}
