//! One consultation: what was asked, answered and examined on one day. Parsed at the edge, then passed as proof.

use std::collections::BTreeMap;
use std::fmt;

use jiff::civil::Date;
use serde::de::value::MapAccessDeserializer;
use serde::de::{IntoDeserializer as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

/// One consultation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Consultation {
    /// The day of the consultation: the only "today" there is.
    pub date: Date,
    /// Id in `jurisdictions.toml`.
    pub jurisdiction: String,
    /// Id in `devices.toml`.
    pub device: String,
    /// Who is in the chair.
    pub patient: Patient,
    /// Who would treat.
    pub operator: Operator,
    /// History and medicines: finding key (from `contraindications.toml`) to answer. What is not here is unknown.
    #[serde(default)]
    pub findings: BTreeMap<String, Answered>,
    /// Acne lesions today.
    pub lesions: Lesions,
    /// Skin type and colour.
    pub skin: Skin,
    /// Scars, per zone and as a whole.
    pub scars: Scars,
    /// What the patient wants.
    pub goal: Goal,
    /// Treatment given before, here or elsewhere, other than the sessions below.
    #[serde(default)]
    pub earlier_treatments: Vec<EarlierTreatment>,
    /// Microneedling sessions already given here, in the order of their dates.
    #[serde(default)]
    pub sessions: Vec<SessionGiven>,
    /// Outcomes measured, in the order of their dates.
    #[serde(default)]
    pub outcomes: Vec<OutcomeMeasured>,
    /// Decisions of a prescriber against a relative contraindication.
    #[serde(default)]
    pub overrides: Vec<Override>,
    /// The treatment day, when this file is for the gate.
    #[serde(default)]
    pub day: Option<TreatmentDay>,
}

/// An answer. Unknown is an answer, and never permits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// The finding is absent.
    No,
    /// Nobody knows, or nobody asked.
    #[default]
    Unknown,
    /// The finding is present.
    Yes,
}

/// An answer with its dates; in a file a plain word (`"no"`) or a table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Answered {
    /// The answer.
    pub answer: Answer,
    /// Day of the event, or day it ended (a procedure, the last tablet); `None` when not known.
    pub on: Option<Date>,
    /// In the practitioner's words.
    pub note: Option<String>,
}

impl<'de> Deserialize<'de> for Answered {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(WordOrTable)
    }
}

/// Reads either of the two ways an answer is written.
struct WordOrTable;

impl<'de> Visitor<'de> for WordOrTable {
    type Value = Answered;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an answer as a word, or a table with it")
    }

    fn visit_str<E: serde::de::Error>(self, word: &str) -> Result<Answered, E> {
        Ok(Answered { answer: Answer::deserialize(word.into_deserializer())?, on: None, note: None })
    }

    fn visit_map<A: MapAccess<'de>>(self, table: A) -> Result<Answered, A::Error> {
        #[derive(Deserialize)]
        struct Table {
            answer: Answer,
            #[serde(default)]
            on: Option<Date>,
            #[serde(default)]
            note: Option<String>,
        }
        let Table { answer, on, note } = Table::deserialize(MapAccessDeserializer::new(table))?;
        Ok(Answered { answer, on, note })
    }
}

/// Who is in the chair.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Patient {
    /// Any id the clinic uses; never interpreted.
    pub id: String,
    /// Date of birth.
    pub birth_date: Date,
    /// Sex, for dermis thickness; never used to answer pregnancy.
    pub sex: Sex,
    /// Is the patient pregnant?
    #[serde(default)]
    pub pregnant: Answer,
    /// Is the patient breast-feeding?
    #[serde(default)]
    pub breast_feeding: Answer,
}

/// Sex as recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// Female.
    Female,
    /// Male.
    Male,
    /// Another sex.
    Other,
    /// Not recorded.
    Unknown,
}

/// Who would treat.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Operator {
    /// Name as on the register.
    pub name: String,
    /// Profession; a prescriber may override relative contraindications.
    pub profession: Profession,
    /// Trained in microneedling?
    #[serde(default)]
    pub trained: Answer,
    /// Last day on which that training counts.
    #[serde(default)]
    pub training_valid_until: Option<Date>,
    /// Deepest needle the operator may set, in micrometres; `None` when not recorded.
    #[serde(default)]
    pub depth_limit_um: Option<u32>,
    /// Do the premises hold the permission that this place asks for?
    #[serde(default)]
    pub premises_permitted: Answer,
}

