//! Users: added, given roles, recorded as operators, switched off; their passwords and second factors.

use std::collections::BTreeSet;

use resurface_care::chart::SessionGated;
use resurface_care::consultation::{Answer, Operator};
use resurface_care::gate::Permit;

use super::signing_in::{Credential, SecondFactor, own_account};
use super::{BookBody, Clinic, Desk, LedgerError};
use crate::access::{Access, Actor, ActorId, Grant, Note, Operation, Outcome, Role};
use crate::identity::{
    DisplayName, HashCost, HashedPassword, OperatorRecord, PasswordRules, RecoveryCode, RecoveryCodes, SignInName, TotpSecret,
    User, UserId,
};
use crate::store::Outcome::Written;
use crate::store::{Batch, CountsOn, RecordChange, RecordKind};

/// A user who is to be added.
pub struct NewUser<'a> {
    /// The name they sign in with.
    pub name: SignInName,
    /// The name others read.
    pub display_name: DisplayName,
    /// Their roles.
    pub roles: BTreeSet<Role>,
    /// What is known of them as somebody who treats.
    pub operator: Option<OperatorRecord>,
    /// Their first password.
    pub password: &'a str,
}

/// A change of a user.
#[derive(Clone, Debug)]
pub enum UserChange {
    /// These roles and no others.
    Roles(BTreeSet<Role>),
    /// Switched off: every sign-in ends.
    SwitchOff,
    /// Switched on again.
    SwitchOn,
    /// What is known of them as somebody who treats.
    Operator(OperatorRecord),
}

/// A second factor that is not confirmed yet: shown once, and kept only when a code confirms it.
pub struct NewSecondFactor {
    /// The secret.
    pub secret: TotpSecret,
    /// The address for the app.
    pub otpauth: zeroize::Zeroizing<String>,
    /// Ten codes for when the phone is lost.
    pub recovery: [RecoveryCode; RecoveryCodes::COUNT],
    kept: RecoveryCodes,
}

