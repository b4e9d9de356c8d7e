//! What is believed about one patient: weighted explanations of their record.

use crate::distribution::Distribution;
use crate::dose::Dose;
use crate::elementary::{exp, expit, ln};
use crate::error::ForecastError;
use crate::patient::{Patient, SCALES_LIMIT, Scale};
use crate::population::{Draw, Population};
use crate::record::{Event, Record};
use crate::reliability::Diagnostic;
use crate::response::refractory_factor;
use crate::update::away_from_loss;

/// The most sessions, given and planned, that the evidence reaches.
pub const COURSE_SESSIONS_LIMIT: usize = 12;
/// The longest forecast after the last session, weeks: durability beyond is unknown.
pub const HORIZON_LIMIT_WEEKS: f64 = 52.0;
/// Intervals the evidence reaches, weeks.
pub const INTERVAL_LIMITS_WEEKS: (f64, f64) = (1.0, 12.0);

/// Explanations, one list per quantity.
#[derive(Debug, Clone, Default)]
pub(crate) struct Particles {
    pub(crate) draw: Vec<u32>,
    pub(crate) logit_a: Vec<f64>,
    pub(crate) log_g: Vec<f64>,
    pub(crate) log_k: Vec<f64>,
    pub(crate) log_baselines: [Vec<f64>; SCALES_LIMIT],
    /// Signal deposited and not yet expressed right after the last session, per unit gain.
    pub(crate) unexpressed: Vec<f64>,
    pub(crate) log_weights: Vec<f64>,
    /// Normalised.
    pub(crate) weights: Vec<f64>,
    pub(crate) log_marginal_likelihood: f64,
}

impl Particles {
    /// Room for `count` explanations.
    pub(crate) fn zeros(count: usize, scales: usize) -> Self {
        let list = || vec![0.0; count];
        Self {
            draw: vec![0; count],
            logit_a: list(),
            log_g: list(),
            log_k: list(),
            log_baselines: core::array::from_fn(|k| if k < scales { list() } else { Vec::new() }),
            unexpressed: list(),
            log_weights: list(),
            weights: Vec::new(),
            log_marginal_likelihood: 0.0,
        }
    }

    /// Sets one explanation; its log weight stays 0.
    pub(crate) fn set(&mut self, i: usize, draw: usize, at: [f64; 3], log_baselines: &[f64; SCALES_LIMIT], unexpressed: f64) {
        self.draw[i] = draw as u32;
        (self.logit_a[i], self.log_g[i], self.log_k[i]) = (at[0], at[1], at[2]);
        for (list, &value) in self.log_baselines.iter_mut().zip(log_baselines) {
            if let Some(entry) = list.get_mut(i) {
                *entry = value;
            }
        }
        self.unexpressed[i] = unexpressed;
    }

    /// Fills the weights and the marginal likelihood from the log weights.
    pub(crate) fn normalise(&mut self) {
        let largest = self.log_weights.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        // `exp` never returns 0: a point that explains nothing keeps a weight of about 1e-308
        self.weights = self.log_weights.iter().map(|&log_weight| exp(log_weight - largest)).collect();
        let sum: f64 = self.weights.iter().sum();
        self.weights.iter_mut().for_each(|weight| *weight /= sum);
        self.log_marginal_likelihood = largest + ln(sum / self.log_weights.len() as f64);
    }

    /// `None` when no point explains the record at all.
    pub(crate) fn diagnostic(&self) -> Option<Diagnostic> {
        let squares: f64 = self.weights.iter().map(|weight| weight * weight).sum();
        (self.log_marginal_likelihood.is_finite() && squares > 0.0)
            .then(|| Diagnostic::of_weights(&self.log_weights, 1.0 / squares))
    }
}

/// Mean and standard deviation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moments {
    /// Mean.
    pub mean: f64,
    /// Standard deviation.
    pub sd: f64,
}

/// What is believed about one patient after their outcomes.
#[derive(Debug, Clone)]
pub struct Posterior {
    pub(crate) record: Record,
    pub(crate) draws: Vec<Draw>,
    pub(crate) scales: Vec<Scale>,
    pub(crate) particles: Particles,
    pub(crate) diagnostic: Diagnostic,
}

