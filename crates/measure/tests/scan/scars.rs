//! Scars are found, measured and told apart, or refused.

use resurface_measure::phantom::{Base, Capture, Count, Holes, Pit, Relief, Shape, Skin, Tessellation};
use resurface_measure::scan::scars::{NotReported, Reported, Unmeasurable};
use resurface_measure::scan::{Device, Mesh, Repeatability, ScarType, Settings, Surface, Visit, curvatures, measure};

use super::trial::{Number, Setting, Trial, capture, settings, skin};

const BALL: Base = Base::Sphere { radius_mm: 80.0 };

/// Skin of a ball with one pit in its middle.
fn with(pit: Pit) -> Skin {
    let texture = Relief { sd_mm: 0.01, length_mm: 1.0 };
    Skin { pits: vec![pit], texture, ..Skin::smooth(BALL, [30.0, 30.0]) }
}

fn scan(skin: &Skin) -> Mesh {
    let capture =
        Capture { seed: 4, spacing_mm: 0.3, white_noise_mm: 0.02, tessellation: Tessellation::Scattered, ..Capture::default() };
    capture.of(skin).unwrap().mesh
}

fn measured(skin: &Skin, settings: &Settings) -> Visit {
    measure(&scan(skin), settings).unwrap()
}

#[test]
fn depth_volume_and_area_of_boxcars_and_rolling_scars_are_right_to_a_tenth() {
    for spacing_mm in [0.2, 0.4] {
        let trial = Trial::run(&Setting { spacing_mm, ..Setting::default() }, 0..1);
        assert_eq!(trial.false_scars, 0);
        for scar_type in [ScarType::Boxcar, ScarType::Rolling] {
            let found = trial.of(scar_type).filter(|row| row.found.is_some()).count();
            assert!(found * 10 >= trial.of(scar_type).count() * 6, "{spacing_mm} {scar_type:?}: {found}");
            for number in [Number::Depth, Number::Volume, Number::Area] {
                let agreement = trial.agreement(scar_type, number);
                assert!(agreement.bias.abs() < 0.1, "{spacing_mm} {scar_type:?} bias {}", agreement.bias);
                assert!(agreement.covered > 0.7, "{spacing_mm} {scar_type:?} covered {}", agreement.covered);
            }
        }
    }
}

#[test]
fn types_are_told_by_shape() {
    let cases = [
        (Pit::ice_pick([0.0; 2], 1.8, 0.8), ScarType::IcePick),
        (Pit::boxcar([0.0; 2], 3.2, 0.5), ScarType::Boxcar),
        (Pit::rolling([0.0; 2], 7.0, 0.3), ScarType::Rolling),
    ];
    for (pit, expected) in cases {
        let mesh = Capture { spacing_mm: 0.2, white_noise_mm: 0.01, ..Capture::default() }.of(&with(pit)).unwrap().mesh;
        let visit = measure(&mesh, &Settings::default()).unwrap();
        assert_eq!(visit.scars.len(), 1, "{pit:?}");
        assert_eq!(visit.scars[0].scar_type, Some(expected), "{pit:?}: {:?}", visit.scars[0]);
    }
}

#[test]
fn skin_without_scars_has_none() {
    let setting = Setting::default();
    let visit = measure(&capture(9, &setting).of(&skin(9, &Count::default())).unwrap().mesh, &settings(&setting)).unwrap();
    assert_eq!(visit.scars, []);
    assert!(visit.floor.iter().all(|floor| floor.depth_sd_mm > 0.0 && floor.volume_sd_mm3 > 0.0), "{:?}", visit.floor);
}

#[test]
fn a_fold_is_no_scar() {
    let fold = Pit::new([0.0; 2], Shape::Trough { length_mm: 16.0 }, 2.5, 0.4);
    let visit = measured(&with(fold), &Settings::default());
    assert_eq!(visit.scars, []);
    assert!(visit.not_measured.iter().any(|other| other.reason == Unmeasurable::Fold), "{:?}", visit.not_measured);
}

#[test]
fn a_scar_at_the_end_of_the_scan_is_not_measured() {
    let pit = Pit::boxcar([0.0; 2], 3.0, 0.5);
    let cut = Skin { half_sides_mm: [2.5, 30.0], ..with(pit) };
    let visit = measured(&Skin { middle_mm: [1.5, 0.0], ..cut }, &Settings::default());
    assert_eq!(visit.scars, []);
    assert!(visit.not_measured.iter().any(|other| other.reason == Unmeasurable::ScanEnds), "{:?}", visit.not_measured);
}

