//! The population fitted to the six reference trials, its draws written for scoring by the peers' code.

use std::fmt::Write as _;
use std::sync::atomic::AtomicBool;

use anyhow::{Context, Result};
use cpu_time::ProcessTime;
use resurface_evidence::model::{Density, StudyEffects};
use resurface_evidence::sampling::{SamplerSettings, sample};
use serde::Serialize;

use crate::reference_studies::reference_studies;

/// As the peers: 4 chains of 1000 + 1000.
const SETTINGS: SamplerSettings =
    SamplerSettings { seed: 20_240_601, chains: 4, warmup_draws: 1000, draws: 1000, target_accept: 0.95 };

#[derive(Serialize)]
struct Measured {
    /// Sampling with warm-up, over all threads.
    sampling_cpu_s: f64,
    divergences: u32,
    gradient_evaluations: u64,
}

/// Fits, and writes chain, draw and every parameter as CSV to `draws`.
#[expect(clippy::disallowed_methods, reason = "a measuring program writes its draws")]
pub(crate) fn measure(draws: &str) -> Result<String> {
    let density = Density::new(&reference_studies(), StudyEffects::Normal)?;
    let start = ProcessTime::now();
    let samples = sample(&density, &SETTINGS, &|_| {}, &AtomicBool::new(false))?;
    let sampling_cpu_s = start.elapsed().as_secs_f64();
    let mut csv = format!("chain,draw,{}\n", samples.names.join(","));
    for (chain, rows) in samples.chains.iter().enumerate() {
        for (draw, row) in rows.iter().enumerate() {
            let values: Vec<String> = row.iter().map(f64::to_string).collect();
            writeln!(csv, "{chain},{draw},{}", values.join(","))?;
        }
    }
    std::fs::write(draws, csv).with_context(|| format!("cannot write {draws}"))?;
    let (divergences, gradient_evaluations) = (samples.divergences, samples.gradient_evaluations);
    Ok(serde_json::to_string(&Measured { sampling_cpu_s, divergences, gradient_evaluations })?)
}
