//! Does this build still give the known answers? Recomputes a pair of reference files.
//!
//! `patients.json` holds a known population (`theta`), patients and plans; `patients_reference.json` holds, per patient,
//! a `reference` block with posterior moments, forecasts per plan and the log marginal likelihood.

use crate::dose::{DOSE_LIMIT, Dose};
use crate::error::ForecastError;
use crate::patient::{Observation, Outcome, Patient, Quartile, Rater, Scale, ScoreNoise, Session};
use crate::points::BasePoints;
use crate::population::{KnownPopulation, Population};
use crate::posterior::{Further, Moments, Posterior};
use crate::record::Clinic;
use crate::reliability::Trust;
use crate::response::Turnover;
use crate::update::{Effort, update};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Weeks after the last session of a plan at which the reference forecasts.
const HORIZON_WEEKS: f64 = 12.0;
/// No grid value was seen further than 0.04 from the exact chance.
const GRID_ERROR_MAX: f64 = 0.10;

/// A quantity that is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Quantity {
    /// Week that a forecast is for.
    Week,
    /// Posterior mean of the forecast effect.
    EffectMean,
    /// Posterior standard deviation of the forecast effect.
    EffectSd,
    /// 5, 50 and 95 % quantiles of the forecast effect.
    EffectQuantile,
    /// Chance of at least a quarter and at least half, against `*_qmc`.
    Chance,
    /// The same against grid values, where the reference has no other.
    GridChance,
    /// Log marginal likelihood.
    LogMarginalLikelihood,
    /// Means and standard deviations of `A`, `g` and `k`.
    ResponseMoments,
    /// Mean and standard deviation of the true baseline, as a share of its mean.
    BaselineMoments,
    /// Means and standard deviations of the standardised latents, in prior standard deviations.
    StandardisedMoments,
}

impl Quantity {
    /// All of them, in the order in which they are reported.
    pub const ALL: [Self; 10] = [
        Self::Week,
        Self::EffectMean,
        Self::EffectSd,
        Self::EffectQuantile,
        Self::Chance,
        Self::GridChance,
        Self::LogMarginalLikelihood,
        Self::ResponseMoments,
        Self::BaselineMoments,
        Self::StandardisedMoments,
    ];

    /// Its name in a report.
    pub fn name(self) -> &'static str {
        match self {
            Self::Week => "forecast week",
            Self::EffectMean => "effect mean",
            Self::EffectSd => "effect sd",
            Self::EffectQuantile => "effect quantiles",
            Self::Chance => "chances",
            Self::GridChance => "chances (grid reference)",
            Self::LogMarginalLikelihood => "log marginal likelihood",
            Self::ResponseMoments => "A, g, k moments",
            Self::BaselineMoments => "S0 moments (relative)",
            Self::StandardisedMoments => "standardised moments",
        }
    }

    /// The largest error allowed with 65536 points: a quarter of what a visit may use (model validation plan).
    pub fn tolerance(self) -> f64 {
        match self {
            Self::Week => 1e-6,
            Self::EffectMean | Self::EffectSd | Self::ResponseMoments | Self::BaselineMoments => 0.005 / 4.0,
            Self::Chance | Self::LogMarginalLikelihood | Self::StandardisedMoments => 0.02 / 4.0,
            // the reference reads these off a grid of 61 x 61 x 49 cells and is itself off: seen up to 0.028 and 0.036
            Self::EffectQuantile => 0.05,
            Self::GridChance => 0.05,
        }
    }
}

/// The largest error of one quantity over all cases.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckedQuantity {
    /// Which.
    pub quantity: Quantity,
    /// Largest absolute error.
    pub error_max: f64,
    /// The patient where it occurred.
    pub patient: String,
    /// The error allowed.
    pub tolerance: f64,
    /// How many values were compared.
    pub compared: usize,
}

impl CheckedQuantity {
    /// Whether every value was within tolerance.
    pub fn passed(&self) -> bool {
        self.error_max <= self.tolerance
    }
}

/// What a check found.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckReport {
    /// Quantities that occur in the reference, in a fixed order.
    pub quantities: Vec<CheckedQuantity>,
    /// Patients recomputed.
    pub patients: usize,
    /// Patients whose own diagnostic says not to trust the answer.
    pub doubtful: Vec<String>,
    /// Answers of the reference whose patient is not in the patients file: not recomputed.
    pub without_patient: Vec<String>,
}

