//! Nobody asks faster than the clinic can answer, and passwords are not tried by the thousand.

use axum::http::StatusCode;

use crate::builder::AClinic;

#[test]
fn whoever_tries_passwords_without_end_is_made_to_wait() {
    // given somebody who tries one name after the other
    let clinic = AClinic::empty("whoever_tries_passwords");
    let nobody = clinic.nobody();
    let seal = nobody.seal();
    let tries =
        (0..31).map(|name| nobody.post_as_it_is("/set-up/none", &[("_form", &seal), ("name", &format!("user{name}"))], &[]));
    let replies: Vec<_> = tries.collect();
    assert!(replies[..30].iter().all(|reply| reply.status == StatusCode::NOT_FOUND));
    let refused = &replies[30];
    assert_eq!((refused.status, refused.header("retry-after")), (StatusCode::TOO_MANY_REQUESTS, "5"));
    // then pages are still read, and after a while the door is tried again
    assert_eq!(nobody.get("/sign-in").status, StatusCode::OK);
    clinic.surroundings.pass_seconds(5);
    assert_eq!(nobody.post_as_it_is("/set-up/none", &[("_form", &seal)], &[]).status, StatusCode::NOT_FOUND);
    assert_eq!(nobody.post_as_it_is("/set-up/none", &[("_form", &seal)], &[]).status, StatusCode::TOO_MANY_REQUESTS);
}

#[test]
fn a_name_of_which_the_password_is_guessed_says_how_long_to_wait() {
    let clinic = AClinic::founded("a_name_of_which_the_password_is_guessed");
    let nobody = clinic.nobody();
    let guess = || nobody.post("/sign-in", &[("name", "ada"), ("password", "a guess that is wrong"), ("code", "")]);
    let refused = (0..20).map(|_| guess()).find(|reply| reply.status == StatusCode::TOO_MANY_REQUESTS).unwrap();
    let seconds: i64 = refused.header("retry-after").parse().unwrap();
    assert!(seconds > 0 && refused.text.contains("<form"), "{seconds}: {}", refused.text);
    clinic.surroundings.pass_seconds(seconds);
    assert_eq!(guess().status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[test]
fn one_who_asks_too_fast_does_not_slow_another() {
    let clinic = AClinic::founded("one_who_asks_too_fast");
    let (busy, calm) = (clinic.browser_of("pia"), clinic.browser_of("abe"));
    let refused = (0..700).map(|_| busy.get("/nowhere")).find(|reply| reply.status == StatusCode::TOO_MANY_REQUESTS);
    assert!(refused.is_some_and(|reply| reply.header("retry-after") == "1"));
    assert_eq!(calm.get("/worklist").status, StatusCode::OK);
}

#[test]
fn a_form_that_is_too_large_is_refused() {
    let clinic = AClinic::founded("a_form_that_is_too_large");
    let program = clinic.browser_of("ada");
    let reply = program.json("POST", "/api/v1/charts", &serde_json::json!({ "name": "x".repeat(300_000) }));
    assert_eq!((reply.status, reply.header("content-type")), (StatusCode::PAYLOAD_TOO_LARGE, "application/problem+json"));
}
