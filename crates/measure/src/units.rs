//! Lengths with their unit.

use std::fmt;

use serde::Serialize;

/// A length in micrometres.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Serialize)]
#[serde(transparent)]
pub struct Micrometres(pub f64);

/// A length in millimetres.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Serialize)]
#[serde(transparent)]
pub struct Millimetres(pub f64);

impl From<Millimetres> for Micrometres {
    fn from(length: Millimetres) -> Self {
        Self(length.0 * 1e3)
    }
}

impl From<Micrometres> for Millimetres {
    fn from(length: Micrometres) -> Self {
        Self(length.0 / 1e3)
    }
}

/// Units in which a file may give its lengths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum LengthUnit {
    /// Nanometre.
    #[serde(rename = "nm")]
    Nanometre,
    /// Micrometre.
    #[serde(rename = "um")]
    Micrometre,
    /// Millimetre.
    #[serde(rename = "mm")]
    Millimetre,
    /// Centimetre.
    #[serde(rename = "cm")]
    Centimetre,
    /// Metre.
    #[serde(rename = "m")]
    Metre,
}

impl LengthUnit {
    /// The unit of this name; both signs for micro, and `um`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name.trim() {
            "nm" => Some(Self::Nanometre),
            "um" | "µm" | "μm" => Some(Self::Micrometre),
            "mm" => Some(Self::Millimetre),
            "cm" => Some(Self::Centimetre),
            "m" => Some(Self::Metre),
            _ => None,
        }
    }

    /// Micrometres in one of it.
    #[must_use]
    pub const fn micrometres(self) -> f64 {
        match self {
            Self::Nanometre => 1e-3,
            Self::Micrometre => 1.0,
            Self::Millimetre => 1e3,
            Self::Centimetre => 1e4,
            Self::Metre => 1e6,
        }
    }
}

impl fmt::Display for LengthUnit {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Nanometre => "nm",
            Self::Micrometre => "um",
            Self::Millimetre => "mm",
            Self::Centimetre => "cm",
            Self::Metre => "m",
        })
    }
}
