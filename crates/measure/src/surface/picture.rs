//! A height map as pixels, in a scale of colours that is even to the eye and to the colour-blind.

use super::HeightMap;

/// Cividis, 17 of its 256 colours, linear between them (Nunez, Anderton and Renslow 2018, PLoS ONE 13:e0199239).
const CIVIDIS: [[u8; 3]; 17] = [
    [0, 34, 78],
    [0, 46, 106],
    [26, 56, 111],
    [50, 67, 109],
    [67, 78, 108],
    [83, 90, 109],
    [97, 101, 111],
    [111, 112, 115],
    [124, 124, 120],
    [139, 135, 120],
    [154, 147, 118],
    [170, 160, 115],
    [187, 173, 109],
    [204, 186, 100],
    [221, 200, 88],
    [239, 215, 72],
    [254, 232, 56],
];
/// What is missing: a tone that is not in the scale.
const MISSING: [u8; 3] = [255, 255, 255];
/// Share of the points beyond each end of the scale, so that one extreme point does not take the contrast of all others.
const BEYOND: f64 = 0.001;

/// A picture of a map: three bytes to a pixel, row after row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Pixels of a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// Red, green and blue of every pixel.
    pub rgb: Vec<u8>,
}

/// Heights at the two ends of the scale, in micrometres.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// Darkest.
    pub lowest_um: f64,
    /// Brightest.
    pub highest_um: f64,
}

impl Scale {
    /// From the height below which one point in a thousand lies to that above which one does.
    #[must_use]
    pub fn of(map: &HeightMap) -> Self {
        let mut heights: Vec<f64> = map.heights_um().iter().filter(|height| !height.is_nan()).copied().collect();
        if heights.is_empty() {
            return Self { lowest_um: 0.0, highest_um: 0.0 };
        }
        let beyond = (BEYOND * heights.len() as f64) as usize;
        let last = heights.len() - 1;
        let lowest_um = *heights.select_nth_unstable_by(beyond, f64::total_cmp).1;
        let highest_um = *heights.select_nth_unstable_by(last - beyond, f64::total_cmp).1;
        Self { lowest_um, highest_um }
    }

    /// The colour of a height; what is beyond an end has the colour of the end.
    #[must_use]
    pub fn colour(&self, height_um: f64) -> [u8; 3] {
        if height_um.is_nan() {
            return MISSING;
        }
        let range = self.highest_um - self.lowest_um;
        let share = if range > 0.0 { ((height_um - self.lowest_um) / range).clamp(0.0, 1.0) } else { 0.5 };
        let place = share * (CIVIDIS.len() - 1) as f64;
        let below = (place as usize).min(CIVIDIS.len() - 2);
        let part = place - below as f64;
        let mix = |at: usize| f64::from(CIVIDIS[below][at]) * (1.0 - part) + f64::from(CIVIDIS[below + 1][at]) * part;
        [0, 1, 2].map(|at| mix(at).round() as u8)
    }
}

/// Draws a map with square pixels, at most `side_max` of them along a side; each is the mean of the measured points under it.
#[must_use]
pub fn picture(map: &HeightMap, scale: &Scale, side_max: u32) -> Picture {
    let (across_um, along_um) = (map.columns() as f64 * map.spacing().x.0, map.rows() as f64 * map.spacing().y.0);
    // Never finer than the points in the coarser direction.
    let pixel_um = (across_um.max(along_um) / f64::from(side_max)).max(map.spacing().x.0.max(map.spacing().y.0));
    let pixels = |length_um: f64| ((length_um / pixel_um).round() as u32).clamp(1, side_max);
    let (width, height) = (pixels(across_um), pixels(along_um));
    let place = |at: usize, points: usize, pixels: u32| (at * pixels as usize / points).min(pixels as usize - 1);
    let mut sums = vec![(0.0, 0_u32); width as usize * height as usize];
    for (row, line) in map.lines().enumerate() {
        let begins = place(row, map.rows(), height) * width as usize;
        for (column, value) in line.iter().enumerate().filter(|(_, value)| !value.is_nan()) {
            let (sum, count) = &mut sums[begins + place(column, map.columns(), width)];
            *sum += value;
            *count += 1;
        }
    }
    let mean = |(sum, count): (f64, u32)| if count == 0 { f64::NAN } else { sum / f64::from(count) };
    Picture { width, height, rgb: sums.into_iter().flat_map(|cell| scale.colour(mean(cell))).collect() }
}
