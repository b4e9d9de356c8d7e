//! From a name, a password and a code to an actor, and from a token to the same actor again.

use std::sync::Arc;

use resurface_care::chart::Digest;
use serde::{Deserialize, Serialize};

use super::{Book, Clinic, Desk, LedgerError};
use crate::access::{Access, Actor, ActorId, Note, Operation, Outcome};
use crate::identity::{
    FailedAttempts, HashCost, HashedPassword, NotVerified, Passkey, RecoveryCodes, SignIn, SignInId, Step, Token, TotpSecret,
    User, UserId,
};
use crate::store::{Batch, CountsOn, RecordChange, RecordKind};

/// What is kept of a user's secrets, sealed.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Credential {
    pub(super) password: HashedPassword,
    pub(super) second_factor: Option<SecondFactor>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) passkeys: Vec<Passkey>,
}

impl Credential {
    pub(super) const fn has_second_factor(&self) -> bool {
        self.second_factor.is_some() || !self.passkeys.is_empty()
    }
}

/// A second factor.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SecondFactor {
    pub(super) secret: [u8; 20],
    pub(super) last_step: Step,
    pub(super) recovery: RecoveryCodes,
}

/// What somebody types to show who they are.
#[derive(Clone, Copy)]
pub struct Proof<'a> {
    /// The password.
    pub password: &'a str,
    /// The code of the app, or a recovery code; nothing when none was typed.
    pub code: Option<&'a str>,
}

/// What was shown before a password is checked.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Before {
    /// Nothing.
    Nothing,
    /// Password and code, or a passkey, by whoever is signed in, a few minutes ago at most.
    SteppedUp,
}

/// What was not right.
struct NotRight {
    note: Note,
    error: LedgerError,
}

impl NotRight {
    const fn wrong(note: Note) -> Self {
        Self { note, error: LedgerError::WrongSignIn }
    }
}

/// The last activity of a sign-in is written down at most this often, in seconds: each time is a write to the disk.
const TOUCH_SECONDS: i64 = 30;

impl Clinic {
    /// Signs a user in. The token is theirs to keep; the clinic keeps its hash.
    ///
    /// # Errors
    /// When name, password or code are not right (nothing says which), or too many tries were made.
    pub fn sign_in(&self, name: &str, proof: Proof<'_>) -> Result<Token, LedgerError> {
        self.signed_in(&self.prove(name, proof, Before::Nothing)?)
    }

    /// The sign-in of somebody who has just shown who they are.
    pub(super) fn signed_in(&self, user: &User) -> Result<Token, LedgerError> {
        let now = self.surroundings.now();
        let token = Token::new(self.surroundings.random());
        let id = SignInId::new(now, self.surroundings.random());
        let sign_in = SignIn::new(id, user.id, token.hash(), now, &self.limits);
        let record = self.record(RecordKind::SignIn, sign_in.token_hash.digest().as_bytes(), &sign_in)?;
        let access = vec![self.access(&own_account(ActorId::User(user.id), now, Outcome::Allowed, Note::SignedIn))?];
        self.store.commit(Batch { records: vec![record], access, ..Batch::default() })?;
        Ok(token)
    }

