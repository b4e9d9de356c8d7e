use serde::Serialize;

use crate::Error;
use crate::surface::HeightMap;

/// Height parameters (ISO 25178-2, 4.1): moments and extremes of the heights about their mean. Sums of rows, then their sum, in 64 bits.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Height {
    /// Measured points.
    pub measured: usize,
    /// Missing points.
    pub missing: usize,
    /// Arithmetic mean height.
    pub sa_um: f64,
    /// Root mean square height.
    pub sq_um: f64,
    /// Skewness; nothing of a flat surface.
    pub ssk: Option<f64>,
    /// Kurtosis; nothing of a flat surface.
    pub sku: Option<f64>,
    /// Highest peak.
    pub sp_um: f64,
    /// Deepest pit.
    pub sv_um: f64,
    /// Sp and Sv together.
    pub sz_um: f64,
}

/// Takes the mean off, so that heights count from the mean plane.
pub(in crate::surface) fn level(map: &mut HeightMap) -> Result<(), Error> {
    // Twice: what rounding left of the first mean is the second.
    for _ in 0..2 {
        let (sum, found) = map.lines().map(sum_and_count).fold((0.0, 0), |all, row| (all.0 + row.0, all.1 + row.1));
        if found == 0 {
            return Err(Error::TooFewPoints { what: "a height", needed: 1, found });
        }
        let mean = sum / found as f64;
        map.heights_um_mut().iter_mut().for_each(|height| *height -= mean);
    }
    Ok(())
}

fn sum_and_count(line: &[f64]) -> (f64, usize) {
    // Without a missing point four sums run beside each other.
    let mut sums = [0.0; 4];
    let fours = line.chunks_exact(4);
    let rest: f64 = fours.remainder().iter().sum();
    for four in fours {
        (0..4).for_each(|at| sums[at] += four[at]);
    }
    let sum = sums.iter().sum::<f64>() + rest;
    if !sum.is_nan() {
        return (sum, line.len());
    }
    line.iter().filter(|height| !height.is_nan()).fold((0.0, 0), |(sum, count), height| (sum + height, count + 1))
}

/// Computes them of a map whose mean is zero.
pub(in crate::surface) fn height(map: &HeightMap) -> Height {
    let mut whole = Sums::default();
    map.lines().for_each(|line| whole.add(&Sums::of(line)));
    let mean = |sum: f64| sum / whole.count as f64;
    let sq_um = mean(whole.square).sqrt();
    let shape = |moment: f64, power: i32| (sq_um > 0.0).then(|| mean(moment) / sq_um.powi(power));
    Height {
        measured: whole.count,
        missing: map.heights_um().len() - whole.count,
        sa_um: mean(whole.absolute),
        sq_um,
        ssk: shape(whole.cube, 3),
        sku: shape(whole.fourth, 4),
        sp_um: whole.highest,
        sv_um: -whole.lowest,
        sz_um: whole.highest - whole.lowest,
    }
}

/// Sums over a row, then over rows.
struct Sums {
    count: usize,
    absolute: f64,
    square: f64,
    cube: f64,
    fourth: f64,
    highest: f64,
    lowest: f64,
}

impl Default for Sums {
    fn default() -> Self {
        let (highest, lowest) = (f64::NEG_INFINITY, f64::INFINITY);
        Self { count: 0, absolute: 0.0, square: 0.0, cube: 0.0, fourth: 0.0, highest, lowest }
    }
}

impl Sums {
    fn of(line: &[f64]) -> Self {
        let mut sums = Self::default();
        for height in line.iter().filter(|height| !height.is_nan()) {
            let square = height * height;
            sums.count += 1;
            sums.absolute += height.abs();
            sums.square += square;
            sums.cube += square * height;
            sums.fourth += square * square;
            sums.highest = sums.highest.max(*height);
            sums.lowest = sums.lowest.min(*height);
        }
        sums
    }

    fn add(&mut self, row: &Self) {
        self.count += row.count;
        self.absolute += row.absolute;
        self.square += row.square;
        self.cube += row.cube;
        self.fourth += row.fourth;
        self.highest = self.highest.max(row.highest);
        self.lowest = self.lowest.min(row.lowest);
    }
}
