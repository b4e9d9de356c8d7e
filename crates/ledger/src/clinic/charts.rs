//! Opening a chart, and adding to it.

use std::collections::BTreeSet;

use jiff::Timestamp;
use resurface_care::chart::{
    Body, Chart, EntryId, Kind, Penned, Purpose, Recorded, Registered, ReportedBy, SessionDelivered, SessionGated, standing,
};
use uuid::Uuid;

use super::desk::operation_of;
use super::summary::Summary;
use super::{Charts, Clinic, Desk, LedgerError};
use crate::access::{Access, Grant, Operation};
use crate::entry::{Author, ChainEnd, Checker, Draft, EntryFault};
use crate::identity::PatientId;
use crate::seal::Keyring;
use crate::store::{Batch, CountsOn, EntryRow, Expected, LotRow, Outcome, RecordChange, RecordKind};

/// One entry of a chart, with who wrote it and when.
#[derive(Clone, Debug, PartialEq)]
pub struct Attributed {
    /// Its id.
    pub id: EntryId,
    /// Its place in the chart, from 1.
    pub seq: u32,
    /// Who wrote it.
    pub author: Author,
    /// When.
    pub at: Timestamp,
    /// What it says.
    pub body: Body,
}

/// A chart as it was opened: its entries, what follows from them, and whether its chain holds.
#[derive(Clone, Debug)]
pub struct OpenChart {
    /// The patient.
    pub patient: PatientId,
    /// Its entries, oldest first; only those before the fault where there is one.
    pub entries: Vec<Attributed>,
    /// What follows from them.
    pub chart: Chart,
    /// What is wrong with the chain, where something is: shown, never hidden.
    pub fault: Option<EntryFault>,
    pub(super) end: ChainEnd,
}

/// What became of entries that were added.
#[derive(Clone, Debug)]
pub struct Added {
    /// The chart with them.
    pub open: OpenChart,
    /// Whether they were there already, from an earlier try.
    pub already: bool,
}

pub(super) fn stream_of(patient: PatientId) -> Uuid {
    Uuid::from_bytes(*patient.as_bytes())
}

/// A lot as it is searched for: capitals, without spaces.
pub(super) fn lot_key(lot: &str) -> String {
    lot.split_whitespace().collect::<String>().to_uppercase()
}

impl OpenChart {
    fn refold(&mut self) {
        self.chart = Chart::fold(self.entries.iter().map(|entry| Recorded { id: entry.id, body: &entry.body }));
    }

    fn push(&mut self, entry: Attributed) {
        let folded = self.chart.push(Recorded { id: entry.id, body: &entry.body });
        self.entries.push(entry);
        if !folded {
            self.refold();
        }
    }

    /// The hash of its last entry, 64 hexadecimal characters: noted elsewhere, it shows later that nothing was cut off.
    #[must_use]
    pub fn end_hash(&self) -> String {
        self.end.hash.to_string()
    }

    /// What the chart says now, entry by entry, with who wrote each first: as its latest amendment has it, and without what was
    /// struck out.
    #[must_use]
    pub fn standing(&self) -> Vec<(&Attributed, &Body)> {
        let now = standing(self.entries.iter().map(|entry| Recorded { id: entry.id, body: &entry.body }));
        let mut now = now.into_iter().peekable();
        let mut said = |entry| now.next_if(|said| said.id == entry).map(|said| said.body);
        self.entries.iter().filter_map(|entry| Some((entry, said(entry.id)?))).collect()
    }

    /// The chart as it stood before an entry.
    #[must_use]
    pub fn before(&self, seq: u32) -> Chart {
        let earlier = self.entries.iter().take_while(|entry| entry.seq < seq);
        Chart::fold(earlier.map(|entry| Recorded { id: entry.id, body: &entry.body }))
    }
}

impl Clinic {
    /// Reads a chart and checks its chain. Nobody is asked: a desk does that.
    pub(super) fn read_chart(&self, patient: PatientId) -> Result<OpenChart, LedgerError> {
        self.with_keys(|ring| self.read_chart_with(patient, ring))
    }

