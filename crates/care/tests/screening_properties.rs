//! What must hold for every history, not only for those that somebody thought of.

mod screening_patients;

use proptest::prelude::*;
use proptest::sample::select;
use resurface_care::consultation::*;
use resurface_care::facts::{Facts, PIGMENTATION_HISTORY};
use resurface_care::gate::{Permit, Verdict, gate};
use resurface_care::screening::{Decision, Visit, screen, screen_for};
use resurface_knowledge::Mark;
use resurface_knowledge::contraindications::{Class, Contraindication, DerivedFact, Trigger};
use screening_patients::*;

fn any_answer() -> impl Strategy<Value = Answer> {
    prop_oneof![6 => Just(Answer::No), 1 => Just(Answer::Unknown), 1 => Just(Answer::Yes)]
}

fn any_on() -> impl Strategy<Value = Option<jiff::civil::Date>> {
    prop_oneof![1 => Just(None), 3 => (0_i64..400).prop_map(|days| Some(days_ago(days)))]
}

fn any_rule() -> impl Strategy<Value = &'static Contraindication> {
    select(knowledge().contraindications.iter().collect::<Vec<_>>())
}

fn any_absolute_rule() -> impl Strategy<Value = &'static Contraindication> {
    select(knowledge().contraindications.iter().filter(|rule| rule.class == Class::Absolute).collect::<Vec<_>>())
}

/// A treatment day of a patient with any history: a few rules answered in any way, sessions, overrides, device, place.
fn any_patient() -> impl Strategy<Value = Consultation> {
    let answers = prop::collection::vec((any_rule(), any_answer(), any_on()), 0..6);
    let overrides = prop::collection::vec(any_rule(), 0..3);
    let sessions = prop::collection::btree_set(1_i64..200, 0..3);
    let elsewhere = prop::option::weighted(0.2, prop::option::weighted(0.8, 1_i64..200));
    let device = select(vec!["skinpen_precision", "exceed", "pro_pen", "skinstylus", "other_pen"]);
    let place = select(vec!["scotland", "england", "us", "other"]);
    (answers, overrides, sessions, elsewhere, device, place, any_answer()).prop_map(
        |(answers, overrides, sessions, elsewhere, device, place, pigment)| {
            let mut patient = a_treatment_day();
            patient.device = device.to_owned();
            patient.jurisdiction = place.to_owned();
            for (rule, answered, on) in answers {
                answer(&mut patient, rule, answered, on);
            }
            patient.overrides = overrides.into_iter().map(|rule| an_override(&rule.id)).collect();
            if !sessions.is_empty() {
                patient.sessions = sessions.into_iter().rev().map(|days| a_session(days_ago(days))).collect();
            }
            patient.earlier_treatments.extend(elsewhere.map(|ago| EarlierTreatment {
                treatment: "microneedling".to_owned(),
                on: ago.map(days_ago),
                result: None,
            }));
            let pigment = Answered { answer: pigment, ..Answered::default() };
            patient.findings.insert(PIGMENTATION_HISTORY.to_owned(), pigment);
            patient
        },
    )
}

/// The decision over every rule, those of the day with them, and what the gate makes of it.
fn decided(patient: &Consultation) -> (Decision, Permit) {
    (screen_for(Visit::TreatmentDay, &Facts::of(patient, knowledge())).decision, gate(patient, knowledge()).permit)
}

/// The same patient with one rule answered.
fn answered(patient: &Consultation, rule: &Contraindication, given: Answer, on: Option<jiff::civil::Date>) -> Consultation {
    let mut patient = patient.clone();
    answer(&mut patient, rule, given, on);
    patient
}

/// Rules whose answer stands in one field of its own, so that changing it changes nothing else.
fn any_asked_rule() -> impl Strategy<Value = &'static Contraindication> {
    any_rule().prop_filter("its own field", |rule| {
        !matches!(
            derived(rule),
            Some(
                DerivedFact::WithinMinimumInterval
                    | DerivedFact::ForbiddenZonePlanned
                    | DerivedFact::Minor
                    | DerivedFact::UnderDeviceAge
                    | DerivedFact::MostlyIcePick
                    | DerivedFact::HypertrophicOrKeloidal
                    | DerivedFact::AnaestheticAboveLabel
            )
        )
    })
}

