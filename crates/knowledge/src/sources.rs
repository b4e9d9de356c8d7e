//! Who says so: the sources of `sources.toml`.

use serde::{Deserialize, Serialize};

use crate::Knowledge;
use crate::document::{FaultReport, Field, Shape};
use crate::explain::Explanation;
use crate::mark::Mark;
use crate::table::{Place, Table, rows};

/// One source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// A letter and a number, never reused.
    pub id: String,
    /// Who, what, where, when.
    pub citation: String,
    /// Where to read it.
    pub url: Option<String>,
    /// Whether the address itself was checked.
    pub url_status: UrlStatus,
    /// What kind of text it is: regulator, consensus, trial, marketing pages, …
    pub kind: String,
    /// What of it was read.
    pub what_was_seen: String,
    /// How far it was read.
    pub mark: Mark,
}

/// Whether the address of a source was checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UrlStatus {
    /// The identifier was seen in a stored text.
    IdentifierSeen,
    /// Built from a submission number, not opened.
    BuiltFromNumber,
    /// Recalled, or the site's root only: to be checked before it is cited.
    CheckBeforeCiting,
    /// There is none.
    NoAddress,
}

impl UrlStatus {
    const WORDS: [&'static str; 4] = ["identifier_seen", "built_from_number", "check_before_citing", "no_address"];

    /// In words, for a page.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::IdentifierSeen => "identifier seen in a stored text",
            Self::BuiltFromNumber => "built from a submission number, not opened",
            Self::CheckBeforeCiting => "recalled, or the site's root only: check before citing",
            Self::NoAddress => "no address",
        }
    }
}

impl Table for Vec<Source> {
    const FILE: &'static str = "sources.toml";

    fn shape() -> Shape {
        let source = Shape::table(vec![
            Field::required("id", Shape::name(), "a letter and a number, never reused"),
            Field::required("citation", Shape::quoted(), "who, what, where, when"),
            Field::optional("url", Shape::quoted(), "where to read it; left out when url_status is no_address"),
            Field::required("url_status", Shape::one_of(UrlStatus::WORDS), "whether the address was checked"),
            Field::required("kind", Shape::name(), "regulator, consensus, trial, marketing pages, …"),
            Field::required("what_was_seen", Shape::quoted(), "what of it was read"),
            Field::required("mark", Mark::shape(), "how far it was read"),
        ]);
        Shape::table(vec![Field::required("source", Shape::list(source, 1, 2_000), "the sources")])
    }

    fn decode(root: serde_json::Value) -> Result<Self, serde_json::Error> {
        rows(root, "source")
    }

    fn cross_check(&self, _knowledge: &Knowledge, root: Place<'_>, report: &mut FaultReport) {
        for (at, source) in self.iter().enumerate() {
            let place = root.field("source").element(at);
            if source.url.is_some() == (source.url_status == UrlStatus::NoAddress) {
                place.field("url_status").fault(
                    report,
                    "url and url_status contradict each other",
                    "url_status = \"no_address\" where there is no url, and only there",
                );
            }
            if source.mark == Mark::Ours {
                place.field("mark").fault(report, "a source is not an expert setting", "seen or recalled");
            }
        }
    }

    fn ids(&self) -> Vec<&str> {
        self.iter().map(|source| source.id.as_str()).collect()
    }

    fn explain(&self, id: &str, _knowledge: &Knowledge) -> Option<Explanation> {
        let source = self.iter().find(|source| source.id == id)?;
        let mut explanation = Explanation::new(id, "source", &source.citation);
        explanation.fact("kind", &source.kind, None);
        explanation.fact("address", source.url.as_deref().unwrap_or("none"), None);
        explanation.fact("address checked", source.url_status.words(), None);
        explanation.fact("what was seen", &source.what_was_seen, None);
        explanation.mark = Some(source.mark);
        Some(explanation)
    }
}
