//! The slow way: particles led from the population to the patient in small steps.
//!
//! For records so strange that no proposal fits them. The likelihood is raised to a power that grows from 0 to 1;
//! at each power the particles are reweighted, resampled and moved by Metropolis steps.

use crate::elementary::{exp, expit, ln, sqrt};
use crate::fit::LATENTS;
use crate::likelihood::{normal_log_density, score_moments};
use crate::normal;
use crate::patient::SCALES_LIMIT;
use crate::points::mix;
use crate::posterior::{Particles, unexpressed_after_last_session};
use crate::record::Record;
use crate::update::away_from_loss;

const PARTICLES: usize = 16_384;
const MOVES: usize = 12;
const TEMPERATURES_MAX: usize = 200;

/// One particle: a draw and standardised latents.
#[derive(Debug, Clone, Copy)]
struct Particle {
    draw: usize,
    z: [f64; LATENTS],
    log_likelihood: f64,
}

/// Particles from the posterior, equally weighted; `None` when nothing explains the record.
pub(crate) fn sample(record: &Record, seed: u64) -> Option<Particles> {
    let dimensions = 3 + record.scales.len();
    let mut random = Random::new(seed);
    let mut particles: Vec<Particle> = (0..PARTICLES).map(|i| first(record, i, dimensions, &mut random)).collect();
    let (mut power, mut log_evidence) = (0.0, 0.0);
    for _ in 0..TEMPERATURES_MAX {
        let next = next_power(&particles, power);
        let largest = particles.iter().map(|p| p.log_likelihood).fold(f64::NEG_INFINITY, f64::max);
        if !largest.is_finite() {
            return None;
        }
        let weights: Vec<f64> = particles.iter().map(|p| exp((next - power) * (p.log_likelihood - largest))).collect();
        let sum: f64 = weights.iter().sum();
        log_evidence += (next - power) * largest + ln(sum / PARTICLES as f64);
        particles = resample(&particles, &weights, sum, random.uniform());
        power = next;
        let spread = spread(&particles, dimensions);
        let mut scale = 2.4 / sqrt(dimensions as f64);
        for _ in 0..MOVES {
            let accepted = move_all(record, &mut particles, power, &spread, scale, dimensions, &mut random);
            scale *= if accepted > 0.3 { 1.15 } else { 0.85 };
        }
        if power >= 1.0 {
            return Some(finish(record, &particles, log_evidence));
        }
    }
    None
}

fn first(record: &Record, i: usize, dimensions: usize, random: &mut Random) -> Particle {
    let mut z = [0.0; LATENTS];
    z[..dimensions].iter_mut().for_each(|z| *z = random.normal());
    let draw = i % record.priors.len();
    Particle { draw, z, log_likelihood: log_likelihood(record, draw, &z) }
}

/// The power at which half the particles would still count.
fn next_power(particles: &[Particle], power: f64) -> f64 {
    let effective = |next: f64| {
        let largest = particles.iter().map(|p| p.log_likelihood).fold(f64::NEG_INFINITY, f64::max);
        let (mut sum, mut squares) = (0.0, 0.0);
        for particle in particles {
            let w = exp((next - power) * (particle.log_likelihood - largest));
            sum += w;
            squares += w * w;
        }
        sum * sum / squares
    };
    let enough = 0.5 * particles.len() as f64;
    if effective(1.0) >= enough {
        return 1.0;
    }
    let (mut low, mut high) = (power, 1.0);
    for _ in 0..50 {
        let middle = 0.5 * (low + high);
        if effective(middle) >= enough { low = middle } else { high = middle }
    }
    low.max(power + 1e-9)
}

fn resample(particles: &[Particle], weights: &[f64], sum: f64, offset: f64) -> Vec<Particle> {
    let step = sum / particles.len() as f64;
    let (mut next, mut reached, mut chosen) = (offset * step, 0.0, Vec::with_capacity(particles.len()));
    for (particle, weight) in particles.iter().zip(weights) {
        reached += weight;
        while next < reached && chosen.len() < particles.len() {
            chosen.push(*particle);
            next += step;
        }
    }
    while chosen.len() < particles.len() {
        chosen.push(chosen[chosen.len() - 1]);
    }
    chosen
}

/// Lower factor of the covariance of the standardised latents.
fn spread(particles: &[Particle], n: usize) -> crate::fit::Matrix {
    let count = particles.len() as f64;
    let mean: Vec<f64> = (0..n).map(|i| particles.iter().map(|p| p.z[i]).sum::<f64>() / count).collect();
    let mut covariance = [[0.0; LATENTS]; LATENTS];
    for particle in particles {
        for i in 0..n {
            for j in 0..n {
                covariance[i][j] += (particle.z[i] - mean[i]) * (particle.z[j] - mean[j]) / count;
            }
        }
    }
    (0..n).for_each(|i| covariance[i][i] += 1e-8);
    (n..LATENTS).for_each(|i| covariance[i][i] = 1.0);
    crate::fit::cholesky(&covariance).unwrap_or_else(|| {
        let mut diagonal = [[0.0; LATENTS]; LATENTS];
        (0..n).for_each(|i| diagonal[i][i] = sqrt(covariance[i][i]));
        diagonal
    })
}

