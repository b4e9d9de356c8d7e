//! The topical anaesthetic planned for the day, held against its label: product, amount, area, time, cover.

use std::fmt;

use resurface_knowledge::contraindications::{Contraindication, Trigger};
use resurface_knowledge::protocol::{AnaestheticProduct, AnaestheticUse, Occlusion};
use serde::Serialize;

use crate::consultation::{Anaesthetic, Answer, Profession};
use crate::facts::{Detail, Fact, Facts, not_answered};
use crate::sentence::Sentence;

/// Product id that says that nothing is put on.
pub const NONE: &str = "none";

/// What is wrong with the anaesthetic that is planned.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DoseFault {
    /// A field is missing: nobody can say.
    Missing(&'static str),
    /// The product is not in the protocol.
    NoSuchProduct,
    /// Strong creams made to order are not used.
    NotUsed,
    /// A prescriber's alone.
    PrescriberOnly,
    /// No limit was seen for it: a dose without a limit cannot be called safe.
    NoLimitKnown,
    /// More than the label allows, in g.
    Amount {
        /// Planned.
        planned_g: f64,
        /// Most that is allowed.
        max_g: f64,
    },
    /// A larger area than the label allows, in cm².
    Area {
        /// Planned.
        planned_cm2: f64,
        /// Largest that is allowed.
        max_cm2: f64,
    },
    /// On the skin longer than the label allows, in minutes.
    Contact {
        /// Planned.
        planned_minutes: u32,
        /// Longest that is allowed.
        max_minutes: u32,
    },
    /// Covered, which this product must not be.
    Covered,
    /// The patient must not have it.
    Excluded,
}

impl DoseFault {
    /// As a sentence.
    #[must_use]
    pub fn sentence(&self) -> Sentence {
        match self {
            Self::Missing(field) => not_answered(field),
            Self::NoSuchProduct => Sentence::new("said-no-such-product", "this product is not in the protocol"),
            Self::NotUsed => Sentence::new("said-product-not-used", "strong creams made to order are not used before needling"),
            Self::PrescriberOnly => Sentence::new("said-prescriber-only", "only a prescriber uses this product"),
            Self::NoLimitKnown => {
                Sentence::new("said-no-largest-dose", "its largest dose is not known, so no dose can be called safe")
            }
            Self::Amount { planned_g, max_g } => {
                Sentence::new("said-too-much", format!("{planned_g} g planned, {max_g:.1} g at most"))
                    .number("planned", *planned_g, 1)
                    .number("most", *max_g, 1)
            }
            Self::Area { planned_cm2, max_cm2 } => {
                Sentence::new("said-too-large", format!("{planned_cm2} cm2 planned, {max_cm2:.0} cm2 at most"))
                    .number("planned", *planned_cm2, 0)
                    .number("most", *max_cm2, 0)
            }
            Self::Contact { planned_minutes, max_minutes } => {
                Sentence::new("said-too-long", format!("{planned_minutes} minutes planned, {max_minutes} at most"))
                    .count("planned", *planned_minutes)
                    .count("most", *max_minutes)
            }
            Self::Covered => Sentence::new("said-not-to-be-covered", "it must not be covered"),
            Self::Excluded => Sentence::new("said-excluded", "this patient must not have this product"),
        }
    }
}

impl fmt::Display for DoseFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.sentence().fmt(out)
    }
}

/// What the anaesthetic planned says to the rule about doses: the worst fault counts.
pub(crate) fn fact<'a>(facts: &Facts<'a>) -> Fact<'a> {
    let faults = faults(facts);
    match faults.iter().find(|fault| !matches!(fault, DoseFault::Missing(_))) {
        Some(fault) => Fact::yes(Detail::Dose(*fault)),
        None => match faults.first() {
            Some(DoseFault::Missing(field)) => Fact::missing(field),
            _ => Fact::no(),
        },
    }
}

