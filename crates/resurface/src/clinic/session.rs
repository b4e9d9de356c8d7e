//! An open clinic and whoever acts in it.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use resurface_ledger::access::{Actor, ActorId, Missing};
use resurface_ledger::clinic::{Charts, Clinic, Desk, LedgerError, Proof};
use resurface_ledger::identity::{Token, User};
use resurface_ledger::seal::Secret;
use resurface_ledger::surroundings::Surroundings as _;

use super::{Access, Machine};
use crate::ending::{Exit, Failure};
use crate::files;

/// An open clinic and whoever acts in it.
pub(crate) struct Session<'a> {
    /// The clinic.
    pub(crate) clinic: Clinic,
    access: &'a Access,
    machine: Arc<Machine>,
    zone: TimeZone,
    /// Nothing where there is no place for it: then nobody is signed in.
    sign_in_file: Option<PathBuf>,
    token: Option<Token>,
}

const SIGN_IN_HINT: &str = "`resurface sign-in --user NAME`";

impl<'a> Session<'a> {
    /// Opens the clinic that was named, with whoever is signed in to it.
    pub(crate) fn open(access: &'a Access) -> Result<Self, Failure> {
        Self::open_with_secret(access).map(|(session, _)| session)
    }

    /// The same, with the secret that opened it: for whatever changes the keys.
    pub(crate) fn open_with_secret(access: &'a Access) -> Result<(Self, Secret), Failure> {
        let folder = access.folder()?;
        let secret = access.secret(&folder)?;
        let machine = Arc::new(Machine::new()?);
        let zone = machine.zone();
        let clinic = Clinic::open(&folder, &secret, machine.clone())?;
        let sign_in_file = access.sign_in_file(&folder);
        let kept = sign_in_file.as_deref().map(files::read_secret).transpose()?;
        // What is no token any longer signs nobody in.
        let token = kept.flatten().and_then(|text| text.trim().parse().ok());
        Ok((Self { clinic, access, machine, zone, sign_in_file, token }, secret))
    }

    /// The clinic alone, whoever is signed in at this terminal.
    pub(crate) fn into_clinic(self) -> Clinic {
        self.clinic
    }

    /// Signs a user in, and keeps it for later commands. Whoever was signed in here before is signed out.
    pub(crate) fn sign_in(&mut self, name: &str) -> Result<(), Failure> {
        let sign_in_file = self.sign_in_file.as_ref().ok_or_else(|| {
            Failure::new(Exit::File, "there is no place to keep who is signed in: neither XDG_STATE_HOME nor HOME is set")
                .hint("set RESURFACE_SIGN_IN_FILE to a file of yours")
        })?;
        let password = self.access.password(&format!("password of {name}"))?;
        let clinic = &self.clinic;
        let token = self.with_code(|code| clinic.sign_in(name, Proof { password: password.text(), code }))?;
        files::write_private(sign_in_file, &token.text())?;
        if let Some(before) = self.token.replace(token) {
            // One that was over already needs no end.
            let _ = self.clinic.sign_out(&before);
        }
        Ok(())
    }

    /// Signs out whoever is signed in.
    pub(crate) fn sign_out(&self) -> Result<(), Failure> {
        let Some(token) = &self.token else { return Err(nobody()) };
        let ended = self.clinic.sign_out(token);
        self.sign_in_file.as_deref().map_or(Ok(()), files::remove)?;
        match ended {
            // It was over already: there is nothing left to end.
            Ok(()) | Err(LedgerError::NotSignedIn(_)) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// The desk of whoever is signed in.
    pub(crate) fn desk(&self) -> Result<Desk<'_>, Failure> {
        let token = self.token.as_ref().ok_or_else(nobody)?;
        Ok(self.clinic.desk_of(token)?)
    }

    /// Does something at the desk of whoever is signed in or, where nobody is, at the clinic's machine. Where it takes
    /// password and code once more, they are asked for, and it is tried again.
    pub(crate) fn act<T>(&self, act: impl Fn(&Desk<'_>) -> Result<T, LedgerError>) -> Result<T, Failure> {
        let desk = match &self.token {
            None => return Ok(act(&self.clinic.desk(Actor::at_the_console()))?),
            Some(token) => match self.clinic.desk_of(token) {
                Err(LedgerError::NotSignedIn(_)) => return Ok(act(&self.clinic.desk(Actor::at_the_console()))?),
                desk => desk?,
            },
        };
        self.or_stepped_up(&desk, act)
    }

    /// Does something at the desk of whoever is signed in; as [`act`](Self::act), but never in nobody's name.
    pub(crate) fn act_in_person<T>(&self, act: impl Fn(&Desk<'_>) -> Result<T, LedgerError>) -> Result<T, Failure> {
        let desk = self.desk()?;
        self.or_stepped_up(&desk, act)
    }

    /// Asks whoever is signed in for password and code once more, and says whose and `before` what.
    pub(crate) fn step_up(&self, before: &str) -> Result<(), Failure> {
        let token = self.token.as_ref().ok_or_else(nobody)?;
        let user = self.signed_in(&self.desk()?)?.ok_or_else(nobody)?;
        let password = self.access.password(&format!("password of {}, asked again before you {before},", user.name))?;
        self.with_code(|code| self.clinic.step_up(token, Proof { password: password.text(), code }))
    }

    /// The user who sits at a desk; nothing at the clinic's machine.
    pub(crate) fn signed_in(&self, desk: &Desk<'_>) -> Result<Option<User>, Failure> {
        let ActorId::User(id) = desk.actor().id() else { return Ok(None) };
        Ok(self.clinic.book()?.users.get(&id).cloned())
    }

    /// Whether nobody is behind the charts of this clinic.
    pub(crate) fn is_demonstration(&self) -> bool {
        self.clinic.charts() == Charts::Synthetic
    }

    /// Today, where this machine is.
    pub(crate) fn today(&self) -> Date {
        self.clinic.today()
    }

    /// Now, by the clock of this machine.
    pub(crate) fn now(&self) -> Timestamp {
        self.machine.now()
    }

    /// The zone whose clock is shown.
    pub(crate) fn zone(&self) -> &TimeZone {
        &self.zone
    }

    fn or_stepped_up<T>(&self, desk: &Desk<'_>, act: impl Fn(&Desk<'_>) -> Result<T, LedgerError>) -> Result<T, Failure> {
        match act(desk) {
            Err(LedgerError::Refused(refused)) if refused.missing == Missing::StepUp => {
                self.step_up(refused.operation.words())?;
                Ok(act(&self.desk()?)?)
            }
            done => Ok(done?),
        }
    }

    /// Tries with the code that was given and, where one is asked for and none was given, with one that is asked for.
    fn with_code<T>(&self, prove: impl Fn(Option<&str>) -> Result<T, LedgerError>) -> Result<T, Failure> {
        match prove(self.access.code()) {
            Err(LedgerError::CodeNeeded) => match Access::ask_code() {
                Some(code) => Ok(prove(Some(code.text()))?),
                None => Err(LedgerError::CodeNeeded.into()),
            },
            proved => Ok(proved?),
        }
    }
}

fn nobody() -> Failure {
    Failure::new(Exit::SignIn, "nobody is signed in").hint(SIGN_IN_HINT)
}
