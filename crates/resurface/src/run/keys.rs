//! `resurface clinic rotate-key` and `change-secret`: what everything is sealed with, and what locks that.

use std::cell::Cell;
use std::path::Path;

use resurface_ledger::clinic::{Begun, LedgerError, Rotated};
use resurface_ledger::seal::{Secret, write_key_file};
use resurface_ledger::surroundings::Surroundings;
use serde::Serialize;
use zeroize::Zeroizing;

use super::clinic::of_clinic;
use super::lock::{apart, full};
use crate::arguments::ChangeSecretArguments;
use crate::clinic::{Machine, Session};
use crate::ending::{Answer, Exit, Failure};
use crate::files;
use crate::pages;
use crate::progress::Progress;
use crate::request::{Form, Request};

#[derive(Serialize)]
struct KeyChanged {
    finished: bool,
    key: u32,
    went_on_with_an_earlier_one: bool,
    entries: u64,
    summaries: u64,
    access_lines: u64,
    records: u64,
    pictures: u64,
    left: u64,
    first_left: Vec<String>,
}

#[derive(Serialize)]
struct SecretChanged<'a> {
    locked_by: &'static str,
    key_file: Option<&'a str>,
}

/// Changes the key that everything is sealed with.
pub(super) fn rotate(request: &Request) -> Result<Answer, Failure> {
    let (session, secret) = Session::open_with_secret(&request.access)?;
    let rotated = session.act(|desk| {
        let progress = Progress::new("rotate-key");
        let made = desk.rotate_key(&secret, &mut |now| progress.tell(now));
        progress.end();
        made
    })?;
    let demonstration = session.is_demonstration();
    let page = match request.form {
        Form::Page => pages::keys::rotated(&rotated, demonstration, request.look),
        Form::Json => of_clinic("resurface.key_rotated/1", demonstration, &key_changed(&rotated))?,
    };
    Ok(Answer::page(page).ending(if rotated.finished() { Exit::Answered } else { Exit::Damaged }))
}

fn key_changed(rotated: &Rotated) -> KeyChanged {
    KeyChanged {
        finished: rotated.finished(),
        key: rotated.key.get(),
        went_on_with_an_earlier_one: rotated.begun == Begun::Earlier,
        entries: rotated.renewed.entries,
        summaries: rotated.renewed.summaries,
        access_lines: rotated.renewed.access_lines,
        records: rotated.renewed.records,
        pictures: rotated.renewed.pictures,
        left: rotated.left.total,
        first_left: rotated.left.first.iter().map(ToString::to_string).collect(),
    }
}

/// Locks the clinic by another secret.
pub(super) fn change_secret(request: &Request, typed: &ChangeSecretArguments) -> Result<Answer, Failure> {
    let (session, old) = Session::open_with_secret(&request.access)?;
    let key_file = typed.new_key_file.as_deref();
    if let Some(key_file) = key_file {
        apart(key_file, &session.clinic.path())?;
    }
    match key_file {
        None => {
            let new = request.access.new_passphrase()?;
            session.act(|desk| desk.change_secret(&old, &new))?;
        }
        Some(key_file) => lock_by_file(&session, &old, key_file)?,
    }
    let key_file = key_file.map(full);
    let demonstration = session.is_demonstration();
    let page = match request.form {
        Form::Page => pages::keys::secret_changed(key_file.as_deref(), demonstration, request.look),
        Form::Json => {
            let locked_by = if key_file.is_some() { "key file" } else { "passphrase" };
            let changed = SecretChanged { locked_by, key_file: key_file.as_deref() };
            of_clinic("resurface.secret_changed/1", demonstration, &changed)?
        }
    };
    Ok(Answer::page(page))
}

/// The key is written before it locks anything: a clinic whose key was lost could never be opened.
fn lock_by_file(session: &Session<'_>, old: &Secret, key_file: &Path) -> Result<(), Failure> {
    let machine: &dyn Surroundings = &Machine::new()?;
    let key = Zeroizing::new(machine.random());
    files::write_new_private(key_file, &write_key_file(&key))?;
    let new = Secret::KeyFile(key);
    // Whether it may lock the clinic although an error came: the record can be written, and what follows can fail.
    let may_lock = Cell::new(false);
    let changed = session.act(|desk| {
        let changed = desk.change_secret(old, &new);
        let nothing_written = matches!(changed, Err(LedgerError::Refused(_) | LedgerError::Seal(_) | LedgerError::KeyIsChanging));
        may_lock.set(!nothing_written);
        changed
    });
    changed.map_err(|failure| {
        let name = key_file.display();
        if may_lock.get() {
            return failure.note(format!("the new key file {name} is kept: either it or the old one opens the clinic"));
        }
        match files::remove(key_file) {
            Ok(()) => failure.note("what locks the clinic is as it was"),
            Err(_) => failure.note(format!("{name} is of no use: remove it")),
        }
    })
}
