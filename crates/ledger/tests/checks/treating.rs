//! Who may be named as treating.

use resurface_care::chart::{Body, GateAnswer, SessionGated, Setting};
use resurface_care::consultation::{Answer, Operator, TreatmentDay};
use resurface_care::gate::Permit;
use resurface_ledger::clinic::LedgerError;

use crate::clinic_stories::{AClinic, TODAY, add, bench, example, setting};

#[test]
fn a_gate_permits_nobody_whom_the_clinic_does_not_know() {
    // given a gate that was asked about somebody of whom only the name is known
    let clinic = AClinic::with_patients("gate_stranger", &["consultation.toml"]);
    let desk = clinic.clinic.desk_of(&clinic.sign_in("ada")).unwrap();
    let open = desk.open_chart(desk.find_one("A-1042").unwrap()).unwrap();
    let named = Operator { name: "Dr Nobody Known".into(), ..example("consultation.toml").operator };
    let operator = clinic.clinic.operator_of_the_day(&named).unwrap();
    let setting = Setting { operator, ..setting(&example("consultation.toml")) };
    let day =
        TreatmentDay { consent: Answer::Yes, consent_on: Some(TODAY), cartridge: None, zones: Vec::new(), anaesthetic: None };
    let honest = bench().gate(&open.chart, TODAY, &setting, &[], &day).unwrap();
    assert_eq!(honest.answer.permit, Permit::Refused);
    // when it is written down as if it had permitted, then it is refused; as what it is, it is kept
    let forged = SessionGated { answer: GateAnswer { permit: Permit::Permitted, ..honest.answer.clone() }, ..honest.clone() };
    let refused = desk.add(open.clone(), vec![(desk.entry_id(), Body::SessionGated(forged))]).unwrap_err();
    assert!(matches!(refused, LedgerError::OtherOperator), "{refused}");
    add(&desk, &open, vec![Body::SessionGated(honest)]);
}
