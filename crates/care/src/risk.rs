//! What could go wrong over the course: pigmentation with its interval, and every other event with how common it is.

use resurface_knowledge::Knowledge;
use resurface_knowledge::Mark;
use resurface_knowledge::adverse_events::{AdverseEvent, PigmentationPrior};
use resurface_knowledge::contraindications::Side;
use serde::Serialize;
use statrs::distribution::{Beta, ContinuousCDF};

use crate::course::Span;
use crate::grading::Grading;

/// What could go wrong.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Risks {
    /// Sessions the chances are about.
    pub sessions: usize,
    /// Pigmentation.
    pub pigmentation: PigmentationRisk,
    /// Other events, expected ones first: how common each is in words, because no counts were seen.
    pub others: Vec<AdverseEvent>,
}

/// The chance of darker marks at any time in the course.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PigmentationRisk {
    /// Mean chance over the course, 0 to 1.
    pub mean: f64,
    /// Exact interval that holds nineteen twentieths.
    pub interval_95: Span,
    /// Mean chance in one session.
    pub mean_per_session: f64,
    /// How this patient's skin compares with the skin it was seen in.
    pub skin: SkinAgainstStudy,
    /// Fitzpatrick types it was seen in.
    pub seen_in_skin_types: Vec<u8>,
    /// Patients with pigmentation, and patients in all.
    pub seen: [u16; 2],
    /// In words.
    pub about: String,
    /// Ids in `sources.toml`.
    pub sources: Vec<String>,
    /// How far it was checked.
    pub mark: Mark,
    /// What other studies saw.
    pub disagreement: Vec<Side>,
}

/// How this patient's skin compares with the skin that a risk was seen in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SkinAgainstStudy {
    /// The same types.
    AsStudied,
    /// Lighter: the risk is expected to be lower; by how much was not seen.
    Lighter,
    /// Darker: the risk may be higher; by how much was not seen.
    Darker,
    /// Not known: it may be higher.
    NotKnown,
}

/// Risks over a course of so many sessions.
#[must_use]
pub fn risks(grading: &Grading, knowledge: &Knowledge, sessions: usize) -> Risks {
    let prior = &knowledge.adverse_events.pigmentation;
    Risks {
        sessions,
        pigmentation: PigmentationRisk {
            mean: mean_over(prior, sessions as f64),
            interval_95: Span {
                low: quantile_over(prior, sessions as f64, 0.025),
                high: quantile_over(prior, sessions as f64, 0.975),
            },
            mean_per_session: mean_over(prior, 1.0),
            skin: compare(grading.skin_type.for_caution, &prior.skin_types),
            seen_in_skin_types: prior.skin_types.clone(),
            seen: [prior.events, prior.patients],
            about: prior.about.clone(),
            sources: prior.sources.clone(),
            mark: prior.mark,
            disagreement: prior.disagreement.clone(),
        },
        others: knowledge.adverse_events.events.iter().filter(|event| event.id != "pih").cloned().collect(),
    }
}

fn compare(skin_type: Option<u8>, studied: &[u8]) -> SkinAgainstStudy {
    let (lightest, darkest) = (studied.iter().min().copied().unwrap_or(1), studied.iter().max().copied().unwrap_or(6));
    match skin_type {
        None => SkinAgainstStudy::NotKnown,
        Some(skin_type) if skin_type < lightest => SkinAgainstStudy::Lighter,
        Some(skin_type) if skin_type > darkest => SkinAgainstStudy::Darker,
        Some(_) => SkinAgainstStudy::AsStudied,
    }
}

/// `p` over the course of the study is `1 - (1 - p)^(n / n_study)` over `n` sessions, each session alike.
fn exponent(prior: &PigmentationPrior, sessions: f64) -> f64 {
    sessions / f64::from(prior.sessions_in_course.max(1))
}

/// `1 - E[(1 - p)^r]` for `p` of a Beta distribution: a ratio of Beta functions.
fn mean_over(prior: &PigmentationPrior, sessions: f64) -> f64 {
    let (a, b, r) = (prior.course_alpha, prior.course_beta, exponent(prior, sessions));
    let log_without = libm::lgamma(b + r) - libm::lgamma(b) + libm::lgamma(a + b) - libm::lgamma(a + b + r);
    -libm::expm1(log_without)
}

/// A quantile over `n` sessions: the map from the course of the study is monotone, so its quantile is mapped.
fn quantile_over(prior: &PigmentationPrior, sessions: f64, share: f64) -> f64 {
    let Ok(course) = Beta::new(prior.course_alpha, prior.course_beta) else { return f64::NAN };
    -libm::expm1(exponent(prior, sessions) * libm::log1p(-course.inverse_cdf(share)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consultation::Skin;
    use crate::grading::grade;
    use crate::people::{a_consultation, knowledge};

    fn risk(fitzpatrick: Option<u8>, sessions: usize) -> PigmentationRisk {
        let mut consultation = a_consultation();
        consultation.skin = Skin { fitzpatrick, ..Skin::default() };
        risks(&grade(&consultation, knowledge()), knowledge(), sessions).pigmentation
    }

    #[test]
    fn over_the_studys_own_course_it_is_the_studys_own_beta() {
        // Beta(5.5, 25.5), Jeffreys prior with 5 of 30: ends of 95 % by numerical integration of its density.
        let studied = risk(Some(4), 5);
        assert!((studied.mean - 5.5 / 31.0).abs() < 1e-12);
        assert!((studied.interval_95.low - 0.066_573_954).abs() < 1e-6, "{}", studied.interval_95.low);
        assert!((studied.interval_95.high - 0.327_427_752).abs() < 1e-6, "{}", studied.interval_95.high);
    }

    #[test]
    fn one_session_carries_less_and_more_sessions_carry_more() {
        let [one, four, six] = [1, 4, 6].map(|sessions| risk(Some(4), sessions));
        assert!((one.mean - 0.037).abs() < 0.003, "{}", one.mean);
        assert!(one.mean < four.mean && four.mean < six.mean && four.interval_95.high < six.interval_95.high);
        assert_eq!(one.mean, one.mean_per_session);
    }

    #[test]
    fn skin_is_held_against_the_skin_it_was_seen_in() {
        let skins = [Some(2), Some(4), Some(6), None].map(|skin_type| risk(skin_type, 4).skin);
        use SkinAgainstStudy::{AsStudied, Darker, Lighter, NotKnown};
        assert_eq!(skins, [Lighter, AsStudied, Darker, NotKnown]);
    }
}
