//! Scans, and measuring: what a page does in steps a program does in the same ones. What it accepts it writes as an outcome.

use std::sync::Arc;

use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::{get, post};
use jiff::civil::Date;
use resurface_care::chart::{Digest, EntryId, Purpose, ScanInstrument, ScanTaken, ScanUnit};
use resurface_ledger::access::Operation;
use resurface_ledger::clinic::SCAN_BYTES_MAX;
use resurface_measure::quantity::Quantity;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::sent::{Asked, Sent, answer, bytes, read};
use crate::app::App;
use crate::doors::Visitor;
use crate::measuring::{Number, Proposal, State as Measured, known_of};
use crate::pages::measure::{key_of, open, photographs_of, scans_of};
use crate::problem::{Problem, What};
use crate::routes::{Call, Content, Need, Route};
use crate::seat::{Answer, patient_of};

const BYTES: Content = Content::Bytes(&["application/octet-stream"]);

pub(super) fn routes() -> Vec<Route> {
    let (taking, seeing) = (Need::Staff(Operation::TakePicture), Need::Staff(Operation::SeePicture));
    let measuring = Need::Staff(Operation::Measure);
    let both = get(list).post(take).layer(DefaultBodyLimit::max(SCAN_BYTES_MAX));
    let begun = Content::Json("MeasurementBegun");
    vec![
        Route::new("/api/v1/charts/{patient}/scans", taking, "scans: which there are, and one more", both).calls([
            Call::get("", Content::Json("Scans")),
            Call::post("on instrument unit note", BYTES, Content::Json("TakenIn")),
        ]),
        Route::new("/api/v1/charts/{patient}/scans/{entry}", seeing, "a scan as it was handed in", get(show))
            .calls([Call::get("", BYTES)]),
        Route::new("/api/v1/charts/{patient}/measure/pictures", measuring, "measure two pictures of one view", post(pictures))
            .calls([Call::post("", Content::Json("TwoPictures"), begun)]),
        Route::new("/api/v1/charts/{patient}/measure/scans", measuring, "measure two scans", post(scans)).calls([Call::post(
            "",
            Content::Json("TwoScans"),
            begun,
        )]),
        Route::new("/api/v1/charts/{patient}/measured/{key}", measuring, "what was measured, once it is done", get(measured))
            .calls([Call::get("", Content::Json("Measurement"))]),
    ]
}

/// Which scans a chart holds, while the patient consents to pictures.
async fn list(State(app): State<Arc<App>>, Path(patient): Path<String>, visitor: Visitor) -> Answer {
    app.at_desk(visitor, move |seat| {
        let open = seat.desk.open_to_write(patient_of(&patient)?, Operation::TakePicture)?;
        let consented = open.chart.consents.contains_key(&Purpose::PicturesForCare);
        let scans = open.chart.scans.iter().filter(|_| consented);
        let scans: Vec<Value> = scans.map(|(entry, taken)| json!({ "entry": entry, "scan": taken })).collect();
        answer(&json!({ "consented": consented, "scans": scans }))
    })
    .await
}

#[derive(Deserialize)]
struct About {
    on: Option<Date>,
    instrument: Option<ScanInstrument>,
    unit: Option<ScanUnit>,
    note: Option<String>,
}

async fn take(State(app): State<Arc<App>>, Path(patient): Path<String>, Asked(about): Asked<About>, sent: Sent) -> Answer {
    app.at_desk(sent.visitor.clone(), move |seat| {
        seat.may(Operation::TakePicture)?;
        let open = seat.desk.open_to_write(patient_of(&patient)?, Operation::TakePicture)?;
        let today = seat.app.clinic().today();
        let (id, on) = (seat.desk.entry_id(), about.on.unwrap_or(today));
        if on > today {
            return Err(Problem::new(What::Faults, seat.words().text("pictures-day-wrong")));
        }
        let known = known_of(&sent.bytes, about.unit).map_err(|error| Problem::new(What::Faults, error.to_string()))?;
        let instrument = about.instrument.unwrap_or(ScanInstrument::Unknown);
        seat.desk.take_scan(open, id, &sent.bytes, ScanTaken { on, instrument, note: about.note, ..known })?;
        Ok((StatusCode::CREATED, answer(&json!({ "entry": id }))?).into_response())
    })
    .await
}

