//! The interface for programs: the same charts, the same table, JSON.

use axum::http::StatusCode;
use resurface_care::form;
use resurface_knowledge::document::Format;
use serde_json::{Value, json};

use crate::afterwards::treated;
use crate::builder::{AClinic, PASSWORD, knowledge};
use crate::consulted::{A_DAY, chart, consulted};

/// A consultation of the examples, as JSON.
pub(crate) fn example(name: &str) -> Value {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(name);
    let text = std::fs::read_to_string(path).unwrap();
    let read = form::read(name, &text, Format::Toml, knowledge()).unwrap();
    serde_json::from_str(&form::write(&read).unwrap()).unwrap()
}

#[test]
fn a_program_signs_in_for_a_token() {
    let clinic = AClinic::founded("a_program_signs_in");
    let nobody = clinic.nobody();
    let reply = nobody.json("POST", "/api/v1/sign-in", &json!({ "name": "ada", "password": PASSWORD }));
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
    assert!(reply.json()["token"].as_str().is_some_and(|token| token.len() > 40));
    let wrong = nobody.json("POST", "/api/v1/sign-in", &json!({ "name": "ada", "password": "wrong" }));
    assert_eq!(
        (wrong.status, wrong.json()["type"].clone()),
        (StatusCode::UNPROCESSABLE_ENTITY, json!("urn:resurface:problem:faults"))
    );
}

#[test]
fn a_consultation_is_added_once_with_what_was_decided_and_can_be_computed_again() {
    // given a patient who was registered by a program
    let clinic = AClinic::founded("a_consultation_is_added_once");
    let program = clinic.browser_of("ada");
    let consultation = example("consultation.toml");
    let patient = &consultation["patient"];
    let registration = json!({
        "on": "2026-11-20", "number": patient["id"], "name": "Pat Ient", "birth_date": patient["birth_date"], "sex": patient["sex"],
    });
    let made = program.json("POST", "/api/v1/charts", &registration);
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    let chart = format!("/api/v1/charts/{}", made.json()["patient"].as_str().unwrap());
    // when the consultation is added, and sent once more
    let path = format!("{chart}/consultations/019a9f6e-5d2c-7000-8000-000000000001?seen=1&plan=adopt");
    let added = program.json("PUT", &path, &consultation);
    assert_eq!(added.status, StatusCode::CREATED, "{}", added.text);
    let kinds: Vec<_> = added.json()["added"].as_array().unwrap().iter().map(|entry| entry["kind"].clone()).collect();
    assert!(kinds.contains(&json!("screened")) && kinds.contains(&json!("plan_adopted")), "{kinds:?}");
    let again = program.json("PUT", &path, &consultation);
    assert_eq!(again.status, StatusCode::OK, "{}", again.text);
    // then it stands there once, the rules it rests on are kept, and every decision comes out again
    let entries = program.get(&format!("{chart}/entries")).json()["entries"].as_array().unwrap().len();
    assert_eq!(entries, 1 + kinds.len());
    assert!(clinic.app.clinic().knowledge(knowledge().version.full()).unwrap().is_some());
    assert_eq!(program.get(&format!("{chart}/screening")).status, StatusCode::OK);
    assert_eq!(program.get(&format!("{chart}/plan")).status, StatusCode::OK);
    // and a program that has not read what was written meanwhile is told
    let message =
        json!({ "schema": form::ENTRY_SCHEMA, "kind": "message", "on": "2026-11-20", "from": "clinic", "text": "Hello" });
    let behind = program.json("PUT", &format!("{chart}/entries/019a9f6e-5d2c-7000-8000-000000000002?seen=1"), &message);
    assert_eq!(behind.status, StatusCode::CONFLICT, "{}", behind.text);
    let written = program.json("PUT", &format!("{chart}/entries/019a9f6e-5d2c-7000-8000-000000000002?seen={entries}"), &message);
    assert_eq!(written.status, StatusCode::CREATED, "{}", written.text);
}

#[test]
fn a_program_decides_about_the_plan_that_it_saw() {
    // given a patient for whom a plan was read
    let clinic = AClinic::founded("a_program_decides_about_the_plan");
    let patient = consulted(&clinic);
    let program = clinic.browser_of("ada");
    let path = format!("/api/v1/charts/{patient}/plan");
    let plan = program.get(&path).json();
    let put = |body: &Value| program.json("PUT", &format!("{path}/019a9f6e-5d2c-7000-8000-000000000001"), body);
    let edited = json!({ "wish": "edit", "sessions": 3, "interval_days": 42, "reason": "she travels", "answer": plan["answer"]["sha256"] });
    let otherwise = |name: &str, value: Value| {
        let mut body = edited.clone();
        body[name] = value;
        let reply = put(&body);
        (reply.status, reply.json())
    };
    // when another plan is meant, a field is not known, a reason is missing or the course is not allowed, nothing is kept
    let (status, problem) = otherwise("answer", json!("another"));
    assert_eq!((status, problem["type"].clone()), (StatusCode::CONFLICT, json!("urn:resurface:problem:moved")));
    let (status, problem) = otherwise("session", json!(3));
    assert_eq!((status, problem["faults"][0]["field"].clone()), (StatusCode::UNPROCESSABLE_ENTITY, json!("session")));
    for (name, value) in [("reason", json!("")), ("interval_days", json!(3)), ("sessions", json!("three"))] {
        assert_eq!(otherwise(name, value).0, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
    }
    assert!(chart(&clinic, patient).plan.is_none());
    // and what is right is kept once, however often it is sent
    assert_eq!([put(&edited).status, put(&edited).status], [StatusCode::CREATED, StatusCode::OK]);
    let held = chart(&clinic, patient).plan.unwrap();
    assert_eq!(held.course().map(|course| (course.total_sessions, course.interval_days)), Some((3, 42)));
    // whoever may only help writes a message, and no plan
    let assistant = clinic.browser_of("abe");
    let id = "019a9f6e-5d2c-7000-8000-000000000002";
    let message = json!({ "from": "clinic", "text": "Keep out of the sun" });
    let written = assistant.json("PUT", &format!("/api/v1/charts/{patient}/messages/{id}"), &message);
    assert_eq!(written.status, StatusCode::CREATED, "{}", written.text);
    assert_eq!(assistant.json("PUT", &format!("{path}/{id}"), &edited).status, StatusCode::FORBIDDEN);
    // nor does the id of the plan open it to them
    let borrowed = "019a9f6e-5d2c-7000-8000-000000000001";
    let refused = assistant.json("PUT", &format!("/api/v1/charts/{patient}/messages/{borrowed}"), &message);
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text);
}

