//! Every chain of the clinic, one in memory at a time: as JSON that proves itself, and as a table to read.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::Path;

use resurface_care::chart::{Body, Digest, EntryId, MediaType};
use serde::Serialize as _;
use uuid::Uuid;

use super::format::{self, Salt};
use super::table::{Row, Table};
use super::tables::Tables;
use super::words::{amendments, summary};
use super::{BOOK_FILE, CHART_SCHEMA, CHARTS, EntryJson, Export, StreamJson};
use crate::clinic::files::fault;
use crate::clinic::progress::Teller;
use crate::clinic::{BOOK, LedgerError, Stage};
use crate::entry::{Author, Checker, Entry, EntryFault};
use crate::identity::PatientId;
use crate::store::{EntryRow, Walk};

/// One entry with what it says, where this program understands it.
pub(super) struct Read {
    pub(super) entry: Entry,
    pub(super) body: Option<Body>,
}

impl Export<'_> {
    /// Walks every entry, and writes each chain when it is complete.
    pub(super) fn streams(&mut self, teller: &mut Teller<'_>) -> Result<(), LedgerError> {
        let clinic = self.clinic;
        let mut tables = Tables::begin(&mut self.output)?;
        let mut missing = BTreeSet::new();
        clinic.store.each_head(&mut |head| {
            missing.insert(head.stream);
            Walk::On
        })?;
        let charts = missing.iter().filter(|stream| **stream != BOOK).count() as u64;
        teller.begin(Stage::Charts, charts);
        let (mut rows, mut so_far) = (Vec::<EntryRow>::new(), Ok(()));
        clinic.store.each_entry(&mut |row| {
            if rows.last().is_some_and(|last| last.stream != row.stream) {
                so_far = self.stream(&std::mem::take(&mut rows), &mut tables);
                teller.one_more();
            }
            missing.remove(&row.stream);
            rows.push(row.clone());
            if so_far.is_ok() { Walk::On } else { Walk::Stop }
        })?;
        so_far?;
        self.stream(&rows, &mut tables)?;
        teller.end();
        for stream in missing {
            self.fault(&file_of(stream), None, "every entry of this chart is missing");
        }
        tables.end(&mut self.output)
    }

    /// Writes one chain. What does not check is written all the same, as far as it can be opened, and named.
    fn stream(&mut self, rows: &[EntryRow], tables: &mut Tables) -> Result<(), LedgerError> {
        let Some(stream) = rows.first().map(|row| row.stream) else { return Ok(()) };
        let file = file_of(stream);
        let mut checker = Checker::default();
        let mut entries = Vec::with_capacity(rows.len());
        let mut before = Vec::with_capacity(rows.len());
        for row in rows {
            let previous = checker.end().hash;
            if let Err(fault) = checker.check(row, &self.ring) {
                self.fault(&file, Some(row.seq.into()), fault);
            }
            if let Ok(entry) = crate::entry::opened(row, &self.ring) {
                entries.push(entry);
                before.push(previous);
            }
        }
        match self.clinic.store.head(stream)? {
            Some(head) if (head.seq, head.hash) == (checker.end().seq, checker.end().hash) => {}
            head => {
                let expected = head.map_or(0, |head| head.seq);
                self.fault(&file, None, EntryFault::Gap { expected, found: checker.end().seq });
            }
        }
        self.json(stream, &file, &entries, &before)?;
        if stream == BOOK {
            self.counts.book_entries = entries.len() as u64;
            return Ok(());
        }
        self.counts.charts += 1;
        self.counts.entries += entries.len() as u64;
        let read: Vec<Read> = entries.into_iter().map(|entry| self.read(&file, entry)).collect();
        self.table(stream, &read)?;
        match PatientId::from_bytes(*stream.as_bytes()) {
            Ok(patient) => tables.chart(self, patient, &read),
            Err(_) => {
                self.fault(&file, None, "this is not the id of a patient");
                Ok(())
            }
        }
    }

    fn json(&mut self, stream: Uuid, file: &str, entries: &[Entry], before: &[Digest]) -> Result<(), LedgerError> {
        let mut written = Vec::with_capacity(entries.len());
        for (entry, previous) in entries.iter().zip(before) {
            let Some(body) = format::raw(&entry.content) else {
                self.fault(file, Some(entry.seq.into()), "its content is no JSON, and is not in this export");
                continue;
            };
            written.push(EntryJson {
                id: entry.id.0,
                seq: entry.seq,
                kind: entry.kind.clone(),
                version: entry.version,
                author: entry.author,
                author_name: self.name_of(entry.author),
                at: format::text_of_time(entry.at),
                salt: Salt(entry.salt),
                previous_hash: *previous,
                body,
                hash: entry.hash,
            });
        }
        let json = StreamJson { schema: CHART_SCHEMA.to_owned(), stream, entries: written };
        let mut writing = self.output.begin(file)?;
        let mut serializer = serde_json::Serializer::pretty(&mut writing);
        json.serialize(&mut serializer)?;
        writing.write_all(b"\n").map_err(fault(Path::new(file), "written"))?;
        self.output.end(writing)
    }

    fn read(&mut self, file: &str, entry: Entry) -> Read {
        match Body::read(&entry.kind, entry.version, &entry.content) {
            Ok(body) => {
                self.name_pictures(&body);
                Read { entry, body: Some(body) }
            }
            Err(error) => {
                self.fault(file, Some(entry.seq.into()), error);
                Read { entry, body: None }
            }
        }
    }

    /// Notes the pictures that an entry names, also those of one that was struck out: it stays in the chart.
    fn name_pictures(&mut self, body: &Body) {
        match body {
            Body::PictureTaken(taken) => {
                let extension = taken.media_type.extension();
                let thumbnail = MediaType::Jpeg.extension();
                self.pictures.extend([(taken.thumbnail, thumbnail), (taken.original, extension), (taken.display, extension)]);
            }
            Body::ScanTaken(taken) => {
                self.pictures.insert(taken.original, taken.format.extension());
            }
            Body::Amended(amended) => {
                if let Some(becomes) = &amended.becomes {
                    self.name_pictures(becomes);
                }
            }
            _ => {}
        }
    }

    /// A chart as a table: one row per entry, in words.
    fn table(&mut self, stream: Uuid, entries: &[Read]) -> Result<(), LedgerError> {
        let columns = ["seq", "at", "author", "kind", "day", "summary", "amended"];
        let mut table = Table::begin(&mut self.output, &format!("{CHARTS}/{stream}.csv"), &columns)?;
        let amended = amendments(entries);
        for Read { entry, body } in entries {
            let words = body.as_ref().map_or_else(|| "not understood by the program that exported it".to_owned(), summary);
            let row = Row::default()
                .number(Some(entry.seq))
                .text(format::text_of_time(entry.at))
                .text(self.name_of(entry.author))
                .text(&entry.kind)
                .maybe(body.as_ref().map(Body::day))
                .text(words)
                .maybe(amended.get(&EntryId(entry.id.0)));
            table.row(row)?;
        }
        table.end(&mut self.output)
    }

    /// The name of whoever wrote something.
    pub(super) fn name_of(&self, author: Author) -> String {
        match author {
            Author::Program => "the program".to_owned(),
            Author::Link(_) => "the patient, through a link".to_owned(),
            Author::User(user) => {
                let known = self.book.users.get(&user);
                known.map_or_else(|| "a user who is not in the book".to_owned(), |user| user.display_name.to_string())
            }
        }
    }
}

fn file_of(stream: Uuid) -> String {
    if stream == BOOK { BOOK_FILE.to_owned() } else { format!("{CHARTS}/{stream}.json") }
}
