//! `resurface measure photo`: what a photograph shows of the skin, or what became of it between two.

use std::path::Path;

use resurface_measure::limits::PHOTOGRAPH_BYTES_MAX;
use resurface_measure::photo::{
    Card, Comparison, Error, Kind, MapKind, Measurement, Repeatability, Scale, Settings, Stage, Zone, compare, measure,
};
use serde::Serialize;

use super::{Measured, deliver, name_of, own_repeatability, smallest_change};
use crate::arguments::{PhotoArguments, ScaleArguments};
use crate::ending::{Answer, Exit, Failure};
use crate::files;
use crate::pages;
use crate::progress::Progress;
use crate::request::Request;

const SCHEMA: &str = "resurface.photo/1";

/// What was measured.
#[derive(Debug, Serialize)]
pub(crate) struct PhotoAnswer {
    program: &'static str,
    /// The photographs, the baseline first.
    pub(crate) files: Vec<Measured>,
    /// One photograph, where one was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) measurement: Option<Measurement>,
    /// Both, where two were.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) comparison: Option<Comparison>,
}

/// Measures one photograph, or compares two.
pub(crate) fn photo(request: &Request, typed: &PhotoArguments) -> Result<Answer, Failure> {
    let settings = settings(typed)?;
    let (baseline, file) = load(&typed.baseline)?;
    let mut answer = PhotoAnswer { program: env!("CARGO_PKG_VERSION"), files: vec![file], measurement: None, comparison: None };
    let report = match &typed.follow_up {
        None => {
            let measured = measure(&baseline, &settings, &mut |_| ());
            let measurement = measured.map_err(|error| failure(&name_of(&typed.baseline), &error))?;
            let report = pages::photograph::one(&answer.files[0], &measurement);
            answer.measurement = Some(measurement);
            report
        }
        Some(path) => {
            let (follow_up, file) = load(path)?;
            answer.files.push(file);
            let name = format!("{} and {}", name_of(&typed.baseline), name_of(path));
            let comparison = compared(&baseline, &follow_up, &settings).map_err(|error| failure(&name, &error))?;
            let mut report = pages::photograph::two(&answer.files, &comparison);
            for map in &comparison.maps {
                let (file, title) = match map.kind {
                    MapKind::Lightness => ("lightness", "Change of lightness (L*), follow-up minus baseline: brown is lighter"),
                    MapKind::RedGreen => ("red-green", "Change of redness (a*): brown is redder"),
                    MapKind::Redness => ("erythema", "Change of the erythema index: brown is redder"),
                    MapKind::Pigment => ("melanin", "Change of the melanin index: brown is more pigment, or more shadow"),
                    MapKind::ColourDifference => ("difference", "How different the colours look (CIEDE2000), whichever way"),
                };
                report.picture(file, title, map.png.clone());
            }
            answer.comparison = Some(comparison);
            report
        }
    };
    deliver(request, &typed.written, SCHEMA, &answer, &report)
}

/// Compares two photographs and says how far it is.
pub(super) fn compared(baseline: &[u8], follow_up: &[u8], settings: &Settings) -> Result<Comparison, Error> {
    let progress = Progress::new("photo");
    let result = compare(baseline, follow_up, settings, &mut |stage| {
        let (done, next) = match stage {
            Stage::Baseline => (0, "steps done, reading the baseline is next"),
            Stage::FollowUp => (1, "steps done, reading the follow-up is next"),
            Stage::Aligning => (2, "steps done, laying together is next"),
            Stage::Pixels => (3, "steps done, going through the pixels is next"),
            Stage::Numbers => (4, "steps done, numbers are next"),
            Stage::Maps => (5, "steps done, maps are next"),
        };
        progress.count(next, done, 6);
    });
    progress.end();
    result
}

/// Reads a photograph.
pub(super) fn load(path: &Path) -> Result<(Vec<u8>, Measured), Failure> {
    let bytes = files::read_bytes(path, PHOTOGRAPH_BYTES_MAX)?;
    let file = Measured::of(path, &bytes);
    Ok((bytes, file))
}

