//! Measuring: two visits to numbers, of which a practitioner accepts some, and nothing before that is in the chart.

use std::collections::BTreeSet;
use std::time::Duration;

use axum::http::StatusCode;
use jiff::civil::{Date, date};
use resurface_care::chart::{Body, ChangeVerdict, ConsentWithdrawn, EntryId, Measured, Purpose};
use resurface_care::consultation::{OutcomeScale, Rater};
use resurface_ledger::identity::PatientId;
use resurface_measure::phantom::{Base, Capture, Count, Skin};
use serde_json::{Value, json};

use crate::builder::{AClinic, Browser, Reply, TODAY};
use crate::consulted::{add, chart, consulted, sheet};
use crate::photographed::photograph;

/// Two months before.
const EARLIER: Date = date(2026, 9, 20);

/// Two scans of one cheek as PLY in millimetres: later every scar is half as deep.
pub(crate) fn two_scans() -> [Vec<u8>; 2] {
    let before = Skin::scarred(7, Base::Face, [40.0, 50.0], &Count { ice_picks: 0, boxcars: 3, rolling: 3 }).unwrap();
    let after = before.treated(|pit| 0.5 * pit.depth_mm);
    let capture = Capture { spacing_mm: 0.6, white_noise_mm: 0.005, seed: 1, ..Capture::default() };
    [capture.of(&before).unwrap(), Capture { seed: 2, ..capture }.of(&after).unwrap()].map(|phantom| ply(&phantom.mesh))
}

fn ply(mesh: &resurface_measure::scan::Mesh) -> Vec<u8> {
    let mut text = format!(
        "ply\nformat ascii 1.0\ncomment units: mm\nelement vertex {}\nproperty float x\nproperty float y\nproperty float z\n\
         element face {}\nproperty list uchar int vertex_indices\nend_header\n",
        mesh.vertices.len(),
        mesh.triangles.len()
    );
    mesh.vertices.iter().for_each(|[x, y, z]| text += &format!("{x:.5} {y:.5} {z:.5}\n"));
    mesh.triangles.iter().for_each(|[a, b, c]| text += &format!("3 {a} {b} {c}\n"));
    text.into_bytes()
}

fn send_scan(browser: &Browser<'_>, patient: PatientId, on: Date, bytes: &[u8]) -> Reply {
    let [entry, seen] = sheet(browser, &format!("/charts/{patient}/pictures"));
    let (seal, on) = (browser.seal(), on.to_string());
    let parts: Vec<(&str, Option<&str>, &[u8])> = vec![
        ("_form", None, seal.as_bytes()),
        (entry.0, None, entry.1.as_bytes()),
        (seen.0, None, seen.1.as_bytes()),
        ("scan", Some("cheek.ply"), bytes),
        ("scan_on", None, on.as_bytes()),
        ("instrument", None, b"structured_light"),
        ("scan_note", None, b"left cheek"),
    ];
    browser.post_parts(&format!("/charts/{patient}/scans"), &parts)
}

/// Both scans in the chart, and their entries.
fn scanned(clinic: &AClinic, browser: &Browser<'_>, patient: PatientId) -> [EntryId; 2] {
    for (on, scan) in [EARLIER, TODAY].into_iter().zip(two_scans()) {
        let sent = send_scan(browser, patient, on, &scan);
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    }
    let held = chart(clinic, patient).scans;
    [held[0].0, held[1].0]
}

/// Begins to measure, and where the result is.
fn begun(browser: &Browser<'_>, patient: PatientId, what: &str, [before, after]: [EntryId; 2]) -> String {
    let (before, after) = (before.to_string(), after.to_string());
    let sent = browser.post(&format!("/charts/{patient}/measure/{what}"), &[("before", &before), ("after", &after)]);
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    sent.header("location").to_owned()
}

/// The page of a result, once it is there; it asks again by itself until then.
fn result(clinic: &AClinic, browser: &Browser<'_>, at: &str) -> Reply {
    for _ in 0..600 {
        let page = browser.get(at);
        assert_eq!(page.status, StatusCode::OK, "{}", page.text);
        if page.headers.get("refresh").is_none() {
            return page;
        }
        clinic.surroundings.pass_seconds(2);
        std::thread::sleep(Duration::from_millis(200));
    }
    panic!("it was not measured in two minutes");
}

fn accept(browser: &Browser<'_>, at: &str, scales: &[&str]) -> Reply {
    let [entry, seen] = sheet(browser, at);
    let mut fields = vec![(entry.0, &*entry.1), (seen.0, &*seen.1)];
    fields.extend(scales.iter().map(|scale| ("accept", *scale)));
    browser.post(at, &fields)
}

