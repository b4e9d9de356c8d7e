//! From an uploaded file to what is kept: the original, the picture as it is shown, and a thumbnail.

use std::fmt;
use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageEncoder, ImageError, ImageFormat, ImageReader, Rgb, RgbImage};
use jiff::civil::Date;
use resurface_care::chart::{CaptureFacts, Digest, MediaType, PictureTaken, View};

use super::profile::{Channels, fitting};
use super::{Limits, PictureError, capture, digest_of, format, jpeg, png};

/// Quality of JPEG that is written, of 100: the eye finds no difference, and the original is kept beside it.
const JPEG_QUALITY: u8 = 92;

/// Longest side of a thumbnail, in pixels.
const THUMBNAIL_PX: u32 = 320;

/// A picture that may be kept.
pub struct Prepared {
    /// The file as it was handed in.
    pub original: Named,
    /// The picture upright and written anew, with its colour profile and nothing else of what the file held besides.
    pub display: Named,
    /// A small JPEG of it.
    pub thumbnail: Named,
    /// Format of the original and of the picture shown.
    pub media_type: MediaType,
    /// Width as shown, in pixels.
    pub width_px: u32,
    /// Height as shown, in pixels.
    pub height_px: u32,
    /// What the camera said of the exposure.
    pub capture: CaptureFacts,
}

/// Bytes with their SHA-256.
#[derive(Clone, PartialEq, Eq)]
pub struct Named {
    bytes: Vec<u8>,
    digest: Digest,
}

impl Named {
    fn new(bytes: Vec<u8>) -> Self {
        Self { digest: digest_of(&bytes), bytes }
    }

    /// The bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Their SHA-256.
    #[must_use]
    pub fn digest(&self) -> &Digest {
        &self.digest
    }
}

impl Prepared {
    /// The entry for the chart: taken on this day, of this view.
    #[must_use]
    pub fn taken(&self, on: Date, view: View, note: Option<String>) -> PictureTaken {
        PictureTaken {
            on,
            view,
            original: self.original.digest,
            display: self.display.digest,
            thumbnail: self.thumbnail.digest,
            media_type: self.media_type,
            width_px: self.width_px,
            height_px: self.height_px,
            original_bytes: self.original.bytes.len() as u64,
            capture: self.capture.clone(),
            note,
            event: None,
        }
    }
}

/// Takes in an uploaded file.
///
/// The size, the format, the width and the height are checked before memory is taken for pixels. While it works, it holds
/// at most the file three times, and besides:
/// - for JPEG 9 bytes for each pixel (3 decoded, 6 more while a progressive file is read): 540 MB with the default limits;
/// - for PNG twice [`Limits::decoded_bytes_max`] and the file it writes, which is no larger than one of them: 720 MB with
///   the default limits, reached only by noise of 30 million pixels with 16 bits per channel.
///
/// # Errors
///
/// [`PictureError`] says what is wrong with the file and what to do; camera data never refuse a picture.
pub fn prepare(bytes: &[u8], limits: &Limits) -> Result<Prepared, PictureError> {
    limits.allow_bytes(bytes.len())?;
    let media_type = format::recognise(bytes)?;
    let outline = match media_type {
        MediaType::Jpeg => jpeg::outline(bytes)?,
        MediaType::Png => png::outline(bytes)?,
    };
    limits.allow_pixels(outline.width_px, outline.height_px)?;

    let (orientation, capture) = capture::read(outline.exif);
    let (mut image, profile) = decode(&outline.essence(bytes), media_type, limits)?;
    if (image.width(), image.height()) != (outline.width_px, outline.height_px) {
        return Err(PictureError::Corrupt { media_type, what: "its size" });
    }
    image.apply_orientation(orientation);

    let thumbnail = write(&thumbnail_of(&image), MediaType::Jpeg, profile.clone())?;
    let display = write(&image, media_type, profile)?;
    Ok(Prepared {
        original: Named::new(bytes.to_vec()),
        display: Named::new(display),
        thumbnail: Named::new(thumbnail),
        media_type,
        width_px: image.width(),
        height_px: image.height(),
        capture,
    })
}

