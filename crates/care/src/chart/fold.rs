//! State is a fold: what is known of a patient after a list of entries.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::amend::{Amendments, Loose, LooseEnd};
use super::answer::Setting;
use super::body::{
    AdverseEventFollowed, AdverseEventNoticed, Body, EntryId, Examined, Intake, PlanAdopted, Purpose, Registered, Reviewed,
    Screened, SessionDelivered, SessionGated,
};
use super::picture::PictureTaken;
use super::scan::ScanTaken;
use super::version::Kind;
use crate::consultation::{Answer, Consultation, OutcomeMeasured, Override, Patient, SessionGiven, TreatmentDay};
use crate::sentence::Sentence;

/// One entry as the fold reads it.
#[derive(Clone, Copy, Debug)]
pub struct Recorded<'a> {
    /// Its id.
    pub id: EntryId,
    /// What it says.
    pub body: &'a Body,
}

/// What is known of one patient.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Chart {
    /// Who it is about: the first registration.
    pub registered: Option<Registered>,
    /// The entry that says so.
    pub registration: Option<EntryId>,
    /// The latest intake.
    pub intake: Option<Intake>,
    /// The latest examination.
    pub examined: Option<Examined>,
    /// The latest screening.
    pub screened: Option<Screened>,
    /// What became of the latest plan.
    pub plan: Option<PlanAdopted>,
    /// What the patient consents to now, each with the day it was last given.
    pub consents: BTreeMap<Purpose, Date>,
    /// Day on which consent to treatment was taken back, where it has not been given again.
    pub withdrawn: Option<Date>,
    /// The same for every purpose.
    pub withdrawals: BTreeMap<Purpose, Date>,
    /// Gates asked, in order.
    pub gates: Vec<(EntryId, SessionGated)>,
    /// Sessions given, by day.
    pub sessions: Vec<SessionDelivered>,
    /// Outcomes measured, by day.
    pub outcomes: Vec<OutcomeMeasured>,
    /// Adverse events, in the order in which they were reported.
    pub events: Vec<EventState>,
    /// Pictures, in the order in which they were taken in.
    pub pictures: Vec<(EntryId, PictureTaken)>,
    /// Scans, in the order in which they were taken in.
    pub scans: Vec<(EntryId, ScanTaken)>,
    /// The latest review.
    pub reviewed: Option<Reviewed>,
    /// What came after the latest review.
    pub since_review: Option<SinceReview>,
    /// Day of the latest intake, examination or correction of either that no screening has looked at yet.
    pub unscreened_since: Option<Date>,
    /// Entries that refer to nothing and did not count, in order.
    pub loose_ends: Vec<LooseEnd>,
    /// Entries folded.
    pub entries: usize,
}

/// What came after a review: both open the pathway again after one that ended the course.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SinceReview {
    /// History and wishes were asked again.
    Asked,
    /// A course was planned.
    Planned,
}

/// An adverse event and what became of it.
#[derive(Clone, Debug, PartialEq)]
pub struct EventState {
    /// The entry that reported it.
    pub id: EntryId,
    /// What was reported.
    pub noticed: AdverseEventNoticed,
    /// What followed, in order.
    pub followed: Vec<AdverseEventFollowed>,
}

impl EventState {
    /// Whether it is not over yet.
    #[must_use]
    pub fn open(&self) -> bool {
        self.followed.last().is_none_or(|latest| !latest.resolved)
    }
}

/// What is still missing before a question can be asked of a chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotYet {
    /// Nobody was registered.
    #[error("the chart does not say whom it is about: register the patient first")]
    Registered,
    /// No intake.
    #[error("history and wishes were not asked yet: record an intake first")]
    Intake,
    /// No examination.
    #[error("the skin was not examined yet: record an examination first")]
    Examined,
    /// The treatment-day questions were not asked that day.
    #[error(
        "the questions were last asked on {last}: ask them again on {on}, as what is true of a patient can change from one day to the next"
    )]
    AskedThatDay {
        /// The treatment day.
        on: Date,
        /// Day of the latest intake.
        last: Date,
    },
    /// The skin was not examined on the treatment day.
    #[error("the skin was last examined on {last}: examine it again on {on}, before a needle touches it")]
    ExaminedThatDay {
        /// The treatment day.
        on: Date,
        /// Day of the latest examination.
        last: Date,
    },
    /// The skin was not examined since the last session.
    #[error(
        "the skin was last examined on {last}, before the last session had its effect (given on {session}): examine it again first"
    )]
    ExaminedSinceSession {
        /// Day of the latest examination.
        last: Date,
        /// Day of the last session.
        session: Date,
    },
}

