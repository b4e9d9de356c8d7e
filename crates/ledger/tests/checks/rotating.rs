//! The key is changed, whatever happens meanwhile, and nothing is lost.

use std::panic::{AssertUnwindSafe, catch_unwind};

use resurface_care::chart::{Body, Message, Penned};
use resurface_ledger::access::{Actor, Role};
use resurface_ledger::clinic::{Begun, Check, Clinic, Depth, LedgerError, Pictures, Rotated};
use resurface_ledger::identity::PatientId;
use resurface_ledger::seal::SealError;
use resurface_ledger::store::StoreError;

use crate::clinic_stories::pictures::with_a_picture;
use crate::clinic_stories::{AClinic, TODAY, a_key_file, add, key_file};

const EVERYTHING: Check = Check { depth: Depth::Facts, pictures: Pictures::Open, noted: None };

/// A clinic with two charts, one of them with a picture.
fn a_clinic(story: &str) -> AClinic {
    let clinic = AClinic::with_patients(story, &["consultation.toml", "pregnant.toml"]);
    let desk = clinic.clinic.desk_of(&clinic.sign_in("ada")).unwrap();
    with_a_picture(&desk, &desk.open_chart(her(&clinic.clinic)).unwrap(), 1);
    clinic
}

fn her(clinic: &Clinic) -> PatientId {
    let token = clinic.sign_in("ada", resurface_ledger::clinic::Proof { password: crate::clinic_stories::PASSWORD, code: None });
    clinic.desk_of(&token.unwrap()).unwrap().find_one("A-1042").unwrap()
}

fn rotate(clinic: &Clinic) -> Result<Rotated, LedgerError> {
    clinic.desk(Actor::at_the_console()).rotate_key(&key_file(), &mut |_| {})
}

#[track_caller]
fn assert_sound(clinic: &Clinic) {
    let verified = clinic.desk(Actor::at_the_console()).verify(&EVERYTHING, &mut |_| {}).unwrap();
    let faults: Vec<String> = verified.faults.first.iter().map(ToString::to_string).collect();
    assert_eq!(faults, Vec::<String>::new());
}

