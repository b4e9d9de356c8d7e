//! A treatment day: what is asked again, what refuses, and that a session is recorded only on a gate that permits.

use axum::http::StatusCode;
use jiff::civil::date;
use resurface_care::chart::{AdverseEventNoticed, Body, ReportedBy, Severity};
use resurface_care::consultation::Answer;
use resurface_care::gate::Permit;
use resurface_ledger::identity::PatientId;

use crate::builder::{AClinic, Browser, Reply};
use crate::consulted::{A_DAY, add, chart, consulted, fill_in, sheet};

/// The day of the treatment, a week after the consultation.
const DAY: jiff::civil::Date = date(2026, 11, 27);

/// A clinic with a patient whose treatment day is today.
fn on_the_day(story: &str) -> (AClinic, PatientId) {
    let clinic = AClinic::founded(story);
    let patient = consulted(&clinic);
    clinic.surroundings.pass_seconds(7 * A_DAY);
    (clinic, patient)
}

fn page(patient: PatientId, page: &str) -> String {
    format!("/charts/{patient}/{page}")
}

/// Every question that is asked anew, by the names of its fields.
fn asked(browser: &Browser<'_>, patient: PatientId) -> Vec<String> {
    let form = browser.get(&page(patient, "treatment?again=1")).text;
    let names = form.split("type=\"radio\" name=\"").skip(1).map(|part| part.split('"').next().unwrap().to_owned());
    let mut names: Vec<String> = names.filter(|name| name.starts_with("findings.") || name.starts_with("patient.")).collect();
    names.dedup();
    assert!(names.len() > 30, "{names:?}");
    names
}

/// Sends the form of the day: nothing is found, all is prepared as it should be, but for these fields.
fn gate(browser: &Browser<'_>, patient: PatientId, otherwise: &[(&str, &str)]) -> Reply {
    let asked = asked(browser, patient);
    let mut fields: Vec<(&str, &str)> = asked.iter().map(|name| (name.as_str(), "no")).collect();
    fields.extend([
        ("_carried[]", "yes"),
        ("_operator", "Dr ada"),
        ("lesions.iga:n", "1"),
        ("lesions.pustules_or_nodules", "no"),
        ("day.cartridge.lot", "A12"),
        ("day.cartridge.expires", "2027-11-30"),
        ("day.cartridge.sterile_pack_intact", "yes"),
        ("day.cartridge.used_before", "no"),
        ("day.zones.0.zone:id", "cheek_left"),
        ("day.zones.0.depth_um:n", "1000"),
        ("day.zones.1.zone:id", "chin"),
        ("day.zones.1.depth_um:n", ""),
        ("day.anaesthetic.product", "none"),
        ("day.anaesthetic.occluded", "unknown"),
    ]);
    fields.retain(|(name, _)| otherwise.iter().all(|(other, _)| other != name));
    fields.extend(otherwise);
    fill_in(browser, &page(patient, "treatment?again=1"), &fields)
}

fn permit(clinic: &AClinic, patient: PatientId) -> Permit {
    chart(clinic, patient).gates.last().unwrap().1.answer.permit
}

