//! `resurface chart add`: what was asked, examined, done or decided, from files into a chart.

use resurface_care::chart::{Bench, Body, EntryId, Milestones, NextStep, PlanAdopted, Reviewed, Screened, SessionGated};
use resurface_care::consultation::{Answer as Said, Consultation, Operator};
use resurface_care::gate::Permit;
use resurface_forecast::BasePoints;
use resurface_ledger::access::Operation;
use resurface_ledger::clinic::{Desk, OpenChart, operation_of};
use resurface_ledger::identity::PatientId;
use serde::Serialize;

use super::decisions::{self, NotAdded, Operators};
use super::ids::Ids;
use super::incoming::{self, Content, Incoming};
use crate::arguments::AddToChart;
use crate::clinic::Session;
use crate::ending::{Answer, Exit, Failure};
use crate::envelope::{self, OfClinic, Origin};
use crate::pages;
use crate::request::{Form, Request};
use crate::run::{plan, source};

/// What became of a chart.
#[derive(Serialize)]
pub(crate) struct Added {
    /// The patient.
    pub(crate) patient: PatientId,
    /// File by file.
    pub(crate) files: Vec<FileAdded>,
    /// What comes next; nothing when whoever added may not read the chart.
    pub(crate) next: Option<NextStep>,
}

/// What became of one file.
#[derive(Serialize)]
pub(crate) struct FileAdded {
    /// Its name.
    pub(crate) file: String,
    /// The entries that were added; none when the chart held all of it.
    pub(crate) entries: Vec<EntryAdded>,
    /// What was decided.
    #[serde(flatten)]
    pub(crate) outcome: Outcome,
}

/// One entry that was added.
#[derive(Serialize)]
pub(crate) struct EntryAdded {
    /// Its id.
    pub(crate) id: EntryId,
    /// Its kind.
    pub(crate) kind: &'static str,
    /// Its day.
    pub(crate) on: jiff::civil::Date,
    /// In words.
    pub(crate) words: String,
}

/// What was decided with a file.
#[derive(Default, Serialize)]
pub(crate) struct Outcome {
    /// By screening.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) screened: Option<Screened>,
    /// By the gate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) gate: Option<SessionGated>,
    /// About a plan.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) plan: Option<PlanAdopted>,
    /// At a review.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) review: Option<Reviewed>,
}

/// Adds every file, one after the other.
pub(super) fn add(request: &Request, typed: &AddToChart) -> Result<Answer, Failure> {
    let session = Session::open(&request.access)?;
    let knowledge = source::of_clinic(request, &session.clinic)?;
    let population = source::population(&knowledge.files)?;
    let incoming = incoming::read(typed, &knowledge)?;
    let desk = session.desk()?;
    let patient = desk.find_one(&typed.patient.patient)?;
    let points = BasePoints::new(plan::SEED_DEFAULT);
    let program = env!("CARGO_PKG_VERSION");
    let bench = Bench { knowledge: &knowledge, population: &population, points: &points, program };
    let adder = Adder { session: &session, desk: &desk, patient, bench, typed };

    let mut added = Added { patient, files: Vec::new(), next: None };
    let mut remarks = Vec::new();
    for file in &incoming {
        let done = adder.add(file, &mut remarks).map_err(|failure| match added.files.len() {
            0 => failure,
            before => failure.note(format!("{before} of {} files were added before {}", incoming.len(), file.name)),
        })?;
        added.next = done.1.or(added.next);
        added.files.push(done.0);
    }
    let refused =
        added.files.iter().filter_map(|file| file.outcome.gate.as_ref()).any(|gate| gate.answer.permit == Permit::Refused);
    let origin = Origin::of_knowledge(&knowledge.version);
    let demonstration = session.is_demonstration();
    let page = match request.form {
        Form::Page => pages::added::page(&added, &knowledge, &origin, demonstration, request.look),
        Form::Json => envelope::write("resurface.chart_added/1", &origin, &OfClinic { demonstration, answer: &added })?,
    };
    let answer = remarks.into_iter().fold(Answer::page(page), Answer::remark);
    Ok(answer.ending(if refused { Exit::NotPermitted } else { Exit::Answered }))
}

struct Adder<'a> {
    session: &'a Session<'a>,
    desk: &'a Desk<'a>,
    patient: PatientId,
    bench: Bench<'a>,
    typed: &'a AddToChart,
}

