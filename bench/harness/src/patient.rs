//! One patient learned from, over every draw of the population, and the whole table of courses.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use resurface_forecast::{
    BasePoints, Clinic, CourseQuestion, Dose, Effort, Further, KnownPopulation, Observation, Outcome, POPULATION_SCHEMA, Patient,
    Population, PopulationFile, QUARTILE_CUTS, Scale, ScoreNoise, Session, Trust, Turnover, update,
};
use serde::{Deserialize, Serialize};

use crate::clock::{first_cpu_ms, median_cpu_ms};
use crate::read;

const REPEATS: usize = 200;
const SEED: u64 = 1;
/// The patients whose outcomes are scores on one scale, which every peer can take as they are.
const PATIENTS: [&str; 3] = ["P1_typical", "P2_nonresponder", "P4_strong"];
/// The forecast that is compared: 12 weeks after session 6 of a course every 4 weeks.
const SESSIONS_IN_ALL: usize = 6;
const INTERVAL_WEEKS: f64 = 4.0;
const AFTER_WEEKS: f64 = 12.0;

/// What was measured.
#[derive(Serialize)]
struct Measured {
    population_draws: usize,
    /// Making the base points, once in the life of a program.
    base_points_cpu_ms: f64,
    patients: BTreeMap<&'static str, MeasuredPatient>,
}

#[derive(Serialize)]
struct MeasuredPatient {
    /// Learning from the patient over all population draws.
    update_cpu_ms: f64,
    /// The same, and every course of 1 to 8 further sessions at four intervals, at two follow-up times.
    update_and_courses_cpu_ms: f64,
    /// The peers' easier problem: the population taken as known.
    update_known_population_cpu_ms: f64,
    points: usize,
    effective_points: f64,
    sound: bool,
    courses: usize,
    e_mean: f64,
    e_mean_expected: f64,
    chance_of_half: f64,
    chance_of_half_expected: f64,
    known_e_mean: f64,
    known_e_mean_expected: f64,
}

/// Measures the reference patients of the forecast's test fixtures.
pub(crate) fn measure(fixtures: &str) -> Result<String> {
    let fixtures = Path::new(fixtures);
    let cases: Cases = read_json(&fixtures.join("patients.json"))?;
    let over_draws: BTreeMap<String, OverDraws> = read_json(&fixtures.join("is_conditional.json"))?;
    let known: BTreeMap<String, Known> = read_json(&fixtures.join("patients_reference.json"))?;
    let population = population(&read(&fixtures.join("population_draws.csv"))?)?;
    let known_population = cases.theta.population()?;
    let points = BasePoints::new(SEED);
    let mut measured =
        Measured { population_draws: population.draws().len(), base_points_cpu_ms: 0.0, patients: BTreeMap::new() };
    for id in PATIENTS {
        let case = cases.patients.iter().find(|case| case.id == id).with_context(|| format!("patients.json has no {id}"))?;
        let patient = case.patient(&cases.theta);
        let learn = |population| update(population, &patient, Clinic::New, &points, Effort::Visit);
        let question = CourseQuestion::usual(0.5);
        if measured.patients.is_empty() {
            let first = first_cpu_ms(|| learn(&population));
            measured.base_points_cpu_ms = first - first_cpu_ms(|| learn(&population));
        }
        let posterior = learn(&population)?;
        let ahead = Further::standard(SESSIONS_IN_ALL - case.sessions.len(), INTERVAL_WEEKS);
        let effect = posterior.effect_after(&ahead, AFTER_WEEKS)?;
        let with_known = learn(&known_population)?.effect_after(&ahead, AFTER_WEEKS)?;
        let [e_mean_expected, _, chance_of_half_expected] =
            over_draws.get(id).context("is_conditional.json lacks a patient")?.ref_1m;
        let known_e_mean_expected = known
            .get(id)
            .and_then(|known| known.reference.forecast.get(1))
            .context("patients_reference.json lacks a forecast")?
            .e_mean_sd[0];
        let table = posterior.courses(&question)?;
        ensure!(table.courses.iter().all(|course| course.outlooks.len() == 2), "the course table lost a follow-up time");
        measured.patients.insert(
            id,
            MeasuredPatient {
                update_cpu_ms: median_cpu_ms(REPEATS, || learn(&population)),
                update_and_courses_cpu_ms: median_cpu_ms(REPEATS, || {
                    learn(&population).and_then(|posterior| posterior.courses(&question))
                }),
                update_known_population_cpu_ms: median_cpu_ms(REPEATS, || learn(&known_population)),
                points: posterior.diagnostic().points,
                effective_points: posterior.diagnostic().effective_points,
                sound: posterior.diagnostic().trust == Trust::Sound,
                courses: table.courses.len(),
                e_mean: effect.mean,
                e_mean_expected,
                chance_of_half: effect.chance_of_at_least(0.5).probability,
                chance_of_half_expected,
                known_e_mean: with_known.mean,
                known_e_mean_expected,
            },
        );
    }
    Ok(serde_json::to_string(&measured)?)
}

