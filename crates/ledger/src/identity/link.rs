//! Links that a patient is handed: to answer the intake, to read their plan, to report a problem. No account, no password.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::limits::later;
use super::{Limits, LinkId, PatientId, Token, TokenHash, UserId};

/// One link: for one patient and one purpose, until a day, unless it is revoked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PatientLink {
    /// Its id.
    pub id: LinkId,
    /// What is kept of the token in its address.
    pub token_hash: TokenHash,
    /// The patient it was handed to.
    pub patient: PatientId,
    /// What it is for.
    pub purpose: LinkPurpose,
    /// Who made it.
    pub made_by: UserId,
    /// When it was made.
    pub made_at: Timestamp,
    /// From when on it does not work.
    pub expires_at: Timestamp,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
    /// When what it is for was done (first done, where it may be done again).
    pub used_at: Option<Timestamp>,
}

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkPurpose {
    /// To answer the questions before the visit, once.
    Intake,
    /// To read the plan that the practitioner adopted, and the after-care.
    Plan,
    /// To report a problem after a session.
    ReportProblem,
}

/// A link that was found to work, with whom and what for. Only [`PatientLink::check`] makes one, and an
/// [`Actor`](crate::access::Actor) is made of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenedLink {
    link: LinkId,
    token_hash: TokenHash,
    patient: PatientId,
    purpose: LinkPurpose,
    expires_at: Timestamp,
}

/// Why a link cannot be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a link works for 1 to {most} days: {days} were asked for", most = Limits::LINK_DAYS_MAX)]
pub struct LinkFault {
    /// Days asked for.
    pub days: u32,
}

/// Why a link does not work. Whoever holds it reads one text, so that it tells nothing about other links and other
/// patients; the log tells the reasons apart by a
/// [`Note`](crate::access::Note).
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LinkRefused {
    /// Another token; also what to answer where no link has the token.
    #[error("this link does not work: ask the clinic for a new one")]
    WrongToken,
    /// It was handed to another patient.
    #[error("this link does not work: ask the clinic for a new one")]
    OtherPatient,
    /// It is for something else.
    #[error("this link does not work: ask the clinic for a new one")]
    OtherPurpose,
    /// It was revoked.
    #[error("this link does not work: ask the clinic for a new one")]
    Revoked,
    /// Its days are over, or it is dated later than now.
    #[error("this link does not work: ask the clinic for a new one")]
    Expired,
    /// What it is for can be done once, and was.
    #[error("this link does not work: ask the clinic for a new one")]
    UsedUp,
}

impl PatientLink {
    /// A new link that works for so many days (1 to 90; [`Limits::link_days`] unless the practitioner says otherwise).
    ///
    /// # Errors
    /// When it would work for no day or for too many.
    pub fn new(
        id: LinkId,
        token: &Token,
        patient: PatientId,
        purpose: LinkPurpose,
        made_by: UserId,
        now: Timestamp,
        days: u32,
    ) -> Result<Self, LinkFault> {
        if !(1..=Limits::LINK_DAYS_MAX).contains(&days) {
            return Err(LinkFault { days });
        }
        let expires_at = later(now, SignedDuration::from_hours(24 * i64::from(days)));
        let token_hash = token.hash();
        Ok(Self { id, token_hash, patient, purpose, made_by, made_at: now, expires_at, revoked_at: None, used_at: None })
    }

    /// Whether this link, held with this token, opens this patient's page for this purpose now.
    ///
    /// # Errors
    /// Why it does not.
    pub fn check(
        &self,
        token: &Token,
        patient: PatientId,
        purpose: LinkPurpose,
        now: Timestamp,
    ) -> Result<OpenedLink, LinkRefused> {
        let refused = if self.token_hash != token.hash() {
            LinkRefused::WrongToken
        } else if self.patient != patient {
            LinkRefused::OtherPatient
        } else if self.purpose != purpose {
            LinkRefused::OtherPurpose
        } else if self.revoked_at.is_some() {
            LinkRefused::Revoked
        } else if now < self.made_at || now >= self.expires_at {
            LinkRefused::Expired
        } else if self.used_at.is_some() && purpose.is_done_once() {
            LinkRefused::UsedUp
        } else {
            return Ok(OpenedLink { link: self.id, token_hash: self.token_hash, patient, purpose, expires_at: self.expires_at });
        };
        Err(refused)
    }

    /// Notes that what it is for was done. The first time counts.
    pub fn used(&mut self, now: Timestamp) {
        self.used_at.get_or_insert(now);
    }

    /// Revokes it. The first time counts.
    pub fn revoke(&mut self, now: Timestamp) {
        self.revoked_at.get_or_insert(now);
    }
}

impl LinkPurpose {
    /// All purposes.
    pub const ALL: [Self; 3] = [Self::Intake, Self::Plan, Self::ReportProblem];