/// Sessions still to come.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Further {
    /// How many.
    pub sessions: usize,
    /// Weeks between them, and between the last session given and the first of them.
    pub interval_weeks: f64,
    /// What each will deliver.
    pub dose: Dose,
}

impl Further {
    /// No more sessions.
    pub const NONE: Self = Self { sessions: 0, interval_weeks: 4.0, dose: Dose::STANDARD };

    /// Standard sessions.
    pub fn standard(sessions: usize, interval_weeks: f64) -> Self {
        Self { sessions, interval_weeks, dose: Dose::STANDARD }
    }
}

impl Posterior {
    pub(crate) fn new(
        population: &Population,
        patient: &Patient,
        record: Record,
        particles: Particles,
        diagnostic: Diagnostic,
    ) -> Self {
        Self { record, draws: population.draws().to_vec(), scales: patient.scales.clone(), particles, diagnostic }
    }

    /// How this was computed and whether to trust it.
    pub fn diagnostic(&self) -> &Diagnostic {
        &self.diagnostic
    }

    /// Log of the probability (density) of the outcomes before they were seen.
    pub fn log_marginal_likelihood(&self) -> f64 {
        self.particles.log_marginal_likelihood
    }

    /// Number of sessions already given.
    pub fn sessions_given(&self) -> usize {
        self.record.session_weeks.len()
    }

    /// Week of the last session given.
    pub fn last_session_week(&self) -> Option<f64> {
        self.record.session_weeks.last().copied()
    }

    /// The ceiling `A`. Never show it alone: outcomes before the plateau hardly tell it from the gain.
    pub fn ceiling(&self) -> Moments {
        self.moments(|i| expit(self.particles.logit_a[i]))
    }

    /// The gain `g`.
    pub fn gain(&self) -> Moments {
        self.moments(|i| exp(self.particles.log_g[i]))
    }

    /// The rate `k`, per week.
    pub fn rate_per_week(&self) -> Moments {
        self.moments(|i| exp(self.particles.log_k[i]))
    }

    /// The true baseline on a scale, in its units; `None` when the scale was not described.
    pub fn baseline(&self, scale: usize) -> Option<Moments> {
        let list = self.particles.log_baselines.get(scale).filter(|list| !list.is_empty())?;
        if let Some(known) = self.record.scales.get(scale).filter(|known| known.scores.is_empty()) {
            // nothing was scored on it: what is believed is the scale's own log-normal, exactly
            let variance = known.log_sd * known.log_sd;
            let mean = exp(known.log_mean + 0.5 * variance);
            return Some(Moments { mean, sd: mean * (exp(variance) - 1.0).sqrt() });
        }
        Some(self.moments(|i| exp(list[i])))
    }

    /// The true effect at `after_weeks` after the last session of the course: sessions given, then `further`.
    ///
    /// # Errors
    /// [`ForecastError::CourseTooLong`], [`ForecastError::TooFarAhead`] or [`ForecastError::OutOfRange`].
    pub fn effect_after(&self, further: &Further, after_weeks: f64) -> Result<Distribution, ForecastError> {
        self.check_further(further)?;
        if !(0.0..=HORIZON_LIMIT_WEEKS).contains(&after_weeks) {
            return Err(ForecastError::TooFarAhead { week: after_weeks, limit_weeks: HORIZON_LIMIT_WEEKS });
        }
        let mut effects = vec![0.0; self.particles.weights.len()];
        self.effects_after(further, after_weeks, &mut effects);
        Ok(self.distribution(&effects))
    }

    pub(crate) fn distribution(&self, values: &[f64]) -> Distribution {
        Distribution::weighted(values, &self.particles.weights, self.diagnostic.effective_points)
    }

    pub(crate) fn check_further(&self, further: &Further) -> Result<(), ForecastError> {
        let sessions = self.sessions_given() + further.sessions;
        if further.sessions > 0 && sessions > COURSE_SESSIONS_LIMIT {
            return Err(ForecastError::CourseTooLong { sessions, limit: COURSE_SESSIONS_LIMIT });
        }
        let (low, high) = INTERVAL_LIMITS_WEEKS;
        crate::patient::within(|| "interval_weeks".to_owned(), further.interval_weeks, low, high, "1 to 12")?;
        further.dose.check("dose")
    }

