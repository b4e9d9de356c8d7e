//! Robust Gaussian regression, ISO 16610-71, of order 0: the Gaussian filter iterated, each point weighted by
//! `(1 - (r / c)^2)^2` with r its height above the smooth surface and `c = 4.4478 x median |r|`; points beyond c do not count.

use super::gaussian;
use crate::Error;
use crate::surface::HeightMap;
use crate::surface::form::median_absolute;
use crate::units::Micrometres;

/// Factor of the standard: three standard deviations of a normal distribution.
const CUT_AT_MEDIANS: f64 = 4.4478;
/// Rounds; it ends earlier when the cut does not move.
const ROUNDS_MAX: usize = 30;
/// Share by which the cut may still move at the end.
const MOVES_MAX: f64 = 1e-4;

/// Weights of all points after the last round; missing points have none.
pub(super) fn weights(map: &mut HeightMap, nesting: Micrometres) -> Result<Vec<f64>, Error> {
    let mut weights: Vec<f64> = map.heights_um().iter().map(|height| if height.is_nan() { 0.0 } else { 1.0 }).collect();
    let mut cut = 0.0;
    for _ in 0..ROUNDS_MAX {
        let mut residuals = Vec::with_capacity(weights.len());
        gaussian::smooth(map, nesting, Some(&weights), &mut |heights, smooth| {
            residuals.extend(heights.iter().zip(smooth).map(|(height, smooth)| height - smooth));
        });
        let next = CUT_AT_MEDIANS * median_absolute(&residuals);
        if next <= 0.0 {
            return Err(Error::NoSpread { what: "a robust filter" });
        }
        let is_done = (next - cut).abs() <= MOVES_MAX * next;
        cut = next;
        for (weight, residual) in weights.iter_mut().zip(&residuals) {
            let share = residual / cut;
            *weight = if share.abs() < 1.0 { (1.0 - share * share).powi(2) } else { 0.0 };
        }
        if is_done {
            break;
        }
    }
    Ok(weights)
}
