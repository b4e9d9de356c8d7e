//! Two scans of one region, compared.

use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, ImageEncoder as _};
use jiff::civil::Date;
use resurface_care::chart::{Digest, EntryId, ScanFormat, ScanInstrument, ScanTaken, ScanUnit};
use resurface_care::consultation::OutcomeScale;
use resurface_ledger::identity::PatientId;
use resurface_measure::quantity::{Quantity, Verdict};
use resurface_measure::scan::align::Pose;
use resurface_measure::scan::picture::{View, change_colour, picture};
use resurface_measure::scan::read::{Told, read};
use resurface_measure::scan::scars::{NotReported, Reported, Scar};
use resurface_measure::scan::{Comparison, Device, METHOD, Mesh, Settings, Stage, VERSION, compare};
use resurface_measure::units::LengthUnit;
use resurface_measure::{Error, Format};
use sha2::{Digest as _, Sha256};

use super::Proposal;
use super::proposal::{Map, Number, Subject, Value, kept, word};

/// Two scans, the earlier one first.
pub(crate) struct Scans {
    pub(crate) patient: PatientId,
    pub(crate) of: [EntryId; 2],
    pub(crate) taken: [ScanTaken; 2],
    pub(crate) files: [Vec<u8>; 2],
}

/// What is known of two compared scans alone.
pub(crate) struct ScansCompared {
    /// Spread of the distances between the skin of both, in millimetres.
    pub(crate) residual_mm: f64,
    /// Share of the smaller scan that lies on the other.
    pub(crate) overlap: f64,
    /// Scars that were found in both visits.
    pub(crate) in_both: usize,
    /// Scars that were found in the earlier one.
    pub(crate) in_earlier: usize,
    /// Depressions of each visit that are not measured.
    pub(crate) not_measured: [usize; 2],
    /// The scars, those of both visits first.
    pub(crate) scars: Vec<ScarCompared>,
    /// Both surfaces as PLY, the later one laid onto the earlier one: for whoever turns them.
    pub(crate) surfaces: [Vec<u8>; 2],
}

/// A scar of one or both visits.
pub(crate) struct ScarCompared {
    /// The key of its type.
    pub(crate) scar_type: String,
    /// Depth in millimetres of each visit; nothing where it was not found.
    pub(crate) depths: [Option<Value>; 2],
    /// Volume in cubic millimetres of each visit.
    pub(crate) volumes: [Option<Value>; 2],
    /// What may be said of the change of its volume.
    pub(crate) verdict: Option<resurface_care::chart::ChangeVerdict>,
}

/// Longest side of a picture of a scan, in pixels.
const SIDE_PX: u32 = 720;
/// Distance at the ends of the scale of the map, in millimetres: the depth of a deep boxcar (Jacob 2001). Ours.
pub(crate) const DISTANCE_MM: f64 = 0.5;

/// Reads a scan to find out what it is: what an entry says of it, but for its day, its instrument and its note.
pub(crate) fn known_of(bytes: &[u8], unit_told: Option<ScanUnit>) -> Result<ScanTaken, Error> {
    let scan = read(bytes, &Told { unit: unit_told.map(length_unit) })?;
    let format = match scan.format {
        Format::Obj => ScanFormat::Obj,
        Format::Stl => ScanFormat::Stl,
        Format::Glb => ScanFormat::Glb,
        _ => ScanFormat::Ply,
    };
    Ok(ScanTaken {
        on: Date::default(),
        instrument: ScanInstrument::Unknown,
        original: resurface_ledger::pictures::digest_of(bytes),
        format,
        unit_told,
        original_bytes: bytes.len() as u64,
        points: scan.mesh.vertices.len() as u64,
        triangles: scan.mesh.triangles.len() as u64,
        note: None,
    })
}

const fn length_unit(unit: ScanUnit) -> LengthUnit {
    match unit {
        ScanUnit::Um => LengthUnit::Micrometre,
        ScanUnit::Mm => LengthUnit::Millimetre,
        ScanUnit::Cm => LengthUnit::Centimetre,
        ScanUnit::M => LengthUnit::Metre,
    }
}

impl Scans {
    /// What the result is found by.
    pub(crate) fn key(&self) -> Digest {
        let [before, after] = self.of.map(|entry| entry.0);
        let hash = Sha256::new().chain_update(METHOD).chain_update(VERSION).chain_update(before).chain_update(after);
        Digest::new(hash.finalize().into())
    }

