//! What is said when the input is wrong: everything at once, where it is, and what to do; nothing on stdout.

use std::fs;

use crate::program::{folder, repository, resurface, resurface_in};

fn the_example_with(changes: &[(&str, &str)]) -> String {
    let mut text = fs::read_to_string(repository().join("examples/consultation.toml")).unwrap();
    for (before, after) in changes {
        assert!(text.contains(before), "{before} is not in the example");
        text = text.replacen(before, after, 1);
    }
    text
}

#[test]
fn every_fault_of_a_consultation_stands_in_one_report() {
    let folder = folder("every_fault");
    let text = the_example_with(&[
        ("date = 2026-11-20", "date = 2026-02-30"),
        ("rolling = ", "rolling = -"),
        ("improvement_percent = ", "improvement_percentage = "),
        ("fitzpatrick = ", "fitzpatrick = 1"),
        ("trained = \"yes\"", "trained = \"maybe\""),
    ]);
    fs::write(folder.join("consultation.toml"), text).unwrap();
    let said = resurface_in(&folder, &["screen", "consultation.toml"], "");
    insta::assert_snapshot!(said.all());
}

#[test]
fn answers_that_contradict_each_other_are_a_fault() {
    let text = the_example_with(&[("birth_date = ", "birth_date = 2027-01-01 # ")]);
    let said = resurface_in(&repository(), &["screen", "-"], &text);
    insta::assert_snapshot!(said.all());
}

#[test]
fn every_command_that_reads_a_consultation_refuses_a_faulty_one() {
    for command in ["screen", "gate", "grade", "forecast", "plan"] {
        let said = resurface_in(&repository(), &[command, "-"], "date = 2026-11-20\n");
        assert_eq!((said.code, said.stdout.as_str()), (2, ""), "{command}: {}", said.stderr);
    }
}

#[test]
fn text_that_is_no_toml_has_its_line() {
    let said = resurface_in(&repository(), &["screen", "-"], "date = 2026-11-20\npatient = {\n");
    insta::assert_snapshot!(said.all());
}

#[test]
fn a_file_that_is_not_there_has_an_exit_code_of_its_own() {
    let said = resurface(&["screen", "nobody.toml"]);
    insta::assert_snapshot!(said.all());
}

#[test]
fn an_id_with_a_slip_finds_its_neighbours() {
    let said = resurface(&["explain", "CI-PERG"]);
    insta::assert_snapshot!(said.all());
}

#[test]
fn a_topic_that_is_not_there_names_those_that_are() {
    let said = resurface(&["guide", "astrology"]);
    assert_eq!((said.code, said.stdout.as_str()), (2, ""));
    assert!(said.stderr.starts_with("error: the guide has no topic astrology\nhint: topics: "), "{}", said.stderr);
}

#[cfg(not(feature = "fit"))]
#[test]
fn a_build_without_the_sampler_says_how_to_get_it() {
    let said = resurface(&["evidence", "fit"]);
    insta::assert_snapshot!(said.all());
}

#[test]
fn a_reader_that_leaves_early_is_no_error() {
    use std::process::{Command, Stdio};
    let mut child = Command::new(env!("CARGO_BIN_EXE_resurface"))
        .args(["evidence", "--details"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
}