#[test]
fn a_day_that_is_permitted_ends_in_a_session() {
    // given a day on which nothing speaks against it
    let (clinic, patient) = on_the_day("a_day_that_is_permitted_ends_in_a_session");
    let browser = clinic.browser_of("ada");
    // when the gate is asked
    let cream =
        [("day.anaesthetic.product", "lidocaine_4"), ("day.anaesthetic.amount_g:n", "10"), ("day.anaesthetic.area_cm2:n", "100")];
    let how = [("day.anaesthetic.contact_minutes:n", "30"), ("day.anaesthetic.occluded", "no")];
    let sent = gate(&browser, patient, &[&cream[..], &how[..]].concat());
    // then everything that it rests on is of that day, and the session is offered
    assert_eq!((sent.status, sent.header("location")), (StatusCode::SEE_OTHER, &*page(patient, "treatment")), "{}", sent.text);
    let held = chart(&clinic, patient);
    assert_eq!(
        [held.intake.as_ref().unwrap().on, held.examined.as_ref().unwrap().on, held.screened.as_ref().unwrap().on],
        [DAY; 3]
    );
    assert_ne!(permit(&clinic, patient), Permit::Refused);
    assert!(browser.get(&page(patient, "treatment")).text.contains(&page(patient, "session")));
    // and the session, sent twice, is in the chart once, with the gate and the cartridge that it rests on, and with what was used
    let path = page(patient, "session");
    let [entry, seen] = sheet(&browser, &path);
    let zone = "sessions.0.zones.0.";
    let fields = [
        (entry.0.to_owned(), entry.1),
        (seen.0.to_owned(), seen.1),
        (format!("{zone}zone:id"), "cheek_left".to_owned()),
        (format!("{zone}depth_um:n"), "750".to_owned()),
        (format!("{zone}passes:n"), "4".to_owned()),
        (format!("{zone}endpoint"), "pinpoint_bleeding".to_owned()),
        ("sessions.0.anaesthetic.product:id".to_owned(), "lidocaine_4".to_owned()),
        ("sessions.0.anaesthetic.amount_g:n".to_owned(), "7,5".to_owned()),
        ("sessions.0.products.1.name".to_owned(), "Hyaluronic acid gel".to_owned()),
        ("sessions.0.products.1.lot".to_owned(), "gel 7".to_owned()),
        ("sessions.0.note".to_owned(), "calm throughout".to_owned()),
    ];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    for _ in 0..2 {
        let sent = browser.post(&path, &fields);
        assert_eq!(sent.header("location"), format!("/charts/{patient}"), "{}", sent.text);
    }
    let after = chart(&clinic, patient);
    let [session] = &after.sessions[..] else { panic!("{} sessions", after.sessions.len()) };
    assert_eq!((session.gate, session.on), (Some(after.gates[0].0), DAY));
    assert_eq!((session.cartridge.as_ref().unwrap().lot.as_deref(), session.operator.as_str()), (Some("A12"), "Dr ada"));
    assert_eq!((session.zones[0].depth_um, session.zones[0].passes), (750, Some(4)));
    let [gel] = &session.products[..] else { panic!("{:?}", session.products) };
    assert_eq!((gel.name.as_str(), gel.lot.as_deref()), ("Hyaluronic acid gel", Some("gel 7")));
    let anaesthetic = session.anaesthetic.as_ref().unwrap();
    assert_eq!((anaesthetic.product.as_str(), anaesthetic.amount_g), ("lidocaine_4", Some(7.5)));
    assert_eq!(session.note.as_deref(), Some("calm throughout"));
    let line = browser.get(&format!("/charts/{patient}")).text;
    assert!(line.contains("Hyaluronic acid gel") && line.contains("calm throughout"), "{line}");
    assert!(!browser.get(&path).text.contains("<form class=\"session\""), "one session a day");
}

#[test]
fn a_day_that_is_refused_offers_no_session() {
    let refusing: [(&str, &[(&str, &str)]); 5] = [
        ("pregnant", &[("patient.pregnant", "yes")]),
        ("not known", &[("findings.fever.answer", "unknown")]),
        ("used cartridge", &[("day.cartridge.used_before", "yes"), ("day.cartridge.sterile_pack_intact", "no")]),
        ("no lot", &[("day.cartridge.lot", "")]),
        ("active acne", &[("lesions.iga:n", "4")]),
    ];
    for (why, otherwise) in refusing {
        let (clinic, patient) = on_the_day(&format!("refused_{}", why.replace(' ', "_")));
        let browser = clinic.browser_of("ada");
        let sent = gate(&browser, patient, otherwise);
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{why}: {}", sent.text);
        assert_eq!(permit(&clinic, patient), Permit::Refused, "{why}");
        assert!(!browser.get(&page(patient, "treatment")).text.contains("/session\""), "{why}: no way to a session");
        assert!(!browser.get(&page(patient, "session")).text.contains("<form class=\"session\""), "{why}: no form");
        let sent = browser.post(
            &page(patient, "session"),
            &[("_entry", "01234567-0000-7000-8000-000000000000"), ("_seen", &chart(&clinic, patient).entries.to_string())],
        );
        assert_eq!(sent.header("location"), page(patient, "treatment"), "{why}: a form that was kept open is turned away");
        assert!(chart(&clinic, patient).sessions.is_empty(), "{why}");
    }
}

#[test]
fn what_an_old_answer_said_is_not_taken_for_today() {
    // given answers of a week ago, all of them no
    let (clinic, patient) = on_the_day("what_an_old_answer_said_is_not_taken_for_today");
    let browser = clinic.browser_of("ada");
    // when the form is sent as it is shown, with what is carried over confirmed
    let form = browser.get(&page(patient, "treatment")).text;
    assert!(form.contains("value=\"unknown\" checked"), "nothing is answered beforehand");
    let sent = fill_in(&browser, &page(patient, "treatment"), &[("_carried[]", "yes"), ("_operator", "Dr ada")]);
    // then what was not asked is not known, what is carried over stays, and the day is refused
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    let intake = chart(&clinic, patient).intake.unwrap();
    assert_eq!((intake.pregnant, intake.findings.get("bacterial_infection")), (Answer::Unknown, None));
    assert_eq!(intake.findings["steel_allergy"].answer, Answer::No);
    assert_eq!(intake.findings["pigmentation_after_needling_ever"].answer, Answer::No);
    assert_eq!(permit(&clinic, patient), Permit::Refused);
}

