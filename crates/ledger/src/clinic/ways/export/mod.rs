//! An export: everything that the clinic knows, as files that everybody can read, check and take elsewhere.

mod access;
mod charts;
mod format;
mod output;
mod records;
mod table;
mod tables;
mod words;

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use resurface_care::chart::Digest;
use resurface_knowledge::settings::Settings;

pub(super) use format::{
    ACCESS_LOG, AccessJson, BOOK_FILE, CHART_SCHEMA, CHARTS, EXPORT_FILE, EXPORT_SCHEMA, EntryJson, ExportJson, FileJson,
    KNOWLEDGE, LINKS, LINKS_SCHEMA, LinksJson, PICTURES, StreamJson, time_of_text,
};
pub use format::{ExportCounts, ExportFault};

use super::Tell;
use super::partial::PartialFolder;
use super::snapshot::Snapshot;
use crate::access::{Access, Operation};
use crate::clinic::progress::Teller;
use crate::clinic::{Book, Clinic, Desk, LedgerError, Stage};
use crate::seal::Keyring;
use output::Output;

/// An export that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exported {
    /// The folder.
    pub folder: PathBuf,
    /// Files in it.
    pub files: u64,
    /// Their size together, in bytes.
    pub bytes: u64,
    /// What is in it.
    pub counts: ExportCounts,
    /// What could not be opened or does not check; also in `export.json`.
    pub faults: Vec<ExportFault>,
}

impl fmt::Display for Exported {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ExportCounts { charts, entries, pictures, .. } = self.counts;
        write!(
            out,
            "{}: {charts} charts with {entries} entries and {pictures} picture files, in plain text. Whoever holds this folder reads \
             every chart without a password: keep it where only the clinic gets to, and destroy it when it is no longer needed.",
            self.folder.display()
        )?;
        match self.faults.len() {
            0 => Ok(()),
            faults => write!(out, " {faults} records do not check: export.json names them."),
        }
    }
}

impl Desk<'_> {
    /// Writes everything into a new folder, readable and complete, as it was at one moment. The settings say when a consent is
    /// too old, for the next step of each chart.
    ///
    /// # Errors
    /// When it is not allowed, the folder holds something, or cannot be written; then nothing is left in it. A record that
    /// cannot be opened is no error: it is named in the answer and in `export.json`.
    pub fn export(&self, folder: &Path, settings: &Settings, tell: Tell<'_>) -> Result<Exported, LedgerError> {
        let grant = self.ask(Operation::Export, None)?;
        self.log(&Access::allowed(&grant))?;
        self.clinic.write_export(folder, settings, tell).or_else(|error| self.fail(&[grant], error))
    }
}

impl Clinic {
    fn write_export(&self, place: &Path, settings: &Settings, tell: Tell<'_>) -> Result<Exported, LedgerError> {
        let partial = PartialFolder::begin(place)?;
        let snapshot = Snapshot::take(self, place)?;
        let clinic = snapshot.clinic();
        let mut export = Export {
            clinic,
            ring: clinic.ring(),
            book: clinic.book()?,
            settings,
            output: Output::new(partial.path()),
            counts: ExportCounts::default(),
            faults: Vec::new(),
            pictures: BTreeMap::new(),
        };
        export.output.bytes("README.md", include_bytes!("readme.md"))?;
        let mut teller = Teller::new(tell);
        export.streams(&mut teller)?;
        export.pictures(&mut teller)?;
        export.access_log(&mut teller)?;
        export.users()?;
        export.links()?;
        export.knowledge()?;
        let Export { counts, faults, mut output, book, .. } = export;
        let json = ExportJson::new(self.surroundings.now(), book.founded.clone(), counts, faults.clone(), output.take_files());
        output.bytes(EXPORT_FILE, &format::pretty(&json)?)?;
        output.finish()?;
        drop(snapshot);
        partial.finish()?;
        let bytes = json.files.values().map(|file| file.bytes).sum();
        Ok(Exported { folder: place.to_owned(), files: json.files.len() as u64 + 1, bytes, counts, faults })
    }
}

/// An export that is being written.
struct Export<'a> {
    clinic: &'a Clinic,
    ring: Keyring,
    book: Arc<Book>,
    settings: &'a Settings,
    output: Output,
    counts: ExportCounts,
    faults: Vec<ExportFault>,
    /// Pictures that a chart names, each with the ending of its file.
    pictures: BTreeMap<Digest, &'static str>,
}

impl Export<'_> {
    fn fault(&mut self, file: &str, entry: Option<i64>, problem: impl fmt::Display) {
        self.faults.push(ExportFault { file: file.to_owned(), entry, problem: problem.to_string() });
    }

    /// Every picture file that a chart names, one in memory at a time.
    fn pictures(&mut self, teller: &mut Teller<'_>) -> Result<(), LedgerError> {
        let pictures = std::mem::take(&mut self.pictures);
        teller.begin(Stage::Pictures, pictures.len() as u64);
        for (name, extension) in &pictures {
            let file = format!("{PICTURES}/{name}.{extension}");
            match self.clinic.picture_bytes(name) {
                Ok(bytes) => {
                    self.output.bytes(&file, &bytes)?;
                    self.counts.pictures += 1;
                }
                Err(LedgerError::Picture(fault)) => self.fault(&file, None, picture_problem(&fault)),
                Err(error) => return Err(error),
            }
            teller.one_more();
        }
        teller.end();
        Ok(())
    }
}

/// What is wrong with a picture, without the place where the clinic keeps it.
const fn picture_problem(fault: &crate::pictures::PictureError) -> &'static str {
    use crate::pictures::PictureError;
    match fault {
        PictureError::Missing { .. } => "this picture is missing",
        PictureError::Damaged { .. } => "this picture is damaged",
        PictureError::KeyMissing { .. } => "the key of this picture is missing",
        _ => "this picture cannot be reached",
    }
}
