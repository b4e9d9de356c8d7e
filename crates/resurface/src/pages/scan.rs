//! The report of `resurface measure scan`.

use resurface_measure::quantity::{Quantity, Verdict};
use resurface_measure::scan::read::UnitFrom;
use resurface_measure::scan::scars::{NotReported, Reported, Unmeasurable};
use resurface_measure::scan::{Change, Comparison, Device, Outside, Scar, ScarType, Visit};

use super::report::{Head, Report};
use super::surface::number;
use crate::run::measure::ScanFile;
use crate::terminal::Tone;

/// What stands under every report.
const CAVEAT: &str = "Each scar is measured against the skin around it in its own visit. ± is the standard uncertainty. A change is larger \
                      than the error only beyond the smallest detectable change. These numbers describe a surface; they are no diagnosis, \
                      and enter a chart only when a practitioner accepts them.";

/// One visit.
pub(crate) fn one(file: &ScanFile, visit: &Visit) -> Report {
    let together = || with_error(&visit.totals.volume_mm3, "mm³");
    let verdict = match visit.scars.len() {
        0 => "no scar stands out from the skin around it".to_owned(),
        1 => format!("1 scar of {}", together()),
        count => format!("{count} scars, together {}", together()),
    };
    let mut report = Report::new(Tone::Clear, "SCAN MEASURED", verdict);
    of_file(&mut report, "scan", file);
    of_instrument(&mut report, visit);
    report.field("method", format!("{} {}", visit.method, visit.version));
    scars(&mut report, "Scars", visit);
    left_out(&mut report, visit);
    report.text(CAVEAT);
    report
}

/// Two visits.
pub(crate) fn two(files: &[ScanFile], found: &Comparison) -> Report {
    let volume = found.change.volume_mm3;
    let tone = match volume.map(|change| change.verdict) {
        Some(Verdict::LargerThanTheError) => Tone::Clear,
        _ => Tone::Caution,
    };
    let verdict = match volume {
        None => "no scar was found in both visits, so no change can be told".to_owned(),
        Some(change) => format!("volume of {} scars {}: {}", found.pairs.len(), changed(&change, "mm³"), words(change.verdict)),
    };
    let mut report = Report::new(tone, "SCANS COMPARED", verdict);
    for (name, file) in ["baseline", "follow-up"].into_iter().zip(files) {
        of_file(&mut report, name, file);
    }
    of_instrument(&mut report, &found.baseline);
    let alignment = &found.alignment;
    report.field(
        "laid together",
        format!(
            "to {} mm (one standard deviation), {:.0} % of the smaller scan on the other, the skin {} mm apart (robust spread)",
            number(alignment.uncertainty_mm),
            100.0 * alignment.overlap,
            number(alignment.residual_mm)
        ),
    );
    report.field("method", format!("{} {}", found.method, found.version));
    report.heading("Scars of both visits together");
    totals(&mut report, found);
    report.heading("Each scar that was found in both visits");
    pairs(&mut report, found);
    let only = |count: usize, visit: &str| match count {
        0 => None,
        1 => Some(format!("1 scar was found only in the {visit}: healed, new, or missed")),
        count => Some(format!("{count} scars were found only in the {visit}: healed, new, or missed")),
    };
    let apart = [only(found.only_baseline.len(), "baseline"), only(found.only_follow_up.len(), "follow-up")];
    apart.into_iter().flatten().for_each(|text| report.mark(text));
    scars(&mut report, "Scars of the baseline", &found.baseline);
    scars(&mut report, "Scars of the follow-up", &found.follow_up);
    left_out(&mut report, &found.follow_up);
    report.text(CAVEAT);
    report
}

