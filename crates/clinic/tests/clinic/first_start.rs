//! The first start: a link that is shown at the machine makes the first user, once.

use axum::http::StatusCode;
use resurface_ledger::access::Role;

use crate::builder::AClinic;

const PASSWORD: &str = "a sentence that nobody guesses";

fn fields(again: &str) -> [(&str, &str); 5] {
    [("name", "lea"), ("display_name", "Lea Lead"), ("password", PASSWORD), ("again", again), ("roles[]", "prescriber")]
}

#[test]
fn the_first_user_is_made_by_the_link_that_was_shown_at_the_machine_and_leads() {
    // given a clinic without anybody
    let clinic = AClinic::empty("the_first_user");
    let link = clinic.app.set_up_address().unwrap().unwrap();
    let nobody = clinic.nobody();
    assert_eq!(nobody.get(&link).status, StatusCode::OK);
    // when the form is wrong it stays; when it is right the user is made, signed in, and offered a second factor
    assert_eq!(nobody.post(&link, &fields("something else")).status, StatusCode::UNPROCESSABLE_ENTITY);
    let made = nobody.post(&link, &fields(PASSWORD));
    assert_eq!((made.status, made.header("location")), (StatusCode::SEE_OTHER, "/account"));
    assert!(made.header("set-cookie").starts_with("resurface-desk="));
    let book = clinic.app.clinic().book().unwrap();
    let roles: Vec<_> = book.users.values().flat_map(|user| user.roles.iter().copied()).collect();
    assert_eq!(roles, [Role::Prescriber, Role::Lead]);
    // then the link is used up, and no other is made
    assert_eq!(nobody.get(&link).status, StatusCode::NOT_FOUND);
    assert_eq!(nobody.post(&link, &fields(PASSWORD)).status, StatusCode::NOT_FOUND);
    assert_eq!(clinic.app.set_up_address().unwrap(), None);
}

#[test]
fn a_link_to_set_up_is_over_after_an_hour_and_no_other_token_opens_it() {
    let clinic = AClinic::empty("a_link_to_set_up_is_over");
    let link = clinic.app.set_up_address().unwrap().unwrap();
    let other = "/set-up/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    assert_eq!(clinic.nobody().get(other).status, StatusCode::NOT_FOUND);
    clinic.surroundings.pass_seconds(3_600);
    assert_eq!(clinic.nobody().post(&link, &fields(PASSWORD)).status, StatusCode::NOT_FOUND);
    assert!(clinic.app.clinic().book().unwrap().users.is_empty());
}
