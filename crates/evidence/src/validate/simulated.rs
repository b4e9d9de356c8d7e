//! Simulation-based calibration: draw a population from the priors, simulate the trials, refit, and look where the
//! truth ranks among the draws. If the fit is right, ranks are uniform (Talts 2018; Modrak 2023).

use std::{collections::BTreeMap, sync::atomic::AtomicBool};

use serde::Serialize;
use statrs::distribution::{ChiSquared, ContinuousCDF};

use super::{Draw, JudgedArm, OnStep, Step, study_effect};
use crate::{
    fit::Settings,
    model::{Density, Numbers, Rating, TrialOutcome, arm_mean},
    sampling::{Samples, SamplingError, sample},
    variates::Variates,
};

/// Draws kept per refit; a rank is a number from 0 to this.
const KEPT_DRAWS: usize = 99;
const BINS: usize = 10;
const UNIFORM_P_MIN: f64 = 0.001;

/// Ranks of the truth over all replicates.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Calibration {
    /// Simulated data sets.
    pub replicates: u32,
    /// Draws a rank is taken among.
    pub draws_per_rank: usize,
    /// By parameter, with the log posterior as one of them.
    pub parameters: BTreeMap<String, Uniformity>,
}

/// Ranks of one parameter and the tests that they are uniform.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Uniformity {
    /// Ranks.
    pub ranks: Vec<u32>,
    /// Chi-squared p-value over ten bins.
    pub chi_squared_p: f64,
    /// Kolmogorov-Smirnov p-value.
    pub kolmogorov_p: f64,
}

impl Calibration {
    /// Parameters whose ranks are not uniform (either p-value below 0.001).
    #[must_use]
    pub fn failing(&self) -> Vec<&str> {
        self.parameters
            .iter()
            .filter(|(_, test)| test.chi_squared_p < UNIFORM_P_MIN || test.kolmogorov_p < UNIFORM_P_MIN)
            .map(|(name, _)| name.as_str())
            .collect()
    }
}

/// Simulate and refit `replicates` times with the design of `outcomes`.
///
/// Outcomes with repeated assessments keep only the last: their spreads enter the fit as an average over correlated
/// times, which is not a distribution one can simulate from.
///
/// # Errors
/// As [`sample`].
pub fn simulation_based_calibration(
    outcomes: &[TrialOutcome],
    settings: &Settings,
    replicates: u32,
    on_step: &OnStep<'_>,
    cancelled: &AtomicBool,
) -> Result<Calibration, SamplingError> {
    let design: Vec<TrialOutcome> = outcomes.iter().map(last_assessment).collect();
    let mut ranks: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for replicate in 0..replicates {
        on_step(Step { done: replicate, of: replicates, about: format!("simulated data set {}", replicate + 1) });
        let mut variates = Variates::new(settings.sampler.seed, 3_000_000 + u64::from(replicate));
        let truth = Truth::draw(&design, settings, &mut variates);
        let simulated: Vec<TrialOutcome> = design.iter().map(|outcome| truth.simulate(outcome, &mut variates)).collect();
        let density = Density::new(&simulated, settings.study_effects)?;
        let mut sampler = settings.sampler;
        sampler.seed = sampler.seed.wrapping_add(u64::from(replicate) + 1);
        let samples = sample(&density, &sampler, &|_| {}, cancelled)?;
        for (name, rank) in truth.ranks(&density, &samples) {
            ranks.entry(name).or_default().push(rank);
        }
    }
    let parameters = ranks.into_iter().map(|(name, ranks)| (name, uniformity(ranks))).collect();
    Ok(Calibration { replicates, draws_per_rank: KEPT_DRAWS, parameters })
}

/// A population and its studies, drawn from the priors.
struct Truth {
    draw: Draw,
    studies: BTreeMap<String, f64>,
    log_baselines: BTreeMap<String, f64>,
}

