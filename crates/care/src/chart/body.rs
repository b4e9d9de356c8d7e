//! What an entry can hold, kind by kind.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::answer::{Basis, GateAnswer, PlanAnswer, ReviewAnswer, ScreeningAnswer, Setting};
use super::course::Course;
use super::picture::PictureTaken;
use super::scan::ScanTaken;
use super::signature::Signature;
use crate::consultation::{
    Anaesthetic, Answer, Answered, Cartridge, EarlierTreatment, Goal, Lesions, OutcomeMeasured, Override, ProductUsed, Scars,
    Sex, Skin, TreatmentDay, ZoneDose,
};

/// Names one entry. Made by whoever writes it, so that sending it twice is harmless.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EntryId(pub Uuid);

impl std::fmt::Display for EntryId {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.hyphenated().fmt(out)
    }
}

/// What one entry says.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// The chart was opened for this patient.
    Registered(Registered),
    /// History and wishes were asked; what is not answered is unknown, whatever an earlier intake said.
    Intake(Intake),
    /// The skin was examined.
    Examined(Examined),
    /// Screening was asked.
    Screened(Screened),
    /// A proposed course was adopted, edited or rejected.
    PlanAdopted(PlanAdopted),
    /// The patient consented.
    Consented(Consented),
    /// The patient took consent back.
    ConsentWithdrawn(ConsentWithdrawn),
    /// The treatment-day gate was asked.
    SessionGated(SessionGated),
    /// A session was given.
    SessionDelivered(SessionDelivered),
    /// Something went wrong, or may have.
    AdverseEvent(AdverseEventNoticed),
    /// What became of it.
    AdverseEventFollowed(AdverseEventFollowed),
    /// A picture was taken.
    PictureTaken(PictureTaken),
    /// A scan was taken.
    ScanTaken(ScanTaken),
    /// An outcome was measured.
    Measured(Measured),
    /// A course was reviewed.
    Reviewed(Reviewed),
    /// Something was said.
    Message(Message),
    /// An earlier entry is corrected or struck out.
    Amended(Amended),
}

impl Body {
    /// The day that an entry is about.
    #[must_use]
    pub const fn day(&self) -> Date {
        match self {
            Self::Registered(body) => body.on,
            Self::Intake(body) => body.on,
            Self::Examined(body) => body.on,
            Self::Screened(body) => body.on,
            Self::PlanAdopted(body) => body.on,
            Self::Consented(body) => body.on,
            Self::ConsentWithdrawn(body) => body.on,
            Self::SessionGated(body) => body.on,
            Self::SessionDelivered(body) => body.on,
            Self::AdverseEvent(body) => body.on,
            Self::AdverseEventFollowed(body) => body.on,
            Self::PictureTaken(body) => body.on,
            Self::ScanTaken(body) => body.on,
            Self::Measured(body) => body.outcome.date,
            Self::Reviewed(body) => body.on,
            Self::Message(body) => body.on,
            Self::Amended(body) => body.on,
        }
    }
}

/// Who the chart is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registered {
    /// Day of registration.
    pub on: Date,
    /// The clinic's own number for the patient; never interpreted.
    pub number: String,
    /// Name.
    pub name: String,
    /// Date of birth.
    pub birth_date: Date,
    /// Sex, for dermis thickness; never used to answer pregnancy.
    pub sex: Sex,
    /// How to reach the patient.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
    /// True only in a demonstration clinic: nobody is behind this chart.
    #[serde(default)]
    pub synthetic: bool,
}

/// History and wishes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Intake {
    /// Day it was asked.
    pub on: Date,
    /// Pregnant?
    #[serde(default)]
    pub pregnant: Answer,
    /// Breast-feeding?
    #[serde(default)]
    pub breast_feeding: Answer,
    /// Finding key (from `contraindications.toml`) to answer.
    #[serde(default)]
    pub findings: BTreeMap<String, Answered>,
    /// Treatment before.
    #[serde(default)]
    pub earlier_treatments: Vec<EarlierTreatment>,
    /// What the patient wants.
    pub goal: Goal,
    /// Who answered.
    pub answered_by: Penned,
}

