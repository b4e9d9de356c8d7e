//! `resurface import`: from an export to a clinic under a key of its own, with a password for one who leads.

use std::path::Path;
use std::sync::Arc;

use resurface_ledger::access::{Actor, Role};
use resurface_ledger::clinic::{LostFactor, book_of_export, import as import_export};
use resurface_ledger::identity::{PasswordRules, User};
use resurface_ledger::surroundings::Surroundings;
use serde::Serialize;

use super::clinic::of_clinic;
use super::lock::{Lock, full};
use super::ways::is_demonstration;
use crate::arguments::ImportArguments;
use crate::clinic::Machine;
use crate::ending::{Answer, Exit, Failure};
use crate::pages;
use crate::progress::Progress;
use crate::request::{Form, Request};

/// A clinic that was made of an export.
#[derive(Serialize)]
pub(crate) struct Imported {
    /// Its name.
    pub(crate) name: String,
    /// Its folder.
    pub(crate) folder: String,
    /// Its key file; nothing when a passphrase locks it.
    pub(crate) key_file: Option<String>,
    /// How many charts.
    pub(crate) charts: usize,
    /// How many users.
    pub(crate) users: usize,
    /// Name with which the lead signs in, with the password that was given.
    pub(crate) lead: String,
}

/// Makes a clinic of an export. Whatever can be refused is, before anything is written.
pub(super) fn import(request: &Request, typed: &ImportArguments) -> Result<Answer, Failure> {
    let folder = request.access.new_folder()?;
    let machine: Arc<dyn Surroundings> = Arc::new(Machine::new()?);
    let lock = Lock::choose(&request.access, &folder, typed.method())?;
    let lead = lead_of(&typed.dir, typed.lead.as_str())?;
    let password = request.access.new_password(&typed.password, lead.name.as_str())?;
    let names = [lead.name.as_str(), lead.display_name.as_str(), "resurface"];
    PasswordRules::default().check(password.text(), &names).map_err(|error| Failure::new(Exit::InputFaults, error))?;

    let progress = Progress::new("import");
    let around = Arc::clone(&machine);
    let clinic =
        lock.make(machine.as_ref(), |secret| import_export(&typed.dir, &folder, secret, around, &mut |at| progress.tell(at)));
    progress.end();
    let clinic = clinic?;
    let given = clinic.desk(Actor::at_the_console()).reset_password(lead.name.as_str(), password.text(), LostFactor::Kept);
    given.map_err(|error| {
        Failure::from(error)
            .note("the clinic is imported, and nobody can sign in yet")
            .hint("`resurface user password NAME --clinic DIR` gives a password from this machine")
    })?;
    let (book, demonstration) = (clinic.book()?, is_demonstration(&clinic));
    let imported = Imported {
        name: book.founded.name.clone(),
        folder: full(&folder),
        key_file: lock.key_file().map(full),
        charts: clinic.chart_count()?,
        users: book.users.len(),
        lead: lead.name.to_string(),
    };
    let page = match request.form {
        Form::Page => pages::ways::imported(&imported, demonstration, request.look),
        Form::Json => of_clinic("resurface.imported/1", demonstration, &imported)?,
    };
    Ok(Answer::page(page))
}

/// The user of this name in an export, who has to lead.
fn lead_of(export: &Path, name: &str) -> Result<User, Failure> {
    let book = book_of_export(export)?;
    let leads = |user: &&User| user.roles.contains(&Role::Lead) && !user.disabled;
    book.user(name).filter(leads).cloned().ok_or_else(|| {
        let names: Vec<&str> = book.users.values().filter(leads).map(|user| user.name.as_str()).collect();
        Failure::new(Exit::InputFaults, format!("{name} does not lead the clinic of this export"))
            .hint(format!("--lead with one of: {}", names.join(", ")))
    })
}
