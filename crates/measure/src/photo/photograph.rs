//! A photograph as it is held: upright, as stored numbers with the way from them to linear light.

use super::colour::Matrix;
use super::read::{Camera, Format, ProfileUsed};

/// Red, green and blue of every pixel, row after row, as they are stored.
pub(super) enum Samples {
    /// Eight bits to a channel.
    Eight(Vec<u8>),
    /// Sixteen bits to a channel.
    Sixteen(Vec<u16>),
}

/// A photograph. A pixel takes 3 or 6 bytes; linear light is computed where it is needed.
pub struct Photograph {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) samples: Samples,
    /// Linear value of each stored value, of each channel.
    pub(super) curves: [Vec<f32>; 3],
    /// From the primaries of the file to those of sRGB, and further by a card where one was found.
    pub(super) matrix: Option<Matrix>,
    pub(super) format: Format,
    pub(super) profile_used: ProfileUsed,
    pub(super) camera: Camera,
}

impl Photograph {
    /// Pixels of a row, upright.
    #[must_use]
    pub fn width(&self) -> usize {
        self.width
    }

    /// Rows, upright.
    #[must_use]
    pub fn height(&self) -> usize {
        self.height
    }

    /// The matrix in single precision, as pixels take it.
    pub(super) fn matrix_f32(&self) -> Option<[[f32; 3]; 3]> {
        self.matrix.map(|matrix| matrix.map(|row| row.map(|part| part as f32)))
    }

    /// Linear light of the channels before the matrix.
    #[inline]
    pub(super) fn channels(&self, at: usize) -> [f32; 3] {
        let [r, g, b] = &self.curves;
        match &self.samples {
            Samples::Eight(stored) => {
                let pixel = &stored[3 * at..3 * at + 3];
                [r[usize::from(pixel[0])], g[usize::from(pixel[1])], b[usize::from(pixel[2])]]
            }
            Samples::Sixteen(stored) => {
                let pixel = &stored[3 * at..3 * at + 3];
                [r[usize::from(pixel[0])], g[usize::from(pixel[1])], b[usize::from(pixel[2])]]
            }
        }
    }

    /// Linear light of four pixels beside one another, before the matrix.
    #[inline]
    pub(super) fn four(&self, at: usize) -> [[f32; 3]; 4] {
        let [r, g, b] = &self.curves;
        match &self.samples {
            Samples::Eight(stored) => {
                let pixels = &stored[3 * at..3 * at + 12];
                [0, 3, 6, 9].map(|pixel| {
                    [r[usize::from(pixels[pixel])], g[usize::from(pixels[pixel + 1])], b[usize::from(pixels[pixel + 2])]]
                })
            }
            Samples::Sixteen(stored) => {
                let pixels = &stored[3 * at..3 * at + 12];
                [0, 3, 6, 9].map(|pixel| {
                    [r[usize::from(pixels[pixel])], g[usize::from(pixels[pixel + 1])], b[usize::from(pixels[pixel + 2])]]
                })
            }
        }
    }

    /// A pixel is clipped where a channel is stored as its largest value, or all of them as nearly nothing.
    pub(super) fn clipped(&self, at: usize) -> (bool, bool) {
        let (stored, full): ([u32; 3], u32) = match &self.samples {
            Samples::Eight(stored) => ([0, 1, 2].map(|channel| stored[3 * at + channel].into()), 0xFF),
            Samples::Sixteen(stored) => ([0, 1, 2].map(|channel| stored[3 * at + channel].into()), 0xFFFF),
        };
        let bright = stored.iter().any(|value| *value >= full - full / 128);
        let dark = stored.iter().all(|value| *value <= full / 128);
        (bright, dark)
    }
}
