//! A passkey stands for password and code: for whom it was added, at the address of the clinic, and as often as it is asked.

use resurface_ledger::access::{Missing, Note, Operation, Outcome, Refused, Role};
use resurface_ledger::clinic::{
    AccessFilter, Asked, Desk, LedgerError, LostFactor, Outcomes, PasskeyProof, Proof, SecondFactorDuty,
};
use resurface_ledger::identity::{Challenge, PasskeyRefused, RelyingParty, Token, TotpSecret};
use resurface_ledger::surroundings::Surroundings as _;

use crate::clinic_stories::authenticator::{Authenticator, PRESENT};
use crate::clinic_stories::{AClinic, PASSWORD};

const ADDRESS: &str = "https://clinic.example";

const PASSWORD_ALONE: Proof<'_> = Proof { password: PASSWORD, code: None };

fn party() -> RelyingParty {
    ADDRESS.parse().unwrap()
}

/// A clinic with a prescriber and an assistant.
fn a_clinic(story: &str) -> AClinic {
    let clinic = AClinic::founded(&format!("passkeys_{story}"));
    clinic.add_user("ada", &[Role::Prescriber]);
    clinic.add_user("ben", &[Role::Assistant]);
    clinic
}

/// Somebody who signed in with the password, and gave it once more.
fn stepped_up(clinic: &AClinic, name: &str) -> Token {
    let token = clinic.sign_in(name);
    clinic.clinic.step_up(&token, PASSWORD_ALONE).unwrap();
    token
}

/// A device of somebody, with a passkey that was added.
fn a_device_of(clinic: &AClinic, name: &str, number: u8) -> Authenticator {
    let mut device = Authenticator::at(ADDRESS, number);
    let desk = clinic.clinic.desk_of(&stepped_up(clinic, name)).unwrap();
    let Asked { challenge, options } = desk.ask_for_new_passkey(&party()).unwrap();
    let answer = device.make(&options);
    add(&desk, Some(challenge), &answer).unwrap();
    device
}

fn add(desk: &Desk<'_>, challenge: Option<Challenge>, answer: &str) -> Result<(), LedgerError> {
    desk.add_passkey(PasskeyProof { party: &party(), challenge, answer }, "Telephone".parse().unwrap())
}

/// Signs in with a device.
fn sign_in_with(clinic: &AClinic, device: &Authenticator) -> Result<Token, LedgerError> {
    let Asked { challenge, options } = clinic.clinic.ask_for_passkey(&party());
    let answer = device.show(&options);
    clinic.clinic.sign_in_with_passkey(PasskeyProof { party: &party(), challenge: Some(challenge), answer: &answer })
}

/// Shows a device once more.
fn step_up_with(clinic: &AClinic, device: &Authenticator, token: &Token) -> Result<(), LedgerError> {
    let Asked { challenge, options } = clinic.clinic.ask_for_passkey_again(&party(), token).unwrap();
    let answer = device.show(&options);
    clinic.clinic.step_up_with_passkey(token, PasskeyProof { party: &party(), challenge: Some(challenge), answer: &answer })
}

/// Sets up codes from an app.
fn with_codes(clinic: &AClinic, token: &Token) -> TotpSecret {
    let desk = clinic.clinic.desk_of(token).unwrap();
    let new = desk.new_second_factor().unwrap();
    desk.confirm_second_factor(&new, &new.secret.code_at(now(clinic))).unwrap();
    new.secret
}

fn now(clinic: &AClinic) -> jiff::Timestamp {
    clinic.surroundings.now()
}

fn refused<T>(outcome: Result<T, LedgerError>) -> PasskeyRefused {
    match outcome {
        Err(LedgerError::Passkey(refused)) => refused,
        Err(error) => panic!("{error}"),
        Ok(_) => panic!("it was accepted"),
    }
}

/// The notes of the newest failures, the newest first.
fn failures(clinic: &AClinic) -> Vec<Note> {
    let filter = AccessFilter { outcomes: Outcomes::Failures, ..AccessFilter::default() };
    let lines = clinic.console().access_log(&filter).unwrap();
    lines.iter().filter_map(|line| line.said.as_ref().unwrap().note).collect()
}

