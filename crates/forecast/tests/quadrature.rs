//! Patients nobody chose: generated records of every kind against an independent dense quadrature.
//!
//! The quadrature shares no code with the crate: it evaluates the model as written in the crate's documentation, with the
//! trapezoid rule over the three response latents and, inside it, over the log baseline.

#![allow(clippy::unwrap_used, reason = "what fails in a helper fails the test")]

use resurface_forecast::{
    BasePoints, Clinic, Dose, Effort, Further, KnownPopulation, Observation, Outcome, Patient, Population, Posterior, Quartile,
    Rater, Scale, ScoreNoise, Session, Trust, Turnover, update,
};

const K_OUT: f64 = 0.001_332_975_347_230_664;
const TAU_RHO: f64 = 4.0;

struct Case {
    name: String,
    theta: KnownPopulation,
    patient: Patient,
    further: Further,
}

/// SplitMix64.
struct Random(u64);

impl Random {
    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((x ^ (x >> 31)) >> 11) as f64 / 9_007_199_254_740_992.0
    }

    fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.uniform()
    }

    fn up_to(&mut self, limit: usize) -> usize {
        (self.uniform() * (limit + 1) as f64) as usize
    }
}

fn generate(seed: u64) -> Case {
    let mut random = Random(seed.wrapping_mul(7919));
    let r = &mut random;
    let usual = r.uniform() < 0.5;
    let theta = KnownPopulation {
        mu_a: if usual { 0.58 } else { r.between(-0.5, 1.5) },
        mu_g: if usual { -0.81 } else { r.between(-1.6, -0.3) },
        mu_k: if usual { -2.26 } else { r.between(-3.0, -1.5) },
        rho: r.between(0.0, 0.8),
        sd_a: if usual { 1.10 } else { r.between(0.3, 2.0) },
        sd_g: if usual { 0.30 } else { r.between(0.1, 0.7) },
        sd_k: if usual { 0.30 } else { r.between(0.1, 0.6) },
        sigma_pct: if usual { 0.10 } else { r.between(0.03, 0.2) },
        turnover: Turnover { loss_per_week: K_OUT, refractory_weeks: TAU_RHO },
        cuts: [0.25, 0.5, 0.75],
    };
    let mut week = 0.0;
    let sessions: Vec<Session> = (0..r.up_to(10))
        .map(|_| {
            let session = Session { week, dose: Dose::Relative(r.between(0.3, 1.5)) };
            week += [2.0, 4.0, 5.0, 6.0, 8.0][r.up_to(4)];
            session
        })
        .collect();
    let (scores, fractions, categories) =
        [(true, true, true), (false, true, false), (false, false, true), (true, false, false), (true, false, true)][r.up_to(4)];
    let (noise, level) = (r.between(0.02, 0.12), r.between(-0.05, 0.95));
    let scale = Scale {
        name: String::new(),
        log_baseline_mean: 2.5649,
        log_baseline_sd: 0.5,
        noise: ScoreNoise::Known { additive_sd: r.between(0.1, 0.8), proportional_sd: noise },
        maximum: None,
    };
    let mut observations = Vec::new();
    let baseline = r.between(6.0, 30.0);
    if scores {
        observations.push(Observation { week: 0.0, outcome: Outcome::Score { scale: 0, value: baseline } });
    }
    for _ in 0..r.up_to(8) {
        let at = r.between(0.0, week + 20.0);
        let improvement = (level * at / (at + 15.0) + r.between(-0.07, 0.07)).clamp(-0.2, 1.0);
        if scores {
            observations
                .push(Observation { week: at, outcome: Outcome::Score { scale: 0, value: baseline * (1.0 - improvement) } });
        }
        let rater = Rater::Blinded;
        if fractions && r.uniform() < 0.7 {
            observations.push(Observation { week: at, outcome: Outcome::Improvement { fraction: improvement, rater } });
        }
        if categories && r.uniform() < 0.7 {
            let category = [Quartile::Poor, Quartile::Fair, Quartile::Good, Quartile::Excellent]
                [((improvement * 4.0).max(0.0) as usize).min(3)];
            observations.push(Observation { week: at, outcome: Outcome::Quartile { category, rater } });
        }
    }
    observations.sort_by(|a, b| a.week.total_cmp(&b.week));
    let further = Further::standard(r.up_to(12 - sessions.len()), [2.0, 4.0, 6.0, 8.0][r.up_to(3)]);
    let name = format!("seed {seed}: {} sessions, {} outcomes, level {level:.2}", sessions.len(), observations.len());
    Case { name, theta, patient: Patient { scales: vec![scale], sessions, observations, covariates: None }, further }
}

/// What is compared: mean, sd, chances of a quarter and half, log marginal likelihood.
type Answer = [f64; 5];

