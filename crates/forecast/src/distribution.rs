//! A distribution of the true effect, from weighted points.

use crate::elementary::sqrt;

/// A central interval: as much probability below it as above.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// Distribution of one quantity: moments, quantiles and chances.
#[derive(Debug, Clone, PartialEq)]
pub struct Distribution {
    /// Mean.
    pub mean: f64,
    /// Standard deviation.
    pub sd: f64,
    effective_points: f64,
    /// Values in ascending order with the probability of being at or below.
    steps: Vec<(f64, f64)>,
}

impl Distribution {
    /// From values and normalised weights.
    pub(crate) fn weighted(values: &[f64], weights: &[f64], effective_points: f64) -> Self {
        let mean: f64 = values.iter().zip(weights).map(|(v, w)| v * w).sum();
        let variance: f64 = values.iter().zip(weights).map(|(v, w)| w * (v - mean) * (v - mean)).sum();
        let mut steps: Vec<(f64, f64)> = values.iter().copied().zip(weights.iter().copied()).collect();
        steps.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
        let mut sum = 0.0;
        for step in &mut steps {
            sum += step.1;
            step.1 = sum;
        }
        Self { mean, sd: sqrt(variance.max(0.0)), effective_points, steps }
    }

    /// The value below which a share `p` of the probability lies, 0 to 1.
    pub fn quantile(&self, p: f64) -> f64 {
        let above = self.steps.partition_point(|step| step.1 < p).min(self.steps.len() - 1);
        let upper = self.steps[above];
        if above == 0 {
            return upper.0;
        }
        let lower = self.steps[above - 1];
        let share = if upper.1 > lower.1 { ((p - lower.1) / (upper.1 - lower.1)).clamp(0.0, 1.0) } else { 1.0 };
        lower.0 + share * (upper.0 - lower.0)
    }

    /// Median.
    pub fn median(&self) -> f64 {
        self.quantile(0.5)
    }

    /// Central interval that holds a share of the probability, for example 0.8.
    pub fn interval(&self, share: f64) -> Interval {
        Interval { low: self.quantile(0.5 - 0.5 * share), high: self.quantile(0.5 + 0.5 * share) }
    }

    /// Chance of reaching at least `threshold`.
    pub fn chance_of_at_least(&self, threshold: f64) -> Chance {
        let below = self.steps.partition_point(|step| step.0 < threshold);
        let p = if below == 0 { 1.0 } else { (1.0 - self.steps[below - 1].1).clamp(0.0, 1.0) };
        Chance::new(p, self.effective_points)
    }
}

/// A chance and its Monte-Carlo error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Chance {
    /// Probability, 0 to 1.
    pub probability: f64,
    /// `sqrt(p (1 - p) / effective points)`: the error of the computation, not of the knowledge. An upper bound: the
    /// base points are more even than random ones.
    pub monte_carlo_error: f64,
}

impl Chance {
    pub(crate) fn new(probability: f64, effective_points: f64) -> Self {
        Self { probability, monte_carlo_error: sqrt(probability * (1.0 - probability) / effective_points) }
    }
}
