use serde::{Deserialize, Serialize};

/// How far a fact was checked before it came here. Shown wherever the fact is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// Read in the source named beside it.
    Seen,
    /// From general knowledge, not read: to be checked against the source.
    Recalled,
    /// No source gives it: an expert setting of this project, which a clinic can change.
    Ours,
}

/// Strength of the evidence behind a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum EvidenceCode {
    /// Regulator, device label or law.
    A,
    /// Systematic review, consensus or guideline.
    B,
    /// Trial or cohort, possibly of another procedure.
    C,
    /// Case reports.
    D,
    /// Expert opinion.
    E,
    /// Marketing or consent pages only.
    F,
}

/// Where a fact comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cited {
    /// Ids in `sources.toml`; empty only for an expert setting.
    pub sources: Vec<String>,
    /// How far it was checked.
    pub mark: Mark,
}