fn of_file(report: &mut Report, name: &'static str, file: &ScanFile) {
    let condition = &file.condition;
    let said = match file.unit_from {
        UnitFrom::File => "as the file says",
        UnitFrom::Specification => "as its format has it",
        UnitFrom::Told => "as was told",
    };
    let text = format!(
        "{} ({}, in {}, {said}): {} points, {} mm apart, {} cm²",
        file.measured.file,
        file.format,
        file.unit,
        condition.points,
        number(condition.spacing_mm),
        number(condition.area_mm2 / 100.0)
    );
    report.field(name, text);
    let mended = &condition.mended;
    let counts = [
        (mended.points_welded, "double points made one"),
        (mended.points_stray, "stray points dropped"),
        (mended.triangles_flat + mended.triangles_double, "flat or double triangles dropped"),
        (mended.islands, "small pieces apart dropped"),
        (mended.triangles_turned, "triangles turned"),
    ];
    let done: Vec<String> =
        counts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    if !done.is_empty() {
        report.field("mended", done.join(", "));
    }
    if condition.outside == Outside::AsInFile {
        report.mark("the shape does not tell which side is outside: the side that the file names was taken");
    }
}

fn of_instrument(report: &mut Report, visit: &Visit) {
    report.field("resolves", format!("depth and area of scars from {} mm wide", number(visit.instrument.width_mm_min)));
    let floors: Vec<String> =
        visit.floor.iter().map(|floor| format!("{} mm at {} mm", number(floor.depth_sd_mm), number(floor.width_mm))).collect();
    if !floors.is_empty() {
        report.field("floor", format!("depth found on skin without scars, one standard deviation: {}", floors.join(", ")));
    }
}

/// What was told of a device, in words.
pub(crate) const fn device(device: Device) -> &'static str {
    match device {
        Device::Phone => "depth camera of a phone",
        Device::Stereo => "stereo photographs",
        Device::StructuredLight => "projected stripes or laser",
        Device::Unknown => "not named",
    }
}

fn totals(report: &mut Report, found: &Comparison) {
    report.field("instrument", device(found.settings.device));
    let change = &found.change;
    let rows =
        [("volume", "mm³", change.volume_mm3), ("area", "mm²", change.area_mm2), ("mean depth", "mm", change.mean_depth_mm)];
    let row = |(name, unit, change): (&str, &str, Option<Change>)| match change {
        None => vec![name.to_owned(), "none".to_owned(), String::new(), "not reported for any scar of both".to_owned()],
        Some(change) => {
            let interval = format!("{} to {}", signed(change.low), signed(change.high));
            vec![name.to_owned(), format!("{} {unit}", signed(change.value)), interval, words(change.verdict).to_owned()]
        }
    };
    let head = vec![Head::words(""), Head::number("change"), Head::number("95 % interval"), Head::words("verdict")];
    report.table(head, rows.into_iter().map(row).collect());
}

fn pairs(report: &mut Report, found: &Comparison) {
    if found.pairs.is_empty() {
        report.mark("none");
        return;
    }
    let rows = found.pairs.iter().map(|pair| {
        let (before, after) = (&found.baseline.scars[pair.baseline], &found.follow_up.scars[pair.follow_up]);
        let change = |change: Option<Change>| change.map_or_else(String::new, |change| signed(change.value));
        vec![
            format!("{} → {}", pair.baseline + 1, pair.follow_up + 1),
            scar_type(before.scar_type).to_owned(),
            from_to(&before.depth, &after.depth),
            change(pair.depth),
            from_to(&before.volume, &after.volume),
            change(pair.volume),
            pair.volume.map_or("cannot be told", |change| words(change.verdict)).to_owned(),
        ]
    });
    let head = vec![
        Head::words("scar"),
        Head::words("type"),
        Head::number("depth mm").if_wide(1),
        Head::number("change").if_wide(1),
        Head::number("volume mm³"),
        Head::number("change"),
        Head::words("volume changed"),
    ];
    report.table(head, rows.collect());
}

fn scars(report: &mut Report, heading: &str, visit: &Visit) {
    report.heading(heading);
    let count = &visit.totals.count;
    report.field(
        "by type",
        format!(
            "{} ice pick, {} boxcar, {} rolling, {} of no one type or not resolved",
            count.ice_pick, count.boxcar, count.rolling, count.unresolved
        ),
    );
    if visit.scars.is_empty() {
        return;
    }
    let rows = visit.scars.iter().enumerate().map(|(at, scar)| row(at, scar));
    let head = vec![
        Head::number("no."),
        Head::words("type"),
        Head::number("width mm"),
        Head::number("depth mm"),
        Head::number("volume mm³"),
        Head::number("area mm²").if_wide(1),
        Head::number("wall °").if_wide(2),
        Head::words("left out").if_wide(3),
    ];
    report.table(head, rows.collect());
}

