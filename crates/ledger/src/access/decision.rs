//! The decision, and the proof of it.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::actor::{Actor, ActorId, Factor, Glass, Kind, SignedIn};
use super::rules::{Chart, Console, Needs, Rule, rule};
use super::{EmergencyReason, Operation, Role};
use crate::identity::{OpenedLink, PatientId};

/// The proof that the table was asked and allowed one operation, of one actor, about one patient, at one moment. Nothing
/// but [`decide`] makes one, and it cannot be copied or read from a file.
#[derive(Debug)]
pub struct Grant {
    operation: Operation,
    actor: ActorId,
    patient: Option<PatientId>,
    decided_at: Timestamp,
    break_glass: Option<EmergencyReason>,
}

/// What is missing where an operation is refused; the code of a refusal in the access log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// An account that is switched on.
    Account,
    /// A role that may.
    Role,
    /// A second factor, which the clinic requires: codes from an app, or a passkey.
    SecondFactor,
    /// Password and code, or a passkey, given again just now.
    StepUp,
    /// The reason for which the glass is broken.
    Reason,
    /// The patient whom it is about.
    Patient,
    /// A link that is for this, for this patient, and still works.
    Link,
}

/// A refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused {
    /// What was asked.
    pub operation: Operation,
    /// What is missing.
    pub missing: Missing,
}

/// A grant for something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this was permitted for another operation or another patient: ask again")]
pub struct WrongGrant;

/// Decides whether this actor may do this now. `patient` is whom it is about; only for the operations of the clinic as a
/// whole it may be left out. Whatever is not known to be allowed is refused.
///
/// # Errors
/// What is missing.
pub fn decide(actor: &Actor, operation: Operation, patient: Option<PatientId>, now: Timestamp) -> Result<Grant, Refused> {
    let rule = rule(operation);
    let decided = match &actor.0 {
        Kind::User(user) if user.factor == Factor::Owed && !sets_up_a_factor(operation) && !user.disabled => {
            Err(Missing::SecondFactor)
        }
        Kind::User(user) => of_user(user, &rule, patient, now),
        Kind::Link(link) => of_link(link, operation, &rule, patient, now).map(|()| None),
        Kind::Console if rule.console == Console::May => Ok(None),
        Kind::Console => Err(Missing::Role),
    };
    match decided {
        Ok(break_glass) => Ok(Grant { operation, actor: actor.id(), patient, decided_at: now, break_glass }),
        Err(missing) => Err(Refused { operation, missing }),
    }
}

/// Whether it is open to whoever has to set up a second factor first.
const fn sets_up_a_factor(operation: Operation) -> bool {
    matches!(operation, Operation::ManageOwnAccount | Operation::ManageOwnPasskeys)
}

/// By the user's roles or, where those do not do, by an emergency of theirs.
fn of_user(user: &SignedIn, rule: &Rule, patient: Option<PatientId>, now: Timestamp) -> Result<Option<EmergencyReason>, Missing> {
    if user.disabled {
        return Err(Missing::Account);
    }
    match rule.chart {
        Chart::OwnLink => return Err(Missing::Link),
        Chart::One | Chart::OneOrEmergency if patient.is_none() => return Err(Missing::Patient),
        Chart::Clinic | Chart::One | Chart::OneOrEmergency => {}
    }
    by_role(user, rule, now).or_else(|missing| by_emergency(user, rule, patient, now).map(Some).ok_or(missing))
}

fn by_role(user: &SignedIn, rule: &Rule, now: Timestamp) -> Result<Option<EmergencyReason>, Missing> {
    if !rule.roles.iter().any(|role| user.roles.contains(role)) {
        return Err(Missing::Role);
    }
    let stepped_up = user.stepped_up_until.is_some_and(|until| now < until);
    match (rule.needs, &user.glass) {
        (Needs::SignIn, _) => Ok(None),
        (Needs::StepUp | Needs::StepUpAndReason, _) if !stepped_up => Err(Missing::StepUp),
        (Needs::StepUp, _) => Ok(None),
        (Needs::StepUpAndReason, Glass::ToBreak(reason)) => Ok(Some(reason.clone())),
        (Needs::StepUpAndReason, Glass::Whole | Glass::Broken(_)) => Err(Missing::Reason),
    }
}