    fn read_chart_with(&self, patient: PatientId, ring: &Keyring) -> Result<OpenChart, LedgerError> {
        let (rows, head) = self.rows_with_head(stream_of(patient))?;
        if rows.is_empty() {
            return Err(LedgerError::NoSuchChart);
        }
        let mut checker = Checker::default();
        let mut open = OpenChart {
            patient,
            entries: Vec::with_capacity(rows.len()),
            chart: Chart::default(),
            fault: None,
            end: ChainEnd::default(),
        };
        for row in rows {
            match checker.open(row, ring) {
                Ok(entry) => {
                    let body = Body::read(&entry.kind, entry.version, &entry.content)?;
                    open.entries.push(Attributed { id: entry.id, seq: entry.seq, author: entry.author, at: entry.at, body });
                }
                Err(fault) => {
                    open.fault = Some(fault);
                    break;
                }
            }
        }
        open.end = checker.end();
        if open.fault.is_none() && head != Some(open.end) {
            let expected = head.map_or(0, |head| head.seq);
            open.fault = Some(EntryFault::Gap { expected, found: open.end.seq });
        }
        open.refold();
        Ok(open)
    }

    /// The rows of a chain and the head that belongs to them.
    pub(super) fn rows_with_head(&self, stream: Uuid) -> Result<(Vec<EntryRow>, Option<ChainEnd>), LedgerError> {
        let (rows, head) = self.store.chain(stream)?;
        Ok((rows, head.map(|head| ChainEnd { seq: head.seq, hash: head.hash })))
    }
}

impl Clinic {
    /// Whether a chain holds to its end. What its entries say is not read.
    fn chain_holds(&self, stream: Uuid) -> Result<bool, LedgerError> {
        let (rows, head) = self.rows_with_head(stream)?;
        let holds = |ring: &Keyring| {
            let mut checker = Checker::default();
            rows.iter().all(|row| checker.open(row.clone(), ring).is_ok()) && head == Some(checker.end())
        };
        Ok(self.with_keys(holds))
    }
}

