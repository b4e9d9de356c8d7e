//! How needling is done: zones, depth, passes, numbing, after-care, follow-up, and when to pause or stop (`protocol.toml`).

use serde::{Deserialize, Serialize};

use crate::devices::Site;
use crate::fact::{Fact, Statement};
use crate::mark::Mark;

mod shape;
mod table;

/// The protocol.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Protocol {
    /// Zones of face and neck.
    #[serde(rename = "zone")]
    pub zones: Vec<Zone>,
    /// What is known about depth.
    pub depth: Depth,
    /// Passes, endpoint and how the pen is led.
    pub technique: Technique,
    /// Preparing the skin.
    pub skin_preparation: Vec<Statement>,
    /// Numbing products and their limits.
    #[serde(rename = "anaesthetic")]
    pub anaesthetics: Vec<AnaestheticProduct>,
    /// What holds for every numbing product.
    pub numbing: Numbing,
    /// Sessions and intervals in studies.
    #[serde(rename = "course")]
    pub courses: Vec<CourseInStudy>,
    /// What to do and what to expect, by hour after a session.
    pub aftercare: Vec<AftercareStep>,
    /// How long the channels stay open, by source.
    pub pore_closure: Vec<PoreClosure>,
    /// When to look again.
    #[serde(rename = "follow_up")]
    pub follow_ups: Vec<FollowUp>,
    /// How photographs are taken.
    #[serde(rename = "photograph")]
    pub photographs: Vec<Statement>,
    /// What is written down at a session.
    pub session_record: Vec<Statement>,
    /// When the course ends.
    #[serde(rename = "stop")]
    pub stops: Vec<CourseRule>,
    /// When the course waits.
    #[serde(rename = "pause")]
    pub pauses: Vec<CourseRule>,
}

/// A zone of the face or neck.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Zone {
    /// The id a consultation names it by.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Face or neck, to hold against the device's sites.
    pub site: Site,
    /// Left or right, where there are two.
    #[serde(default)]
    pub side: Option<Side>,
    /// Whether it may be needled at all.
    pub needling: Needling,
    /// Thickness of the dermis, where it was measured.
    #[serde(default)]
    pub dermis: Option<Dermis>,
    /// Deepest setting in this zone; always there when needling is allowed.
    #[serde(default)]
    pub depth_cap: Option<DepthCap>,
    /// Deepest setting on scars of this zone, on the scars only.
    #[serde(default)]
    pub scar_island_cap: Option<DepthCap>,
    /// Why it is never needled; always there when needling is forbidden.
    #[serde(default)]
    pub forbidden_because: Option<Statement>,
}

/// Side of the face.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The patient's left.
    Left,
    /// The patient's right.
    Right,
}

/// Whether a zone may be needled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Needling {
    /// Up to the zone's cap.
    Allowed,
    /// Never.
    Forbidden,
}

/// Thickness of the dermis by ultrasound.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dermis {
    /// In men, in micrometres.
    pub male_um: u32,
    /// In women, in micrometres.
    pub female_um: u32,
    /// What the source calls the zone.
    pub table_zone: String,
    /// Ids in `sources.toml`.
    pub sources: Vec<String>,
    /// How far it was checked.
    pub mark: Mark,
}

/// Deepest setting, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DepthCap {
    /// In micrometres.
    pub um: u32,
    /// What it was derived from; ids in `sources.toml`.
    pub sources: Vec<String>,
    /// How far it was checked; `ours` for every cap so far.
    pub mark: Mark,
    /// Why this depth.
    pub why: String,
}

/// What is known about depth.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Depth {
    /// Thinnest epidermis of the face, in micrometres.
    pub epidermis_min_um: Fact<u32>,
    /// Thickest epidermis of the face, in micrometres.
    pub epidermis_max_um: Fact<u32>,
    /// How the depth of a session is chosen.
    pub rule: Statement,
    /// Depths used in trials.
    #[serde(rename = "trial")]
    pub trials: Vec<DepthInTrial>,
    /// Other facts.
    pub facts: Vec<Statement>,
    /// What was not found.
    pub not_known: Vec<String>,
}

/// Depths used in a study.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DepthInTrial {
    /// The study.
    pub what: String,
    /// One depth, or the ends of a range, or the arms compared, in micrometres.
    pub depths_um: Vec<u32>,
    /// Ids in `sources.toml`.
    pub sources: Vec<String>,
    /// How far it was checked.
    pub mark: Mark,
}

/// Passes, endpoint and how the pen is led.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Technique {
    /// Number and direction of passes.
    pub passes: Passes,
    /// When a zone has had enough.
    pub endpoint: Statement,
    /// What a label says of the endpoint.
    pub endpoint_label: Statement,
    /// Step by step.
    pub steps: Vec<Statement>,
}

/// Number and direction of passes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passes {
    /// Fewest.
    pub min: u8,
    /// Most.
    pub max: u8,
    /// In which directions.
    pub directions: String,
    /// Ids in `sources.toml`.
    pub sources: Vec<String>,
    /// How far it was checked.
    pub mark: Mark,
    /// Why this many.
    pub why: String,
}

