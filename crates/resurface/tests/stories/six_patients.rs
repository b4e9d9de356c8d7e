//! Six whole courses, built by adding files to charts, and read back as a practice reads them.

use std::path::Path;

use serde_json::Value;

use crate::a_clinic::{AClinic, PASSWORD, files_in};
use crate::program::folder;
use crate::visits::Visits;

/// The numbers of the six.
const RESPONDER: &str = "G-1187";
const SLOW: &str = "S-2001";
const NOT_RESPONDING: &str = "F-0093";
const DEFERRED: &str = "C-0777";
const REFUSED: &str = "D-0311";
const WITH_EVENT: &str = "A-1042";

/// A day on which every course of the story is over, or waits.
const LATER: &str = "2026-11-25";

/// A chart that is being written, file by file.
struct Course<'a> {
    clinic: &'a AClinic,
    number: String,
    files: usize,
}

impl<'a> Course<'a> {
    fn begins(clinic: &'a AClinic, first: &Visits, name: &str) -> Self {
        let number = first.number();
        let file = first.write(&clinic.folder, &format!("{number}-0.json"));
        clinic.open_chart(&file, name);
        Self { clinic, number, files: 0 }
    }

    /// Adds a visit; the answer has to come with this exit code.
    fn adds(&mut self, visit: &Visits, decision: &[&str], code: i32) -> Value {
        self.files += 1;
        let file = visit.write(&self.clinic.folder, &format!("{}-{}.json", self.number, self.files));
        self.adds_file(&file, decision, code)
    }

    fn adds_file(&self, file: &str, decision: &[&str], code: i32) -> Value {
        let said = self.clinic.run(&[&["chart", "add", &self.number, file, "--json"], decision].concat());
        assert_eq!(said.code, code, "{} {file}: {}", self.number, said.stderr);
        serde_json::from_str(&said.stdout).unwrap()
    }

    /// Treats on these days: the gate is asked, and the session is in the file of the next visit.
    fn treats(&mut self, visits: Visits, days: &[&str], lot: &str) -> Visits {
        days.iter().fold(visits, |visits, day| {
            let visits = visits.treatment_day(day, lot);
            let added = self.adds(&visits, &[], 0);
            assert_ne!(added["files"][0]["gate"]["answer"]["permit"], "refused", "{} {day}: {added:#}", self.number);
            visits.session(day)
        })
    }
}

fn a_responder(clinic: &AClinic) {
    let first = Visits::of_example("responder.json").answered("topical_retinoid_or_acid", "no").on("2026-02-02").outcome(
        "2026-02-02",
        "goodman_baron_quantitative",
        20.0,
        "open",
    );
    let mut course = Course::begins(clinic, &first, "Greta Responder");
    let added = course.adds(&first, &["--adopt"], 0);
    assert!(added["files"][0]["plan"]["answer"]["course"]["total_sessions"].as_u64().unwrap() > 1);
    let visits = course.treats(first, &["2026-02-09", "2026-03-16", "2026-04-20"], "K24-0917");
    let review = visits.on("2026-09-01").outcome("2026-09-01", "goodman_baron_quantitative", 9.0, "open").outcome(
        "2026-09-01",
        "improvement_percent",
        62.0,
        "blinded",
    );
    let added = course.adds(&review, &["--decide", "stop", "--why", "the patient is content"], 0);
    assert_eq!(added["files"][0]["review"]["decided"], "stop");
}

fn a_slow_one(clinic: &AClinic) {
    let first = Visits::of_example("consultation.toml").numbered(SLOW).on("2026-04-06");
    let first = first.outcome("2026-04-06", "goodman_baron_quantitative", 18.0, "open");
    let mut course = Course::begins(clinic, &first, "Silas Slow");
    course.adds(&first, &["--sessions", "4", "--interval-days", "42", "--why", "works abroad every other month"], 0);
    let visits = course.treats(first, &["2026-04-13", "2026-05-25"], "K24-0917");
    let review = visits.on("2026-07-06").outcome("2026-07-06", "improvement_percent", 12.0, "blinded");
    let added = course.adds(&review, &["--adopt"], 0);
    assert_eq!(added["files"][0]["review"]["reason"], Value::Null, "the advice is taken");
}

