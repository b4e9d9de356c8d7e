//! A follow-up is laid onto the baseline, or refused.

use resurface_measure::Error;
use resurface_measure::phantom::{Base, Capture, Count, Motion, Skin, Tessellation};
use resurface_measure::scan::align::{Alignment, align};
use resurface_measure::scan::{Landmark, Mesh, Point, Surface, signed_distances};

use super::faces::faces;

const SCARS: Count = Count { ice_picks: 4, boxcars: 4, rolling: 3 };

fn face() -> Skin {
    Skin::scarred(5, Base::Face, [62.0, 78.0], &SCARS).unwrap()
}

fn capture(seed: u64) -> Capture {
    Capture { seed, spacing_mm: 0.8, white_noise_mm: 0.03, tessellation: Tessellation::Scattered, ..Capture::default() }
}

fn laid(baseline: &Mesh, follow_up: &Mesh, landmarks: &[Landmark]) -> Result<Alignment, Error> {
    align(&Surface::new(baseline).unwrap(), &Surface::new(follow_up).unwrap(), landmarks, &|_| false)
}

fn away(a: Point, b: Point) -> f64 {
    (0..3).map(|k| (a[k] - b[k]).powi(2)).sum::<f64>().sqrt()
}

/// How far the points of a follow-up, laid onto the baseline, are from where they were before they were moved.
fn error_mm(motion: Motion, skin: &Skin) -> (f64, Alignment) {
    let baseline = capture(1).of(&face()).unwrap().mesh;
    let still = capture(2).of(skin).unwrap().mesh;
    let moved = Capture { motion, ..capture(2) }.of(skin).unwrap().mesh;
    let alignment = laid(&baseline, &moved, &[]).unwrap();
    let errors = still.vertices.iter().zip(&moved.vertices).map(|(still, moved)| away(alignment.pose.of(*moved), *still));
    (errors.fold(0.0, f64::max), alignment)
}

#[test]
fn a_face_turned_any_way_is_laid_back() {
    for turns_deg in [[0.0; 3], [20.0, -20.0, 20.0], [170.0, 40.0, -100.0]] {
        let (error, alignment) = error_mm(Motion { turns_deg, shift_mm: [20.0, -20.0, 120.0] }, &face());
        assert!(error < 0.03, "{turns_deg:?}: {error}");
        assert!(alignment.hold > 0.1, "{}", alignment.hold);
        assert!(alignment.uncertainty_mm < 0.02 && alignment.overlap > 0.9, "{alignment:?}");
        assert!((alignment.size_ratio - 1.0).abs() < 1e-3, "{}", alignment.size_ratio);
    }
}

#[test]
fn half_a_face_is_laid_onto_the_whole() {
    let half = Skin { middle_mm: [20.0, 0.0], half_sides_mm: [42.0, 78.0], ..face() };
    let (error, _) = error_mm(Motion { turns_deg: [30.0, -20.0, 60.0], shift_mm: [20.0, 0.0, 0.0] }, &half);
    assert!(error < 0.05, "{error}");
}

#[test]
fn landmarks_are_taken_in_place_of_a_search() {
    let motion = Motion { turns_deg: [100.0, 30.0, 0.0], shift_mm: [0.0, 0.0, 300.0] };
    let (still, moved) = (capture(2).of(&face()).unwrap().mesh, Capture { motion, ..capture(2) }.of(&face()).unwrap().mesh);
    let baseline = capture(1).of(&face()).unwrap().mesh;
    let count = still.vertices.len();
    // marked by hand: a millimetre off
    let mark = |at: usize| Landmark { baseline: still.vertices[at].map(|part| part + 0.6), follow_up: moved.vertices[at] };
    let marks = [mark(100), mark(count / 2), mark(count - 100), mark(count / 3 + 40)];
    let alignment = laid(&baseline, &moved, &marks).unwrap();
    let error = away(alignment.pose.of(moved.vertices[count / 4]), still.vertices[count / 4]);
    assert!(error < 0.03, "{error}");

    assert_eq!(laid(&baseline, &moved, &marks[..2]).unwrap_err(), Error::LandmarksUndetermined { found: 2 });
}

#[test]
fn a_ball_can_turn_on_itself_and_is_refused() {
    let ball = Skin::smooth(Base::Sphere { radius_mm: 80.0 }, [50.0, 50.0]);
    let (first, second) = (capture(1).of(&ball).unwrap().mesh, capture(2).of(&ball).unwrap().mesh);
    assert_eq!(laid(&first, &second, &[]).unwrap_err(), Error::PoseUndetermined);
}

#[test]
fn another_size_is_refused() {
    let mesh = capture(1).of(&face()).unwrap().mesh;
    for times in [0.1, 0.93, 1.05, 10.0] {
        let larger =
            Mesh { vertices: mesh.vertices.iter().map(|point| point.map(|part| part * times)).collect(), ..mesh.clone() };
        let refused = laid(&mesh, &larger, &[]);
        assert!(refused.is_err(), "{times}: {refused:?}");
    }
}

#[test]
fn another_zone_is_refused() {
    let part = |middle_mm, seed| capture(seed).of(&Skin { middle_mm, half_sides_mm: [25.0, 25.0], ..face() }).unwrap().mesh;
    let refused = laid(&part([0.0, 0.0], 1), &part([0.0, -60.0], 2), &[]);
    assert!(refused.is_err(), "{refused:?}");
}

#[test]
fn real_faces_fit_only_themselves() {
    let faces = faces();
    if faces.is_empty() {
        eprintln!("the real faces are not there: set RESURFACE_MEASURE_DATA");
    }
    for (at, (name, mesh)) in faces.iter().enumerate() {
        for (other, (_, later)) in faces.iter().enumerate() {
            assert_eq!(laid(mesh, later, &[]).is_ok(), at == other, "{name} {other}");
        }
        let turned = |corners: &[u32; 3]| [corners[1], corners[0], corners[2]];
        let mirrored = Mesh {
            vertices: mesh.vertices.iter().map(|[x, y, z]| [-x, *y, *z]).collect(),
            triangles: mesh.triangles.iter().map(turned).collect(),
            colours: None,
        };
        let refused = laid(mesh, &mirrored, &[]);
        assert!(matches!(refused, Err(Error::Mirrored { .. })), "{name}: {refused:?}");
    }
}

#[test]
fn distances_are_signed_and_end_where_the_surface_ends() {
    let plane = |half, seed| capture(seed).of(&Skin::smooth(Base::Plane, [half, half])).unwrap().mesh;
    let (wide, narrow) = (plane(20.0, 1), plane(10.0, 2));
    let lifted = Mesh { vertices: wide.vertices.iter().map(|[x, y, z]| [*x, *y, z + 0.5]).collect(), ..wide.clone() };
    let still = resurface_measure::scan::align::Pose::STILL;
    let distances = signed_distances(&Surface::new(&lifted).unwrap(), &still, &Surface::new(&narrow).unwrap(), 5.0);
    for (distance, [x, y, _]) in distances.iter().zip(&lifted.vertices) {
        let inside = x.abs().max(y.abs()) < 8.0;
        let outside = x.abs().max(y.abs()) > 11.0;
        assert!(!inside || (distance - 0.5).abs() < 0.2, "{x} {y}: {distance}");
        assert!(!outside || distance.is_nan(), "{x} {y}: {distance}");
    }
}
