use serde::Serialize;

use crate::Error;
use crate::limits::{HEIGHT_UM_MAX, SPACING_UM_MAX, SPACING_UM_MIN};
use crate::units::Micrometres;

/// How far apart the points of a map are.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Spacing {
    /// From one column to the next.
    #[serde(rename = "x_um")]
    pub x: Micrometres,
    /// From one row to the next.
    #[serde(rename = "y_um")]
    pub y: Micrometres,
}

impl Spacing {
    /// The same in both directions.
    #[must_use]
    pub const fn square(both: Micrometres) -> Self {
        Self { x: both, y: both }
    }

    /// Area that one point stands for, in square micrometres.
    #[must_use]
    pub const fn cell_um2(self) -> f64 {
        self.x.0 * self.y.0
    }
}

/// Heights on a regular grid, row after row; points that were not measured are missing and stay missing.
#[derive(Clone, Debug, PartialEq)]
pub struct HeightMap {
    columns: usize,
    rows: usize,
    spacing: Spacing,
    /// A missing point is no number; nothing else is.
    heights_um: Vec<f64>,
}

impl HeightMap {
    /// A map of `columns` columns; what is no finite number is missing.
    ///
    /// # Errors
    /// A spacing of less than an atom or more than 10 m, heights that fill no rows, a height beyond 10 m.
    pub fn new(columns: usize, spacing: Spacing, mut heights_um: Vec<f64>) -> Result<Self, Error> {
        for spacing_um in [spacing.x.0, spacing.y.0] {
            if !(SPACING_UM_MIN..=SPACING_UM_MAX).contains(&spacing_um) {
                return Err(Error::SpacingImpossible { spacing_um });
            }
        }
        if heights_um.is_empty() || !heights_um.len().is_multiple_of(columns) {
            return Err(Error::NotAGrid { reason: "the points fill no rows" });
        }
        for height in &mut heights_um {
            if !height.is_finite() {
                *height = f64::NAN;
            } else if height.abs() > HEIGHT_UM_MAX {
                return Err(Error::HeightImpossible { height_um: *height });
            }
        }
        let rows = heights_um.len() / columns;
        Ok(Self { columns, rows, spacing, heights_um })
    }

    /// Points along a row.
    #[must_use]
    pub const fn columns(&self) -> usize {
        self.columns
    }

    /// Points along a column.
    #[must_use]
    pub const fn rows(&self) -> usize {
        self.rows
    }

    /// How far apart the points are.
    #[must_use]
    pub const fn spacing(&self) -> Spacing {
        self.spacing
    }

    /// Every height in micrometres, row after row; a missing point is no number.
    #[must_use]
    pub fn heights_um(&self) -> &[f64] {
        &self.heights_um
    }

    /// The height at a place, where it was measured.
    #[must_use]
    pub fn height(&self, column: usize, row: usize) -> Option<Micrometres> {
        let inside = column < self.columns && row < self.rows;
        let height = inside.then(|| self.heights_um[row * self.columns + column])?;
        (!height.is_nan()).then_some(Micrometres(height))
    }

    /// How many points were measured.
    #[must_use]
    pub fn measured(&self) -> usize {
        self.heights_um.iter().filter(|height| !height.is_nan()).count()
    }

    /// The shorter side in micrometres, counted from the first point to the last.
    #[must_use]
    pub fn side_um(&self) -> f64 {
        let along = |points: usize, spacing: Micrometres| (points.saturating_sub(1)) as f64 * spacing.0;
        along(self.columns, self.spacing.x).min(along(self.rows, self.spacing.y))
    }

    /// Rows of heights in micrometres.
    pub(crate) fn lines(&self) -> impl Iterator<Item = &[f64]> {
        self.heights_um.chunks_exact(self.columns)
    }

    /// Heights that something may be taken from; what is missing has to stay missing.
    pub(crate) fn heights_um_mut(&mut self) -> &mut [f64] {
        &mut self.heights_um
    }
}
