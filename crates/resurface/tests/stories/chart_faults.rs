//! What is said when a file does not fit a chart, when somebody was faster, and when a chart is damaged.

use std::fs;

use serde_json::Value;

use crate::a_clinic::AClinic;
use crate::visits::Visits;

fn a_clinic_with_a_visit(name: &str) -> (AClinic, Visits) {
    let clinic = AClinic::founded(name);
    let visit = Visits::of_example("consultation.toml");
    let file = visit.write(&clinic.folder, "visit.json");
    clinic.open_chart(&file, "Vera Visit");
    clinic.page(&["chart", "add", "A-1042", &file]);
    (clinic, visit)
}

fn entries(clinic: &AClinic) -> u64 {
    clinic.json(&["chart", "show", "A-1042"])["entries"].as_u64().unwrap()
}

#[test]
fn a_file_that_does_not_fit_the_chart_adds_nothing_and_says_why() {
    let (clinic, visit) = a_clinic_with_a_visit("does_not_fit");
    let with_session = visit.clone().on("2026-11-24").session("2026-11-22").outcome("2026-11-24", "ecca", 120.0, "open");
    clinic.page(&["chart", "add", "A-1042", &with_session.write(&clinic.folder, "session.json")]);
    let before = entries(&clinic);
    for (other, says) in [
        (visit.clone().numbered("B-9"), "patient.id is not that of this chart: is this the right chart?"),
        (visit.clone().with("/patient/birth_date", "1995-03-02"), "patient.birth_date is not that of this chart"),
        (visit.clone().on("2026-11-10"), "amend an entry to correct what was recorded"),
        (with_session.clone().with("/outcomes/0/value", 130), "an outcome of 2026-11-24 is already in the chart, and otherwise"),
        (with_session.clone().with("/sessions/0/zones/0/depth_um", 500), "a session of 2026-11-22 is already in the chart"),
    ] {
        let said = clinic.refused(&["chart", "add", "A-1042", &other.write(&clinic.folder, "other.json")], 2);
        assert!(said.contains(says) && said.contains("\nhint: "), "{said}");
    }
    // and the access log says that it was not done, and why, without a word of the patient
    let log = clinic.json(&["access-log", "--failures"]);
    let kinds: Vec<&str> = log["lines"].as_array().unwrap().iter().map(|line| line["said"]["note"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["does_not_fit", "does_not_fit", "does_not_fit", "another_patient", "another_patient"]);
    let early = visit.clone().on("2026-11-25").write(&clinic.folder, "early.json");
    assert_eq!(entries(&clinic), before);
    // what the chart knows and the file does not is told, and counts
    let said = clinic.run(&["chart", "add", "A-1042", &early]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    assert!(
        said.stderr.contains("early.json: the chart holds 1 session and 1 outcome that the file does not name"),
        "{}",
        said.stderr
    );
}

#[test]
fn a_decision_rests_on_a_consultation_and_is_one() {
    let (clinic, visit) = a_clinic_with_a_visit("decisions");
    let message = "schema = 'resurface.entry/1'\nkind = 'message'\non = 2026-11-20\nfrom = 'clinic'\ntext = 'hello'\n";
    clinic.write("message.toml", message);
    let said = clinic.refused(&["chart", "add", "A-1042", "message.toml", "--adopt"], 2);
    assert!(said.contains("there is no consultation among the files"), "{said}");
    let file = visit.write(&clinic.folder, "visit.json");
    clinic.refused(&["chart", "add", "A-1042", &file, "--adopt", "--reject", "no"], 2);
    clinic.refused(&["chart", "add", "A-1042", &file, "--sessions", "4"], 2);
    let said = clinic.refused(&["chart", "add", "A-1042", &file, "--decide", "stop", "--why", "x"], 2);
    assert!(said.contains("there is nothing to review before the first session"), "{said}");
    for (decision, says) in [
        (
            &["--sessions", "4", "--interval-days", "3", "--why", "soon"][..],
            "this course is not allowed: sessions are 28 to 365 days apart",
        ),
        (&["--sessions", "99", "--interval-days", "42", "--why", "many"], "this course is not allowed: 1 to"),
    ] {
        let said = clinic.refused(&[&["chart", "add", "A-1042", &file], decision].concat(), 2);
        assert!(said.contains(says) && said.contains("note: nothing of this file was added"), "{said}");
    }
    // a course that is not taken leads elsewhere
    let added = clinic.json(&["chart", "add", "A-1042", &file, "--reject", "wants a laser"]);
    assert_eq!(added["next"]["step"], "offer_alternatives");
    assert_eq!(added["files"][0]["entries"].as_array().unwrap().len(), 1, "nothing is screened twice");
}

#[test]
fn a_course_that_was_begun_elsewhere_is_reviewed_and_goes_on_as_proposed() {
    let clinic = AClinic::founded("begun_elsewhere");
    let example = crate::program::repository().join("examples/responder.json");
    clinic.open_chart(example.to_str().unwrap(), "Greta Elsewhere");
    let added = clinic.json(&["chart", "add", "G-1187", example.to_str().unwrap(), "--adopt"]);
    let outcome = &added["files"][0];
    assert_eq!(
        (outcome["review"]["decided"].clone(), outcome["plan"]["adoption"]["is"].clone()),
        ("continue".into(), "adopted".into())
    );
    assert_eq!(added["next"]["step"], "session");
    let again = clinic.json(&["chart", "add", "G-1187", example.to_str().unwrap(), "--adopt"]);
    assert_eq!(again["files"][0]["entries"], serde_json::json!([]));
}

#[test]
fn files_are_read_before_the_first_is_written_and_each_is_added_whole() {
    let (clinic, visit) = a_clinic_with_a_visit("several");
    let before = entries(&clinic);
    let later = visit.on("2026-11-24").write(&clinic.folder, "later.json");
    clinic.write("wrong.toml", "schema = 'resurface.entry/1'\nkind = 'message'\n");
    clinic.refused(&["chart", "add", "A-1042", &later, "wrong.toml"], 2);
    assert_eq!(entries(&clinic), before);
    let other = Visits::of_example("consultation.toml").numbered("B-9").on("2026-11-24").write(&clinic.folder, "other.json");
    let said = clinic.refused(&["chart", "add", "A-1042", &later, &other], 2);
    assert!(said.contains("note: 1 of 2 files were added before other.json"), "{said}");
    assert!(entries(&clinic) > before);
}

#[test]
fn a_file_that_does_not_say_what_it_is_is_told_how_to() {
    let (clinic, _) = a_clinic_with_a_visit("no_schema");
    clinic.write("entry.toml", "kind = 'message'\non = 2026-11-20\nfrom = 'clinic'\ntext = 'hello'\n");
    let said = clinic.refused(&["chart", "add", "A-1042", "entry.toml"], 2);
    assert!(
        said.contains("entry.toml: schema: this field is missing, and the file could be a consultation or an entry"),
        "{said}"
    );
    for schema in ["schema = \"resurface.consultation/1\"", "schema = \"resurface.entry/1\" and a kind"] {
        assert!(said.contains(schema), "{said}");
    }
    assert!(!said.contains("jurisdiction"), "no faults of a consultation: {said}");
}

#[test]
fn whoever_is_named_as_treating_and_is_not_signed_in_is_remarked_and_both_are_kept() {
    // given a treatment day in the name of another operator of the clinic
    let (clinic, visit) = a_clinic_with_a_visit("another_operator");
    let cy = ["user", "add", "cy", "--display-name", "Dr Cy Other", "--role", "practitioner", "--profession", "doctor"];
    clinic.page(&[&cy[..], &["--trained", "yes", "--training-valid-until", "2028-06-30", "--depth-limit-um", "1500"]].concat());
    let day = visit.on("2026-11-24").treatment_day("2026-11-24", "K1");
    let others = day.clone().with("/operator/name", "Dr Cy Other");
    // when ada adds it
    let said = clinic.run(&["chart", "add", "A-1042", &others.write(&clinic.folder, "others.json"), "--json"]);
    // then she is told, and the chart names who treats and who wrote it
    let remark = "others.json: the operator is Dr Cy Other, and Dr Ada Example is signed in: the chart names Dr Cy Other as who \
                  treats, and Dr Ada Example as who wrote it";
    assert!(said.stderr.contains(remark), "{}", said.stderr);
    assert!(said.stderr.contains("what the clinic's records say of the operator counts"), "{}", said.stderr);
    let added: Value = serde_json::from_str(&said.stdout).unwrap();
    assert_eq!(added["files"][0]["gate"]["setting"]["operator"]["name"], "Dr Cy Other");
    let timeline = clinic.json(&["chart", "timeline", "A-1042"]);
    assert!(timeline["entries"].as_array().unwrap().last().unwrap().to_string().contains("Dr Ada Example"), "{timeline:#}");
    // and nothing is remarked about a day of her own, nor about a file that was added before
    let own = clinic.run(&["chart", "add", "A-1042", &day.write(&clinic.folder, "own.json")]);
    assert!(!own.stderr.contains("operator"), "{}", own.stderr);
    let again = clinic.run(&["chart", "add", "A-1042", "own.json"]);
    assert!(!again.stderr.contains("operator"), "{}", again.stderr);
}

#[test]
fn a_gate_that_refuses_says_why_on_the_page() {
    let (clinic, visit) = a_clinic_with_a_visit("gate_reasons");
    let day = visit.on("2026-11-24").treatment_day("2026-11-24", "K1");
    let refused = day.answered("viral_infection", "yes").with("/operator/name", "Dr Nobody Known");
    let said = clinic.run(&["chart", "add", "A-1042", &refused.write(&clinic.folder, "day.json")]);
    assert_eq!(said.code, 3, "{}", said.stderr);
    let gate = said.stdout.split("ADDED").next().unwrap();
    for reason in ["  x not answered: operator.trained", "in the area [CI-VZV]", "    Do: "] {
        assert!(gate.contains(reason), "{gate}");
    }
}

#[test]
fn no_chart_and_no_clinic_number_is_guessed() {
    let (clinic, visit) = a_clinic_with_a_visit("no_chart");
    for arguments in [&["chart", "show", "A-104"][..], &["chart", "show", "11111111-1111-4111-8111-111111111111"]] {
        let said = clinic.refused(arguments, 2);
        assert!(said.contains("there is no such chart\nhint: `resurface chart find TEXT`"), "{said}");
    }
    let said = clinic.refused(&["chart", "new", &visit.write(&clinic.folder, "visit.json"), "--name", "Vera Visit"], 2);
    assert!(said.contains("another chart has this number already"), "{said}");
    clinic
        .refused(&["chart", "new", "--number", "B-1", "--name", "two\nlines", "--birth-date", "1990-01-01", "--sex", "male"], 2);
    clinic.refused(&["chart", "new", "--name", "No Number"], 2);
}

#[test]
fn of_two_who_write_at_once_neither_loses_what_they_wrote() {
    let (clinic, _) = a_clinic_with_a_visit("at_once");
    let before = entries(&clinic);
    let files: Vec<String> = (0..4)
        .map(|at| {
            let name = format!("message-{at}.toml");
            let text = format!(
                "schema = 'resurface.entry/1'\nkind = 'message'\non = 2026-11-20\nfrom = 'clinic'\ntext = 'message {at}'\n"
            );
            fs::write(clinic.folder.join(&name), text).unwrap();
            name
        })
        .collect();
    let add = |file: &String| clinic.run(&["chart", "add", "A-1042", file]);
    let said: Vec<_> = std::thread::scope(|scope| {
        let running: Vec<_> = files.iter().map(|file| scope.spawn(|| add(file))).collect();
        running.into_iter().map(|running| running.join().unwrap()).collect()
    });
    for (file, said) in files.iter().zip(&said) {
        assert!(said.code == 0 || (said.code == 12 && said.stdout.is_empty()), "{}: {}", said.code, said.stderr);
        if said.code == 12 {
            assert!(said.stderr.contains("hint: added meanwhile: ") && said.stderr.contains("message"), "{}", said.stderr);
            assert_eq!(add(file).code, 0, "and is added when it comes again");
        }
    }
    assert_eq!(entries(&clinic), before + 4);
}

#[test]
fn a_damaged_chart_says_so_before_everything_else_and_nothing_is_added_to_it() {
    let (clinic, visit) = a_clinic_with_a_visit("damaged");
    // given somebody who changed the kind of an entry in the file of the ledger
    let ledger = clinic.clinic_folder().join("ledger.sqlite");
    let mut bytes = fs::read(&ledger).unwrap();
    let at = bytes.windows(8).position(|word| word == b"examined").unwrap();
    bytes[at..at + 8].copy_from_slice(b"screened");
    fs::write(&ledger, bytes).unwrap();
    // when the chart is opened, then what is wrong stands first, in words
    for command in ["show", "timeline", "next"] {
        let said = clinic.run(&["chart", command, "A-1042"]);
        assert_eq!(said.code, 13, "{}", said.stderr);
        assert!(said.stdout.starts_with("DAMAGED  this chart does not check: entry 3 does not follow"), "{}", said.stdout);
    }
    // and no next step follows from it, there or in the worklist, but what to do first
    for command in ["show", "next"] {
        let said = clinic.run(&["chart", command, "A-1042"]);
        assert!(!said.stdout.contains("NEXT"), "{}", said.stdout);
        assert!(said.stdout.contains("First: `resurface verify` says what else is damaged"), "{}", said.stdout);
        let chart = clinic.json(&["chart", command, "A-1042"]);
        assert!(chart["fault"].as_str().unwrap().contains("entry 3"), "{}", chart["fault"]);
        assert_eq!((chart["next"].clone(), chart["step"].clone()), (Value::Null, Value::Null));
    }
    let list = clinic.json(&["worklist", "--all"]);
    assert_eq!((list["rows"].clone(), list["damaged"][0]["number"].clone()), (Value::Array(Vec::new()), "A-1042".into()));
    let page = clinic.page(&["worklist", "--all"]);
    assert!(page.contains("Vera Visit, number A-1042: the chart is damaged") && page.contains("First: `resurface"), "{page}");
    let file = visit.on("2026-11-24").write(&clinic.folder, "later.json");
    let said = clinic.run(&["chart", "add", "A-1042", &file]);
    assert_ne!(said.code, 0);
    assert_eq!(said.stdout, "");
}
