//! The report of `resurface measure repeatability`, and its Bland-Altman plot.

use std::fmt::Write as _;

use resurface_measure::repeatability::{Agreement, Estimate};

use super::height_map::escaped;
use super::report::{Head, Report};
use super::surface::{number, unit};
use crate::ending::{Exit, Failure};
use crate::run::measure::{RepeatabilityAnswer, Repeated};
use crate::terminal::Tone;

/// What came out for each number.
pub(crate) fn report(answer: &RepeatabilityAnswer) -> Report {
    let told = answer.numbers.iter().filter(|repeated| repeated.repeatability.is_some()).count();
    let verdict = format!("{told} numbers of {} captures: what differs without any change", answer.files.len());
    let mut report = Report::new(Tone::Clear, "REPEATABILITY", verdict);
    let names: Vec<&str> = answer.files.iter().map(|file| file.file.as_str()).collect();
    report.field("captures", names.join(", "));
    let rows = answer.numbers.iter().filter_map(row);
    let head = vec![
        Head::words("number"),
        Head::words("unit"),
        Head::number("subjects"),
        Head::number("within-subject SD"),
        Head::number("smallest change (MDC95)"),
        Head::number("ICC(2,1)").if_wide(1),
    ];
    report.table(head, rows.collect());
    for repeated in answer.numbers.iter().filter(|repeated| repeated.repeatability.is_none()) {
        report.mark(format!("{}: {}", repeated.number, repeated.why_not.as_deref().unwrap_or("not repeated")));
    }
    report.text(
        "In brackets: 95 % intervals. A change between two visits is larger than the error beyond MDC95 = 1.96 × √2 × SD. With few captures its \
         interval is wide: repeat more of them. Hand this answer, written with --json, to `resurface measure scan` or `photo` as \
         --repeatability FILE.",
    );
    report
}

fn row(repeated: &Repeated) -> Option<Vec<String>> {
    let found = repeated.repeatability.as_ref()?;
    let with =
        |estimate: &Estimate| format!("{} ({} to {})", number(estimate.value), number(estimate.low), number(estimate.high));
    Some(vec![
        repeated.number.replace('_', " "),
        unit(repeated.unit).to_owned(),
        format!("{} {}{}", found.subjects, repeated.subject, if found.subjects == 1 { "" } else { "s" }),
        with(&found.within_subject_sd),
        with(&found.smallest_change),
        found.correlation.as_ref().map_or("not determined".to_owned(), with),
    ])
}

const WIDE: f64 = 640.0;
const TALL: f64 = 300.0;
const LEFT: f64 = 90.0;
const TOP: f64 = 50.0;

/// Differences against means of two captures, one panel for each number.
pub(crate) fn bland_altman(answer: &RepeatabilityAnswer) -> Result<String, Failure> {
    let panels = answer.numbers.iter().filter_map(|repeated| {
        let agreement = repeated.repeatability.as_ref()?.agreement.as_ref()?;
        (agreement.points.len() > 1).then_some((repeated, agreement))
    });
    let panels: Vec<(&Repeated, &Agreement)> = panels.collect();
    if panels.is_empty() {
        return Err(Failure::new(Exit::NotMeasurable, "a Bland-Altman plot needs two captures of several subjects (scars)")
            .hint("leave --svg out, or give exactly two scans with scars"));
    }
    let (width, height) = (LEFT + WIDE + 130.0, panels.len() as f64 * (TALL + TOP + 50.0));
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" role=\"img\" aria-labelledby=\"title\" \
         font-family=\"system-ui, sans-serif\" font-size=\"13\" fill=\"#1b2733\">\n<title id=\"title\">Bland-Altman plot of repeated \
         captures</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n"
    );
    for (at, (repeated, agreement)) in panels.into_iter().enumerate() {
        panel(&mut out, at as f64 * (TALL + TOP + 50.0), repeated, agreement);
    }
    out.push_str("</svg>\n");
    Ok(out)
}

fn panel(out: &mut String, top: f64, repeated: &Repeated, agreement: &Agreement) {
    let unit = unit(repeated.unit);
    let title = escaped(&format!("{} in {unit}: first minus second capture", repeated.number.replace('_', " ")));
    let means = agreement.points.iter().map(|point| point[0]);
    let (low, high) = means.fold((f64::MAX, f64::MIN), |(low, high), mean| (low.min(mean), high.max(mean)));
    let furthest = agreement.points.iter().map(|point| point[1].abs()).fold(0.0, f64::max);
    let end = 1.1 * furthest.max(agreement.lower_limit.value.abs()).max(agreement.upper_limit.value.abs());
    let x = |mean: f64| LEFT + if high > low { WIDE * (0.04 + 0.92 * (mean - low) / (high - low)) } else { WIDE / 2.0 };
    let y = |difference: f64| top + TOP + TALL * (1.0 - difference / end) / 2.0;
    // Writing into a String cannot fail.
    let _ = writeln!(
        out,
        "<text x=\"{LEFT}\" y=\"{:.1}\" font-size=\"16\" font-weight=\"600\">{title}</text>\n\
         <rect x=\"{LEFT}\" y=\"{:.1}\" width=\"{WIDE}\" height=\"{TALL}\" fill=\"none\" stroke=\"#5b6770\"/>",
        top + TOP - 18.0,
        top + TOP
    );
    for (estimate, name, dash) in [
        (&agreement.upper_limit, "upper limit", "6 4"),
        (&agreement.bias, "bias", ""),
        (&agreement.lower_limit, "lower limit", "6 4"),
    ] {
        let (at, right) = (y(estimate.value), LEFT + WIDE);
        let _ = writeln!(
            out,
            "<rect x=\"{LEFT}\" y=\"{:.1}\" width=\"{WIDE}\" height=\"{:.1}\" fill=\"#24627a\" opacity=\"0.12\"/>\n\
             <path d=\"M{LEFT} {at:.1}H{right}\" stroke=\"#24627a\" stroke-width=\"1.5\" stroke-dasharray=\"{dash}\"/>\n\
             <text x=\"{:.1}\" y=\"{:.1}\">{name} {}</text>",
            y(estimate.high).max(top + TOP),
            (y(estimate.low).min(top + TOP + TALL) - y(estimate.high).max(top + TOP)).max(0.0),
            right + 8.0,
            at + 4.5,
            number(estimate.value)
        );
    }
    for [mean, difference] in &agreement.points {
        let _ = writeln!(
            out,
            "<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"4\" fill=\"#a3520b\" fill-opacity=\"0.75\"/>",
            x(*mean),
            y(*difference)
        );
    }
    for mark in [-end / 1.1, 0.0, end / 1.1] {
        let _ =
            writeln!(out, "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>", LEFT - 8.0, y(mark) + 4.5, number(mark));
    }
    for mark in [low, high] {
        let _ = writeln!(
            out,
            "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>",
            x(mark),
            top + TOP + TALL + 18.0,
            number(mark)
        );
    }
    let _ = writeln!(
        out,
        "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">mean of both captures, {unit}; bands are 95 % intervals</text>",
        LEFT + WIDE / 2.0,
        top + TOP + TALL + 36.0
    );
}
