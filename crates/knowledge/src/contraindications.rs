//! Who must wait, who must not, and what to look out for: the rules of `contraindications.toml`.

use serde::{Deserialize, Serialize};

use crate::Knowledge;
use crate::check_rules;
use crate::document::{FaultReport, Field, Shape};
use crate::explain::Explanation;
use crate::mark::{EvidenceCode, Mark, source_ids};
use crate::table::{Place, Table, rows};

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
    #[serde(default)]
    pub label: Vec<LabelStatement>,
    /// Ids in `sources.toml`; empty only when the mark is `ours`.
    pub sources: Vec<String>,
    /// Strength of the evidence.
    pub evidence: EvidenceCode,
    /// Where the strength needs words, for example "A (label) against B (consensus)".
    pub evidence_note: Option<String>,
    /// Where sources disagree: each side with its sources.
    #[serde(default)]
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

impl Table for Vec<Contraindication> {
    const FILE: &'static str = "contraindications.toml";

    fn shape() -> Shape {
        Shape::table(vec![Field::required("rule", Shape::list(rule_shape(), 1, 500), "the rules")])
    }

    fn decode(root: serde_json::Value) -> Result<Self, serde_json::Error> {
        rows(root, "rule")
    }

    fn cross_check(&self, knowledge: &Knowledge, root: Place<'_>, report: &mut FaultReport) {
        for (at, rule) in self.iter().enumerate() {
            rule.cross_check(knowledge, &root.field("rule").element(at), report);
        }
        check_rules::complete(self, report);
    }

    fn ids(&self) -> Vec<&str> {
        self.iter().map(|rule| rule.id.as_str()).collect()
    }

    fn explain(&self, id: &str, knowledge: &Knowledge) -> Option<Explanation> {
        self.iter().find(|rule| rule.id == id).map(|rule| rule.explain(knowledge))
    }
}

fn rule_shape() -> Shape {
    let days = |max| Shape::whole(1, max);
    Shape::table(vec![
        Field::required("id", Shape::name(), "CI-…, never reused"),
        Field::required("finding", Shape::text(), "the finding in the field's terms"),
        Field::required("class", Shape::one_of(Class::WORDS), "what it does to the decision"),
        Field::required("trigger", trigger_shape(), "which fact of the consultation answers it"),
        Field::required("looked_at", Shape::one_of(LookedAt::WORDS), "when it is looked at"),
        Field::required("question", Shape::text(), "as the practitioner asks it; yes means that the finding is present"),
        Field::required("clinician", Shape::text(), "why, in the clinician's words"),
        Field::required("patient", Shape::text(), "why, in the patient's words"),
        Field::required("action", Shape::text(), "the precaution, or the next step"),
        Field::required("clears", clears_shape(), "what ends it"),
        Field::optional("wait", wait_shape(), "how long to wait after the event"),
        Field::optional("window_days", days(3_660), "an event longer ago than this no longer counts, in days"),
        Field::required("override_by", Shape::one_of(["nobody", "prescriber"]), "who may decide otherwise"),
        Field::optional("label", Shape::list(label_shape(), 0, 20), "what device labels say"),
        Field::required("sources", source_ids(), "ids in sources.toml; empty only when the mark is ours"),
        Field::required("evidence", EvidenceCode::shape(), "strength of the evidence"),
        Field::optional("evidence_note", Shape::text(), "the strength in words"),
        Field::optional("disagreement", Shape::list(side_shape(), 0, 10), "each side with its sources"),
        Field::required("mark", Mark::shape(), "how far the finding was checked"),
        Field::optional("mark_note", Shape::text(), "what was seen and what was recalled"),
    ])
}

fn trigger_shape() -> Shape {
    Shape::choice(vec![
        Field::optional("asked", Shape::name(), "key in the findings of a consultation"),
        Field::optional("derived", Shape::one_of(DerivedFact::WORDS), "a fact worked out from other fields"),
    ])
}

