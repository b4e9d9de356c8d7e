//! What is said about a person stays where it belongs: not on stderr, not in the clear on the disk.

use std::fs;

use crate::a_clinic::{AClinic, OTHER_PASSWORD, PASSWORD, every_file};
use crate::program::Said;
use crate::visits::Visits;

const NAME: &str = "Zephyrine Quackenbush-Vrubel";
const CONTACT: &str = "lighthouse 7, by the pigeon";
const MESSAGE: &str = "my aunt keeps forty-one axolotls";
const WHY: &str = "afraid of the cathedral bells";

#[test]
fn nothing_about_a_person_and_no_password_is_on_stderr_or_in_the_clear() {
    let clinic = AClinic::founded("planted");
    let visit = Visits::of_example("consultation.toml").numbered("Q-1");
    let file = visit.write(&clinic.folder, "visit.json");
    clinic.page(&["chart", "new", &file, "--name", NAME, "--contact", CONTACT]);
    clinic.page(&["chart", "add", "Q-1", &file, "--reject", WHY]);
    let message =
        format!("schema = 'resurface.entry/1'\nkind = 'message'\non = 2026-11-20\nfrom = 'patient'\ntext = '{MESSAGE}'\n");
    clinic.page(&["chart", "add", "Q-1", clinic.write("message.toml", &message)]);
    assert!(clinic.page(&["chart", "timeline", "Q-1"]).contains(MESSAGE), "whoever may reads it");
    let token = fs::read_to_string(clinic.folder.join("signed-in")).unwrap();

    let mut refusals: Vec<Said> = Vec::new();
    let mut refuse = |arguments: &[&str], variables: &[(&str, &str)]| {
        let said = clinic.run_with(arguments, variables, "");
        assert_ne!(said.code, 0, "{arguments:?}");
        assert_eq!(said.stdout, "", "{arguments:?}");
        refusals.push(said);
    };
    let other = visit.clone().numbered("Q-2").write(&clinic.folder, "other.json");
    let earlier = visit.clone().on("2026-11-01").write(&clinic.folder, "earlier.json");
    let broken = clinic.write("broken.toml", &message.replace("'patient'", "'moon'"));
    refuse(&["chart", "new", &file, "--name", NAME, "--contact", CONTACT], &[]);
    refuse(&["chart", "new", "--number", "Q-9", "--name", NAME, "--birth-date", "1990-13-01", "--sex", "female"], &[]);
    refuse(
        &[
            "chart",
            "new",
            "--number",
            "Q-9",
            "--name",
            &format!("{NAME}\n"),
            "--contact",
            &format!("\u{7}{CONTACT}"),
            "--birth-date",
            "1990-01-01",
            "--sex",
            "female",
        ],
        &[],
    );
    refuse(&["chart", "add", "Q-1", &other], &[]);
    refuse(&["chart", "add", "Q-1", &earlier], &[]);
    refuse(&["chart", "add", "Q-1", broken], &[]);
    refuse(&["chart", "add", "Q-1", &file, "--decide", "stop", "--why", WHY], &[]);
    refuse(&["chart", "show", "Q-3"], &[]);
    refuse(&["chart", "show", "Q-1", "--clinic", "elsewhere"], &[]);
    refuse(&["chart", "show", "Q-1", "--key-file", "elsewhere.key"], &[]);
    refuse(&["break-glass", "Q-1", "--reason", WHY], &[("RESURFACE_PASSWORD", OTHER_PASSWORD)]);
    refuse(&["user", "password", "ada"], &[("RESURFACE_NEW_PASSWORD", "short one")]);
    refuse(&["sign-in", "--user", "ada"], &[("RESURFACE_PASSWORD", OTHER_PASSWORD)]);
    clinic.page(&["sign-out"]);
    refuse(&["chart", "show", "Q-1"], &[]);

    let secrets = [NAME, "Zephyrine", CONTACT, MESSAGE, WHY, PASSWORD, OTHER_PASSWORD, "short one", token.trim()];
    for said in &refusals {
        for secret in secrets {
            assert!(!said.stderr.contains(secret), "{secret} in: {}", said.stderr);
        }
    }
    let kept = every_file(&clinic.clinic_folder());
    assert!(kept.iter().any(|file| file.ends_with("clinic.json")) && kept.iter().any(|file| file.ends_with("ledger.sqlite")));
    for file in kept {
        let bytes = fs::read(&file).unwrap();
        for secret in secrets.iter().chain(&["Q-1", "1994-03-02", "Dr Ada Example"]) {
            let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!found, "{secret} in {}", file.display());
        }
    }
}