fn normal_cdf(x: f64) -> f64 {
    0.5 * libm::erfc(-x / core::f64::consts::SQRT_2)
}

fn effect(week: f64, sessions: &[(f64, f64)], rho: f64, a: f64, g: f64, k: f64) -> f64 {
    let mut r = 0.0;
    for (j, &(at, dose)) in sessions.iter().enumerate() {
        let q = if j == 0 { 1.0 } else { 1.0 - rho * (-(at - sessions[j - 1].0) / TAU_RHO).exp() };
        if week > at {
            let d = week - at;
            r += dose * q * k / (k - K_OUT) * ((-K_OUT * d).exp() - (-k * d).exp());
        }
    }
    a * (1.0 - (-g * r).exp())
}

/// Log-likelihood of ratings, and of scores for each node of the log baseline, as one number: log of their integral.
fn log_likelihood(case: &Case, effects: &[f64], nodes: &[(f64, f64)]) -> f64 {
    let sigma = case.theta.sigma_pct;
    let mut ratings = 0.0;
    let (mut scores, mut count) = ([(0.0, 0.0); 64], 0);
    for (observation, &e) in case.patient.observations.iter().zip(effects) {
        match observation.outcome {
            Outcome::Improvement { fraction, .. } => {
                ratings += -0.5 * ((fraction - e) / sigma).powi(2) - (sigma * (2.0 * core::f64::consts::PI).sqrt()).ln();
            }
            Outcome::Quartile { category, .. } => {
                let upper = |cut: f64| normal_cdf((cut - e) / sigma);
                let p = match category {
                    Quartile::Poor => upper(0.25),
                    Quartile::Fair => upper(0.5) - upper(0.25),
                    Quartile::Good => upper(0.75) - upper(0.5),
                    Quartile::Excellent => normal_cdf((e - 0.75) / sigma),
                };
                ratings += p.max(1e-300).ln();
            }
            Outcome::Score { value, .. } => {
                scores[count] = (value, 1.0 - e);
                count += 1;
            }
            Outcome::QualitativeGrade { .. } => unreachable!(),
        }
    }
    let ScoreNoise::Known { additive_sd, proportional_sd } = case.patient.scales[0].noise else { unreachable!() };
    let mut largest = f64::NEG_INFINITY;
    let mut logs = [0.0; 400];
    for (log, &(baseline, log_mass)) in logs.iter_mut().zip(nodes) {
        let (mut squares, mut product) = (0.0, 0.0);
        for &(value, left) in &scores[..count] {
            let m = baseline * left;
            let v = additive_sd.powi(2) + (proportional_sd * m).powi(2);
            squares += (value - m) * (value - m) / v;
            product += (2.0 * core::f64::consts::PI * v).ln();
        }
        *log = log_mass - 0.5 * (squares + product);
        largest = largest.max(*log);
    }
    ratings + largest + logs[..nodes.len()].iter().map(|log| (log - largest).exp()).sum::<f64>().ln()
}

/// Nodes of the log baseline: value and log of prior mass.
fn baseline_nodes(case: &Case) -> Vec<(f64, f64)> {
    let scale = &case.patient.scales[0];
    let scores: Vec<f64> = case
        .patient
        .observations
        .iter()
        .filter_map(|o| if let Outcome::Score { value, .. } = o.outcome { Some(value) } else { None })
        .collect();
    // the likelihood in the log baseline is at least `noise / sqrt(n)` wide
    let step = if scores.is_empty() { 0.25 } else { 0.03 };
    let count = (10.0_f64 / step) as i32;
    (-count / 2..=count / 2)
        .map(|i| {
            let z = f64::from(i) * step;
            let log_mass = -0.5 * z * z + step.ln() - 0.918_938_533_204_672_7;
            ((scale.log_baseline_mean + scale.log_baseline_sd * z).exp(), log_mass)
        })
        .collect()
}