impl Adder<'_> {
    /// Adds one file, all of it or nothing; says what comes next where that follows from it.
    fn add(&self, file: &Incoming, remarks: &mut Vec<String>) -> Result<(FileAdded, Option<NextStep>), Failure> {
        let ids = Ids::new(self.patient, &file.bytes);
        match &file.content {
            Content::Consultation(consultation) => self.consultation(file, consultation, &ids, remarks),
            Content::Entry(body) => {
                self.later_than_today(file, body.day(), remarks);
                let open = self.desk.open_to_write(self.patient, operation_of(body.kind()))?;
                let body = self.of_this_clinic(body);
                if let Body::SessionDelivered(session) = &body {
                    remarks.extend(self.somebody_else(&session.operator)?.map(|remark| format!("{}: {remark}", file.name)));
                }
                let id = ids.each_of(body.kind().word(), b"").find(|id| !struck_out(&open, *id));
                let bodies = id.filter(|id| !holds(&open, *id)).map(|id| (id, body)).into_iter().collect();
                self.write(file, &open, bodies)
            }
            Content::Picture { view, on } => {
                let on = on.unwrap_or_else(|| self.session.today());
                let open = self.desk.open_to_write(self.patient, Operation::TakePicture)?;
                let id = ids.each_of("picture_taken", view.words().as_bytes()).find(|id| !struck_out(&open, *id));
                let Some(id) = id.filter(|id| !holds(&open, *id)) else { return Ok((nothing_new(file), None)) };
                let added = self.desk.take_picture(open, id, &file.bytes, on, *view, self.typed.note.clone())?;
                let body = added.open.entries.iter().find(|entry| entry.id == id).map(|entry| entry.body.clone());
                Ok((self.told(file, &added.open, body.into_iter().map(|body| (id, body)).collect()), self.next(&added.open)))
            }
        }
    }

    fn consultation(
        &self,
        file: &Incoming,
        consultation: &Consultation,
        ids: &Ids,
        remarks: &mut Vec<String>,
    ) -> Result<(FileAdded, Option<NextStep>), Failure> {
        self.later_than_today(file, consultation.date, remarks);
        let operation = if consultation.day.is_some() { Operation::GateSession } else { Operation::Screen };
        let open = self.desk.open_to_write(self.patient, operation)?;
        self.session.clinic.keep_knowledge(self.bench.knowledge)?;
        let clinic = &self.session.clinic;
        let claimed = &consultation.operator;
        let operators = Operators {
            consultation: clinic.operator(&claimed.name)?.unwrap_or_else(|| claimed.clone()),
            treatment_day: clinic.operator_of_the_day(claimed)?,
        };
        let entries = decisions::entries(&open, consultation, &self.typed.decision, &self.bench, ids, &operators);
        let bodies = entries.or_else(|NotAdded { why, failure }| {
            self.desk.was_not_done(operation, self.patient, why)?;
            Err(failure)
        })?;
        let gated = bodies.iter().any(|(_, body)| matches!(body, Body::SessionGated(_)));
        let other = if gated { self.somebody_else(&claimed.name)? } else { None };
        let records = (gated && claims_otherwise(claimed, &operators.treatment_day)).then(|| RECORDS_COUNT.to_owned());
        let about_the_file = [other, records, not_in_the_file(&open, consultation)].into_iter().flatten();
        remarks.extend(about_the_file.map(|remark| format!("{}: {remark}", file.name)));
        let (mut added, next) = self.write(file, &open, bodies)?;
        if consultation.day.is_some() && added.outcome.gate.is_none() {
            // asked before, with the same answer: a refusal is one each time
            added.outcome.gate = open.chart.gates.last().map(|(_, gate)| gate.clone());
        }
        Ok((added, next))
    }

    fn write(
        &self,
        file: &Incoming,
        open: &OpenChart,
        bodies: Vec<(EntryId, Body)>,
    ) -> Result<(FileAdded, Option<NextStep>), Failure> {
        if bodies.is_empty() && open.fault.is_none() {
            return Ok((nothing_new(file), self.next(open)));
        }
        let added = self.desk.add(open.clone(), bodies.clone())?;
        Ok((self.told(file, &added.open, bodies), self.next(&added.open)))
    }

    /// That somebody else than whoever is signed in is said to treat.
    fn somebody_else(&self, operator: &str) -> Result<Option<String>, Failure> {
        let signed_in = self.session.signed_in(self.desk)?;
        let other = signed_in.filter(|user| user.display_name.as_str() != operator);
        Ok(other.map(|user| {
            let name = user.display_name;
            format!("the operator is {operator}, and {name} is signed in: the chart names {operator} as who treats, and {name} as who wrote it")
        }))
    }

    /// Whom a chart is about is marked as real or synthetic by the clinic, not by a file.
    fn of_this_clinic(&self, body: &Body) -> Body {
        let mut body = body.clone();
        if let Body::Amended(amended) = &mut body
            && let Some(Body::Registered(registered)) = amended.becomes.as_deref_mut()
        {
            registered.synthetic = self.session.is_demonstration();
        }
        body
    }

    fn told(&self, file: &Incoming, open: &OpenChart, bodies: Vec<(EntryId, Body)>) -> FileAdded {
        let words = pages::entries::Words::new(self.bench.knowledge, open);
        let entries = bodies.iter().map(|(id, body)| EntryAdded {
            id: *id,
            kind: body.kind().word(),
            on: body.day(),
            words: words.line(body),
        });
        let entries = entries.collect();
        let mut outcome = Outcome::default();
        for (_, body) in bodies {
            match body {
                Body::Screened(body) => outcome.screened = Some(body),
                Body::SessionGated(body) => outcome.gate = Some(body),
                Body::PlanAdopted(body) => outcome.plan = Some(body),
                Body::Reviewed(body) => outcome.review = Some(body),
                _ => {}
            }
        }
        FileAdded { file: file.name.clone(), entries, outcome }
    }

    fn next(&self, open: &OpenChart) -> Option<NextStep> {
        Some(Milestones::of(&open.chart).next_step(&self.bench.knowledge.settings, self.session.today()))
    }

    fn later_than_today(&self, file: &Incoming, on: jiff::civil::Date, remarks: &mut Vec<String>) {
        if on > self.session.today() {
            remarks.push(format!("{}: its day is later than today; was it typed right?", file.name));
        }
    }
}

