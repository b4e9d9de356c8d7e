//! How likely an outcome is, given the true effect and the true baseline.

use crate::elementary::ln;
use crate::normal;

/// Variance of a score: `additive + proportional m^2 + baseline S0^2`, where `m` is the true severity.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ScoreVariance {
    pub(crate) additive: f64,
    pub(crate) proportional: f64,
    pub(crate) baseline: f64,
}

/// First derivatives and expected information of a log-likelihood in the effect `E` and the log baseline `s`.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Curvature {
    pub(crate) by_effect: f64,
    pub(crate) by_baseline: f64,
    pub(crate) effect_effect: f64,
    pub(crate) effect_baseline: f64,
    pub(crate) baseline_baseline: f64,
}

/// Mean and variance of a score.
#[inline(always)]
pub(crate) fn score_moments(effect: f64, baseline: f64, variance: &ScoreVariance) -> (f64, f64) {
    let mean = baseline * (1.0 - effect);
    (mean, variance.additive + variance.proportional * mean * mean + variance.baseline * baseline * baseline)
}

/// Slope and information of one score.
#[inline(always)]
pub(crate) fn score_curvature(value: f64, effect: f64, baseline: f64, variance: &ScoreVariance) -> Curvature {
    let (mean, v) = score_moments(effect, baseline, variance);
    let inverse = 1.0 / v;
    let residual = value - mean;
    // derivatives of the mean and of half the log variance
    let (m_e, m_s) = (-baseline, mean);
    let v_e = -variance.proportional * mean * baseline * inverse;
    let v_s = (variance.proportional * mean * mean + variance.baseline * baseline * baseline) * inverse;
    let scaled = residual * inverse;
    let excess = residual * scaled - 1.0;
    Curvature {
        by_effect: scaled * m_e + excess * v_e,
        by_baseline: scaled * m_s + excess * v_s,
        effect_effect: m_e * m_e * inverse + 2.0 * v_e * v_e,
        effect_baseline: m_e * m_s * inverse + 2.0 * v_e * v_s,
        baseline_baseline: m_s * m_s * inverse + 2.0 * v_s * v_s,
    }
}

/// A judged improvement: the true effect plus optimism lies at a point or in an interval, seen with noise.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Rating {
    /// A percentage, as a fraction.
    Fraction(f64),
    /// Between two cut points, as fractions; infinite at the ends.
    Between(f64, f64),
}

impl Rating {
    /// Log-likelihood. `expected` is effect plus optimism.
    pub(crate) fn log_likelihood(&self, expected: f64, sigma: f64) -> f64 {
        match *self {
            Self::Fraction(value) => {
                let z = (value - expected) / sigma;
                -0.5 * z * z - ln(sigma) - normal::HALF_LN_TWO_PI
            }
            Self::Between(low, high) => {
                let p = normal::between((low - expected) / sigma, (high - expected) / sigma);
                ln(p.max(1e-300))
            }
        }
    }

    /// Slope and information in the effect.
    pub(crate) fn curvature(&self, expected: f64, sigma: f64) -> (f64, f64) {
        match *self {
            Self::Fraction(value) => ((value - expected) / (sigma * sigma), 1.0 / (sigma * sigma)),
            Self::Between(low, high) => {
                let (low, high) = ((low - expected) / sigma, (high - expected) / sigma);
                let p = normal::between(low, high);
                if p < 1e-280 {
                    // far outside: the tail behaves like a percentage at the nearer cut point
                    let nearer = if low > 0.0 { low } else { high };
                    return (nearer / sigma, 1.0 / (sigma * sigma));
                }
                let weighted = |x: f64, density: f64| if x.is_finite() { x * density } else { 0.0 };
                let (at_low, at_high) = (normal::density(low), normal::density(high));
                let slope = (at_low - at_high) / (sigma * p);
                let curvature = (weighted(high, at_high) - weighted(low, at_low)) / (sigma * sigma * p);
                (slope, (slope * slope + curvature).max(0.0))
            }
        }
    }
}

/// Log density of a normal from its variance.
pub(crate) fn normal_log_density(value: f64, mean: f64, variance: f64) -> f64 {
    let residual = value - mean;
    -0.5 * (residual * residual / variance + ln(variance)) - normal::HALF_LN_TWO_PI
}

#[cfg(test)]
mod tests {
    use super::*;

    const H: f64 = 1e-6;

    #[test]
    fn the_slope_of_a_score_agrees_with_differences() {
        let variance = ScoreVariance { additive: 0.25, proportional: 0.0064, baseline: 0.01 };
        let log_density = |e: f64, s: f64| {
            let (mean, v) = score_moments(e, libm::exp(s), &variance);
            normal_log_density(10.4, mean, v)
        };
        let (e, s) = (0.3, 2.7);
        let exact = score_curvature(10.4, e, libm::exp(s), &variance);
        let by_effect = (log_density(e + H, s) - log_density(e - H, s)) / (2.0 * H);
        let by_baseline = (log_density(e, s + H) - log_density(e, s - H)) / (2.0 * H);
        assert!((exact.by_effect - by_effect).abs() < 1e-6);
        assert!((exact.by_baseline - by_baseline).abs() < 1e-6);
    }

    #[test]
    fn the_slope_and_curvature_of_a_category_agree_with_differences() {
        let open_ends = [(f64::NEG_INFINITY, 0.25), (0.25, 0.5), (0.5, 0.75), (0.75, f64::INFINITY)];
        for (low, high) in open_ends {
            let rating = Rating::Between(low, high);
            for e in [0.05, 0.3, 0.55, 0.9] {
                let at = |e: f64| rating.log_likelihood(e, 0.1);
                let (slope, information) = rating.curvature(e, 0.1);
                assert!((slope - (at(e + H) - at(e - H)) / (2.0 * H)).abs() < 1e-5 * (1.0 + slope.abs()));
                let h = 1e-4;
                let second = (at(e + h) - 2.0 * at(e) + at(e - h)) / (h * h);
                assert!((information + second).abs() < 1e-3 * (1.0 + information), "{e} {information} {second}");
            }
        }
    }

    #[test]
    fn categories_share_out_all_probability() {
        for e in [-0.2, 0.25, 0.61, 1.0] {
            let cuts = [f64::NEG_INFINITY, 0.25, 0.5, 0.75, f64::INFINITY];
            let sum: f64 = cuts.windows(2).map(|c| libm::exp(Rating::Between(c[0], c[1]).log_likelihood(e, 0.1))).sum();
            assert!((sum - 1.0).abs() < 1e-12);
        }
    }
}