    /// Its word in an address.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Intake => "intake",
            Self::Plan => "plan",
            Self::ReportProblem => "report",
        }
    }

    /// In words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Intake => "to answer the questions before the visit",
            Self::Plan => "to read the plan",
            Self::ReportProblem => "to report a problem",
        }
    }

    /// The intake is sent once: a link that showed the answers again would show them to whoever finds it.
    pub(crate) const fn is_done_once(self) -> bool {
        matches!(self, Self::Intake)
    }
}

impl OpenedLink {
    /// The link.
    #[must_use]
    pub const fn link(&self) -> LinkId {
        self.link
    }

    /// What is kept of its token: where it is found again.
    pub(crate) const fn token_hash(&self) -> &TokenHash {
        &self.token_hash
    }

    /// The patient it was handed to.
    #[must_use]
    pub const fn patient(&self) -> PatientId {
        self.patient
    }

    /// What it is for.
    #[must_use]
    pub const fn purpose(&self) -> LinkPurpose {
        self.purpose
    }

    /// From when on it does not work.
    #[must_use]
    pub const fn expires_at(&self) -> Timestamp {
        self.expires_at
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Note;
    use std::collections::BTreeSet;

    const MONDAY: Timestamp = Timestamp::constant(1_795_000_000, 0);
    const DAY: SignedDuration = SignedDuration::from_hours(24);

    fn her() -> PatientId {
        PatientId::new([1; 16])
    }

    fn a_token() -> Token {
        Token::new([4; 32])
    }

    fn a_link(purpose: LinkPurpose) -> PatientLink {
        let id = LinkId::new(MONDAY, [3; 10]);
        let user = UserId::new(MONDAY, [2; 10]);
        PatientLink::new(id, &a_token(), her(), purpose, user, MONDAY, 14).unwrap()
    }

    #[test]
    fn it_opens_one_patients_page_for_one_purpose() {
        let link = a_link(LinkPurpose::Plan);
        let opened = link.check(&a_token(), her(), LinkPurpose::Plan, MONDAY).unwrap();
        assert_eq!((opened.link(), opened.patient(), opened.purpose()), (link.id, her(), LinkPurpose::Plan));
        let refused = |token: &Token, patient, purpose| link.check(token, patient, purpose, MONDAY).unwrap_err();
        assert_eq!(refused(&Token::new([5; 32]), her(), LinkPurpose::Plan), LinkRefused::WrongToken);
        assert_eq!(refused(&a_token(), PatientId::new([9; 16]), LinkPurpose::Plan), LinkRefused::OtherPatient);
        assert_eq!(refused(&a_token(), her(), LinkPurpose::Intake), LinkRefused::OtherPurpose);
    }

    #[test]
    fn it_works_for_its_days_and_no_longer() {
        let link = a_link(LinkPurpose::Plan);
        let check = |now| link.check(&a_token(), her(), LinkPurpose::Plan, now);
        assert!(check(MONDAY + DAY * 14 - SignedDuration::from_nanos(1)).is_ok());
        assert_eq!(check(MONDAY + DAY * 14), Err(LinkRefused::Expired));
        assert_eq!(check(MONDAY - SignedDuration::from_secs(1)), Err(LinkRefused::Expired));
    }

    #[test]
    fn it_is_made_for_one_to_ninety_days() {
        let make = |days| {
            let (id, user) = (LinkId::new(MONDAY, [3; 10]), UserId::new(MONDAY, [2; 10]));
            PatientLink::new(id, &a_token(), her(), LinkPurpose::Intake, user, MONDAY, days)
        };
        assert!(make(1).is_ok() && make(90).is_ok());
        assert_eq!(make(0).unwrap_err(), LinkFault { days: 0 });
        assert_eq!(make(91).unwrap_err().to_string(), "a link works for 1 to 90 days: 91 were asked for");
    }

    #[test]
    fn revoked_it_does_not_work() {
        let mut link = a_link(LinkPurpose::ReportProblem);
        link.revoke(MONDAY + DAY);
        link.revoke(MONDAY + DAY * 2);
        assert_eq!(link.revoked_at, Some(MONDAY + DAY));
        assert_eq!(link.check(&a_token(), her(), LinkPurpose::ReportProblem, MONDAY), Err(LinkRefused::Revoked));
    }

    #[test]
    fn the_intake_is_sent_once_and_a_plan_is_read_again() {
        for (purpose, again) in [(LinkPurpose::Intake, false), (LinkPurpose::Plan, true), (LinkPurpose::ReportProblem, true)] {
            let mut link = a_link(purpose);
            link.used(MONDAY);
            assert_eq!(link.check(&a_token(), her(), purpose, MONDAY).is_ok(), again, "{purpose:?}");
        }
    }

    #[test]
    fn the_holder_reads_one_text_and_the_log_keeps_the_reasons_apart() {
        use LinkRefused::*;
        let all = [WrongToken, OtherPatient, OtherPurpose, Revoked, Expired, UsedUp];
        assert_eq!(all.iter().map(ToString::to_string).collect::<BTreeSet<_>>().len(), 1);
        assert_eq!(all.map(Note::from).into_iter().collect::<BTreeSet<_>>().len(), all.len());
    }
}
