//! The treatment-day gate: may this session begin, today, with this needle, at this depth, by this operator?
//!
//! Every rule is asked again, those of the day with them, and what is prepared for the day is checked: consent, operator,
//! cartridge, every zone's depth, the anaesthetic. Whatever nobody knows refuses.

mod depth;
mod says;

use resurface_knowledge::contraindications::{DerivedFact, Trigger};
use resurface_knowledge::{Knowledge, Mark};
use serde::{Deserialize, Serialize};

use crate::anaesthetic::{self, DoseFault};
use crate::consultation::{Answer, Consultation, TreatmentDay};
use crate::facts::{Detail, Facts};
use crate::screening::{Decision, Screening, Visit, screen_for};
pub use says::Says;

/// Whether the session may begin, from most to least permissive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Permit {
    /// It may.
    Permitted,
    /// It may, with the steps that are named.
    PermittedWithPrecautions,
    /// It may not.
    Refused,
}

/// What one check says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Nothing against it.
    Passes,
    /// Go on with a step taken.
    Precaution,
    /// Nobody knows, so no.
    Unknown,
    /// No.
    Refuses,
}

/// What a check is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject<'a> {
    /// The day itself: whether anything was prepared.
    Day,
    /// The patient's consent.
    Consent,
    /// Training, validity and the permissions of operator and place.
    Operator,
    /// The needle cartridge.
    Cartridge,
    /// Place and depth of needling in one zone.
    Zone(&'a str),
    /// The anaesthetic.
    Anaesthetic,
}

/// One check of the day.
#[derive(Clone, Debug, PartialEq)]
pub struct Check<'a> {
    /// What it is about.
    pub subject: Subject<'a>,
    /// What it says.
    pub verdict: Verdict,
    /// Why, in values; its `Display` puts it into words.
    pub says: Says<'a>,
    /// Ids of its sources in `sources.toml`; empty only when its mark is `ours`.
    pub sources: &'a [String],
    /// How far it was checked.
    pub mark: Mark,
}

/// Whether a session may begin, and why.
#[derive(Clone, Debug, Serialize)]
pub struct Gate<'a> {
    /// Whether it may.
    pub permit: Permit,
    /// Every rule, those of the day with them.
    pub screening: Screening<'a>,
    /// What was prepared for the day.
    pub checks: Vec<Check<'a>>,
}

/// Decides whether the session that a consultation file describes under `day` may begin on the file's date.
#[must_use]
pub fn gate<'a>(consultation: &'a Consultation, knowledge: &'a Knowledge) -> Gate<'a> {
    let facts = Facts::of(consultation, knowledge);
    let screening = screen_for(Visit::TreatmentDay, &facts);
    let mut checks = Vec::new();
    match &consultation.day {
        None => checks.push(ours(Subject::Day, Verdict::Unknown, Says::NothingPrepared)),
        Some(day) => {
            checks.push(consent(day, &facts));
            checks.push(of_fact(Subject::Operator, DerivedFact::OperatorNotPermitted, &facts));
            checks.push(of_fact(Subject::Cartridge, DerivedFact::CartridgeNotAcceptable, &facts));
            depth::check(day, &facts, &mut checks);
            numbing(day, &facts, &mut checks);
        }
    }
    let permit = checks.iter().map(|check| check.verdict.permit()).fold(of_decision(screening.decision), Permit::max);
    Gate { permit, screening, checks }
}

impl Verdict {
    /// What this check alone would permit.
    #[must_use]
    pub const fn permit(self) -> Permit {
        match self {
            Self::Passes => Permit::Permitted,
            Self::Precaution => Permit::PermittedWithPrecautions,
            Self::Unknown | Self::Refuses => Permit::Refused,
        }
    }
}

impl<'a> Gate<'a> {
    /// The checks that speak against the session, or ask for a step.
    pub fn against(&self) -> impl Iterator<Item = &Check<'a>> {
        self.checks.iter().filter(|check| check.verdict != Verdict::Passes)
    }
}

