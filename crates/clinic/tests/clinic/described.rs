//! The description of the interface says what is true: everything that is sent and answered has the shape that it gives.

use std::cell::RefCell;
use std::collections::BTreeSet;

use axum::http::StatusCode;
use boon::{Compiler, Schemas};
use resurface_care::form;
use resurface_ledger::identity::{LinkPurpose, PatientId};
use serde_json::{Value, json};

use crate::api::example;
use crate::builder::{AClinic, Browser, PASSWORD, Reply, knowledge};
use crate::consulted::A_DAY;
use crate::demonstration::demonstration;
use crate::running::secret_of;

const FACE: &[u8] = include_bytes!("face.png");

/// The description, and what of it has been seen to be true.
struct Described {
    description: Value,
    answered: RefCell<BTreeSet<(String, String)>>,
}

impl Described {
    fn of(clinic: &AClinic) -> Self {
        let mut description = clinic.nobody().get("/api/v1/openapi.json").json();
        close(&mut description["components"]["schemas"]);
        Self { description, answered: RefCell::default() }
    }

    /// Whether a path is one of an address.
    fn is_there(&self, path: &str) -> bool {
        self.addresses(path).next().is_some()
    }

    /// The address that a path is one of; a word stands before a name that would also fit it.
    fn address(&self, path: &str) -> String {
        self.addresses(path).min_by_key(|address| address.matches('{').count()).unwrap().clone()
    }

    fn addresses(&self, path: &str) -> impl Iterator<Item = &String> {
        let path = path.split('?').next().unwrap();
        let parts: Vec<String> = path.split('/').map(str::to_owned).collect();
        let fits = move |address: &&String| {
            let names: Vec<&str> = address.split('/').collect();
            parts.len() == names.len() && parts.iter().zip(&names).all(|(part, name)| name.starts_with('{') || part == name)
        };
        self.description["paths"].as_object().unwrap().keys().filter(fits)
    }

    /// Holds a value against the shape with a name.
    fn holds(&self, shape: &Value, value: &Value, about: &str) {
        let name = shape["$ref"].as_str().and_then(|shape| shape.strip_prefix("#/components/schemas/")).unwrap();
        let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
        compiler.add_resource("https://clinic.example/openapi.json", self.description.clone()).unwrap();
        let index = compiler.compile(&format!("https://clinic.example/openapi.json#/components/schemas/{name}"), &mut schemas);
        let fits = schemas.validate(value, index.unwrap());
        assert!(fits.is_ok(), "{about} is no {name}: {:#}\n{value:#}", fits.unwrap_err());
    }

    /// Holds an answer against what the description says of it, and gives it back.
    fn answer(&self, method: &str, path: &str, reply: Reply) -> Reply {
        let (address, about) = (self.address(path), format!("{method} {path}"));
        let call = &self.description["paths"][&address][method.to_lowercase()];
        assert!(call.is_object(), "{about} is not described");
        let kind = reply.header("content-type").split(';').next().unwrap();
        if !reply.status.is_success() {
            assert_eq!(kind, "application/problem+json", "{about}: {}", reply.status);
            self.holds(&json!({ "$ref": "#/components/schemas/Problem" }), &reply.json(), &about);
            assert_eq!(reply.json()["status"], reply.status.as_u16());
            return reply;
        }
        match &call["responses"]["2XX"]["content"] {
            Value::Null => assert!(reply.text.is_empty(), "{about} answers what is not described: {}", reply.text),
            content if kind == "application/json" => self.holds(&content[kind]["schema"], &reply.json(), &about),
            content => assert!(content[kind].is_object(), "{about} answers {kind}"),
        }
        self.answered.borrow_mut().insert((method.to_owned(), address));
        reply
    }

    fn get(&self, program: &Browser<'_>, path: &str) -> Reply {
        self.answer("GET", path, program.get(path))
    }

