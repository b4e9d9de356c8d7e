//! Whoever leads reads who did what.

use jiff::Timestamp;
use resurface_care::chart::EntryId;
use resurface_ledger::access::{ActorId, Note, Operation, Outcome, Role};
use resurface_ledger::clinic::{AccessFilter, AccessLine, Clinic, Form, LostFactor, Outcomes, Proof, UserChange};
use resurface_ledger::identity::{LinkId, LinkPurpose, PatientId, Token, TotpSecret};

use crate::clinic_stories::{AClinic, PASSWORD, example};

fn operations(lines: &[AccessLine]) -> Vec<Operation> {
    lines.iter().map(|line| line.said.as_ref().unwrap().operation).collect()
}

#[test]
fn the_newest_line_comes_first_and_is_that_the_log_was_read() {
    let clinic = AClinic::with_patients("log_newest", &["pregnant.toml"]);
    let log = clinic.console().access_log(&AccessFilter { lines_max: 3, ..AccessFilter::default() }).unwrap();
    assert_eq!(operations(&log), [Operation::ReadAccessLog, Operation::Screen, Operation::ExamineScars]);
    assert!(log.is_sorted_by(|one, next| one.seq == next.seq + 1));
}

#[test]
fn lines_are_found_by_patient_by_actor_by_time_and_by_outcome() {
    // given two patients whom ada saw, and an hour later an assistant who tried what is not hers to do
    let clinic = AClinic::with_patients("log_filters", &["pregnant.toml", "active_acne.toml"]);
    let ada = clinic.clinic.desk_of(&clinic.sign_in("ada")).unwrap();
    let patient = ada.find_one(&crate::clinic_stories::example("pregnant.toml").patient.id).unwrap();
    let ben = clinic.add_user("ben", &[Role::Assistant]);
    clinic.surroundings.pass_seconds(3600);
    let since = resurface_ledger::surroundings::Surroundings::now(clinic.surroundings.as_ref());
    let desk = clinic.clinic.desk_of(&clinic.sign_in("ben")).unwrap();
    desk.open_chart(patient).unwrap_err();

    let log = |filter| clinic.console().access_log(&filter).unwrap();
    // then each question has its lines
    let about = log(AccessFilter { patient: Some(patient), ..AccessFilter::default() });
    let all_about = |line: &AccessLine| line.said.as_ref().unwrap().patient == Some(patient);
    assert!(about.len() > 4 && about.iter().all(all_about));
    let by = log(AccessFilter { actor: Some(ActorId::User(ben)), ..AccessFilter::default() });
    assert_eq!(operations(&by), [Operation::OpenChart, Operation::ManageOwnAccount]);
    let failed = log(AccessFilter { outcomes: Outcomes::Failures, ..AccessFilter::default() });
    assert_eq!(operations(&failed), [Operation::OpenChart]);
    assert!(matches!(failed[0].said.as_ref().unwrap().outcome, Outcome::Denied(_)));
    let late = log(AccessFilter { since: Some(since), ..AccessFilter::default() });
    assert!(late.iter().all(|line| line.at >= since));
    assert!(late.len() < log(AccessFilter::default()).len());
}