#[test]
fn a_passkey_lets_its_holder_in_without_password_and_code() {
    // given a device of ada's
    let clinic = a_clinic("lets_in");
    let device = a_device_of(&clinic, "ada", 1);
    // when she shows it a day later
    clinic.surroundings.pass_seconds(86_400);
    let token = sign_in_with(&clinic, &device).unwrap();
    // then the desk is hers, and her account says when the passkey was used
    let desk = clinic.clinic.desk_of(&token).unwrap();
    let passkeys = desk.passkeys().unwrap();
    assert_eq!(passkeys.len(), 1);
    assert_eq!(passkeys[0].id.to_string(), device.id());
    assert_eq!(passkeys[0].used_at, Some(now(&clinic)));
    // and the log says it, and who
    let lines = clinic.console().access_log(&AccessFilter { lines_max: 3, ..AccessFilter::default() }).unwrap();
    let notes: Vec<_> = lines.iter().filter_map(|line| line.said.as_ref().unwrap().note).collect();
    assert_eq!(notes, [Note::SignedIn, Note::PasskeyUsed]);
    assert_eq!(lines[1].said.as_ref().unwrap().actor, desk.actor().id());
}

#[test]
fn nobody_adds_a_passkey_without_showing_who_they_are_once_more() {
    let clinic = a_clinic("step_up_first");
    let desk = clinic.clinic.desk_of(&clinic.sign_in("ada")).unwrap();
    let missing = |outcome: Result<(), LedgerError>| match outcome {
        Err(LedgerError::Refused(Refused { operation: Operation::ManageOwnPasskeys, missing })) => missing,
        other => panic!("{other:?}"),
    };
    assert_eq!(missing(desk.ask_for_new_passkey(&party()).map(drop)), Missing::StepUp);
    assert_eq!(missing(add(&desk, None, "{}")), Missing::StepUp);
    assert_eq!(missing(desk.remove_passkey(&"AAAA".parse().unwrap())), Missing::StepUp);
}

#[test]
fn an_answer_counts_once_and_to_the_question_of_its_browser() {
    let clinic = a_clinic("replayed");
    let device = a_device_of(&clinic, "ada", 1);
    // given an answer that let her in
    let Asked { challenge, options } = clinic.clinic.ask_for_passkey(&party());
    let answer = device.show(&options);
    let sign_in = |challenge| clinic.clinic.sign_in_with_passkey(PasskeyProof { party: &party(), challenge, answer: &answer });
    sign_in(Some(challenge)).unwrap();
    // when somebody sends it again, to nothing or to the question of their own browser
    assert_eq!(refused(sign_in(None)), PasskeyRefused::TooLate);
    let theirs = clinic.clinic.ask_for_passkey(&party()).challenge;
    assert_eq!(refused(sign_in(Some(theirs))), PasskeyRefused::OtherChallenge);
    // then both are in the log
    assert_eq!(failures(&clinic), [Note::PasskeyWrong, Note::PasskeyTooLate]);
}

#[test]
fn an_answer_counts_for_less_than_five_minutes() {
    let clinic = a_clinic("too_late");
    let device = a_device_of(&clinic, "ada", 1);
    for (seconds, counts) in [(299, true), (300, false)] {
        let Asked { challenge, options } = clinic.clinic.ask_for_passkey(&party());
        let answer = device.show(&options);
        clinic.surroundings.pass_seconds(seconds);
        let proof = PasskeyProof { party: &party(), challenge: Some(challenge), answer: &answer };
        match clinic.clinic.sign_in_with_passkey(proof) {
            Ok(_) => assert!(counts, "{seconds}"),
            outcome => assert!(!counts && refused(outcome) == PasskeyRefused::TooLate, "{seconds}"),
        }
    }
}