#[test]
fn no_plan_takes_scars_counted_before_a_session_for_its_outcome() {
    // given a patient who was planned for, then treated, and whose skin was not looked at since
    let (clinic, patient) = treated("no_plan_takes_scars_counted_before");
    clinic.surroundings.pass_seconds(30 * A_DAY);
    let program = clinic.browser_of("ada");
    // when a plan is asked for, as a page or by a program
    for path in ["plan", "screening", "review"] {
        let reply = program.get(&format!("/api/v1/charts/{patient}/{path}"));
        // then it says what has to be done first
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}: {}", reply.text);
        assert!(reply.json()["detail"].as_str().is_some_and(|said| said.contains("examine it again first")), "{}", reply.text);
    }
}

#[test]
fn whoever_has_to_wait_is_told_how_long() {
    let clinic = AClinic::founded("whoever_has_to_wait_is_told_how_long");
    let nobody = clinic.nobody();
    let wrong = json!({ "name": "ada", "password": "wrong" });
    let told = (0..20).find_map(|_| {
        let reply = nobody.json("POST", "/api/v1/sign-in", &wrong);
        (reply.status == StatusCode::TOO_MANY_REQUESTS).then(|| reply.header("retry-after").parse::<u64>())
    });
    let a_time = |told: &Option<Result<u64, std::num::ParseIntError>>| {
        told.as_ref().is_some_and(|told| told.as_ref().is_ok_and(|seconds| *seconds >= 1))
    };
    assert!(a_time(&told), "{told:?}");
    // and whoever signs in on a page, or gives the password once more, is told as well
    let door = nobody.post("/sign-in", &[("name", "ada"), ("password", "wrong")]);
    assert_eq!(door.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(a_time(&Some(door.header("retry-after").parse())), "{:?}", door.headers);
    let signed_in = clinic.browser_of("pia");
    let told = (0..20).find_map(|_| {
        let reply = signed_in.post("/account/password", &[("password", "wrong"), ("new", "x"), ("again", "x")]);
        (reply.status == StatusCode::TOO_MANY_REQUESTS).then(|| reply.header("retry-after").parse())
    });
    assert!(a_time(&told), "{told:?}");
}

#[test]
fn what_is_wrong_with_a_consultation_is_told_field_by_field() {
    let clinic = AClinic::founded("what_is_wrong_with_a_consultation");
    let patient = clinic.a_patient("A-1");
    let mut consultation = example("consultation.toml");
    consultation["goal"]["improvement_percent"] = json!(900);
    let path = format!("/api/v1/charts/{patient}/consultations/019a9f6e-5d2c-7000-8000-000000000001");
    let reply = clinic.browser_of("ada").json("PUT", &path, &consultation);
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", reply.text);
    assert_eq!(reply.json()["faults"][0]["field"], "goal.improvement_percent");
}

#[test]
fn the_description_names_every_address_and_stands_as_it_was_read() {
    let clinic = AClinic::empty("the_description");
    let mut description = clinic.nobody().get("/api/v1/openapi.json").json();
    let paths: Vec<&str> = description["paths"].as_object().unwrap().keys().map(String::as_str).collect();
    let routes: Vec<&str> =
        resurface_clinic::routes().iter().map(|route| route.path).filter(|path| path.starts_with("/api/")).collect();
    assert_eq!(paths.len(), routes.len());
    assert!(routes.iter().all(|path| paths.contains(path)));
    // The schemas are those of `resurface schema`, which have tests of their own.
    for schema in ["Consultation", "Entry"] {
        description["components"]["schemas"][schema] = json!("as `resurface schema` prints it");
    }
    // What answers are made of stands in a table of its own.
    let parts: serde_json::Map<String, Value> = serde_json::from_str(include_str!("../../src/api/shapes/parts.json")).unwrap();
    for part in parts.keys() {
        description["components"]["schemas"][part] = json!("as parts.json says it");
    }
    for form in ["IntakeForm", "TreatmentForm"] {
        description["components"]["schemas"][form]["properties"]["findings"] = json!("as Consultation has it");
    }
    let now = format!("{description:#}\n");
    let golden = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/clinic/openapi.json");
    if std::env::var_os("RESURFACE_ACCEPT").is_some() {
        std::fs::write(&golden, &now).unwrap();
    }
    let read = std::fs::read_to_string(&golden).unwrap_or_default();
    assert!(read == now, "the interface has changed: look at it, then accept it with RESURFACE_ACCEPT=1");
}
