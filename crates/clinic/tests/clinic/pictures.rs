//! Pictures: taken only with consent, each file on its own, and not shown once consent was taken back.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use resurface_care::chart::{Body, ConsentWithdrawn, Purpose, View};
use resurface_ledger::identity::PatientId;

use crate::builder::{AClinic, Browser, Reply, TODAY};
use crate::consulted::{add, chart, consulted, sheet};

const FACE: &[u8] = include_bytes!("face.png");

fn send(browser: &Browser<'_>, patient: PatientId, files: &[(&str, &[u8])]) -> Reply {
    let path = format!("/charts/{patient}/pictures");
    let [entry, seen] = sheet(browser, &path);
    let seal = browser.seal();
    let mut parts: Vec<(&str, Option<&str>, &[u8])> = vec![
        ("_form", None, seal.as_bytes()),
        (entry.0, None, entry.1.as_bytes()),
        (seen.0, None, seen.1.as_bytes()),
        ("on", None, b"2026-11-20"),
        ("note", None, b""),
    ];
    parts.extend(files.iter().map(|(view, bytes)| (*view, Some("face.png"), *bytes)));
    browser.post_parts(&path, &parts)
}

#[test]
fn every_file_is_taken_in_on_its_own() {
    // given three files, one of which is no picture, and a place that was left empty
    let clinic = AClinic::founded("every_file_is_taken_in_on_its_own");
    let patient = consulted(&clinic);
    let browser = clinic.browser_of("abe");
    let sent =
        send(&browser, patient, &[("front", FACE), ("left_oblique", b"no picture"), ("close_up", FACE), ("right_profile", b"")]);
    // then the two that are pictures are kept, and the other is named
    assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(sent.text.contains("Left oblique (face.png) was not taken in"), "{}", sent.text);
    let held = chart(&clinic, patient).pictures;
    let views: Vec<View> = held.iter().map(|(_, taken)| taken.view).collect();
    assert_eq!(views, [View::Front, View::CloseUp]);
    assert_eq!(held[0].1.on, TODAY);
    // and a small picture is sent to nobody's cache
    let thumbnail = browser.get(&format!("/charts/{patient}/pictures/{}/thumbnail", held[0].0));
    assert_eq!((thumbnail.status, thumbnail.header("cache-control")), (StatusCode::OK, "no-store"));
    assert!(thumbnail.header("content-type").starts_with("image/"));
}

#[test]
fn a_file_before_the_seal_of_the_form_is_not_read() {
    let clinic = AClinic::founded("a_file_before_the_seal_of_the_form_is_not_read");
    let patient = consulted(&clinic);
    let browser = clinic.browser_of("abe");
    let seal = browser.seal();
    let path = format!("/charts/{patient}/pictures");
    let sent = browser.post_parts(&path, &[("front", Some("face.png"), FACE), ("_form", None, seal.as_bytes())]);
    assert_eq!(sent.status, StatusCode::FORBIDDEN);
    assert!(chart(&clinic, patient).pictures.is_empty());
}

#[test]
fn more_than_is_taken_in_at_a_time_is_refused_with_what_to_do() {
    let clinic = AClinic::founded("more_than_is_taken_in_at_a_time");
    let patient = consulted(&clinic);
    let large = vec![0; 65_000_000];
    let sent = send(&clinic.browser_of("abe"), patient, &[("front", &large)]);
    assert_eq!(sent.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(sent.text.contains("export them smaller"));
}

#[test]
fn consent_that_is_taken_back_hides_the_pictures_at_once() {
    // given a picture
    let clinic = AClinic::founded("consent_that_is_taken_back_hides_the_pictures_at_once");
    let patient = consulted(&clinic);
    let browser = clinic.browser_of("ada");
    assert_eq!(send(&browser, patient, &[("front", FACE)]).status, StatusCode::SEE_OTHER);
    let picture = format!("/charts/{patient}/pictures/{}/display", chart(&clinic, patient).pictures[0].0);
    assert_eq!(browser.get(&picture).status, StatusCode::OK);
    // when consent to pictures is taken back
    let purposes = BTreeSet::from([Purpose::PicturesForCare]);
    add(&clinic, patient, vec![Body::ConsentWithdrawn(ConsentWithdrawn { on: TODAY, purposes, reason: None })]);
    // then no page shows it, and each says why
    assert_ne!(browser.get(&picture).status, StatusCode::OK);
    for page in ["", "/pictures", "/pictures/compare"] {
        let shown = browser.get(&format!("/charts/{patient}{page}")).text;
        assert!(!shown.contains("/thumbnail") && !shown.contains("/display"), "{page}");
        assert!(shown.contains("taken back on 20 November 2026"), "{page}");
    }
    // and none is taken
    let sent = send_without_form(&browser, patient);
    assert_eq!((sent.status, chart(&clinic, patient).pictures.len()), (StatusCode::UNPROCESSABLE_ENTITY, 1));
}

/// Sends a picture with a form that is no longer offered.
fn send_without_form(browser: &Browser<'_>, patient: PatientId) -> Reply {
    let (path, seal) = (format!("/charts/{patient}/pictures"), browser.seal());
    let entry = ("_entry", None, "01234567-0000-7000-8000-000000000000".as_bytes());
    browser.post_parts(
        &path,
        &[
            ("_form", None, seal.as_bytes()),
            entry,
            ("_seen", None, b"9"),
            ("on", None, b"2026-11-20"),
            ("front", Some("face.png"), FACE),
        ],
    )
}
