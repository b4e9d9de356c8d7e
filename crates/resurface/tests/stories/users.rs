//! Who works in a clinic: roles, passwords, codes, and what each may do.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::Stdio;

use resurface_ledger::identity::TotpSecret;
use serde_json::Value;

use crate::a_clinic::{AClinic, OTHER_PASSWORD, PASSWORD};
use crate::program::command;
use crate::visits::Visits;

fn user<'a>(users: &'a Value, name: &str) -> &'a Value {
    users["users"].as_array().unwrap().iter().find(|user| user["name"] == name).unwrap()
}

#[test]
fn users_are_added_given_roles_switched_off_and_on() {
    let clinic = AClinic::founded("users");
    clinic.page(&[
        "user",
        "add",
        "bo",
        "--display-name",
        "Bo Nurse",
        "--role",
        "practitioner",
        "--profession",
        "nurse",
        "--trained",
        "yes",
        "--training-valid-until",
        "2028-06-30",
        "--depth-limit-um",
        "1500",
        "--premises-permitted",
        "yes",
    ]);
    let users = clinic.json(&["user", "list"]);
    assert_eq!(user(&users, "bo")["operator"]["depth_limit_um"], 1500);
    assert_eq!(user(&users, "bo")["roles"], serde_json::json!(["practitioner"]));
    clinic.page(&["user", "role", "bo", "--role", "assistant", "--role", "lead"]);
    clinic.page(&["user", "operator", "bo", "--profession", "nurse", "--trained", "no"]);
    let users = clinic.json(&["user", "list"]);
    assert_eq!(user(&users, "bo")["roles"], serde_json::json!(["assistant", "lead"]));
    assert_eq!(user(&users, "bo")["operator"]["depth_limit_um"], Value::Null, "what is not said is not known");
    clinic.page(&["user", "disable", "bo"]);
    let said = clinic.run_with(&["sign-in", "--user", "bo"], &[("RESURFACE_PASSWORD", OTHER_PASSWORD)], "");
    assert_eq!(said.code, 10, "{}", said.stderr);
    clinic.page(&["user", "enable", "bo"]);
    let said = clinic.refused(&["user", "role", "ada", "--role", "wizard"], 2);
    assert!(said.contains("expected one of `practitioner`, `prescriber`, `assistant`, `lead`\n"), "{said}");
    let said = clinic.refused(&["user", "role", "ada", "--role", "patient"], 2);
    assert!(said.contains("a patient is handed links: `resurface link make`"), "{said}");
    let said = clinic.refused(&["user", "disable", "cy"], 2);
    assert!(said.contains("there is no user of this name"), "{said}");
    clinic.refused(&["user", "add", "bo", "--display-name", "Another Bo", "--role", "assistant"], 2);
    // somebody has to be able to lead
    clinic.page(&["user", "role", "bo", "--role", "assistant"]);
    let said = clinic.refused(&["user", "role", "ada", "--role", "prescriber"], 2);
    assert!(said.contains("give another user the role of lead first"), "{said}");
}

#[test]
fn managing_users_takes_the_password_once_more_or_the_machine_itself() {
    let clinic = AClinic::founded("step_up");
    let add = ["user", "add", "bo", "--display-name", "Bo Assistant", "--role", "assistant"];
    let said = clinic.run_with(&add, &[("RESURFACE_PASSWORD", OTHER_PASSWORD)], "");
    assert_eq!((said.code, said.stdout.as_str()), (10, ""), "{}", said.stderr);
    // whose password it is, and before what, is said; to look takes none
    let said = clinic.run_with(&add, &[("RESURFACE_PASSWORD", "")], "");
    assert_eq!(said.code, 10);
    let asked = "password of ada, asked again before you add users, change their roles or switch them off, is needed";
    assert!(said.stderr.contains(asked), "{}", said.stderr);
    assert_eq!(clinic.run_with(&["user", "list"], &[("RESURFACE_PASSWORD", "")], "").code, 0);
    clinic.page(&add);
    // given a moment ago, it still counts
    let again = ["user", "disable", "bo"];
    assert_eq!(clinic.run_with(&again, &[("RESURFACE_PASSWORD", "")], "").code, 0);
    clinic.page(&["user", "enable", "bo"]);
    // whoever may not is told what it takes
    clinic.sign_in("bo", OTHER_PASSWORD);
    let said = clinic.refused(&["user", "list"], 11);
    assert!(said.contains("takes the role of lead: ask somebody who has it"), "{said}");
    // where nobody is signed in, whoever has machine and key may
    clinic.page(&["sign-out"]);
    clinic.page(&["user", "password", "ada"]);
    clinic.sign_in("ada", OTHER_PASSWORD);
}