    /// Compares them.
    pub(crate) fn compared(self, tell: &mut dyn FnMut(&'static str)) -> Result<Proposal, String> {
        let settings = Settings { device: device(&self.taken), ..Settings::default() };
        tell("measure-reads-before");
        let meshes = self.meshes().map_err(|error| error.to_string())?;
        let [before, after] = &meshes;
        let compared = compare(before, after, &settings, &mut |stage| tell(doing(stage))).map_err(|error| error.to_string())?;
        tell("measure-draws");
        Ok(self.proposal(&meshes, &compared))
    }

    fn meshes(&self) -> Result<[Mesh; 2], Error> {
        let mesh = |at: usize| {
            let told = Told { unit: self.taken[at].unit_told.map(length_unit) };
            read(&self.files[at], &told).map(|scan| scan.mesh)
        };
        Ok([mesh(0)?, mesh(1)?])
    }

    fn proposal(&self, meshes: &[Mesh; 2], compared: &Comparison) -> Proposal {
        let (alignment, visits) = (&compared.alignment, [&compared.baseline, &compared.follow_up]);
        Proposal {
            patient: self.patient,
            of: self.of,
            days: [self.taken[0].on, self.taken[1].on],
            method: format!("{METHOD} {VERSION}"),
            remarks: Vec::new(),
            numbers: numbers(compared),
            maps: maps(meshes, compared),
            subject: Subject::Scans(Box::new(ScansCompared {
                residual_mm: alignment.residual_mm,
                overlap: alignment.overlap,
                in_both: compared.pairs.len(),
                in_earlier: compared.baseline.scars.len(),
                not_measured: visits.map(|visit| visit.not_measured.len()),
                scars: scars(compared),
                surfaces: [ply(&meshes[0], &Pose::STILL, &|_| None), ply(&meshes[1], &alignment.pose, &|at| tint(compared, at))],
            })),
        }
    }
}

/// The kind of both instruments; two kinds are not one.
fn device(taken: &[ScanTaken; 2]) -> Device {
    match taken.each_ref().map(|taken| taken.instrument) {
        [ScanInstrument::Phone, ScanInstrument::Phone] => Device::Phone,
        [ScanInstrument::Stereo, ScanInstrument::Stereo] => Device::Stereo,
        [ScanInstrument::StructuredLight, ScanInstrument::StructuredLight] => Device::StructuredLight,
        _ => Device::Unknown,
    }
}

const fn doing(stage: Stage) -> &'static str {
    match stage {
        Stage::Baseline => "measure-scars-before",
        Stage::FollowUp => "measure-scars-after",
        Stage::Alignment => "measure-aligns",
        Stage::Distance => "measure-distances",
        Stage::Matching => "measure-pairs",
    }
}

/// The scars that were found in both visits, together: one that is found once only would pass for one that came or went.
fn numbers(compared: &Comparison) -> Vec<Number> {
    let (first, later) = (&compared.baseline.scars, &compared.follow_up.scars);
    let both = |of: fn(&Scar) -> &Reported| -> [Vec<Quantity>; 2] {
        let quantity = |scar: Option<&Scar>| scar.and_then(|scar| of(scar).quantity().copied());
        let pairs =
            compared.pairs.iter().filter_map(|pair| quantity(first.get(pair.baseline)).zip(quantity(later.get(pair.follow_up))));
        let (before, after) = pairs.unzip();
        [before, after]
    };
    let sum = |scars: &Vec<Quantity>| match scars.len() {
        0 => Err("measure-withheld-no_pair".to_owned()),
        _ => Ok(Quantity::sum(scars)),
    };
    let mean = |scars: &Vec<Quantity>| sum(scars).map(|sum| sum.over(scars.len() as f64));
    let counts = [first.len(), later.len()].map(exact);
    vec![
        number("scar_volume", "mm3", 2, Some(OutcomeScale::ScarVolumeMm3), both(|scar| &scar.volume).each_ref().map(sum)),
        number("scar_area", "mm2", 1, Some(OutcomeScale::ScarAreaMm2), both(|scar| &scar.area).each_ref().map(sum)),
        number("scar_depth", "mm", 3, Some(OutcomeScale::ScarDepthMm), both(|scar| &scar.depth).each_ref().map(mean)),
        // how many are found depends on the scan as much as on the skin: shown, and not to be accepted
        number("scar_count", "scars", 0, None, counts.map(Ok)),
    ]
}

/// A count, of which no error is known.
fn exact(count: usize) -> Quantity {
    Quantity { value: count as f64, uncertainty: f64::NAN, smallest_change: f64::NAN }
}

