//! Patients for the tests of screening and gate.

#![allow(dead_code, reason = "each test file uses its own part")]

use std::sync::LazyLock;

use jiff::ToSpan;
use jiff::civil::{Date, date};
use resurface_care::consultation::*;
use resurface_care::facts::PIGMENTATION_HISTORY;
use resurface_knowledge::Knowledge;
use resurface_knowledge::contraindications::{Class, Contraindication, DerivedFact, LookedAt, Trigger};

/// The day of every test.
pub(crate) const TODAY: Date = date(2026, 11, 20);

/// The knowledge that comes with this version.
pub(crate) fn knowledge() -> &'static Knowledge {
    static KNOWLEDGE: LazyLock<Knowledge> = LazyLock::new(|| match Knowledge::built_in() {
        Ok(knowledge) => knowledge,
        Err(reports) => panic!("{reports:?}"),
    });
    &KNOWLEDGE
}

/// The rule with this id.
pub(crate) fn rule(id: &str) -> &'static Contraindication {
    match knowledge().contraindications.iter().find(|rule| rule.id == id) {
        Some(rule) => rule,
        None => panic!("no rule {id}"),
    }
}

/// The finding key that a rule asks for.
pub(crate) fn key(rule: &Contraindication) -> Option<&str> {
    match &rule.trigger {
        Trigger::Asked(key) => Some(key),
        Trigger::Derived(_) => None,
    }
}

/// The fact that a rule derives.
pub(crate) fn derived(rule: &Contraindication) -> Option<DerivedFact> {
    match rule.trigger {
        Trigger::Asked(_) => None,
        Trigger::Derived(fact) => Some(fact),
    }
}

/// A day before today.
pub(crate) fn days_ago(days: i64) -> Date {
    TODAY.saturating_sub(days.days())
}

/// A woman of 32, Fitzpatrick IV, with mixed rolling and boxcar scars, to whom every question was answered no.
pub(crate) fn a_well_patient() -> Consultation {
    let asked = knowledge().contraindications.iter().filter_map(key).chain([PIGMENTATION_HISTORY]);
    let no = || Answered { answer: Answer::No, ..Answered::default() };
    Consultation {
        date: TODAY,
        jurisdiction: "scotland".to_owned(),
        device: "skinpen_precision".to_owned(),
        patient: Patient {
            id: "A-1".to_owned(),
            birth_date: date(1994, 3, 2),
            sex: Sex::Female,
            pregnant: Answer::No,
            breast_feeding: Answer::No,
        },
        operator: Operator {
            name: "Dr Example".to_owned(),
            profession: Profession::Dermatologist,
            trained: Answer::Yes,
            training_valid_until: Some(date(2028, 1, 1)),
            depth_limit_um: Some(1_500),
            premises_permitted: Answer::Yes,
        },
        findings: asked.map(|key| (key.to_owned(), no())).collect(),
        lesions: Lesions { iga: Some(1), pustules_or_nodules: Answer::No },
        skin: Skin { fitzpatrick: Some(4), ..Skin::default() },
        scars: Scars {
            age_months: Some(60),
            visible_at_50_cm: Answer::Yes,
            easily_covered: Answer::No,
            zones: vec![ZoneScars {
                zone: "cheek_left".to_owned(),
                boxcar_shallow: 6,
                rolling: 9,
                ice_pick: 1,
                ..ZoneScars::default()
            }],
            ..Scars::default()
        },
        goal: Goal { improvement_percent: 50.0, by: None, worry: None },
        earlier_treatments: Vec::new(),
        sessions: Vec::new(),
        outcomes: Vec::new(),
        overrides: Vec::new(),
        day: None,
    }
}

/// The same woman on a treatment day for which everything was prepared.
pub(crate) fn a_treatment_day() -> Consultation {
    let mut patient = a_well_patient();
    patient.day = Some(TreatmentDay {
        consent: Answer::Yes,
        consent_on: Some(days_ago(10)),
        cartridge: Some(Cartridge {
            udi: None,
            lot: Some("L-2291".to_owned()),
            expires: Some(date(2027, 6, 30)),
            sterile_pack_intact: Answer::Yes,
            used_before: Answer::No,
        }),
        zones: vec![PlannedZone { zone: "cheek_left".to_owned(), depth_um: 1_000 }],
        anaesthetic: Some(Anaesthetic {
            product: "lidocaine_4".to_owned(),
            amount_g: Some(15.0),
            area_cm2: Some(100.0),
            contact_minutes: Some(45),
            occluded: Answer::No,
        }),
    });
    patient
}

/// The day of a patient who has one.
pub(crate) fn day(patient: &mut Consultation) -> &mut TreatmentDay {
    patient.day.get_or_insert_default()
}

/// The cartridge of a patient who has one.
pub(crate) fn cartridge(patient: &mut Consultation) -> &mut Cartridge {
    match day(patient).cartridge.as_mut() {
        Some(cartridge) => cartridge,
        None => panic!("a day without a cartridge"),
    }
}

