//! The closed-form response of scars to a course of sessions.
//!
//! A session at week `t_j` with relative dose `d_j` deposits a remodelling signal that expresses at rate `k` and is lost
//! at rate `k_out`; each expressed unit closes a fraction of the severity that is still correctable:
//!
//! ```text
//! E(t) = A (1 - exp(-R(t)))        R(t) = g * sum_j d_j q_j B(t - t_j)
//! B(D) = k / (k - k_out) * (exp(-k_out D) - exp(-k D))
//! q_1  = 1,  q_j = 1 - rho * exp(-(t_j - t_{j-1}) / tau_rho)
//! ```

/// Loss of remodelling per week: a half-life of ten years. Expert setting: follow-up in trials is rarely over six months,
/// so published data cannot identify it.
pub const LOSS_PER_WEEK: f64 = core::f64::consts::LN_2 / 520.0;

/// Weeks over which the effect of a further session recovers. Expert setting: no trial compares intervals.
pub const REFRACTORY_WEEKS: f64 = 4.0;

/// What one person's scars do when needled.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Response {
    /// `A`: the fraction of severity that needling can correct, 0 to 1.
    pub ceiling: f64,
    /// `g`: log-fraction of the remaining correctable part closed by one standard session.
    pub gain: f64,
    /// `k`: rate at which a session's improvement becomes visible, per week.
    pub rate_per_week: f64,
    /// `rho`: loss of effect when sessions come too close, 0 to 1.
    pub refractory: f64,
    /// What is fixed because data cannot identify it.
    pub turnover: Turnover,
}

/// The two time constants that published data cannot identify.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Turnover {
    /// `k_out`: loss of remodelling, per week.
    pub loss_per_week: f64,
    /// `tau_rho`: weeks over which a session's effect recovers from the previous one.
    pub refractory_weeks: f64,
}

impl Default for Turnover {
    fn default() -> Self {
        Self { loss_per_week: LOSS_PER_WEEK, refractory_weeks: REFRACTORY_WEEKS }
    }
}

/// The effect at one moment and how it moves with each parameter.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EffectGradient {
    /// `E`: fractional improvement, 0 to 1.
    pub effect: f64,
    /// `dE/dA`.
    pub by_ceiling: f64,
    /// `dE/dg`.
    pub by_gain: f64,
    /// `dE/dk`, weeks.
    pub by_rate: f64,
}

/// Fractional improvement `E` at `week`. `sessions` are `(week, relative dose)` in order of time; those at or after
/// `week` have no effect yet.
pub fn effect_at(week: f64, sessions: &[(f64, f64)], response: &Response) -> f64 {
    let signal = response.gain * sum_over_sessions(week, sessions, response, bateman);
    -response.ceiling * libm::expm1(-signal)
}

/// [`effect_at`] with its derivatives.
pub fn effect_gradient_at(week: f64, sessions: &[(f64, f64)], response: &Response) -> EffectGradient {
    let unit = sum_over_sessions(week, sessions, response, bateman);
    let unit_by_rate = sum_over_sessions(week, sessions, response, bateman_by_rate);
    let signal = response.gain * unit;
    let closed = -libm::expm1(-signal);
    let by_signal = response.ceiling * (1.0 - closed);
    EffectGradient {
        effect: response.ceiling * closed,
        by_ceiling: closed,
        by_gain: by_signal * unit,
        by_rate: by_signal * response.gain * unit_by_rate,
    }
}

/// The share of its effect a session keeps when the previous one was `gap_weeks` earlier.
pub fn refractory_factor(gap_weeks: f64, refractory: f64, refractory_weeks: f64) -> f64 {
    1.0 - refractory * libm::exp(-gap_weeks / refractory_weeks)
}

/// Expressed and not yet lost fraction of one session's signal, `elapsed` weeks after it.
///
/// Written with `expm1` so that it passes smoothly through `k = k_out`, where it is `k D exp(-k D)`.
pub fn bateman(elapsed: f64, k: f64, k_out: f64) -> f64 {
    if elapsed <= 0.0 {
        return 0.0;
    }
    let x = (k - k_out) * elapsed;
    k * elapsed * libm::exp(-k_out * elapsed) * one_minus_exp_over(x)
}

/// `dB/dk`.
fn bateman_by_rate(elapsed: f64, k: f64, k_out: f64) -> f64 {
    if elapsed <= 0.0 {
        return 0.0;
    }
    let x = (k - k_out) * elapsed;
    let kept = elapsed * libm::exp(-k_out * elapsed);
    kept * (one_minus_exp_over(x) + k * elapsed * one_minus_exp_over_slope(x))
}

/// `(1 - exp(-x)) / x`, 1 at 0.
fn one_minus_exp_over(x: f64) -> f64 {
    if x.abs() < 1e-12 { 1.0 - 0.5 * x } else { -libm::expm1(-x) / x }
}

/// Derivative of [`one_minus_exp_over`]: `(exp(-x) (1 + x) - 1) / x^2`, -1/2 at 0.
fn one_minus_exp_over_slope(x: f64) -> f64 {
    if x.abs() < 1e-3 { -0.5 + x / 3.0 - x * x / 8.0 + x * x * x / 30.0 } else { (libm::expm1(-x) + x * libm::exp(-x)) / (x * x) }
}