const RECORDS_COUNT: &str = "what the clinic's records say of the operator counts, and not what the file says: `resurface user \
list` shows it, `resurface user operator NAME` changes it";

/// Whether a file says something of an operator that the clinic's records do not say. What it leaves open it does not claim.
fn claims_otherwise(claimed: &Operator, recorded: &Operator) -> bool {
    let answer = |claimed: Said, recorded: Said| claimed != Said::Unknown && claimed != recorded;
    claimed.profession != recorded.profession
        || answer(claimed.trained, recorded.trained)
        || answer(claimed.premises_permitted, recorded.premises_permitted)
        || claimed.training_valid_until.is_some_and(|until| recorded.training_valid_until != Some(until))
        || claimed.depth_limit_um.is_some_and(|depth| recorded.depth_limit_um != Some(depth))
}

/// Whether the entry with this id was struck out: what the latest amendment of it says.
fn struck_out(open: &OpenChart, id: EntryId) -> bool {
    let amendments = open.entries.iter().rev().filter_map(|entry| match &entry.body {
        Body::Amended(amended) if amended.entry == id => Some(amended),
        _ => None,
    });
    amendments.take(1).any(|latest| latest.becomes.is_none())
}

fn holds(open: &OpenChart, id: EntryId) -> bool {
    open.entries.iter().any(|entry| entry.id == id)
}

fn nothing_new(file: &Incoming) -> FileAdded {
    FileAdded { file: file.name.clone(), entries: Vec::new(), outcome: Outcome::default() }
}

/// What the chart knows and the file does not: it counts all the same.
fn not_in_the_file(open: &OpenChart, consultation: &Consultation) -> Option<String> {
    let (chart, named) = (&open.chart, consultation);
    let sessions = chart.sessions.iter().filter(|held| named.sessions.iter().all(|session| session.date != held.on)).count();
    let outcomes = chart.outcomes.iter().filter(|held| !named.outcomes.contains(held)).count();
    let count = |count: usize, what: &str| match count {
        0 => None,
        1 => Some(format!("1 {what}")),
        count => Some(format!("{count} {what}s")),
    };
    let both: Vec<String> = [count(sessions, "session"), count(outcomes, "outcome")].into_iter().flatten().collect();
    (!both.is_empty()).then(|| format!("the chart holds {} that the file does not name; they count", both.join(" and ")))
}