impl CheckReport {
    /// Whether everything was within tolerance and nothing was doubtful.
    pub fn passed(&self) -> bool {
        self.doubtful.is_empty() && self.quantities.iter().all(CheckedQuantity::passed)
    }
}

/// Recomputes every patient of `patients` and compares with their entry in `reference` (both JSON text), with 65536 points.
///
/// Chances are compared with the `*_qmc` values where present, which are exact to 0.0003. The grid values of the same file
/// are used where they are absent, and where they are off by more than any grid.
///
/// # Errors
/// [`ForecastError::CheckFileUnreadable`] when a file does not have the format or a patient has no answer to compare with,
/// and any error of [`update`].
pub fn check(patients: &str, reference: &str, points: &BasePoints) -> Result<CheckReport, ForecastError> {
    let cases: Cases = read("patients file", patients)?;
    let reference: BTreeMap<String, Entry> = read("reference file", reference)?;
    let population = cases.theta.population()?;
    let mut comparison = Comparison::default();
    let unanswered = |detail: String| ForecastError::CheckFileUnreadable { file: "reference file", detail };
    if cases.patients.is_empty() {
        let detail = "it holds no patient".to_owned();
        return Err(ForecastError::CheckFileUnreadable { file: "patients file", detail });
    }
    for case in &cases.patients {
        let Some(Entry { reference: expected }) = reference.get(&case.id) else {
            return Err(unanswered(format!("no answer for patient {}", case.id)));
        };
        if !expected.says_anything() {
            return Err(unanswered(format!("the answer for patient {} holds nothing to compare", case.id)));
        }
        let patient = case.patient(&cases.theta)?;
        let posterior = update(&population, &patient, Clinic::New, points, Effort::Check)?;
        if posterior.diagnostic().trust == Trust::Doubtful {
            comparison.doubtful.push(case.id.clone());
        }
        comparison.posterior(&case.id, &cases.theta, &posterior, expected);
        for forecast in &expected.forecast {
            comparison.forecast(&case.id, &posterior, forecast)?;
        }
    }
    let mut report = comparison.report(cases.patients.len());
    let known = |id: &String| cases.patients.iter().any(|case| case.id == *id);
    report.without_patient = reference.keys().filter(|id| !known(id)).cloned().collect();
    Ok(report)
}

fn read<'a, T: Deserialize<'a>>(file: &'static str, text: &'a str) -> Result<T, ForecastError> {
    serde_json::from_str(text).map_err(|fault| ForecastError::CheckFileUnreadable { file, detail: fault.to_string() })
}

#[derive(Debug, Deserialize)]
struct Cases {
    theta: Theta,
    patients: Vec<Case>,
}

#[derive(Debug, Deserialize)]
#[expect(non_snake_case, reason = "names of the file format")]
struct Theta {
    mu_A: f64,
    mu_g: f64,
    mu_k: f64,
    rho: f64,
    sd_A: f64,
    sd_g: f64,
    sd_k: f64,
    mu_logS0: f64,
    sd_logS0: f64,
    sigma_add: f64,
    sigma_prop: f64,
    sigma_pct: f64,
    k_out: Option<f64>,
    tau_rho: Option<f64>,
    cuts: Option<[f64; 3]>,
}

impl Theta {
    fn population(&self) -> Result<Population, ForecastError> {
        let fixed = Turnover::default();
        Population::known(&KnownPopulation {
            mu_a: self.mu_A,
            mu_g: self.mu_g,
            mu_k: self.mu_k,
            rho: self.rho,
            sd_a: self.sd_A,
            sd_g: self.sd_g,
            sd_k: self.sd_k,
            sigma_pct: self.sigma_pct,
            turnover: Turnover {
                loss_per_week: self.k_out.unwrap_or(fixed.loss_per_week),
                refractory_weeks: self.tau_rho.unwrap_or(fixed.refractory_weeks),
            },
            cuts: self.cuts.unwrap_or(crate::population::QUARTILE_CUTS),
        })
    }
}

#[derive(Debug, Deserialize)]
struct Case {
    id: String,
    #[serde(default)]
    sessions: Vec<f64>,
    #[serde(default)]
    dose: Vec<f64>,
    #[serde(default)]
    score: Vec<(f64, f64)>,
    #[serde(default)]
    pct: Vec<(f64, f64)>,
    #[serde(default)]
    cat: Vec<(f64, u8)>,
}

