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
        Class::Precaution => precaution(rule, fact, today).unwrap_or_else(|| counts(Decision::SuitableWithPrecautions, None)),
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

/// A precaution that time alone ends, and whose time is over.
fn precaution<'a>(rule: &Contraindication, fact: &Fact<'_>, today: Date) -> Option<Effect<'a>> {
    let (on, wait) = (fact.on?, own_wait(rule).filter(|_| rule.clears.by == ClearsBy::Time)?);
    let since = after(on, wait.days);
    (since <= today).then_some(Effect::Cleared { on, since })
}

/// A wait counts from the event, or from today when nobody knows its day; a state counts until somebody answers no.
///
/// A prescriber's decision shortens a wait to what the rule or the settings leave; where the rule leaves the decision to
/// a prescriber without naming a shortest wait, it takes the place of wait and state.
fn deferral<'a>(rule: &Contraindication, fact: &Fact<'_>, consultation: &'a Consultation) -> Effect<'a> {
    let today = consultation.date;
    let counts = |decision, overridden| Effect::Counts { class: Class::Defer, decision, overridden };
    let written = overrides::standing(rule, consultation);
    let by = if fact.wait.is_some() { ClearsBy::Time } else { rule.clears.by };
    let wait = fact.wait.or_else(|| own_wait(rule)).filter(|_| matches!(by, ClearsBy::Time | ClearsBy::TimeAndState));
    let on = fact.on.unwrap_or(today);
    if let Some(wait) = wait
        && by == ClearsBy::Time
        && after(on, wait.days) <= today
    {
        return Effect::Cleared { on, since: after(on, wait.days) };
    }
    let until = match (written, wait, wait.and_then(|wait| wait.override_from_days)) {
        (Some(_), _, None) => return counts(Decision::SuitableWithPrecautions, written),
        (None, None, _) | (_, None, Some(_)) => return counts(Decision::Defer(Until::State), None),
        (Some(_), Some(wait), Some(days)) => after(on, days.min(wait.days)),
        (None, Some(wait), _) => after(on, wait.days),
    };
    let decision = match (by, until > today) {
        (ClearsBy::TimeAndState, true) => Decision::Defer(Until::DateAndState(until)),
        (ClearsBy::TimeAndState, false) => Decision::Defer(Until::State),
        (_, true) => Decision::Defer(Until::Date(until)),
        (_, false) => Decision::SuitableWithPrecautions,
    };
    counts(decision, written)
}

fn own_wait(rule: &Contraindication) -> Option<PolicyWait> {
    let wait = rule.wait.as_ref()?;
    Some(PolicyWait { days: u32::from(wait.days), override_from_days: wait.override_from_days.map(u32::from) })
}

/// The day `days` after `day`; the calendar's last day when there is none.
fn after(day: Date, days: u32) -> Date {
    day.saturating_add(i64::from(days).days())
}
