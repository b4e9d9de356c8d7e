//! `resurface measure scan`: the scars of a scan, or what became of them between two.

use std::path::Path;

use resurface_measure::limits::FILE_BYTES_MAX;
use resurface_measure::scan::align::Pose;
use resurface_measure::scan::picture::View;
use resurface_measure::scan::read::{Scan, Told, UnitFrom, read};
use resurface_measure::scan::sheet::{Values, sheet};
use resurface_measure::scan::{Comparison, Condition, Device, Landmark, Repeatability, Settings, Stage, Visit, compare, measure};
use resurface_measure::units::LengthUnit;
use resurface_measure::{Error, Format};
use serde::Serialize;

use super::{Measured, deliver, name_of, own_repeatability, smallest_change};
use crate::arguments::{DeviceOption, InstrumentArguments, ScanArguments, ScanUnitOption};
use crate::ending::{Answer, Exit, Failure};
use crate::files;
use crate::pages;
use crate::pages::report::Report;
use crate::progress::Progress;
use crate::request::Request;

const SCHEMA: &str = "resurface.scan/1";
/// End of the scale of distances on the picture, in millimetres both ways: the depth of a deep boxcar (Jacob 2001). Ours.
const DISTANCE_END_MM: f64 = 0.5;
/// Pixels of the longer side of a picture.
const SIDE_PX: u32 = 960;

/// A scan as it was read.
#[derive(Debug, Serialize)]
pub(crate) struct ScanFile {
    #[serde(flatten)]
    pub(crate) measured: Measured,
    /// Its format.
    pub(crate) format: Format,
    /// Its unit.
    pub(crate) unit: LengthUnit,
    /// Who says so.
    pub(crate) unit_from: UnitFrom,
    /// What it is like.
    pub(crate) condition: Condition,
}

/// What was measured.
#[derive(Debug, Serialize)]
pub(crate) struct ScanAnswer {
    program: &'static str,
    /// The scans, the baseline first.
    pub(crate) files: Vec<ScanFile>,
    /// One visit, where one scan was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) visit: Option<Visit>,
    /// Both, where two were.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) comparison: Option<Comparison>,
}

/// Measures one scan, or compares two.
pub(crate) fn scan(request: &Request, typed: &ScanArguments) -> Result<Answer, Failure> {
    let settings = Settings {
        landmarks: landmarks(typed.landmarks.as_deref())?,
        ..settings(&typed.instrument, typed.repeatability.as_deref())?
    };
    let (baseline, file) = load(&typed.baseline, &typed.instrument)?;
    let names = [Some(&typed.baseline), typed.follow_up.as_ref()];
    let name = names.iter().flatten().map(|path| name_of(path)).collect::<Vec<_>>().join(" and ");
    let failed = |error: Error| failure(&name, &error);
    let mut answer = ScanAnswer { program: env!("CARGO_PKG_VERSION"), files: vec![file], visit: None, comparison: None };
    let report = match &typed.follow_up {
        None => {
            let visit = measure(&baseline.mesh, &settings).map_err(failed)?;
            let mut report = pages::scan::one(&answer.files[0], &visit);
            let view = View::of(&baseline.mesh, SIDE_PX);
            let png = sheet(&baseline.mesh, &Pose::STILL, &view, None, &visit.scars).map_err(failed)?;
            report.picture("scan", "The scan, its scars ringed and numbered as in the table", png);
            answer.visit = Some(visit);
            report
        }
        Some(path) => {
            let (follow_up, file) = load(path, &typed.instrument)?;
            answer.files.push(file);
            let comparison = compared(&baseline, &follow_up, &settings).map_err(failed)?;
            let mut report = pages::scan::two(&answer.files, &comparison);
            draw(&mut report, [&baseline, &follow_up], &comparison).map_err(failed)?;
            answer.comparison = Some(comparison);
            report
        }
    };
    deliver(request, &typed.written, SCHEMA, &answer, &report)
}

/// Compares two scans and says how far it is.
pub(super) fn compared(baseline: &Scan, follow_up: &Scan, settings: &Settings) -> Result<Comparison, Error> {
    let progress = Progress::new("scan");
    let result = compare(&baseline.mesh, &follow_up.mesh, settings, &mut |stage| {
        let (done, next) = match stage {
            Stage::Baseline => (0, "steps done, scars of the baseline are next"),
            Stage::FollowUp => (1, "steps done, scars of the follow-up are next"),
            Stage::Alignment => (2, "steps done, laying together is next"),
            Stage::Distance => (3, "steps done, distances are next"),
            Stage::Matching => (4, "steps done, matching scars is next"),
        };
        progress.count(next, done, 5);
    });
    progress.end();
    result
}

/// Both visits from one place, and how far they lie apart.
fn draw(report: &mut Report, [before, after]: [&Scan; 2], found: &Comparison) -> Result<(), Error> {
    let view = View::of(&before.mesh, SIDE_PX);
    let pose = &found.alignment.pose;
    let png = sheet(&before.mesh, &Pose::STILL, &view, None, &found.baseline.scars)?;
    report.picture("baseline", "Baseline, its scars ringed and numbered as in the table of the baseline", png);
    let png = sheet(&after.mesh, pose, &view, None, &found.follow_up.scars)?;
    report.picture("follow-up", "Follow-up, laid onto the baseline, its scars ringed and numbered as in its own table", png);
    let values = Values { mm: &found.distances_mm, end_mm: DISTANCE_END_MM };
    let title = "How far the skin of the follow-up lies from that of the baseline, in mm, outwards positive. It shows weight, swelling and \
                 expression along with scars: nothing is measured from it";
    report.picture("distance", title, sheet(&after.mesh, pose, &view, Some(values), &[])?);
    Ok(())
}

