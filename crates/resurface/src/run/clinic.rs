//! `resurface clinic`: founding one, and what there is of it.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;
use resurface_ledger::access::{Actor, Role};
use resurface_ledger::clinic::{Charts, Clinic, Founding, NewUser, SecondFactorDuty};
use resurface_ledger::identity::{DisplayName, NameError, PasswordRules};
use resurface_ledger::seal::Method;
use resurface_ledger::surroundings::Surroundings;
use serde::Serialize;

use super::lock::{Lock, full};
use super::user::operator;
use crate::arguments::InitArguments;
use crate::clinic::{Hidden, Machine, Session};
use crate::ending::{Answer, Exit, Failure};
use crate::envelope::{self, OfClinic};
use crate::pages;
use crate::request::{Form, Request};

/// A clinic that was founded.
#[derive(Serialize)]
pub(crate) struct Founded {
    /// Its name.
    pub(crate) name: String,
    /// Its folder.
    pub(crate) folder: String,
    /// Its key file; nothing when a passphrase locks it.
    pub(crate) key_file: Option<String>,
    /// Name with which the lead signs in.
    pub(crate) lead: String,
    /// Roles of the lead.
    pub(crate) roles: BTreeSet<Role>,
}

/// What the clinic requires.
#[derive(Serialize)]
struct Settled {
    second_factor: SecondFactorDuty,
}

/// What there is of a clinic.
#[derive(Serialize)]
pub(crate) struct Shown {
    /// Its name.
    pub(crate) name: String,
    /// Day of its founding.
    pub(crate) founded: Date,
    /// How many charts.
    pub(crate) charts: usize,
    /// How many users.
    pub(crate) users: usize,
    /// How many of them are switched off.
    pub(crate) users_switched_off: usize,
    /// Whether every user has to have codes from an app.
    pub(crate) second_factor: SecondFactorDuty,
    /// What locks its keys.
    pub(crate) locked_by: &'static str,
    /// Its folder.
    pub(crate) folder: String,
    /// What is in the folder.
    pub(crate) layout: Vec<(&'static str, &'static str)>,
}

/// Founds a clinic. Whatever can be refused is, before anything is written.
pub(super) fn init(request: &Request, typed: &InitArguments) -> Result<Answer, Failure> {
    let lead_name = match &typed.lead_name {
        Some(name) => name.clone(),
        None => typed.lead.as_str().parse().map_err(|error: NameError| Failure::new(Exit::InputFaults, error))?,
    };
    let name: DisplayName =
        (typed.name.parse()).map_err(|error: NameError| Failure::new(Exit::InputFaults, format!("--name: {error}")))?;
    let machine: Arc<dyn Surroundings> = Arc::new(Machine::new()?);
    let lock = Lock::choose(&request.access, &typed.dir, typed.method())?;
    let password = request.access.new_password(&typed.password, typed.lead.as_str())?;
    let names = [typed.lead.as_str(), lead_name.as_str(), "resurface"];
    PasswordRules::default().check(password.text(), &names).map_err(|error| Failure::new(Exit::InputFaults, error))?;

    let charts = if typed.demonstration { Charts::Synthetic } else { Charts::Real };
    let founding = Founding { name: name.as_str().to_owned(), charts };
    let new_machine = Arc::clone(&machine);
    let clinic = lock.make(machine.as_ref(), |secret| Clinic::found(&typed.dir, &founding, secret, new_machine))?;
    let roles = add_lead(&clinic, typed, lead_name, &password)?;
    let founded = Founded {
        name: founding.name,
        folder: full(&clinic.path()),
        key_file: lock.key_file().map(full),
        lead: typed.lead.as_str().to_owned(),
        roles,
    };
    let page = match request.form {
        Form::Page => pages::clinic::founded(&founded, typed.demonstration, request.look),
        Form::Json => of_clinic("resurface.clinic_founded/1", typed.demonstration, &founded)?,
    };
    Ok(Answer::page(page))
}

fn add_lead(
    clinic: &Clinic,
    typed: &InitArguments,
    display_name: DisplayName,
    password: &Hidden,
) -> Result<BTreeSet<Role>, Failure> {
    let mut roles = BTreeSet::from([Role::Lead]);
    roles.extend(&typed.also);
    let lead = NewUser {
        name: typed.lead.clone(),
        display_name,
        roles: roles.clone(),
        operator: operator(&typed.operator),
        password: password.text(),
    };
    clinic.desk(Actor::at_the_console()).add_user(lead).map_err(|error| {
        Failure::from(error)
            .note("the clinic is founded, and has no user yet")
            .hint("`resurface user add` adds the lead from this machine")
    })?;
    Ok(roles)
}

/// Requires codes from an app of every user, or of nobody.
pub(super) fn require_second_factor(request: &Request, duty: SecondFactorDuty) -> Result<Answer, Failure> {
    let session = Session::open(&request.access)?;
    session.act_in_person(|desk| desk.require_second_factor(duty))?;
    let demonstration = session.is_demonstration();
    let page = match request.form {
        Form::Page => pages::clinic::second_factor(duty, demonstration, request.look),
        Form::Json => of_clinic("resurface.clinic_settled/1", demonstration, &Settled { second_factor: duty })?,
    };
    Ok(Answer::page(page))
}

/// Shows what there is of a clinic.
pub(super) fn show(request: &Request) -> Result<Answer, Failure> {
    let session = Session::open(&request.access)?;
    let book = session.clinic.book()?;
    let folder = session.clinic.path();
    let shown = Shown {
        name: book.founded.name.clone(),
        founded: book.founded.on,
        charts: session.clinic.chart_count()?,
        users: book.users.len(),
        users_switched_off: book.users.values().filter(|user| user.disabled).count(),
        second_factor: book.second_factor,
        locked_by: match Clinic::locked_by(&folder)? {
            Method::KeyFile => "key file",
            Method::Passphrase => "passphrase",
        },
        folder: folder.display().to_string(),
        layout: LAYOUT.to_vec(),
    };
    let page = match request.form {
        Form::Page => pages::clinic::shown(&shown, session.is_demonstration(), request.look),
        Form::Json => of_clinic("resurface.clinic/1", session.is_demonstration(), &shown)?,
    };
    Ok(Answer::page(page))
}

const LAYOUT: [(&str, &str); 3] = [
    ("clinic.json", "the data keys, locked by the key file or the passphrase"),
    ("ledger.sqlite", "charts, users and the access log; what is said about a person is sealed"),
    ("pictures/", "pictures, sealed"),
];

/// The answer of a clinic as JSON, where it rests on no knowledge.
pub(super) fn of_clinic(schema: &str, demonstration: bool, answer: &impl Serialize) -> Result<String, Failure> {
    envelope::write_plain(schema, &OfClinic { demonstration, answer })
}
