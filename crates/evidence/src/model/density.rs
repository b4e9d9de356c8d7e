//! The log posterior on the unconstrained scale, and the way back to named parameters.

use super::{
    ModelError, Numbers, PRIORS, PriorShape, Rating, StudyEffects, TrialOutcome, check,
    elementary::exp,
    likelihood::{Compiled, Inputs, Slopes},
    response::{Ceiling, gains},
};

const MU_A: usize = 0;
const MU_G: usize = 1;
const MU_K: usize = 2;
const LOGIT_RHO: usize = 3;
const LOG_OMEGA_A: usize = 4;
const LOG_OMEGA_G: usize = 5;
const LOG_TAU: usize = 6;
const LOG_SIGMA_PCT: usize = 7;
const LOG_SIGMA_SCORE: usize = 8;
const B_OPEN: usize = 9;
const SHARED: usize = 10;

/// Natural-scale priors turned into what the density needs.
#[derive(Debug, Clone)]
struct UnconstrainedPriors {
    /// Parameter, mean and standard deviation where the prior is normal on the unconstrained scale.
    normal: Vec<(usize, f64, f64)>,
    rho_shapes: [f64; 2],
    tau_scale: f64,
}

impl UnconstrainedPriors {
    /// `place` tells where a parameter lives, if these data speak of it.
    fn new(place: impl Fn(usize, &str) -> Option<usize>) -> Self {
        let mut priors = Self { normal: Vec::new(), rho_shapes: [1.0, 1.0], tau_scale: 1.0 };
        for (column, prior) in PRIORS.iter().enumerate() {
            let Some(index) = place(column, prior.name) else { continue };
            match prior.shape {
                PriorShape::Normal { mean, sd } => priors.normal.push((index, mean, sd)),
                PriorShape::LogNormal { log_mean, log_sd } => priors.normal.push((index, log_mean, log_sd)),
                PriorShape::Beta { alpha, beta } => priors.rho_shapes = [alpha, beta],
                PriorShape::HalfNormal { scale } => priors.tau_scale = scale,
                PriorShape::PositiveNormal { .. } => {}
            }
        }
        priors
    }
}

/// The log posterior of the population given trial outcomes.
#[derive(Debug, Clone)]
pub struct Density {
    outcomes: Vec<Placed>,
    priors: UnconstrainedPriors,
    study_effects: StudyEffects,
    studies: Vec<String>,
    scar_types: Option<usize>,
    grade_factor: Option<usize>,
    first_study: usize,
    baselines: Vec<Baseline>,
    dim: usize,
}

#[derive(Debug, Clone)]
struct Placed {
    compiled: Compiled,
    study: usize,
    optimism: f64,
    scars: [f64; 2],
    log_scale: Option<usize>,
}

/// A latent log baseline.
#[derive(Debug, Clone)]
struct Baseline {
    id: String,
    index: usize,
    mean: f64,
    sd: f64,
}

impl Density {
    /// Work out everything that does not depend on parameters.
    ///
    /// # Errors
    /// No outcomes, or an outcome whose parts do not fit together.
    pub fn new(outcomes: &[TrialOutcome], study_effects: StudyEffects) -> Result<Self, ModelError> {
        check(outcomes)?;
        let mut studies: Vec<String> = Vec::new();
        for outcome in outcomes {
            if !studies.contains(&outcome.study) {
                studies.push(outcome.study.clone());
            }
        }
        let mut next = SHARED;
        let mut claim = |wanted: bool, size: usize| {
            let start = next;
            next += if wanted { size } else { 0 };
            wanted.then_some(start)
        };
        let scar_types = claim(outcomes.iter().any(|outcome| outcome.scars.covariates() != [0.0, 0.0]), 2);
        let is_grade = |outcome: &TrialOutcome| matches!(outcome.numbers, Numbers::GradeMean { .. });
        let grade_factor = claim(outcomes.iter().any(is_grade), 1);
        let first_study = claim(true, studies.len()).unwrap_or(SHARED);
        let mut baselines = Vec::new();
        let mut placed = Vec::new();
        for outcome in outcomes {
            let log_scale = match outcome.numbers {
                Numbers::ScoreChange { log_baseline_mean, log_baseline_sd, .. } => {
                    let index = claim(true, 1).unwrap_or_default();
                    let id = outcome.id.clone();
                    baselines.push(Baseline { id, index, mean: log_baseline_mean, sd: log_baseline_sd });
                    Some(index)
                }
                Numbers::GradeMean { .. } => grade_factor,
                _ => None,
            };
            placed.push(Placed {
                compiled: Compiled::new(outcome),
                study: studies.iter().position(|study| *study == outcome.study).unwrap_or_default(),
                optimism: if outcome.rating == Rating::Open { 1.0 } else { 0.0 },
                scars: outcome.scars.covariates(),
                log_scale,
            });
        }
        let dim = next;
        let mut priors = UnconstrainedPriors::new(|column, name| match name {
            "beta_ice" => scar_types,
            "beta_roll" => scar_types.map(|index| index + 1),
            "lambda_G" => grade_factor,
            _ => (column < SHARED).then_some(column),
        });
        priors.normal.extend(baselines.iter().map(|baseline| (baseline.index, baseline.mean, baseline.sd)));
        Ok(Self { outcomes: placed, priors, study_effects, studies, scar_types, grade_factor, first_study, baselines, dim })
    }

