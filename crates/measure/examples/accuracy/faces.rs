//! Real scans, where they are.

use std::path::PathBuf;

use resurface_measure::scan::Mesh;
use resurface_measure::scan::read::{Told, read};
use resurface_measure::units::LengthUnit;

/// Where the samples lie.
fn folder() -> PathBuf {
    let given = std::env::var_os("RESURFACE_MEASURE_DATA").map(PathBuf::from);
    given.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/measure/data")).join("face3d")
}

/// Three real faces; none where they are not there.
pub(crate) fn faces() -> Vec<(&'static str, Mesh)> {
    ["f18.ply", "m66.ply", "example.wavefront"]
        .into_iter()
        .filter_map(|name| {
            let bytes = std::fs::read(folder().join("facefuns_di3d").join(name)).ok()?;
            let told = Told { unit: Some(LengthUnit::Millimetre) };
            Some((name, read(&bytes, &told).expect("it is read").mesh))
        })
        .collect()
}
