//! Before a rule is changed: whom would it concern?

use std::num::NonZeroUsize;

use resurface_care::consultation::{Answer, Answered};
use resurface_care::screening::Decision;
use resurface_knowledge::Knowledge;
use resurface_ledger::clinic::{Direction, ImpactReport, RuleSays};

use crate::clinic_stories::{AClinic, EXAMPLES, TODAY, bench, example, files_with, knowledge, see};
use crate::replaying::files_with_another_rule;

fn impact(clinic: &AClinic, then: &Knowledge, threads: usize) -> ImpactReport {
    let threads = NonZeroUsize::new(threads).unwrap();
    clinic.console().impact(knowledge(), then, TODAY, threads, &mut |_| {}).unwrap()
}

#[test]
fn the_same_knowledge_changes_nothing_for_anybody() {
    let clinic = AClinic::with_patients("impact_none", &EXAMPLES);
    let report = impact(&clinic, knowledge(), 2);
    assert_eq!((report.charts, report.screened, report.not_screened), (6, 6, 0));
    assert_eq!((report.changed, report.unreadable), (Vec::new(), Vec::new()));
}

#[test]
fn a_rule_of_another_class_names_those_whom_it_concerns_and_the_rule() {
    let clinic = AClinic::with_patients("impact_class", &EXAMPLES);
    let then = Knowledge::read(&files_with_another_rule()).unwrap();
    let report = impact(&clinic, &then, 2);

    let numbers: Vec<&str> = report.changed.iter().map(|impact| impact.number.as_str()).collect();
    assert_eq!(numbers, [example("active_acne.toml").patient.id]);
    let changed = &report.changed[0];
    assert!(matches!(changed.was.decision, Decision::Defer(_)), "{changed:?}");
    assert_eq!(changed.becomes.decision, Decision::NotSuitable);
    assert_eq!((changed.direction(), report.count(Direction::Stricter)), (Direction::Stricter, 1));
    let rules: Vec<_> = changed.rules.iter().map(|rule| (rule.rule.as_str(), rule.becomes)).collect();
    assert_eq!(rules, [("CI-ACNE-ACT", RuleSays::Counts(Decision::NotSuitable))]);
    assert_eq!(report, impact(&clinic, &then, 1));
    // and the way back is more permissive
    let back = clinic.console().impact(&then, knowledge(), TODAY, NonZeroUsize::MIN, &mut |_| {}).unwrap();
    assert_eq!(back.count(Direction::MorePermissive), 1);
}

#[test]
fn a_longer_interval_concerns_everybody_whose_sessions_would_be_further_apart() {
    let clinic = AClinic::with_patients("impact_interval", &["consultation.toml", "pregnant.toml"]);
    let files = files_with(&[
        ("settings.toml", "[interval_min_days]", "value = 28", "value = 35"),
        ("contraindications.toml", "CI-LASTSESS", "days = 28", "days = 35"),
    ]);
    let then = Knowledge::read(&files).unwrap();

    let report = impact(&clinic, &then, 1);
    let intervals: Vec<_> =
        report.changed.iter().map(|one| (one.was.limits.interval_min_days, one.becomes.limits.interval_min_days)).collect();
    assert_eq!(intervals, [(28, 35), (28, 35)]);
    assert_eq!(report.count(Direction::LimitsOnly), 2);
}

#[test]
fn the_day_that_is_asked_about_counts_and_not_that_of_the_last_screening() {
    // given somebody with a peel yesterday, and rules that would wait twice as long
    let clinic = AClinic::with_patients("impact_day", &[]);
    let desk = clinic.clinic.desk_of(&clinic.sign_in("ada")).unwrap();
    let mut peeled = example("consultation.toml");
    let on = TODAY.yesterday().ok();
    let _ = peeled.findings.insert("superficial_peel".into(), Answered { answer: Answer::Yes, on, note: None });
    see(&desk, &peeled, &bench());
    let files = files_with(&[("contraindications.toml", "CI-PEEL-SUP", "days = 21", "days = 42")]);
    let then = Knowledge::read(&files).unwrap();
    // then she would wait longer, and in a year neither way has a day left to wait for
    assert_eq!(impact(&clinic, &then, 1).changed.len(), 1);
    let in_a_year = TODAY.checked_add(jiff::Span::new().years(1)).unwrap();
    let later = clinic.console().impact(knowledge(), &then, in_a_year, NonZeroUsize::MIN, &mut |_| {}).unwrap();
    assert_eq!((later.screened, later.changed), (1, Vec::new()));
}

#[test]
fn a_chart_that_was_never_screened_or_does_not_check_is_counted_apart() {
    let clinic = AClinic::with_patients("impact_apart", &["consultation.toml", "pregnant.toml"]);
    let desk = clinic.clinic.desk_of(&clinic.sign_in("ada")).unwrap();
    let patient = desk.find_one("A-1042").unwrap();
    let registered = desk.open_chart(patient).unwrap().chart.registered.unwrap();
    desk.register(resurface_care::chart::Registered { number: "new".into(), ..registered }).unwrap();
    clinic.vandal().execute("UPDATE entries SET at_us = at_us + 1 WHERE kind = 'plan_adopted'", []).unwrap();

    let report = impact(&clinic, knowledge(), 1);
    assert_eq!((report.charts, report.screened, report.not_screened), (3, 1, 1));
    assert_eq!(report.unreadable, [patient]);
}
