//! What is known about people in general before this patient: draws from the fitted population.

use crate::error::ForecastError;
use crate::response::Turnover;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Name and version of the population file format.
pub const POPULATION_SCHEMA: &str = "resurface.population/1";

/// The most draws a population may hold.
pub const DRAWS_LIMIT: usize = 20_000;

/// Below this contraction a parameter is called mostly an assumption (model rule, expert setting).
pub const ASSUMPTION_CONTRACTION: f64 = 0.5;

/// One joint draw of the population parameters. Logit and log scales as in the model: `logit A`, `log g`, `log k`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Draw {
    /// Mean of `logit A`.
    pub mu_a: f64,
    /// Mean of `log g`.
    pub mu_g: f64,
    /// Mean of `log k` (per week).
    pub mu_k: f64,
    /// Loss of effect when sessions are too close, 0 to 1.
    pub rho: f64,
    /// Spread of `logit A` between patients of one clinic.
    pub omega_a: f64,
    /// Spread of `log g` between patients.
    pub omega_g: f64,
    /// Spread of `log k` between patients.
    pub omega_k: f64,
    /// Spread of `logit A` between studies or clinics.
    pub tau: f64,
    /// What `tau` is multiplied by in this draw: 1, or a scale that makes clinics follow Student's t ([`StudyEffects`]).
    pub clinic_scale: f64,
    /// Rater noise of a percentage, as a fraction.
    pub sigma_pct: f64,
    /// Rater noise of a score, as a fraction of the baseline.
    pub sigma_score: f64,
    /// Optimism of an open-label rater, as a fraction; never part of a forecast of the true effect.
    pub b_open: f64,
    /// Shift of `logit A` per unit share of ice-pick scars above one third.
    pub beta_ice: f64,
    /// Shift of `logit A` per unit share of rolling scars above one third.
    pub beta_roll: f64,
    /// Shift of `logit A` per standard deviation of severity.
    pub beta_sev: f64,
    /// Exponent of needle depth in the dose.
    pub depth_exponent: f64,
    /// Exponent of the number of passes in the dose.
    pub passes_exponent: f64,
}

/// How well one parameter was estimated.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ParameterDiagnostic {
    /// Posterior mean.
    pub mean: f64,
    /// Posterior standard deviation.
    pub sd: f64,
    /// Monte-Carlo standard error of the mean; absent, as the next three, where nothing was sampled.
    #[serde(default)]
    pub mcse: Option<f64>,
    /// Effective sample size in the bulk.
    #[serde(default)]
    pub ess_bulk: Option<f64>,
    /// Effective sample size in the tails.
    #[serde(default)]
    pub ess_tail: Option<f64>,
    /// Split R-hat.
    #[serde(default)]
    pub r_hat: Option<f64>,
    /// Prior mean.
    pub prior_mean: f64,
    /// Prior standard deviation.
    pub prior_sd: f64,
    /// `1 - (sd / prior_sd)^2`: 1 is all data, 0 or less is all assumption.
    pub contraction: f64,
}

/// The population file, as written by `resurface evidence fit`.
///
/// Columns `mu_A mu_g mu_k rho omega_A omega_g tau sigma_pct sigma_score b_open` are required. Optional columns, with the
/// prior mean of the model used for every draw when they are absent: `omega_k` (0.3), `beta_ice` (-0.8), `beta_roll`
/// (0.3), `beta_sev` (-0.2), `dose_depth_exponent` (0.3), `dose_passes_exponent` (0.2). Other columns are ignored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PopulationFile {
    /// Always [`POPULATION_SCHEMA`].
    pub schema: String,
    /// Seed of the fit.
    pub seed: u64,
    /// SHA-256 of the trial data the fit used, in hexadecimal.
    pub data_sha256: String,
    /// How well each parameter was estimated, by column name.
    #[serde(default)]
    pub diagnostics: BTreeMap<String, ParameterDiagnostic>,
    /// Divergent transitions after warm-up.
    #[serde(default)]
    pub divergences: u64,
    /// Names of the columns of `draws`.
    pub columns: Vec<String>,
    /// Joint draws, one row each.
    pub draws: Vec<Vec<f64>>,
}

/// How clinics differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StudyEffects {
    /// Standard normal times `tau`.
    #[default]
    Normal,
    /// Student's t with four degrees of freedom times `tau`.
    StudentT4,
}

/// The part of a population file that only its reader needs.
#[derive(Debug, Deserialize)]
struct Fitted {
    #[serde(default)]
    settings: FitSettings,
}

#[derive(Debug, Default, Deserialize)]
struct FitSettings {
    #[serde(default)]
    study_effects: StudyEffects,
}