impl Truth {
    fn draw(design: &[TrialOutcome], settings: &Settings, variates: &mut Variates) -> Self {
        let draw = Draw::from_priors(variates);
        let mut studies = BTreeMap::new();
        let mut log_baselines = BTreeMap::new();
        for outcome in design {
            studies.entry(outcome.study.clone()).or_insert_with(|| study_effect(settings.study_effects, variates));
            if let Numbers::ScoreChange { log_baseline_mean, log_baseline_sd, .. } = outcome.numbers {
                log_baselines.insert(outcome.id.clone(), log_baseline_mean + log_baseline_sd * variates.normal());
            }
        }
        Self { draw, studies, log_baselines }
    }

    /// The outcome as this population would have produced it.
    fn simulate(&self, outcome: &TrialOutcome, variates: &mut Variates) -> TrialOutcome {
        let z = self.studies.get(&outcome.study).copied().unwrap_or_default();
        let reading = variates.reading(outcome).clone();
        let population = self.draw.population(outcome, z);
        let moments = arm_mean(&population, &reading);
        let (mean, variance, n) = (moments.mean[0] + self.optimism(outcome), moments.variance[0], outcome.n);
        let sigma_pct = self.draw.get("sigma_pct");
        let of_patients = |factor: f64, variates: &mut Variates| {
            factor * mean + ((factor * factor * variance + sigma_pct * sigma_pct) / n).sqrt() * variates.normal()
        };
        let spread = |expected: f64, variates: &mut Variates| (expected * variates.chi_squared(n - 1.0) / (n - 1.0)).sqrt();
        let sigma_score = self.draw.get("sigma_score");
        let numbers = match &outcome.numbers {
            Numbers::PercentMean { .. } => Numbers::PercentMean { improvement: vec![of_patients(1.0, variates)] },
            Numbers::ScoreRatio { se, baseline_mean, baseline_sd, .. } => {
                let (scale2, total) = (baseline_mean * baseline_mean, baseline_sd * baseline_sd);
                let noise = sigma_score * sigma_score * scale2;
                let latent = (total - noise).max(0.25 * total);
                let expected = latent * ((1.0 - mean).powi(2) + variance) + scale2 * variance + noise;
                Numbers::ScoreRatio {
                    improvement: vec![mean + se[0] * variates.normal()],
                    se: se.clone(),
                    baseline_mean: *baseline_mean,
                    baseline_sd: *baseline_sd,
                    followup_sd: vec![spread(expected, variates)],
                }
            }
            Numbers::ScoreChange { log_baseline_mean, log_baseline_sd, .. } => {
                let baseline = self.log_baselines.get(&outcome.id).map_or(1.0, |log| log.exp());
                let expected = baseline * baseline * (variance + 2.0 * sigma_score * sigma_score);
                let se = spread(expected, variates) / n.sqrt();
                Numbers::ScoreChange {
                    change: vec![baseline * mean + se * variates.normal()],
                    se: vec![se],
                    log_baseline_mean: *log_baseline_mean,
                    log_baseline_sd: *log_baseline_sd,
                }
            }
            Numbers::GradeMean { se, .. } => {
                let factor = self.draw.get("lambda_G");
                let improvement = match se {
                    Some(se) => factor * mean + se * variates.normal(),
                    None => of_patients(factor, variates),
                };
                Numbers::GradeMean { improvement, se: *se }
            }
            Numbers::Categories { cuts, .. } => {
                let optimism = self.optimism(outcome);
                let arm = JudgedArm { population: &population, reading: &reading, optimism, sigma_pct };
                let counts = arm.counts(cuts, n as u32, variates);
                Numbers::Categories { cuts: cuts.clone(), counts }
            }
        };
        TrialOutcome { numbers, ..outcome.clone() }
    }

    fn optimism(&self, outcome: &TrialOutcome) -> f64 {
        if outcome.rating == Rating::Open { self.draw.get("b_open") } else { 0.0 }
    }

