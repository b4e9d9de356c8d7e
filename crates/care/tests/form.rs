//! What a consultation file may hold, and what its report says when it holds something else.

#![expect(clippy::expect_used, reason = "a fixture that does not read has failed its test")]

use std::sync::LazyLock;

use proptest::prelude::*;
use resurface_care::consultation::{Answer, Consultation};
use resurface_care::form;
use resurface_knowledge::Knowledge;
use resurface_knowledge::contraindications::{Contraindication, Trigger};
use resurface_knowledge::document::{Fault, Format};

const SOUND: &str = r#"schema = "resurface.consultation/1"
date = 2026-11-20
jurisdiction = "uk"
device = "skinpen_precision"
goal = { improvement_percent = 50, by = 2027-11-20 }
lesions = { iga = 1, pustules_or_nodules = "no" }
skin = { fitzpatrick = 4 }

[patient]
id = "A-1"
birth_date = 1994-03-02
sex = "female"
pregnant = "no"

[operator]
name = "Dr Example"
profession = "dermatologist"

[findings]
keloid = "no"
filler = { answer = "yes", on = 2026-09-01, note = "cheeks" }
isotretinoin = "unknown"

[[scars.zones]]
zone = "cheek_left"
rolling = 7

[[sessions]]
date = 2026-10-01
zones = [{ zone = "cheek_left", depth_um = 1500, passes = 4, endpoint = "pinpoint_bleeding" }]

[[outcomes]]
date = 2026-11-20
scale = "goodman_baron_qualitative"
value = 3
rater = "open"
"#;

/// The knowledge that comes with this version, with four plain rules in place of its own.
fn knowledge() -> &'static Knowledge {
    static KNOWLEDGE: LazyLock<Knowledge> = LazyLock::new(|| {
        let mut knowledge = Knowledge::built_in().expect("sound knowledge");
        let rule = |(id, key): (&str, &str)| Contraindication {
            id: id.to_owned(),
            trigger: Trigger::Asked(key.to_owned()),
            ..knowledge.contraindications.iter().find(|known| known.id == id).expect("a rule").clone()
        };
        let rules = [
            ("CI-KELOID", "keloid"),
            ("CI-FILLER", "filler"),
            ("CI-ISO-NOW", "isotretinoin"),
            ("CI-ISO-6M", "isotretinoin_stopped"),
        ];
        knowledge.contraindications = rules.map(rule).to_vec();
        knowledge
    });
    &KNOWLEDGE
}

fn read(text: &str) -> Result<Consultation, Vec<Fault>> {
    form::read("patient.toml", text, Format::Toml, knowledge()).map_err(|report| report.faults().to_vec())
}

/// The faults after `from` became `to` in the sound file.
fn faults_with(from: &str, to: &str) -> Vec<Fault> {
    assert!(SOUND.contains(from), "{from} is not in the sound file");
    read(&SOUND.replacen(from, to, 1)).expect_err("a fault")
}

/// The one fault after `from` became `to`: its line and field.
fn fault_with(from: &str, to: &str) -> (usize, String) {
    let faults = faults_with(from, to);
    assert_eq!(faults.len(), 1, "{faults:#?}");
    assert!(!faults[0].problem.is_empty() && !faults[0].allowed.is_empty());
    (faults[0].line, faults[0].field.clone())
}

/// The one fault after `lines` were put at the end of the sound file.
fn fault_after(lines: &str) -> String {
    let faults = read(&format!("{SOUND}{lines}")).expect_err("a fault");
    assert_eq!(faults.len(), 1, "{faults:#?}");
    faults[0].field.clone()
}

#[test]
fn a_sound_file_reads() {
    let consultation = read(SOUND).unwrap();
    assert_eq!(consultation.findings["filler"].answer, Answer::Yes);
    assert_eq!(consultation.findings["keloid"].answer, Answer::No);
    assert_eq!(consultation.patient.breast_feeding, Answer::Unknown);
    assert_eq!(consultation.sessions[0].zones[0].depth_um, 1_500);
}

