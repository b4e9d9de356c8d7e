//! Files that are handed in: read part by part, each kept on its own, so that one that is refused takes no other with it.

use std::sync::Arc;

use axum::extract::multipart::{Multipart, MultipartError};
use axum::extract::{FromRequest, Path, Request, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Redirect};
use jiff::civil::Date;
use resurface_knowledge::document::FaultReport;
use resurface_ledger::access::Operation;
use resurface_ledger::clinic::{LedgerError, OpenChart};

use super::{view, view_key, view_of, withheld};
use crate::app::App;
use crate::doors::{FORM_SEAL, Posted, Visitor};
use crate::form::{Faults, Typed};
use crate::pages::chart::sheet::Sheet;
use crate::problem::{Problem, What};
use crate::seat::{Answer, Seat, patient_of};

/// Largest request with pictures, in bytes: one of the largest files, or a view each of a telephone's.
pub(super) const BODY_BYTES_MAX: usize = 64_000_000;
/// The places for the views of a face.
const VIEWS: Places = Places { holds: |name| view_of(name).is_some(), files_max: 12 };

/// The places of a form into which files are put.
#[derive(Clone, Copy)]
pub(in crate::pages) struct Places {
    /// Whether a name is that of a place; otherwise it is of a field as any other.
    pub(in crate::pages) holds: fn(&str) -> bool,
    /// Most files in one request.
    pub(in crate::pages) files_max: usize,
}

/// A file that was handed in.
pub(in crate::pages) struct Handed {
    /// The name of the place that it was put into.
    place: String,
    pub(in crate::pages) name: String,
    pub(in crate::pages) bytes: axum::body::Bytes,
}

/// What was handed in.
pub(in crate::pages) struct Sent {
    pub(in crate::pages) typed: Typed,
    pub(in crate::pages) files: Vec<Handed>,
    /// Why no further file was read: what was typed stands before them, and is whole.
    pub(in crate::pages) broken_off: Option<Problem>,
}

pub(super) async fn take_in(
    State(app): State<Arc<App>>,
    visitor: Visitor,
    Path(patient): Path<String>,
    request: Request,
) -> Answer {
    // Whoever may not take pictures sends nothing large.
    app.at_desk(visitor.clone(), |seat| seat.may(Operation::TakePicture)).await?;
    let sent = received(&app, &visitor, request, VIEWS).await?;
    if let Some(problem) = sent.broken_off {
        return Err(problem);
    }
    app.at_desk(visitor, move |seat| {
        let open = seat.desk.open_to_write(patient_of(&patient)?, Operation::TakePicture)?;
        let sheet = Sheet::of(&sent.typed)?;
        let here = Redirect::to(&format!("/charts/{}/pictures", open.patient));
        if sheet.was_sent(&open) {
            return Ok(here.into_response());
        }
        if withheld(seat.words(), &open).is_some() {
            return Ok(view(seat, &open, sheet, &Faults::default(), StatusCode::UNPROCESSABLE_ENTITY));
        }
        let (open, faults) = keep(seat, open, &sheet, sent)?;
        if faults.is_empty() {
            return Ok(here.into_response());
        }
        Ok(view(seat, &open, Sheet::new(seat, &open), &faults, StatusCode::UNPROCESSABLE_ENTITY))
    })
    .await
}

/// What a form with places for files sent.
pub(in crate::pages) async fn received(
    app: &Arc<App>,
    visitor: &Visitor,
    request: Request,
    places: Places,
) -> Result<Sent, Problem> {
    if of_files(&request) {
        let parts = Multipart::from_request(request, app).await;
        return read(parts.map_err(|error| Problem::new(What::Faults, error.body_text()))?, visitor, places).await;
    }
    // Without a file it is a form as any other, and shows first that it is one of this program.
    Ok(Sent { typed: Posted::from_request(request, app).await?.typed, files: Vec::new(), broken_off: None })
}

fn of_files(request: &Request) -> bool {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("multipart/form-data"))
}

/// Reads the parts. The seal comes before any file, so that nobody else's page fills the memory.
async fn read(mut parts: Multipart, visitor: &Visitor, places: Places) -> Result<Sent, Problem> {
    let (mut fields, mut files) = (Vec::new(), Vec::new());
    let seal = visitor.seal();
    let read = read_parts(&mut parts, places, &seal, &mut fields, &mut files).await;
    let sealed = fields.iter().any(|(name, value)| name == FORM_SEAL && *value == seal);
    match read {
        read if sealed => Ok(Sent { typed: Typed::new(fields), files, broken_off: read.err() }),
        Ok(()) => Err(Problem::plain(What::StaleForm)),
        Err(problem) => Err(problem),
    }
}

async fn read_parts(
    parts: &mut Multipart,
    places: Places,
    seal: &str,
    fields: &mut Vec<(String, String)>,
    files: &mut Vec<Handed>,
) -> Result<(), Problem> {
    while let Some(part) = parts.next_field().await.map_err(problem)? {
        let name = part.name().unwrap_or_default().to_owned();
        if !(places.holds)(&name) {
            fields.push((name, part.text().await.map_err(problem)?));
            continue;
        }
        if !fields.iter().any(|(name, value)| name == FORM_SEAL && value == seal) {
            return Err(Problem::plain(What::StaleForm));
        }
        if files.len() == places.files_max {
            let most = places.files_max;
            return Err(Problem::new(What::TooLarge, format!("at most {most} files at a time: send the others after these")));
        }
        let (place, name) = (name, part.file_name().unwrap_or_default().to_owned());
        let bytes = part.bytes().await.map_err(problem)?;
        // A place into which nothing was put is sent as an empty file.
        if !bytes.is_empty() {
            files.push(Handed { place, name, bytes });
        }
    }
    Ok(())
}

fn problem(error: MultipartError) -> Problem {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        let megabytes = BODY_BYTES_MAX / 1_000_000;
        return Problem::new(
            What::TooLarge,
            format!("at most {megabytes} MB at a time: send fewer files, or export them smaller"),
        );
    }
    Problem::new(What::Faults, error.body_text())
}

/// Keeps every file that is taken in, and says why another is not.
fn keep(seat: &Seat<'_>, mut open: OpenChart, sheet: &Sheet, sent: Sent) -> Result<(OpenChart, Faults), Problem> {
    let words = seat.words();
    let Sent { typed, files, .. } = sent;
    let mut report = FaultReport::new("");
    let today = seat.app.clinic().today();
    let on = typed.value("on").parse::<Date>().ok().filter(|on| *on <= today);
    let Some(on) = on else { return Ok((open, Faults::one("on", words.text("pictures-day-wrong")))) };
    if files.is_empty() {
        return Ok((open, Faults::one("", words.text("pictures-none-chosen"))));
    }
    let note = typed.filled("note").map(|note| note.chars().take(200).collect::<String>());
    let mut kept = 0_u8;
    for file in files {
        let Some(view) = view_of(&file.place) else { continue };
        match seat.desk.take_picture(open.clone(), sheet.id(kept), &file.bytes, on, view, note.clone()) {
            Ok(added) => {
                open = added.open;
                kept += 1;
            }
            Err(LedgerError::Picture(error)) => {
                let which =
                    words.with("pictures-refused", [("view", words.text(view_key(view)).into()), ("file", file.name.into())]);
                report.add(0, super::view_word(view), format!("{which}: {error}"), "");
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok((open, Faults::from(report)))
}
