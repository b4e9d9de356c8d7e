//! Pictures: taken in, and shown.

use std::sync::Arc;

use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::get;
use jiff::civil::Date;
use resurface_care::chart::{Purpose, View};
use resurface_ledger::access::Operation;
use resurface_ledger::clinic::Form;
use resurface_ledger::pictures::Limits;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::sent::{Asked, Sent, answer, bytes};
use crate::app::App;
use crate::doors::Visitor;
use crate::problem::{Problem, What};
use crate::routes::{Call, Content, Need, Route};
use crate::seat::{Answer, patient_of};

/// What a picture can be.
const KINDS: Content = Content::Bytes(&["image/jpeg", "image/png"]);

pub(super) fn routes() -> Vec<Route> {
    let (taking, seeing) = (Need::Staff(Operation::TakePicture), Need::Staff(Operation::SeePicture));
    let both = get(list).post(take).layer(DefaultBodyLimit::max(Limits::default().bytes_max));
    vec![
        Route::new("/api/v1/charts/{patient}/pictures", taking, "pictures: which there are, and one more", both)
            .calls([Call::get("", Content::Json("Pictures")), Call::post("view on note", KINDS, Content::Json("TakenIn"))]),
        Route::new("/api/v1/charts/{patient}/pictures/{entry}", seeing, "one form of a picture", get(show))
            .calls([Call::get("form", KINDS)]),
    ]
}

/// Which pictures a chart holds, while the patient consents to them.
async fn list(State(app): State<Arc<App>>, Path(patient): Path<String>, visitor: Visitor) -> Answer {
    app.at_desk(visitor, move |seat| {
        let open = seat.desk.open_to_write(patient_of(&patient)?, Operation::TakePicture)?;
        let consented = open.chart.consents.contains_key(&Purpose::PicturesForCare);
        let pictures = open.chart.pictures.iter().filter(|_| consented);
        let pictures: Vec<Value> = pictures
            .map(|(entry, taken)| json!({ "entry": entry, "view": taken.view, "on": taken.on, "note": taken.note }))
            .collect();
        answer(&json!({ "consented": consented, "pictures": pictures }))
    })
    .await
}

#[derive(Deserialize)]
struct About {
    #[serde(default)]
    view: Option<View>,
    #[serde(default)]
    on: Option<Date>,
    #[serde(default)]
    note: Option<String>,
}

async fn take(State(app): State<Arc<App>>, Path(patient): Path<String>, Asked(about): Asked<About>, sent: Sent) -> Answer {
    app.at_desk(sent.visitor.clone(), move |seat| {
        seat.may(Operation::TakePicture)?;
        let view = about.view.ok_or_else(|| Problem::new(What::Faults, "which view it is has to be said: ?view=front"))?;
        let open = seat.desk.open_to_write(patient_of(&patient)?, Operation::TakePicture)?;
        let today = seat.app.clinic().today();
        let (id, on) = (seat.desk.entry_id(), about.on.unwrap_or(today));
        if on > today {
            return Err(Problem::new(What::Faults, seat.words().text("pictures-day-wrong")));
        }
        seat.desk.take_picture(open, id, &sent.bytes, on, view, about.note)?;
        Ok((StatusCode::CREATED, answer(&json!({ "entry": id }))?).into_response())
    })
    .await
}

#[derive(Deserialize)]
struct Which {
    #[serde(default)]
    form: String,
}

async fn show(
    State(app): State<Arc<App>>,
    Path((patient, entry)): Path<(String, String)>,
    Asked(which): Asked<Which>,
    visitor: Visitor,
) -> Answer {
    app.at_desk(visitor, move |seat| {
        let entry = entry.parse::<Uuid>().map_err(|_| Problem::no_such_page())?;
        let form = match which.form.as_str() {
            "thumbnail" => Form::Thumbnail,
            "original" => Form::Original,
            _ => Form::Display,
        };
        let (_, shown) = seat.desk.picture(patient_of(&patient)?, resurface_care::chart::EntryId(entry), form)?;
        let kind = if shown.starts_with(b"\x89PNG") { "image/png" } else { "image/jpeg" };
        Ok(bytes(kind, shown))
    })
    .await
}