/// Whose hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Penned {
    /// The clinic wrote it down.
    Clinic,
    /// The patient wrote it, through a link.
    Patient,
}

/// The skin as examined.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Examined {
    /// Day of the examination.
    pub on: Date,
    /// Acne lesions.
    pub lesions: Lesions,
    /// Skin type and colour.
    pub skin: Skin,
    /// Scars.
    pub scars: Scars,
}

/// Screening as it was answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Screened {
    /// The day it was asked for.
    pub on: Date,
    /// Place, device and operator it was asked for.
    pub setting: Setting,
    /// A prescriber's decisions against rules.
    #[serde(default)]
    pub overrides: Vec<Override>,
    /// What the answer rests on.
    pub basis: Basis,
    /// The answer.
    pub answer: ScreeningAnswer,
}

/// A proposed course, and what the practitioner made of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlanAdopted {
    /// The day it was asked for.
    pub on: Date,
    /// Place, device and operator it was asked for.
    pub setting: Setting,
    /// A prescriber's decisions against rules.
    #[serde(default)]
    pub overrides: Vec<Override>,
    /// What the answer rests on.
    pub basis: Basis,
    /// What was shown.
    pub answer: PlanAnswer,
    /// What the practitioner made of it.
    pub adoption: Adoption,
}

/// What the practitioner made of a proposed course.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum Adoption {
    /// Taken as proposed.
    Adopted,
    /// Taken otherwise.
    Edited {
        /// The course taken.
        course: Course,
        /// Why.
        reason: String,
    },
    /// Not taken.
    Rejected {
        /// Why.
        reason: String,
    },
}

impl PlanAdopted {
    /// The course that is followed; nothing when it was rejected or none was proposed.
    #[must_use]
    pub const fn course(&self) -> Option<&Course> {
        match &self.adoption {
            Adoption::Adopted => self.answer.course.as_ref(),
            Adoption::Edited { course, .. } => Some(course),
            Adoption::Rejected { .. } => None,
        }
    }
}

/// What consent is for. Each is a yes or no of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// Microneedling.
    Treatment,
    /// Pictures for the chart.
    PicturesForCare,
    /// Pictures shown to colleagues who learn.
    PicturesForTeaching,
    /// Pictures shown to the public.
    PicturesForPublication,
}

/// Consent after discussion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consented {
    /// Day of consent.
    pub on: Date,
    /// What for.
    pub purposes: BTreeSet<Purpose>,
    /// Version of the text that was read, where one is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
    /// What was discussed, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discussion: Option<String>,
    /// How it was signed, where it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<Signature>,
}

/// Consent taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentWithdrawn {
    /// Day of withdrawal; from this day on the consent is gone.
    pub on: Date,
    /// What for.
    pub purposes: BTreeSet<Purpose>,
    /// Why, if the patient says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// The treatment-day gate as it was answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SessionGated {
    /// The treatment day.
    pub on: Date,
    /// Place, device and operator.
    pub setting: Setting,
    /// A prescriber's decisions against rules.
    #[serde(default)]
    pub overrides: Vec<Override>,
    /// What was prepared.
    pub day: TreatmentDay,
    /// What the answer rests on.
    pub basis: Basis,
    /// The answer.
    pub answer: GateAnswer,
}

/// A session as it was given: the delivered dose is the quality of treatment that the forecast learns from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SessionDelivered {
    /// Day it was given.
    pub on: Date,
    /// Depth, passes and endpoint in each zone.
    pub zones: Vec<ZoneDose>,
    /// Id in `devices.toml`.
    pub device: String,
    /// Name of who gave it.
    pub operator: String,
    /// The cartridge, for a recall.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cartridge: Option<Cartridge>,
    /// Topical anaesthetic used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anaesthetic: Option<Anaesthetic>,
    /// What else was put on the skin, for a recall.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub products: Vec<ProductUsed>,
    /// In the practitioner's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The gate that was asked that day; nothing when none was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gate: Option<EntryId>,
}

