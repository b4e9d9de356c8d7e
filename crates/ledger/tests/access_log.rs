//! The access log: what a line holds.
#![expect(clippy::unwrap_used, reason = "a test fails where it panics")]

mod clinic;

use clinic::*;
use proptest::prelude::*;
use proptest::sample::select;
use resurface_ledger::access::*;
use resurface_ledger::identity::*;

fn a_line() -> Access {
    let lead = asks(&a_user(&[Role::Lead]), &stepped_up()).breaking_the_glass(a_reason());
    Access::allowed(&decide(&lead, Operation::BreakGlass, Some(her()), NOW).unwrap())
}

#[test]
fn a_line_says_who_what_whom_when_and_what_came_of_it() {
    let line = a_line();
    assert_eq!((line.at, line.actor, line.operation), (NOW, ActorId::User(a_user_id()), Operation::BreakGlass));
    assert_eq!((line.patient, line.outcome), (Some(her()), Outcome::Allowed));

    let assistant = asks(&a_user(&[Role::Assistant]), &a_sign_in());
    let refused = decide(&assistant, Operation::AdoptPlan, Some(her()), NOW).unwrap_err();
    let line = Access::denied(&assistant, refused, Some(her()), NOW);
    assert_eq!((line.operation, line.outcome), (Operation::AdoptPlan, Outcome::Denied(Missing::Role)));

    let line = Access::link_refused(None, LinkPurpose::Plan, LinkRefused::WrongToken, NOW);
    assert_eq!((line.actor, line.operation), (ActorId::Nobody, Operation::OwnPlan));
    assert_eq!((line.patient, line.note), (None, Some(Note::LinkWrongToken)));
}

fn any_line() -> impl Strategy<Value = Access> {
    let user = any::<[u8; 10]>().prop_map(|random| UserId::new(NOW, random));
    let link = any::<[u8; 10]>().prop_map(|random| LinkId::new(NOW, random));
    let actor =
        prop_oneof![user.prop_map(ActorId::User), link.prop_map(ActorId::Link), Just(ActorId::Console), Just(ActorId::Nobody)];
    let missing = select(vec![
        Missing::Account,
        Missing::Role,
        Missing::SecondFactor,
        Missing::StepUp,
        Missing::Reason,
        Missing::Patient,
        Missing::Link,
    ]);
    let outcome = prop_oneof![Just(Outcome::Allowed), Just(Outcome::Failed), missing.prop_map(Outcome::Denied)];
    let reason = prop::option::of("[a-z]{4}bcd[a-z ]{3,20}[a-z]").prop_map(|reason| reason.map(|text| text.parse().unwrap()));
    let note = prop::option::of(select(Note::ALL));
    let patient = prop::option::of(any::<[u8; 16]>().prop_map(PatientId::new));
    (0_i64..100_000, actor, select(Operation::ALL), patient, outcome, reason, note).prop_map(
        |(minutes, actor, operation, patient, outcome, break_glass, note)| Access {
            at: after(minutes),
            actor,
            operation,
            patient,
            outcome,
            break_glass,
            note,
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_line_read_back_is_the_same_line_in_the_same_bytes(line in any_line()) {
        let written = serde_json::to_vec(&line).unwrap();
        let read: Access = serde_json::from_slice(&written).unwrap();
        prop_assert_eq!(serde_json::to_vec(&read).unwrap(), written);
        prop_assert_eq!(read, line);
    }
}
