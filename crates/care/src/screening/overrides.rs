//! A prescriber's decision against a rule: when it stands, and why it does not.

use jiff::ToSpan;
use resurface_knowledge::contraindications::{Class, Contraindication, OverrideBy};
use serde::Serialize;

use crate::consultation::{Override, Profession};
use crate::facts::{Fact, Facts};

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
    /// Refused: dated before the event whose wait it would shorten.
    RefusedDatedBeforeTheEvent,
    /// Refused: older than the settings let a decision stand.
    RefusedTooOld,
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
            Self::RefusedDatedBeforeTheEvent => "refused: it was decided before the event that it is about: decide again",
            Self::RefusedTooOld => "refused: it is older than decisions stay valid (override_valid_days): decide again",
        }
    }

    /// Whether it was refused.
    #[must_use]
    pub const fn refused(self) -> bool {
        !matches!(self, Self::Stands | Self::NotNeeded)
    }
}

/// The override of `rule` that stands, if one does.
pub(super) fn standing<'a>(rule: &Contraindication, fact: &Fact<'_>, facts: &Facts<'a>) -> Option<&'a Override> {
    let stands = |written: &&Override| written.rule == rule.id && refusal(written, rule, fact, facts).is_none();
    facts.consultation.overrides.iter().find(stands)
}

/// Why `written` cannot stand against `rule`; nothing when it can.
pub(super) fn refusal(
    written: &Override,
    rule: &Contraindication,
    fact: &Fact<'_>,
    facts: &Facts<'_>,
) -> Option<OverrideOutcome> {
    let consultation = facts.consultation;
    let prescriber = plain(&written.prescriber);
    if rule.class == Class::Absolute {
        return Some(OverrideOutcome::RefusedAbsolute);
    }
    if rule.override_by == OverrideBy::Nobody {
        return Some(OverrideOutcome::RefusedNobodyMay);
    }
    if !says_something(&written.prescriber) || !says_something(&written.reason) {
        return Some(OverrideOutcome::RefusedNoNameOrReason);
    }
    if written.on > consultation.date {
        return Some(OverrideOutcome::RefusedDatedLater);
    }
    if rule.class == Class::Defer && fact.on.is_some_and(|event| written.on < event) {
        return Some(OverrideOutcome::RefusedDatedBeforeTheEvent);
    }
    let valid_days = i64::from(facts.knowledge.settings.override_valid_days.whole());
    if written.on.saturating_add(valid_days.days()) < consultation.date {
        return Some(OverrideOutcome::RefusedTooOld);
    }
    let operator = &consultation.operator;
    let prescribes = matches!(operator.profession, Profession::Dermatologist | Profession::Doctor);
    if !prescribes && plain(&operator.name) == prescriber {
        return Some(OverrideOutcome::RefusedNotAPrescriber);
    }
    None
}

/// A dash or a full stop is neither a name nor a reason.
fn says_something(text: &str) -> bool {
    text.chars().any(char::is_alphabetic)
}

/// A name without its spelling of spaces and capitals.
fn plain(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
