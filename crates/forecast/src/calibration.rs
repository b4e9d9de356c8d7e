//! Simulation-based calibration: patients drawn from the population must find their own truth at every rank equally
//! often (Talts 2018; with the log-likelihood as a further quantity, Modrak 2023).

use crate::dose::Dose;
use crate::elementary::{exp, sqrt};
use crate::fit::LATENTS;
use crate::likelihood::score_moments;
use crate::patient::{Observation, Outcome, Patient, Scale, ScoreNoise, Session};
use crate::points::{BasePoints, mix};
use crate::population::{POPULATION_SCHEMA, Population, PopulationFile};
use crate::posterior::{Further, Posterior};
use crate::record::{Clinic, Prior, Record};
use crate::reliability::Trust;
use crate::response::{Response, Turnover, effect_at};
use crate::tempering::log_likelihood;
use crate::update::{Effort, update};
use crate::{normal, sampling};

const DRAWS: &str = include_str!("../tests/fixtures/population_draws.csv");
const PATIENTS: u64 = 400;
const QUANTITIES: [&str; 6] = ["effect", "A", "g", "k", "S0", "log-likelihood"];
/// Chi-square with 19 degrees of freedom exceeds this, and the Kolmogorov statistic its limit, once in a thousand.
const CHI_SQUARE_LIMIT: f64 = 43.82;
const KOLMOGOROV_LIMIT: f64 = 1.949;

pub(crate) fn draws() -> Population {
    let mut lines = DRAWS.lines();
    let columns = lines.next().unwrap().split(',').map(str::to_owned).collect();
    let draws = lines.map(|line| line.split(',').map(|cell| cell.parse().unwrap()).collect()).collect();
    let file = PopulationFile {
        schema: POPULATION_SCHEMA.to_owned(),
        seed: 0,
        data_sha256: String::new(),
        diagnostics: Default::default(),
        divergences: 0,
        columns,
        draws,
    };
    Population::from_file(&file).unwrap()
}

/// Reference patient P1.
pub(crate) fn typical_record(population: &Population) -> Record {
    let patient = measured(&[0.0, 4.0, 8.0], &[(0.0, 14.0), (4.0, 13.1), (8.0, 11.6), (12.0, 10.4)]);
    Record::new(population, &patient, Clinic::New).unwrap()
}

fn measured(sessions: &[f64], scores: &[(f64, f64)]) -> Patient {
    let noise = ScoreNoise::Known { additive_sd: 0.5, proportional_sd: 0.08 };
    let scale = Scale { name: "score".to_owned(), log_baseline_mean: 2.5649, log_baseline_sd: 0.5, noise, maximum: None };
    let observation = |&(week, value): &(f64, f64)| Observation { week, outcome: Outcome::Score { scale: 0, value } };
    Patient {
        scales: vec![scale],
        sessions: sessions.iter().map(|&week| Session { week, dose: Dose::STANDARD }).collect(),
        observations: scores.iter().map(observation).collect(),
        covariates: None,
    }
}

struct Random(u64);

impl Random {
    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        ((mix(self.0) >> 11) as f64 + 0.5) / 9_007_199_254_740_992.0
    }

    fn normal(&mut self) -> f64 {
        normal::quantile(self.uniform())
    }
}

