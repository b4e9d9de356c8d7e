//! What was said about a clinic and about who acts: by an option, else by the environment, else at the terminal.

use std::ffi::OsString;
use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};

use resurface_ledger::clinic::Clinic;
use resurface_ledger::seal::{Method, Secret, read_key_file};

use super::asking::{self, Hidden};
use crate::arguments::{ClinicOptions, NewPasswordOption};
use crate::ending::{Exit, Failure};
use crate::envelope;
use crate::files;

/// What was said.
#[derive(Clone, Debug)]
pub(crate) struct Access {
    clinic: Option<PathBuf>,
    key_file: Option<PathBuf>,
    password_file: Option<PathBuf>,
    passphrase: Option<Hidden>,
    new_passphrase: Option<Hidden>,
    password: Option<Hidden>,
    new_password: Option<Hidden>,
    code: Option<Hidden>,
    sign_in_file: Option<PathBuf>,
    state: Option<PathBuf>,
}

/// How to name a clinic, or to make one.
pub(super) const CLINIC_HINT: &str =
    "name its folder with --clinic DIR or RESURFACE_CLINIC; `resurface clinic init DIR` founds one";
const KEY_HINT: &str =
    "name the key file with --key-file FILE or RESURFACE_KEY_FILE; without it, or its copy, nothing can be read";
const PASSPHRASE_HINT: &str = "set RESURFACE_PASSPHRASE, or type it at a terminal";
const NEW_PASSPHRASE_HINT: &str = "set RESURFACE_NEW_PASSPHRASE, or type it at a terminal";
const PASSWORD_HINT: &str = "name a file with --password-file FILE, set RESURFACE_PASSWORD, or type it at a terminal";
const NEW_PASSWORD_HINT: &str = "name a file with --new-password-file FILE, set RESURFACE_NEW_PASSWORD, or type it at a terminal";

/// A variable that is set to something.
fn variable(name: &str) -> Option<OsString> {
    #[expect(clippy::disallowed_methods, reason = "the program reads the environment so that no room has to")]
    std::env::var_os(name).filter(|value| !value.is_empty())
}

fn path(name: &str) -> Option<PathBuf> {
    variable(name).map(PathBuf::from)
}

fn hidden(name: &str) -> Option<Hidden> {
    variable(name).and_then(|value| value.into_string().ok()).map(Hidden::new)
}

impl Access {
    /// The same, about the clinic in a folder.
    pub(crate) fn about(&self, folder: &Path) -> Self {
        Self { clinic: Some(folder.to_owned()), ..self.clone() }
    }

    /// From the options and the environment.
    pub(crate) fn of(typed: ClinicOptions) -> Self {
        let home = || path("HOME").map(|home| home.join(".local/state"));
        Self {
            clinic: typed.clinic.or_else(|| path("RESURFACE_CLINIC")),
            key_file: typed.key_file.or_else(|| path("RESURFACE_KEY_FILE")),
            password_file: typed.password_file,
            passphrase: hidden("RESURFACE_PASSPHRASE"),
            new_passphrase: hidden("RESURFACE_NEW_PASSPHRASE"),
            password: hidden("RESURFACE_PASSWORD"),
            new_password: hidden("RESURFACE_NEW_PASSWORD"),
            code: typed.code.map(Hidden::new).or_else(|| hidden("RESURFACE_CODE")),
            sign_in_file: path("RESURFACE_SIGN_IN_FILE"),
            state: path("XDG_STATE_HOME").or_else(home).map(|state| state.join("resurface")),
        }
    }

    /// The folder of the clinic.
    pub(super) fn folder(&self) -> Result<PathBuf, Failure> {
        let here = Path::new(".");
        match &self.clinic {
            Some(folder) if files::is_there(folder) => files::canonical(folder),
            Some(folder) => {
                Err(Failure::new(Exit::File, format!("the folder {} is not there", folder.display())).hint(CLINIC_HINT))
            }
            None if files::is_there(&here.join("clinic.json")) => files::canonical(here),
            None => Err(Failure::new(Exit::File, "no clinic is named, and this folder holds none").hint(CLINIC_HINT)),
        }
    }

