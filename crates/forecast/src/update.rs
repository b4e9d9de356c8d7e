//! The update for one patient: importance sampling over the population's draws.
//!
//! `g` and `k` are barely moved by one patient's outcomes, so they come from a proposal fitted once and adapted to each
//! draw in closed form. Given them, the outcomes nearly fix the ceiling `A` and the baselines `S0`, and those come from
//! their own small fit at every point. Draws are chosen in proportion to how well they explain the outcomes.

use crate::dose::Covariates;
use crate::error::ForecastError;
use crate::patient::{Patient, SCALES_LIMIT};
use crate::points::{BasePoints, LEVELS};
use crate::population::Population;
use crate::posterior::{Particles, Posterior};
use crate::proposals::Proposals;
use crate::record::{Clinic, Record};
use crate::reliability::{Diagnostic, Trust};
use crate::sampling::sample;
use crate::tempering;

/// How hard to try.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Effort {
    /// 4096 points, more only when the diagnostic asks for them.
    #[default]
    Visit,
    /// 4096 points and no more, as long as the diagnostic is sound: for a what-if beside an answer.
    WhatIf,
    /// 65536 points from the start: for checking, not for a consultation.
    Check,
}

/// Effective points below which more points are tried although the answer would be sound: an error of 1.6 % on a chance.
const EFFECTIVE_POINTS_WANTED: f64 = 1000.0;

/// Learns from one patient's outcomes.
///
/// Tries 4096, 16384 and 65536 points until enough of them count and the diagnostic is sound, then the slower tempering. The same arguments give
/// the same answer, bit for bit.
///
/// # Errors
/// The first fault found in the patient's record, or [`ForecastError::NoExplanationFound`].
pub fn update(
    population: &Population,
    patient: &Patient,
    clinic: Clinic,
    points: &BasePoints,
    effort: Effort,
) -> Result<Posterior, ForecastError> {
    let record = Record::new(population, patient, clinic)?;
    let proposals = Proposals::new(&record);
    let first = match effort {
        Effort::Visit | Effort::WhatIf => 0,
        Effort::Check => LEVELS.len() - 1,
    };
    let mut best: Option<(Particles, Diagnostic)> = None;
    for level in first..LEVELS.len() {
        let particles = sample(&record, &proposals, points.level(level));
        let Some(diagnostic) = particles.diagnostic() else {
            continue;
        };
        let enough =
            effort == Effort::WhatIf || diagnostic.effective_points >= EFFECTIVE_POINTS_WANTED || level + 1 == LEVELS.len();
        if enough && diagnostic.trust == Trust::Sound {
            return Ok(Posterior::new(population, patient, record, particles, diagnostic));
        }
        best = Some((particles, diagnostic));
    }
    if let Some((particles, effective)) = tempering::sample(&record, points.seed()) {
        let diagnostic = Diagnostic::of_tempering(particles.weights.len(), effective);
        if diagnostic.trust == Trust::Sound || best.is_none() {
            best = Some((particles, diagnostic));
        }
    }
    let (particles, diagnostic) = best.ok_or(ForecastError::NoExplanationFound)?;
    Ok(Posterior::new(population, patient, record, particles, diagnostic))
}

/// The typical patient of a typical clinic: uncertain only because the population is not known exactly.
///
/// Together with [`update`] on a patient without outcomes, in a typical and in a new clinic, this gives the three intervals
/// that must not be confused: typical patient, new patient in a typical clinic, new patient in a new clinic.
///
/// # Errors
/// [`ForecastError::OutOfRange`] for impossible covariates.
pub fn typical_patient(population: &Population, covariates: Option<Covariates>) -> Result<Posterior, ForecastError> {
    let patient = Patient { covariates, ..Patient::default() };
    let record = Record::new(population, &patient, Clinic::Typical)?;
    let mut particles = Particles::zeros(record.priors.len(), 0);
    for (m, prior) in record.priors.iter().enumerate() {
        particles.set(m, m, prior.mean, &[0.0; SCALES_LIMIT], 0.0);
    }
    particles.normalise();
    let diagnostic = Diagnostic::of_draws(record.priors.len());
    Ok(Posterior::new(population, &patient, record, particles, diagnostic))
}

/// Keeps `k` from meeting `k_out` exactly, where the closed form divides by their difference.
#[inline(always)]
pub(crate) fn away_from_loss(rate: f64, loss: f64) -> f64 {
    if (rate - loss).abs() < 1e-7 { loss + 1e-7 } else { rate }
}
