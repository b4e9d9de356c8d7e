//! Colours for less and more: straight lines in CIELAB from blue over near white to brown, so that equal steps look equally large,
//! and blue and brown are told apart by every kind of colour blindness.

use crate::photo::colour::{Lab, linear_of, linear_to_srgb};

/// Less, by 1 and more.
const LESS: Lab = Lab { l: 32.0, a: 6.0, b: -46.0 };
/// No change.
const SAME: Lab = Lab { l: 94.0, a: 0.0, b: 0.0 };
/// More, by 1 and more: as dark as less, and as far from the middle.
const MORE: Lab = Lab { l: 32.0, a: 27.0, b: 38.0 };

/// The colour of a change from -1 to 1 of the scale.
pub(super) fn colour(share: f64) -> [u8; 3] {
    let share = if share.is_nan() { 0.0 } else { share.clamp(-1.0, 1.0) };
    let end = if share < 0.0 { LESS } else { MORE };
    let part = share.abs();
    let mix = |from: f64, to: f64| from + part * (to - from);
    let lab = Lab { l: mix(SAME.l, end.l), a: mix(SAME.a, end.a), b: mix(SAME.b, end.b) };
    linear_of(lab).map(|linear| linear_to_srgb(linear as f32))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::photo::colour::{lab_of, srgb_to_linear};

    fn lab(share: f64) -> Lab {
        lab_of(colour(share).map(|byte| f64::from(srgb_to_linear(f32::from(byte) / 255.0))))
    }

    fn apart(one: Lab, other: Lab) -> f64 {
        ((one.l - other.l).powi(2) + (one.a - other.a).powi(2) + (one.b - other.b).powi(2)).sqrt()
    }

    #[test]
    fn equal_steps_look_equally_large_on_both_sides() {
        let steps: Vec<f64> = (-10..10).map(|step| apart(lab(f64::from(step) / 10.0), lab(f64::from(step + 1) / 10.0))).collect();
        let (least, most) = steps.iter().fold((f64::MAX, 0.0_f64), |(least, most), step| (least.min(*step), most.max(*step)));
        assert!(most / least < 1.15, "{steps:?}");
    }

    /// Without the medium cones (Vienot, Brettel and Mollon 1999) red and green are one; less and more must not be.
    #[test]
    fn less_and_more_differ_without_red_and_green() {
        for share in [0.2, 0.5, 1.0] {
            let seen = |share: f64| {
                let [r, g, b] = colour(share).map(|byte| f64::from(srgb_to_linear(f32::from(byte) / 255.0)));
                let both = 0.292_75 * r + 0.707_25 * g;
                lab_of([both, both, -0.022_34 * r + 0.022_34 * g + b])
            };
            assert!(apart(seen(share), seen(-share)) > 60.0 * share, "{share}");
        }
    }
}
