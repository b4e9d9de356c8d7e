//! A screening that goes out with what was asked or examined, so that no chart stands unscreened.

use resurface_care::chart::{Body, Chart, EntryId, Recorded};
use resurface_care::consultation::Override;
use resurface_ledger::access::Role;
use resurface_ledger::clinic::OpenChart;

use super::setting::setting;
use super::sheet::Sheet;
use crate::form::Typed;
use crate::problem::Problem;
use crate::seat::Seat;

/// An entry, and with it a screening of the chart as the entry leaves it: where the chart can be screened, and whoever writes
/// may screen. A decision against a rule goes on only where a prescriber writes; else it has to be made again.
pub(crate) fn with_screening(
    seat: &Seat<'_>,
    sheet: &Sheet,
    open: &OpenChart,
    body: Body,
) -> Result<Vec<(EntryId, Body)>, Problem> {
    let mut bodies = vec![(sheet.id(0), body)];
    if !seat.has(&[Role::Practitioner, Role::Prescriber]) {
        return Ok(bodies);
    }
    let held = open.entries.iter().map(|entry| Recorded { id: entry.id, body: &entry.body });
    let chart = Chart::fold(held.chain(bodies.iter().map(|(id, body)| Recorded { id: *id, body })));
    let overrides = standing_overrides(seat, &chart);
    let (on, setting) = (seat.app.clinic().today(), setting(seat, &chart, &Typed::default())?);
    // What is still missing is what comes next, and no fault of this form.
    if let Ok(screened) = seat.rules.bench(seat.app.program).screen(&chart, on, &setting, &overrides) {
        bodies.push((sheet.id(1), Body::Screened(screened)));
    }
    Ok(bodies)
}

/// The decisions against rules that a question is asked with: a prescriber's go on, as they stand in the latest screening; whoever
/// is no prescriber cannot repeat them in their own name.
pub(crate) fn standing_overrides(seat: &Seat<'_>, chart: &Chart) -> Vec<Override> {
    let held = chart.screened.as_ref().filter(|_| seat.has(&[Role::Prescriber]));
    held.map(|screened| screened.overrides.clone()).unwrap_or_default()
}
