//! Measuring what changed between two visits: begun from the pictures, looked at, and accepted number by number.

mod accept;
mod begin;
mod map;
mod result;
mod surface;
mod viewer;

use axum::routing::{get, post};
use maud::{Markup, html};
use resurface_care::chart::{Digest, EntryId, PictureTaken, Purpose};
use resurface_knowledge::settings::Measuring;
use resurface_ledger::access::{Operation, Role};
use resurface_ledger::clinic::OpenChart;
use resurface_ledger::identity::PatientId;

use super::chart::sheet;
use crate::problem::{Problem, What};
use crate::routes::{Need, Route};
use crate::seat::{Seat, patient_of};

pub(crate) use begin::{photographs_of, scans_of};

pub(super) fn routes() -> Vec<Route> {
    let need = Need::Staff(Operation::Measure);
    vec![
        Route::new("/charts/{patient}/measure/pictures", need, "measure two pictures", post(begin::pictures)),
        Route::new("/charts/{patient}/measure/scans", need, "measure two scans", post(begin::scans)),
        Route::new(
            "/charts/{patient}/measured/{key}/surfaces/{number}",
            need,
            "a scan as it was laid onto the other",
            get(surface::show),
        ),
        Route::new("/charts/{patient}/measured/{key}", need, "what was measured", get(result::show).post(accept::take)),
        Route::new("/charts/{patient}/measured/{key}/maps/{number}", need, "a map of the change", get(map::show)),
    ]
}

/// Opens a chart to measure in it.
pub(crate) fn open(seat: &Seat<'_>, patient: &str) -> Result<OpenChart, Problem> {
    let open = seat.desk.open_to_write(patient_of(patient)?, Operation::Measure)?;
    if is_off(seat) {
        return Err(Problem::new(What::Missing, seat.words().text("measure-off")));
    }
    if !open.chart.consents.contains_key(&Purpose::PicturesForCare) {
        return Err(resurface_ledger::clinic::LedgerError::NoConsent.into());
    }
    Ok(open)
}

/// Whether the clinic does not measure.
pub(crate) fn is_off(seat: &Seat<'_>) -> bool {
    seat.rules.knowledge.settings.measuring.value == Measuring::Off
}

/// The key of a measurement in an address.
pub(crate) fn key_of(text: &str) -> Result<Digest, Problem> {
    text.parse().map_err(|_| Problem::no_such_page())
}

/// Where the result of a measurement is.
pub(crate) fn address(patient: PatientId, key: &Digest) -> String {
    format!("/charts/{patient}/measured/{key}")
}

/// The form that measures two pictures; nothing where they are one, or whoever looks may not measure.
pub(super) fn form(seat: &Seat<'_>, open: &OpenChart, pair: [&(EntryId, PictureTaken); 2]) -> Markup {
    let words = seat.words();
    let may = seat.has(&[Role::Practitioner, Role::Prescriber]) && !is_off(seat);
    let [(before, _), (after, _)] = pair;
    html! {
        @if may && before != after {
            form.card.measure method="post" action={ "/charts/" (open.patient) "/measure/pictures" } {
                (seat.form_seal())
                input type="hidden" name="before" value=(before);
                input type="hidden" name="after" value=(after);
                h2 { (words.text("measure-title")) }
                p { (words.text("measure-about")) }
                div.field {
                    label for="f-pixel" { (words.text("measure-pixel")) }
                    p.hint id="f-pixel-hint" { (words.text("measure-pixel-hint")) }
                    input type="number" id="f-pixel" name="pixel_mm" min="0.001" max="5" step="0.001" inputmode="decimal" aria-describedby="f-pixel-hint";
                }
                button type="submit" { (words.text("measure-begin")) }
            }
        }
    }
}

/// A page about what was measured.
fn page(
    seat: &Seat<'_>,
    open: &OpenChart,
    status: axum::http::StatusCode,
    scripts: &[&'static str],
    body: &Markup,
) -> axum::response::Response {
    sheet::page(seat, open, &seat.words().text("measure-result"), status, scripts, body)
}
