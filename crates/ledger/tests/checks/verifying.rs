//! Whatever is changed behind the program's back is found, and named where it is.

use resurface_care::chart::{Body, Digest, EntryId, Message, Penned, Registered, SessionDelivered, View};
use resurface_care::consultation::ProductUsed;
use resurface_ledger::clinic::{AccessEnd, Check, Depth, OpenChart, Pictures, Verified};
use rusqlite::{Connection, params};

use crate::clinic_stories::pictures::{a_picture, with_a_picture};
use crate::clinic_stories::{AClinic, TODAY, add, example};

const EVERYTHING: Check = Check { depth: Depth::Facts, pictures: Pictures::Open, noted: None };

fn verify(clinic: &AClinic, check: &Check) -> Verified {
    clinic.console().verify(check, &mut |_| {}).unwrap()
}

/// What is found, as it is told; ids are left out.
fn found(clinic: &AClinic) -> Vec<String> {
    found_by(clinic, &EVERYTHING)
}

fn found_by(clinic: &AClinic, check: &Check) -> Vec<String> {
    let faults = verify(clinic, check).faults;
    assert_eq!(faults.first.len() as u64, faults.total);
    faults.first.iter().map(|fault| without_ids(&fault.to_string())).collect()
}

fn without_ids(text: &str) -> String {
    let is_id = |word: &str| word.len() >= 36 && word.chars().all(|sign| sign.is_ascii_hexdigit() || sign == '-');
    let word = |word: &str| {
        let bare = word.trim_end_matches([',', ':']).trim_start_matches("user:");
        if is_id(bare) { word.replace(bare, "ID") } else { word.to_owned() }
    };
    text.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// A clinic with one chart of four entries, after something was done to its file. Book: three entries at most.
fn after(story: &str, vandalism: impl FnOnce(&Connection)) -> AClinic {
    let clinic = AClinic::with_patients(story, &["consultation.toml"]);
    vandalism(&clinic.vandal());
    clinic
}

const OF_CHARTS: &str = "stream <> zeroblob(16)";

#[test]
fn in_a_sound_clinic_nothing_is_found_and_everything_is_counted() {
    let clinic = AClinic::with_patients("verify_sound", &["consultation.toml", "not_responding.toml", "pregnant.toml"]);
    let token = clinic.sign_in("ada");
    let desk = clinic.clinic.desk_of(&token).unwrap();
    let patient = desk.find_one("A-1042").unwrap();
    with_a_picture(&desk, &desk.open_chart(patient).unwrap(), 1);

    let mut stages = Vec::new();
    let verified = clinic.console().verify(&EVERYTHING, &mut |progress| stages.push(progress)).unwrap();

    assert_eq!(verified.faults.first.iter().map(ToString::to_string).collect::<Vec<_>>(), Vec::<String>::new());
    let charts: usize = ["A-1042", "F-0093"].iter().map(|number| entries(&clinic, number)).sum();
    assert_eq!((verified.charts, verified.pictures), (3, 2));
    let pregnant = example("pregnant.toml").patient.id;
    let book = 2;
    assert_eq!(verified.entries as usize, charts + entries(&clinic, &pregnant) + book);
    assert_eq!(verified.access_end.seq, verified.access_lines as i64);
    assert!(verified.access_lines > 10 && verified.records >= 4);
    let last = stages.iter().rev().find(|told| told.stage == resurface_ledger::clinic::Stage::Entries).unwrap();
    assert_eq!((last.done, last.total), (verified.entries, verified.entries));
}

fn entries(clinic: &AClinic, number: &str) -> usize {
    let token = clinic.sign_in("ada");
    let desk = clinic.clinic.desk_of(&token).unwrap();
    let patient = desk.find_one(number).unwrap();
    desk.open_chart(patient).unwrap().entries.len()
}

#[test]
fn a_clinic_opened_elsewhere_is_as_sound() {
    let clinic = AClinic::with_patients("verify_elsewhere", &["consultation.toml"]);
    let again = clinic.opened_again();
    let desk = again.desk(resurface_ledger::access::Actor::at_the_console());
    assert!(desk.verify(&EVERYTHING, &mut |_| {}).unwrap().faults.is_empty());
}

#[test]
fn what_is_written_while_it_is_checked_is_no_fault() {
    let clinic = AClinic::with_patients("verify_meanwhile", &["consultation.toml", "pregnant.toml"]);
    let desk = clinic.clinic.desk_of(&clinic.sign_in("ada")).unwrap();
    let mut open = desk.open_chart(desk.find_one("A-1042").unwrap()).unwrap();
    let registered = open.chart.registered.clone().unwrap();
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            for number in 0..150 {
                let message = Message { on: TODAY, from: Penned::Clinic, text: "come on Monday".into() };
                open = add(&desk, &open, vec![Body::Message(message)]);
                desk.register(Registered { number: format!("new {number}"), ..registered.clone() }).unwrap();
            }
        });
        while !writer.is_finished() {
            assert_eq!(found(&clinic), Vec::<String>::new());
        }
    });
    assert_eq!(verify(&clinic, &EVERYTHING).charts, 152);
}

