//! Is it safe for this person? Every rule is asked, the strictest answer decides, and every answer keeps its reason.
//!
//! Unknown is never safe: a rule that could change the decision and was not answered leaves it undecided. Findings are
//! joined, never weighed against each other, so one more finding never loosens a decision. Nothing here advises anybody
//! to stop a medicine.
//!
//! | the answer is yes, and the rule is | the decision is at least |
//! |---|---|
//! | absolute | not suitable; no override reaches it |
//! | relative | not suitable; with a named prescriber's override and reason, suitable with precautions |
//! | defer, cleared by time | defer until the day of the event plus the wait; from today when nobody knows the day |
//! | defer, cleared by a state | defer until somebody answers no |
//! | defer, cleared by both | defer until the day, and until somebody answers no |
//! | defer, left to a prescriber | with an override not older than the event, wait and state end on the rule's earliest day |
//! | precaution | suitable with precautions |
//! | not a contraindication | unchanged: it is listed, and does not count |
//!
//! A wait or a window that is over is listed as cleared. Not knowing is stricter than a step that is taken: a yes can end
//! "cannot decide" with a precaution, with a day that is long past, or with a prescriber's decision, and in no other way.

mod decision;
mod effect;
mod overrides;
mod page;
mod reason;

use jiff::civil::Date;
use resurface_knowledge::contraindications::{Class, Contraindication, LabelStatement, LabelStatus, LookedAt, Trigger};
use resurface_knowledge::devices::{Device, DeviceKind, Indicated};
use resurface_knowledge::{Knowledge, Version};

use crate::consultation::{Answer, Consultation, Override};
use crate::facts::{Detail, Facts, PolicyWait, needling_elsewhere};
pub use decision::{Decision, Until};
use effect::Effect;
pub use overrides::{OverrideJudged, OverrideOutcome};
pub use reason::Reason;

/// Which questions are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visit {
    /// Those of a consultation.
    Consultation,
    /// Those of a consultation and those of the treatment day.
    TreatmentDay,
}

/// What was decided about one consultation, and why.
#[derive(Clone, Debug)]
pub struct Screening<'a> {
    /// The decision.
    pub decision: Decision,
    /// The day it was made for.
    pub date: Date,
    /// The knowledge it was made with.
    pub knowledge_version: &'a Version,
    /// Findings that counted, strictest first.
    pub findings: Vec<Finding<'a>>,
    /// Rules that nobody has answered and that could change the decision.
    pub unanswered: Vec<Unanswered<'a>>,
    /// Findings whose time is over.
    pub cleared: Vec<Cleared<'a>>,
    /// Findings that are present and that clinics list, but that do not count.
    pub not_counted: Vec<&'a Contraindication>,
    /// What is outside the device's label.
    pub off_label: Vec<OffLabel<'a>>,
    /// What speaks against the device or the place itself.
    pub setting: Vec<SettingReason<'a>>,
    /// What was not read, or is not fixed, in the law of the place.
    pub law_not_known: &'a [String],
    /// What became of every override in the file.
    pub overrides: Vec<OverrideJudged<'a>>,
    /// How many rules were looked at.
    pub rules_looked_at: usize,
}

/// A finding that counted.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding<'a> {
    /// Its rule: reasons, sources, evidence, marks, disagreement and what clears it.
    pub rule: &'a Contraindication,
    /// How it counted here; for most findings the rule's own class.
    pub class: Class,
    /// What it does to the decision.
    pub effect: Decision,
    /// Day of the event, when it is known.
    pub on: Option<Date>,
    /// The wait of the settings that counted in place of the rule's own.
    pub wait: Option<PolicyWait>,
    /// What exactly was found.
    pub detail: Detail<'a>,
    /// The prescriber's decision that stands against it, if there is one.
    pub overridden: Option<&'a Override>,
    /// What the label of the device says about it.
    pub label: Option<&'a LabelStatement>,
}

/// A rule that nobody has answered.
#[derive(Clone, Debug, PartialEq)]
pub struct Unanswered<'a> {
    /// Its rule: the question, and why it is asked.
    pub rule: &'a Contraindication,
    /// The field that would answer it.
    pub detail: Detail<'a>,
}

/// A finding whose time is over.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cleared<'a> {
    /// Its rule.
    pub rule: &'a Contraindication,
    /// Day of the event.
    pub on: Date,
    /// Day from which it no longer counted.
    pub since: Date,
}

/// Something outside the device's label.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OffLabel<'a> {
    /// The rule whose finding is present.
    pub rule: &'a Contraindication,
    /// What the label says.
    pub statement: &'a LabelStatement,
}