impl Desk<'_> {
    /// Which of these charts do not check, for a list that would name a next step of theirs.
    ///
    /// # Errors
    /// When the worklist may not be read, or a chart cannot be.
    pub fn damaged(&self, patients: impl IntoIterator<Item = PatientId>) -> Result<BTreeSet<PatientId>, LedgerError> {
        self.ask(Operation::ReadWorklist, None)?;
        let mut damaged = BTreeSet::new();
        for patient in patients {
            if !self.clinic.chain_holds(stream_of(patient))? {
                damaged.insert(patient);
            }
        }
        Ok(damaged)
    }

    /// Opens a chart.
    ///
    /// # Errors
    /// When it is not allowed, there is no such chart, or it cannot be read. A broken chain is no error: it is part of what is
    /// shown.
    pub fn open_chart(&self, patient: PatientId) -> Result<OpenChart, LedgerError> {
        self.open(patient, Operation::OpenChart)
    }

    /// Opens a chart in order to write into it: what may be written is asked when it is written.
    ///
    /// # Errors
    /// As [`Desk::open_chart`].
    pub fn open_to_write(&self, patient: PatientId, operation: Operation) -> Result<OpenChart, LedgerError> {
        self.open(patient, operation)
    }

    fn open(&self, patient: PatientId, operation: Operation) -> Result<OpenChart, LedgerError> {
        let grant = self.read(operation, Some(patient))?;
        self.clinic.read_chart(patient).or_else(|error| self.fail(&[grant], error))
    }

    /// Registers a patient: the first entry of a new chart.
    ///
    /// # Errors
    /// When it is not allowed, the number is taken, or the chart is of the other kind, real or synthetic.
    pub fn register(&self, registered: Registered) -> Result<OpenChart, LedgerError> {
        let patient = PatientId::new(self.clinic.surroundings.random());
        let grant = self.ask(Operation::RegisterPatient, Some(patient))?;
        if self.clinic.summaries()?.any_number(&registered.number) {
            return self.fail(&[grant], LedgerError::NumberTaken);
        }
        let open = OpenChart { patient, entries: Vec::new(), chart: Chart::default(), fault: None, end: ChainEnd::default() };
        if registered.birth_date > registered.on {
            let error = LedgerError::DoesNotFit("the date of birth is after the day of registration: correct it");
            return self.fail(&[grant], error);
        }
        // Two people who register at the same moment both saw that the number was free: only one of them writes it.
        let key = crate::pictures::digest_of(registered.number.as_bytes());
        let claim = self.clinic.record(RecordKind::Number, key.as_bytes(), &patient)?;
        let claim = RecordChange { counts_on: CountsOn::Exactly(None), ..claim };
        let id = EntryId(self.clinic.surroundings.id());
        let (mut batch, after) = self.batch(open, vec![(id, Body::Registered(registered))], std::slice::from_ref(&grant))?;
        batch.records.push(claim);
        match self.clinic.store.commit(batch)? {
            Outcome::Written => Ok(after),
            Outcome::RecordMoved => self.fail(&[grant], LedgerError::NumberTaken),
            Outcome::AlreadyThere(_) | Outcome::Moved(_) => self.fail(&[grant], LedgerError::IdReused),
        }
    }

    /// Adds entries to a chart, all of them or none. Their ids are made by whoever writes them: adding them a second time
    /// changes nothing.
    ///
    /// # Errors
    /// When it is not allowed, the chart is broken, an entry does not fit, or somebody else has written into the chart since
    /// it was opened: then the error says what was written.
    pub fn add(&self, open: OpenChart, bodies: Vec<(EntryId, Body)>) -> Result<Added, LedgerError> {
        let grants = self.ask_all(self.operations(&bodies), open.patient)?;
        let of_a_patient = || self.actor.link().and_then(|_| no_word_of_a_patient(&bodies));
        if let Some(does_not_fit) = bodies.iter().find_map(|(_, body)| does_not_fit(&open, body)).or_else(of_a_patient) {
            return self.fail(&grants, LedgerError::DoesNotFit(does_not_fit));
        }
        for (_, body) in &bodies {
            if let Body::SessionGated(gate) = body
                && !self.clinic.treats_by_the_records(gate)?
            {
                return self.fail(&grants, LedgerError::OtherOperator);
            }
        }
        self.write(open, bodies, &grants)
    }

    /// Opens a chart in order to add what follows from it, and adds that: one line of the access log says both. Where nothing is
    /// to be added, that it was opened stays on record.
    ///
    /// # Errors
    /// As [`Desk::open_chart`] and [`Desk::add`], and whatever `what` says against it.
    pub fn add_what<E: From<LedgerError>>(
        &self,
        patient: PatientId,
        operation: Operation,
        what: impl FnOnce(&OpenChart) -> Result<Vec<(EntryId, Body)>, E>,
    ) -> Result<Added, E> {
        let grant = self.ask(operation, Some(patient))?;
        let open = match self.clinic.read_chart(patient) {
            Ok(open) => open,
            Err(error) => return Ok(self.fail(&[grant], error)?),
        };
        let bodies = what(&open);
        let said_when_added = bodies.as_ref().is_ok_and(|bodies| self.operations(bodies).contains(&operation));
        if !said_when_added {
            self.log(&Access::allowed(&grant))?;
        }
        let bodies = bodies?;
        if bodies.is_empty() { Ok(Added { open, already: true }) } else { Ok(self.add(open, bodies)?) }
    }

    /// What writing these is, in the table.
    fn operations(&self, bodies: &[(EntryId, Body)]) -> Vec<Operation> {
        match self.actor.link() {
            None => bodies.iter().flat_map(|(_, body)| operations_of(body)).collect(),
            Some(_) => bodies.iter().map(|(_, body)| own_operation(body)).collect(),
        }
    }

    /// A new id for an entry.
    #[must_use]
    pub fn entry_id(&self) -> EntryId {
        EntryId(self.clinic.surroundings.id())
    }

    pub(super) fn write(&self, open: OpenChart, bodies: Vec<(EntryId, Body)>, grants: &[Grant]) -> Result<Added, LedgerError> {
        if let Some(fault) = &open.fault {
            return self.fail(grants, LedgerError::Broken(fault.clone()));
        }
        let (patient, end, before) = (open.patient, open.end, open.entries.len());
        let (mut batch, after) = self.batch(open, bodies, grants)?;
        match self.link_used() {
            Ok(used) => batch.records.extend(used),
            Err(error) => return self.fail(grants, error),
        }
        match self.clinic.store.commit(batch)? {
            Outcome::Written => Ok(Added { open: after, already: false }),
            Outcome::AlreadyThere(_) => self.already_there(patient, &after.entries[before..], grants),
            Outcome::Moved(_) => {
                let now = self.clinic.read_chart(patient)?;
                let since = now.entries.into_iter().filter(|entry| entry.seq > end.seq).map(|entry| entry.body);
                self.fail(grants, LedgerError::Moved { since: since.collect() })
            }
            // Of two who hold one link and send at the same moment, one is the second; or it was revoked just now.
            Outcome::RecordMoved => self.fail(grants, LedgerError::LinkRefused),
        }
    }

    fn batch(&self, open: OpenChart, bodies: Vec<(EntryId, Body)>, grants: &[Grant]) -> Result<(Batch, OpenChart), LedgerError> {
        let (clinic, author, stream) = (self.clinic, self.author(), stream_of(open.patient));
        let ring = clinic.ring();
        let mut after = open;
        let mut batch = Batch {
            expected: vec![Expected { stream, head: after.end.expected() }],
            access: self.lines(grants)?,
            ..Batch::default()
        };
        for (id, body) in bodies {
            if mixes(clinic.charts, &body) {
                let kept = if clinic.charts == Charts::Real { "real" } else { "synthetic" };
                return self.fail(grants, LedgerError::Mixed(kept));
            }
            let draft =
                Draft { id, kind: body.kind().word().to_owned(), version: body.kind().version(), content: body.to_bytes()? };
            let row = clinic.append(&mut after.end, stream, &draft, author, &ring)?;
            let at = Timestamp::from_microsecond(row.at_us).unwrap_or_default();
            batch.lots.extend(lots_of(&body).map(|lot| LotRow { lot: lot_key(lot), stream, entry: id.0 }));
            after.push(Attributed { id, seq: row.seq, author, at, body });
            batch.entries.push(row);
        }
        let summary = serde_json::to_vec(&Summary::of(&after.chart))?;
        batch.heads.push(clinic.head(stream, after.end, &summary, &ring)?);
        Ok((batch, after))
    }

    /// A second try: harmless when the first one said the same.
    fn already_there(&self, patient: PatientId, tried: &[Attributed], grants: &[Grant]) -> Result<Added, LedgerError> {
        let now = self.clinic.read_chart(patient)?;
        let same = |entry: &Attributed| {
            now.entries.iter().any(|held| held.id == entry.id && held.body == entry.body && held.author == entry.author)
        };
        if tried.iter().all(same) {
            self.clinic.store.commit(Batch { access: self.lines(grants)?, ..Batch::default() })?;
            Ok(Added { open: now, already: true })
        } else {
            self.fail(grants, LedgerError::IdReused)
        }
    }
}