#[test]
fn one_bit_of_an_entry_is_found() {
    let clinic = after("verify_bit", |file| {
        let sealed: Vec<u8> =
            file.query_row(&format!("SELECT sealed FROM entries WHERE seq = 2 AND {OF_CHARTS}"), [], |row| row.get(0)).unwrap();
        let mut changed = sealed.clone();
        changed[100] ^= 1;
        file.execute("UPDATE entries SET sealed = ?1 WHERE sealed = ?2", params![changed, sealed]).unwrap();
    });
    assert_eq!(
        found(&clinic),
        [
            "chart ID, entry 2: entry 2 cannot be opened: sealed bytes were changed, or belong to another table, row or column: put \
             this value back from a backup"
        ]
    );
}

#[test]
fn contents_that_changed_places_are_found_at_both() {
    let clinic = after("verify_swap", |file| {
        let sealed = |seq: u32| -> Vec<u8> {
            let query = format!("SELECT sealed FROM entries WHERE seq = ?1 AND {OF_CHARTS}");
            file.query_row(&query, [seq], |row| row.get(0)).unwrap()
        };
        let (two, three) = (sealed(2), sealed(3));
        let update = format!("UPDATE entries SET sealed = ?1 WHERE seq = ?2 AND {OF_CHARTS}");
        file.execute(&update, params![three, 2]).unwrap();
        file.execute(&update, params![two, 3]).unwrap();
    });
    let found = found(&clinic);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].starts_with("chart ID, entry 2: entry 2 cannot be opened"), "{found:?}");
    assert!(found[1].starts_with("chart ID, entry 3: entry 3 cannot be opened"), "{found:?}");
}

#[test]
fn an_entry_that_was_removed_is_missed() {
    let clinic = after("verify_removed", |file| {
        file.execute(&format!("DELETE FROM entries WHERE seq = 3 AND {OF_CHARTS}"), []).unwrap();
    });
    assert_eq!(found(&clinic), ["chart ID, entry 4: entry 3 is missing: the next one is 4"]);
}

#[test]
fn the_last_entry_is_missed_as_well() {
    let clinic = after("verify_last", |file| {
        let last = format!("(SELECT max(seq) FROM entries WHERE {OF_CHARTS})");
        file.execute(&format!("DELETE FROM entries WHERE seq = {last} AND {OF_CHARTS}"), []).unwrap();
    });
    assert_eq!(
        found(&clinic),
        ["chart ID: its last entry is 4, and its end is kept as 5: entries were removed, or its end was put back"]
    );
}

#[test]
fn entries_in_another_order_are_found() {
    let clinic = after("verify_order", |file| {
        for (from, to) in [(2, 99), (3, 2), (99, 3)] {
            file.execute(&format!("UPDATE entries SET seq = ?2 WHERE seq = ?1 AND {OF_CHARTS}"), [from, to]).unwrap();
        }
    });
    let changed = |seq: u32| {
        format!(
            "chart ID, entry {seq}: entry {seq} does not follow from the entries before it: it, or one before it, was changed after \
             it was written"
        )
    };
    assert_eq!(found(&clinic), [changed(2), changed(3), changed(4)]);
}

#[test]
fn another_author_and_another_time_are_found() {
    for (story, change) in [
        ("verify_author", "author = (SELECT author FROM entries WHERE stream = zeroblob(16) LIMIT 1)"),
        ("verify_time", "at_us = at_us - 1"),
        ("verify_kind", "kind = 'examined'"),
        ("verify_version", "version = 0"),
        ("verify_id", "id = zeroblob(16)"),
    ] {
        let clinic = after(story, |file| {
            file.execute(&format!("UPDATE entries SET {change} WHERE seq = 2 AND {OF_CHARTS}"), []).unwrap();
        });
        let found = found(&clinic);
        assert_eq!(found.len(), 1, "{story}: {found:?}");
        assert!(found[0].starts_with("chart ID, entry 2:"), "{story}: {found:?}");
    }
}