/// The numbers of the keys that anything in the folder is sealed by.
fn keys_in_use(clinic: &AClinic) -> Vec<u8> {
    let file = rusqlite::Connection::open(clinic.folder.join("ledger.sqlite")).unwrap();
    let sealed = "SELECT sealed FROM entries UNION ALL SELECT summary FROM heads UNION ALL SELECT sealed FROM access \
                  UNION ALL SELECT value FROM records WHERE kind <> 'first_key'";
    let mut query = file.prepare(sealed).unwrap();
    let rows = query.query_map([], |row| row.get::<_, Vec<u8>>(0)).unwrap();
    let mut numbers: Vec<u8> = rows.map(|row| row.unwrap()[4]).collect();
    for part in std::fs::read_dir(clinic.folder.join("pictures")).unwrap() {
        for picture in std::fs::read_dir(part.unwrap().path()).unwrap() {
            numbers.push(std::fs::read(picture.unwrap().path()).unwrap()[4]);
        }
    }
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

fn a_message(text: &str) -> Body {
    Body::Message(Message { on: TODAY, from: Penned::Clinic, text: text.into() })
}

#[test]
fn everything_is_sealed_anew_and_the_old_key_opens_nothing() {
    let clinic = a_clinic("rotate_whole");
    let before = std::fs::read(clinic.folder.join("clinic.json")).unwrap();
    assert_eq!(keys_in_use(&clinic), [1]);

    let rotated = rotate(&clinic.clinic).unwrap();

    assert!(rotated.finished());
    assert_eq!((rotated.key.get(), rotated.begun), (2, Begun::Now));
    assert!(rotated.renewed.entries > 10 && rotated.renewed.summaries == 3 && rotated.renewed.pictures == 2, "{rotated:?}");
    assert_eq!(keys_in_use(&clinic), [2]);
    assert_sound(&clinic.clinic);
    assert_sound(&clinic.opened_again());
    // the old keys, put back, open nothing
    std::fs::write(clinic.folder.join("clinic.json"), before).unwrap();
    let with_old_keys = Clinic::open(&clinic.folder, &key_file(), clinic.surroundings.clone());
    assert!(matches!(with_old_keys.err(), Some(LedgerError::Book(_))));
}

#[test]
fn a_second_change_makes_a_third_key() {
    let clinic = a_clinic("rotate_twice");
    rotate(&clinic.clinic).unwrap();
    let rotated = rotate(&clinic.clinic).unwrap();
    assert_eq!((rotated.key.get(), rotated.begun), (3, Begun::Now));
    assert_eq!(keys_in_use(&clinic), [3]);
    assert_sound(&clinic.opened_again());
}

#[test]
fn broken_off_anywhere_nothing_is_unreadable_and_it_goes_on() {
    let clinic = a_clinic("rotate_interrupted");
    let quiet = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let mut interruptions = 0;
    let rotated = loop {
        // given a program that fails a little later each time
        let program = clinic.opened_again();
        let mut told = 0;
        let attempt = catch_unwind(AssertUnwindSafe(|| {
            program.desk(Actor::at_the_console()).rotate_key(&key_file(), &mut |_| {
                told += 1;
                assert!(told <= interruptions, "the power failed");
            })
        }));
        // then a program that is started afterwards finds everything
        assert_sound(&clinic.opened_again());
        match attempt {
            Ok(rotated) => break rotated.unwrap(),
            Err(_) => interruptions += 1,
        }
    };
    std::panic::set_hook(quiet);
    assert!(interruptions > 10, "{interruptions}");
    assert_eq!((rotated.key.get(), rotated.begun, rotated.finished()), (2, Begun::Earlier, true));
    assert_eq!(keys_in_use(&clinic), [2]);
}

#[test]
fn whoever_writes_meanwhile_in_this_program_loses_nothing() {
    let clinic = a_clinic("rotate_writing");
    let patient = her(&clinic.clinic);
    let desk = clinic.clinic.desk_of(&clinic.sign_in("ada")).unwrap();
    let mut written = 0;
    let rotated = clinic.console().rotate_key(&key_file(), &mut |_| {
        let open = desk.open_chart(patient).unwrap();
        assert!(open.fault.is_none());
        let open = add(&desk, &open, vec![a_message("meanwhile")]);
        with_a_picture(&desk, &open, 100 + written);
        written += 1;
    });
    assert!(rotated.unwrap().finished() && written > 10);
    assert_eq!(keys_in_use(&clinic), [2]);
    assert_sound(&clinic.clinic);
    assert_sound(&clinic.opened_again());
}

#[test]
fn whoever_reads_meanwhile_in_this_program_finds_everything() {
    let clinic = a_clinic("rotate_reading");
    let patient = her(&clinic.clinic);
    let token = clinic.sign_in("ada");
    std::thread::scope(|scope| {
        let rotating = scope.spawn(|| (0..8).for_each(|_| assert!(rotate(&clinic.clinic).unwrap().finished())));
        while !rotating.is_finished() {
            let opened = clinic.clinic.desk_of(&token).and_then(|desk| desk.open_chart(patient));
            match opened {
                Ok(open) => assert_eq!(open.fault, None),
                // The line of the access log was sealed just before the key was exchanged.
                Err(LedgerError::Store(StoreError::KeyReplaced)) => {}
                Err(other) => panic!("{other}"),
            }
        }
    });
    assert_eq!(keys_in_use(&clinic), [9]);
}

#[test]
fn another_program_with_the_old_key_writes_until_it_is_refused_and_loses_nothing() {
    // given another program that opened the clinic before
    let clinic = a_clinic("rotate_elsewhere");
    let other = clinic.opened_again();
    let token = other.sign_in("ada", resurface_ledger::clinic::Proof { password: crate::clinic_stories::PASSWORD, code: None });
    let desk = other.desk_of(&token.unwrap()).unwrap();
    // when it registers somebody again and again while the key is changed
    let template = desk.open_chart(desk.find_one("A-1042").unwrap()).unwrap().chart.registered.unwrap();
    let (mut written, mut refused) = (Vec::new(), 0);
    let rotated = clinic.console().rotate_key(&key_file(), &mut |_| {
        let number = format!("meanwhile {}", written.len());
        match desk.register(resurface_care::chart::Registered { number, ..template.clone() }) {
            Ok(open) => written.push(open.patient),
            Err(LedgerError::Store(StoreError::KeyReplaced)) => refused += 1,
            Err(other) => panic!("{other}"),
        }
    });
    assert!(rotated.unwrap().finished());
    assert!(!written.is_empty() && refused > 0, "{written:?} {refused}");
    // then everything that it was told is written can be read, and nothing is sealed with the old key
    assert_eq!(keys_in_use(&clinic), [2]);
    assert_sound(&clinic.opened_again());
    let desk = clinic.clinic.desk_of(&clinic.sign_in("ada")).unwrap();
    assert!(written.iter().all(|patient| desk.open_chart(*patient).is_ok()));
    // and what it cannot open any longer it says so, with what to do
    let told = other.book().unwrap_err().to_string();
    assert!(told.contains("if the key was changed while this program ran, start it again"), "{told}");
}

#[test]
fn what_cannot_be_opened_is_named_and_keeps_the_old_key() {
    let clinic = a_clinic("rotate_damaged");
    let (id, sealed): (Vec<u8>, Vec<u8>) = clinic
        .vandal()
        .query_row("SELECT id, sealed FROM entries WHERE kind = 'screened' LIMIT 1", [], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap();
    let put = |sealed: &[u8]| {
        clinic.vandal().execute("UPDATE entries SET sealed = ?2 WHERE id = ?1", rusqlite::params![id, sealed]).unwrap();
    };
    let mut damaged = sealed.clone();
    damaged[50] ^= 1;
    put(&damaged);
    let rotated = rotate(&clinic.clinic).unwrap();
    assert!(!rotated.finished());
    assert_eq!((rotated.left.total, rotated.left.first[0].why.clone()), (1, SealError::ChangedOrMoved));
    // once it is restored, the change comes to its end
    put(&sealed);
    let rotated = rotate(&clinic.clinic).unwrap();
    assert_eq!((rotated.key.get(), rotated.begun, rotated.finished()), (2, Begun::Earlier, true));
    assert_sound(&clinic.opened_again());
}

#[test]
fn a_wrong_secret_changes_nothing() {
    let clinic = a_clinic("rotate_wrong_secret");
    let record = std::fs::read(clinic.folder.join("clinic.json")).unwrap();
    let wrong = clinic.console().rotate_key(&a_key_file(8), &mut |_| {}).unwrap_err();
    assert!(matches!(wrong, LedgerError::Seal(SealError::WrongSecret { .. })), "{wrong}");
    let wrong = clinic.console().change_secret(&a_key_file(8), &a_key_file(9)).unwrap_err();
    assert!(matches!(wrong, LedgerError::Seal(SealError::WrongSecret { .. })), "{wrong}");
    assert_eq!(std::fs::read(clinic.folder.join("clinic.json")).unwrap(), record);
    assert_eq!(keys_in_use(&clinic), [1]);
}

#[test]
fn another_secret_locks_the_same_keys() {
    let clinic = a_clinic("rotate_secret");
    clinic.console().change_secret(&key_file(), &a_key_file(9)).unwrap();
    let open = |secret| Clinic::open(&clinic.folder, &secret, clinic.surroundings.clone());
    assert!(matches!(open(key_file()).err(), Some(LedgerError::Seal(SealError::WrongSecret { .. }))));
    assert_sound(&open(a_key_file(9)).unwrap());
    assert_eq!(keys_in_use(&clinic), [1]);
}

#[test]
fn only_one_hand_changes_the_key() {
    let clinic = a_clinic("rotate_alone");
    let other = clinic.opened_again();
    let mut refused = 0;
    let rotated = clinic.console().rotate_key(&key_file(), &mut |_| {
        let busy = other.desk(Actor::at_the_console()).rotate_key(&key_file(), &mut |_| {});
        refused += usize::from(matches!(busy, Err(LedgerError::KeyIsChanging)));
        let busy = clinic.console().change_secret(&key_file(), &a_key_file(9));
        refused += usize::from(matches!(busy, Err(LedgerError::KeyIsChanging)));
    });
    assert!(rotated.unwrap().finished() && refused >= 2);
    assert_eq!(keys_in_use(&clinic), [2]);
}

#[test]
fn a_practitioner_does_not_change_the_key() {
    let clinic = AClinic::founded("rotate_refused");
    clinic.add_user("ada", &[Role::Prescriber]);
    let desk = clinic.clinic.desk_of(&clinic.sign_in("ada")).unwrap();
    assert!(desk.rotate_key(&key_file(), &mut |_| {}).unwrap_err().refused().is_some());
    assert!(desk.change_secret(&key_file(), &a_key_file(9)).unwrap_err().refused().is_some());
}
