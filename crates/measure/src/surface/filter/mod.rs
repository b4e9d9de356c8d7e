//! S- and L-filters: what is too fine, and what is too coarse (ISO 25178-2, 3.1.4; ISO 16610-61, -62, -71).
//!
//! A nesting index is the wavelength of which half the amplitude passes. The S-filter keeps what is longer than its nesting index, the
//! L-filter what is shorter. Missing points stay missing, and count nowhere: each kernel is divided by what of it lies on measured
//! points, also at the rim.

mod gaussian;
mod robust;
mod spline;

use serde::Serialize;

use super::HeightMap;
use crate::Error;
use crate::units::Micrometres;

/// A filter with its nesting index.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Filter {
    /// How it smooths.
    pub kind: Kind,
    /// Wavelength of which half the amplitude passes.
    #[serde(rename = "nesting_um")]
    pub nesting: Micrometres,
}

/// How a filter smooths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Gaussian, ISO 16610-61.
    Gaussian,
    /// Smoothing spline, ISO 16610-62.
    Spline,
    /// Robust Gaussian regression, ISO 16610-71.
    RobustGaussian,
}

/// Which part of the surface stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// What is longer: an S-filter.
    Longer,
    /// What is shorter: an L-filter.
    Shorter,
}

/// Filters a map.
///
/// # Errors
/// A nesting index shorter than two points or longer than the shorter side; a robust filter of points of which more than half are alike.
pub fn apply(map: &mut HeightMap, filter: Filter, keep: Keep) -> Result<(), Error> {
    let spacing = map.spacing();
    let (nesting_um, coarser) = (filter.nesting.0, spacing.x.0.max(spacing.y.0));
    let side_um = map.side_um();
    if !(nesting_um.is_finite() && nesting_um >= 2.0 * coarser && nesting_um <= side_um) {
        let name = if keep == Keep::Longer { "S-filter" } else { "L-filter" };
        return Err(Error::NestingIndex { name, nesting_um, spacing_um: coarser, side_um });
    }
    match filter.kind {
        Kind::Gaussian => gaussian::smooth(map, filter.nesting, None, &mut |heights, smooth| put(heights, smooth, keep)),
        Kind::Spline => spline::smooth(map, filter.nesting, &mut |heights, smooth| put(heights, smooth, keep)),
        Kind::RobustGaussian => {
            let weights = robust::weights(map, filter.nesting)?;
            gaussian::smooth(map, filter.nesting, Some(&weights), &mut |heights, smooth| put(heights, smooth, keep));
        }
    }
    Ok(())
}

/// What stays of a row; where nothing is known of the smooth surface nothing is known of the rest.
fn put(heights: &mut [f64], smooth: &[f64], keep: Keep) {
    for (height, smooth) in heights.iter_mut().zip(smooth) {
        match keep {
            Keep::Longer if !height.is_nan() => *height = *smooth,
            Keep::Longer => {}
            Keep::Shorter => *height -= smooth,
        }
    }
}

/// Takes a row of heights of the map and the same row of the smooth surface.
type PutRow<'a> = dyn FnMut(&mut [f64], &[f64]) + 'a;