/// A population with known parameters: no uncertainty about people in general.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct KnownPopulation {
    /// Mean of `logit A`.
    pub mu_a: f64,
    /// Mean of `log g`.
    pub mu_g: f64,
    /// Mean of `log k`.
    pub mu_k: f64,
    /// Loss of effect when sessions are too close.
    pub rho: f64,
    /// Spread of `logit A` between patients, clinics included.
    pub sd_a: f64,
    /// Spread of `log g`.
    pub sd_g: f64,
    /// Spread of `log k`.
    pub sd_k: f64,
    /// Rater noise of a percentage.
    pub sigma_pct: f64,
    /// Loss and recovery times.
    pub turnover: Turnover,
    /// Cut points of the quartile categories.
    pub cuts: [f64; 3],
}

/// Cut points of the quartile categories, as fractions of improvement.
pub const QUARTILE_CUTS: [f64; 3] = [0.25, 0.50, 0.75];

/// Draws from the fitted population, checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Population {
    draws: Vec<Draw>,
    diagnostics: BTreeMap<String, ParameterDiagnostic>,
    turnover: Turnover,
    cuts: [f64; 3],
    data_sha256: String,
}

/// Columns every file has.
const REQUIRED: [&str; 10] = ["mu_A", "mu_g", "mu_k", "rho", "omega_A", "omega_g", "tau", "sigma_pct", "sigma_score", "b_open"];

/// Optional columns and the prior mean that stands in for each (model.md section 2, all priors only).
const OPTIONAL: [(&str, f64); 6] = [
    ("omega_k", 0.3),
    ("beta_ice", -0.8),
    ("beta_roll", 0.3),
    ("beta_sev", -0.2),
    ("dose_depth_exponent", 0.3),
    ("dose_passes_exponent", 0.2),
];

impl Population {
    /// Reads a population file.
    ///
    /// # Errors
    /// [`ForecastError::PopulationUnreadable`] when the text is not JSON of schema [`POPULATION_SCHEMA`] or a column is
    /// missing; [`ForecastError::PopulationDrawOutOfRange`] when a draw is impossible.
    pub fn from_json(text: &str) -> Result<Self, ForecastError> {
        let unreadable = |fault: serde_json::Error| ForecastError::PopulationUnreadable { detail: fault.to_string() };
        let file: PopulationFile = serde_json::from_str(text).map_err(unreadable)?;
        let Fitted { settings } = serde_json::from_str(text).map_err(unreadable)?;
        Ok(Self::from_file(&file)?.with_study_effects(settings.study_effects))
    }

    /// The same population with clinics spread in another way. [`Population::from_json`] takes it from the file's
    /// `settings.study_effects`, normal when absent.
    #[must_use]
    pub fn with_study_effects(mut self, study_effects: StudyEffects) -> Self {
        for (m, draw) in self.draws.iter_mut().enumerate() {
            draw.clinic_scale = match study_effects {
                StudyEffects::Normal => 1.0,
                StudyEffects::StudentT4 => student_scale(m),
            };
        }
        self
    }

    /// Checks a population file already read; clinics follow a normal.
    ///
    /// # Errors
    /// As [`Population::from_json`].
    pub fn from_file(file: &PopulationFile) -> Result<Self, ForecastError> {
        let unreadable = |detail: String| ForecastError::PopulationUnreadable { detail };
        if file.schema != POPULATION_SCHEMA {
            return Err(unreadable(format!("schema is {:?}, expected {POPULATION_SCHEMA:?}", file.schema)));
        }
        if file.draws.is_empty() || file.draws.len() > DRAWS_LIMIT {
            return Err(unreadable(format!("{} draws, expected 1 to {DRAWS_LIMIT}", file.draws.len())));
        }
        let find = |name: &str| file.columns.iter().position(|column| column == name);
        let required = |name: &str| find(name).ok_or_else(|| unreadable(format!("column {name} is missing")));
        let (mu_a, mu_g, mu_k) = (required("mu_A")?, required("mu_g")?, required("mu_k")?);
        let (rho, omega_a, omega_g) = (required("rho")?, required("omega_A")?, required("omega_g")?);
        let (tau, sigma_pct) = (required("tau")?, required("sigma_pct")?);
        let (sigma_score, b_open) = (required("sigma_score")?, required("b_open")?);
        let optional = OPTIONAL.map(|(name, fallback)| (find(name), fallback));
        let mut draws = Vec::with_capacity(file.draws.len());
        for (i, row) in file.draws.iter().enumerate() {
            if row.len() != file.columns.len() {
                return Err(unreadable(format!("draw {i} has {} values for {} columns", row.len(), file.columns.len())));
            }
            let or_default = |which: usize| optional[which].0.map_or(optional[which].1, |column| row[column]);
            let draw = Draw {
                mu_a: row[mu_a],
                mu_g: row[mu_g],
                mu_k: row[mu_k],
                rho: row[rho],
                omega_a: row[omega_a],
                omega_g: row[omega_g],
                tau: row[tau],
                clinic_scale: 1.0,
                sigma_pct: row[sigma_pct],
                sigma_score: row[sigma_score],
                b_open: row[b_open],
                omega_k: or_default(0),
                beta_ice: or_default(1),
                beta_roll: or_default(2),
                beta_sev: or_default(3),
                depth_exponent: or_default(4),
                passes_exponent: or_default(5),
            };
            check_draw(i, &draw)?;
            draws.push(draw);
        }
        Ok(Self {
            draws,
            diagnostics: file.diagnostics.clone(),
            turnover: Turnover::default(),
            cuts: QUARTILE_CUTS,
            data_sha256: file.data_sha256.clone(),
        })
    }

