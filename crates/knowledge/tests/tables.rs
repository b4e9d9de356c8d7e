//! What the tables hold, against the papers and rules they come from; and what is refused when a copy is broken.

#![expect(clippy::expect_used, reason = "knowledge that does not read has failed its test")]

use jiff::civil::date;
use resurface_knowledge::devices::{DeviceKind, Indicated};
use resurface_knowledge::document::Fault;
use resurface_knowledge::jurisdictions::{Law, Permission};
use resurface_knowledge::protocol::{Needling, Zone};
use resurface_knowledge::scales::{EccaItem, FitzpatrickVariant, GoodmanBaronItem};
use resurface_knowledge::treatments::{PlaceInCare, ScarType};
use resurface_knowledge::{Files, Knowledge, Mark};

fn built_in() -> Knowledge {
    Knowledge::built_in().expect("the knowledge that comes with the program")
}

/// The faults of `file` in a copy in which the first `from` after `anchor` has become `to`, and the line of the change.
fn broken(file: &str, anchor: &str, from: &str, to: &str) -> (usize, Vec<Fault>) {
    let mut files = Files::built_in();
    let text = files.text(file).expect("a file").to_owned();
    let start = text.find(anchor).unwrap_or_else(|| panic!("{anchor:?} in {file}"));
    let at = start + text[start..].find(from).unwrap_or_else(|| panic!("{from:?} after {anchor:?}"));
    files.insert(file, format!("{}{to}{}", &text[..at], &text[at + from.len()..]));
    let reports = Knowledge::read(&files).map(|_| ()).expect_err("a broken copy is refused");
    let faults = reports.iter().filter(|report| report.file() == file).flat_map(|report| report.faults().to_vec());
    (text[..at].matches('\n').count() + 1, faults.collect())
}

#[track_caller]
fn expect_fault(file: &str, anchor: &str, from: &str, to: &str, problem: &str) {
    let (line, faults) = broken(file, anchor, from, to);
    let found = faults.iter().any(|fault| fault.problem.contains(problem) && fault.line.abs_diff(line) <= 1);
    assert!(found, "line {line}: {problem}\nbut: {faults:#?}");
}

/// The same where the fault stands at the table as a whole.
#[track_caller]
fn expect_refusal(file: &str, anchor: &str, from: &str, to: &str, problem: &str) {
    let (_, faults) = broken(file, anchor, from, to);
    assert!(faults.iter().any(|fault| fault.problem.contains(problem)), "{problem}\nbut: {faults:#?}");
}

// ---- protocol

/// E17: the cap of a measured zone is dermis of the thinner sex plus epidermis, rounded down to 250 um.
#[test]
fn caps_of_measured_zones_follow_from_skin_thickness() {
    let knowledge = built_in();
    let epidermis = knowledge.protocol.depth.epidermis_min_um.value;
    let measured = |zone: &&Zone| zone.needling == Needling::Allowed && zone.dermis.is_some();
    for zone in knowledge.protocol.zones.iter().filter(measured) {
        let (dermis, cap) = (zone.dermis.as_ref().unwrap(), zone.depth_cap.as_ref().unwrap());
        let thinner = dermis.male_um.min(dermis.female_um);
        assert_eq!(cap.um, (thinner + epidermis) / 250 * 250, "{}", zone.id);
    }
}

#[test]
fn no_zone_goes_deeper_than_was_evaluated_and_every_cap_says_that_it_is_ours() {
    for zone in &built_in().protocol.zones {
        for cap in zone.depth_cap.iter().chain(&zone.scar_island_cap) {
            assert!(cap.um <= 1_500, "{}", zone.id);
            assert_eq!(cap.mark, Mark::Ours, "{}", zone.id);
        }
    }
}

#[test]
fn eyelids_lips_and_nostrils_are_never_needled() {
    let knowledge = built_in();
    for id in ["orbital", "vermilion", "nostril"] {
        assert_eq!(knowledge.protocol.zone(id).map(|zone| zone.needling), Some(Needling::Forbidden), "{id}");
    }
    expect_refusal("protocol.toml", "id = \"nostril\"", "\"forbidden\"", "\"allowed\"", "there is no cap");
}

