//! Is the fit to be trusted? Studies left out in turn, simulated data refitted, and the forecasts the draws imply.

mod course;
mod left_out;
mod simulated;

pub use course::{CourseForecast, course_forecast};
pub use left_out::{HeldOut, LeaveOneOut, leave_one_study_out, predict_held_out};
pub use simulated::{Calibration, Uniformity, simulation_based_calibration};

use std::collections::BTreeMap;

use crate::{
    model::{PRIORS, PatientTraits, Population, Reading, StudyEffects, TrialOutcome, patient_effect},
    sampling::Samples,
    variates::Variates,
};

/// How far a validation is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Fits done.
    pub done: u32,
    /// Fits to do.
    pub of: u32,
    /// What the next fit is about.
    pub about: String,
}

/// Told how far a validation is.
pub type OnStep<'a> = dyn Fn(Step) + 'a;

/// Population parameters of one draw, by name; those no outcome speaks of are drawn from their priors.
#[derive(Debug, Clone)]
struct Draw {
    values: BTreeMap<&'static str, f64>,
}

impl Draw {
    fn from_sample(samples: &Samples, draw: &[f64], variates: &mut Variates) -> Self {
        let value = |name: &str| samples.names.iter().position(|known| known == name).map(|index| draw[index]);
        let values = PRIORS
            .iter()
            .map(|prior| (prior.name, value(prior.name).unwrap_or_else(|| variates.drawn_from(prior.shape))))
            .collect();
        Self { values }
    }

    fn from_priors(variates: &mut Variates) -> Self {
        Self { values: PRIORS.iter().map(|prior| (prior.name, variates.drawn_from(prior.shape))).collect() }
    }

    fn get(&self, name: &str) -> f64 {
        self.values.get(name).copied().unwrap_or(f64::NAN)
    }

    /// The population behind an outcome of a study with standardised effect `z`.
    fn population(&self, outcome: &TrialOutcome, z: f64) -> Population {
        let [ice, roll] = outcome.scars.covariates();
        let shift = ice * self.get("beta_ice") + roll * self.get("beta_roll");
        self.population_at(self.get("tau") * z + shift)
    }

    fn population_at(&self, shift: f64) -> Population {
        Population {
            logit_ceiling: self.get("mu_A") + shift,
            log_gain: self.get("mu_g"),
            rate_per_week: self.get("mu_k").exp(),
            rho: self.get("rho"),
            omega_ceiling: self.get("omega_A"),
            omega_gain: self.get("omega_g"),
        }
    }
}

fn study_effect(study_effects: StudyEffects, variates: &mut Variates) -> f64 {
    match study_effects {
        StudyEffects::Normal => variates.normal(),
        StudyEffects::StudentT4 => variates.normal() / (variates.chi_squared(4.0) / 4.0).sqrt(),
    }
}

/// An arm whose patients are judged one by one.
struct JudgedArm<'a> {
    population: &'a Population,
    reading: &'a Reading,
    optimism: f64,
    sigma_pct: f64,
}

impl JudgedArm<'_> {
    /// Patients per category at the first assessment; the expression rate is shared, as in the fit.
    fn counts(&self, cuts: &[f64], patients: u32, variates: &mut Variates) -> Vec<f64> {
        let mut counts = vec![0.0; cuts.len() + 1];
        for _ in 0..patients {
            let logit = self.population.logit_ceiling + self.population.omega_ceiling * variates.normal();
            let traits = PatientTraits {
                ceiling: 1.0 / (1.0 + (-logit).exp()),
                gain: (self.population.log_gain + self.population.omega_gain * variates.normal()).exp(),
                rate_per_week: self.population.rate_per_week,
            };
            let effect = patient_effect(traits, self.population.rho, self.reading)[0];
            let judged = effect + self.optimism + self.sigma_pct * variates.normal();
            counts[cuts.iter().filter(|cut| judged > **cut).count()] += 1.0;
        }
        counts
    }
}
