//! Scales with the tables that grading reads: `scales.toml`, one named field per scale.

use serde::{Deserialize, Serialize};

use crate::fact::{Fact, Statement};
use crate::mark::Mark;

mod shape;
mod table;

/// All scales.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scales {
    /// Jacob's classes of atrophic scars.
    pub jacob: Jacob,
    /// Goodman-Baron qualitative grade.
    pub goodman_baron_qualitative: GradedScale,
    /// Goodman-Baron quantitative score.
    pub goodman_baron_quantitative: GoodmanBaronQuantitative,
    /// ECCA.
    pub ecca: Ecca,
    /// SCAR-S.
    pub scar_s: GradedScale,
    /// Investigator's Global Assessment of acne.
    pub iga: GradedScale,
    /// Fitzpatrick questionnaire.
    pub fitzpatrick: Fitzpatrick,
    /// Individual typology angle.
    pub ita: Ita,
    /// MASI and modified MASI.
    pub masi: Masi,
    /// Dermatology Life Quality Index: score only.
    pub dlqi: ScoreOnly,
    /// SCAR-Q: score only.
    pub scar_q: ScoreOnly,
    /// FACE-Q: score only.
    pub face_q: ScoreOnly,
    /// FASQoL: score only.
    pub fasqol: ScoreOnly,
    /// Post-acne hyperpigmentation index: score only.
    pub pahpi: ScoreOnly,
    /// Global Aesthetic Improvement Scale: reference only.
    pub gais: ScoreOnly,
    /// How bothered, 0 to 10.
    pub worry: ScoreOnly,
}

/// What every scale says of itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct About {
    /// Its name.
    pub name: String,
    /// What it measures.
    pub measures: String,
    /// From where to where it runs; `None` where that was not seen or there is no number.
    #[serde(default)]
    pub range: Option<Range>,
    /// Whose it is.
    pub licence: Licence,
    /// Ids in `sources.toml`.
    pub sources: Vec<String>,
    /// How far its table was checked.
    pub mark: Mark,
    /// What must be held against the paper before anyone relies on it.
    #[serde(default)]
    pub check: Option<String>,
    /// How it is used.
    #[serde(default, rename = "use")]
    pub use_: Option<String>,
}

/// From where to where a scale runs.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Range {
    /// Lowest value.
    pub min: f64,
    /// Highest value.
    pub max: f64,
    /// Smallest step; 0 for a continuous scale.
    pub step: f64,
    /// Which way is better.
    pub direction: Direction,
}

/// Which way is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// A lower value is better.
    LowerIsBetter,
    /// A higher value is better.
    HigherIsBetter,
    /// Neither.
    NoDirection,
}

/// Whose a scale is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Licence {
    /// What may be shown.
    pub status: LicenceStatus,
    /// In words.
    pub note: String,
}

/// What of a scale may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LicenceStatus {
    /// Free to implement in own words.
    Free,
    /// Permission is needed for any use.
    PermissionNeeded,
    /// Scores may be kept; the clinic supplies the licensed text.
    ScoresOnly,
}

/// Jacob's classes: limits of width and depth, and how overlaps are decided.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Jacob {
    /// What it is.
    #[serde(flatten)]
    pub about: About,
    /// An ice pick is narrower than this.
    pub ice_pick_width_below_mm: Fact<f64>,
    /// A boxcar is at least this wide.
    pub boxcar_width_from_mm: Fact<f64>,
    /// A boxcar is at most this wide.
    pub boxcar_width_to_mm: Fact<f64>,
    /// A shallow boxcar is at least this deep.
    pub boxcar_depth_from_mm: Fact<f64>,
    /// A boxcar this deep, itself included, is deep.
    pub boxcar_deep_from_mm: Fact<f64>,
    /// The diameter that splits the choice between punch techniques.
    pub boxcar_punch_split_mm: Fact<f64>,
    /// A rolling scar is wider than this.
    pub rolling_width_above_mm: Fact<f64>,
    /// From here on the width alone says rolling.
    pub rolling_width_firm_mm: Fact<f64>,
    /// How the overlaps are decided.
    #[serde(rename = "decision")]
    pub decisions: Vec<Decision>,
}

/// How an overlap of a published scale is decided here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// What overlaps.
    pub overlap: String,
    /// What is decided.
    pub decided: String,
    /// `ours` unless a source decides it.
    pub mark: Mark,
}