fn one_who_does_not_respond(clinic: &AClinic) {
    let first =
        Visits::of_example("not_responding.toml").on("2026-02-02").with("/findings/pigmentation_after_needling_ever", "no");
    let first = first.outcome("2026-02-02", "goodman_baron_quantitative", 16.0, "open");
    let mut course = Course::begins(clinic, &first, "Nora Unmoved");
    course.adds(&first, &["--adopt"], 0);
    let visits = course.treats(first, &["2026-02-09", "2026-03-30", "2026-05-18", "2026-07-06"], "M-77");
    let review = visits.on("2026-11-20").outcome("2026-11-20", "goodman_baron_quantitative", 16.0, "open").outcome(
        "2026-11-20",
        "improvement_percent",
        3.0,
        "blinded",
    );
    let added = course.adds(&review, &["--adopt"], 0);
    assert_eq!(added["files"][0]["review"]["decided"], "switch", "{:#}", added["files"][0]["review"]);
}

fn one_deferred_and_cleared(clinic: &AClinic) {
    let cleared = Visits::of_example("consultation.toml").numbered(DEFERRED);
    let deferred = cleared.clone().on("2026-09-01").with("/lesions/iga", 3).with("/lesions/pustules_or_nodules", "yes");
    let mut course = Course::begins(clinic, &deferred, "Dora Patience");
    let added = course.adds(&deferred, &[], 0);
    assert_eq!(added["files"][0]["screened"]["answer"]["decision"]["is"], "defer");
    assert_eq!(added["next"]["step"], "wait_until_cleared");
    // a course cannot be taken while screening defers, and then nothing of the file is added
    let file = deferred.clone().on("2026-09-15").write(&clinic.folder, "too-early.json");
    let said = clinic.refused(&["chart", "add", DEFERRED, &file, "--adopt"], 2);
    assert!(said.contains("there is no proposal to adopt: screening says defer"), "{said}");
    let added = course.adds(&cleared.on("2026-11-02"), &["--adopt"], 0);
    assert_eq!(added["files"][0]["screened"]["answer"]["decision"]["is"], "suitable");
}

fn one_refused(clinic: &AClinic) {
    let first = Visits::of_example("pregnant.toml").numbered(REFUSED).on("2026-10-05");
    let mut course = Course::begins(clinic, &first, "Rosa Expecting");
    let added = course.adds(&first, &[], 0);
    assert_eq!(added["files"][0]["screened"]["answer"]["decision"]["is"], "not_suitable");
    // the gate refuses as well, and that it was asked is written down
    let added = course.adds(&first.treatment_day("2026-10-06", "K24-0917"), &[], 3);
    assert_eq!(added["files"][0]["gate"]["answer"]["permit"], "refused");
}

fn one_with_an_adverse_event(clinic: &AClinic) {
    let first = Visits::of_example("consultation.toml").numbered(WITH_EVENT).on("2026-09-07");
    let mut course = Course::begins(clinic, &first, "Ana Event");
    course.adds(&first, &["--adopt"], 0);
    let visits = course.treats(first, &["2026-09-14"], "k24 0917-B");
    course.adds(&visits.on("2026-10-12"), &[], 0);
    let event = "schema = 'resurface.entry/1'\nkind = 'adverse_event'\non = 2026-10-12\nevent = 'pih'\nseverity = 'moderate'\n\
                 session = 2026-09-14\nreported_by = 'patient'\ntext = 'darker marks on the left cheek'\n";
    let added = course.adds_file(clinic.write("event.toml", event), &[], 0);
    assert_eq!(added["next"]["step"], "see_to_event");
}