/// What an instrument measured, as the chart holds it.
fn measured(clinic: &AClinic, patient: PatientId) -> Vec<Measured> {
    let entries = clinic.with_desk("ada", |desk| desk.open_chart(patient).unwrap().entries);
    let of = |body: &Body| match body {
        Body::Measured(measured) if measured.outcome.rater == Rater::Instrument => Some(measured.clone()),
        _ => None,
    };
    entries.iter().filter_map(|entry| of(&entry.body)).collect()
}

#[test]
fn nothing_is_written_before_a_practitioner_accepts_it_and_then_with_its_method_and_its_error() {
    // given two scans of a cheek whose scars are half as deep later
    let clinic = AClinic::founded("nothing_is_written_before_a_practitioner_accepts");
    let patient = consulted(&clinic);
    let browser = clinic.browser_of("ada");
    let at = begun(&browser, patient, "scans", scanned(&clinic, &browser, patient));
    let page = result(&clinic, &browser, &at);
    // then the numbers, the scars and the maps are shown, and the chart holds none of it
    for shown in ["Scar volume", "Larger than the error", "Scar by scar", "/maps/2", "Boxcar"] {
        assert!(page.text.contains(shown), "{shown}: {}", page.text);
    }
    assert_eq!(measured(&clinic, patient), []);
    let map = browser.get(&format!("{at}/maps/2"));
    assert!(map.header("content-type") == "image/png" && map.bytes.starts_with(b"\x89PNG"));
    assert_eq!(browser.get(&format!("{at}/surfaces/1")).status, StatusCode::OK);
    // when nothing is ticked, nothing is accepted
    let none = accept(&browser, &at, &[]);
    assert_eq!((none.status, measured(&clinic, patient).len()), (StatusCode::UNPROCESSABLE_ENTITY, 0));
    // when the volume alone is accepted
    assert_eq!(accept(&browser, &at, &["scar_volume_mm3"]).status, StatusCode::SEE_OTHER);
    // then it stands there for both days, and nothing else does
    let held = measured(&clinic, patient);
    let days: Vec<(Date, OutcomeScale)> = held.iter().map(|held| (held.outcome.date, held.outcome.scale)).collect();
    assert_eq!(days, [(EARLIER, OutcomeScale::ScarVolumeMm3), (TODAY, OutcomeScale::ScarVolumeMm3)]);
    assert!(held[1].outcome.value < 0.75 * held[0].outcome.value, "{held:?}");
    for held in &held {
        assert!(held.outcome.error_sd.unwrap() > 0.0 && held.smallest_change.unwrap() > 0.0);
        assert_eq!(held.method.as_deref(), Some("resurface.scars 1"));
    }
    let change = held[1].change.unwrap();
    assert_eq!((held[0].change, change.since, change.verdict), (None, EARLIER, ChangeVerdict::LargerThanTheError));
    // and the same numbers of the same days are not written twice
    let again = accept(&browser, &at, &["scar_volume_mm3"]);
    assert_eq!((again.status, measured(&clinic, patient).len()), (StatusCode::UNPROCESSABLE_ENTITY, 2));
}

#[test]
fn two_photographs_are_compared_and_redness_is_accepted() {
    let clinic = AClinic::founded("two_photographs_are_compared");
    let patient = consulted(&clinic);
    let browser = clinic.browser_of("ada");
    let take = |on: Date, jpeg: &[u8]| {
        clinic.with_desk("ada", |desk| {
            let open = desk.open_to_write(patient, resurface_ledger::access::Operation::TakePicture).unwrap();
            let view = resurface_care::chart::View::Front;
            desk.take_picture(open, desk.entry_id(), jpeg, on, view, None).unwrap();
        });
    };
    take(EARLIER, &photograph(1, 1.0));
    take(TODAY, &photograph(2, 0.3));
    let compare = browser.get(&format!("/charts/{patient}/pictures/compare"));
    assert!(compare.text.contains("Measure the change"));
    let pictures = chart(&clinic, patient).pictures;
    let at = begun(&browser, patient, "pictures", [pictures[0].0, pictures[1].0]);
    let page = result(&clinic, &browser, &at);
    for shown in ["Redness, scars minus skin", "lies on the earlier one to within", "Change of redness"] {
        assert!(page.text.contains(shown), "{shown}: {}", page.text);
    }
    assert_eq!(accept(&browser, &at, &["redness_difference"]).status, StatusCode::SEE_OTHER);
    let held = measured(&clinic, patient);
    assert_eq!(held.len(), 2);
    assert!(held[1].outcome.value < 0.7 * held[0].outcome.value, "{held:?}");
}