/// What writing a body is in the table for the holder of a link; what is not a patient's to write, the table refuses them.
const fn own_operation(body: &Body) -> Operation {
    match body {
        Body::Intake(_) => Operation::OwnIntake,
        Body::AdverseEvent(_) => Operation::OwnReport,
        Body::Consented(_) => Operation::OwnPicture,
        body => operation_of(body.kind()),
    }
}

/// What the holder of a link cannot say: more than one thing at a time, or anything in the clinic's name.
fn no_word_of_a_patient(bodies: &[(EntryId, Body)]) -> Option<&'static str> {
    match bodies {
        [(_, Body::Intake(intake))] if intake.answered_by == Penned::Patient => None,
        [(_, Body::AdverseEvent(event))] if event.reported_by == ReportedBy::Patient => None,
        [(_, Body::Consented(consented))] if consented.purposes.iter().eq([&Purpose::PicturesForCare]) => None,
        [_] => Some("what comes through a patient's link is the patient's own word"),
        _ => Some("through a patient's link one thing is said at a time"),
    }
}

/// What writing a body is, in the table. Deciding against a rule is an operation of its own.
fn operations_of(body: &Body) -> impl Iterator<Item = Operation> {
    let overrides = match body {
        Body::Screened(body) => &body.overrides[..],
        Body::PlanAdopted(body) => &body.overrides[..],
        Body::SessionGated(body) => &body.overrides[..],
        Body::Reviewed(body) => &body.overrides[..],
        _ => &[],
    };
    let overriding = (!overrides.is_empty()).then_some(Operation::OverrideRelative);
    std::iter::once(operation_of(body.kind())).chain(overriding)
}