/// Reads a scan.
pub(super) fn load(path: &Path, told: &InstrumentArguments) -> Result<(Scan, ScanFile), Failure> {
    let bytes = files::read_bytes(path, FILE_BYTES_MAX)?;
    let unit = told.unit.map(|unit| match unit {
        ScanUnitOption::Mm => LengthUnit::Millimetre,
        ScanUnitOption::Cm => LengthUnit::Centimetre,
        ScanUnitOption::M => LengthUnit::Metre,
    });
    let measured = Measured::of(path, &bytes);
    let scan = read(&bytes, &Told { unit }).map_err(|error| failure(&name_of(path), &error))?;
    let Scan { format, unit, unit_from, condition, .. } = scan;
    Ok((scan, ScanFile { measured, format, unit, unit_from, condition }))
}

/// What is told about the instrument, with the clinic's own repeats where they are given.
pub(super) fn settings(typed: &InstrumentArguments, repeats: Option<&Path>) -> Result<Settings, Failure> {
    if let Some(blur) = typed.blur.filter(|blur| !(0.01..=10.0).contains(blur)) {
        return Err(Failure::new(Exit::InputFaults, format!("--blur {blur}: a scanner sees a point 0.01 to 10 mm wide")));
    }
    let device = match typed.device {
        None => Device::Unknown,
        Some(DeviceOption::Phone) => Device::Phone,
        Some(DeviceOption::Stereo) => Device::Stereo,
        Some(DeviceOption::StructuredLight) => Device::StructuredLight,
    };
    let own = repeats.map(|path| {
        let answer = own_repeatability(path)?;
        let of = |number: &str| {
            smallest_change(&answer, number).ok_or_else(|| {
                Failure::new(Exit::InputFaults, format!("{}: there is no smallest change of {number}", name_of(path)))
                    .hint("repeat scans, not photographs, with `resurface measure repeatability SCANS --json`")
            })
        };
        Ok::<_, Failure>(Repeatability {
            depth_mm: of("scar_depth_mm")?,
            volume_mm3: of("scar_volume_mm3")?,
            area_mm2: of("scar_area_mm2")?,
        })
    });
    Ok(Settings { device, blur_mm: typed.blur, repeatability: own.transpose()?, landmarks: Vec::new() })
}

/// Places named in both scans: six numbers a line.
fn landmarks(path: Option<&Path>) -> Result<Vec<Landmark>, Failure> {
    let Some(path) = path else { return Ok(Vec::new()) };
    let text = files::read(path)?.text;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty() && !line.trim_start().starts_with('#'));
    lines
        .map(|(at, line)| {
            let numbers: Result<Vec<f64>, _> =
                line.split([' ', '\t', ',', ';']).filter(|word| !word.is_empty()).map(str::parse).collect();
            match numbers.as_deref() {
                Ok(&[a, b, c, d, e, f]) => Ok(Landmark { baseline: [a, b, c], follow_up: [d, e, f] }),
                _ => {
                    let message = format!("{}: line {}: six numbers are expected", name_of(path), at + 1);
                    Err(Failure::new(Exit::InputFaults, message)
                        .hint("x y z of the baseline, then x y z of the follow-up, in mm"))
                }
            }
        })
        .collect()
}

/// What a scan cannot be measured for, and what to do.
pub(super) fn failure(name: &str, error: &Error) -> Failure {
    let (exit, hint) = match error {
        Error::ScanUnitNotSaid { .. } => (Exit::NotSaid, "say in which unit its coordinates are: --unit mm, cm or m"),
        Error::ScanSizeImpossible { .. } => (Exit::NotMeasurable, "tell the unit that the scanner writes: --unit mm, cm or m"),
        Error::UnknownScan => (Exit::InputFaults, "export the scan as PLY or GLB, as one surface of triangles"),
        Error::OverlapTooSmall { .. }
        | Error::FitTooPoor { .. }
        | Error::Mirrored { .. }
        | Error::SizeDiffers { .. }
        | Error::ScarsApart { .. } => {
            (Exit::NotMeasurable, "name two scans of the same zone of the same patient, each as its scanner wrote it")
        }
        Error::PoseUndetermined | Error::LandmarksUndetermined { .. } => {
            (Exit::NotMeasurable, "scan more of the face in both visits, or name places in both: --landmarks FILE")
        }
        Error::NoSurface { .. } | Error::InPieces { .. } | Error::NoOutside { .. } | Error::TooFewTriangles { .. } => {
            (Exit::NotMeasurable, "export one surface of triangles from the program of the scanner")
        }
        _ => (Exit::InputFaults, "export the scan again from the program of the scanner"),
    };
    Failure::new(exit, format!("{name}: {error}")).hint(hint)
}