fn decode(essence: &[u8], media_type: MediaType, limits: &Limits) -> Result<(DynamicImage, Option<Vec<u8>>), PictureError> {
    let refused = |error| refusal(&error, media_type, limits);
    let format = match media_type {
        MediaType::Jpeg => ImageFormat::Jpeg,
        MediaType::Png => ImageFormat::Png,
    };
    let mut reader = ImageReader::with_format(Cursor::new(essence), format);
    reader.limits(limits.of_decoder());
    let mut decoder = reader.into_decoder().map_err(refused)?;
    limits.allow_memory(decoder.total_bytes())?;
    let profile = decoder.icc_profile().map_err(refused)?;
    if let Some(bytes) = profile.as_ref().map(Vec::len).filter(|bytes| *bytes > limits.profile_bytes_max) {
        return Err(PictureError::ProfileTooLarge { bytes, bytes_max: limits.profile_bytes_max });
    }
    let channels = if decoder.color_type().has_color() { Channels::Rgb } else { Channels::Grey };
    let image = DynamicImage::from_decoder(decoder).map_err(refused)?;
    Ok((image, profile.and_then(|profile| fitting(profile, channels))))
}

/// A decoder's own words can quote the file, so only the kind of its refusal is passed on.
fn refusal(error: &ImageError, media_type: MediaType, limits: &Limits) -> PictureError {
    match error {
        ImageError::Limits(_) => PictureError::TooMuchMemory { bytes_max: limits.decoded_bytes_max },
        ImageError::Unsupported(_) => PictureError::RareKind { media_type, what: "its colours or its coding" },
        _ => PictureError::Corrupt { media_type, what: "its image data" },
    }
}

/// The picture made small, never larger, and laid on white where it is transparent.
fn thumbnail_of(image: &DynamicImage) -> DynamicImage {
    // Averaging to twice the size first costs a pass over the pixels; the sharper filter then sees few of them.
    let near = if image.width().max(image.height()) > 2 * THUMBNAIL_PX {
        image.thumbnail(2 * THUMBNAIL_PX, 2 * THUMBNAIL_PX)
    } else {
        image.clone()
    };
    let small = if near.width().max(near.height()) > THUMBNAIL_PX {
        near.resize(THUMBNAIL_PX, THUMBNAIL_PX, FilterType::Lanczos3)
    } else {
        near
    };
    let opaque = if small.color().has_alpha() { on_white(&small) } else { small.clone() };
    if small.color().has_color() { opaque.into_rgb8().into() } else { opaque.into_luma8().into() }
}

fn on_white(image: &DynamicImage) -> DynamicImage {
    let image = image.to_rgba8();
    RgbImage::from_fn(image.width(), image.height(), |x, y| {
        let [r, g, b, alpha] = image.get_pixel(x, y).0.map(u16::from);
        // At most 255 x 255 over 255, so the value fits.
        Rgb([r, g, b].map(|channel| ((channel * alpha + 255 * (255 - alpha)) / 255) as u8))
    })
    .into()
}

fn write(image: &DynamicImage, media_type: MediaType, profile: Option<Vec<u8>>) -> Result<Vec<u8>, PictureError> {
    let mut bytes = Vec::new();
    match media_type {
        MediaType::Jpeg => write_with(JpegEncoder::new_with_quality(&mut bytes, JPEG_QUALITY), image, profile),
        MediaType::Png => write_with(PngEncoder::new(&mut bytes), image, profile),
    }
    .map_err(|()| PictureError::NotRedrawn { media_type })?;
    Ok(bytes)
}

fn write_with(mut encoder: impl ImageEncoder, image: &DynamicImage, profile: Option<Vec<u8>>) -> Result<(), ()> {
    if let Some(profile) = profile {
        encoder.set_icc_profile(profile).map_err(|_| ())?;
    }
    image.write_with_encoder(encoder).map_err(|_| ())
}

impl fmt::Debug for Named {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} ({} bytes)", self.digest, self.bytes.len())
    }
}

impl fmt::Debug for Prepared {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Prepared")
            .field("original", &self.original)
            .field("display", &self.display)
            .field("thumbnail", &self.thumbnail)
            .field("media_type", &self.media_type)
            .field("width_px", &self.width_px)
            .field("height_px", &self.height_px)
            .finish_non_exhaustive()
    }
}