#[test]
fn the_depth_of_an_ice_pick_from_a_phone_is_refused_and_that_from_a_laser_is_not() {
    let skin = with(Pit::ice_pick([0.0; 2], 1.9, 0.8));
    let mesh = Capture { spacing_mm: 0.2, white_noise_mm: 0.01, ..Capture::default() }.of(&skin).unwrap().mesh;
    let depth = |device| measure(&mesh, &Settings { device, ..Settings::default() }).unwrap().scars[0].depth;
    assert_eq!(depth(Device::Phone), Reported::NotReported(NotReported::IcePickFromAPhone));
    assert_eq!(depth(Device::Stereo), Reported::NotReported(NotReported::NarrowerThanResolved));
    assert!(depth(Device::StructuredLight).value().is_some());
}

#[test]
fn the_smallest_change_is_that_of_the_class_and_the_clinics_own_replaces_it() {
    let skin = with(Pit::boxcar([0.0; 2], 3.6, 0.5));
    let of = |settings: &Settings| *measured(&skin, settings).scars[0].depth.quantity().unwrap();
    let unknown = of(&Settings::default());
    assert!((unknown.smallest_change / (1.96 * 2f64.sqrt() * unknown.uncertainty) - 1.0).abs() < 1e-12);
    let stereo = of(&Settings { device: Device::Stereo, ..Settings::default() });
    assert!(stereo.smallest_change > 0.15, "{stereo:?}");
    let own = Repeatability { depth_mm: 0.031, volume_mm3: 0.2, area_mm2: 0.4 };
    let own = of(&Settings { device: Device::Stereo, repeatability: Some(own), ..Settings::default() });
    assert_eq!(own.smallest_change, 0.031);
}

#[test]
fn a_scan_of_holes_gives_fewer_numbers_and_no_wrong_ones() {
    let setting = Setting::default();
    let torn = Capture { holes: Holes { share: 0.1, radius_mm: 3.0 }, ..capture(2, &setting) };
    let phantom = torn.of(&skin(2, &super::trial::SCARS)).unwrap();
    let mut trial = Trial::default();
    trial.add(&phantom, &measure(&phantom.mesh, &settings(&setting)).unwrap());
    assert!(trial.rows.iter().filter(|row| row.found.is_some()).count() >= 8);
    for scar_type in [ScarType::Boxcar, ScarType::Rolling] {
        for row in trial.of(scar_type) {
            let Some(volume) = row.found.and_then(|scar| scar.volume.value()) else { continue };
            assert!((volume / row.truth.volume_mm3 - 1.0).abs() < 0.35, "{scar_type:?} {volume} of {:?}", row.truth);
        }
    }
}

#[test]
fn what_is_no_surface_is_refused() {
    let cloud = Mesh { triangles: Vec::new(), ..scan(&with(Pit::boxcar([0.0; 2], 3.0, 0.5))) };
    let refused = |mesh: &Mesh| measure(mesh, &Settings::default()).unwrap_err().to_string();
    assert!(refused(&cloud).contains("a cloud of points has none"));
    let mut lost = scan(&with(Pit::boxcar([0.0; 2], 3.0, 0.5)));
    lost.triangles[7] = [0, 1, 4_000_000_000];
    assert!(refused(&lost).starts_with("triangle 7"));
    let mut nowhere = scan(&with(Pit::boxcar([0.0; 2], 3.0, 0.5)));
    nowhere.vertices[3] = [0.0, f64::NAN, 0.0];
    assert!(refused(&nowhere).starts_with("vertex 3"));
    let flat = Mesh { vertices: vec![[1.0; 3]; 300], triangles: vec![[0, 1, 2]; 300], colours: None };
    assert!(refused(&flat).contains("too few"));
}

#[test]
fn a_ball_is_bent_by_its_radius_and_a_cylinder_by_half_of_it() {
    for (base, mean, shape) in [(BALL, 1.0 / 80.0, 1.0), (Base::Cylinder { radius_mm: 40.0 }, 1.0 / 80.0, 0.5)] {
        let mesh = Capture { spacing_mm: 1.0, ..Capture::default() }.of(&Skin::smooth(base, [20.0, 20.0])).unwrap().mesh;
        let found = curvatures(&Surface::new(&mesh).unwrap(), 1);
        let middle = mesh.vertices.iter().zip(found).filter(|(point, _)| point[0].abs().max(point[1].abs()) < 15.0);
        for (point, curvature) in middle {
            assert!((f64::from(curvature.mean) / mean - 1.0).abs() < 0.02, "{base:?} {point:?} {curvature:?}");
            assert!((f64::from(curvature.shape) - shape).abs() < 0.05, "{base:?} {point:?} {curvature:?}");
        }
    }
}
