//! Each study left out in turn and predicted from the others.

use std::sync::atomic::AtomicBool;

use serde::Serialize;

use super::{Draw, JudgedArm, OnStep, Step, study_effect};
use crate::{
    diagnostics::quantile,
    fit::Settings,
    model::{Density, Numbers, Rating, TrialOutcome, arm_mean},
    sampling::{Samples, SamplingError, sample},
    variates::Variates,
};

/// Stream of the generator kept for predictions; chains use the streams from 0.
const HELD_OUT_STREAM: u64 = 2_000_000;

/// Predictions of every study from the others.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LeaveOneOut {
    /// One row per assessment.
    pub rows: Vec<HeldOut>,
    /// Studies all of whose assessments fell inside their 90 % interval.
    pub studies_inside: usize,
    /// Studies.
    pub studies: usize,
    /// Assessments inside their 90 % interval.
    pub assessments_inside: usize,
}

/// One assessment of a study that was left out.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HeldOut {
    /// Study.
    pub study: String,
    /// Outcome.
    pub id: String,
    /// Assessment, from 0.
    pub assessment: usize,
    /// What was observed: a fraction, or points for a score change.
    pub observed: f64,
    /// Predictive median.
    pub median: f64,
    /// 90 % predictive interval.
    pub interval_90: [f64; 2],
    /// Share of predictions below what was observed.
    pub pit: f64,
}

impl HeldOut {
    fn is_inside(&self) -> bool {
        self.interval_90[0] <= self.observed && self.observed <= self.interval_90[1]
    }
}

/// Leave each study out, fit the others, and predict it.
///
/// # Errors
/// As [`sample`].
pub fn leave_one_study_out(
    outcomes: &[TrialOutcome],
    settings: &Settings,
    on_step: &OnStep<'_>,
    cancelled: &AtomicBool,
) -> Result<LeaveOneOut, SamplingError> {
    let mut studies: Vec<&str> = Vec::new();
    for outcome in outcomes {
        if !studies.contains(&outcome.study.as_str()) {
            studies.push(&outcome.study);
        }
    }
    let mut rows: Vec<HeldOut> = Vec::new();
    for (index, study) in studies.iter().enumerate() {
        on_step(Step { done: index as u32, of: studies.len() as u32, about: (*study).to_owned() });
        let (held_out, others): (Vec<_>, Vec<_>) = outcomes.iter().cloned().partition(|outcome| outcome.study == *study);
        let density = Density::new(&others, settings.study_effects)?;
        let samples = sample(&density, &settings.sampler, &|_| {}, cancelled)?;
        rows.extend(predict(&held_out, &samples, settings, index as u64));
    }
    let inside = |study: &str| rows.iter().filter(|row| row.study == study).all(HeldOut::is_inside);
    Ok(LeaveOneOut {
        studies_inside: studies.iter().filter(|study| inside(study)).count(),
        studies: studies.len(),
        assessments_inside: rows.iter().filter(|row| row.is_inside()).count(),
        rows,
    })
}

/// Fit `outcomes` and predict outcomes that were kept aside; an outcome of a fitted study shares that study's effect.
///
/// # Errors
/// As [`sample`].
pub fn predict_held_out(
    outcomes: &[TrialOutcome],
    held_out: &[TrialOutcome],
    settings: &Settings,
    cancelled: &AtomicBool,
) -> Result<Vec<HeldOut>, SamplingError> {
    let density = Density::new(outcomes, settings.study_effects)?;
    let samples = sample(&density, &settings.sampler, &|_| {}, cancelled)?;
    Ok(predict(held_out, &samples, settings, u64::MAX / 2))
}