/// A file may claim what it likes: a treatment day believes the clinic's records.
fn nobody_treats_by_claiming_a_training(clinic: &AClinic) {
    let first = Visits::of_example("consultation.toml").numbered("X-0001").on("2026-09-07");
    let mut course = Course::begins(clinic, &first, "Uma Unknown");
    course.adds(&first, &["--adopt"], 0);
    let stranger = first.treatment_day("2026-09-14", "K24-0917").with("/operator/name", "Dr Nobody Known");
    let added = course.adds(&stranger, &[], 3);
    assert_eq!(added["files"][0]["gate"]["answer"]["permit"], "refused");
    assert!(added["files"][0]["gate"].to_string().contains("operator"), "{:#}", added["files"][0]["gate"]);
}

fn the_six(clinic: &AClinic) {
    a_responder(clinic);
    a_slow_one(clinic);
    one_who_does_not_respond(clinic);
    one_deferred_and_cleared(clinic);
    one_refused(clinic);
    one_with_an_adverse_event(clinic);
}

/// What holds of a clinic with these six charts, however they came into it.
pub(crate) fn read_back(clinic: &AClinic) {
    let next = |number: &str| {
        let next = clinic.json(&["chart", "next", number, "--today", LATER]);
        (next["step"].as_str().unwrap().to_owned(), next["due"].as_str().unwrap_or("-").to_owned())
    };
    // the goal is reached and no session follows; whether it lasts is still to be seen
    assert_eq!(next(RESPONDER).0, "review");
    assert_eq!(next(NOT_RESPONDING).0, "offer_alternatives");
    assert_eq!(next(DEFERRED).0, "consent");
    assert_eq!(next(REFUSED).0, "offer_alternatives");
    assert_eq!(next(WITH_EVENT), ("see_to_event".to_owned(), "2026-10-12".to_owned()));
    assert!(["session", "review", "consent"].contains(&next(SLOW).0.as_str()), "{:?}", next(SLOW));

    let chart = clinic.json(&["chart", "show", NOT_RESPONDING]);
    assert_eq!(chart["schema"], "resurface.chart/1");
    assert_eq!((chart["fault"].clone(), chart["demonstration"].clone()), (Value::Null, Value::Bool(false)));
    assert_eq!(chart["sessions"].as_array().unwrap().len(), 4);
    assert!(chart["sessions"].as_array().unwrap().iter().all(|session| session["gate"].is_string()), "{:#}", chart["sessions"]);
    let states: Vec<&str> = chart["pathway"].as_array().unwrap().iter().map(|step| step["state"].as_str().unwrap()).collect();
    assert_eq!(states[..6], ["done"; 6], "{:#}", chart["pathway"]);
    let chart = clinic.json(&["chart", "show", SLOW]);
    assert_eq!(chart["plan"]["adoption"]["course"]["interval_days"], 42);

    worklist(clinic);
    recall(clinic);
}

