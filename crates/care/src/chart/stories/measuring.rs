//! What an instrument measured and a practitioner accepted, in the forecast.

use super::*;
use crate::consultation::{OutcomeMeasured, OutcomeScale, Rater};
use crate::review::Review;

/// Before the first session.
const BEFORE: Date = date(2026, 1, 2);
/// Four months after the last.
const AFTER: Date = date(2026, 8, 1);

/// A volume as it was accepted, with its error.
fn accepted(on: Date, scale: OutcomeScale, value: f64) -> Body {
    Body::Measured(Measured {
        outcome: OutcomeMeasured { date: on, scale, value, rater: Rater::Instrument, error_sd: Some(0.6) },
        method: Some("scan/1".into()),
        smallest_change: Some(1.7),
        change: Some(ChangeShown { since: BEFORE, verdict: ChangeVerdict::LargerThanTheError }),
    })
}

/// A score of somebody who did not know.
fn blinded(on: Date, value: f64) -> Body {
    Body::Measured(Measured::outcome(a_blinded_outcome(on, OutcomeScale::GoodmanBaronQuantitative, value)))
}

/// Treated three times, with these outcomes, and examined again.
fn treated(outcomes: impl IntoIterator<Item = Body>) -> Entries {
    let mut person = a_hopeful_person();
    person.date = BEFORE;
    let days = [date(2026, 1, 5), date(2026, 2, 16), date(2026, 3, 30)];
    let entries = days.into_iter().map(delivered).fold(Entries::of(&person), Entries::then);
    outcomes.into_iter().fold(entries, Entries::then).then(examined(&person, AFTER))
}

fn reviewed(entries: &Entries) -> Review {
    let (chart, setting) = (entries.chart(), setting_of(&a_hopeful_person()));
    let consultation = chart.asked(AFTER, &setting, &[], None).unwrap();
    bench(knowledge()).planned(&consultation).unwrap().review.unwrap()
}

fn chance(entries: &Entries) -> f64 {
    reviewed(entries).chances.goal_stopping_now
}

#[test]
fn accepted_volumes_move_the_forecast_the_right_way_and_less_than_a_blinded_score() {
    let volume = |value| accepted(AFTER, OutcomeScale::ScarVolumeMm3, value);
    let measured = |value| chance(&treated([accepted(BEFORE, OutcomeScale::ScarVolumeMm3, 20.0), volume(value)]));
    let scored = |value| chance(&treated([blinded(BEFORE, 20.0), blinded(AFTER, value)]));
    // given what is thought of somebody of whom nothing was measured
    let unknown = chance(&treated([]));
    // when an instrument measures less than half of what there was, or more than there was
    let (better, worse) = (measured(8.0), measured(24.0));
    // then the goal is nearer, or further
    assert!(worse < unknown - 0.03 && unknown + 0.03 < better, "{worse} {unknown} {better}");
    // and the same numbers on the scale itself, from somebody who did not know, say more
    assert!(scored(24.0) < worse - 0.03 && better + 0.03 < scored(8.0), "{} {worse} {better} {}", scored(24.0), scored(8.0));
}

#[test]
fn other_numbers_of_an_instrument_are_shown_and_leave_the_forecast_as_it_was() {
    let others = [
        (OutcomeScale::ScarAreaMm2, 140.0),
        (OutcomeScale::ScarDepthMm, 0.21),
        (OutcomeScale::ScarCount, 31.0),
        (OutcomeScale::RednessDifference, 4.2),
        (OutcomeScale::PigmentDifference, -2.5),
        (OutcomeScale::ItaDegrees, 33.0),
    ];
    let with = treated(others.map(|(scale, value)| accepted(AFTER, scale, value)));
    assert_eq!(chance(&with), chance(&treated([])));
    assert_eq!(with.chart().outcomes.len(), others.len());
}

#[test]
fn a_review_that_rests_on_accepted_volumes_is_computed_again_to_the_same_answer() {
    let volume = |on, value| accepted(on, OutcomeScale::ScarVolumeMm3, value);
    let entries = treated([volume(BEFORE, 20.0), volume(AFTER, 8.0)]);
    let setting = setting_of(&a_hopeful_person());
    let review = bench(knowledge()).review(&entries.chart(), AFTER, &setting, &[], None).unwrap();
    let entries = entries.then(Body::Reviewed(review));
    // read from the bytes that a ledger keeps
    let kept = |(id, body): &(EntryId, Body)| {
        (*id, Body::read(body.kind().word(), body.kind().version(), &body.to_bytes().unwrap()).unwrap())
    };
    let kept = Entries(entries.0.iter().map(kept).collect());
    let (id, body) = kept.0.last().unwrap();
    let again = replay(&Chart::before(*id, kept.recorded_entries()), body, &bench(knowledge())).unwrap();
    assert_eq!(again, Some(Replayed::Same));
}
