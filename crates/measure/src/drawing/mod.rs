//! Pictures of what was measured: pixels, a scale of colours for less and more, and the scale written beside them.

pub(crate) mod legend;
pub(crate) mod ramp;

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder};

/// Ink of lines and numbers.
pub(crate) const INK: [u8; 3] = [20, 20, 20];
/// What nothing is drawn on.
pub(crate) const PAPER: [u8; 3] = [255, 255, 255];

/// Red, green and blue of every pixel.
pub(crate) struct Drawn {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) rgb: Vec<u8>,
}

impl Drawn {
    /// Nothing drawn yet.
    pub(crate) fn new(width: usize, height: usize) -> Self {
        Self { width, height, rgb: PAPER.repeat(width * height) }
    }

    /// Colours a pixel; what lies outside is not drawn.
    pub(crate) fn set(&mut self, x: usize, y: usize, colour: [u8; 3]) {
        if x < self.width && y < self.height {
            let at = 3 * (y * self.width + x);
            self.rgb[at..at + 3].copy_from_slice(&colour);
        }
    }

    /// The colour of a pixel.
    pub(crate) fn at(&self, at: usize) -> [u8; 3] {
        [self.rgb[3 * at], self.rgb[3 * at + 1], self.rgb[3 * at + 2]]
    }

    /// As a PNG file; nothing where it is too large for one.
    pub(crate) fn png(&self) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        let encoder = PngEncoder::new_with_quality(&mut bytes, CompressionType::Fast, FilterType::Up);
        let (width, height) = (u32::try_from(self.width).ok()?, u32::try_from(self.height).ok()?);
        encoder.write_image(&self.rgb, width, height, ExtendedColorType::Rgb8).ok()?;
        Some(bytes)
    }
}
