//! Who may do what, in stories: a step-up, an emergency, a link, a practitioner whose training ran out.
#![expect(clippy::unwrap_used, reason = "a test fails where it panics")]

mod clinic;

use clinic::*;
use jiff::civil::{Date, date};
use resurface_care::consultation::{Answer, Profession};
use resurface_care::facts::Facts;
use resurface_care::form;
use resurface_knowledge::Knowledge;
use resurface_knowledge::contraindications::DerivedFact;
use resurface_knowledge::document::Format;
use resurface_ledger::access::*;
use resurface_ledger::identity::*;

#[test]
fn a_step_up_lasts_five_minutes() {
    let lead = a_user(&[Role::Lead]);
    let export = |actor: &Actor, now| decide(actor, Operation::Export, None, now).map(|_| ()).map_err(|refused| refused.missing);
    assert_eq!(export(&asks(&lead, &a_sign_in()), NOW), Err(Missing::StepUp));
    let actor = asks(&lead, &stepped_up());
    assert_eq!(export(&actor, after(4)), Ok(()));
    assert_eq!(export(&actor, after(5)), Err(Missing::StepUp));
}

#[test]
fn whoever_owes_a_second_factor_sets_one_up_and_does_nothing_else() {
    let everybody = a_user(&Role::OF_USERS);
    let owing = || asks(&everybody, &stepped_up()).owing_a_second_factor();
    for operation in Operation::ALL {
        let sets_one_up = matches!(operation, Operation::ManageOwnAccount | Operation::ManageOwnPasskeys);
        let expected = if sets_one_up { Ok(()) } else { Err(Missing::SecondFactor) };
        assert_eq!(told(&owing(), *operation), expected, "{operation:?}");
    }
    let in_it = owing().in_an_emergency(an_emergency(&a_user(&[Role::Lead]), her()).unwrap());
    assert_eq!(told(&in_it, Operation::OpenChart), Err(Missing::SecondFactor));
}

#[test]
fn a_step_up_from_a_clock_that_ran_ahead_does_not_count() {
    let lead = a_user(&[Role::Lead]);
    let sign_in = SignIn { stepped_up_until: Some(after(600)), ..a_sign_in() };
    assert_eq!(told(&asks(&lead, &sign_in), Operation::Export), Err(Missing::StepUp));
}

#[test]
fn a_sign_in_that_is_over_or_anothers_makes_no_actor() {
    let (user, limits) = (a_user(&[Role::Practitioner]), Limits::default());
    let over = Actor::signed_in(&user, &a_sign_in(), after(15), &limits).unwrap_err();
    assert_eq!(over, NotSignedIn::Over(SignInOver::Idle));
    let somebody_else = User { id: UserId::new(NOW, [9; 10]), ..user };
    let anothers = Actor::signed_in(&somebody_else, &a_sign_in(), NOW, &limits).unwrap_err();
    assert_eq!(anothers, NotSignedIn::AnotherUser);
}

#[test]
fn a_lead_opens_a_chart_in_an_emergency_and_it_is_listed() {
    let lead = a_user(&[Role::Lead]);
    let asking = || asks(&lead, &stepped_up());
    assert_eq!(told(&asking(), Operation::OpenChart), Err(Missing::Role));
    assert_eq!(told(&asking(), Operation::BreakGlass), Err(Missing::Reason));

    let grant = decide(&asking().breaking_the_glass(a_reason()), Operation::BreakGlass, Some(her()), NOW).unwrap();
    assert_eq!(Access::allowed(&grant).break_glass, Some(a_reason()));
    let emergency = Emergency::open(&grant, &Limits::default()).unwrap();

    let in_it = asks(&lead, &a_sign_in()).in_an_emergency(emergency);
    let opened = decide(&in_it, Operation::OpenChart, Some(her()), after(59)).unwrap();
    assert_eq!(Access::allowed(&opened).break_glass, Some(a_reason()), "every look is listed with its reason");
    assert_eq!(told(&in_it, Operation::SeePicture), Ok(()));

    let refused = |operation, patient, now| decide(&in_it, operation, Some(patient), now).unwrap_err().missing;
    assert_eq!(refused(Operation::OpenChart, him(), NOW), Missing::Role, "another patient's chart stays closed");
    assert_eq!(refused(Operation::OpenChart, her(), after(60)), Missing::Role, "and hers is closed again");
    assert_eq!(refused(Operation::AmendEntry, her(), NOW), Missing::Role, "nothing is written");
}

#[test]
fn an_emergency_serves_nobody_but_who_opened_it() {
    let lead = a_user(&[Role::Lead]);
    let emergency = an_emergency(&lead, her()).unwrap();
    let anothers = Emergency { user: UserId::new(NOW, [9; 10]), ..emergency.clone() };
    assert_eq!(told(&asks(&lead, &a_sign_in()).in_an_emergency(anothers), Operation::OpenChart), Err(Missing::Role));
    let lead_no_more = a_user(&[]);
    assert_eq!(told(&asks(&lead_no_more, &a_sign_in()).in_an_emergency(emergency), Operation::OpenChart), Err(Missing::Role));
}