#[test]
fn written_and_read_again_it_is_the_same_and_toml_and_json_agree() {
    let consultation = read(SOUND).unwrap();
    let json = form::write(&consultation).unwrap();
    assert_eq!(form::read("patient.json", &json, Format::Json, knowledge()).unwrap(), consultation);
}

#[test]
fn a_pregnancy_counts_whatever_sex_is_recorded() {
    let text = SOUND.replace("pregnant = \"no\"", "pregnant = \"yes\"").replace("\"female\"", "\"male\"");
    assert_eq!(read(&text).unwrap().patient.pregnant, Answer::Yes);
}

#[test]
fn faults_of_shape_and_of_sense_come_in_one_report() {
    let text = SOUND.replace("rolling = 7", "rolling = -7").replace("1994-03-02", "2027-03-02").replace("value = 3", "value = 7");
    let faults = read(&text).unwrap_err();
    let fields: Vec<&str> = faults.iter().map(|fault| fault.field.as_str()).collect();
    assert!(fields.contains(&"scars.zones[1].rolling"), "{fields:?}");
    assert!(fields.contains(&"patient.birth_date"), "{fields:?}");
    assert!(fields.contains(&"outcomes[1].value"), "{fields:?}");
}

#[test]
fn the_format_names_itself() {
    assert_eq!(fault_with("schema = \"resurface.consultation/1\"", "").1, "schema");
    assert_eq!(fault_with("consultation/1", "consultation/2"), (1, "schema".to_owned()));
}

#[test]
fn names_that_are_not_known_are_faults() {
    assert_eq!(fault_with("skinpen_precision", "skinpin_precision"), (4, "device".to_owned()));
    assert_eq!(fault_with("\"uk\"", "\"mars\"").1, "jurisdiction");
    assert_eq!(fault_with("zone = \"cheek_left\"", "zone = \"cheek\"").1, "scars.zones[1].zone");
    assert_eq!(fault_with("keloid =", "keliod =").1, "findings.keliod");
    assert_eq!(fault_with("sex =", "gender = \"f\"\nsex =").1, "patient.gender");
    assert_eq!(fault_with("keloid = \"no\"", "keloid = \"maybe\"").1, "findings.keloid");
}

#[test]
fn dates_that_cannot_be_are_faults() {
    assert_eq!(fault_with("birth_date = 1994-03-02", "birth_date = 1899-03-02").1, "patient.birth_date");
    assert_eq!(fault_with("on = 2026-09-01", "on = 2026-12-01").1, "findings.filler.on");
    assert_eq!(fault_with("on = 2026-09-01", "on = 1990-09-01").1, "findings.filler.on");
    assert_eq!(fault_with("date = 2026-10-01", "date = 2026-12-24").1, "sessions[1].date");
    assert_eq!(fault_with("by = 2027-11-20", "by = 2026-11-20").1, "goal.by");
    let outcome = "[[outcomes]]\ndate = 2026-11-01\nscale = \"ecca\"\nvalue = 40\nrater = \"open\"\n";
    assert_eq!(fault_after(outcome), "outcomes[2].date");
    let second = "[[sessions]]\ndate = 2026-10-01\nzones = [{ zone = \"forehead\", depth_um = 500 }]\n";
    assert_eq!(fault_after(second), "sessions[2].date");
    let overriding = "[[overrides]]\nrule = \"CI-KELOID\"\nprescriber = \"Dr E\"\nreason = \"seen\"\non = 2026-11-21\n";
    assert_eq!(fault_after(overriding), "overrides[1].on");
    assert_eq!(fault_after("[day]\nconsent = \"yes\"\nconsent_on = 2026-11-21\n"), "day.consent_on");
}

#[test]
fn a_hundred_and_twenty_years_are_believed_to_the_last_day() {
    assert!(read(&SOUND.replace("1994-03-02", "1905-11-21")).is_ok());
    assert_eq!(fault_with("1994-03-02", "1905-11-20").1, "patient.birth_date");
}

