//! The access log of an export: read line by line, checked, sealed anew under the same places and hashes.

use super::super::export::{ACCESS_LOG, AccessJson, time_of_text};
use super::{Import, unsound, wrong};
use crate::access::Access;
use crate::clinic::progress::Teller;
use crate::clinic::sealed::access_place;
use crate::clinic::{LedgerError, Stage};
use crate::pictures::digest_of;
use crate::store::{AccessDraft, Batch, Walk, access_hash};
use resurface_care::chart::Digest;

/// Longest line that is read, in bytes: a line is ids, codes and at most one reason of 500 characters.
const LINE_BYTES_MAX: usize = 1 << 16;

/// Lines that are written together.
const LINES_TOGETHER: usize = 1_000;

impl Import {
    /// Brings in every line, a thousand in memory at a time.
    pub(super) fn access_log(&mut self, teller: &mut Teller<'_>) -> Result<(), LedgerError> {
        let mut lines = self.source.lines(ACCESS_LOG, LINE_BYTES_MAX)?;
        teller.begin(Stage::AccessLog, self.source.json().counts.access_lines);
        let (mut seq, mut hash, mut access) = (0, Digest::default(), Vec::new());
        while let Some(line) = lines.next_line()? {
            seq += 1;
            let draft = self.access_line(line, seq, &mut hash)?;
            access.push(draft);
            teller.one_more();
            if access.len() == LINES_TOGETHER {
                self.clinic.store.commit(Batch { access: std::mem::take(&mut access), ..Batch::default() })?;
            }
        }
        lines.end()?;
        teller.end();
        self.clinic.store.commit(Batch { access, ..Batch::default() })?;
        self.counts.access_lines = u64::try_from(seq).unwrap_or_default();
        self.ends_with(seq, &hash)
    }

    fn access_line(&self, line: &[u8], seq: i64, end: &mut Digest) -> Result<AccessDraft, LedgerError> {
        let problem = |problem: &str| unsound(ACCESS_LOG, &format!("line {seq}: {problem}"));
        let json: AccessJson<'_> =
            serde_json::from_slice(line).map_err(|_| problem("it is not written as a line of the log is"))?;
        let content = json.content.get().as_bytes();
        serde_json::from_slice::<Access>(content).map_err(|_| problem("this version of the program does not understand it"))?;
        let at = time_of_text(&json.at).ok_or_else(|| problem("its time has no meaning"))?;
        let salted = [&json.salt.0, content].concat();
        let sealed = self.ring.seal(&access_place(&json.id), &salted, self.clinic.surroundings.random())?;
        let draft = AccessDraft { id: json.id, at_us: at.as_microsecond(), content: digest_of(&salted), sealed };
        *end = access_hash(end, seq, &draft);
        if json.seq != seq || json.hash != *end {
            return Err(problem("it does not follow from the lines before it: it, or one before it, was changed or removed"));
        }
        Ok(draft)
    }

    /// That the log of the new clinic is the log that was read.
    fn ends_with(&self, seq: i64, hash: &Digest) -> Result<(), LedgerError> {
        let mut last = (0, Digest::default());
        self.clinic.store.each_access(seq - 1, &mut |row| {
            last = (row.seq, row.hash);
            Walk::On
        })?;
        if last == (seq, *hash) { Ok(()) } else { Err(wrong(ACCESS_LOG, "it was not written as it was read")) }
    }
}
