//! Files that are to be added to a chart, read before anything is written.

use std::path::Path;

use jiff::civil::Date;
use resurface_care::chart::{Body, View};
use resurface_care::consultation::Consultation;
use resurface_care::form;
use resurface_knowledge::Knowledge;
use resurface_ledger::pictures::{self, Limits};

use crate::arguments::AddToChart;
use crate::ending::{Exit, Failure};
use crate::files;
use crate::run::source;

/// One file.
pub(super) struct Incoming {
    /// The name under which it is spoken of.
    pub(super) name: String,
    /// What it holds.
    pub(super) content: Content,
    /// Its bytes, from which the ids of its entries follow.
    pub(super) bytes: Vec<u8>,
}

/// What a file holds.
pub(super) enum Content {
    /// A consultation or a treatment day.
    Consultation(Box<Consultation>),
    /// One entry.
    Entry(Box<Body>),
    /// A picture.
    Picture {
        /// Which view.
        view: View,
        /// When it was taken; nothing when neither the camera nor anybody says so.
        on: Option<Date>,
    },
}

/// Reads every file.
pub(super) fn read(typed: &AddToChart, knowledge: &Knowledge) -> Result<Vec<Incoming>, Failure> {
    let incoming = typed.files.iter().map(|file| read_one(file, typed, knowledge)).collect::<Result<Vec<_>, _>>()?;
    let is = |wanted: fn(&Content) -> bool| incoming.iter().any(|file| wanted(&file.content));
    if !typed.decision.is_none() && !is(|content| matches!(content, Content::Consultation(_))) {
        return Err(Failure::new(Exit::InputFaults, "there is no consultation among the files that a decision could rest on")
            .hint("name the consultation of the day with the decision"));
    }
    let about_a_picture = typed.view.is_some() || typed.on.is_some() || typed.note.is_some();
    if about_a_picture && !is(|content| matches!(content, Content::Picture { .. })) {
        return Err(Failure::new(Exit::InputFaults, "--view, --on and --note are about a picture, and none is among the files")
            .hint("a picture ends in .jpg, .jpeg or .png; the day of a consultation or an entry stands in its file"));
    }
    Ok(incoming)
}

fn read_one(path: &Path, typed: &AddToChart, knowledge: &Knowledge) -> Result<Incoming, Failure> {
    if is_picture(path) {
        return picture(path, typed);
    }
    let text = files::read(path)?;
    let format = source::format_of(path, &text.text);
    let content = if form::is_entry(&text.text, format) {
        let body = form::read_entry(&text.name, &text.text, format, knowledge);
        Content::Entry(Box::new(body.map_err(|report| Failure::input(&report, "entry"))?))
    } else {
        if form::names_no_schema(&text.text, format) {
            return Err(which_of_the_two(&text.name));
        }
        let consultation = form::read(&text.name, &text.text, format, knowledge);
        Content::Consultation(Box::new(consultation.map_err(|report| Failure::input(&report, "consultation"))?))
    };
    Ok(Incoming { name: text.name, content, bytes: text.text.into_bytes() })
}

/// A file that says neither that it is a consultation nor that it is an entry is read as neither.
fn which_of_the_two(name: &str) -> Failure {
    let (consultation, entry) = (form::SCHEMA, form::ENTRY_SCHEMA);
    Failure::new(Exit::InputFaults, format!("{name}: schema: this field is missing, and the file could be a consultation or an entry"))
        .hint(format!(
            "begin it with schema = \"{consultation}\" for a consultation or a treatment day, or with schema = \"{entry}\" and a kind \
             for one entry; `resurface schema consultation` and `resurface schema entry` print every field"
        ))
}

fn is_picture(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    ["jpg", "jpeg", "png"].iter().any(|known| ending.eq_ignore_ascii_case(known))
}

/// A picture is looked at before anything is written, so that one that is refused stops the rest.
fn picture(path: &Path, typed: &AddToChart) -> Result<Incoming, Failure> {
    let name = path.display().to_string();
    let Some(view) = typed.view else {
        return Err(Failure::new(Exit::InputFaults, format!("{name}: which view it is was not said"))
            .hint("--view front, left_oblique, right_oblique, left_profile, right_profile or close_up"));
    };
    let limits = Limits::default();
    let bytes = files::read_bytes(path, limits.bytes_max)?;
    let prepared =
        pictures::prepare(&bytes, &limits).map_err(|error| Failure::new(Exit::InputFaults, format!("{name}: {error}")))?;
    let on = typed.on.or_else(|| prepared.capture.taken_at.map(|taken| taken.date()));
    Ok(Incoming { name, content: Content::Picture { view, on }, bytes })
}
