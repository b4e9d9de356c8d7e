//! From an export to a clinic in a new folder: every file and every chain is checked, and sealed under keys of its own.
//!
//! Ids, salts, times, authors and hashes stay as they are, so that what was proved before is proved after. Users come without
//! anything to sign in with: a password is set at the clinic's machine.

mod access;
mod chain;
mod source;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use resurface_care::chart::{Body, Chart, Digest, MediaType, Recorded};
use uuid::Uuid;

use super::export::{
    BOOK_FILE, CHARTS, EXPORT_FILE, ExportCounts, KNOWLEDGE, LINKS, LINKS_SCHEMA, LinksJson, PICTURES, StreamJson,
};
use super::partial::PartialFolder;
use super::{Tell, WayFault};
use crate::access::{Access, Actor, Operation};
use crate::clinic::charts::{lot_key, lots_of, mixes};
use crate::clinic::folder::Folder;
use crate::clinic::progress::Teller;
use crate::clinic::sealed::RingSealing;
use crate::clinic::{BOOK, Book, BookBody, Charts, Clinic, Imported, LedgerError, Stage, Summary};
use crate::entry::Author;
use crate::identity::PatientId;
use crate::seal::{Keyring, Secret};
use crate::store::{Batch, Expected, LotRow, Outcome, RecordKind};
use crate::surroundings::Surroundings;
use chain::Chain;
use source::Source;

/// Makes a clinic of an export, in a folder that is not there yet or is empty, and opens it. Whoever is at the machine may:
/// they have the export. It is noted in the book and in the access log.
///
/// # Errors
/// When a file is missing, changed or does not belong there, when a record does not check (then all of them are named), or the
/// folder holds something; then nothing is left in it.
pub fn import(
    from: &Path,
    into: &Path,
    secret: &Secret,
    surroundings: Arc<dyn Surroundings>,
    tell: Tell<'_>,
) -> Result<Clinic, LedgerError> {
    let source = Source::open(from)?;
    source.refuse_faults()?;
    let partial = PartialFolder::begin(into)?;
    let inside = Folder::new(partial.path());
    let ring = Keyring::new(surroundings.random());
    inside.make(&ring, secret, surroundings.as_ref())?;
    let clinic = Clinic::over(inside, ring.clone(), Arc::clone(&surroundings), Charts::Real)?;

    let mut import = Import { clinic, ring, source, counts: ExportCounts::default(), pictures: BTreeMap::new() };
    let mut teller = Teller::new(tell);
    import.book()?;
    import.charts(&mut teller)?;
    import.pictures(&mut teller)?;
    import.links()?;
    import.knowledge()?;
    import.access_log(&mut teller)?;
    import.source.check_the_rest()?;
    let ring = import.note()?;
    partial.finish()?;
    Clinic::with_charts_as_its_book_says(Folder::new(into), ring, surroundings)
}

/// What the book of an export says, so that whoever is to lead can be looked for before anything is written. Its chain is not
/// checked: [`import`] does that.
///
/// # Errors
/// When the folder is no export, or its book is not as it is listed or not understood.
pub fn book_of_export(from: &Path) -> Result<Book, LedgerError> {
    let bytes = Source::open(from)?.bytes(BOOK_FILE)?;
    let json: StreamJson<'_> = serde_json::from_slice(&bytes).map_err(|_| wrong(BOOK_FILE, "it is not written as a book is"))?;
    let mut book = Book::default();
    for entry in &json.entries {
        book.add(&BookBody::of(&entry.kind, entry.version, entry.body.get().as_bytes())?);
    }
    Ok(book)
}

/// An import that is going on.
struct Import {
    clinic: Clinic,
    ring: Keyring,
    source: Source,
    counts: ExportCounts,
    /// Pictures that a chart names, each with the ending of its file.
    pictures: BTreeMap<Digest, &'static str>,
}

