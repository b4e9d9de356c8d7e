//! Running the clinic: users, one's own account, the access log, emergencies.

use axum::http::StatusCode;
use resurface_care::chart::{Body, SessionDelivered};
use resurface_care::consultation::ProductUsed;
use resurface_ledger::access::{Actor, Note, Operation, Role};
use resurface_ledger::identity::TotpSecret;
use resurface_words::{Language, Words};

use crate::afterwards::a_session;
use crate::builder::{AClinic, Browser, PASSWORD, Reply};
use crate::consulted::add;

const NEW_PASSWORD: &str = "another sentence that nobody guesses";

fn moved_to(reply: &Reply) -> &str {
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.text);
    reply.header("location")
}

/// What a browser gets that signs in.
fn signs_in(browser: &Browser<'_>, name: &str, password: &str, code: &str) -> Reply {
    browser.post("/sign-in", &[("name", name), ("password", password), ("code", code), ("next", "/account")])
}

#[test]
fn a_lead_adds_somebody_who_signs_in_and_is_known_to_the_gate() {
    // given a lead who has just given the password once more
    let clinic = AClinic::founded("a_lead_adds_somebody");
    let lead = clinic.stepped_up("lea");
    // when a practitioner is added whose training is known
    let fields = [
        ("name", "max"),
        ("display_name", "Max New"),
        ("password", NEW_PASSWORD),
        ("roles[]", "practitioner"),
        ("profession", "nurse"),
        ("trained", "yes"),
        ("training_valid_until", "2027-01-31"),
        ("depth_limit_um:n", "1000"),
    ];
    assert_eq!(moved_to(&lead.post("/users/new", &fields)), "/users/max");
    // then they sign in, and the gate knows them
    assert_eq!(moved_to(&signs_in(&clinic.nobody(), "max", NEW_PASSWORD, "")), "/account");
    let known = clinic.app.clinic().operator("Max New").unwrap().unwrap();
    assert_eq!(known.depth_limit_um, Some(1000));
    assert!(lead.get("/users").text.contains("Max New"));
}

#[test]
fn what_is_wrong_with_a_new_user_stands_beside_it_and_what_was_typed_is_kept() {
    let clinic = AClinic::founded("what_is_wrong_with_a_new_user");
    let lead = clinic.stepped_up("lea");
    let fields = [("name", "Max New"), ("display_name", "Max New"), ("profession", "nurse"), ("depth_limit_um:n", "9000")];
    let reply = lead.post("/users/new", &fields);
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    for part in ["f-name-fault", "f-depth_limit_um-fault", "value=\"Max New\""] {
        assert!(reply.text.contains(part), "{part}");
    }
    let weak = lead.post("/users/new", &[("name", "max"), ("display_name", "Max New"), ("password", "password1234")]);
    assert!(weak.status == StatusCode::UNPROCESSABLE_ENTITY && weak.text.contains("f-password-fault"));
}

#[test]
fn everything_that_the_log_can_say_has_words() {
    let missing = ["account", "role", "step_up", "reason", "patient", "link", "second_factor"];
    let keys = Operation::ALL.iter().map(|operation| format!("op-{}", operation.code()));
    let keys = keys.chain(Note::ALL.iter().map(|note| format!("note-{}", note.code())));
    for key in keys.chain(missing.map(|code| format!("missing-{code}"))) {
        assert!(Language::ALL.into_iter().all(|language| Words::of(language).has(&key)), "{key}");
    }
}

#[test]
fn whoever_owes_codes_is_led_to_them_and_nowhere_else() {
    let clinic = AClinic::founded("whoever_owes_codes");
    let (lead, assistant) = (clinic.browser_of("lea"), clinic.browser_of("abe"));
    moved_to(&lead.post("/settings/second-factor", &[("duty", "required")]));
    assert!(moved_to(&assistant.get("/worklist")).starts_with("/account/second-factor"));
    assert_eq!(assistant.get("/account/second-factor").status, StatusCode::OK);
    assert_eq!(assistant.get("/account").status, StatusCode::OK);
}

#[test]
fn the_last_who_leads_stays() {
    let clinic = AClinic::founded("the_last_who_leads_stays");
    let lead = clinic.stepped_up("lea");
    let reply = lead.post("/users/lea", &[("_do", "off")]);
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(lead.get("/users/lea").status, StatusCode::OK, "she is still signed in");
}

