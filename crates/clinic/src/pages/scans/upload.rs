//! A scan that is handed in: read once to know that it is one, then kept as it is.

use std::sync::Arc;

use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use jiff::civil::Date;
use resurface_care::chart::{ScanInstrument, ScanTaken};
use resurface_ledger::access::Operation;
use resurface_ledger::clinic::OpenChart;
use serde::de::DeserializeOwned;

use crate::app::App;
use crate::doors::Visitor;
use crate::form::{Faults, Typed};
use crate::measuring::known_of;
use crate::pages::chart::sheet::Sheet;
use crate::pages::measure::is_off;
use crate::pages::pictures;
use crate::pages::pictures::upload::{Handed, Places, received};
use crate::problem::{Problem, What};
use crate::seat::{Answer, Seat, patient_of};

/// The place into which a scan is put.
const PLACES: Places = Places { holds: |name| name == "scan", files_max: 1 };
/// Signs of a note.
const NOTE_SIGNS_MAX: usize = 200;

pub(super) async fn take_in(
    State(app): State<Arc<App>>,
    visitor: Visitor,
    Path(patient): Path<String>,
    request: Request,
) -> Answer {
    // Whoever may not take scans sends nothing large.
    app.at_desk(visitor.clone(), |seat| seat.may(Operation::TakePicture)).await?;
    let sent = received(&app, &visitor, request, PLACES).await?;
    if let Some(problem) = sent.broken_off {
        return Err(problem);
    }
    app.at_desk(visitor, move |seat| {
        let open = seat.desk.open_to_write(patient_of(&patient)?, Operation::TakePicture)?;
        if is_off(seat) {
            return Err(Problem::new(What::Missing, seat.words().text("measure-off")));
        }
        let sheet = Sheet::of(&sent.typed)?;
        let here = Redirect::to(&format!("/charts/{}/pictures#scans", open.patient));
        if sheet.was_sent(&open) {
            return Ok(here.into_response());
        }
        let again = |open: &OpenChart, faults: &Faults| {
            Ok(pictures::with_scan_faults(seat, open, sheet, faults, StatusCode::UNPROCESSABLE_ENTITY))
        };
        if pictures::withheld(seat.words(), &open).is_some() {
            return again(&open, &Faults::default());
        }
        match taken(seat, &sent.typed, sent.files.first()) {
            Ok((taken, bytes)) => {
                seat.desk.take_scan(open, sheet.id(0), bytes, taken)?;
                Ok(here.into_response())
            }
            Err(faults) => again(&open, &faults),
        }
    })
    .await
}

/// What the entry says, and the bytes; or what is wrong.
fn taken<'a>(seat: &Seat<'_>, typed: &Typed, file: Option<&'a Handed>) -> Result<(ScanTaken, &'a [u8]), Faults> {
    let words = seat.words();
    let today = seat.app.clinic().today();
    let on = typed.value("scan_on").parse::<Date>().ok().filter(|on| *on <= today);
    let on = on.ok_or_else(|| Faults::one("scan_on", words.text("pictures-day-wrong")))?;
    let file = file.ok_or_else(|| Faults::one("scan", words.text("scans-none-chosen")))?;
    let known = known_of(&file.bytes, named(typed.value("unit"))).map_err(|error| Faults::of_error("scan", &error))?;
    let note = typed.filled("scan_note").map(|note| note.chars().take(NOTE_SIGNS_MAX).collect());
    let instrument = named(typed.value("instrument")).unwrap_or(ScanInstrument::Unknown);
    Ok((ScanTaken { on, instrument, note, ..known }, &file.bytes))
}

/// The unit or the instrument with a word; nothing where none is chosen.
fn named<T: DeserializeOwned>(word: &str) -> Option<T> {
    serde_json::from_value(word.into()).ok()
}