#[test]
fn what_cannot_be_measured_is_refused_with_what_to_do() {
    // given two pictures of a few pixels
    let clinic = AClinic::founded("what_cannot_be_measured_is_refused");
    let patient = consulted(&clinic);
    let browser = clinic.browser_of("ada");
    for on in [EARLIER, TODAY] {
        clinic.with_desk("ada", |desk| {
            let open = desk.open_to_write(patient, resurface_ledger::access::Operation::TakePicture).unwrap();
            let view = resurface_care::chart::View::Front;
            desk.take_picture(open, desk.entry_id(), include_bytes!("face.png"), on, view, None).unwrap();
        });
    }
    let pictures = chart(&clinic, patient).pictures;
    let at = begun(&browser, patient, "pictures", [pictures[0].0, pictures[1].0]);
    let page = result(&clinic, &browser, &at);
    assert!(page.text.contains("Nothing was measured"), "{}", page.text);
    assert_eq!(accept_without_form(&browser, &at).status, StatusCode::NOT_FOUND);
    // and a file that is no scan is named as none
    let sent = send_scan(&browser, patient, TODAY, b"no scan");
    assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(sent.text.contains("this is no scan in a format that is read here"), "{}", sent.text);
    // and a unit that the file does not say is asked
    let [scan, _] = two_scans();
    let silent = String::from_utf8(scan).unwrap().replace("comment units: mm\n", "");
    let sent = send_scan(&browser, patient, TODAY, silent.as_bytes());
    assert!(sent.text.contains("does not say its unit"), "{}", sent.text);
    assert!(chart(&clinic, patient).scans.is_empty());
}

fn accept_without_form(browser: &Browser<'_>, at: &str) -> Reply {
    browser.post(at, &[("_entry", "01234567-0000-7000-8000-000000000000"), ("_seen", "9"), ("accept", "scar_count")])
}

#[test]
fn consent_that_is_taken_back_hides_scans_and_what_was_measured_at_once() {
    let clinic = AClinic::founded("consent_hides_scans_at_once");
    let patient = consulted(&clinic);
    let browser = clinic.browser_of("ada");
    let scans = scanned(&clinic, &browser, patient);
    let at = begun(&browser, patient, "scans", scans);
    result(&clinic, &browser, &at);
    let scan = format!("/charts/{patient}/scans/{}", scans[0]);
    assert_eq!(browser.get(&scan).status, StatusCode::OK);
    let purposes = BTreeSet::from([Purpose::PicturesForCare]);
    add(&clinic, patient, vec![Body::ConsentWithdrawn(ConsentWithdrawn { on: TODAY, purposes, reason: None })]);
    for path in [scan, at.clone(), format!("{at}/maps/0"), format!("{at}/surfaces/0")] {
        assert!(browser.get(&path).status.is_client_error(), "{path}");
    }
    assert!(accept_without_form(&browser, &at).status.is_client_error());
    assert!(!browser.get(&format!("/charts/{patient}/pictures")).text.contains("/scans/"));
}

#[test]
fn a_clinic_that_switched_measuring_off_offers_none_and_keeps_what_was_accepted() {
    let clinic = AClinic::founded("a_clinic_that_switched_measuring_off");
    let patient = consulted(&clinic);
    let browser = clinic.browser_of("ada");
    let scans = scanned(&clinic, &browser, patient);
    let at = begun(&browser, patient, "scans", scans);
    result(&clinic, &browser, &at);
    assert_eq!(accept(&browser, &at, &["scar_volume_mm3"]).status, StatusCode::SEE_OTHER);
    let lead = clinic.browser_of("lea");
    let off = lead.post("/settings/measuring", &[("value", "off"), ("reason", "not wanted here")]);
    assert_eq!(off.status, StatusCode::SEE_OTHER, "{}", off.text);
    let page = browser.get(&format!("/charts/{patient}/pictures"));
    assert!(!page.text.contains("Measure the change") && !page.text.contains("Take a scan in"));
    assert_eq!(browser.get(&at).status, StatusCode::NOT_FOUND);
    let (before, after) = (scans[0].to_string(), scans[1].to_string());
    let sent = browser.post(&format!("/charts/{patient}/measure/scans"), &[("before", &before), ("after", &after)]);
    assert_eq!(sent.status, StatusCode::NOT_FOUND);
    assert_eq!(measured(&clinic, patient).len(), 2);
}

/// What a program reads of a measurement, once it is done.
pub(crate) fn measured_by_program(clinic: &AClinic, get: impl Fn() -> Value) -> Value {
    for _ in 0..600 {
        let said = get();
        if said["state"] != json!("busy") {
            return said;
        }
        clinic.surroundings.pass_seconds(2);
        std::thread::sleep(Duration::from_millis(200));
    }
    panic!("it was not measured in two minutes");
}
