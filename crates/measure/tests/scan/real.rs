//! Real scans of faces, where they are present: `$RESURFACE_MEASURE_DATA`, or `shared/measure/data` beside the repository.

use std::path::PathBuf;

use resurface_measure::scan::read::{Scan, UnitFrom, read};
use resurface_measure::scan::{Mended, Outside};

use crate::made::{MM, NOTHING};

/// The bytes of a real scan; says so where it is absent.
pub(crate) fn real(path: &str) -> Option<Vec<u8>> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/measure/data");
    let folder = std::env::var_os("RESURFACE_MEASURE_DATA").map_or(beside, PathBuf::from);
    let found = std::fs::read(folder.join("face3d").join(path)).ok();
    if found.is_none() {
        eprintln!("{path} is not here and was not read");
    }
    found
}

fn face(path: &str) -> Option<Scan> {
    let bytes = real(path)?;
    let asked = read(&bytes, &NOTHING).unwrap_err().to_string();
    assert!(asked.contains("the file does not say its unit"), "{asked}");
    Some(read(&bytes, &MM).unwrap())
}

#[test]
fn stereo_faces_are_read_whole() {
    // 59,697 triangles of 30,204 points, by their headers
    for path in ["facefuns_di3d/f18.ply", "facefuns_di3d/m66.ply", "facefuns_di3d/example.wavefront"] {
        let Some(scan) = face(path) else { continue };
        assert_eq!((scan.condition.points, scan.condition.triangles), (30_204, 59_697), "{path}");
        assert_eq!(scan.condition.mended, Mended::default(), "{path}");
        assert_eq!((scan.condition.pieces, scan.condition.crowded_edges), (1, 0), "{path}");
        assert_eq!(scan.condition.outside, Outside::AsShaped, "{path}");
        assert_eq!(scan.unit_from, UnitFrom::Told);
        // 1.5 mm apart, and a face of some 0.06 m2 up to the ears
        assert!((1.4..1.6).contains(&scan.condition.spacing_mm), "{path}: {}", scan.condition.spacing_mm);
        assert!((5e4..7e4).contains(&scan.condition.area_mm2), "{path}: {}", scan.condition.area_mm2);
    }
}

#[test]
fn real_faces_that_are_inside_out_are_seen_to_be() {
    for path in ["facefuns_di3d/f18.ply", "facefuns_di3d/m66.ply"] {
        let Some(scan) = face(path) else { continue };
        let mut turned = scan.mesh.clone();
        turned.triangles.iter_mut().for_each(|triangle| triangle.swap(0, 1));
        let found = read(&crate::made::ply_lowest_first(&turned), &MM).unwrap();
        assert_eq!(found.condition.outside, Outside::Turned, "{path}");
    }
}

#[test]
fn frames_of_a_depth_camera_become_a_surface_in_millimetres() {
    // A mannequin head 315 mm away, 1.05 mm from pixel to pixel where it faces the camera.
    for name in ["000", "001", "002", "020"] {
        let Some(bytes) = real(&format!("standardcyborg_sven/frame-{name}.ply")) else { continue };
        let scan = read(&bytes, &NOTHING).unwrap();
        let condition = scan.condition;
        assert_eq!(scan.unit_from, UnitFrom::Specification);
        assert!((30_000..36_000).contains(&condition.points), "{name}: {}", condition.points);
        assert!((1.0..1.6).contains(&condition.spacing_mm), "{name}: {}", condition.spacing_mm);
        assert!(condition.pieces <= 2 && condition.mended.points_stray > 40_000, "{name}: {condition:?}");
        assert_ne!(condition.outside, Outside::Turned, "{name}");
        let mut depths: Vec<f64> = scan.mesh.vertices.iter().map(|point| -point[2]).collect();
        depths.sort_by(f64::total_cmp);
        assert!((290.0..350.0).contains(&depths[depths.len() / 2]), "{name}: {}", depths[depths.len() / 2]);
    }
}