impl NotYet {
    /// As a sentence.
    #[must_use]
    pub fn sentence(&self) -> Sentence {
        let english = self.to_string();
        match *self {
            Self::Registered => Sentence::new("said-not-registered", english),
            Self::Intake => Sentence::new("said-no-intake", english),
            Self::Examined => Sentence::new("said-not-examined", english),
            Self::AskedThatDay { on, last } => Sentence::new("said-asked-earlier", english).day("on", on).day("last", last),
            Self::ExaminedThatDay { on, last } => Sentence::new("said-examined-earlier", english).day("on", on).day("last", last),
            Self::ExaminedSinceSession { last, session } => {
                Sentence::new("said-examined-before-session", english).day("last", last).day("session", session)
            }
        }
    }
}

impl Chart {
    /// Folds entries, oldest first. An amended entry counts as what the latest amendment says, at its own place.
    #[must_use]
    pub fn fold<'a>(entries: impl IntoIterator<Item = Recorded<'a>>) -> Self {
        let entries: Vec<Recorded<'_>> = entries.into_iter().collect();
        let amendments = Amendments::of(&entries);
        let mut chart = Self::default();
        for (at, entry) in entries.iter().enumerate() {
            if let Body::Amended(amendment) = entry.body
                && let Some(kind) = amendments.touches(at, amendment)
            {
                chart.corrected(kind, amendment.on);
            }
            if let Some(body) = amendments.says(entry) {
                chart.add(entry.id, body);
            }
        }
        chart.loose_ends.extend(amendments.loose_ends);
        chart.loose_ends.sort_by_key(|loose| entries.iter().position(|entry| entry.id == loose.entry));
        chart.entries = entries.len();
        chart.settle();
        chart
    }

    /// Folds one more entry in, after all that were folded. Answers whether it could: an entry that amends another, or that an
    /// amendment was waiting for, changes what came before it, and the chart has to be folded anew.
    #[must_use]
    pub fn push(&mut self, entry: Recorded<'_>) -> bool {
        let awaited = self.loose_ends.iter().any(|loose| loose.names == entry.id);
        if awaited || matches!(entry.body, Body::Amended(_)) {
            return false;
        }
        self.add(entry.id, entry.body);
        self.entries += 1;
        self.settle();
        true
    }

    /// What follows from the rest.
    fn settle(&mut self) {
        self.withdrawn = self.withdrawals.get(&Purpose::Treatment).copied();
        self.sessions.sort_by_key(|session| session.on);
        self.outcomes.sort_by_key(|outcome| outcome.date);
    }

    /// The chart as it stood before an entry: what a decision was made on.
    #[must_use]
    pub fn before<'a>(entry: EntryId, entries: impl IntoIterator<Item = Recorded<'a>>) -> Self {
        Self::fold(entries.into_iter().take_while(|recorded| recorded.id != entry))
    }

    /// The latest day of anything that was answered, examined, given or measured.
    #[must_use]
    pub fn latest_fact(&self) -> Option<Date> {
        let intake = self.intake.as_ref().map(|intake| intake.on);
        let examined = self.examined.as_ref().map(|examined| examined.on);
        let session = self.sessions.last().map(|session| session.on);
        let outcome = self.outcomes.last().map(|outcome| outcome.date);
        [intake, examined, session, outcome].into_iter().flatten().max()
    }

    /// Sessions as the rules and the forecast take them.
    #[must_use]
    pub fn sessions_given(&self) -> Vec<SessionGiven> {
        let given = |session: &SessionDelivered| SessionGiven {
            date: session.on,
            zones: session.zones.clone(),
            anaesthetic: session.anaesthetic.clone(),
            products: session.products.clone(),
            note: session.note.clone(),
        };
        self.sessions.iter().map(given).collect()
    }

    /// What the patient consents to now.
    #[must_use]
    pub fn purposes(&self) -> BTreeSet<Purpose> {
        self.consents.keys().copied().collect()
    }

    /// The consultation that this chart amounts to on a day: what a file with the same content would hold.
    ///
    /// # Errors
    /// When nobody is registered, or intake or examination are missing.
    pub fn consultation(
        &self,
        on: Date,
        setting: &Setting,
        overrides: &[Override],
        day: Option<&TreatmentDay>,
    ) -> Result<Consultation, NotYet> {
        let registered = self.registered.as_ref().ok_or(NotYet::Registered)?;
        let intake = self.intake.as_ref().ok_or(NotYet::Intake)?;
        let examined = self.examined.as_ref().ok_or(NotYet::Examined)?;
        Ok(Consultation {
            date: on,
            jurisdiction: setting.jurisdiction.clone(),
            device: setting.device.clone(),
            patient: Patient {
                id: registered.number.clone(),
                birth_date: registered.birth_date,
                sex: registered.sex,
                pregnant: intake.pregnant,
                breast_feeding: intake.breast_feeding,
            },
            operator: setting.operator.clone(),
            findings: intake.findings.clone(),
            lesions: examined.lesions.clone(),
            skin: examined.skin.clone(),
            scars: examined.scars.clone(),
            goal: intake.goal.clone(),
            earlier_treatments: intake.earlier_treatments.clone(),
            sessions: self.sessions_given(),
            outcomes: self.outcomes.clone(),
            overrides: overrides.to_vec(),
            day: day.map(|day| self.with_consent_as_it_stands(day)),
        })
    }

    /// A consent that was taken back does not come back with an older date.
    fn with_consent_as_it_stands(&self, day: &TreatmentDay) -> TreatmentDay {
        let mut day = day.clone();
        let given_since = |withdrawn: Date| day.consent_on.is_some_and(|on| on > withdrawn);
        if self.withdrawn.is_some_and(|withdrawn| !given_since(withdrawn)) {
            day.consent = Answer::No;
            day.consent_on = None;
        }
        day
    }
}

