//! Whether a clinic is still what was written, whether it decides as it did, who did what, and its keys.

use std::fs;
use std::path::Path;

use image::{DynamicImage, RgbImage};

use crate::a_clinic::{AClinic, OTHER_PASSWORD, PASSWORD, every_file};
use crate::program::repository;
use crate::visits::Visits;

/// A clinic with the patient of an example, screened.
fn with_example(name: &str, example: &str) -> AClinic {
    let clinic = AClinic::founded(name);
    add_example(&clinic, example);
    clinic
}

fn add_example(clinic: &AClinic, example: &str) {
    let visits = Visits::of_example(example);
    let file = visits.write(&clinic.folder, "visit.json");
    clinic.open_chart(&file, "Hidden Patient");
    clinic.page(&["chart", "add", &visits.number(), &file]);
}

fn take_picture(clinic: &AClinic) {
    let consent = "schema = 'resurface.entry/1'\nkind = 'consented'\non = 2026-11-20\npurposes = ['pictures_for_care']\n";
    // Of a photograph like this no two forms have the same bytes.
    let image = RgbImage::from_fn(900, 600, |x, y| image::Rgb([(x % 256) as u8, (y % 256) as u8, 90]));
    DynamicImage::from(image).save(clinic.folder.join("front.jpg")).unwrap();
    clinic.page(&["chart", "add", "A-1042", clinic.write("consent.toml", consent), "front.jpg", "--view", "front"]);
}

/// Changes one byte in the middle of a file, and gives what the file held.
fn flip(path: &Path) -> Vec<u8> {
    let before = fs::read(path).unwrap();
    let mut bytes = before.clone();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(path, bytes).unwrap();
    before
}

