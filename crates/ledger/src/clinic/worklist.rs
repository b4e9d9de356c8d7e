//! Lists over all charts: what comes next, who answers to a name, who was treated with a lot.

use std::panic::resume_unwind;
use std::sync::mpsc::{self, Sender};
use std::sync::{Mutex, PoisonError};

use jiff::civil::Date;
use resurface_care::chart::{NextStep, Severity, Step, Why};
use resurface_knowledge::settings::Settings;
use serde::Serialize;

use super::charts::lot_key;
use super::sealed::open_summary;
use super::summary::{Found, Summary};
use super::{BOOK, Clinic, Desk, LedgerError};
use crate::access::{Access, Operation};
use crate::identity::PatientId;
use crate::seal::Keyring;
use crate::store::{Batch, HeadRow, Walk};

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

/// Threads that open summaries, at most: reading them from the file is one thread's work.
const THREADS_MAX: usize = 4;
/// Heads that are handed on together.
const HEADS_IN_A_PART: usize = 256;

/// What follows from every summary, and the charts whose summary cannot be read.
pub(super) struct Summaries<T> {
    pub(super) readable: Vec<T>,
    pub(super) unreadable: Vec<PatientId>,
}

impl Summaries<(PatientId, Summary)> {
    pub(super) fn any_number(&self, number: &str) -> bool {
        self.readable.iter().any(|(_, summary)| summary.number == number)
    }
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

    pub(super) fn summaries(&self) -> Result<Summaries<(PatientId, Summary)>, LedgerError> {
        self.each_summary(&|patient, summary| (patient, summary))
    }

    /// What follows from every summary, in the order in which the charts were begun.
    fn each_summary<T: Send>(&self, of: &(impl Fn(PatientId, Summary) -> T + Sync)) -> Result<Summaries<T>, LedgerError> {
        self.with_keys(|ring| self.each_summary_with(ring, of))
    }

    /// One thread reads from the file; others open what was read, a part at a time, and the parts are put in order again.
    fn each_summary_with<T: Send>(
        &self,
        ring: &Keyring,
        of: &(impl Fn(PatientId, Summary) -> T + Sync),
    ) -> Result<Summaries<T>, LedgerError> {
        let threads = std::thread::available_parallelism().map_or(1, usize::from).min(THREADS_MAX);
        let (parts, queue) = mpsc::channel::<(usize, Vec<HeadRow>)>();
        let queue = Mutex::new(queue);
        let next = || queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let open_parts = || {
            let mut opened = Vec::new();
            while let Ok((at, heads)) = next() {
                opened.push((at, some_opened(&heads, ring, of)));
            }
            opened
        };
        let mut opened = std::thread::scope(|scope| {
            let workers: Vec<_> = (0..threads).map(|_| scope.spawn(open_parts)).collect();
            let read = self.read_heads(parts);
            let opened = workers.into_iter().flat_map(|worker| worker.join().unwrap_or_else(|panic| resume_unwind(panic)));
            read.map(|()| opened.collect::<Vec<_>>())
        })?;
        opened.sort_by_key(|(at, _)| *at);
        let mut all = Summaries { readable: Vec::new(), unreadable: Vec::new() };
        for (_, part) in opened {
            all.readable.extend(part.readable);
            all.unreadable.extend(part.unreadable);
        }
        Ok(all)
    }

    /// Hands the heads of charts on in numbered parts; that nobody takes them any longer shows when the workers are joined.
    fn read_heads(&self, parts: Sender<(usize, Vec<HeadRow>)>) -> Result<(), LedgerError> {
        let (mut at, mut part) = (0, Vec::with_capacity(HEADS_IN_A_PART));
        self.store.each_head(&mut |head| {
            part.extend((head.stream != BOOK).then_some(head));
            if part.len() == HEADS_IN_A_PART {
                let full = std::mem::replace(&mut part, Vec::with_capacity(HEADS_IN_A_PART));
                let _ = parts.send((at, full));
                at += 1;
            }
            Walk::On
        })?;
        let _ = parts.send((at, part));
        Ok(())
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

fn some_opened<T>(heads: &[HeadRow], ring: &Keyring, of: &impl Fn(PatientId, Summary) -> T) -> Summaries<T> {
    let mut buffer = Vec::new();
    let mut summaries = Summaries { readable: Vec::with_capacity(heads.len()), unreadable: Vec::new() };
    for head in heads {
        let Ok(patient) = PatientId::from_bytes(*head.stream.as_bytes()) else { continue };
        match open_summary(head, ring, &mut buffer) {
            Ok(summary) => summaries.readable.push(of(patient, summary)),
            Err(_) => summaries.unreadable.push(patient),
        }
    }
    summaries
}

impl Desk<'_> {
    /// Every chart's next step.
    ///
    /// # Errors
    /// When it is not allowed, or cannot be read.
    pub fn worklist(&self, settings: &Settings, today: Date) -> Result<Worklist, LedgerError> {
        self.read(Operation::ReadWorklist, None)?;
        let Summaries { readable: mut rows, unreadable } = self.clinic.each_summary(&|patient, summary| {
            let next = summary.milestones.next_step(settings, today);
            WorklistRow { patient, number: summary.number, name: summary.name, next }
        })?;
        rows.sort_by(|one, two| {
            let key =
                |row: &WorklistRow| (urgency(row.next.why), row.next.step == Step::Nothing, row.next.due.is_none(), row.next.due);
            key(one).cmp(&key(two)).then_with(|| one.number.cmp(&two.number))
        });
        Ok(Worklist { today, rows, unreadable })
    }

    /// Charts whose number or name holds a text, whatever its capitals.
    ///
    /// # Errors
    /// When it is not allowed, or cannot be read.
    pub fn find(&self, text: &str) -> Result<Vec<Found>, LedgerError> {
        self.read(Operation::SearchPatients, None)?;
        let wanted = text.trim().to_lowercase();
        let found = |(patient, summary): (PatientId, Summary)| {
            let holds = |text: &str| text.to_lowercase().contains(&wanted);
            (holds(&summary.number) || holds(&summary.name)).then_some(Found {
                patient,
                number: summary.number,
                name: summary.name,
                birth_date: summary.birth_date,
            })
        };
        Ok(self.clinic.summaries()?.readable.into_iter().filter_map(found).collect())
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
        let mut found = summaries.readable.iter().filter(|(_, summary)| summary.number == id_or_number);
        match (found.next(), found.count()) {
            (None, _) => Err(LedgerError::NoSuchChart),
            (Some((patient, _)), 0) => Ok(*patient),
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
        let is_it = |cartridge: Option<&resurface_care::consultation::Cartridge>| {
            cartridge.and_then(|cartridge| cartridge.lot.as_deref()).is_some_and(|used| lot_key(used) == lot)
        };
        let given: Vec<Date> =
            chart.sessions.iter().filter(|session| is_it(session.cartridge.as_ref())).map(|session| session.on).collect();
        let shown = chart.gates.iter().filter(|(_, gate)| is_it(gate.day.cartridge.as_ref())).map(|(_, gate)| gate.on);
        let mut prepared: Vec<Date> = shown.filter(|day| !chart.sessions.iter().any(|session| session.on == *day)).collect();
        prepared.dedup();
        if given.is_empty() && prepared.is_empty() && !damaged {
            return Ok(None);
        }
        let (number, name, contact) = (registered.number, registered.name, registered.contact);
        Ok(Some(Recalled { patient, number, name, contact, given, prepared, damaged }))
    }
}