    /// A population whose parameters are known: one draw.
    ///
    /// # Errors
    /// [`ForecastError::PopulationDrawOutOfRange`] when a value is impossible.
    pub fn known(known: &KnownPopulation) -> Result<Self, ForecastError> {
        let draw = Draw {
            mu_a: known.mu_a,
            mu_g: known.mu_g,
            mu_k: known.mu_k,
            rho: known.rho,
            omega_a: known.sd_a,
            omega_g: known.sd_g,
            omega_k: known.sd_k,
            tau: 0.0,
            clinic_scale: 1.0,
            sigma_pct: known.sigma_pct,
            sigma_score: 0.0,
            b_open: 0.0,
            beta_ice: 0.0,
            beta_roll: 0.0,
            beta_sev: 0.0,
            depth_exponent: OPTIONAL[4].1,
            passes_exponent: OPTIONAL[5].1,
        };
        check_draw(0, &draw)?;
        let Turnover { loss_per_week, refractory_weeks } = known.turnover;
        let ordered = known.cuts[0] < known.cuts[1] && known.cuts[1] < known.cuts[2];
        if !((0.0..1.0).contains(&loss_per_week) && refractory_weeks > 0.0 && ordered) {
            let detail = "loss, recovery time or quartile cut points are impossible".to_owned();
            return Err(ForecastError::PopulationUnreadable { detail });
        }
        Ok(Self {
            draws: vec![draw],
            diagnostics: BTreeMap::new(),
            turnover: known.turnover,
            cuts: known.cuts,
            data_sha256: String::new(),
        })
    }

    /// The draws.
    pub fn draws(&self) -> &[Draw] {
        &self.draws
    }

    /// How well each parameter was estimated, by column name; empty for a known population.
    pub fn diagnostics(&self) -> &BTreeMap<String, ParameterDiagnostic> {
        &self.diagnostics
    }

    /// SHA-256 of the trial data behind the draws, in hexadecimal; empty for a known population.
    pub fn data_sha256(&self) -> &str {
        &self.data_sha256
    }

    /// Loss and recovery times shared by all draws.
    pub fn turnover(&self) -> Turnover {
        self.turnover
    }

    /// Cut points of the quartile categories.
    pub fn cuts(&self) -> [f64; 3] {
        self.cuts
    }

    /// Names of the parameters behind a forecast that rest mostly on assumption: contraction below
    /// [`ASSUMPTION_CONTRACTION`], plus those no data inform at all. In alphabetical order.
    pub fn mostly_assumption(&self) -> Vec<&'static str> {
        let optional = OPTIONAL.iter().map(|(name, _)| *name);
        let fixed = ["k_out", "tau_rho"].into_iter();
        let assumed = |name: &&str| match self.diagnostics.get(*name) {
            Some(diagnostic) => diagnostic.contraction < ASSUMPTION_CONTRACTION,
            None => !REQUIRED.contains(name),
        };
        let mut names: Vec<&str> = REQUIRED.into_iter().chain(optional).chain(fixed).filter(assumed).collect();
        names.sort_unstable();
        names
    }
}

/// The scale of one draw that turns a normal into Student's t with four degrees of freedom when averaged over draws:
/// `sqrt(4 / chi-square)` at an evenly spread probability.
fn student_scale(index: usize) -> f64 {
    const GOLDEN: f64 = 0.618_033_988_749_894_9;
    let u = ((index as f64 + 0.5) * GOLDEN).fract();
    // half the chi-square with four degrees of freedom, y, has P(Y > y) = exp(-y) (1 + y)
    let (mut low, mut high) = (0.0, 60.0);
    for _ in 0..60 {
        let y: f64 = 0.5 * (low + high);
        if crate::elementary::exp(-y) * (1.0 + y) > u { low = y } else { high = y }
    }
    (2.0 / low.max(1e-6)).sqrt()
}

