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
    let found = map.measured();
    if found == 0 {
        return Err(Error::TooFewPoints { what: "a height", needed: 1, found });
    }
    // Twice: what rounding left of the first mean is the second.
    for _ in 0..2 {
        let mean = sum(map, |height| height) / found as f64;
        map.heights_um_mut().iter_mut().for_each(|height| *height -= mean);
    }
    Ok(())
}

/// Computes them of a map whose mean is zero.
pub(in crate::surface) fn height(map: &HeightMap) -> Height {
    let measured = map.measured();
    let mean = |of: fn(f64) -> f64| sum(map, of) / measured as f64;
    let sq_um = mean(|height| height * height).sqrt();
    let shape = |moment: f64, power: i32| (sq_um > 0.0).then(|| moment / sq_um.powi(power));
    let (lowest, highest) = map
        .heights_um()
        .iter()
        .filter(|height| !height.is_nan())
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), height| (low.min(*height), high.max(*height)));
    Height {
        measured,
        missing: map.heights_um().len() - measured,
        sa_um: mean(f64::abs),
        sq_um,
        ssk: shape(mean(|height| height * height * height), 3),
        sku: shape(mean(|height| (height * height) * (height * height)), 4),
        sp_um: highest,
        sv_um: -lowest,
        sz_um: highest - lowest,
    }
}

fn sum(map: &HeightMap, of: impl Fn(f64) -> f64) -> f64 {
    map.lines().map(|line| line.iter().filter(|height| !height.is_nan()).map(|height| of(*height)).sum::<f64>()).sum()
}
