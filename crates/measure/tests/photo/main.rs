//! Photographs: what is read, what is refused, and whether the numbers are right.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails where it panics")]
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    clippy::print_stderr,
    reason = "these tests read samples, and say what is not there"
)]

#[path = "../../examples/photo_accuracy/phantom.rs"]
mod phantom;

mod card;
mod compared;
mod files;
mod real;
mod refused;

use phantom::{Shot, Skin};
use resurface_measure::photo::{Change, Comparison, Error, Kind, Settings, compare};

/// The same skin, photographed twice.
fn comparison(before: &Skin, first: &Shot, after: &Skin, second: &Shot, settings: &Settings) -> Result<Comparison, Error> {
    compare(&first.of(before), &second.of(after), settings, &mut |_| ())
}

fn change(comparison: &Comparison, kind: Kind) -> &Change {
    comparison.zones[0].changes.iter().find(|change| change.kind == kind).unwrap()
}
