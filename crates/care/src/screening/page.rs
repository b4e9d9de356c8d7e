//! Screening as a program reads it: words are put together here, once, and not while deciding.

use jiff::civil::Date;
use resurface_knowledge::contraindications::{Class, Contraindication, LabelStatement, Side};
use resurface_knowledge::{EvidenceCode, Mark};
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::{Cleared, Decision, Finding, OffLabel, Reason, Screening, SettingReason, Unanswered};
use crate::consultation::Override;
use crate::facts::Detail;

impl Serialize for Screening<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let not_counted: Vec<_> = self.not_counted.iter().map(|rule| Listed::of(rule)).collect();
        let mut fields = serializer.serialize_struct("Screening", 13)?;
        fields.serialize_field("decision", &self.decision)?;
        fields.serialize_field("date", &self.date)?;
        fields.serialize_field("knowledge_version", self.knowledge_version)?;
        fields.serialize_field("rules_looked_at", &self.rules_looked_at)?;
        fields.serialize_field("reasons", &self.reasons())?;
        fields.serialize_field("findings", &self.findings)?;
        fields.serialize_field("unanswered", &self.unanswered)?;
        fields.serialize_field("cleared", &self.cleared)?;
        fields.serialize_field("not_counted", &not_counted)?;
        fields.serialize_field("off_label", &self.off_label)?;
        fields.serialize_field("setting", &self.setting)?;
        fields.serialize_field("law_not_known", self.law_not_known)?;
        fields.serialize_field("overrides", &self.overrides)?;
        fields.end()
    }
}

/// Where a wait comes from that a clinic can change.
const WAIT_OF_THE_SETTINGS: &str = "a setting that the clinic can change (settings.toml)";

#[derive(Serialize)]
struct FindingPage<'a> {
    rule: &'a str,
    finding: &'a str,
    class: Class,
    effect: Decision,
    on: Option<Date>,
    detail: String,
    clinician: &'a str,
    patient: &'a str,
    action: &'a str,
    clears: &'a str,
    wait_days: Option<u32>,
    wait_basis: Option<&'a str>,
    wait_mark: Option<Mark>,
    sources: &'a [String],
    evidence: EvidenceCode,
    evidence_note: Option<&'a str>,
    mark: Mark,
    mark_note: Option<&'a str>,
    disagreement: &'a [Side],
    label: Option<&'a LabelStatement>,
    overridden: Option<&'a Override>,
}

impl Serialize for Finding<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let rule = self.rule;
        let own = rule.wait.as_ref();
        FindingPage {
            rule: &rule.id,
            finding: &rule.finding,
            class: self.class,
            effect: self.effect,
            on: self.on,
            detail: self.detail.to_string(),
            clinician: &rule.clinician,
            patient: &rule.patient,
            action: &rule.action,
            clears: &rule.clears.when,
            wait_days: self.wait.map(|wait| wait.days).or(own.map(|wait| wait.days.into())),
            wait_basis: if self.wait.is_some() { Some(WAIT_OF_THE_SETTINGS) } else { own.map(|wait| wait.basis.as_str()) },
            wait_mark: if self.wait.is_some() { Some(Mark::Ours) } else { own.map(|wait| wait.mark) },
            sources: &rule.sources,
            evidence: rule.evidence,
            evidence_note: rule.evidence_note.as_deref(),
            mark: rule.mark,
            mark_note: rule.mark_note.as_deref(),
            disagreement: &rule.disagreement,
            label: self.label,
            overridden: self.overridden,
        }
        .serialize(serializer)
    }
}

/// A rule that is shown without deciding anything, or whose answer is missing.
#[derive(Serialize)]
struct Listed<'a> {
    rule: &'a str,
    finding: &'a str,
    question: &'a str,
    clinician: &'a str,
    patient: &'a str,
    sources: &'a [String],
    evidence: EvidenceCode,
    mark: Mark,
}

impl<'a> Listed<'a> {
    fn of(rule: &'a Contraindication) -> Self {
        Self {
            rule: &rule.id,
            finding: &rule.finding,
            question: &rule.question,
            clinician: &rule.clinician,
            patient: &rule.patient,
            sources: &rule.sources,
            evidence: rule.evidence,
            mark: rule.mark,
        }
    }
}

impl Unanswered<'_> {
    /// What to do about it: for a precaution, taking the step is as good as knowing.
    #[must_use]
    pub fn what_to_do(&self) -> &'static str {
        if self.rule.class == Class::Precaution {
            "Answer it, or answer yes and take the precaution."
        } else {
            "Answer it: until then treatment waits."
        }
    }

    /// The field of the consultation that would answer it.
    #[must_use]
    pub fn field(&self) -> String {
        match &self.detail {
            Detail::Missing(field) => (*field).to_owned(),
            Detail::NotAsked(key) => format!("findings.{key}"),
            _ => match &self.rule.trigger {
                resurface_knowledge::contraindications::Trigger::Asked(key) => format!("findings.{key}"),
                resurface_knowledge::contraindications::Trigger::Derived(_) => String::new(),
            },
        }
    }
}

impl Serialize for Unanswered<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Unanswered", 3)?;
        fields.serialize_field("field", &self.field())?;
        fields.serialize_field("what_to_do", self.what_to_do())?;
        fields.serialize_field("about", &Listed::of(self.rule))?;
        fields.end()
    }
}

impl Serialize for Cleared<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Cleared", 4)?;
        fields.serialize_field("rule", &self.rule.id)?;
        fields.serialize_field("finding", &self.rule.finding)?;
        fields.serialize_field("on", &self.on)?;
        fields.serialize_field("since", &self.since)?;
        fields.end()
    }
}

impl Serialize for OffLabel<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("OffLabel", 3)?;
        fields.serialize_field("rule", &self.rule.id)?;
        fields.serialize_field("finding", &self.rule.finding)?;
        fields.serialize_field("statement", &self.statement)?;
        fields.end()
    }
}

impl Serialize for SettingReason<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("SettingReason", 4)?;
        fields.serialize_field("says", &self.to_string())?;
        fields.serialize_field("effect", &self.effect())?;
        fields.serialize_field("sources", self.sources())?;
        fields.serialize_field("mark", &self.mark())?;
        fields.end()
    }
}

impl Serialize for Reason<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let rule = match self {
            Self::Finding(finding) => Some(&finding.rule.id),
            Self::Unanswered(unanswered) => Some(&unanswered.rule.id),
            Self::Setting(_) | Self::NothingFound { .. } => None,
        };
        let mut fields = serializer.serialize_struct("Reason", 4)?;
        fields.serialize_field("rule", &rule)?;
        fields.serialize_field("says", &self.to_string())?;
        fields.serialize_field("sources", self.sources())?;
        fields.serialize_field("mark", &self.mark())?;
        fields.end()
    }
}