    /// Sends something, and holds it and its answer against the description.
    fn send(&self, program: &Browser<'_>, method: &str, path: &str, body: &Value) -> Value {
        let reply = self.answer(method, path, program.json(method, path, body));
        assert!(reply.status.is_success(), "{method} {path}: {} {}", reply.status, reply.text);
        let takes = &self.description["paths"][self.address(path)][method.to_lowercase()]["requestBody"];
        if takes.is_object() {
            self.holds(&takes["content"]["application/json"]["schema"], body, &format!("what {method} {path} takes"));
        }
        if reply.text.is_empty() { Value::Null } else { reply.json() }
    }
}

/// Nothing but what is described may stand in an answer.
fn close(shape: &mut Value) {
    if let Value::Object(fields) = shape {
        if fields.get("properties").is_some_and(Value::is_object) && !fields.contains_key("additionalProperties") {
            fields.insert("additionalProperties".to_owned(), json!(false));
        }
        fields.values_mut().for_each(close);
    }
    if let Value::Array(shapes) = shape {
        shapes.iter_mut().for_each(close);
    }
}

/// An id of one's own for each entry.
fn id(number: u32) -> String {
    format!("019a9f6e-5d2c-7000-8000-{number:012}")
}

#[test]
fn every_answer_has_the_shape_that_the_description_gives_it() {
    let (clinic, patients) = demonstration("every_answer_has_the_shape");
    let described = Described::of(&clinic);
    for patient in &patients {
        a_chart_is_read(&clinic, &described, *patient, &[]);
    }
    // a forecast takes its time: that of one course is enough
    a_chart_is_read(&clinic, &described, patients[0], &["/plan", "/review"]);
    let patient = a_course_is_written(&clinic, &described);
    a_patient_reads_and_writes(&clinic, &described, patient);
    a_clinic_is_run(&clinic, &described, patient);
    somebody_works_here(&clinic, &described);
    // every call of every address was made, and answered
    let all = described.description["paths"].as_object().unwrap().iter().flat_map(|(address, calls)| {
        calls.as_object().unwrap().keys().map(|method| (method.to_uppercase(), address.clone())).collect::<Vec<_>>()
    });
    let answered = described.answered.borrow();
    let left: Vec<_> = all.filter(|call| !answered.contains(call)).collect();
    assert!(left.is_empty(), "never answered here: {left:#?}");
}

/// What can be read of every chart, and more of it.
fn a_chart_is_read(clinic: &AClinic, described: &Described, patient: PatientId, more: &[&str]) {
    let program = clinic.browser_of("ada");
    #[cfg(feature = "measure")]
    described.get(&program, &format!("/api/v1/charts/{patient}/scans"));
    let parts =
        ["", "/entries", "/screening", "/intake", "/consent", "/withdrawal", "/events", "/messages", "/pictures", "/links"];
    for part in parts.iter().chain(more) {
        clinic.surroundings.pass_seconds(1);
        described.get(&program, &format!("/api/v1/charts/{patient}{part}"));
    }
    let pictures = described.get(&program, &format!("/api/v1/charts/{patient}/pictures")).json();
    for picture in pictures["pictures"].as_array().unwrap() {
        let path = format!("/api/v1/charts/{patient}/pictures/{}?form=thumbnail", picture["entry"].as_str().unwrap());
        described.get(&program, &path);
    }
}

/// Two scans are taken in and compared; two pictures are, and cannot be measured.
#[cfg(feature = "measure")]
fn a_change_is_measured(clinic: &AClinic, described: &Described, program: &Browser<'_>, chart: &str, picture: &str) {
    let other = program.post_bytes(&format!("{chart}/pictures?view=front"), "image/png", FACE).json();
    let scans = [("2026-09-20", 0), ("2026-11-20", 1)].map(|(on, at)| {
        let path = format!("{chart}/scans?on={on}&instrument=structured_light&note=cheek");
        let sent = program.post_bytes(&path, "application/octet-stream", &crate::measure::two_scans()[at]);
        let taken = described.answer("POST", &path, sent).json();
        described.get(program, &format!("{chart}/scans/{}", taken["entry"].as_str().unwrap()));
        taken["entry"].clone()
    });
    described.get(program, &format!("{chart}/scans"));
    let of_pictures = json!({ "before": picture, "after": other["entry"], "pixel_mm": 0.2 });
    let of_scans = json!({ "before": scans[0], "after": scans[1] });
    for (what, body, state) in [("pictures", of_pictures, "refused"), ("scans", of_scans, "done")] {
        let begun = described.send(program, "POST", &format!("{chart}/measure/{what}"), &body);
        let path = format!("{chart}/measured/{}", begun["key"].as_str().unwrap());
        let said = crate::measure::measured_by_program(clinic, || described.get(program, &path).json());
        assert_eq!(said["state"], state, "{said}");
    }
}