#[test]
fn answers_that_contradict_each_other_are_faults() {
    assert_eq!(fault_with("keloid = \"no\"", "keloid = { answer = \"no\", on = 2020-01-01 }").1, "findings.keloid.on");
    let both = "isotretinoin = \"yes\"\nisotretinoin_stopped = \"yes\"";
    assert_eq!(fault_with("isotretinoin = \"unknown\"", both).1, "findings.isotretinoin_stopped");
    assert_eq!(
        fault_with("{ iga = 1, pustules_or_nodules = \"no\" }", "{ iga = 0, pustules_or_nodules = \"yes\" }").1,
        "lesions.iga"
    );
    let skin = "skin = { fitzpatrick = 4, questionnaire = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1] }";
    assert_eq!(fault_with("skin = { fitzpatrick = 4 }", skin).1, "skin.fitzpatrick");
    let cartridge = "[day.cartridge]\nsterile_pack_intact = \"yes\"\nused_before = \"yes\"\n";
    assert_eq!(fault_after(cartridge), "day.cartridge.used_before");
    for (code, beside) in [("(01)09506000134352(10)A1", "lot = \"A2\""), ("(01)09506000134353", "lot = \"A2\"")] {
        assert_eq!(fault_after(&format!("[day.cartridge]\nudi = \"{code}\"\n{beside}\n")), "day.cartridge.udi");
    }
    assert_eq!(fault_after("[day]\nanaesthetic = { product = \"none\", amount_g = 2 }\n"), "day.anaesthetic.amount_g");
    assert_eq!(fault_after("[scars.goodman_baron]\nmild_dish = 0\n"), "scars.goodman_baron");
    assert_eq!(fault_after("[day]\nconsent = \"no\"\nconsent_on = 2026-11-20\n"), "day.consent_on");
}

