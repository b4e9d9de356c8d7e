//! What the clinic requires of every user: a second factor, or not.

use super::book::{BookBody, SecondFactorDuty, Settled};
use super::signing_in::Credential;
use super::{Clinic, Desk, LedgerError};
use crate::access::{Access, Note, Operation};
use crate::identity::UserId;
use crate::store::RecordKind;

impl Desk<'_> {
    /// Requires a second factor, codes from an app or a passkey, of every user from now on, or of nobody.
    ///
    /// # Errors
    /// When it is not allowed, or cannot be written.
    pub fn require_second_factor(&self, duty: SecondFactorDuty) -> Result<(), LedgerError> {
        let grant = self.ask(Operation::ChangeSettings, None)?;
        let note = match duty {
            SecondFactorDuty::Required => Note::SecondFactorRequired,
            SecondFactorDuty::Free => Note::SecondFactorFree,
        };
        let line = self.clinic.access(&Access::allowed(&grant).with_note(note))?;
        let settled = Settled { on: self.clinic.today(), second_factor: duty };
        self.clinic.write_book(&[BookBody::Settled(settled)], self.author(), Vec::new(), vec![line])
    }
}

impl Clinic {
    /// Whether a user has to set up codes from an app, or a passkey, before anything else is open to them.
    ///
    /// # Errors
    /// When what is kept of them cannot be read.
    pub fn owes_second_factor(&self, duty: SecondFactorDuty, user: UserId) -> Result<bool, LedgerError> {
        if duty == SecondFactorDuty::Free {
            return Ok(false);
        }
        let kept = self.recorded::<Credential>(RecordKind::Credential, user.as_bytes())?;
        Ok(kept.is_none_or(|(credential, _)| !credential.has_second_factor()))
    }
}
