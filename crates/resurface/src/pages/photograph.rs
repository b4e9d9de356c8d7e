//! The report of `resurface measure photo`.

use resurface_measure::photo::{
    Capture, Change, ColourMode, Comparison, Finding, Measurement, Number, Outcome, ProfileUsed, SkinColour,
};
use resurface_measure::quantity::Verdict;

use super::report::{Head, Report};
use super::scan::{error, signed, words};
use super::surface::{number, unit};
use crate::run::measure::Measured;
use crate::terminal::Tone;

/// What stands under every report.
const CAVEAT: &str = "± is the standard uncertainty. A change is larger than the error only beyond the smallest detectable change. Numbers of \
                      one camera and light are not compared with those of another. They describe a picture; they are no diagnosis, and enter \
                      a chart only when a practitioner accepts them.";

/// One photograph.
pub(crate) fn one(file: &Measured, found: &Measurement) -> Report {
    let verdict = format!("{} of skin measured", zones(found.zones.len()));
    let mut report = Report::new(Tone::Clear, "PHOTOGRAPH MEASURED", verdict);
    of_capture(&mut report, "photograph", file, &found.capture);
    report.field("method", found.version);
    for zone in &found.zones {
        report.heading(zone.name.clone());
        if let Some(colour) = zone.skin_colour {
            report.field("skin colour", skin_colour(colour));
        }
        let head = vec![
            Head::words("number"),
            Head::number("value"),
            Head::words("unit"),
            Head::words("smallest change that can be told"),
        ];
        report.table(head, zone.numbers.iter().filter(|number| number.outcome.quantity().is_some()).map(measured).collect());
        withheld(&mut report, zone.numbers.iter().map(|number| (kind(number.kind), number.outcome)));
        methods(&mut report, zone.numbers.iter().map(|number| (kind(number.kind), number.method, number.smallest_change_from)));
    }
    report.text(CAVEAT);
    report
}

/// Two photographs.
pub(crate) fn two(files: &[Measured], found: &Comparison) -> Report {
    let larger: usize =
        found.zones.iter().flat_map(|zone| &zone.changes).filter(|change| change.verdict == Verdict::LargerThanTheError).count();
    let told: usize =
        found.zones.iter().flat_map(|zone| &zone.changes).filter(|change| change.verdict != Verdict::CannotBeTold).count();
    let (tone, verdict) = match larger {
        0 => (Tone::Caution, format!("none of {told} numbers changed by more than the error")),
        larger => (Tone::Clear, format!("{larger} of {told} numbers changed by more than the error")),
    };
    let mut report = Report::new(tone, "PHOTOGRAPHS COMPARED", verdict);
    for ((name, file), capture) in ["baseline", "follow-up"].into_iter().zip(files).zip([&found.baseline, &found.follow_up]) {
        of_capture(&mut report, name, file, capture);
    }
    let alignment = &found.alignment;
    report.field(
        "laid together",
        format!(
            "to {} pixels, {} % of the width of the skin in view; scale {:.3}, turned by {:.1}°",
            number(alignment.residual_px),
            number(100.0 * alignment.residual_share),
            alignment.scale,
            alignment.rotation_degrees
        ),
    );
    report.field(
        "colours",
        match found.colour {
            ColourMode::ByCard => "corrected by the card in each picture".to_owned(),
            ColourMode::MadeEqual { gains: [red, green, blue] } => format!(
                "no card in both: the skin of the follow-up is made equal to that of the baseline (gains {red:.2}, {green:.2}, {blue:.2}), so \
                 that a change of all of the skin cannot be told"
            ),
        },
    );
    report.field("method", found.version);
    findings(&mut report, &found.findings);
    for zone in &found.zones {
        report.heading(zone.name.clone());
        if let [Some(before), Some(after)] = zone.skin_colour {
            report.field("skin colour", format!("{} → {}", skin_colour(before), skin_colour(after)));
        }
        if let Some(difference) = &zone.colour_difference {
            let quantity = &difference.quantity;
            let text =
                format!("ΔE₀₀ {} ± {}: {}", number(quantity.value), error(quantity.uncertainty), words(difference.verdict));
            report.field("colour", text);
        }
        let head = vec![
            Head::words("number"),
            Head::number("baseline"),
            Head::number("follow-up"),
            Head::number("change"),
            Head::words("unit").if_wide(2),
            Head::number("smallest").if_wide(1),
            Head::words("verdict"),
        ];
        report.table(head, zone.changes.iter().filter(|change| change.difference.is_some()).map(changed).collect());
        withheld(&mut report, zone.changes.iter().map(|change| (kind(change.kind), either(change))));
        methods(&mut report, zone.changes.iter().map(|change| (kind(change.kind), change.method, change.smallest_change_from)));
    }
    report.text(CAVEAT);
    report
}

fn zones(count: usize) -> String {
    if count == 1 { "one zone".to_owned() } else { format!("{count} zones") }
}

