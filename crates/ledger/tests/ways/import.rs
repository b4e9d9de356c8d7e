//! The way back from an export, and what is refused on it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use resurface_care::chart::PictureTaken;
use resurface_ledger::clinic::{Clinic, Form, LedgerError, Proof, WayFault, book_of_export, import};
use resurface_ledger::pictures::digest_of;
use serde_json::{Value, json};

use crate::house::{
    Around, House, PASSWORD, a_clinic, export, files_in, holds, kept_knowledge, key, nothing_is_left, place, silent,
    the_lead_again,
};

/// An export, a folder that is not there yet, and time.
fn an_export(name: &str) -> (House, PathBuf, PathBuf) {
    let place = place(name);
    let house = a_clinic(&place);
    house.export(&place.join("export"));
    (house, place.join("export"), place.join("again"))
}

fn imported(from: &Path, into: &Path) -> Result<Clinic, LedgerError> {
    import(from, into, &key(), Around::seeded(9), &mut silent())
}

fn refused(from: &Path, into: &Path) -> LedgerError {
    let Err(error) = imported(from, into) else { panic!("it was imported") };
    nothing_is_left(into);
    error
}

fn refused_way(from: &Path, into: &Path) -> WayFault {
    match refused(from, into) {
        LedgerError::Way(fault) => fault,
        other => panic!("{other}"),
    }
}

/// Changes `export.json`, as somebody would who wants a change to fit.
fn relist(folder: &Path, change: impl FnOnce(&mut Value)) {
    let file = folder.join("export.json");
    let mut list: Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
    change(&mut list);
    fs::write(file, serde_json::to_vec(&list).unwrap()).unwrap();
}

/// Writes a file and lists it as it is.
fn forge(folder: &Path, name: &str, bytes: &[u8]) {
    fs::write(folder.join(name), bytes).unwrap();
    let listed = json!({ "bytes": bytes.len(), "sha256": digest_of(bytes).to_string() });
    relist(folder, |list| list["files"][name] = listed);
}

#[test]
fn the_book_of_an_export_says_who_works_there_before_anything_is_imported() {
    let (house, from, into) = an_export("book-of");
    assert_eq!(book_of_export(&from).unwrap().users, house.clinic.book().unwrap().users);
    nothing_is_left(&into);
    let book = fs::read(from.join("book.json")).unwrap();
    fs::write(from.join("book.json"), [&book[..book.len() - 1], b" "].concat()).unwrap();
    assert!(matches!(book_of_export(&from), Err(LedgerError::Way(WayFault::Altered(_)))));
    forge(&from, "book.json", b"{}");
    assert!(matches!(book_of_export(&from), Err(LedgerError::Way(WayFault::Wrong { .. }))));
    assert!(matches!(book_of_export(&into), Err(LedgerError::Way(WayFault::NotAnExport))));
}

#[test]
fn an_export_of_an_import_is_the_export_that_it_was_made_of() {
    let (house, first, into) = an_export("round-trip");
    let clinic = imported(&first, &into).unwrap();
    let second = into.with_file_name("export-again");
    let token = the_lead_again(&clinic);
    clinic.step_up(&token, Proof { password: PASSWORD, code: None }).unwrap();
    let counts = export(&clinic, &token, &second).unwrap().counts;

    let (one, two) = (files_in(&first), files_in(&second));
    let same = |files: &BTreeMap<String, Vec<u8>>| {
        let kept = ["charts/", "pictures/", "knowledge/", "links.json", "patients.csv", "sessions.csv", "lots.csv", "users.csv"];
        let mut files = files.clone();
        files.retain(|name, _| kept.iter().any(|kept| name.starts_with(kept)));
        files
    };
    assert!(same(&one) == same(&two), "{:?} {:?}", one.keys(), two.keys());
    assert!(same(&one).len() > 10);
    assert!(two["access_log.jsonl"].starts_with(&one["access_log.jsonl"]));
    let entries = |files: &BTreeMap<String, Vec<u8>>| {
        serde_json::from_slice::<Value>(&files["book.json"]).unwrap()["entries"].as_array().unwrap().clone()
    };
    let (before, after) = (entries(&one), entries(&two));
    assert_eq!(before[..], after[..before.len()]);
    assert_eq!(after.len(), before.len() + 1);
    assert_eq!(after[before.len()]["kind"], "imported");
    assert_eq!(after[before.len()]["body"], json!({ "on": clinic.today(), "charts": 2, "entries": counts.entries }));
    let ledger = fs::read(into.join("ledger.sqlite")).unwrap();
    assert!(!holds(&ledger, "Plantagenet") && !house.secrets.iter().any(|secret| holds(&ledger, secret)));
}

