//! Random-effects meta-analysis and meta-regression, agreeing with `metafor` 3.8.

mod bias;
mod heterogeneity;
mod projection;

pub use bias::{
    BeggTest, EggerTest, LeftOneOut, MissingSide, TrimAndFill, begg, egger_random_effects, egger_weighted, leave_one_out,
    trim_and_fill,
};
pub use heterogeneity::{Estimator, tau2_interval};

use serde::Serialize;
use statrs::distribution::{ChiSquared, ContinuousCDF, FisherSnedecor, Normal, StudentsT};

use crate::{Error, effect_size::Effect};
use projection::Projection;

/// How the interval of the pooled effect is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum IntervalMethod {
    /// Normal quantiles and the usual standard error.
    Normal,
    /// Hartung-Knapp-Sidik-Jonkman: the standard error is rescaled by the observed scatter, t quantiles.
    HartungKnapp,
    /// Hartung-Knapp whose rescaling never shrinks the standard error (factor at least 1).
    HartungKnappNotNarrower,
}

/// Degrees of freedom of the prediction interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PredictionDf {
    /// Normal quantiles (metafor with `test = "z"`).
    Normal,
    /// Studies minus coefficients (metafor 3.8 with `test = "knha"`): the default.
    StudiesMinusOne,
    /// One fewer still (Higgins, Thompson and Spiegelhalter 2009).
    StudiesMinusTwo,
}

/// What to compute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Settings {
    /// Estimator of the between-study variance.
    pub estimator: Estimator,
    /// Interval of the pooled effect.
    pub interval: IntervalMethod,
    /// Degrees of freedom of the prediction interval.
    pub prediction_df: PredictionDf,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            estimator: Estimator::RestrictedMaximumLikelihood,
            interval: IntervalMethod::HartungKnapp,
            prediction_df: PredictionDf::StudiesMinusOne,
        }
    }
}

/// What so few studies cannot tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NotEstimable {
    /// One study: nothing shows how much studies differ.
    BetweenStudyVariance,
    /// One study: the interval is the study's own.
    HartungKnapp,
    /// Too few studies for a prediction interval with these degrees of freedom.
    PredictionInterval,
    /// Two studies: the between-study variance is a number, and close to worthless.
    BetweenStudyVarianceReliably,
}

/// A pooled effect with its intervals (95 %) and heterogeneity.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Pooled {
    /// Studies.
    pub k: usize,
    /// Pooled effect, unit of the effects.
    pub estimate: f64,
    /// Its standard error.
    pub se: f64,
    /// 95 % interval of the pooled effect.
    pub ci: [f64; 2],
    /// Test statistic (z or t) of "no effect".
    pub statistic: f64,
    /// Two-sided p-value.
    pub p_value: f64,
    /// 95 % interval in which the true effect of a further study is expected.
    pub prediction: Option<[f64; 2]>,
    /// Between-study variance; `None` when it cannot be estimated.
    pub tau2: Option<f64>,
    /// Standard error of the between-study variance.
    pub tau2_se: Option<f64>,
    /// Share of the total variation that is between studies, percent.
    pub i2_pct: Option<f64>,
    /// Total over sampling variation.
    pub h2: Option<f64>,
    /// Cochran's Q.
    pub q: f64,
    /// p-value of Q.
    pub q_p_value: Option<f64>,
    /// Weight of each study, percent, in the order given.
    pub weights_pct: Vec<f64>,
    /// Factor by which Hartung-Knapp rescaled the standard error; below 1 its interval may be too narrow.
    pub hartung_knapp_factor: Option<f64>,
    /// What so few studies cannot tell.
    pub not_estimable: Vec<NotEstimable>,
}