#[test]
fn an_answer_to_a_page_of_another_address_does_not_count() {
    let clinic = a_clinic("elsewhere");
    let mut device = a_device_of(&clinic, "ada", 1);
    // given a page that looks like the clinic's, and hands its question on
    device.origin = "https://clinic.example.evil".into();
    assert_eq!(refused(sign_in_with(&clinic, &device)), PasskeyRefused::OtherOrigin);
    device.origin = "http://clinic.example".into();
    assert_eq!(refused(sign_in_with(&clinic, &device)), PasskeyRefused::OtherOrigin);
    // or a device that holds the key for another host
    device.origin = ADDRESS.into();
    device.host = "example".into();
    assert_eq!(refused(sign_in_with(&clinic, &device)), PasskeyRefused::OtherHost);
    assert_eq!(failures(&clinic), [Note::PasskeyElsewhere; 3]);
}

#[test]
fn a_device_that_does_not_ask_who_is_there_does_not_count() {
    let clinic = a_clinic("not_verified");
    let mut device = a_device_of(&clinic, "ada", 1);
    device.flags = PRESENT;
    assert_eq!(refused(sign_in_with(&clinic, &device)), PasskeyRefused::UserNotVerified);
    // nor is a passkey of it added
    let desk = clinic.clinic.desk_of(&stepped_up(&clinic, "ben")).unwrap();
    let mut another = Authenticator::at(ADDRESS, 2);
    another.flags = PRESENT;
    let Asked { challenge, options } = desk.ask_for_new_passkey(&party()).unwrap();
    let answer = another.make(&options);
    assert_eq!(refused(add(&desk, Some(challenge), &answer)), PasskeyRefused::UserNotVerified);
    assert_eq!(desk.passkeys().unwrap().len(), 0);
}

#[test]
fn a_copy_of_a_passkey_is_found_by_its_counter() {
    // given a device that counts, and a copy that was made of it
    let clinic = a_clinic("counter");
    let mut device = a_device_of(&clinic, "ada", 1);
    device.counter = 8;
    sign_in_with(&clinic, &device).unwrap();
    for behind in [8, 7, 0] {
        device.counter = behind;
        assert_eq!(refused(sign_in_with(&clinic, &device)), PasskeyRefused::CounterWentBack, "{behind}");
    }
    assert_eq!(failures(&clinic), [Note::PasskeyCounterWentBack; 3]);
    // then what counts on goes on
    device.counter = 9;
    sign_in_with(&clinic, &device).unwrap();
}

#[test]
fn a_passkey_that_was_removed_lets_nobody_in() {
    let clinic = a_clinic("removed");
    let (kept, mut lost) = (a_device_of(&clinic, "ada", 1), Authenticator::at(ADDRESS, 2));
    // given a second one, which is added with the first in the place of password and code
    let token = sign_in_with(&clinic, &kept).unwrap();
    step_up_with(&clinic, &kept, &token).unwrap();
    let desk = clinic.clinic.desk_of(&token).unwrap();
    let Asked { challenge, options } = desk.ask_for_new_passkey(&party()).unwrap();
    assert_eq!(options["excludeCredentials"][0]["id"], kept.id(), "no device makes a second one");
    let answer = lost.make(&options);
    add(&desk, Some(challenge), &answer).unwrap();
    sign_in_with(&clinic, &lost).unwrap();
    // when it is removed
    desk.remove_passkey(&lost.id().parse().unwrap()).unwrap();
    // then it is unknown, and the other one is not
    assert_eq!(refused(sign_in_with(&clinic, &lost)), PasskeyRefused::Unknown);
    assert_eq!(failures(&clinic), [Note::PasskeyOfAnother]);
    sign_in_with(&clinic, &kept).unwrap();
    assert_eq!(refused(desk.remove_passkey(&lost.id().parse().unwrap())), PasskeyRefused::Unknown);
}