#[test]
fn an_emergency_is_not_drawn_out_by_looking_again() {
    let lead = a_user(&[Role::Lead]);
    let in_it = asks(&lead, &a_sign_in()).in_an_emergency(an_emergency(&lead, her()).unwrap());
    let look = decide(&in_it, Operation::OpenChart, Some(her()), after(50)).unwrap();
    assert_eq!(Emergency::open(&look, &Limits::default()), None);
}

#[test]
fn a_grant_for_something_else_opens_no_emergency_and_serves_nothing_else() {
    let practitioner = a_user(&[Role::Practitioner]);
    let grant = decide(&asks(&practitioner, &stepped_up()), Operation::OpenChart, Some(her()), NOW).unwrap();
    assert_eq!(Emergency::open(&grant, &Limits::default()), None);
    assert_eq!(grant.is_for(Operation::OpenChart, Some(her())), Ok(()));
    assert_eq!(grant.is_for(Operation::OpenChart, Some(him())), Err(WrongGrant));
    assert_eq!(grant.is_for(Operation::AmendEntry, Some(her())), Err(WrongGrant));
}

#[test]
fn what_is_about_a_patient_names_the_patient() {
    let practitioner = asks(&a_user(&[Role::Practitioner]), &a_sign_in());
    let refused = decide(&practitioner, Operation::OpenChart, None, NOW).unwrap_err();
    assert_eq!(refused.missing, Missing::Patient);
    assert_eq!(decide(&a_link_holder(LinkPurpose::Plan), Operation::OwnPlan, None, NOW).unwrap_err().missing, Missing::Patient);
}

#[test]
fn a_patients_link_opens_her_own_page_and_only_while_it_works() {
    let holder = a_link_holder(LinkPurpose::Plan);
    let refused = |operation, patient, now| decide(&holder, operation, Some(patient), now).unwrap_err().missing;
    assert!(decide(&holder, Operation::OwnPlan, Some(her()), NOW).is_ok());
    assert_eq!(refused(Operation::OwnPlan, him(), NOW), Missing::Link);
    assert_eq!(refused(Operation::OwnIntake, her(), NOW), Missing::Link);
    assert_eq!(refused(Operation::OpenChart, her(), NOW), Missing::Role);
    assert_eq!(refused(Operation::OwnPlan, her(), after(14 * 24 * 60)), Missing::Link);
}

#[test]
fn a_refusal_says_what_is_missing_and_what_to_do() {
    let says = |roles: &[Role], operation| {
        decide(&asks(&a_user(roles), &a_sign_in()), operation, Some(her()), NOW).unwrap_err().to_string()
    };
    assert_eq!(
        says(&[Role::Assistant], Operation::AdoptPlan),
        "to adopt a plan takes the role of practitioner or prescriber: ask somebody who has it"
    );
    assert_eq!(
        says(&[Role::Lead], Operation::Export),
        "to export charts takes your password and a code once more: give them, then try again"
    );
}

/// Whether something speaks against the user as the operator of the example consultation.
fn against_as_operator(trained: Answer, training_valid_until: Option<Date>) -> Answer {
    let record = OperatorRecord {
        profession: Profession::Nurse,
        trained,
        training_valid_until,
        depth_limit_um: Some(1500),
        premises_permitted: Answer::Yes,
    };
    let user = User { operator: Some(record), ..a_user(&[Role::Practitioner]) };
    let knowledge = Knowledge::built_in().unwrap();
    let text = include_str!("../../../examples/consultation.toml");
    let mut consultation = form::read("consultation.toml", text, Format::Toml, &knowledge).unwrap();
    consultation.operator = user.to_operator().unwrap();
    assert_eq!(consultation.operator.name, "Sam Example");
    Facts::of(&consultation, &knowledge).derived(DerivedFact::OperatorNotPermitted).answer
}

#[test]
fn somebody_whose_training_ran_out_does_not_treat() {
    let day_of_the_example = date(2026, 11, 20);
    assert_eq!(against_as_operator(Answer::Yes, Some(day_of_the_example)), Answer::No);
    assert_eq!(against_as_operator(Answer::Yes, day_of_the_example.yesterday().ok()), Answer::Yes);
    assert_eq!(against_as_operator(Answer::Yes, None), Answer::Unknown);
    assert_eq!(against_as_operator(Answer::Unknown, Some(day_of_the_example)), Answer::Unknown);
}

#[test]
fn the_role_prescribes_for_who_signs_in_and_the_profession_for_who_treats() {
    let nurse = OperatorRecord {
        profession: Profession::Nurse,
        trained: Answer::Yes,
        training_valid_until: None,
        depth_limit_um: None,
        premises_permitted: Answer::Unknown,
    };
    assert!(!nurse.prescribes());
    assert!(OperatorRecord { profession: Profession::Doctor, ..nurse }.prescribes());
    assert!(a_user(&[Role::Prescriber]).prescribes());
    assert!(!a_user(&[Role::Practitioner]).prescribes());
    assert!(!User { disabled: true, ..a_user(&[Role::Prescriber]) }.prescribes());
}