fn predict(held_out: &[TrialOutcome], samples: &Samples, settings: &Settings, stream: u64) -> Vec<HeldOut> {
    let mut variates = Variates::new(settings.sampler.seed, HELD_OUT_STREAM.wrapping_add(stream));
    let mut simulated: Vec<Vec<Vec<f64>>> = held_out.iter().map(|o| vec![Vec::new(); o.numbers.times()]).collect();
    for values in samples.draws() {
        let draw = Draw::from_sample(samples, values, &mut variates);
        let new_study = study_effect(settings.study_effects, &mut variates);
        for (outcome, predictions) in held_out.iter().zip(&mut simulated) {
            let z = fitted_effect(samples, values, &outcome.study).unwrap_or(new_study);
            for (prediction, value) in predictions.iter_mut().zip(predicted(outcome, &draw, z, &mut variates)) {
                prediction.push(value);
            }
        }
    }
    let mut rows = Vec::new();
    for (outcome, predictions) in held_out.iter().zip(&simulated) {
        for (assessment, (prediction, observed)) in predictions.iter().zip(observed(&outcome.numbers)).enumerate() {
            rows.push(HeldOut {
                study: outcome.study.clone(),
                id: outcome.id.clone(),
                assessment,
                observed,
                median: quantile(prediction, 0.5),
                interval_90: [quantile(prediction, 0.05), quantile(prediction, 0.95)],
                pit: prediction.iter().filter(|value| **value < observed).count() as f64 / prediction.len() as f64,
            });
        }
    }
    rows
}

/// The effect of a study that was fitted.
fn fitted_effect(samples: &Samples, draw: &[f64], study: &str) -> Option<f64> {
    samples.names.iter().position(|name| *name == format!("z[{study}]")).map(|index| draw[index])
}

/// One simulated set of assessments of an outcome of a new study.
fn predicted(outcome: &TrialOutcome, draw: &Draw, z: f64, variates: &mut Variates) -> Vec<f64> {
    let reading = variates.reading(outcome);
    let population = draw.population(outcome, z);
    let moments = arm_mean(&population, reading);
    let optimism = if outcome.rating == Rating::Open { draw.get("b_open") } else { 0.0 };
    let sigma_pct = draw.get("sigma_pct");
    let noise = |t: usize, variates: &mut Variates| {
        ((moments.variance[t] + sigma_pct * sigma_pct) / outcome.n).sqrt() * variates.normal()
    };
    let baseline = match outcome.numbers {
        Numbers::ScoreChange { log_baseline_mean, log_baseline_sd, .. } => {
            (log_baseline_mean + log_baseline_sd * variates.normal()).exp()
        }
        _ => 1.0,
    };
    (0..moments.mean.len())
        .map(|t| {
            let mean = moments.mean[t] + optimism;
            match &outcome.numbers {
                Numbers::ScoreRatio { se, .. } => mean + se[t] * variates.normal(),
                Numbers::ScoreChange { se, .. } => baseline * mean + se[t] * variates.normal(),
                Numbers::PercentMean { .. } => mean + noise(t, variates),
                Numbers::Categories { cuts, counts } => {
                    let arm = JudgedArm { population: &population, reading, optimism, sigma_pct };
                    midpoint_mean(cuts, &arm.counts(cuts, counts.iter().sum::<f64>() as u32, variates))
                }
                Numbers::GradeMean { se, .. } => {
                    let error = match se {
                        Some(se) => se * variates.normal(),
                        None => noise(t, variates),
                    };
                    draw.get("lambda_G") * mean + error
                }
            }
        })
        .collect()
}

/// What was observed; for categories, the mean of their midpoints.
fn observed(numbers: &Numbers) -> Vec<f64> {
    match numbers {
        Numbers::ScoreRatio { improvement, .. } | Numbers::PercentMean { improvement } => improvement.clone(),
        Numbers::ScoreChange { change, .. } => change.clone(),
        Numbers::GradeMean { improvement, .. } => vec![*improvement],
        Numbers::Categories { cuts, counts } => vec![midpoint_mean(cuts, counts)],
    }
}

/// Mean of the midpoints of categories.
fn midpoint_mean(cuts: &[f64], counts: &[f64]) -> f64 {
    let edge = |index: usize| if index == 0 { 0.0 } else { cuts.get(index - 1).copied().unwrap_or(1.0) };
    let total: f64 = counts.iter().sum();
    counts.iter().enumerate().map(|(c, count)| count * f64::midpoint(edge(c), edge(c + 1))).sum::<f64>() / total
}