fn clears_shape() -> Shape {
    Shape::table(vec![
        Field::required("by", Shape::one_of(["time", "state", "time_and_state", "never"]), "by what it ends"),
        Field::required("when", Shape::text(), "in words"),
    ])
}

fn wait_shape() -> Shape {
    Shape::table(vec![
        Field::required("days", Shape::whole(1, 730), "days after the event"),
        Field::optional("override_from_days", Shape::whole(0, 730), "the shortest wait a prescriber may allow, in days"),
        Field::required("basis", Shape::text(), "where the number comes from"),
        Field::required("mark", Mark::shape(), "how far the number was checked; ours is an expert setting"),
    ])
}

fn label_shape() -> Shape {
    Shape::table(vec![
        Field::required("device", Shape::name(), "id in devices.toml"),
        Field::required("status", Shape::one_of(LabelStatus::WORDS), "what the label says"),
        Field::required("mark", Mark::shape(), "how far that was checked"),
        Field::optional("note", Shape::text(), "in words"),
    ])
}

fn side_shape() -> Shape {
    Shape::table(vec![
        Field::required("says", Shape::text(), "what this side says"),
        Field::required("sources", source_ids(), "ids in sources.toml; empty for what was only recalled"),
    ])
}

impl Class {
    const WORDS: [&'static str; 5] = ["not_a_contraindication", "precaution", "defer", "relative", "absolute"];

    /// In words, for a page.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::NotAContraindication => "not a contraindication",
            Self::Precaution => "precaution",
            Self::Defer => "defer until it clears",
            Self::Relative => "relative contraindication",
            Self::Absolute => "absolute contraindication",
        }
    }
}

impl LookedAt {
    const WORDS: [&'static str; 4] = ["consultation", "consultation_and_day", "day", "after_a_session"];

    /// In words, for a page.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Consultation => "at the consultation",
            Self::ConsultationAndDay => "at the consultation and on every treatment day",
            Self::Day => "on the treatment day",
            Self::AfterASession => "at every visit after a session here",
        }
    }
}

impl LabelStatus {
    const WORDS: [&'static str; 5] =
        ["contraindication", "precaution", "not_evaluated", "outside_indication", "not_on_the_text_seen"];

    /// In words, for a page.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Contraindication => "contraindication",
            Self::Precaution => "precaution",
            Self::NotEvaluated => "not evaluated: treatment is off-label",
            Self::OutsideIndication => "outside the cleared indication: treatment is off-label",
            Self::NotOnTheTextSeen => "not on the text that was seen",
        }
    }
}

impl DerivedFact {
    pub(crate) const WORDS: [&'static str; 14] = [
        "pregnant",
        "breast_feeding",
        "active_acne",
        "young_scars",
        "skin_type_v_or_vi",
        "under_device_age",
        "minor",
        "mostly_ice_pick",
        "hypertrophic_or_keloidal",
        "forbidden_zone_planned",
        "operator_not_permitted",
        "cartridge_not_acceptable",
        "anaesthetic_above_label",
        "within_minimum_interval",
    ];

    /// In words, for a page.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Pregnant => "the patient is pregnant",
            Self::BreastFeeding => "the patient is breast-feeding",
            Self::ActiveAcne => "inflammatory acne in the treatment area",
            Self::YoungScars => "the youngest scar is younger than the label's limit",
            Self::SkinTypeVOrVi => "Fitzpatrick type V or VI",
            Self::UnderDeviceAge => "younger than the device's cleared age",
            Self::Minor => "younger than this place allows",
            Self::MostlyIcePick => "most atrophic scars are ice picks",
            Self::HypertrophicOrKeloidal => "hypertrophic or keloidal scars are present",
            Self::ForbiddenZonePlanned => "a zone that must not be needled is planned",
            Self::OperatorNotPermitted => "the operator or the premises may not give this treatment at this depth here",
            Self::CartridgeNotAcceptable => "the cartridge is not sterile, not new, out of date or has no lot",
            Self::AnaestheticAboveLabel => "the planned anaesthetic is above its label",
            Self::WithinMinimumInterval => "the last session is nearer than the minimum interval",
        }
    }
}
