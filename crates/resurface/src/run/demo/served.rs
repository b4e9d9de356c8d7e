//! `resurface demo`: a demonstration that is founded, filled and served at once.

use std::path::Path;
use std::sync::Arc;

use resurface_ledger::clinic::Clinic;
use resurface_ledger::seal::{Method, Secret};
use resurface_ledger::surroundings::Surroundings;
use resurface_synthetic::Scenario;
use zeroize::Zeroizing;

use super::{fill, founding, rules, staff, yesterday};
use crate::arguments::DemoArguments;
use crate::clinic::{Hidden, Machine};
use crate::ending::{Answer, Exit, Failure};
use crate::files::Temporary;
use crate::request::Request;
use crate::run::lock::{Lock, full};
use crate::run::serve::{Over, Server, app};

/// The seed of every demonstration: whoever shows one to somebody knows whom they meet.
const SEED: u64 = 1;

/// Shows a demonstration until it is told to stop.
pub(in crate::run) fn demo(request: &Request, typed: &DemoArguments) -> Result<Answer, Failure> {
    let machine: Arc<dyn Surroundings> = Arc::new(Machine::new()?);
    let rules = rules(request)?;
    let server = Server::new()?;
    let end = server.listen_for_the_end();
    let around = Arc::clone(&machine);
    // Its folder is removed where this ends, in whatever way it does.
    let temporary;
    let (clinic, kept) = match &typed.keep {
        Some(folder) => {
            let lock = Lock::choose(&request.access, folder, Method::KeyFile)?;
            let clinic = lock.make(machine.as_ref(), |secret| Clinic::found(folder, &founding(), secret, around))?;
            (clinic, format!("It is kept: `resurface serve {}` serves it again.\n", full(folder)))
        }
        None => {
            temporary = Temporary::folder(&random_name(machine.as_ref()))?;
            let clinic = found_in(temporary.path(), machine.as_ref(), around)?;
            (clinic, "It is gone when this ends; --keep DIR keeps it.\n".to_owned())
        }
    };
    let scenario = Scenario { patients: typed.patients, seed: SEED, until: yesterday(machine.as_ref())? };
    let password = staff::new_password(machine.as_ref());
    fill(&clinic, scenario, &rules, &password, &|| end.has_come())?;
    if end.has_come() {
        return Err(Failure::new(Exit::Failed, "the demonstration was ended before it was made"));
    }
    server.serve(app(clinic, rules)?, typed.listen, Over::Plain, typed.browser(), &introduced(&password, &kept), end)?;
    Ok(Answer::page(String::new()))
}

/// Nobody needs the key of what is gone when the program ends: it is kept nowhere.
fn found_in(folder: &Path, machine: &dyn Surroundings, around: Arc<dyn Surroundings>) -> Result<Clinic, Failure> {
    let key = Secret::KeyFile(Zeroizing::new(machine.random()));
    Ok(Clinic::found(folder, &founding(), &key, around)?)
}

fn random_name(machine: &dyn Surroundings) -> String {
    let random: [u8; 6] = machine.random();
    random.iter().fold("resurface-demo-".to_owned(), |name, byte| name + &format!("{byte:02x}"))
}

/// Whom to sign in as.
fn introduced(password: &Hidden, kept: &str) -> String {
    let people: String = staff::PEOPLE.iter().map(|(name, what)| format!("  {name:<7}{what}\n")).collect();
    format!("\nSign in as one of\n{people}with the password\n  {}\n{kept}\n", password.text())
}
