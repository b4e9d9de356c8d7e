//! Break a copy of the knowledge in one way: the fault is found, at its line, with what to do.

#![expect(clippy::expect_used, reason = "knowledge that does not read has failed its test")]

use resurface_knowledge::document::{Fault, FaultReport};
use resurface_knowledge::{Files, Knowledge};

const RULES: &str = "contraindications.toml";

/// A copy in which the first `from` after `anchor` has become `to`; the line it stood on, and the faults of that file.
fn broken(file: &str, anchor: &str, from: &str, to: &str) -> (usize, Vec<Fault>) {
    let mut files = Files::built_in();
    let text = files.text(file).expect("a file of the knowledge").to_owned();
    let start = text.find(anchor).unwrap_or_else(|| panic!("{anchor:?} in {file}"));
    let at = start + text[start..].find(from).unwrap_or_else(|| panic!("{from:?} after {anchor:?} in {file}"));
    files.insert(file, format!("{}{to}{}", &text[..at], &text[at + from.len()..]));
    (text[..at].matches('\n').count() + 1, faults_in(file, &files))
}

fn faults_in(file: &str, files: &Files) -> Vec<Fault> {
    let reports = Knowledge::read(files).map(|_| ()).expect_err("the broken copy is refused");
    reports.iter().filter(|report| report.file() == file).flat_map(|report| report.faults().to_vec()).collect()
}

/// The fault is reported on the line that was broken, about a field that ends like this, in these words.
fn expect(file: &str, anchor: &str, from: &str, to: &str, field: &str, problem: &str) {
    let (line, faults) = broken(file, anchor, from, to);
    let found = faults.iter().any(|fault| fault.line == line && fault.field.ends_with(field) && fault.problem.contains(problem));
    assert!(found, "line {line}, {field}: {problem}\nbut: {faults:#?}");
    assert!(faults.iter().all(|fault| !fault.allowed.is_empty()), "every fault says what to do");
}

fn expect_in_rule(id: &str, from: &str, to: &str, field: &str, problem: &str) {
    expect(RULES, &format!("id = \"{id}\""), from, to, field, problem);
}

#[test]
fn what_comes_with_the_program_has_no_fault() {
    if let Err(reports) = Knowledge::built_in() {
        panic!("{}", reports.iter().map(FaultReport::to_string).collect::<String>());
    }
}

#[test]
fn an_unknown_source_is_named_with_the_one_that_was_meant() {
    expect_in_rule("CI-CANCER", "\"R8\"", "\"R88\"", "sources[1]", "not the id of a source");
    let (_, faults) = broken(RULES, "id = \"CI-ACNE-CTRL\"", "\"R21\"", "\"R21x\"");
    assert!(faults[0].allowed.contains("R21"), "{faults:?}");
}

#[test]
fn a_source_in_a_disagreement_must_exist_too() {
    expect_in_rule(
        "CI-LACT",
        "sources = [\"S10\"]",
        "sources = [\"S99\"]",
        "disagreement[2].sources[1]",
        "not the id of a source",
    );
}

#[test]
fn a_source_named_twice_is_a_slip() {
    expect_in_rule("CI-LACT", "\"S10\"", "\"R8\"", "sources[2]", "named twice");
}

#[test]
fn an_id_may_stand_once_in_all_files() {
    expect(RULES, "id = \"CI-LACT\"", "CI-LACT", "CI-PREG", "id", "taken already, further up");
    expect("sources.toml", "id = \"R2\"", "\"R2\"", "\"r1\"", "id", "taken already");
    expect("devices.toml", "id = \"skinpen_precision\"", "skinpen_precision", "R1", "id", "taken already, in sources.toml");
}

#[test]
fn a_label_statement_needs_a_known_device() {
    expect_in_rule("CI-PREG", "skinpen_precision", "skinpen_precisian", "label[1].device", "not the id of a device");
}

#[test]
fn a_rule_named_in_a_sentence_must_exist() {
    expect_in_rule("CI-HSV-ACT", "CI-HSV-HX", "CI-HSV-HZ", "", "there is no rule CI-HSV-HZ");
}

#[test]
fn who_may_override_follows_from_the_class() {
    let by = ("override_by = \"nobody\"", "override_by = \"prescriber\"");
    expect_in_rule("CI-PREG", by.0, by.1, "override_by", "absolute contraindication cannot be overridden");
    expect_in_rule("CI-NICKEL", by.0, by.1, "override_by", "nothing to override");
    expect_in_rule("CI-TOXIN", by.0, by.1, "override_by", "from which day a prescriber may shorten");
    expect_in_rule("CI-KELOID", by.1, by.0, "override_by", "relative contraindication can be overridden");
}

#[test]
fn what_clears_a_rule_agrees_with_its_wait() {
    expect_in_rule("CI-FUNGAL", "by = \"state\"", "by = \"never\"", "clears.by", "nothing ends");
    expect_in_rule("CI-FUNGAL", "by = \"state\"", "by = \"time\"", "clears.by", "there is no wait");
    let (_, faults) = broken(RULES, "id = \"CI-TOXIN\"", "by = \"time\"", "by = \"state\"");
    assert!(faults.iter().any(|fault| fault.field.ends_with("wait") && fault.problem.contains("time does not clear it")));
}