/// A course from the registration to its review, as forms of the pages write it.
fn a_course_is_written(clinic: &AClinic, described: &Described) -> PatientId {
    let program = clinic.browser_of("ada");
    let part = |names: &[&str]| -> Value {
        let consultation = example("consultation.toml");
        names.iter().map(|name| ((*name).to_owned(), consultation[*name].clone())).collect::<serde_json::Map<_, _>>().into()
    };
    let registration =
        json!({ "on": "2026-11-20", "number": "W-1", "name": "Wanda", "birth_date": "1994-05-03", "sex": "female" });
    let patient = described.send(&program, "POST", "/api/v1/charts", &registration)["patient"].as_str().unwrap().to_owned();
    a_consultation_is_written(described, &program);
    let chart = format!("/api/v1/charts/{patient}");
    let put =
        |form: &str, number: u32, body: Value| described.send(&program, "PUT", &format!("{chart}/{form}/{}", id(number)), &body);

    let mut asked = part(&["findings", "goal", "earlier_treatments"]);
    asked["patient"] = json!({ "pregnant": "no", "breast_feeding": "no" });
    put("intake", 1, asked);
    let seen = part(&["lesions", "skin", "scars"]);
    described.send(&program, "POST", &format!("{chart}/examination/grades"), &seen);
    put("examination", 2, seen);
    put("screening", 3, json!({ "device": "skinpen_precision", "override": {}, "keep": [] }));
    let plan = described.get(&program, &format!("{chart}/plan")).json();
    let edited = json!({
        "wish": "edit", "sessions": 3, "interval_days": 42, "reason": "she can come every six weeks", "answer": plan["answer"]["sha256"],
    });
    put("plan", 4, edited);
    let consent = described.get(&program, &format!("{chart}/consent")).json();
    let given = json!({
        "purposes": ["treatment", "pictures_for_care"], "text": consent["version"], "signed": "Wanda", "discussion": "all of it",
    });
    put("consent", 5, given);
    let taken = program.post_bytes(&format!("{chart}/pictures?view=front"), "image/png", FACE);
    let taken = described.answer("POST", &format!("{chart}/pictures"), taken).json();
    described.get(&program, &format!("{chart}/pictures/{}", taken["entry"].as_str().unwrap()));
    #[cfg(feature = "measure")]
    a_change_is_measured(clinic, described, &program, &chart, taken["entry"].as_str().unwrap());

    clinic.surroundings.pass_seconds(7 * A_DAY);
    let program = clinic.browser_of("ada");
    let put =
        |form: &str, number: u32, body: Value| described.send(&program, "PUT", &format!("{chart}/{form}/{}", id(number)), &body);
    described.get(&program, "/api/v1/cartridge?udi=(01)09506000134352(17)271130(10)A12");
    let day = json!({
        "cartridge": { "lot": "A12", "expires": "2027-11-30", "sterile_pack_intact": "yes", "used_before": "no" },
        "zones": [{ "zone": "cheek_left", "depth_um": 1000 }], "anaesthetic": { "product": "none" },
    });
    let schema = form::consultation_schema(knowledge());
    let questions = schema["properties"]["findings"]["properties"].as_object().unwrap().keys();
    let findings: serde_json::Map<_, _> = questions.map(|question| (question.clone(), json!({ "answer": "no" }))).collect();
    let asked = json!({
        "carried": true, "patient": { "pregnant": "no", "breast_feeding": "no" }, "findings": findings,
        "lesions": { "iga": 1, "pustules_or_nodules": "no" }, "day": day,
    });
    put("treatment", 6, asked);
    described.send(&program, "POST", &format!("{chart}/gate"), &day);
    put(
        "session",
        7,
        json!({ "zones": [{ "zone": "cheek_left", "depth_um": 1000, "passes": 4, "endpoint": "pinpoint_bleeding" }] }),
    );
    put("messages", 8, json!({ "from": "clinic", "text": "Keep out of the sun" }));
    let event = json!({ "on": "2026-11-27", "severity": "mild", "session": "2026-11-27", "text": "blisters" });
    let event = put("events", 9, event)["added"][0]["id"].clone();
    put("follow-ups", 10, json!({ "event": event, "on": "2026-11-27", "text": "healed", "resolved": true }));

    clinic.surroundings.pass_seconds(120 * A_DAY);
    let program = clinic.browser_of("ada");
    let put =
        |form: &str, number: u32, body: Value| described.send(&program, "PUT", &format!("{chart}/{form}/{}", id(number)), &body);
    put("examination", 11, part(&["lesions", "skin", "scars"]));
    put("outcomes", 12, json!({ "on": "2027-03-27", "scale": "improvement_percent", "value": 40, "rater": "open" }));
    let review = described.get(&program, &format!("{chart}/review")).json();
    let decided = json!({ "decided": "wait", "reason": "she travels", "answer": review["answer"]["sha256"] });
    put("review", 13, decided);
    put("withdrawal", 14, json!({ "purposes": ["pictures_for_care"] }));
    let amended = json!({ "schema": form::ENTRY_SCHEMA, "kind": "amended", "on": "2027-03-27", "entry": id(8), "reason": "another patient" });
    put("entries", 15, amended);
    let patient = patient.parse().unwrap();
    a_chart_is_read(clinic, described, patient, &["/forecast.svg", "/documents/chart.pdf", "/documents/plan.pdf"]);
    patient
}

