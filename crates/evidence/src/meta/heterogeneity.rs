//! How much studies differ: nine estimators of the between-study variance and its Q-profile interval.

use serde::Serialize;
use statrs::distribution::ContinuousCDF;

use super::{chi_squared, projection::Projection};
use crate::{Error, effect_size::Effect};

/// Estimator of the between-study variance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Estimator {
    /// No between-study variance at all.
    FixedEffect,
    /// Restricted maximum likelihood (Fisher scoring).
    RestrictedMaximumLikelihood,
    /// Maximum likelihood (Fisher scoring).
    MaximumLikelihood,
    /// DerSimonian-Laird moments.
    DerSimonianLaird,
    /// Paule-Mandel: the variance at which Q equals its degrees of freedom.
    PauleMandel,
    /// Empirical Bayes: the same root as Paule-Mandel, reached by its own iteration.
    EmpiricalBayes,
    /// Sidik-Jonkman.
    SidikJonkman,
    /// Hedges-Olkin (unweighted moments).
    HedgesOlkin,
    /// Hunter-Schmidt.
    HunterSchmidt,
}

/// A between-study variance and its standard error.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tau2 {
    pub(super) value: f64,
    pub(super) se: Option<f64>,
}

const ITERATIONS_MAX: usize = 1000;
const STEP_TOLERANCE: f64 = 1e-14;

impl Estimator {
    pub(super) fn estimate(self, effects: &[Effect], design: &[Vec<f64>]) -> Result<Tau2, Error> {
        match self {
            Self::FixedEffect => Ok(Tau2 { value: 0.0, se: None }),
            Self::DerSimonianLaird => der_simonian_laird(effects, design),
            Self::HunterSchmidt => hunter_schmidt(effects, design),
            Self::HedgesOlkin => hedges_olkin(effects, design),
            Self::SidikJonkman => sidik_jonkman(effects, design),
            Self::PauleMandel => paule_mandel(effects, design),
            Self::EmpiricalBayes => scoring(effects, design, |fitted| {
                let k = fitted.weights.len() as f64;
                let total: f64 = fitted.weights.iter().sum();
                ((fitted.quadratic * k / fitted.df() - k) / total, moment_root_se(fitted))
            }),
            Self::MaximumLikelihood => scoring(effects, design, |fitted| {
                let information: f64 = fitted.weights.iter().map(|w| w * w).sum();
                let score = squared(&fitted.weighted_residuals) - fitted.weights.iter().sum::<f64>();
                (score / information, (2.0 / information).sqrt())
            }),
            Self::RestrictedMaximumLikelihood => scoring(effects, design, |fitted| {
                let information = fitted.trace_squared();
                let score = squared(&fitted.weighted_residuals) - fitted.trace;
                (score / information, (2.0 / information).sqrt())
            }),
        }
    }
}

/// Q-profile interval (95 %) of the between-study variance: where Q(tau2) meets its chi-squared quantiles.
///
/// # Errors
/// Fewer than two studies, or an effect that cannot be used.
pub fn tau2_interval(effects: &[Effect]) -> Result<[f64; 2], Error> {
    super::check(effects)?;
    if effects.len() < 2 {
        return Err(Error::TooFewStudies { studies: effects.len(), needed: 2 });
    }
    let design = vec![vec![1.0; effects.len()]];
    let reference = chi_squared((effects.len() - 1) as f64)?;
    Ok([
        tau2_where_q_is(effects, &design, reference.inverse_cdf(0.975))?,
        tau2_where_q_is(effects, &design, reference.inverse_cdf(0.025))?,
    ])
}

/// Fisher scoring from the unweighted moment estimate; a step that would go below zero is halved.
fn scoring(effects: &[Effect], design: &[Vec<f64>], step: impl Fn(&Projection) -> (f64, f64)) -> Result<Tau2, Error> {
    let mut value = hedges_olkin(effects, design)?.value;
    for _ in 0..ITERATIONS_MAX {
        let fitted = Projection::at(effects, design, value)?;
        let (mut change, _) = step(&fitted);
        while value + change < 0.0 && change.abs() > STEP_TOLERANCE {
            change /= 2.0;
        }
        value = (value + change).max(0.0);
        if change.abs() <= STEP_TOLERANCE * value.max(1.0) {
            break;
        }
    }
    let (_, se) = step(&Projection::at(effects, design, value)?);
    Ok(Tau2 { value, se: Some(se) })
}