#[test]
fn a_treatment_whose_wait_still_runs_contradicts_a_no() {
    let treated = |on: &str, answer: &str| {
        let finding = format!("filler = {answer}");
        let text = SOUND.replace(r#"filler = { answer = "yes", on = 2026-09-01, note = "cheeks" }"#, &finding);
        read(&format!("{text}[[earlier_treatments]]\ntreatment = \"filler\"\non = {on}\n"))
    };
    let faults = treated("2026-11-07", r#""no""#).expect_err("a fault");
    assert_eq!(faults[0].field, "earlier_treatments[1].on");
    assert!(treated("2026-11-06", r#""no""#).is_ok());
    assert!(treated("2026-11-07", r#"{ answer = "yes", on = 2026-11-07 }"#).is_ok());
}

#[test]
fn one_type_between_eye_and_questionnaire_is_believed() {
    let skin = "skin = { fitzpatrick = 4, questionnaire = [2, 2, 2, 2, 2, 2, 2, 2, 2, 2] }";
    assert!(read(&SOUND.replace("skin = { fitzpatrick = 4 }", skin)).is_ok());
}

#[test]
fn values_off_their_scale_are_faults() {
    let outcome = |scale: &str, value: &str| {
        let text = SOUND.replace("goodman_baron_qualitative", scale).replace("value = 3", &format!("value = {value}"));
        read(&text).err().map(|faults| faults[0].field.clone())
    };
    let cases = [
        ("goodman_baron_quantitative", "84", "85"),
        ("goodman_baron_qualitative", "1", "0"),
        ("goodman_baron_qualitative", "4", "2.5"),
        ("ecca", "540", "541"),
        ("improvement_percent", "-100", "-101"),
        ("improvement_quartile", "3", "4"),
        ("dlqi", "30", "31"),
        ("scar_q", "100", "101"),
        ("face_q", "0", "-1"),
        ("fasqol", "40", "41"),
        ("worry", "10", "10.5"),
    ];
    for (scale, allowed, refused) in cases {
        assert_eq!(outcome(scale, allowed), None, "{scale} {allowed}");
        assert_eq!(outcome(scale, refused).as_deref(), Some("outcomes[1].value"), "{scale} {refused}");
    }
}

#[test]
fn what_an_instrument_measures_nobody_judges() {
    let outcome = |scale: &str, value: &str, rater: &str| {
        let text = format!("[[outcomes]]\ndate = 2026-11-20\nscale = \"{scale}\"\nvalue = {value}\nrater = \"{rater}\"\n");
        read(&format!("{SOUND}{text}")).err().map(|faults| faults[0].field.clone())
    };
    let cases = [
        ("scar_volume_mm3", "0", "-0.1"),
        ("scar_area_mm2", "100000", "100000.5"),
        ("scar_depth_mm", "0.21", "5.1"),
        ("scar_count", "31", "31.5"),
        ("redness_difference", "-4.2", "101"),
        ("pigment_difference", "-2.5", "-101"),
        ("ita_degrees", "-60", "91"),
    ];
    for (scale, allowed, refused) in cases {
        assert_eq!(outcome(scale, allowed, "instrument"), None, "{scale} {allowed}");
        assert_eq!(outcome(scale, refused, "instrument").as_deref(), Some("outcomes[2].value"), "{scale} {refused}");
        assert_eq!(outcome(scale, allowed, "blinded").as_deref(), Some("outcomes[2].rater"), "{scale}");
    }
    assert_eq!(outcome("ecca", "120", "instrument").as_deref(), Some("outcomes[2].rater"));
}

#[test]
fn depths_are_settings_of_the_device_and_zones_stand_once() {
    assert_eq!(fault_after("[day]\nzones = [{ zone = \"forehead\", depth_um = 2750 }]\n"), "day.zones[1].depth_um");
    let twice = "[day]\nzones = [{ zone = \"forehead\", depth_um = 500 }, { zone = \"forehead\", depth_um = 750 }]\n";
    assert_eq!(fault_after(twice), "day.zones[2].zone");
    assert_eq!(fault_after("[[scars.zones]]\nzone = \"cheek_left\"\n"), "scars.zones[2].zone");
}

#[test]
fn there_are_limits() {
    let outcome = "[[outcomes]]\ndate = 2026-11-20\nscale = \"ecca\"\nvalue = 40\nrater = \"open\"\n";
    let faults = read(&format!("{SOUND}{}", outcome.repeat(64))).unwrap_err();
    assert!(faults.iter().any(|fault| fault.field == "outcomes"), "{faults:?}");
}

#[test]
fn json_null_and_unknown_fields_are_refused() {
    let consultation = read(SOUND).unwrap();
    let json = form::write(&consultation).unwrap().replacen("\"id\": \"A-1\"", "\"id\": \"A-1\", \"note\": null", 1);
    assert!(form::read("patient.json", &json, Format::Json, knowledge()).is_err());
}

#[test]
fn the_published_schema_speaks_of_every_field() {
    let schema = form::consultation_schema(knowledge());
    assert_eq!(schema["properties"]["schema"]["enum"][0], "resurface.consultation/1");
    assert_eq!(schema["properties"]["findings"]["additionalProperties"], false);
    assert_eq!(schema["properties"]["sessions"]["maxItems"], 24);
}

/// A real file with one line replaced by another of its lines, by nothing, or by rubbish.
fn any_damaged_file() -> impl Strategy<Value = String> {
    let lines = SOUND.lines().count();
    let rubbish = prop_oneof![Just(String::new()), any::<String>(), (0..lines).prop_map(|at| line(at).to_owned())];
    (0..lines, rubbish).prop_map(|(at, rubbish)| {
        let kept = SOUND.lines().enumerate().map(|(other, line)| if other == at { rubbish.as_str() } else { line });
        kept.collect::<Vec<_>>().join("\n")
    })
}

fn line(at: usize) -> &'static str {
    SOUND.lines().nth(at).unwrap_or_default()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_file_reads_or_has_every_fault_at_a_line(text in any_damaged_file()) {
        match read(&text) {
            Ok(consultation) => {
                let json = form::write(&consultation).unwrap();
                prop_assert_eq!(form::read("patient.json", &json, Format::Json, knowledge()).unwrap(), consultation);
            }
            Err(faults) => {
                prop_assert!(!faults.is_empty());
                for fault in faults {
                    prop_assert!(fault.line >= 1 && fault.line <= text.lines().count() + 1, "{fault:?}");
                    prop_assert!(!fault.problem.is_empty() && !fault.allowed.is_empty(), "{fault:?}");
                }
            }
        }
    }
}
