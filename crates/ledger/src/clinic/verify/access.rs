//! The access log: line by line, and against what was noted of it.

use jiff::Timestamp;

use super::{AccessEnd, Depth, Run, What, Where, on};
use crate::access::{Access, Operation, Outcome};
use crate::clinic::LedgerError;
use crate::clinic::charts::stream_of;
use crate::clinic::progress::Stage;
use crate::clinic::sealed::{ACCESS_SALT_BYTES, access_place};
use crate::pictures::digest_of;
use crate::store::{AccessRow, access_hash};

impl Run<'_> {
    pub(super) fn access_log(&mut self) -> Result<(), LedgerError> {
        self.teller.begin(Stage::AccessLog, 0);
        let (clinic, mut end, mut buffer) = (self.clinic, AccessEnd::default(), Vec::new());
        let mut outcome = Ok(());
        clinic.store.each_access(0, &mut |row| {
            outcome = self.line(row, &mut end, &mut buffer);
            on(&outcome)
        })?;
        outcome?;
        self.teller.end();
        self.found.access_end = end;
        if let Some(noted) = self.check.noted.filter(|noted| noted.seq > end.seq) {
            self.fault(Where::Access { seq: noted.seq }, What::AccessNotAsNoted { noted: noted.hash });
        }
        Ok(())
    }

    fn line(&mut self, row: &AccessRow, end: &mut AccessEnd, buffer: &mut Vec<u8>) -> Result<(), LedgerError> {
        self.found.access_lines += 1;
        self.teller.one_more();
        // Followed on from what the line says, so that one fault is told once.
        let before = std::mem::replace(end, AccessEnd { seq: row.seq, hash: row.hash });
        let here = Where::Access { seq: row.seq };
        if row.seq != before.seq + 1 {
            self.fault(here, What::AccessGap { expected: before.seq + 1 });
        } else if access_hash(&before.hash, row.seq, &row.draft) != row.hash {
            self.fault(here, What::AccessHash);
        }
        if self.check.noted.is_some_and(|noted| noted.seq == row.seq && noted.hash != row.hash) {
            self.fault(here, What::AccessNotAsNoted { noted: self.check.noted.unwrap_or_default().hash });
        }
        if let Err(why) = self.with_ring(|ring| ring.open_into(&access_place(&row.draft.id), &row.draft.sealed, buffer)) {
            self.fault(here, What::AccessSealed(why));
        } else if digest_of(buffer) != row.draft.content {
            self.fault(here, What::AccessChanged);
        } else if self.check.depth == Depth::Facts {
            self.said(row, buffer.get(ACCESS_SALT_BYTES..).unwrap_or_default())?;
        }
        Ok(())
    }

    fn said(&mut self, row: &AccessRow, content: &[u8]) -> Result<(), LedgerError> {
        let here = Where::Access { seq: row.seq };
        let Ok(access) = serde_json::from_slice::<Access>(content) else {
            self.fault(here, What::AccessNotUnderstood);
            return Ok(());
        };
        if access.at.as_microsecond() != row.draft.at_us {
            self.fault(here, What::AccessTime(Timestamp::from_microsecond(row.draft.at_us).unwrap_or_default()));
        }
        // A registration is in the log together with the chart that it begins, or not at all.
        let registered = access.operation == Operation::RegisterPatient && access.outcome == Outcome::Allowed;
        if let Some(patient) = access.patient.filter(|_| registered)
            && self.clinic.store.head(stream_of(patient))?.is_none()
        {
            self.fault(here, What::ChartGone);
        }
        Ok(())
    }
}