fn check_draw(index: usize, draw: &Draw) -> Result<(), ForecastError> {
    const ANY: (f64, f64, &str) = (-30.0, 30.0, "-30 to 30");
    const SPREAD: (f64, f64, &str) = (1e-6, 10.0, "0.000001 to 10");
    const NOISE: (f64, f64, &str) = (0.0, 10.0, "0 to 10");
    const SHARE: (f64, f64, &str) = (0.0, 1.0, "0 to 1");
    let ranges = [
        ("mu_A", draw.mu_a, ANY),
        ("mu_g", draw.mu_g, ANY),
        ("mu_k", draw.mu_k, ANY),
        ("rho", draw.rho, SHARE),
        ("omega_A", draw.omega_a, SPREAD),
        ("omega_g", draw.omega_g, SPREAD),
        ("omega_k", draw.omega_k, SPREAD),
        ("tau", draw.tau, NOISE),
        ("sigma_pct", draw.sigma_pct, SPREAD),
        ("sigma_score", draw.sigma_score, NOISE),
        ("b_open", draw.b_open, (-1.0, 1.0, "-1 to 1")),
        ("beta_ice", draw.beta_ice, ANY),
        ("beta_roll", draw.beta_roll, ANY),
        ("beta_sev", draw.beta_sev, ANY),
        ("dose_depth_exponent", draw.depth_exponent, (0.0, 5.0, "0 to 5")),
        ("dose_passes_exponent", draw.passes_exponent, (0.0, 5.0, "0 to 5")),
    ];
    for (column, value, (low, high, allowed)) in ranges {
        if !(low..=high).contains(&value) {
            return Err(ForecastError::PopulationDrawOutOfRange { draw: index, column, value, allowed });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file() -> PopulationFile {
        let columns = "mu_A mu_g mu_k rho omega_A omega_g tau sigma_pct sigma_score b_open";
        let diagnostic = |contraction| ParameterDiagnostic {
            mean: 0.0,
            sd: 1.0,
            mcse: Some(0.01),
            ess_bulk: Some(4000.0),
            ess_tail: None,
            r_hat: None,
            prior_mean: 0.0,
            prior_sd: 1.0,
            contraction,
        };
        PopulationFile {
            schema: POPULATION_SCHEMA.to_owned(),
            seed: 1,
            data_sha256: "0".repeat(64),
            diagnostics: [("mu_A".to_owned(), diagnostic(0.8)), ("rho".to_owned(), diagnostic(-0.2))].into(),
            divergences: 0,
            columns: columns.split(' ').map(str::to_owned).collect(),
            draws: vec![vec![0.6, -0.9, -2.3, 0.45, 0.5, 0.3, 1.1, 0.06, 0.2, 0.12]],
        }
    }

    #[test]
    fn a_file_round_trips_and_absent_columns_take_their_prior_mean() {
        let text = serde_json::to_string(&file()).unwrap();
        let population = Population::from_json(&text).unwrap();
        assert_eq!(population.draws()[0].omega_k, 0.3);
        assert_eq!(population.draws()[0].beta_ice, -0.8);
        assert_eq!(population.draws()[0].tau, 1.1);
    }

    #[test]
    fn clinics_follow_student_when_the_fit_says_so() {
        let text = serde_json::to_string(&file()).unwrap().replacen('{', r#"{"settings":{"study_effects":"student_t4"},"#, 1);
        assert_ne!(Population::from_json(&text).unwrap().draws()[0].clinic_scale, 1.0);
        // P(|T| > 2.776) is 0.05 for four degrees of freedom (standard table)
        let outside = |m: usize| 2.0 * crate::normal::cumulative(-2.776_445 / student_scale(m));
        let share = (0..2000).map(outside).sum::<f64>() / 2000.0;
        assert!((share - 0.05).abs() < 5e-4, "{share}");
    }

    #[test]
    fn what_data_do_not_inform_is_called_an_assumption() {
        let population = Population::from_file(&file()).unwrap();
        let names = population.mostly_assumption();
        assert!(names.contains(&"rho") && names.contains(&"beta_ice") && names.contains(&"k_out"));
        assert!(!names.contains(&"mu_A"));
    }

    #[test]
    fn impossible_files_are_refused() {
        let mut other = file();
        other.schema = "resurface.population/9".to_owned();
        assert!(matches!(Population::from_file(&other), Err(ForecastError::PopulationUnreadable { .. })));
        let mut missing = file();
        missing.columns[3] = "roh".to_owned();
        assert!(matches!(Population::from_file(&missing), Err(ForecastError::PopulationUnreadable { .. })));
        for (column, bad) in [(3, 1.5), (4, 0.0), (7, f64::NAN), (0, f64::INFINITY)] {
            let mut wrong = file();
            wrong.draws[0][column] = bad;
            assert!(matches!(Population::from_file(&wrong), Err(ForecastError::PopulationDrawOutOfRange { .. })));
        }
    }
}
