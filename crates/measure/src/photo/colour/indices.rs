//! What is read from the colour of skin.

use serde::Serialize;

use super::Lab;

/// Individual typology angle in degrees: atan2(L* - 50, b*) (Chardon, Cretois and Hourseau 1991, Int J Cosmet Sci 13:191), of
/// means over a region and never pixel by pixel, where b* near 0 makes it jump.
#[must_use]
pub fn individual_typology_angle(mean: Lab) -> f64 {
    libm::atan2(mean.l - 50.0, mean.b).to_degrees()
}

/// Category of skin colour by the individual typology angle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SkinColour {
    /// Above 55 degrees.
    VeryLight,
    /// Above 41.
    Light,
    /// Above 28.
    Intermediate,
    /// Above 10.
    Tan,
    /// Above -30.
    Brown,
    /// -30 and below.
    Dark,
}

impl SkinColour {
    /// The category of an angle in degrees (limits 55, 41, 28, 10, -30: Del Bino and Bernerd 2013, Br J Dermatol 169 Suppl 3:33).
    #[must_use]
    pub fn of(angle: f64) -> Self {
        match angle {
            _ if angle > 55.0 => Self::VeryLight,
            _ if angle > 41.0 => Self::Light,
            _ if angle > 28.0 => Self::Intermediate,
            _ if angle > 10.0 => Self::Tan,
            _ if angle > -30.0 => Self::Brown,
            _ => Self::Dark,
        }
    }
}

/// Erythema index of linear light: 100 log10(R / G) (the class of Takiwaki 1998, Skin Res Technol 4:1; an index of this camera, never
/// compared between cameras).
pub(in crate::photo) fn erythema_index(linear: [f64; 3]) -> f64 {
    100.0 * libm::log10(linear[0].max(1e-4) / linear[1].max(1e-4))
}

/// Melanin index of linear light: 100 log10(1 / R), of the same class.
pub(in crate::photo) fn melanin_index(linear: [f64; 3]) -> f64 {
    -100.0 * libm::log10(linear[0].max(1e-4))
}
