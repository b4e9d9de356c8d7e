//! Whether a session may begin now: the latest gate of today, asked once more of the chart as it is now.

use resurface_care::chart::{EntryId, SessionGated};
use resurface_care::gate::Permit;
use resurface_ledger::clinic::OpenChart;

use crate::problem::Problem;
use crate::seat::Seat;

/// The latest gate of today.
pub(in crate::pages) struct OfToday<'a> {
    pub(in crate::pages) id: EntryId,
    pub(in crate::pages) gated: &'a SessionGated,
    /// The session that was given on it.
    pub(in crate::pages) given: Given,
}

/// Whether the session of the day was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::pages) enum Given {
    /// It was.
    Already,
    /// It was not.
    NotYet,
}

/// The latest gate of today, where one was asked.
pub(in crate::pages) fn of_today<'a>(seat: &Seat<'_>, open: &'a OpenChart) -> Option<OfToday<'a>> {
    let today = seat.app.clinic().today();
    let (id, gated) = open.chart.gates.iter().rev().find(|(_, gated)| gated.on == today)?;
    let given = open.chart.sessions.iter().any(|session| session.on == today);
    Some(OfToday { id: *id, gated, given: if given { Given::Already } else { Given::NotYet } })
}

impl OfToday<'_> {
    /// Whether the session may begin: permitted then, and permitted still, with everything that was written since and with what
    /// the clinic's records know now of who treats.
    pub(in crate::pages) fn may_begin(&self, seat: &Seat<'_>, open: &OpenChart) -> Result<bool, Problem> {
        if self.given == Given::Already || self.gated.answer.permit == Permit::Refused || open.fault.is_some() {
            return Ok(false);
        }
        let mut setting = self.gated.setting.clone();
        setting.operator = seat.app.clinic().operator_of_the_day(&setting.operator)?;
        let bench = seat.rules.bench(seat.app.program);
        let again = bench.gate(&open.chart, self.gated.on, &setting, &self.gated.overrides, &self.gated.day);
        Ok(again.is_ok_and(|again| again.answer.permit != Permit::Refused))
    }
}
