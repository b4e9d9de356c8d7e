//! After-care: what to do, hour by hour and day by day, and when to call.

use jiff::ToSpan as _;
use jiff::civil::Date;
use resurface_care::chart::Registered;
use resurface_knowledge::Knowledge;
use resurface_knowledge::adverse_events::Urgency;
use resurface_knowledge::protocol::{AftercareStep, CountedFrom};
use resurface_words::Words;

use crate::error::DocumentError;
use crate::flow::{Align, Column, Table};
use crate::letterhead::Letterhead;
use crate::paper::Paper;
use crate::phrases;
use crate::reader::Reader;
use crate::sources::Sources;
use crate::text::Text;

/// What an after-care document shows.
#[derive(Clone, Copy, Debug, Default)]
pub struct AftercareSheet {
    /// Day of the session; nothing when it is handed out before a day is known.
    pub session: Option<Date>,
}

const DAY_HOURS: u32 = 24;
/// From here on, time is told in days.
const HOURS_UNTIL: u32 = 72;

/// The page of the guide that belongs to it.
const PAGE: &str = "what-to-expect";

/// The after-care as PDF.
///
/// # Errors
/// [`DocumentError::Pages`] when the pages break a rule of accessible PDF.
pub fn aftercare(
    letterhead: &Letterhead,
    patient: &Registered,
    sheet: &AftercareSheet,
    reader: Reader<'_>,
) -> Result<Vec<u8>, DocumentError> {
    let Reader { words, knowledge } = reader;
    let about = sheet.session.map(|day| words.with("document-after-session-of", [("date", words.date(day).into())]));
    let mut paper = Paper::begin(letterhead, patient, "document-aftercare", &about.unwrap_or_default(), words)?;
    let mut sources = Sources::default();
    paper.flow.panel(&[Text::strong(words.text("document-aftercare-first")), words.text("document-aftercare-call").into()]);
    timeline(&mut paper, sheet, knowledge, &mut sources);
    when_to_call(&mut paper, knowledge);
    follow_ups(&mut paper, sheet, knowledge, &mut sources);
    if let Some(page) = knowledge.guide.page(PAGE) {
        sources.cite(&page.sources);
        paper.flow.chapter(&page.title);
        // What the page has from the tables stands above already.
        crate::markdown::page(&mut paper.flow, page.text_and_sources().0, &page.from_tables);
    }
    sources.list(&mut paper, knowledge);
    paper.finish()
}

fn timeline(paper: &mut Paper<'_>, sheet: &AftercareSheet, knowledge: &Knowledge, sources: &mut Sources) {
    let words = paper.words;
    paper.chapter("document-timeline");
    let mut steps: Vec<&AftercareStep> = knowledge.protocol.aftercare.iter().collect();
    steps.sort_by_key(|step| (step.from_hour, step.to_hour));
    let mut table = Table::new(vec![
        Column::new(words.text("document-when"), 0.3, Align::Left),
        Column::new(words.text("document-what-you-do"), 0.7, Align::Left),
    ]);
    for step in steps {
        sources.cite(&step.sources);
        let when = Text::strong(time(step, words));
        let when = when.then(on_calendar(step.from_hour / DAY_HOURS, step.to_hour / DAY_HOURS, sheet.session, words));
        table.row(vec![when, Text::plain(step.patient.as_str()).then(phrases::cited(&step.sources))]);
    }
    paper.flow.table(&table);
}

/// A stretch of time after a session, in hours or in days.
fn time(step: &AftercareStep, words: &Words) -> String {
    let (from, to) = (step.from_hour, step.to_hour);
    if to > HOURS_UNTIL && from.is_multiple_of(DAY_HOURS) && to.is_multiple_of(DAY_HOURS) {
        in_days(from / DAY_HOURS, to / DAY_HOURS, words)
    } else {
        words.with("document-hours", [("from", from.into()), ("to", to.into())])
    }
}

fn in_days(from: u32, to: u32, words: &Words) -> String {
    if from == to {
        words.with("document-on-day", [("day", from.into())])
    } else {
        words.with("document-days", [("from", from.into()), ("to", to.into())])
    }
}

/// The same days on the calendar, once the day of the session is known.
fn on_calendar(from: u32, to: u32, session: Option<Date>, words: &Words) -> Text {
    let Some(session) = session else { return Text::default() };
    let on = |day: u32| words.short_date(session.saturating_add(i64::from(day).days()));
    let days = if from == to { on(from) } else { format!("{} – {}", on(from), on(to)) };
    Text::plain(format!("\n{days}")).quiet()
}

/// What to look out for, the most urgent first.
fn when_to_call(paper: &mut Paper<'_>, knowledge: &Knowledge) {
    let words = paper.words;
    paper.chapter("document-when-to-call");
    let mut table = Table::new(vec![
        Column::new(words.text("document-how-soon"), 0.22, Align::Left),
        Column::new(words.text("document-you-notice"), 0.41, Align::Left),
        Column::new(words.text("document-what-you-do"), 0.37, Align::Left),
    ]);
    for urgency in [Urgency::Emergency, Urgency::SameDay, Urgency::WithinAWeek] {
        for event in knowledge.adverse_events.events.iter().filter(|event| event.urgency == urgency) {
            table.row(vec![
                Text::strong(phrases::named("urgency", &urgency, words)),
                Text::plain(event.patient.as_str()),
                Text::plain(event.patient_does.as_str()),
            ]);
        }
    }
    paper.flow.table(&table);
}

fn follow_ups(paper: &mut Paper<'_>, sheet: &AftercareSheet, knowledge: &Knowledge, sources: &mut Sources) {
    let words = paper.words;
    let after_each = knowledge.protocol.follow_ups.iter().filter(|follow_up| follow_up.after == CountedFrom::Session);
    let mut table = Table::new(vec![
        Column::new(words.text("document-when"), 0.3, Align::Left),
        Column::new(words.text("document-we-look-at"), 0.7, Align::Left),
    ]);
    for follow_up in after_each {
        sources.cite(&follow_up.sources);
        let (from, to) = (follow_up.from_day, follow_up.to_day);
        let when = Text::strong(in_days(from, to, words)).then(on_calendar(from, to, sheet.session, words));
        table.row(vec![when, Text::plain(follow_up.what.as_str()).then(phrases::cited(&follow_up.sources))]);
    }
    if !table.is_empty() {
        paper.chapter("document-we-look");
        paper.flow.table(&table);
    }
}
