//! How likely an outcome's published numbers are, given the moments of its arm, with the gradient.

use super::{
    Numbers, REPEAT_CORRELATION, TIMES_MAX, TrialOutcome,
    elementary::exp,
    response::{Ceiling, Course, NODES, Q, Reach, Signal, WEIGHTS},
};

/// What an outcome's likelihood depends on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Inputs<'a> {
    pub(super) ceiling: &'a Ceiling,
    pub(super) gains: &'a [f64; Q],
    pub(super) rate: f64,
    pub(super) rho: f64,
    pub(super) optimism: f64,
    pub(super) sigma_pct: f64,
    pub(super) sigma_score: f64,
    /// Latent log baseline of a score change, or log of the grade factor.
    pub(super) log_scale: f64,
}

/// Gradient by those inputs.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Slopes {
    pub(super) ceiling_location: f64,
    pub(super) ceiling_spread: f64,
    pub(super) gain_location: f64,
    pub(super) gain_spread: f64,
    pub(super) rate: f64,
    pub(super) rho: f64,
    pub(super) optimism: f64,
    pub(super) sigma_pct: f64,
    pub(super) sigma_score: f64,
    pub(super) log_scale: f64,
}

impl Slopes {
    pub(super) fn add_scaled(&mut self, other: &Self, factor: f64) {
        self.ceiling_location += factor * other.ceiling_location;
        self.ceiling_spread += factor * other.ceiling_spread;
        self.gain_location += factor * other.gain_location;
        self.gain_spread += factor * other.gain_spread;
        self.rate += factor * other.rate;
        self.rho += factor * other.rho;
        self.optimism += factor * other.optimism;
        self.sigma_pct += factor * other.sigma_pct;
        self.sigma_score += factor * other.sigma_score;
        self.log_scale += factor * other.log_scale;
    }
}

/// An outcome with everything that does not depend on parameters worked out.
#[derive(Debug, Clone)]
pub(super) struct Compiled {
    n: f64,
    numbers: Numbers,
    pub(super) courses: Vec<Course>,
    /// Inverse of the error covariance of repeated assessments, row by row; empty when not needed.
    precision: Vec<f64>,
}

/// Gradient by the mean and the variance of one assessment.
#[derive(Debug, Clone, Copy, Default)]
struct ByMoments {
    mean: f64,
    variance: f64,
}

impl Compiled {
    pub(super) fn new(outcome: &TrialOutcome) -> Self {
        let total: f64 = outcome.readings.iter().map(|reading| reading.weight).sum();
        let precision = match &outcome.numbers {
            Numbers::ScoreRatio { se, .. } | Numbers::ScoreChange { se, .. } => exchangeable_precision(se),
            _ => Vec::new(),
        };
        Self {
            n: outcome.n,
            numbers: outcome.numbers.clone(),
            courses: outcome.readings.iter().map(|reading| Course::new(reading, total)).collect(),
            precision,
        }
    }

    /// Log likelihood under one reading, up to a constant, with its gradient.
    pub(super) fn log_likelihood(&self, course: &Course, inputs: &Inputs<'_>, slopes: &mut Slopes) -> f64 {
        let times = course.times();
        let mut signals = [Signal::default(); TIMES_MAX];
        course.signals(inputs.rate, inputs.rho, &mut signals);
        if let Numbers::Categories { cuts, counts } = &self.numbers {
            return categories(cuts, counts, signals[0], inputs, slopes);
        }
        let mut reach = [Reach::default(); TIMES_MAX];
        let (mut mean, mut variance) = ([0.0; TIMES_MAX], [0.0; TIMES_MAX]);
        for t in 0..times {
            reach[t] = Reach::at(inputs.gains, signals[t].r);
            mean[t] = inputs.ceiling.mean * reach[t].mean;
            variance[t] = (inputs.ceiling.square * reach[t].square - mean[t] * mean[t]).max(0.0);
        }
        let mut by = [ByMoments::default(); TIMES_MAX];
        let value = self.by_moments(&mean[..times], &variance[..times], inputs, &mut by[..times], slopes);
        for t in 0..times {
            moments_to_inputs(inputs.ceiling, &reach[t], signals[t], mean[t], by[t], slopes);
        }
        value
    }