fn der_simonian_laird(effects: &[Effect], design: &[Vec<f64>]) -> Result<Tau2, Error> {
    let fixed = Projection::at(effects, design, 0.0)?;
    let value = ((fixed.quadratic - fixed.df()) / fixed.trace).max(0.0);
    let spread = quadratic_spread(value, fixed.df(), fixed.trace, fixed.trace_squared());
    Ok(Tau2 { value, se: Some(spread / fixed.trace) })
}

fn hunter_schmidt(effects: &[Effect], design: &[Vec<f64>]) -> Result<Tau2, Error> {
    let fixed = Projection::at(effects, design, 0.0)?;
    let total: f64 = fixed.weights.iter().sum();
    let value = ((fixed.quadratic - effects.len() as f64) / total).max(0.0);
    let spread = quadratic_spread(value, fixed.df(), fixed.trace, fixed.trace_squared());
    Ok(Tau2 { value, se: Some(spread / total) })
}

fn hedges_olkin(effects: &[Effect], design: &[Vec<f64>]) -> Result<Tau2, Error> {
    let plain = Projection::unweighted(effects, design)?;
    let [trace, trace_squared] = plain.traces_with(&variances(effects));
    let value = ((plain.quadratic - trace) / plain.df()).max(0.0);
    let spread = quadratic_spread(value, trace_squared, trace, plain.df());
    Ok(Tau2 { value, se: Some(spread / plain.df()) })
}

fn sidik_jonkman(effects: &[Effect], design: &[Vec<f64>]) -> Result<Tau2, Error> {
    let k = effects.len() as f64;
    let mean = effects.iter().map(|effect| effect.estimate).sum::<f64>() / k;
    let crude = effects.iter().map(|effect| (effect.estimate - mean).powi(2)).sum::<f64>() / k;
    let fitted = Projection::at(effects, design, crude)?;
    let value = (crude * fitted.quadratic / fitted.df()).max(0.0);
    let [_, trace_squared] = fitted.traces_with(&variances(effects));
    let sandwich = fitted.trace_sandwich(&variances(effects));
    let spread = quadratic_spread(value, trace_squared, sandwich, fitted.trace_squared());
    Ok(Tau2 { value, se: Some(crude / fitted.df() * spread) })
}

fn paule_mandel(effects: &[Effect], design: &[Vec<f64>]) -> Result<Tau2, Error> {
    let df = Projection::unweighted(effects, design)?.df();
    let value = tau2_where_q_is(effects, design, df)?;
    let fitted = Projection::at(effects, design, value)?;
    Ok(Tau2 { value, se: Some(moment_root_se(&fitted)) })
}

/// The between-study variance at which Q falls to `target`; zero when it starts below. Q falls steadily: bisection.
fn tau2_where_q_is(effects: &[Effect], design: &[Vec<f64>], target: f64) -> Result<f64, Error> {
    let excess = |tau2: f64| Projection::at(effects, design, tau2).map(|fitted| fitted.quadratic - target);
    if excess(0.0)? <= 0.0 {
        return Ok(0.0);
    }
    let mut high = variances(effects).iter().copied().fold(f64::MIN_POSITIVE, f64::max);
    while excess(high)? > 0.0 {
        high *= 2.0;
    }
    let mut low = 0.0;
    while high - low > 1e-14 * high {
        let middle = f64::midpoint(low, high);
        if middle <= low || middle >= high {
            break;
        }
        if excess(middle)? > 0.0 { low = middle } else { high = middle }
    }
    Ok(f64::midpoint(low, high))
}

/// Standard error of the Paule-Mandel (= empirical Bayes) root.
fn moment_root_se(fitted: &Projection) -> f64 {
    let k = fitted.weights.len() as f64;
    k / fitted.df() / fitted.weights.iter().sum::<f64>() * (2.0 * fitted.df()).sqrt()
}

/// Standard deviation of a quadratic form at between-study variance `tau2`, from its three trace terms.
fn quadratic_spread(tau2: f64, constant: f64, linear: f64, square: f64) -> f64 {
    (2.0 * constant + 4.0 * tau2 * linear + 2.0 * tau2 * tau2 * square).sqrt()
}

fn variances(effects: &[Effect]) -> Vec<f64> {
    effects.iter().map(|effect| effect.variance).collect()
}

fn squared(values: &[f64]) -> f64 {
    values.iter().map(|value| value * value).sum()
}