#[test]
fn a_chart_whose_entries_are_gone_is_missed() {
    let clinic = after("verify_entries_gone", |file| {
        file.execute(&format!("DELETE FROM entries WHERE {OF_CHARTS}"), []).unwrap();
    });
    assert_eq!(found(&clinic), ["chart ID: its end is kept, and it has no entry left: they were removed"]);
}

#[test]
fn a_chart_without_an_end_is_found() {
    let clinic = after("verify_head_gone", |file| {
        file.execute(&format!("DELETE FROM heads WHERE {OF_CHARTS}"), []).unwrap();
    });
    assert_eq!(
        found_by(&clinic, &Check { depth: Depth::Chains, ..EVERYTHING }),
        ["chart ID: it has entries, and its end is not kept: nothing can be added to it, and no list shows it"]
    );
}

#[test]
fn a_chart_that_was_removed_whole_is_missed_in_the_access_log() {
    let clinic = after("verify_chart_gone", |file| {
        file.execute(&format!("DELETE FROM entries WHERE {OF_CHARTS}"), []).unwrap();
        file.execute(&format!("DELETE FROM heads WHERE {OF_CHARTS}"), []).unwrap();
    });
    let found = found(&clinic);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].ends_with("a patient was registered, and there is no such chart: it was removed whole"), "{found:?}");
}

#[test]
fn a_summary_of_an_earlier_day_is_found() {
    let clinic = AClinic::with_patients("verify_summary", &["consultation.toml"]);
    let file = clinic.vandal();
    let earlier: Vec<u8> = file.query_row(&format!("SELECT summary FROM heads WHERE {OF_CHARTS}"), [], |row| row.get(0)).unwrap();
    let token = clinic.sign_in("ada");
    let desk = clinic.clinic.desk_of(&token).unwrap();
    let open = desk.open_chart(desk.find_one("A-1042").unwrap()).unwrap();
    let given = SessionDelivered {
        on: TODAY,
        zones: Vec::new(),
        device: "skinpen_precision".into(),
        operator: "Dr ada".into(),
        cartridge: None,
        anaesthetic: None,
        products: Vec::new(),
        note: None,
        gate: None,
    };
    add(&desk, &open, vec![Body::SessionDelivered(given)]);
    file.execute(&format!("UPDATE heads SET summary = ?1 WHERE {OF_CHARTS}"), [earlier]).unwrap();

    assert_eq!(
        found(&clinic),
        ["chart ID: its summary is not what its entries amount to: lists show something else than the chart"]
    );
    assert!(found_by(&clinic, &Check { depth: Depth::Chains, ..EVERYTHING }).is_empty());
}

#[test]
fn a_summary_of_another_chart_is_found() {
    let clinic = AClinic::with_patients("verify_summaries", &["consultation.toml", "pregnant.toml"]);
    let swap = "UPDATE heads SET summary = (SELECT other.summary FROM heads AS other \
                WHERE other.stream <> zeroblob(16) AND other.stream <> heads.stream) WHERE stream <> zeroblob(16)";
    clinic.vandal().execute(swap, []).unwrap();
    let found = found(&clinic);
    assert_eq!(found.iter().filter(|fault| fault.contains("its summary cannot be read")).count(), found.len());
    assert!(!found.is_empty());
}

#[test]
fn the_book_is_checked_like_a_chart() {
    let clinic = after("verify_book", |file| {
        file.execute("UPDATE entries SET at_us = at_us + 1 WHERE seq = 2 AND stream = zeroblob(16)", []).unwrap();
    });
    let found = found(&clinic);
    assert!(found[0].starts_with("the clinic's book, entry 2: entry 2 does not follow"), "{found:?}");
}

#[test]
fn an_author_whom_the_book_does_not_name_is_found() {
    let clinic = after("verify_unknown_author", |file| {
        file.execute("DELETE FROM entries WHERE seq = 2 AND stream = zeroblob(16)", []).unwrap();
        let hash: Vec<u8> = file.query_row("SELECT hash FROM entries WHERE stream = zeroblob(16)", [], |row| row.get(0)).unwrap();
        file.execute("UPDATE heads SET seq = 1, hash = ?1 WHERE stream = zeroblob(16)", [hash]).unwrap();
    });
    let found = found(&clinic);
    assert!(found.iter().all(|fault| fault.ends_with("it was written by user:ID, who is not known here")), "{found:?}");
    assert_eq!(found.len(), 5);
}

