//! Founding a clinic, opening it, and who is signed in.

use std::fs;

use crate::a_clinic::{AClinic, OTHER_PASSWORD, PASSWORD};
use crate::program::{Said, folder, resurface_with};

fn init(name: &str, more: &[&str], variables: &[(&str, &str)]) -> (std::path::PathBuf, Said) {
    let folder = folder(name);
    let arguments = [&["clinic", "init", "clinic", "--name", "Harbour Skin", "--lead", "ada"], more].concat();
    let said = resurface_with(&folder, &arguments, &[&[("RESURFACE_NEW_PASSWORD", PASSWORD)], variables].concat(), "");
    (folder, said)
}

fn names(folder: &std::path::Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_clinic_is_founded_with_its_key_beside_it_and_says_what_to_keep_safe() {
    let (folder, said) = init("founded", &[], &[]);
    assert_eq!((said.code, said.stderr.as_str()), (0, ""));
    assert_eq!(names(&folder), ["clinic", "clinic.key"]);
    assert!(said.stdout.starts_with("FOUNDED  Harbour Skin\n"), "{}", said.stdout);
    for kept in ["Keep safe", "clinic.key", "password of the lead", "resurface sign-in --user ada", "A lead alone opens no chart"]
    {
        assert!(said.stdout.contains(kept), "{kept}: {}", said.stdout);
    }
    #[cfg(unix)]
    for (file, mode) in [("clinic.key", 0o600), ("clinic", 0o700)] {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(fs::metadata(folder.join(file)).unwrap().permissions().mode() & 0o777, mode, "{file}");
    }
}

#[test]
fn what_is_refused_at_the_founding_leaves_nothing_behind() {
    let refused = |name: &str, more: &[&str], password: &str, code: i32, says: &str| {
        let (folder, said) = init(name, more, &[("RESURFACE_NEW_PASSWORD", password)]);
        assert_eq!((said.code, said.stdout.as_str()), (code, ""), "{name}: {}", said.stderr);
        assert!(said.stderr.contains(says), "{name}: {}", said.stderr);
        assert!(names(&folder).is_empty(), "{name}: {:?}", names(&folder));
    };
    refused("short_password", &[], "short", 2, "use 12 or more");
    refused("common_password", &[], "passwordpassword", 2, "one of the first that an attacker tries");
    refused("no_password", &[], "", 10, "new password of ada is needed, and there is no terminal to ask at");
    refused("key_inside", &["--key-file", "clinic/here.key"], PASSWORD, 2, "the key file would lie in the folder of the clinic");
    refused("bad_lead_name", &["--lead-name", " "], PASSWORD, 2, "not a name");
}

#[test]
fn no_key_and_no_folder_is_written_over() {
    let folder = folder("not_over");
    fs::write(folder.join("mine.key"), "a key of another clinic\n").unwrap();
    fs::create_dir(folder.join("full")).unwrap();
    fs::write(folder.join("full/letter.txt"), "a letter").unwrap();
    let init = |dir: &str, key: &str| {
        let arguments = ["clinic", "init", dir, "--name", "Harbour Skin", "--lead", "ada", "--key-file", key];
        resurface_with(&folder, &arguments, &[("RESURFACE_NEW_PASSWORD", PASSWORD)], "")
    };
    let over_a_key = init("clinic", "mine.key");
    assert_eq!((over_a_key.code, over_a_key.stdout.as_str()), (5, ""), "{}", over_a_key.stderr);
    assert!(over_a_key.stderr.contains("is not written over"), "{}", over_a_key.stderr);
    assert_eq!(fs::read_to_string(folder.join("mine.key")).unwrap(), "a key of another clinic\n");
    let over_a_folder = init("full", "new.key");
    assert_eq!((over_a_folder.code, over_a_folder.stdout.as_str()), (5, ""), "{}", over_a_folder.stderr);
    // a key that locks nothing does not stand in the way of the next try
    assert_eq!(names(&folder), ["full", "mine.key"]);
}

#[test]
fn a_clinic_opens_by_its_own_key_only() {
    let clinic = AClinic::founded("keys");
    let (_, other) = (AClinic::founded("keys_of_another"), "../keys_of_another/clinic.key");
    let said = clinic.refused(&["clinic", "show", "--key-file", other], 9);
    assert!(said.contains("this key file does not open the keys of the clinic"), "{said}");
    let said = clinic.refused(&["clinic", "show", "--key-file", "nowhere.key"], 9);
    assert!(said.contains("the key file nowhere.key is not there\nhint: name the key file"), "{said}");
    clinic.write("broken.key", "resurface-key-1 ABC\n");
    let said = clinic.refused(&["clinic", "show", "--key-file", "broken.key"], 9);
    assert!(said.contains("the key in line 1 has 3 characters of 64"), "{said}");
    // moved away, the key is still found where it is named
    fs::rename(clinic.folder.join("clinic.key"), clinic.folder.join("moved.key")).unwrap();
    clinic.refused(&["clinic", "show"], 9);
    assert!(clinic.page(&["clinic", "show", "--key-file", "moved.key"]).contains("Harbour Skin"));
}

#[test]
fn a_passphrase_locks_a_clinic_as_well() {
    let passphrase = ("RESURFACE_PASSPHRASE", "eleven herons over the harbour");
    // what is made is named as new, here as everywhere
    let (_, said) = init("passphrase_not_new", &["--passphrase"], &[passphrase]);
    assert!(said.code == 9 && said.stderr.contains("set RESURFACE_NEW_PASSPHRASE"), "{}", said.stderr);
    let (folder, said) = init("passphrase", &["--passphrase"], &[("RESURFACE_NEW_PASSPHRASE", passphrase.1)]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    assert_eq!(names(&folder), ["clinic"], "no key file is made");
    let show = |variables: &[(&str, &str)]| {
        let state = [("RESURFACE_SIGN_IN_FILE", "signed-in"), ("RESURFACE_CLINIC", "clinic")];
        resurface_with(&folder, &["clinic", "show"], &[&state, variables].concat(), "")
    };
    assert!(show(&[passphrase]).stdout.contains("locked by      passphrase"));
    let wrong = show(&[("RESURFACE_PASSPHRASE", "eleven herons")]);
    assert_eq!((wrong.code, wrong.stdout.as_str()), (9, ""), "{}", wrong.stderr);
    let none = show(&[]);
    assert_eq!(none.code, 9);
    assert!(none.stderr.contains("set RESURFACE_PASSPHRASE"), "{}", none.stderr);
}

#[test]
fn a_clinic_is_found_by_option_by_variable_and_by_where_one_is() {
    let clinic = AClinic::founded("found_by");
    let show = |folder: &std::path::Path, arguments: &[&str]| {
        let state = clinic.folder.join("signed-in");
        let variables = [("RESURFACE_SIGN_IN_FILE", state.to_str().unwrap())];
        resurface_with(folder, &[&["clinic", "show"], arguments].concat(), &variables, "")
    };
    assert_eq!(show(&clinic.folder, &["--clinic", "clinic"]).code, 0);
    assert_eq!(show(&clinic.folder.join("clinic"), &[]).code, 0);
    let nowhere = show(&clinic.folder, &[]);
    assert_eq!((nowhere.code, nowhere.stdout.as_str()), (5, ""));
    assert!(nowhere.stderr.contains("hint: name its folder with --clinic DIR"), "{}", nowhere.stderr);
    let no_clinic = show(&clinic.folder, &["--clinic", "."]);
    assert_eq!(no_clinic.code, 5, "{}", no_clinic.stderr);
    let missing = format!("{} holds no clinic: there is no clinic.json in it", clinic.folder.display());
    assert!(no_clinic.stderr.contains(&missing), "{}", no_clinic.stderr);
    assert!(no_clinic.stderr.contains("`resurface clinic init DIR` founds one"), "{}", no_clinic.stderr);
    let mistyped = show(&clinic.folder, &["--clinic", "clinik"]);
    assert_eq!(mistyped.code, 5, "{}", mistyped.stderr);
    assert!(mistyped.stderr.contains("the folder clinik is not there\nhint: name its folder"), "{}", mistyped.stderr);
    let shown = clinic.json(&["clinic", "show"]);
    assert_eq!(
        (shown["schema"].clone(), shown["charts"].clone(), shown["users"].clone()),
        ("resurface.clinic/1".into(), 0.into(), 1.into())
    );
}

#[test]
fn whoever_signs_in_is_known_until_they_sign_out() {
    let clinic = AClinic::founded("signing_in");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = fs::metadata(clinic.folder.join("signed-in")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "only its owner reads who is signed in");
    }
    assert!(clinic.page(&["worklist"]).starts_with("WORKLIST  "));
    clinic.page(&["sign-out"]);
    let said = clinic.refused(&["worklist"], 10);
    assert_eq!(said, "error: nobody is signed in\nhint: `resurface sign-in --user NAME`\n");
    clinic.refused(&["sign-out"], 10);
    // a wrong password and a name that nobody has read the same
    let wrong = |user: &str, password: &str| {
        let said = clinic.run_with(&["sign-in", "--user", user], &[("RESURFACE_PASSWORD", password)], "");
        assert_eq!((said.code, said.stdout.as_str()), (10, ""));
        said.stderr
    };
    assert_eq!(wrong("ada", OTHER_PASSWORD), wrong("nobody.here", PASSWORD));
    assert!(!clinic.folder.join("signed-in").exists());
    // a token that no sign-in has is no sign-in
    clinic.write("signed-in", &format!("rsf_{}\n", "A".repeat(43)));
    clinic.refused(&["worklist"], 10);
    // a password can be in a file
    clinic.write("password", &format!("{PASSWORD}\n"));
    let said = clinic.run_with(&["sign-in", "--user", "ada", "--password-file", "password"], &[("RESURFACE_PASSWORD", "")], "");
    assert_eq!(said.code, 0, "{}", said.stderr);
}

#[test]
fn a_demonstration_says_so_first_on_every_page() {
    let clinic = AClinic::founded_as("demonstration", &["--demonstration"]);
    clinic.page(&["chart", "new", "--number", "T-1", "--name", "Tess Nobody", "--birth-date", "1990-01-01", "--sex", "other"]);
    for arguments in [
        &["clinic", "show"][..],
        &["user", "list"],
        &["chart", "show", "T-1"],
        &["chart", "timeline", "T-1"],
        &["chart", "next", "T-1"],
        &["chart", "find", "tess"],
        &["worklist"],
        &["recall", "X1"],
        &["link", "list", "T-1"],
    ] {
        assert!(clinic.page(arguments).starts_with("DEMONSTRATION: nobody is behind these charts\n"), "{arguments:?}");
        assert_eq!(clinic.json(arguments)["demonstration"], true, "{arguments:?}");
    }
    assert_eq!(clinic.json(&["chart", "show", "T-1"])["registered"]["synthetic"], true);
    // correcting whom the chart is about does not make it real
    let entry = clinic.json(&["chart", "timeline", "T-1"])["entries"][0]["id"].as_str().unwrap().to_owned();
    let amended = format!(
        "schema = 'resurface.entry/1'\nkind = 'amended'\non = 2026-11-20\nentry = '{entry}'\nreason = 'misspelt'\n\
         becomes = {{ kind = 'registered', on = 2026-11-20, number = 'T-1', name = 'Tess No One', birth_date = 1990-01-01, sex = 'other' }}\n"
    );
    clinic.page(&["chart", "add", "T-1", clinic.write("amended.toml", &amended)]);
    let registered = clinic.json(&["chart", "show", "T-1"])["registered"].clone();
    assert_eq!((registered["name"].clone(), registered["synthetic"].clone()), ("Tess No One".into(), true.into()));
}
