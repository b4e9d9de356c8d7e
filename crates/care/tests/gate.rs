//! May this session begin, today, with this needle, at this depth, by this operator?

mod screening_patients;

use jiff::civil::date;
use resurface_care::anaesthetic::DoseFault;
use resurface_care::consultation::*;
use resurface_care::facts::Facts;
use resurface_care::gate::{Gate, Permit, Says, Subject, Verdict, gate};
use screening_patients::*;

/// What the gate says after one change to a day for which everything was prepared.
fn after(change: impl FnOnce(&mut Consultation)) -> Permit {
    let mut patient = a_treatment_day();
    change(&mut patient);
    gate(&patient, knowledge()).permit
}

#[test]
fn a_day_for_which_everything_was_prepared_is_permitted() {
    let patient = a_treatment_day();
    let gate = gate(&patient, knowledge());
    assert_eq!(gate.permit, Permit::Permitted, "{:?} {:?}", gate.screening.findings, gate.checks);
    assert!(gate.checks.iter().all(|check| check.verdict == Verdict::Passes));
}

#[test]
fn without_a_day_in_the_file_nothing_is_permitted() {
    assert_eq!(after(|patient| patient.day = None), Permit::Refused);
}

#[test]
fn consent_is_given_dated_and_not_older_than_the_setting() {
    let consent = |consent, on| {
        after(|patient| {
            day(patient).consent = consent;
            day(patient).consent_on = on;
        })
    };
    assert_eq!(consent(Answer::Yes, Some(TODAY)), Permit::Permitted);
    assert_eq!(consent(Answer::Yes, Some(days_ago(180))), Permit::Permitted);
    assert_eq!(consent(Answer::Yes, Some(days_ago(181))), Permit::Refused);
    assert_eq!(consent(Answer::Yes, Some(date(2026, 11, 21))), Permit::Refused);
    assert_eq!(consent(Answer::Yes, None), Permit::Refused);
    assert_eq!(consent(Answer::No, None), Permit::Refused);
    assert_eq!(consent(Answer::Unknown, Some(TODAY)), Permit::Refused);
}

#[test]
fn the_cartridge_is_new_sterile_in_date_and_recorded() {
    let with = |change: fn(&mut Cartridge)| after(|patient| change(cartridge(patient)));
    assert_eq!(with(|cartridge| cartridge.expires = Some(TODAY)), Permit::Permitted);
    assert_eq!(with(|cartridge| cartridge.expires = Some(days_ago(1))), Permit::Refused);
    assert_eq!(with(|cartridge| cartridge.expires = None), Permit::Refused);
    assert_eq!(with(|cartridge| cartridge.lot = None), Permit::Refused);
    assert_eq!(with(|cartridge| cartridge.sterile_pack_intact = Answer::Unknown), Permit::Refused);
    assert_eq!(with(|cartridge| cartridge.used_before = Answer::Yes), Permit::Refused);
    assert_eq!(after(|patient| day(patient).cartridge = None), Permit::Refused);
}

/// The gate's answer to one zone at one depth.
fn at_depth(zone: &str, depth_um: u32, change: impl FnOnce(&mut Consultation)) -> Permit {
    after(|patient| {
        day(patient).zones = vec![PlannedZone { zone: zone.to_owned(), depth_um }];
        change(patient);
    })
}

#[test]
fn depth_is_the_least_of_zone_device_and_operator() {
    let plain = |zone, depth_um| at_depth(zone, depth_um, |_| {});
    assert_eq!(plain("cheek_left", 1_000), Permit::Permitted);
    assert_eq!(plain("cheek_left", 1_500), Permit::PermittedWithPrecautions);
    assert_eq!(plain("cheek_left", 1_501), Permit::Refused);
    assert_eq!(at_depth("cheek_left", 1_501, |patient| patient.operator.depth_limit_um = Some(2_500)), Permit::Refused);
    assert_eq!(at_depth("cheek_left", 1_000, |patient| patient.operator.depth_limit_um = Some(999)), Permit::Refused);
    assert_eq!(at_depth("cheek_left", 1_000, |patient| patient.operator.depth_limit_um = None), Permit::Refused);
    assert_eq!(at_depth("cheek_left", 250, |patient| patient.device = "other_pen".to_owned()), Permit::Refused);
}

#[test]
fn deeper_than_the_first_session_begins_is_a_precaution() {
    let says = |depth_um, change: fn(&mut Consultation)| {
        let mut patient = a_treatment_day();
        day(&mut patient).zones = vec![PlannedZone { zone: "cheek_left".to_owned(), depth_um }];
        change(&mut patient);
        let gate = gate(&patient, knowledge());
        gate.checks.iter().any(|check| matches!(check.says, Says::DeeperThanProposed { .. }))
    };
    assert!(!says(1_250, |_| {}) && says(1_500, |_| {}));
    assert!(!says(1_500, |patient| patient.sessions.push(a_session(days_ago(60)))));
    assert!(says(1_250, |patient| patient.skin.fitzpatrick = Some(5)));
}

