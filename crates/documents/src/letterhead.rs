//! What stands around every page.

use jiff::civil::DateTime;

/// What stands around every page: whose document it is, and what it was made with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letterhead {
    /// Name of the clinic.
    pub clinic: String,
    /// When it was printed, in the zone of the clinic.
    pub printed_on: DateTime,
    /// Version of the program.
    pub program: String,
    /// Hash of the knowledge.
    pub knowledge: String,
    /// Hash of the fitted population, where the document shows a forecast.
    pub model: Option<String>,
    /// Seed of the forecast, where it shows one.
    pub seed: Option<u64>,
}

/// Characters of a hash that tell two apart for a reader.
const HASH_SHOWN: usize = 12;

/// The beginning of a hash.
pub(crate) fn short(hash: &str) -> &str {
    hash.get(..HASH_SHOWN).unwrap_or(hash)
}

impl Letterhead {
    /// The versions in one line, the same in every language.
    pub(crate) fn versions(&self) -> String {
        let model = self.model.as_ref().map(|model| format!(" · model {}", short(model))).unwrap_or_default();
        let seed = self.seed.map(|seed| format!(" · seed {seed}")).unwrap_or_default();
        format!("resurface {} · knowledge {}{model}{seed}", self.program, short(&self.knowledge))
    }
}
