//! `resurface user`: who works in the clinic.

use std::collections::BTreeSet;

use resurface_ledger::access::Role;
use resurface_ledger::clinic::{LostFactor, NewUser, UserChange};
use resurface_ledger::identity::{OperatorRecord, SignInName, User};
use serde::Serialize;

use super::clinic::of_clinic;
use crate::arguments::{NewPasswordOption, OperatorOptions, UserCommand};
use crate::clinic::{Session, line};
use crate::ending::{Answer, Exit, Failure};
use crate::pages;
use crate::request::{Form, Request};

/// A user, as shown.
#[derive(Serialize)]
struct One<'a> {
    user: &'a User,
}

/// Every user.
#[derive(Serialize)]
struct All<'a> {
    users: &'a [User],
}

/// A password that was changed.
#[derive(Serialize)]
struct PasswordChanged<'a> {
    name: Option<&'a str>,
    second_factor_removed: bool,
}

/// A second factor that was confirmed.
#[derive(Serialize)]
struct SecondFactor<'a> {
    recovery_codes: Vec<&'a str>,
}

/// Runs one command.
pub(super) fn user(request: &Request, command: &UserCommand) -> Result<Answer, Failure> {
    match command {
        UserCommand::Add { name, display_name, roles, operator: typed, password } => {
            let session = Session::open(&request.access)?;
            let password = request.access.new_password(password, name.as_str())?;
            session.act(|desk| {
                desk.add_user(NewUser {
                    name: name.clone(),
                    display_name: display_name.clone(),
                    roles: roles.iter().copied().collect(),
                    operator: operator(typed),
                    password: password.text(),
                })
            })?;
            let book = session.clinic.book()?;
            let user = book.user(name.as_str()).ok_or_else(|| Failure::new(Exit::Failed, "the user was not kept"))?;
            one(request, &session, user)
        }
        UserCommand::Role { name, roles } => {
            let roles: BTreeSet<Role> = roles.iter().copied().collect();
            change(request, name, &UserChange::Roles(roles))
        }
        UserCommand::Operator { name, operator: typed } => match operator(typed) {
            Some(record) => change(request, name, &UserChange::Operator(record)),
            None => Err(Failure::new(Exit::InputFaults, "the profession of somebody who treats is missing")
                .hint("--profession dermatologist, doctor, nurse or practitioner")),
        },
        UserCommand::Disable { name } => change(request, name, &UserChange::SwitchOff),
        UserCommand::Enable { name } => change(request, name, &UserChange::SwitchOn),
        UserCommand::List => list(request),
        UserCommand::Password { name, lost_phone, password } => {
            let factor = if *lost_phone { LostFactor::Lost } else { LostFactor::Kept };
            new_password(request, name.as_ref(), factor, password)
        }
        UserCommand::SecondFactor => second_factor(request),
    }
}

/// What is known of somebody as one who treats; nothing without a profession.
pub(super) fn operator(typed: &OperatorOptions) -> Option<OperatorRecord> {
    Some(OperatorRecord {
        profession: typed.profession?,
        trained: typed.trained,
        training_valid_until: typed.training_valid_until,
        depth_limit_um: typed.depth_limit_um,
        premises_permitted: typed.premises_permitted,
    })
}

fn change(request: &Request, name: &SignInName, change: &UserChange) -> Result<Answer, Failure> {
    let session = Session::open(&request.access)?;
    let user = session.act(|desk| desk.change_user(name.as_str(), change.clone()))?;
    one(request, &session, &user)
}

fn one(request: &Request, session: &Session<'_>, user: &User) -> Result<Answer, Failure> {
    let demonstration = session.is_demonstration();
    let page = match request.form {
        Form::Page => pages::users::page(std::slice::from_ref(user), demonstration, request.look),
        Form::Json => of_clinic("resurface.user/1", demonstration, &One { user })?,
    };
    Ok(Answer::page(page))
}

fn list(request: &Request) -> Result<Answer, Failure> {
    let session = Session::open(&request.access)?;
    let users = session.act(|desk| desk.users())?;
    let demonstration = session.is_demonstration();
    let page = match request.form {
        Form::Page => pages::users::page(&users, demonstration, request.look),
        Form::Json => of_clinic("resurface.users/1", demonstration, &All { users: &users })?,
    };
    Ok(Answer::page(page))
}

/// One's own password takes the old one first: whoever finds a terminal that was left open does not get the account.
fn new_password(
    request: &Request,
    name: Option<&SignInName>,
    factor: LostFactor,
    option: &NewPasswordOption,
) -> Result<Answer, Failure> {
    let session = Session::open(&request.access)?;
    match name {
        None => {
            session.desk()?;
            session.step_up("change it")?;
            let password = request.access.new_password(option, "yours")?;
            session.desk()?.change_password(password.text())?;
        }
        Some(name) => {
            let password = request.access.new_password(option, name.as_str())?;
            session.act(|desk| desk.reset_password(name.as_str(), password.text(), factor))?;
        }
    }
    let (name, demonstration) = (name.map(SignInName::as_str), session.is_demonstration());
    let page = match request.form {
        Form::Page => pages::users::password_changed(name, factor, demonstration, request.look),
        Form::Json => {
            let changed = PasswordChanged { name, second_factor_removed: factor == LostFactor::Lost };
            of_clinic("resurface.password_changed/1", demonstration, &changed)?
        }
    };
    Ok(Answer::page(page))
}

/// The secret is shown before it counts, the recovery codes once it does.
fn second_factor(request: &Request) -> Result<Answer, Failure> {
    let session = Session::open(&request.access)?;
    session.desk()?;
    session.step_up("set up codes of an app")?;
    let new = session.desk()?.new_second_factor()?;
    let shown = format!(
        "Type this secret into your authenticator app, or make a QR code of the address:\n  {}\n  {}\ncode that the app shows now: ",
        new.secret.base32().as_str(),
        new.otpauth.as_str()
    );
    let code = line(&shown).ok_or_else(|| {
        Failure::new(Exit::SignIn, "no code was typed, and nothing was changed").hint("start again, and type the code of the app")
    })?;
    session.desk()?.confirm_second_factor(&new, code.text())?;
    let recovery_codes: Vec<&str> = new.recovery.iter().map(|code| code.text()).collect();
    let demonstration = session.is_demonstration();
    let page = match request.form {
        Form::Page => pages::users::second_factor(&recovery_codes, demonstration, request.look),
        Form::Json => of_clinic("resurface.second_factor/1", demonstration, &SecondFactor { recovery_codes })?,
    };
    Ok(Answer::page(page))
}
