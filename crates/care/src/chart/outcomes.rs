//! What became of the patients who were treated: one chart at a time, added up by what they began with and by who treated.

use std::collections::BTreeMap;

use resurface_knowledge::Knowledge;
use serde::Serialize;

use super::body::{Body, Examined};
use super::fold::{Chart, Recorded};
use crate::grading::{AtrophicCounts, qualitative, skin_type};
use crate::review::Verdict;

/// By what patients are put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Grouping {
    /// The type of most of their atrophic scars before treatment.
    ScarType,
    /// Goodman-Baron grade before treatment.
    Severity,
    /// Fitzpatrick type.
    SkinType,
    /// Who gave the latest session.
    Operator,
}

/// What became of some patients. Whether it went as forecast is what the latest review said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Patients who had a session.
    pub treated: u32,
    /// Sessions.
    pub sessions: u32,
    /// Patients about whom a review could say something.
    pub judged: u32,
    /// Of these, those on course or better.
    pub on_course: u32,
    /// Those slower than forecast.
    pub slower: u32,
    /// Those who do not respond.
    pub not_responding: u32,
    /// Patients with an adverse event.
    pub with_event: u32,
    /// Patients with one that is not over.
    pub with_open_event: u32,
}

/// What became of the patients of a clinic.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ClinicOutcomes {
    /// All of them.
    pub all: Tally,
    /// In groups; the name of a group is a word of the knowledge, a number, or the name of somebody who treats. What is not
    /// known is `unknown`.
    pub groups: BTreeMap<Grouping, BTreeMap<String, Tally>>,
}

/// What is not known.
const UNKNOWN: &str = "unknown";

impl Grouping {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::ScarType, Self::Severity, Self::SkinType, Self::Operator];

    /// Its word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::ScarType => "scar_type",
            Self::Severity => "severity",
            Self::SkinType => "skin_type",
            Self::Operator => "operator",
        }
    }
}

impl ClinicOutcomes {
    /// Adds a chart, of which `entries` are all entries. A patient who had no session counts nowhere.
    pub fn add<'a>(&mut self, chart: &Chart, entries: impl IntoIterator<Item = Recorded<'a>>, knowledge: &Knowledge) {
        let (Some(first), Some(last)) = (chart.sessions.first(), chart.sessions.last()) else { return };
        // Severity is as it was before treatment; a correction counts whenever it was written.
        let earlier = entries.into_iter().filter(|entry| matches!(entry.body, Body::Amended(_)) || entry.body.day() <= first.on);
        let before = Chart::fold(earlier).examined;
        let tally = Tally::of(chart);
        self.all.add(tally);
        let [scars, severity, skin] =
            before.map_or_else(|| [(); 3].map(|()| UNKNOWN.to_owned()), |before| begun_with(&before, knowledge));
        for (grouping, name) in Grouping::ALL.into_iter().zip([scars, severity, skin, last.operator.clone()]) {
            self.groups.entry(grouping).or_default().entry(name).or_default().add(tally);
        }
    }
}

impl Tally {
    fn of(chart: &Chart) -> Self {
        let verdict = chart.reviewed.as_ref().map(|reviewed| reviewed.answer.verdict);
        let is = |wanted: &[Verdict]| u32::from(verdict.is_some_and(|verdict| wanted.contains(&verdict)));
        Self {
            treated: 1,
            sessions: u32::try_from(chart.sessions.len()).unwrap_or(u32::MAX),
            judged: u32::from(verdict.is_some_and(|verdict| verdict != Verdict::TooEarlyToSay)),
            on_course: is(&[Verdict::OnCourse, Verdict::BetterThanExpected]),
            slower: is(&[Verdict::Slower]),
            not_responding: is(&[Verdict::NotResponding]),
            with_event: u32::from(!chart.events.is_empty()),
            with_open_event: u32::from(chart.events.iter().any(super::EventState::open)),
        }
    }

    fn add(&mut self, other: Self) {
        self.treated += other.treated;
        self.sessions += other.sessions;
        self.judged += other.judged;
        self.on_course += other.on_course;
        self.slower += other.slower;
        self.not_responding += other.not_responding;
        self.with_event += other.with_event;
        self.with_open_event += other.with_open_event;
    }
}

/// Main scar type, grade and skin type, as they were examined.
fn begun_with(examined: &Examined, knowledge: &Knowledge) -> [String; 3] {
    let scales = &knowledge.scales;
    let of_zone = |zone| AtrophicCounts::of_zone(zone, &scales.jacob);
    let counts = examined.scars.zones.iter().map(of_zone).fold(AtrophicCounts::default(), |sum, zone| sum.plus(&zone));
    let types =
        [("ice_pick", counts.ice_pick), ("boxcar", counts.boxcar_shallow + counts.boxcar_deep), ("rolling", counts.rolling)];
    let most = types.iter().map(|(_, count)| *count).max().unwrap_or_default();
    let main: Vec<&str> = types.iter().filter(|(_, count)| *count == most && most > 0).map(|(name, _)| *name).collect();
    let main = match main[..] {
        [one] => one,
        [] => UNKNOWN,
        _ => "mixed",
    };
    let grade = qualitative(&examined.scars, &counts).known();
    let skin = skin_type(&examined.skin, &scales.fitzpatrick, knowledge.settings.fitzpatrick_variant.value).for_caution;
    let number = |number: Option<u8>| number.map_or_else(|| UNKNOWN.to_owned(), |number| number.to_string());
    [main.to_owned(), number(grade), number(skin)]
}