impl Case {
    fn patient(&self, theta: &Theta) -> Result<Patient, ForecastError> {
        let unreadable = |detail: String| ForecastError::CheckFileUnreadable { file: "patients file", detail };
        if self.dose.len() > self.sessions.len() {
            let (doses, sessions) = (self.dose.len(), self.sessions.len());
            return Err(unreadable(format!("{}: {doses} doses for {sessions} sessions", self.id)));
        }
        if let Some(dose) = self.dose.iter().find(|dose| !(0.0..=DOSE_LIMIT).contains(*dose)) {
            return Err(unreadable(format!("{}: dose {dose}, allowed is 0 to {DOSE_LIMIT}", self.id)));
        }
        let dose = |j: usize| self.dose.get(j).map_or(Dose::STANDARD, |dose| Dose::Relative(*dose));
        let mut observations = Vec::new();
        for &(week, value) in &self.score {
            observations.push(Observation { week, outcome: Outcome::Score { scale: 0, value } });
        }
        let rater = Rater::Blinded;
        for &(week, fraction) in &self.pct {
            observations.push(Observation { week, outcome: Outcome::Improvement { fraction, rater } });
        }
        for &(week, category) in &self.cat {
            let category = match category {
                0 => Quartile::Poor,
                1 => Quartile::Fair,
                2 => Quartile::Good,
                3 => Quartile::Excellent,
                other => {
                    return Err(unreadable(format!("{}: category {other}, allowed is 0 to 3", self.id)));
                }
            };
            observations.push(Observation { week, outcome: Outcome::Quartile { category, rater } });
        }
        observations.sort_by(|a, b| a.week.total_cmp(&b.week));
        let scale = Scale {
            name: "score".to_owned(),
            log_baseline_mean: theta.mu_logS0,
            log_baseline_sd: theta.sd_logS0,
            noise: ScoreNoise::Known { additive_sd: theta.sigma_add, proportional_sd: theta.sigma_prop },
            maximum: None,
        };
        let sessions = self.sessions.iter().enumerate().map(|(j, &week)| Session { week, dose: dose(j) }).collect();
        Ok(Patient { scales: vec![scale], sessions, observations, covariates: None })
    }
}

#[derive(Debug, Deserialize)]
struct Entry {
    reference: Expected,
}

#[derive(Debug, Deserialize)]
#[expect(non_snake_case, reason = "names of the file format")]
struct Expected {
    log_marginal_likelihood: Option<f64>,
    eta_A: Option<(f64, f64)>,
    eta_g: Option<(f64, f64)>,
    eta_k: Option<(f64, f64)>,
    z_S0: Option<(f64, f64)>,
    A: Option<(f64, f64)>,
    g: Option<(f64, f64)>,
    k: Option<(f64, f64)>,
    S0: Option<(f64, f64)>,
    #[serde(default)]
    forecast: Vec<ExpectedForecast>,
}

impl Expected {
    /// Whether it holds a single number to compare with.
    fn says_anything(&self) -> bool {
        let moments = [self.eta_A, self.eta_g, self.eta_k, self.z_S0, self.A, self.g, self.k, self.S0];
        self.log_marginal_likelihood.is_some() || moments.iter().any(Option::is_some) || !self.forecast.is_empty()
    }
}

#[derive(Debug, Deserialize)]
struct Plan {
    n_total: usize,
    interval: f64,
}

#[derive(Debug, Deserialize)]
#[expect(non_snake_case, reason = "names of the file format")]
struct ExpectedForecast {
    plan: Plan,
    /// Week the forecast is for, from the first session.
    t: Option<f64>,
    E_mean_sd: Option<(f64, f64)>,
    E_q05_50_95: Option<[f64; 3]>,
    P_ge_25: Option<f64>,
    P_ge_50: Option<f64>,
    P_ge_25_qmc: Option<f64>,
    P_ge_50_qmc: Option<f64>,
    E_mean_qmc: Option<f64>,
}

#[derive(Default)]
struct Comparison {
    largest: BTreeMap<Quantity, CheckedQuantity>,
    doubtful: Vec<String>,
}

