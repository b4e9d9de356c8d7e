//! The knowledge from the command line: sound as it comes, and every fault named when it is not.

use std::fs;
use std::path::{Path, PathBuf};

use crate::program::{folder, repository, resurface, resurface_in};

fn a_copy(name: &str) -> PathBuf {
    let copy = folder(name);
    copy_into(&repository().join("knowledge"), &copy);
    copy
}

fn copy_into(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            fs::create_dir_all(&target).unwrap();
            copy_into(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[test]
fn the_folder_of_the_repository_is_what_is_built_in() {
    let built_in = resurface(&["knowledge", "check"]);
    let folder = resurface(&["knowledge", "check", "knowledge"]);
    assert_eq!((built_in.code, folder.code), (0, 0), "{}{}", built_in.stderr, folder.stderr);
    assert_eq!(built_in.stdout, folder.stdout);
}

#[test]
fn a_broken_copy_is_refused_with_file_line_and_what_to_do() {
    let copy = a_copy("broken_knowledge");
    let rules = copy.join("contraindications.toml");
    let text = fs::read_to_string(&rules).unwrap();
    let line = text.lines().position(|line| line == "class = \"absolute\"").unwrap() + 1;
    fs::write(&rules, text.replacen("class = \"absolute\"", "class = \"forbidden\"", 1)).unwrap();
    let said = resurface_in(&copy, &["knowledge", "check", "."], "");
    assert_eq!((said.code, said.stdout.as_str()), (4, ""));
    assert!(said.stderr.contains(&format!("contraindications.toml:{line}: ")), "{}", said.stderr);
    assert!(said.stderr.contains("\"forbidden\"") && said.stderr.contains("allowed: "), "{}", said.stderr);
}

#[test]
fn a_broken_table_or_population_is_a_fault_of_the_knowledge() {
    for (file, from, to) in [("trials.csv", "\n", "\nfoo,bar\n"), ("comparisons.csv", ",", ",,,"), ("population.json", "{", "")] {
        let copy = a_copy(&format!("broken_{file}"));
        let text = fs::read_to_string(copy.join(file)).unwrap();
        fs::write(copy.join(file), text.replacen(from, to, 1)).unwrap();
        let said = resurface_in(&copy, &["knowledge", "check", "."], "");
        assert_eq!((said.code, said.stdout.as_str()), (4, ""), "{file}");
        assert!(said.stderr.contains(file), "{file}: {}", said.stderr);
    }
}

#[test]
fn no_answer_is_given_on_broken_knowledge() {
    let copy = a_copy("no_answer");
    fs::remove_file(copy.join("settings.toml")).unwrap();
    let example = repository().join("examples/consultation.toml");
    let said = resurface_in(&copy, &["screen", "--knowledge", ".", example.to_str().unwrap()], "");
    assert_eq!((said.code, said.stdout.as_str()), (4, ""));
    assert!(said.stderr.contains("settings.toml"), "{}", said.stderr);
}

#[test]
fn every_id_that_is_listed_is_explained() {
    let listed: serde_json::Value = serde_json::from_str(&resurface(&["knowledge", "list", "--json"]).stdout).unwrap();
    let ids: Vec<&str> = listed["entries"].as_array().unwrap().iter().map(|entry| entry["id"].as_str().unwrap()).collect();
    assert!(ids.iter().filter(|id| id.starts_with("CI-")).count() >= 75);
    for id in ids.iter().step_by(ids.len() / 12) {
        assert_eq!(resurface(&["explain", id]).code, 0, "{id}");
    }
}