    /// The desk of whoever holds a token.
    ///
    /// # Errors
    /// When the token is none, or its sign-in is over.
    pub fn desk_of(&self, token: &Token) -> Result<Desk<'_>, LedgerError> {
        self.desk_and_book_of(token).map(|(desk, _)| desk)
    }

    /// The same, with the book that was read to know who it is.
    ///
    /// # Errors
    /// As [`Clinic::desk_of`].
    pub fn desk_and_book_of(&self, token: &Token) -> Result<(Desk<'_>, Arc<Book>), LedgerError> {
        let now = self.surroundings.now();
        let (mut sign_in, kept) = self.sign_in_of(token)?;
        let book = self.book()?;
        let unknown = || LedgerError::NotSignedIn("the user is not known here".to_owned());
        let user = book.users.get(&sign_in.user).ok_or_else(unknown)?;
        let actor =
            Actor::signed_in(user, &sign_in, now, &self.limits).map_err(|error| LedgerError::NotSignedIn(error.to_string()))?;
        if now.duration_since(sign_in.last_seen).as_secs() >= TOUCH_SECONDS {
            sign_in.touch(now, &self.limits).map_err(|error| LedgerError::NotSignedIn(error.to_string()))?;
            self.change_sign_in(&sign_in, kept, Vec::new())?;
        }
        let actor = if self.owes_second_factor(book.second_factor, user.id)? { actor.owing_a_second_factor() } else { actor };
        Ok((self.desk(self.with_emergency(actor)?), book))
    }

    /// The password and the code once more, before something that destroys or lets out.
    ///
    /// # Errors
    /// As [`Clinic::sign_in`].
    pub fn step_up(&self, token: &Token, proof: Proof<'_>) -> Result<(), LedgerError> {
        let now = self.surroundings.now();
        let (sign_in, kept) = self.sign_in_of(token)?;
        let book = self.book()?;
        let user = book.users.get(&sign_in.user).ok_or(LedgerError::WrongSignIn)?;
        let lasts = sign_in.live(now, &self.limits).is_ok() && sign_in.stepped_up_until.is_some_and(|until| now < until);
        let before = if lasts { Before::SteppedUp } else { Before::Nothing };
        self.prove(user.name.as_str(), proof, before)?;
        // What rests on the step-up before it does not make that last longer.
        if lasts { Ok(()) } else { self.stepped_up(sign_in, kept) }
    }

    /// The same sign-in, of somebody who has just shown once more who they are.
    pub(super) fn stepped_up(&self, mut sign_in: SignIn, kept: Vec<u8>) -> Result<(), LedgerError> {
        let now = self.surroundings.now();
        sign_in.step_up(now, &self.limits).map_err(|error| LedgerError::NotSignedIn(error.to_string()))?;
        let line = own_account(ActorId::User(sign_in.user), now, Outcome::Allowed, Note::SteppedUp);
        self.change_sign_in(&sign_in, kept, vec![line])
    }

    /// Signs out.
    ///
    /// # Errors
    /// When the token is none.
    pub fn sign_out(&self, token: &Token) -> Result<(), LedgerError> {
        let now = self.surroundings.now();
        let (mut sign_in, kept) = self.sign_in_of(token)?;
        sign_in.revoke(now);
        let line = own_account(ActorId::User(sign_in.user), now, Outcome::Allowed, Note::SignedOut);
        self.change_sign_in(&sign_in, kept, vec![line])
    }

    pub(super) fn sign_in_of(&self, token: &Token) -> Result<(SignIn, Vec<u8>), LedgerError> {
        let hash = token.hash();
        let found = self.recorded::<SignIn>(RecordKind::SignIn, hash.digest().as_bytes())?;
        found.ok_or_else(|| LedgerError::NotSignedIn("sign in first".to_owned()))
    }

    /// A sign-in that was changed meanwhile, perhaps revoked, is not overwritten.
    fn change_sign_in(&self, sign_in: &SignIn, kept: Vec<u8>, lines: Vec<Access>) -> Result<(), LedgerError> {
        let record = self.record(RecordKind::SignIn, sign_in.token_hash.digest().as_bytes(), sign_in)?;
        let record = RecordChange { counts_on: CountsOn::Exactly(Some(kept)), ..record };
        let access = lines.iter().map(|line| self.access(line)).collect::<Result<_, _>>()?;
        self.store.commit(Batch { records: vec![record], access, ..Batch::default() })?;
        Ok(())
    }

    /// Whether name, password and code are right. Every try counts as failed until it has succeeded.
    fn prove(&self, name: &str, proof: Proof<'_>, before: Before) -> Result<User, LedgerError> {
        let now = self.surroundings.now();
        let book = self.book()?;
        let user = book.user(name);
        let actor = user.map_or(ActorId::Nobody, |user| ActorId::User(user.id));
        let key = crate::pictures::digest_of(name.as_bytes());
        self.count_try(&key, actor)?;
        match self.proved(user, proof, before) {
            Ok(notes) => {
                let record = self.record(RecordKind::Throttle, key.as_bytes(), &FailedAttempts::default())?;
                let lines = notes.map(|note| self.access(&own_account(actor, now, Outcome::Allowed, note)));
                let access = lines.into_iter().collect::<Result<_, _>>()?;
                self.store.commit(Batch { records: vec![record], access, ..Batch::default() })?;
                user.cloned().ok_or(LedgerError::WrongSignIn)
            }
            Err(NotRight { note, error }) => {
                let line = own_account(actor, now, Outcome::Failed, note);
                self.store.commit(Batch { access: vec![self.access(&line)?], ..Batch::default() })?;
                Err(error)
            }
        }
    }

    /// Notes a try before it is checked, so that tries made at the same time all count.
    pub(super) fn count_try(&self, key: &Digest, actor: ActorId) -> Result<(), LedgerError> {
        loop {
            let now = self.surroundings.now();
            let (mut attempts, kept) = match self.recorded::<FailedAttempts>(RecordKind::Throttle, key.as_bytes())? {
                Some((attempts, kept)) => (attempts, Some(kept)),
                None => (FailedAttempts::default(), None),
            };
            if let Err(wait) = attempts.may_try(now) {
                let line = own_account(actor, now, Outcome::Failed, Note::MadeToWait);
                self.store.commit(Batch { access: vec![self.access(&line)?], ..Batch::default() })?;
                return Err(wait.into());
            }
            attempts.failed(now);
            let record = self.record(RecordKind::Throttle, key.as_bytes(), &attempts)?;
            let record = RecordChange { counts_on: CountsOn::Exactly(kept), ..record };
            if self.store.commit(Batch { records: vec![record], ..Batch::default() })? == crate::store::Outcome::Written {
                return Ok(());
            }
        }
    }

    /// Checks password and code; a code that was used is written down before it counts.
    fn proved(&self, user: Option<&User>, proof: Proof<'_>, before: Before) -> Result<Option<Note>, NotRight> {
        let trouble = |error| NotRight { note: Note::PasswordWrong, error };
        let kept = user.map(|user| self.recorded::<Credential>(RecordKind::Credential, user.id.as_bytes()));
        // A user who was brought in has no password yet, and is told apart from nobody by nothing, not even by time.
        let (Some(user), Some((mut credential, sealed))) = (user, kept.transpose().map_err(trouble)?.flatten()) else {
            return Err(match HashedPassword::verify_nobody(proof.password, HashCost::default()) {
                NotVerified::Wrong => NotRight::wrong(Note::PasswordWrong),
                NotVerified::CouldNotCheck => trouble(LedgerError::Hash(crate::identity::HashFault::Failed)),
            });
        };
        match credential.password.verify(proof.password) {
            Ok(()) if user.disabled => return Err(NotRight::wrong(Note::PasswordWrong)),
            Ok(()) => {}
            Err(NotVerified::Wrong) => return Err(NotRight::wrong(Note::PasswordWrong)),
            Err(NotVerified::CouldNotCheck) => return Err(trouble(LedgerError::Hash(crate::identity::HashFault::Failed))),
        }
        let Some(factor) = &mut credential.second_factor else {
            let enough = credential.passkeys.is_empty() || before == Before::SteppedUp;
            let missing = NotRight { note: Note::PasskeyNeeded, error: LedgerError::PasskeyNeeded };
            return if enough { Ok(None) } else { Err(missing) };
        };
        let code = proof.code.ok_or(NotRight { note: Note::CodeWrong, error: LedgerError::CodeNeeded })?;
        let note = self.code_counts(factor, code).map_err(NotRight::wrong)?;
        let record = self.record(RecordKind::Credential, user.id.as_bytes(), &credential).map_err(trouble)?;
        let record = RecordChange { counts_on: CountsOn::Exactly(Some(sealed)), ..record };
        let written =
            self.store.commit(Batch { records: vec![record], ..Batch::default() }).map_err(|error| trouble(error.into()))?;
        if written == crate::store::Outcome::Written { Ok(note) } else { Err(NotRight::wrong(Note::CodeUsedBefore)) }
    }

    /// Whether a code is the app's, or else a recovery code.
    fn code_counts(&self, factor: &mut SecondFactor, code: &str) -> Result<Option<Note>, Note> {
        let now = self.surroundings.now();
        match TotpSecret::new(factor.secret).verify(code, now, Some(factor.last_step)) {
            Ok(step) => {
                factor.last_step = step;
                Ok(None)
            }
            Err(crate::identity::CodeRefused::NotACode) => match factor.recovery.redeem(code, now) {
                Ok(_) => Ok(Some(Note::RecoveryCodeUsed)),
                Err(refused) => Err(refused.into()),
            },
            Err(refused) => Err(refused.into()),
        }
    }

    /// Ends every sign-in of a user.
    pub(super) fn end_sign_ins(&self, user: UserId) -> Result<(), LedgerError> {
        let (ring, now) = (self.ring(), self.surroundings.now());
        for record in self.store.records(RecordKind::SignIn)? {
            let mut sign_in: SignIn = super::sealed::open_record(&ring, RecordKind::SignIn, &record.key, &record.value)?;
            if sign_in.user == user && sign_in.revoked_at.is_none() {
                sign_in.revoke(now);
                let change = self.record(RecordKind::SignIn, &record.key, &sign_in)?;
                self.store.commit(Batch { records: vec![change], ..Batch::default() })?;
            }
        }
        Ok(())
    }
}

/// A line about somebody's own account.
pub(super) const fn own_account(actor: ActorId, at: jiff::Timestamp, outcome: Outcome, note: Note) -> Access {
    Access { at, actor, operation: Operation::ManageOwnAccount, patient: None, outcome, break_glass: None, note: Some(note) }
}
