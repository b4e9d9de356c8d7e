//! `resurface demo-data`: a clinic to look around in, with nobody behind its charts.

mod fill;
mod ids;
mod served;
mod staff;

use std::sync::Arc;

use jiff::civil::Date;
use resurface_clinic::Rules;
use resurface_ledger::clinic::{Charts, Clinic, Founding};
use resurface_ledger::seal::Method;
use resurface_ledger::surroundings::Surroundings;
use resurface_synthetic::Scenario;
use serde::Serialize;

use super::lock::{Lock, full};
use super::{serve, source};
use crate::arguments::DemoDataArguments;
use crate::clinic::{Hidden, Machine};
use crate::ending::{Answer, Exit, Failure};
use crate::envelope::{self, OfClinic, Origin};
use crate::pages;
use crate::progress::Progress;
use crate::request::{Form, Request};
use fill::Filling;

pub(crate) use fill::Filled;
pub(super) use served::demo;

/// Name of the clinic.
const NAME: &str = "Demonstration clinic (synthetic)";

/// A demonstration that was founded and filled.
#[derive(Serialize)]
pub(crate) struct Demonstration {
    /// Its name.
    pub(crate) name: &'static str,
    /// Its folder.
    pub(crate) folder: String,
    /// Its key file.
    pub(crate) key_file: Option<String>,
    /// With whom to sign in.
    pub(crate) sign_in: &'static str,
    /// The password, which is shown this once.
    pub(crate) password: String,
    /// Last day on which anything happens.
    pub(crate) until: Date,
    /// What is in it.
    #[serde(flatten)]
    pub(crate) filled: Filled,
}

/// Founds a demonstration and fills it.
pub(super) fn demo_data(request: &Request, typed: &DemoDataArguments) -> Result<Answer, Failure> {
    let machine: Arc<dyn Surroundings> = Arc::new(Machine::new()?);
    let lock = Lock::choose(&request.access, &typed.dir, Method::KeyFile)?;
    let until = match typed.until {
        Some(day) => day,
        None => yesterday(machine.as_ref())?,
    };
    let rules = rules(request)?;
    let around = Arc::clone(&machine);
    let clinic = lock.make(machine.as_ref(), |secret| Clinic::found(&typed.dir, &founding(), secret, around))?;
    let scenario = Scenario { patients: typed.patients, seed: typed.seed, until };
    let password = staff::new_password(machine.as_ref());
    let filled = fill(&clinic, scenario, &rules, &password, &|| false).map_err(|failure| {
        failure.note(format!("{} holds a part of a demonstration: remove it and its key file, and start again", full(&typed.dir)))
    })?;
    let made = Demonstration {
        name: NAME,
        folder: full(&typed.dir),
        key_file: lock.key_file().map(full),
        sign_in: staff::DEMO,
        password: password.text().to_owned(),
        until,
        filled,
    };
    let origin = Origin { seed: Some(typed.seed), ..Origin::of_knowledge(&rules.knowledge.version) };
    let page = match request.form {
        Form::Page => pages::demo::page(&made, &origin, request.look),
        Form::Json => envelope::write("resurface.demo_data/1", &origin, &OfClinic { demonstration: true, answer: &made })?,
    };
    Ok(Answer::page(page))
}

fn founding() -> Founding {
    Founding { name: NAME.to_owned(), charts: Charts::Synthetic }
}

/// Today is not over: what is made up for its afternoon has not happened yet.
fn yesterday(machine: &dyn Surroundings) -> Result<Date, Failure> {
    machine.today().yesterday().map_err(|error| Failure::new(Exit::Failed, error))
}

/// What the decisions of a demonstration rest on.
fn rules(request: &Request) -> Result<Rules, Failure> {
    let (knowledge, population) = source::knowledge_and_population(request)?;
    serve::rules(knowledge, population)
}

/// Fills a clinic, unless it is to end before.
fn fill(
    clinic: &Clinic,
    scenario: Scenario,
    rules: &Rules,
    password: &Hidden,
    ends: &(dyn Fn() -> bool + Sync),
) -> Result<Filled, Failure> {
    let accounts = staff::add(clinic, scenario.until, password)?;
    clinic.keep_knowledge(&rules.knowledge)?;
    let progress = Progress::new("demonstration");
    let bench = rules.bench(env!("CARGO_PKG_VERSION"));
    let filled = Filling { clinic, scenario, bench, accounts: &accounts, progress: &progress, ends }.fill();
    progress.end();
    filled
}
