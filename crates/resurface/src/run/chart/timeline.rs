//! `resurface chart timeline`: every entry, oldest first; nothing that was corrected is left out.

use jiff::Timestamp;
use jiff::civil::Date;
use resurface_care::chart::{Amended, Body, EntryId};
use resurface_ledger::clinic::{Attributed, Book, OpenChart};
use resurface_ledger::entry::Author;
use serde::Serialize;
use serde_json::Value;

use crate::clinic::Session;
use crate::ending::{Answer, Exit, Failure};
use crate::envelope::{self, OfClinic, Origin};
use crate::pages;
use crate::request::{Form, Request};
use crate::run::source;

/// One entry.
#[derive(Serialize)]
pub(crate) struct Line {
    /// Its id.
    pub(crate) id: EntryId,
    /// Its place in the chart.
    pub(crate) seq: u32,
    /// When it was written.
    pub(crate) at: Timestamp,
    /// Who wrote it.
    pub(crate) author: Author,
    /// The name under which others know them.
    pub(crate) by: String,
    /// Its kind.
    pub(crate) kind: &'static str,
    /// The day it is about.
    pub(crate) on: Date,
    /// What it says, in one line.
    pub(crate) words: String,
    /// The latest amendment of it.
    pub(crate) amended: Option<Amendment>,
    /// Everything it says.
    pub(crate) body: Value,
}

/// A correction of an entry.
#[derive(Serialize)]
pub(crate) struct Amendment {
    /// The entry that corrects it.
    pub(crate) by: EntryId,
    /// When.
    pub(crate) on: Date,
    /// Why.
    pub(crate) reason: String,
    /// Whether it was struck out, and nothing stands in its place.
    pub(crate) struck_out: bool,
}

#[derive(Serialize)]
struct Timeline<'a> {
    patient: resurface_ledger::identity::PatientId,
    fault: Option<String>,
    entries: &'a [Line],
}

/// Every entry of a chart.
pub(super) fn timeline(request: &Request, patient: &str) -> Result<Answer, Failure> {
    let session = Session::open(&request.access)?;
    let knowledge = source::of_clinic(request, &session.clinic)?;
    let desk = session.desk()?;
    let open = desk.open_chart(desk.find_one(patient)?)?;
    let book = session.clinic.book()?;
    let words = pages::entries::Words::new(&knowledge, &open);
    let lines = open.entries.iter().map(|entry| line(entry, &open, &book, &words)).collect::<Result<Vec<_>, _>>()?;
    let (demonstration, origin) = (session.is_demonstration(), Origin::of_knowledge(&knowledge.version));
    let page = match request.form {
        Form::Page => pages::timeline::page(&open, &lines, session.zone(), demonstration, request.look),
        Form::Json => {
            let fault = open.fault.as_ref().map(ToString::to_string);
            let answer = Timeline { patient: open.patient, fault, entries: &lines };
            envelope::write("resurface.timeline/1", &origin, &OfClinic { demonstration, answer: &answer })?
        }
    };
    Ok(Answer::page(page).ending(if open.fault.is_some() { Exit::Damaged } else { Exit::Answered }))
}

fn line(entry: &Attributed, open: &OpenChart, book: &Book, words: &pages::entries::Words<'_>) -> Result<Line, Failure> {
    let amended = open.entries.iter().rev().find_map(|later| match &later.body {
        Body::Amended(Amended { entry: corrected, on, reason, becomes }) if *corrected == entry.id => {
            Some(Amendment { by: later.id, on: *on, reason: reason.clone(), struck_out: becomes.is_none() })
        }
        _ => None,
    });
    Ok(Line {
        id: entry.id,
        seq: entry.seq,
        at: entry.at,
        author: entry.author,
        by: name_of(entry.author, book),
        kind: entry.body.kind().word(),
        on: entry.body.day(),
        words: words.line(&entry.body),
        amended,
        body: entry.body.to_json().map_err(|error| Failure::new(Exit::Failed, error))?,
    })
}

fn name_of(author: Author, book: &Book) -> String {
    match author {
        Author::Program => "the program".to_owned(),
        Author::Link(_) => "the patient, by a link".to_owned(),
        Author::User(user) => {
            book.users.get(&user).map_or_else(|| "a user who is not in the book".to_owned(), |user| user.display_name.to_string())
        }
    }
}
