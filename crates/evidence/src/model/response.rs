//! The response of an arm to its course: moments over patients and their derivatives.

use super::{LOSS_PER_WEEK, RECOVERY_WEEKS, Reading, TIMES_MAX, elementary::exp};

/// Nine-point Gauss-Hermite nodes for a standard normal (numpy.polynomial.hermite_e.hermegauss).
pub(super) const NODES: [f64; 9] = [
    -4.512_745_863_399_783,
    -3.205_429_002_856_47,
    -2.076_847_978_677_83,
    -1.023_255_663_789_132_6,
    0.0,
    1.023_255_663_789_132_6,
    2.076_847_978_677_83,
    3.205_429_002_856_47,
    4.512_745_863_399_783,
];
/// Their weights, summing to one.
pub(super) const WEIGHTS: [f64; 9] = [
    2.234_584_400_774_660_7e-5,
    0.002_789_141_321_231_769,
    0.049_916_406_765_217_88,
    0.244_097_502_894_939_53,
    0.406_349_206_349_206_35,
    0.244_097_502_894_939_53,
    0.049_916_406_765_217_88,
    0.002_789_141_321_231_769,
    2.234_584_400_774_660_7e-5,
];
pub(super) const Q: usize = NODES.len();

/// A reading with everything that does not depend on parameters worked out.
#[derive(Debug, Clone)]
pub(super) struct Course {
    pub(super) log_weight: f64,
    /// Per assessment, its past sessions.
    times: Vec<Vec<PastSession>>,
}

#[derive(Debug, Clone, Copy)]
struct PastSession {
    weeks_ago: f64,
    /// What is left after slow loss.
    kept: f64,
    /// How close the session before it was: 0 for the first, `exp(-gap / recovery)` after.
    crowding: f64,
}

/// `r = R / g` of one assessment, with its derivatives.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Signal {
    pub(super) r: f64,
    pub(super) by_rate: f64,
    pub(super) by_rho: f64,
}

impl Course {
    pub(super) fn new(reading: &Reading, total_weight: f64) -> Self {
        let sessions = &reading.session_weeks;
        let crowding = |j: usize| {
            if j == 0 { 0.0 } else { exp(-(sessions[j] - sessions[j - 1]) / RECOVERY_WEEKS) }
        };
        let past = |assessed: f64| {
            (0..sessions.len())
                .filter(|j| assessed > sessions[*j])
                .map(|j| {
                    let weeks_ago = assessed - sessions[j];
                    PastSession { weeks_ago, kept: exp(-LOSS_PER_WEEK * weeks_ago), crowding: crowding(j) }
                })
                .collect()
        };
        Self {
            log_weight: (reading.weight / total_weight).ln(),
            times: reading.assessed_weeks.iter().map(|assessed| past(*assessed)).collect(),
        }
    }

    pub(super) fn times(&self) -> usize {
        self.times.len()
    }

    pub(super) fn signals(&self, rate: f64, rho: f64, signals: &mut [Signal; TIMES_MAX]) {
        let gap = rate - LOSS_PER_WEEK;
        let gap = if gap.abs() < 1e-8 { 1e-8 } else { gap };
        let gain = rate / gap;
        let gain_by_rate = -LOSS_PER_WEEK / (gap * gap);
        for (past, signal) in self.times.iter().zip(signals.iter_mut()) {
            let (mut full, mut crowded, mut full_by_rate, mut crowded_by_rate) = (0.0, 0.0, 0.0, 0.0);
            for session in past {
                let unexpressed = exp(-rate * session.weeks_ago);
                let expressed = session.kept - unexpressed;
                let delayed = session.weeks_ago * unexpressed;
                full += expressed;
                crowded += session.crowding * expressed;
                full_by_rate += delayed;
                crowded_by_rate += session.crowding * delayed;
            }
            let total = full - rho * crowded;
            signal.r = gain * total;
            signal.by_rate = gain_by_rate * total + gain * (full_by_rate - rho * crowded_by_rate);
            signal.by_rho = -gain * crowded;
        }
    }
}

/// First and second moment of the ceiling over patients, with derivatives by its location and its spread.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ceiling {
    pub(super) value: [f64; Q],
    pub(super) slope: [f64; Q],
    pub(super) mean: f64,
    pub(super) mean_by_location: f64,
    pub(super) mean_by_spread: f64,
    pub(super) square: f64,
    pub(super) square_by_location: f64,
    pub(super) square_by_spread: f64,
}

