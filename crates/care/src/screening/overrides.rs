//! A prescriber's decision against a rule: when it stands, and why it does not.

use resurface_knowledge::contraindications::{Class, Contraindication, OverrideBy};
use serde::Serialize;

use crate::consultation::{Consultation, Override, Profession};

/// What became of one override in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct OverrideJudged<'a> {
    /// The override as written.
    pub written: &'a Override,
    /// What became of it.
    pub outcome: OverrideOutcome,
}

/// What became of an override.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OverrideOutcome {
    /// It stands, and changed what its rule does.
    Stands,
    /// It would stand, but its rule did not count here.
    NotNeeded,
    /// Refused: no such rule.
    RefusedNoSuchRule,
    /// Refused: nobody may decide otherwise on an absolute contraindication.
    RefusedAbsolute,
    /// Refused: this rule leaves nothing to a prescriber.
    RefusedNobodyMay,
    /// Refused: no prescriber is named, or no reason is given.
    RefusedNoNameOrReason,
    /// Refused: the person named is the operator, whose profession does not prescribe.
    RefusedNotAPrescriber,
    /// Refused: dated after the consultation.
    RefusedDatedLater,
}

impl OverrideOutcome {
    /// In words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Stands => "stands",
            Self::NotNeeded => "not needed: the rule did not count",
            Self::RefusedNoSuchRule => "refused: there is no such rule",
            Self::RefusedAbsolute => "refused: nobody may decide otherwise on an absolute contraindication",
            Self::RefusedNobodyMay => "refused: this rule leaves nothing to a prescriber",
            Self::RefusedNoNameOrReason => "refused: it needs the prescriber's name and a reason",
            Self::RefusedNotAPrescriber => "refused: the operator named is not a prescriber",
            Self::RefusedDatedLater => "refused: it is dated after the consultation",
        }
    }

    /// Whether it was refused.
    #[must_use]
    pub const fn refused(self) -> bool {
        !matches!(self, Self::Stands | Self::NotNeeded)
    }
}

/// The override of `rule` that stands, if one does.
pub(super) fn standing<'a>(rule: &Contraindication, consultation: &'a Consultation) -> Option<&'a Override> {
    consultation.overrides.iter().find(|written| written.rule == rule.id && refusal(written, rule, consultation).is_none())
}

/// Why `written` cannot stand against `rule`; nothing when it can.
pub(super) fn refusal(written: &Override, rule: &Contraindication, consultation: &Consultation) -> Option<OverrideOutcome> {
    let prescriber = written.prescriber.trim();
    if rule.class == Class::Absolute {
        return Some(OverrideOutcome::RefusedAbsolute);
    }
    if rule.override_by == OverrideBy::Nobody {
        return Some(OverrideOutcome::RefusedNobodyMay);
    }
    if prescriber.is_empty() || written.reason.trim().is_empty() {
        return Some(OverrideOutcome::RefusedNoNameOrReason);
    }
    if written.on > consultation.date {
        return Some(OverrideOutcome::RefusedDatedLater);
    }
    let operator = &consultation.operator;
    let prescribes = matches!(operator.profession, Profession::Dermatologist | Profession::Doctor);
    if !prescribes && operator.name.trim().to_lowercase() == prescriber.to_lowercase() {
        return Some(OverrideOutcome::RefusedNotAPrescriber);
    }
    None
}