/// Profession of the operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Profession {
    /// A doctor who is a dermatologist.
    Dermatologist,
    /// Another doctor.
    Doctor,
    /// A nurse.
    Nurse,
    /// A trained practitioner of another profession.
    Practitioner,
}

/// Acne lesions today.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Lesions {
    /// Investigator's Global Assessment, 0 to 4; `None` when not examined.
    #[serde(default)]
    pub iga: Option<u8>,
    /// Any pustule or nodule in the treatment area?
    #[serde(default)]
    pub pustules_or_nodules: Answer,
}

/// Skin type and colour.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Skin {
    /// Fitzpatrick type, 1 to 6, as the practitioner judges it.
    #[serde(default)]
    pub fitzpatrick: Option<u8>,
    /// The ten answers of the Fitzpatrick questionnaire, 0 to 4 each.
    #[serde(default)]
    pub questionnaire: Option<[u8; 10]>,
    /// Lightness L* and yellow-blue b* of unexposed skin (CIELAB), for the individual typology angle.
    #[serde(default)]
    pub colour: Option<SkinColour>,
}

/// CIELAB lightness and b* of unexposed skin.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct SkinColour {
    /// L*, 0 to 100.
    pub lightness: f64,
    /// b*.
    pub b: f64,
}

/// Scars, per zone and as a whole.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Scars {
    /// Age of the youngest scar, in months; `None` when not known.
    #[serde(default)]
    pub age_months: Option<u16>,
    /// Obvious at 50 cm or more (a conversation's distance)?
    #[serde(default)]
    pub visible_at_50_cm: Answer,
    /// Easily covered by make-up, a shaved beard's shadow or hair?
    #[serde(default)]
    pub easily_covered: Answer,
    /// Scars per zone.
    #[serde(default)]
    pub zones: Vec<ZoneScars>,
    /// Goodman-Baron quantitative count table, for the face as a whole.
    #[serde(default)]
    pub goodman_baron: Option<GoodmanBaronCounts>,
    /// ECCA grades that counts by type cannot give.
    #[serde(default)]
    pub ecca: Option<EccaGrades>,
    /// SCAR-S categories, 0 to 5 per site.
    #[serde(default)]
    pub scar_s: Option<ScarS>,
}

/// Scars in one zone.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ZoneScars {
    /// Id of the zone in `protocol.toml`.
    pub zone: String,
    /// Number of ice-pick scars.
    #[serde(default)]
    pub ice_pick: u16,
    /// Number of shallow boxcar scars (0.1 to 0.5 mm).
    #[serde(default)]
    pub boxcar_shallow: u16,
    /// Number of deep boxcar scars (0.5 mm and more).
    #[serde(default)]
    pub boxcar_deep: u16,
    /// Number of rolling scars.
    #[serde(default)]
    pub rolling: u16,
    /// Number of macular marks (colour, not contour).
    #[serde(default)]
    pub macular: u16,
    /// Number of hypertrophic scars.
    #[serde(default)]
    pub hypertrophic: u16,
    /// Area of keloidal scarring, in cm².
    #[serde(default)]
    pub keloidal_area_cm2: f64,
    /// Are rolling scars tethered to the tissue below?
    #[serde(default)]
    pub tethered: Answer,
    /// Do the scars flatten when the skin is stretched by hand?
    #[serde(default)]
    pub flattens_on_stretch: Answer,
    /// Scars measured one by one (width, depth, wall), to be typed by Jacob's classes.
    #[serde(default)]
    pub measured: Vec<MeasuredScar>,
}

/// One scar measured on the skin.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct MeasuredScar {
    /// Width at the surface, in mm.
    pub width_mm: f64,
    /// Depth, in mm.
    pub depth_mm: f64,
    /// Shape of the wall.
    pub wall: Wall,
}

/// Shape of a scar's wall.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wall {
    /// Tapers to a point (V).
    Tapering,
    /// Vertical wall, flat base (U).
    Vertical,
    /// Gentle slope, undulating (M).
    Sloping,
}

