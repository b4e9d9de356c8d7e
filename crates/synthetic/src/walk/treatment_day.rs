//! A treatment day: asked again, screened, held at the gate, and only then needled.

use jiff::ToSpan;
use jiff::civil::Date;
use resurface_care::chart::{Body, DecideError, Penned, Purpose, SessionDelivered, SessionGated};
use resurface_care::consultation::{
    Anaesthetic, Answer, Cartridge, Consultation, Endpoint, PlannedZone, SessionGiven, TreatmentDay, ZoneDose,
};
use resurface_care::depth::planned_depths;
use resurface_care::dose::SessionDose;
use resurface_care::gate::Permit;
use resurface_care::grading;

use super::Walk;
use super::answers::{Asked, PREGNANT};
use crate::clinic;
use crate::happening::SyntheticError;

/// Shares of treatment days on which something is in the way. Ours.
const PREGNANCY_NOT_ASKED: f64 = 0.02;
const FEVER: f64 = 0.015;
const COLD_SORE: f64 = 0.01;
const EXPIRED_CARTRIDGE: f64 = 0.03;

impl Walk<'_> {
    /// The next session, if this day permits it.
    pub(super) fn treatment_day(&mut self, due: Option<Date>) -> Result<bool, SyntheticError> {
        let refused_today = self.chart.sessions.last().is_none_or(|session| session.on < self.today)
            && self.chart.gates.last().is_some_and(|(_, gate)| gate.on == self.today);
        let ready = if refused_today { self.go_on(3, 12) } else { self.go_when_due(due) };
        if !ready {
            return Ok(false);
        }
        if !self.asked_for_today {
            self.unknown_today = None;
            self.surprise();
            self.ask(Asked::OnTheDay, Penned::Clinic)?;
            self.examine()?;
            self.screen()?;
        }
        let permits = self.chart.screened.as_ref().is_some_and(|screened| screened.answer.decision.permits());
        let day = self.prepare()?;
        if permits && self.random.chance(EXPIRED_CARTRIDGE) {
            let cartridge = clinic::expired_cartridge(self.today, self.until);
            self.gate(&TreatmentDay { cartridge: Some(cartridge), ..day.clone() })?;
        }
        if self.gate(&day)? != Permit::Refused {
            self.deliver(day)?;
            self.after_the_session()?;
        }
        Ok(true)
    }

    /// What nobody expected of this day.
    fn surprise(&mut self) {
        let chance = self.random.uniform();
        if chance < PREGNANCY_NOT_ASKED && self.person.may_be_pregnant() {
            self.unknown_today = Some(PREGNANT);
        } else if (PREGNANCY_NOT_ASKED..PREGNANCY_NOT_ASKED + FEVER).contains(&chance) {
            self.passing = Some(("fever", self.today.saturating_add(3.days())));
        } else if (PREGNANCY_NOT_ASKED + FEVER..PREGNANCY_NOT_ASKED + FEVER + COLD_SORE).contains(&chance) {
            self.passing = Some(("cold_sore_now", self.today.saturating_add(10.days())));
        }
    }

    fn consultation(&mut self) -> Result<Consultation, SyntheticError> {
        let overrides = self.overrides();
        let consultation = self.chart.consultation(self.today, &self.setting, &overrides, None);
        consultation.map_err(|source| self.refused(DecideError::NotYet(source)))
    }

    /// What lies ready: consent, cartridge, the depths of the plan, a numbing cream within its label.
    fn prepare(&mut self) -> Result<TreatmentDay, SyntheticError> {
        let consultation = self.consultation()?;
        let graded = grading::grade(&consultation, self.bench.knowledge);
        let depths = planned_depths(&consultation, &graded, self.bench.knowledge, self.today);
        let zones =
            depths.iter().filter_map(|zone| Some(PlannedZone { zone: zone.zone.clone(), depth_um: zone.first_session_um? }));
        let zones: Vec<PlannedZone> = zones.collect();
        let consent_on = self.chart.consents.get(&Purpose::Treatment).copied();
        let cartridge: Cartridge = clinic::cartridge(self.today, self.until, &mut self.random);
        Ok(TreatmentDay {
            consent: if consent_on.is_some() { Answer::Yes } else { Answer::No },
            consent_on,
            cartridge: Some(cartridge),
            anaesthetic: Some(self.anaesthetic(zones.len())),
            zones,
        })
    }

    /// Within the label: a cream of 4 % lidocaine for half an hour to an hour, a prilocaine cream for longer, or nothing.
    fn anaesthetic(&mut self, zones: usize) -> Anaesthetic {
        let area_cm2 = (25.0 * zones as f64).clamp(40.0, 180.0);
        let amount_g = (0.12 * area_cm2 * 10.0).round() / 10.0;
        let (product, contact_minutes) = match self.random.weighted(&[0.6, 0.3, 0.1]) {
            0 => ("lidocaine_4", self.random.whole(7, 11) * 5),
            1 => ("emla", self.random.whole(12, 20) * 5),
            _ => {
                return Anaesthetic {
                    product: resurface_care::anaesthetic::NONE.to_owned(),
                    amount_g: None,
                    area_cm2: None,
                    contact_minutes: None,
                    occluded: Answer::No,
                };
            }
        };
        Anaesthetic {
            product: product.to_owned(),
            amount_g: Some(amount_g),
            area_cm2: Some(area_cm2),
            contact_minutes: Some(contact_minutes as u32),
            occluded: Answer::No,
        }
    }

    fn gate(&mut self, day: &TreatmentDay) -> Result<Permit, SyntheticError> {
        let overrides = self.overrides();
        let gated = self.bench.gate(&self.chart, self.today, &self.setting, &overrides, day);
        let gated: SessionGated = gated.map_err(|source| self.refused(source))?;
        let permit = gated.answer.permit;
        self.record(self.treats(), Body::SessionGated(gated))?;
        Ok(permit)
    }

    fn deliver(&mut self, day: TreatmentDay) -> Result<(), SyntheticError> {
        let zones: Vec<ZoneDose> = day
            .zones
            .into_iter()
            .map(|zone| ZoneDose {
                zone: zone.zone,
                depth_um: zone.depth_um,
                passes: Some(self.random.whole(4, 6) as u8),
                endpoint: Some(match self.random.chance(0.1) {
                    true => Endpoint::ErythemaOnly,
                    false => Endpoint::PinpointBleeding,
                }),
            })
            .collect();
        let consultation = self.consultation()?;
        let graded = grading::grade(&consultation, self.bench.knowledge);
        let session = SessionGiven { date: self.today, zones, anaesthetic: None, products: Vec::new(), note: None };
        let dose = SessionDose::delivered(&session, &graded, &self.bench.knowledge.protocol.technique).to_forecast();
        self.truth.give(self.today, dose);
        let delivered = SessionDelivered {
            on: self.today,
            zones: session.zones,
            device: self.setting.device.clone(),
            operator: self.setting.operator.name.clone(),
            cartridge: day.cartridge,
            anaesthetic: day.anaesthetic,
            products: vec![clinic::gel(self.today)],
            note: None,
            gate: self.chart.gates.last().map(|(id, _)| *id),
        };
        self.record(self.treats(), Body::SessionDelivered(delivered))?;
        Ok(())
    }

    /// A picture of the redness now and then, and a call after the first session.
    fn after_the_session(&mut self) -> Result<(), SyntheticError> {
        let first = self.chart.sessions.len() == 1;
        if first && self.random.chance(0.3) {
            self.take_picture_of_redness()?;
        }
        if first && self.random.chance(0.7) && self.go_on(1, 3) {
            self.message(Penned::Clinic, "How is your skin today? Redness like sunburn is usual for a day or two.")?;
            const REPLIES: [&str; 4] = [
                "Red yesterday, nearly gone today.",
                "A bit tight and warm, otherwise fine.",
                "Some tiny crusts on the left cheek. No pain.",
                "All well, thank you. May I use my usual cleanser?",
            ];
            let reply = self.random.one_of(&REPLIES, REPLIES[0]);
            self.message(Penned::Patient, reply)?;
        }
        Ok(())
    }
}
