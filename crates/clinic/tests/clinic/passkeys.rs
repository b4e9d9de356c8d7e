//! Passkeys in a browser: what is asked waits for it alone, and is answered once.

use axum::http::StatusCode;

use crate::authenticator::Authenticator;
use crate::builder::{AClinic, Browser, HOST, Reply};

/// A device at the page of the clinic.
fn a_device() -> Authenticator {
    Authenticator::at(&format!("https://{HOST}"), 1)
}

/// Asks for a passkey: what the browser is asked, once it holds the cookie that came with it.
fn asked(browser: &mut Browser<'_>, path: &str) -> serde_json::Value {
    let reply = browser.post(path, &[]);
    assert_eq!(reply.status, StatusCode::OK, "{path}: {}", reply.text);
    assert!(reply.header("set-cookie").contains("HttpOnly"));
    let others: Vec<&str> = browser.cookie.split("; ").filter(|cookie| !cookie.starts_with("resurface-passkey=")).collect();
    browser.cookie = [&others[..], &[reply.cookie()]].concat().join("; ");
    reply.json()
}

/// The device of somebody, set up on the page of their account.
fn set_up(clinic: &AClinic, name: &str) -> Authenticator {
    let (mut browser, mut device) = (clinic.stepped_up(name), a_device());
    let answer = device.make(&asked(&mut browser, "/account/passkeys/ask"));
    let reply = browser.post("/account/passkeys", &[("name", "Blue telephone"), ("answer", &answer)]);
    assert_eq!((reply.status, reply.header("location")), (StatusCode::SEE_OTHER, "/account/passkeys"), "{}", reply.text);
    assert!(browser.get("/account/passkeys").text.contains("Blue telephone"));
    device
}

fn says(reply: &Reply, words: &str) -> bool {
    reply.status == StatusCode::UNPROCESSABLE_ENTITY && reply.text.contains(words)
}

#[test]
fn a_browser_signs_in_with_a_passkey_and_goes_where_it_wanted() {
    let clinic = AClinic::founded("a_browser_signs_in_with_a_passkey");
    let device = set_up(&clinic, "ada");
    let mut browser = clinic.nobody();
    let answer = device.show(&asked(&mut browser, "/sign-in/passkey/ask"));
    let reply = browser.post("/sign-in/passkey", &[("answer", &answer), ("next", "/account")]);
    assert_eq!((reply.status, reply.header("location")), (StatusCode::SEE_OTHER, "/account"));
    browser.cookie = reply.cookie().to_owned();
    assert!(browser.get("/account").text.contains("Dr ada"));
}

#[test]
fn an_answer_counts_once_and_from_the_browser_that_was_asked() {
    let clinic = AClinic::founded("an_answer_counts_once");
    let device = set_up(&clinic, "ada");
    let mut browser = clinic.nobody();
    let answer = device.show(&asked(&mut browser, "/sign-in/passkey/ask"));
    // another browser, with no question or its own, gets nowhere with it
    let mut another = clinic.nobody();
    let form = [("answer", answer.as_str())];
    assert!(says(&another.post("/sign-in/passkey", &form), "or has answered already"));
    asked(&mut another, "/sign-in/passkey/ask");
    assert!(says(&another.post("/sign-in/passkey", &form), "not the one that was asked for"));
    // its own signs in with it, and once
    assert_eq!(browser.post("/sign-in/passkey", &form).status, StatusCode::SEE_OTHER);
    assert!(says(&browser.post("/sign-in/passkey", &form), "or has answered already"));
}

#[test]
fn a_passkey_is_shown_in_the_place_of_the_password_once_more() {
    let clinic = AClinic::founded("a_passkey_once_more");
    let device = set_up(&clinic, "ada");
    let mut browser = clinic.nobody();
    let answer = device.show(&asked(&mut browser, "/sign-in/passkey/ask"));
    browser.cookie = browser.post("/sign-in/passkey", &[("answer", &answer)]).cookie().to_owned();
    // what takes a step-up leads to the door, and the door offers the passkey
    assert_eq!(browser.get("/account/passkeys").header("location"), "/step-up?next=/account/passkeys");
    assert!(browser.get("/step-up").text.contains("action=\"/step-up/passkey\""));
    let answer = device.show(&asked(&mut browser, "/step-up/passkey/ask"));
    let reply = browser.post("/step-up/passkey", &[("answer", &answer), ("next", "/account/passkeys")]);
    assert_eq!((reply.status, reply.header("location")), (StatusCode::SEE_OTHER, "/account/passkeys"));
    // then it can be removed, and is unknown
    assert_eq!(browser.post("/account/passkeys", &[("remove", &device.id())]).status, StatusCode::SEE_OTHER);
    let mut later = clinic.nobody();
    let answer = device.show(&asked(&mut later, "/sign-in/passkey/ask"));
    assert!(says(&later.post("/sign-in/passkey", &[("answer", &answer)]), "not known here"));
}

#[test]
fn a_passkey_has_a_name() {
    let clinic = AClinic::founded("a_passkey_has_a_name");
    let (mut browser, mut device) = (clinic.stepped_up("ada"), a_device());
    let answer = device.make(&asked(&mut browser, "/account/passkeys/ask"));
    let reply = browser.post("/account/passkeys", &[("name", " "), ("answer", &answer)]);
    assert!(says(&reply, "give it a name"), "{}", reply.status);
}

#[test]
fn whoever_leads_takes_passkeys_away_on_the_page_of_a_user() {
    let clinic = AClinic::founded("whoever_leads_takes_passkeys_away");
    set_up(&clinic, "ada");
    let lead = clinic.stepped_up("lea");
    assert!(lead.get("/users/ada").text.contains("They have one passkey"));
    assert_eq!(lead.post("/users/ada", &[("_do", "passkeys")]).status, StatusCode::SEE_OTHER);
    assert!(!lead.get("/users/ada").text.contains("passkey."));
    assert_eq!(clinic.browser_of("ada").get("/account").status, StatusCode::OK, "the password is enough again");
}

#[test]
fn whoever_tries_passkeys_is_as_slow_as_whoever_tries_passwords() {
    let clinic = AClinic::founded("whoever_tries_passkeys");
    let browser = clinic.nobody();
    let tries = (0..31).map(|_| browser.post("/sign-in/passkey/ask", &[]).status);
    let last = tries.skip_while(|status| *status == StatusCode::OK).collect::<Vec<_>>();
    assert_eq!(last, [StatusCode::TOO_MANY_REQUESTS]);
    assert_eq!(browser.post("/sign-in", &[("name", "ada")]).status, StatusCode::TOO_MANY_REQUESTS);
}