#[test]
fn a_line_of_the_access_log_that_was_changed_or_removed_is_found() {
    let changed = after("verify_access_changed", |file| {
        file.execute("UPDATE access SET at_us = at_us + 1 WHERE seq = 3", []).unwrap();
    });
    let removed = after("verify_access_removed", |file| {
        file.execute("DELETE FROM access WHERE seq = 3", []).unwrap();
    });
    let swapped = after("verify_access_swapped", |file| {
        file.execute("UPDATE access SET sealed = (SELECT sealed FROM access WHERE seq = 4) WHERE seq = 3", []).unwrap();
    });
    assert!(found(&changed)[0].starts_with("access log, line 3: it does not follow from the lines before it"));
    assert_eq!(found(&removed), ["access log, line 4: line 3 is missing before this one"]);
    assert!(found(&swapped)[0].starts_with("access log, line 3: it cannot be opened"));
}

#[test]
fn an_access_log_that_was_cut_short_is_found_only_against_a_note() {
    // given a log of which somebody noted how far it had come
    let clinic = AClinic::with_patients("verify_access_cut", &["consultation.toml"]);
    let noted = verify(&clinic, &EVERYTHING).access_end;
    // when its last lines are removed
    clinic.vandal().execute("DELETE FROM access WHERE seq >= ?1", [noted.seq - 1]).unwrap();
    // then the chain by itself does not tell
    assert_eq!(found(&clinic), Vec::<String>::new());
    // and the note does, also once as many other lines have taken their place
    let against_note = Check { noted: Some(noted), ..EVERYTHING };
    assert!(found_by(&clinic, &against_note)[0].contains("lines were removed or replaced"));
    verify(&clinic, &EVERYTHING);
    let later = found_by(&clinic, &against_note);
    assert!(later[0].starts_with(&format!("access log, line {}:", noted.seq)), "{later:?}");
    // and a note of a log that only grew is right
    let noted = verify(&clinic, &EVERYTHING).access_end;
    assert!(found_by(&clinic, &Check { noted: Some(noted), ..EVERYTHING }).is_empty());
    let wrong = AccessEnd { hash: Digest::new([1; 32]), ..noted };
    assert_eq!(found_by(&clinic, &Check { noted: Some(wrong), ..EVERYTHING }).len(), 1);
}

#[test]
fn a_picture_that_is_gone_or_damaged_is_found() {
    let clinic = AClinic::with_patients("verify_pictures", &["consultation.toml"]);
    let token = clinic.sign_in("ada");
    let desk = clinic.clinic.desk_of(&token).unwrap();
    let open = with_a_picture(&desk, &desk.open_chart(desk.find_one("A-1042").unwrap()).unwrap(), 1);
    let (_, taken) = &open.chart.pictures[0];
    assert_eq!(taken.original, taken.display);
    let file = |name: Digest| {
        let name = name.to_string();
        clinic.folder.join("pictures").join(&name[..2]).join(&name[2..])
    };
    std::fs::remove_file(file(taken.original)).unwrap();
    let mut bytes = std::fs::read(file(taken.thumbnail)).unwrap();
    bytes[60] ^= 1;
    std::fs::write(file(taken.thumbnail), bytes).unwrap();
    let missing = "chart ID, entry 7, picture ID: the picture is not there: restore it from a backup";
    let damaged =
        "chart ID, entry 7, picture ID: the picture does not open to the bytes that were taken in: restore it from a backup";
    assert_eq!(found_by(&clinic, &Check { pictures: Pictures::Exist, ..EVERYTHING }), [missing]);
    let mut faults = found(&clinic);
    faults.sort();
    assert_eq!(faults, [damaged, missing]);
    assert_eq!(found_by(&clinic, &Check { pictures: Pictures::Skip, ..EVERYTHING }), Vec::<String>::new());
}

#[test]
fn a_session_after_a_gate_that_nobody_asked_is_refused() {
    let clinic = AClinic::with_patients("verify_gate", &["consultation.toml"]);
    let token = clinic.sign_in("ada");
    let desk = clinic.clinic.desk_of(&token).unwrap();
    let open = desk.open_chart(desk.find_one("A-1042").unwrap()).unwrap();
    let message = Message { on: TODAY, from: Penned::Clinic, text: "come on Monday".into() };
    let open = add(&desk, &open, vec![Body::Message(message)]);
    let no_gate: EntryId = open.entries[1].id;
    let given = SessionDelivered {
        on: TODAY,
        zones: Vec::new(),
        device: "skinpen_precision".into(),
        operator: "Dr ada".into(),
        cartridge: None,
        anaesthetic: None,
        products: Vec::new(),
        note: None,
        gate: Some(no_gate),
    };
    let refused = desk.add(open.clone(), vec![(desk.entry_id(), Body::SessionDelivered(given))]).unwrap_err();
    assert_eq!(refused.to_string(), "this session names a gate that is not in the chart");
    assert!(found(&clinic).is_empty());
}

