//! Why no plan could be made.

use resurface_forecast::ForecastError;

/// Why no plan could be made.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum CareError {
    /// The forecast refused what the consultation says.
    #[error("no forecast can be made from this consultation: {0}")]
    Forecast(#[from] ForecastError),
}
