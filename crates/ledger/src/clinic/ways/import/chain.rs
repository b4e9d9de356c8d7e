//! One chain of an export: read, checked from its first entry to its last, and sealed anew.

use uuid::Uuid;

use super::super::export::{CHART_SCHEMA, StreamJson, time_of_text};
use crate::clinic::Clinic;
use crate::entry::{ChainEnd, Draft, Entry, EntryFault, Hand, append};
use crate::seal::Keyring;
use crate::store::EntryRow;
use resurface_care::chart::EntryId;

/// One chain that holds.
pub(super) struct Chain {
    pub(super) stream: Uuid,
    pub(super) entries: Vec<Entry>,
    pub(super) rows: Vec<EntryRow>,
    pub(super) end: ChainEnd,
}

impl Chain {
    /// Reads and checks a chain. The hash of every entry is computed anew from what it says.
    ///
    /// # Errors
    /// What is wrong with it, and where.
    pub(super) fn read(bytes: &[u8], stream: Uuid, clinic: &Clinic, ring: &Keyring) -> Result<Self, String> {
        let json: StreamJson<'_> = serde_json::from_slice(bytes)
            .map_err(|error| format!("line {}, column {}: this is not written as a chart is", error.line(), error.column()))?;
        if json.schema != CHART_SCHEMA {
            return Err("it is written in a way that this version of the program does not know".to_owned());
        }
        if json.stream != stream {
            return Err("it is another chart than its name says".to_owned());
        }
        let mut chain = Self { stream, entries: Vec::new(), rows: Vec::new(), end: ChainEnd::default() };
        for entry in json.entries {
            let (seq, before) = (entry.seq, chain.end);
            if seq != before.seq + 1 {
                return Err(EntryFault::Gap { expected: before.seq + 1, found: seq }.to_string());
            }
            let at = time_of_text(&entry.at).ok_or_else(|| EntryFault::Meaningless { seq }.to_string())?;
            let (id, kind, version) = (EntryId(entry.id), entry.kind, entry.version);
            let draft = Draft { id, kind, version, content: entry.body.get().as_bytes().to_vec() };
            let hand = Hand { author: entry.author, at, salt: entry.salt.0, nonce: clinic.surroundings.random() };
            let row = append(&mut chain.end, stream, &draft, hand, ring).map_err(|error| error.to_string())?;
            if entry.previous_hash != before.hash || entry.hash != row.hash {
                return Err(EntryFault::Hash { seq }.to_string());
            }
            let Draft { id, kind, version, content } = draft;
            let Hand { author, at, salt, .. } = hand;
            chain.entries.push(Entry { id, stream, seq, kind, version, author, at, salt, content, hash: row.hash });
            chain.rows.push(row);
        }
        if chain.rows.is_empty() { Err("it has no entry".to_owned()) } else { Ok(chain) }
    }
}
