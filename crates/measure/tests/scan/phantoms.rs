//! Phantoms are what they say: every figure of a pit is what its points and triangles come to.

use resurface_measure::phantom::{Base, Capture, Count, Holes, Motion, Pit, Relief, Shape, Skin, Tessellation, Warp};
use resurface_measure::scan::{Mesh, Point, ScarType};

const SHAPES: [Shape; 8] = [
    Shape::Cap,
    Shape::Cone,
    Shape::Cylinder { wall_mm: 0.4 },
    Shape::Box { length_mm: 5.0, wall_mm: 0.4 },
    Shape::Trough { length_mm: 7.0 },
    Shape::Paraboloid,
    Shape::Bowl,
    Shape::Gaussian,
];

const BASES: [Base; 4] = [Base::Plane, Base::Cylinder { radius_mm: 60.0 }, Base::Sphere { radius_mm: 80.0 }, Base::Face];

fn minus(a: Point, b: Point) -> Point {
    [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
}

fn dot(a: Point, b: Point) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

fn cross(a: Point, b: Point) -> Point {
    [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}

/// Volume between two meshes of the same triangles and the same border, by the divergence theorem.
fn volume_between(above: &Mesh, below: &Mesh) -> f64 {
    let under = |mesh: &Mesh| -> f64 {
        let corner = |corner: u32| minus(mesh.vertices[corner as usize], above.vertices[0]);
        mesh.triangles.iter().map(|[a, b, c]| dot(corner(*a), cross(corner(*b), corner(*c))) / 6.0).sum()
    };
    under(above) - under(below)
}

fn mesh(capture: &Capture, skin: &Skin) -> Mesh {
    capture.of(skin).unwrap().mesh
}

/// A pit on the right cheek of the face, some 30 degrees from the front.
fn on_a_cheek(base: Base, shape: Shape) -> Skin {
    let place = [40.0, -15.0];
    let pit = Pit { turn_deg: 30.0, ..Pit::new(place, shape, 3.0, 0.5) };
    Skin { middle_mm: place, pits: vec![pit], ..Skin::smooth(base, [8.0, 8.0]) }
}

fn healed(skin: &Skin) -> Skin {
    Skin { pits: Vec::new(), ..skin.clone() }
}

fn sd(numbers: &[f64]) -> f64 {
    let mean = numbers.iter().sum::<f64>() / numbers.len() as f64;
    (numbers.iter().map(|number| (number - mean) * (number - mean)).sum::<f64>() / numbers.len() as f64).sqrt()
}

#[test]
fn a_pit_holds_on_every_base_the_volume_that_its_formula_says() {
    let capture = Capture { spacing_mm: 0.04, tessellation: Tessellation::Scattered, ..Capture::default() };
    let mut worst: f64 = 0.0;
    for base in BASES {
        for shape in SHAPES {
            let skin = on_a_cheek(base, shape);
            let error = volume_between(&mesh(&capture, &healed(&skin)), &mesh(&capture, &skin)) / skin.pits[0].volume_mm3() - 1.0;
            assert!(error.abs() < 1e-3, "{base:?} {shape:?}: {error:e}");
            worst = worst.max(error.abs());
        }
    }
    eprintln!("volume of a pit from its triangles against its formula: worst relative error {worst:.1e}");
}

#[test]
fn a_pit_is_as_deep_and_as_wide_as_it_says() {
    let step = 0.01;
    for shape in SHAPES {
        let pit = Pit { turn_deg: 20.0, ..Pit::new([0.0; 2], shape, 3.0, 0.5) };
        let half = (pit.reach_mm() / step) as i64 + 10;
        let places = (-half..=half).flat_map(|row| (-half..=half).map(move |column| (column as f64 * step, row as f64 * step)));
        let depths: Vec<f64> = places.map(|(along, across)| pit.depth_at(along, across)).collect();
        assert_eq!(depths.iter().copied().fold(0.0, f64::max), pit.depth_mm, "{shape:?}");
        for share in [0.05, 0.25, 0.5, 0.9] {
            let found = depths.iter().filter(|depth| **depth > share * pit.depth_mm).count() as f64 * step * step;
            let expected = pit.area_mm2(share);
            assert!((found - expected).abs() < 0.01 * expected + 0.01, "{shape:?} {share}: {found} {expected}");
        }
    }
}

#[test]
fn blur_takes_from_the_depth_what_it_takes_and_nothing_from_the_volume() {
    // Central depths that a Gaussian leaves, computed apart with SciPy's gaussian_filter on a grid of 0.05 mm.
    let cases = [
        (Pit::new([0.0; 2], Shape::Cone, 1.5, 1.0), [0.86, 0.35, 0.12]),
        (Pit::new([0.0; 2], Shape::Cylinder { wall_mm: 0.0 }, 3.0, 1.0), [1.0, 1.0, 0.79]),
        (Pit::new([0.0; 2], Shape::Bowl, 6.0, 1.0), [1.0, 0.92, 0.73]),
    ];
    for (pit, left) in cases {
        let skin = Skin { pits: vec![pit], ..Skin::smooth(Base::Plane, [8.0, 8.0]) };
        for (blur_fwhm_mm, left) in [0.2, 1.0, 2.0].into_iter().zip(left) {
            let capture = Capture { spacing_mm: 0.04, blur_fwhm_mm, ..Capture::default() };
            let seen = mesh(&capture, &skin);
            let depth = -seen.vertices.iter().map(|point| point[2]).fold(0.0, f64::min);
            assert!((depth - left).abs() < 0.016, "{pit:?} {blur_fwhm_mm}: {depth} {left}");
            let volume = volume_between(&mesh(&capture, &healed(&skin)), &seen);
            assert!((volume / pit.volume_mm3() - 1.0).abs() < 2e-3, "{pit:?} {blur_fwhm_mm}: {volume} {}", pit.volume_mm3());
        }
    }
}

#[test]
fn a_face_that_is_held_differently_keeps_its_volumes_and_its_truth_goes_with_it() {
    let still = Capture { spacing_mm: 0.05, ..Capture::default() };
    let held = Capture {
        warp: Warp { relief: Relief { sd_mm: 0.4, length_mm: 30.0 } },
        motion: Motion { turns_deg: [20.0, -10.0, 15.0], shift_mm: [12.0, -7.0, 20.0] },
        ..still
    };
    let skin = on_a_cheek(Base::Face, Shape::Paraboloid);
    let volume = |capture: &Capture| volume_between(&mesh(capture, &healed(&skin)), &mesh(capture, &skin));
    let error = volume(&held) / volume(&still) - 1.0;
    assert!(error.abs() < 1e-4, "{error:e}");

    let phantom = held.of(&skin).unwrap();
    let scar = phantom.scars[0];
    let near = phantom.mesh.vertices.iter().map(|point| minus(*point, scar.position)).filter(|from| dot(*from, *from) < 1.0);
    let depth = -near.map(|from| dot(from, scar.axis)).fold(0.0, f64::min);
    assert!((depth - scar.depth_mm).abs() < 1e-3, "{depth}");
    let moved = minus(scar.position, still.of(&skin).unwrap().scars[0].position);
    assert!(dot(moved, moved).sqrt() > 20.0, "{moved:?}");
}

#[test]
fn noise_has_the_size_and_the_length_that_were_asked_for() {
    let skin = Skin::smooth(Base::Plane, [60.0, 60.0]);
    let heights = |capture: &Capture| -> Vec<f64> { mesh(capture, &skin).vertices.iter().map(|point| point[2]).collect() };
    let white = heights(&Capture { white_noise_mm: 0.05, ..Capture::default() });
    assert!((sd(&white) / 0.05 - 1.0).abs() < 0.01, "{}", sd(&white));

    let shared = heights(&Capture { shared_noise: Relief { sd_mm: 0.05, length_mm: 2.0 }, ..Capture::default() });
    assert!((sd(&shared) / 0.05 - 1.0).abs() < 0.05, "{}", sd(&shared));
    // four points of half a millimetre further, the correlation is down to 1/e
    let columns = 240;
    let pairs: Vec<f64> =
        (0..shared.len()).filter(|at| at % columns + 4 < columns).map(|at| shared[at] * shared[at + 4]).collect();
    let correlation = pairs.iter().sum::<f64>() / pairs.len() as f64 / (sd(&shared) * sd(&shared));
    assert!((correlation - (-1f64).exp()).abs() < 0.06, "{correlation}");
}

#[test]
fn the_same_seed_makes_the_same_phantom_and_another_one_another() {
    let count = Count { ice_picks: 20, boxcars: 14, rolling: 6 };
    let skin = Skin::scarred(3, Base::Face, [62.0, 78.0], &count).unwrap();
    let capture = Capture { spacing_mm: 1.0, white_noise_mm: 0.03, tessellation: Tessellation::Scattered, ..Capture::default() };
    assert_eq!(capture.of(&skin), capture.of(&Skin::scarred(3, Base::Face, [62.0, 78.0], &count).unwrap()));
    assert_ne!(capture.of(&skin), Capture { seed: 1, ..capture }.of(&skin));
    assert_ne!(skin, Skin::scarred(4, Base::Face, [62.0, 78.0], &count).unwrap());

    let phantom = capture.of(&skin).unwrap();
    let of_type = |wanted| phantom.scars.iter().filter(|scar| scar.scar_type == Some(wanted)).count();
    assert_eq!([ScarType::IcePick, ScarType::Boxcar, ScarType::Rolling].map(of_type), [20, 14, 6]);
    for (at, scar) in phantom.scars.iter().enumerate() {
        for other in &phantom.scars[..at] {
            let apart = minus(scar.position, other.position);
            assert!(dot(apart, apart).sqrt() > (scar.width_mm + other.width_mm) / 2.0 + 4.0);
        }
    }
    let treated = capture.of(&skin.treated(|pit| 0.7 * pit.depth_mm)).unwrap();
    let volume = |scars: &[_]| scars.iter().map(|scar: &resurface_measure::phantom::Scar| scar.volume_mm3).sum::<f64>();
    assert!((volume(&treated.scars) / volume(&phantom.scars) - 0.7).abs() < 1e-12);
    assert_eq!(treated.scars[5].position, phantom.scars[5].position);
}

#[test]
fn holes_take_the_share_that_was_asked_for_and_name_the_scars_they_tear() {
    let count = Count { rolling: 6, ..Count::default() };
    let skin = Skin::scarred(3, Base::Sphere { radius_mm: 80.0 }, [50.0, 50.0], &count).unwrap();
    let whole = Capture { spacing_mm: 0.5, ..Capture::default() };
    let torn = Capture { holes: Holes { share: 0.2, radius_mm: 3.0 }, ..whole };
    let (before, after) = (whole.of(&skin).unwrap(), torn.of(&skin).unwrap());
    let share = 1.0 - after.mesh.vertices.len() as f64 / before.mesh.vertices.len() as f64;
    assert!((0.2..0.24).contains(&share), "{share}");
    assert!(after.mesh.triangles.iter().flatten().all(|corner| (*corner as usize) < after.mesh.vertices.len()));
    assert!(before.scars.iter().all(|scar| !scar.is_torn));
    for (torn, whole) in after.scars.iter().zip(&before.scars) {
        let inside = |mesh: &Mesh| {
            let near = |point: &&Point| dot(minus(**point, whole.position), minus(**point, whole.position)) < 9.0;
            mesh.vertices.iter().filter(near).count()
        };
        assert!(torn.is_torn || inside(&after.mesh) == inside(&before.mesh));
    }
    assert!(after.scars.iter().any(|scar| scar.is_torn));
}

#[test]
fn what_cannot_be_made_is_refused() {
    let skin = Skin::smooth(Base::Plane, [10.0, 10.0]);
    let refused = |capture: Capture| capture.of(&skin).unwrap_err().to_string();
    let apart = "this phantom cannot be made: its points are further apart than its sides are long";
    for spacing_mm in [0.0, -1.0, f64::NAN, 11.0] {
        assert_eq!(refused(Capture { spacing_mm, ..Capture::default() }), apart);
    }
    assert!(refused(Capture { spacing_mm: 1e-6, ..Capture::default() }).contains("more than the"));
    assert!(refused(Capture { holes: Holes { share: 0.2, radius_mm: 0.0 }, ..Capture::default() }).contains("holes"));
    let crowd = Count { rolling: 40, ..Count::default() };
    let refusal = Skin::scarred(1, Base::Plane, [10.0, 10.0], &crowd).unwrap_err().to_string();
    assert_eq!(refusal, "this phantom cannot be made: there is no room for as many scars");
}
