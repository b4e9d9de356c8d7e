//! What a consultation adds to a chart: the facts that the chart does not hold yet, as entries.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::body::{Body, Consented, Examined, Intake, Measured, Penned, Purpose, SessionDelivered};
use super::fold::Chart;
use crate::consultation::{Answer, Consultation, SessionGiven};

/// Why a consultation does not fit a chart. No value of the patient is part of a message.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecordError {
    /// Nobody was registered.
    #[error("the chart does not say whom it is about: register the patient first")]
    NotRegistered,
    /// The consultation is about somebody else.
    #[error("patient.{field} is not that of this chart: is this the right chart? Nothing was recorded")]
    AnotherPatient {
        /// The field that differs.
        field: &'static str,
    },
    /// The chart already holds something later.
    #[error(
        "the chart already holds an intake or examination of {later}, after {on}: amend an entry to correct what was recorded"
    )]
    Earlier {
        /// Day of the consultation.
        on: Date,
        /// Day of the latest entry.
        later: Date,
    },
    /// The chart holds another account of the same thing.
    #[error("{what} of {on} is already in the chart, and otherwise: amend that entry, or correct the file")]
    Otherwise {
        /// What.
        what: &'static str,
        /// Its day.
        on: Date,
    },
}

/// The entries that a consultation adds to a chart, oldest fact first; none when the chart holds all of it.
///
/// What was decided is not among them: screening, plan, gate and review are asked of the chart itself.
///
/// # Errors
/// When the consultation is about another patient, is older than what the chart holds, or contradicts a session or an outcome
/// that the chart holds.
pub fn record(chart: &Chart, consultation: &Consultation) -> Result<Vec<Body>, RecordError> {
    right_patient(chart, consultation)?;
    let mut added = Vec::new();
    for session in &consultation.sessions {
        added.extend(new_session(chart, consultation, session)?);
    }
    for outcome in &consultation.outcomes {
        let same = chart
            .outcomes
            .iter()
            .find(|held| (held.date, held.scale, held.rater) == (outcome.date, outcome.scale, outcome.rater));
        match same {
            None => added.push(Body::Measured(Measured::outcome(outcome.clone()))),
            Some(held) if held.value == outcome.value && outcome.error_sd.is_none_or(|sd| held.error_sd == Some(sd)) => {}
            Some(_) => return Err(RecordError::Otherwise { what: "an outcome", on: outcome.date }),
        }
    }
    added.extend(answers(chart, consultation)?);
    added.extend(consent(chart, consultation));
    Ok(added)
}

fn right_patient(chart: &Chart, consultation: &Consultation) -> Result<(), RecordError> {
    let registered = chart.registered.as_ref().ok_or(RecordError::NotRegistered)?;
    let patient = &consultation.patient;
    let differs = [
        ("id", patient.id != registered.number),
        ("birth_date", patient.birth_date != registered.birth_date),
        ("sex", patient.sex != registered.sex),
    ];
    match differs.iter().find(|(_, differs)| *differs) {
        Some((field, _)) => Err(RecordError::AnotherPatient { field }),
        None => Ok(()),
    }
}

fn answers(chart: &Chart, consultation: &Consultation) -> Result<Vec<Body>, RecordError> {
    let on = consultation.date;
    let held = [chart.intake.as_ref().map(|intake| intake.on), chart.examined.as_ref().map(|examined| examined.on)];
    if let Some(later) = held.into_iter().flatten().max().filter(|later| *later > on) {
        return Err(RecordError::Earlier { on, later });
    }
    let intake = Intake {
        on,
        pregnant: consultation.patient.pregnant,
        breast_feeding: consultation.patient.breast_feeding,
        findings: consultation.findings.clone(),
        earlier_treatments: consultation.earlier_treatments.clone(),
        goal: consultation.goal.clone(),
        answered_by: Penned::Clinic,
    };
    let examined = Examined {
        on,
        lesions: consultation.lesions.clone(),
        skin: consultation.skin.clone(),
        scars: consultation.scars.clone(),
    };
    let mut added = Vec::new();
    if chart.intake.as_ref() != Some(&intake) {
        added.push(Body::Intake(intake));
    }
    if chart.examined.as_ref() != Some(&examined) {
        added.push(Body::Examined(examined));
    }
    Ok(added)
}

/// A session that the chart does not hold yet, with the cartridge that the gate of its day was shown.
fn new_session(chart: &Chart, consultation: &Consultation, session: &SessionGiven) -> Result<Option<Body>, RecordError> {
    if let Some(held) = chart.sessions.iter().find(|held| held.on == session.date) {
        return if says_nothing_else(session, held) {
            Ok(None)
        } else {
            Err(RecordError::Otherwise { what: "a session", on: session.date })
        };
    }
    let gate = chart.gates.iter().rev().find(|(_, gate)| gate.on == session.date);
    let setting = gate.map(|(_, gate)| &gate.setting);
    Ok(Some(Body::SessionDelivered(SessionDelivered {
        on: session.date,
        zones: session.zones.clone(),
        device: setting.map_or(&consultation.device, |setting| &setting.device).clone(),
        operator: setting.map_or(&consultation.operator, |setting| &setting.operator).name.clone(),
        cartridge: gate.and_then(|(_, gate)| gate.day.cartridge.clone()),
        anaesthetic: session.anaesthetic.clone().or_else(|| gate.and_then(|(_, gate)| gate.day.anaesthetic.clone())),
        products: session.products.clone(),
        note: session.note.clone(),
        gate: gate.map(|(id, _)| *id),
    })))
}

/// Whether a session that the chart holds says everything that a consultation says of it; what that leaves out is no
/// contradiction.
fn says_nothing_else(session: &SessionGiven, held: &SessionDelivered) -> bool {
    session.zones == held.zones
        && (session.anaesthetic.is_none() || session.anaesthetic == held.anaesthetic)
        && (session.products.is_empty() || session.products == held.products)
        && (session.note.is_none() || session.note == held.note)
}

/// A consent that the treatment day speaks of and the chart does not hold; never one from before a withdrawal.
fn consent(chart: &Chart, consultation: &Consultation) -> Option<Body> {
    let day = consultation.day.as_ref().filter(|day| day.consent == Answer::Yes)?;
    let on = day.consent_on.filter(|on| *on <= consultation.date)?;
    let held = chart.consents.get(&Purpose::Treatment).is_some_and(|held| *held >= on);
    let withdrawn = chart.withdrawn.is_some_and(|withdrawn| withdrawn >= on);
    let purposes = BTreeSet::from([Purpose::Treatment]);
    (!held && !withdrawn).then_some(Body::Consented(Consented {
        on,
        purposes,
        document: None,
        discussion: None,
        signature: None,
    }))
}
