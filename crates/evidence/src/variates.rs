//! Random variates by inversion, from the one seeded generator of this room.

use nuts_rs::rand::{RngExt, rngs::ChaCha8Rng};
use statrs::distribution::{Beta, ChiSquared, ContinuousCDF, Normal};

use crate::{
    model::{PriorShape, Reading, TrialOutcome},
    sampling::generator,
};

/// A stream of variates.
pub(crate) struct Variates {
    rng: ChaCha8Rng,
}

impl Variates {
    pub(crate) fn new(seed: u64, stream: u64) -> Self {
        Self { rng: generator(seed, stream) }
    }

    pub(crate) fn uniform(&mut self) -> f64 {
        self.rng.random_range(f64::EPSILON..1.0)
    }

    pub(crate) fn normal(&mut self) -> f64 {
        let uniform = self.uniform();
        normal_quantile(uniform)
    }

    pub(crate) fn chi_squared(&mut self, df: f64) -> f64 {
        let uniform = self.uniform();
        ChiSquared::new(df).map_or(df, |distribution| distribution.inverse_cdf(uniform))
    }

    pub(crate) fn drawn_from(&mut self, shape: PriorShape) -> f64 {
        let uniform = self.uniform();
        match shape {
            PriorShape::Normal { mean, sd } => mean + sd * normal_quantile(uniform),
            PriorShape::PositiveNormal { mean, sd } => {
                let below = 0.5 * libm::erfc(mean / sd / std::f64::consts::SQRT_2);
                (mean + sd * normal_quantile(below + uniform * (1.0 - below))).max(0.0)
            }
            PriorShape::HalfNormal { scale } => scale * normal_quantile(0.5 + uniform / 2.0),
            PriorShape::LogNormal { log_mean, log_sd } => (log_mean + log_sd * normal_quantile(uniform)).exp(),
            PriorShape::Beta { alpha, beta } => {
                Beta::new(alpha, beta).map_or(shape.mean(), |distribution| distribution.inverse_cdf(uniform))
            }
        }
    }

    /// One of the readings of an outcome, by its weight.
    pub(crate) fn reading<'a>(&mut self, outcome: &'a TrialOutcome) -> &'a Reading {
        let total: f64 = outcome.readings.iter().map(|reading| reading.weight).sum();
        let mut left = self.uniform() * total;
        for reading in &outcome.readings {
            left -= reading.weight;
            if left <= 0.0 {
                return reading;
            }
        }
        &outcome.readings[outcome.readings.len() - 1]
    }
}

fn normal_quantile(probability: f64) -> f64 {
    Normal::new(0.0, 1.0).map_or(0.0, |normal| normal.inverse_cdf(probability))
}