async fn show(State(app): State<Arc<App>>, Path((patient, entry)): Path<(String, String)>, visitor: Visitor) -> Answer {
    app.at_desk(visitor, move |seat| {
        let entry = entry.parse::<Uuid>().map(EntryId).map_err(|_| Problem::no_such_page())?;
        let (_, scan) = seat.desk.scan(patient_of(&patient)?, entry)?;
        Ok(bytes("application/octet-stream", scan))
    })
    .await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Two {
    before: EntryId,
    after: EntryId,
    #[serde(default)]
    pixel_mm: Option<f64>,
}

impl Two {
    fn ids(&self) -> [String; 2] {
        [self.before.to_string(), self.after.to_string()]
    }
}

async fn pictures(State(app): State<Arc<App>>, Path(patient): Path<String>, sent: Sent) -> Answer {
    let found = app
        .at_desk(sent.visitor.clone(), move |seat| {
            let open = open(seat, &patient)?;
            let two: Two = read(&sent.bytes)?;
            photographs_of(seat, &open, two.ids().each_ref().map(String::as_str), two.pixel_mm)
        })
        .await?;
    let key = found.key();
    app.measure(key, move |tell| found.compared(tell))?;
    begun(&key)
}

async fn scans(State(app): State<Arc<App>>, Path(patient): Path<String>, sent: Sent) -> Answer {
    let found = app
        .at_desk(sent.visitor.clone(), move |seat| {
            let open = open(seat, &patient)?;
            let two: Two = read(&sent.bytes)?;
            scans_of(seat, &open, two.ids().each_ref().map(String::as_str))
        })
        .await?;
    let key = found.key();
    app.measure(key, move |tell| found.compared(tell))?;
    begun(&key)
}

fn begun(key: &Digest) -> Answer {
    Ok((StatusCode::ACCEPTED, answer(&json!({ "key": key }))?).into_response())
}

async fn measured(State(app): State<Arc<App>>, Path((patient, key)): Path<(String, String)>, visitor: Visitor) -> Answer {
    app.at_desk(visitor, move |seat| {
        let open = open(seat, &patient)?;
        let state = seat.app.measuring.state(&key_of(&key)?, seat.app.clinic().surroundings().now());
        match state {
            Some(Measured::Busy(_)) => answer(&json!({ "state": "busy" })),
            Some(Measured::Refused(why)) => answer(&json!({ "state": "refused", "why": why })),
            Some(Measured::Done(proposal)) if proposal.patient == open.patient => answer(&said(&proposal)),
            _ => Err(Problem::new(What::Missing, seat.words().text("measure-gone"))),
        }
    })
    .await
}

/// What was measured, with the words of the entry for scales and verdicts.
fn said(proposal: &Proposal) -> Value {
    let number = |number: &Number| {
        json!({
            "name": number.key.trim_start_matches("measure-number-"), "unit": number.unit, "scale": number.scale,
            "before": number.values[0].as_ref().ok().map(quantity), "after": number.values[1].as_ref().ok().map(quantity),
            "change": number.change.as_ref().map(quantity), "verdict": number.verdict,
        })
    };
    json!({
        "state": "done", "method": proposal.method, "days": proposal.days, "entries": proposal.of,
        "remarks": proposal.remarks.iter().map(|remark| &remark.english).collect::<Vec<_>>(),
        "numbers": proposal.numbers.iter().map(number).collect::<Vec<_>>(),
    })
}

fn quantity(quantity: &Quantity) -> Value {
    json!({ "value": quantity.value, "error_sd": quantity.uncertainty, "smallest_change": quantity.smallest_change })
}