#[test]
fn an_impossible_wait_is_refused() {
    expect_in_rule("CI-LASTSESS", "override_from_days = 14", "override_from_days = 29", "override_from_days", "only lengthen");
    expect_in_rule("CI-TOXIN", "days = 14", "days = 0", "wait.days", "out of range");
    expect_in_rule("CI-TOXIN", "days = 14,", "days = 14, override_from_days = 7,", "override_from_days", "nobody may override");
    expect_in_rule("CI-TRAUMA", "window_days = 180", "window_days = 90", "window_days", "before the wait is over");
}

#[test]
fn a_number_from_marketing_alone_is_an_expert_setting() {
    expect_in_rule("CI-WAX", "mark = \"ours\"", "mark = \"seen\"", "wait.mark", "only marketing");
}

#[test]
fn a_fact_without_a_source_is_an_expert_setting() {
    expect_in_rule("CI-WOUND", "sources = [\"R8\"]", "sources = []", "sources", "no source is named");
}

#[test]
fn a_disagreement_has_two_sides() {
    let first = "[\n  { says = \"The label: do not treat\", sources = [\"R8\"] },\n";
    expect_in_rule("CI-PREG", first, "[\n", "disagreement", "two sides");
}

#[test]
fn a_missing_mark_is_a_fault_of_its_rule() {
    let (_, faults) = broken(RULES, "id = \"CI-WOUND\"", "mark = \"seen\" }]", "}]");
    assert!(faults.iter().any(|fault| fault.field.ends_with("label[1].mark") && fault.problem.contains("missing")));
    let (line, faults) = broken(RULES, "evidence = \"A\"", "\nmark = \"seen\"", "");
    let fault = faults.iter().find(|fault| fault.field.ends_with(".mark")).expect("the mark is missed");
    assert!(fault.line < line && fault.problem.contains("missing") && fault.allowed.contains("recalled"), "{fault:?}");
}

#[test]
fn words_and_fields_that_are_not_known_are_refused() {
    expect_in_rule("CI-PREG", "class = \"absolute\"", "class = \"abslute\"", "class", "not one of the words");
    expect_in_rule("CI-PREG", "looked_at =", "looked_up =", "looked_up", "not known");
    expect_in_rule(
        "CI-PREG",
        "{ derived = \"pregnant\" }",
        "{ derived = \"expecting\" }",
        "trigger.derived",
        "not one of the words",
    );
    expect_in_rule("CI-PREG", "{ derived =", "{ asked = \"a\", derived =", "trigger", "there are 2 fields");
    expect_in_rule("CI-MOLE", "\"raised_lesion_in_area\"", "\"Raised lesion\"", "trigger.asked", "not a key");
    expect_in_rule("CI-MOLE", "CI-MOLE", "MOLE", "id", "not the id of a rule");
}

#[test]
fn a_source_without_an_address_says_so() {
    expect("sources.toml", "id = \"S17\"", "no_address", "identifier_seen", "url_status", "contradict");
    expect("sources.toml", "id = \"S17\"", "mark = \"seen\"", "mark = \"ours\"", "mark", "not an expert setting");
}

#[test]
fn nothing_may_tell_anyone_to_stop_a_medicine() {
    let told = "action = \"Stop the tablets two days before. ";
    expect_in_rule("CI-ANTICOAG", "action = \"", told, "", "stop a medicine");
    expect_in_rule("CI-ISO-NOW", "patient = \"", "patient = \"Discontinue isotretinoin first. ", "", "stop a medicine");
}

#[test]
fn a_slip_in_the_writing_is_found_at_its_line() {
    expect(RULES, "id = \"CI-PREG\"", "class = \"absolute\"", "class = absolute", "", "");
}

#[test]
fn a_missing_file_and_a_file_that_nobody_reads_are_named() {
    let mut files = Files::built_in();
    let text = files.remove(RULES).expect("the rules");
    files.insert("contraindication.toml", text);
    let reports = Knowledge::read(&files).map(|_| ()).expect_err("the file is missing");
    let said: Vec<(&str, &str)> = reports.iter().map(|report| (report.file(), report.faults()[0].problem.as_str())).collect();
    assert_eq!(said, [("contraindication.toml", "nothing reads this file"), (RULES, "this file is missing")]);
    assert!(reports[0].faults()[0].allowed.contains("did you mean contraindications.toml"));
}

#[test]
fn faults_of_all_files_come_in_one_answer() {
    let mut files = Files::built_in();
    files.insert("sources.toml", "source = 1");
    files.insert(RULES, "rule = []");
    let reports = Knowledge::read(&files).map(|_| ()).expect_err("both are broken");
    assert_eq!(reports.iter().map(FaultReport::file).collect::<Vec<_>>(), [RULES, "sources.toml"]);
}

#[test]
fn a_rule_that_the_program_counts_on_may_not_be_left_out() {
    let (_, faults) = broken(RULES, "id = \"CI-ISO-NOW\"", "CI-ISO-NOW", "CI-ISO-THEN");
    assert!(faults.iter().any(|fault| fault.problem.contains("the rule CI-ISO-NOW is missing")), "{faults:?}");
    let (_, faults) = broken(RULES, "id = \"CI-PREG\"", "{ derived = \"pregnant\" }", "{ asked = \"with_child\" }");
    assert!(faults.iter().any(|fault| fault.problem.contains("no rule asks for the fact pregnant")), "{faults:?}");
}
