//! What holds of whatever is read.

/// Reads a scan without and with a unit; what comes of it is a mesh.
#[allow(dead_code, reason = "each target reads scans or surfaces")]
pub fn scan(bytes: &[u8]) {
    use resurface_measure::scan::read::{Told, read};
    use resurface_measure::units::LengthUnit;
    for unit in [None, Some(LengthUnit::Millimetre)] {
        if let Ok(scan) = read(bytes, &Told { unit }) {
            let points = scan.mesh.vertices.len();
            assert!(scan.mesh.triangles.iter().flatten().all(|corner| (*corner as usize) < points));
            assert!(scan.mesh.vertices.iter().flatten().all(|part| part.is_finite()));
            assert!(scan.mesh.colours.is_none_or(|colours| colours.len() == points));
            assert!(scan.texture.is_none_or(|texture| texture.coordinates.len() == scan.mesh.triangles.len()));
        }
    }
}

/// Reads a height map without and with a unit and a spacing.
#[allow(dead_code, reason = "each target reads scans or surfaces")]
pub fn surface(bytes: &[u8]) {
    use resurface_measure::surface::Spacing;
    use resurface_measure::surface::read::{Told, read};
    use resurface_measure::units::{LengthUnit, Micrometres};
    let told = Told { unit: Some(LengthUnit::Micrometre), spacing: Some(Spacing::square(Micrometres(20.0))) };
    for told in [Told::default(), told] {
        if let Ok(map) = read(bytes, &told).and_then(|read| read.into_map()) {
            assert_eq!(map.heights_um().len(), map.columns() * map.rows());
        }
    }
}
