//! What was measured of two visits, as a page shows it and a practitioner accepts it.

use jiff::civil::Date;
use resurface_care::chart::{Body, ChangeShown, ChangeVerdict, Chart, EntryId, Measured, View};
use resurface_care::consultation::{OutcomeMeasured, OutcomeScale, Rater};
use resurface_ledger::identity::PatientId;
use resurface_measure::quantity::{Quantity, Verdict};
use serde::Serialize;

use super::scans::ScansCompared;

/// What was measured of two visits.
pub(crate) struct Proposal {
    pub(crate) patient: PatientId,
    /// The entries that were measured, the earlier one first.
    pub(crate) of: [EntryId; 2],
    /// Their days.
    pub(crate) days: [Date; 2],
    /// Method and version.
    pub(crate) method: String,
    /// What is to be said beside the numbers.
    pub(crate) remarks: Vec<Remark>,
    /// The numbers.
    pub(crate) numbers: Vec<Number>,
    /// Pictures of the change.
    pub(crate) maps: Vec<Map>,
    /// What was measured.
    pub(crate) subject: Subject,
}

/// What was measured, with what is known of it alone.
pub(crate) enum Subject {
    /// Two photographs.
    Photographs {
        view: View,
        /// Median distance between a place and itself, there and back, in pixels of the earlier one.
        residual_px: f64,
        /// The same as a share of the width of the skin in view.
        residual_share: f64,
    },
    /// Two scans.
    Scans(Box<ScansCompared>),
}

/// Something to be said beside the numbers.
pub(crate) struct Remark {
    /// The key of what it is about: one of the visits, or nothing where it is about both.
    pub(crate) of: Option<&'static str>,
    /// The key of its words.
    pub(crate) key: String,
    /// The same with its numbers, in English.
    pub(crate) english: String,
}

/// One number in both visits.
pub(crate) struct Number {
    /// The key of its name.
    pub(crate) key: String,
    /// Its unit.
    pub(crate) unit: &'static str,
    /// Digits after the point.
    pub(crate) decimals: usize,
    /// Of each visit.
    pub(crate) values: [Value; 2],
    /// The change, where both were measured.
    pub(crate) change: Option<Quantity>,
    /// What may be said of it.
    pub(crate) verdict: ChangeVerdict,
    /// On which scale it enters a chart; nothing where it is only shown.
    pub(crate) scale: Option<OutcomeScale>,
}

/// A number of one visit, or the key of the words that say why there is none.
pub(crate) type Value = Result<Quantity, String>;

/// A picture of the change.
pub(crate) struct Map {
    /// The key of its name.
    pub(crate) key: String,
    /// The file.
    pub(crate) png: Vec<u8>,
    pub(crate) width_px: usize,
    pub(crate) height_px: usize,
}

/// The word of a named value.
pub(crate) fn word(value: &impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default()
}

/// The verdict as a chart keeps it.
pub(crate) const fn kept(verdict: Verdict) -> ChangeVerdict {
    match verdict {
        Verdict::LargerThanTheError => ChangeVerdict::LargerThanTheError,
        Verdict::WithinTheError => ChangeVerdict::WithinTheError,
        Verdict::CannotBeTold => ChangeVerdict::CannotBeTold,
    }
}

impl Number {
    /// The scale on which it can be accepted: it was measured in both visits.
    pub(crate) fn acceptable(&self) -> Option<OutcomeScale> {
        self.scale.filter(|_| self.values.iter().all(Result::is_ok))
    }
}

impl Proposal {
    /// The entries that accepting these scales adds to a chart: the number of each visit, unless the chart holds what an
    /// instrument measured on that scale that day.
    pub(crate) fn accepted(&self, scales: &[OutcomeScale], chart: &Chart) -> Vec<Body> {
        let accepted = self.numbers.iter().filter_map(|number| Some((number, number.acceptable()?)));
        let accepted = accepted.filter(|(_, scale)| scales.contains(scale));
        accepted.flat_map(|(number, scale)| self.entries(number, scale, chart)).collect()
    }

    fn entries(&self, number: &Number, scale: OutcomeScale, chart: &Chart) -> Vec<Body> {
        let [since, _] = self.days;
        let held = |on: Date| {
            let same = |held: &&OutcomeMeasured| (held.date, held.scale, held.rater) == (on, scale, Rater::Instrument);
            chart.outcomes.iter().find(same).is_some()
        };
        let changes = [None, Some(ChangeShown { since, verdict: number.verdict })];
        let visits = number.values.iter().zip(self.days).zip(changes).filter(|((_, on), _)| !held(*on));
        visits
            .filter_map(|((value, on), change)| {
                let quantity = value.as_ref().ok()?;
                let finite = |number: f64| Some(number).filter(|number| number.is_finite());
                let outcome = OutcomeMeasured {
                    date: on,
                    scale,
                    value: quantity.value,
                    rater: Rater::Instrument,
                    error_sd: finite(quantity.uncertainty),
                };
                let smallest_change = finite(quantity.smallest_change);
                Some(Body::Measured(Measured { outcome, method: Some(self.method.clone()), smallest_change, change }))
            })
            .collect()
    }
}