fn worklist(clinic: &AClinic) {
    let list = clinic.json(&["worklist", "--all", "--today", LATER]);
    let rows = list["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 6);
    assert_eq!(rows[0]["number"], WITH_EVENT, "an adverse event that is not over comes before whatever is overdue for longer");
    let overdue: Vec<i64> = rows[1..].iter().filter_map(|row| row["overdue_days"].as_i64()).collect();
    assert!(overdue.is_sorted_by(|one, two| one >= two), "overdue longest first: {overdue:?}");
    let responder = rows.iter().find(|row| row["number"] == RESPONDER).unwrap();
    assert_eq!(responder["step"], "review", "the course is over, and whether it lasts is still to be seen");
    let first = clinic.json(&["worklist", "--all", "--today", LATER, "--limit", "1"]);
    assert_eq!((first["rows"][0].clone(), first["matching"].clone()), (rows[0].clone(), 6.into()));
    let only = clinic.json(&["worklist", "--step", "see_to_event", "--today", LATER]);
    assert_eq!(
        only["rows"].as_array().unwrap().iter().map(|row| row["number"].as_str().unwrap()).collect::<Vec<_>>(),
        [WITH_EVENT]
    );
    let page = clinic.page(&["worklist", "--today", LATER]);
    assert!(page.starts_with("WORKLIST  2026-11-25: ") && page.contains("0 with nothing to do"), "{page}");
}

fn recall(clinic: &AClinic) {
    let numbers = |lot: &str, field: &str| {
        let recalled = clinic.json(&["recall", lot]);
        let mut numbers: Vec<String> = recalled["patients"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|patient| !patient[field].as_array().unwrap().is_empty())
            .map(|patient| patient["number"].as_str().unwrap().to_owned())
            .collect();
        numbers.sort();
        numbers
    };
    // spaces and capitals do not matter, everything else does
    assert_eq!(numbers("k24-0917", "given"), [RESPONDER, SLOW]);
    assert_eq!(numbers("K24-0917", "prepared"), [REFUSED]);
    assert_eq!(numbers("K240917-b", "given"), [WITH_EVENT]);
    assert!(clinic.page(&["recall", "K24"]).contains("no chart names it"));
}

/// A file that was added once adds nothing when it comes again, whatever was decided with it.
fn again(clinic: &AClinic, folder: &Path) {
    for (number, decision) in [
        (RESPONDER, &["--decide", "stop", "--why", "the patient is content"][..]),
        (NOT_RESPONDING, &["--adopt"]),
        (DEFERRED, &["--adopt"]),
        (REFUSED, &[]),
    ] {
        let latest = (1..9).rev().map(|at| format!("{number}-{at}.json")).find(|file| folder.join(file).exists()).unwrap();
        let before = clinic.json(&["chart", "show", number])["entries"].clone();
        let added = clinic.json(&[&["chart", "add", number, &latest], decision].concat());
        assert_eq!(added["files"][0]["entries"], serde_json::json!([]), "{number}: {added:#}");
        // and so does the file of the first visit
        let added = clinic.json(&["chart", "add", number, &format!("{number}-1.json")]);
        assert_eq!(added["files"][0]["entries"], serde_json::json!([]), "{number}: {added:#}");
        assert_eq!(clinic.json(&["chart", "show", number])["entries"], before);
    }
}

#[test]
fn six_courses_are_written_file_by_file_and_read_back() {
    let clinic = AClinic::founded("six_patients");
    the_six(&clinic);
    read_back(&clinic);
    again(&clinic, &clinic.folder);
    read_back(&clinic);
    there_and_back(&clinic);
    nobody_treats_by_claiming_a_training(&clinic);
}

/// What is brought into another clinic says the same, and goes out again as the same bytes.
fn there_and_back(clinic: &AClinic) {
    let page = clinic.page(&["export", "first"]);
    assert!(page.starts_with("EXPORTED  ") && page.contains("An export is plain text"), "{page}");
    let first = clinic.folder.join("first");

    let imported = AClinic { folder: folder("six_patients_imported") };
    let arguments = ["import", first.to_str().unwrap(), "--clinic", "clinic", "--lead", "ada"];
    let said = imported.run_with(&arguments, &[("RESURFACE_NEW_PASSWORD", PASSWORD)], "");
    assert_eq!(said.code, 0, "{}", said.stderr);
    assert!(said.stdout.starts_with("IMPORTED  Harbour Skin\n"), "{}", said.stdout);
    imported.sign_in("ada", PASSWORD);
    read_back(&imported);

    let made = imported.json(&["export", "second"]);
    assert_eq!((made["faults"].clone(), made["counts"]["charts"].clone()), (serde_json::json!([]), 6.into()));
    let second = imported.folder.join("second");
    for part in ["charts", "knowledge"] {
        let before = files_in(&first.join(part));
        assert!(!before.is_empty(), "{part}");
        assert!(before == files_in(&second.join(part)), "{part} are not the same bytes");
    }
    // none of the six was photographed: an empty folder is not written
    assert_eq!(first.join("pictures").exists(), second.join("pictures").exists());
}
