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
pub(super) struct Wait<'k> {
    /// Id of the treatment.
    pub(super) treatment: &'static str,
    /// Key of the finding.
    pub(super) finding: &'k str,
    /// Days that the rule waits.
    pub(super) days: u16,
}

/// The names a consultation may use.
pub(super) struct Vocabulary<'k> {
    /// Keys of findings, each with its question.
    pub(super) findings: BTreeMap<&'k str, &'k str>,
    /// Devices and the deepest setting of each, in micrometres, where it is known.
    pub(super) devices: Vec<(&'k str, Option<u32>)>,
    pub(super) jurisdictions: Vec<&'k str>,
    pub(super) zones: Vec<&'k str>,
    pub(super) treatments: Vec<&'k str>,
    /// Numbing products, and the word for none.
    pub(super) anaesthetics: Vec<&'k str>,
    pub(super) rules: Vec<&'k str>,
    /// Pairs of findings that cannot both be present, with the reason.
    pub(super) exclusive: Vec<(&'k str, &'k str, &'static str)>,
    /// Treatments given before, after which a rule waits.
    pub(super) waits: Vec<Wait<'k>>,
}

impl<'k> Vocabulary<'k> {
    pub(super) fn of(knowledge: &'k Knowledge) -> Self {
        let key = |rule: &str| {
            let rule = knowledge.contraindications.iter().find(|known| known.id == rule)?;
            match &rule.trigger {
                Trigger::Asked(key) => Some(key.as_str()),
                Trigger::Derived(_) => None,
            }
        };
        let wait = |treatment, finding, rule: &str| {
            let rule = knowledge.contraindications.iter().find(|known| known.id == rule)?;
            Some(Wait { treatment, finding, days: rule.wait.as_ref()?.days })
        };
        let asked = knowledge.contraindications.iter().rev().filter_map(|rule| match &rule.trigger {
            Trigger::Asked(key) => Some((key.as_str(), rule.question.as_str())),
            Trigger::Derived(_) => None,
        });
        let products = knowledge.protocol.anaesthetics.iter().map(|known| known.id.as_str());
        Self {
            findings: asked.chain([(PIGMENTATION_HISTORY, PIGMENTATION_QUESTION)]).collect(),
            devices: (knowledge.devices.iter())
                .map(|device| (device.id.as_str(), device.depth_max_um.as_ref().map(|depth| depth.value)))
                .collect(),
            jurisdictions: knowledge.jurisdictions.iter().map(|place| place.id.as_str()).collect(),
            zones: knowledge.protocol.zones.iter().map(|zone| zone.id.as_str()).collect(),
            treatments: knowledge.treatments.treatments.iter().map(|treatment| treatment.id.as_str()).collect(),
            anaesthetics: std::iter::once(anaesthetic::NONE).chain(products).collect(),
            rules: knowledge.contraindications.iter().map(|rule| rule.id.as_str()).collect(),
            waits: (RULES_AFTER_TREATMENTS.iter()).filter_map(|(treatment, rule)| wait(*treatment, key(rule)?, rule)).collect(),
            exclusive: (EXCLUSIVE_RULES.iter()).filter_map(|(one, other, why)| Some((key(one)?, key(other)?, *why))).collect(),
        }
    }
}