#[test]
fn what_was_allowed_and_not_done_is_noted_with_the_kind_of_trouble() {
    // given what the table allows, and what cannot be done all the same
    let clinic = AClinic::with_patients("log_failures", &["pregnant.toml"]);
    clinic.add_user("lou", &[Role::Lead]);
    let ada = clinic.clinic.desk_of(&clinic.sign_in("ada")).unwrap();
    let patient = ada.find_one(&example("pregnant.toml").patient.id).unwrap();
    let nobody = PatientId::new([9; 16]);
    let console = clinic.console();
    ada.open_chart(nobody).unwrap_err();
    ada.picture(patient, EntryId(uuid::Uuid::nil()), Form::Original).unwrap_err();
    ada.make_link(patient, LinkPurpose::Plan, Some(4000)).unwrap_err();
    ada.revoke_link(patient, LinkId::new(Timestamp::UNIX_EPOCH, [1; 10])).unwrap_err();
    ada.was_not_done(Operation::Screen, patient, Note::AnotherPatient).unwrap();
    console.reset_password("nobody", PASSWORD, LostFactor::Kept).unwrap_err();
    console.reset_password("ada", "short", LostFactor::Kept).unwrap_err();
    console.change_user("lou", UserChange::SwitchOff).unwrap_err();
    // then each is a line of its own, with its kind and nothing else
    let failures = AccessFilter { outcomes: Outcomes::Failures, ..AccessFilter::default() };
    let lines = console.access_log(&failures).unwrap();
    let said = |line: &AccessLine| line.said.clone().map(|said| (said.operation, said.outcome, said.note.unwrap())).unwrap();
    let mut lines: Vec<_> = lines.iter().map(said).collect();
    lines.reverse();
    let expected = [
        (Operation::OpenChart, Note::NoSuchChart),
        (Operation::SeePicture, Note::NotConsented),
        (Operation::MakePatientLink, Note::LinkNotMade),
        (Operation::RevokePatientLink, Note::NoSuchEntry),
        (Operation::Screen, Note::AnotherPatient),
        (Operation::ManageUsers, Note::NoSuchUser),
        (Operation::ManageUsers, Note::PasswordRefused),
        (Operation::ManageUsers, Note::LastLead),
    ];
    assert_eq!(lines, expected.map(|(operation, note)| (operation, Outcome::Failed, note)));
}

#[test]
fn a_line_that_cannot_be_read_is_shown_whatever_is_asked_for() {
    let clinic = AClinic::with_patients("log_unreadable", &["pregnant.toml"]);
    clinic.vandal().execute("UPDATE access SET sealed = zeroblob(80) WHERE seq = 2", []).unwrap();
    let log = clinic.console().access_log(&AccessFilter { outcomes: Outcomes::Failures, ..AccessFilter::default() }).unwrap();
    assert_eq!(log.iter().map(|line| (line.seq, line.said.is_none())).collect::<Vec<_>>(), [(2, true)]);
}

#[test]
fn every_broken_glass_is_listed_with_its_reason() {
    // given a chart that an assistant opened in an emergency
    let clinic = AClinic::with_patients("log_emergency", &["pregnant.toml"]);
    clinic.add_user("ben", &[Role::Assistant]);
    let token = clinic.sign_in("ben");
    let code = with_second_factor(&clinic, &token);
    clinic.clinic.step_up(&token, Proof { password: PASSWORD, code: Some(&code) }).unwrap();
    let number = crate::clinic_stories::example("pregnant.toml").patient.id;
    let desk = clinic.clinic.desk_of(&token).unwrap();
    let patient = desk.find_one(&number).unwrap();
    desk.break_glass(patient, "collapsed in the waiting room".parse().unwrap()).unwrap();
    clinic.clinic.desk_of(&token).unwrap().open_chart(patient).unwrap();
    // then the breaking and the opening are listed, and nothing else
    let lines = clinic.console().emergencies().unwrap();
    assert_eq!(operations(&lines), [Operation::OpenChart, Operation::BreakGlass]);
    let reason = lines[0].said.as_ref().unwrap().break_glass.as_ref().unwrap();
    assert_eq!(reason.as_str(), "collapsed in the waiting room");
}

/// Gives a user a second factor, and the next code of it.
fn with_second_factor(clinic: &AClinic, token: &Token) -> String {
    let of: &Clinic = &clinic.clinic;
    let desk = of.desk_of(token).unwrap();
    let new = desk.new_second_factor().unwrap();
    let code = |secret: &TotpSecret| {
        let now = resurface_ledger::surroundings::Surroundings::now(clinic.surroundings.as_ref());
        (0..1_000_000).map(|code| format!("{code:06}")).find(|code| secret.verify(code, now, None).is_ok()).unwrap()
    };
    let first = code(&new.secret);
    desk.confirm_second_factor(&new, &first).unwrap();
    clinic.surroundings.pass_seconds(90);
    code(&new.secret)
}