/// Whether the rule is looked at for this patient.
fn is_asked(patient: &Consultation, rule: &Contraindication) -> bool {
    can_change_a_decision(rule)
        && (!after_a_session(rule) || !patient.sessions.is_empty() || !patient.earlier_treatments.is_empty())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn unknown_never_permits(patient in any_patient(), rule in any_asked_rule()) {
        let patient = answered(&patient, rule, Answer::Unknown, None);
        let (decision, permit) = decided(&patient);
        if is_asked(&patient, rule) {
            prop_assert!(!decision.permits(), "{} unknown: {decision}", rule.id);
            prop_assert_eq!(permit, Permit::Refused);
        }
    }

    #[test]
    fn a_question_left_out_is_an_unknown(patient in any_patient(), rule in any_rule()) {
        let Trigger::Asked(key) = &rule.trigger else { return Ok(()) };
        let unknown = decided(&answered(&patient, rule, Answer::Unknown, None));
        let mut left_out = patient;
        left_out.findings.remove(key);
        prop_assert_eq!(decided(&left_out), unknown);
    }

    #[test]
    fn a_finding_more_never_loosens(patient in any_patient(), rule in any_asked_rule(), on in any_on()) {
        let (without, permit_without) = decided(&answered(&patient, rule, Answer::No, None));
        for given in [Answer::Unknown, Answer::Yes] {
            let (with, permit_with) = decided(&answered(&patient, rule, given, on));
            prop_assert!(with.at_least_as_strict_as(without), "{} {given:?}: {without} became {with}", rule.id);
            prop_assert!(permit_with >= permit_without);
        }
    }

    /// Knowing can end "cannot decide" for a precaution that is then taken, a wait that is over, or a decision that a
    /// prescriber has made; in every other case a yes is as strict as not knowing.
    #[test]
    fn a_yes_is_no_looser_than_not_knowing(patient in any_patient(), rule in any_asked_rule()) {
        let resolves = rule.class == Class::Precaution || patient.overrides.iter().any(|written| written.rule == rule.id);
        prop_assume!(!resolves && derived(rule) != Some(DerivedFact::SkinTypeVOrVi));
        let (unknown, _) = decided(&answered(&patient, rule, Answer::Unknown, None));
        let (yes, _) = decided(&answered(&patient, rule, Answer::Yes, None));
        prop_assert!(yes.at_least_as_strict_as(unknown), "{}: {unknown} became {yes}", rule.id);
    }

    #[test]
    fn a_later_event_never_brings_a_decision_forward(patient in any_patient(), rule in any_asked_rule(), ago in 0_i64..400, later in 0_i64..400) {
        let (then, _) = decided(&answered(&patient, rule, Answer::Yes, Some(days_ago(ago.max(later)))));
        let (now, _) = decided(&answered(&patient, rule, Answer::Yes, Some(days_ago(ago.min(later)))));
        let (undated, _) = decided(&answered(&patient, rule, Answer::Yes, None));
        prop_assert!(now.at_least_as_strict_as(then), "{}: {then} became {now}", rule.id);
        prop_assert!(undated.at_least_as_strict_as(now), "{}: {now} became {undated} without its day", rule.id);
    }

    #[test]
    fn a_later_session_never_brings_the_next_forward(patient in any_patient(), ago in 1_i64..200, later in 1_i64..200) {
        let with_session = |ago| {
            let mut patient = patient.clone();
            patient.sessions = vec![a_session(days_ago(ago))];
            decided(&patient).0
        };
        let mut without = patient.clone();
        without.sessions.clear();
        prop_assert!(with_session(ago.min(later)).at_least_as_strict_as(with_session(ago.max(later))));
        prop_assert!(with_session(ago).at_least_as_strict_as(decided(&without).0));
    }

    #[test]
    fn no_override_frees_an_absolute_finding(patient in any_patient(), rule in any_absolute_rule()) {
        let mut patient = answered(&patient, rule, Answer::Yes, None);
        patient.overrides = knowledge().contraindications.iter().map(|rule| an_override(&rule.id)).collect();
        let (decision, permit) = decided(&patient);
        if is_asked(&patient, rule) {
            prop_assert_eq!((decision, permit), (Decision::NotSuitable, Permit::Refused));
        }
    }

    #[test]
    fn every_decision_has_a_reason_with_a_source_or_the_word_ours(patient in any_patient()) {
        let screening = screen(&patient, knowledge());
        let reasons = screening.reasons();
        prop_assert!(!reasons.is_empty());
        for reason in &reasons {
            prop_assert!(!reason.sources().is_empty() || reason.mark() == Mark::Ours, "{reason:?}");
            prop_assert!(!reason.to_string().is_empty());
        }
        let gate = gate(&patient, knowledge());
        for check in &gate.checks {
            prop_assert!(!check.sources.is_empty() || check.mark == Mark::Ours, "{check:?}");
        }
        if gate.permit == Permit::Refused {
            let by_checks = gate.checks.iter().any(|check| check.verdict >= Verdict::Unknown);
            prop_assert!(by_checks || !gate.screening.decision.permits());
        }
    }

    #[test]
    fn the_day_is_never_looser_than_the_consultation(patient in any_patient()) {
        let consultation = screen(&patient, knowledge()).decision;
        prop_assert!(decided(&patient).0.at_least_as_strict_as(consultation));
    }

    #[test]
    fn the_same_file_gives_the_same_bytes(patient in any_patient()) {
        let bytes = || serde_json::to_vec(&gate(&patient, knowledge())).unwrap();
        prop_assert_eq!(bytes(), bytes());
    }
}
