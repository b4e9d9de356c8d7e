//! How much one session delivered, and what is known about the scars beforehand.
//!
//! Sizes of all effects in this file are priors only: direction is reported, size is not. They are flagged as
//! assumptions by [`Population::mostly_assumption`](crate::Population::mostly_assumption).

use crate::elementary::{exp, ln};
use crate::error::ForecastError;
use crate::patient::within;
use crate::population::Draw;

/// Needle depth at which the depth factor is 1, micrometres (model definition).
pub const REFERENCE_DEPTH_UM: f64 = 1500.0;
/// Passes at which the passes factor is 1. Expert setting: the middle of the usual 4 to 6 crossing passes.
pub const REFERENCE_PASSES: f64 = 5.0;
/// The most a session can deliver, in standard sessions (model definition).
pub const DOSE_LIMIT: f64 = 1.5;
/// Share of a standard dose when only redness was reached. Expert setting.
const ERYTHEMA_SHARE: f64 = 0.7;

/// What the skin showed at the end of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Endpoint {
    /// Redness only.
    Erythema,
    /// Even pinpoint bleeding.
    PinpointBleeding,
}

/// One session as recorded.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DeliveredDose {
    /// Treated fraction of the scarred area, 0 to 1.
    pub treated_share: f64,
    /// Endpoint reached.
    pub endpoint: Endpoint,
    /// Needle depth, micrometres.
    pub depth_um: f64,
    /// Number of passes.
    pub passes: f64,
}

/// The dose of a session.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Dose {
    /// In standard sessions, 0 to [`DOSE_LIMIT`].
    Relative(f64),
    /// As recorded; how depth and passes count differs between draws of the population.
    Delivered(DeliveredDose),
}

impl Dose {
    /// A standard session.
    pub const STANDARD: Self = Self::Relative(1.0);

    pub(crate) fn check(&self, field: &str) -> Result<(), ForecastError> {
        match *self {
            Self::Relative(dose) => within(|| field.to_owned(), dose, 0.0, DOSE_LIMIT, "0 to 1.5"),
            Self::Delivered(delivered) => {
                within(|| format!("{field}.treated_share"), delivered.treated_share, 0.0, 1.0, "0 to 1")?;
                within(|| format!("{field}.depth_um"), delivered.depth_um, 50.0, 5000.0, "50 to 5000")?;
                within(|| format!("{field}.passes"), delivered.passes, 1.0, 30.0, "1 to 30")
            }
        }
    }

    /// In standard sessions under one draw of the population.
    pub fn under(&self, draw: &Draw) -> f64 {
        match *self {
            Self::Relative(dose) => dose,
            Self::Delivered(delivered) => {
                let share = match delivered.endpoint {
                    Endpoint::Erythema => ERYTHEMA_SHARE,
                    Endpoint::PinpointBleeding => 1.0,
                };
                let power = draw.depth_exponent * ln(delivered.depth_um / REFERENCE_DEPTH_UM)
                    + draw.passes_exponent * ln(delivered.passes / REFERENCE_PASSES);
                (delivered.treated_share * share * exp(power)).clamp(0.0, DOSE_LIMIT)
            }
        }
    }
}

/// What is known about the scars before treatment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Covariates {
    /// Share of scars that are ice pick, 0 to 1.
    pub ice_pick_share: f64,
    /// Share of scars that are rolling, 0 to 1.
    pub rolling_share: f64,
    /// Share of scars that are boxcar, 0 to 1.
    pub boxcar_share: f64,
    /// Baseline severity in standard deviations from the average trial participant.
    pub severity_z: f64,
}

impl Covariates {
    pub(crate) fn check(&self) -> Result<(), ForecastError> {
        let shares =
            [("ice_pick_share", self.ice_pick_share), ("rolling_share", self.rolling_share), ("boxcar_share", self.boxcar_share)];
        for (name, share) in shares {
            // shares computed as what is left of 1 may round to just below 0
            within(|| format!("covariates.{name}"), share, -1e-9, 1.0, "0 to 1")?;
        }
        let sum = self.ice_pick_share + self.rolling_share + self.boxcar_share;
        within(|| "covariates: sum of shares".to_owned(), sum, 0.0, 1.000_001, "at most 1")?;
        within(|| "covariates.severity_z".to_owned(), self.severity_z, -4.0, 4.0, "-4 to 4")
    }

    /// Shift of `logit A` under one draw of the population. An equal mix of the three types shifts nothing.
    pub fn ceiling_shift(&self, draw: &Draw) -> f64 {
        draw.beta_ice * (self.ice_pick_share - 1.0 / 3.0)
            + draw.beta_roll * (self.rolling_share - 1.0 / 3.0)
            + draw.beta_sev * self.severity_z
    }
}
