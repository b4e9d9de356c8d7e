//! A clinic of synthetic patients, made from a seed, in which everything can be tried.

use serde_json::{Value, json};

use crate::a_clinic::{AClinic, files_in};
use crate::program::folder;

const UNTIL: &str = "2026-11-20";

/// Made in a folder of its own; gives what was said.
fn made(name: &str, patients: &str, seed: &str) -> (AClinic, Value) {
    let clinic = AClinic { folder: folder(name) };
    let made = clinic.json(&["demo-data", "clinic", "--patients", patients, "--seed", seed, "--until", UNTIL]);
    (clinic, made)
}

/// Signs in as the one to look around with, who is also asked for the password once more when it takes that.
fn as_demo<'a>(clinic: &AClinic, made: &'a Value) -> [(&'a str, &'a str); 1] {
    let password = made["password"].as_str().unwrap();
    clinic.sign_in("demo", password);
    [("RESURFACE_PASSWORD", password)]
}

#[test]
fn a_demonstration_is_full_of_people_who_are_not_there_and_is_backed_up_and_restored() {
    let (clinic, made) = made("demo_data", "6", "1");
    assert_eq!((made["schema"].clone(), made["charts"].clone()), ("resurface.demo_data/1".into(), 6.into()));
    let fates: u64 = made["fates"].as_object().unwrap().values().map(|count| count.as_u64().unwrap()).sum();
    assert_eq!(fates, 6);
    let password = as_demo(&clinic, &made);

    let worklist = clinic.json(&["worklist", "--all", "--today", UNTIL]);
    let rows = worklist["rows"].as_array().unwrap().clone();
    assert_eq!(rows.len(), 6);
    assert!(rows.iter().all(|row| row["name"].as_str().unwrap().ends_with("(synthetic)")), "{rows:#?}");
    // who wrote an entry is somebody of the clinic, or the patient
    let timeline = clinic.page(&["chart", "timeline", "DEMO-0001"]);
    assert!(timeline.contains("Demo") && timeline.contains("the patient, by a link"), "{timeline}");

    // whoever is registered here is marked, whatever was typed
    clinic.page(&["chart", "new", "--number", "R-1", "--name", "Rita Real", "--birth-date", "1990-01-01", "--sex", "female"]);
    assert_eq!(clinic.json(&["chart", "show", "R-1"])["registered"]["synthetic"], true);

    let said = clinic.run_with(&["backup", "one.backup", "--json"], &password, "");
    let backup: Value = serde_json::from_str(&said.stdout).unwrap_or_else(|error| panic!("{error}: {}", said.stderr));
    assert_eq!((backup["charts"].clone(), backup["opens_with"].clone()), (json!(7), json!("key file")));
    assert!(said.stderr.starts_with("backup: ") && !said.stderr.contains("Demo"), "{}", said.stderr);
    let arguments = ["restore", "one.backup", "--clinic", "restored", "--key-file", "clinic.key"];
    let page = clinic.page(&arguments);
    for says in ["RESTORED  Demonstration clinic", "resurface verify", "Every sign-in was ended", "work again"] {
        assert!(page.contains(says), "{says}: {page}");
    }
    let restored = [password[0], ("RESURFACE_CLINIC", "restored"), ("RESURFACE_KEY_FILE", "clinic.key")];
    assert_eq!(clinic.run_with(&["worklist"], &restored, "").code, 10, "nobody is signed in");
    assert_eq!(clinic.run_with(&["sign-in", "--user", "demo"], &restored, "").code, 0);
    let said = clinic.run_with(&["worklist", "--all", "--today", UNTIL, "--json"], &restored, "");
    let again: Value = serde_json::from_str(&said.stdout).unwrap_or_else(|error| panic!("{error}: {}", said.stderr));
    assert_eq!(again["rows"].as_array().unwrap().len(), 7);
}

#[test]
fn one_seed_makes_one_clinic_and_pictures_go_there_and_back() {
    let (one, said) = made("demo_seed_one", "2", "3");
    let (other, said_again) = made("demo_seed_other", "2", "3");
    for field in ["charts", "entries", "pictures", "fates", "until", "knowledge"] {
        assert_eq!(said[field], said_again[field], "{field}");
    }
    assert_ne!(said["password"], said_again["password"], "no password comes from a seed");
    let export = |clinic: &AClinic, said: &Value| {
        let out = clinic.run_with(&["export", "out"], &as_demo(clinic, said), "");
        assert_eq!(out.code, 0, "{}", out.stderr);
        clinic.folder.join("out")
    };
    let (first, second) = (export(&one, &said), export(&other, &said_again));
    assert!(files_in(&first.join("pictures")) == files_in(&second.join("pictures")), "the pictures differ");
    let names = |folder: &std::path::Path| files_in(&folder.join("charts")).into_keys().collect::<Vec<_>>();
    assert_eq!(names(&first), names(&second), "ids of patients come from the seed");

    let imported = AClinic { folder: folder("demo_imported") };
    let password = said["password"].as_str().unwrap();
    let arguments = ["import", first.to_str().unwrap(), "--clinic", "clinic", "--lead", "demo"];
    let out = imported.run_with(&arguments, &[("RESURFACE_NEW_PASSWORD", password)], "");
    assert_eq!(out.code, 0, "{}", out.stderr);
    let again = export(&imported, &said);
    for part in ["charts", "pictures", "knowledge"] {
        let before = files_in(&first.join(part));
        assert!(!before.is_empty() && before == files_in(&again.join(part)), "{part} are not the same bytes");
    }
}