/// R22: 1.5 g per 10 cm2, at most 60 g on 600 cm2. The limits that were not seen are left open.
#[test]
fn numbing_products_have_their_limits_or_say_that_none_was_seen() {
    let knowledge = built_in();
    let emla = knowledge.protocol.anaesthetic("emla").unwrap();
    assert_eq!(emla.amount_per_area_max_g_cm2.as_ref().map(|fact| fact.value), Some(0.15));
    assert_eq!(emla.area_max_cm2.as_ref().map(|fact| (fact.value, fact.mark)), Some((600.0, Mark::Seen)));
    let strong = knowledge.protocol.anaesthetic("lidocaine_tetracaine_7_7").unwrap();
    assert!(strong.amount_max_g.is_none() && !strong.not_known.is_empty());
}

// ---- devices and places

#[test]
fn devices_differ_in_what_their_labels_include() {
    let knowledge = built_in();
    let includes_six = |id: &str| knowledge.device(id).unwrap().includes_skin_type(6);
    assert_eq!(includes_six("skinpen_precision"), Some(true));
    assert_eq!(includes_six("exceed"), Some(false));
    assert_eq!(includes_six("other_pen"), None);
    assert_eq!(knowledge.device("skinstylus").unwrap().facial_acne_scars.value, Indicated::NotCleared);
    assert_eq!(knowledge.device("rf_microneedling_device").unwrap().kind, DeviceKind::Radiofrequency);
}

/// R14, R15: 1.5 mm itself needs permitted premises; below it a licence from 6 September 2027.
#[test]
fn scotland_has_its_gates_at_exactly_one_and_a_half_millimetres() {
    let knowledge = built_in();
    let scotland = knowledge.jurisdiction("scotland").unwrap();
    let needs = |depth_um, on| {
        let gates = scotland.depth_gates.iter().filter(|gate| gate.holds_for(depth_um, DeviceKind::Mechanical, on));
        gates.map(|gate| gate.needs).collect::<Vec<_>>()
    };
    assert_eq!(needs(1_500, date(2026, 11, 22)), [Permission::PermittedPremises]);
    assert_eq!(needs(1_499, date(2027, 9, 5)), []);
    assert_eq!(needs(1_499, date(2027, 9, 6)), [Permission::LocalAuthorityLicence]);
}

#[test]
fn an_age_comes_from_the_law_of_the_place_or_else_from_the_setting() {
    let mut knowledge = built_in();
    assert_eq!(knowledge.minimum_age_years("england"), 18, "from the wider place");
    assert_eq!(knowledge.jurisdiction("other").unwrap().law, Law::NotRead);
    knowledge.settings.minimum_age_years.value = 21.0;
    assert_eq!(knowledge.minimum_age_years("other"), 21);
    assert_eq!(knowledge.minimum_age_years("nowhere"), 21);
    assert_eq!(knowledge.minimum_age_years("scotland"), 18);
}

// ---- scales

/// G3: four groups and the keloidal area add up to 84.
#[test]
fn goodman_baron_adds_up_to_84() {
    let score = built_in().scales.goodman_baron_quantitative;
    assert_eq!(score.maximum(), 84);
    assert_eq!(score.row(GoodmanBaronItem::DeepBroad).map(|row| (row.few, row.some, row.many)), Some((3, 6, 9)));
    expect_refusal("scales.toml", "item = \"papular\"", "many = 6", "many = 7", "adds up to 85");
}

/// G4: the weights add up to 180, times 3 is 540; the atrophic items alone 270.
#[test]
fn ecca_adds_up_to_540() {
    let ecca = built_in().scales.ecca;
    assert_eq!(ecca.maximum(), 540);
    let atrophic = [EccaItem::V, EccaItem::U, EccaItem::M, EccaItem::Elastolysis];
    assert_eq!(atrophic.iter().filter_map(|item| ecca.weight(*item)).sum::<u16>() * 3, 270);
}

#[test]
fn skin_type_bands_cover_every_total_once() {
    let scales = built_in().scales;
    for variant in [FitzpatrickVariant::ZeroToSix, FitzpatrickVariant::ZeroToSeven] {
        let bands = &scales.fitzpatrick.bands(variant).unwrap().bands;
        for total in 0..=40 {
            assert_eq!(bands.iter().filter(|band| (band.from..=band.to).contains(&total)).count(), 1, "{variant:?} {total}");
        }
    }
    expect_fault("scales.toml", "variant = \"zero_to_six\"", "from = 7", "from = 6", "the band runs from 6");
}