/// A scale of grades, each with its rule.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GradedScale {
    /// What it is.
    #[serde(flatten)]
    pub about: About,
    /// The grades, lowest first.
    #[serde(rename = "grade")]
    pub grades: Vec<Grade>,
    /// The questions that decide the grade, in order.
    #[serde(default)]
    pub decision_order: Vec<String>,
    /// Sites that are graded apart and added up; empty for one grade.
    #[serde(default)]
    pub sites: Vec<String>,
    /// Grade from which it matters to the patient.
    #[serde(default)]
    pub relevant_from: Option<u8>,
}

/// One grade.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grade {
    /// The number.
    pub grade: u8,
    /// Its name.
    pub name: String,
    /// When it is given.
    pub rule: String,
}

/// The Goodman-Baron quantitative table: points per row and count, and points for keloidal area.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GoodmanBaronQuantitative {
    /// What it is.
    #[serde(flatten)]
    pub about: About,
    /// How well raters agree.
    pub agreement: Statement,
    /// 1 to this many lesions are few.
    pub count_few_max: u16,
    /// More than few, to this many, are some; above are many.
    pub count_some_max: u16,
    /// The rows.
    pub rows: Vec<GoodmanBaronRow>,
    /// A keloidal or hypertrophic area below this is small.
    pub area_small_below_cm2: f64,
    /// From small to this, itself included, is medium; above is large.
    pub area_medium_to_cm2: f64,
    /// Points for a small area.
    pub area_small_points: u16,
    /// Points for a medium area.
    pub area_medium_points: u16,
    /// Points for a large area.
    pub area_large_points: u16,
}

/// One row of the Goodman-Baron quantitative table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoodmanBaronRow {
    /// The lesion, named as in a consultation's count table.
    pub item: GoodmanBaronItem,
    /// Its group, A to D.
    pub group: String,
    /// Points for few lesions.
    pub few: u16,
    /// Points for some.
    pub some: u16,
    /// Points for many.
    pub many: u16,
    /// In words.
    pub words: String,
}

/// Lesions that the Goodman-Baron quantitative score counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GoodmanBaronItem {
    /// Macular, red or pigmented.
    Macular,
    /// Mildly atrophic, dish-like.
    MildDish,
    /// Moderately atrophic, dish-like.
    ModerateDish,
    /// Punched out, shallow base, under 5 mm.
    PunchedShallow,
    /// Shallow but broad atrophic areas.
    ShallowBroad,
    /// Punched out, deep, normal base, under 5 mm.
    PunchedDeepNormalBase,
    /// Punched out, deep, abnormal base, under 5 mm.
    PunchedDeepAbnormalBase,
    /// Linear or troughed dermal scarring.
    LinearOrTrough,
    /// Deep, broad atrophic areas.
    DeepBroad,
    /// Hyperplastic papular.
    Papular,
}

/// The ECCA table: a weight per item, times a grade from the count.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ecca {
    /// What it is.
    #[serde(flatten)]
    pub about: About,
    /// How well raters agree.
    pub agreement: Statement,
    /// An atrophic scar narrower than this is V; the setting `ecca_at_2_mm` decides the boundary itself.
    pub narrow_below_mm: f64,
    /// An atrophic scar wider than this is M; the setting `ecca_at_4_mm` decides the boundary itself.
    pub broad_above_mm: f64,
    /// 1 to this many are grade 1.
    pub count_few_max: u16,
    /// More, to this many, are grade 2; above are grade 3.
    pub count_limited_max: u16,
    /// The items.
    pub items: Vec<EccaWeight>,
}

/// One item of ECCA and its weight.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EccaWeight {
    /// The item.
    pub item: EccaItem,
    /// Its weight, to be multiplied by a grade of 0 to 3.
    pub weight: u16,
    /// In words.
    pub words: String,
}

/// Items of ECCA.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EccaItem {
    /// Atrophic, narrow.
    V,
    /// Atrophic, sharp edges.
    U,
    /// Atrophic, broad.
    M,
    /// Superficial elastolysis.
    Elastolysis,
    /// Hypertrophic inflammatory, younger than two years.
    HypertrophicYoung,
    /// Keloid or hypertrophic, older than two years.
    KeloidOld,
}

