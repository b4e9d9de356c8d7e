//! Lists over all charts: what comes next, who answers to a name, who was treated with a lot.

use jiff::civil::Date;
use resurface_care::chart::{NextStep, Severity, Step, Why};
use resurface_knowledge::settings::Settings;
use serde::Serialize;

use super::charts::lot_key;
use super::summary::{Found, Summary};
use super::{BOOK, Clinic, Desk, LedgerError};
use crate::access::{Access, Operation};
use crate::identity::PatientId;
use crate::store::{Batch, Walk};

/// Every chart's next step.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Worklist {
    /// The day it was made for.
    pub today: Date,
    /// The charts: adverse events that are not over first, then overdue longest, then by the day they are due, then those
    /// without a day.
    pub rows: Vec<WorklistRow>,
    /// Charts whose summary cannot be read: shown, never left out.
    pub unreadable: Vec<PatientId>,
}

/// One chart and its next step.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WorklistRow {
    /// The patient.
    pub patient: PatientId,
    /// The clinic's number.
    pub number: String,
    /// Name.
    pub name: String,
    /// What comes next.
    #[serde(flatten)]
    pub next: NextStep,
}

/// Somebody who was treated with a lot, or for whom it was prepared.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Recalled {
    /// The patient.
    pub patient: PatientId,
    /// The clinic's number.
    pub number: String,
    /// Name.
    pub name: String,
    /// How to reach the patient.
    pub contact: Option<String>,
    /// Days on which a session was given with it.
    pub given: Vec<Date>,
    /// Days on which it was shown to the gate and no session is recorded.
    pub prepared: Vec<Date>,
    /// The chart does not check: it names the lot somewhere, and has to be looked through by hand.
    pub damaged: bool,
}

impl Clinic {
    /// How many charts there are. None of them is opened.
    ///
    /// # Errors
    /// When they cannot be counted.
    pub fn chart_count(&self) -> Result<usize, LedgerError> {
        let mut charts = 0;
        self.store.each_head(&mut |head| {
            charts += usize::from(head.stream != BOOK);
            Walk::On
        })?;
        Ok(charts)
    }
}

/// What cannot wait comes before whatever is overdue for longer: an adverse event that is not over, the worst first.
const fn urgency(why: Why) -> u8 {
    match why {
        Why::OpenEvent { severity: Severity::Severe, .. } => 0,
        Why::OpenEvent { severity: Severity::Moderate, .. } => 1,
        Why::OpenEvent { severity: Severity::Mild, .. } => 2,
        _ => 3,
    }
}