    /// Rank of the truth among evenly spaced draws, for every shared parameter and for the log posterior.
    fn ranks(&self, density: &Density, samples: &Samples) -> Vec<(String, u32)> {
        let all: Vec<&Vec<f64>> = samples.draws().collect();
        let kept: Vec<&Vec<f64>> = (0..KEPT_DRAWS).map(|i| all[i * all.len() / KEPT_DRAWS]).collect();
        let truth = self.natural(&samples.names);
        let mut ranks: Vec<(String, u32)> = Vec::new();
        for (index, name) in samples.names.iter().enumerate().filter(|(_, name)| !name.contains('[')) {
            let rank = kept.iter().filter(|draw| draw[index] < truth[index]).count() as u32;
            ranks.push((name.clone(), rank));
        }
        let mut gradient = vec![0.0; density.dim()];
        let mut log_posterior = |natural: &[f64]| density.log_density(&density.unconstrain(natural), &mut gradient);
        let at_truth = log_posterior(&truth);
        let rank = kept.iter().filter(|draw| log_posterior(draw) < at_truth).count() as u32;
        ranks.push(("log posterior".into(), rank));
        ranks
    }

    fn natural(&self, names: &[String]) -> Vec<f64> {
        let inside = |name: &str| name.split_once('[').map(|(_, rest)| rest.trim_end_matches(']').to_owned());
        names
            .iter()
            .map(|name| match inside(name) {
                Some(study) if name.starts_with("z[") => self.studies.get(&study).copied().unwrap_or(f64::NAN),
                Some(id) => self.log_baselines.get(&id).copied().unwrap_or(f64::NAN),
                None => self.draw.get(name),
            })
            .collect()
    }
}

fn last_assessment(outcome: &TrialOutcome) -> TrialOutcome {
    let mut single = outcome.clone();
    let keep = |values: &mut Vec<f64>| {
        values.drain(..values.len() - 1);
    };
    single.readings.iter_mut().for_each(|reading| keep(&mut reading.assessed_weeks));
    match &mut single.numbers {
        Numbers::ScoreRatio { improvement, se, followup_sd, .. } => {
            keep(improvement);
            keep(se);
            keep(followup_sd);
        }
        Numbers::PercentMean { improvement } => keep(improvement),
        Numbers::ScoreChange { change, se, .. } => {
            keep(change);
            keep(se);
        }
        Numbers::Categories { .. } | Numbers::GradeMean { .. } => {}
    }
    single
}

fn uniformity(ranks: Vec<u32>) -> Uniformity {
    let n = ranks.len() as f64;
    let mut counts = [0.0; BINS];
    for rank in &ranks {
        counts[(*rank as usize * BINS) / (KEPT_DRAWS + 1)] += 1.0;
    }
    let expected = n / BINS as f64;
    let statistic: f64 = counts.iter().map(|count| (count - expected).powi(2) / expected).sum();
    let chi_squared_p = ChiSquared::new((BINS - 1) as f64).map_or(f64::NAN, |reference| reference.sf(statistic));
    let mut sorted: Vec<f64> = ranks.iter().map(|rank| (f64::from(*rank) + 0.5) / (KEPT_DRAWS + 1) as f64).collect();
    sorted.sort_by(f64::total_cmp);
    let distance = sorted
        .iter()
        .enumerate()
        .map(|(i, value)| (value - i as f64 / n).abs().max((value - (i + 1) as f64 / n).abs()))
        .fold(0.0, f64::max);
    Uniformity { ranks, chi_squared_p, kolmogorov_p: kolmogorov_p(distance, n) }
}

/// Asymptotic p-value of the Kolmogorov-Smirnov distance (Stephens' small-sample correction).
fn kolmogorov_p(distance: f64, n: f64) -> f64 {
    let scaled = (n.sqrt() + 0.12 + 0.11 / n.sqrt()) * distance;
    if scaled < 0.3 {
        return 1.0;
    }
    let terms = (1..=100_i32).map(|j| {
        let sign = if j % 2 == 1 { 1.0 } else { -1.0 };
        sign * (-2.0 * f64::from(j * j) * scaled * scaled).exp()
    });
    (2.0 * terms.sum::<f64>()).clamp(0.0, 1.0)
}