#[test]
fn above_the_cap_of_a_zone_a_prescriber_answers_for_it() {
    let forehead = |profession| at_depth("forehead", 1_250, |patient| patient.operator.profession = profession);
    assert_eq!(forehead(Profession::Dermatologist), Permit::PermittedWithPrecautions);
    assert_eq!(forehead(Profession::Nurse), Permit::Refused);
}

#[test]
fn forbidden_and_unknown_zones_and_no_zones_are_refused() {
    for zone in ["orbital", "vermilion", "nostril", "elbow"] {
        assert_eq!(at_depth(zone, 250, |_| {}), Permit::Refused, "{zone}");
    }
    assert_eq!(after(|patient| day(patient).zones.clear()), Permit::Refused);
}

#[test]
fn a_site_off_the_label_is_a_precaution() {
    assert_eq!(at_depth("neck", 750, |_| {}), Permit::PermittedWithPrecautions);
}

#[test]
fn permitted_premises_are_asked_for_at_the_depth_of_the_day() {
    let premises = |depth_um| at_depth("cheek_left", depth_um, |patient| patient.operator.premises_permitted = Answer::No);
    assert_eq!(premises(1_250), Permit::PermittedWithPrecautions);
    assert_eq!(premises(1_500), Permit::Refused);
}

/// What is wrong with the anaesthetic after one change to a dose within its label.
fn dose(change: impl FnOnce(&mut Consultation)) -> Vec<DoseFault> {
    let mut patient = a_treatment_day();
    change(&mut patient);
    resurface_care::anaesthetic::faults(&Facts::of(&patient, knowledge()))
}

#[test]
fn a_dose_stays_within_amount_area_and_time() {
    assert_eq!(dose(|patient| anaesthetic(patient).amount_g = Some(15.0)), []);
    let heavy = dose(|patient| anaesthetic(patient).amount_g = Some(15.1));
    assert_eq!(heavy, [DoseFault::Amount { planned_g: 15.1, max_g: 15.0 }]);
    let large = dose(|patient| anaesthetic(patient).area_cm2 = Some(201.0));
    assert_eq!(large, [DoseFault::Area { planned_cm2: 201.0, max_cm2: 200.0 }]);
    let long = dose(|patient| anaesthetic(patient).contact_minutes = Some(61));
    assert_eq!(long, [DoseFault::Contact { planned_minutes: 61, max_minutes: 60 }]);
    assert_eq!(dose(|patient| anaesthetic(patient).occluded = Answer::Yes), [DoseFault::Covered]);
}

#[test]
fn nobody_says_anything_about_the_anaesthetic() {
    assert_eq!(dose(|patient| day(patient).anaesthetic = None), [DoseFault::Missing("day.anaesthetic")]);
    let nothing = |patient: &mut Consultation| {
        day(patient).anaesthetic = Some(Anaesthetic {
            product: "none".to_owned(),
            amount_g: None,
            area_cm2: None,
            contact_minutes: None,
            occluded: Answer::Unknown,
        });
    };
    assert_eq!(dose(nothing), []);
    assert_eq!(after(nothing), Permit::Permitted);
    assert_eq!(dose(|patient| anaesthetic(patient).amount_g = None), [DoseFault::Missing("day.anaesthetic.amount_g")]);
}

#[test]
fn heart_block_leaves_half_the_area() {
    let with_block = |area| {
        dose(|patient| {
            answer(patient, rule("CI-ARRHYTH"), Answer::Yes, None);
            anaesthetic(patient).area_cm2 = Some(area);
        })
    };
    assert_eq!(with_block(100.0), []);
    assert_eq!(with_block(101.0), [DoseFault::Area { planned_cm2: 101.0, max_cm2: 100.0 }]);
}

#[test]
fn prilocaine_is_not_for_methaemoglobinaemia() {
    let with = |product: &str, answered| {
        dose(|patient| {
            anaesthetic(patient).product = product.to_owned();
            anaesthetic(patient).contact_minutes = Some(60);
            answer(patient, rule("CI-METHB"), answered, None);
        })
    };
    assert_eq!(with("emla", Answer::No), []);
    assert_eq!(with("emla", Answer::Yes), [DoseFault::Excluded]);
    assert!(matches!(with("emla", Answer::Unknown)[..], [DoseFault::Missing(_)]));
    assert_eq!(with("lidocaine_4", Answer::Yes), []);
}

#[test]
fn strong_creams_made_to_order_are_refused() {
    let faults = dose(|patient| anaesthetic(patient).product = "compounded_strong".to_owned());
    assert!(faults.contains(&DoseFault::NotUsed) && faults.contains(&DoseFault::NoLimitKnown), "{faults:?}");
    assert_eq!(dose(|patient| anaesthetic(patient).product = "mystery".to_owned()), [DoseFault::NoSuchProduct]);
}

