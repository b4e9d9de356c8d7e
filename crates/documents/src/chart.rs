//! The whole chart: every entry in order, with its author and its time, and the end of the chain of hashes.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::DateTime;
use resurface_care::chart::{Amended, Body, EntryId, Registered};
use resurface_words::Words;

use crate::error::DocumentError;
use crate::facts::facts;
use crate::flow::{Align, Column, Table};
use crate::letterhead::Letterhead;
use crate::paper::Paper;
use crate::text::Text;

/// What a chart document shows.
#[derive(Clone, Copy, Debug)]
pub struct ChartSheet<'a> {
    /// Every entry, in order.
    pub entries: &'a [ChartEntry<'a>],
    /// Hash of the last entry: the end of the chain.
    pub end: &'a str,
}

/// One entry.
#[derive(Clone, Copy, Debug)]
pub struct ChartEntry<'a> {
    /// Its place in the chart, from 1.
    pub seq: u64,
    /// Its id.
    pub id: EntryId,
    /// Name of who wrote it.
    pub by: &'a str,
    /// When it was written, in the zone of the clinic.
    pub at: DateTime,
    /// What it says.
    pub body: &'a Body,
}

/// The whole chart as PDF. An entry that was struck out or corrected stays where it is, and is shown as such.
///
/// # Errors
/// [`DocumentError::Entry`] when an entry holds a number that is not finite; [`DocumentError::Pages`] when the pages break a
/// rule of accessible PDF.
pub fn chart(
    letterhead: &Letterhead,
    patient: &Registered,
    sheet: &ChartSheet<'_>,
    words: &Words,
) -> Result<Vec<u8>, DocumentError> {
    let count = words.with("document-entries", [("count", sheet.entries.len().into())]);
    let mut paper = Paper::begin(letterhead, patient, "document-chart", &count, words)?;
    paper.flow.panel(&[
        Text::strong(words.text("document-chain-end")),
        Text::plain(sheet.end),
        words.text("document-chain-about").into(),
    ]);
    overview(&mut paper, sheet);
    paper.chapter("document-every-entry");
    let amendments = amendments(sheet.entries);
    for entry in sheet.entries {
        one(&mut paper, entry, amendments.get(&entry.id).copied(), sheet)?;
    }
    paper.finish()
}

/// What became of entries: the latest amendment of each that was not struck out itself.
fn amendments<'a>(entries: &[ChartEntry<'a>]) -> BTreeMap<EntryId, (u64, &'a Amended)> {
    let mut struck: BTreeSet<EntryId> = BTreeSet::new();
    let mut latest = BTreeMap::new();
    for entry in entries.iter().rev() {
        let Body::Amended(amended) = entry.body else { continue };
        if struck.contains(&entry.id) {
            continue;
        }
        if amended.becomes.is_none() {
            struck.insert(amended.entry);
        }
        latest.entry(amended.entry).or_insert((entry.seq, amended));
    }
    latest
}

/// The kind of an entry in the words of the document.
fn kind(body: &Body, words: &Words) -> String {
    words.text(&format!("document-kind-{}", body.kind().word()))
}

fn overview(paper: &mut Paper<'_>, sheet: &ChartSheet<'_>) {
    let words = paper.words;
    let mut table = Table::new(vec![
        Column::new(words.text("document-number"), 0.08, Align::Left),
        Column::new(words.text("document-entry"), 0.36, Align::Left),
        Column::new(words.text("document-about-day"), 0.16, Align::Left),
        Column::new(words.text("document-written"), 0.2, Align::Left),
        Column::new(words.text("document-by"), 0.2, Align::Left),
    ]);
    for entry in sheet.entries {
        table.row(vec![
            entry.seq.to_string().into(),
            kind(entry.body, words).into(),
            words.short_date(entry.body.day()).into(),
            words.moment(entry.at).into(),
            entry.by.into(),
        ]);
    }
    paper.flow.table(&table);
}

fn one(
    paper: &mut Paper<'_>,
    entry: &ChartEntry<'_>,
    amendment: Option<(u64, &Amended)>,
    sheet: &ChartSheet<'_>,
) -> Result<(), DocumentError> {
    let words = paper.words;
    paper.flow.heading(&format!("{}. {}", entry.seq, kind(entry.body, words)));
    let written =
        [("day", words.date(entry.body.day()).into()), ("moment", words.moment(entry.at).into()), ("name", entry.by.into())];
    paper.flow.under_heading(words.with("document-entry-written", written));
    if let Some((seq, amended)) = amendment {
        let parts = [("seq", seq.to_string().into()), ("reason", amended.reason.as_str().into())];
        let key = if amended.becomes.is_some() { "document-entry-corrected" } else { "document-entry-struck-out" };
        paper.flow.paragraph(Text::strong(words.with(key, parts)));
    }
    if let Body::Amended(amended) = entry.body
        && let Some(corrected) = sheet.entries.iter().find(|other| other.id == amended.entry)
    {
        let parts = [("seq", corrected.seq.to_string().into()), ("kind", kind(corrected.body, words).into())];
        paper.flow.paragraph(words.with("document-entry-amends", parts));
    }
    let value = entry.body.to_json().map_err(|source| DocumentError::Entry { seq: entry.seq, source })?;
    let mut table = Table::fields();
    for (what, says) in facts(&value) {
        let (what, says) = (Text::english(what), Text::plain(says));
        let struck = amendment.is_some();
        table.field(what, if struck { says.struck_out() } else { says });
    }
    paper.flow.table(&table);
    Ok(())
}