/// Counts of the Goodman-Baron quantitative table, whole face.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct GoodmanBaronCounts {
    /// Macular, erythematous or pigmented.
    #[serde(default)]
    pub macular: u16,
    /// Mildly atrophic, dish-like.
    #[serde(default)]
    pub mild_dish: u16,
    /// Moderately atrophic, dish-like.
    #[serde(default)]
    pub moderate_dish: u16,
    /// Punched out, shallow base, under 5 mm.
    #[serde(default)]
    pub punched_shallow: u16,
    /// Shallow but broad atrophic areas.
    #[serde(default)]
    pub shallow_broad: u16,
    /// Punched out, deep, normal base, under 5 mm.
    #[serde(default)]
    pub punched_deep_normal_base: u16,
    /// Punched out, deep, abnormal base, under 5 mm.
    #[serde(default)]
    pub punched_deep_abnormal_base: u16,
    /// Linear or troughed dermal scarring.
    #[serde(default)]
    pub linear_or_trough: u16,
    /// Deep, broad atrophic areas.
    #[serde(default)]
    pub deep_broad: u16,
    /// Hyperplastic papular.
    #[serde(default)]
    pub papular: u16,
    /// Area of keloidal or hypertrophic scarring, in cm².
    #[serde(default)]
    pub keloidal_area_cm2: f64,
}

/// ECCA grades that counts by type cannot give, 0 none, 1 few, 2 limited, 3 many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EccaGrades {
    /// Superficial elastolysis.
    #[serde(default)]
    pub elastolysis: u8,
    /// Hypertrophic inflammatory scars younger than two years.
    #[serde(default)]
    pub hypertrophic_young: u8,
    /// Keloid or hypertrophic scars older than two years.
    #[serde(default)]
    pub keloid_old: u8,
}

/// SCAR-S categories, 0 clear to 5 very severe.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScarS {
    /// Face.
    pub face: u8,
    /// Chest.
    pub chest: u8,
    /// Back.
    pub back: u8,
}

/// What the patient wants.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Goal {
    /// Improvement hoped for, as a share of today's severity, in percent.
    pub improvement_percent: f64,
    /// By when, if it matters.
    #[serde(default)]
    pub by: Option<Date>,
    /// How bothered the patient is, 0 not at all to 10.
    #[serde(default)]
    pub worry: Option<u8>,
}

/// A treatment given before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EarlierTreatment {
    /// Id of a treatment in `treatments.toml`.
    pub treatment: String,
    /// Day it was given last; `None` when not known.
    #[serde(default)]
    pub on: Option<Date>,
    /// What came of it, in the practitioner's words.
    #[serde(default)]
    pub result: Option<String>,
}

/// A microneedling session given here.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SessionGiven {
    /// Day it was given.
    pub date: Date,
    /// Depth set, passes and endpoint in each zone.
    pub zones: Vec<ZoneDose>,
    /// Topical anaesthetic used; `None` when it was as the gate of that day was told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anaesthetic: Option<Anaesthetic>,
    /// What was put on the skin, other than the anaesthetic.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub products: Vec<ProductUsed>,
    /// In the practitioner's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A product that was put on the skin during a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductUsed {
    /// Its name, as on the label.
    pub name: String,
    /// Lot number; `None` when there is none or it was not recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lot: Option<String>,
}

/// What one zone received.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ZoneDose {
    /// Id of the zone in `protocol.toml`.
    pub zone: String,
    /// Needle depth set, in micrometres.
    pub depth_um: u32,
    /// Passes; `None` when not recorded.
    #[serde(default)]
    pub passes: Option<u8>,
    /// Endpoint reached; `None` when not recorded.
    #[serde(default)]
    pub endpoint: Option<Endpoint>,
}

/// Endpoint of needling in a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Endpoint {
    /// Uniform pinpoint bleeding and erythema.
    PinpointBleeding,
    /// Erythema only.
    ErythemaOnly,
}

/// An outcome measured on one day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OutcomeMeasured {
    /// Day it was measured.
    pub date: Date,
    /// What was measured.
    pub scale: OutcomeScale,
    /// The value, in the scale's own unit.
    pub value: f64,
    /// Who judged.
    pub rater: Rater,
    /// Standard deviation of the measurement, in the unit of the value, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error_sd: Option<f64>,
}

