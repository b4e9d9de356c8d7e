//! Passkeys: asked for, added, shown in the place of password and code, and removed.
//!
//! A question is handed out with what a browser needs to answer it. Whoever serves keeps it for that browser alone and gives it
//! back with the answer, which uses it up; where there is none to give back, the answer is refused and logged like any other.

use serde_json::Value;

use super::signing_in::{Credential, own_account};
use super::{Clinic, Desk, LedgerError};
use crate::access::{Access, ActorId, Grant, Note, Operation, Outcome};
use crate::identity::{
    Base64Url, Challenge, DisplayName, FailedAttempts, Passkey, PasskeyRefused, RelyingParty, Shown, Token, User, UserId,
};
use crate::store::Outcome::Written;
use crate::store::{Batch, CountsOn, RecordKind};

/// A question for a passkey.
pub struct Asked {
    /// What is kept until it is answered.
    pub challenge: Challenge,
    /// What the browser needs to answer it, as the JSON of WebAuthn.
    pub options: Value,
}

/// The answer to it.
pub struct PasskeyProof<'a> {
    /// The address that passkeys are bound to.
    pub party: &'a RelyingParty,
    /// What was asked of this browser; nothing when nothing was, or it was answered already.
    pub challenge: Option<Challenge>,
    /// What the browser answered, as the JSON of WebAuthn.
    pub answer: &'a str,
}

impl Desk<'_> {
    /// One's own passkeys.
    ///
    /// # Errors
    /// When nobody is signed in.
    pub fn passkeys(&self) -> Result<Vec<Passkey>, LedgerError> {
        let (user, _) = self.own()?;
        self.clinic.passkeys_of(user.id)
    }

    /// Asks for a new passkey of one's own.
    ///
    /// # Errors
    /// When it is not allowed.
    pub fn ask_for_new_passkey(&self, party: &RelyingParty) -> Result<Asked, LedgerError> {
        let (user, _) = self.own_passkeys()?;
        let (challenge, book) = (self.clinic.challenge(), self.clinic.book()?);
        let options = challenge.to_make_one(party, &book.founded.name, &user, &self.clinic.passkeys_of(user.id)?);
        Ok(Asked { challenge, options })
    }

    /// Adds a passkey of one's own.
    ///
    /// # Errors
    /// When it is not allowed, or the passkey is refused.
    pub fn add_passkey(&self, proof: PasskeyProof<'_>, name: DisplayName) -> Result<(), LedgerError> {
        let (user, grant) = self.own_passkeys()?;
        match self.new_passkey(proof, name) {
            Ok(passkey) => self.change_own_passkeys(&user, grant, Note::PasskeyAdded, |passkeys| {
                if passkeys.len() >= Passkey::MOST {
                    return Err(PasskeyRefused::TooMany);
                }
                passkeys.push(passkey.clone());
                Ok(())
            }),
            Err(error) => self.fail(&[grant], error),
        }
    }

    /// Removes a passkey of one's own.
    ///
    /// # Errors
    /// When it is not allowed, or there is no such passkey.
    pub fn remove_passkey(&self, id: &Base64Url) -> Result<(), LedgerError> {
        let (user, grant) = self.own_passkeys()?;
        self.change_own_passkeys(&user, grant, Note::PasskeyRemoved, |passkeys| {
            let before = passkeys.len();
            passkeys.retain(|passkey| passkey.id != *id);
            if passkeys.len() < before { Ok(()) } else { Err(PasskeyRefused::Unknown) }
        })
    }

    /// How many passkeys a user has, for whoever leads.
    ///
    /// # Errors
    /// When it is not allowed, or there is no such user.
    pub fn count_passkeys_of(&self, name: &str) -> Result<usize, LedgerError> {
        self.ask(Operation::ManageUsers, None)?;
        let book = self.clinic.book()?;
        let user = book.user(name).ok_or(LedgerError::NoSuchUser)?;
        Ok(self.clinic.passkeys_of(user.id)?.len())
    }

    /// Removes every passkey of a user and ends their sign-ins, for whoever leads.
    ///
    /// # Errors
    /// When it is not allowed, or there is no such user.
    pub fn take_passkeys_of(&self, name: &str) -> Result<(), LedgerError> {
        let grant = self.ask(Operation::ManageUsers, None)?;
        let Some(user) = self.clinic.book()?.user(name).cloned() else {
            return self.fail(&[grant], LedgerError::NoSuchUser);
        };
        let line = Access::allowed(&grant).with_note(Note::PasskeysTaken);
        self.change_credential(user.id, &line, |kept| {
            Ok(Credential { passkeys: Vec::new(), ..kept.ok_or(LedgerError::NoSuchUser)? })
        })?;
        self.clinic.end_sign_ins(user.id)
    }

    /// Oneself, and what allows to change one's own passkeys.
    fn own_passkeys(&self) -> Result<(User, Grant), LedgerError> {
        let grant = self.ask(Operation::ManageOwnPasskeys, None)?;
        let (user, _) = self.own()?;
        Ok((user, grant))
    }

    /// The passkey that a browser made, if nobody has it.
    fn new_passkey(&self, proof: PasskeyProof<'_>, name: DisplayName) -> Result<Passkey, LedgerError> {
        let challenge = proof.challenge.ok_or(PasskeyRefused::TooLate)?;
        let passkey = challenge.made(proof.party, proof.answer, name, self.now())?;
        for user in self.clinic.book()?.users.keys() {
            if self.clinic.passkeys_of(*user)?.iter().any(|other| other.id == passkey.id) {
                return Err(PasskeyRefused::AlreadyThere.into());
            }
        }
        Ok(passkey)
    }

    fn change_own_passkeys(
        &self,
        user: &User,
        grant: Grant,
        note: Note,
        change: impl Fn(&mut Vec<Passkey>) -> Result<(), PasskeyRefused>,
    ) -> Result<(), LedgerError> {
        let line = Access::allowed(&grant).with_note(note);
        let changed = self.change_credential(user.id, &line, |kept| {
            let mut credential = kept.ok_or(LedgerError::NoSuchUser)?;
            change(&mut credential.passkeys)?;
            Ok(credential)
        });
        match changed {
            Err(error @ LedgerError::Passkey(_)) => self.fail(&[grant], error),
            changed => changed,
        }
    }
}

