//! What filters keep, and what they are robust against.

use resurface_measure::surface::filter::{Filter, Keep, Kind, apply};
use resurface_measure::units::Micrometres;

use crate::analytic::map;

const KINDS: [Kind; 3] = [Kind::Gaussian, Kind::Spline, Kind::RobustGaussian];

fn filter(kind: Kind) -> Filter {
    Filter { kind, nesting: Micrometres(300.0) }
}

#[test]
fn what_is_longer_and_what_is_shorter_add_up_to_the_surface() {
    let whole = map(120, |x, y| (x / 40.0).sin() + (y / 300.0).cos() * 5.0);
    for kind in KINDS {
        let (mut longer, mut shorter) = (whole.clone(), whole.clone());
        apply(&mut longer, filter(kind), Keep::Longer).unwrap();
        apply(&mut shorter, filter(kind), Keep::Shorter).unwrap();
        let parts = longer.heights_um().iter().zip(shorter.heights_um());
        assert!(
            parts.zip(whole.heights_um()).all(|((longer, shorter), whole)| (longer + shorter - whole).abs() < 1e-9),
            "{kind:?}"
        );
    }
}

#[test]
fn a_constant_passes_to_the_rim_and_a_spline_lets_a_plane_pass() {
    for kind in [Kind::Gaussian, Kind::Spline] {
        let mut level = map(100, |x, y| if x.hypot(y) < 100.0 { f64::NAN } else { 12.0 });
        apply(&mut level, filter(kind), Keep::Longer).unwrap();
        assert!(level.heights_um().iter().all(|height| height.is_nan() || (height - 12.0).abs() < 1e-6), "{kind:?}");
    }
    let tilted = map(100, |x, y| 0.3 * x - 0.2 * y);
    let mut smooth = tilted.clone();
    apply(&mut smooth, filter(Kind::Spline), Keep::Longer).unwrap();
    assert!(smooth.heights_um().iter().zip(tilted.heights_um()).all(|(after, before)| (after - before).abs() < 1e-6));
}

#[test]
fn a_step_becomes_the_integral_of_the_gaussian() {
    let mut step = map(400, |x, _| if x < 0.0 { 0.0 } else { 1.0 });
    apply(&mut step, filter(Kind::Gaussian), Keep::Longer).unwrap();
    // The first column of the step stands for half a point before it: its middle is at 0.
    let sd = 300.0 * (std::f64::consts::LN_2 / 2.0).sqrt() / std::f64::consts::PI;
    for column in [180, 190, 195, 200, 205, 230] {
        let x = 10.0 * (f64::from(column) - 199.5);
        let expected = 0.5 * (1.0 + error_function(x / sd / std::f64::consts::SQRT_2));
        let found = step.height(column as usize, 200).unwrap().0;
        assert!((found - expected).abs() < 1e-3, "{column}: {found} {expected}");
    }
}

/// The error function, by its series.
fn error_function(x: f64) -> f64 {
    let (mut term, mut sum) = (x, x);
    for n in 1..200 {
        term *= -x * x / f64::from(n);
        sum += term / f64::from(2 * n + 1);
    }
    2.0 / std::f64::consts::PI.sqrt() * sum
}

#[test]
fn a_scar_pulls_the_gaussian_down_and_not_the_robust_one() {
    let skin = |x: f64, y: f64| 0.5 * ((x * 12.9898 + y * 78.233).sin() * 43_758.545).fract();
    let scarred = map(200, |x, y| skin(x, y) + if x.hypot(y) < 60.0 { -100.0 } else { 0.0 });
    let beside = |kind: Kind| {
        let mut smooth = scarred.clone();
        apply(&mut smooth, filter(kind), Keep::Longer).unwrap();
        smooth.height(100, 109).unwrap().0
    };
    assert!(beside(Kind::Gaussian) < -5.0, "{}", beside(Kind::Gaussian));
    assert!(beside(Kind::RobustGaussian).abs() < 0.5, "{}", beside(Kind::RobustGaussian));
}