/// The anaesthetic of a patient who has one.
pub(crate) fn anaesthetic(patient: &mut Consultation) -> &mut Anaesthetic {
    match day(patient).anaesthetic.as_mut() {
        Some(anaesthetic) => anaesthetic,
        None => panic!("a day without an anaesthetic"),
    }
}

/// Answers one rule's question, with the day of the event where one is given.
pub(crate) fn answer(patient: &mut Consultation, rule: &Contraindication, answer: Answer, on: Option<Date>) {
    match &rule.trigger {
        Trigger::Asked(key) => {
            patient.findings.insert(key.clone(), Answered { answer, on, note: None });
        }
        Trigger::Derived(fact) => derive(patient, *fact, answer),
    }
}

/// Changes the fields that a derived fact reads, so that it becomes `answer`. Facts that cannot be unknown stay away.
pub(crate) fn derive(patient: &mut Consultation, fact: DerivedFact, answer: Answer) {
    match fact {
        DerivedFact::Pregnant => patient.patient.pregnant = answer,
        DerivedFact::BreastFeeding => patient.patient.breast_feeding = answer,
        DerivedFact::ActiveAcne => patient.lesions.pustules_or_nodules = answer,
        DerivedFact::YoungScars => patient.scars.age_months = by(answer, Some(60), None, Some(5)),
        DerivedFact::SkinTypeVOrVi => patient.skin.fitzpatrick = by(answer, Some(4), None, Some(6)),
        DerivedFact::UnderDeviceAge => {
            patient.patient.birth_date = if answer == Answer::Yes { date(2006, 1, 1) } else { date(1994, 3, 2) };
        }
        DerivedFact::Minor => {
            patient.patient.birth_date = if answer == Answer::Yes { date(2010, 1, 1) } else { date(1994, 3, 2) };
        }
        DerivedFact::MostlyIcePick => {
            if answer == Answer::Unknown {
                patient.scars.zones.clear();
            } else if let Some(zone) = patient.scars.zones.first_mut() {
                zone.ice_pick = if answer == Answer::Yes { 40 } else { 1 };
            }
        }
        DerivedFact::HypertrophicOrKeloidal => {
            if answer == Answer::Unknown {
                patient.scars.zones.clear();
            } else if let Some(zone) = patient.scars.zones.first_mut() {
                zone.hypertrophic = u16::from(answer == Answer::Yes);
            }
        }
        DerivedFact::ForbiddenZonePlanned => {
            let zone = if answer == Answer::Yes { "orbital" } else { "cheek_left" };
            day(patient).zones = vec![PlannedZone { zone: zone.to_owned(), depth_um: 250 }];
        }
        DerivedFact::OperatorNotPermitted => patient.operator.trained = by(answer, Answer::Yes, Answer::Unknown, Answer::No),
        DerivedFact::CartridgeNotAcceptable => cartridge(patient).used_before = answer,
        DerivedFact::AnaestheticAboveLabel => anaesthetic(patient).occluded = answer,
        DerivedFact::WithinMinimumInterval => {
            let days = if answer == Answer::Yes { 10 } else { 60 };
            patient.sessions = vec![a_session(days_ago(days))];
        }
    }
}

fn by<T>(answer: Answer, no: T, unknown: T, yes: T) -> T {
    match answer {
        Answer::No => no,
        Answer::Unknown => unknown,
        Answer::Yes => yes,
    }
}

/// Whether a derived fact can be unknown: an age, a date of a session and a planned zone always say something.
pub(crate) fn can_be_unknown(rule: &Contraindication) -> bool {
    !matches!(
        derived(rule),
        Some(
            DerivedFact::UnderDeviceAge
                | DerivedFact::Minor
                | DerivedFact::ForbiddenZonePlanned
                | DerivedFact::WithinMinimumInterval
        )
    )
}

/// A session of the left cheek.
pub(crate) fn a_session(date: Date) -> SessionGiven {
    let dose = ZoneDose { zone: "cheek_left".to_owned(), depth_um: 1_000, passes: Some(4), endpoint: None };
    SessionGiven { date, zones: vec![dose], anaesthetic: None, products: Vec::new(), note: None }
}

/// A dermatologist's decision against a rule.
pub(crate) fn an_override(rule: &str) -> Override {
    Override {
        rule: rule.to_owned(),
        prescriber: "Dr Second".to_owned(),
        reason: "seen together, both sides discussed".to_owned(),
        on: days_ago(1),
    }
}

/// Whether a rule is asked only once a session has been given.
pub(crate) fn after_a_session(rule: &Contraindication) -> bool {
    rule.looked_at == LookedAt::AfterASession
}

/// Whether a rule can change a decision.
pub(crate) fn can_change_a_decision(rule: &Contraindication) -> bool {
    rule.class != Class::NotAContraindication
}