impl SessionGated {
    /// The lot of the cartridge that was prepared, where it was recorded.
    #[must_use]
    pub fn lot(&self) -> Option<&str> {
        self.day.cartridge.as_ref()?.lot.as_deref()
    }
}

impl SessionDelivered {
    /// The lots of everything that touched the skin, as far as they were recorded.
    pub fn lots(&self) -> impl Iterator<Item = &str> {
        let cartridge = self.cartridge.iter().filter_map(|cartridge| cartridge.lot.as_deref());
        cartridge.chain(self.products.iter().filter_map(|product| product.lot.as_deref()))
    }
}

/// Something that went wrong, or may have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdverseEventNoticed {
    /// Day it was noticed.
    pub on: Date,
    /// Id in `adverse_events.toml`; nothing until somebody has judged what it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
    /// How bad.
    pub severity: Severity,
    /// Day of the session it followed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<Date>,
    /// Who reported it.
    pub reported_by: ReportedBy,
    /// In words.
    pub text: String,
}

/// How bad an adverse event is (mild: noticed; moderate: needs care; severe: urgent or lasting). A scale of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Noticed.
    Mild,
    /// Needs care.
    Moderate,
    /// Urgent, or lasting.
    Severe,
}

/// Who reported an adverse event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportedBy {
    /// The patient.
    Patient,
    /// Somebody of the clinic.
    Clinic,
}

/// What became of an adverse event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdverseEventFollowed {
    /// Day of the follow-up.
    pub on: Date,
    /// The entry that reported it.
    pub event: EntryId,
    /// Whether it is over.
    pub resolved: bool,
    /// In words.
    pub text: String,
}

/// An outcome that a practitioner measured or accepted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    /// The outcome.
    pub outcome: OutcomeMeasured,
    /// Method and its version, where a machine proposed the value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// Smallest change of the value that the measurement can show, as it was told when the value was accepted; in its unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub smallest_change: Option<f64>,
    /// What was said of the change since an earlier visit when the value was accepted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change: Option<ChangeShown>,
}

impl Measured {
    /// An outcome that nothing more is known of.
    #[must_use]
    pub const fn outcome(outcome: OutcomeMeasured) -> Self {
        Self { outcome, method: None, smallest_change: None, change: None }
    }
}

/// What was said of the change of a measured value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeShown {
    /// Day of the visit that it was compared with.
    pub since: Date,
    /// How it was worded.
    pub verdict: ChangeVerdict,
}

/// How a change between two measurements was worded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeVerdict {
    /// Larger than the measurement error.
    LargerThanTheError,
    /// Within the measurement error.
    WithinTheError,
    /// Cannot be told.
    CannotBeTold,
}

/// A review as it was answered, and what was decided.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reviewed {
    /// The day it was asked for.
    pub on: Date,
    /// Place, device and operator it was asked for.
    pub setting: Setting,
    /// A prescriber's decisions against rules.
    #[serde(default)]
    pub overrides: Vec<Override>,
    /// What the answer rests on.
    pub basis: Basis,
    /// The answer.
    pub answer: ReviewAnswer,
    /// What the practitioner decided.
    pub decided: Decided,
    /// Why, where it differs from the advice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// What a practitioner decides at a review.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decided {
    /// Go on.
    Continue,
    /// Wait for the day of the verdict.
    Wait,
    /// Stop.
    Stop,
    /// Stop and offer another treatment.
    Switch,
}

/// Something said, to or by the patient.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Day it was written.
    pub on: Date,
    /// Who wrote it.
    pub from: Penned,
    /// In words.
    pub text: String,
}

/// A correction. The entry that it corrects stays where it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Amended {
    /// Day of the correction.
    pub on: Date,
    /// The entry that was wrong.
    pub entry: EntryId,
    /// Why.
    pub reason: String,
    /// What it should have said, of the same kind; nothing strikes it out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub becomes: Option<Box<Body>>,
}
