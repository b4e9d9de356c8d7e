//! Effect sizes and their sampling variances, as `metafor::escalc` defines them.

use serde::Serialize;

/// One study's effect and its sampling variance, in the unit of the effect.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Effect {
    /// The effect.
    pub estimate: f64,
    /// Its sampling variance (the squared standard error).
    pub variance: f64,
}

/// Mean and standard deviation before and after, in the same patients.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BeforeAfter {
    /// Mean before treatment.
    pub mean_before: f64,
    /// Standard deviation before treatment.
    pub sd_before: f64,
    /// Mean after treatment.
    pub mean_after: f64,
    /// Standard deviation after treatment.
    pub sd_after: f64,
    /// Patients measured at both times.
    pub n: f64,
    /// Correlation between the two measurements. Trials rarely report it: say what was assumed.
    pub correlation: f64,
}

impl BeforeAfter {
    /// Raw mean change (`MC`), before minus after, in points of the scale.
    #[must_use]
    pub fn mean_change(&self) -> Effect {
        Effect { estimate: self.mean_before - self.mean_after, variance: self.change_variance() / self.n }
    }

    /// Mean change over the standard deviation of the change (`SMCC`).
    #[must_use]
    pub fn standardised_by_change(&self) -> Effect {
        let change_sd = self.change_variance().sqrt();
        let estimate = small_sample_factor(self.n - 1.0) * (self.mean_before - self.mean_after) / change_sd;
        Effect { estimate, variance: 1.0 / self.n + estimate * estimate / (2.0 * self.n) }
    }

    /// Mean change over the standard deviation before treatment (`SMCR`).
    #[must_use]
    pub fn standardised_by_baseline(&self) -> Effect {
        let estimate = self.change_in_baseline_sds();
        let variance = 2.0 * (1.0 - self.correlation) / self.n + estimate * estimate / (2.0 * self.n);
        Effect { estimate, variance }
    }

    /// As [`Self::standardised_by_baseline`], allowing the spread to change with treatment (`SMCRH`, Bonett 2008).
    #[must_use]
    pub fn standardised_by_baseline_unequal_spread(&self) -> Effect {
        let estimate = self.change_in_baseline_sds();
        let df = self.n - 1.0;
        let factor = small_sample_factor(df);
        let change = self.change_variance() / (self.sd_before * self.sd_before * df);
        Effect { estimate, variance: factor * factor * (change + estimate * estimate / (2.0 * df)) }
    }

    /// Log ratio of the mean before to the mean after (`ROMC`): the primary effect for "percent severity".
    /// `1 - exp(-estimate)` is the fraction of severity removed.
    #[must_use]
    pub fn log_ratio_of_means(&self) -> Effect {
        let before = self.sd_before / self.mean_before;
        let after = self.sd_after / self.mean_after;
        let variance = (before * before + after * after - 2.0 * self.correlation * before * after) / self.n;
        Effect { estimate: (self.mean_before / self.mean_after).ln(), variance }
    }

    /// Percent of the baseline mean removed, with the delta-method variance of a ratio of paired means.
    #[must_use]
    pub fn percent_improvement(&self) -> Effect {
        let ratio = self.mean_after / self.mean_before;
        let log = self.log_ratio_of_means();
        Effect { estimate: 100.0 * (1.0 - ratio), variance: 1e4 * ratio * ratio * log.variance }
    }

    fn change_in_baseline_sds(&self) -> f64 {
        small_sample_factor(self.n - 1.0) * (self.mean_before - self.mean_after) / self.sd_before
    }

    fn change_variance(&self) -> f64 {
        self.sd_before * self.sd_before + self.sd_after * self.sd_after - 2.0 * self.correlation * self.sd_before * self.sd_after
    }
}

/// Mean and standard deviation of one of two independent arms.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ArmSummary {
    /// Mean.
    pub mean: f64,
    /// Standard deviation.
    pub sd: f64,
    /// Patients.
    pub n: f64,
}

/// Difference of two independent means (`MD`), first minus second.
#[must_use]
pub fn mean_difference(first: ArmSummary, second: ArmSummary) -> Effect {
    let variance = first.sd * first.sd / first.n + second.sd * second.sd / second.n;
    Effect { estimate: first.mean - second.mean, variance }
}

/// Standardised difference of two independent means (`SMD`, Hedges' g), first minus second.
#[must_use]
pub fn standardised_mean_difference(first: ArmSummary, second: ArmSummary) -> Effect {
    let df = first.n + second.n - 2.0;
    let pooled_sd = (((first.n - 1.0) * first.sd * first.sd + (second.n - 1.0) * second.sd * second.sd) / df).sqrt();
    let estimate = small_sample_factor(df) * (first.mean - second.mean) / pooled_sd;
    let variance = 1.0 / first.n + 1.0 / second.n + estimate * estimate / (2.0 * (first.n + second.n));
    Effect { estimate, variance }
}

/// Log risk ratio of two arms (`RR`), first over second; half an event is added to every cell when one is empty.
#[must_use]
pub fn log_risk_ratio(first: Events, second: Events) -> Effect {
    let cells = [first.with, first.without, second.with, second.without];
    let add = if cells.contains(&0.0) { 0.5 } else { 0.0 };
    let [a, b, c, d] = cells.map(|cell| cell + add);
    let estimate = (a / (a + b) / (c / (c + d))).ln();
    Effect { estimate, variance: 1.0 / a - 1.0 / (a + b) + 1.0 / c - 1.0 / (c + d) }
}

/// Patients with and without the event in one arm.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Events {
    /// Patients with the event.
    pub with: f64,
    /// Patients without it.
    pub without: f64,
}

/// Hedges' exact small-sample factor for `df` degrees of freedom.
fn small_sample_factor(df: f64) -> f64 {
    (libm::lgamma(df / 2.0) - (df / 2.0).sqrt().ln() - libm::lgamma((df - 1.0) / 2.0)).exp()
}
