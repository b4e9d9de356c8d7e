//! What one fact does to the decision under its rule.

use jiff::ToSpan;
use jiff::civil::Date;
use resurface_knowledge::contraindications::{Class, ClearsBy, Contraindication};

use super::overrides;
use super::{Decision, Until};
use crate::consultation::{Answer, Consultation, Override};
use crate::facts::{Fact, PolicyWait};

/// What one fact does to the decision.
pub(super) enum Effect<'a> {
    /// The finding is absent.
    Nothing,
    /// Present, shown, not counted.
    Listed,
    /// Nobody knows, and it matters.
    Unanswered,
    /// Present once, and over.
    Cleared { on: Date, since: Date },
    /// Present.
    Counts { class: Class, decision: Decision, overridden: Option<&'a Override> },
}

pub(super) fn of<'a>(rule: &Contraindication, fact: &Fact<'_>, consultation: &'a Consultation) -> Effect<'a> {
    let class = fact.counts_as.unwrap_or(rule.class);
    match (class, fact.answer) {
        (_, Answer::No) | (Class::NotAContraindication, Answer::Unknown) => return Effect::Nothing,
        (Class::NotAContraindication, Answer::Yes) => return Effect::Listed,
        (_, Answer::Unknown) => return Effect::Unanswered,
        (_, Answer::Yes) => {}
    }
    let today = consultation.date;
    if let Some((on, since)) = out_of_window(rule, fact, today) {
        return Effect::Cleared { on, since };
    }
    let counts = |decision, overridden| Effect::Counts { class, decision, overridden };
    match class {
        Class::NotAContraindication => Effect::Listed,
        Class::Precaution => counts(Decision::SuitableWithPrecautions, None),
        Class::Absolute => counts(Decision::NotSuitable, None),
        Class::Relative => match overrides::standing(rule, consultation) {
            Some(written) => counts(Decision::SuitableWithPrecautions, Some(written)),
            None => counts(Decision::NotSuitable, None),
        },
        Class::Defer => deferral(rule, fact, consultation),
    }
}

/// An event longer ago than the rule's window no longer counts; one whose day is not known always does.
fn out_of_window(rule: &Contraindication, fact: &Fact<'_>, today: Date) -> Option<(Date, Date)> {
    let (on, window) = (fact.on?, rule.window_days?);
    let since = after(on, u32::from(window) + 1);
    (since <= today).then_some((on, since))
}

/// A wait counts from the event, or from today when nobody knows its day; a state counts until somebody answers no.
/// A prescriber's decision shortens a wait to what the rule or the settings leave, and never a state.
fn deferral<'a>(rule: &Contraindication, fact: &Fact<'_>, consultation: &'a Consultation) -> Effect<'a> {
    let today = consultation.date;
    let counts = |decision, overridden| Effect::Counts { class: Class::Defer, decision, overridden };
    let by = if fact.wait.is_some() { ClearsBy::Time } else { rule.clears.by };
    let (Some(wait), ClearsBy::Time | ClearsBy::TimeAndState) = (fact.wait.or_else(|| own_wait(rule)), by) else {
        return counts(Decision::Defer(Until::State), None);
    };
    let on = fact.on.unwrap_or(today);
    let whole = after(on, wait.days);
    if by == ClearsBy::Time && whole <= today {
        return Effect::Cleared { on, since: whole };
    }
    let written = overrides::standing(rule, consultation);
    let until = if written.is_some() { after(on, wait.override_from_days.min(wait.days)) } else { whole };
    let decision = match (by, until > today) {
        (ClearsBy::Time, true) => Decision::Defer(Until::Date(until)),
        (ClearsBy::Time, false) => Decision::SuitableWithPrecautions,
        (_, true) => Decision::Defer(Until::DateAndState(until)),
        (_, false) => Decision::Defer(Until::State),
    };
    counts(decision, written)
}

fn own_wait(rule: &Contraindication) -> Option<PolicyWait> {
    let wait = rule.wait.as_ref()?;
    let days = u32::from(wait.days);
    Some(PolicyWait { days, override_from_days: wait.override_from_days.map_or(days, u32::from) })
}

/// The day `days` after `day`; the calendar's last day when there is none.
fn after(day: Date, days: u32) -> Date {
    day.saturating_add(i64::from(days).days())
}