/// Pool effects.
///
/// # Errors
/// No effects, or an effect that is not a number or whose variance is not positive.
///
/// ```
/// use resurface_evidence::{effect_size::Effect, meta::{Settings, pool}};
///
/// let improvement_pct = [(44.6, 2.9), (52.5, 2.5), (27.9, 3.9)];
/// let effects = improvement_pct.map(|(estimate, se)| Effect { estimate, variance: se * se });
/// let pooled = pool(&effects, Settings::default())?;
/// assert!((40.0..45.0).contains(&pooled.estimate));
/// assert!(pooled.prediction.is_some_and(|[low, high]| low < 0.0 && high > 80.0), "three studies predict little");
/// # Ok::<(), resurface_evidence::Error>(())
/// ```
pub fn pool(effects: &[Effect], settings: Settings) -> Result<Pooled, Error> {
    check(effects)?;
    if let [only] = effects {
        return Ok(single_study(*only));
    }
    let design = vec![vec![1.0; effects.len()]];
    let tau2 = settings.estimator.estimate(effects, &design)?;
    let fitted = Projection::at(effects, &design, tau2.value)?;
    let (k, df) = (effects.len(), fitted.df());
    let scale = scatter_scale(&fitted, settings.interval);
    let estimate = fitted.coefficients[0];
    let se = fitted.covariance[0][0].sqrt() * scale.factor;
    let half = scale.quantile(df)? * se;
    let (q, q_p_value) = cochran_q(effects, &design)?;
    let [i2_pct, h2] = inconsistency(effects, &design, tau2.value, settings.estimator)?;
    let prediction = prediction_interval(estimate, se, tau2.value, df, settings)?;
    let mut not_estimable = Vec::new();
    if k == 2 {
        not_estimable.push(NotEstimable::BetweenStudyVarianceReliably);
    }
    if prediction.is_none() && settings.estimator != Estimator::FixedEffect {
        not_estimable.push(NotEstimable::PredictionInterval);
    }
    let total: f64 = fitted.weights.iter().sum();
    Ok(Pooled {
        k,
        estimate,
        se,
        ci: [estimate - half, estimate + half],
        statistic: estimate / se,
        p_value: scale.two_sided_p(estimate / se, df)?,
        prediction,
        tau2: Some(tau2.value),
        tau2_se: tau2.se,
        i2_pct: Some(i2_pct),
        h2: Some(h2),
        q,
        q_p_value: Some(q_p_value),
        weights_pct: fitted.weights.iter().map(|weight| 100.0 * weight / total).collect(),
        hartung_knapp_factor: scale.observed,
        not_estimable,
    })
}

/// A meta-regression: coefficients in the order of the columns given, intercept first.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Regression {
    /// Studies.
    pub k: usize,
    /// Intercept, then one coefficient per moderator.
    pub coefficients: Vec<f64>,
    /// Their standard errors.
    pub se: Vec<f64>,
    /// Two-sided p-values.
    pub p_values: Vec<f64>,
    /// 95 % intervals.
    pub ci: Vec<[f64; 2]>,
    /// Test statistics (z or t).
    pub statistics: Vec<f64>,
    /// Between-study variance left over.
    pub tau2: f64,
    /// Share of the between-study variance the moderators explain, percent.
    pub r2_pct: f64,
    /// Residual heterogeneity.
    pub q_residual: f64,
    /// Omnibus test of all moderators (chi-squared, or F under Hartung-Knapp).
    pub q_moderators: f64,
    /// Its p-value.
    pub q_moderators_p_value: f64,
}

