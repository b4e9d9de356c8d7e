//! A patient's record and the population laid out for computing: events in order of time, constants per draw.

use crate::dose::Dose;
use crate::error::ForecastError;
use crate::likelihood::{Rating, ScoreVariance};
use crate::patient::{Outcome, Patient, Quartile, Rater, SCALES_LIMIT, ScoreNoise};
use crate::population::{Draw, Population};
use crate::response::{Turnover, refractory_factor};

/// Who the forecast is for, as far as the clinic goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Clinic {
    /// A clinic like the average of the trials: no spread between clinics.
    Typical,
    /// A clinic not in the trials: all spread between clinics counts. Right until a clinic has its own results.
    #[default]
    New,
}

/// What one draw says about one patient before any outcome.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Prior {
    /// Means of `logit A`, `log g`, `log k`.
    pub(crate) mean: [f64; 3],
    /// Standard deviations of the same.
    pub(crate) sd: [f64; 3],
    pub(crate) sigma_pct: f64,
    pub(crate) sigma_score: f64,
    pub(crate) b_open: f64,
}

impl Prior {
    pub(crate) fn new(draw: &Draw, patient: &Patient, clinic: Clinic) -> Self {
        let between_clinics = match clinic {
            Clinic::Typical => 0.0,
            Clinic::New => draw.tau * draw.clinic_scale,
        };
        let shift = patient.covariates.map_or(0.0, |covariates| covariates.ceiling_shift(draw));
        Self {
            mean: [draw.mu_a + shift, draw.mu_g, draw.mu_k],
            sd: [(between_clinics * between_clinics + draw.omega_a * draw.omega_a).sqrt(), draw.omega_g, draw.omega_k],
            sigma_pct: draw.sigma_pct,
            sigma_score: draw.sigma_score,
            b_open: draw.b_open,
        }
    }

    /// What a rater adds to the true effect.
    pub(crate) fn optimism(&self, rater: Rater) -> f64 {
        match rater {
            Rater::Blinded => 0.0,
            Rater::OpenLabel => self.b_open,
        }
    }
}

/// What happens at one moment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Event {
    Session(usize),
    /// Position in [`Record::weeks`].
    Seen(usize),
}

/// One event and which of [`Record::gaps`] precedes it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Step {
    pub(crate) gap: usize,
    pub(crate) event: Event,
}

/// A scale with its scores.
#[derive(Debug, Clone)]
pub(crate) struct ScaleRecord {
    pub(crate) log_mean: f64,
    pub(crate) log_sd: f64,
    pub(crate) noise: ScoreNoise,
    /// Position in [`Record::weeks`] and score.
    pub(crate) scores: Vec<(usize, f64)>,
}

impl ScaleRecord {
    pub(crate) fn variance(&self, sigma_score: f64) -> ScoreVariance {
        score_variance(&self.noise, sigma_score)
    }
}

pub(crate) fn score_variance(noise: &ScoreNoise, sigma_score: f64) -> ScoreVariance {
    match *noise {
        ScoreNoise::Known { additive_sd, proportional_sd } => {
            ScoreVariance { additive: additive_sd * additive_sd, proportional: proportional_sd * proportional_sd, baseline: 0.0 }
        }
        ScoreNoise::FromPopulation => {
            ScoreVariance { additive: 0.0, proportional: 0.0, baseline: (sigma_score * sigma_score).max(1e-8) }
        }
    }
}

/// A judged improvement with its moment and judge.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RatingRecord {
    pub(crate) seen: usize,
    pub(crate) rating: Rating,
    pub(crate) rater: Rater,
}

/// The record laid out for computing.
#[derive(Debug, Clone)]
pub(crate) struct Record {
    pub(crate) turnover: Turnover,
    /// Distinct weeks with an outcome, ascending.
    pub(crate) weeks: Vec<f64>,
    /// Distinct times between events, weeks; the first is 0.
    pub(crate) gaps: Vec<f64>,
    pub(crate) steps: Vec<Step>,
    pub(crate) session_weeks: Vec<f64>,
    pub(crate) scales: Vec<ScaleRecord>,
    pub(crate) ratings: Vec<RatingRecord>,
    pub(crate) priors: Vec<Prior>,
    /// Dose times refractory factor, one row of sessions per draw.
    pub(crate) doses: Vec<f64>,
    /// Unlost signal at each of `weeks`, one row per draw.
    pub(crate) unlost: Vec<f64>,
    /// Unlost signal right after the last session, per draw.
    pub(crate) unlost_last: Vec<f64>,
}

impl Record {
    /// Checks a patient and lays the record out.
    pub(crate) fn new(population: &Population, patient: &Patient, clinic: Clinic) -> Result<Self, ForecastError> {
        patient.check()?;
        let mut weeks: Vec<f64> = patient.observations.iter().map(|observation| observation.week).collect();
        weeks.dedup();
        let mut record = Self {
            turnover: population.turnover(),
            weeks,
            gaps: vec![0.0],
            steps: Vec::new(),
            session_weeks: patient.sessions.iter().map(|session| session.week).collect(),
            scales: Vec::new(),
            ratings: Vec::new(),
            priors: population.draws().iter().map(|draw| Prior::new(draw, patient, clinic)).collect(),
            doses: Vec::new(),
            unlost: Vec::new(),
            unlost_last: Vec::new(),
        };
        record.lay_out_events();
        record.lay_out_outcomes(patient, population.cuts());
        let doses: Vec<Dose> = patient.sessions.iter().map(|session| session.dose).collect();
        record.lay_out_doses(population, &doses);
        Ok(record)
    }