/// What speaks against the device or the place itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum SettingReason<'a> {
    /// The knowledge has no such device.
    DeviceNotKnown(&'a str),
    /// Needles that heat are another device class, with warnings of its own: these rules do not plan them.
    Radiofrequency(&'a Device),
    /// Facial acne scars are not among the device's indications: treatment is off-label.
    OutsideIndication(&'a Device),
    /// The device's label was not read: what it forbids is not known here.
    LabelNotRead(&'a Device),
    /// The knowledge has no such place.
    JurisdictionNotKnown(&'a str),
}

impl SettingReason<'_> {
    /// What it does to the decision.
    #[must_use]
    pub const fn effect(&self) -> Decision {
        match self {
            Self::DeviceNotKnown(_) | Self::Radiofrequency(_) | Self::JurisdictionNotKnown(_) => Decision::NotSuitable,
            Self::LabelNotRead(_) => Decision::CannotDecide,
            Self::OutsideIndication(_) => Decision::SuitableWithPrecautions,
        }
    }
}

/// Screens one consultation.
#[must_use]
pub fn screen<'a>(consultation: &'a Consultation, knowledge: &'a Knowledge) -> Screening<'a> {
    screen_for(Visit::Consultation, &Facts::of(consultation, knowledge))
}

/// Screens for a visit, with facts that were read already.
#[must_use]
pub fn screen_for<'a>(visit: Visit, facts: &Facts<'a>) -> Screening<'a> {
    let mut screening = Screening {
        decision: Decision::Suitable,
        date: facts.consultation.date,
        knowledge_version: &facts.knowledge.version,
        findings: Vec::new(),
        unanswered: Vec::new(),
        cleared: Vec::new(),
        not_counted: Vec::new(),
        off_label: Vec::new(),
        setting: setting(facts),
        law_not_known: facts.jurisdiction.map_or(&[], |place| &place.not_known),
        overrides: Vec::new(),
        rules_looked_at: 0,
    };
    for reason in &screening.setting {
        screening.decision = screening.decision.join(reason.effect());
    }
    for rule in facts.knowledge.contraindications.iter().filter(|rule| is_asked(rule, visit, facts.consultation)) {
        screening.look_at(rule, facts);
    }
    screening.findings.sort_by_key(|finding| std::cmp::Reverse(finding.effect.rank()));
    screening.overrides = facts.consultation.overrides.iter().map(|written| judge(written, &screening, facts)).collect();
    screening
}

fn is_asked(rule: &Contraindication, visit: Visit, consultation: &Consultation) -> bool {
    match rule.looked_at {
        LookedAt::Consultation | LookedAt::ConsultationAndDay => true,
        LookedAt::Day => visit == Visit::TreatmentDay,
        LookedAt::AfterASession => after_a_session(rule, consultation),
    }
}

/// Once there was a session, here or elsewhere; and whenever somebody answers yes, whatever sessions the file has.
fn after_a_session(rule: &Contraindication, consultation: &Consultation) -> bool {
    let present = |key: &String| consultation.findings.get(key).is_some_and(|found| found.answer == Answer::Yes);
    !consultation.sessions.is_empty()
        || needling_elsewhere(consultation).next().is_some()
        || matches!(&rule.trigger, Trigger::Asked(key) if present(key))
}

impl<'a> Screening<'a> {
    fn look_at(&mut self, rule: &'a Contraindication, facts: &Facts<'a>) {
        self.rules_looked_at += 1;
        let fact = facts.about(rule);
        match effect::of(rule, &fact, facts) {
            Effect::Nothing => {}
            Effect::Listed => self.not_counted.push(rule),
            Effect::Unanswered => {
                self.decision = self.decision.join(Decision::CannotDecide);
                self.unanswered.push(Unanswered { rule, detail: fact.detail });
            }
            Effect::Cleared { on, since } => self.cleared.push(Cleared { rule, on, since }),
            Effect::Counts { class, decision, overridden } => {
                let label = rule.label.iter().find(|statement| statement.device == facts.consultation.device);
                if let Some(statement) = label.filter(|statement| is_off_label(statement)) {
                    self.off_label.push(OffLabel { rule, statement });
                }
                self.decision = self.decision.join(decision);
                let (on, wait, detail) = (fact.on, fact.wait, fact.detail);
                self.findings.push(Finding { rule, class, effect: decision, on, wait, detail, overridden, label });
            }
        }
    }

    /// Whether any rule or setting counts as strictly as the decision itself; the reasons for it, strictest first.
    #[must_use]
    pub fn reasons(&self) -> Vec<Reason<'a>> {
        reason::reasons(self)
    }
}

fn is_off_label(statement: &LabelStatement) -> bool {
    match statement.status {
        LabelStatus::Contraindication | LabelStatus::NotEvaluated | LabelStatus::OutsideIndication => true,
        LabelStatus::Precaution | LabelStatus::NotOnTheTextSeen => false,
    }
}

fn setting<'a>(facts: &Facts<'a>) -> Vec<SettingReason<'a>> {
    let mut reasons = Vec::new();
    match facts.device {
        None => reasons.push(SettingReason::DeviceNotKnown(&facts.consultation.device)),
        Some(device) if device.kind == DeviceKind::Radiofrequency => reasons.push(SettingReason::Radiofrequency(device)),
        Some(device) => match device.facial_acne_scars.value {
            Indicated::Cleared => {}
            Indicated::NotCleared => reasons.push(SettingReason::OutsideIndication(device)),
            Indicated::NotRead => reasons.push(SettingReason::LabelNotRead(device)),
        },
    }
    if facts.jurisdiction.is_none() {
        reasons.push(SettingReason::JurisdictionNotKnown(&facts.consultation.jurisdiction));
    }
    reasons
}

fn judge<'a>(written: &'a Override, screening: &Screening<'a>, facts: &Facts<'a>) -> OverrideJudged<'a> {
    let rule = facts.knowledge.contraindications.iter().find(|rule| rule.id == written.rule);
    let stands = || screening.findings.iter().any(|finding| finding.overridden == Some(written));
    let outcome = match rule {
        None => OverrideOutcome::RefusedNoSuchRule,
        Some(rule) => overrides::refusal(written, rule, &facts.about(rule), facts)
            .unwrap_or_else(|| if stands() { OverrideOutcome::Stands } else { OverrideOutcome::NotNeeded }),
    };
    OverrideJudged { written, outcome }
}