fn number(name: &str, unit: &'static str, decimals: usize, scale: Option<OutcomeScale>, values: [Value; 2]) -> Number {
    let both = match &values {
        [Ok(before), Ok(after)] => Some((*before, *after)),
        _ => None,
    };
    let change = both.map(|(before, after)| Quantity {
        value: after.value - before.value,
        uncertainty: before.uncertainty.hypot(after.uncertainty),
        smallest_change: before.smallest_change.max(after.smallest_change),
    });
    let verdict = both.map_or(Verdict::CannotBeTold, |(before, after)| Verdict::of(&before, &after));
    Number { key: format!("measure-number-{name}"), unit, decimals, values, change, verdict: kept(verdict), scale }
}

fn scars(compared: &Comparison) -> Vec<ScarCompared> {
    let (first, later) = (&compared.baseline.scars, &compared.follow_up.scars);
    let of = |before: Option<&Scar>, after: Option<&Scar>, verdict: Option<Verdict>| {
        let scar_type = before.or(after).and_then(|scar| scar.scar_type);
        let both = |value: fn(&Scar) -> &Reported| [before, after].map(|scar| scar.map(|scar| reported(value(scar))));
        ScarCompared {
            scar_type: scar_type
                .map_or_else(|| "measure-type-unresolved".to_owned(), |known| format!("measure-type-{}", word(&known))),
            depths: both(|scar| &scar.depth),
            volumes: both(|scar| &scar.volume),
            verdict: verdict.map(kept),
        }
    };
    let pairs = compared
        .pairs
        .iter()
        .map(|pair| of(first.get(pair.baseline), later.get(pair.follow_up), pair.volume.map(|volume| volume.verdict)));
    let gone = compared.only_baseline.iter().map(|at| of(first.get(*at), None, None));
    let new = compared.only_follow_up.iter().map(|at| of(None, later.get(*at), None));
    pairs.chain(gone).chain(new).collect()
}

fn reported(number: &Reported) -> Value {
    match number {
        Reported::Measured(quantity) => Ok(*quantity),
        Reported::NotReported(why) => Err(match why {
            NotReported::NarrowerThanResolved => "measure-withheld-narrow",
            NotReported::IcePickFromAPhone => "measure-withheld-ice_pick",
            NotReported::ErrorUnknown => "measure-withheld-error",
        }
        .to_owned()),
    }
}

/// Colour of a point of the later scan by its distance from the earlier one.
fn tint(compared: &Comparison, at: usize) -> Option<[u8; 3]> {
    let distance = compared.distances_mm.get(at).copied().filter(|distance| distance.is_finite())?;
    Some(change_colour(f64::from(distance) / DISTANCE_MM))
}

/// Both scans, and the distance between them, from one place.
fn maps(meshes: &[Mesh; 2], compared: &Comparison) -> Vec<Map> {
    let view = View::of(&meshes[0], SIDE_PX);
    let pose = &compared.alignment.pose;
    let drawn = [
        ("measure-map-before", picture(&meshes[0], &Pose::STILL, &view, &|_| None)),
        ("measure-map-after", picture(&meshes[1], pose, &view, &|_| None)),
        ("measure-map-distance", picture(&meshes[1], pose, &view, &|at| tint(compared, at))),
    ];
    drawn
        .into_iter()
        .filter_map(|(key, picture)| {
            let mut png = Vec::new();
            let written =
                PngEncoder::new(&mut png).write_image(&picture.rgb, picture.width, picture.height, ExtendedColorType::Rgb8);
            let (width_px, height_px) = (picture.width as usize, picture.height as usize);
            written.is_ok().then(|| Map { key: key.to_owned(), png, width_px, height_px })
        })
        .collect()
}

/// A surface as binary PLY, in millimetres, after a motion.
fn ply(mesh: &Mesh, pose: &Pose, tint: &dyn Fn(usize) -> Option<[u8; 3]>) -> Vec<u8> {
    const SKIN: [u8; 3] = [201, 165, 141];
    let (points, triangles) = (mesh.vertices.len(), mesh.triangles.len());
    let mut bytes = format!(
        "ply\nformat binary_little_endian 1.0\ncomment units mm\nelement vertex {points}\nproperty float x\nproperty float y\nproperty float z\n\
         property uchar red\nproperty uchar green\nproperty uchar blue\nelement face {triangles}\n\
         property list uchar int vertex_indices\nend_header\n"
    )
    .into_bytes();
    bytes.reserve(15 * points + 13 * triangles);
    for (at, point) in mesh.vertices.iter().enumerate() {
        let own = mesh.colours.as_ref().and_then(|colours| colours.get(at)).copied();
        pose.of(*point).iter().for_each(|part| bytes.extend((*part as f32).to_le_bytes()));
        bytes.extend(tint(at).or(own).unwrap_or(SKIN));
    }
    for triangle in &mesh.triangles {
        bytes.push(3);
        triangle.iter().for_each(|corner| bytes.extend(corner.to_le_bytes()));
    }
    bytes
}