/// Regress effects on moderators (one column per moderator, one value per study; the intercept is added).
///
/// # Errors
/// As [`pool`], and when columns differ in length, moderators are collinear, or studies are too few.
pub fn regress(effects: &[Effect], moderators: &[Vec<f64>], settings: Settings) -> Result<Regression, Error> {
    check(effects)?;
    let k = effects.len();
    if moderators.iter().any(|column| column.len() != k) {
        return Err(Error::ModeratorLength { studies: k });
    }
    let mut design = vec![vec![1.0; k]];
    design.extend(moderators.iter().cloned());
    if k <= design.len() {
        return Err(Error::TooFewStudies { studies: k, needed: design.len() + 1 });
    }
    let tau2 = settings.estimator.estimate(effects, &design)?.value;
    let fitted = Projection::at(effects, &design, tau2)?;
    let df = fitted.df();
    let scale = scatter_scale(&fitted, settings.interval);
    let se: Vec<f64> = (0..design.len()).map(|i| fitted.covariance[i][i].sqrt() * scale.factor).collect();
    let statistics: Vec<f64> = fitted.coefficients.iter().zip(&se).map(|(b, se)| b / se).collect();
    let p_values = statistics.iter().map(|t| scale.two_sided_p(*t, df)).collect::<Result<_, _>>()?;
    let quantile = scale.quantile(df)?;
    let ci = fitted.coefficients.iter().zip(&se).map(|(b, se)| [b - quantile * se, b + quantile * se]).collect();
    let (q_moderators, q_moderators_p_value) = omnibus(&fitted, scale)?;
    let alone = settings.estimator.estimate(effects, &design[..1])?.value;
    let r2_pct = if alone > 0.0 { (100.0 * (alone - tau2) / alone).max(0.0) } else { 0.0 };
    let (q_residual, _) = cochran_q(effects, &design)?;
    Ok(Regression {
        k,
        coefficients: fitted.coefficients,
        se,
        p_values,
        ci,
        statistics,
        tau2,
        r2_pct,
        q_residual,
        q_moderators,
        q_moderators_p_value,
    })
}

/// Rescaling of the standard error and the distribution that goes with it.
#[derive(Debug, Clone, Copy)]
struct Scale {
    factor: f64,
    observed: Option<f64>,
    reference: Reference,
}

#[derive(Debug, Clone, Copy)]
enum Reference {
    Normal,
    StudentT,
}

impl Scale {
    fn quantile(self, df: f64) -> Result<f64, Error> {
        match self.reference {
            Reference::Normal => Ok(standard_normal()?.inverse_cdf(0.975)),
            Reference::StudentT => t_quantile(df),
        }
    }

    fn two_sided_p(self, statistic: f64, df: f64) -> Result<f64, Error> {
        match self.reference {
            Reference::Normal => Ok(libm::erfc(statistic.abs() / std::f64::consts::SQRT_2)),
            Reference::StudentT => t_two_sided_p(statistic, df),
        }
    }
}

fn scatter_scale(fitted: &Projection, method: IntervalMethod) -> Scale {
    let observed = (fitted.quadratic / fitted.df()).sqrt();
    match method {
        IntervalMethod::Normal => Scale { factor: 1.0, observed: None, reference: Reference::Normal },
        IntervalMethod::HartungKnapp => Scale { factor: observed, observed: Some(observed), reference: Reference::StudentT },
        IntervalMethod::HartungKnappNotNarrower => {
            Scale { factor: observed.max(1.0), observed: Some(observed), reference: Reference::StudentT }
        }
    }
}

fn omnibus(fitted: &Projection, scale: Scale) -> Result<(f64, f64), Error> {
    let m = fitted.coefficients.len() - 1;
    let slopes: Vec<f64> = fitted.coefficients[1..].to_vec();
    let covariance: Vec<Vec<f64>> = fitted.covariance[1..].iter().map(|row| row[1..].to_vec()).collect();
    let inverse = projection::invert(&covariance)?;
    let mut quadratic = 0.0;
    for i in 0..m {
        for j in 0..m {
            quadratic += slopes[i] * inverse[i][j] * slopes[j];
        }
    }
    let wald = quadratic / (scale.factor * scale.factor);
    match scale.reference {
        Reference::Normal => Ok((wald, 1.0 - chi_squared(m as f64)?.cdf(wald))),
        Reference::StudentT => {
            let f = wald / m as f64;
            let reference = FisherSnedecor::new(m as f64, fitted.df())
                .map_err(|_| Error::TooFewStudies { studies: fitted.weights.len(), needed: m + 2 })?;
            Ok((f, reference.sf(f)))
        }
    }
}