impl Desk<'_> {
    /// Every user.
    ///
    /// # Errors
    /// When it is not allowed, or the book cannot be read.
    pub fn users(&self) -> Result<Vec<User>, LedgerError> {
        self.read(Operation::ListUsers, None)?;
        Ok(self.clinic.book()?.users.values().cloned().collect())
    }

    /// Adds a user.
    ///
    /// # Errors
    /// When it is not allowed, the name is taken, or the password is refused.
    pub fn add_user(&self, new: NewUser<'_>) -> Result<UserId, LedgerError> {
        let grant = self.ask(Operation::ManageUsers, None)?;
        let book = self.clinic.book()?;
        // The timeline and the gate tell people apart by the name they read.
        let same_name = |user: &User| user.name == new.name || user.display_name == new.display_name;
        if book.users.values().any(same_name) {
            return self.fail(&[grant], LedgerError::UserExists);
        }
        let id = UserId::new(self.now(), self.clinic.surroundings.random());
        let NewUser { name, display_name, roles, operator, password } = new;
        let user = User { id, name, display_name, roles, disabled: false, operator };
        let password = match self.hashed(&user, password) {
            Ok(password) => password,
            Err(error) => return self.fail(&[grant], error),
        };
        let credential = Credential { password, second_factor: None, passkeys: Vec::new() };
        let record = self.clinic.record(RecordKind::Credential, id.as_bytes(), &credential)?;
        let line = Access::allowed(&grant).with_note(Note::UserAdded);
        self.put_user(user, line, vec![record])?;
        Ok(id)
    }

    /// Changes a user.
    ///
    /// # Errors
    /// When it is not allowed, there is no such user, or nobody would be left who leads.
    pub fn change_user(&self, name: &str, change: UserChange) -> Result<User, LedgerError> {
        let grant = self.ask(Operation::ManageUsers, None)?;
        let book = self.clinic.book()?;
        let Some(mut user) = book.user(name).cloned() else {
            return self.fail(&[grant], LedgerError::NoSuchUser);
        };
        let note = match change {
            UserChange::Roles(roles) => {
                user.roles = roles;
                Note::RolesChanged
            }
            UserChange::SwitchOff => {
                user.disabled = true;
                Note::UserSwitchedOff
            }
            UserChange::SwitchOn => {
                user.disabled = false;
                Note::UserSwitchedOn
            }
            UserChange::Operator(operator) => {
                user.operator = Some(operator);
                Note::OperatorChanged
            }
        };
        let leads = |user: &User| !user.disabled && user.roles.contains(&Role::Lead);
        let others_lead = book.users.values().any(|other| other.id != user.id && leads(other));
        if book.users.get(&user.id).is_some_and(leads) && !leads(&user) && !others_lead {
            return self.fail(&[grant], LedgerError::LastLead);
        }
        self.put_user(user.clone(), Access::allowed(&grant).with_note(note), Vec::new())?;
        if user.disabled {
            self.clinic.end_sign_ins(user.id)?;
        }
        Ok(user)
    }

    /// Gives a user a new password, and ends every sign-in of theirs. The second factor and the passkeys go with it where they
    /// are said to be lost.
    ///
    /// # Errors
    /// When it is not allowed, there is no such user, or the password is refused.
    pub fn reset_password(&self, name: &str, password: &str, factor: LostFactor) -> Result<(), LedgerError> {
        let grant = self.ask(Operation::ManageUsers, None)?;
        let Some(user) = self.clinic.book()?.user(name).cloned() else {
            return self.fail(&[grant], LedgerError::NoSuchUser);
        };
        self.put_password(&user, password, factor, grant)
    }

    /// Gives oneself a new password; every other sign-in ends.
    ///
    /// # Errors
    /// When nobody is signed in, or the password is refused.
    pub fn change_password(&self, password: &str) -> Result<(), LedgerError> {
        let (user, grant) = self.own()?;
        self.put_password(&user, password, LostFactor::Kept, grant)
    }

    /// How many recovery codes one has left; nothing without a second factor.
    ///
    /// # Errors
    /// When nobody is signed in.
    pub fn recovery_codes_left(&self) -> Result<Option<usize>, LedgerError> {
        let (user, _) = self.own()?;
        let kept = self.clinic.recorded::<Credential>(RecordKind::Credential, user.id.as_bytes())?;
        Ok(kept.and_then(|(credential, _)| credential.second_factor).map(|factor| factor.recovery.left()))
    }

    /// A new second factor for oneself, to be shown and confirmed. Nothing is kept yet.
    ///
    /// # Errors
    /// When nobody is signed in.
    pub fn new_second_factor(&self) -> Result<NewSecondFactor, LedgerError> {
        let (user, _) = self.own()?;
        let surroundings = self.clinic.surroundings.as_ref();
        let secret = TotpSecret::new(surroundings.random());
        let random: [[u8; 10]; RecoveryCodes::COUNT] = std::array::from_fn(|_| surroundings.random());
        let (recovery, kept) = RecoveryCodes::new(&random);
        let otpauth = secret.otpauth(&format!("Resurface {}", self.clinic.book()?.founded.name), user.name.as_str());
        Ok(NewSecondFactor { secret, otpauth, recovery, kept })
    }

    /// Keeps a second factor once a code of it was typed; from then on a code is needed to sign in.
    ///
    /// # Errors
    /// When nobody is signed in, or the code is not the right one.
    pub fn confirm_second_factor(&self, new: &NewSecondFactor, code: &str) -> Result<(), LedgerError> {
        let (user, grant) = self.own()?;
        let Ok(last_step) = new.secret.verify(code, self.now(), None) else {
            return self.fail(&[grant], LedgerError::NotConfirmed);
        };
        let line = Access::allowed(&grant).with_note(Note::CodesChanged);
        self.change_credential(user.id, &line, |kept| {
            let factor = SecondFactor { secret: *new.secret.expose(), last_step, recovery: new.kept.clone() };
            Ok(Credential { second_factor: Some(factor), ..kept.ok_or(LedgerError::NoSuchUser)? })
        })
    }

    /// Oneself, and what allows it.
    pub(super) fn own(&self) -> Result<(User, Grant), LedgerError> {
        let grant = self.ask(Operation::ManageOwnAccount, None)?;
        let ActorId::User(id) = self.actor.id() else { return Err(LedgerError::NoSuchUser) };
        let user = self.clinic.book()?.users.get(&id).cloned().ok_or(LedgerError::NoSuchUser)?;
        Ok((user, grant))
    }

    fn put_user(&self, user: User, line: Access, records: Vec<RecordChange>) -> Result<(), LedgerError> {
        let access = vec![self.clinic.access(&line)?];
        self.clinic.write_book(&[BookBody::User(user)], self.author(), records, access)
    }

    fn put_password(&self, user: &User, password: &str, factor: LostFactor, grant: Grant) -> Result<(), LedgerError> {
        let password = match self.hashed(user, password) {
            Ok(password) => password,
            Err(error) => return self.fail(&[grant], error),
        };
        let line = Access::allowed(&grant).with_note(Note::PasswordChanged);
        self.change_credential(user.id, &line, |kept| {
            let kept = kept.filter(|_| factor == LostFactor::Kept);
            let (second_factor, passkeys) = kept.map(|kept| (kept.second_factor, kept.passkeys)).unwrap_or_default();
            Ok(Credential { password: password.clone(), second_factor, passkeys })
        })?;
        self.clinic.end_sign_ins(user.id)
    }

    /// Changes what is kept of a user's secrets. Where somebody else changed it in between, it is changed as it is then: a new
    /// password does not bring a lost second factor back, nor a code that was used.
    pub(super) fn change_credential(
        &self,
        user: UserId,
        line: &Access,
        change: impl Fn(Option<Credential>) -> Result<Credential, LedgerError>,
    ) -> Result<(), LedgerError> {
        loop {
            let (credential, sealed) = self.clinic.recorded::<Credential>(RecordKind::Credential, user.as_bytes())?.unzip();
            let record = self.clinic.record(RecordKind::Credential, user.as_bytes(), &change(credential)?)?;
            let record = RecordChange { counts_on: CountsOn::Exactly(sealed), ..record };
            let access = vec![self.clinic.access(line)?];
            if self.clinic.store.commit(Batch { records: vec![record], access, ..Batch::default() })? == Written {
                return Ok(());
            }
        }
    }

    fn hashed(&self, user: &User, password: &str) -> Result<HashedPassword, LedgerError> {
        let names = [user.name.as_str(), user.display_name.as_str(), "resurface"];
        let password = PasswordRules::default().check(password, &names)?;
        Ok(HashedPassword::new(password, self.clinic.surroundings.random(), HashCost::default())?)
    }
}

