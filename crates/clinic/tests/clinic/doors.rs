//! Who is let in where: every address, with every role, says what the table of access says.

use axum::http::StatusCode;
use resurface_clinic::{Need, Route, routes};
use resurface_ledger::access::{Needs, rule};
use resurface_ledger::identity::LinkPurpose;

use crate::builder::{AClinic, Browser, PEOPLE, Reply};

/// An address with something in the place of its names. Where a chart is named it is one that is there.
fn filled(route: &Route, patient: &str) -> String {
    let part = |part: &str| match part {
        "{patient}" => patient.to_owned(),
        "{code}" => "de".to_owned(),
        part if part.starts_with('{') => "019a9f6e-5d2c-7000-8000-000000000000".to_owned(),
        part => part.to_owned(),
    };
    route.path.split('/').map(part).collect::<Vec<_>>().join("/")
}

/// Every way of asking, without those that the address does not know. Time goes by, so that nobody asks too fast.
fn every_way(browser: &Browser<'_>, path: &str) -> Vec<(&'static str, Reply)> {
    browser.clinic.surroundings.pass_seconds(1);
    let empty = serde_json::json!({});
    let replies = [
        ("GET", browser.get(path)),
        ("POST", browser.post(path, &[])),
        ("PUT", browser.json("PUT", path, &empty)),
        ("DELETE", browser.json("DELETE", path, &empty)),
    ];
    replies.into_iter().filter(|(_, reply)| reply.status != StatusCode::METHOD_NOT_ALLOWED).collect()
}

fn sent_to(reply: &Reply, page: &str) -> bool {
    reply.status == StatusCode::SEE_OTHER && reply.header("location").starts_with(page)
}

fn is_a_problem(reply: &Reply, status: StatusCode) -> bool {
    reply.status == status && reply.header("content-type") == "application/problem+json"
}

fn for_programs(route: &Route) -> bool {
    route.path.starts_with("/api/")
}

fn turned_away(route: &Route, reply: &Reply) -> bool {
    if for_programs(route) { is_a_problem(reply, StatusCode::UNAUTHORIZED) } else { sent_to(reply, "/sign-in") }
}

fn refused(route: &Route, reply: &Reply) -> bool {
    reply.status == StatusCode::FORBIDDEN && (!for_programs(route) || is_a_problem(reply, StatusCode::FORBIDDEN))
}

fn asked_again(route: &Route, reply: &Reply) -> bool {
    if for_programs(route) { is_a_problem(reply, StatusCode::FORBIDDEN) } else { sent_to(reply, "/step-up") }
}

fn let_in(reply: &Reply) -> bool {
    let away = matches!(reply.status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN)
        || sent_to(reply, "/sign-in")
        || sent_to(reply, "/step-up");
    !away && !reply.status.is_server_error()
}

#[test]
fn nobody_gets_further_than_the_door() {
    let clinic = AClinic::founded("nobody_gets_further_than_the_door");
    let patient = clinic.a_patient("A-1").to_string();
    let nobody = clinic.nobody();
    for route in routes() {
        let path = filled(&route, &patient);
        let replies = every_way(&nobody, &path);
        assert!(!replies.is_empty(), "{path} answers to nothing");
        for (method, reply) in replies {
            let right = match route.need {
                Need::Anybody => let_in(&reply) || route.path.ends_with("/sign-out"),
                Need::Staff(_) => turned_away(&route, &reply),
                Need::Link(_) => reply.status == StatusCode::FORBIDDEN,
            };
            assert!(right, "{method} {path} for nobody: {} {}", reply.status, reply.header("location"));
        }
    }
}

#[test]
fn every_role_gets_as_far_as_the_table_says() {
    let clinic = AClinic::founded("every_role_gets_as_far_as_the_table_says");
    let patient = clinic.a_patient("A-1").to_string();
    for (name, role) in PEOPLE {
        let (signed_in, stepped_up) = (clinic.browser_of(name), clinic.stepped_up(name));
        for route in routes() {
            let Need::Staff(operation) = route.need else { continue };
            let path = filled(&route, &patient);
            let rule = rule(operation);
            let may = role.is_some_and(|role| rule.roles.contains(&role));
            for (method, reply) in every_way(&signed_in, &path) {
                let right = match (may, rule.needs) {
                    (false, _) => refused(&route, &reply),
                    (true, Needs::SignIn) => let_in(&reply),
                    (true, Needs::StepUp | Needs::StepUpAndReason) => asked_again(&route, &reply),
                };
                let to = reply.header("location");
                assert!(
                    right,
                    "{method} {path} for {name}: {} {to} ({} it)",
                    reply.status,
                    if may { "may do" } else { "may not do" }
                );
            }
            if may && rule.needs != Needs::SignIn {
                for (method, reply) in every_way(&stepped_up, &path) {
                    assert!(let_in(&reply), "{method} {path} for {name} with the password once more: {}", reply.status);
                }
            }
        }
    }
}

