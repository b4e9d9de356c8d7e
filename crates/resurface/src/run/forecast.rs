//! `resurface forecast`: how much are the scars likely to improve?

use crate::arguments::ForecastArguments;
use crate::ending::{Answer, Failure};
use crate::request::Request;
use crate::run::check;

/// Seed of the points a forecast is computed with, where none is named.
pub(super) const SEED_DEFAULT: u64 = 1;

/// Forecasts, or checks the forecast against known answers.
pub(super) fn forecast(request: &Request, arguments: &ForecastArguments) -> Result<Answer, Failure> {
    let seed = arguments.forecasting.seed.unwrap_or(SEED_DEFAULT);
    let [patients, reference] = arguments.check.as_slice() else { unreachable!() };
    check::check(request, patients, reference, seed)
}