impl Import {
    /// The book: who works here, and whether there are people behind the charts.
    fn book(&mut self) -> Result<(), LedgerError> {
        let bytes = self.source.bytes(BOOK_FILE)?;
        let chain = Chain::read(&bytes, BOOK, &self.clinic, &self.ring).map_err(|problem| unsound(BOOK_FILE, &problem))?;
        let mut book = Book::default();
        for entry in &chain.entries {
            book.add(&BookBody::read(entry)?);
        }
        if book.founded != self.source.json().founded {
            return Err(wrong(EXPORT_FILE, "the clinic that it names is not the one of the book"));
        }
        if book.founded.synthetic {
            self.clinic.charts = Charts::Synthetic;
        }
        self.counts.book_entries = chain.entries.len() as u64;
        self.counts.users = book.users.len() as u64;
        self.put(chain, &[], Vec::new()).map_err(|refusal| match refusal {
            Refusal::Unsound(problem) => unsound(BOOK_FILE, &problem),
            Refusal::Stop(error) => *error,
        })
    }

    /// Every chart, one in memory at a time. Those that do not check are named all together.
    fn charts(&mut self, teller: &mut Teller<'_>) -> Result<(), LedgerError> {
        let files = self.source.names_in(CHARTS, ".json");
        let mut problems = Vec::new();
        teller.begin(Stage::Charts, files.len() as u64);
        for file in &files {
            let bytes = self.source.bytes(file)?;
            match self.chart(file, &bytes) {
                Ok(()) => self.counts.charts += 1,
                Err(Refusal::Unsound(problem)) => problems.push(format!("{file}: {problem}")),
                Err(Refusal::Stop(error)) => return Err(*error),
            }
            teller.one_more();
        }
        teller.end();
        if problems.is_empty() { Ok(()) } else { Err(WayFault::Unsound(problems).into()) }
    }

    fn chart(&mut self, file: &str, bytes: &[u8]) -> Result<(), Refusal> {
        let patient = file.strip_prefix(CHARTS).and_then(|name| name.strip_prefix('/')?.strip_suffix(".json")?.parse().ok());
        let patient: PatientId = patient.ok_or_else(|| Refusal::Unsound("its name is not the id of a patient".to_owned()))?;
        let chain = Chain::read(bytes, Uuid::from_bytes(*patient.as_bytes()), &self.clinic, &self.ring)?;
        let mut bodies = Vec::with_capacity(chain.entries.len());
        for entry in &chain.entries {
            let body = Body::read(&entry.kind, entry.version, &entry.content);
            let body = body.map_err(|error| Refusal::Unsound(format!("entry {}: {error}", entry.seq)))?;
            if mixes(self.clinic.charts, &body) {
                return Err(Refusal::Unsound("real and synthetic charts are never kept together".to_owned()));
            }
            self.name_pictures(&body);
            bodies.push(body);
        }
        let recorded = chain.entries.iter().zip(&bodies).map(|(entry, body)| Recorded { id: entry.id, body });
        let summary = serde_json::to_vec(&Summary::of(&Chart::fold(recorded))).map_err(LedgerError::from)?;
        let stream = chain.stream;
        let of_entry = chain
            .entries
            .iter()
            .zip(&bodies)
            .flat_map(|(entry, body)| lots_of(body).map(move |lot| LotRow { lot: lot_key(lot), stream, entry: entry.id.0 }));
        let lots = of_entry.collect();
        self.counts.entries += chain.entries.len() as u64;
        self.put(chain, &summary, lots)
    }

    /// Writes a chain with its end.
    fn put(&self, chain: Chain, summary: &[u8], lots: Vec<LotRow>) -> Result<(), Refusal> {
        let head = self.clinic.head(chain.stream, chain.end, summary, &self.ring)?;
        let expected = vec![Expected { stream: chain.stream, head: None }];
        let batch = Batch { expected, entries: chain.rows, heads: vec![head], lots, ..Batch::default() };
        match self.clinic.store.commit(batch).map_err(LedgerError::from)? {
            Outcome::Written => Ok(()),
            _ => Err(Refusal::Unsound("an entry of it has the id of an entry elsewhere".to_owned())),
        }
    }

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

