//! What is believed before any trial: one table, used by the density, the draws of unfitted parameters and the flags.

use serde::Serialize;

/// Prior of one parameter on its natural scale.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Prior {
    /// Column name in the draws.
    pub name: &'static str,
    /// Its distribution.
    pub shape: PriorShape,
}

/// Shape of a prior.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PriorShape {
    /// Normal.
    Normal {
        /// Mean.
        mean: f64,
        /// Standard deviation.
        sd: f64,
    },
    /// Normal cut off below zero.
    PositiveNormal {
        /// Mean before cutting.
        mean: f64,
        /// Standard deviation before cutting.
        sd: f64,
    },
    /// Half normal.
    HalfNormal {
        /// Scale.
        scale: f64,
    },
    /// Log normal.
    LogNormal {
        /// Mean of the logarithm.
        log_mean: f64,
        /// Standard deviation of the logarithm.
        log_sd: f64,
    },
    /// Beta.
    Beta {
        /// First shape.
        alpha: f64,
        /// Second shape.
        beta: f64,
    },
}

impl PriorShape {
    /// Mean.
    #[must_use]
    pub fn mean(self) -> f64 {
        match self {
            Self::Normal { mean, .. } => mean,
            Self::PositiveNormal { mean, sd } => mean + sd * mills(mean / sd),
            Self::HalfNormal { scale } => scale * (2.0 / std::f64::consts::PI).sqrt(),
            Self::LogNormal { log_mean, log_sd } => (log_mean + log_sd * log_sd / 2.0).exp(),
            Self::Beta { alpha, beta } => alpha / (alpha + beta),
        }
    }

    /// Standard deviation.
    #[must_use]
    pub fn sd(self) -> f64 {
        match self {
            Self::Normal { sd, .. } => sd,
            Self::PositiveNormal { mean, sd } => {
                let (a, ratio) = (mean / sd, mills(mean / sd));
                sd * (1.0 - a * ratio - ratio * ratio).sqrt()
            }
            Self::HalfNormal { scale } => scale * (1.0 - 2.0 / std::f64::consts::PI).sqrt(),
            Self::LogNormal { log_sd, .. } => self.mean() * (log_sd * log_sd).exp_m1().sqrt(),
            Self::Beta { alpha, beta } => {
                let total = alpha + beta;
                (alpha * beta / (total * total * (total + 1.0))).sqrt()
            }
        }
    }
}

/// Every population parameter, in the order of the draws' columns.
/// Ceiling, speed and spread: expert settings informed by the trials named in the model description; the scar-type,
/// severity and dose effects are directions reported without a usable size.
pub const PRIORS: [Prior; 16] = [
    Prior { name: "mu_A", shape: PriorShape::Normal { mean: 0.847_297_860_387_203_6, sd: 0.6 } },
    Prior { name: "mu_g", shape: PriorShape::Normal { mean: -1.203_972_804_325_936, sd: 0.5 } },
    Prior { name: "mu_k", shape: PriorShape::Normal { mean: -2.079_441_541_679_835_7, sd: 0.4 } },
    Prior { name: "rho", shape: PriorShape::Beta { alpha: 2.0, beta: 4.0 } },
    Prior { name: "omega_A", shape: PriorShape::LogNormal { log_mean: -0.356_674_943_938_732_4, log_sd: 0.4 } },
    Prior { name: "omega_g", shape: PriorShape::LogNormal { log_mean: -1.049_822_124_498_677_7, log_sd: 0.4 } },
    Prior { name: "tau", shape: PriorShape::HalfNormal { scale: 0.7 } },
    Prior { name: "sigma_pct", shape: PriorShape::LogNormal { log_mean: -2.302_585_092_994_045_5, log_sd: 0.4 } },
    Prior { name: "sigma_score", shape: PriorShape::LogNormal { log_mean: -2.120_263_536_200_091, log_sd: 0.4 } },
    Prior { name: "b_open", shape: PriorShape::Normal { mean: 0.05, sd: 0.05 } },
    Prior { name: "beta_ice", shape: PriorShape::Normal { mean: -0.8, sd: 0.5 } },
    Prior { name: "beta_roll", shape: PriorShape::Normal { mean: 0.3, sd: 0.3 } },
    Prior { name: "beta_sev", shape: PriorShape::Normal { mean: -0.2, sd: 0.3 } },
    Prior { name: "dose_depth_exponent", shape: PriorShape::PositiveNormal { mean: 0.3, sd: 0.2 } },
    Prior { name: "dose_passes_exponent", shape: PriorShape::PositiveNormal { mean: 0.2, sd: 0.2 } },
    Prior { name: "lambda_G", shape: PriorShape::LogNormal { log_mean: 0.0, log_sd: 0.25 } },
];

/// The prior of a parameter by its column name.
#[must_use]
pub fn prior_named(name: &str) -> Option<Prior> {
    PRIORS.iter().copied().find(|prior| prior.name == name)
}

/// Density over distribution function of the standard normal at `a`.
fn mills(a: f64) -> f64 {
    let density = (-a * a / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt();
    density / (0.5 * libm::erfc(-a / std::f64::consts::SQRT_2))
}