/// Someone from the population, their scores, and the rank of the truth in what is then believed.
fn ranks(population: &Population, points: &BasePoints, seed: u64) -> ([f64; 6], Posterior) {
    let mut random = Random(mix(seed));
    let m = (random.uniform() * population.draws().len() as f64) as usize;
    let prior = Prior::new(&population.draws()[m], &Patient::default(), Clinic::New);
    let z: [f64; LATENTS] = core::array::from_fn(|i| if i < 4 { random.normal() } else { 0.0 });
    let latents: [f64; 3] = core::array::from_fn(|i| prior.mean[i] + prior.sd[i] * z[i]);
    let log_s = 2.5649 + 0.5 * z[3];
    let response = Response {
        ceiling: crate::elementary::expit(latents[0]),
        gain: exp(latents[1]),
        rate_per_week: exp(latents[2]),
        refractory: population.draws()[m].rho,
        turnover: Turnover::default(),
    };
    let given = [(0.0, 1.0), (4.0, 1.0), (8.0, 1.0)];
    let mut read = |week: f64| {
        let blank = measured(&[], &[]);
        let variance = crate::record::score_variance(&blank.scales[0].noise, 0.0);
        let (mean, v) = score_moments(effect_at(week, &given, &response), exp(log_s), &variance);
        (week, (mean + sqrt(v) * random.normal()).max(0.0))
    };
    let scores = [0.0, 4.0, 8.0, 12.0].map(&mut read);
    let patient = measured(&[0.0, 4.0, 8.0], &scores);
    let posterior = update(population, &patient, Clinic::New, points, Effort::Visit).unwrap();
    let p = &posterior.particles;
    let below = |values: &[f64], truth: f64| values.iter().zip(&p.weights).filter(|(v, _)| **v <= truth).map(|(_, w)| w).sum();
    let mut effects = vec![0.0; p.weights.len()];
    posterior.effects_after(&Further::standard(3, 4.0), 12.0, &mut effects);
    let full = [0.0, 4.0, 8.0, 12.0, 16.0, 20.0].map(|week| (week, 1.0));
    let record = &posterior.record;
    let standardised = |i: usize| {
        let prior = &record.priors[p.draw[i] as usize];
        let at = [p.logit_a[i], p.log_g[i], p.log_k[i]];
        let z = |j: usize| if j < 3 { (at[j] - prior.mean[j]) / prior.sd[j] } else { (p.log_baselines[0][i] - 2.5649) / 0.5 };
        core::array::from_fn(|j| if j < 4 { z(j) } else { 0.0 })
    };
    let likelihoods: Vec<f64> =
        (0..p.weights.len()).map(|i| log_likelihood(record, p.draw[i] as usize, &standardised(i))).collect();
    let found = [
        below(&effects, effect_at(32.0, &full, &response)),
        below(&p.logit_a, latents[0]),
        below(&p.log_g, latents[1]),
        below(&p.log_k, latents[2]),
        below(&p.log_baselines[0], log_s),
        below(&likelihoods, log_likelihood(record, m, &z)),
    ];
    (found, posterior)
}

#[test]
fn the_truth_is_found_at_every_rank_equally_often() {
    let (population, points) = (draws(), BasePoints::new(3));
    let mut all: [Vec<f64>; 6] = Default::default();
    let mut doubtful = 0;
    for seed in 0..PATIENTS {
        let (found, posterior) = ranks(&population, &points, 9001 + seed);
        doubtful += usize::from(posterior.diagnostic().trust == Trust::Doubtful);
        for (list, rank) in all.iter_mut().zip(found) {
            list.push(rank);
        }
    }
    assert_eq!(doubtful, 0);
    for (name, ranks) in QUANTITIES.iter().zip(&mut all) {
        ranks.sort_by(f64::total_cmp);
        let n = ranks.len() as f64;
        let gap = |(i, rank): (usize, &f64)| (rank - i as f64 / n).abs().max((rank - (i + 1) as f64 / n).abs());
        let kolmogorov = ranks.iter().enumerate().map(gap).fold(0.0, f64::max) * (sqrt(n) + 0.12 + 0.11 / sqrt(n));
        let mut cells = [0.0; 20];
        ranks.iter().for_each(|rank| cells[((rank * 20.0) as usize).min(19)] += 1.0);
        let chi_square: f64 = cells.iter().map(|count| (count - n / 20.0) * (count - n / 20.0) / (n / 20.0)).sum();
        assert!(kolmogorov < KOLMOGOROV_LIMIT && chi_square < CHI_SQUARE_LIMIT, "{name} {kolmogorov} {chi_square} {cells:?}");
        for level in [0.5, 0.8, 0.9] {
            let inside = ranks.iter().filter(|rank| (*rank - 0.5).abs() < 0.5 * level).count() as f64 / n;
            assert!((inside - level).abs() < 3.0 * sqrt(level * (1.0 - level) / n), "{name}: {level} covers {inside}");
        }
    }
}

#[test]
fn the_signal_is_the_same_for_one_explanation_and_for_eight() {
    let record = typical_record(&draws());
    let proposals = crate::proposals::Proposals::new(&record);
    let particles = sampling::sample(&record, &proposals, BasePoints::new(1).level(0));
    for i in (0..4096).step_by(97) {
        let draw = particles.draw[i] as usize;
        let rate = crate::update::away_from_loss(exp(particles.log_k[i]), record.turnover.loss_per_week);
        let slow = crate::posterior::unexpressed_after_last_session(&record, draw, rate);
        assert!((slow - particles.unexpressed[i]).abs() < 1e-12);
    }
}