#[test]
fn a_passkey_is_of_its_user_alone() {
    let clinic = a_clinic("another_user");
    let (hers, mut his) = (a_device_of(&clinic, "ada", 1), a_device_of(&clinic, "ben", 2));
    // a passkey does not step up in the sign-in of somebody else, whatever it says of whom it is
    let token = sign_in_with(&clinic, &hers).unwrap();
    for _ in 0..2 {
        assert_eq!(refused(step_up_with(&clinic, &his, &token)), PasskeyRefused::Unknown);
        his.pretends_to_be_of(&hers);
    }
    // nor does it sign in as her
    assert_eq!(refused(sign_in_with(&clinic, &his)), PasskeyRefused::Unknown);
    // and nobody adds one that is somebody's already
    step_up_with(&clinic, &hers, &token).unwrap();
    let desk = clinic.clinic.desk_of(&token).unwrap();
    let Asked { challenge, options } = desk.ask_for_new_passkey(&party()).unwrap();
    let answer = Authenticator::at(ADDRESS, 2).make(&options);
    assert_eq!(refused(add(&desk, Some(challenge), &answer)), PasskeyRefused::AlreadyThere);
}

#[test]
fn who_has_a_passkey_does_not_get_in_with_the_password_alone() {
    let clinic = a_clinic("not_alone");
    let device = a_device_of(&clinic, "ada", 1);
    let sign_in = || clinic.clinic.sign_in("ada", PASSWORD_ALONE);
    assert!(matches!(sign_in(), Err(LedgerError::PasskeyNeeded)));
    assert_eq!(failures(&clinic), [Note::PasskeyNeeded]);
    let wrong = clinic.clinic.sign_in("ada", Proof { password: "another sentence", code: None });
    assert!(matches!(wrong, Err(LedgerError::WrongSignIn)), "nothing says that there is one before the password is right");
    // the password counts once more where the passkey was shown just now, and makes that last no longer
    let token = sign_in_with(&clinic, &device).unwrap();
    assert!(matches!(clinic.clinic.step_up(&token, PASSWORD_ALONE), Err(LedgerError::PasskeyNeeded)));
    step_up_with(&clinic, &device, &token).unwrap();
    clinic.surroundings.pass_seconds(200);
    clinic.clinic.step_up(&token, PASSWORD_ALONE).unwrap();
    clinic.surroundings.pass_seconds(200);
    assert!(matches!(clinic.clinic.step_up(&token, PASSWORD_ALONE), Err(LedgerError::PasskeyNeeded)));
    // and a code counts beside it
    let secret = with_codes(&clinic, &sign_in_with(&clinic, &device).unwrap());
    clinic.surroundings.pass_seconds(90);
    let code = secret.code_at(now(&clinic));
    clinic.clinic.sign_in("ada", Proof { password: PASSWORD, code: Some(&code) }).unwrap();
    sign_in_with(&clinic, &device).unwrap();
}

#[test]
fn a_passkey_is_the_second_factor_that_a_clinic_requires() {
    // given a clinic that requires one, and somebody without
    let clinic = a_clinic("duty");
    clinic.add_user("lou", &[Role::Lead]);
    let lou = clinic.clinic.desk_of(&clinic.sign_in("lou")).unwrap();
    lou.require_second_factor(SecondFactorDuty::Required).unwrap();
    let worklist = |token: &Token| clinic.clinic.desk_of(token).unwrap().may(Operation::ReadWorklist);
    let missing = |outcome: Result<(), LedgerError>| outcome.unwrap_err().refused().map(|refused| refused.missing);
    assert_eq!(missing(worklist(&clinic.sign_in("ben"))), Some(Missing::SecondFactor));
    // when they add a passkey, everything is open to them
    let device = a_device_of(&clinic, "ben", 1);
    let token = sign_in_with(&clinic, &device).unwrap();
    worklist(&token).unwrap();
    // until it is removed
    step_up_with(&clinic, &device, &token).unwrap();
    clinic.clinic.desk_of(&token).unwrap().remove_passkey(&device.id().parse().unwrap()).unwrap();
    assert_eq!(missing(worklist(&token)), Some(Missing::SecondFactor));
}