/// The Fitzpatrick questionnaire: ten answers of 0 to 4, and two published sets of cut-offs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fitzpatrick {
    /// What it is.
    #[serde(flatten)]
    pub about: About,
    /// The ten questions, in our words, in the order of the answers.
    pub questions: Vec<String>,
    /// The published sets of cut-offs.
    #[serde(rename = "variant")]
    pub variants: Vec<FitzpatrickBands>,
}

/// One set of cut-offs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FitzpatrickBands {
    /// Which.
    pub variant: FitzpatrickVariant,
    /// How far it was checked.
    pub mark: Mark,
    /// What is odd about it.
    pub note: String,
    /// The bands, lowest first, without gaps from 0 to 40.
    pub bands: Vec<FitzpatrickBand>,
}

/// One band of totals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FitzpatrickBand {
    /// The type, 1 to 6; two where the variant does not tell them apart.
    pub types: Vec<u8>,
    /// Lowest total.
    pub from: u8,
    /// Highest total.
    pub to: u8,
}

/// Which of the two published sets of cut-offs the Fitzpatrick questionnaire is read with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FitzpatrickVariant {
    /// Type I is 0 to 6.
    ZeroToSix,
    /// Type I is 0 to 7.
    ZeroToSeven,
}

/// The individual typology angle and its classes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ita {
    /// What it is; its mark is that of the formula.
    #[serde(flatten)]
    pub about: About,
    /// How far the limits of the classes were checked.
    pub classes_mark: Mark,
    /// The classes, lightest first: the first whose limit the angle exceeds.
    pub classes: Vec<ItaClass>,
}

/// One class of skin colour.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ItaClass {
    /// Its name.
    pub name: String,
    /// The angle is above this, in degrees; nothing for the last class.
    #[serde(default)]
    pub above_degrees: Option<f64>,
}

/// MASI and modified MASI.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Masi {
    /// What it is.
    #[serde(flatten)]
    pub about: About,
    /// Highest modified MASI.
    pub modified_max: f64,
    /// Highest grade of area.
    pub area_max: u8,
    /// Highest grade of darkness.
    pub darkness_max: u8,
    /// Highest grade of homogeneity.
    pub homogeneity_max: u8,
    /// Areas of the face and their weights.
    pub areas: Vec<MasiArea>,
}

/// One area of MASI.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MasiArea {
    /// Which.
    pub area: String,
    /// Its weight; the weights add up to 1.
    pub weight: f64,
}

/// A scale of which only the score is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScoreOnly {
    /// What it is.
    #[serde(flatten)]
    pub about: About,
    /// What a score means, lowest first; empty where no bands are known.
    #[serde(default)]
    pub bands: Vec<Band>,
    /// Smallest difference that matters to patients.
    #[serde(default)]
    pub important_difference: Option<Fact<f64>>,
}

/// What a range of scores means.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Band {
    /// In words.
    pub name: String,
    /// Lowest score.
    pub from: f64,
    /// Highest score.
    pub to: f64,
}

impl GoodmanBaronQuantitative {
    /// The highest score the table can give.
    #[must_use]
    pub fn maximum(&self) -> u16 {
        self.rows.iter().map(|row| row.many).sum::<u16>() + self.area_large_points
    }

    /// The row of a lesion.
    #[must_use]
    pub fn row(&self, item: GoodmanBaronItem) -> Option<&GoodmanBaronRow> {
        self.rows.iter().find(|row| row.item == item)
    }
}

impl Ecca {
    /// The highest grade of one item.
    pub const GRADE_MAX: u16 = 3;

    /// The highest score the table can give.
    #[must_use]
    pub fn maximum(&self) -> u16 {
        self.items.iter().map(|item| item.weight).sum::<u16>() * Self::GRADE_MAX
    }

    /// The weight of an item.
    #[must_use]
    pub fn weight(&self, item: EccaItem) -> Option<u16> {
        self.items.iter().find(|weight| weight.item == item).map(|weight| weight.weight)
    }
}

impl Fitzpatrick {
    /// The cut-offs of a variant.
    #[must_use]
    pub fn bands(&self, variant: FitzpatrickVariant) -> Option<&FitzpatrickBands> {
        self.variants.iter().find(|bands| bands.variant == variant)
    }
}
