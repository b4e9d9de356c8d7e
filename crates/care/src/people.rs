//! People for tests: a plain consultation, and what makes it another.

use std::sync::OnceLock;

use jiff::civil::{Date, date};
use resurface_knowledge::Knowledge;

use crate::consultation::*;

/// The knowledge that comes with the program, read once.
pub(crate) fn knowledge() -> &'static Knowledge {
    static KNOWLEDGE: OnceLock<Knowledge> = OnceLock::new();
    KNOWLEDGE.get_or_init(|| Knowledge::built_in().unwrap())
}

/// The day of every consultation here.
pub(crate) const TODAY: Date = date(2026, 11, 20);

/// A healthy woman of 30, skin type III, boxcar and rolling scars of both cheeks, hoping for half; a dermatologist in a
/// place with a common device. Nothing of her history has been asked.
pub(crate) fn a_consultation() -> Consultation {
    Consultation {
        date: TODAY,
        jurisdiction: "us".into(),
        device: "skinpen_precision".into(),
        patient: Patient {
            id: "P1".into(),
            birth_date: date(1996, 3, 2),
            sex: Sex::Female,
            pregnant: Answer::No,
            breast_feeding: Answer::No,
        },
        operator: Operator {
            name: "Dr Amal Osei".into(),
            profession: Profession::Dermatologist,
            trained: Answer::Yes,
            training_valid_until: Some(date(2028, 1, 1)),
            depth_limit_um: Some(2500),
            premises_permitted: Answer::Yes,
        },
        findings: Default::default(),
        lesions: Lesions { iga: Some(0), pustules_or_nodules: Answer::No },
        skin: Skin { fitzpatrick: Some(3), ..Skin::default() },
        scars: Scars {
            age_months: Some(60),
            visible_at_50_cm: Answer::Yes,
            easily_covered: Answer::No,
            zones: vec![a_cheek("cheek_left"), a_cheek("cheek_right")],
            ..Scars::default()
        },
        goal: Goal { improvement_percent: 50.0, by: None, worry: Some(6) },
        earlier_treatments: Vec::new(),
        sessions: Vec::new(),
        outcomes: Vec::new(),
        overrides: Vec::new(),
        day: None,
    }
}

/// Five shallow and one deep boxcar and four rolling scars that flatten when stretched.
pub(crate) fn a_cheek(zone: &str) -> ZoneScars {
    ZoneScars {
        zone: zone.into(),
        boxcar_shallow: 5,
        boxcar_deep: 1,
        rolling: 4,
        tethered: Answer::No,
        flattens_on_stretch: Answer::Yes,
        ..ZoneScars::default()
    }
}
