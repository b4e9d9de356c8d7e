//! A demonstration clinic: charts of synthetic patients, loaded as the program loads them.

use resurface_care::chart::{Body, EntryId};
use resurface_ledger::clinic::Clinic;
use resurface_ledger::entry::Author;
use resurface_ledger::identity::{PatientId, UserId};
use resurface_synthetic::{Happening, Scenario, What, patient};
use uuid::Uuid;

use crate::builder::{AClinic, TODAY, rules};

/// Patients of the demonstration: enough for every kind of entry.
const PATIENTS: u32 = 8;

/// A demonstration with everybody in it, and its patients.
pub(crate) fn demonstration(story: &str) -> (AClinic, Vec<PatientId>) {
    let clinic = AClinic::synthetic(story);
    let ada =
        clinic.with_desk("lea", |desk| desk.users().unwrap().into_iter().find(|user| user.name.as_str() == "ada").unwrap().id);
    let rules = rules();
    let scenario = Scenario { patients: PATIENTS, seed: 1, until: TODAY };
    let one = |number: u32| {
        let made = patient(number, &scenario, &rules.bench("stories")).unwrap();
        let id = PatientId::new(*Uuid::from_u128(u128::from(number)).as_bytes());
        load(clinic.app.clinic(), id, ada, made.happenings);
        id
    };
    let patients = (1..=PATIENTS).map(one).collect();
    (clinic, patients)
}

fn load(clinic: &Clinic, patient: PatientId, by: UserId, happenings: Vec<Happening>) {
    let entries = happenings.into_iter().enumerate().map(|(place, Happening { at, what, .. })| {
        let (id, body) = match what {
            What::Entry(id, body) => (id, body),
            What::Picture { view, on, jpeg } => {
                let id = EntryId(Uuid::from_u128((u128::from_be_bytes(*patient.as_bytes()) << 64) + place as u128));
                (id, Body::PictureTaken(clinic.load_picture(&jpeg, on, view).unwrap()))
            }
        };
        (id, Author::User(by), at, body)
    });
    clinic.load(patient, entries.collect()).unwrap();
}
