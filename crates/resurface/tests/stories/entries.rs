//! Entry files: one thing that happened or was said, and what becomes of the chart with it.

use serde_json::Value;

use crate::a_clinic::AClinic;
use crate::forms::{plain, validate};
use crate::program::resurface;
use crate::visits::Visits;

/// An entry of every kind that needs no other.
const ENTRIES: &[(&str, &str)] = &[
    ("consented", "on = 2026-11-20\npurposes = ['treatment', 'pictures_for_care']\ndocument = 'consent 3'\n"),
    ("consent_withdrawn", "on = 2026-11-21\npurposes = ['pictures_for_care']\n"),
    ("message", "on = 2026-11-21\nfrom = 'patient'\ntext = 'may I shave?'\n"),
    ("measured", "on = 2026-11-20\nscale = 'ecca'\nvalue = 120\nrater = 'blinded'\nmethod = 'ecca-net 2'\nerror_sd = 8.5\n"),
    ("adverse_event", "on = 2026-11-22\nseverity = 'mild'\nreported_by = 'patient'\ntext = 'it itches'\n"),
];

fn entry(kind: &str, fields: &str) -> String {
    format!("schema = 'resurface.entry/1'\nkind = '{kind}'\n{fields}")
}

fn a_clinic_with_a_chart(name: &str) -> AClinic {
    let clinic = AClinic::founded(name);
    let file = Visits::of_example("consultation.toml").write(&clinic.folder, "visit.json");
    clinic.open_chart(&file, "Etta Entry");
    clinic.page(&["chart", "add", "A-1042", &file, "--adopt"]);
    clinic
}

#[test]
fn an_entry_of_every_kind_is_added_once_however_often_its_file_comes() {
    let clinic = a_clinic_with_a_chart("entries");
    let count = || clinic.json(&["chart", "show", "A-1042"])["entries"].as_u64().unwrap();
    for (kind, fields) in ENTRIES {
        let before = count();
        let file = format!("{kind}.toml");
        clinic.write(&file, &entry(kind, fields));
        let added = clinic.json(&["chart", "add", "A-1042", &file]);
        assert_eq!(added["files"][0]["entries"][0]["kind"], *kind);
        let again = clinic.json(&["chart", "add", "A-1042", &file]);
        assert_eq!((again["files"][0]["entries"].clone(), count()), (serde_json::json!([]), before + 1), "{kind}");
    }
    // what was noticed is followed up, and the pathway goes on
    let next = || clinic.json(&["chart", "next", "A-1042", "--today", "2026-11-25"])["step"].clone();
    assert_eq!(next(), "see_to_event");
    let event = clinic.json(&["chart", "show", "A-1042"])["events"][0]["entry"].as_str().unwrap().to_owned();
    let followed = format!("on = 2026-11-24\nevent = '{event}'\nresolved = true\ntext = 'gone'\n");
    clinic.page(&["chart", "add", "A-1042", clinic.write("followed.toml", &entry("adverse_event_followed", &followed))]);
    assert_eq!(next(), "session");
    let page = clinic.page(&["chart", "show", "A-1042"]);
    assert!(page.contains("2026-11-22, over: not judged yet (mild)"), "{page}");
    assert!(page.contains("treatment, since 2026-11-20") && !page.contains("pictures for the chart"), "{page}");
}

