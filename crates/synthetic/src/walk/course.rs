//! What happens beside the pathway, and where it ends: other treatments, waiting for a verdict, consent taken back.

use std::collections::BTreeSet;

use resurface_care::chart::{Body, ConsentWithdrawn, NextStep, Penned, Purpose, Step};

use super::Walk;
use super::answers::Asked;
use crate::happening::{StaffMember, SyntheticError};
use crate::script::{Obstacle, Script};

impl Walk<'_> {
    /// What the patient's part asks for before the chart gets its way; nothing when it asks for nothing.
    pub(super) fn beside_the_pathway(&mut self, next: &NextStep) -> Result<Option<bool>, SyntheticError> {
        let within_course = matches!(next.step, Step::Session | Step::Review);
        let given = self.chart.sessions.len();
        match self.part.script {
            Script::Withdraws { after } if within_course && given >= after => self.withdraw().map(Some),
            Script::AdverseEvent { after, which } if within_course && given >= after && self.trouble.is_ahead() => {
                self.notice_event(which).map(Some)
            }
            _ => Ok(None),
        }
    }

    fn withdraw(&mut self) -> Result<bool, SyntheticError> {
        if !self.go_on(5, 20) {
            return Ok(false);
        }
        const WHY: [&str; 3] = ["moves to another town", "does not want the redness again", "no reason given"];
        let reason = self.random.one_of(&WHY, WHY[2]).to_owned();
        let withdrawn = ConsentWithdrawn { on: self.today, purposes: BTreeSet::from([Purpose::Treatment]), reason: Some(reason) };
        self.record(StaffMember::Patient, Body::ConsentWithdrawn(withdrawn))?;
        Ok(true)
    }

    /// Other treatments are offered; whoever waits for a medicine to end comes back.
    pub(super) fn alternatives(&mut self) -> Result<bool, SyntheticError> {
        let comes_back = self.part.script == Script::DeferredThenTreated(Obstacle::Isotretinoin)
            && self.chart.sessions.is_empty()
            && self.today < self.clears;
        if comes_back {
            if !self.go_when_due(Some(self.clears)) {
                return Ok(false);
            }
            self.ask(Asked::Again, Penned::Clinic)?;
            return Ok(true);
        }
        if self.go_on(0, 3) {
            self.message(Penned::Clinic, "We have put together what else may help your scars. Shall we talk about it?")?;
        }
        self.ended = true;
        Ok(true)
    }

    /// Nothing is wanted, unless the last review asked to wait for its verdict.
    pub(super) fn nothing_is_wanted(&mut self) -> Result<bool, SyntheticError> {
        match self.waits_for_verdict() {
            Some(day) => self.review(Some(day)),
            None => Ok(false),
        }
    }
}
