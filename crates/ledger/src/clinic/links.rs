//! Links that a patient is handed, and charts that are opened in an emergency.

use super::sealed::open_record;
use super::{Clinic, Desk, LedgerError};
use crate::access::{Access, Actor, ActorId, Emergency, EmergencyReason, Operation};
use crate::identity::{LinkId, LinkPurpose, LinkRefused, PatientId, PatientLink, Token};
use crate::store::{Batch, CountsOn, RecordChange, RecordKind};

impl Clinic {
    /// The desk of whoever holds a patient's link.
    ///
    /// # Errors
    /// When the link does not work; why is in the access log alone.
    pub fn desk_with_link(&self, token: &Token, patient: PatientId, purpose: LinkPurpose) -> Result<Desk<'_>, LedgerError> {
        let now = self.surroundings.now();
        let link = self.recorded::<PatientLink>(RecordKind::Link, token.hash().digest().as_bytes())?.map(|(link, _)| link);
        let opened = link.as_ref().ok_or(LinkRefused::WrongToken).and_then(|link| link.check(token, patient, purpose, now));
        match opened {
            Ok(opened) => Ok(self.desk(Actor::with_link(opened))),
            Err(refused) => {
                let line = self.access(&Access::link_refused(link.as_ref(), purpose, refused, now))?;
                self.store.commit(Batch { access: vec![line], ..Batch::default() })?;
                Err(LedgerError::LinkRefused)
            }
        }
    }

    /// The actor with an emergency of theirs that has not ended.
    pub(super) fn with_emergency(&self, actor: Actor) -> Result<Actor, LedgerError> {
        let ActorId::User(user) = actor.id() else { return Ok(actor) };
        match self.recorded::<Emergency>(RecordKind::Emergency, user.as_bytes())? {
            Some((emergency, _)) => Ok(actor.in_an_emergency(emergency)),
            None => Ok(actor),
        }
    }
}

impl Desk<'_> {
    /// Makes a link for a patient. The token is shown once; the clinic keeps its hash.
    ///
    /// # Errors
    /// When it is not allowed, there is no such chart, or it would work for too long.
    pub fn make_link(&self, patient: PatientId, purpose: LinkPurpose, days: Option<u32>) -> Result<(LinkId, Token), LedgerError> {
        let grant = self.ask(Operation::MakePatientLink, Some(patient))?;
        let (link, token) = match self.new_link(patient, purpose, days) {
            Ok(made) => made,
            Err(error) => return self.fail(&[grant], error),
        };
        let record = self.clinic.record(RecordKind::Link, link.token_hash.digest().as_bytes(), &link)?;
        self.clinic.store.commit(Batch { records: vec![record], access: self.lines(&[grant])?, ..Batch::default() })?;
        Ok((link.id, token))
    }

    fn new_link(&self, patient: PatientId, purpose: LinkPurpose, days: Option<u32>) -> Result<(PatientLink, Token), LedgerError> {
        let ActorId::User(made_by) = self.actor.id() else { return Err(LedgerError::NoSuchUser) };
        self.clinic.read_chart(patient)?;
        let (now, surroundings) = (self.now(), self.clinic.surroundings.as_ref());
        let token = Token::new(surroundings.random());
        let id = LinkId::new(now, surroundings.random());
        let days = days.unwrap_or(self.clinic.limits.link_days);
        Ok((PatientLink::new(id, &token, patient, purpose, made_by, now, days)?, token))
    }

    /// The record of the link that somebody sits here with, once what it is for is done; it counts on the link being as it is.
    pub(super) fn link_used(&self) -> Result<Option<RecordChange>, LedgerError> {
        let Some(opened) = self.actor.link() else { return Ok(None) };
        let key = opened.token_hash().digest().as_bytes();
        let (mut link, kept) = self.clinic.recorded::<PatientLink>(RecordKind::Link, key)?.ok_or(LedgerError::LinkRefused)?;
        let used_up = link.used_at.is_some() && link.purpose.is_done_once();
        if used_up || link.revoked_at.is_some() {
            return Err(LedgerError::LinkRefused);
        }
        link.used(self.now());
        let record = self.clinic.record(RecordKind::Link, key, &link)?;
        Ok(Some(RecordChange { counts_on: CountsOn::Exactly(Some(kept)), ..record }))
    }

    /// Every link of a patient, newest last.
    ///
    /// # Errors
    /// When it is not allowed, or cannot be read.
    pub fn links(&self, patient: PatientId) -> Result<Vec<PatientLink>, LedgerError> {
        self.read(Operation::MakePatientLink, Some(patient))?;
        self.links_of(patient)
    }

    fn links_of(&self, patient: PatientId) -> Result<Vec<PatientLink>, LedgerError> {
        let ring = self.clinic.ring();
        let records = self.clinic.store.records(RecordKind::Link)?;
        let opened = records.iter().map(|record| open_record::<PatientLink>(&ring, RecordKind::Link, &record.key, &record.value));
        let mut links = opened.collect::<Result<Vec<_>, _>>()?;
        links.retain(|link| link.patient == patient);
        links.sort_by_key(|link| link.id);
        Ok(links)
    }

    /// Revokes a link.
    ///
    /// # Errors
    /// When it is not allowed, or the patient has no such link.
    pub fn revoke_link(&self, patient: PatientId, link: LinkId) -> Result<(), LedgerError> {
        let grant = self.ask(Operation::RevokePatientLink, Some(patient))?;
        let mut links = self.links_of(patient)?;
        let Some(link) = links.iter_mut().find(|held| held.id == link) else {
            return self.fail(&[grant], LedgerError::NoSuchEntry);
        };
        link.revoke(self.now());
        let record = self.clinic.record(RecordKind::Link, link.token_hash.digest().as_bytes(), link)?;
        self.clinic.store.commit(Batch { records: vec![record], access: self.lines(&[grant])?, ..Batch::default() })?;
        Ok(())
    }

    /// Opens one chart, for a while, to a user whose role does not open it; the reason is in the access log and listed.
    ///
    /// # Errors
    /// When it is not allowed, or there is no such chart.
    pub fn break_glass(&self, patient: PatientId, reason: EmergencyReason) -> Result<Emergency, LedgerError> {
        let asking = Desk { clinic: self.clinic, actor: self.actor.clone().breaking_the_glass(reason) };
        let grant = asking.ask(Operation::BreakGlass, Some(patient))?;
        if let Err(error) = self.clinic.read_chart(patient) {
            return self.fail(&[grant], error);
        }
        let ActorId::User(user) = self.actor.id() else { return Err(LedgerError::NoSuchUser) };
        let emergency = Emergency::open(&grant, &self.clinic.limits).ok_or(LedgerError::NoSuchUser)?;
        let record = self.clinic.record(RecordKind::Emergency, user.as_bytes(), &emergency)?;
        self.clinic.store.commit(Batch { records: vec![record], access: self.lines(&[grant])?, ..Batch::default() })?;
        Ok(emergency)
    }
}
