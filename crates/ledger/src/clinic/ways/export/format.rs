//! The files of an export, as they are written and read again. `readme.md` says the same in words.

use std::collections::BTreeMap;

use data_encoding::HEXLOWER;
use jiff::Timestamp;
use resurface_care::chart::Digest;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;
use uuid::Uuid;

use crate::clinic::{Founded, LedgerError};
use crate::entry::Author;
use crate::identity::PatientLink;

pub(in super::super) const EXPORT_SCHEMA: &str = "resurface.export/1";
pub(in super::super) const CHART_SCHEMA: &str = "resurface.chart/1";
pub(in super::super) const LINKS_SCHEMA: &str = "resurface.links/1";

pub(in super::super) const EXPORT_FILE: &str = "export.json";
pub(in super::super) const BOOK_FILE: &str = "book.json";
pub(in super::super) const LINKS: &str = "links.json";
pub(in super::super) const ACCESS_LOG: &str = "access_log.jsonl";
pub(in super::super) const CHARTS: &str = "charts";
pub(in super::super) const PICTURES: &str = "pictures";
pub(in super::super) const KNOWLEDGE: &str = "knowledge";

/// `export.json`: what the export holds.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in super::super) struct ExportJson {
    pub(in super::super) schema: String,
    pub(in super::super) program: String,
    pub(in super::super) made_at: Timestamp,
    pub(in super::super) founded: Founded,
    pub(in super::super) counts: ExportCounts,
    pub(in super::super) faults: Vec<ExportFault>,
    pub(in super::super) files: BTreeMap<String, FileJson>,
}

impl ExportJson {
    pub(super) fn new(
        made_at: Timestamp,
        founded: Founded,
        counts: ExportCounts,
        faults: Vec<ExportFault>,
        files: BTreeMap<String, FileJson>,
    ) -> Self {
        let (schema, program) = (EXPORT_SCHEMA.to_owned(), env!("CARGO_PKG_VERSION").to_owned());
        Self { schema, program, made_at, founded, counts, faults, files }
    }
}

/// What is in an export.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExportCounts {
    /// Charts.
    pub charts: u64,
    /// Entries of the charts.
    pub entries: u64,
    /// Entries of the clinic's book.
    pub book_entries: u64,
    /// Picture files; a picture has three.
    pub pictures: u64,
    /// Lines of the access log.
    pub access_lines: u64,
    /// Users.
    pub users: u64,
    /// Links that patients were handed.
    pub links: u64,
    /// Versions of the knowledge.
    pub knowledge_versions: u64,
}

/// Something that could not be opened, or does not check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExportFault {
    /// The file of the export that it belongs to.
    pub file: String,
    /// The place of the entry or line, where it is one.
    pub entry: Option<i64>,
    /// What is wrong.
    pub problem: String,
}

/// One file of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in super::super) struct FileJson {
    pub(in super::super) bytes: u64,
    pub(in super::super) sha256: Digest,
}

/// A chart or the book: every entry of one chain.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in super::super) struct StreamJson<'a> {
    pub(in super::super) schema: String,
    pub(in super::super) stream: Uuid,
    #[serde(borrow)]
    pub(in super::super) entries: Vec<EntryJson<'a>>,
}

/// One entry. The body is the text that the hash covers, to the byte.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in super::super) struct EntryJson<'a> {
    pub(in super::super) id: Uuid,
    pub(in super::super) seq: u32,
    pub(in super::super) kind: String,
    pub(in super::super) version: u16,
    pub(in super::super) author: Author,
    pub(in super::super) author_name: String,
    pub(in super::super) at: String,
    pub(in super::super) salt: Salt,
    pub(in super::super) previous_hash: Digest,
    #[serde(borrow)]
    pub(in super::super) body: &'a RawValue,
    pub(in super::super) hash: Digest,
}

/// One line of the access log. The content is the text that its hash covers, to the byte.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in super::super) struct AccessJson<'a> {
    pub(in super::super) seq: i64,
    pub(in super::super) id: Uuid,
    pub(in super::super) at: String,
    pub(in super::super) salt: Salt,
    #[serde(borrow)]
    pub(in super::super) content: &'a RawValue,
    pub(in super::super) hash: Digest,
}

/// Links that patients were handed, each with the hash of its token.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in super::super) struct LinksJson {
    pub(in super::super) schema: String,
    pub(in super::super) links: Vec<PatientLink>,
}

/// The salt of an entry, as 32 hexadecimal characters.
#[derive(Clone, Copy)]
pub(in super::super) struct Salt(pub(in super::super) [u8; 16]);

impl Serialize for Salt {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&HEXLOWER.encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for Salt {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let bytes = HEXLOWER.decode(text.as_bytes()).ok().and_then(|bytes| bytes.try_into().ok());
        bytes.map(Self).ok_or_else(|| serde::de::Error::custom("not a salt: 32 hexadecimal characters are expected"))
    }
}

/// A time as it is written: UTC, to the microsecond, which is what a hash covers.
pub(super) fn text_of_time(at: Timestamp) -> String {
    format!("{at:.6}")
}

/// A time that was written so, and in no other way.
pub(in super::super) fn time_of_text(text: &str) -> Option<Timestamp> {
    text.parse().ok().filter(|at| text_of_time(*at) == text)
}

/// Bytes as JSON that is written exactly as they are; nothing when they are no JSON.
pub(super) fn raw(bytes: &[u8]) -> Option<&RawValue> {
    serde_json::from_slice::<&RawValue>(bytes).ok().filter(|raw| raw.get().len() == bytes.len())
}

/// As JSON for people, with a line end.
pub(super) fn pretty(value: &impl Serialize) -> Result<Vec<u8>, LedgerError> {
    let mut text = serde_json::to_vec_pretty(value)?;
    text.push(b'\n');
    Ok(text)
}