fn quadrature(case: &Case) -> Answer {
    let sessions: Vec<(f64, f64)> =
        case.patient.sessions.iter().map(|s| if let Dose::Relative(d) = s.dose { (s.week, d) } else { unreachable!() }).collect();
    let mut planned = sessions.clone();
    for _ in 0..case.further.sessions {
        let next = planned.last().map_or(0.0, |last| last.0 + case.further.interval_weeks);
        planned.push((next, 1.0));
    }
    let until = planned.last().map_or(12.0, |last| last.0 + 12.0);
    let nodes = baseline_nodes(case);
    let t = &case.theta;
    let log_density = |z: [f64; 3], nodes: &[(f64, f64)]| {
        let (a, g, k) = response(t, z);
        let mut effects = [0.0; 64];
        for (e, o) in effects.iter_mut().zip(&case.patient.observations) {
            *e = effect(o.week, &sessions, t.rho, a, g, k);
        }
        let n = case.patient.observations.len();
        log_likelihood(case, &effects[..n], nodes) - 0.5 * z.iter().map(|z| z * z).sum::<f64>()
    };
    let window = window(&|z| log_density(z, &nodes));
    let counts = [61, 31, 31];
    let node = |i: usize, n: usize| window[i].0 + (window[i].1 - window[i].0) * n as f64 / (counts[i] - 1) as f64;
    let h = [0, 1, 2].map(|i| node(i, 1) - node(i, 0));
    let mut rows = Vec::new();
    for i in 0..counts[0] {
        for j in 0..counts[1] {
            for l in 0..counts[2] {
                let z = [node(0, i), node(1, j), node(2, l)];
                rows.push((z, log_density(z, &nodes)));
            }
        }
    }
    let largest = rows.iter().map(|row| row.1).fold(f64::NEG_INFINITY, f64::max);
    let mut sums = [0.0; 5];
    for (z, log) in rows {
        let w = (log - largest).exp();
        let (a, g, k) = response(t, z);
        let e = effect(until, &planned, t.rho, a, g, k);
        // share of the cell of logit A above the threshold
        let above = |threshold: f64| {
            let ceiling = threshold / (e / a).max(1e-12);
            if ceiling >= 1.0 {
                return 0.0;
            }
            let border = ((ceiling / (1.0 - ceiling)).ln() - t.mu_a) / t.sd_a;
            ((z[0] + 0.5 * h[0] - border) / h[0]).clamp(0.0, 1.0)
        };
        for (sum, value) in sums.iter_mut().zip([1.0, e, e * e, above(0.25), above(0.5)]) {
            *sum += w * value;
        }
    }
    let mean = sums[1] / sums[0];
    let log_marginal = largest + (sums[0] * h[0] * h[1] * h[2]).ln() - 3.0 * 0.918_938_533_204_672_7;
    [mean, (sums[2] / sums[0] - mean * mean).sqrt(), sums[3] / sums[0], sums[4] / sums[0], log_marginal]
}

fn response(t: &KnownPopulation, z: [f64; 3]) -> (f64, f64, f64) {
    let a = 1.0 / (1.0 + (-(t.mu_a + t.sd_a * z[0])).exp());
    (a, (t.mu_g + t.sd_g * z[1]).exp(), (t.mu_k + t.sd_k * z[2]).exp())
}

/// Where the mass is, found on coarse grids.
fn window(log_density: &dyn Fn([f64; 3]) -> f64) -> [(f64, f64); 3] {
    let mut window = [(-8.0, 8.0); 3];
    const N: usize = 21;
    for _ in 0..3 {
        let node = |i: usize, n: usize| window[i].0 + (window[i].1 - window[i].0) * n as f64 / (N - 1) as f64;
        let mut profile = [[f64::NEG_INFINITY; N]; 3];
        for i in 0..N {
            for j in 0..N {
                for l in 0..N {
                    let log = log_density([node(0, i), node(1, j), node(2, l)]);
                    for (row, n) in profile.iter_mut().zip([i, j, l]) {
                        row[n] = row[n].max(log);
                    }
                }
            }
        }
        let mut next = window;
        for i in 0..3 {
            let best = profile[i].iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let kept: Vec<usize> = (0..N).filter(|&n| profile[i][n] > best - 20.0).collect();
            let step = node(i, 1) - node(i, 0);
            next[i] = ((node(i, kept[0]) - step).max(-8.0), (node(i, kept[kept.len() - 1]) + step).min(8.0));
        }
        window = next;
    }
    window
}

fn computed(case: &Case, effort: Effort) -> (Answer, Posterior) {
    let population = Population::known(&case.theta).unwrap();
    let posterior = update(&population, &case.patient, Clinic::New, &BasePoints::new(5), effort).unwrap();
    let effect = posterior.effect_after(&case.further, 12.0).unwrap();
    let chance = |threshold: f64| effect.chance_of_at_least(threshold).probability;
    let answer = [effect.mean, effect.sd, chance(0.25), chance(0.5), posterior.log_marginal_likelihood()];
    (answer, posterior)
}

#[test]
fn generated_patients_agree_with_the_quadrature() {
    const TOLERANCE: [f64; 5] = [0.005, 0.005, 0.02, 0.02, 0.02];
    let mut faults = Vec::new();
    for seed in 0..6 {
        let case = generate(seed);
        let expected = quadrature(&case);
        for (effort, share) in [(Effort::Visit, 1.0), (Effort::Check, 0.25)] {
            let (found, posterior) = computed(&case, effort);
            let within = (0..5).all(|i| (found[i] - expected[i]).abs() <= share * TOLERANCE[i]);
            if !within || posterior.diagnostic().trust == Trust::Doubtful {
                faults.push(format!("{} {effort:?} {found:.5?} expected {expected:.5?}", case.name));
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}