fn single_study(only: Effect) -> Pooled {
    let se = only.variance.sqrt();
    let half = 1.959_963_984_540_054 * se;
    Pooled {
        k: 1,
        estimate: only.estimate,
        se,
        ci: [only.estimate - half, only.estimate + half],
        statistic: only.estimate / se,
        p_value: libm::erfc((only.estimate / se).abs() / std::f64::consts::SQRT_2),
        prediction: None,
        tau2: None,
        tau2_se: None,
        i2_pct: None,
        h2: None,
        q: 0.0,
        q_p_value: None,
        weights_pct: vec![100.0],
        hartung_knapp_factor: None,
        not_estimable: vec![NotEstimable::BetweenStudyVariance, NotEstimable::HartungKnapp, NotEstimable::PredictionInterval],
    }
}

fn cochran_q(effects: &[Effect], design: &[Vec<f64>]) -> Result<(f64, f64), Error> {
    let fixed = Projection::at(effects, design, 0.0)?;
    Ok((fixed.quadratic, chi_squared(fixed.df())?.sf(fixed.quadratic)))
}

/// I² (percent) and H² from the between-study variance and the typical sampling variance.
fn inconsistency(effects: &[Effect], design: &[Vec<f64>], tau2: f64, estimator: Estimator) -> Result<[f64; 2], Error> {
    let fixed = Projection::at(effects, design, 0.0)?;
    if estimator == Estimator::FixedEffect {
        let excess = (fixed.quadratic - fixed.df()).max(0.0);
        return Ok([100.0 * excess / fixed.quadratic.max(f64::MIN_POSITIVE), fixed.quadratic / fixed.df()]);
    }
    let typical = fixed.df() / fixed.trace;
    Ok([100.0 * tau2 / (typical + tau2), tau2 / typical + 1.0])
}

fn prediction_interval(estimate: f64, se: f64, tau2: f64, df: f64, settings: Settings) -> Result<Option<[f64; 2]>, Error> {
    if settings.estimator == Estimator::FixedEffect {
        return Ok(None);
    }
    let quantile = match settings.prediction_df {
        PredictionDf::Normal => standard_normal()?.inverse_cdf(0.975),
        PredictionDf::StudiesMinusOne => t_quantile(df)?,
        PredictionDf::StudiesMinusTwo if df < 2.0 => return Ok(None),
        PredictionDf::StudiesMinusTwo => t_quantile(df - 1.0)?,
    };
    let half = quantile * (se * se + tau2).sqrt();
    Ok(Some([estimate - half, estimate + half]))
}

fn check(effects: &[Effect]) -> Result<(), Error> {
    if effects.is_empty() {
        return Err(Error::NoStudies);
    }
    for (index, effect) in effects.iter().enumerate() {
        if !effect.estimate.is_finite() || !effect.variance.is_finite() || effect.variance <= 0.0 {
            return Err(Error::UnusableEffect { study: index + 1, estimate: effect.estimate, variance: effect.variance });
        }
    }
    Ok(())
}

fn standard_normal() -> Result<Normal, Error> {
    Normal::new(0.0, 1.0).map_err(|_| Error::NoStudies)
}

fn t_quantile(df: f64) -> Result<f64, Error> {
    Ok(student_t(df)?.inverse_cdf(0.975))
}

fn t_two_sided_p(statistic: f64, df: f64) -> Result<f64, Error> {
    Ok((2.0 * student_t(df)?.sf(statistic.abs())).min(1.0))
}

fn student_t(df: f64) -> Result<StudentsT, Error> {
    StudentsT::new(0.0, 1.0, df).map_err(|_| Error::TooFewStudies { studies: 1, needed: 2 })
}

fn chi_squared(df: f64) -> Result<ChiSquared, Error> {
    ChiSquared::new(df).map_err(|_| Error::TooFewStudies { studies: 1, needed: 2 })
}