fn does_not_fit(open: &OpenChart, body: &Body) -> Option<&'static str> {
    match body {
        Body::Registered(_) => Some("a patient is registered once: amend that entry to correct it"),
        Body::PictureTaken(_) | Body::ScanTaken(_) => Some("a picture or a scan is added with its file"),
        Body::AdverseEventFollowed(body) if !open.chart.events.iter().any(|event| event.id == body.event) => {
            Some("this follows up an adverse event that is not in the chart")
        }
        Body::SessionDelivered(body) if body.gate.is_some_and(|gate| !open.chart.gates.iter().any(|(id, _)| *id == gate)) => {
            Some("this session names a gate that is not in the chart")
        }
        Body::Amended(body) => match open.entries.iter().find(|entry| entry.id == body.entry) {
            None => Some("this amends an entry that is not in the chart"),
            Some(entry) if matches!(entry.body, Body::Amended(_)) => {
                Some("this amends an amendment: amend the entry itself once more")
            }
            Some(entry) if body.becomes.as_ref().is_some_and(|becomes| becomes.kind() != entry.body.kind()) => {
                Some("an entry is amended by one of its own kind")
            }
            Some(entry) if body.becomes.is_some() && is_a_decision(entry.body.kind()) => {
                Some("what the program answered is struck out and asked again, not rewritten")
            }
            Some(entry) if matches!(entry.body, Body::Registered(_)) && body.becomes.is_none() => {
                Some("whom a chart is about is corrected, not struck out")
            }
            Some(_) => None,
        },
        _ => None,
    }
}

/// Whether the program computed what an entry of a kind says, so that it can be computed again.
#[must_use]
pub const fn is_a_decision(kind: Kind) -> bool {
    matches!(kind, Kind::Screened | Kind::PlanAdopted | Kind::SessionGated | Kind::Reviewed)
}

pub(super) fn mixes(charts: Charts, body: &Body) -> bool {
    synthetic_of(body).is_some_and(|synthetic| synthetic != (charts == Charts::Synthetic))
}

/// Whether an entry says that nobody is behind its chart; nothing when it does not speak of it.
pub(super) fn synthetic_of(body: &Body) -> Option<bool> {
    match body {
        Body::Registered(registered) => Some(registered.synthetic),
        Body::Amended(amended) => amended.becomes.as_deref().and_then(synthetic_of),
        _ => None,
    }
}

pub(super) fn lots_of(body: &Body) -> impl Iterator<Item = &str> {
    let body = match body {
        Body::Amended(amended) => amended.becomes.as_deref(),
        body => Some(body),
    };
    let (session, gate) = match body {
        Some(Body::SessionDelivered(session)) => (Some(session), None),
        Some(Body::SessionGated(gate)) => (None, Some(gate)),
        _ => (None, None),
    };
    session.into_iter().flat_map(SessionDelivered::lots).chain(gate.and_then(SessionGated::lot))
}
