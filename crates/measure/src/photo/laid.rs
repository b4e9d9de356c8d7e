//! Baseline and follow-up pixel by pixel on the grid of the baseline: the one pass over all pixels.

use super::align::Warp;
use super::colour;
use super::overview::Overview;
use super::photograph::Photograph;
use super::plane::Plane;

/// One picture on the grid of the baseline.
pub(super) struct Laid {
    /// L*, a* and b* of each cell (a pixel of the baseline's overview), as means over its pixels.
    pub(super) lab: Vec<[f32; 3]>,
    /// Linear sRGB of each cell, likewise.
    pub(super) linear: Vec<[f32; 3]>,
    /// L* of each pixel of the window.
    pub(super) lightness: Plane,
}

/// The part of the baseline that is looked at, in cells.
#[derive(Clone, Copy)]
pub(super) struct Window {
    pub(super) left: usize,
    pub(super) top: usize,
    pub(super) columns: usize,
    pub(super) rows: usize,
}

/// The baseline itself within the window.
pub(super) fn baseline(photograph: &Photograph, overview: &Overview, window: Window) -> Laid {
    let matrix = photograph.matrix_f32();
    lay(overview, window, |x, y| {
        let channels = photograph.channels(y * photograph.width + x);
        Some(
            matrix
                .map_or(channels, |matrix| matrix.map(|row| row[0] * channels[0] + row[1] * channels[1] + row[2] * channels[2])),
        )
    })
}

/// The follow-up, resampled once (cubic, Keys 1981) where the warp says; cells that lie outside of it are no number.
pub(super) fn follow_up(
    photograph: &Photograph,
    overview: &Overview,
    of_follow_up: &Overview,
    warp: &Warp,
    gain: [f32; 3],
    window: Window,
) -> Laid {
    let matrix = photograph.matrix_f32();
    let factor = overview.factor as f64;
    // The warp is smooth over many cells: it is asked at the corners of each, and is linear between.
    let corner = |column: usize, row: usize| {
        let (x, y) = warp.apply(column as f64 - 0.5, row as f64 - 0.5);
        let full = |at: f64| (at + 0.5) * of_follow_up.factor as f64 - 0.5;
        (full(x), full(y))
    };
    let across = window.columns + 1;
    let corners: Vec<(f64, f64)> =
        (0..across * (window.rows + 1)).map(|at| corner(window.left + at % across, window.top + at / across)).collect();
    lay(overview, window, |x, y| {
        let (column, row) = (x / overview.factor - window.left, y / overview.factor - window.top);
        let u = ((x % overview.factor) as f64 + 0.5) / factor;
        let v = ((y % overview.factor) as f64 + 0.5) / factor;
        let at = row * across + column;
        let between = |one: (f64, f64), other: (f64, f64), share: f64| {
            (one.0 + share * (other.0 - one.0), one.1 + share * (other.1 - one.1))
        };
        let upper = between(corners[at], corners[at + 1], u);
        let lower = between(corners[at + across], corners[at + across + 1], u);
        let (px, py) = between(upper, lower, v);
        let channels = cubic(photograph, px, py)?;
        let linear = matrix
            .map_or(channels, |matrix| matrix.map(|row| row[0] * channels[0] + row[1] * channels[1] + row[2] * channels[2]));
        Some([linear[0] * gain[0], linear[1] * gain[1], linear[2] * gain[2]])
    })
}

/// Weights of four neighbours at a share of the way between the middle two (Catmull and Rom; a = -1/2 of Keys).
#[inline]
fn weights(t: f32) -> [f32; 4] {
    let (square, cube) = (t * t, t * t * t);
    [
        0.5 * (-cube + 2.0 * square - t),
        0.5 * (3.0 * cube - 5.0 * square + 2.0),
        0.5 * (-3.0 * cube + 4.0 * square + t),
        0.5 * (cube - square),
    ]
}

/// Linear light between pixels; nothing outside.
#[inline]
fn cubic(photograph: &Photograph, x: f64, y: f64) -> Option<[f32; 3]> {
    let (left, top) = (x.floor(), y.floor());
    if left < 1.0 || top < 1.0 || left + 2.0 >= photograph.width as f64 || top + 2.0 >= photograph.height as f64 {
        return None;
    }
    let (across, down) = (weights((x - left) as f32), weights((y - top) as f32));
    let start = (top as usize - 1) * photograph.width + left as usize - 1;
    let mut sum = [0.0_f32; 3];
    for (row, weight) in down.into_iter().enumerate() {
        let line = photograph.four(start + row * photograph.width);
        for channel in 0..3 {
            let value = line[0][channel] * across[0]
                + line[1][channel] * across[1]
                + line[2][channel] * across[2]
                + line[3][channel] * across[3];
            sum[channel] += weight * value;
        }
    }
    Some(sum)
}

fn lay(overview: &Overview, window: Window, pixel: impl Fn(usize, usize) -> Option<[f32; 3]>) -> Laid {
    let factor = overview.factor;
    let cells = overview.width * overview.height;
    let (mut lab, mut linear) = (vec![[f32::NAN; 3]; cells], vec![[f32::NAN; 3]; cells]);
    let (width, height) = (window.columns * factor, window.rows * factor);
    let mut lightness = Plane::new(width, height);
    let share = 1.0 / (factor * factor) as f32;
    for row in 0..window.rows {
        let line = (window.top + row) * overview.width + window.left;
        lab[line..line + window.columns].fill([0.0; 3]);
        linear[line..line + window.columns].fill([0.0; 3]);
        for v in 0..factor {
            let y = row * factor + v;
            for x in 0..width {
                let cell = line + x / factor;
                let found = pixel(window.left * factor + x, window.top * factor + y);
                let rgb = found.unwrap_or([f32::NAN; 3]);
                let colour = colour::lab_f32(rgb);
                // Outside of the picture the plane holds what a filter can pass over.
                lightness.values[y * width + x] = if found.is_some() { colour[0] } else { 0.0 };
                for channel in 0..3 {
                    linear[cell][channel] += share * rgb[channel];
                    lab[cell][channel] += share * if found.is_some() { colour[channel] } else { f32::NAN };
                }
            }
        }
    }
    Laid { lab, linear, lightness }
}
