//! What a class of instruments can show.

use serde::Serialize;

/// A class of instruments.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Device {
    /// The depth camera of a phone or tablet.
    Phone,
    /// Several photographs at once.
    Stereo,
    /// Projected stripes or a laser.
    StructuredLight,
    /// Not known: only what the scan itself tells is used.
    #[default]
    Unknown,
}

/// What 95 % of repeated captures without a change stay within, for each scar: measured by a clinic with its own instrument.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Repeatability {
    /// Of the depth, in millimetres.
    pub depth_mm: f64,
    /// Of the volume, in cubic millimetres.
    pub volume_mm3: f64,
    /// Of the area, in square millimetres.
    pub area_mm2: f64,
}

/// Widths of the discs in [`Device::smallest_change`], in millimetres.
const WIDTHS_MM: [f64; 4] = [3.0, 4.0, 6.0, 8.0];

impl Device {
    /// Width of a point that the instrument sees as a spot, at half its height, in millimetres. Ours: twice the distance of points of the
    /// class (phone 1.05 mm, measured on TrueDepth frames). Unknown where the class is.
    #[must_use]
    pub const fn blur_mm(self) -> Option<f64> {
        match self {
            Self::Phone => Some(2.0),
            Self::Stereo => Some(1.0),
            Self::StructuredLight => Some(0.4),
            Self::Unknown => None,
        }
    }

    /// Smallest detectable change of depth (mm) and volume (mm3) of a scar of this width: measured on unscarred discs of real scans of the
    /// class (90 TrueDepth frames fused; a DI3D stereo face; a laser range map of a face), from the nearest width measured there, linear between. Not known for an unknown device.
    #[must_use]
    pub fn smallest_change(self, width_mm: f64) -> Option<(f64, f64)> {
        let (depths_mm, volumes_mm3) = match self {
            Self::Phone => ([0.13, 0.11, 0.11, 0.12], [0.94, 1.3, 3.2, 6.1]),
            Self::Stereo => ([0.17, 0.15, 0.13, 0.14], [1.2, 1.8, 3.7, 7.0]),
            Self::StructuredLight => ([0.062, 0.058, 0.084, 0.084], [0.44, 0.73, 2.4, 4.2]),
            Self::Unknown => return None,
        };
        Some((between(&WIDTHS_MM, &depths_mm, width_mm), between(&WIDTHS_MM, &volumes_mm3, width_mm)))
    }
}

/// A value between those at neighbouring places; beyond the ends that at the end.
pub(crate) fn between(at: &[f64], values: &[f64], place: f64) -> f64 {
    let next = at.partition_point(|at| *at < place);
    if next == 0 {
        return values[0];
    }
    let (Some(to), Some(from)) = (at.get(next), at.get(next - 1)) else { return values[values.len() - 1] };
    let share = (place - from) / (to - from);
    values[next - 1] + share * (values[next] - values[next - 1])
}
