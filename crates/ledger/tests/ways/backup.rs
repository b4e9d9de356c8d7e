//! What a backup holds, and that others go on working meanwhile.

use std::collections::BTreeSet;
use std::fs;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::civil::{Date, date};
use resurface_care::chart::{Body, Consented, EntryId, Purpose, View};
use resurface_ledger::access::{Actor, Operation};
use resurface_ledger::clinic::{Form, LedgerError, WayFault, restore};
use resurface_ledger::identity::PatientId;

use crate::house::{NAME, a_clinic, a_message, a_picture, chart, holds, key, nothing_is_left, place, silent};

const TODAY: Date = date(2026, 11, 20);

#[test]
fn what_was_acknowledged_before_a_backup_began_is_in_it_while_four_threads_write() {
    let place = place("while-writing");
    let house = a_clinic(&place);
    let patients: Vec<PatientId> =
        (0..4).map(|at| house.clinic.desk_of(&house.token).unwrap().register(a_person(at)).unwrap().patient).collect();
    let (acknowledged, stop) = (Mutex::new(Vec::<(PatientId, EntryId)>::new()), AtomicBool::new(false));
    let (before, backed_up) = std::thread::scope(|scope| {
        for patient in &patients {
            let (house, acknowledged, stop) = (&house, &acknowledged, &stop);
            scope.spawn(move || {
                let desk = house.clinic.desk_of(&house.token).unwrap();
                let mut open = desk.open_chart(*patient).unwrap();
                let purposes = BTreeSet::from([Purpose::PicturesForCare]);
                let consented = Consented { on: TODAY, purposes, document: None, discussion: None, signature: None };
                open = desk.add(open.clone(), vec![(desk.entry_id(), Body::Consented(consented))]).unwrap().open;
                for shade in 0.. {
                    let (said, shown) = (desk.entry_id(), desk.entry_id());
                    open = desk.add(open.clone(), vec![(said, a_message("said"))]).unwrap().open;
                    open = desk.take_picture(open.clone(), shown, &a_picture(shade), TODAY, View::Front, None).unwrap().open;
                    acknowledged.lock().unwrap().extend([(*patient, said), (*patient, shown)]);
                    if stop.load(Ordering::Relaxed) {
                        break;
                    }
                }
            });
        }
        while acknowledged.lock().unwrap().len() < 40 {
            std::thread::yield_now();
        }
        let before = acknowledged.lock().unwrap().clone();
        let backed_up = house.backup(&place.join("one.backup"));
        let since = acknowledged.lock().unwrap().len() - before.len();
        stop.store(true, Ordering::Relaxed);
        assert!(since > 0, "nobody wrote while the backup was made");
        (before, backed_up)
    });

    let restored = restore(&place.join("one.backup"), &place.join("again"), &key(), house.around.clone(), &mut silent()).unwrap();

    let token = house.sign_in_to(&restored);
    let mut entries = 0;
    for patient in patients.iter().chain(&house.patients) {
        let open = chart(&restored, &token, *patient);
        assert!(open.fault.is_none());
        entries += open.entries.len() as u64;
        let now = house.chart(*patient);
        assert_eq!(open.entries[..], now.entries[..open.entries.len()], "the backup is how the chart once was");
        for (picture, _) in &open.chart.pictures {
            restored.desk_of(&token).unwrap().picture(*patient, *picture, Form::Original).unwrap();
        }
    }
    assert_eq!((backed_up.counts.charts, backed_up.counts.entries), (6, entries));
    for (patient, id) in before {
        assert!(chart(&restored, &token, patient).entries.iter().any(|entry| entry.id == id));
    }
}

fn a_person(at: usize) -> resurface_care::chart::Registered {
    crate::house::a_person(&format!("busy {at}"), "Somebody Else")
}

#[test]
fn a_restored_clinic_shows_its_pictures_and_notes_that_it_was_restored() {
    let place = place("restored");
    let house = a_clinic(&place);
    let backed_up = house.backup(&place.join("one.backup"));
    assert_eq!(backed_up.counts.pictures, 3);
    let said = backed_up.to_string();
    assert!(said.contains("The key file that opens it is not in it"), "{said}");
    let untouched = crate::house::files_in(&place.join("clinic"));

    let again = place.join("again");
    let restored = restore(&place.join("one.backup"), &again, &key(), house.around.clone(), &mut silent()).unwrap();

    assert!(restored.desk_of(&house.token).is_err(), "a sign-in does not come back with a backup");
    let token = house.sign_in_to(&restored);
    let patient = house.patients[0];
    let open = chart(&restored, &token, patient);
    assert_eq!(open.entries, house.chart(patient).entries);
    let (picture, _) = open.chart.pictures[0];
    for form in [Form::Original, Form::Display, Form::Thumbnail] {
        let desk = restored.desk_of(&token).unwrap();
        let there = house.clinic.desk_of(&house.token).unwrap();
        assert_eq!(desk.picture(patient, picture, form).unwrap(), there.picture(patient, picture, form).unwrap());
    }
    house.step_up(&restored, &token);
    crate::house::export(&restored, &token, &place.join("export")).unwrap();
    assert!(fs::read_to_string(place.join("export/access_log.csv")).unwrap().contains(Operation::Restore.words()));
    let now = crate::house::files_in(&place.join("clinic"));
    assert_eq!(untouched["clinic.json"], now["clinic.json"]);
}

