//! One picture: which view, from when, and where its bytes are. The bytes themselves are not here.

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

use super::Digest;
use super::body::EntryId;

/// A picture that was taken and kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PictureTaken {
    /// Day it was taken.
    pub on: Date,
    /// Which view.
    pub view: View,
    /// The file as it was handed in, with whatever its camera wrote into it.
    pub original: Digest,
    /// The picture as it is shown: upright, written anew, without camera data.
    pub display: Digest,
    /// The small picture of lists.
    pub thumbnail: Digest,
    /// Format of the original and of the picture shown.
    pub media_type: MediaType,
    /// Width as shown, in pixels.
    pub width_px: u32,
    /// Height as shown, in pixels.
    pub height_px: u32,
    /// Size of the original, in bytes.
    pub original_bytes: u64,
    /// What the camera said of the exposure; never where it was taken.
    #[serde(default)]
    pub capture: CaptureFacts,
    /// In the words of whoever took it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The adverse event that it shows, where a patient sent it with a report.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<EntryId>,
}

/// Standard views of a face.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum View {
    /// From the front.
    Front,
    /// Half turned, the left cheek to the camera.
    LeftOblique,
    /// Half turned, the right cheek to the camera.
    RightOblique,
    /// From the left side.
    LeftProfile,
    /// From the right side.
    RightProfile,
    /// A part of the face, from near.
    CloseUp,
}

/// Formats that are taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum MediaType {
    /// JPEG.
    #[serde(rename = "image/jpeg")]
    Jpeg,
    /// PNG.
    #[serde(rename = "image/png")]
    Png,
}

/// What the camera said of the exposure. A place, a serial number or an owner's name is never kept here.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CaptureFacts {
    /// When, by the camera's own clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken_at: Option<DateTime>,
    /// Maker of the camera.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub camera_make: Option<String>,
    /// Model of the camera.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub camera_model: Option<String>,
    /// Focal length, in millimetres.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub focal_length_mm: Option<f64>,
    /// Exposure time, in seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exposure_s: Option<f64>,
    /// Aperture, as the number f is divided by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aperture_f: Option<f64>,
    /// Sensitivity (ISO).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub iso: Option<u32>,
    /// Whether a flash fired.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub flash: Option<bool>,
}

impl View {
    /// In words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Front => "front",
            Self::LeftOblique => "left oblique",
            Self::RightOblique => "right oblique",
            Self::LeftProfile => "left profile",
            Self::RightProfile => "right profile",
            Self::CloseUp => "close-up",
        }
    }
}

impl MediaType {
    /// The ending of its files.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
        }
    }
}
