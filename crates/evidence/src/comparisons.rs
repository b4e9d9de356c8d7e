//! What published reviews say about other treatments, as read from `knowledge/comparisons.csv`.

use serde::Serialize;

use crate::{
    Error,
    table::{self, Row, Word},
    trials::{Confidence, Mark},
};

/// One result of one published review.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comparison {
    /// Review.
    pub review_id: String,
    /// Year.
    pub year: Option<u32>,
    /// DOI or PubMed number.
    pub source: String,
    /// Trials pooled.
    pub trials: Option<u32>,
    /// Patients pooled.
    pub patients: Option<u32>,
    /// Which alternative it informs.
    pub about: Alternative,
    /// What is compared, in the words of the review.
    pub comparison: String,
    /// Outcome.
    pub outcome: String,
    /// Kind of effect.
    pub effect_type: EffectType,
    /// Effect.
    pub effect: Option<f64>,
    /// 95 % interval.
    pub ci: Option<[f64; 2]>,
    /// Share of variation between trials, percent.
    pub i2_pct: Option<f64>,
    /// What the review prints where it is not one number.
    pub as_reported: String,
    /// Remarks.
    pub note: String,
    /// Where it was read.
    pub url: String,
    /// How much was seen.
    pub confidence: Confidence,
    /// Read in a source, or recalled.
    pub mark: Mark,
}

/// Which alternative a review informs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Alternative {
    /// Microneedling itself.
    Needling,
    /// Platelet-rich plasma added to needling.
    Prp,
    /// Radiofrequency needling.
    RfNeedling,
    /// Fractional lasers.
    FractionalLaser,
    /// Several treatments ranked in one network.
    Network,
    /// Every acne-scar treatment.
    AllTreatments,
}

impl Word for Alternative {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("needling", Self::Needling),
        ("prp", Self::Prp),
        ("rf_needling", Self::RfNeedling),
        ("fractional_laser", Self::FractionalLaser),
        ("network", Self::Network),
        ("all_treatments", Self::AllTreatments),
    ];
}

/// Kind of effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EffectType {
    /// Mean difference, points of the scale.
    MeanDifference,
    /// Standardised mean difference.
    StandardisedMeanDifference,
    /// Odds ratio.
    OddsRatio,
    /// Risk ratio.
    RiskRatio,
    /// Ranking area in a network, percent.
    Sucra,
    /// p-values only.
    PValues,
    /// A count of reports.
    Count,
    /// A median.
    Median,
    /// Direction only.
    Direction,
    /// Words only.
    Narrative,
}

impl Word for EffectType {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("md", Self::MeanDifference),
        ("smd", Self::StandardisedMeanDifference),
        ("or", Self::OddsRatio),
        ("rr", Self::RiskRatio),
        ("sucra_pct", Self::Sucra),
        ("p_values", Self::PValues),
        ("count", Self::Count),
        ("median", Self::Median),
        ("direction", Self::Direction),
        ("narrative", Self::Narrative),
    ];
}

const COLUMNS: [&str; 18] = [
    "review_id",
    "year",
    "source",
    "trials",
    "patients",
    "about",
    "comparison",
    "outcome",
    "effect_type",
    "effect",
    "ci_low",
    "ci_high",
    "i2_pct",
    "as_reported",
    "note",
    "url",
    "confidence",
    "mark",
];

/// Read the table of published comparisons.
///
/// # Errors
/// Every bad cell with its line and column.
pub fn parse(text: &str) -> Result<Vec<Comparison>, Error> {
    table::read("comparisons.csv", text, &COLUMNS, comparison).map_err(Error::Table)
}

fn comparison(row: &mut Row<'_>) -> Comparison {
    let low = row.number("ci_low", -1000.0..=1000.0);
    let high = row.number("ci_high", -1000.0..=1000.0);
    Comparison {
        review_id: row.required("review_id"),
        year: row.count("year", 1950..=2100),
        source: row.text("source"),
        trials: row.count("trials", 1..=10_000),
        patients: row.count("patients", 1..=1_000_000),
        about: row.word("about"),
        comparison: row.required("comparison"),
        outcome: row.text("outcome"),
        effect_type: row.word("effect_type"),
        effect: row.number("effect", -1000.0..=1000.0),
        ci: low.zip(high).map(|(low, high)| [low, high]),
        i2_pct: row.number("i2_pct", 0.0..=100.0),
        as_reported: row.text("as_reported"),
        note: row.text("note"),
        url: row.text("url"),
        confidence: row.word("confidence"),
        mark: row.word("mark"),
    }
}
