//! Fits the population to trial outcomes and returns the one file a forecast starts from.

use std::{collections::BTreeMap, fmt::Write as _, sync::atomic::AtomicBool};

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::{
    calibration::{FitData, LeftOut},
    diagnostics::{Convergence, convergence},
    model::{Density, PRIORS, Prior, StudyEffects, prior_named},
    sampling::{OnProgress, SamplerSettings, Samples, SamplingError, sample},
    variates::Variates,
};

/// Name and version of the file's layout.
pub const SCHEMA: &str = "resurface.population/1";

/// Below this share of prior variance removed, a parameter is mostly assumption.
pub const CONTRACTION_MIN: f64 = 0.5;

const R_HAT_MAX: f64 = 1.01;
const ESS_BULK_MIN: f64 = 400.0;
/// Stream of the generator kept for parameters no trial speaks of; chains use the streams from 0.
const PRIOR_STREAM: u64 = 1_000_000;

/// How to fit.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Settings {
    /// Sampler.
    pub sampler: SamplerSettings,
    /// Study effects.
    pub study_effects: StudyEffects,
    /// Draws in the file.
    pub kept_draws: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self { sampler: SamplerSettings::default(), study_effects: StudyEffects::StudentT4, kept_draws: 2000 }
    }
}

/// How much of a parameter comes from trials.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Flag {
    /// Trials removed at least half of the prior's variance.
    #[serde(rename = "data")]
    Data,
    /// They removed less.
    #[serde(rename = "mostly assumption")]
    MostlyAssumption,
    /// No trial speaks of it: the prior, unchanged.
    #[serde(rename = "assumption only")]
    AssumptionOnly,
}

/// One parameter: posterior, convergence, and how far it moved from its prior.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Diagnostic {
    /// Posterior mean.
    pub mean: f64,
    /// Posterior standard deviation.
    pub sd: f64,
    /// Monte-Carlo standard error of the mean; `None` where nothing was sampled.
    pub mcse: Option<f64>,
    /// Bulk effective sample size.
    pub ess_bulk: Option<f64>,
    /// Tail effective sample size.
    pub ess_tail: Option<f64>,
    /// Rank-normalised split R-hat.
    pub r_hat: Option<f64>,
    /// Prior mean.
    pub prior_mean: f64,
    /// Prior standard deviation.
    pub prior_sd: f64,
    /// `1 - (sd / prior_sd)^2`: negative when trials widened it.
    pub contraction: f64,
    /// How much of it comes from trials.
    pub flag: Flag,
}

/// The fitted population.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Artefact {
    /// Layout.
    pub schema: &'static str,
    /// Seed.
    pub seed: u64,
    /// SHA-256 of the outcomes fitted, as JSON.
    pub data_sha256: String,
    /// Settings.
    pub settings: Settings,
    /// Outcomes fitted.
    pub outcomes: Vec<String>,
    /// Diagnostics by parameter.
    pub diagnostics: BTreeMap<String, Diagnostic>,
    /// Divergences after warm-up.
    pub divergences: u32,
    /// Rows that were not fitted.
    pub left_out: Vec<LeftOut>,
    /// Names of the columns of `draws`.
    pub columns: Vec<&'static str>,
    /// Draws, one row each, seven significant digits.
    pub draws: Vec<Vec<f64>>,
}

impl Artefact {
    /// What falls short of R-hat < 1.01 and a bulk effective sample size above 400, in words; empty when nothing does.
    #[must_use]
    pub fn shortcomings(&self) -> Vec<String> {
        let mut short: Vec<String> = Vec::new();
        if self.divergences > 0 {
            short.push(format!("{} divergent draws", self.divergences));
        }
        for (name, diagnostic) in &self.diagnostics {
            if diagnostic.r_hat.is_some_and(|r_hat| r_hat.is_nan() || r_hat >= R_HAT_MAX) {
                short.push(format!("{name}: R-hat is not below {R_HAT_MAX}"));
            }
            if diagnostic.ess_bulk.is_some_and(|ess| ess.is_nan() || ess <= ESS_BULK_MIN) {
                short.push(format!("{name}: bulk effective sample size is not above {ESS_BULK_MIN}"));
            }
        }
        short
    }

    /// The file: JSON with one line per top-level entry, per parameter, per row left out and per draw.
    ///
    /// # Errors
    /// A number that JSON cannot hold.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        let mut text = String::from("{\n");
        let entry = |text: &mut String, name: &str, value: String| {
            let _ = writeln!(text, "\"{name}\":{value},");
        };
        entry(&mut text, "schema", serde_json::to_string(self.schema)?);
        entry(&mut text, "seed", self.seed.to_string());
        entry(&mut text, "data_sha256", serde_json::to_string(&self.data_sha256)?);
        entry(&mut text, "settings", serde_json::to_string(&self.settings)?);
        entry(&mut text, "outcomes", list(&self.outcomes)?);
        let diagnostics: Vec<String> = self
            .diagnostics
            .iter()
            .map(|(name, value)| Ok(format!("{}:{}", serde_json::to_string(name)?, serde_json::to_string(value)?)))
            .collect::<Result<_, serde_json::Error>>()?;
        entry(&mut text, "diagnostics", format!("{{\n{}\n}}", diagnostics.join(",\n")));
        entry(&mut text, "divergences", self.divergences.to_string());
        entry(&mut text, "left_out", list(&self.left_out)?);
        entry(&mut text, "columns", serde_json::to_string(&self.columns)?);
        let _ = writeln!(text, "\"draws\":{}", list(&self.draws)?);
        text.push_str("}\n");
        Ok(text)
    }
}