/// A whole consultation, of somebody else.
fn a_consultation_is_written(described: &Described, program: &Browser<'_>) {
    let consultation = example("consultation.toml");
    let about = &consultation["patient"];
    let registration = json!({
        "on": "2026-11-20", "number": about["id"], "name": "Pat Ient", "birth_date": about["birth_date"], "sex": about["sex"],
    });
    let patient = described.send(program, "POST", "/api/v1/charts", &registration)["patient"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/charts/{patient}/consultations/{}?plan=adopt&seen=1", id(20));
    described.send(program, "PUT", &path, &consultation);
}

/// What a patient does with the links of the clinic.
fn a_patient_reads_and_writes(clinic: &AClinic, described: &Described, patient: PatientId) {
    let assistant = clinic.browser_of("abe");
    let chart = format!("/api/v1/charts/{patient}");
    for purpose in ["intake", "plan", "report_problem"] {
        let made = described.send(&assistant, "POST", &format!("{chart}/links"), &json!({ "purpose": purpose, "days": 7 }));
        described.send(&assistant, "DELETE", &format!("{chart}/links/{}", made["id"].as_str().unwrap()), &json!({}));
    }
    let plan = clinic.with_link(LinkPurpose::Plan, patient, patient);
    described.get(&plan, "/api/v1/my/plan");
    described.get(&plan, "/api/v1/my/guide/questions");
    let report = clinic.with_link(LinkPurpose::ReportProblem, patient, patient);
    let text = json!({ "severity": "mild", "text": "red for two days" });
    described.send(&report, "PUT", &format!("/api/v1/my/report/{}", id(30)), &text);
    let intake = clinic.with_link(LinkPurpose::Intake, patient, patient);
    let asked = json!({ "goal": { "improvement_percent": 50 }, "findings": { "fever": "no" } });
    described.send(&intake, "PUT", &format!("/api/v1/my/intake/{}", id(31)), &asked);
    let again = intake.json("PUT", &format!("/api/v1/my/intake/{}", id(32)), &asked);
    assert_eq!(described.answer("PUT", "/api/v1/my/intake/x", again).status, StatusCode::FORBIDDEN, "it is done once");
}

/// What the lead does, and what everybody reads.
fn a_clinic_is_run(clinic: &AClinic, described: &Described, patient: PatientId) {
    let (team, lead) = (clinic.browser_of("ada"), clinic.browser_of("lea"));
    for path in ["/api/v1/worklist", "/api/v1/worklist?q=a&step=review&page=1", "/api/v1/patients?q=wan", "/api/v1/knowledge"] {
        described.get(&team, path);
    }
    let ids = described.get(&team, "/api/v1/knowledge").json()["ids"].clone();
    for id in ids.as_array().unwrap() {
        clinic.surroundings.pass_seconds(1);
        described.get(&team, &format!("/api/v1/knowledge/{}", id.as_str().unwrap()));
    }
    assert_eq!(described.get(&team, "/api/v1/knowledge/CI-PREGG").status, StatusCode::NOT_FOUND);
    for topic in described.get(&team, "/api/v1/guide").json()["topics"].as_array().unwrap() {
        described.get(&team, &format!("/api/v1/guide/{}", topic["topic"].as_str().unwrap()));
    }
    let setting = json!({ "change": { "setting": { "id": "interval_min_days", "value": 35 } }, "reason": "we go slower" });
    described.send(&lead, "POST", "/api/v1/settings", &setting);
    described.send(&lead, "POST", "/api/v1/settings", &json!({ "change": { "device": "skinpen_precision" }, "reason": "ours" }));
    described.send(&lead, "POST", "/api/v1/settings/second-factor", &json!({ "duty": "free" }));
    described.send(&lead, "POST", "/api/v1/verify", &Value::Null);
    let glass = format!("/api/v1/charts/{patient}/break-glass");
    let reason = json!({ "reason": "collapsed in the waiting room" });
    described.send(&clinic.stepped_up("abe"), "POST", &glass, &reason);
    assert_eq!(
        described.answer("POST", &glass, clinic.browser_of("abe").json("POST", &glass, &reason)).status,
        StatusCode::FORBIDDEN
    );
    for path in [
        "/api/v1/recall?lot=A12",
        "/api/v1/recall/table.csv?lot=A12",
        "/api/v1/outcomes",
        "/api/v1/outcomes/table.csv",
        "/api/v1/settings",
        "/api/v1/access-log?lines=1000",
        "/api/v1/access-log?outcome=failures&since=2026-11-01",
        "/api/v1/access-log/emergencies",
        "/api/v1/openapi.json",
    ] {
        described.get(&lead, path);
    }
}

/// People who work here, and their accounts.
fn somebody_works_here(clinic: &AClinic, described: &Described) {
    let lead = clinic.stepped_up("lea");
    let nurse = json!({ "profession": "nurse", "trained": "yes", "training_valid_until": "2027-06-30", "depth_limit_um": 500 });
    let new = json!({ "display_name": "Nia", "roles": ["practitioner"], "operator": nurse, "password": PASSWORD });
    described.send(&lead, "PUT", "/api/v1/users/nia", &new);
    for change in [
        json!({ "roles": ["assistant"] }),
        json!({ "operator": nurse }),
        json!({ "disabled": true }),
        json!({ "disabled": false }),
    ] {
        described.send(&lead, "POST", "/api/v1/users/nia", &change);
    }
    let reset = json!({ "password": "another sentence that nobody guesses", "lost_second_factor": true });
    described.send(&lead, "POST", "/api/v1/users/nia/password", &reset);
    described.send(&lead, "POST", "/api/v1/users/nia/end-sign-ins", &Value::Null);
    described.get(&lead, "/api/v1/users");
    // signed in, with codes from an app, and another password
    let name = json!({ "name": "abe", "password": PASSWORD });
    described.send(&clinic.nobody(), "POST", "/api/v1/sign-in", &name);
    let own = clinic.browser_of("abe");
    let proof = json!({ "password": PASSWORD });
    described.send(&own, "POST", "/api/v1/step-up", &proof);
    let secret = described.send(&own, "POST", "/api/v1/account/second-factor", &proof)["secret"].as_str().unwrap().to_owned();
    let code = secret_of(&secret).code_at(clinic.app.clinic().surroundings().now());
    described.send(&own, "POST", "/api/v1/account/second-factor/confirm", &json!({ "code": *code }));
    assert_eq!(described.get(&own, "/api/v1/account").json()["recovery_codes_left"], 10);
    let own = clinic.browser_of("pia");
    described.send(
        &own,
        "POST",
        "/api/v1/account/password",
        &json!({ "password": PASSWORD, "new": "a new sentence, not guessed" }),
    );
    described.send(&clinic.browser_of("noa"), "POST", "/api/v1/sign-out", &Value::Null);
    let wrong = clinic.nobody().json("POST", "/api/v1/sign-in", &json!({ "name": "ada", "password": "wrong" }));
    assert_eq!(described.answer("POST", "/api/v1/sign-in", wrong).status, StatusCode::UNPROCESSABLE_ENTITY);
    let unknown = clinic.nobody().json("POST", "/api/v1/sign-in", &json!({ "nome": "ada" }));
    assert_eq!(described.answer("POST", "/api/v1/sign-in", unknown).status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(described.get(&clinic.nobody(), "/api/v1/worklist").status, StatusCode::UNAUTHORIZED);
}

#[test]
fn the_page_for_programmers_says_what_is_there() {
    let clinic = AClinic::empty("the_page_for_programmers");
    let description = clinic.nobody().get("/api/v1/openapi.json").json();
    let described = Described::of(&clinic);
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/api.md");
    let page = std::fs::read_to_string(path).unwrap();
    // every kind of problem, and no other, has its row
    let kinds = description["components"]["schemas"]["Problem"]["properties"]["type"]["enum"].as_array().unwrap();
    let rows: Vec<&str> = page.lines().filter_map(|line| line.strip_prefix("| `urn:resurface:problem:")).collect();
    let named: BTreeSet<String> =
        rows.iter().map(|row| format!("urn:resurface:problem:{}", row.split('`').next().unwrap())).collect();
    assert_eq!(named, kinds.iter().map(|kind| kind.as_str().unwrap().to_owned()).collect());
    // and every address that is called stands in the description
    let calls = page.split(|sign: char| sign.is_whitespace() || "\"`()".contains(sign)).filter_map(|word| {
        let path = word
            .strip_prefix("$at")
            .map(|rest| format!("/api/v1{rest}"))
            .or_else(|| word.starts_with("/api/v1/").then(|| word.to_owned()));
        path.filter(|path| path.len() > "/api/v1/".len())
    });
    let calls: Vec<String> = calls.collect();
    assert!(calls.len() > 10, "{calls:?}");
    for call in calls {
        assert!(described.is_there(&call), "there is no {call}");
    }
}

#[test]
fn every_shape_that_is_named_is_there_and_none_is_left_over() {
    let description = AClinic::empty("every_shape_that_is_named").nobody().get("/api/v1/openapi.json").json();
    let shapes = description["components"]["schemas"].as_object().unwrap();
    let named = |node: &Value| -> BTreeSet<String> {
        let text = node.to_string();
        text.split("#/components/schemas/").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
    };
    let mut used: BTreeSet<String> =
        named(&description["paths"]).union(&named(&description["components"]["responses"])).cloned().collect();
    loop {
        let found: BTreeSet<String> = used.iter().flat_map(|name| named(&shapes[name])).chain(used.iter().cloned()).collect();
        if found == used {
            break;
        }
        used = found;
    }
    assert_eq!(used, shapes.keys().cloned().collect());
}