/// The reason of an emergency that opens this chart to a user who, by a role held now, may break the glass.
fn by_emergency(user: &SignedIn, asked: &Rule, patient: Option<PatientId>, now: Timestamp) -> Option<EmergencyReason> {
    let may_break_glass = rule(Operation::BreakGlass).roles.iter().any(|role| user.roles.contains(role));
    match (&user.glass, asked.chart) {
        (Glass::Broken(emergency), Chart::OneOrEmergency) if may_break_glass && emergency.opens(user.user, patient, now) => {
            Some(emergency.reason.clone())
        }
        _ => None,
    }
}

fn of_link(
    link: &OpenedLink,
    operation: Operation,
    rule: &Rule,
    patient: Option<PatientId>,
    now: Timestamp,
) -> Result<(), Missing> {
    if rule.chart != Chart::OwnLink || !rule.roles.contains(&Role::Patient) {
        return Err(Missing::Role);
    }
    let patient = patient.ok_or(Missing::Patient)?;
    let is_for_this = operation.through_link() == Some(link.purpose());
    if is_for_this && patient == link.patient() && now < link.expires_at() { Ok(()) } else { Err(Missing::Link) }
}

impl Grant {
    /// What was allowed.
    #[must_use]
    pub const fn operation(&self) -> Operation {
        self.operation
    }

    /// To whom.
    #[must_use]
    pub const fn actor(&self) -> ActorId {
        self.actor
    }

    /// About whom; `None` where it is about the clinic as a whole.
    #[must_use]
    pub const fn patient(&self) -> Option<PatientId> {
        self.patient
    }

    /// When it was decided.
    #[must_use]
    pub const fn decided_at(&self) -> Timestamp {
        self.decided_at
    }

    /// Why the glass was broken, where it was.
    #[must_use]
    pub const fn break_glass(&self) -> Option<&EmergencyReason> {
        self.break_glass.as_ref()
    }

    /// Holds this grant against what is about to be done with it.
    ///
    /// # Errors
    /// When it was given for another operation or another patient.
    pub fn is_for(&self, operation: Operation, patient: Option<PatientId>) -> Result<(), WrongGrant> {
        if self.operation == operation && self.patient == patient { Ok(()) } else { Err(WrongGrant) }
    }
}

impl Missing {
    /// Its code in the access log. It never changes: the log's chain is made of it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Role => "role",
            Self::SecondFactor => "second_factor",
            Self::StepUp => "step_up",
            Self::Reason => "reason",
            Self::Patient => "patient",
            Self::Link => "link",
        }
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = self.operation.words();
        match self.missing {
            Missing::Account => out.write_str("this account is switched off: ask the clinic's lead"),
            Missing::Role => {
                let roles: Vec<&str> = rule(self.operation).roles.iter().map(|role| role.words()).collect();
                write!(out, "to {words} takes the role of {}: ask somebody who has it", roles.join(" or "))
            }
            Missing::SecondFactor => {
                write!(
                    out,
                    "to {words} takes a second factor, which this clinic requires: set up codes from an app, or a passkey, first"
                )
            }
            Missing::StepUp => write!(out, "to {words} takes your password and a code once more: give them, then try again"),
            Missing::Reason => write!(out, "to {words} takes a reason: write why this chart is needed now"),
            Missing::Patient => write!(out, "to {words} takes a patient: choose whom it is about"),
            Missing::Link => out.write_str("this link does not work: ask the clinic for a new one"),
        }
    }
}

impl std::error::Error for Refused {}