#[test]
fn a_scale_whose_table_was_recalled_asks_to_be_checked() {
    let scales = built_in().scales;
    for (id, about) in scales.all().filter(|(_, about)| about.mark == Mark::Recalled) {
        assert!(about.check.is_some(), "{id}");
    }
}

// ---- settings

#[test]
fn a_setting_outside_its_limits_is_refused() {
    let (_, faults) = broken("settings.toml", "[chance_wanted]", "value = 0.7", "value = 1.7");
    assert!(faults.iter().any(|fault| fault.field == "chance_wanted.value"), "{faults:?}");
}

#[test]
fn settings_that_contradict_each_other_or_a_rule_are_refused() {
    expect_fault("settings.toml", "[iga_precaution_from]", "value = 2", "value = 3.5", "outside its limits");
    expect_fault("settings.toml", "[verdict_days]", "value = 90", "value = 181", "more than verdict_better_days");
    expect_fault("settings.toml", "[interval_min_days]", "value = 28", "value = 30", "CI-LASTSESS");
}

// ---- treatments and adverse events

/// E6: ice picks changed 5.9 %; A8: CROSS is the first choice for them.
#[test]
fn needling_is_poor_for_ice_picks_and_cross_comes_first() {
    let treatments = built_in().treatments;
    let needling = treatments.treatment("microneedling").unwrap();
    assert_eq!(needling.place_for(ScarType::IcePick).map(|serves| serves.place), Some(PlaceInCare::Poor));
    assert_eq!(treatments.serving(ScarType::IcePick)[0].0.id, "tca_cross");
}

#[test]
fn doing_nothing_is_an_option_for_every_scar() {
    let treatments = built_in().treatments;
    let nothing = treatments.treatment("no_treatment").unwrap();
    for scar in treatments.treatments.iter().flat_map(|treatment| &treatment.serves).map(|serves| serves.scar) {
        assert!(scar == ScarType::WithActiveAcne || nothing.place_for(scar).is_some(), "{scar:?}");
    }
}

/// E20: 5 of 30 patients over 5 sessions.
#[test]
fn pigmentation_is_about_one_in_six_per_course() {
    let prior = built_in().adverse_events.pigmentation;
    assert_eq!((prior.course_alpha, prior.course_beta), (5.5, 25.5));
    assert!((prior.mean_per_course() - 0.1774).abs() < 1e-4);
    assert!((prior.per_session() - 0.0358).abs() < 1e-4);
}

#[test]
fn dangling_names_between_files_are_refused() {
    expect_fault("treatments.toml", "id = \"not_best_ice_pick\"", "\"tca_cross\"", "\"tca_kross\"", "not the id of a treatment");
    expect_fault("protocol.toml", "id = \"stop_granuloma\"", "event = \"granuloma\"", "event = \"granulom\"", "adverse event");
    expect_fault("protocol.toml", "id = \"emla\"", "\"CI-ANAEST\"", "\"CI-ANAES\"", "CI-ANAES");
    expect_fault(
        "devices.toml",
        "id = \"exceed\"",
        "jurisdiction = \"us\"",
        "jurisdiction = \"usa\"",
        "not the id of a jurisdiction",
    );
    expect_fault(
        "jurisdictions.toml",
        "id = \"scotland\"",
        "within = \"uk\"",
        "within = \"ukk\"",
        "not the id of a jurisdiction",
    );
}

#[test]
fn a_fact_without_its_mark_or_its_source_is_refused() {
    expect_fault("devices.toml", "depth_max_um", ", mark = \"seen\"", "", "this field is missing");
    expect_fault("devices.toml", "depth_max_um", "[\"R9\"]", "[]", "marked as seen");
    expect_fault("adverse_events.toml", "id = \"pih\"", "\"E20\"", "\"E2O\"", "not the id of a source");
    expect_fault("treatments.toml", "effect = 3.4", "ci_low = 0.2", "ci_low = 4.2", "does not hold the effect");
}

#[test]
fn every_id_of_every_table_has_its_explanation() {
    let knowledge = built_in();
    for id in knowledge.ids() {
        let page = knowledge.explain(id).unwrap_or_else(|| panic!("{id}"));
        assert!(!page.title.is_empty(), "{id}");
    }
}
