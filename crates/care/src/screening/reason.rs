//! Why a decision is what it is, each reason with its sources or the word that it is ours.

use std::fmt;

use resurface_knowledge::Mark;

use super::{Decision, Finding, Screening, SettingReason, Unanswered};
use crate::sentence::Sentence;

/// One reason for a decision.
#[derive(Clone, Debug, PartialEq)]
pub enum Reason<'a> {
    /// A finding that counted.
    Finding(Finding<'a>),
    /// A rule that nobody has answered.
    Unanswered(Unanswered<'a>),
    /// The device or the place.
    Setting(SettingReason<'a>),
    /// Every rule was answered and none counted.
    NothingFound {
        /// How many rules were looked at.
        rules: usize,
    },
}

/// The reasons that carry the decision: those as strict as it is.
pub(super) fn reasons<'a>(screening: &Screening<'a>) -> Vec<Reason<'a>> {
    let rank = screening.decision.rank();
    let findings = screening.findings.iter().filter(|finding| finding.effect.rank() == rank).cloned().map(Reason::Finding);
    let setting = screening.setting.iter().filter(|reason| reason.effect().rank() == rank).copied().map(Reason::Setting);
    let unanswered = screening.unanswered.iter().filter(|_| screening.decision == Decision::CannotDecide);
    let reasons: Vec<_> = setting.chain(findings).chain(unanswered.cloned().map(Reason::Unanswered)).collect();
    if reasons.is_empty() { vec![Reason::NothingFound { rules: screening.rules_looked_at }] } else { reasons }
}

impl<'a> Reason<'a> {
    /// Ids of its sources in `sources.toml`; empty only when its mark is `ours`.
    #[must_use]
    pub fn sources(&self) -> &'a [String] {
        match self {
            Self::Finding(finding) => &finding.rule.sources,
            Self::Unanswered(unanswered) => &unanswered.rule.sources,
            Self::Setting(reason) => reason.sources(),
            Self::NothingFound { .. } => &[],
        }
    }

    /// How far it was checked.
    #[must_use]
    pub fn mark(&self) -> Mark {
        match self {
            Self::Finding(finding) => finding.rule.mark,
            Self::Unanswered(unanswered) => unanswered.rule.mark,
            Self::Setting(reason) => reason.mark(),
            Self::NothingFound { .. } => Mark::Ours,
        }
    }
}

impl<'a> SettingReason<'a> {
    /// Ids of its sources in `sources.toml`; empty only when its mark is `ours`.
    #[must_use]
    pub fn sources(&self) -> &'a [String] {
        match self {
            Self::Radiofrequency(device) => device.warnings.first().map_or(&[], |warning| &warning.sources),
            Self::OutsideIndication(device) | Self::LabelNotRead(device) => &device.facial_acne_scars.sources,
            Self::DeviceNotKnown(_) | Self::JurisdictionNotKnown(_) => &[],
        }
    }

    /// How far it was checked.
    #[must_use]
    pub fn mark(&self) -> Mark {
        match self {
            Self::Radiofrequency(device) => device.warnings.first().map_or(Mark::Ours, |warning| warning.mark),
            Self::OutsideIndication(device) | Self::LabelNotRead(device) => device.facial_acne_scars.mark,
            Self::DeviceNotKnown(_) | Self::JurisdictionNotKnown(_) => Mark::Ours,
        }
    }
}

impl SettingReason<'_> {
    /// As a sentence.
    #[must_use]
    pub fn sentence(&self) -> Sentence {
        match self {
            Self::DeviceNotKnown(id) => {
                Sentence::new("said-device-not-known", format!("The device {id:?} is not among those known here."))
                    .text("id", *id)
            }
            Self::Radiofrequency(device) => Sentence::new(
                "said-radiofrequency",
                format!(
                    "{} heats the skin: radiofrequency needling is another device class with warnings of its own, and these \
                     rules do not plan it.",
                    device.name
                ),
            )
            .text("device", &device.name),
            Self::OutsideIndication(device) => Sentence::new(
                "said-outside-indication",
                format!(
                    "Facial acne scars are not among the indications of {}: its use would be off-label, which the consent has \
                     to say.",
                    device.name
                ),
            )
            .text("device", &device.name),
            Self::LabelNotRead(device) => Sentence::new(
                "said-label-not-read",
                format!(
                    "The label of {} was not read here, so nobody can say what it forbids: read it, and describe the device \
                     in devices.toml, before a decision.",
                    device.name
                ),
            )
            .text("device", &device.name),
            Self::JurisdictionNotKnown(id) => {
                Sentence::new("said-place-not-known", format!("The place {id:?} is not among those known here.")).text("id", *id)
            }
        }
    }
}

impl fmt::Display for SettingReason<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.sentence().fmt(out)
    }
}

impl fmt::Display for Reason<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Finding(finding) => out.write_str(&finding.rule.clinician),
            Self::Unanswered(unanswered) => write!(out, "Not answered: {}", unanswered.rule.question),
            Self::Setting(reason) => reason.fmt(out),
            Self::NothingFound { rules } => write!(out, "All {rules} rules were answered, and none counts."),
        }
    }
}
