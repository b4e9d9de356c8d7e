//! Fitzpatrick type: as judged, as the questionnaire gives it by each published set of cut-offs, and the one used for caution.

use resurface_knowledge::scales::{Fitzpatrick, FitzpatrickVariant};
use serde::Serialize;

use crate::consultation::Skin;

/// First type that counts as dark for interval, depth and pigment.
const DARK_FROM: u8 = 5;

/// What is known of the skin type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SkinType {
    /// As the practitioner judged it, 1 to 6.
    pub judged: Option<u8>,
    /// Total of the questionnaire, 0 to 40.
    pub questionnaire_total: Option<u8>,
    /// What that total means by the pinned cut-offs.
    pub pinned: Option<FitzpatrickReading>,
    /// What it means by the conflicting ones.
    pub other: Option<FitzpatrickReading>,
    /// The darker of what was judged and what the pinned cut-offs give; used wherever caution depends on it.
    pub for_caution: Option<u8>,
}

/// A total read by one set of cut-offs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FitzpatrickReading {
    /// Which cut-offs.
    pub variant: FitzpatrickVariant,
    /// The type, 1 to 6; two where the cut-offs do not tell them apart.
    pub types: Vec<u8>,
    /// What is odd about the cut-offs.
    pub note: String,
}

impl SkinType {
    /// Whether the skin counts as dark: type V or VI, or not known (unknown is never safe).
    #[must_use]
    pub fn counts_as_dark(&self) -> bool {
        self.for_caution.is_none_or(|skin_type| skin_type >= DARK_FROM)
    }
}

/// Everything known about the skin type.
#[must_use]
pub fn skin_type(skin: &Skin, scale: &Fitzpatrick, pinned: FitzpatrickVariant) -> SkinType {
    let total = skin.questionnaire.map(|answers| answers.iter().sum::<u8>());
    let other = match pinned {
        FitzpatrickVariant::ZeroToSix => FitzpatrickVariant::ZeroToSeven,
        FitzpatrickVariant::ZeroToSeven => FitzpatrickVariant::ZeroToSix,
    };
    let read = |variant| total.and_then(|total| questionnaire_type(total, scale, variant));
    let pinned = read(pinned);
    let asked = pinned.as_ref().and_then(|reading| reading.types.iter().max().copied());
    SkinType {
        judged: skin.fitzpatrick,
        questionnaire_total: total,
        other: read(other),
        for_caution: skin.fitzpatrick.max(asked),
        pinned,
    }
}

/// What a total of the questionnaire means by one set of cut-offs; nothing for a total it does not cover.
#[must_use]
pub fn questionnaire_type(total: u8, scale: &Fitzpatrick, variant: FitzpatrickVariant) -> Option<FitzpatrickReading> {
    let bands = scale.bands(variant)?;
    let band = bands.bands.iter().find(|band| (band.from..=band.to).contains(&total))?;
    Some(FitzpatrickReading { variant, types: band.types.clone(), note: bands.note.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::knowledge;

    fn types(total: u8, variant: FitzpatrickVariant) -> Vec<u8> {
        questionnaire_type(total, &knowledge().scales.fitzpatrick, variant).unwrap().types
    }

    #[test]
    fn the_pinned_cut_offs_change_where_published() {
        let edges = [(0, 1), (6, 1), (7, 2), (13, 2), (14, 3), (20, 3), (21, 4), (27, 4), (28, 5), (34, 5), (35, 6), (40, 6)];
        for (total, expected) in edges {
            assert_eq!(types(total, FitzpatrickVariant::ZeroToSix), [expected], "{total}");
        }
    }

    #[test]
    fn the_conflicting_cut_offs_decide_their_overlap_for_the_darker_type() {
        let read = |total| types(total, FitzpatrickVariant::ZeroToSeven);
        assert_eq!((read(7), read(8), read(16), read(17)), (vec![1], vec![2], vec![2], vec![3]));
        assert_eq!((read(24), read(25), read(30), read(31)), (vec![3], vec![4], vec![4], vec![5, 6]));
    }

    #[test]
    fn the_darker_of_two_answers_counts_and_no_answer_counts_as_dark() {
        let scale = &knowledge().scales.fitzpatrick;
        let read = |fitzpatrick, questionnaire| {
            skin_type(&Skin { fitzpatrick, questionnaire, colour: None }, scale, FitzpatrickVariant::ZeroToSix)
        };
        assert_eq!(read(Some(3), Some([3; 10])).for_caution, Some(5));
        assert_eq!(read(Some(6), Some([0; 10])).for_caution, Some(6));
        assert!(read(None, None).counts_as_dark());
        assert!(!read(Some(4), None).counts_as_dark());
        assert!(read(Some(5), None).counts_as_dark());
    }
}