#[test]
fn what_is_amended_stays_in_the_timeline_struck_out_or_corrected_with_its_reason() {
    let clinic = a_clinic_with_a_chart("amended");
    for at in [0, 3] {
        let (kind, fields) = ENTRIES[at];
        clinic.page(&["chart", "add", "A-1042", clinic.write("entry.toml", &entry(kind, fields))]);
    }
    let timeline = || clinic.json(&["chart", "timeline", "A-1042"]);
    let id = |kind: &str| {
        let timeline = timeline();
        let entry = timeline["entries"].as_array().unwrap().iter().find(|entry| entry["kind"] == kind).unwrap().clone();
        entry["id"].as_str().unwrap().to_owned()
    };
    let struck = format!("on = 2026-11-23\nentry = '{}'\nreason = 'of another patient'\n", id("consented"));
    clinic.page(&["chart", "add", "A-1042", clinic.write("struck.toml", &entry("amended", &struck))]);
    let corrected = format!(
        "on = 2026-11-23\nentry = '{}'\nreason = 'a slip of the pen'\n\
         [becomes]\nkind = 'measured'\non = 2026-11-20\nscale = 'ecca'\nvalue = 102\nrater = 'blinded'\n",
        id("measured")
    );
    clinic.page(&["chart", "add", "A-1042", clinic.write("corrected.toml", &entry("amended", &corrected))]);
    let chart = clinic.json(&["chart", "show", "A-1042"]);
    assert_eq!((chart["outcomes"][0]["value"].as_f64(), chart["consents"].clone()), (Some(102.0), serde_json::json!([])));
    let page = clinic.page(&["chart", "timeline", "A-1042"]);
    assert!(page.contains("STRUCK OUT on 2026-11-23: of another patient\n    it said: consent to treatment"), "{page}");
    assert!(page.contains("CORRECTED on 2026-11-23: a slip of the pen\n    it said: ECCA 120, rater blinded"), "{page}");
    assert!(page.contains("by Dr Ada Example"), "{page}");
    // neither an entry that is not there nor one of another kind is amended
    for (fields, says) in [
        (
            struck.replace(&id("consented"), "11111111-1111-8111-8111-111111111111"),
            "this amends an entry that is not in the chart",
        ),
        (corrected.replace(&id("measured"), &id("intake")), "an entry is amended by one of its own kind"),
    ] {
        let said = clinic.refused(&["chart", "add", "A-1042", clinic.write("wrong.toml", &entry("amended", &fields))], 2);
        assert!(said.contains(says), "{said}");
    }
}

#[test]
fn every_fault_of_an_entry_has_its_line_its_field_and_what_is_allowed() {
    let clinic = a_clinic_with_a_chart("entry_faults");
    let refused = |text: &str| clinic.refused(&["chart", "add", "A-1042", clinic.write("wrong.toml", text)], 2);
    let said = refused(&entry("adverse_evnt", "on = 2026-11-22\n"));
    assert!(
        said.contains("wrong.toml:2: kind: \"adverse_evnt\" is not one of the words\n    allowed: one of adverse_event, "),
        "{said}"
    );
    let said = refused(&entry("adverse_event", "on = 2026-02-30\nevent = 'plague'\nseverty = 'mild'\nreported_by = 'patient'\n"));
    for fault in [
        "wrong.toml:3: on: ",
        "wrong.toml:4: event: ",
        "wrong.toml:5: severty: ",
        "severity: this field is missing",
        "text: this field",
    ] {
        assert!(said.contains(fault), "{fault}: {said}");
    }
    let said = refused(&entry(
        "amended",
        "on = 2026-11-22\nentry = '12'\nreason = 'x'\n[becomes]\nkind = 'measured'\non = 2026-11-20\nscale = 'ecca'\nvalue = 541\nrater = 'open'\n",
    ));
    assert!(said.contains("wrong.toml:4: entry: this is not the id of an entry"), "{said}");
    assert!(said.contains("wrong.toml:10: becomes.value: 541 is not a value of ecca"), "{said}");
    let said = refused(&entry("amended", "on = 2026-11-22\nentry = '12'\nreason = 'x'\n[becomes]\nkind = 'screened'\nfoo = 1\n"));
    assert!(said.contains("wrong.toml:7: becomes.kind: ") && !said.contains("foo"), "{said}");
    assert!(said.ends_with("hint: `resurface schema entry` prints every field and what it may hold\n"), "{said}");
}

#[test]
fn every_entry_is_valid_under_the_published_schema() {
    let schema: Value = serde_json::from_str(&resurface(&["schema", "entry"]).stdout).unwrap();
    let faults = |text: &str| {
        let mut faults = Vec::new();
        validate(&schema, &plain(toml::from_str::<toml::Value>(text).unwrap()), "", &mut faults);
        faults
    };
    for (kind, fields) in ENTRIES {
        assert!(faults(&entry(kind, fields)).is_empty(), "{kind}");
    }
    let amended = "on = 2026-11-23\nentry = '11111111-1111-8111-8111-111111111111'\nreason = 'a slip'\n[becomes]\nkind = 'message'\n\
                   on = 2026-11-20\nfrom = 'clinic'\ntext = 'hello'\n";
    assert!(faults(&entry("amended", amended)).is_empty());
    assert!(!faults(&entry("amended", &amended.replace("from = 'clinic'", "from = 'the cat'"))).is_empty());
    assert!(!faults(&entry("telepathy", "on = 2026-11-20\n")).is_empty());
}
