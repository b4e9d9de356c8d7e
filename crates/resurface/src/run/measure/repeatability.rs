//! `resurface measure repeatability`: what captures that were repeated tell about the error.

use resurface_measure::photo::{Kind, Outcome, Settings as PhotoSettings};
use resurface_measure::repeatability::{Repeatability, repeatability as of_rows};
use resurface_measure::scan::scars::Reported;
use resurface_measure::scan::{Scar, Settings as ScanSettings};
use serde::Serialize;

use super::{Measured, name_of, photo, scan};
use crate::arguments::RepeatabilityArguments;
use crate::ending::{Answer, Exit, Failure};
use crate::envelope;
use crate::files;
use crate::pages;
use crate::request::{Form, Request};

/// Schema of the answer, which the other commands read.
pub(super) const SCHEMA: &str = "resurface.repeatability/1";

/// What was repeated, and how well it agrees.
#[derive(Debug, Serialize)]
pub(crate) struct RepeatabilityAnswer {
    program: &'static str,
    /// The captures, in the order in which they were given.
    pub(crate) files: Vec<Measured>,
    /// Each number.
    pub(crate) numbers: Vec<Repeated>,
}

/// One number of repeated captures.
#[derive(Debug, Serialize)]
pub(crate) struct Repeated {
    /// Its name, as other answers have it.
    pub(crate) number: String,
    /// Its unit.
    pub(crate) unit: &'static str,
    /// What is a subject: `scar` or `zone`.
    pub(crate) subject: &'static str,
    /// What came out; nothing where too little was repeated.
    pub(crate) repeatability: Option<Repeatability>,
    /// Why nothing came out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) why_not: Option<String>,
}

impl Repeated {
    fn of(number: String, unit: &'static str, subject: &'static str, rows: &[Vec<f64>]) -> Self {
        let (repeatability, why_not) = match of_rows(rows) {
            Ok(found) => (Some(found), None),
            Err(error) => (None, Some(error.to_string())),
        };
        Self { number, unit, subject, repeatability, why_not }
    }
}

/// Compares every capture with the first.
pub(crate) fn repeatability(request: &Request, typed: &RepeatabilityArguments) -> Result<Answer, Failure> {
    let first = files::read_bytes(&typed.captures[0], 8)?;
    let is_photograph = first.starts_with(&[0xff, 0xd8]) || first.starts_with(b"\x89PNG");
    let (files, numbers) = if is_photograph { of_photographs(typed)? } else { of_scans(typed)? };
    if numbers.iter().all(|repeated| repeated.repeatability.is_none()) {
        let why = numbers.iter().find_map(|repeated| repeated.why_not.clone()).unwrap_or_default();
        return Err(Failure::new(Exit::NotMeasurable, format!("no number was repeated: {why}"))
            .hint("capture the same skin twice or more within one visit, set up anew in between"));
    }
    let answer = RepeatabilityAnswer { program: env!("CARGO_PKG_VERSION"), files, numbers };
    let page = match request.form {
        Form::Page => pages::repeatability::report(&answer).page(request.look),
        Form::Json => envelope::write_plain(SCHEMA, &answer)?,
    };
    let page = Answer::page(page);
    match &typed.svg {
        None => Ok(page),
        Some(path) => {
            files::write(path, pages::repeatability::bland_altman(&answer)?)?;
            Ok(page.remark(format!("Bland-Altman plot written to {}", path.display())))
        }
    }
}

type Found = (Vec<Measured>, Vec<Repeated>);
type OfScar = fn(&Scar) -> &Reported;

/// Scars are the subjects: those of the first scan, as they are found in the others.
fn of_scans(typed: &RepeatabilityArguments) -> Result<Found, Failure> {
    let settings: ScanSettings = scan::settings(&typed.instrument, None)?;
    let (first, file) = scan::load(&typed.captures[0], &typed.instrument)?;
    let mut files = vec![file.measured];
    let numbers: [(&str, &str, OfScar); 3] = [
        ("scar_depth_mm", "mm", |scar| &scar.depth),
        ("scar_volume_mm3", "mm3", |scar| &scar.volume),
        ("scar_area_mm2", "mm2", |scar| &scar.area),
    ];
    let mut rows: [Vec<Vec<f64>>; 3] = Default::default();
    for (at, path) in typed.captures.iter().enumerate().skip(1) {
        let (other, file) = scan::load(path, &typed.instrument)?;
        files.push(file.measured);
        let both = format!("{} and {}", name_of(&typed.captures[0]), name_of(path));
        let found = scan::compared(&first, &other, &settings).map_err(|error| scan::failure(&both, &error))?;
        for (rows, (_, _, number)) in rows.iter_mut().zip(&numbers) {
            let value = |scar: &Scar| number(scar).value().unwrap_or(f64::NAN);
            if rows.is_empty() {
                rows.extend(found.baseline.scars.iter().map(|scar| vec![value(scar)]));
            }
            rows.iter_mut().for_each(|row| row.push(f64::NAN));
            for pair in &found.pairs {
                rows[pair.baseline][at] = value(&found.follow_up.scars[pair.follow_up]);
            }
        }
    }
    let repeated =
        numbers.iter().zip(&rows).map(|((number, unit, _), rows)| Repeated::of((*number).to_owned(), unit, "scar", rows));
    Ok((files, repeated.collect()))
}

/// Zones are the subjects.
fn of_photographs(typed: &RepeatabilityArguments) -> Result<Found, Failure> {
    let settings = PhotoSettings { scale: photo::scale(&typed.scale)?, ..PhotoSettings::default() };
    let (first, file) = photo::load(&typed.captures[0])?;
    let mut files = vec![file];
    let mut rows: Vec<(Kind, Vec<Vec<f64>>)> = Kind::ALL.iter().map(|kind| (*kind, Vec::new())).collect();
    let value = |outcome: &Outcome| outcome.quantity().map_or(f64::NAN, |quantity| quantity.value);
    for path in &typed.captures[1..] {
        let (other, file) = photo::load(path)?;
        files.push(file);
        let both = format!("{} and {}", name_of(&typed.captures[0]), name_of(path));
        let found = photo::compared(&first, &other, &settings).map_err(|error| photo::failure(&both, &error))?;
        for (kind, rows) in &mut rows {
            for (at, zone) in found.zones.iter().enumerate() {
                let Some(change) = zone.changes.iter().find(|change| change.kind == *kind) else { continue };
                if rows.len() <= at {
                    rows.push(vec![value(&change.baseline)]);
                }
                rows[at].push(value(&change.follow_up));
            }
        }
    }
    let repeated = rows.iter().filter(|(_, rows)| rows.iter().flatten().any(|value| !value.is_nan()));
    Ok((files, repeated.map(|(kind, rows)| Repeated::of(photo::word(*kind), kind.unit(), "zone", rows)).collect()))
}
