//! Patients, populations and known answers shared by the tests.
#![allow(dead_code, reason = "each test file uses a part")]
#![allow(clippy::unwrap_used, reason = "what fails in a helper fails the test")]

use resurface_forecast::{
    Dose, KnownPopulation, Observation, Outcome, Patient, Population, PopulationFile, Scale, ScoreNoise, Session, Turnover,
};
use serde_json::Value;
use std::collections::BTreeMap;

const PATIENTS: &str = include_str!("../fixtures/patients.json");
const DRAWS: &str = include_str!("../fixtures/population_draws.csv");
const MARGINALISED: &str = include_str!("../fixtures/is_conditional.json");

/// The 2000 reference draws.
pub(crate) fn draws() -> Population {
    let mut lines = DRAWS.lines();
    let columns = lines.next().unwrap().split(',').map(str::to_owned).collect();
    let draws = lines.map(|line| line.split(',').map(|cell| cell.parse().unwrap()).collect()).collect();
    let file = PopulationFile {
        schema: resurface_forecast::POPULATION_SCHEMA.to_owned(),
        seed: 0,
        data_sha256: String::new(),
        diagnostics: BTreeMap::new(),
        divergences: 0,
        columns,
        draws,
    };
    Population::from_file(&file).unwrap()
}

/// The known population of the reference patients.
pub(crate) fn theta() -> KnownPopulation {
    let all: Value = serde_json::from_str(PATIENTS).unwrap();
    let number = |name: &str| all["theta"][name].as_f64().unwrap();
    KnownPopulation {
        mu_a: number("mu_A"),
        mu_g: number("mu_g"),
        mu_k: number("mu_k"),
        rho: number("rho"),
        sd_a: number("sd_A"),
        sd_g: number("sd_g"),
        sd_k: number("sd_k"),
        sigma_pct: number("sigma_pct"),
        turnover: Turnover { loss_per_week: number("k_out"), refractory_weeks: number("tau_rho") },
        cuts: [0.25, 0.5, 0.75],
    }
}

/// The scale of the reference patients.
pub(crate) fn scale() -> Scale {
    Scale {
        name: "score".to_owned(),
        log_baseline_mean: 13.0_f64.ln(),
        log_baseline_sd: 0.5,
        noise: ScoreNoise::Known { additive_sd: 0.5, proportional_sd: 0.08 },
        maximum: None,
    }
}

/// Standard sessions at the given weeks.
pub(crate) fn sessions(weeks: &[f64]) -> Vec<Session> {
    weeks.iter().map(|&week| Session { week, dose: Dose::STANDARD }).collect()
}

/// Scores on the first scale.
pub(crate) fn scores(values: &[(f64, f64)]) -> Vec<Observation> {
    values.iter().map(|&(week, value)| Observation { week, outcome: Outcome::Score { scale: 0, value } }).collect()
}

/// A reference patient with scores only.
pub(crate) fn patient(id: &str) -> Patient {
    let all: Value = serde_json::from_str(PATIENTS).unwrap();
    let case = all["patients"].as_array().unwrap().iter().find(|case| case["id"] == id).unwrap();
    let numbers = |value: &Value| value.as_array().unwrap().iter().map(|v| v.as_f64().unwrap()).collect::<Vec<f64>>();
    let pairs: Vec<(f64, f64)> =
        case["score"].as_array().unwrap().iter().map(|pair| (numbers(pair)[0], numbers(pair)[1])).collect();
    Patient {
        scales: vec![scale()],
        sessions: sessions(&numbers(&case["sessions"])),
        observations: scores(&pairs),
        covariates: None,
    }
}

/// Mean, sd and chance of at least half after six sessions, per patient.
pub(crate) fn is_conditional() -> Vec<(String, [f64; 3])> {
    let all: BTreeMap<String, Value> = serde_json::from_str(MARGINALISED).unwrap();
    let three = |value: &Value| core::array::from_fn(|i| value["ref_1M"][i].as_f64().unwrap());
    all.iter().map(|(id, value)| (id.clone(), three(value))).collect()
}
