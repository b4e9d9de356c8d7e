//! What is kept in memory of every chart, and of the book, never outlives what is in the file.

use resurface_care::chart::{Step, record};
use resurface_care::consultation::Consultation;
use resurface_ledger::access::{Actor, Operation, Role};
use resurface_ledger::clinic::{LedgerError, UserChange, Worklist};
use resurface_ledger::identity::PatientId;

use crate::clinic_stories::{AClinic, TODAY, add, bench, example, key_file, knowledge, see};

fn listed(clinic: &AClinic) -> Worklist {
    let token = clinic.sign_in("ada");
    clinic.clinic.desk_of(&token).unwrap().worklist(&knowledge().settings, TODAY).unwrap()
}

fn steps(clinic: &AClinic) -> Vec<(String, Step)> {
    listed(clinic).rows.into_iter().map(|row| (row.number, row.next.step)).collect()
}

#[test]
fn a_list_made_again_shows_what_was_written_since_by_this_program_or_another() {
    let clinic = AClinic::with_patients("list_again", &["consultation.toml"]);
    let first = steps(&clinic);
    assert_eq!(first.len(), 1);

    // by this one: a second patient, put before or after the first as the list wants it
    let token = clinic.sign_in("ada");
    see(&clinic.clinic.desk_of(&token).unwrap(), &example("not_responding.toml"), &bench());
    assert_eq!(listed(&clinic).rows.len(), 2);

    // by another: the first patient is refused from now on
    let other = clinic.opened_again();
    let desk = other.desk_of(&token).unwrap();
    let open = desk.open_chart(desk.find_one("A-1042").unwrap()).unwrap();
    let pregnant = Consultation { patient: example("consultation.toml").patient, ..example("pregnant.toml") };
    let facts = record(&open.chart, &pregnant).unwrap();
    add(&desk, &open, facts);
    let now = steps(&clinic);
    assert_ne!(now.iter().find(|(number, _)| number == "A-1042"), first.first(), "{now:?}");
    assert_eq!(now, clinic_again(&clinic), "the same as for whoever opens the clinic anew");
}

/// What a program says that has nothing in memory.
fn clinic_again(clinic: &AClinic) -> Vec<(String, Step)> {
    let (other, token) = (clinic.opened_again(), clinic.sign_in("ada"));
    let list = other.desk_of(&token).unwrap().worklist(&knowledge().settings, TODAY).unwrap();
    list.rows.into_iter().map(|row| (row.number, row.next.step)).collect()
}

#[test]
fn a_summary_that_is_damaged_after_it_was_read_is_shown_as_unreadable() {
    let clinic = AClinic::with_patients("list_damaged", &["consultation.toml", "not_responding.toml"]);
    assert_eq!(listed(&clinic).unreadable, Vec::<PatientId>::new());

    let change = "UPDATE heads SET summary = zeroblob(length(summary)) WHERE begun = 2";
    assert_eq!(clinic.vandal().execute(change, []).unwrap(), 1);

    let list = listed(&clinic);
    assert_eq!((list.rows.len(), list.unreadable.len()), (1, 1));
    // and again: nothing of it is kept
    assert_eq!(listed(&clinic).unreadable, list.unreadable);
}

#[test]
fn the_book_is_read_anew_when_another_program_wrote_into_it() {
    let clinic = AClinic::with_patients("book_again", &["consultation.toml"]);
    let token = clinic.sign_in("ada");
    assert!(clinic.clinic.desk_of(&token).unwrap().may(Operation::OverrideRelative).is_ok());

    let other = clinic.opened_again();
    let console = other.desk(Actor::at_the_console());
    console.change_user("ada", UserChange::Roles([Role::Assistant].into())).unwrap();

    let desk = clinic.clinic.desk_of(&token).unwrap();
    assert!(matches!(desk.may(Operation::OverrideRelative), Err(LedgerError::Refused(_))));
}

#[test]
fn whatever_was_kept_is_opened_with_the_new_key_after_the_key_was_changed() {
    let clinic = AClinic::with_patients("list_rotated", &["consultation.toml"]);
    let before = steps(&clinic);
    clinic.console().rotate_key(&key_file(), &mut |_| {}).unwrap();
    assert_eq!(steps(&clinic), before);
}