    fn by_moments(&self, mean: &[f64], variance: &[f64], inputs: &Inputs<'_>, by: &mut [ByMoments], slopes: &mut Slopes) -> f64 {
        match &self.numbers {
            Numbers::ScoreRatio { improvement, baseline_mean, baseline_sd, followup_sd, .. } => {
                let value = self.repeated(improvement, 1.0, mean, inputs, by, slopes);
                let spreads = Spreads { baseline_mean: *baseline_mean, baseline_sd: *baseline_sd, followup_sd };
                value + spreads.log_likelihood(self.n, mean, variance, inputs, by, slopes)
            }
            Numbers::ScoreChange { change, se, .. } => {
                let baseline = exp(inputs.log_scale);
                let value = self.repeated(change, baseline, mean, inputs, by, slopes);
                value + change_spread(self.n, baseline, se, variance, inputs, by, slopes)
            }
            Numbers::PercentMean { improvement } => {
                let mut value = 0.0;
                for t in 0..mean.len() {
                    value += self.mean_of_patients(improvement[t], 1.0, mean[t], variance[t], inputs, &mut by[t], slopes);
                }
                value
            }
            Numbers::GradeMean { improvement, se } => {
                let factor = exp(inputs.log_scale);
                match se {
                    Some(se) => known_error(*improvement, *se, factor, mean[0], inputs, &mut by[0], slopes),
                    None => self.mean_of_patients(*improvement, factor, mean[0], variance[0], inputs, &mut by[0], slopes),
                }
            }
            Numbers::Categories { .. } => 0.0,
        }
    }

    /// Correlated assessments: `factor (mean + optimism)` with a known error covariance.
    fn repeated(
        &self,
        observed: &[f64],
        factor: f64,
        mean: &[f64],
        inputs: &Inputs<'_>,
        by: &mut [ByMoments],
        slopes: &mut Slopes,
    ) -> f64 {
        let times = mean.len();
        let mut residual = [0.0; TIMES_MAX];
        for t in 0..times {
            residual[t] = observed[t] - factor * (mean[t] + inputs.optimism);
        }
        let mut quadratic = 0.0;
        for t in 0..times {
            let weighted: f64 = (0..times).map(|u| self.precision[t * times + u] * residual[u]).sum();
            quadratic += residual[t] * weighted;
            by[t].mean += factor * weighted;
            slopes.optimism += factor * weighted;
            if factor != 1.0 {
                slopes.log_scale += weighted * factor * (mean[t] + inputs.optimism);
            }
        }
        -0.5 * quadratic
    }

    /// A mean of n patients whose error is their spread and the rater's noise.
    #[expect(clippy::too_many_arguments, reason = "the moments of one assessment and where its gradient goes")]
    fn mean_of_patients(
        &self,
        observed: f64,
        factor: f64,
        mean: f64,
        variance: f64,
        inputs: &Inputs<'_>,
        by: &mut ByMoments,
        slopes: &mut Slopes,
    ) -> f64 {
        let error = (factor * factor * variance + inputs.sigma_pct * inputs.sigma_pct) / self.n;
        let fitted = factor * (mean + inputs.optimism);
        let residual = observed - fitted;
        let by_error = 0.5 * (residual * residual / error - 1.0) / error / self.n;
        let by_fitted = residual / error;
        by.mean += factor * by_fitted;
        by.variance += factor * factor * by_error;
        slopes.optimism += factor * by_fitted;
        slopes.sigma_pct += 2.0 * inputs.sigma_pct * by_error;
        if matches!(self.numbers, Numbers::GradeMean { .. }) {
            slopes.log_scale += by_fitted * fitted + 2.0 * factor * factor * variance * by_error;
        }
        -0.5 * (error.ln() + residual * residual / error)
    }
}

fn known_error(
    observed: f64,
    se: f64,
    factor: f64,
    mean: f64,
    inputs: &Inputs<'_>,
    by: &mut ByMoments,
    slopes: &mut Slopes,
) -> f64 {
    let fitted = factor * (mean + inputs.optimism);
    let weighted = (observed - fitted) / (se * se);
    by.mean += factor * weighted;
    slopes.optimism += factor * weighted;
    slopes.log_scale += weighted * fitted;
    -0.5 * weighted * (observed - fitted)
}

/// Reported spreads before and after: they tell patients apart from raters.
struct Spreads<'a> {
    baseline_mean: f64,
    baseline_sd: f64,
    followup_sd: &'a [f64],
}

