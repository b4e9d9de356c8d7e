use super::FORMAT;
use super::archive::Archive;
use super::description::{Axis, AxisKind, Datum, Feature, Link, Record, Size};
use crate::Error;
use crate::limits::POINTS_MAX;
use crate::surface::points::Axis as Places;
use crate::surface::read::binary::points_of;
use crate::surface::{HeightMap, Measured, PointCloud, Profile, Spacing};
use crate::units::Micrometres;

const METRE_UM: f64 = 1e6;

/// Coordinates as they are kept: all three of a list may be, or only those of absolute axes.
struct Kept {
    /// For x, y and z: the raw numbers, where they are kept.
    raw: [Option<Vec<f64>>; 3],
}

/// Puts the points together.
pub(super) fn measured(record: &Record, listed: Vec<Datum>, archive: &mut Archive<'_>) -> Result<Measured, Error> {
    let points = match record.size {
        Size::Matrix { x, y } => points_of(x, y)?,
        Size::List(points) if points > POINTS_MAX => {
            return Err(Error::TooLarge { what: "points", size: points, limit: POINTS_MAX });
        }
        Size::List(points) => points,
    };
    let kept = match &record.link {
        Some(link) => linked(record, link, points, archive)?,
        None => from_list(record, listed, points)?,
    };
    let z_um = z_um(record, &kept, points)?;
    match (record.feature, record.size) {
        (Feature::PointCloud, _) | (Feature::Surface, Size::List(_)) => Ok(Measured::Cloud(cloud(record, &kept, z_um))),
        (Feature::Profile, Size::Matrix { y, .. }) if y > 1 => {
            Err(Error::NotOneSurface { format: FORMAT, kind: "several profiles" })
        }
        (Feature::Profile, _) => profile(record, &kept, z_um),
        (Feature::Surface, Size::Matrix { x, y }) => surface(record, &kept, z_um, [x, y]),
    }
}

fn linked(record: &Record, link: &Link, points: u64, archive: &mut Archive<'_>) -> Result<Kept, Error> {
    let axes = |all: bool| [0, 1, 2].map(|at: usize| all || record.axes[at].kind == AxisKind::Absolute);
    let bytes_of = |kept: [bool; 3]| -> u64 { (0..3).filter(|at| kept[*at]).map(|at| record.axes[at].number.bytes()).sum() };
    // A matrix keeps no counted coordinate; a list may.
    let mut is_kept = axes(false);
    let mut data = archive.linked(&link.points, points * bytes_of(is_kept), link.points_md5.as_deref());
    if matches!(record.size, Size::List(_)) && matches!(data, Err(Error::Truncated { .. } | Error::TooLarge { .. })) {
        is_kept = axes(true);
        data = archive.linked(&link.points, points * bytes_of(is_kept), link.points_md5.as_deref());
    }
    let data = data?;
    let mut raw = is_kept.map(|kept| kept.then(|| Vec::with_capacity(points as usize)));
    for point in data.chunks_exact(bytes_of(is_kept) as usize) {
        let mut at = 0;
        for (axis, raw) in record.axes.iter().zip(&mut raw) {
            if let Some(raw) = raw {
                raw.push(axis.number.number(&point[at..]));
                at += axis.number.bytes() as usize;
            }
        }
    }
    if let (Some(valid), [.., Some(z)]) = (&link.valid, &mut raw) {
        let valid = archive.linked(valid, points.div_ceil(8), link.valid_md5.as_deref())?;
        for (at, z) in z.iter_mut().enumerate() {
            if valid[at / 8] >> (at % 8) & 1 == 0 {
                *z = f64::NAN;
            }
        }
    }
    Ok(Kept { raw })
}

fn from_list(record: &Record, listed: Vec<Datum>, points: u64) -> Result<Kept, Error> {
    if listed.len() as u64 != points {
        return Err(Error::PointCount { format: FORMAT, expected: points, found: listed.len() as u64 });
    }
    let absolute = record.axes.iter().filter(|axis| axis.kind == AxisKind::Absolute).count();
    let count = listed.iter().map(|datum| usize::from(datum.count)).find(|count| *count > 0).unwrap_or(absolute);
    if count != absolute && count != 3 {
        let found = format!("{count} numbers");
        return Err(Error::FieldInvalid { format: FORMAT, field: "Datum", found, expected: "one number for each absolute axis" });
    }
    let mut raw = [0, 1, 2]
        .map(|at: usize| (count == 3 || record.axes[at].kind == AxisKind::Absolute).then(|| Vec::with_capacity(listed.len())));
    for datum in &listed {
        if datum.count != 0 && usize::from(datum.count) != count {
            let found = format!("{} numbers", datum.count);
            return Err(Error::FieldInvalid {
                format: FORMAT,
                field: "Datum",
                found,
                expected: "as many numbers as in the others",
            });
        }
        for (raw, number) in raw.iter_mut().flatten().zip(datum.raw) {
            raw.push(number);
        }
    }
    Ok(Kept { raw })
}