impl Clinic {
    /// Adds the first user, in the name of whoever is at the clinic's machine: by a command there, or by a link that was
    /// shown there and nowhere else.
    ///
    /// # Errors
    /// When there is a user already, or the password is refused.
    pub fn add_first_user(&self, new: NewUser<'_>) -> Result<UserId, LedgerError> {
        if !self.book()?.users.is_empty() {
            return Err(LedgerError::UserExists);
        }
        self.desk(Actor::at_the_console()).add_user(new)
    }

    /// The operator with a name, as the clinic's records have them; nothing for somebody who is not recorded or is switched off.
    ///
    /// # Errors
    /// When the book cannot be read.
    pub fn operator(&self, name: &str) -> Result<Option<Operator>, LedgerError> {
        let book = self.book()?;
        let named = book.users.values().filter(|user| !user.disabled && user.display_name.as_str() == name);
        Ok(named.filter_map(User::to_operator).next())
    }

    /// Whether a gate was asked about an operator as the clinic's records have them, and permits nobody whom they do not know.
    pub(super) fn treats_by_the_records(&self, gate: &SessionGated) -> Result<bool, LedgerError> {
        let named = &gate.setting.operator;
        let known = self.operator(&named.name)?.is_some() || gate.answer.permit == Permit::Refused;
        Ok(known && self.operator_of_the_day(named)? == *named)
    }

    /// The operator of a treatment day: who the records know, or somebody of whom nothing but the name is known, and whom the
    /// gate refuses.
    ///
    /// # Errors
    /// When the book cannot be read.
    pub fn operator_of_the_day(&self, claimed: &Operator) -> Result<Operator, LedgerError> {
        Ok(self.operator(&claimed.name)?.unwrap_or_else(|| Operator {
            name: claimed.name.clone(),
            profession: claimed.profession,
            trained: Answer::Unknown,
            training_valid_until: None,
            depth_limit_um: None,
            premises_permitted: Answer::Unknown,
        }))
    }
}

/// Whether a second factor is lost with the password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LostFactor {
    /// It stays.
    Kept,
    /// It is lost: codes and passkeys go, and new ones are made at the next sign-in.
    Lost,
}

impl Clinic {
    /// Notes that somebody's sign-ins were ended, for whoever leads.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn end_sign_ins_of(&self, desk: &Desk<'_>, name: &str) -> Result<(), LedgerError> {
        let grant = desk.ask(Operation::ManageUsers, None)?;
        let Some(user) = self.book()?.user(name).cloned() else { return desk.fail(&[grant], LedgerError::NoSuchUser) };
        self.end_sign_ins(user.id)?;
        let line = own_account(ActorId::User(user.id), desk.now(), Outcome::Allowed, Note::SignInsEnded);
        desk.log(&Access { actor: grant.actor(), operation: Operation::ManageUsers, ..line })
    }
}