/// One Metropolis step for every particle; half of them also propose another draw. Returns the accepted share.
fn move_all(
    record: &Record,
    particles: &mut [Particle],
    power: f64,
    spread: &crate::fit::Matrix,
    scale: f64,
    n: usize,
    random: &mut Random,
) -> f64 {
    let mut accepted = 0_usize;
    for (index, particle) in particles.iter_mut().enumerate() {
        let step: [f64; LATENTS] = core::array::from_fn(|i| if i < n { scale * random.normal() } else { 0.0 });
        let mut z = particle.z;
        for i in 0..n {
            z[i] += (0..=i).map(|j| spread[i][j] * step[j]).sum::<f64>();
        }
        let draw = if index % 2 == 0 { particle.draw } else { random.below(record.priors.len()) };
        let proposed = log_likelihood(record, draw, &z);
        let prior = |z: &[f64; LATENTS]| -0.5 * z.iter().map(|z| z * z).sum::<f64>();
        let log_ratio = power * (proposed - particle.log_likelihood) + prior(&z) - prior(&particle.z);
        if ln(random.uniform()) < log_ratio {
            *particle = Particle { draw, z, log_likelihood: proposed };
            accepted += 1;
        }
    }
    accepted as f64 / particles.len() as f64
}

fn latents(record: &Record, draw: usize, z: &[f64; LATENTS]) -> ([f64; 3], [f64; SCALES_LIMIT]) {
    let prior = &record.priors[draw];
    let response = core::array::from_fn(|i| prior.mean[i] + prior.sd[i] * z[i]);
    let baseline = |k: usize| record.scales.get(k).map_or(0.0, |scale| scale.log_mean + scale.log_sd * z[3 + k]);
    (response, core::array::from_fn(baseline))
}

/// Log-likelihood of the whole record.
fn log_likelihood(record: &Record, draw: usize, z: &[f64; LATENTS]) -> f64 {
    let ([logit_a, log_g, log_k], log_baselines) = latents(record, draw, z);
    let prior = &record.priors[draw];
    let loss = record.turnover.loss_per_week;
    let rate = away_from_loss(exp(log_k), loss);
    let doses = record.doses_of(draw);
    let effect = |week: f64| {
        let sessions = record.session_weeks.iter().zip(doses).take_while(|(at, _)| **at < week);
        let sum: f64 = sessions.map(|(at, dose)| dose * (exp(-loss * (week - at)) - exp(-rate * (week - at)))).sum();
        expit(logit_a) * (1.0 - exp(-exp(log_g) * rate / (rate - loss) * sum))
    };
    let effects: Vec<f64> = record.weeks.iter().map(|&week| effect(week)).collect();
    let mut sum = 0.0;
    for rating in &record.ratings {
        sum += rating.rating.log_likelihood(effects[rating.seen] + prior.optimism(rating.rater), prior.sigma_pct);
    }
    for (scale, log_baseline) in record.scales.iter().zip(log_baselines) {
        let variance = scale.variance(prior.sigma_score);
        for &(seen, value) in &scale.scores {
            let (mean, v) = score_moments(effects[seen], exp(log_baseline), &variance);
            sum += normal_log_density(value, mean, v);
        }
    }
    if sum.is_nan() { f64::NEG_INFINITY } else { sum }
}

fn finish(record: &Record, particles: &[Particle], log_evidence: f64) -> Particles {
    let mut result = Particles::zeros(particles.len(), record.scales.len());
    for (i, particle) in particles.iter().enumerate() {
        let (at, baselines) = latents(record, particle.draw, &particle.z);
        let rate = away_from_loss(exp(at[2]), record.turnover.loss_per_week);
        let unexpressed = unexpressed_after_last_session(record, particle.draw, rate);
        result.set(i, particle.draw, at, &baselines, unexpressed);
    }
    result.normalise();
    result.log_marginal_likelihood = log_evidence;
    result
}

/// SplitMix64: a fixed, named generator.
struct Random {
    state: u64,
}

impl Random {
    fn new(seed: u64) -> Self {
        Self { state: mix(seed ^ 0x5EED_0F7E_3AAE_D001) }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        mix(self.state)
    }

    /// Strictly between 0 and 1.
    fn uniform(&mut self) -> f64 {
        ((self.next() >> 11) as f64 + 0.5) / 9_007_199_254_740_992.0
    }

    fn normal(&mut self) -> f64 {
        normal::quantile(self.uniform())
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.uniform() * limit as f64) as usize
    }
}