/// A numbing product. A limit that is `None` was not seen: a dose of it cannot be called safe.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AnaestheticProduct {
    /// The id a consultation names it by.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Who may use it, if anyone.
    #[serde(rename = "use")]
    pub use_: AnaestheticUse,
    /// What is in it.
    pub ingredients: Vec<Ingredient>,
    /// Most per skin area, in g/cm².
    #[serde(default)]
    pub amount_per_area_max_g_cm2: Option<Fact<f64>>,
    /// Most in all, in g.
    #[serde(default)]
    pub amount_max_g: Option<Fact<f64>>,
    /// Largest area, in cm².
    #[serde(default)]
    pub area_max_cm2: Option<Fact<f64>>,
    /// Shortest contact that numbs, in minutes.
    #[serde(default)]
    pub contact_min_minutes: Option<Fact<u32>>,
    /// Longest contact, in minutes.
    #[serde(default)]
    pub contact_max_minutes: Option<Fact<u32>>,
    /// Whether it may be covered.
    pub occlusion: Fact<Occlusion>,
    /// On what skin it must not be put.
    pub not_on: Statement,
    /// Who must not have it.
    pub exclusions: Vec<Exclusion>,
    /// Other facts.
    pub facts: Vec<Statement>,
    /// What was not seen.
    #[serde(default)]
    pub not_known: Vec<String>,
}

/// Who may use a numbing product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnaestheticUse {
    /// Anyone trained, within the limits.
    WithinLimits,
    /// A prescriber.
    PrescriberOnly,
    /// Nobody.
    NotUsed,
}

/// One active ingredient.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ingredient {
    /// Its name.
    pub name: String,
    /// Content, in percent.
    pub percent: f64,
    /// Its chemical family, for allergy.
    pub family: AnaestheticFamily,
}

/// Chemical family of a local anaesthetic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnaestheticFamily {
    /// Lidocaine, prilocaine.
    Amide,
    /// Tetracaine.
    Ester,
}

/// Whether a numbing product may be covered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Occlusion {
    /// It may be covered with a film.
    Allowed,
    /// It must not be covered.
    NotAllowed,
}

/// Who must not have a numbing product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exclusion {
    /// The finding.
    pub finding: String,
    /// The rule that asks about it, `CI-…`.
    #[serde(default)]
    pub rule: Option<String>,
    /// Ids in `sources.toml`.
    pub sources: Vec<String>,
    /// How far it was checked.
    pub mark: Mark,
}

/// What holds for every numbing product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Numbing {
    /// Rules.
    pub rules: Vec<Statement>,
    /// Facts.
    pub facts: Vec<Statement>,
}

/// Sessions and interval in a study.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CourseInStudy {
    /// The study.
    pub study: String,
    /// Sessions, as the study has them.
    pub sessions: String,
    /// Interval, as the study has it.
    pub interval: String,
    /// Depth, in micrometres, where it was seen.
    #[serde(default)]
    pub depth_um: Option<u32>,
    /// What came of it.
    pub outcome: String,
    /// Ids in `sources.toml`.
    pub sources: Vec<String>,
    /// How far it was checked.
    pub mark: Mark,
}

/// What to do or expect after a session, for practitioner and patient.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AftercareStep {
    /// From this hour after the session.
    pub from_hour: u32,
    /// To this hour after the session.
    pub to_hour: u32,
    /// For the practitioner.
    pub practitioner: String,
    /// For the patient.
    pub patient: String,
    /// Ids in `sources.toml`.
    pub sources: Vec<String>,
    /// How far it was checked.
    pub mark: Mark,
}

/// How long the channels stay open, on one source's word.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PoreClosure {
    /// What was measured, and where.
    pub what: String,
    /// Shortest, in hours.
    pub from_hours: f64,
    /// Longest, in hours.
    pub to_hours: f64,
    /// Ids in `sources.toml`.
    pub sources: Vec<String>,
    /// How far it was checked.
    pub mark: Mark,
}

/// A day to look again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowUp {
    /// Its id.
    pub id: String,
    /// Counted from what.
    pub after: CountedFrom,
    /// First day.
    pub from_day: u32,
    /// Last day.
    pub to_day: u32,
    /// What is looked at.
    pub what: String,
    /// Ids in `sources.toml`.
    pub sources: Vec<String>,
    /// How far it was checked.
    pub mark: Mark,
}

/// What the days of a follow-up are counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CountedFrom {
    /// The consultation.
    Consultation,
    /// The morning of each session.
    BeforeEachSession,
    /// Each session.
    Session,
    /// The last session of the course.
    LastSession,
}

/// A rule that ends the course or makes it wait.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CourseRule {
    /// Its id, `stop_…` or `pause_…`.
    pub id: String,
    /// When.
    pub when: String,
    /// What then.
    pub then: String,
    /// The event in `adverse_events.toml` that it follows from.
    #[serde(default)]
    pub event: Option<String>,
    /// What it was derived from; ids in `sources.toml`.
    pub sources: Vec<String>,
    /// How far it was checked; `ours` for every rule so far.
    pub mark: Mark,
}

impl Protocol {
    /// The zone with this id.
    #[must_use]
    pub fn zone(&self, id: &str) -> Option<&Zone> {
        self.zones.iter().find(|zone| zone.id == id)
    }

    /// The numbing product with this id.
    #[must_use]
    pub fn anaesthetic(&self, id: &str) -> Option<&AnaestheticProduct> {
        self.anaesthetics.iter().find(|product| product.id == id)
    }
}
