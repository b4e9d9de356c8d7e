//! Charts of a demonstration: whole, dated as they are told, and never among charts of people.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::ToSpan as _;
use jiff::civil::date;
use resurface_care::chart::{Body, EntryId, Registered, View};
use resurface_ledger::access::Actor;
use resurface_ledger::clinic::{Charts, Check, Clinic, Depth, Exported, LedgerError, Pictures, Proof, import};
use resurface_ledger::entry::Author;
use resurface_ledger::identity::{LinkId, LinkPurpose, PatientId, PatientLink, Token, UserId};
use uuid::Uuid;

use crate::house::{
    Around, PASSWORD, a_message, a_person, a_picture, an_empty_clinic, export, files_in, key, place, silent, with_a_lead,
};

const CHECK: Check = Check { depth: Depth::Facts, pictures: Pictures::Open, noted: None };
const THEN: Timestamp = Timestamp::constant(1_700_000_000, 0);

fn patient() -> PatientId {
    PatientId::new([5; 16])
}

fn registered() -> Body {
    Body::Registered(Registered { synthetic: true, ..a_person("S-1", "Nobody At All") })
}

fn dated(bodies: Vec<Body>) -> Vec<(EntryId, Author, Timestamp, Body)> {
    let entry = |(at, body)| {
        let at = u32::try_from(at).unwrap();
        (EntryId(Uuid::from_u128(1000 + u128::from(at))), Author::Program, THEN + i64::from(at).hours(), body)
    };
    bodies.into_iter().enumerate().map(entry).collect()
}

fn exported(clinic: &Clinic, place: &Path) -> Result<Exported, LedgerError> {
    let token = with_a_lead(clinic);
    clinic.step_up(&token, Proof { password: PASSWORD, code: None })?;
    export(clinic, &token, &place.join("export"))
}

fn a_loaded_clinic(name: &str) -> (PathBuf, Clinic) {
    let place = place(name);
    let (_, clinic) = an_empty_clinic(&place, Charts::Synthetic);
    let taken = clinic.load_picture(&a_picture(120), date(2023, 11, 14), View::Front).unwrap();
    clinic.load(patient(), dated(vec![registered(), a_message("hello"), Body::PictureTaken(taken)])).unwrap();
    (place, clinic)
}

#[test]
fn a_loaded_chart_has_the_ids_and_the_times_that_it_was_given_and_goes_out_and_in_again() {
    let (place, clinic) = a_loaded_clinic("loaded");
    let exported = exported(&clinic, &place).unwrap();
    assert_eq!((exported.counts.charts, exported.counts.entries, exported.counts.pictures), (1, 3, 3));
    assert!(exported.faults.is_empty());
    let files = files_in(&place.join("export"));
    let chart = String::from_utf8(files[&format!("charts/{}.json", patient())].clone()).unwrap();
    assert!(chart.contains("\"at\": \"2023-11-15T00:13:20.000000Z\""), "{chart}");
    let log = String::from_utf8(files["access_log.jsonl"].clone()).unwrap();
    assert_eq!(log.matches("\"operation\":\"import\"").count(), 1);

    let again = import(&place.join("export"), &place.join("again"), &key(), Around::seeded(3), &mut silent()).unwrap();
    assert_eq!(again.charts(), Charts::Synthetic);
}

#[test]
fn what_a_patient_wrote_in_a_demonstration_names_a_link_that_is_there() {
    let demonstration = place("loaded-link");
    let (_, clinic) = an_empty_clinic(&demonstration, Charts::Synthetic);
    let (id, token) = (LinkId::new(THEN, [1; 10]), Token::new([2; 32]));
    let link = PatientLink::new(id, &token, patient(), LinkPurpose::Intake, UserId::new(THEN, [3; 10]), THEN, 1).unwrap();
    let mut entries = dated(vec![registered(), a_message("hello")]);
    entries[1].1 = Author::Link(id);
    clinic.load_links(std::slice::from_ref(&link)).unwrap();
    clinic.load(patient(), entries).unwrap();
    let found = clinic.desk(Actor::at_the_console()).verify(&CHECK, &mut |_| {}).unwrap();
    assert!(found.faults.is_empty(), "{:?}", found.faults);
    let (_, people) = an_empty_clinic(&place("links-of-people"), Charts::Real);
    assert!(matches!(people.load_links(&[link]), Err(LedgerError::Mixed("real"))));
}

#[test]
fn a_chart_is_loaded_once_and_whole_or_not_at_all() {
    let (place, clinic) = a_loaded_clinic("loaded-once");
    let again = clinic.load(patient(), dated(vec![registered()]));
    assert!(matches!(again, Err(LedgerError::IdReused)), "{again:?}");
    let elsewhere = PatientId::new([6; 16]);
    let no_start = clinic.load(elsewhere, dated(vec![a_message("hello")]));
    let backwards = clinic.load(elsewhere, dated(vec![registered(), a_message("hello")]).into_iter().rev().collect());
    let mut two = dated(vec![registered(), a_message("hello")]);
    two[1].2 = THEN - 1.hours();
    let dated_before = clinic.load(elsewhere, two);
    for refused in [no_start, backwards, dated_before, clinic.load(elsewhere, Vec::new())] {
        assert!(matches!(refused, Err(LedgerError::DoesNotFit(_))), "{refused:?}");
    }
    assert_eq!(exported(&clinic, &place).unwrap().counts.charts, 1);
}

#[test]
fn nothing_is_loaded_among_charts_of_people_and_nobody_real_into_a_demonstration() {
    let people = place("load-real");
    let (_, clinic) = an_empty_clinic(&people, Charts::Real);
    assert!(matches!(clinic.load(patient(), dated(vec![registered()])), Err(LedgerError::Mixed("real"))));
    assert!(matches!(clinic.load_picture(&a_picture(1), date(2023, 1, 1), View::Front), Err(LedgerError::Mixed("real"))));
    let demonstration = place("load-synthetic");
    let (_, clinic) = an_empty_clinic(&demonstration, Charts::Synthetic);
    let somebody = Body::Registered(a_person("1", "Somebody Real"));
    assert!(matches!(clinic.load(patient(), dated(vec![somebody])), Err(LedgerError::Mixed("synthetic"))));
}
