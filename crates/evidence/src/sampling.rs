//! Draws from the posterior: four chains of the No-U-Turn sampler, seeded, with progress and a way to stop.

use std::sync::atomic::{AtomicBool, Ordering};

use nuts_rs::{
    Chain, CpuLogpFunc, CpuMath, CpuMathError, HasDims, LogpError, LowRankNutsSettings, Settings as _,
    rand::{Rng, RngExt, SeedableRng, rngs::ChaCha8Rng},
};
use serde::{Deserialize, Serialize};

use crate::model::{Density, ModelError};

/// How to sample.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct SamplerSettings {
    /// Seed; the same seed and data give the same draws.
    pub seed: u64,
    /// Chains.
    pub chains: u32,
    /// Draws each chain spends adapting; thrown away.
    pub warmup_draws: u32,
    /// Draws each chain keeps.
    pub draws: u32,
    /// Acceptance the step size aims at.
    pub target_accept: f64,
}

impl Default for SamplerSettings {
    fn default() -> Self {
        Self { seed: 20_240_601, chains: 4, warmup_draws: 1500, draws: 3000, target_accept: 0.95 }
    }
}

/// How far one chain is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Chain, from 0.
    pub chain: u32,
    /// Draws done, warm-up included.
    pub done: u32,
    /// Draws to do, warm-up included.
    pub of: u32,
    /// Divergences after warm-up so far.
    pub divergences: u32,
}

/// Told how far each chain is; called from the chains' threads.
pub type OnProgress<'a> = dyn Fn(Progress) + Sync + 'a;

/// Draws on the natural scale.
#[derive(Debug, Clone, PartialEq)]
pub struct Samples {
    /// Parameter names.
    pub names: Vec<String>,
    /// One entry per chain, one per draw, one per parameter.
    pub chains: Vec<Vec<Vec<f64>>>,
    /// Divergences after warm-up.
    pub divergences: u32,
    /// Evaluations of the density and its gradient, warm-up included.
    pub gradient_evaluations: u64,
}

impl Samples {
    /// The chains of one parameter.
    #[must_use]
    pub fn chains_of(&self, index: usize) -> Vec<Vec<f64>> {
        self.chains.iter().map(|chain| chain.iter().map(|draw| draw[index]).collect()).collect()
    }

    /// Every draw, chain after chain.
    pub fn draws(&self) -> impl Iterator<Item = &Vec<f64>> {
        self.chains.iter().flatten()
    }
}

/// Why there are no draws.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum SamplingError {
    /// The data cannot be used.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// Stopped on request.
    #[error("stopped on request; nothing was written")]
    Cancelled,
    /// The sampler gave up.
    #[error("the sampler stopped in chain {chain}: {problem}; try another seed or fewer outcomes")]
    Sampler {
        /// Chain, from 0.
        chain: u32,
        /// What it said.
        problem: String,
    },
}

/// Sample the posterior.
///
/// # Errors
/// Stopped through `cancelled`, or the sampler gave up.
pub fn sample(
    density: &Density,
    settings: &SamplerSettings,
    on_progress: &OnProgress<'_>,
    cancelled: &AtomicBool,
) -> Result<Samples, SamplingError> {
    let results: Vec<Result<OneChain, SamplingError>> = std::thread::scope(|scope| {
        let running: Vec<_> = (0..settings.chains)
            .map(|chain| scope.spawn(move || one_chain(density, settings, chain, on_progress, cancelled)))
            .collect();
        running.into_iter().enumerate().map(|(chain, handle)| joined(chain, handle.join())).collect()
    });
    let mut samples = Samples { names: density.names(), chains: Vec::new(), divergences: 0, gradient_evaluations: 0 };
    for result in results {
        let chain = result?;
        samples.chains.push(chain.draws);
        samples.divergences += chain.divergences;
        samples.gradient_evaluations += chain.gradient_evaluations;
    }
    Ok(samples)
}

struct OneChain {
    draws: Vec<Vec<f64>>,
    divergences: u32,
    gradient_evaluations: u64,
}