#[test]
fn after_an_import_nobody_signs_in_until_a_password_is_set_at_the_machine() {
    let (house, from, into) = an_export("sign-in-after");
    let clinic = imported(&from, &into).unwrap();
    let proof = Proof { password: PASSWORD, code: None };
    assert!(matches!(clinic.sign_in("amal", proof), Err(LedgerError::WrongSignIn)));
    assert!(clinic.desk_of(&house.token).is_err());

    let token = the_lead_again(&clinic);

    let patient = house.patients[0];
    let open = crate::house::chart(&clinic, &token, patient);
    assert_eq!(open.entries, house.chart(patient).entries);
    let (picture, taken): &(_, PictureTaken) = &open.chart.pictures[0];
    let (_, bytes) = clinic.desk_of(&token).unwrap().picture(patient, *picture, Form::Original).unwrap();
    assert_eq!(digest_of(&bytes), taken.original);
    for lot in ["AB12", "g7"] {
        let recalled = clinic.desk_of(&token).unwrap().recall(lot).unwrap();
        assert_eq!((recalled.len(), recalled[0].given.len()), (1, 1), "{lot}");
    }
    assert_eq!(clinic.desk_of(&token).unwrap().links(patient).unwrap().len(), 1);
    let kept = clinic.knowledge(kept_knowledge().version.full()).unwrap().unwrap();
    assert_eq!(kept.text("a.toml"), Some("one = 1"));
}

#[test]
fn every_file_that_is_changed_or_missing_is_named() {
    let (_, from, into) = an_export("altered-files");
    let files = files_in(&from);
    for (name, bytes) in files.iter().filter(|(name, _)| *name != "export.json") {
        let path = from.join(name);
        let mut changed = bytes.clone();
        let middle = changed.len() / 2;
        changed[middle] ^= 1;
        fs::write(&path, changed).unwrap();
        let error = refused(&from, &into).to_string();
        assert!(error.contains(name.as_str()), "{name}: {error}");

        fs::write(&path, [&bytes[..], b"\n"].concat()).unwrap();
        assert_eq!(refused_way(&from, &into), WayFault::Altered(name.clone()));

        fs::remove_file(&path).unwrap();
        assert_eq!(refused_way(&from, &into), WayFault::Missing(name.clone()));
        fs::write(&path, bytes).unwrap();
    }
    assert!(imported(&from, &into).is_ok(), "as it was, it is imported");
}

#[test]
fn what_does_not_belong_there_is_named() {
    let (_, from, into) = an_export("extra-files");
    for name in ["more.txt", "charts/more.json", "pictures/more.jpg", ".hidden"] {
        fs::write(from.join(name), "x").unwrap();
        assert_eq!(refused_way(&from, &into), WayFault::Unknown(name.to_owned()));
        fs::remove_file(from.join(name)).unwrap();
    }
    // A file that the list names as well, and that no export has.
    let picture = format!("pictures/{}.jpg", "ab".repeat(32));
    for name in ["more.txt", picture.as_str()] {
        let before = fs::read(from.join("export.json")).unwrap();
        forge(&from, name, b"x");
        assert_eq!(refused_way(&from, &into), WayFault::Unknown(name.to_owned()));
        fs::remove_file(from.join(name)).unwrap();
        fs::write(from.join("export.json"), before).unwrap();
    }
    #[cfg(unix)]
    {
        let name = from.join("README.md");
        fs::rename(&name, into.with_file_name("elsewhere")).unwrap();
        std::os::unix::fs::symlink(into.with_file_name("elsewhere"), &name).unwrap();
        assert_eq!(refused_way(&from, &into), WayFault::NoPlainFile("README.md".to_owned()));
    }
}

