//! Adverse-event rates of needling alone, each with its denominator and its arms.

use serde::Serialize;

use crate::{
    Error,
    exact::{Rate, rate},
    roles::{Role, RoleRow},
    trials::{Adverse, Arm, Counted},
};

/// Which adverse event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AdverseEvent {
    /// Post-inflammatory hyperpigmentation.
    Hyperpigmentation,
    /// Tram-track marks.
    TramTrack,
    /// Infection.
    Infection,
    /// Acne flare.
    AcneFlare,
}

/// The rate of one event over the arms that counted it. The interval treats all arms as one population.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AdverseRate {
    /// Event.
    pub event: AdverseEvent,
    /// All arms together; `None` when no arm counted it.
    pub all: Option<Rate>,
    /// Arm by arm.
    pub arms: Vec<ArmEvents>,
    /// Arms that mention it without a usable count or denominator.
    pub mentioned_only: Vec<String>,
}

/// The rate in one arm.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ArmEvents {
    /// Arm.
    pub arm_id: String,
    /// Fitzpatrick skin types, where stated.
    pub fitzpatrick: String,
    /// Sessions, where stated.
    pub sessions: Option<u32>,
    /// Rate.
    pub rate: Rate,
    /// In the words of the report.
    pub as_reported: String,
}

type CountOf = fn(&Adverse) -> Option<Counted>;

/// Rates of every event. Arms excluded for another reason than their outcome scale are not counted.
pub(super) fn rates(arms: &[Arm], roles: &[RoleRow]) -> Result<Vec<AdverseRate>, Error> {
    let excluded = |arm: &Arm| roles.iter().any(|role| role.role == Role::Exclude && role.arm_id == arm.arm_id);
    let mut patients: Vec<&Arm> = Vec::new();
    for arm in arms.iter().filter(|arm| arm.modality.is_needling_alone() && !excluded(arm)) {
        if !patients.iter().any(|known| known.arm_id == arm.arm_id) {
            patients.push(arm);
        }
    }
    let events: [(AdverseEvent, CountOf, &str); 4] = [
        (AdverseEvent::Hyperpigmentation, |adverse| adverse.pih, "pih:"),
        (AdverseEvent::TramTrack, |adverse| adverse.tram_track, "tram track:"),
        (AdverseEvent::Infection, |adverse| adverse.infection, "infection:"),
        (AdverseEvent::AcneFlare, |adverse| adverse.acne_flare, "acne flare:"),
    ];
    events.into_iter().map(|(event, counted, word)| one_event(event, counted, word, &patients)).collect()
}

fn one_event(event: AdverseEvent, counted: CountOf, word: &str, patients: &[&Arm]) -> Result<AdverseRate, Error> {
    let mut arms = Vec::new();
    let mut mentioned_only = Vec::new();
    let mut total = Counted { events: 0, of: 0 };
    for arm in patients {
        let Some(count) = counted(&arm.adverse) else {
            if arm.adverse.as_reported.contains(word) {
                mentioned_only.push(format!("{}: {}", arm.arm_id, arm.adverse.as_reported));
            }
            continue;
        };
        total.events += count.events;
        total.of += count.of;
        arms.push(ArmEvents {
            arm_id: arm.arm_id.clone(),
            fitzpatrick: arm.fitzpatrick.clone(),
            sessions: arm.timing.sessions,
            rate: rate(count.events, count.of)?,
            as_reported: arm.adverse.as_reported.clone(),
        });
    }
    let all = if total.of > 0 { Some(rate(total.events, total.of)?) } else { None };
    Ok(AdverseRate { event, all, arms, mentioned_only })
}
