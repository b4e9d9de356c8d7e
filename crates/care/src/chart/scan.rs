//! One scan of the skin in three dimensions: from when, by what, and where its bytes are. The bytes themselves are not here.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Digest;

/// A scan that was taken in and kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScanTaken {
    /// Day it was taken.
    pub on: Date,
    /// By what kind of instrument.
    pub instrument: ScanInstrument,
    /// The file as it was handed in.
    pub original: Digest,
    /// Its format.
    pub format: ScanFormat,
    /// Unit of its coordinates, where the file does not say it and somebody told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_told: Option<ScanUnit>,
    /// Size of the original, in bytes.
    pub original_bytes: u64,
    /// Points.
    pub points: u64,
    /// Triangles.
    pub triangles: u64,
    /// In the words of whoever took it: which region.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// Kinds of instruments that scan skin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScanInstrument {
    /// The depth camera of a phone or tablet.
    Phone,
    /// Several photographs at once.
    Stereo,
    /// Projected stripes or a laser.
    StructuredLight,
    /// Not known.
    Unknown,
}

/// Formats that are taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScanFormat {
    /// PLY of Stanford.
    Ply,
    /// OBJ of Wavefront.
    Obj,
    /// STL of 3D Systems.
    Stl,
    /// glTF in one file.
    Glb,
}

/// Units in which scans are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScanUnit {
    /// Micrometres.
    Um,
    /// Millimetres.
    Mm,
    /// Centimetres.
    Cm,
    /// Metres.
    M,
}

impl ScanFormat {
    /// The ending of its files.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Ply => "ply",
            Self::Obj => "obj",
            Self::Stl => "stl",
            Self::Glb => "glb",
        }
    }
}