    /// The folder of a clinic that is still to be made. The one in which the program happens to run is never meant.
    pub(crate) fn new_folder(&self) -> Result<PathBuf, Failure> {
        self.clinic.clone().ok_or_else(|| {
            Failure::new(Exit::InputFaults, "no folder is named for the clinic that is to be made")
                .hint("name one that is not there yet, or is empty, with --clinic DIR")
        })
    }

    /// The secret that opens the clinic in a folder.
    pub(super) fn secret(&self, folder: &Path) -> Result<Secret, Failure> {
        self.secret_of(Clinic::locked_by(folder)?, folder)
    }

    /// The secret of this kind that opens what is, or is to be, the clinic in a folder.
    pub(crate) fn secret_of(&self, method: Method, folder: &Path) -> Result<Secret, Failure> {
        match method {
            Method::KeyFile => read_key(&self.key_path(folder)),
            Method::Passphrase => {
                let given = self
                    .passphrase
                    .clone()
                    .map_or_else(|| asking::secret("passphrase of the clinic", PASSPHRASE_HINT, Exit::KeyNeeded), Ok)?;
                Ok(Secret::Passphrase(given.text().to_owned().into()))
            }
        }
    }

    /// A passphrase that is to lock a clinic from now on.
    pub(crate) fn new_passphrase(&self) -> Result<Secret, Failure> {
        let given = match &self.new_passphrase {
            Some(given) => given.clone(),
            None => asking::new_secret("new passphrase of the clinic", NEW_PASSPHRASE_HINT, Exit::KeyNeeded)?,
        };
        Ok(Secret::Passphrase(given.text().to_owned().into()))
    }

    /// Where the key file of the clinic in a folder is, or is to be.
    pub(crate) fn key_path(&self, folder: &Path) -> PathBuf {
        self.key_file.clone().unwrap_or_else(|| {
            let mut name = folder.file_name().unwrap_or_default().to_owned();
            name.push(".key");
            folder.with_file_name(name)
        })
    }

    /// The password of whoever acts; `what` says whose it is, and why it is asked for.
    pub(crate) fn password(&self, what: &str) -> Result<Hidden, Failure> {
        match (&self.password_file, &self.password) {
            (Some(file), _) => first_line(file),
            (None, Some(password)) => Ok(password.clone()),
            (None, None) => asking::secret(what, PASSWORD_HINT, Exit::SignIn),
        }
    }

    /// A new password, for whoever acts or for somebody else; `whose` it is to be.
    pub(crate) fn new_password(&self, option: &NewPasswordOption, whose: &str) -> Result<Hidden, Failure> {
        match (&option.new_password_file, &self.new_password) {
            (Some(file), _) => first_line(file),
            (None, Some(password)) => Ok(password.clone()),
            (None, None) => asking::new_secret(&format!("new password of {whose}"), NEW_PASSWORD_HINT, Exit::SignIn),
        }
    }

    /// The code that was given.
    pub(super) fn code(&self) -> Option<&str> {
        self.code.as_ref().map(Hidden::text)
    }

    /// Asks for a code, where there is somebody to ask.
    pub(super) fn ask_code() -> Option<Hidden> {
        if io::stdin().is_terminal() { asking::line("code of your app, or a recovery code: ") } else { None }
    }

    /// The file that keeps who is signed in to the clinic in a folder; nothing where there is no place for it.
    pub(super) fn sign_in_file(&self, folder: &Path) -> Option<PathBuf> {
        let by_clinic = || Some(self.state.as_ref()?.join(envelope::sha256(folder.to_string_lossy().as_bytes())));
        self.sign_in_file.clone().or_else(by_clinic)
    }
}

/// The key in a key file.
fn read_key(path: &Path) -> Result<Secret, Failure> {
    let text = files::read_secret(path)?
        .ok_or_else(|| Failure::new(Exit::KeyNeeded, format!("the key file {} is not there", path.display())).hint(KEY_HINT))?;
    let key = read_key_file(&text)
        .map_err(|error| Failure::new(Exit::KeyNeeded, format!("{}: {error}", path.display())).hint(KEY_HINT))?;
    Ok(Secret::KeyFile(key))
}

fn first_line(path: &Path) -> Result<Hidden, Failure> {
    let text = files::read_secret(path)?.ok_or_else(|| {
        Failure::new(Exit::File, format!("{} could not be read: it is not there", path.display()))
            .hint("the first line of that file is the password")
    })?;
    Ok(Hidden::new(text.lines().next().unwrap_or_default().to_owned()))
}