/// Fit the population.
///
/// Four chains run side by side; `on_progress` is called from their threads, and `cancelled` is looked at between
/// draws. Same data, settings and build: the same artefact.
///
/// # Errors
/// Data the model cannot take, a request to stop, or a sampler that gave up.
pub fn fit(
    data: &FitData,
    settings: &Settings,
    on_progress: &OnProgress<'_>,
    cancelled: &AtomicBool,
) -> Result<Artefact, SamplingError> {
    let density = Density::new(&data.outcomes, settings.study_effects)?;
    let samples = sample(&density, &settings.sampler, on_progress, cancelled)?;
    Ok(Artefact {
        schema: SCHEMA,
        seed: settings.sampler.seed,
        data_sha256: data_hash(data),
        settings: *settings,
        outcomes: data.outcomes.iter().map(|outcome| outcome.id.clone()).collect(),
        diagnostics: diagnostics(&samples, settings),
        divergences: samples.divergences,
        left_out: data.left_out.clone(),
        columns: PRIORS.iter().map(|prior| prior.name).collect(),
        draws: kept_draws(&samples, settings),
    })
}

/// SHA-256 of the outcomes, in hexadecimal.
#[must_use]
pub fn data_hash(data: &FitData) -> String {
    let text = serde_json::to_string(&data.outcomes).unwrap_or_default();
    Sha256::digest(text.as_bytes()).iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

fn list<T: Serialize>(rows: &[T]) -> Result<String, serde_json::Error> {
    let lines: Vec<String> = rows.iter().map(serde_json::to_string).collect::<Result<_, _>>()?;
    Ok(format!("[\n{}\n]", lines.join(",\n")))
}

fn diagnostics(samples: &Samples, settings: &Settings) -> BTreeMap<String, Diagnostic> {
    let mut all: BTreeMap<String, Diagnostic> = PRIORS.iter().map(|prior| (prior.name.to_owned(), unsampled(*prior))).collect();
    for (index, name) in samples.names.iter().enumerate() {
        let measured = convergence(&samples.chains_of(index));
        if let Some([prior_mean, prior_sd]) = prior_moments(name, settings.study_effects) {
            all.insert(name.clone(), sampled(measured, prior_mean, prior_sd));
        }
    }
    all
}

/// Prior mean and standard deviation of a sampled parameter; `None` for a latent baseline, which has its own.
fn prior_moments(name: &str, study_effects: StudyEffects) -> Option<[f64; 2]> {
    if name.starts_with("z[") {
        // The variance of Student's t with four degrees of freedom is two.
        let sd = if study_effects == StudyEffects::Normal { 1.0 } else { std::f64::consts::SQRT_2 };
        return Some([0.0, sd]);
    }
    prior_named(name).map(|prior| [prior.shape.mean(), prior.shape.sd()])
}

fn sampled(measured: Convergence, prior_mean: f64, prior_sd: f64) -> Diagnostic {
    let contraction = 1.0 - (measured.sd / prior_sd).powi(2);
    Diagnostic {
        mean: rounded(measured.mean),
        sd: rounded(measured.sd),
        mcse: Some(rounded(measured.mcse)),
        ess_bulk: Some(rounded(measured.ess_bulk)),
        ess_tail: Some(rounded(measured.ess_tail)),
        r_hat: Some(rounded(measured.r_hat)),
        prior_mean: rounded(prior_mean),
        prior_sd: rounded(prior_sd),
        contraction: rounded(contraction),
        flag: if contraction < CONTRACTION_MIN { Flag::MostlyAssumption } else { Flag::Data },
    }
}

fn unsampled(prior: Prior) -> Diagnostic {
    Diagnostic {
        mean: rounded(prior.shape.mean()),
        sd: rounded(prior.shape.sd()),
        mcse: None,
        ess_bulk: None,
        ess_tail: None,
        r_hat: None,
        prior_mean: rounded(prior.shape.mean()),
        prior_sd: rounded(prior.shape.sd()),
        contraction: 0.0,
        flag: Flag::AssumptionOnly,
    }
}

/// Evenly spaced draws over all chains; parameters that were not sampled come from their priors.
fn kept_draws(samples: &Samples, settings: &Settings) -> Vec<Vec<f64>> {
    let all: Vec<&Vec<f64>> = samples.draws().collect();
    let kept = (settings.kept_draws as usize).min(all.len());
    let mut variates = Variates::new(settings.sampler.seed, PRIOR_STREAM);
    let places: Vec<Option<usize>> =
        PRIORS.iter().map(|prior| samples.names.iter().position(|name| name == prior.name)).collect();
    (0..kept)
        .map(|row| {
            let draw = all[row * all.len() / kept];
            PRIORS
                .iter()
                .zip(&places)
                .map(|(prior, place)| rounded(place.map_or_else(|| variates.drawn_from(prior.shape), |index| draw[index])))
                .collect()
        })
        .collect()
}

/// Seven significant digits: enough for a forecast, few enough for a file.
fn rounded(value: f64) -> f64 {
    format!("{value:.6e}").parse().unwrap_or(value)
}
