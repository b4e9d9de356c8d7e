//! Treatments of acne scars: what each serves, its evidence, its risks, and when needling is not the best (`treatments.toml`).

use serde::{Deserialize, Serialize};

use crate::contraindications::Side;
use crate::fact::Statement;
use crate::mark::Mark;

mod shape;
mod table;

/// Everything about treatments.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Treatments {
    /// How good the evidence is as a whole.
    pub quality: Vec<Statement>,
    /// What guidelines and consensus papers say.
    pub guidelines: Vec<Statement>,
    /// What was not seen.
    pub not_known: Vec<String>,
    /// The treatments, needling first, doing nothing last.
    #[serde(rename = "treatment")]
    pub treatments: Vec<Treatment>,
    /// When to tell the patient that needling is not the best choice.
    #[serde(rename = "not_best")]
    pub not_best: Vec<NotBest>,
    /// Where the evidence disagrees.
    #[serde(rename = "disagreement")]
    pub disagreements: Vec<Disagreement>,
}

/// One treatment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Treatment {
    /// The id a consultation names it by.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whether it is planned here, an alternative, a combination, or nothing at all.
    pub kind: TreatmentKind,
    /// What it is, for the clinician.
    pub what: String,
    /// What it is, for the patient.
    pub patient: String,
    /// What place it has for which scar.
    pub serves: Vec<Serves>,
    /// What studies found.
    #[serde(default)]
    pub evidence: Vec<Evidence>,
    /// What it risks, pigmentation included.
    pub risks: Vec<Statement>,
    /// Regulators' cautions and the need for its own consent.
    #[serde(default)]
    pub cautions: Vec<Statement>,
}

/// Kind of treatment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TreatmentKind {
    /// Needling itself: what these rules plan.
    PlannedHere,
    /// Another treatment.
    Alternative,
    /// Needling together with another treatment: not forecast here.
    Combination,
    /// Doing nothing.
    NoTreatment,
}

/// What place a treatment has for one type of scar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Serves {
    /// The scar.
    pub scar: ScarType,
    /// The place.
    pub place: PlaceInCare,
    /// Ids in `sources.toml`.
    pub sources: Vec<String>,
    /// How far it was checked.
    pub mark: Mark,
    /// What the place alone would hide.
    #[serde(default)]
    pub note: Option<String>,
}

/// Types of scar that choose a treatment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScarType {
    /// Narrow and deep.
    IcePick,
    /// Boxcar under 0.5 mm deep.
    BoxcarShallow,
    /// Boxcar of 0.5 mm and more.
    BoxcarDeep,
    /// Rolling, not tethered or not known to be.
    Rolling,
    /// Rolling and tethered to the tissue below.
    RollingTethered,
    /// Wide, soft, stretchable atrophy.
    WideSoft,
    /// Raised, within the scar.
    Hypertrophic,
    /// Raised, beyond the scar.
    Keloidal,
    /// Colour only.
    Macular,
    /// Any scar while acne is active.
    WithActiveAcne,
}

/// Place of a treatment for a type of scar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaceInCare {
    /// Among the first choices of the literature.
    FirstChoice,
    /// A choice.
    Option,
    /// Beside or after another treatment.
    Adjunct,
    /// Little to be expected.
    Poor,
    /// Not its indication.
    NotFor,
}

/// What a study found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// What was compared with what, in whom.
    pub comparison: String,
    /// What was measured.
    pub outcome: String,
    /// Of what kind the effect is, with its unit.
    pub effect_type: String,
    /// The effect; `None` where only a direction was seen.
    #[serde(default)]
    pub effect: Option<f64>,
    /// Lower limit of the 95 % interval.
    #[serde(default)]
    pub ci_low: Option<f64>,
    /// Upper limit of the 95 % interval.
    #[serde(default)]
    pub ci_high: Option<f64>,
    /// What the numbers alone would hide.
    #[serde(default)]
    pub note: Option<String>,
    /// Ids in `sources.toml`.
    pub sources: Vec<String>,
    /// How far it was checked.
    pub mark: Mark,
}

/// A reason to tell the patient that needling is not the best choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotBest {
    /// Its id.
    pub id: String,
    /// When.
    pub when: String,
    /// In the patient's words.
    pub patient: String,
    /// Ids of treatments to speak of instead.
    pub instead: Vec<String>,
    /// What it was derived from; ids in `sources.toml`.
    pub sources: Vec<String>,
    /// How far it was checked; `ours` for all so far.
    pub mark: Mark,
}

/// Where the evidence disagrees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disagreement {
    /// About what.
    pub about: String,
    /// The sides.
    pub sides: Vec<Side>,
    /// What both sides leave standing.
    pub common: String,
    /// Ids in `sources.toml` for that.
    pub sources: Vec<String>,
}

impl Treatments {
    /// The treatment with this id.
    #[must_use]
    pub fn treatment(&self, id: &str) -> Option<&Treatment> {
        self.treatments.iter().find(|treatment| treatment.id == id)
    }

    /// Treatments that have a place for this type of scar, best place first, in the order of the file within a place.
    #[must_use]
    pub fn serving(&self, scar: ScarType) -> Vec<(&Treatment, &Serves)> {
        let mut serving: Vec<(&Treatment, &Serves)> = self
            .treatments
            .iter()
            .flat_map(|treatment| treatment.serves.iter().map(move |serves| (treatment, serves)))
            .filter(|(_, serves)| serves.scar == scar)
            .collect();
        serving.sort_by_key(|(_, serves)| serves.place);
        serving
    }
}

impl Treatment {
    /// Its place for a type of scar; `None` where nothing was seen.
    #[must_use]
    pub fn place_for(&self, scar: ScarType) -> Option<&Serves> {
        self.serves.iter().find(|serves| serves.scar == scar)
    }
}