#[test]
fn a_chart_that_was_changed_is_found_though_the_list_fits_and_all_of_them_are_named() {
    let (house, from, into) = an_export("forged-charts");
    for (patient, was, is) in
        [(house.patients[0], "come at nine", "come at noon"), (house.patients[1], "+Plus Minus", "+Plus Minor")]
    {
        let name = format!("charts/{patient}.json");
        let text = fs::read_to_string(from.join(&name)).unwrap();
        assert!(text.contains(was));
        forge(&from, &name, text.replace(was, is).as_bytes());
    }
    let WayFault::Unsound(problems) = refused_way(&from, &into) else { panic!("another fault") };
    assert_eq!(problems.len(), 2, "{problems:?}");
    let mut names: Vec<String> = house.patients.iter().map(|patient| format!("charts/{patient}.json: entry ")).collect();
    names.sort();
    assert!(problems.iter().zip(&names).all(|(problem, name)| problem.starts_with(name)), "{problems:?}");
}

#[test]
fn a_log_of_which_a_line_was_taken_out_or_changed_is_found_though_the_list_fits() {
    let (_, from, into) = an_export("forged-log");
    let log = fs::read_to_string(from.join("access_log.jsonl")).unwrap();
    let without: Vec<&str> = log.lines().enumerate().filter(|(at, _)| *at != 2).map(|(_, line)| line).collect();
    let changed = log.replacen("\"outcome\":\"allowed\"", "\"outcome\":\"failed\"", 1);
    for forged in [without.join("\n") + "\n", changed] {
        forge(&from, "access_log.jsonl", forged.as_bytes());
        assert!(matches!(refused_way(&from, &into), WayFault::Unsound(_)));
    }
    let shorter: Vec<&str> = log.lines().take(3).collect();
    forge(&from, "access_log.jsonl", (shorter.join("\n") + "\n").as_bytes());
    assert!(matches!(refused_way(&from, &into), WayFault::Wrong { .. }), "the counts tell that the end is missing");
    forge(&from, "access_log.jsonl", "x".repeat(100_000).as_bytes());
    assert!(matches!(refused_way(&from, &into), WayFault::TooLarge { .. }));
}

#[test]
fn an_export_that_names_faults_is_not_imported_and_lists_them() {
    let (_, from, into) = an_export("with-faults");
    relist(&from, |list| list["faults"] = json!([{ "file": "charts/x.json", "entry": 3, "problem": "it was changed" }]));
    let error = refused(&from, &into).to_string();
    assert!(error.contains("charts/x.json, 3: it was changed"), "{error}");
}

#[test]
fn a_file_that_claims_or_has_too_many_bytes_is_refused_before_it_is_read() {
    let (house, from, into) = an_export("too-large");
    let name = format!("charts/{}.json", house.patients[0]);
    let file = fs::OpenOptions::new().write(true).open(from.join(&name)).unwrap();
    file.set_len(300 << 20).unwrap();
    assert_eq!(refused_way(&from, &into), WayFault::Altered(name.clone()));
    relist(&from, |list| list["files"][&name]["bytes"] = json!(300u64 << 20));
    let fault = refused_way(&from, &into);
    assert!(matches!(&fault, WayFault::TooLarge { file, .. } if *file == name), "{fault}");
    file.set_len(0).unwrap();
    fs::OpenOptions::new().write(true).open(from.join("export.json")).unwrap().set_len(300 << 20).unwrap();
    assert!(matches!(refused_way(&from, &into), WayFault::TooLarge { .. }));
}

#[test]
fn what_is_no_export_is_called_so_and_a_folder_that_holds_something_is_not_touched() {
    let (house, from, into) = an_export("no-export");
    let original = from.with_file_name("clinic");
    assert_eq!(refused_way(&original, &into), WayFault::NotAnExport);
    assert!(matches!(imported(&from, &original), Err(LedgerError::FolderNotEmpty)));
    assert!(house.clinic.book().is_ok());
    relist(&from, |list| list["schema"] = json!("resurface.export/2"));
    assert_eq!(refused_way(&from, &into), WayFault::TooNew("resurface.export/2".to_owned()));
    fs::write(from.join("export.json"), "no").unwrap();
    assert_eq!(refused_way(&from, &into), WayFault::NotAnExport);
}