impl Comparison {
    fn add(&mut self, id: &str, quantity: Quantity, computed: f64, expected: Option<f64>) {
        let Some(expected) = expected else { return };
        let error = (computed - expected).abs();
        // a missing number is the largest error there is
        let error = if error.is_nan() { f64::INFINITY } else { error };
        let tolerance = quantity.tolerance();
        let fresh = CheckedQuantity { quantity, error_max: -1.0, patient: String::new(), tolerance, compared: 0 };
        let entry = self.largest.entry(quantity).or_insert(fresh);
        entry.compared += 1;
        if error > entry.error_max {
            entry.error_max = error;
            id.clone_into(&mut entry.patient);
        }
    }

    fn moments(&mut self, id: &str, quantity: Quantity, computed: Moments, expected: Option<(f64, f64)>, unit: f64) {
        self.add(id, quantity, computed.mean / unit, expected.map(|e| e.0 / unit));
        self.add(id, quantity, computed.sd / unit, expected.map(|e| e.1 / unit));
    }

    fn posterior(&mut self, id: &str, theta: &Theta, posterior: &Posterior, expected: &Expected) {
        let lml = posterior.log_marginal_likelihood();
        self.add(id, Quantity::LogMarginalLikelihood, lml, expected.log_marginal_likelihood);
        self.moments(id, Quantity::ResponseMoments, posterior.ceiling(), expected.A, 1.0);
        self.moments(id, Quantity::ResponseMoments, posterior.gain(), expected.g, 1.0);
        self.moments(id, Quantity::ResponseMoments, posterior.rate_per_week(), expected.k, 1.0);
        if let (Some(computed), Some((mean, _))) = (posterior.baseline(0), expected.S0) {
            self.moments(id, Quantity::BaselineMoments, computed, expected.S0, mean);
        }
        let latents = posterior.standardised_moments(
            [theta.mu_A, theta.mu_g, theta.mu_k, theta.mu_logS0],
            [theta.sd_A, theta.sd_g, theta.sd_k, theta.sd_logS0],
        );
        for (computed, expected) in latents.into_iter().zip([expected.eta_A, expected.eta_g, expected.eta_k, expected.z_S0]) {
            self.moments(id, Quantity::StandardisedMoments, computed, expected, 1.0);
        }
    }

    fn forecast(&mut self, id: &str, posterior: &Posterior, expected: &ExpectedForecast) -> Result<(), ForecastError> {
        let further = Further {
            sessions: expected.plan.n_total.saturating_sub(posterior.sessions_given()),
            interval_weeks: expected.plan.interval,
            dose: Dose::STANDARD,
        };
        let effect = posterior.effect_after(&further, HORIZON_WEEKS)?;
        self.add(id, Quantity::Week, week_of(posterior, &further), expected.t);
        self.add(id, Quantity::EffectMean, effect.mean, expected.E_mean_sd.map(|e| e.0));
        self.add(id, Quantity::EffectMean, effect.mean, expected.E_mean_qmc);
        self.add(id, Quantity::EffectSd, effect.sd, expected.E_mean_sd.map(|e| e.1));
        for (i, p) in [0.05, 0.5, 0.95].into_iter().enumerate() {
            self.add(id, Quantity::EffectQuantile, effect.quantile(p), expected.E_q05_50_95.map(|q| q[i]));
        }
        let chances = [(0.25, expected.P_ge_25_qmc, expected.P_ge_25), (0.50, expected.P_ge_50_qmc, expected.P_ge_50)];
        for (threshold, exact, grid) in chances {
            let computed = effect.chance_of_at_least(threshold).probability;
            self.add(id, Quantity::Chance, computed, exact);
            // beside an exact value the grid's own error is no news: only a number that no grid gives is
            let grid = grid.filter(|grid| exact.is_none() || (computed - grid).abs() > GRID_ERROR_MAX);
            self.add(id, Quantity::GridChance, computed, grid);
        }
        Ok(())
    }

    fn report(self, patients: usize) -> CheckReport {
        let quantities = self.largest.into_values().collect();
        CheckReport { quantities, patients, doubtful: self.doubtful, without_patient: Vec::new() }
    }
}

/// Week of a forecast `HORIZON_WEEKS` after the last session of a plan, from the first session.
fn week_of(posterior: &Posterior, further: &Further) -> f64 {
    let last = posterior.planned_weeks(further).last().copied().or(posterior.last_session_week());
    last.unwrap_or(0.0) + HORIZON_WEEKS
}
