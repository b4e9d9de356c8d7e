//! How a patient's scars really are and really respond: drawn from the population, as the model says.
//!
//! Every patient is drawn as if from a clinic of their own, so that the forecast for a new clinic is right on average and in
//! its spread: the demonstration shows what the model claims, not how one lucky clinic fared.

use jiff::civil::Date;
use resurface_forecast::{Covariates, Dose, Draw, Population, Response, effect_at};

use crate::random::Random;

/// How many people are drawn to choose one at a given place among them. A place that is uniform chooses each of them equally
/// often, so that the one chosen is a draw from the population whatever this number is.
const CANDIDATES: usize = 48;

/// Four standard sessions, four weeks apart, looked at three months after the last: what orders the candidates.
const YARDSTICK: ([(f64, f64); 4], f64) = ([(0.0, 1.0), (4.0, 1.0), (8.0, 1.0), (12.0, 1.0)], 24.0);

/// The truth about one patient.
#[derive(Clone, Debug)]
pub(crate) struct Truth {
    draw: Draw,
    response: Response,
    baseline: f64,
    first_session: Option<Date>,
    sessions: Vec<(f64, f64)>,
}

impl Truth {
    /// Someone at this place of the population, 0 worst to 1 best, with a severity before treatment.
    pub(crate) fn new(population: &Population, covariates: Covariates, baseline: f64, place: f64, random: &mut Random) -> Self {
        let mut candidates: Vec<(f64, Draw, Response)> = (0..CANDIDATES)
            .map(|_| {
                let (draw, response) = someone(population, covariates, random);
                (effect_at(YARDSTICK.1, &YARDSTICK.0, &response), draw, response)
            })
            .collect();
        candidates.sort_by(|one, other| one.0.total_cmp(&other.0));
        let at = ((place * CANDIDATES as f64) as usize).min(CANDIDATES - 1);
        let (_, draw, response) = candidates[at];
        Self { draw, response, baseline, first_session: None, sessions: Vec::new() }
    }

    /// A session was given.
    pub(crate) fn give(&mut self, on: Date, dose: Dose) {
        let first = *self.first_session.get_or_insert(on);
        self.sessions.push((weeks(first, on), dose.under(&self.draw)));
    }

    /// True improvement at the end of a day, as a fraction.
    pub(crate) fn improvement(&self, on: Date) -> f64 {
        self.first_session.map_or(0.0, |first| effect_at(weeks(first, on), &self.sessions, &self.response))
    }

    /// True severity on a day, in points of the Goodman-Baron quantitative score.
    pub(crate) fn severity(&self, on: Date) -> f64 {
        self.baseline * (1.0 - self.improvement(on))
    }

    /// An improvement as somebody judges it who knows of the treatment, as a fraction.
    pub(crate) fn judged_openly(&self, on: Date, random: &mut Random) -> f64 {
        self.judged_blindly(on, random) + self.draw.b_open
    }

    /// An improvement as somebody judges it who does not know of the treatment, as a fraction.
    pub(crate) fn judged_blindly(&self, on: Date, random: &mut Random) -> f64 {
        self.improvement(on) + self.draw.sigma_pct * random.normal()
    }
}

/// One person of the population: a draw of its parameters, a clinic, and the person within the clinic.
fn someone(population: &Population, covariates: Covariates, random: &mut Random) -> (Draw, Response) {
    let draws = population.draws();
    let draw = draws[((random.uniform() * draws.len() as f64) as usize).min(draws.len() - 1)];
    let clinic = draw.tau * draw.clinic_scale * random.normal();
    let logit_ceiling = draw.mu_a + covariates.ceiling_shift(&draw) + clinic + draw.omega_a * random.normal();
    let response = Response {
        ceiling: 1.0 / (1.0 + libm::exp(-logit_ceiling)),
        gain: libm::exp(draw.mu_g + draw.omega_g * random.normal()),
        rate_per_week: libm::exp(draw.mu_k + draw.omega_k * random.normal()),
        refractory: draw.rho,
        turnover: population.turnover(),
    };
    (draw, response)
}

fn weeks(from: Date, to: Date) -> f64 {
    f64::from((to - from).get_days()) / 7.0
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;
    use jiff::civil::date;
    use resurface_forecast::{BasePoints, Clinic, Effort, Further, Patient, update};
    use resurface_knowledge::Knowledge;

    use super::*;
    use crate::random::Stream;

    const PEOPLE: u32 = 2000;

    fn shipped() -> Population {
        let knowledge = Knowledge::built_in().unwrap();
        Population::from_json(knowledge.files.text("population.json").unwrap()).unwrap()
    }

    /// True improvements of many people twelve weeks after four standard sessions, at evenly spread places.
    fn improvements(population: &Population, covariates: Covariates) -> Vec<f64> {
        let first = date(2025, 1, 6);
        let one = |number: u32| {
            let place = (f64::from(number) + 0.5) / f64::from(PEOPLE);
            let mut truth = Truth::new(population, covariates, 13.0, place, &mut Random::new(5, number, Stream::Response));
            for session in 0..4 {
                truth.give(first.saturating_add((4 * session).weeks()), Dose::STANDARD);
            }
            truth.improvement(first.saturating_add(24.weeks()))
        };
        (0..PEOPLE).map(one).collect()
    }

    #[test]
    fn people_improve_as_the_forecast_for_a_new_patient_says() {
        let population = shipped();
        let mixes = [(0.2, 0.3, 0.5), (0.7, 0.1, 0.2), (0.05, 0.75, 0.2)];
        for (ice_pick_share, rolling_share, boxcar_share) in mixes {
            let covariates = Covariates { ice_pick_share, rolling_share, boxcar_share, severity_z: 0.0 };
            let patient = Patient { covariates: Some(covariates), ..Patient::default() };
            let forecast = update(&population, &patient, Clinic::New, &BasePoints::new(1), Effort::Visit).unwrap();
            let forecast = forecast.effect_after(&Further::standard(4, 4.0), 12.0).unwrap();
            let mut found = improvements(&population, covariates);
            let n = f64::from(PEOPLE);
            let mean = found.iter().sum::<f64>() / n;
            // four standard errors of a mean of independent draws; even spread makes it smaller still
            let error = 4.0 * forecast.sd / n.sqrt();
            assert!((mean - forecast.mean).abs() < error, "mean {mean}, forecast {} +- {error}", forecast.mean);
            // and its whole distribution: the Kolmogorov distance passes 1.95 / sqrt(n) once in a thousand
            found.sort_by(f64::total_cmp);
            let at_most = |effect: f64| 1.0 - forecast.chance_of_at_least(effect).probability;
            let distance = |(at, effect): (usize, &f64)| (at_most(*effect) - (at as f64 + 0.5) / n).abs();
            let worst = found.iter().enumerate().map(distance).fold(0.0, f64::max);
            assert!(worst < 1.95 / n.sqrt(), "{worst}");
        }
    }
}
