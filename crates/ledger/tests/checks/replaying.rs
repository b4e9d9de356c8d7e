//! Every past decision comes out the same, with the knowledge that made it.

use std::num::NonZeroUsize;

use resurface_care::chart::{Amended, Basis, Body, Kind, Screened};
use resurface_knowledge::{Files, Knowledge};
use resurface_ledger::clinic::{DifferentDecision, NoKnowledge, ReplayReport, WhyNot};

use crate::clinic_stories::{AClinic, EXAMPLES, PROGRAM, TODAY, add, bench, example, files_with, knowledge, see};

fn threads(count: usize) -> NonZeroUsize {
    NonZeroUsize::new(count).unwrap()
}

fn replay(clinic: &AClinic, count: usize) -> ReplayReport {
    clinic.console().replay("0.2.0-stories", threads(count), &mut |_| {}).unwrap()
}

/// The shipped files with active acne as something that no wait ends.
pub(crate) fn files_with_another_rule() -> Files {
    files_with(&[("contraindications.toml", "CI-ACNE-ACT", "class = \"defer\"", "class = \"absolute\"")])
}

#[test]
fn every_decision_comes_out_the_same_on_any_number_of_threads() {
    let clinic = AClinic::with_patients("replay_same", &EXAMPLES);
    let mut told = Vec::new();
    let report = clinic.console().replay(PROGRAM, threads(1), &mut |progress| told.push(progress)).unwrap();
    // six screenings, one plan that was adopted, and one review
    assert_eq!((report.charts, report.not_computed.total), (6, 0), "{:?}", report.not_computed.first);
    assert_eq!(report.different.first, []);
    assert_eq!((report.decisions, report.same), (8, 8));
    assert_eq!((told[0].done, told[0].total), (0, 6));
    assert_eq!(told.last().map(|last| (last.done, last.total)), Some((6, 6)));
    // and as many come out the same with four threads
    let four = replay(&clinic, 4);
    assert_eq!((four.charts, four.decisions, four.same), (report.charts, report.decisions, report.same));
}

#[test]
fn a_decision_on_knowledge_that_was_exchanged_comes_out_otherwise_and_says_who_made_it() {
    // given a clinic that kept other files under the version of the shipped ones
    let clinic = AClinic::founded("replay_different");
    clinic.add_user("ada", &[resurface_ledger::access::Role::Prescriber]);
    clinic.keep(&files_with_another_rule());
    let desk = clinic.clinic.desk_of(&clinic.sign_in("ada")).unwrap();
    let patients = ["active_acne.toml", "consultation.toml"];
    let charts = patients.map(|name| see(&desk, &example(name), &bench()));
    // when its decisions are computed again
    let one = replay(&clinic, 1);
    let many = replay(&clinic, 3);
    // then each is named, in the order of the charts, with its program, its knowledge and what differs
    assert_eq!(one.same, 0);
    assert_eq!(one.different, many.different);
    let DifferentDecision { patient, seq, kind, on, program, knowledge: version, differences } = &one.different.first[0];
    assert_eq!((patient, *kind, *on), (&charts[0].patient, Kind::Screened, TODAY));
    assert_eq!(*seq, charts[0].entries.iter().find(|entry| entry.body.kind() == Kind::Screened).unwrap().seq);
    assert_eq!((program.as_str(), version.as_str()), (PROGRAM, knowledge().version.full()));
    let named: Vec<&str> = differences.iter().map(|difference| difference.what).collect();
    assert_eq!(named[..2], ["the knowledge kept under this version (SHA-256)", "decision"], "{differences:?}");
    assert_eq!(one.different.first.last().unwrap().patient, charts[1].patient);
}

#[test]
fn a_decision_whose_knowledge_was_not_kept_is_named_and_not_guessed() {
    let clinic = AClinic::founded("replay_not_kept");
    clinic.add_user("ada", &[resurface_ledger::access::Role::Prescriber]);
    let desk = clinic.clinic.desk_of(&clinic.sign_in("ada")).unwrap();
    let open = see(&desk, &example("pregnant.toml"), &bench());
    let report = replay(&clinic, 2);
    assert_eq!((report.decisions, report.same, report.different.total, report.not_computed.total), (1, 0, 0, 1));
    let not = &report.not_computed.first[0];
    assert_eq!((not.patient, not.seq), (open.patient, Some(4)));
    assert!(matches!(not.why, WhyNot::Knowledge(NoKnowledge::NotKept { .. })), "{not:?}");
}

#[test]
fn knowledge_that_is_not_understood_any_longer_is_named() {
    let clinic = AClinic::founded("replay_not_understood");
    clinic.add_user("ada", &[resurface_ledger::access::Role::Prescriber]);
    let mut broken = Files::built_in();
    broken.insert("contraindications.toml", "not = [toml");
    clinic.keep(&broken);
    let desk = clinic.clinic.desk_of(&clinic.sign_in("ada")).unwrap();
    see(&desk, &example("pregnant.toml"), &bench());
    let report = replay(&clinic, 1);
    assert!(matches!(report.not_computed.first[0].why, WhyNot::Knowledge(NoKnowledge::NotUnderstood { .. })), "{report:?}");
}

#[test]
fn a_decision_that_says_what_was_not_computed_comes_out_otherwise() {
    let clinic = AClinic::with_patients("replay_forged", &["pregnant.toml"]);
    let desk = clinic.clinic.desk_of(&clinic.sign_in("ada")).unwrap();
    let open = desk.open_chart(desk.find_one(&example("pregnant.toml").patient.id).unwrap()).unwrap();
    // given a screening that is written down as if nothing spoke against treatment
    let honest = open.chart.screened.clone().unwrap();
    let suitable = resurface_care::screening::Decision::Suitable;
    let answer = resurface_care::chart::ScreeningAnswer { decision: suitable, findings: Vec::new(), ..honest.answer.clone() };
    let basis = Basis { program: "0.0.9".into(), ..honest.basis.clone() };
    let open = add(&desk, &open, vec![Body::Screened(Screened { answer, basis, ..honest.clone() })]);
    // then it is found
    let report = replay(&clinic, 1);
    assert_eq!((report.decisions, report.same), (2, 1));
    let found = &report.different.first[0];
    assert_eq!((found.seq, found.program.as_str()), (5, "0.0.9"));
    assert_eq!(found.differences[0].what, "decision");
    // and nobody writes another answer in the place of one: it is struck out, and asked again
    let amended = Amended {
        on: TODAY,
        entry: open.entries[3].id,
        reason: "another answer".into(),
        becomes: Some(Box::new(Body::Screened(honest))),
    };
    let refused = desk.add(open.clone(), vec![(desk.entry_id(), Body::Amended(amended))]).unwrap_err();
    assert!(refused.to_string().contains("struck out and asked again"), "{refused}");
}

#[test]
fn a_chart_that_does_not_check_is_computed_up_to_its_fault() {
    let clinic = AClinic::with_patients("replay_broken", &["consultation.toml", "pregnant.toml"]);
    clinic.vandal().execute("UPDATE entries SET at_us = at_us + 1 WHERE kind = 'plan_adopted'", []).unwrap();
    let report = replay(&clinic, 2);
    assert_eq!((report.charts, report.decisions, report.same), (2, 2, 2));
    assert!(matches!(report.not_computed.first[..], [ref one] if matches!(one.why, WhyNot::Broken(_))));
}

#[test]
fn the_other_rules_are_valid_rules() {
    assert!(Knowledge::read(&files_with_another_rule()).is_ok());
}