impl Chart {
    fn add(&mut self, id: EntryId, body: &Body) {
        match body {
            Body::Registered(body) => self.register(id, body),
            Body::Intake(body) => {
                self.unscreened_since = Some(body.on);
                self.since_review.get_or_insert(SinceReview::Asked);
                self.intake = Some(body.clone());
            }
            Body::Examined(body) => {
                self.unscreened_since = Some(body.on);
                self.examined = Some(body.clone());
            }
            Body::Screened(body) => {
                self.unscreened_since = None;
                self.screened = Some(body.clone());
            }
            Body::PlanAdopted(body) => {
                self.since_review = Some(SinceReview::Planned);
                self.plan = Some(body.clone());
            }
            Body::Consented(body) => body.purposes.iter().for_each(|purpose| self.consent(*purpose, body.on)),
            Body::ConsentWithdrawn(body) => body.purposes.iter().for_each(|purpose| self.withdraw(*purpose, body.on)),
            Body::SessionGated(body) => self.gates.push((id, body.clone())),
            Body::SessionDelivered(body) => {
                if let Some(names) = body.gate.filter(|gate| self.gates.iter().all(|(known, _)| known != gate)) {
                    self.loose_ends.push(LooseEnd { entry: id, names, what: Loose::SessionOfUnknownGate });
                }
                self.sessions.push(body.clone());
            }
            Body::AdverseEvent(body) => {
                self.events.push(EventState { id, noticed: body.clone(), followed: Vec::new() });
            }
            Body::AdverseEventFollowed(body) => match self.events.iter_mut().find(|event| event.id == body.event) {
                Some(event) => event.followed.push(body.clone()),
                None => {
                    self.loose_ends.push(LooseEnd { entry: id, names: body.event, what: Loose::FollowUpOfUnknownEvent });
                }
            },
            Body::PictureTaken(body) => self.pictures.push((id, body.clone())),
            Body::ScanTaken(body) => self.scans.push((id, body.clone())),
            Body::Measured(body) => self.outcomes.push(body.outcome.clone()),
            Body::Reviewed(body) => {
                self.since_review = None;
                self.reviewed = Some(body.clone());
            }
            Body::Message(_) | Body::Amended(_) => {}
        }
    }

    /// The first registration says whom the chart is about; a second one never changes that.
    fn register(&mut self, id: EntryId, body: &Registered) {
        match self.registration {
            None => {
                self.registration = Some(id);
                self.registered = Some(body.clone());
            }
            Some(names) => self.loose_ends.push(LooseEnd { entry: id, names, what: Loose::RegisteredAgain }),
        }
    }

    /// A consent that is older than its withdrawal does not bring it back, whenever it was written down.
    fn consent(&mut self, purpose: Purpose, on: Date) {
        if self.withdrawals.get(&purpose).is_none_or(|withdrawn| *withdrawn <= on) {
            self.withdrawals.remove(&purpose);
            let held = self.consents.entry(purpose).or_insert(on);
            *held = on.max(*held);
        }
    }

    fn withdraw(&mut self, purpose: Purpose, on: Date) {
        self.consents.remove(&purpose);
        let held = self.withdrawals.entry(purpose).or_insert(on);
        *held = on.max(*held);
    }

    /// What a screening looked at was corrected after it: it has to look again.
    const fn corrected(&mut self, kind: Kind, on: Date) {
        if matches!(kind, Kind::Registered | Kind::Intake | Kind::Examined) {
            self.unscreened_since = Some(on);
        }
    }
}