impl Clinic {
    /// Asks for a passkey of whoever it is.
    #[must_use]
    pub fn ask_for_passkey(&self, party: &RelyingParty) -> Asked {
        let challenge = self.challenge();
        let options = challenge.to_show_one(party, &[]);
        Asked { challenge, options }
    }

    /// Asks for a passkey of whoever holds a token.
    ///
    /// # Errors
    /// When the token is none.
    pub fn ask_for_passkey_again(&self, party: &RelyingParty, token: &Token) -> Result<Asked, LedgerError> {
        let (sign_in, _) = self.sign_in_of(token)?;
        let challenge = self.challenge();
        let options = challenge.to_show_one(party, &self.passkeys_of(sign_in.user)?);
        Ok(Asked { challenge, options })
    }

    /// Signs in whoever a passkey is of: it stands for name, password and code.
    ///
    /// # Errors
    /// When the passkey is refused, or too many tries were made with it.
    pub fn sign_in_with_passkey(&self, proof: PasskeyProof<'_>) -> Result<Token, LedgerError> {
        self.signed_in(&self.prove_with_passkey(proof, None)?)
    }

    /// A passkey in the place of password and code once more.
    ///
    /// # Errors
    /// As [`Clinic::sign_in_with_passkey`]; and when the passkey is of somebody else.
    pub fn step_up_with_passkey(&self, token: &Token, proof: PasskeyProof<'_>) -> Result<(), LedgerError> {
        let (sign_in, kept) = self.sign_in_of(token)?;
        self.prove_with_passkey(proof, Some(sign_in.user))?;
        self.stepped_up(sign_in, kept)
    }

