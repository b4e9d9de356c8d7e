//! The normal distribution and the Student distribution the proposals use.

use crate::elementary::{exp, ln, ln_positive, sqrt};
use core::f64::consts::{FRAC_1_SQRT_2, PI};

/// `ln(2 pi) / 2`.
pub(crate) const HALF_LN_TWO_PI: f64 = 0.918_938_533_204_672_7;
const ONE_OVER_SQRT_TWO_PI: f64 = 0.398_942_280_401_432_7;

/// Density of the standard normal.
pub(crate) fn density(x: f64) -> f64 {
    ONE_OVER_SQRT_TWO_PI * exp(-0.5 * x * x)
}

/// `P(Z <= x)`.
pub(crate) fn cumulative(x: f64) -> f64 {
    0.5 * libm::erfc(-x * FRAC_1_SQRT_2)
}

/// `P(low < Z <= high)` without cancellation in either tail.
pub(crate) fn between(low: f64, high: f64) -> f64 {
    if low > 0.0 {
        0.5 * (libm::erfc(low * FRAC_1_SQRT_2) - libm::erfc(high * FRAC_1_SQRT_2))
    } else {
        0.5 * (libm::erfc(-high * FRAC_1_SQRT_2) - libm::erfc(-low * FRAC_1_SQRT_2))
    }
}

/// The `x` with `P(Z <= x) = p`, for `0 < p < 1`: a start and two Halley steps, each of which triples the digits.
pub(crate) fn quantile(p: f64) -> f64 {
    let tail = p.min(1.0 - p).max(1e-300);
    let mut x = -upper_start(tail);
    for _ in 0..2 {
        let step = (cumulative(x) - tail) / density(x);
        x -= step / (1.0 + 0.5 * x * step);
    }
    if p < 0.5 { x } else { -x }
}

/// The positive `x` with `P(Z > x) = tail` to 0.0005 (Abramowitz and Stegun 26.2.23).
fn upper_start(tail: f64) -> f64 {
    let t = sqrt(-2.0 * ln(tail));
    let numerator = 2.515_517 + t * (0.802_853 + t * 0.010_328);
    let denominator = 1.0 + t * (1.432_788 + t * (0.189_269 + t * 0.001_308));
    t - numerator / denominator
}

/// Degrees of freedom of the proposals: heavier tails than any posterior they meet.
pub(crate) const STUDENT_DEGREES: f64 = 8.0;

/// Log-density constant of the standard Student distribution with eight degrees of freedom.
pub(crate) fn student_log_constant() -> f64 {
    // Gamma(4.5) / (Gamma(4) sqrt(8 pi)) with Gamma(4.5) = 105 sqrt(pi) / 16
    ln(105.0 * sqrt(PI) / 16.0 / (6.0 * sqrt(8.0 * PI)))
}

/// Log density of the same without its constant.
pub(crate) fn student_log_kernel(t: f64) -> f64 {
    -0.5 * (STUDENT_DEGREES + 1.0) * ln_positive(1.0 + t * t / STUDENT_DEGREES)
}

/// `P(T <= t)` for eight degrees of freedom, from the finite series for even degrees.
pub(crate) fn student_cumulative(t: f64) -> f64 {
    let c = STUDENT_DEGREES / (STUDENT_DEGREES + t * t);
    let sine = t / sqrt(STUDENT_DEGREES + t * t);
    0.5 + 0.5 * sine * (1.0 + c * (0.5 + c * (0.375 + c * 0.3125)))
}

/// The `t` with `P(T <= t) = p` for eight degrees of freedom: a start from the normal (Abramowitz and Stegun 26.7.5)
/// and Newton steps.
pub(crate) fn student_quantile(p: f64) -> f64 {
    let upper = p.max(1.0 - p).min(1.0 - 1e-15);
    let z = upper_start(1.0 - upper).max(0.0);
    let z2 = z * z;
    let mut t = z * (1.0 + (z2 + 1.0) / (4.0 * STUDENT_DEGREES));
    let constant = exp(student_log_constant());
    for _ in 0..40 {
        let base = 1.0 + t * t / STUDENT_DEGREES;
        let slope = constant / (base * base * base * base * sqrt(base));
        let step = (upper - student_cumulative(t)) / slope;
        // concave above its centre: from below Newton cannot overshoot, from above it lands below
        t = (t + step).max(0.0);
        if step.abs() < 1e-11 * (1.0 + t) {
            break;
        }
    }
    if p < 0.5 { -t } else { t }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_invert_their_distribution() {
        for i in 1..1000 {
            let p = f64::from(i) / 1000.0;
            assert!((cumulative(quantile(p)) - p).abs() < 1e-14);
            assert!((student_cumulative(student_quantile(p)) - p).abs() < 1e-13);
        }
        assert!((quantile(0.975) - 1.959_963_984_540_054).abs() < 1e-12);
        // standard table of the t distribution, 8 degrees of freedom
        assert!((student_quantile(0.975) - 2.306_004).abs() < 1e-6);
        assert!((cumulative(quantile(1e-9)) / 1e-9 - 1.0).abs() < 1e-9);
    }

    #[test]
    fn an_interval_far_in_a_tail_keeps_its_probability() {
        assert!((between(9.0, 10.0) / between(-10.0, -9.0) - 1.0).abs() < 1e-12);
        assert!(between(9.0, 10.0) > 0.0);
        assert!((between(-1.0, 1.0) - 0.682_689_492_137_086).abs() < 1e-12);
    }
}
