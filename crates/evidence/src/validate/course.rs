//! What the draws say about a course: the typical patient, a new clinic, and one new patient.

use serde::Serialize;

use super::{Draw, study_effect};
use crate::{
    diagnostics::quantile,
    model::{OMEGA_K, PatientTraits, Reading, StudyEffects, arm_mean, patient_effect},
    sampling::Samples,
    variates::Variates,
};

/// Improvement after a course, fractions; open-label optimism is not included.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct CourseForecast {
    /// Mean over patients in the average clinic: posterior mean.
    pub typical_mean: f64,
    /// Its 90 % interval.
    pub typical_90: [f64; 2],
    /// 90 % interval of the mean over patients in a new clinic.
    pub new_clinic_90: [f64; 2],
    /// 90 % interval of one new patient in a new clinic.
    pub new_patient_90: [f64; 2],
    /// Chance that one new patient improves by at least half.
    pub half_or_more: f64,
}

/// Forecast a course of `sessions` every `interval_weeks`, assessed `weeks_after` the last.
#[must_use]
pub fn course_forecast(
    samples: &Samples,
    study_effects: StudyEffects,
    [sessions, interval_weeks, weeks_after]: [f64; 3],
    seed: u64,
) -> CourseForecast {
    let session_weeks: Vec<f64> = (0..sessions as u32).map(|j| f64::from(j) * interval_weeks).collect();
    let assessed = session_weeks.last().copied().unwrap_or_default() + weeks_after;
    let reading = Reading { weight: 1.0, session_weeks, assessed_weeks: vec![assessed] };
    let mut variates = Variates::new(seed, 4_000_000);
    let (mut typical, mut clinic, mut patient) = (Vec::new(), Vec::new(), Vec::new());
    for values in samples.draws() {
        let draw = Draw::from_sample(samples, values, &mut variates);
        typical.push(arm_mean(&draw.population_at(0.0), &reading).mean[0]);
        let shift = draw.get("tau") * study_effect(study_effects, &mut variates);
        let population = draw.population_at(shift);
        clinic.push(arm_mean(&population, &reading).mean[0]);
        let logit = population.logit_ceiling + population.omega_ceiling * variates.normal();
        let traits = PatientTraits {
            ceiling: 1.0 / (1.0 + (-logit).exp()),
            gain: (population.log_gain + population.omega_gain * variates.normal()).exp(),
            rate_per_week: population.rate_per_week * (OMEGA_K * variates.normal()).exp(),
        };
        patient.push(patient_effect(traits, population.rho, &reading)[0]);
    }
    let interval = |values: &[f64]| [quantile(values, 0.05), quantile(values, 0.95)];
    CourseForecast {
        typical_mean: typical.iter().sum::<f64>() / typical.len() as f64,
        typical_90: interval(&typical),
        new_clinic_90: interval(&clinic),
        new_patient_90: interval(&patient),
        half_or_more: patient.iter().filter(|effect| **effect >= 0.5).count() as f64 / patient.len() as f64,
    }
}
