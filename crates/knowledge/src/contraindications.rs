//! Who must wait, who must not, and what to look out for: the rules of `contraindications.toml`.

use serde::{Deserialize, Serialize};

use crate::mark::{EvidenceCode, Mark};

/// One rule: a finding, what it means for treatment, why, and who says so.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Contraindication {
    /// `CI-…`, never reused.
    pub id: String,
    /// The finding in the field's terms.
    pub finding: String,
    /// What the finding does to the decision.
    pub class: Class,
    /// Which fact of the consultation answers it.
    pub trigger: Trigger,
    /// When it is looked at.
    pub looked_at: LookedAt,
    /// The question as the practitioner asks it; "yes" always means that the finding is present.
    pub question: String,
    /// Why, in the clinician's words.
    pub clinician: String,
    /// Why, in the patient's words.
    pub patient: String,
    /// What to do: the precaution, or the next step.
    pub action: String,
    /// What ends it.
    pub clears: Clears,
    /// How long to wait after the event; nothing when a state, not time, clears it.
    pub wait: Option<Wait>,
    /// An event longer ago than this no longer counts, in days.
    pub window_days: Option<u16>,
    /// Who may decide otherwise.
    pub override_by: OverrideBy,
    /// What device labels say.
    pub label: Vec<LabelStatement>,
    /// Ids in `sources.toml`; empty only when the mark is `ours`.
    pub sources: Vec<String>,
    /// Strength of the evidence.
    pub evidence: EvidenceCode,
    /// Where the strength needs words, for example "A (label) against B (consensus)".
    pub evidence_note: Option<String>,
    /// Where sources disagree: each side with its sources.
    pub disagreement: Vec<Side>,
    /// How far the finding and its sources were checked.
    pub mark: Mark,
    /// What exactly was seen and what was recalled.
    pub mark_note: Option<String>,
}

/// What a finding does to the decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// Listed by clinics, not supported by evidence: shown, never counted.
    NotAContraindication,
    /// Treatment may go on with a step taken.
    Precaution,
    /// Time or a state clears it.
    Defer,
    /// A named prescriber may decide otherwise, with a reason.
    Relative,
    /// Nobody may decide otherwise here.
    Absolute,
}

/// Which fact of the consultation answers a rule.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trigger {
    /// An answer in the consultation's `findings`, under this key.
    Asked(String),
    /// Worked out from other fields of the consultation.
    Derived(DerivedFact),
}

/// A fact that `care` works out from the fields of a consultation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DerivedFact {
    /// The patient is pregnant.
    Pregnant,
    /// The patient is breast-feeding.
    BreastFeeding,
    /// Inflammatory acne in the treatment area, by IGA and by pustules or nodules.
    ActiveAcne,
    /// Scars younger than the label's year.
    YoungScars,
    /// Fitzpatrick type V or VI.
    SkinTypeVOrVi,
    /// Younger than the device's cleared age.
    UnderDeviceAge,
    /// Younger than the jurisdiction's age.
    Minor,
    /// Most atrophic scars are ice picks.
    MostlyIcePick,
    /// Hypertrophic or keloidal scars are present.
    HypertrophicOrKeloidal,
    /// A zone inside the orbital rim, the vermilion or the nostrils is planned.
    ForbiddenZonePlanned,
    /// The operator is not trained, or may not use this depth here.
    OperatorNotPermitted,
    /// The cartridge is not sterile, not new, out of date or has no lot.
    CartridgeNotAcceptable,
    /// The planned anaesthetic is above its label.
    AnaestheticAboveLabel,
    /// The last session is nearer than the minimum interval.
    WithinMinimumInterval,
}

/// When a rule is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LookedAt {
    /// At the consultation only: it does not change from one visit to the next.
    Consultation,
    /// At the consultation and again on every treatment day.
    ConsultationAndDay,
    /// On the treatment day only.
    Day,
    /// At the consultation and on the day, once a session has been given here.
    AfterASession,
}

/// What ends a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clears {
    /// By time, by a state, by both, or never.
    pub by: ClearsBy,
    /// In words.
    pub when: String,
}

/// By what a finding ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClearsBy {
    /// The wait alone.
    Time,
    /// A state on examination.
    State,
    /// The wait, and then a state on examination.
    TimeAndState,
    /// Nothing.
    Never,
}

/// How long to wait, and on whose word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wait {
    /// Days after the event.
    pub days: u16,
    /// The shortest wait a prescriber may shorten it to, where the rule allows that.
    pub override_from_days: Option<u16>,
    /// Where the number comes from; "marketing pages only" means custom.
    pub basis: String,
    /// How far the number was checked; `ours` is an expert setting.
    pub mark: Mark,
}

/// Who may decide otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OverrideBy {
    /// Nobody.
    Nobody,
    /// A named prescriber, with a reason.
    Prescriber,
}

/// What one device's label says about a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabelStatement {
    /// Id in `devices.toml`.
    pub device: String,
    /// What it says.
    pub status: LabelStatus,
    /// How far that was checked.
    pub mark: Mark,
    /// In words, where the status needs them.
    pub note: Option<String>,
}

/// What a label says about a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LabelStatus {
    /// Named as a contraindication.
    Contraindication,
    /// Named as a precaution.
    Precaution,
    /// Named as not evaluated: treatment is off-label.
    NotEvaluated,
    /// Outside the cleared indication: treatment is off-label.
    OutsideIndication,
    /// The text that was seen does not speak of it.
    NotOnTheTextSeen,
}

/// One side of a disagreement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Side {
    /// What this side says.
    pub says: String,
    /// Ids in `sources.toml`.
    pub sources: Vec<String>,
}
