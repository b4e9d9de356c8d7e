//! What changed between two visits.

use resurface_measure::Error;
use resurface_measure::phantom::Motion;
use resurface_measure::quantity::Verdict;
use resurface_measure::scan::{Settings, Stage, compare};

use super::change::visits;
use super::trial::{SCARS, Setting, capture, skin};

const MOVED: Motion = Motion { turns_deg: [12.0, -8.0, 15.0], shift_mm: [12.0, -7.0, 14.0] };

#[test]
fn scars_that_lost_a_third_of_their_depth_are_told_with_an_interval_that_holds_it() {
    let visits = visits(2, &Setting::default(), 0.7, MOVED, 0.2);
    assert_eq!(visits.wrong_pairs, 0);
    // with an expression of 0.2 mm: far within the 3 mm of a pair
    assert!(visits.alignment_error_mm < 0.7, "{}", visits.alignment_error_mm);
    let with_volume = visits.comparison.pairs.iter().filter(|pair| pair.volume.is_some()).count();
    assert_eq!(with_volume, visits.volumes.len());
    assert!(visits.volumes.len() >= 20, "{}", visits.volumes.len());
    let (found, uncertainty, truth) = visits.total;
    assert!((found / truth - 1.0).abs() < 0.1, "{found} {truth}");
    assert!((found - truth).abs() < 2.6 * uncertainty, "{found} {truth} {uncertainty}");
    let covered = visits.volumes.iter().filter(|(found, u, truth, _)| (found - truth).abs() <= 1.96 * u).count();
    assert!(covered * 10 >= visits.volumes.len() * 8, "{covered} of {}", visits.volumes.len());
    assert!(visits.volumes.iter().filter(|pair| pair.3 == Verdict::LargerThanTheError).count() * 2 > visits.volumes.len());
}

#[test]
fn two_captures_without_a_change_say_so() {
    let visits = visits(1, &Setting::default(), 1.0, MOVED, 0.2);
    let larger = visits.volumes.iter().filter(|pair| pair.3 == Verdict::LargerThanTheError).count();
    assert!(larger * 10 <= visits.volumes.len(), "{larger} of {}", visits.volumes.len());
}

#[test]
fn scars_of_another_face_do_not_pass_for_healed_ones() {
    let setting = Setting { spacing_mm: 0.4, ..Setting::default() };
    let (first, other) = (capture(1, &setting).of(&skin(1, &SCARS)).unwrap(), capture(2, &setting).of(&skin(2, &SCARS)).unwrap());
    let refused = compare(&first.mesh, &other.mesh, &Settings::default(), &mut |_| ()).unwrap_err();
    assert!(matches!(refused, Error::ScarsApart { .. }), "{refused}");
}

#[test]
fn a_comparison_tells_its_stages_and_writes_itself_down() {
    let setting = Setting { spacing_mm: 0.8, ..Setting::default() };
    let mesh = capture(1, &setting).of(&skin(1, &SCARS)).unwrap().mesh;
    let mut told = Vec::new();
    let comparison = compare(&mesh, &mesh, &Settings::default(), &mut |stage| told.push(stage)).unwrap();
    assert_eq!(told, [Stage::Baseline, Stage::FollowUp, Stage::Alignment, Stage::Distance, Stage::Matching]);
    assert_eq!(comparison.distances_mm.len(), mesh.vertices.len());
    let written = serde_json::to_value(&comparison).unwrap();
    assert_eq!(written["method"], "resurface.scars");
    assert_eq!(written["pairs"].as_array().unwrap().len(), comparison.pairs.len());
    assert!(written.get("distances_mm").is_none());
    let depth = &written["baseline"]["scars"][0]["depth"];
    assert!(depth["measured"]["value"].is_number() || depth["not_reported"].is_string(), "{depth}");
}