/// The reference draws, one a line, as a population.
fn population(csv: &str) -> Result<Population> {
    let mut lines = csv.lines();
    let columns = lines.next().context("population_draws.csv is empty")?;
    let row = |line: &str| line.split(',').map(str::parse).collect::<Result<Vec<f64>, _>>();
    let file = PopulationFile {
        schema: POPULATION_SCHEMA.to_owned(),
        seed: 0,
        data_sha256: String::new(),
        diagnostics: BTreeMap::new(),
        divergences: 0,
        columns: columns.split(',').map(str::to_owned).collect(),
        draws: lines.map(row).collect::<Result<_, _>>().context("population_draws.csv")?,
    };
    Ok(Population::from_file(&file)?)
}

#[derive(Deserialize)]
struct OverDraws {
    /// Mean, standard deviation and chance of at least half, from 2^20 points.
    #[serde(rename = "ref_1M")]
    ref_1m: [f64; 3],
}

#[derive(Deserialize)]
struct Known {
    reference: KnownReference,
}

#[derive(Deserialize)]
struct KnownReference {
    forecast: Vec<KnownForecast>,
}

#[derive(Deserialize)]
struct KnownForecast {
    #[serde(rename = "E_mean_sd")]
    e_mean_sd: [f64; 2],
}

#[derive(Deserialize)]
struct Cases {
    theta: Theta,
    patients: Vec<Case>,
}

#[derive(Deserialize)]
struct Theta {
    #[serde(rename = "mu_A")]
    mu_a: f64,
    mu_g: f64,
    mu_k: f64,
    rho: f64,
    #[serde(rename = "sd_A")]
    sd_a: f64,
    sd_g: f64,
    sd_k: f64,
    #[serde(rename = "mu_logS0")]
    log_baseline_mean: f64,
    #[serde(rename = "sd_logS0")]
    log_baseline_sd: f64,
    sigma_add: f64,
    sigma_prop: f64,
    sigma_pct: f64,
}

impl Theta {
    fn population(&self) -> Result<Population> {
        Ok(Population::known(&KnownPopulation {
            mu_a: self.mu_a,
            mu_g: self.mu_g,
            mu_k: self.mu_k,
            rho: self.rho,
            sd_a: self.sd_a,
            sd_g: self.sd_g,
            sd_k: self.sd_k,
            sigma_pct: self.sigma_pct,
            turnover: Turnover::default(),
            cuts: QUARTILE_CUTS,
        })?)
    }
}

#[derive(Deserialize)]
struct Case {
    id: String,
    sessions: Vec<f64>,
    dose: Vec<f64>,
    /// Week and score of each visit.
    score: Vec<(f64, f64)>,
}

impl Case {
    fn patient(&self, theta: &Theta) -> Patient {
        let scale = Scale {
            name: "score".to_owned(),
            log_baseline_mean: theta.log_baseline_mean,
            log_baseline_sd: theta.log_baseline_sd,
            noise: ScoreNoise::Known { additive_sd: theta.sigma_add, proportional_sd: theta.sigma_prop },
            maximum: None,
        };
        let session = |(&week, &dose): (&f64, &f64)| Session { week, dose: Dose::Relative(dose) };
        let observation = |&(week, value): &(f64, f64)| Observation { week, outcome: Outcome::Score { scale: 0, value } };
        Patient {
            scales: vec![scale],
            sessions: self.sessions.iter().zip(&self.dose).map(session).collect(),
            observations: self.score.iter().map(observation).collect(),
            covariates: None,
        }
    }
}

fn read_json<T: for<'a> Deserialize<'a>>(path: &Path) -> Result<T> {
    serde_json::from_str(&read(path)?).with_context(|| format!("{} is not in its format", path.display()))
}
