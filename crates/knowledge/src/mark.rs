use serde::{Deserialize, Serialize};

use crate::Knowledge;
use crate::document::{FaultReport, Shape};
use crate::fact::check_known;
use crate::table::Place;

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

impl Mark {
    /// The words a file may use.
    #[must_use]
    pub fn shape() -> Shape {
        Shape::one_of(["seen", "recalled", "ours"])
    }

    /// In words, for a page.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Seen => "seen in the source",
            Self::Recalled => "recalled, not checked against the source",
            Self::Ours => "expert setting",
        }
    }
}

impl EvidenceCode {
    /// The letters a file may use.
    #[must_use]
    pub fn shape() -> Shape {
        Shape::one_of(["A", "B", "C", "D", "E", "F"])
    }

    /// In words, for a page.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::A => "regulator, device label or law",
            Self::B => "systematic review, consensus or guideline",
            Self::C => "trial or cohort, possibly of another procedure",
            Self::D => "case reports",
            Self::E => "expert opinion",
            Self::F => "marketing or consent pages only",
        }
    }
}

/// A list of source ids.
pub(crate) fn source_ids() -> Shape {
    Shape::list(Shape::name(), 0, 30)
}

/// Checks `sources` and `mark` of one fact, whose table stands at `place`.
pub(crate) fn check_cited(sources: &[String], mark: Mark, place: &Place<'_>, knowledge: &Knowledge, report: &mut FaultReport) {
    check_source_ids(sources, &place.field("sources"), knowledge, report);
    if sources.is_empty() && mark != Mark::Ours {
        place.field("sources").fault(report, "no source is named", "at least one id of sources.toml, or mark = \"ours\"");
    }
}

/// Checks that every id of a list is a source.
pub(crate) fn check_source_ids(sources: &[String], place: &Place<'_>, knowledge: &Knowledge, report: &mut FaultReport) {
    for (at, id) in sources.iter().enumerate() {
        check_known(id, knowledge.sources.iter().map(|source| source.id.as_str()), "source", &place.element(at), report);
        if sources[..at].contains(id) {
            place.element(at).fault(report, format!("{id:?} is named twice"), "each source once");
        }
    }
}
