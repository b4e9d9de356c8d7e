//! What an export holds, what it never holds, and that a stranger can prove it.

use std::fs;
use std::path::Path;

use resurface_care::chart::Digest;
use resurface_ledger::clinic::Exported;
use resurface_ledger::pictures::digest_of;
use serde_json::Value;
use uuid::Uuid;

use crate::house::{FORMULA, House, NAME, a_clinic, files_in, holds, kept_knowledge, place};

fn an_export(name: &str) -> (House, std::path::PathBuf, Exported) {
    let place = place(name);
    let house = a_clinic(&place);
    let folder = place.join("export");
    let exported = house.export(&folder);
    (house, folder, exported)
}

fn json(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

#[test]
fn every_entry_and_every_picture_is_in_an_export_and_every_file_is_listed() {
    let (house, folder, exported) = an_export("complete");
    let mut entries = 0;
    for patient in &house.patients {
        let chart = house.chart(*patient);
        let exported = json(&folder.join(format!("charts/{patient}.json")));
        let written = exported["entries"].as_array().unwrap();
        assert_eq!(written.len(), chart.entries.len());
        for (entry, written) in chart.entries.iter().zip(written) {
            assert_eq!(written["id"], entry.id.to_string());
            assert_eq!(written["kind"], entry.body.kind().word());
            assert_eq!(written["body"], entry.body.to_json().unwrap());
            assert_eq!(written["author_name"], "Dr Amal Osei");
            assert_eq!(written["at"].as_str().unwrap().parse::<jiff::Timestamp>().unwrap(), entry.at);
        }
        entries += written.len() as u64;
    }
    assert_eq!((exported.counts.charts, exported.counts.entries), (2, entries));

    let (_, taken) = house.chart(house.patients[0]).chart.pictures[0].clone();
    for (name, ending) in [(taken.original, "png"), (taken.display, "png"), (taken.thumbnail, "jpg")] {
        assert_eq!(digest_of(&fs::read(folder.join(format!("pictures/{name}.{ending}"))).unwrap()), name);
    }
    let mut files = files_in(&folder);
    let list: Value = serde_json::from_slice(&files.remove("export.json").unwrap()).unwrap();
    assert_eq!(list["schema"], "resurface.export/1");
    assert_eq!(list["founded"]["name"], "Clinic by the river");
    assert_eq!(list["faults"], Value::Array(Vec::new()));
    let listed = list["files"].as_object().unwrap();
    assert_eq!(listed.keys().collect::<Vec<_>>(), files.keys().collect::<Vec<_>>());
    for (name, bytes) in &files {
        assert_eq!(listed[name]["sha256"], digest_of(bytes).to_string(), "{name}");
    }
    assert_eq!(files[&format!("knowledge/{}/guide/b.md", kept_knowledge().version.full())], b"two\r\n");
    let readme = String::from_utf8(files["README.md"].clone()).unwrap();
    for name in files.keys().filter(|name| !name.contains('/') && *name != "README.md") {
        assert!(readme.contains(&format!("`{name}`")), "the README says nothing of {name}");
    }
    assert!(exported.to_string().contains("plain text"));
}

/// What README.md says is hashed, from nothing but the text of the file: no type of this program is used.
fn hash_by_the_readme(stream: Uuid, fields: &Value, body: &str) -> Digest {
    let text = |name: &str| fields[name].as_str().unwrap();
    let uuid = |text: &str| *text.parse::<Uuid>().unwrap().as_bytes();
    let hex = |text: &str| data_encoding::HEXLOWER.decode(text.as_bytes()).unwrap();
    let author = match text("author").split_once(':') {
        None => [&[0][..], &[0; 16]].concat(),
        Some(("user", id)) => [&[1][..], &uuid(id)].concat(),
        Some((_, id)) => [&[2][..], &uuid(id)].concat(),
    };
    let at = text("at").parse::<jiff::Timestamp>().unwrap().as_microsecond();
    let bytes = [
        &b"resurface.entry/1"[..],
        &hex(text("previous_hash")),
        &uuid(text("id")),
        stream.as_bytes(),
        &(fields["seq"].as_u64().unwrap() as u32).to_be_bytes(),
        &(text("kind").len() as u32).to_be_bytes(),
        text("kind").as_bytes(),
        &(fields["version"].as_u64().unwrap() as u16).to_be_bytes(),
        &author,
        &at.to_be_bytes(),
        &hex(text("salt")),
        body.as_bytes(),
    ];
    digest_of(&bytes.concat())
}

#[test]
fn a_stranger_proves_every_chart_with_the_readme_and_sha_256() {
    let (house, folder, _) = an_export("stranger");
    let charts = house.patients.iter().map(|patient| format!("charts/{patient}.json"));
    for file in charts.chain(["book.json".to_owned()]) {
        let text = fs::read_to_string(folder.join(file)).unwrap();
        let json: Value = serde_json::from_str(&text).unwrap();
        let stream = json["stream"].as_str().unwrap().parse().unwrap();
        let bodies: Vec<&str> =
            text.lines().filter_map(|line| line.trim_start().strip_prefix("\"body\": ")?.strip_suffix(',')).collect();
        let entries = json["entries"].as_array().unwrap();
        assert!(!entries.is_empty() && bodies.len() == entries.len());
        let mut before = "0".repeat(64);
        for (at, (entry, body)) in entries.iter().zip(bodies).enumerate() {
            assert_eq!(entry["seq"], at + 1);
            assert_eq!(entry["previous_hash"], before);
            before = hash_by_the_readme(stream, entry, body).to_string();
            assert_eq!(entry["hash"], before);
        }
    }
}

#[test]
fn a_stranger_proves_the_access_log_with_the_readme_and_sha_256() {
    let (_, folder, exported) = an_export("stranger-log");
    let log = fs::read_to_string(folder.join("access_log.jsonl")).unwrap();
    let mut before = vec![0; 32];
    for (at, line) in log.lines().enumerate() {
        let json: Value = serde_json::from_str(line).unwrap();
        let text = |name: &str| json[name].as_str().unwrap();
        let (_, content) = line.split_once("\"content\":").unwrap();
        let (content, _) = content.rsplit_once(",\"hash\":").unwrap();
        let salt = data_encoding::HEXLOWER.decode(text("salt").as_bytes()).unwrap();
        let micros = text("at").parse::<jiff::Timestamp>().unwrap().as_microsecond();
        let (id, content) = (text("id").parse::<Uuid>().unwrap(), digest_of(&[&salt, content.as_bytes()].concat()));
        let bytes = [
            &b"resurface.access/1"[..],
            &before,
            &(at as i64 + 1).to_be_bytes(),
            id.as_bytes(),
            &micros.to_be_bytes(),
            content.as_bytes(),
        ];
        before = digest_of(&bytes.concat()).as_bytes().to_vec();
        assert_eq!(text("hash"), data_encoding::HEXLOWER.encode(&before));
    }
    assert_eq!(log.lines().count() as u64, exported.counts.access_lines);
    assert!(log.lines().last().unwrap().contains("\"operation\":\"export\""));
}

#[test]
fn nothing_that_somebody_signs_in_with_is_in_an_export() {
    let (house, folder, _) = an_export("no-secrets");
    let files = files_in(&folder);
    for (name, bytes) in &files {
        for secret in &house.secrets {
            assert!(!holds(bytes, secret), "{secret} in {name}");
            assert!(!holds(bytes, &secret.replace('-', "")), "{secret} in {name}");
        }
        assert!(!holds(bytes, "argon2"), "{name}");
    }
    assert!(holds(&files["patients.csv"], NAME));
}

#[test]
fn no_cell_of_a_table_is_a_formula_and_numbers_stay_numbers() {
    let (house, folder, _) = an_export("formulas");
    let tables: Vec<(String, Vec<u8>)> = files_in(&folder).into_iter().filter(|(name, _)| name.ends_with(".csv")).collect();
    assert_eq!(tables.len(), 11);
    for (name, bytes) in &tables {
        for row in csv::Reader::from_reader(&bytes[..]).records() {
            for cell in row.unwrap().iter().filter(|cell| cell.parse::<f64>().is_err()) {
                assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']), "{name}: {cell}");
            }
        }
        assert!(bytes.ends_with(b"\r\n"), "{name}");
    }
    let text = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
    let first = csv::Reader::from_reader(text("adverse_events.csv").as_bytes()).records().next().unwrap().unwrap();
    assert_eq!(&first[8], format!("'{FORMULA}"));
    assert!(text("patients.csv").contains("\"'-1+cmd, \"\"quoted\"\"\nsecond line\""), "{}", text("patients.csv"));
    assert!(text("patients.csv").contains(",'+Plus Minus,"));
    assert!(text("outcomes.csv").contains(",improvement percent,-12.5,"));
    assert!(text("lots.csv").contains("ab 12,cartridge,") && text("lots.csv").contains("g 7,Gel,"), "{}", text("lots.csv"));
    assert!(text("sessions.csv").contains("(01)09506000134352(10)ab 12"), "{}", text("sessions.csv"));
    assert_eq!(text("sessions.csv").lines().count(), 3, "a row for each zone");
    let chart = text(&format!("charts/{}.csv", house.patients[0]));
    assert!(chart.contains("message from the clinic: come at nine,amended by entry 10"), "{chart}");
    assert!(text("users.csv").contains("lead") && text("access_log.csv").contains("Dr Amal Osei"));
}

#[cfg(unix)]
#[test]
fn only_the_owner_reads_an_export() {
    use std::os::unix::fs::PermissionsExt as _;
    let (_, folder, _) = an_export("modes");
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    for name in files_in(&folder).keys() {
        let file = folder.join(name);
        assert_eq!((mode(&file), mode(file.parent().unwrap())), (0o600, 0o700), "{name}");
    }
}

#[test]
fn what_cannot_be_opened_is_named_and_the_rest_is_there() {
    let place = place("faults");
    let house = a_clinic(&place);
    let (_, taken) = house.chart(house.patients[0]).chart.pictures[0].clone();
    let display = taken.display.to_string();
    fs::remove_file(place.join("clinic/pictures").join(&display[..2]).join(&display[2..])).unwrap();
    let ledger = rusqlite::Connection::open(place.join("clinic/ledger.sqlite")).unwrap();
    let broken = house.patients[1];
    ledger.execute_batch("DROP TRIGGER entries_do_not_change").unwrap();
    let moved = ledger.execute("UPDATE entries SET at_us = at_us + 1 WHERE stream = ?1 AND seq = 1", [&broken.as_bytes()[..]]);
    assert_eq!(moved.unwrap(), 1);

    let exported = house.export(&place.join("export"));

    let faults: Vec<(&str, Option<i64>)> = exported.faults.iter().map(|fault| (fault.file.as_str(), fault.entry)).collect();
    let (chart, picture) = (format!("charts/{broken}.json"), format!("pictures/{display}.png"));
    assert_eq!(faults, [(chart.as_str(), Some(1)), (picture.as_str(), None)]);
    let text = fs::read_to_string(place.join("export").join(&chart)).unwrap();
    assert!(text.contains("+Plus Minus"), "what can be opened is written all the same");
    assert!(exported.to_string().contains("2 records do not check"));
    let said = format!("{:?}", exported.faults);
    assert!(!said.contains("Plus") && !said.contains("clinic/pictures"), "{said}");
}

#[test]
fn an_export_goes_into_a_new_folder_only() {
    let place = place("new-folder");
    let house = a_clinic(&place);
    let folder = place.join("export");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("mine"), "mine").unwrap();
    let before = files_in(&folder);
    house.step_up(&house.clinic, &house.token);
    assert!(crate::house::export(&house.clinic, &house.token, &folder).is_err());
    assert_eq!(files_in(&folder), before);
    assert!(!place.join("export.partial").exists() && !place.join("export.ledger").exists());
}
