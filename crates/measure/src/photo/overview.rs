//! A photograph made small: means of square blocks of pixels in linear light. Searching and judging is done on it.

use super::colour;
use super::photograph::Photograph;
use super::plane::Plane;

/// Longest side of it, in pixels: pores of a face are gone, scars and all edges of a face are there.
const SIDE_PX_MAX: usize = 1600;

/// A small photograph.
pub(super) struct Overview {
    /// Pixels of the photograph along the side of one here.
    pub(super) factor: usize,
    pub(super) width: usize,
    pub(super) height: usize,
    /// Linear sRGB.
    pub(super) linear: Vec<[f32; 3]>,
    /// L*, a*, b*.
    pub(super) lab: Vec<[f32; 3]>,
    /// Share of the pixels below that are clipped, bright and dark.
    pub(super) clipped: Vec<[f32; 2]>,
}

impl Overview {
    pub(super) fn of(photograph: &Photograph) -> Self {
        let factor = photograph.width.max(photograph.height).div_ceil(SIDE_PX_MAX).max(1);
        let (width, height) = ((photograph.width / factor).max(1), (photograph.height / factor).max(1));
        let mut linear = vec![[0.0_f32; 3]; width * height];
        let mut clipped = vec![[0.0_f32; 2]; width * height];
        for y in 0..(height * factor).min(photograph.height) {
            let line = y / factor * width;
            for x in 0..(width * factor).min(photograph.width) {
                let (from, to) = (y * photograph.width + x, line + x / factor);
                let channels = photograph.channels(from);
                for (sum, channel) in linear[to].iter_mut().zip(channels) {
                    *sum += channel;
                }
                let (bright, dark) = photograph.clipped(from);
                clipped[to][0] += f32::from(u8::from(bright));
                clipped[to][1] += f32::from(u8::from(dark));
            }
        }
        let share = 1.0 / (factor * factor) as f32;
        clipped.iter_mut().flatten().for_each(|sum| *sum *= share);
        linear.iter_mut().flatten().for_each(|sum| *sum *= share);
        let mut overview = Self { factor, width, height, linear, lab: Vec::new(), clipped };
        if let Some(matrix) = photograph.matrix_f32() {
            overview.correct(&matrix);
        } else {
            overview.colour();
        }
        overview
    }

    /// Adds a correction in linear light.
    pub(super) fn correct(&mut self, matrix: &[[f32; 3]; 3]) {
        for pixel in &mut self.linear {
            *pixel = matrix.map(|row| row[0] * pixel[0] + row[1] * pixel[1] + row[2] * pixel[2]);
        }
        self.colour();
    }

    fn colour(&mut self) {
        self.lab = self.linear.iter().map(|linear| colour::lab_f32(*linear)).collect();
    }

    /// L* of every pixel.
    pub(super) fn lightness(&self) -> Plane {
        self.channel(0)
    }

    /// L*, a* or b* of every pixel.
    pub(super) fn channel(&self, at: usize) -> Plane {
        Plane { width: self.width, height: self.height, values: self.lab.iter().map(|lab| lab[at]).collect() }
    }
}
