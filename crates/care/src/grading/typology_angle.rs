//! The individual typology angle: skin colour from CIELAB lightness and b*.

use resurface_knowledge::Mark;
use resurface_knowledge::scales::Ita;
use serde::Serialize;

use crate::consultation::SkinColour;

/// The angle and its class.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TypologyAngle {
    /// Angle, in degrees, to a tenth; higher is lighter.
    pub degrees: f64,
    /// Class of the angle.
    pub class: String,
    /// How far the limits of the classes were checked.
    pub classes_mark: Mark,
}

/// The angle and its class.
#[must_use]
pub fn typology_angle(colour: SkinColour, scale: &Ita) -> TypologyAngle {
    let degrees = typology_angle_degrees(colour);
    let class = scale.classes.iter().find(|class| class.above_degrees.is_none_or(|limit| degrees > limit));
    TypologyAngle {
        degrees: (degrees * 10.0).round() / 10.0,
        class: class.map_or_else(String::new, |class| class.name.clone()),
        classes_mark: scale.classes_mark,
    }
}

/// Individual typology angle in degrees: the direction of (b*, L* - 50), so that b* of nought is no fault.
#[must_use]
pub fn typology_angle_degrees(colour: SkinColour) -> f64 {
    libm::atan2(colour.lightness - 50.0, colour.b).to_degrees()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::knowledge;

    fn class(degrees: f64) -> String {
        let angle = degrees.to_radians();
        let colour = SkinColour { lightness: 50.0 + 20.0 * angle.sin(), b: 20.0 * angle.cos() };
        typology_angle(colour, &knowledge().scales.ita).class
    }

    #[test]
    fn the_angle_is_that_of_lightness_over_yellow() {
        let degrees = |lightness, b| typology_angle_degrees(SkinColour { lightness, b });
        assert!((degrees(65.0, 15.0) - 45.0).abs() < 1e-12);
        assert!((degrees(40.0, 10.0) + 45.0).abs() < 1e-12);
        assert!((degrees(70.0, 0.0) - 90.0).abs() < 1e-12);
        assert_eq!(degrees(50.0, 12.0), 0.0);
    }

    #[test]
    fn a_class_begins_just_above_its_limit() {
        let edges = [(55.0, "very light", "light"), (41.0, "light", "intermediate"), (28.0, "intermediate", "tan")];
        for (limit, above, below) in edges.into_iter().chain([(10.0, "tan", "brown"), (-30.0, "brown", "dark")]) {
            assert_eq!(class(limit + 0.001), above);
            assert_eq!(class(limit - 0.001), below);
        }
        let exactly = SkinColour { lightness: 50.0, b: 15.0 };
        assert_eq!(typology_angle(exactly, &knowledge().scales.ita).class, "brown");
    }
}
