//! What one fact does to the decision under its rule.

use jiff::ToSpan;
use jiff::civil::Date;
use resurface_knowledge::contraindications::{Class, ClearsBy, Contraindication};

use super::overrides;
use super::{Decision, Until};
use crate::consultation::{Answer, Override};
use crate::facts::{Fact, Facts, PolicyWait, WaitEnds};

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

pub(super) fn of<'a>(rule: &Contraindication, fact: &Fact<'_>, facts: &Facts<'a>) -> Effect<'a> {
    let class = fact.counts_as.unwrap_or(rule.class);
    match (class, fact.answer) {
        (_, Answer::No) | (Class::NotAContraindication, Answer::Unknown) => return Effect::Nothing,
        (Class::NotAContraindication, Answer::Yes) => return Effect::Listed,
        (_, Answer::Unknown) => return Effect::Unanswered,
        (_, Answer::Yes) => {}
    }
    let today = facts.consultation.date;
    if let Some((on, since)) = out_of_window(rule, fact, today) {
        return Effect::Cleared { on, since };
    }
    let counts = |decision, overridden| Effect::Counts { class, decision, overridden };
    match class {
        Class::NotAContraindication => Effect::Listed,
        Class::Precaution => precaution(rule, fact, today).unwrap_or_else(|| counts(Decision::SuitableWithPrecautions, None)),
        Class::Absolute => counts(Decision::NotSuitable, None),
        Class::Relative => match overrides::standing(rule, fact, facts) {
            Some(written) => counts(Decision::SuitableWithPrecautions, Some(written)),
            None => counts(Decision::NotSuitable, None),
        },
        Class::Defer => deferral(rule, fact, facts),
    }
}

/// An event longer ago than the rule's window no longer counts; one whose day is not known, or for which a wait of the
/// settings still runs, always does.
fn out_of_window(rule: &Contraindication, fact: &Fact<'_>, today: Date) -> Option<(Date, Date)> {
    let (on, window) = (fact.on?, rule.window_days.filter(|_| fact.wait.is_none())?);
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
/// A prescriber's decision shortens a wait to what the rule or the settings leave, and answers for the state; it needs to
/// know the day. Where the rule leaves the decision to a prescriber without naming a shortest wait, it takes the place of
/// wait and state.
fn deferral<'a>(rule: &Contraindication, fact: &Fact<'_>, facts: &Facts<'a>) -> Effect<'a> {
    let today = facts.consultation.date;
    let counts = |decision, overridden| Effect::Counts { class: Class::Defer, decision, overridden };
    let by = fact.wait.map_or(rule.clears.by, |wait| wait.ends.into());
    let wait = fact.wait.or_else(|| own_wait(rule)).filter(|_| matches!(by, ClearsBy::Time | ClearsBy::TimeAndState));
    let on = fact.on.unwrap_or(today);
    let written = overrides::standing(rule, fact, facts).filter(|_| wait.is_none() || fact.on.is_some());
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
        (ClearsBy::TimeAndState, false) if written.is_none() => Decision::Defer(Until::State),
        (_, true) => Decision::Defer(Until::Date(until)),
        (_, false) => Decision::SuitableWithPrecautions,
    };
    counts(decision, written)
}

fn own_wait(rule: &Contraindication) -> Option<PolicyWait> {
    let wait = rule.wait.as_ref()?;
    let ends = if rule.clears.by == ClearsBy::Time { WaitEnds::ByTime } else { WaitEnds::ByTimeAndState };
    Some(PolicyWait { days: u32::from(wait.days), override_from_days: wait.override_from_days.map(u32::from), ends })
}

impl From<WaitEnds> for ClearsBy {
    fn from(ends: WaitEnds) -> Self {
        match ends {
            WaitEnds::ByTime => Self::Time,
            WaitEnds::ByTimeAndState => Self::TimeAndState,
        }
    }
}

/// The day `days` after `day`; the calendar's last day when there is none.
fn after(day: Date, days: u32) -> Date {
    day.saturating_add(i64::from(days).days())
}