/// A page without its line breaks.
fn flat(page: &str) -> String {
    page.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The end of the access log that a check gives, as it is typed.
fn end_of(checked: &serde_json::Value) -> String {
    format!("{}:{}", checked["access_end"]["seq"], checked["access_end"]["hash"].as_str().unwrap())
}

#[test]
fn a_check_finds_nothing_until_a_byte_is_flipped_and_a_new_key_leaves_everything_as_it_was() {
    let clinic = with_example("verify", "consultation.toml");
    take_picture(&clinic);
    let ledger = clinic.clinic_folder().join("ledger.sqlite");
    let early = fs::read(&ledger).unwrap();

    // given nothing wrong
    let said = clinic.run(&["verify"]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    assert!(said.stdout.starts_with("VERIFIED  everything in it is what was written\n"), "{}", said.stdout);
    for says in ["pictures       3, each form counted; each was opened", "--expect-end SEQ:HASH"] {
        assert!(said.stdout.contains(says), "{says}: {}", said.stdout);
    }
    assert!(said.stderr.contains("verify: ") && said.stderr.contains("lines of the access log"), "{}", said.stderr);
    let checked = clinic.json(&["verify"]);
    assert_eq!((checked["schema"].clone(), checked["faults"].clone()), ("resurface.verify/1".into(), 0.into()));
    let noted = end_of(&checked);
    assert_eq!(clinic.run(&["verify", "--chains", "--expect-end", &noted]).code, 0);
    clinic.refused(&["verify", "--chains", "--pictures", "open"], 2);
    clinic.refused(&["verify", "--expect-end", "12"], 2);

    // when a byte of a picture is flipped, then opening it tells, and nothing else does
    let picture = every_file(&clinic.clinic_folder().join("pictures")).remove(0);
    let before = flip(&picture);
    assert_eq!(clinic.run(&["verify", "--pictures", "exist"]).code, 0);
    let said = clinic.run(&["verify"]);
    assert_eq!(said.code, 13, "{}", said.stderr);
    assert!(said.stdout.starts_with("VERIFY  1 fault\n"), "{}", said.stdout);
    assert!(flat(&said.stdout).contains("the picture does not open to the bytes that were taken in"), "{}", said.stdout);
    assert!(!said.stderr.contains("Hidden"), "{}", said.stderr);
    fs::write(&picture, before).unwrap();

    // when an entry is changed, then its chain tells, and what rests on it is not computed again
    let whole = fs::read(&ledger).unwrap();
    let at = whole.windows(8).position(|word| word == b"examined").unwrap();
    fs::write(&ledger, [&whole[..at], b"screened", &whole[at + 8..]].concat()).unwrap();
    let said = clinic.run(&["verify", "--chains"]);
    assert_eq!(said.code, 13, "{}", said.stderr);
    assert!(said.stdout.contains(", entry 3: "), "{}", said.stdout);
    let said = clinic.run(&["replay"]);
    assert_eq!(said.code, 7, "{}", said.stderr);
    assert!(flat(&said.stdout).contains("what comes after it was not computed"), "{}", said.stdout);

    // when all of the ledger is put back as it was earlier, then only the noted end tells
    fs::write(&ledger, early).unwrap();
    assert_eq!(clinic.run(&["verify"]).code, 0);
    let said = clinic.run(&["verify", "--expect-end", &noted]);
    assert_eq!(said.code, 13, "{}", said.stderr);
    assert!(flat(&said.stdout).contains("lines were removed or replaced"), "{}", said.stdout);
    fs::write(&ledger, whole).unwrap();
    assert_eq!(clinic.run(&["verify", "--expect-end", &noted]).code, 0);

    // when the key is changed, which takes the password once more, then everything is there as it was
    let said = clinic.run_with(&["clinic", "rotate-key"], &[("RESURFACE_PASSWORD", OTHER_PASSWORD)], "");
    assert_eq!((said.code, said.stdout.as_str()), (10, ""), "{}", said.stderr);
    let rotated = clinic.json(&["clinic", "rotate-key"]);
    assert_eq!((rotated["finished"].clone(), rotated["key"].clone(), rotated["left"].clone()), (true.into(), 2.into(), 0.into()));
    assert_eq!(rotated["pictures"], 3, "each form of it");
    assert_eq!(clinic.run(&["verify", "--expect-end", &noted]).code, 0);

    // when a picture cannot be opened, then the old key stays, and goes once the picture is back
    let before = flip(&picture);
    let said = clinic.run(&["clinic", "rotate-key"]);
    assert_eq!(said.code, 13, "{}", said.stderr);
    assert!(said.stdout.starts_with("NOT FINISHED  1 left"), "{}", said.stdout);
    fs::write(&picture, before).unwrap();
    let said = clinic.run(&["clinic", "rotate-key"]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    assert!(said.stdout.contains("It went on with a change that had been broken off."), "{}", said.stdout);
    assert_eq!(clinic.run(&["verify"]).code, 0);
}

#[test]
fn another_secret_locks_the_clinic_and_the_old_one_opens_it_no_longer() {
    let clinic = AClinic::founded("change_secret");
    clinic.refused(&["clinic", "change-secret"], 2);
    clinic.refused(&["clinic", "change-secret", "--passphrase", "--new-key-file", "new.key"], 2);
    let said = clinic.refused(&["clinic", "change-secret", "--new-key-file", "clinic/new.key"], 2);
    assert!(said.contains("the key file would lie in the folder of the clinic"), "{said}");
    clinic.refused(&["clinic", "change-secret", "--new-key-file", "clinic.key"], 5);
    // a password that is not right leaves the old key, and no new one
    let change = ["clinic", "change-secret", "--new-key-file", "new.key"];
    let said = clinic.run_with(&change, &[("RESURFACE_PASSWORD", OTHER_PASSWORD)], "");
    assert_eq!((said.code, said.stdout.as_str()), (10, ""), "{}", said.stderr);
    assert!(said.stderr.contains("note: what locks the clinic is as it was"), "{}", said.stderr);
    assert!(!clinic.folder.join("new.key").exists());

    let page = clinic.page(&change);
    assert!(page.starts_with("LOCKED ANEW  the key file ") && page.contains("rotate-key"), "{page}");
    let said = clinic.refused(&["clinic", "show"], 9);
    assert!(said.contains("this key file does not open the keys of the clinic"), "{said}");
    assert!(clinic.page(&["clinic", "show", "--key-file", "new.key"]).contains("Harbour Skin"));

    let passphrase = "eleven herons over the harbour";
    let change = ["clinic", "change-secret", "--passphrase", "--key-file", "new.key", "--json"];
    assert_eq!(clinic.run(&change).code, 9, "there is no terminal to ask at");
    let said = clinic.run_with(&change, &[("RESURFACE_NEW_PASSPHRASE", passphrase)], "");
    assert_eq!(said.code, 0, "{}", said.stderr);
    assert!(said.stdout.contains("\"locked_by\": \"passphrase\"") && !said.stdout.contains("herons"), "{}", said.stdout);
    clinic.refused(&["clinic", "show", "--key-file", "new.key"], 9);
    assert_eq!(clinic.run_with(&["clinic", "show"], &[("RESURFACE_PASSPHRASE", passphrase)], "").code, 0);
}

/// A copy of the knowledge by which a pregnancy asks for care and no more.
fn other_rules(folder: &Path) {
    let built_in = repository().join("knowledge");
    for file in every_file(&built_in) {
        let copy = folder.join(file.strip_prefix(&built_in).unwrap());
        fs::create_dir_all(copy.parent().unwrap()).unwrap();
        fs::copy(&file, &copy).unwrap();
    }
    let rules = fs::read_to_string(folder.join("contraindications.toml")).unwrap();
    let (before, rule) = rules.split_once("id = \"CI-PREG\"").unwrap();
    let rule = rule.replacen("class = \"absolute\"", "class = \"precaution\"", 1);
    fs::write(folder.join("contraindications.toml"), format!("{before}id = \"CI-PREG\"{rule}")).unwrap();
}

#[test]
fn decisions_come_out_again_and_other_rules_show_whom_they_would_concern() {
    let clinic = with_example("replay", "consultation.toml");
    add_example(&clinic, "pregnant.toml");
    let said = clinic.run(&["replay"]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    assert!(said.stdout.starts_with("REPLAYED  every decision comes out as it was written down\n"), "{}", said.stdout);
    assert!(said.stderr.contains("replay: 2 decisions in ") && said.stderr.contains("per second"), "{}", said.stderr);
    let replayed = clinic.json(&["replay"]);
    assert_eq!((replayed["same"].clone(), replayed["first_different"].clone()), (2.into(), serde_json::json!([])));

    let said = clinic.refused(&["impact"], 2);
    assert!(said.contains("hint: name their folder with --knowledge DIR"), "{said}");
    let same = clinic.page(&["impact", "--knowledge", repository().join("knowledge").to_str().unwrap()]);
    assert!(same.contains("nobody; the other rules are those that are built in"), "{same}");
    other_rules(&clinic.folder.join("other"));
    let page = clinic.page(&["impact", "--knowledge", "other", "--today", "2026-12-01"]);
    assert!(page.starts_with("IMPACT  2026-12-01: 1 patient is concerned\n") && page.contains("more open      1"), "{page}");
    assert!(flat(&page).contains("D-0561 not suitable suitable with precautions CI-PREG: not suitable, would be: "), "{page}");
    let impact = clinic.json(&["impact", "--knowledge", "other"]);
    assert_ne!(impact["knowledge"], impact["other_knowledge"]);
    let changed = &impact["changed"][0];
    assert_eq!((changed["direction"].clone(), changed["rules"][0]["rule"].clone()), ("more_permissive".into(), "CI-PREG".into()));
    assert_eq!(
        (impact["screened"].clone(), changed["becomes"]["decision"]["is"].clone()),
        (2.into(), "suitable_with_precautions".into())
    );
}

#[test]
fn the_access_log_names_whoever_was_refused_and_every_emergency() {
    let clinic = with_example("access_log", "consultation.toml");
    assert!(clinic.page(&["access-log", "--emergencies"]).starts_with("No chart was opened in an emergency."));
    clinic.add_user("bo", "assistant");
    clinic.sign_in("bo", OTHER_PASSWORD);
    clinic.refused(&["chart", "show", "A-1042"], 11);
    clinic.refused(&["access-log"], 11);
    let reason = ["break-glass", "A-1042", "--reason", "she fainted in the waiting room"];
    assert_eq!(clinic.run_with(&reason, &[("RESURFACE_PASSWORD", OTHER_PASSWORD)], "").code, 0);
    clinic.sign_in("ada", PASSWORD);

    let page = clinic.page(&["access-log", "--failures", "--user", "bo"]);
    assert!(flat(&page).contains("bo REFUSED open a patient's chart; chart "), "{page}");
    assert!(flat(&page).contains("no role that may") && !page.contains("allowed"), "{page}");
    let lines = |more: &[&str]| clinic.json(&[&["access-log"], more].concat())["lines"].as_array().unwrap().clone();
    let refused = lines(&["--failures", "--patient", "A-1042"]);
    assert_eq!(refused[0]["user"], "bo");
    assert!(refused.iter().all(|line| line["said"]["outcome"] != "allowed"), "{refused:?}");
    assert_eq!(lines(&["--limit", "3"]).len(), 3);
    assert_eq!(lines(&["--since", "9999-01-01"]).len(), 0);
    assert!(lines(&["--since", "2020-01-01"]).len() > 5);
    let page = clinic.page(&["access-log", "--emergencies"]);
    assert!(flat(&page).contains("; emergency: she fainted in the waiting room"), "{page}");
    clinic.refused(&["access-log", "--user", "nobody"], 2);
    // where nobody is signed in, whoever has machine and key reads it, by the ids of charts alone
    clinic.page(&["sign-out"]);
    assert!(clinic.page(&["access-log"]).contains("at the machine"));
    clinic.refused(&["access-log", "--patient", "A-1042"], 11);
    let patient = refused[0]["said"]["patient"].as_str().unwrap();
    assert!(flat(&clinic.page(&["access-log", "--patient", patient])).contains("open a chart in an emergency"));
}
