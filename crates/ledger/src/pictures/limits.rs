//! A limit on everything that an uploaded picture could make grow.

use super::PictureError;

/// What is taken in. The defaults suit a clinic's cameras and telephones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Size of the file, in bytes: 40 million.
    pub bytes_max: usize,
    /// Width times height, in pixels: 60 million.
    pub pixels_max: u64,
    /// Longest side, in pixels: 16,000.
    pub side_px_max: u32,
    /// Memory of the decoded picture, in bytes: 240 million, which is 4 for each of 60 million pixels.
    pub decoded_bytes_max: u64,
    /// Size of the colour profile, in bytes: 4 million.
    pub profile_bytes_max: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes_max: 40_000_000,
            pixels_max: 60_000_000,
            side_px_max: 16_000,
            decoded_bytes_max: 240_000_000,
            profile_bytes_max: 4_000_000,
        }
    }
}

impl Limits {
    /// That a file of this size is taken in.
    pub(super) fn allow_bytes(&self, bytes: usize) -> Result<(), PictureError> {
        if bytes > self.bytes_max {
            return Err(PictureError::TooManyBytes { bytes, bytes_max: self.bytes_max });
        }
        Ok(())
    }

    /// That a picture of this width and height is taken in.
    pub(super) fn allow_pixels(&self, width_px: u32, height_px: u32) -> Result<(), PictureError> {
        let pixels = u64::from(width_px) * u64::from(height_px);
        if pixels > self.pixels_max || width_px.max(height_px) > self.side_px_max {
            let (pixels_max, side_px_max) = (self.pixels_max, self.side_px_max);
            return Err(PictureError::TooManyPixels { width_px, height_px, pixels_max, side_px_max });
        }
        Ok(())
    }

    /// That a decoded picture of this size may be held.
    pub(super) fn allow_memory(&self, decoded_bytes: u64) -> Result<(), PictureError> {
        if decoded_bytes > self.decoded_bytes_max {
            return Err(PictureError::TooMuchMemory { bytes_max: self.decoded_bytes_max });
        }
        Ok(())
    }

    /// The same, for the decoders.
    pub(super) fn of_decoder(&self) -> image::Limits {
        let mut limits = image::Limits::default();
        limits.max_image_width = Some(self.side_px_max);
        limits.max_image_height = Some(self.side_px_max);
        limits.max_alloc = Some(self.decoded_bytes_max);
        limits
    }
}
