//! From registration to consent: asked, examined, screened, planned, discussed.

use jiff::ToSpan;
use jiff::civil::Date;
use resurface_care::chart::{
    Amended, Body, Consented, DecideError, Examined, Measured, Message, Penned, PlanAdopted, Registered, Signature, Wish,
};
use resurface_care::consultation::{OutcomeMeasured, OutcomeScale, Rater, Skin};

use super::Walk;
use super::answers::Asked;
use crate::happening::{StaffMember, SyntheticError};
use crate::script::{Obstacle, Script};

impl Walk<'_> {
    pub(super) fn register(&mut self) -> Result<(), SyntheticError> {
        self.go_to(self.part.registered);
        let registered = Registered {
            on: self.today,
            number: self.person.number.clone(),
            name: self.person.name.clone(),
            birth_date: self.person.birth_date,
            sex: self.person.sex,
            contact: None,
            synthetic: true,
        };
        self.record(StaffMember::Assistant, Body::Registered(registered))?;
        Ok(())
    }

    pub(super) fn first_intake(&mut self) -> Result<bool, SyntheticError> {
        let at_home = self.random.chance(0.35);
        if !(if at_home { self.go_on(0, 4) } else { self.go_to(self.today) }) {
            return Ok(false);
        }
        self.ask(Asked::AtFirst, if at_home { Penned::Patient } else { Penned::Clinic })?;
        Ok(true)
    }

    pub(super) fn first_examination(&mut self) -> Result<bool, SyntheticError> {
        let at_home = self.chart.intake.as_ref().is_some_and(|intake| intake.answered_by == Penned::Patient);
        if !(if at_home { self.go_on(1, 8) } else { self.go_to(self.today) }) {
            return Ok(false);
        }
        self.examine()?;
        self.measure_severity()?;
        self.measure_grade()?;
        if self.random.chance(0.6) {
            let dlqi = self.random.whole(1, 14) as f64;
            self.measure(OutcomeScale::Dlqi, dlqi, Rater::Patient)?;
        }
        Ok(true)
    }

    /// Examines the skin as it is today.
    pub(super) fn examine(&mut self) -> Result<(), SyntheticError> {
        let months = ((self.today - self.part.registered).get_days() / 30).clamp(0, 200) as u16;
        let scars = self.face.examined(self.truth.improvement(self.today), months);
        let skin = Skin { fitzpatrick: Some(self.person.fitzpatrick), ..Skin::default() };
        let examined = Examined { on: self.today, lesions: self.lesions(), skin, scars };
        self.record(self.treats(), Body::Examined(examined))?;
        Ok(())
    }

    /// Scores the severity, with the error of one reading that the settings give.
    pub(super) fn measure_severity(&mut self) -> Result<(), SyntheticError> {
        let settings = &self.bench.knowledge.settings;
        let severity = self.truth.severity(self.today);
        let additive = settings.goodman_baron_reading_sd_points.value;
        let sd = additive.hypot(settings.reading_sd_share.value * severity);
        let read = (severity + sd * self.rater.normal()).round().clamp(0.0, 84.0);
        let mistyped = self.chart.sessions.is_empty() && self.random.chance(0.03) && read < 42.0;
        if !mistyped {
            return self.measure(OutcomeScale::GoodmanBaronQuantitative, read, Rater::Open);
        }
        let measured = |value| self.outcome(OutcomeScale::GoodmanBaronQuantitative, value, Rater::Open);
        let (wrong, right) = (measured(2.0 * read), measured(read));
        let entry = self.record(self.treats(), wrong)?;
        let reason = "typed twice the score that was read".to_owned();
        let amended = Amended { on: self.today, entry, reason, becomes: Some(Box::new(right)) };
        self.record(self.treats(), Body::Amended(amended))?;
        Ok(())
    }

    /// The qualitative grade, where stretching and distance were looked at and the grade can still fall.
    pub(super) fn measure_grade(&mut self) -> Result<(), SyntheticError> {
        let overrides = self.overrides();
        let consultation = self.chart.consultation(self.today, &self.setting, &overrides, None);
        let consultation = consultation.map_err(|source| self.refused(DecideError::NotYet(source)))?;
        let graded = resurface_care::grading::grade(&consultation, self.bench.knowledge).goodman_baron_grade.known();
        match graded.filter(|grade| *grade > 2) {
            Some(grade) => self.measure(OutcomeScale::GoodmanBaronQualitative, f64::from(grade), Rater::Open),
            None => Ok(()),
        }
    }

    pub(super) fn measure(&mut self, scale: OutcomeScale, value: f64, rater: Rater) -> Result<(), SyntheticError> {
        let by = if rater == Rater::Patient { StaffMember::Patient } else { self.treats() };
        let measured = self.outcome(scale, value, rater);
        self.record(by, measured)?;
        Ok(())
    }

    fn outcome(&self, scale: OutcomeScale, value: f64, rater: Rater) -> Body {
        Body::Measured(Measured::outcome(OutcomeMeasured { date: self.today, scale, value, rater, error_sd: None }))
    }

    /// Screens, after asking again where the last screening made the patient wait.
    pub(super) fn screening(&mut self, due: Option<Date>) -> Result<bool, SyntheticError> {
        let waited = self.chart.unscreened_since.is_none() && self.chart.screened.is_some();
        if !(if waited { self.go_when_due(due) } else { self.go_to(self.today) }) {
            return Ok(false);
        }
        if waited {
            self.ask(Asked::Again, Penned::Clinic)?;
        }
        self.screen()?;
        Ok(true)
    }

    /// Asks what was forgotten, unless nobody ever answers.
    pub(super) fn missing_answers(&mut self) -> Result<bool, SyntheticError> {
        if self.part.script == Script::Undecided {
            self.message(Penned::Clinic, "Two questions of your history are still open. Please answer them through your link.")?;
            return Ok(false);
        }
        if !self.go_on(2, 9) {
            return Ok(false);
        }
        self.unknown_today = None;
        self.ask(Asked::Again, Penned::Patient)?;
        Ok(true)
    }

    /// Looks again once it may have cleared.
    pub(super) fn look_again(&mut self, due: Option<Date>) -> Result<bool, SyntheticError> {
        let acne = self.part.script.obstacle() == Some(Obstacle::ActiveAcne);
        let due = due.unwrap_or_else(|| self.today.saturating_add(if acne { 35 } else { 14 }.days()));
        if !self.go_when_due(Some(due)) {
            return Ok(false);
        }
        self.ask(Asked::Again, Penned::Clinic)?;
        if acne && self.chart.sessions.is_empty() {
            self.examine()?;
        }
        Ok(true)
    }

    pub(super) fn planning(&mut self) -> Result<bool, SyntheticError> {
        if !self.go_to(self.today) {
            return Ok(false);
        }
        let wish = match self.part.script {
            Script::Declines => Wish::Reject { reason: "the patient would rather not have several sessions".to_owned() },
            _ => Wish::Adopt,
        };
        let planned = match self.plan(wish)? {
            Some(planned) => planned,
            None => {
                let reason = "no course is proposed; other treatments were discussed".to_owned();
                let Some(planned) = self.plan(Wish::Reject { reason })? else { return Ok(false) };
                planned
            }
        };
        self.record(self.treats(), Body::PlanAdopted(planned))?;
        Ok(true)
    }

    /// Asks for a plan; nothing when no course is proposed that could be adopted.
    pub(super) fn plan(&mut self, wish: Wish) -> Result<Option<PlanAdopted>, SyntheticError> {
        let overrides = self.overrides();
        let edits = wish == Wish::Adopt && self.random.chance(0.08);
        let plan = |wish| self.bench.plan(&self.chart, self.today, &self.setting, &overrides, wish);
        let planned = match plan(wish) {
            Ok(planned) => planned,
            Err(DecideError::NothingProposed(_)) => return Ok(None),
            Err(source) => return Err(self.refused(source)),
        };
        match edit(&planned).filter(|_| edits).map(plan) {
            // What the protocol does not allow is not taken.
            None | Some(Err(DecideError::CourseNotAllowed(_))) => Ok(Some(planned)),
            Some(Ok(edited)) => Ok(Some(edited)),
            Some(Err(source)) => Err(self.refused(source)),
        }
    }

    pub(super) fn consent(&mut self, due: Option<Date>) -> Result<bool, SyntheticError> {
        let first = self.chart.consents.is_empty();
        let ready = match (first, self.random.chance(0.5)) {
            (true, true) => self.go_to(self.today),
            (true, false) => self.go_on(1, 12),
            (false, _) => self.go_to(due.unwrap_or(self.today)),
        };
        if !ready {
            return Ok(false);
        }
        let consented = Consented {
            on: self.today,
            purposes: self.person.purposes.clone(),
            document: Some("consent-1".to_owned()),
            discussion: Some(
                "sessions and their interval, what is expected and what is not known, risks, alternatives".to_owned(),
            ),
            signature: Some(Signature { name: self.person.name.clone(), drawn: None }),
        };
        self.record(StaffMember::Patient, Body::Consented(consented))?;
        if first {
            self.take_pictures()?;
        }
        Ok(true)
    }

    pub(super) fn message(&mut self, from: Penned, text: &str) -> Result<(), SyntheticError> {
        let by = if from == Penned::Patient { StaffMember::Patient } else { StaffMember::Assistant };
        self.record(by, Body::Message(Message { on: self.today, from, text: text.to_owned() }))?;
        Ok(())
    }
}

/// The same course with one session fewer, or one more where it is short already; nothing where none is to come.
fn edit(planned: &PlanAdopted) -> Option<Wish> {
    let course = planned.answer.course.as_ref()?;
    let (total_sessions, reason) = match course.sessions.len() {
        0 => return None,
        1..=3 => (course.total_sessions + 1, "the patient prefers one more, and a review before it"),
        _ => (course.total_sessions - 1, "the patient wants to begin with fewer, and decide at the review"),
    };
    Some(Wish::Edit { total_sessions, interval_days: course.interval_days, reason: reason.to_owned() })
}