fn row(at: usize, scar: &Scar) -> Vec<String> {
    let why = [&scar.depth, &scar.volume].into_iter().find_map(|reported| match reported {
        Reported::NotReported(why) => Some(*why),
        Reported::Measured(_) => None,
    });
    vec![
        (at + 1).to_string(),
        scar_type(scar.scar_type).to_owned(),
        reported(&scar.width),
        reported(&scar.depth),
        reported(&scar.volume),
        reported(&scar.area),
        scar.wall_degrees.map_or_else(String::new, |degrees| format!("{degrees:.0}")),
        why.map_or("", not_reported).to_owned(),
    ]
}

fn left_out(report: &mut Report, visit: &Visit) {
    let reasons = [
        (Unmeasurable::ScanEnds, "where the scan ends or has a hole"),
        (Unmeasurable::UnevenAround, "with uneven skin around them (more than 0.06 mm)"),
        (Unmeasurable::CurvedSkin, "on skin that is bent too much (nose, lip, lid)"),
        (Unmeasurable::Fold, "longer than scars are: folds and wrinkles"),
        (Unmeasurable::TooWide, "wider than 13 mm"),
        (Unmeasurable::WithinTheFloor, "not deeper than skin without scars is uneven"),
    ];
    let counted = reasons.iter().filter_map(|(reason, words)| {
        let count = visit.not_measured.iter().filter(|other| other.reason == *reason).count();
        (count > 0).then(|| format!("{count} {words}"))
    });
    let counted: Vec<String> = counted.collect();
    if !counted.is_empty() {
        report.heading("Depressions that were not measured");
        counted.into_iter().for_each(|text| report.mark(text));
    }
}

/// A verdict in words.
pub(crate) const fn words(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::LargerThanTheError => "larger than the error",
        Verdict::WithinTheError => "within the error",
        Verdict::CannotBeTold => "cannot be told",
    }
}

const fn scar_type(scar_type: Option<ScarType>) -> &'static str {
    match scar_type {
        Some(ScarType::IcePick) => "ice pick",
        Some(ScarType::Boxcar) => "boxcar",
        Some(ScarType::Rolling) => "rolling",
        None => "unresolved",
    }
}

const fn not_reported(why: NotReported) -> &'static str {
    match why {
        NotReported::NarrowerThanResolved => "narrower than the scan resolves",
        NotReported::IcePickFromAPhone => "no phone resolves the depth of an ice pick",
        NotReported::ErrorUnknown => "too little skin without scars to tell the error",
    }
}

fn reported(reported: &Reported) -> String {
    reported.quantity().map_or("-".to_owned(), |quantity| format!("{} ± {}", number(quantity.value), error(quantity.uncertainty)))
}

fn from_to(before: &Reported, after: &Reported) -> String {
    let value = |reported: &Reported| reported.value().map_or("-".to_owned(), number);
    format!("{} → {}", value(before), value(after))
}

/// `12.3 ± 0.4 mm³`.
pub(crate) fn with_error(quantity: &Quantity, unit: &str) -> String {
    format!("{} ± {} {unit}", number(quantity.value), error(quantity.uncertainty))
}

/// An error with two digits that count.
pub(crate) fn error(uncertainty: f64) -> String {
    if !uncertainty.is_finite() || uncertainty <= 0.0 {
        return "?".to_owned();
    }
    let decimals = (1.0 - uncertainty.log10().floor()).max(0.0) as usize;
    format!("{uncertainty:.decimals$}")
}

/// A number with its sign.
pub(crate) fn signed(value: f64) -> String {
    if value > 0.0 { format!("+{}", number(value)) } else { number(value).replacen('-', "−", 1) }
}

/// `fell by 2.1 mm³ (95 %: −3.0 to −1.2)`.
fn changed(change: &Change, unit: &str) -> String {
    let way = if change.value < 0.0 { "fell" } else { "rose" };
    format!("{way} by {} {unit} (95 %: {} to {})", number(change.value.abs()), signed(change.low), signed(change.high))
}
