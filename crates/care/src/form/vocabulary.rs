//! The names a consultation may use, taken from the knowledge it is read against.

use std::collections::BTreeMap;

use resurface_knowledge::Knowledge;
use resurface_knowledge::contraindications::Trigger;

use crate::anaesthetic;
use crate::facts::{PIGMENTATION_HISTORY, PIGMENTATION_QUESTION};

/// Pairs of rules whose findings cannot both be present, with the reason.
const EXCLUSIVE_RULES: &[(&str, &str, &str)] = &[("CI-ISO-NOW", "CI-ISO-6M", "isotretinoin is taken now, or was stopped")];

/// Treatments after which a rule waits: id in `treatments.toml`, id of the rule.
const RULES_AFTER_TREATMENTS: &[(&str, &str)] = &[
    ("tca_cross", "CI-PEEL-DEEP"),
    ("fractional_co2", "CI-PEEL-DEEP"),
    ("er_yag", "CI-PEEL-DEEP"),
    ("nonablative_laser", "CI-LASER-NA"),
    ("vascular_laser", "CI-LASER-NA"),
    ("filler", "CI-FILLER"),
    ("punch_excision", "CI-THREAD"),
    ("punch_elevation", "CI-THREAD"),
];

/// A treatment, and the finding that has to name it while its wait runs.
pub(super) struct Wait {
    /// Id of the treatment.
    pub(super) treatment: &'static str,
    /// Key of the finding.
    pub(super) finding: String,
    /// Days that the rule waits.
    pub(super) days: u16,
}

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
    /// Treatments given before, after which a rule waits.
    pub(super) waits: Vec<Wait>,
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
        let wait = |treatment, finding: &str, rule: &str| {
            let rule = knowledge.contraindications.iter().find(|known| known.id == rule)?;
            Some(Wait { treatment, finding: finding.to_owned(), days: rule.wait.as_ref()?.days })
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
            waits: (RULES_AFTER_TREATMENTS.iter()).filter_map(|(treatment, rule)| wait(treatment, &key(rule)?, rule)).collect(),
            exclusive: (EXCLUSIVE_RULES.iter()).filter_map(|(one, other, why)| Some((key(one)?, key(other)?, *why))).collect(),
        }
    }
}