fn z_um(record: &Record, kept: &Kept, points: u64) -> Result<Vec<f64>, Error> {
    let [.., z] = &kept.raw;
    let z = z.as_ref().ok_or(Error::PointCount { format: FORMAT, expected: points, found: 0 })?;
    Ok(z.iter().map(|raw| record.axes[2].metres(*raw) * METRE_UM).collect())
}

fn surface(record: &Record, kept: &Kept, z_um: Vec<f64>, [columns, rows]: [u64; 2]) -> Result<Measured, Error> {
    let row_of = |at: usize| at as u64 / columns;
    let column_of = |at: usize| at as u64 % columns;
    let spacing = Spacing {
        x: spacing(&record.axes[0], kept.raw[0].as_deref(), columns, column_of)?,
        y: spacing(&record.axes[1], kept.raw[1].as_deref(), rows, row_of)?,
    };
    HeightMap::new(columns as usize, spacing, z_um).map(Measured::Map)
}

/// The distance from one place to the next: as written for an axis that is counted, and of equidistant places for one that is kept.
fn spacing(axis: &Axis, raw: Option<&[f64]>, places: u64, place_of: impl Fn(usize) -> u64) -> Result<Micrometres, Error> {
    let Some(raw) = raw else { return Ok(Micrometres(axis.increment_m * METRE_UM)) };
    let um = |raw: f64| axis.metres(raw) * METRE_UM;
    let there: Vec<(usize, f64)> =
        raw.iter().enumerate().filter(|(_, raw)| !raw.is_nan()).map(|(at, raw)| (at, um(*raw))).collect();
    let coordinates: Vec<f64> = there.iter().map(|(_, um)| *um).collect();
    let regular = Places::of(&coordinates)?;
    let forwards = there.iter().all(|(at, um)| regular.place(*um).is_ok_and(|place| place as u64 == place_of(*at)));
    let backwards =
        || there.iter().all(|(at, um)| regular.place(*um).is_ok_and(|place| place as u64 + place_of(*at) + 1 == places));
    if regular.places() != places || !(forwards || backwards()) {
        return Err(Error::NotAGrid { reason: "the points of a row or a column are not equally far apart" });
    }
    Ok(Micrometres(regular.step()))
}

fn profile(record: &Record, kept: &Kept, heights_um: Vec<f64>) -> Result<Measured, Error> {
    let places = heights_um.len() as u64;
    let spacing = spacing(&record.axes[0], kept.raw[0].as_deref(), places, |at| at as u64)?;
    Ok(Measured::Profile(Profile { spacing, heights_um }))
}

fn cloud(record: &Record, kept: &Kept, z_um: Vec<f64>) -> PointCloud {
    let columns = match record.size {
        Size::Matrix { x, .. } => x as usize,
        Size::List(points) => points as usize,
    };
    let along = |axis: usize, index: fn(usize, usize) -> usize| -> Vec<f64> {
        match &kept.raw[axis] {
            Some(raw) => raw.iter().map(|raw| record.axes[axis].metres(*raw) * METRE_UM).collect(),
            None => (0..z_um.len()).map(|at| record.axes[axis].counted_m(index(at, columns) as f64) * METRE_UM).collect(),
        }
    };
    let (x_um, y_um) = (along(0, |at, columns| at % columns), along(1, |at, columns| at / columns));
    let there = |at: &usize| !(x_um[*at].is_nan() || y_um[*at].is_nan());
    let places: Vec<usize> = (0..z_um.len()).filter(there).collect();
    let pick = |from: &[f64]| places.iter().map(|at| from[*at]).collect();
    PointCloud { x_um: pick(&x_um), y_um: pick(&y_um), z_um: pick(&z_um) }
}