    /// Number of unconstrained parameters.
    #[must_use]
    pub fn dim(&self) -> usize {
        self.dim
    }

    /// Names of the natural-scale parameters, in the order of [`Self::constrain`].
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<String> =
            ["mu_A", "mu_g", "mu_k", "rho", "omega_A", "omega_g", "tau", "sigma_pct", "sigma_score", "b_open"]
                .map(String::from)
                .to_vec();
        if self.scar_types.is_some() {
            names.extend(["beta_ice".into(), "beta_roll".into()]);
        }
        if self.grade_factor.is_some() {
            names.push("lambda_G".into());
        }
        names.extend(self.studies.iter().map(|study| format!("z[{study}]")));
        names.extend(self.baselines.iter().map(|baseline| format!("logS0[{}]", baseline.id)));
        names
    }

    /// From the unconstrained to the natural scale.
    pub fn constrain(&self, position: &[f64], natural: &mut [f64]) {
        natural.copy_from_slice(position);
        natural[LOGIT_RHO] = logistic(position[LOGIT_RHO]);
        for index in [LOG_OMEGA_A, LOG_OMEGA_G, LOG_TAU, LOG_SIGMA_PCT, LOG_SIGMA_SCORE] {
            natural[index] = exp(position[index]);
        }
        if let Some(index) = self.grade_factor {
            natural[index] = exp(position[index]);
        }
    }

    /// From the natural to the unconstrained scale.
    #[must_use]
    pub fn unconstrain(&self, natural: &[f64]) -> Vec<f64> {
        let mut position = natural.to_vec();
        position[LOGIT_RHO] = (natural[LOGIT_RHO] / (1.0 - natural[LOGIT_RHO])).ln();
        for index in [LOG_OMEGA_A, LOG_OMEGA_G, LOG_TAU, LOG_SIGMA_PCT, LOG_SIGMA_SCORE] {
            position[index] = natural[index].ln();
        }
        if let Some(index) = self.grade_factor {
            position[index] = natural[index].ln();
        }
        position
    }

    /// A starting point near the prior's centre, moved by `jitter` (one number per parameter): a start at an exact
    /// symmetry has zero gradients, which a sampler rejects.
    #[must_use]
    pub fn start(&self, jitter: &[f64]) -> Vec<f64> {
        let mut start = vec![0.0; self.dim];
        for (index, mean, _) in &self.priors.normal {
            start[*index] = *mean;
        }
        start[LOGIT_RHO] = -0.7;
        start[LOG_TAU] = -0.5;
        start.iter_mut().zip(jitter).for_each(|(value, jitter)| *value += 0.2 * jitter);
        start
    }

    /// Log posterior density (up to a constant) at `position`; its gradient goes into `gradient`.
    pub fn log_density(&self, position: &[f64], gradient: &mut [f64]) -> f64 {
        gradient.fill(0.0);
        let rate = exp(position[MU_K]);
        let rho = logistic(position[LOGIT_RHO]);
        let [omega_a, omega_g, tau] = [LOG_OMEGA_A, LOG_OMEGA_G, LOG_TAU].map(|index| exp(position[index]));
        let [sigma_pct, sigma_score] = [LOG_SIGMA_PCT, LOG_SIGMA_SCORE].map(|index| exp(position[index]));
        let mut value = self.log_prior(position, tau, rho, gradient);
        let gains = gains(position[MU_G], omega_g);
        let mut total = Slopes::default();
        for outcome in &self.outcomes {
            let z = position[self.first_study + outcome.study];
            let location = position[MU_A] + tau * z + self.scar_shift(position, outcome.scars);
            let inputs = Inputs {
                ceiling: &Ceiling::at(location, omega_a),
                gains: &gains,
                rate,
                rho,
                optimism: outcome.optimism * position[B_OPEN],
                sigma_pct,
                sigma_score,
                log_scale: outcome.log_scale.map_or(0.0, |index| position[index]),
            };
            let mut slopes = Slopes::default();
            value += marginal(&outcome.compiled, &inputs, &mut slopes);
            self.study_gradient(outcome, &slopes, tau, z, gradient);
            slopes.optimism *= outcome.optimism;
            total.add_scaled(&slopes, 1.0);
        }
        gradient[MU_A] += total.ceiling_location;
        gradient[LOG_OMEGA_A] += total.ceiling_spread * omega_a;
        gradient[MU_G] += total.gain_location;
        gradient[LOG_OMEGA_G] += total.gain_spread * omega_g;
        gradient[MU_K] += total.rate * rate;
        gradient[LOGIT_RHO] += total.rho * rho * (1.0 - rho);
        gradient[LOG_SIGMA_PCT] += total.sigma_pct * sigma_pct;
        gradient[LOG_SIGMA_SCORE] += total.sigma_score * sigma_score;
        gradient[B_OPEN] += total.optimism;
        value
    }

    fn study_gradient(&self, outcome: &Placed, slopes: &Slopes, tau: f64, z: f64, gradient: &mut [f64]) {
        let by_location = slopes.ceiling_location;
        gradient[self.first_study + outcome.study] += by_location * tau;
        gradient[LOG_TAU] += by_location * tau * z;
        if let Some(index) = self.scar_types {
            gradient[index] += by_location * outcome.scars[0];
            gradient[index + 1] += by_location * outcome.scars[1];
        }
        if let Some(index) = outcome.log_scale {
            gradient[index] += slopes.log_scale;
        }
    }

    fn scar_shift(&self, position: &[f64], scars: [f64; 2]) -> f64 {
        self.scar_types.map_or(0.0, |index| position[index] * scars[0] + position[index + 1] * scars[1])
    }

    fn log_prior(&self, position: &[f64], tau: f64, rho: f64, gradient: &mut [f64]) -> f64 {
        let mut value = 0.0;
        for (index, mean, sd) in &self.priors.normal {
            let z = (position[*index] - mean) / sd;
            gradient[*index] -= z / sd;
            value -= 0.5 * z * z;
        }
        // Beta on rho and half normal on tau, each with the Jacobian of its transformation.
        let [alpha, beta] = self.priors.rho_shapes;
        value += alpha * rho.ln() + beta * (1.0 - rho).ln();
        gradient[LOGIT_RHO] += alpha * (1.0 - rho) - beta * rho;
        let scaled = (tau / self.priors.tau_scale).powi(2);
        value += -0.5 * scaled + position[LOG_TAU];
        gradient[LOG_TAU] += 1.0 - scaled;
        for index in self.first_study..self.first_study + self.studies.len() {
            let z = position[index];
            match self.study_effects {
                StudyEffects::Normal => {
                    value -= 0.5 * z * z;
                    gradient[index] -= z;
                }
                StudyEffects::StudentT4 => {
                    value -= 2.5 * (z * z / 4.0).ln_1p();
                    gradient[index] -= 5.0 * z / (4.0 + z * z);
                }
            }
        }
        value
    }
}

/// Log likelihood of an outcome, its readings summed out.
fn marginal(compiled: &Compiled, inputs: &Inputs<'_>, slopes: &mut Slopes) -> f64 {
    if let [only] = compiled.courses.as_slice() {
        return compiled.log_likelihood(only, inputs, slopes);
    }
    let mut best = f64::NEG_INFINITY;
    let mut scale = 0.0;
    for course in &compiled.courses {
        let mut own = Slopes::default();
        let value = course.log_weight + compiled.log_likelihood(course, inputs, &mut own);
        if value > best {
            let shrink = exp(best - value);
            scale = scale * shrink + 1.0;
            let kept = *slopes;
            *slopes = own;
            slopes.add_scaled(&kept, shrink);
            best = value;
        } else {
            let share = exp(value - best);
            scale += share;
            slopes.add_scaled(&own, share);
        }
    }
    let summed = *slopes;
    *slopes = Slopes::default();
    slopes.add_scaled(&summed, 1.0 / scale);
    best + scale.ln()
}

fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + exp(-x))
}
