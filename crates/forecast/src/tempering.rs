//! The slow way: particles led from the population to the patient in small steps.
//!
//! For records so strange that no proposal fits them. The likelihood is raised to a power that grows from 0 to 1;
//! at each power the particles are reweighted, resampled and moved by Metropolis steps.

use crate::elementary::{exp, expit, ln, sqrt};
use crate::fit::LATENTS;
use crate::likelihood::{normal_log_density, score_moments};
use crate::normal;
use crate::patient::{OBSERVATIONS_LIMIT, SCALES_LIMIT};
use crate::points::mix;
use crate::posterior::{Particles, unexpressed_after_last_session};
use crate::record::Record;
use crate::update::away_from_loss;

/// Independent groups: how far they disagree is the error of the answer.
const GROUPS: usize = 8;
const GROUP_PARTICLES: usize = 2048;
const SWEEPS: usize = 10;
const TEMPERATURES_MAX: usize = 200;

/// One particle: a draw and standardised latents.
#[derive(Debug, Clone, Copy)]
struct Particle {
    draw: usize,
    z: [f64; LATENTS],
    log_likelihood: f64,
}

/// Particles from the posterior and their effective number; `None` when nothing explains the record.
pub(crate) fn sample(record: &Record, seed: u64) -> Option<(Particles, f64)> {
    let groups: Option<Vec<(Vec<Particle>, f64)>> =
        (0..GROUPS as u64).map(|group| temper(record, mix(seed.wrapping_mul(GROUPS as u64).wrapping_add(group)))).collect();
    let groups = groups?;
    let mut result = Particles::zeros(GROUPS * GROUP_PARTICLES, record.scales.len());
    for (g, (particles, log_evidence)) in groups.iter().enumerate() {
        for (i, particle) in particles.iter().enumerate() {
            let (at, baselines) = latents(record, particle.draw, &particle.z);
            let rate = away_from_loss(exp(at[2]), record.turnover.loss_per_week);
            let unexpressed = unexpressed_after_last_session(record, particle.draw, rate);
            let position = g * GROUP_PARTICLES + i;
            result.set(position, particle.draw, at, &baselines, unexpressed);
            result.log_weights[position] = *log_evidence;
        }
    }
    result.normalise();
    let effective = [&result.logit_a, &result.log_g, &result.log_k]
        .map(|values| effective_points(values, &result.weights))
        .into_iter()
        .fold((GROUPS * GROUP_PARTICLES) as f64, f64::min);
    Some((result, effective))
}

/// Variance of the values over the variance of their mean, judged by how far the groups' means disagree.
fn effective_points(values: &[f64], weights: &[f64]) -> f64 {
    let mean: f64 = values.iter().zip(weights).map(|(v, w)| v * w).sum();
    let variance: f64 = values.iter().zip(weights).map(|(v, w)| w * (v - mean) * (v - mean)).sum();
    let groups = values.chunks(GROUP_PARTICLES).zip(weights.chunks(GROUP_PARTICLES));
    let disagreement: f64 = groups
        .map(|(values, weights)| {
            let off: f64 = values.iter().zip(weights).map(|(v, w)| w * (v - mean)).sum();
            off * off
        })
        .sum();
    variance / (disagreement * GROUPS as f64 / (GROUPS as f64 - 1.0)).max(1e-300)
}

/// One group, from the population to the patient; with the log of the probability of the record.
fn temper(record: &Record, seed: u64) -> Option<(Vec<Particle>, f64)> {
    let dimensions = 3 + record.scales.len();
    let mut random = Random::new(seed);
    let mut particles: Vec<Particle> = (0..GROUP_PARTICLES).map(|_| first(record, dimensions, &mut random)).collect();
    let (mut power, mut log_evidence) = (0.0, 0.0);
    for _ in 0..TEMPERATURES_MAX {
        let largest = particles.iter().map(|p| p.log_likelihood).fold(f64::NEG_INFINITY, f64::max);
        if !largest.is_finite() {
            return None;
        }
        let next = next_power(&particles, power, largest);
        let weights: Vec<f64> = particles.iter().map(|p| exp((next - power) * (p.log_likelihood - largest))).collect();
        let sum: f64 = weights.iter().sum();
        log_evidence += (next - power) * largest + ln(sum / GROUP_PARTICLES as f64);
        particles = resample(&particles, &weights, sum, random.uniform());
        power = next;
        let spread = spread(&particles, dimensions);
        let mut scale = 2.4 / sqrt(dimensions as f64);
        for _ in 0..SWEEPS {
            let accepted = walk(record, &mut particles, power, &spread, scale, dimensions, &mut random);
            scale *= if accepted > 0.3 { 1.15 } else { 0.85 };
            if record.priors.len() > 1 {
                change_draws(record, &mut particles, power, &mut random);
            }
        }
        if power >= 1.0 {
            return Some((particles, log_evidence));
        }
    }
    None
}

