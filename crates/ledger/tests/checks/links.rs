//! What a patient may write through a link: one thing, in their own name, and the intake once.

use std::collections::{BTreeMap, BTreeSet};

use resurface_care::chart::{
    AdverseEventNoticed, Body, Consented, EntryId, Intake, Message, Penned, Purpose, ReportedBy, Severity,
};
use resurface_care::consultation::{Answer, Goal};
use resurface_ledger::access::Operation;
use resurface_ledger::clinic::{Check, Depth, Desk, LedgerError, Pictures};
use resurface_ledger::entry::Author;
use resurface_ledger::identity::{LinkPurpose, PatientId, Token};

use crate::clinic_stories::{AClinic, TODAY};

struct Handed {
    clinic: AClinic,
    patient: PatientId,
    token: Token,
    purpose: LinkPurpose,
}

/// A patient who was handed a link.
fn a_patient_with_a_link(story: &str, purpose: LinkPurpose) -> Handed {
    let clinic = AClinic::with_patients(story, &["consultation.toml"]);
    let sign_in = clinic.sign_in("ada");
    let desk = clinic.clinic.desk_of(&sign_in).unwrap();
    let patient = desk.find_one("A-1042").unwrap();
    let (_, token) = desk.make_link(patient, purpose, None).unwrap();
    drop(desk);
    Handed { clinic, patient, token, purpose }
}

impl Handed {
    fn desk(&self) -> Result<Desk<'_>, LedgerError> {
        self.clinic.clinic.desk_with_link(&self.token, self.patient, self.purpose)
    }

    fn send(&self, desk: &Desk<'_>, id: EntryId, body: Body) -> Result<Author, LedgerError> {
        let open = desk.open_to_write(self.patient, Operation::of_link(self.purpose)).unwrap();
        desk.add(open, vec![(id, body)]).map(|added| added.open.entries.last().unwrap().author)
    }
}

fn an_intake(answered_by: Penned) -> Body {
    Body::Intake(Intake {
        on: TODAY,
        pregnant: Answer::No,
        breast_feeding: Answer::No,
        findings: BTreeMap::new(),
        earlier_treatments: Vec::new(),
        goal: Goal { improvement_percent: 50.0, by: None, worry: Some(6) },
        answered_by,
    })
}

fn a_report(reported_by: ReportedBy, text: &str) -> Body {
    let text = text.to_owned();
    Body::AdverseEvent(AdverseEventNoticed { on: TODAY, event: None, severity: Severity::Mild, session: None, reported_by, text })
}

#[test]
fn an_intake_link_takes_one_intake_in_the_patients_name() {
    let handed = a_patient_with_a_link("link_one_intake", LinkPurpose::Intake);
    let (first, second) = (handed.desk().unwrap(), handed.desk().unwrap());
    let (one, two) = (first.entry_id(), first.entry_id());

    let in_the_clinics_name = handed.send(&first, one, an_intake(Penned::Clinic));
    assert!(matches!(in_the_clinics_name, Err(LedgerError::DoesNotFit(_))));
    assert!(matches!(handed.send(&first, one, an_intake(Penned::Patient)), Ok(Author::Link(_))));

    assert!(matches!(handed.send(&second, two, an_intake(Penned::Patient)), Err(LedgerError::LinkRefused)), "opened before");
    assert!(matches!(handed.desk(), Err(LedgerError::LinkRefused)), "opened again");
    let everything = Check { depth: Depth::Facts, pictures: Pictures::Skip, noted: None };
    let found = handed.clinic.console().verify(&everything, &mut |_| {}).unwrap();
    assert_eq!(found.faults.total, 0, "{:?}", found.faults.first);
}

#[test]
fn a_report_can_be_followed_by_another() {
    let handed = a_patient_with_a_link("link_reports", LinkPurpose::ReportProblem);
    for text in ["it itches", "it itches more"] {
        let desk = handed.desk().unwrap();
        assert!(matches!(
            handed.send(&desk, desk.entry_id(), a_report(ReportedBy::Clinic, text)),
            Err(LedgerError::DoesNotFit(_))
        ));
        assert!(matches!(handed.send(&desk, desk.entry_id(), a_report(ReportedBy::Patient, text)), Ok(Author::Link(_))));
    }
}

#[test]
fn a_link_is_for_one_thing() {
    let handed = a_patient_with_a_link("link_one_thing", LinkPurpose::ReportProblem);
    let desk = handed.desk().unwrap();
    let message = Body::Message(Message { on: TODAY, from: Penned::Patient, text: "hello".to_owned() });
    for other in [an_intake(Penned::Patient), message] {
        assert!(matches!(handed.send(&desk, desk.entry_id(), other), Err(LedgerError::Refused(_))));
    }
    // a yes to anything but pictures for the chart is for the clinic to hear, and a picture shows what its patient reported
    let to_treatment = BTreeSet::from([Purpose::Treatment, Purpose::PicturesForCare]);
    let yes = Body::Consented(Consented { on: TODAY, purposes: to_treatment, document: None, discussion: None, signature: None });
    assert!(matches!(handed.send(&desk, desk.entry_id(), yes), Err(LedgerError::DoesNotFit(_))));
    let open = desk.open_to_write(handed.patient, Operation::OwnReport).unwrap();
    let of_nothing = desk.take_own_picture(open.clone(), desk.entry_id(), b"", desk.entry_id());
    assert!(matches!(of_nothing, Err(LedgerError::DoesNotFit(_))));
    let two = [1, 2].map(|_| (desk.entry_id(), a_report(ReportedBy::Patient, "twice"))).to_vec();
    assert!(matches!(desk.add(open, two), Err(LedgerError::DoesNotFit(_))));
}
