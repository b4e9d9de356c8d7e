//! The people of a clinic, for the tests of who may do what.

#![allow(dead_code, reason = "each test file uses its own part")]

use jiff::{SignedDuration, Timestamp};
use resurface_ledger::access::*;
use resurface_ledger::identity::*;

/// The moment of every test.
pub(crate) const NOW: Timestamp = Timestamp::constant(1_795_000_000, 0);

/// So many minutes later.
pub(crate) fn after(minutes: i64) -> Timestamp {
    NOW + SignedDuration::from_mins(minutes)
}

/// A patient of the clinic.
pub(crate) fn her() -> PatientId {
    PatientId::new([1; 16])
}

/// Another patient.
pub(crate) fn him() -> PatientId {
    PatientId::new([2; 16])
}

/// The one user of a test.
pub(crate) fn a_user_id() -> UserId {
    UserId::new(NOW, [3; 10])
}

/// A user with these roles.
pub(crate) fn a_user(roles: &[Role]) -> User {
    User {
        id: a_user_id(),
        name: "sam".parse().unwrap(),
        display_name: "Sam Example".parse().unwrap(),
        roles: roles.iter().copied().collect(),
        disabled: false,
        operator: None,
    }
}

/// A sign-in of that user, made now.
pub(crate) fn a_sign_in() -> SignIn {
    SignIn::new(SignInId::new(NOW, [4; 10]), a_user_id(), Token::new([5; 32]).hash(), NOW, &Limits::default())
}

/// That sign-in after password and code were given again.
pub(crate) fn stepped_up() -> SignIn {
    let mut sign_in = a_sign_in();
    sign_in.step_up(NOW, &Limits::default()).unwrap();
    sign_in
}

/// The user as somebody who asks, now.
pub(crate) fn asks(user: &User, sign_in: &SignIn) -> Actor {
    Actor::signed_in(user, sign_in, NOW, &Limits::default()).unwrap()
}

/// Why the glass is broken.
pub(crate) fn a_reason() -> EmergencyReason {
    "collapsed in the waiting room".parse().unwrap()
}

/// The user's emergency for this patient, if they may open one.
pub(crate) fn an_emergency(user: &User, patient: PatientId) -> Option<Emergency> {
    let actor = asks(user, &stepped_up()).breaking_the_glass(a_reason());
    let grant = decide(&actor, Operation::BreakGlass, Some(patient), NOW).ok()?;
    Emergency::open(&grant, &Limits::default())
}

/// The holder of a link that she was handed.
pub(crate) fn a_link_holder(purpose: LinkPurpose) -> Actor {
    let token = Token::new([6; 32]);
    let link = PatientLink::new(LinkId::new(NOW, [7; 10]), &token, her(), purpose, a_user_id(), NOW, 14).unwrap();
    Actor::with_link(link.check(&token, her(), purpose, NOW).unwrap())
}

/// What the actor is told when asking about her.
pub(crate) fn told(actor: &Actor, operation: Operation) -> Result<(), Missing> {
    decide(actor, operation, Some(her()), NOW).map(|_| ()).map_err(|refused| refused.missing)
}
