//! The rules that come with the program: all there, in the right class, in both voices, with both sides.

#![expect(clippy::expect_used, reason = "knowledge that does not read has failed its test")]

use std::collections::{BTreeMap, BTreeSet};

use resurface_knowledge::contraindications::{Class, ClearsBy, Contraindication, DerivedFact, LookedAt, OverrideBy, Trigger};
use resurface_knowledge::{EvidenceCode, Knowledge, Mark};

const ABSOLUTE: &str = "PREG LACT CANCER HAEM METAL ANAEST VITC EYE MINOR CONSENT STAFF DEVICE GRAN DELAYED DOSE-LIDO";
const RELATIVE: &str = "ISO-NOW KELOID STEROID-SYS IMMUNO CHEMO RADIO CTD PSO VIT LP BDD ICEPICK HYPER";
const DEFER: &str = "AK WOUND BACT FUNGAL HSV-ACT VZV ACNE-ACT ECZ ROS SUN TAN FAKE-TAN PEEL-SUP PEEL-DEEP LASER-NA FILLER TOXIN \
                     THREAD TRAUMA WAX ALCOHOL FEVER WORK LASTSESS PIH-NOW ERYTH";
const PRECAUTION: &str = "ISO-6M MOLE HSV-HX ACNE-CTRL ANTICOAG DM NICKEL METHB ARRHYTH PACER EPI PRP DARK SCAR-AGE RETINOID BPO \
                          PIERCE TATTOO AGE";
const NOT_COUNTED: &str = "NSAID BBV";

/// Rules on which no source that was read disagrees.
const AGREED: &str = "CANCER MOLE WOUND FUNGAL VZV HAEM METHB ARRHYTH ECZ LP TRAUMA PIERCE TATTOO EYE CONSENT ALCOHOL FEVER WORK \
                      DEVICE PIH-NOW ERYTH GRAN DELAYED";

fn rules() -> Vec<Contraindication> {
    Knowledge::built_in().expect("sound knowledge").contraindications
}

fn rule(id: &str) -> Contraindication {
    rules().into_iter().find(|rule| rule.id == id).expect("a rule")
}

fn ids(names: &str) -> BTreeSet<String> {
    names.split_whitespace().map(|name| format!("CI-{name}")).collect()
}

#[test]
fn all_seventy_five_rules_are_there_each_in_its_class() {
    let mut found: BTreeMap<Class, BTreeSet<String>> = BTreeMap::new();
    for rule in rules() {
        found.entry(rule.class).or_default().insert(rule.id);
    }
    assert_eq!(found.values().map(BTreeSet::len).sum::<usize>(), 75);
    assert_eq!(found[&Class::Absolute], ids(ABSOLUTE));
    assert_eq!(found[&Class::Relative], ids(RELATIVE));
    assert_eq!(found[&Class::Defer], ids(DEFER));
    assert_eq!(found[&Class::Precaution], ids(PRECAUTION));
    assert_eq!(found[&Class::NotAContraindication], ids(NOT_COUNTED));
}

#[test]
fn every_disagreement_shows_its_sides() {
    let one_sided: BTreeSet<String> =
        rules().into_iter().filter(|rule| rule.disagreement.is_empty()).map(|rule| rule.id).collect();
    assert_eq!(one_sided, ids(AGREED));
}

#[test]
fn every_rule_speaks_to_the_clinician_and_to_the_patient_in_their_own_words() {
    for rule in rules() {
        assert_ne!(rule.clinician, rule.patient, "{}", rule.id);
        assert!(rule.question.ends_with(['?', '.']), "{}: {}", rule.id, rule.question);
        let jargon = ["off-label", "contraindication", "erythema", "label", "Koebner", "IGA"];
        assert!(jargon.iter().all(|word| !rule.patient.contains(word)), "{}: {}", rule.id, rule.patient);
    }
}

#[test]
fn every_derived_fact_has_its_rule_and_every_question_its_own_key() {
    let triggers: Vec<Trigger> = rules().into_iter().map(|rule| rule.trigger).collect();
    assert_eq!(triggers.iter().collect::<BTreeSet<_>>().len(), 75, "no two rules share a trigger");
    let derived = triggers.iter().filter(|trigger| matches!(trigger, Trigger::Derived(_))).count();
    assert_eq!(derived, 14);
    assert_eq!(rule("CI-STAFF").trigger, Trigger::Derived(DerivedFact::OperatorNotPermitted));
}

#[test]
fn waits_are_those_of_the_table_and_customs_say_so() {
    let waits: Vec<(String, u16)> =
        rules().into_iter().filter_map(|rule| rule.wait.map(|wait| (rule.id.replace("CI-", ""), wait.days))).collect();
    let expected = [
        ("SUN", 14),
        ("TAN", 14),
        ("FAKE-TAN", 2),
        ("PEEL-SUP", 21),
        ("PEEL-DEEP", 90),
        ("LASER-NA", 14),
        ("FILLER", 14),
        ("TOXIN", 14),
        ("THREAD", 90),
        ("TRAUMA", 180),
        ("RETINOID", 3),
        ("BPO", 1),
        ("WAX", 3),
        ("ALCOHOL", 1),
        ("LASTSESS", 28),
    ];
    assert_eq!(waits, expected.map(|(id, days)| (id.to_owned(), days)));
    for rule in rules().iter().filter(|rule| rule.evidence == EvidenceCode::F) {
        let customs = rule.wait.as_ref().is_none_or(|wait| wait.mark == Mark::Ours && wait.basis.contains("marketing"));
        assert!(customs, "{}", rule.id);
    }
}

#[test]
fn a_wait_that_examination_also_ends_says_when_to_answer_no() {
    for rule in rules().iter().filter(|rule| rule.clears.by == ClearsBy::TimeAndState && rule.looked_at != LookedAt::Day) {
        assert!(rule.question.contains("Answer no once") || rule.question.contains("nodules"), "{}: {}", rule.id, rule.question);
    }
}

#[test]
fn only_the_interval_and_a_planned_combination_leave_a_deferral_to_a_prescriber() {
    let left: BTreeMap<String, u16> = rules()
        .into_iter()
        .filter(|rule| rule.class == Class::Defer && rule.override_by == OverrideBy::Prescriber)
        .map(|rule| (rule.id, rule.wait.and_then(|wait| wait.override_from_days).expect("a shortest wait")))
        .collect();
    assert_eq!(left, BTreeMap::from([("CI-LASTSESS".to_owned(), 14), ("CI-PEEL-DEEP".to_owned(), 0)]));
}

#[test]
fn a_blood_thinner_is_never_to_be_stopped() {
    let rule = rule("CI-ANTICOAG");
    assert!(rule.action.contains("Never tell the patient to stop") && rule.patient.contains("Never stop"));
}

#[test]
fn what_came_after_a_session_is_asked_after_a_session() {
    let after: BTreeSet<String> =
        rules().into_iter().filter(|rule| rule.looked_at == LookedAt::AfterASession).map(|rule| rule.id).collect();
    assert_eq!(after, ids("PIH-NOW ERYTH GRAN DELAYED"));
}