const TABLE: &str = include_str!("gate_truth_table.txt");

/// One line of the table.
struct Line {
    condition: &'static str,
    permit: Permit,
    see: &'static str,
}

fn permit_of(words: &str) -> Permit {
    match words {
        "permitted" => Permit::Permitted,
        "permitted with precautions" => Permit::PermittedWithPrecautions,
        "refused" => Permit::Refused,
        other => panic!("{other:?} is not a verdict of the table"),
    }
}

/// The lines about questions, in their order; the first and the last line of the table stand by themselves.
fn table() -> Vec<Line> {
    let lines: Vec<&str> = TABLE.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    let (first, last) = (lines[0], lines[lines.len() - 1]);
    assert!(first.starts_with("if any question is unknown then refused, because "));
    assert_eq!(last, "otherwise permitted");
    lines[1..lines.len() - 1].iter().map(|line| parse(line).unwrap_or_else(|| panic!("cannot read {line:?}"))).collect()
}

fn parse(line: &'static str) -> Option<Line> {
    let (condition, rest) = line.strip_prefix("if ")?.split_once(" then ")?;
    let (permit, because) = rest.split_once(", because ")?;
    let (why, see) = because.split_once("; see ")?;
    (!why.is_empty()).then_some(Line { condition, permit: permit_of(permit), see })
}

/// How each question of the table is answered in a file.
fn ask(patient: &mut Consultation, question: &str, answered: Answer) {
    let finding = |patient: &mut Consultation, key: &str| {
        patient.findings.insert(key.to_owned(), Answered { answer: answered, ..Answered::default() });
    };
    match question {
        "she is pregnant" => patient.patient.pregnant = answered,
        "she is breast-feeding" => patient.patient.breast_feeding = answered,
        "the skin is broken or irritated" => finding(patient, "wound_or_irritated_skin"),
        "there is a bacterial infection" => finding(patient, "bacterial_infection"),
        "there is a cold sore" => finding(patient, "cold_sore_now"),
        "there are pustules or nodules" => patient.lesions.pustules_or_nodules = answered,
        "the skin is sunburnt" => finding(patient, "sunburn"),
        "a serum is to be put on" => finding(patient, "serum_planned"),
        "she has drunk alcohol" => finding(patient, "intoxicated"),
        "she has a fever" => finding(patient, "fever"),
        "she takes a blood thinner" => finding(patient, "anticoagulant"),
        "the cartridge was used before" => cartridge(patient).used_before = answered,
        "the numbing cream is covered" => anaesthetic(patient).occluded = answered,
        "the last session was ten days ago" => {
            let last = if answered == Answer::Yes { days_ago(10) } else { days_ago(70) };
            patient.sessions = vec![a_session(last)];
        }
        "she has not consented in writing" => {
            day(patient).consent = match answered {
                Answer::Yes => Answer::No,
                Answer::Unknown => Answer::Unknown,
                Answer::No => Answer::Yes,
            };
        }
        other => panic!("no question {other:?}"),
    }
}

fn gives_the_reason(gate: &Gate<'_>, see: &str) -> bool {
    if see == "consent" {
        return gate.against().any(|check| check.subject == Subject::Consent);
    }
    gate.screening.findings.iter().any(|finding| finding.rule.id == see)
}

#[test]
fn all_answers_to_the_days_questions_agree_with_the_plain_table() {
    let table = table();
    let mut combinations = 0_u32;
    for answers in 0_u32..1 << table.len() {
        let mut patient = a_treatment_day();
        let is_yes = |at: usize| answers >> at & 1 == 1;
        for (at, line) in table.iter().enumerate() {
            ask(&mut patient, line.condition, if is_yes(at) { Answer::Yes } else { Answer::No });
        }
        let expected = table.iter().enumerate().find(|(at, _)| is_yes(*at)).map_or(Permit::Permitted, |(_, line)| line.permit);
        let gate = gate(&patient, knowledge());
        assert_eq!(gate.permit, expected, "answers {answers:b}");
        for (at, line) in table.iter().enumerate() {
            assert_eq!(gives_the_reason(&gate, line.see), is_yes(at), "answers {answers:b}: {}", line.see);
        }
        combinations += 1;
    }
    assert_eq!(combinations, 32_768);
}

#[test]
fn every_single_unknown_of_the_day_is_refused() {
    for line in table().iter().filter(|line| line.see != "CI-LASTSESS") {
        let mut patient = a_treatment_day();
        ask(&mut patient, line.condition, Answer::Unknown);
        assert_eq!(gate(&patient, knowledge()).permit, Permit::Refused, "{}", line.condition);
    }
}