#[test]
fn nothing_that_was_said_of_a_patient_can_be_read_in_a_backup_and_its_key_is_not_in_it() {
    let place = place("sealed");
    let house = a_clinic(&place);
    house.backup(&place.join("one.backup"));
    let bytes = fs::read(place.join("one.backup")).unwrap();
    let said = [NAME, "Plantagenet", "come at ten", "registered under", "skinpen", "Amal"];
    for secret in said.into_iter().chain(house.secrets.iter().map(String::as_str)) {
        assert!(!holds(&bytes, secret), "{secret}");
    }
    assert!(!bytes.windows(32).any(|window| window == [7; 32]), "the key of the key file");
}

#[test]
fn a_backup_never_overwrites_and_leaves_nothing_beside_it() {
    let place = place("no-overwriting");
    let house = a_clinic(&place);
    let file = place.join("one.backup");
    house.backup(&file);
    let names: Vec<_> = fs::read_dir(&place).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names.len(), 2, "{names:?}");
    let before = fs::read(&file).unwrap();

    let error = house.clinic.desk(Actor::at_the_console()).backup(&file, &mut silent()).unwrap_err();

    assert!(matches!(error, LedgerError::Way(WayFault::FileThere(_))), "{error}");
    assert_eq!(fs::read(&file).unwrap(), before);
    let nowhere = place.join("nowhere/one.backup");
    assert!(house.clinic.desk(Actor::at_the_console()).backup(&nowhere, &mut silent()).is_err());
    fs::remove_file(&file).unwrap();
    nothing_is_left(&file);
}

#[test]
fn a_picture_that_comes_while_pictures_are_copied_is_in_the_backup_with_its_entry_or_without() {
    let place = place("late-picture");
    let house = a_clinic(&place);
    let patient = house.patients[0];
    let mut shade = 0;
    let mut take = |_| {
        let desk = house.clinic.desk_of(&house.token).unwrap();
        let open = desk.open_chart(patient).unwrap();
        shade += 1;
        desk.take_picture(open.clone(), desk.entry_id(), &a_picture(shade), TODAY, View::Front, None).unwrap();
    };
    let file = place.join("one.backup");
    house.clinic.desk(Actor::at_the_console()).backup(&file, &mut take).unwrap();
    assert!(house.chart(patient).chart.pictures.len() >= 3);

    let restored = restore(&file, &place.join("again"), &key(), house.around.clone(), &mut silent()).unwrap();

    let token = house.sign_in_to(&restored);
    for (picture, _) in chart(&restored, &token, patient).chart.pictures {
        restored.desk_of(&token).unwrap().picture(patient, picture, Form::Display).unwrap();
    }
}

#[test]
fn a_backup_during_which_the_keys_were_changed_is_not_kept() {
    let place = place("keys-changed");
    let house = a_clinic(&place);
    let (file, record) = (place.join("one.backup"), place.join("clinic/clinic.json"));
    let mut change = |_| fs::write(&record, fs::read_to_string(&record).unwrap() + "\n").unwrap();
    let error = house.clinic.desk(Actor::at_the_console()).backup(&file, &mut change).unwrap_err();
    assert!(matches!(error, LedgerError::Way(WayFault::KeysChanged)), "{error}");
    nothing_is_left(&file);
}

#[test]
fn to_let_everything_out_takes_password_and_code_once_more() {
    let place = place("step-up");
    let house = a_clinic(&place);
    let (file, folder) = (place.join("one.backup"), place.join("export"));
    let desk = house.clinic.desk_of(&house.token).unwrap();
    assert!(desk.backup(&file, &mut silent()).unwrap_err().refused().is_some());
    assert!(desk.export(&folder, &crate::house::settings(), &mut silent()).unwrap_err().refused().is_some());
    nothing_is_left(&file);
    nothing_is_left(&folder);

    house.step_up(&house.clinic, &house.token);

    let desk = house.clinic.desk_of(&house.token).unwrap();
    desk.backup(&file, &mut silent()).unwrap();
    desk.export(&folder, &crate::house::settings(), &mut silent()).unwrap();
}