#[test]
fn a_lot_that_a_recall_would_miss_is_found() {
    let gel = ProductUsed { name: "Gel".into(), lot: Some("lot 8".into()) };
    let clinic = AClinic::with_patients("verify_lot", &["consultation.toml"]);
    let token = clinic.sign_in("ada");
    let desk = clinic.clinic.desk_of(&token).unwrap();
    let open = desk.open_chart(desk.find_one("A-1042").unwrap()).unwrap();
    let cartridge = serde_json::from_value(serde_json::json!({ "lot": "lot 7" })).unwrap();
    let given = SessionDelivered {
        on: TODAY,
        zones: Vec::new(),
        device: "skinpen_precision".into(),
        operator: "Dr ada".into(),
        cartridge: Some(cartridge),
        anaesthetic: None,
        products: vec![gel],
        note: None,
        gate: None,
    };
    add(&desk, &open, vec![Body::SessionDelivered(given)]);
    assert_eq!(found(&clinic), Vec::<String>::new());
    for lot in ["LOT7", "LOT8"] {
        assert_eq!(clinic.vandal().execute("DELETE FROM lots WHERE lot = ?1", [lot]).unwrap(), 1, "{lot}");
        assert_eq!(
            found(&clinic)[0],
            "chart ID, entry 6: the lot that it names is not in the index: a recall would not find this patient"
        );
    }
}

#[test]
fn a_record_that_was_put_in_anothers_place_is_found() {
    let clinic = after("verify_record", |file| {
        file.execute(
            "UPDATE records SET value = (SELECT value FROM records WHERE kind = 'sign_in') WHERE kind = 'credential'",
            [],
        )
        .unwrap();
    });
    let found = found(&clinic);
    assert_eq!(found.len(), 1);
    assert!(found[0].starts_with("record 1 of the kind credential: the record cannot be opened"), "{found:?}");
}

#[test]
fn a_practitioner_does_not_check_the_clinic() {
    let clinic = AClinic::with_patients("verify_refused", &[]);
    let token = clinic.sign_in("ada");
    let refused = clinic.clinic.desk_of(&token).unwrap().verify(&EVERYTHING, &mut |_| {}).unwrap_err();
    assert!(refused.refused().is_some());
}

#[test]
fn while_the_picture_folder_is_gone_nothing_is_half_written_and_the_chart_goes_on() {
    let clinic = AClinic::with_patients("pictures_gone", &["consultation.toml"]);
    let token = clinic.sign_in("ada");
    let desk = clinic.clinic.desk_of(&token).unwrap();
    let open = desk.open_chart(desk.find_one("A-1042").unwrap()).unwrap();
    let open = with_a_picture(&desk, &open, 40);
    // when the disk with the pictures is pulled out
    let (there, gone) = (clinic.folder.join("pictures"), clinic.folder.join("pulled_out"));
    std::fs::rename(&there, &gone).unwrap();
    let take = |open: &OpenChart| desk.take_picture(open.clone(), desk.entry_id(), &a_picture(90), TODAY, View::Front, None);
    let refused = take(&open).unwrap_err();
    // then it is said, no entry names a picture that is not there, and other entries are still written
    assert!(refused.to_string().contains("is not there: is its disk connected? Nothing was written"), "{refused}");
    let message = Message { on: TODAY, from: Penned::Clinic, text: "come on Monday".into() };
    let open = add(&desk, &open, vec![Body::Message(message)]);
    assert_eq!(open.chart.pictures.len(), 1);
    assert!(!there.exists(), "no other folder is made in its place");
    // and once it is back the picture is taken, and everything checks
    std::fs::rename(&gone, &there).unwrap();
    assert_eq!(take(&open).unwrap().open.chart.pictures.len(), 2);
    assert!(found(&clinic).is_empty());
}

#[test]
fn of_many_who_register_one_number_at_the_same_moment_one_does() {
    let clinic = AClinic::with_patients("one_number", &[]);
    let token = clinic.sign_in("ada");
    let registered = Registered {
        on: TODAY,
        number: "Q-3".into(),
        name: "Quinn Three".into(),
        birth_date: jiff::civil::date(1990, 1, 1),
        sex: resurface_care::consultation::Sex::Unknown,
        contact: None,
        synthetic: false,
    };
    let opened: usize = std::thread::scope(|scope| {
        let register = || clinic.clinic.desk_of(&token).unwrap().register(registered.clone());
        let tries: Vec<_> = (0..8).map(|_| scope.spawn(register)).collect();
        tries.into_iter().map(|one| usize::from(one.join().unwrap().is_ok())).sum()
    });
    assert_eq!(opened, 1);
    assert!(found(&clinic).is_empty());
}
