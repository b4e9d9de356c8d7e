//! People for tests: a plain consultation, and what makes it another.

use std::sync::OnceLock;

use jiff::civil::{Date, date};
use resurface_forecast::{BasePoints, POPULATION_SCHEMA, Population, PopulationFile};
use resurface_knowledge::Knowledge;
use resurface_knowledge::contraindications::Trigger;

use crate::consultation::*;
use crate::facts::PIGMENTATION_HISTORY;

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

/// The same person with every question of the knowledge answered "no".
pub(crate) fn a_suitable_person() -> Consultation {
    let mut person = a_consultation();
    for rule in &knowledge().contraindications {
        if let Trigger::Asked(key) = &rule.trigger {
            person.findings.insert(key.clone(), Answered { answer: Answer::No, ..Answered::default() });
        }
    }
    person.findings.insert(PIGMENTATION_HISTORY.into(), Answered { answer: Answer::No, ..Answered::default() });
    person
}

/// A population with the means and spreads of the reference fit of the model, as 240 evenly spread draws.
pub(crate) fn a_population() -> &'static Population {
    static POPULATION: OnceLock<Population> = OnceLock::new();
    POPULATION.get_or_init(|| {
        let columns = ["mu_A", "mu_g", "mu_k", "rho", "omega_A", "omega_g", "tau", "sigma_pct", "sigma_score", "b_open"];
        let means_and_sds = [
            (0.61, 0.43),
            (-0.88, 0.26),
            (-2.30, 0.32),
            (0.45, 0.15),
            (0.47, 0.10),
            (0.33, 0.08),
            (1.13, 0.25),
            (0.063, 0.012),
            (0.12, 0.02),
            (0.12, 0.05),
        ];
        let draw = |number: usize| {
            let value = |(column, (mean, sd)): (usize, &(f64, f64))| {
                // additive recurrence: even over (0, 1) in every column; a triangle around the mean with that spread
                let u = ((number + 1) as f64 * (1.0 / (1.618_034 + column as f64 * 0.414_214))).fract();
                let v = ((number + 1) as f64 * (1.0 / (2.236_068 + column as f64 * 0.732_051))).fract();
                (mean + sd * 6.0_f64.sqrt() * (u + v - 1.0)).max(if column == 3 { 0.0 } else { f64::NEG_INFINITY })
            };
            means_and_sds.iter().enumerate().map(value).collect()
        };
        let file = PopulationFile {
            schema: POPULATION_SCHEMA.into(),
            seed: 1,
            data_sha256: "0".repeat(64),
            diagnostics: Default::default(),
            divergences: 0,
            columns: columns.map(str::to_owned).to_vec(),
            draws: (0..240).map(draw).collect(),
        };
        Population::from_file(&file).unwrap()
    })
}

/// The base points of every forecast here.
pub(crate) fn points() -> &'static BasePoints {
    static POINTS: OnceLock<BasePoints> = OnceLock::new();
    POINTS.get_or_init(|| BasePoints::new(20_261_120))
}

/// A session of both cheeks at 1.5 mm, five passes, to pinpoint bleeding.
pub(crate) fn a_session(on: Date) -> SessionGiven {
    let zone =
        |zone: &str| ZoneDose { zone: zone.into(), depth_um: 1500, passes: Some(5), endpoint: Some(Endpoint::PinpointBleeding) };
    let zones = vec![zone("cheek_left"), zone("cheek_right")];
    SessionGiven { date: on, zones, anaesthetic: None, products: Vec::new(), note: None }
}

/// An outcome judged by someone who did not know.
pub(crate) fn a_blinded_outcome(on: Date, scale: OutcomeScale, value: f64) -> OutcomeMeasured {
    OutcomeMeasured { date: on, scale, value, rater: Rater::Blinded, error_sd: None }
}