    /// Every picture that a chart names, one in memory at a time, and no other.
    fn pictures(&mut self, teller: &mut Teller<'_>) -> Result<(), LedgerError> {
        let surroundings = Arc::clone(&self.clinic.surroundings);
        let sealing = RingSealing { ring: &self.ring, surroundings: surroundings.as_ref() };
        teller.begin(Stage::Pictures, self.pictures.len() as u64);
        for (name, extension) in &self.pictures {
            let file = format!("{PICTURES}/{name}.{extension}");
            let bytes = self.source.bytes(&file)?;
            if crate::pictures::digest_of(&bytes) != *name {
                return Err(WayFault::Altered(file).into());
            }
            self.clinic.pictures.put(name, &bytes, &sealing)?;
            self.counts.pictures += 1;
            teller.one_more();
        }
        teller.end();
        Ok(())
    }

    fn links(&mut self) -> Result<(), LedgerError> {
        let bytes = self.source.bytes(LINKS)?;
        let json: LinksJson = serde_json::from_slice(&bytes).map_err(|_| wrong(LINKS, "it is not a list of links"))?;
        if json.schema != LINKS_SCHEMA {
            return Err(WayFault::TooNew(json.schema).into());
        }
        let record = |link| {
            let link: &crate::identity::PatientLink = link;
            self.clinic.record(RecordKind::Link, link.token_hash.digest().as_bytes(), link)
        };
        let records = json.links.iter().map(record).collect::<Result<_, _>>()?;
        self.clinic.store.commit(Batch { records, ..Batch::default() })?;
        self.counts.links = json.links.len() as u64;
        Ok(())
    }

    fn knowledge(&mut self) -> Result<(), LedgerError> {
        let mut versions: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
        for file in self.source.names_in(KNOWLEDGE, "") {
            let text = self.source.bytes(&file)?;
            let text = String::from_utf8(text).map_err(|_| wrong(&file, "it is not a text in UTF-8"))?;
            let parts = file.strip_prefix(KNOWLEDGE).and_then(|name| name.strip_prefix('/')?.split_once('/'));
            let (version, name) = parts.ok_or_else(|| WayFault::Unknown(file.clone()))?;
            versions.entry(version.to_owned()).or_default().insert(name.to_owned(), text);
        }
        for (version, files) in &versions {
            let record = self.clinic.record(RecordKind::Knowledge, version.as_bytes(), files)?;
            self.clinic.store.commit(Batch { records: vec![record], ..Batch::default() })?;
        }
        self.counts.knowledge_versions = versions.len() as u64;
        Ok(())
    }

    /// Notes the import in the book and in the access log, once everything is in that the export counts; closes the clinic.
    fn note(self) -> Result<Keyring, LedgerError> {
        let Self { clinic, ring, source, counts, .. } = self;
        if counts != source.json().counts {
            return Err(wrong(EXPORT_FILE, "its counts are not those of its files"));
        }
        let (today, ExportCounts { charts, entries, .. }) = (clinic.today(), counts);
        let grant = clinic.desk(Actor::at_the_console()).ask(Operation::Import, None)?;
        let access = vec![clinic.access(&Access::allowed(&grant))?];
        let imported = BookBody::Imported(Imported { on: today, charts, entries });
        clinic.write_book(&[imported], Author::Program, Vec::new(), access)?;
        Ok(ring)
    }
}

/// Why a chart is not taken over: it does not check, which is told together with the others, or nothing can go on.
enum Refusal {
    Unsound(String),
    Stop(Box<LedgerError>),
}

impl From<String> for Refusal {
    fn from(problem: String) -> Self {
        Self::Unsound(problem)
    }
}

impl From<LedgerError> for Refusal {
    fn from(error: LedgerError) -> Self {
        Self::Stop(Box::new(error))
    }
}

fn unsound(file: &str, problem: &str) -> LedgerError {
    WayFault::Unsound(vec![format!("{file}: {problem}")]).into()
}

fn wrong(file: &str, problem: &'static str) -> LedgerError {
    WayFault::Wrong { file: file.to_owned(), problem }.into()
}