#[test]
fn ones_own_password_takes_the_old_one_and_ends_every_sign_in() {
    let clinic = AClinic::founded("own_password");
    let said = clinic.run_with(&["user", "password"], &[("RESURFACE_PASSWORD", "not this one, surely")], "");
    assert_eq!(said.code, 10, "{}", said.stderr);
    let said = clinic.run_with(&["user", "password"], &[("RESURFACE_NEW_PASSWORD", "adaadaadaada")], "");
    assert_eq!((said.code, said.stdout.as_str()), (2, ""), "{}", said.stderr);
    assert!(said.stderr.contains("the password is a name"), "{}", said.stderr);
    clinic.page(&["user", "password"]);
    let said = clinic.refused(&["worklist"], 10);
    assert!(said.contains("sign in again"), "{said}");
    assert_eq!(clinic.run(&["sign-in", "--user", "ada"]).code, 10, "the old one is gone");
    clinic.sign_in("ada", OTHER_PASSWORD);
}

/// Sets up a second factor of whoever is signed in, and types what their app shows: that code, and the recovery codes.
fn set_up_second_factor(clinic: &AClinic, password: &str) -> (String, Vec<String>) {
    let variables = [("RESURFACE_PASSWORD", password), ("RESURFACE_SIGN_IN_FILE", "signed-in"), ("RESURFACE_CLINIC", "clinic")];
    let mut child = command(&clinic.folder, &["user", "second-factor", "--json"], &variables)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut shown = BufReader::new(child.stderr.take().unwrap()).lines();
    let secret = shown.nth(1).unwrap().unwrap().trim().to_owned();
    let address = shown.next().unwrap().unwrap();
    assert!(address.contains("otpauth://totp/Resurface%20Harbour%20Skin:"), "{address}");
    let secret = TotpSecret::new(data_encoding::BASE32_NOPAD.decode(secret.as_bytes()).unwrap().try_into().unwrap());
    #[expect(clippy::disallowed_methods, reason = "a code is that of now")]
    let now = jiff::Timestamp::now();
    let code = secret.code_at(now);
    writeln!(child.stdin.take().unwrap(), "{}", code.as_str()).unwrap();
    let mut answer = String::new();
    child.stdout.take().unwrap().read_to_string(&mut answer).unwrap();
    assert!(child.wait().unwrap().success(), "{:?}", shown.collect::<Vec<_>>());
    let answer: Value = serde_json::from_str(&answer).unwrap();
    let recovery = answer["recovery_codes"].as_array().unwrap().iter().map(|code| code.as_str().unwrap().to_owned()).collect();
    (code.as_str().to_owned(), recovery)
}

#[test]
fn a_second_factor_is_shown_once_confirmed_by_a_code_and_then_asked_for() {
    let clinic = AClinic::founded("second_factor");
    // given whoever sets up a second factor, and types what their app shows
    let (code, recovery) = set_up_second_factor(&clinic, PASSWORD);
    let recovery: Vec<&str> = recovery.iter().map(String::as_str).collect();
    assert_eq!(recovery.len(), 10);

    // when they sign in again, then the password alone does not do, nor the code that was used, but a recovery code does, once
    let said = clinic.refused(&["sign-in", "--user", "ada"], 10);
    assert!(said.contains("a code is needed as well") && said.contains("hint: give it with --code CODE"), "{said}");
    clinic.refused(&["sign-in", "--user", "ada", "--code", &code], 10);
    clinic.page(&["sign-in", "--user", "ada", "--code", recovery[0]]);
    clinic.refused(&["sign-in", "--user", "ada", "--code", recovery[0]], 10);
    let said = clinic.run_with(&["sign-in", "--user", "ada"], &[("RESURFACE_CODE", recovery[1])], "");
    assert_eq!(said.code, 0, "{}", said.stderr);

    // and when the phone is lost, whoever has the machine takes the factor away with the password
    clinic.page(&["sign-out"]);
    clinic.page(&["user", "password", "ada", "--lost-phone"]);
    clinic.sign_in("ada", OTHER_PASSWORD);
}

#[test]
fn where_a_second_factor_is_required_nothing_else_is_open_before_it_is_set_up() {
    let clinic = AClinic::founded("second_factor_required");
    clinic.add_user("bo", "practitioner");
    // given a clinic whose lead requires codes from an app
    clinic.sign_in("bo", OTHER_PASSWORD);
    clinic.refused(&["clinic", "require-second-factor", "on"], 11);
    clinic.sign_in("ada", PASSWORD);
    assert!(clinic.page(&["clinic", "require-second-factor", "on"]).contains("required of every user"));
    assert!(clinic.page(&["clinic", "show"]).contains("second factor  required of every user"));
    // when somebody without them signs in, then they are told, and may only set them up
    let said = clinic.run_with(&["sign-in", "--user", "bo"], &[("RESURFACE_PASSWORD", OTHER_PASSWORD)], "");
    assert!(said.code == 0 && said.stderr.contains("nothing else is open to you before"), "{}", said.stderr);
    let said = clinic.refused(&["worklist"], 11);
    assert!(
        said.contains("takes a second factor, which this clinic requires: set up codes from an app, or a passkey, first\nhint: `resurface user"),
        "{said}"
    );
    set_up_second_factor(&clinic, OTHER_PASSWORD);
    clinic.page(&["worklist"]);
    // and the lead owes them as well, until they are no longer required
    clinic.sign_in("ada", PASSWORD);
    clinic.refused(&["clinic", "require-second-factor", "off"], 11);
    let (_, recovery) = set_up_second_factor(&clinic, PASSWORD);
    clinic.page(&["clinic", "require-second-factor", "off"]);
    clinic.page(&["sign-in", "--user", "ada", "--code", &recovery[0]]);
    assert_eq!(clinic.json(&["clinic", "show"])["second_factor"], "free");
    clinic.page(&["verify"]);
}