#[test]
fn whoever_leads_takes_the_passkeys_of_somebody_away() {
    let clinic = a_clinic("taken");
    let device = a_device_of(&clinic, "ada", 1);
    let token = sign_in_with(&clinic, &device).unwrap();
    assert_eq!(clinic.console().count_passkeys_of("ada").unwrap(), 1);
    let ben = clinic.clinic.desk_of(&clinic.sign_in("ben")).unwrap();
    assert!(matches!(ben.take_passkeys_of("ada"), Err(LedgerError::Refused(_))));
    clinic.console().take_passkeys_of("ada").unwrap();
    // then the passkey is unknown, its sign-ins have ended, and the password is enough again
    assert_eq!(refused(sign_in_with(&clinic, &device)), PasskeyRefused::Unknown);
    assert!(matches!(clinic.clinic.desk_of(&token), Err(LedgerError::NotSignedIn(_))));
    clinic.sign_in("ada");
    // the same where they are lost with the password, and only then
    let device = a_device_of(&clinic, "ada", 2);
    clinic.console().reset_password("ada", PASSWORD, LostFactor::Kept).unwrap();
    sign_in_with(&clinic, &device).unwrap();
    clinic.console().reset_password("ada", PASSWORD, LostFactor::Lost).unwrap();
    assert_eq!(refused(sign_in_with(&clinic, &device)), PasskeyRefused::Unknown);
}

#[test]
fn who_is_switched_off_does_not_get_in_with_a_passkey() {
    let clinic = a_clinic("switched_off");
    let device = a_device_of(&clinic, "ada", 1);
    clinic.console().change_user("ada", resurface_ledger::clinic::UserChange::SwitchOff).unwrap();
    assert_eq!(refused(sign_in_with(&clinic, &device)), PasskeyRefused::Unknown);
}

#[test]
fn tries_with_a_passkey_wait_and_keep_nobody_from_the_password() {
    let clinic = a_clinic("throttled");
    clinic.add_user("cem", &[Role::Assistant]);
    let (hers, mut his) = (a_device_of(&clinic, "ada", 1), a_device_of(&clinic, "ben", 2));
    his.flags = PRESENT;
    for _ in 0..5 {
        assert_eq!(refused(sign_in_with(&clinic, &his)), PasskeyRefused::UserNotVerified);
    }
    his.flags = 0x05;
    assert!(matches!(sign_in_with(&clinic, &his), Err(LedgerError::Wait(_))));
    assert_eq!(failures(&clinic)[0], Note::MadeToWait);
    sign_in_with(&clinic, &hers).unwrap();
    clinic.sign_in("cem");
    clinic.surroundings.pass_seconds(60);
    sign_in_with(&clinic, &his).unwrap();
}

#[test]
fn what_is_kept_of_a_passkey_is_sealed() {
    let clinic = a_clinic("sealed");
    let device = a_device_of(&clinic, "ada", 1);
    let file = std::fs::read(clinic.folder.join("ledger.sqlite")).unwrap();
    let log = std::fs::read(clinic.folder.join("ledger.sqlite-wal")).unwrap_or_default();
    for secret in [device.id().into_bytes(), vec![1; 32], b"Telephone".to_vec()] {
        assert!(![&file, &log].iter().any(|bytes| bytes.windows(secret.len()).any(|window| window == secret)));
    }
}

#[test]
fn what_is_no_answer_is_refused_and_logged() {
    let clinic = a_clinic("no_answer");
    for answer in ["", "{}", "[]", r#"{"rawId":"!!","response":{}}"#] {
        let Asked { challenge, .. } = clinic.clinic.ask_for_passkey(&party());
        let proof = PasskeyProof { party: &party(), challenge: Some(challenge), answer };
        assert_eq!(refused(clinic.clinic.sign_in_with_passkey(proof)), PasskeyRefused::NotUnderstood, "{answer}");
    }
    assert_eq!(failures(&clinic), [Note::PasskeyWrong; 4]);
    let lines = clinic.console().access_log(&AccessFilter { outcomes: Outcomes::Failures, ..AccessFilter::default() }).unwrap();
    assert!(lines.iter().all(|line| line.said.as_ref().unwrap().outcome == Outcome::Failed));
}