#[test]
fn a_link_opens_its_own_patients_page_and_nothing_else() {
    let clinic = AClinic::founded("a_link_opens_its_own_patients_page_and_nothing_else");
    let (hers, his) = (clinic.a_patient("A-1"), clinic.a_patient("A-2"));
    for purpose in [LinkPurpose::Intake, LinkPurpose::Plan, LinkPurpose::ReportProblem] {
        // given the link that was handed to her, held up as one of his, and one that is hers
        let (borrowed, own) = (clinic.with_link(purpose, his, hers), clinic.with_link(purpose, hers, hers));
        for route in routes() {
            // both ask from one address, which has a pace of its own
            clinic.surroundings.pass_seconds(5);
            let path = filled(&route, &his.to_string());
            for (method, reply) in every_way(&borrowed, &path).into_iter().filter(|_| route.need != Need::Anybody) {
                let right = match route.need {
                    Need::Link(_) => refused(&route, &reply),
                    _ => turned_away(&route, &reply),
                };
                assert!(right, "{method} {path} with a link of somebody else: {}", reply.status);
            }
            let Need::Link(wanted) = route.need else { continue };
            for (method, reply) in every_way(&own, &path) {
                let right = if wanted == purpose { let_in(&reply) } else { refused(&route, &reply) };
                assert!(right, "{method} {path} with a link of one's own for {}: {}", purpose.code(), reply.status);
            }
        }
    }
}

#[test]
fn a_form_that_this_program_did_not_make_changes_nothing() {
    let clinic = AClinic::founded("a_form_that_this_program_did_not_make_changes_nothing");
    let patient = clinic.a_patient("A-1").to_string();
    let seal_of_another = clinic.browser_of("pia").seal();
    let browser = clinic.stepped_up("ada");
    let seal = browser.seal();
    for route in routes() {
        let path = filled(&route, &patient);
        if clinic.nobody().post(&path, &[]).status == StatusCode::METHOD_NOT_ALLOWED {
            continue;
        }
        let forms: [(&str, &[(&str, &str)]); 2] =
            [("without a seal", &[]), ("with the seal of another", &[("_form", &seal_of_another)])];
        for (which, form) in forms.into_iter().filter(|_| !for_programs(&route)) {
            let reply = browser.post_as_it_is(&path, form, &[]);
            assert!(refused(&route, &reply), "POST {path} {which}: {}", reply.status);
        }
        let elsewhere: [&[(&str, &str)]; 3] =
            [&[("origin", "https://elsewhere.example")], &[("sec-fetch-site", "cross-site")], &[("origin", "null")]];
        for headers in elsewhere {
            let reply = browser.post_as_it_is(&path, &[("_form", &seal)], headers);
            assert!(refused(&route, &reply), "POST {path} with {headers:?}: {}", reply.status);
        }
    }
}

#[test]
fn a_form_from_this_site_is_taken() {
    let clinic = AClinic::founded("a_form_from_this_site_is_taken");
    let browser = clinic.browser_of("ada");
    let headers = [("origin", "https://clinic.example"), ("sec-fetch-site", "same-origin")];
    let reply = browser.post_as_it_is("/sign-out", &[("_form", &browser.seal())], &headers);
    assert_eq!((reply.status, reply.header("location")), (StatusCode::SEE_OTHER, "/sign-in"));
    assert!(sent_to(&browser.get("/worklist"), "/sign-in"), "the sign-in has ended");
}

#[test]
fn an_address_that_is_not_there_says_so_in_the_form_that_was_asked_for() {
    let clinic = AClinic::founded("an_address_that_is_not_there");
    let (page, document) = (clinic.nobody().get("/nowhere"), clinic.nobody().get("/api/v1/nowhere"));
    assert_eq!((page.status, document.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND));
    assert!(page.header("content-type").starts_with("text/html"));
    assert_eq!(document.header("content-type"), "application/problem+json");
}