fn of_capture(report: &mut Report, name: &'static str, file: &Measured, capture: &Capture) {
    let profile = match capture.profile {
        ProfileUsed::OfTheFile => "colours by its own profile",
        ProfileUsed::NoneSoSrgbAssumed => "no colour profile, sRGB assumed",
        ProfileUsed::NotUnderstoodSoSrgbAssumed => "a colour profile that is not understood, sRGB assumed",
    };
    report.field(name, format!("{} ({} × {} pixels): {profile}", file.file, capture.width_px, capture.height_px));
    findings(report, &capture.findings);
}

fn findings(report: &mut Report, findings: &[Finding]) {
    findings.iter().for_each(|finding| report.mark(finding.message.clone()));
}

fn measured(found: &Number) -> Vec<String> {
    let quantity = found.outcome.quantity();
    let value =
        quantity.map_or_else(String::new, |quantity| format!("{} ± {}", number(quantity.value), error(quantity.uncertainty)));
    let smallest = quantity.map_or_else(String::new, |quantity| number(quantity.smallest_change));
    vec![kind(found.kind), value, unit(found.unit).to_owned(), smallest]
}

fn changed(change: &Change) -> Vec<String> {
    let value = |outcome: &Outcome| outcome.quantity().map_or_else(String::new, |quantity| number(quantity.value));
    let difference = change.difference.as_ref();
    vec![
        kind(change.kind),
        value(&change.baseline),
        value(&change.follow_up),
        difference
            .map_or_else(String::new, |difference| format!("{} ± {}", signed(difference.value), error(difference.uncertainty))),
        unit(change.unit).to_owned(),
        difference.map_or_else(String::new, |difference| number(difference.smallest_change)),
        words(change.verdict).to_owned(),
    ]
}

fn either(change: &Change) -> Outcome {
    if change.baseline.quantity().is_none() { change.baseline } else { change.follow_up }
}

/// What was withheld, each reason once.
fn withheld(report: &mut Report, outcomes: impl Iterator<Item = (String, Outcome)>) {
    let mut reasons: Vec<(&str, Vec<String>)> = Vec::new();
    for (kind, outcome) in outcomes {
        let Outcome::Withheld { why } = outcome else { continue };
        match reasons.iter_mut().find(|(reason, _)| *reason == why.reason()) {
            Some((_, kinds)) => kinds.push(kind),
            None => reasons.push((why.reason(), vec![kind])),
        }
    }
    for (reason, kinds) in reasons {
        report.mark(format!("withheld ({}): {reason}", kinds.join(", ")));
    }
}

/// How numbers are computed and where their smallest changes are from, each once.
fn methods<'a>(report: &mut Report, numbers: impl Iterator<Item = (String, &'a str, &'a str)>) {
    let mut ways: Vec<(&str, &str, Vec<String>)> = Vec::new();
    for (kind, method, source) in numbers {
        match ways.iter_mut().find(|way| (way.0, way.1) == (method, source)) {
            Some((_, _, kinds)) => kinds.push(kind),
            None => ways.push((method, source, vec![kind])),
        }
    }
    for (method, source, kinds) in ways {
        report.item(format!("{}: {method}. Smallest change: {source}.", kinds.join(", ")));
    }
}

fn kind(kind: resurface_measure::photo::Kind) -> String {
    use resurface_measure::photo::Kind;
    match kind {
        Kind::Lightness => "lightness L*",
        Kind::RedGreen => "red-green a*",
        Kind::YellowBlue => "yellow-blue b*",
        Kind::TypologyAngle => "ITA",
        Kind::ScarRedness => "redness of scars",
        Kind::ScarPigment => "pigment of scars",
        Kind::ScarErythemaIndex => "erythema index of scars",
        Kind::ScarMelaninIndex => "melanin index of scars",
        Kind::UnevennessOfLightness => "unevenness of lightness",
        Kind::UnevennessOfRedness => "unevenness of redness",
        Kind::TextureFrom250Um => "texture 0.25-0.5 mm",
        Kind::TextureFrom500Um => "texture 0.5-1 mm",
        Kind::TextureFrom1Mm => "texture 1-2 mm",
        Kind::TextureFrom2Mm => "texture 2-4 mm",
        Kind::TextureFrom4Mm => "texture 4-8 mm",
        Kind::VisibleScars => "visible scars",
        Kind::VisibleScarShare => "share under visible scars",
        Kind::VisibleScarArea => "area of visible scars",
        Kind::Shine => "shine",
    }
    .to_owned()
}

const fn skin_colour(colour: SkinColour) -> &'static str {
    match colour {
        SkinColour::VeryLight => "very light",
        SkinColour::Light => "light",
        SkinColour::Intermediate => "intermediate",
        SkinColour::Tan => "tan",
        SkinColour::Brown => "brown",
        SkinColour::Dark => "dark",
    }
}
