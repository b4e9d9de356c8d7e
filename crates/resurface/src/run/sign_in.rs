//! `resurface sign-in`, `sign-out` and `break-glass`: who acts, and what opens to them.

use std::collections::BTreeSet;

use resurface_ledger::access::{Emergency, EmergencyReason, ReasonError, Role};
use serde::Serialize;

use super::clinic::of_clinic;
use crate::clinic::Session;
use crate::ending::{Answer, Exit, Failure};
use crate::pages;
use crate::request::{Form, Request};

/// Somebody who signed in.
#[derive(Serialize)]
struct SignedIn<'a> {
    name: &'a str,
    display_name: &'a str,
    roles: &'a BTreeSet<Role>,
}

#[derive(Serialize)]
struct SignedOut {
    signed_out: bool,
}

#[derive(Serialize)]
struct GlassBroken<'a> {
    emergency: &'a Emergency,
}

/// Signs in.
pub(super) fn sign_in(request: &Request, name: &str) -> Result<Answer, Failure> {
    let mut session = Session::open(&request.access)?;
    session.sign_in(name)?;
    let book = session.clinic.book()?;
    let user = book.user(name).ok_or_else(|| Failure::new(Exit::Failed, "the user is not in the clinic's book"))?;
    let demonstration = session.is_demonstration();
    let page = match request.form {
        Form::Page => pages::clinic::signed_in(user, &book.founded.name, demonstration, request.look),
        Form::Json => {
            let signed_in = SignedIn { name, display_name: user.display_name.as_str(), roles: &user.roles };
            of_clinic("resurface.signed_in/1", demonstration, &signed_in)?
        }
    };
    let answer = Answer::page(page);
    if session.clinic.owes_second_factor(book.second_factor, user.id)? {
        return Ok(answer.remark(SECOND_FACTOR_OWED.to_owned()));
    }
    Ok(answer)
}

const SECOND_FACTOR_OWED: &str = "this clinic requires a second factor, and you have none yet: `resurface user \
second-factor` sets up codes from an app, and nothing else is open to you before";

/// Signs out.
pub(super) fn sign_out(request: &Request) -> Result<Answer, Failure> {
    let session = Session::open(&request.access)?;
    session.sign_out()?;
    let demonstration = session.is_demonstration();
    let page = match request.form {
        Form::Page => pages::clinic::signed_out(demonstration, request.look),
        Form::Json => of_clinic("resurface.signed_out/1", demonstration, &SignedOut { signed_out: true })?,
    };
    Ok(Answer::page(page))
}

/// Opens a chart in an emergency.
pub(super) fn break_glass(request: &Request, patient: &str, reason: &str) -> Result<Answer, Failure> {
    let reason: EmergencyReason =
        reason.parse().map_err(|error: ReasonError| Failure::new(Exit::InputFaults, format!("--reason: {error}")))?;
    let session = Session::open(&request.access)?;
    let patient = session.desk()?.find_one(patient)?;
    let emergency = session.act_in_person(|desk| desk.break_glass(patient, reason.clone()))?;
    let demonstration = session.is_demonstration();
    let page = match request.form {
        Form::Page => pages::clinic::glass_broken(&emergency, session.zone(), demonstration, request.look),
        Form::Json => of_clinic("resurface.glass_broken/1", demonstration, &GlassBroken { emergency: &emergency })?,
    };
    Ok(Answer::page(page))
}
