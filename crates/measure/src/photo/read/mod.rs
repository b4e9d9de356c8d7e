//! From the bytes of a file to an upright photograph in linear light.

mod camera;
mod format;
mod jpeg;
mod outline;
mod png;
mod profile;

use std::io::Cursor;

use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader};

pub use camera::Camera;
pub use format::Format;
pub use profile::ProfileUsed;

use super::photograph::{Photograph, Samples};
use crate::limits::{
    PHOTOGRAPH_BYTES_MAX, PHOTOGRAPH_DECODED_BYTES_MAX, PHOTOGRAPH_PIXELS_MAX, PHOTOGRAPH_SIDE_PX_MAX, PROFILE_BYTES_MAX,
};
use crate::photo::Error;

/// Reads a JPEG or PNG file: its size is held against [`crate::limits`] before memory is taken, it is turned as the camera says
/// it was held, and its colour profile is used where it can be.
///
/// # Errors
/// What is wrong with the file and what to do about it.
pub fn read(bytes: &[u8]) -> Result<Photograph, Error> {
    if bytes.len() > PHOTOGRAPH_BYTES_MAX {
        return Err(Error::TooManyBytes { bytes: bytes.len(), bytes_max: PHOTOGRAPH_BYTES_MAX });
    }
    let format = format::recognise(bytes)?;
    let outline = match format {
        Format::Jpeg => jpeg::outline(bytes)?,
        Format::Png => png::outline(bytes)?,
    };
    let (width_px, height_px) = (outline.width_px, outline.height_px);
    let pixels = u64::from(width_px) * u64::from(height_px);
    if pixels > PHOTOGRAPH_PIXELS_MAX || width_px.max(height_px) > PHOTOGRAPH_SIDE_PX_MAX {
        let (pixels_max, side_px_max) = (PHOTOGRAPH_PIXELS_MAX, PHOTOGRAPH_SIDE_PX_MAX);
        return Err(Error::TooManyPixels { width_px, height_px, pixels_max, side_px_max });
    }
    let (orientation, camera) = camera::read(outline.exif);
    let (mut picture, profile) = decode(&outline.essence(bytes), format)?;
    if (picture.width(), picture.height()) != (width_px, height_px) {
        return Err(Error::Corrupt { format, what: "its size" });
    }
    picture.apply_orientation(orientation);
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let (samples, levels) = samples(picture);
    let (to_linear, profile_used) = profile::to_linear(profile.as_deref(), levels);
    Ok(Photograph { width, height, samples, curves: to_linear.curves, matrix: to_linear.matrix, format, profile_used, camera })
}

fn decode(essence: &[u8], format: Format) -> Result<(DynamicImage, Option<Vec<u8>>), Error> {
    let refused = |error| refusal(&error, format);
    let container = match format {
        Format::Jpeg => ImageFormat::Jpeg,
        Format::Png => ImageFormat::Png,
    };
    let mut reader = ImageReader::with_format(Cursor::new(essence), container);
    let mut limits = image::Limits::default();
    limits.max_image_width = Some(PHOTOGRAPH_SIDE_PX_MAX);
    limits.max_image_height = Some(PHOTOGRAPH_SIDE_PX_MAX);
    limits.max_alloc = Some(PHOTOGRAPH_DECODED_BYTES_MAX);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(refused)?;
    if decoder.total_bytes() > PHOTOGRAPH_DECODED_BYTES_MAX {
        return Err(Error::TooMuchMemory { bytes_max: PHOTOGRAPH_DECODED_BYTES_MAX });
    }
    let profile = decoder.icc_profile().map_err(refused)?;
    if let Some(bytes) = profile.as_ref().map(Vec::len).filter(|bytes| *bytes > PROFILE_BYTES_MAX) {
        return Err(Error::ProfileTooLarge { bytes, bytes_max: PROFILE_BYTES_MAX });
    }
    let picture = DynamicImage::from_decoder(decoder).map_err(refused)?;
    Ok((picture, profile))
}

/// Red, green and blue of every pixel as they are stored, and how many values a channel may have.
fn samples(picture: DynamicImage) -> (Samples, usize) {
    match picture {
        DynamicImage::ImageLuma16(_)
        | DynamicImage::ImageLumaA16(_)
        | DynamicImage::ImageRgb16(_)
        | DynamicImage::ImageRgba16(_) => (Samples::Sixteen(picture.into_rgb16().into_raw()), 1 << 16),
        _ => (Samples::Eight(picture.into_rgb8().into_raw()), 1 << 8),
    }
}

/// A decoder's own words can quote the file, so only the kind of its refusal is passed on.
fn refusal(error: &ImageError, format: Format) -> Error {
    match error {
        ImageError::Limits(_) => Error::TooMuchMemory { bytes_max: PHOTOGRAPH_DECODED_BYTES_MAX },
        ImageError::Unsupported(_) => Error::RareKind { format, what: "its colours or its coding" },
        _ => Error::Corrupt { format, what: "its image data" },
    }
}
