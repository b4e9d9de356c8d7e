//! What a patient answers when asked: what is true on that day, and what was forgotten.

use std::collections::BTreeMap;

use jiff::ToSpan;
use resurface_care::chart::{Body, Intake, Penned};
use resurface_care::consultation::{Answer, Answered, Lesions, Sex};
use resurface_care::facts::PIGMENTATION_HISTORY;
use resurface_knowledge::contraindications::{LookedAt, Trigger};

use super::Walk;
use crate::happening::{StaffMember, SyntheticError};
use crate::script::Obstacle;

/// Which questions are asked.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    /// Those of a first consultation; some are forgotten.
    AtFirst,
    /// All of them again.
    Again,
    /// All of them, and those of a treatment day.
    OnTheDay,
}

impl Walk<'_> {
    /// Asks, and writes the answers down.
    pub(super) fn ask(&mut self, asked: Asked, penned: Penned) -> Result<(), SyntheticError> {
        let by = match penned {
            Penned::Clinic => self.treats(),
            Penned::Patient => StaffMember::Patient,
        };
        let intake = self.intake(asked, penned);
        self.record(by, Body::Intake(intake))?;
        Ok(())
    }

    fn intake(&self, asked: Asked, answered_by: Penned) -> Intake {
        let mut findings = self.all_answered_no(asked);
        findings.extend(self.person.history.iter().map(|(key, answered)| (key.clone(), answered.clone())));
        let mut yes = |key: &str, on| {
            findings.insert(key.to_owned(), Answered { answer: Answer::Yes, on, note: None });
        };
        let still = self.today < self.clears;
        match self.part.script.obstacle() {
            Some(Obstacle::Isotretinoin) if still => yes("isotretinoin_now", None),
            Some(Obstacle::Isotretinoin) => yes("isotretinoin_ended_recently", Some(self.clears)),
            Some(Obstacle::ColdSore) if still => yes("cold_sore_now", None),
            Some(Obstacle::ColdSore) => yes("cold_sores_before", None),
            Some(Obstacle::Sunburn) if still => yes("sunburn", Some(self.part.registered)),
            Some(Obstacle::Eczema) if still => yes("eczema_in_area", None),
            Some(Obstacle::Toxin) => yes("botulinum_toxin", Some(self.part.registered.saturating_sub(2.days()))),
            _ => {}
        }
        if let Some((key, until)) = self.passing
            && self.today < until
        {
            yes(key, None);
        }
        for key in self.trouble.answered_yes(self.today) {
            yes(key, None);
        }
        if let Some(seen) = self.trouble.pigmentation_seen {
            yes(PIGMENTATION_HISTORY, Some(seen));
        }
        let forgotten = self.person.left_open.iter().filter(|_| asked == Asked::AtFirst);
        for key in forgotten {
            findings.remove(key);
        }
        if let Some(key) = self.unknown_today {
            findings.remove(key);
        }
        Intake {
            on: self.today,
            pregnant: self.pregnant(),
            breast_feeding: answer(self.part.script.obstacle() == Some(Obstacle::BreastFeeding)),
            findings,
            earlier_treatments: self.person.earlier.clone(),
            goal: self.person.goal.clone(),
            answered_by,
        }
    }

    /// Every question that belongs to this visit, answered no.
    fn all_answered_no(&self, asked: Asked) -> BTreeMap<String, Answered> {
        let no = || Answered { answer: Answer::No, ..Answered::default() };
        let belongs = |looked_at| match looked_at {
            LookedAt::Consultation | LookedAt::ConsultationAndDay => true,
            LookedAt::Day => asked == Asked::OnTheDay,
            LookedAt::AfterASession => !self.chart.sessions.is_empty(),
        };
        let rules = self.bench.knowledge.contraindications.iter().filter(|rule| belongs(rule.looked_at));
        let mut findings: BTreeMap<String, Answered> = rules
            .filter_map(|rule| match &rule.trigger {
                Trigger::Asked(key) => Some((key.clone(), no())),
                Trigger::Derived(_) => None,
            })
            .collect();
        findings.insert(PIGMENTATION_HISTORY.to_owned(), no());
        findings
    }

    fn pregnant(&self) -> Answer {
        if self.unknown_today == Some(PREGNANT) {
            return Answer::Unknown;
        }
        answer(self.part.script.obstacle() == Some(Obstacle::Pregnant) && self.person.sex != Sex::Male)
    }

    /// The lesions that are seen today.
    pub(super) fn lesions(&mut self) -> Lesions {
        let inflamed = self.part.script.obstacle() == Some(Obstacle::ActiveAcne) && self.today < self.clears;
        let iga = if inflamed { 3 } else { u8::from(self.random.chance(0.45)) };
        Lesions { iga: Some(iga), pustules_or_nodules: answer(inflamed) }
    }
}

/// What stands for the question of pregnancy among questions left open.
pub(super) const PREGNANT: &str = "pregnant";

const fn answer(yes: bool) -> Answer {
    if yes { Answer::Yes } else { Answer::No }
}