fn settings(typed: &PhotoArguments) -> Result<Settings, Failure> {
    let zones = typed.zone.iter().map(|zone| zone_of(zone)).collect::<Result<_, _>>()?;
    let card = if typed.no_card { Card::NotSought } else { Card::Sought };
    let own = typed.repeatability.as_deref().map(own).transpose()?.unwrap_or_default();
    Ok(Settings { zones, scale: scale(&typed.scale)?, card, repeatability: own })
}

/// How large things are, as it was typed.
pub(super) fn scale(typed: &ScaleArguments) -> Result<Scale, Failure> {
    if let Some(pixel_mm) = typed.pixel_mm {
        return Ok(Scale::MillimetresPerPixel(pixel_mm));
    }
    let Some(ruler) = &typed.ruler else { return Ok(Scale::NotKnown) };
    let numbers: Result<Vec<f64>, _> = ruler.split(',').map(|number| number.trim().parse()).collect();
    match numbers.as_deref() {
        Ok(&[x, y, other_x, other_y, apart_mm]) => Ok(Scale::Between { from: [x, y], to: [other_x, other_y], apart_mm }),
        _ => Err(Failure::new(Exit::InputFaults, format!("--ruler {ruler}: five numbers are expected"))
            .hint("X1,Y1,X2,Y2,MM: two places in pixels of the baseline, and how far apart they are")),
    }
}

/// `NAME:X,Y X,Y X,Y`.
fn zone_of(typed: &str) -> Result<Zone, Failure> {
    let wrong = || {
        Failure::new(Exit::InputFaults, format!("--zone {typed}: a name and its corners are expected"))
            .hint("NAME:X,Y X,Y X,Y with three or more corners, in pixels of the baseline held upright")
    };
    let (name, corners) = typed.rsplit_once(':').ok_or_else(wrong)?;
    let corner = |text: &str| {
        let (x, y) = text.split_once(',')?;
        Some([x.parse().ok()?, y.parse().ok()?])
    };
    let corners: Option<Vec<[f64; 2]>> = corners.split_whitespace().map(corner).collect();
    let corners = corners.filter(|corners| corners.len() >= 3 && !name.trim().is_empty()).ok_or_else(wrong)?;
    Ok(Zone { name: name.trim().to_owned(), corners })
}

fn own(path: &Path) -> Result<Repeatability, Failure> {
    let answer = own_repeatability(path)?;
    let own: Repeatability = Kind::ALL.iter().filter_map(|kind| Some((*kind, smallest_change(&answer, &word(*kind))?))).collect();
    if own.is_empty() {
        let message = format!("{}: no number of photographs is in it", name_of(path));
        return Err(Failure::new(Exit::InputFaults, message)
            .hint("repeat photographs, not scans, with `resurface measure repeatability PHOTOGRAPHS --json`"));
    }
    Ok(own)
}

/// The word of a number, as answers have it.
pub(super) fn word(kind: Kind) -> String {
    serde_json::to_value(kind).ok().and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default()
}

/// What a photograph cannot be measured for.
pub(super) fn failure(name: &str, error: &Error) -> Failure {
    let (exit, hint) = match error {
        Error::NotMeasurable { .. } => (Exit::NotMeasurable, "take the picture again as it says; nothing was measured"),
        Error::NotComparable { .. } => {
            (Exit::NotMeasurable, "name two pictures of the same view of the same patient, taken alike; nothing was measured")
        }
        Error::Zone { .. } | Error::Setting { .. } => {
            (Exit::InputFaults, "correct the option; see `resurface measure photo --help`")
        }
        _ => (Exit::InputFaults, "hand in the picture as the camera wrote it, as JPEG or PNG"),
    };
    Failure::new(exit, format!("{name}: {error}")).hint(hint)
}