    fn challenge(&self) -> Challenge {
        Challenge::new(self.surroundings.random(), self.surroundings.now())
    }

    fn passkeys_of(&self, user: UserId) -> Result<Vec<Passkey>, LedgerError> {
        let kept = self.recorded::<Credential>(RecordKind::Credential, user.as_bytes())?;
        Ok(kept.map(|(credential, _)| credential.passkeys).unwrap_or_default())
    }

    /// Whose passkey answered, if the answer holds. Every try counts as failed until it has succeeded; tries with one passkey
    /// keep nobody from another, nor from the password.
    fn prove_with_passkey(&self, proof: PasskeyProof<'_>, whose: Option<UserId>) -> Result<User, LedgerError> {
        let shown = match Shown::read(proof.answer) {
            Ok(shown) => shown,
            Err(refused) => return self.refuse_passkey(whose.map_or(ActorId::Nobody, ActorId::User), refused),
        };
        // A device leaves out whose it is where it was asked for certain passkeys.
        let said = shown.user().or(whose).filter(|said| whose.is_none_or(|whose| whose == *said));
        let book = self.book()?;
        let user = said.and_then(|said| book.users.get(&said));
        let actor = user.map_or(ActorId::Nobody, |user| ActorId::User(user.id));
        let key = crate::pictures::digest_of(shown.id().bytes());
        self.count_try(&key, actor)?;
        match (user.filter(|user| !user.disabled), proof.challenge) {
            (Some(user), Some(challenge)) => match self.accept(user, &challenge, proof.party, &shown)? {
                Ok(()) => Ok(user.clone()),
                Err(refused) => self.refuse_passkey(actor, refused),
            },
            (None, Some(_)) => self.refuse_passkey(actor, PasskeyRefused::Unknown),
            (_, None) => self.refuse_passkey(actor, PasskeyRefused::TooLate),
        }
    }

    /// Keeps the passkey as its answer left it, where that holds; looks again where somebody changed what is kept meanwhile.
    fn accept(
        &self,
        user: &User,
        challenge: &Challenge,
        party: &RelyingParty,
        shown: &Shown,
    ) -> Result<Result<(), PasskeyRefused>, LedgerError> {
        let now = self.surroundings.now();
        let throttle_key = crate::pictures::digest_of(shown.id().bytes());
        loop {
            let kept = self.recorded::<Credential>(RecordKind::Credential, user.id.as_bytes())?;
            let Some((mut credential, sealed)) = kept else { return Ok(Err(PasskeyRefused::Unknown)) };
            let Some(passkey) = credential.passkeys.iter_mut().find(|passkey| passkey.id == *shown.id()) else {
                return Ok(Err(PasskeyRefused::Unknown));
            };
            match challenge.shown(party, shown, passkey, now) {
                Ok(used) => *passkey = used,
                Err(refused) => return Ok(Err(refused)),
            }
            let record = self.record(RecordKind::Credential, user.id.as_bytes(), &credential)?;
            let record = crate::store::RecordChange { counts_on: CountsOn::Exactly(Some(sealed)), ..record };
            let forgotten = self.record(RecordKind::Throttle, throttle_key.as_bytes(), &FailedAttempts::default())?;
            let line = own_account(ActorId::User(user.id), now, Outcome::Allowed, Note::PasskeyUsed);
            let batch = Batch { records: vec![record, forgotten], access: vec![self.access(&line)?], ..Batch::default() };
            if self.store.commit(batch)? == Written {
                return Ok(Ok(()));
            }
        }
    }

    fn refuse_passkey<T>(&self, actor: ActorId, refused: PasskeyRefused) -> Result<T, LedgerError> {
        let line = own_account(actor, self.surroundings.now(), Outcome::Failed, refused.into());
        self.store.commit(Batch { access: vec![self.access(&line)?], ..Batch::default() })?;
        Err(refused.into())
    }
}
