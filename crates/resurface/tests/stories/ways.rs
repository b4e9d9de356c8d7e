//! What backup, restore, export, import and demonstration refuse, and what they leave behind then.

use std::fs;

use crate::a_clinic::{AClinic, OTHER_PASSWORD};

#[test]
fn a_backup_is_made_by_whoever_leads_or_sits_at_the_machine_and_writes_over_nothing() {
    let clinic = AClinic::founded("ways_backup");
    clinic.add_user("robin", "assistant");
    clinic.page(&["backup", "one.backup"]);
    assert!(clinic.refused(&["backup", "one.backup"], 5).contains("is there already"));
    clinic.sign_in("robin", OTHER_PASSWORD);
    clinic.refused(&["backup", "two.backup"], 11);
    clinic.page(&["sign-out"]);
    clinic.page(&["backup", "three.backup"]);
    assert!(!clinic.folder.join("two.backup").exists());
}

#[test]
fn a_restore_opens_with_the_key_of_the_clinic_and_leaves_nothing_when_it_does_not() {
    let clinic = AClinic::founded("ways_restore");
    clinic.page(&["backup", "one.backup"]);
    let nowhere = clinic.refused(&["restore", "one.backup", "--clinic", "again"], 9);
    assert!(nowhere.contains("again.key is not there"), "{nowhere}");
    AClinic::founded("ways_restore_other");
    let other = "../ways_restore_other/clinic.key";
    clinic.refused(&["restore", "one.backup", "--clinic", "again", "--key-file", other], 9);
    let full = clinic.refused(&["restore", "one.backup", "--clinic", "clinic", "--key-file", "clinic.key"], 5);
    assert!(full.contains("the folder is not empty"), "{full}");
    clinic.refused(&["restore", "clinic.key", "--clinic", "again", "--key-file", "clinic.key"], 2);
    let mut bytes = fs::read(clinic.folder.join("one.backup")).unwrap();
    bytes.truncate(bytes.len() / 2 / 512 * 512);
    fs::write(clinic.folder.join("half.backup"), bytes).unwrap();
    clinic.refused(&["restore", "half.backup", "--clinic", "again", "--key-file", "clinic.key"], 13);
    assert!(!clinic.folder.join("again").exists());
    let restored = clinic.json(&["restore", "one.backup", "--clinic", "again", "--key-file", "clinic.key"]);
    assert_eq!((restored["name"].clone(), restored["users"].clone()), ("Harbour Skin".into(), 1.into()));
    // and it says what opens the clinic from now on
    assert_eq!(restored["opens_with"], "key file");
    assert!(restored["key_file"].as_str().unwrap().ends_with("/ways_restore/clinic.key"), "{restored:#}");
    let page = clinic.page(&["restore", "one.backup", "--clinic", "once_more", "--key-file", "clinic.key", "--width", "120"]);
    let says = page.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(says.contains("/ways_restore/clinic.key, as it opened the backup: name it with --key-file"), "{page}");
}

#[test]
fn an_export_takes_a_lead_in_person_and_an_import_somebody_who_leads() {
    let clinic = AClinic::founded("ways_export");
    clinic.add_user("robin", "assistant");
    clinic.page(&["sign-out"]);
    clinic.refused(&["export", "out"], 10);
    clinic.sign_in("robin", OTHER_PASSWORD);
    clinic.refused(&["export", "out"], 11);
    clinic.sign_in("ada", crate::a_clinic::PASSWORD);
    let wrong = clinic.run_with(&["export", "out"], &[("RESURFACE_PASSWORD", OTHER_PASSWORD)], "");
    assert_eq!(wrong.code, 10, "{}", wrong.stderr);
    assert!(!clinic.folder.join("out").exists());
    let said = clinic.run(&["export", "out", "--json"]);
    assert!(said.code == 0 && said.stderr.contains("warning: An export is plain text"), "{}", said.stderr);

    let import = |lead: &str, password: &str| {
        let said =
            clinic.run_with(&["import", "out", "--clinic", "new", "--lead", lead], &[("RESURFACE_NEW_PASSWORD", password)], "");
        assert!(said.code == 0 || !(clinic.folder.join("new").exists() || clinic.folder.join("new.key").exists()));
        said
    };
    let robin = import("robin", OTHER_PASSWORD);
    assert_eq!((robin.code, robin.stdout.as_str()), (2, ""));
    assert!(
        robin.stderr.contains("robin does not lead the clinic of this export\nhint: --lead with one of: ada\n"),
        "{}",
        robin.stderr
    );
    assert_eq!(import("ada", "short").code, 2);
    assert_eq!(import("ada", "").code, 10);
    // what was changed is not taken over, and the key that locks nothing is gone
    let links = clinic.folder.join("out/links.json");
    let kept = fs::read(&links).unwrap();
    fs::write(&links, String::from_utf8(kept.clone()).unwrap().replace("[]", "{}")).unwrap();
    assert_eq!(import("ada", OTHER_PASSWORD).code, 13);
    fs::write(&links, kept).unwrap();
    assert_eq!(import("ada", OTHER_PASSWORD).code, 0);
    let full = clinic.refused(&["import", "out", "--clinic", "new", "--key-file", "other.key", "--lead", "ada"], 5);
    assert!(full.contains("the folder is not empty") && !clinic.folder.join("other.key").exists(), "{full}");
}

#[test]
fn a_demonstration_is_never_made_among_other_files() {
    let clinic = AClinic::founded("ways_demo");
    let said = clinic.refused(&["demo-data", "clinic", "--patients", "1", "--key-file", "demo.key"], 5);
    assert!(said.contains("the folder is not empty") && !clinic.folder.join("demo.key").exists(), "{said}");
    clinic.refused(&["demo-data", "demo", "--patients", "1", "--key-file", "clinic.key"], 5);
    clinic.refused(&["demo-data", "demo", "--patients", "0"], 2);
    assert!(!clinic.folder.join("demo").exists());
}
