//! The files of `examples/` read, say what their first lines promise, and survive being written and read again.

mod screening_patients;

use resurface_care::consultation::Consultation;
use resurface_care::form;
use resurface_care::gate::{Permit, gate};
use resurface_care::screening::{Decision, Until, screen};
use resurface_knowledge::document::Format;
use screening_patients::knowledge;

const EXAMPLES: &[(&str, &str)] = &[
    ("consultation.toml", include_str!("../../../examples/consultation.toml")),
    ("ice_pick.toml", include_str!("../../../examples/ice_pick.toml")),
    ("isotretinoin.toml", include_str!("../../../examples/isotretinoin.toml")),
    ("pregnant.toml", include_str!("../../../examples/pregnant.toml")),
    ("active_acne.toml", include_str!("../../../examples/active_acne.toml")),
    ("not_responding.toml", include_str!("../../../examples/not_responding.toml")),
    ("responder.json", include_str!("../../../examples/responder.json")),
];

fn example(name: &str) -> Consultation {
    let text = EXAMPLES.iter().find(|(known, _)| *known == name).map_or("", |(_, text)| text);
    let format = if name.ends_with(".json") { Format::Json } else { Format::Toml };
    match form::read(name, text, format, knowledge()) {
        Ok(consultation) => consultation,
        Err(report) => panic!("{report}"),
    }
}

#[test]
fn every_example_survives_being_written_and_read_again() {
    for (name, _) in EXAMPLES {
        let consultation = example(name);
        let written = form::write(&consultation).unwrap();
        assert_eq!(form::read(name, &written, Format::Json, knowledge()).unwrap(), consultation, "{name}");
    }
}

/// The decision, the rules that carry it, and how many questions are open.
fn decided(name: &str) -> (Decision, Vec<String>, usize) {
    let consultation = example(name);
    let screening = screen(&consultation, knowledge());
    let rank = screening.decision.rank();
    let carrying = screening.findings.iter().filter(|finding| finding.effect.rank() == rank);
    (screening.decision, carrying.map(|finding| finding.rule.id.clone()).collect(), screening.unanswered.len())
}

#[test]
fn each_person_is_decided_as_their_file_says() {
    let rules = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>();
    assert_eq!(decided("consultation.toml"), (Decision::Suitable, rules(&[]), 0));
    assert_eq!(decided("ice_pick.toml"), (Decision::NotSuitable, rules(&["CI-ICEPICK"]), 0));
    assert_eq!(decided("isotretinoin.toml"), (Decision::NotSuitable, rules(&["CI-ISO-NOW"]), 0));
    assert_eq!(decided("pregnant.toml"), (Decision::NotSuitable, rules(&["CI-PREG"]), 0));
    let waits = Decision::Defer(Until::DateAndState(jiff::civil::date(2026, 11, 25)));
    assert_eq!(decided("active_acne.toml"), (waits, rules(&["CI-ACNE-ACT", "CI-TOXIN"]), 4));
    assert_eq!(decided("not_responding.toml"), (Decision::SuitableWithPrecautions, rules(&["CI-DARK"]), 0));
    assert_eq!(decided("responder.json"), (Decision::Suitable, rules(&[]), 0));
}

#[test]
fn the_responders_day_may_begin_with_one_zone_on_its_scars_alone() {
    let consultation = example("responder.json");
    let gate = gate(&consultation, knowledge());
    let against: Vec<String> = gate.against().map(|check| check.says.to_string()).collect();
    assert_eq!(gate.permit, Permit::PermittedWithPrecautions);
    assert_eq!(against, ["1250 um on the scars alone, 1000 um on the skin between them"]);
}
