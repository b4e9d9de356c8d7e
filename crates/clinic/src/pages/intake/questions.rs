//! The questions of the intake, in the groups in which they are asked.

use resurface_care::facts::{PIGMENTATION_HISTORY, PIGMENTATION_QUESTION};
use resurface_knowledge::Knowledge;
use resurface_knowledge::contraindications::{Contraindication, LookedAt, Trigger};
use resurface_words::Words;

/// One question.
pub(super) struct Question<'a> {
    /// Its key in the findings of a consultation.
    pub(super) key: &'a str,
    /// As the practitioner asks it.
    pub(super) clinician: &'a str,
    /// Why it is asked, in the patient's words; nothing where no rule says so.
    pub(super) why: Option<&'a str>,
}

/// Groups, and the keys in each. A question that the knowledge has and no group names is asked with the circumstances.
const GROUPS: [(&str, &[&str]); 7] = [
    (
        "medicines",
        &[
            "isotretinoin_now",
            "isotretinoin_ended_recently",
            "anticoagulant",
            "nsaid_recently",
            "systemic_steroid",
            "immunosuppression",
            "chemotherapy",
            "topical_retinoid_or_acid",
            "irritant_topical",
        ],
    ),
    (
        "health",
        &[
            "bleeding_disorder",
            "diabetes",
            "connective_tissue_disease",
            "cardiac_device",
            "epilepsy",
            "lidocaine_risk",
            "methaemoglobinaemia_risk",
            "blood_borne_virus",
        ],
    ),
    ("allergies", &["steel_allergy", "nickel_allergy", "anaesthetic_allergy"]),
    (
        "skin",
        &[
            "keloid_tendency",
            "cold_sores_before",
            "acne_controlled_recently",
            "vitiligo",
            "koebnerising_disease",
            "radiotherapy_to_area",
            PIGMENTATION_HISTORY,
        ],
    ),
    (
        "area",
        &[
            "cold_sore_now",
            "wound_or_irritated_skin",
            "bacterial_infection",
            "fungal_infection",
            "viral_infection",
            "eczema_in_area",
            "psoriasis",
            "rosacea_flare",
            "skin_cancer_in_area",
            "keratosis_or_suspicious_lesion",
            "raised_lesion_in_area",
            "piercing_in_area",
            "tattoo_in_area",
        ],
    ),
    (
        "lately",
        &[
            "sunburn",
            "tan",
            "self_tanner",
            "superficial_peel",
            "deep_peel_or_ablative_laser",
            "nonablative_laser_or_ipl",
            "filler",
            "botulinum_toxin",
            "thread_lift_or_surgery",
            "facial_trauma",
            "hair_removal",
        ],
    ),
    ("circumstances", &["body_dysmorphic_concern", "cannot_consent_or_pressured", "aftercare_impossible"]),
];

/// The group of what is asked once a session was given here.
const SINCE: &str = "since";

/// The group in which a finding is asked; nothing where no group names it.
pub(in crate::pages) fn group_of(key: &str) -> Option<&'static str> {
    GROUPS.iter().find(|(_, keys)| keys.contains(&key)).map(|(group, _)| *group)
}

/// A question as a patient reads it, where it was put into plain words.
pub(in crate::pages) fn in_plain_words(key: &str, words: &Words) -> Option<String> {
    let key = format!("ask-{}", key.replace('_', "-"));
    words.has(&key).then(|| words.text(&key))
}

/// Whether a session was given here: only then is it asked what followed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sessions {
    NotYet,
    Given,
}

/// The questions, group by group.
pub(super) fn groups(knowledge: &Knowledge, sessions: Sessions) -> Vec<(&'static str, Vec<Question<'_>>)> {
    let mut asked: Vec<Question<'_>> = asked(knowledge, &[LookedAt::Consultation, LookedAt::ConsultationAndDay]);
    asked.push(Question { key: PIGMENTATION_HISTORY, clinician: PIGMENTATION_QUESTION, why: None });
    let mut groups = Vec::new();
    for (group, keys) in GROUPS {
        let in_group = keys.iter().filter_map(|key| asked.iter().position(|question| question.key == *key));
        let mut places: Vec<usize> = in_group.collect();
        if group == "circumstances" {
            places.extend((0..asked.len()).filter(|at| GROUPS.iter().all(|(_, keys)| !keys.contains(&asked[*at].key))));
        }
        let questions = places.into_iter().map(|at| Question { ..asked[at] }).collect();
        groups.push((group, questions));
    }
    if sessions == Sessions::Given {
        groups.push((SINCE, self::asked(knowledge, &[LookedAt::AfterASession])));
    }
    groups
}

/// Every question that is looked at then, once: several rules may ask the same.
fn asked<'a>(knowledge: &'a Knowledge, when: &[LookedAt]) -> Vec<Question<'a>> {
    let mut questions: Vec<Question<'a>> = Vec::new();
    for rule in knowledge.contraindications.iter().filter(|rule| when.contains(&rule.looked_at)) {
        if let Some(question) = question(rule).filter(|new| questions.iter().all(|known| known.key != new.key)) {
            questions.push(question);
        }
    }
    questions
}

fn question(rule: &Contraindication) -> Option<Question<'_>> {
    match &rule.trigger {
        Trigger::Asked(key) => Some(Question { key, clinician: &rule.question, why: Some(&rule.patient) }),
        Trigger::Derived(_) => None,
    }
}

impl Question<'_> {
    /// As the practitioner asks it.
    pub(super) fn asked(&self, words: &Words) -> String {
        if self.key == PIGMENTATION_HISTORY { words.text("ask-pigmentation-clinician") } else { self.clinician.to_owned() }
    }

    /// As the patient reads it, where it was put into plain words.
    pub(super) fn plain(&self, words: &Words) -> Option<String> {
        in_plain_words(self.key, words)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use resurface_words::{Language, Words};

    use super::{GROUPS, Knowledge, Sessions, groups};

    #[test]
    fn every_question_of_the_knowledge_has_its_group_and_plain_words_in_every_language() {
        let knowledge = Knowledge::built_in().unwrap();
        let grouped: BTreeSet<&str> = GROUPS.iter().flat_map(|(_, keys)| keys.iter().copied()).collect();
        let groups = groups(&knowledge, Sessions::Given);
        let asked: Vec<_> =
            groups.iter().flat_map(|(group, questions)| questions.iter().map(move |question| (group, question))).collect();
        assert_eq!(asked.len(), asked.iter().map(|(_, question)| question.key).collect::<BTreeSet<_>>().len());
        for (group, question) in &asked {
            assert!(**group == "since" || grouped.contains(question.key), "{} has no group", question.key);
            for language in Language::ALL {
                assert!(question.plain(Words::of(language)).is_some(), "{} in {}", question.key, language.code());
            }
        }
        assert!(grouped.iter().all(|key| asked.iter().any(|(_, question)| question.key == *key)));
    }
}
