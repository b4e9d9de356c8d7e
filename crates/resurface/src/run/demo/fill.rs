//! Makes the patients of a demonstration, as many at a time as there are cores, and loads their charts.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;

use jiff::{Timestamp, ToSpan as _};
use resurface_care::chart::{Bench, Body, EntryId, Kind};
use resurface_ledger::clinic::Clinic;
use resurface_ledger::entry::Author;
use resurface_ledger::identity::{LinkPurpose, PatientLink, Token, UserId};
use resurface_ledger::surroundings::Surroundings as _;
use resurface_synthetic::{Fate, Happening, Scenario, StaffMember, What, patient};
use serde::{Serialize, Serializer};

use super::ids::Ids;
use crate::clinic::Machine;
use crate::ending::{Exit, Failure};
use crate::progress::Progress;

/// Hours before an entry at which the patient was handed the link, and days for which it worked: settings of ours.
const LINK_HOURS_BEFORE: i64 = 2;
const LINK_DAYS: u32 = 1;

/// What is in a demonstration.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Filled {
    /// Charts, one for each patient.
    pub(crate) charts: u32,
    /// Entries of the charts, those of pictures among them.
    pub(crate) entries: usize,
    /// Pictures.
    pub(crate) pictures: usize,
    /// How many patients had each fate.
    #[serde(serialize_with = "in_words")]
    pub(crate) fates: BTreeMap<Fate, u32>,
}

fn in_words<S: Serializer>(fates: &BTreeMap<Fate, u32>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(Fate::ALL.iter().map(|fate| (fate.words(), fates.get(fate).copied().unwrap_or_default())))
}

impl Filled {
    fn and(mut self, other: Self) -> Self {
        self.charts += other.charts;
        self.entries += other.entries;
        self.pictures += other.pictures;
        for (fate, count) in other.fates {
            *self.fates.entry(fate).or_default() += count;
        }
        self
    }
}

/// A demonstration that is being filled.
pub(super) struct Filling<'a> {
    pub(super) clinic: &'a Clinic,
    pub(super) scenario: Scenario,
    pub(super) bench: Bench<'a>,
    pub(super) accounts: &'a BTreeMap<StaffMember, UserId>,
    pub(super) progress: &'a Progress,
    /// Whether to leave off.
    pub(super) ends: &'a (dyn Fn() -> bool + Sync),
}

impl Filling<'_> {
    /// Makes and loads every patient. The first failure ends it.
    pub(super) fn fill(&self) -> Result<Filled, Failure> {
        let (taken, done) = (AtomicU32::new(0), AtomicU32::new(0));
        let cores = thread::available_parallelism().map_or(1, NonZero::get);
        thread::scope(|scope| {
            let hands: Vec<_> = (0..cores).map(|_| scope.spawn(|| self.some(&taken, &done))).collect();
            let filled = hands.into_iter().map(|hand| hand.join().unwrap_or_else(|panic| resume_unwind(panic)));
            filled.collect::<Vec<_>>().into_iter().try_fold(Filled::default(), |all, some| Ok(all.and(some?)))
        })
    }

    /// One patient after the other, as long as there are any left.
    fn some(&self, taken: &AtomicU32, done: &AtomicU32) -> Result<Filled, Failure> {
        let machine = Machine::new()?;
        let mut filled = Filled::default();
        loop {
            let number = taken.fetch_add(1, Ordering::Relaxed).saturating_add(1);
            if number > self.scenario.patients || (self.ends)() {
                return Ok(filled);
            }
            let one = self.one(number, &machine).inspect_err(|_| taken.store(self.scenario.patients, Ordering::Relaxed))?;
            filled = filled.and(one);
            let done = done.fetch_add(1, Ordering::Relaxed) + 1;
            self.progress.count("patients", done.into(), self.scenario.patients.into());
        }
    }

    fn one(&self, number: u32, machine: &Machine) -> Result<Filled, Failure> {
        let made = patient(number, &self.scenario, &self.bench).map_err(|error| Failure::new(Exit::Failed, error))?;
        let ids = Ids { seed: self.scenario.seed, number };
        let mut filled = Filled { charts: 1, fates: BTreeMap::from([(made.fate, 1)]), ..Filled::default() };
        let (mut entries, mut links) = (Vec::with_capacity(made.happenings.len()), Vec::new());
        for (place, Happening { at, by, what }) in made.happenings.into_iter().enumerate() {
            let (id, body) = self.entry(what, ids.picture(place, at))?;
            filled.pictures += usize::from(body.kind() == Kind::PictureTaken);
            let author = match self.accounts.get(&by) {
                Some(user) => Author::User(*user),
                None => {
                    let link = self.link(ids, place, at, purpose(&body), machine)?;
                    let author = Author::Link(link.id);
                    links.push(link);
                    author
                }
            };
            entries.push((id, author, at, body));
        }
        filled.entries = entries.len();
        self.clinic.load_links(&links)?;
        self.clinic.load(ids.patient(), entries)?;
        Ok(filled)
    }

    fn entry(&self, what: What, id_of_picture: EntryId) -> Result<(EntryId, Body), Failure> {
        match what {
            What::Entry(id, body) => Ok((id, body)),
            What::Picture { view, on, jpeg } => {
                Ok((id_of_picture, Body::PictureTaken(self.clinic.load_picture(&jpeg, on, view)?)))
            }
        }
    }

    /// The link by which a patient wrote something: handed out by the front desk, used, and over.
    fn link(
        &self,
        ids: Ids,
        place: usize,
        at: Timestamp,
        purpose: LinkPurpose,
        machine: &Machine,
    ) -> Result<PatientLink, Failure> {
        let failed = |error: &dyn std::fmt::Display| Failure::new(Exit::Failed, error);
        let made_at = at.checked_sub(LINK_HOURS_BEFORE.hours()).map_err(|error| failed(&error))?;
        let made_by = self.accounts.get(&StaffMember::Assistant).copied();
        let made_by = made_by.ok_or_else(|| failed(&"nobody is at the front desk"))?;
        // The token is thrown away: nobody holds this link.
        let mut random = [0; 32];
        machine.fill(&mut random);
        let token = Token::new(random);
        let link = PatientLink::new(ids.link(place, made_at), &token, ids.patient(), purpose, made_by, made_at, LINK_DAYS);
        let link = link.map_err(|error| failed(&error))?;
        Ok(PatientLink { used_at: Some(at), ..link })
    }
}

/// What a link was for by which something was written.
const fn purpose(body: &Body) -> LinkPurpose {
    match body.kind() {
        Kind::Intake => LinkPurpose::Intake,
        Kind::AdverseEvent | Kind::Message => LinkPurpose::ReportProblem,
        _ => LinkPurpose::Plan,
    }
}
