//! Which part a patient plays, and when: assigned by strata, so that a clinic of 200 holds every kind in its proportion.
//!
//! Patients are spread over the parts by a permutation. Within a part, the place in the population of responders and the day
//! of registration come from the additive recurrence of Roberts ("R2"), shifted by the seed: each is uniform, and spread more
//! evenly than chance would.

use jiff::ToSpan;
use jiff::civil::Date;
use resurface_care::chart::Step;

use crate::happening::Scenario;
use crate::random::{Random, Stream};

/// The part a patient plays. How the scars respond is never part of it: that is drawn from the population.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Script {
    /// Comes, is treated, is reviewed.
    Course,
    /// Came lately, and the chart waits at this step.
    JustStarted(Step),
    /// Something has to clear first, and does.
    DeferredThenTreated(Obstacle),
    /// Something has to clear first, and has not.
    StillDeferred(Obstacle),
    /// Microneedling is not for this patient.
    NotSuitable(Obstacle),
    /// Answers are missing.
    Undecided,
    /// Something goes wrong after this many sessions.
    AdverseEvent {
        /// Sessions before it.
        after: usize,
        /// Position among the events that may be.
        which: u32,
    },
    /// Consent is taken back after this many sessions.
    Withdraws {
        /// Sessions before it.
        after: usize,
    },
    /// The course proposed is not wanted.
    Declines,
}

/// What stands in the way at the first consultation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Obstacle {
    /// Inflamed acne.
    ActiveAcne,
    /// Oral isotretinoin.
    Isotretinoin,
    /// A cold sore.
    ColdSore,
    /// Sunburn.
    Sunburn,
    /// Botulinum toxin a few days ago.
    Toxin,
    /// Eczema of the area.
    Eczema,
    /// Pregnancy.
    Pregnant,
    /// Breast-feeding.
    BreastFeeding,
    /// Keloids before.
    KeloidTendency,
    /// Allergy to steel.
    SteelAllergy,
    /// A bleeding disorder.
    BleedingDisorder,
    /// Mostly ice-pick scars.
    MostlyIcePick,
}

/// The part of one patient.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Part {
    /// Which part.
    pub(crate) script: Script,
    /// Place in the population of responders, 0 worst to 1 best.
    pub(crate) place: f64,
    /// Day of registration.
    pub(crate) registered: Date,
}

/// One row: how many of 200 patients, and how many days ago they were registered. Shares and days are ours: enough of each
/// kind to look at, with most patients on an ordinary course.
struct Share {
    of_200: u32,
    days_ago: (i64, i64),
    script: fn(u32) -> Script,
}

/// Days before today on which the clinic opened.
const OPENED_DAYS_AGO: i64 = 730;

const SHARES: [Share; 9] = [
    Share { of_200: 118, days_ago: (10, OPENED_DAYS_AGO), script: |_| Script::Course },
    Share { of_200: 12, days_ago: (1, 16), script: |index| Script::JustStarted(pick(&WAITING_AT, index)) },
    Share { of_200: 16, days_ago: (230, OPENED_DAYS_AGO), script: |index| Script::DeferredThenTreated(pick(&CLEARS, index)) },
    Share { of_200: 8, days_ago: (1, 12), script: |index| Script::StillDeferred(pick(&NOT_YET_CLEAR, index)) },
    Share { of_200: 12, days_ago: (5, 700), script: |index| Script::NotSuitable(pick(&NEVER_CLEARS, index)) },
    Share { of_200: 6, days_ago: (1, 40), script: |_| Script::Undecided },
    Share {
        of_200: 16,
        days_ago: (70, 420),
        script: |index| Script::AdverseEvent { after: 1 + (index % 2) as usize, which: index },
    },
    Share { of_200: 6, days_ago: (150, 700), script: |index| Script::Withdraws { after: (index % 3) as usize } },
    Share { of_200: 6, days_ago: (10, 700), script: |_| Script::Declines },
];

