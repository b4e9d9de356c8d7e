//! Reading who did what: newest first.

use jiff::Timestamp;
use serde::Serialize;

use super::sealed::open_access;
use super::{Desk, LedgerError};
use crate::access::{Access, ActorId, Operation, Outcome};
use crate::identity::PatientId;
use crate::seal::Keyring;
use crate::store::{AccessRow, Walk};

/// Which lines of the access log are wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessFilter {
    /// Only about this patient.
    pub patient: Option<PatientId>,
    /// Only by this actor.
    pub actor: Option<ActorId>,
    /// Only from then on.
    pub since: Option<Timestamp>,
    /// Which outcomes.
    pub outcomes: Outcomes,
    /// At most so many, the newest.
    pub lines_max: usize,
}

/// Which outcomes are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcomes {
    /// All.
    All,
    /// What was refused, or could not be done.
    Failures,
}

/// One line of the access log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AccessLine {
    /// Its place in the log, from 1.
    pub seq: i64,
    /// When.
    pub at: Timestamp,
    /// What it says; nothing when it cannot be read. Such a line is shown whatever is asked for: it may be about this patient.
    pub said: Option<Access>,
}

impl Default for AccessFilter {
    fn default() -> Self {
        Self { patient: None, actor: None, since: None, outcomes: Outcomes::All, lines_max: 200 }
    }
}

impl AccessFilter {
    fn wants(&self, access: &Access) -> bool {
        self.patient.is_none_or(|patient| access.patient == Some(patient))
            && self.actor.is_none_or(|actor| access.actor == actor)
            && (self.outcomes == Outcomes::All || access.outcome != Outcome::Allowed)
    }
}

impl Desk<'_> {
    /// Lines of the access log, newest first. That it was read is its newest line.
    ///
    /// # Errors
    /// When it is not allowed, or cannot be read.
    pub fn access_log(&self, filter: &AccessFilter) -> Result<Vec<AccessLine>, LedgerError> {
        self.read(Operation::ReadAccessLog, filter.patient)?;
        let since_us = filter.since.map_or(i64::MIN, Timestamp::as_microsecond);
        self.lines_back(filter.lines_max, |row| row.draft.at_us >= since_us, |access| filter.wants(access))
    }

    /// Everything that was done by breaking the glass, newest first: the breaking itself, and what was opened by it.
    ///
    /// # Errors
    /// When it is not allowed, or cannot be read.
    pub fn emergencies(&self) -> Result<Vec<AccessLine>, LedgerError> {
        self.read(Operation::ReadAccessLog, None)?;
        self.lines_back(usize::MAX, |_| true, |access| access.break_glass.is_some())
    }

    fn lines_back(
        &self,
        lines_max: usize,
        looked_at: impl Fn(&AccessRow) -> bool,
        wanted: impl Fn(&Access) -> bool,
    ) -> Result<Vec<AccessLine>, LedgerError> {
        self.clinic.with_keys(|ring| self.lines_back_with(ring, lines_max, &looked_at, &wanted))
    }

    fn lines_back_with(
        &self,
        ring: &Keyring,
        lines_max: usize,
        looked_at: &dyn Fn(&AccessRow) -> bool,
        wanted: &dyn Fn(&Access) -> bool,
    ) -> Result<Vec<AccessLine>, LedgerError> {
        let mut lines = Vec::new();
        self.clinic.store.each_access_back(&mut |row| {
            if lines.len() == lines_max {
                return Walk::Stop;
            }
            if looked_at(row) {
                let said = open_access(row, ring).ok();
                if said.as_ref().is_none_or(wanted) {
                    let at = Timestamp::from_microsecond(row.draft.at_us).unwrap_or_default();
                    lines.push(AccessLine { seq: row.seq, at, said });
                }
            }
            Walk::On
        })?;
        Ok(lines)
    }
}
