//! The names a consultation may use, taken from the knowledge it is read against.

use std::collections::BTreeMap;

use resurface_knowledge::Knowledge;
use resurface_knowledge::contraindications::Trigger;

use crate::anaesthetic;
use crate::facts::{PIGMENTATION_HISTORY, PIGMENTATION_QUESTION};

/// Pairs of rules whose findings cannot both be present, with the reason.
const EXCLUSIVE_RULES: &[(&str, &str, &str)] = &[("CI-ISO-NOW", "CI-ISO-6M", "isotretinoin is taken now, or was stopped")];

/// The names a consultation may use.
pub(super) struct Vocabulary {
    /// Keys of findings, each with its question.
    pub(super) findings: BTreeMap<String, String>,
    /// Devices and the deepest setting of each, in micrometres, where it is known.
    pub(super) devices: Vec<(String, Option<u32>)>,
    pub(super) jurisdictions: Vec<String>,
    pub(super) zones: Vec<String>,
    pub(super) treatments: Vec<String>,
    /// Numbing products, and the word for none.
    pub(super) anaesthetics: Vec<String>,
    pub(super) rules: Vec<String>,
    /// Pairs of findings that cannot both be present, with the reason.
    pub(super) exclusive: Vec<(String, String, &'static str)>,
}

impl Vocabulary {
    pub(super) fn of(knowledge: &Knowledge) -> Self {
        let key = |rule: &str| {
            let rule = knowledge.contraindications.iter().find(|known| known.id == rule)?;
            match &rule.trigger {
                Trigger::Asked(key) => Some(key.clone()),
                Trigger::Derived(_) => None,
            }
        };
        let asked = knowledge.contraindications.iter().rev().filter_map(|rule| Some((key(&rule.id)?, rule.question.clone())));
        let pigmentation = (PIGMENTATION_HISTORY.to_owned(), PIGMENTATION_QUESTION.to_owned());
        let findings = asked.chain([pigmentation]).collect();
        let products = knowledge.protocol.anaesthetics.iter().map(|known| known.id.clone());
        Self {
            findings,
            devices: (knowledge.devices.iter())
                .map(|device| (device.id.clone(), device.depth_max_um.as_ref().map(|depth| depth.value)))
                .collect(),
            jurisdictions: knowledge.jurisdictions.iter().map(|place| place.id.clone()).collect(),
            zones: knowledge.protocol.zones.iter().map(|zone| zone.id.clone()).collect(),
            treatments: knowledge.treatments.treatments.iter().map(|treatment| treatment.id.clone()).collect(),
            anaesthetics: std::iter::once(anaesthetic::NONE.to_owned()).chain(products).collect(),
            rules: knowledge.contraindications.iter().map(|rule| rule.id.clone()).collect(),
            exclusive: (EXCLUSIVE_RULES.iter()).filter_map(|(one, other, why)| Some((key(one)?, key(other)?, *why))).collect(),
        }
    }
}
