//! A clinic decides on other values: within their limits, with a reason, and from then on in force.

use axum::http::StatusCode;
use resurface_clinic::App;
use resurface_ledger::clinic::Clinic;

use crate::builder::{AClinic, key_file, rules};

#[test]
fn a_value_is_changed_with_a_reason_and_is_in_force_from_then_on() {
    // given a lead
    let clinic = AClinic::founded("a_value_is_changed");
    let lead = clinic.browser_of("lea");
    let before = clinic.app.rules().knowledge.version.full().to_owned();
    // when the value is outside its limits, or no reason is given, nothing changes
    for (value, reason) in [("7", "we go sooner"), ("35", ""), ("many", "no number")] {
        let reply = lead.post("/settings/interval_min_days", &[("value", value), ("reason", reason)]);
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{value} {reason}");
    }
    assert_eq!(clinic.app.rules().knowledge.version.full(), before);
    // when both are right the rules are others
    let reply = lead.post("/settings/interval_min_days", &[("value", "35"), ("reason", "five weeks suit our device")]);
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.text);
    assert_eq!(clinic.app.rules().knowledge.settings.interval_min_days.whole(), 35);
    assert_ne!(clinic.app.rules().knowledge.version.full(), before);
    let page = lead.get("/settings").text;
    for part in ["Decided by this clinic", "five weeks suit our device", "Dr lea", "came as 28"] {
        assert!(page.contains(part), "{part}");
    }
    // then they are so after another start as well, and can be set back
    let again = Clinic::open(&clinic.app.clinic().path(), &key_file(), clinic.surroundings.clone()).unwrap();
    let again = App::new(again, rules(), "0.1.0-stories").unwrap();
    assert_eq!(again.rules().knowledge.version.full(), clinic.app.rules().knowledge.version.full());
    let reply = lead.post("/settings/interval_min_days", &[("_do", "reset"), ("reason", "back to four weeks")]);
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.text);
    assert_eq!(clinic.app.rules().knowledge.version.full(), before);
}

#[test]
fn two_values_that_do_not_go_together_are_refused() {
    let clinic = AClinic::founded("two_values_that_do_not_go_together");
    let lead = clinic.browser_of("lea");
    // sessions_default is 4: a first course of at least 5 would be more
    let reply = lead.post("/settings/sessions_first_course_max", &[("value", "3"), ("reason", "shorter courses")]);
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[test]
fn place_and_device_of_the_clinic_are_what_a_form_begins_with() {
    let clinic = AClinic::founded("place_and_device");
    let lead = clinic.browser_of("lea");
    let knowledge = &clinic.app.rules().knowledge;
    let (place, device) = (&knowledge.jurisdictions.last().unwrap().id, &knowledge.devices.last().unwrap().id);
    let reply = lead.post("/settings", &[("jurisdiction", place), ("device", device), ("reason", "this is where we are")]);
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.text);
    let practice = clinic.app.clinic().book().unwrap().practice.clone();
    assert_eq!((practice.jurisdiction.as_ref(), practice.device.as_ref()), (Some(place), Some(device)));
    assert_eq!(practice.decided.len(), 2);
}