/// Everything that is wrong with the anaesthetic planned; nothing when it is within its label, or when none is used.
#[must_use]
pub fn faults(facts: &Facts<'_>) -> Vec<DoseFault> {
    let planned = facts.consultation.day.as_ref().and_then(|day| day.anaesthetic.as_ref());
    let Some(planned) = planned else { return vec![DoseFault::Missing("day.anaesthetic")] };
    if planned.product == NONE {
        return Vec::new();
    }
    let Some(product) = facts.knowledge.protocol.anaesthetic(&planned.product) else {
        return vec![DoseFault::NoSuchProduct];
    };
    let mut faults = Vec::new();
    let prescribes = matches!(facts.consultation.operator.profession, Profession::Dermatologist | Profession::Doctor);
    match product.use_ {
        AnaestheticUse::NotUsed => faults.push(DoseFault::NotUsed),
        AnaestheticUse::PrescriberOnly if !prescribes => faults.push(DoseFault::PrescriberOnly),
        AnaestheticUse::PrescriberOnly | AnaestheticUse::WithinLimits => {}
    }
    let area_factor = exclusions(facts, product, &mut faults);
    dose(planned, product, area_factor, &mut faults);
    contact(planned, product, &mut faults);
    faults
}

/// Adds a fault for every exclusion that is met or not answered; gives the share of the area that is left.
fn exclusions(facts: &Facts<'_>, product: &AnaestheticProduct, faults: &mut Vec<DoseFault>) -> f64 {
    let mut area_factor = 1.0;
    for rule in product.exclusions.iter().filter_map(|exclusion| exclusion.rule.as_deref()) {
        let rule = facts.knowledge.contraindications.iter().find(|known| known.id == rule);
        let answer = rule.map_or(Answer::Unknown, |rule| facts.about(rule).answer);
        let fault = match (rule.is_some_and(halves_the_area), answer) {
            (_, Answer::No) => continue,
            (true, _) => {
                area_factor = facts.knowledge.settings.arrhythmia_area_factor.value;
                continue;
            }
            (false, Answer::Yes) => DoseFault::Excluded,
            (false, Answer::Unknown) => DoseFault::Missing("who must not have this anaesthetic (findings)"),
        };
        if !faults.contains(&fault) {
            faults.push(fault);
        }
    }
    area_factor
}

/// Heart block, class III medicines and severe liver disease leave a part of the area (R11, R22); other findings exclude.
fn halves_the_area(rule: &Contraindication) -> bool {
    rule.id == "CI-ARRHYTH" && matches!(rule.trigger, Trigger::Asked(_))
}

fn dose(planned: &Anaesthetic, product: &AnaestheticProduct, area_factor: f64, faults: &mut Vec<DoseFault>) {
    let limits = (&product.amount_per_area_max_g_cm2, &product.amount_max_g, &product.area_max_cm2);
    let (Some(per_area), Some(amount), Some(area)) = limits else {
        faults.push(DoseFault::NoLimitKnown);
        return;
    };
    let area_max_cm2 = area.value * area_factor;
    match planned.area_cm2 {
        None => faults.push(DoseFault::Missing("day.anaesthetic.area_cm2")),
        Some(planned_cm2) if planned_cm2 > area_max_cm2 => {
            faults.push(DoseFault::Area { planned_cm2, max_cm2: area_max_cm2 });
        }
        Some(_) => {}
    }
    let by_area = planned.area_cm2.map_or(f64::INFINITY, |area| area * per_area.value);
    let max_g = (amount.value * area_factor).min(by_area);
    match planned.amount_g {
        None => faults.push(DoseFault::Missing("day.anaesthetic.amount_g")),
        // A dose typed as the label's own product of area and density is on the label, whatever the last bit says.
        Some(planned_g) if planned_g > max_g * (1.0 + 1e-9) => faults.push(DoseFault::Amount { planned_g, max_g }),
        Some(_) => {}
    }
}

fn contact(planned: &Anaesthetic, product: &AnaestheticProduct, faults: &mut Vec<DoseFault>) {
    match (planned.contact_minutes, product.contact_max_minutes.as_ref()) {
        (_, None) => faults.push(DoseFault::NoLimitKnown),
        (None, _) => faults.push(DoseFault::Missing("day.anaesthetic.contact_minutes")),
        (Some(planned_minutes), Some(max)) if planned_minutes > max.value => {
            faults.push(DoseFault::Contact { planned_minutes, max_minutes: max.value });
        }
        (Some(_), Some(_)) => {}
    }
    match (product.occlusion.value, planned.occluded) {
        (Occlusion::Allowed, _) | (Occlusion::NotAllowed, Answer::No) => {}
        (Occlusion::NotAllowed, Answer::Yes) => faults.push(DoseFault::Covered),
        (Occlusion::NotAllowed, Answer::Unknown) => faults.push(DoseFault::Missing("day.anaesthetic.occluded")),
    }
}
