//! What a camera wrote into the file: how to hold the picture, and the lens.
//!
//! Only the fields named here are read; where it was taken and who owns the camera are not among them. The block is hostile input:
//! whatever is not plausible counts as absent, and nothing in it can refuse a picture.

use exif::{Exif, In, Reader, Tag, Value};
use image::metadata::Orientation;
use serde::Serialize;

use crate::limits::EXIF_BYTES_MAX;

/// What the camera says of the exposure, as far as it says it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Camera {
    /// Focal length in millimetres.
    pub focal_length_mm: Option<f64>,
    /// Share that digital zoom enlarged by.
    pub digital_zoom: Option<f64>,
    /// Exposure time in seconds.
    pub exposure_s: Option<f64>,
    /// F-number.
    pub aperture_f: Option<f64>,
    /// Sensitivity.
    pub iso: Option<u32>,
    /// White balance was set by hand (EXIF 2.3, tag A403).
    pub white_balance_by_hand: Option<bool>,
    /// A flash fired.
    pub flash: Option<bool>,
}

pub(super) fn read(block: Option<&[u8]>) -> (Orientation, Camera) {
    let Some(exif) = block.filter(|block| block.len() <= EXIF_BYTES_MAX).and_then(parse) else {
        return (Orientation::NoTransforms, Camera::default());
    };
    let orientation = number(&exif, Tag::Orientation).and_then(|code| Orientation::from_exif(u8::try_from(code).ok()?));
    let camera = Camera {
        focal_length_mm: measure(&exif, Tag::FocalLength, 10_000.0),
        digital_zoom: measure(&exif, Tag::DigitalZoomRatio, 100.0),
        exposure_s: measure(&exif, Tag::ExposureTime, 86_400.0),
        aperture_f: measure(&exif, Tag::FNumber, 1_000.0),
        // 65535 stands for "more than fits here" (EXIF 2.3, 4.6.5).
        iso: number(&exif, Tag::PhotographicSensitivity).filter(|iso| (1..65_535).contains(iso)),
        white_balance_by_hand: number(&exif, Tag::WhiteBalance).filter(|mode| *mode < 2).map(|mode| mode == 1),
        // Bit 0 says whether it fired (EXIF 2.3, 4.6.5); the field has 7 bits.
        flash: number(&exif, Tag::Flash).filter(|flash| *flash < 128).map(|flash| flash & 1 == 1),
    };
    (orientation.unwrap_or(Orientation::NoTransforms), camera)
}

/// As many fields as can be read. A field's value is only decoded when it is asked for.
fn parse(block: &[u8]) -> Option<Exif> {
    let read = Reader::new().continue_on_error(true).read_raw(block.to_vec());
    read.or_else(|error| error.distill_partial_result(|_| {})).ok()
}

fn value(exif: &Exif, tag: Tag) -> Option<&Value> {
    exif.get_field(tag, In::PRIMARY).map(|field| &field.value)
}

fn number(exif: &Exif, tag: Tag) -> Option<u32> {
    value(exif, tag)?.get_uint(0)
}

/// A positive number up to a limit; a fraction over nothing is no number.
fn measure(exif: &Exif, tag: Tag, limit: f64) -> Option<f64> {
    let Value::Rational(fractions) = value(exif, tag)? else { return None };
    let measure = fractions.first()?.to_f64();
    (measure.is_finite() && measure > 0.0 && measure <= limit).then_some(measure)
}