#[test]
fn whoever_is_switched_off_is_out_at_once() {
    let clinic = AClinic::founded("whoever_is_switched_off");
    let (lead, assistant) = (clinic.stepped_up("lea"), clinic.browser_of("abe"));
    assert_eq!(assistant.get("/worklist").status, StatusCode::OK);
    moved_to(&lead.post("/users/abe", &[("_do", "off")]));
    assert!(moved_to(&assistant.get("/worklist")).starts_with("/sign-in"));
    assert_eq!(signs_in(&clinic.nobody(), "abe", PASSWORD, "").status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[test]
fn the_step_up_says_for_what_it_is() {
    let clinic = AClinic::founded("the_step_up_says_for_what");
    let lead = clinic.browser_of("lea");
    let to = moved_to(&lead.get("/users/new")).to_owned();
    assert!(lead.get(&to).text.contains("You are about to add users, change their roles or switch them off."));
}

#[test]
fn a_password_is_changed_by_whoever_knows_the_one_of_now() {
    let clinic = AClinic::founded("a_password_is_changed");
    let browser = clinic.browser_of("pia");
    let form = |current, again| [("password", current), ("new", NEW_PASSWORD), ("again", again)];
    for (current, again) in [("wrong, and long enough", NEW_PASSWORD), (PASSWORD, "something else entirely")] {
        let reply = browser.post("/account/password", &form(current, again));
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{current} {again}");
    }
    assert!(moved_to(&browser.post("/account/password", &form(PASSWORD, NEW_PASSWORD))).starts_with("/sign-in"));
    assert!(moved_to(&browser.get("/account")).starts_with("/sign-in"), "every sign-in has ended");
    assert_eq!(moved_to(&signs_in(&clinic.nobody(), "pia", NEW_PASSWORD, "")), "/account");
}

/// The secret that stands on the page, as an app reads it.
fn secret_on(page: &str) -> TotpSecret {
    let (_, after) = page.split_once("<p class=\"secret\"><code>").unwrap();
    secret_of(&after.split('<').next().unwrap().split_whitespace().collect::<String>())
}

/// A secret as it is written, in base 32.
pub(crate) fn secret_of(text: &str) -> TotpSecret {
    let bits: Vec<u8> = text
        .bytes()
        .map(|sign| b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".iter().position(|known| *known == sign).unwrap() as u8)
        .collect();
    let bytes = bits.chunks(8).flat_map(|eight| {
        let whole = eight.iter().fold(0_u64, |whole, five| whole << 5 | u64::from(*five));
        whole.to_be_bytes()[3..].to_vec()
    });
    TotpSecret::new(bytes.collect::<Vec<_>>().try_into().unwrap())
}

#[test]
fn a_second_factor_counts_once_it_is_confirmed_and_its_recovery_codes_are_shown_once() {
    // given somebody who begins with the password
    let clinic = AClinic::founded("a_second_factor_counts");
    let browser = clinic.browser_of("pia");
    assert_eq!(
        browser.post("/account/second-factor", &[("password", "wrong, and long")]).status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(moved_to(&browser.post("/account/second-factor", &[("password", PASSWORD)])), "/account/second-factor");
    let page = browser.get("/account/second-factor").text;
    assert!(page.contains("class=\"qr\""));
    let now = clinic.app.clinic().surroundings().now();
    let code = secret_on(&page).code_at(now);
    // when another code is typed nothing changes; when the right one is, it counts
    assert_eq!(browser.post("/account/second-factor/confirm", &[("code", "000000")]).status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(moved_to(&signs_in(&clinic.nobody(), "pia", PASSWORD, "")), "/account");
    let done = browser.post("/account/second-factor/confirm", &[("code", &code)]);
    assert_eq!((done.status, done.text.matches("<li><code>").count()), (StatusCode::OK, 10));
    // then a code is needed, and no page shows the recovery codes again
    assert_eq!(signs_in(&clinic.nobody(), "pia", PASSWORD, "").status, StatusCode::UNPROCESSABLE_ENTITY);
    let again = browser.post("/account/second-factor/confirm", &[("code", &code)]);
    assert_eq!((again.status, again.text.matches("<li><code>").count()), (StatusCode::UNPROCESSABLE_ENTITY, 0));
    let recovery = done.text.split("<li><code>").nth(1).unwrap().split('<').next().unwrap();
    assert_eq!(moved_to(&signs_in(&clinic.nobody(), "pia", PASSWORD, recovery)), "/account");
}

#[test]
fn the_glass_is_broken_with_a_reason_that_the_lead_reads() {
    // given an assistant who may not open a chart
    let clinic = AClinic::founded("the_glass_is_broken");
    let patient = clinic.a_patient("A-1").to_string();
    let chart = format!("/charts/{patient}");
    let assistant = clinic.stepped_up("abe");
    let refused = assistant.get(&chart);
    assert!(refused.status == StatusCode::FORBIDDEN && refused.text.contains("/break-glass"));
    assert!(assistant.get("/break-glass?q=patient").text.contains(&patient));
    // when no reason is given nothing opens; when one is, that chart does, for an hour
    assert_eq!(
        assistant.post("/break-glass", &[("patient", &patient), ("reason", "why")]).status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let reason = "collapsed in the waiting room";
    assert_eq!(moved_to(&assistant.post("/break-glass", &[("patient", &patient), ("reason", reason)])), chart);
    assert_eq!(assistant.get(&chart).status, StatusCode::OK);
    clinic.surroundings.pass_seconds(60 * 14);
    assert_eq!(assistant.get(&chart).status, StatusCode::OK);
    // then the lead reads who, whom and why
    let page = clinic.browser_of("lea").get("/audit/emergencies").text;
    for part in ["Dr abe", "Patient A-1", reason] {
        assert!(page.contains(part), "{part}");
    }
}

#[test]
fn the_access_log_shows_what_was_refused_and_to_whom() {
    let clinic = AClinic::founded("the_access_log_shows");
    let patient = clinic.a_patient("A-1");
    clinic.browser_of("abe").get(&format!("/charts/{patient}"));
    let lead = clinic.browser_of("lea");
    let page = lead.get("/audit?patient=A-1&outcome=failures").text;
    assert!(page.contains("Dr abe") && page.contains("refused: no role that may do this"), "{page}");
    assert!(!page.contains("register a patient</td>"), "what was allowed is not asked for");
    assert_eq!(lead.get("/audit?patient=A-9").status, StatusCode::UNPROCESSABLE_ENTITY);
    let german = lead.get("/audit?since=2026-11-20");
    assert_eq!(german.status, StatusCode::OK);
}

#[test]
fn a_recall_of_a_lot_that_nobody_had_says_so() {
    let clinic = AClinic::founded("a_recall_of_a_lot");
    let lead = clinic.browser_of("lea");
    assert!(lead.get("/recall?lot=L-1").text.contains("Nobody was treated with lot L-1"));
    let table = lead.get("/recall/table.csv?lot=L-1");
    assert!(table.header("content-type").starts_with("text/csv"));
    assert_eq!(table.text.lines().count(), 1);
}

#[test]
fn a_recall_finds_everybody_who_was_treated_with_a_lot_of_a_cartridge_or_a_product() {
    // given three patients: one treated with a cartridge of the lot, one with a gel of the lot, one with neither
    let clinic = AClinic::founded("a_recall_of_a_known_lot");
    let by_cartridge = |session: &mut SessionDelivered| {
        session.cartridge = Some(serde_json::from_value(serde_json::json!({ "lot": "L 77" })).unwrap());
    };
    let by_gel = |session: &mut SessionDelivered| {
        session.products = vec![ProductUsed { name: "Gel".to_owned(), lot: Some("l77".to_owned()) }];
    };
    type Way<'a> = (&'a str, &'a dyn Fn(&mut SessionDelivered));
    let ways: [Way<'_>; 3] = [("A-1", &by_cartridge), ("A-2", &by_gel), ("A-3", &|_| {})];
    for (number, used) in ways {
        let patient = clinic.a_patient(number);
        let mut session = a_session();
        used(&mut session);
        add(&clinic, patient, vec![Body::SessionDelivered(session)]);
    }
    // when the lot is asked for, once, however it is written
    let lead = clinic.browser_of("lea");
    let page = lead.get("/recall?lot=l%2077").text;
    // then both are there and nobody else
    let found = |text: &str| ["A-1", "A-2", "A-3"].map(|number| text.contains(number));
    assert_eq!(found(&page), [true, true, false], "{page}");
    let table = lead.get("/recall/table.csv?lot=L77").text;
    assert_eq!((found(&table), table.lines().count()), ([true, true, false], 3), "{table}");
}

#[test]
fn nobody_is_left_without_a_role_by_name_alone() {
    let clinic = AClinic::founded("roles_are_ticked");
    let lead = clinic.stepped_up("lea");
    moved_to(&lead.post("/users/noa", &[("_do", "roles"), ("roles[]", "assistant"), ("roles[]", "patient")]));
    let users = clinic.app.clinic().desk(Actor::at_the_console()).users().unwrap();
    let noa = users.iter().find(|user| user.name.as_str() == "noa").unwrap();
    assert_eq!(noa.roles.iter().collect::<Vec<_>>(), [&Role::Assistant], "a patient is no user");
}