fn joined(chain: usize, outcome: std::thread::Result<Result<OneChain, SamplingError>>) -> Result<OneChain, SamplingError> {
    outcome.unwrap_or_else(|_| Err(SamplingError::Sampler { chain: chain as u32, problem: "it panicked".into() }))
}

fn one_chain(
    density: &Density,
    settings: &SamplerSettings,
    chain: u32,
    on_progress: &OnProgress<'_>,
    cancelled: &AtomicBool,
) -> Result<OneChain, SamplingError> {
    let failed = |problem: String| SamplingError::Sampler { chain, problem };
    let mut rng = generator(settings.seed, u64::from(chain));
    let jitter: Vec<f64> = (0..density.dim()).map(|_| rng.random_range(-1.0..1.0)).collect();
    let of = settings.warmup_draws + settings.draws;
    let mut sampler = nuts_settings(settings)
        .new_chain(u64::from(chain), CpuMath::new(Target { density }), &mut rng)
        .map_err(|error| failed(error.to_string()))?;
    sampler.set_position(&density.start(&jitter)).map_err(|error| failed(error.to_string()))?;
    let mut result = OneChain { draws: Vec::new(), divergences: 0, gradient_evaluations: 0 };
    for done in 1..=of {
        if cancelled.load(Ordering::Relaxed) {
            return Err(SamplingError::Cancelled);
        }
        let (position, step) = sampler.draw().map_err(|error| failed(error.to_string()))?;
        result.gradient_evaluations += step.num_gradients;
        if done > settings.warmup_draws {
            let mut natural = vec![0.0; position.len()];
            density.constrain(&position, &mut natural);
            result.draws.push(natural);
            result.divergences += u32::from(step.diverging);
        }
        if done % 100 == 0 || done == of {
            on_progress(Progress { chain, done, of, divergences: result.divergences });
        }
    }
    Ok(result)
}

/// The one generator of this room: ChaCha8, its stream chosen by `stream`.
pub(crate) fn generator(seed: u64, stream: u64) -> ChaCha8Rng {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    rng.set_stream(stream);
    rng
}

/// Ceiling, gain and study effects are correlated: adapting to that halves the steps of a draw.
fn nuts_settings(settings: &SamplerSettings) -> LowRankNutsSettings {
    let mut nuts = LowRankNutsSettings {
        num_tune: u64::from(settings.warmup_draws),
        num_draws: u64::from(settings.draws),
        num_chains: settings.chains as usize,
        ..LowRankNutsSettings::default()
    };
    nuts.adapt_options.step_size_settings.target_accept = settings.target_accept;
    nuts
}

/// The posterior in the sampler's terms.
struct Target<'a> {
    density: &'a Density,
}

#[derive(Debug, thiserror::Error)]
#[error("the log posterior is not a number here")]
struct NotANumber;

impl LogpError for NotANumber {
    fn is_recoverable(&self) -> bool {
        true
    }
}

impl HasDims for Target<'_> {
    #[expect(clippy::disallowed_types, reason = "the sampler's trait asks for this map; nothing iterates over it here")]
    fn dim_sizes(&self) -> std::collections::HashMap<String, u64> {
        std::collections::HashMap::from([("unconstrained_parameter".to_owned(), self.density.dim() as u64)])
    }
}

impl CpuLogpFunc for Target<'_> {
    type LogpError = NotANumber;
    type FlowParameters = ();
    type ExpandedVector = Vec<f64>;

    fn dim(&self) -> usize {
        self.density.dim()
    }

    fn logp(&mut self, position: &[f64], gradient: &mut [f64]) -> Result<f64, Self::LogpError> {
        let value = self.density.log_density(position, gradient);
        if value.is_finite() && gradient.iter().all(|slope| slope.is_finite()) { Ok(value) } else { Err(NotANumber) }
    }

    fn expand_vector<R: Rng + ?Sized>(&mut self, _rng: &mut R, position: &[f64]) -> Result<Vec<f64>, CpuMathError> {
        Ok(position.to_vec())
    }
}
