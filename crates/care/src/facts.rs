//! What the fields of a consultation say to each rule.

/// Fitzpatrick type, 1 to 6, of the ten answers (0 to 4 each) of the questionnaire.
///
/// Total 0 to 6 is I, 7 to 13 II, 14 to 20 III, 21 to 27 IV, 28 to 34 V, 35 and more VI: the published cut-offs that
/// this project pins; a conflicting variant is in `scales.toml`.
#[must_use]
pub fn fitzpatrick_of_questionnaire(answers: &[u8; 10]) -> u8 {
    match answers.iter().map(|answer| u16::from(*answer)).sum::<u16>() {
        0..=6 => 1,
        7..=13 => 2,
        14..=20 => 3,
        21..=27 => 4,
        28..=34 => 5,
        _ => 6,
    }
}