const WAITING_AT: [Step; 6] = [Step::Intake, Step::Examine, Step::Screen, Step::Plan, Step::Consent, Step::Session];
const CLEARS: [Obstacle; 4] = [Obstacle::ActiveAcne, Obstacle::Isotretinoin, Obstacle::ColdSore, Obstacle::Sunburn];
const NOT_YET_CLEAR: [Obstacle; 4] = [Obstacle::ActiveAcne, Obstacle::ColdSore, Obstacle::Toxin, Obstacle::Eczema];
const NEVER_CLEARS: [Obstacle; 6] = [
    Obstacle::Pregnant,
    Obstacle::KeloidTendency,
    Obstacle::SteelAllergy,
    Obstacle::MostlyIcePick,
    Obstacle::BreastFeeding,
    Obstacle::BleedingDisorder,
];

fn pick<T: Copy>(several: &[T], index: u32) -> T {
    several[index as usize % several.len()]
}

impl Part {
    /// The part of patient `number`, from 1 to the number of patients.
    pub(crate) fn of(number: u32, scenario: &Scenario) -> Self {
        let mut random = Random::new(scenario.seed, 0, Stream::Clinic);
        let (start, place_shift, day_shift) = (random.bits(), random.uniform(), random.uniform());
        let (share, index) = stratum(permuted(number - 1, scenario.patients, start), scenario.patients);
        let row = &SHARES[share];
        let within = f64::from(index);
        // 1/p and 1/p^2 of the plastic number p; each part starts elsewhere on the sequence
        let place = (place_shift + 0.381_966 * share as f64 + 0.754_877_666_246_692_8 * within).fract();
        let day = (day_shift + 0.236_068 * share as f64 + 0.569_840_290_998_053_3 * within).fract();
        let (latest, earliest) = row.days_ago;
        let days_ago = latest + ((earliest - latest + 1) as f64 * day) as i64;
        Self { script: (row.script)(index), place, registered: scenario.until.saturating_sub(days_ago.days()) }
    }
}

/// A place of 0 to `count - 1` for each patient: an affine permutation with a step near the golden section.
fn permuted(at: u32, count: u32, start: u64) -> u32 {
    let count = u64::from(count.max(1));
    let golden = (count as f64 * 0.618_033_988_749_894_9) as u64;
    let step = (golden.max(1)..).find(|step| common_divisor(*step, count) == 1).unwrap_or(1);
    ((u64::from(at) * step + start % count) % count) as u32
}

const fn common_divisor(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// The part at a place, and which of its patients this is.
fn stratum(place: u32, count: u32) -> (usize, u32) {
    let total: u64 = SHARES.iter().map(|share| u64::from(share.of_200)).sum();
    let border = |before: u64| (before * u64::from(count)).div_ceil(total) as u32;
    let mut before = 0;
    for (at, share) in SHARES.iter().enumerate() {
        let (from, to) = (border(before), border(before + u64::from(share.of_200)));
        if (from..to).contains(&place) {
            return (at, place - from);
        }
        before += u64::from(share.of_200);
    }
    (0, place)
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use jiff::civil::date;

    use super::*;

    #[test]
    fn every_place_is_taken_once() {
        for count in [1, 2, 7, 200, 1000] {
            let places: BTreeSet<u32> = (0..count).map(|at| permuted(at, count, 12_345)).collect();
            assert_eq!((places.len(), places.last()), (count as usize, Some(&(count - 1))), "{count}");
        }
    }

    #[test]
    fn two_hundred_patients_are_shared_out_as_the_table_says() {
        assert_eq!(SHARES.iter().map(|share| share.of_200).sum::<u32>(), 200);
        let mut found = BTreeMap::new();
        for place in 0..200 {
            *found.entry(stratum(place, 200).0).or_insert(0) += 1;
        }
        assert!(found.into_iter().all(|(at, count)| SHARES[at].of_200 == count));
    }

    #[test]
    fn places_in_the_population_are_uniform_whatever_the_part() {
        let scenario = Scenario { patients: 2000, seed: 4, until: date(2026, 11, 20) };
        let mut places: Vec<f64> = (1..=2000).map(|number| Part::of(number, &scenario).place).collect();
        places.sort_by(f64::total_cmp);
        let worst = places.iter().enumerate().map(|(at, place)| (place - at as f64 / 2000.0).abs()).fold(0.0, f64::max);
        assert!(worst < 0.01, "{worst}");
    }
}
