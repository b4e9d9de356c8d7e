//! SCAR-S (2010), 0 to 15: one category each for face, chest and back.

use resurface_knowledge::scales::GradedScale;
use serde::Serialize;

use crate::consultation::ScarS;

/// The total and what each site's category is called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ScarSTotal {
    /// Total, 0 to 15.
    pub total: u32,
    /// Name of the category of face, chest and back.
    pub categories: [String; 3],
    /// Whether any site reaches the category from which scarring matters to patients.
    pub relevance: ScarSRelevance,
}

/// Whether scarring reaches what matters to patients.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ScarSRelevance {
    /// Some site does.
    Relevant,
    /// No site does.
    BelowRelevance,
}

/// Adds up the three sites.
#[must_use]
pub fn scar_s(given: ScarS, scale: &GradedScale) -> ScarSTotal {
    let sites = [given.face, given.chest, given.back];
    let name = |category: u8| {
        scale.grades.iter().find(|grade| grade.grade == category).map_or_else(String::new, |grade| grade.name.clone())
    };
    let relevant = scale.relevant_from.is_some_and(|from| sites.iter().any(|category| *category >= from));
    ScarSTotal {
        total: sites.iter().map(|category| u32::from(*category)).sum(),
        categories: sites.map(name),
        relevance: if relevant { ScarSRelevance::Relevant } else { ScarSRelevance::BelowRelevance },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::knowledge;

    #[test]
    fn sites_add_up_to_fifteen_at_most() {
        let scale = &knowledge().scales.scar_s;
        let all = |category| scar_s(ScarS { face: category, chest: category, back: category }, scale);
        assert_eq!(all(5).total, 15);
        assert_eq!(all(5).categories[0], "very severe");
        assert_eq!((all(0).total, all(0).relevance), (0, ScarSRelevance::BelowRelevance));
        assert_eq!(scar_s(ScarS { face: 1, chest: 1, back: 1 }, scale).relevance, ScarSRelevance::BelowRelevance);
        assert_eq!(scar_s(ScarS { face: 2, chest: 0, back: 0 }, scale).relevance, ScarSRelevance::Relevant);
    }
}
