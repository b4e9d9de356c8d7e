//! One line of a table of agreement.

use resurface_measure::surface::parameters::Parameters;

/// What was found, and what it should be.
pub(crate) struct Agreement {
    pub(crate) surface: String,
    pub(crate) symbol: &'static str,
    pub(crate) found: Option<f64>,
    pub(crate) expected: f64,
    /// Largest error that is allowed, relative to what is expected (absolute where that is 0).
    pub(crate) tolerance: f64,
    /// Where the expected value is from.
    pub(crate) source: &'static str,
}

impl Agreement {
    /// The error, relative where something other than 0 is expected.
    pub(crate) fn error(&self) -> f64 {
        let scale = if self.expected == 0.0 { 1.0 } else { self.expected.abs() };
        self.found.map_or(f64::INFINITY, |found| (found - self.expected).abs() / scale)
    }

    /// Whether it is allowed.
    pub(crate) fn holds(&self) -> bool {
        self.error() <= self.tolerance
    }
}

/// The value of a parameter by its symbol.
pub(crate) fn value(parameters: &Parameters, symbol: &str) -> Option<f64> {
    parameters.table().into_iter().find(|row| row.symbol == symbol).and_then(|row| row.value)
}
