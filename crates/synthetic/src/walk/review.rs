//! A review: asked, examined, measured, held against the forecast, decided.

use jiff::civil::Date;
use resurface_care::chart::{Body, Decided, Penned, Wish};
use resurface_care::consultation::{OutcomeScale, Rater};

use super::Walk;
use super::answers::Asked;
use crate::happening::SyntheticError;

impl Walk<'_> {
    /// Reviews the course; what is due on the same day follows.
    pub(super) fn review(&mut self, due: Option<Date>) -> Result<bool, SyntheticError> {
        if !self.go_when_due(due) {
            return Ok(false);
        }
        let planned = self.chart.plan.as_ref().and_then(|plan| plan.course()).map_or(0, |course| course.total_sessions);
        let session_may_follow = self.chart.sessions.len() < planned;
        self.ask(if session_may_follow { Asked::OnTheDay } else { Asked::Again }, Penned::Clinic)?;
        self.examine()?;
        self.measure_severity()?;
        self.patient_reports()?;
        self.take_pictures()?;
        self.screen()?;
        let overrides = self.overrides();
        let reviewed = self.bench.review(&self.chart, self.today, &self.setting, &overrides, None);
        let mut reviewed = reviewed.map_err(|source| self.refused(source))?;
        if reviewed.decided == Decided::Continue && self.random.chance(0.04) {
            reviewed.decided = Decided::Stop;
            reviewed.reason = Some("the patient is content with the result".to_owned());
        }
        let decided = reviewed.decided;
        self.record(self.treats(), Body::Reviewed(reviewed))?;
        self.asked_for_today = session_may_follow;
        if decided == Decided::Continue && !session_may_follow {
            self.plan_further_sessions()?;
        }
        Ok(true)
    }

    /// What the patient thinks of it, and now and then somebody who did not know when the pictures were taken.
    fn patient_reports(&mut self) -> Result<(), SyntheticError> {
        let verdict_days = self.bench.knowledge.settings.verdict_days.whole();
        let since = self.chart.sessions.last().map_or(0, |last| (self.today - last.on).get_days());
        if u32::try_from(since).is_ok_and(|days| days < verdict_days) {
            return Ok(());
        }
        if self.random.chance(0.5) {
            let judged = self.truth.judged_openly(self.today, &mut self.rater);
            let quartile = (4.0 * judged).floor().clamp(0.0, 3.0);
            self.measure(OutcomeScale::ImprovementQuartile, quartile, Rater::Patient)?;
        }
        if self.random.chance(0.3) {
            let judged = self.truth.judged_blindly(self.today, &mut self.rater);
            let percent = (20.0 * judged).round().clamp(-20.0, 20.0) * 5.0;
            self.measure(OutcomeScale::ImprovementPercent, percent, Rater::Blinded)?;
        }
        Ok(())
    }

    /// When a review advises to go on after the last session of a course, the next ones are planned.
    fn plan_further_sessions(&mut self) -> Result<(), SyntheticError> {
        if let Some(further) = self.plan(Wish::Adopt)? {
            self.record(self.treats(), Body::PlanAdopted(further))?;
        }
        Ok(())
    }
}