    /// Doses of one draw.
    pub(crate) fn doses_of(&self, draw: usize) -> &[f64] {
        let sessions = self.session_weeks.len();
        &self.doses[draw * sessions..(draw + 1) * sessions]
    }

    /// Unlost signal of one draw at each of `weeks`.
    pub(crate) fn unlost_of(&self, draw: usize) -> &[f64] {
        let seen = self.weeks.len();
        &self.unlost[draw * seen..(draw + 1) * seen]
    }

    /// Whether any outcome says something about `A`, `g` or `k`: one seen after a session.
    pub(crate) fn informs_response(&self) -> bool {
        match (self.session_weeks.first(), self.weeks.last()) {
            (Some(first), Some(last)) => first < last,
            _ => false,
        }
    }

    fn lay_out_events(&mut self) {
        let mut events: Vec<(f64, Event)> =
            self.session_weeks.iter().enumerate().map(|(j, &week)| (week, Event::Session(j))).collect();
        events.extend(self.weeks.iter().enumerate().map(|(seen, &week)| (week, Event::Seen(seen))));
        events.sort_by(|a, b| a.0.total_cmp(&b.0)); // stable: sessions before outcomes of the same week
        let mut previous = events.first().map_or(0.0, |event| event.0);
        for (week, event) in events {
            let gap = self.gap_position(week - previous);
            self.steps.push(Step { gap, event });
            previous = week;
        }
    }

    fn gap_position(&mut self, gap: f64) -> usize {
        self.gaps.iter().position(|known| (known - gap).abs() < 1e-12).unwrap_or_else(|| {
            self.gaps.push(gap);
            self.gaps.len() - 1
        })
    }

    fn lay_out_outcomes(&mut self, patient: &Patient, cuts: [f64; 3]) {
        self.scales = patient
            .scales
            .iter()
            .take(SCALES_LIMIT)
            .map(|scale| ScaleRecord {
                log_mean: scale.log_baseline_mean,
                log_sd: scale.log_baseline_sd,
                noise: scale.noise,
                scores: Vec::new(),
            })
            .collect();
        let mut seen = 0;
        for observation in &patient.observations {
            while self.weeks[seen] < observation.week {
                seen += 1;
            }
            match observation.outcome {
                Outcome::Score { scale, value } => self.scales[scale].scores.push((seen, value)),
                Outcome::Improvement { fraction, rater } => {
                    self.ratings.push(RatingRecord { seen, rating: Rating::Fraction(fraction), rater });
                }
                Outcome::Quartile { category, rater } => {
                    let rating = quartile_rating(category, cuts);
                    self.ratings.push(RatingRecord { seen, rating, rater });
                }
                Outcome::QualitativeGrade { .. } => {} // refused by `Patient::check`
            }
        }
    }

    fn lay_out_doses(&mut self, population: &Population, doses: &[Dose]) {
        let Turnover { loss_per_week, refractory_weeks } = self.turnover;
        let (draws, sessions) = (population.draws().len(), doses.len());
        self.doses = Vec::with_capacity(draws * sessions);
        self.unlost = Vec::with_capacity(draws * self.weeks.len());
        // 1 - q_j = rho * crowding_j
        let crowding: Vec<f64> = (0..sessions)
            .map(|j| match j {
                0 => 0.0,
                _ => 1.0 - refractory_factor(self.session_weeks[j] - self.session_weeks[j - 1], 1.0, refractory_weeks),
            })
            .collect();
        let kept: Vec<f64> = self.gaps.iter().map(|gap| libm::exp(-loss_per_week * gap)).collect();
        for (m, draw) in population.draws().iter().enumerate() {
            for (dose, crowding) in doses.iter().zip(&crowding) {
                self.doses.push(dose.under(draw) * (1.0 - draw.rho * crowding));
            }
            let (mut unlost, mut last) = (0.0, 0.0);
            for step in &self.steps {
                unlost *= kept[step.gap];
                match step.event {
                    Event::Session(j) => {
                        unlost += self.doses[m * sessions + j];
                        last = unlost;
                    }
                    Event::Seen(_) => self.unlost.push(unlost),
                }
            }
            self.unlost_last.push(last);
        }
    }
}

pub(crate) fn quartile_rating(category: Quartile, cuts: [f64; 3]) -> Rating {
    match category {
        Quartile::Poor => Rating::Between(f64::NEG_INFINITY, cuts[0]),
        Quartile::Fair => Rating::Between(cuts[0], cuts[1]),
        Quartile::Good => Rating::Between(cuts[1], cuts[2]),
        Quartile::Excellent => Rating::Between(cuts[2], f64::INFINITY),
    }
}