#[test]
fn a_second_factor_that_is_not_confirmed_changes_nothing() {
    let clinic = AClinic::founded("not_confirmed");
    for typed in ["", "000000x\n"] {
        let said = clinic.run_with(&["user", "second-factor"], &[], typed);
        assert_ne!(said.code, 0);
        assert_eq!(said.stdout, "", "no recovery code is shown before it counts");
    }
    clinic.sign_in("ada", PASSWORD);
}

#[test]
fn each_role_does_what_it_may_and_reads_what_it_would_take() {
    let clinic = AClinic::founded("roles");
    clinic.add_user("bo", "assistant");
    clinic.add_user("cy", "practitioner");
    let visit = Visits::of_example("responder.json");
    let file = visit.write(&clinic.folder, "visit.json");
    let day = visit.clone().treatment_day("2026-11-20", "K1").write(&clinic.folder, "day.json");
    clinic.open_chart(&file, "Role Model");
    // an assistant neither screens nor gates, nor opens a chart
    clinic.sign_in("bo", OTHER_PASSWORD);
    for (arguments, to) in [
        (&["chart", "add", "G-1187", &day][..], "to ask whether a session may begin"),
        (&["chart", "add", "G-1187", &file], "to screen a patient"),
        (&["chart", "show", "G-1187"], "to open a patient's chart"),
    ] {
        let said = clinic.refused(arguments, 11);
        assert!(said.contains(&format!("{to} takes the role of practitioner or prescriber: ask somebody who has it")), "{said}");
    }
    // an assistant writes messages, reads the worklist, hands out links, and may break the glass
    let message =
        "schema = 'resurface.entry/1'\nkind = 'message'\non = 2026-11-20\nfrom = 'clinic'\ntext = 'see you on Monday'\n";
    clinic.page(&["chart", "add", "G-1187", clinic.write("message.toml", message)]);
    assert_eq!(clinic.json(&["worklist", "--all"])["rows"].as_array().unwrap().len(), 1);
    let made = clinic.json(&["link", "make", "G-1187", "--for", "report-problem", "--days", "3"]);
    let link = made["link"].as_str().unwrap();
    assert!(made["token"].as_str().unwrap().starts_with("rsf_"));
    assert!(!clinic.page(&["link", "list", "G-1187"]).contains(made["token"].as_str().unwrap()), "a token is shown once");
    clinic.page(&["link", "revoke", "G-1187", link]);
    assert!(clinic.json(&["link", "list", "G-1187"])["links"][0]["revoked_at"].is_string());
    clinic.refused(&["link", "make", "G-1187", "--for", "plan", "--days", "400"], 2);
    clinic.refused(&["break-glass", "G-1187", "--reason", "now"], 2);
    let said = clinic.run_with(
        &["break-glass", "G-1187", "--reason", "she rings with a swollen face"],
        &[("RESURFACE_PASSWORD", OTHER_PASSWORD)],
        "",
    );
    assert!(said.stdout.contains("this chart is open to you until"), "{}", said.stderr);
    assert!(clinic.page(&["chart", "show", "G-1187"]).contains("Role Model"));
    // a practitioner screens; a decision against a rule takes a prescriber
    clinic.sign_in("cy", OTHER_PASSWORD);
    let overrides = serde_json::json!([{
        "rule": "CI-RETINOID", "prescriber": "Dr Ada Example", "reason": "used once, a week ago", "on": "2026-11-20"
    }]);
    let overridden = visit.with("/overrides", overrides).write(&clinic.folder, "overridden.json");
    let said = clinic.run(&["chart", "add", "G-1187", &overridden]);
    if said.stderr.contains("overrides[1].rule") {
        panic!("{}", said.stderr);
    }
    assert_eq!((said.code, said.stdout.as_str()), (11, ""), "{}", said.stderr);
    assert!(
        said.stderr.contains("to decide against a relative contraindication takes the role of prescriber"),
        "{}",
        said.stderr
    );
    clinic.page(&["chart", "add", "G-1187", &file]);
    let said = clinic.refused(&["recall", "K1"], 11);
    assert!(said.contains("takes the role of lead"), "{said}");
    clinic.sign_in("ada", PASSWORD);
    clinic.page(&["chart", "add", "G-1187", &overridden]);
}