impl Desk<'_> {
    /// Every chart's next step.
    ///
    /// # Errors
    /// When it is not allowed, or cannot be read.
    pub fn worklist(&self, settings: &Settings, today: Date) -> Result<Worklist, LedgerError> {
        self.read(Operation::ReadWorklist, None)?;
        let summaries = self.clinic.summaries()?;
        let row = |(patient, summary): (PatientId, &Summary)| {
            let next = summary.milestones.next_step(settings, today);
            WorklistRow { patient, number: summary.number.clone(), name: summary.name.clone(), next }
        };
        let mut rows: Vec<WorklistRow> = summaries.readable().map(row).collect();
        rows.sort_by(|one, two| {
            let key =
                |row: &WorklistRow| (urgency(row.next.why), row.next.step == Step::Nothing, row.next.due.is_none(), row.next.due);
            key(one).cmp(&key(two)).then_with(|| one.number.cmp(&two.number))
        });
        Ok(Worklist { today, rows, unreadable: summaries.unreadable() })
    }

    /// Charts whose number or name holds a text, whatever its capitals.
    ///
    /// # Errors
    /// When it is not allowed, or cannot be read.
    pub fn find(&self, text: &str) -> Result<Vec<Found>, LedgerError> {
        self.read(Operation::SearchPatients, None)?;
        let wanted = text.trim().to_lowercase();
        let holds = |text: &str| text.to_lowercase().contains(&wanted);
        let found = |(patient, summary): (PatientId, &Summary)| {
            let Summary { number, name, birth_date, .. } = summary.clone();
            Found { patient, number, name, birth_date }
        };
        let summaries = self.clinic.summaries()?;
        Ok(summaries.readable().filter(|(_, summary)| holds(&summary.number) || holds(&summary.name)).map(found).collect())
    }

    /// The one chart with this id or this number.
    ///
    /// # Errors
    /// When it is not allowed, there is none, or several.
    pub fn find_one(&self, id_or_number: &str) -> Result<PatientId, LedgerError> {
        if let Ok(patient) = id_or_number.parse::<PatientId>() {
            return Ok(patient);
        }
        self.read(Operation::SearchPatients, None)?;
        let summaries = self.clinic.summaries()?;
        let mut found = summaries.readable().filter(|(_, summary)| summary.number == id_or_number);
        match (found.next(), found.count()) {
            (None, _) => Err(LedgerError::NoSuchChart),
            (Some((patient, _)), 0) => Ok(patient),
            (Some(_), more) => Err(LedgerError::SeveralCharts(more + 1)),
        }
    }

    /// Everybody who was treated with a lot, or for whom it was prepared.
    ///
    /// # Errors
    /// When it is not allowed, or cannot be read.
    pub fn recall(&self, lot: &str) -> Result<Vec<Recalled>, LedgerError> {
        let grant = self.ask(Operation::RecallLot, None)?;
        let lot = lot_key(lot);
        let mut streams: Vec<_> = self.clinic.store.lot(&lot)?.into_iter().map(|row| row.stream).collect();
        streams.dedup();
        let patients: Vec<PatientId> =
            streams.iter().filter_map(|stream| PatientId::from_bytes(*stream.as_bytes()).ok()).collect();
        let about = patients.iter().map(|patient| Access { patient: Some(*patient), ..Access::allowed(&grant) });
        let lines = std::iter::once(Access::allowed(&grant)).chain(about).map(|line| self.clinic.access(&line));
        self.clinic.store.commit(Batch { access: lines.collect::<Result<_, _>>()?, ..Batch::default() })?;
        let recalled = patients.into_iter().map(|patient| self.recalled(patient, &lot));
        Ok(recalled.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
    }

    /// What a chart says of a lot now: an entry that named it may have been amended.
    fn recalled(&self, patient: PatientId, lot: &str) -> Result<Option<Recalled>, LedgerError> {
        let open = match self.clinic.read_chart(patient) {
            Ok(open) => Some(open),
            Err(LedgerError::Body(_)) => None,
            Err(error) => return Err(error),
        };
        let damaged = open.as_ref().is_none_or(|open| open.fault.is_some());
        let chart = open.map(|open| open.chart).unwrap_or_default();
        let Some(registered) = chart.registered else {
            let (number, name) = (String::new(), "(the chart cannot be read)".to_owned());
            let unread = Recalled { patient, number, name, contact: None, given: Vec::new(), prepared: Vec::new(), damaged };
            return Ok(damaged.then_some(unread));
        };
        let is_it = |used: &str| lot_key(used) == lot;
        let given: Vec<Date> =
            chart.sessions.iter().filter(|session| session.lots().any(is_it)).map(|session| session.on).collect();
        let shown = chart.gates.iter().filter(|(_, gate)| gate.lot().is_some_and(is_it)).map(|(_, gate)| gate.on);
        let mut prepared: Vec<Date> = shown.filter(|day| !chart.sessions.iter().any(|session| session.on == *day)).collect();
        prepared.dedup();
        if given.is_empty() && prepared.is_empty() && !damaged {
            return Ok(None);
        }
        let (number, name, contact) = (registered.number, registered.name, registered.contact);
        Ok(Some(Recalled { patient, number, name, contact, given, prepared, damaged }))
    }
}