impl Spreads<'_> {
    fn log_likelihood(
        &self,
        n: f64,
        mean: &[f64],
        variance: &[f64],
        inputs: &Inputs<'_>,
        by: &mut [ByMoments],
        slopes: &mut Slopes,
    ) -> f64 {
        let (df, times) = (n - 1.0, mean.len() as f64);
        let scale2 = self.baseline_mean * self.baseline_mean;
        let noise = inputs.sigma_score * inputs.sigma_score * scale2;
        let noise_by_sigma = 2.0 * inputs.sigma_score * scale2;
        let total = self.baseline_sd * self.baseline_sd;
        let (latent, latent_by_sigma) =
            if total - noise > 0.25 * total { (total - noise, -noise_by_sigma) } else { (0.25 * total, 0.0) };
        let mut value = 0.0;
        for t in 0..mean.len() {
            let left = 1.0 - mean[t] - inputs.optimism;
            let expected = latent * (left * left + variance[t]) + scale2 * variance[t] + noise;
            let observed = self.followup_sd[t] * self.followup_sd[t];
            value += -0.5 * df * (expected.ln() + observed / expected) / times;
            let by_expected = -0.5 * df * (1.0 - observed / expected) / expected / times;
            by[t].mean += by_expected * -2.0 * latent * left;
            by[t].variance += by_expected * (latent + scale2);
            slopes.optimism += by_expected * -2.0 * latent * left;
            slopes.sigma_score += by_expected * (latent_by_sigma * (left * left + variance[t]) + noise_by_sigma);
        }
        value
    }
}

/// Spread of a change whose baseline is latent.
fn change_spread(
    n: f64,
    baseline: f64,
    se: &[f64],
    variance: &[f64],
    inputs: &Inputs<'_>,
    by: &mut [ByMoments],
    slopes: &mut Slopes,
) -> f64 {
    let (df, times) = (n - 1.0, se.len() as f64);
    let scale2 = baseline * baseline;
    let mut value = 0.0;
    for t in 0..se.len() {
        let expected = scale2 * (variance[t] + 2.0 * inputs.sigma_score * inputs.sigma_score);
        let observed = se[t] * se[t] * n;
        value += -0.5 * df * (expected.ln() + observed / expected) / times;
        let by_expected = -0.5 * df * (1.0 - observed / expected) / expected / times;
        by[t].variance += by_expected * scale2;
        slopes.sigma_score += by_expected * scale2 * 4.0 * inputs.sigma_score;
        slopes.log_scale += by_expected * 2.0 * expected;
    }
    value
}

/// Patients per category: the probability of each, integrated over patients and the rater's noise.
fn categories(cuts: &[f64], counts: &[f64], signal: Signal, inputs: &Inputs<'_>, slopes: &mut Slopes) -> f64 {
    const INVERSE_ROOT_TWO_PI: f64 = 0.398_942_280_401_432_7;
    /// Standard deviations beyond which the normal distribution function is 0 or 1 to the last bit.
    const SURE: f64 = 8.3;
    let inverse_sigma = 1.0 / inputs.sigma_pct;
    let mut below = [0.0; 4];
    let mut density = [[[0.0; Q]; Q]; 4];
    let mut z_density = [0.0; 4];
    let left: [f64; Q] = inputs.gains.map(|gain| exp(-gain * signal.r));
    for a in 0..Q {
        for b in 0..Q {
            let effect = inputs.ceiling.value[a] * (1.0 - left[b]) + inputs.optimism;
            let weight = WEIGHTS[a] * WEIGHTS[b];
            for (c, cut) in cuts.iter().enumerate() {
                if counts[c] == 0.0 && counts[c + 1] == 0.0 {
                    continue; // nobody on either side: the cut point does not count
                }
                let z = (cut - effect) * inverse_sigma;
                if z.abs() > SURE {
                    below[c] += if z > 0.0 { weight } else { 0.0 };
                    continue;
                }
                below[c] += weight * 0.5 * libm::erfc(-z * std::f64::consts::FRAC_1_SQRT_2);
                let height = weight * INVERSE_ROOT_TWO_PI * exp(-0.5 * z * z);
                density[c][a][b] = height;
                z_density[c] += height * z;
            }
        }
    }
    let (value, by_below) = multinomial(counts, &below[..cuts.len()]);
    spread_categories(cuts.len(), &by_below, &density, &z_density, &left, signal, inputs, slopes);
    value
}