#[test]
fn nothing_is_carried_over_unless_somebody_confirms_it() {
    let (clinic, patient) = on_the_day("nothing_is_carried_over_unless_somebody_confirms_it");
    let browser = clinic.browser_of("ada");
    let before = chart(&clinic, patient).entries;
    let sent = gate(&browser, patient, &[("_carried[]", "no")]);
    assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(sent.text.contains("value=\"A12\""), "what was typed is kept");
    assert_eq!(chart(&clinic, patient).entries, before);
}

#[test]
fn what_is_wrong_is_named_as_the_field_is_on_the_page_and_leads_to_it() {
    let (clinic, patient) = on_the_day("what_is_wrong_is_named_as_the_field");
    let wrong = [("day.cartridge.used_before", "yes"), ("day.zones.1.depth_um:n", "9"), ("patient.pregnant", "perhaps")];
    let labels = [
        (
            "",
            [
                "Was the cartridge used before, on anyone?",
                "Depth in µm: Glabella",
                "Is the patient pregnant, or could the patient be?",
            ],
        ),
        (
            "resurface-language=de",
            ["Wurde der Aufsatz schon einmal benutzt, bei wem auch immer?", "Tiefe in µm:", "Besteht eine Schwangerschaft"],
        ),
    ];
    for (language, labels) in labels {
        let mut browser = clinic.browser_of("ada");
        browser.cookie = [&browser.cookie, language].join("; ");
        let page = gate(&browser, patient, &wrong).text;
        let (_, summary) = page.split_once("id=\"faults\"").unwrap();
        let summary = summary.split("</div>").next().unwrap();
        assert!(labels.iter().all(|label| summary.contains(label)), "{summary}");
        for field in ["f-day-cartridge-used_before", "f-day-zones-1-depth_um", "f-patient-pregnant"] {
            assert!(
                summary.contains(&format!("href=\"#{field}\"")) && page.contains(&format!("id=\"{field}\"")),
                "{field}: {summary}"
            );
        }
        assert!(!summary.contains("used_before:") && !summary.contains("day.zones"), "{summary}");
    }
}

#[test]
fn a_permission_ends_with_what_is_written_after_it() {
    // given a day that was permitted
    let (clinic, patient) = on_the_day("a_permission_ends_with_what_is_written_after_it");
    let browser = clinic.browser_of("ada");
    gate(&browser, patient, &[]);
    assert!(browser.get(&page(patient, "session")).text.contains("<form class=\"session\""));
    // when somebody writes down an adverse event that needs care
    let event = AdverseEventNoticed {
        on: DAY,
        event: None,
        severity: Severity::Moderate,
        session: None,
        reported_by: ReportedBy::Clinic,
        text: "faint".to_owned(),
    };
    add(&clinic, patient, vec![Body::AdverseEvent(event)]);
    // then there is no session to record
    assert!(!browser.get(&page(patient, "session")).text.contains("<form class=\"session\""));
    assert!(!browser.get(&page(patient, "treatment")).text.contains("/session\""));
}

#[test]
fn a_scanned_code_is_kept_fills_in_lot_and_last_day_and_contradicts_nothing() {
    let (clinic, patient) = on_the_day("a_scanned_code_fills_in_lot_and_last_day");
    let browser = clinic.browser_of("ada");
    let code = "(01)09506000134352(17)271031(10)B7";
    let wrong = gate(&browser, patient, &[("day.cartridge.udi", code)]);
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "the code says another lot than what was typed");
    gate(&browser, patient, &[("day.cartridge.udi", code), ("day.cartridge.lot", ""), ("day.cartridge.expires", "")]);
    let cartridge = chart(&clinic, patient).gates[0].1.day.cartridge.clone().unwrap();
    assert_eq!((cartridge.lot.as_deref(), cartridge.expires), (Some("B7"), Some(date(2027, 10, 31))));
    assert_eq!(cartridge.udi.as_deref(), Some(code));
    let fragment = browser.get(&format!("{}?day.cartridge.udi={}", page(patient, "treatment/cartridge"), "(17)271031(10)B7"));
    assert!(fragment.text.contains("value=\"B7\"") && fragment.text.contains("value=\"2027-10-31\""), "{}", fragment.text);
}