impl Ceiling {
    pub(super) fn at(location: f64, spread: f64) -> Self {
        let mut ceiling = Self {
            value: [0.0; Q],
            slope: [0.0; Q],
            mean: 0.0,
            mean_by_location: 0.0,
            mean_by_spread: 0.0,
            square: 0.0,
            square_by_location: 0.0,
            square_by_spread: 0.0,
        };
        for q in 0..Q {
            let a = 1.0 / (1.0 + exp(-(location + spread * NODES[q])));
            let slope = a * (1.0 - a);
            let (w, x) = (WEIGHTS[q], NODES[q]);
            ceiling.value[q] = a;
            ceiling.slope[q] = slope;
            ceiling.mean += w * a;
            ceiling.mean_by_location += w * slope;
            ceiling.mean_by_spread += w * slope * x;
            ceiling.square += w * a * a;
            ceiling.square_by_location += 2.0 * w * a * slope;
            ceiling.square_by_spread += 2.0 * w * a * slope * x;
        }
        ceiling
    }
}

/// The share of the ceiling reached at one assessment: moments over patients and their derivatives by the signal
/// and by the spread of `log g`. (By the location of `log g` it is `r` times the derivative by `r`.)
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Reach {
    pub(super) mean: f64,
    pub(super) mean_by_r: f64,
    pub(super) mean_by_spread: f64,
    pub(super) square: f64,
    pub(super) square_by_r: f64,
    pub(super) square_by_spread: f64,
}

impl Reach {
    pub(super) fn at(gains: &[f64; Q], r: f64) -> Self {
        let mut reach = Self::default();
        for q in 0..Q {
            let left = exp(-gains[q] * r);
            let (h, by_r) = (1.0 - left, gains[q] * left);
            let (w, x) = (WEIGHTS[q], NODES[q]);
            reach.mean += w * h;
            reach.mean_by_r += w * by_r;
            reach.mean_by_spread += w * x * r * by_r;
            reach.square += w * h * h;
            reach.square_by_r += 2.0 * w * h * by_r;
            reach.square_by_spread += 2.0 * w * h * x * r * by_r;
        }
        reach
    }
}

/// `exp(mu_g + omega_g x_q)` at the nodes.
pub(super) fn gains(location: f64, spread: f64) -> [f64; Q] {
    NODES.map(|x| exp(location + spread * x))
}

/// Population parameters that shape an arm's mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Population {
    /// Location of `logit A`, study effect and scar types included.
    pub logit_ceiling: f64,
    /// Location of `log g`.
    pub log_gain: f64,
    /// Expression rate `k`, per week.
    pub rate_per_week: f64,
    /// Loss of effect when sessions are close.
    pub rho: f64,
    /// Spread of `logit A` between patients.
    pub omega_ceiling: f64,
    /// Spread of `log g` between patients.
    pub omega_gain: f64,
}

/// Mean and variance over the patients of an arm, one per assessment.
#[derive(Debug, Clone, PartialEq)]
pub struct ArmMoments {
    /// Mean improvement, fraction.
    pub mean: Vec<f64>,
    /// Variance between patients.
    pub variance: Vec<f64>,
}

/// Mean improvement of an arm that follows `reading`.
#[must_use]
pub fn arm_mean(population: &Population, reading: &Reading) -> ArmMoments {
    let course = Course::new(reading, reading.weight);
    let mut signals = [Signal::default(); TIMES_MAX];
    course.signals(population.rate_per_week, population.rho, &mut signals);
    let ceiling = Ceiling::at(population.logit_ceiling, population.omega_ceiling);
    let gains = gains(population.log_gain, population.omega_gain);
    let mut moments = ArmMoments { mean: Vec::new(), variance: Vec::new() };
    for signal in &signals[..course.times()] {
        let reach = Reach::at(&gains, signal.r);
        let mean = ceiling.mean * reach.mean;
        moments.mean.push(mean);
        moments.variance.push((ceiling.square * reach.square - mean * mean).max(0.0));
    }
    moments
}

/// What one patient brings.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PatientTraits {
    /// Ceiling, fraction of severity.
    pub ceiling: f64,
    /// Gain per session.
    pub gain: f64,
    /// Expression rate, per week.
    pub rate_per_week: f64,
}

/// Improvement of one patient at the assessments of `reading`, fraction.
#[must_use]
pub fn patient_effect(patient: PatientTraits, rho: f64, reading: &Reading) -> Vec<f64> {
    let course = Course::new(reading, reading.weight);
    let mut signals = [Signal::default(); TIMES_MAX];
    course.signals(patient.rate_per_week, rho, &mut signals);
    signals[..course.times()].iter().map(|signal| patient.ceiling * -libm::expm1(-patient.gain * signal.r)).collect()
}