impl Permit {
    /// In words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Permitted => "permitted",
            Self::PermittedWithPrecautions => "permitted with precautions",
            Self::Refused => "refused",
        }
    }
}

const fn of_decision(decision: Decision) -> Permit {
    match decision {
        Decision::Suitable => Permit::Permitted,
        Decision::SuitableWithPrecautions => Permit::PermittedWithPrecautions,
        Decision::CannotDecide | Decision::Defer(_) | Decision::NotSuitable => Permit::Refused,
    }
}

/// A check that no source gives: an expert setting of this project.
const fn ours<'a>(subject: Subject<'a>, verdict: Verdict, says: Says<'a>) -> Check<'a> {
    Check { subject, verdict, says, sources: &[], mark: Mark::Ours }
}

/// What a derived fact says, with the sources of the rule that asks for it; checked even where no rule asks.
fn of_fact<'a>(subject: Subject<'a>, asked: DerivedFact, facts: &Facts<'a>) -> Check<'a> {
    let fact = facts.derived(asked);
    let verdict = match fact.answer {
        Answer::No => Verdict::Passes,
        Answer::Unknown => Verdict::Unknown,
        Answer::Yes => Verdict::Refuses,
    };
    let says = if fact.detail == Detail::Nothing { Says::InOrder } else { Says::Found(fact.detail) };
    let rule = facts.knowledge.contraindications.iter().find(|rule| rule.trigger == Trigger::Derived(asked));
    let (sources, mark) = rule.map_or((&[][..], Mark::Ours), |rule| (&rule.sources[..], rule.mark));
    Check { subject, verdict, says, sources, mark }
}

/// Consent in writing, dated, not after the day and not older than the setting.
fn consent<'a>(day: &'a TreatmentDay, facts: &Facts<'a>) -> Check<'a> {
    let setting = &facts.knowledge.settings.consent_valid_days;
    let today = facts.consultation.date;
    let (verdict, says) = match (day.consent, day.consent_on) {
        (Answer::No, _) => (Verdict::Refuses, Says::NotConsented),
        (Answer::Unknown, _) => (Verdict::Unknown, Says::Found(Detail::Missing("day.consent"))),
        (Answer::Yes, None) => (Verdict::Unknown, Says::Found(Detail::Missing("day.consent_on"))),
        (Answer::Yes, Some(on)) if on > today => (Verdict::Refuses, Says::ConsentDatedLater { on }),
        (Answer::Yes, Some(on)) if age_days(on, today) > i64::from(setting.whole()) => {
            (Verdict::Refuses, Says::ConsentTooOld { on, valid_days: setting.whole() })
        }
        (Answer::Yes, Some(on)) => (Verdict::Passes, Says::Consented { on }),
    };
    Check { subject: Subject::Consent, verdict, says, sources: &setting.sources, mark: setting.mark }
}

fn age_days(from: jiff::civil::Date, to: jiff::civil::Date) -> i64 {
    from.until(to).map_or(i64::MAX, |span| i64::from(span.get_days()))
}

fn numbing<'a>(day: &'a TreatmentDay, facts: &Facts<'a>, checks: &mut Vec<Check<'a>>) {
    let product = day.anaesthetic.as_ref().and_then(|planned| facts.knowledge.protocol.anaesthetic(&planned.product));
    let (sources, mark) =
        product.map_or((&[][..], Mark::Ours), |product| (&product.occlusion.sources[..], product.occlusion.mark));
    let faults = anaesthetic::faults(facts);
    if faults.is_empty() {
        checks.push(Check { subject: Subject::Anaesthetic, verdict: Verdict::Passes, says: Says::InOrder, sources, mark });
    }
    for fault in faults {
        let verdict = if matches!(fault, DoseFault::Missing(_)) { Verdict::Unknown } else { Verdict::Refuses };
        checks.push(Check { subject: Subject::Anaesthetic, verdict, says: Says::Found(Detail::Dose(fault)), sources, mark });
    }
}