fn sum_over_sessions(week: f64, sessions: &[(f64, f64)], response: &Response, term: impl Fn(f64, f64, f64) -> f64) -> f64 {
    let Turnover { loss_per_week, refractory_weeks } = response.turnover;
    let mut previous: Option<f64> = None;
    let mut sum = 0.0;
    for &(at, dose) in sessions {
        let factor = previous.map_or(1.0, |before| refractory_factor(at - before, response.refractory, refractory_weeks));
        if at < week {
            sum += dose * factor * term(week - at, response.rate_per_week, loss_per_week);
        }
        previous = Some(at);
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    const COURSE: [(f64, f64); 4] = [(0.0, 1.0), (4.0, 0.8), (8.0, 1.1), (12.0, 1.0)];
    const TURNOVER: Turnover = Turnover { loss_per_week: LOSS_PER_WEEK, refractory_weeks: REFRACTORY_WEEKS };
    const TYPICAL: Response = Response { ceiling: 0.7, gain: 0.35, rate_per_week: 0.125, refractory: 0.3, turnover: TURNOVER };
    const WEEKS: [f64; 10] = [0.0, 2.0, 4.0, 6.0, 8.0, 12.0, 16.0, 26.0, 52.0, 104.0];

    /// Integrates `W' = -k W` (jumps at sessions) and the given second equation by Runge-Kutta with a step of 1/256 week.
    fn integrate(until: f64, derivative: impl Fn(f64, f64) -> f64) -> f64 {
        let h = 1.0 / 256.0;
        let (mut w, mut second, mut step) = (0.0_f64, 0.0_f64, 0_u32);
        let k = TYPICAL.rate_per_week;
        while f64::from(step) * h < until {
            let t = f64::from(step) * h;
            for (j, &(at, dose)) in COURSE.iter().enumerate() {
                if at == t {
                    let q =
                        if j == 0 { 1.0 } else { refractory_factor(at - COURSE[j - 1].0, TYPICAL.refractory, REFRACTORY_WEEKS) };
                    w += dose * q;
                }
            }
            let at = |fraction: f64| w * libm::exp(-k * fraction * h);
            let k1 = derivative(at(0.0), second);
            let k2 = derivative(at(0.5), second + 0.5 * h * k1);
            let k3 = derivative(at(0.5), second + 0.5 * h * k2);
            let k4 = derivative(at(1.0), second + h * k3);
            second += h / 6.0 * (k1 + 2.0 * k2 + 2.0 * k3 + k4);
            w = at(1.0);
            step += 1;
        }
        second
    }

    #[test]
    fn the_closed_form_solves_the_turnover_equations() {
        for week in WEEKS {
            let r = integrate(week, |w, r| TYPICAL.gain * TYPICAL.rate_per_week * w - LOSS_PER_WEEK * r);
            let expected = TYPICAL.ceiling * (1.0 - libm::exp(-r));
            let error = (effect_at(week, &COURSE, &TYPICAL) - expected).abs();
            assert!(error < 1e-10, "week {week}: {error:e}");
        }
    }

    #[test]
    fn without_loss_each_session_closes_part_of_what_remains() {
        for week in WEEKS {
            let e = integrate(week, |w, e| TYPICAL.gain * TYPICAL.rate_per_week * w * (TYPICAL.ceiling - e));
            let signal: f64 = sum_over_sessions(week, &COURSE, &TYPICAL, |d, k, _| bateman(d, k, 1e-12));
            let closed = TYPICAL.ceiling * (1.0 - libm::exp(-TYPICAL.gain * signal));
            assert!((closed - e).abs() < 1e-9, "week {week}");
        }
    }

    #[test]
    fn the_signal_is_smooth_where_expression_is_as_slow_as_loss() {
        for d in [0.5, 12.0, 60.0] {
            let k = LOSS_PER_WEEK;
            assert!((bateman(d, k, k) - k * d * libm::exp(-k * d)).abs() < 1e-15);
            assert!((bateman(d, k * (1.0 + 1e-9), k) - bateman(d, k, k)).abs() < 1e-10);
        }
    }

    #[test]
    fn the_gradient_agrees_with_central_differences() {
        let h = 1e-6;
        let shifted = |a: f64, g: f64, k: f64| Response {
            ceiling: TYPICAL.ceiling + a,
            gain: TYPICAL.gain + g,
            rate_per_week: TYPICAL.rate_per_week + k,
            ..TYPICAL
        };
        for week in WEEKS {
            let slope = |a: f64, g: f64, k: f64| {
                (effect_at(week, &COURSE, &shifted(a, g, k)) - effect_at(week, &COURSE, &shifted(-a, -g, -k))) / (2.0 * h)
            };
            let exact = effect_gradient_at(week, &COURSE, &TYPICAL);
            assert!((exact.effect - effect_at(week, &COURSE, &TYPICAL)).abs() < 1e-15);
            assert!((exact.by_ceiling - slope(h, 0.0, 0.0)).abs() < 1e-6);
            assert!((exact.by_gain - slope(0.0, h, 0.0)).abs() < 1e-6);
            assert!((exact.by_rate - slope(0.0, 0.0, h)).abs() < 1e-6, "week {week}");
        }
    }
}