/// Multinomial log likelihood of counts given cumulative probabilities, with its gradient by those.
fn multinomial(counts: &[f64], below: &[f64]) -> (f64, [f64; 4]) {
    const LEAST: f64 = 1e-12;
    let mut value = 0.0;
    let mut by_below = [0.0; 4];
    let mut previous = 0.0;
    for (c, count) in counts.iter().enumerate() {
        let upper = if c < below.len() { below[c] } else { 1.0 };
        let probability = upper - previous;
        previous = upper;
        value += count * probability.max(LEAST).ln();
        if probability > LEAST && *count > 0.0 {
            let slope = count / probability;
            if c < below.len() {
                by_below[c] += slope;
            }
            if c > 0 {
                by_below[c - 1] -= slope;
            }
        }
    }
    (value, by_below)
}

#[expect(clippy::too_many_arguments, reason = "the second half of one calculation, split for reading")]
fn spread_categories(
    cuts: usize,
    by_below: &[f64; 4],
    density: &[[[f64; Q]; Q]; 4],
    z_density: &[f64; 4],
    left: &[f64; Q],
    signal: Signal,
    inputs: &Inputs<'_>,
    slopes: &mut Slopes,
) {
    let inverse_sigma = 1.0 / inputs.sigma_pct;
    let mut by_ceiling = [0.0; Q];
    let mut by_reach = [0.0; Q];
    for c in 0..cuts {
        slopes.sigma_pct -= by_below[c] * z_density[c] * inverse_sigma;
    }
    for a in 0..Q {
        for b in 0..Q {
            let mut by_effect = 0.0;
            for c in 0..cuts {
                by_effect -= by_below[c] * density[c][a][b];
            }
            by_effect *= inverse_sigma;
            slopes.optimism += by_effect;
            by_ceiling[a] += by_effect * (1.0 - left[b]);
            by_reach[b] += by_effect * inputs.ceiling.value[a];
        }
    }
    let mut by_r = 0.0;
    for q in 0..Q {
        let through_ceiling = by_ceiling[q] * inputs.ceiling.slope[q];
        slopes.ceiling_location += through_ceiling;
        slopes.ceiling_spread += through_ceiling * NODES[q];
        let through_gain = by_reach[q] * inputs.gains[q] * left[q];
        by_r += through_gain;
        slopes.gain_spread += through_gain * signal.r * NODES[q];
    }
    signal_to_inputs(by_r, signal, slopes);
}

/// Carry the gradient of one assessment's mean and variance on to the inputs.
fn moments_to_inputs(ceiling: &Ceiling, reach: &Reach, signal: Signal, mean: f64, by: ByMoments, slopes: &mut Slopes) {
    let by_mean = by.mean - 2.0 * mean * by.variance;
    let (by_ceiling, by_square) = (by_mean * reach.mean, by.variance * reach.square);
    slopes.ceiling_location += by_ceiling * ceiling.mean_by_location + by_square * ceiling.square_by_location;
    slopes.ceiling_spread += by_ceiling * ceiling.mean_by_spread + by_square * ceiling.square_by_spread;
    let (by_reach, by_reach_square) = (by_mean * ceiling.mean, by.variance * ceiling.square);
    slopes.gain_spread += by_reach * reach.mean_by_spread + by_reach_square * reach.square_by_spread;
    signal_to_inputs(by_reach * reach.mean_by_r + by_reach_square * reach.square_by_r, signal, slopes);
}

fn signal_to_inputs(by_r: f64, signal: Signal, slopes: &mut Slopes) {
    slopes.gain_location += by_r * signal.r;
    slopes.rate += by_r * signal.by_rate;
    slopes.rho += by_r * signal.by_rho;
}

/// Inverse of `se se' * (correlation off the diagonal, 1 on it)`.
fn exchangeable_precision(se: &[f64]) -> Vec<f64> {
    let times = se.len();
    let spare = 1.0 - REPEAT_CORRELATION;
    let shared = REPEAT_CORRELATION / (spare * (spare + REPEAT_CORRELATION * times as f64));
    let mut precision = vec![0.0; times * times];
    for t in 0..times {
        for u in 0..times {
            let diagonal = if t == u { 1.0 / spare } else { 0.0 };
            precision[t * times + u] = (diagonal - shared) / (se[t] * se[u]);
        }
    }
    precision
}
