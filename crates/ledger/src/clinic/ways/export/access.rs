//! The access log, line by line: as JSON that proves itself, and as a table to read.

use std::io::Write as _;
use std::path::Path;

use resurface_care::chart::Digest;

use super::format::{self, Salt};
use super::output::Writing;
use super::table::{Row, Table};
use super::words::word;
use super::{ACCESS_LOG, AccessJson, Export};
use crate::access::{Access, ActorId, EmergencyReason, Outcome};
use crate::clinic::files::fault;
use crate::clinic::progress::Teller;
use crate::clinic::sealed::{access_place, open_access};
use crate::clinic::{LedgerError, Stage};
use crate::entry::Author;
use crate::pictures::digest_of;
use crate::store::{AccessRow, Walk, access_hash};

const COLUMNS: &[&str] =
    &["seq", "at", "actor", "actor_name", "operation", "patient", "outcome", "missing", "emergency_reason", "note"];

/// The end of the log as far as it was written.
#[derive(Default)]
struct End {
    seq: i64,
    hash: Digest,
}

impl Export<'_> {
    /// Writes every line of the access log, one in memory at a time.
    pub(super) fn access_log(&mut self, teller: &mut Teller<'_>) -> Result<(), LedgerError> {
        let clinic = self.clinic;
        let mut json = self.output.begin(ACCESS_LOG)?;
        let mut table = Table::begin(&mut self.output, "access_log.csv", COLUMNS)?;
        let mut lines = 0;
        clinic.store.each_access(0, &mut |_| {
            lines += 1;
            Walk::On
        })?;
        teller.begin(Stage::AccessLog, lines);
        let (mut end, mut so_far) = (End::default(), Ok(()));
        clinic.store.each_access(0, &mut |row| {
            so_far = self.access_line(row, &mut end, &mut json, &mut table);
            teller.one_more();
            if so_far.is_ok() { Walk::On } else { Walk::Stop }
        })?;
        so_far?;
        teller.end();
        self.output.end(json)?;
        table.end(&mut self.output)
    }

    fn access_line(&mut self, row: &AccessRow, end: &mut End, json: &mut Writing, table: &mut Table) -> Result<(), LedgerError> {
        let before = std::mem::replace(end, End { seq: row.seq, hash: row.hash });
        if row.seq != before.seq + 1 {
            self.fault(ACCESS_LOG, Some(row.seq), "the lines before it are missing");
        } else if access_hash(&before.hash, row.seq, &row.draft) != row.hash {
            self.fault(ACCESS_LOG, Some(row.seq), "it does not follow from the lines before it");
        }
        let salted = self.ring.open(&access_place(&row.draft.id), &row.draft.sealed);
        let Some(salted) = salted.ok().filter(|salted| digest_of(salted) == row.draft.content) else {
            self.fault(ACCESS_LOG, Some(row.seq), "it cannot be opened, and is not in this export");
            return Ok(());
        };
        let parts = salted.split_first_chunk().and_then(|(salt, content)| Some((*salt, format::raw(content)?)));
        let at = jiff::Timestamp::from_microsecond(row.draft.at_us).ok();
        let (Some((salt, content)), Some(at)) = (parts, at) else {
            self.fault(ACCESS_LOG, Some(row.seq), "it is not understood, and is not in this export");
            return Ok(());
        };
        let (seq, id, hash) = (row.seq, row.draft.id, row.hash);
        let line = AccessJson { seq, id, at: format::text_of_time(at), salt: Salt(salt), content, hash };
        let mut text = serde_json::to_vec(&line)?;
        text.push(b'\n');
        json.write_all(&text).map_err(fault(Path::new(ACCESS_LOG), "written"))?;
        self.counts.access_lines += 1;
        match open_access(row, &self.ring) {
            Ok(access) => table.row(self.access_row(seq, &access)),
            Err(_) => {
                self.fault(ACCESS_LOG, Some(seq), "it is not understood by this version of the program");
                Ok(())
            }
        }
    }

    fn access_row(&self, seq: i64, access: &Access) -> Row {
        let (actor, name) = match access.actor {
            ActorId::User(user) => (user.to_string(), self.name_of(Author::User(user))),
            ActorId::Link(link) => (link.to_string(), self.name_of(Author::Link(link))),
            ActorId::Console => ("console".to_owned(), "whoever was at the clinic's machine".to_owned()),
            ActorId::Nobody => ("nobody".to_owned(), "nobody the clinic knows".to_owned()),
        };
        let (outcome, missing) = match access.outcome {
            Outcome::Allowed => ("allowed", None),
            Outcome::Denied(missing) => ("denied", Some(word(&missing))),
            Outcome::Failed => ("failed", None),
        };
        let row = Row::default().text(seq).text(format::text_of_time(access.at)).text(actor).text(name);
        let row = row.text(access.operation.words()).maybe(access.patient).text(outcome).maybe(missing);
        let reason = access.break_glass.as_ref().map(EmergencyReason::as_str);
        row.maybe(reason).maybe(access.note.map(crate::access::Note::words))
    }
}