/// Scales an outcome can be given on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OutcomeScale {
    /// Goodman-Baron quantitative, 0 to 84, lower is better.
    GoodmanBaronQuantitative,
    /// Goodman-Baron qualitative grade, 1 to 4, lower is better.
    GoodmanBaronQualitative,
    /// ECCA, 0 to 540, lower is better.
    Ecca,
    /// Improvement on the baseline, in percent; negative is worse.
    ImprovementPercent,
    /// Quartile of improvement: 0 under 25 %, 1 25 to 50 %, 2 50 to 75 %, 3 75 % and more.
    ImprovementQuartile,
    /// Dermatology Life Quality Index total, 0 to 30; shown, never used in the forecast.
    Dlqi,
    /// SCAR-Q, 0 to 100, higher is better; shown, never used in the forecast.
    ScarQ,
    /// FACE-Q, 0 to 100, higher is better; shown, never used in the forecast.
    FaceQ,
    /// FASQoL, 0 to 40, higher is worse; shown, never used in the forecast.
    Fasqol,
    /// How bothered, 0 to 10; shown, never used in the forecast.
    Worry,
    /// Total depression volume of the scars of a region, in mm3, by an instrument; lower is better.
    ScarVolumeMm3,
    /// Total area of the scars of a region, in mm2, by an instrument; shown, never used in the forecast.
    ScarAreaMm2,
    /// Mean depth of the scars of a region, in mm, by an instrument; shown, never used in the forecast.
    ScarDepthMm,
    /// Scars of a region, counted by an instrument; shown, never used in the forecast.
    ScarCount,
    /// Redness: CIELAB a* of scars minus that of the skin around them, by an instrument; shown, never used in the forecast.
    RednessDifference,
    /// Pigment: CIELAB L* of the skin around scars minus that of the scars, by an instrument; shown, never used in the forecast.
    PigmentDifference,
    /// Individual typology angle of the skin, in degrees, by an instrument; shown, never used in the forecast.
    ItaDegrees,
}

impl OutcomeScale {
    /// Whether its values come from an instrument, and from nobody's judgement.
    #[must_use]
    pub const fn is_of_an_instrument(self) -> bool {
        matches!(
            self,
            Self::ScarVolumeMm3
                | Self::ScarAreaMm2
                | Self::ScarDepthMm
                | Self::ScarCount
                | Self::RednessDifference
                | Self::PigmentDifference
                | Self::ItaDegrees
        )
    }
}

/// Who judged an outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rater {
    /// Did not know when, or whether, treatment was given.
    Blinded,
    /// Knew.
    Open,
    /// The patient.
    Patient,
    /// An instrument; a practitioner accepted its number.
    Instrument,
}

/// A prescriber's decision against a relative contraindication.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Override {
    /// Id of the rule, `CI-…`.
    pub rule: String,
    /// Name of the prescriber.
    pub prescriber: String,
    /// Why.
    pub reason: String,
    /// Day of the decision.
    pub on: Date,
}

/// What is asked again, and what is prepared, on the day of treatment.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TreatmentDay {
    /// Has the patient consented to this session, in writing, after discussion?
    #[serde(default)]
    pub consent: Answer,
    /// Day of that consent.
    #[serde(default)]
    pub consent_on: Option<Date>,
    /// The cartridge.
    #[serde(default)]
    pub cartridge: Option<Cartridge>,
    /// Zones and depths planned for today.
    #[serde(default)]
    pub zones: Vec<PlannedZone>,
    /// Topical anaesthetic planned; `None` when nothing is said about it.
    #[serde(default)]
    pub anaesthetic: Option<Anaesthetic>,
}

/// The needle cartridge.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cartridge {
    /// The code on its pack (UDI), with its parts in brackets; `None` when not recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub udi: Option<String>,
    /// Lot number; `None` when not recorded.
    #[serde(default)]
    pub lot: Option<String>,
    /// Last day of use printed on it.
    #[serde(default)]
    pub expires: Option<Date>,
    /// Sterile packing intact?
    #[serde(default)]
    pub sterile_pack_intact: Answer,
    /// Used before, on anyone?
    #[serde(default)]
    pub used_before: Answer,
}

/// A zone and the depth planned for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedZone {
    /// Id of the zone in `protocol.toml`.
    pub zone: String,
    /// Needle depth planned, in micrometres.
    pub depth_um: u32,
}

/// Topical anaesthetic planned.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Anaesthetic {
    /// Id of the product in `protocol.toml`, or `none`.
    pub product: String,
    /// Amount, in grams.
    #[serde(default)]
    pub amount_g: Option<f64>,
    /// Area, in cm².
    #[serde(default)]
    pub area_cm2: Option<f64>,
    /// Contact time, in minutes.
    #[serde(default)]
    pub contact_minutes: Option<u32>,
    /// Under a film or wrap?
    #[serde(default)]
    pub occluded: Answer,
}
