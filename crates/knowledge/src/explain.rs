//! What is known about one id, ready to be shown: `resurface explain ID`.

use serde::Serialize;

use crate::Knowledge;
use crate::mark::{EvidenceCode, Mark};
use crate::near::nearest;
use crate::sources::Source;

/// Everything known about one id.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Explanation {
    /// The id asked for.
    pub id: String,
    /// What it is, in words: `rule`, `source`, `device`, …
    pub kind: &'static str,
    /// Its title.
    pub title: String,
    /// What is known, line by line.
    pub facts: Vec<FactLine>,
    /// The reason in the clinician's words.
    pub clinician: Option<String>,
    /// The reason in the patient's words.
    pub patient: Option<String>,
    /// Strength of the evidence.
    pub evidence: Option<EvidenceCode>,
    /// Who says so.
    pub sources: Vec<Source>,
    /// Where sources disagree.
    pub disagreement: Vec<ExplainedSide>,
    /// How far it was checked; nothing for an id whose facts each carry their own mark.
    pub mark: Option<Mark>,
    /// What exactly was seen and what was recalled.
    pub mark_note: Option<String>,
}

/// One fact as a label and its value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FactLine {
    /// What it is about.
    pub label: String,
    /// The fact, with its unit.
    pub value: String,
    /// Its own mark, where it has one.
    pub mark: Option<Mark>,
}

/// One side of a disagreement, with its sources in full.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ExplainedSide {
    /// What this side says.
    pub says: String,
    /// Who says it.
    pub sources: Vec<Source>,
}

impl Explanation {
    /// An explanation that has its title and nothing else yet.
    #[must_use]
    pub fn new(id: &str, kind: &'static str, title: &str) -> Self {
        Self {
            id: id.to_owned(),
            kind,
            title: title.to_owned(),
            facts: Vec::new(),
            clinician: None,
            patient: None,
            evidence: None,
            sources: Vec::new(),
            disagreement: Vec::new(),
            mark: None,
            mark_note: None,
        }
    }

    /// Adds a fact.
    pub fn fact(&mut self, label: &str, value: impl Into<String>, mark: Option<Mark>) {
        self.facts.push(FactLine { label: label.to_owned(), value: value.into(), mark });
    }
}

impl Knowledge {
    /// What is known about `id`, whichever table it stands in; upper and lower case are the same.
    #[must_use]
    pub fn explain(&self, id: &str) -> Option<Explanation> {
        let known = self.ids().into_iter().find(|known| known.eq_ignore_ascii_case(id.trim()))?;
        self.explain_in_tables(known)
    }

    /// Ids near to one that is not known, nearest first, at most five.
    #[must_use]
    pub fn near_ids(&self, wrong: &str) -> Vec<&str> {
        nearest(wrong, self.ids())
    }

    /// The sources with these ids, in the order of the ids.
    #[must_use]
    pub fn sources_of(&self, ids: &[String]) -> Vec<Source> {
        ids.iter().filter_map(|id| self.source(id)).cloned().collect()
    }

    /// The source with this id.
    #[must_use]
    pub fn source(&self, id: &str) -> Option<&Source> {
        self.sources.iter().find(|source| source.id == id)
    }
}