    /// Effect per particle, `after_weeks` after the last session.
    pub(crate) fn effects_after(&self, further: &Further, after_weeks: f64, effects: &mut [f64]) {
        let turnover = self.record.turnover;
        let loss = turnover.loss_per_week;
        let given = self.sessions_given() > 0;
        let interval = further.interval_weeks;
        let (kept, kept_after) = (libm::exp(-loss * interval), libm::exp(-loss * after_weeks));
        let crowding = 1.0 - refractory_factor(interval, 1.0, turnover.refractory_weeks);
        let doses: Vec<(f64, f64)> = self
            .draws
            .iter()
            .map(|draw| {
                let dose = further.dose.under(draw);
                (dose, dose * (1.0 - draw.rho * crowding))
            })
            .collect();
        for (i, effect) in effects.iter_mut().enumerate() {
            let m = self.particles.draw[i] as usize;
            let rate = away_from_loss(exp(self.particles.log_k[i]), loss);
            let decay = exp(-rate * interval);
            let (mut unlost, mut signal) = (self.record.unlost_last[m], self.particles.unexpressed[i]);
            for j in 0..further.sessions {
                let dose = if j == 0 && !given { doses[m].0 } else { doses[m].1 };
                unlost = unlost * kept + dose;
                signal = signal * decay + dose;
            }
            let remaining = unlost * kept_after - signal * exp(-rate * after_weeks);
            let r = exp(self.particles.log_g[i]) * rate / (rate - loss) * remaining;
            *effect = expit(self.particles.logit_a[i]) * (1.0 - exp(-r));
        }
    }

    /// Effect per particle at a week no later than the last outcome or session, following the sessions given.
    pub(crate) fn effects_at_week(&self, week: f64, effects: &mut [f64]) {
        let loss = self.record.turnover.loss_per_week;
        let weeks = &self.record.session_weeks;
        let before = weeks.iter().take_while(|&&at| at < week).count();
        for (i, effect) in effects.iter_mut().enumerate() {
            let doses = self.record.doses_of(self.particles.draw[i] as usize);
            let rate = away_from_loss(exp(self.particles.log_k[i]), loss);
            let term = |j: usize| doses[j] * (exp(-loss * (week - weeks[j])) - exp(-rate * (week - weeks[j])));
            let sum: f64 = (0..before).map(term).sum();
            let r = exp(self.particles.log_g[i]) * rate / (rate - loss) * sum;
            *effect = expit(self.particles.logit_a[i]) * (1.0 - exp(-r));
        }
    }

    /// Moments of `logit A`, `log g`, `log k` and the first log baseline in standard deviations of a known prior.
    pub(crate) fn standardised_moments(&self, mean: [f64; 4], sd: [f64; 4]) -> [Moments; 4] {
        let p = &self.particles;
        let lists = [&p.logit_a, &p.log_g, &p.log_k, &p.log_baselines[0]];
        core::array::from_fn(|l| self.moments(|i| lists[l].get(i).map_or(f64::NAN, |value| (value - mean[l]) / sd[l])))
    }

    fn moments(&self, value: impl Fn(usize) -> f64) -> Moments {
        let weights = &self.particles.weights;
        let mean: f64 = weights.iter().enumerate().map(|(i, w)| w * value(i)).sum();
        let variance: f64 = weights.iter().enumerate().map(|(i, w)| w * (value(i) - mean) * (value(i) - mean)).sum();
        Moments { mean, sd: variance.sqrt() }
    }
}

/// Signal right after the last session for one explanation, per unit gain.
pub(crate) fn unexpressed_after_last_session(record: &Record, draw: usize, rate: f64) -> f64 {
    let doses = record.doses_of(draw);
    let (mut signal, mut last) = (0.0, 0.0);
    for step in &record.steps {
        signal *= exp(-rate * record.gaps[step.gap]);
        if let Event::Session(j) = step.event {
            signal += doses[j];
            last = signal;
        }
    }
    last
}