fn first(record: &Record, dimensions: usize, random: &mut Random) -> Particle {
    let mut z = [0.0; LATENTS];
    z[..dimensions].iter_mut().for_each(|z| *z = random.normal());
    let draw = random.below(record.priors.len());
    Particle { draw, z, log_likelihood: log_likelihood(record, draw, &z) }
}

/// The power at which half the particles would still count.
fn next_power(particles: &[Particle], power: f64, largest: f64) -> f64 {
    let effective = |next: f64| {
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

/// One Metropolis step of every particle within its draw; returns the accepted share.
fn walk(
    record: &Record,
    particles: &mut [Particle],
    power: f64,
    spread: &crate::fit::Matrix,
    scale: f64,
    n: usize,
    random: &mut Random,
) -> f64 {
    let mut accepted = 0_usize;
    for particle in particles.iter_mut() {
        let step: [f64; LATENTS] = core::array::from_fn(|i| if i < n { scale * random.normal() } else { 0.0 });
        let mut z = particle.z;
        for (z, row) in z.iter_mut().zip(spread).take(n) {
            *z += row.iter().zip(&step).map(|(l, step)| l * step).sum::<f64>();
        }
        let proposed = Particle { draw: particle.draw, z, log_likelihood: log_likelihood(record, particle.draw, &z) };
        let log_ratio = power * (proposed.log_likelihood - particle.log_likelihood) + log_prior(&z) - log_prior(&particle.z);
        if ln(random.uniform()) < log_ratio {
            *particle = proposed;
            accepted += 1;
        }
    }
    accepted as f64 / particles.len() as f64
}

/// Offers every particle another draw: half keep their standardised latents, half the latents themselves.
fn change_draws(record: &Record, particles: &mut [Particle], power: f64, random: &mut Random) {
    for (index, particle) in particles.iter_mut().enumerate() {
        let draw = random.below(record.priors.len());
        let (from, to) = (&record.priors[particle.draw], &record.priors[draw]);
        let mut z = particle.z;
        let mut log_ratio = 0.0;
        if index % 2 == 0 {
            for (i, z) in z.iter_mut().enumerate().take(3) {
                *z = (from.mean[i] + from.sd[i] * *z - to.mean[i]) / to.sd[i];
                log_ratio += ln(from.sd[i] / to.sd[i]);
            }
            log_ratio += log_prior(&z) - log_prior(&particle.z);
        }
        let proposed = Particle { draw, z, log_likelihood: log_likelihood(record, draw, &z) };
        log_ratio += power * (proposed.log_likelihood - particle.log_likelihood);
        if ln(random.uniform()) < log_ratio {
            *particle = proposed;
        }
    }
}

fn log_prior(z: &[f64; LATENTS]) -> f64 {
    -0.5 * z.iter().map(|z| z * z).sum::<f64>()
}

fn latents(record: &Record, draw: usize, z: &[f64; LATENTS]) -> ([f64; 3], [f64; SCALES_LIMIT]) {
    let prior = &record.priors[draw];
    let response = core::array::from_fn(|i| prior.mean[i] + prior.sd[i] * z[i]);
    let baseline = |k: usize| record.scales.get(k).map_or(0.0, |scale| scale.log_mean + scale.log_sd * z[3 + k]);
    (response, core::array::from_fn(baseline))
}

/// Log-likelihood of the whole record.
pub(crate) fn log_likelihood(record: &Record, draw: usize, z: &[f64; LATENTS]) -> f64 {
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
    let mut effects = [0.0; OBSERVATIONS_LIMIT];
    for (effect_seen, &week) in effects.iter_mut().zip(&record.weeks) {
        *effect_seen = effect(week);
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calibration::{draws, typical_record};

    #[test]
    fn tempering_agrees_with_importance_sampling() {
        let record = typical_record(&draws());
        let proposals = crate::proposals::Proposals::new(&record);
        let points = crate::points::BasePoints::new(1);
        let quick = crate::sampling::sample(&record, &proposals, points.level(1));
        let (slow, effective) = sample(&record, 1).unwrap();
        let mean = |p: &Particles, values: &[f64]| values.iter().zip(&p.weights).map(|(v, w)| v * w).sum::<f64>();
        assert!(effective > 400.0, "{effective}");
        let tolerance = 3.0 / effective.sqrt();
        assert!((mean(&quick, &quick.logit_a) - mean(&slow, &slow.logit_a)).abs() < tolerance);
        assert!((mean(&quick, &quick.log_g) - mean(&slow, &slow.log_g)).abs() < tolerance);
        assert!((quick.log_marginal_likelihood - slow.log_marginal_likelihood).abs() < 0.1);
    }
}
