//! Exact and Jeffreys intervals of a proportion, for adverse events that are few or absent.

use serde::Serialize;
use statrs::distribution::{Beta, ContinuousCDF};

use crate::Error;

/// Events out of patients at risk, with both 95 % intervals as fractions.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Rate {
    /// Patients with the event.
    pub events: u32,
    /// Patients at risk.
    pub n: u32,
    /// Observed fraction.
    pub fraction: f64,
    /// Clopper-Pearson interval: never covers less than 95 %.
    pub exact: [f64; 2],
    /// Jeffreys interval: Beta(events + 1/2, rest + 1/2), close to 95 % on average.
    pub jeffreys: [f64; 2],
}

/// Rate of an event with its intervals.
///
/// # Errors
/// No patients, or more events than patients.
///
/// ```
/// let none_of_sixty = resurface_evidence::exact::rate(0, 60)?;
/// assert!(none_of_sixty.exact[1] > 0.05, "nothing seen in 60 is not nothing");
/// # Ok::<(), resurface_evidence::Error>(())
/// ```
pub fn rate(events: u32, n: u32) -> Result<Rate, Error> {
    if n == 0 || events > n {
        return Err(Error::ImpossibleRate { events, n });
    }
    let (x, rest) = (f64::from(events), f64::from(n - events));
    let lower = if events == 0 { 0.0 } else { quantile(x, rest + 1.0, 0.025, events, n)? };
    let upper = if events == n { 1.0 } else { quantile(x + 1.0, rest, 0.975, events, n)? };
    let jeffreys_lower = if events == 0 { 0.0 } else { quantile(x + 0.5, rest + 0.5, 0.025, events, n)? };
    let jeffreys_upper = if events == n { 1.0 } else { quantile(x + 0.5, rest + 0.5, 0.975, events, n)? };
    Ok(Rate { events, n, fraction: x / f64::from(n), exact: [lower, upper], jeffreys: [jeffreys_lower, jeffreys_upper] })
}

fn quantile(alpha: f64, beta: f64, probability: f64, events: u32, n: u32) -> Result<f64, Error> {
    let distribution = Beta::new(alpha, beta).map_err(|_| Error::ImpossibleRate { events, n })?;
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if distribution.cdf(middle) < probability { low = middle } else { high = middle }
    }
    Ok(f64::midpoint(low, high))
}
