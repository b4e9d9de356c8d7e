//! What is typed about a clinic, its users, and who signs in.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use jiff::civil::Date;
use resurface_care::consultation::{Answer, Profession};
use resurface_ledger::access::Role;
use resurface_ledger::clinic::SecondFactorDuty;
use resurface_ledger::identity::{DisplayName, SignInName};
use resurface_ledger::seal::Method;

use super::checks::ChangeSecretArguments;
use super::word;

/// Which clinic, and who acts in it.
#[derive(Args, Debug)]
#[command(next_help_heading = "Options for commands about a clinic")]
pub(crate) struct ClinicOptions {
    /// Folder of the clinic [env: RESURFACE_CLINIC; default: this folder, when it holds clinic.json]
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) clinic: Option<PathBuf>,
    /// Key file of the clinic [env: RESURFACE_KEY_FILE; default: DIR.key beside the folder]
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) key_file: Option<PathBuf>,
    /// File whose first line is your password [env: RESURFACE_PASSWORD; else you are asked]
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) password_file: Option<PathBuf>,
    /// Six digits of your app, or a recovery code [env: RESURFACE_CODE; else you are asked]
    #[arg(long, global = true, value_name = "CODE")]
    pub(crate) code: Option<String>,
}

/// Below `resurface clinic`.
#[derive(Debug, Subcommand)]
pub(crate) enum ClinicCommand {
    /// Found a clinic in a new folder: its key, and its first user, who leads
    Init(InitArguments),
    /// Name, day of founding, charts, users, and what locks it
    Show,
    /// Change the key that everything is sealed with; broken off, it goes on when it is called again
    RotateKey,
    /// Lock the clinic by another key file or passphrase
    ChangeSecret(ChangeSecretArguments),
    /// Require a second factor of every user, codes from an app or a passkey: whoever has none may only set one up
    RequireSecondFactor {
        /// Whether they are required from now on
        #[arg(value_enum, value_name = "DUTY")]
        duty: DutyOption,
    },
}

/// Whether something is required.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DutyOption {
    /// It is required of every user
    On,
    /// Each user does as they like
    Off,
}

impl From<DutyOption> for SecondFactorDuty {
    fn from(typed: DutyOption) -> Self {
        match typed {
            DutyOption::On => Self::Required,
            DutyOption::Off => Self::Free,
        }
    }
}

/// `resurface clinic init`.
#[derive(Args, Debug)]
pub(crate) struct InitArguments {
    /// Folder to make; it must not be there yet, or be empty
    #[arg(value_name = "DIR")]
    pub(crate) dir: PathBuf,
    /// Name of the clinic
    #[arg(long)]
    pub(crate) name: String,
    /// Name with which the lead signs in
    #[arg(long, value_name = "SIGN-IN-NAME")]
    pub(crate) lead: SignInName,
    /// Name of the lead as others read it [default: the sign-in name]
    #[arg(long, value_name = "NAME")]
    pub(crate) lead_name: Option<DisplayName>,
    /// Another role of the lead, who as lead alone opens no chart: practitioner, prescriber or assistant
    #[arg(long, value_name = "ROLE", value_parser = role)]
    pub(crate) also: Vec<Role>,
    #[command(flatten)]
    pub(crate) operator: OperatorOptions,
    #[command(flatten)]
    pub(crate) password: NewPasswordOption,
    /// Lock the clinic by a passphrase instead of a key file [env: RESURFACE_NEW_PASSPHRASE; else you are asked, twice]
    #[arg(long, conflicts_with = "key_file")]
    pub(crate) passphrase: bool,
    /// A demonstration: nobody is behind its charts, and every page says so
    #[arg(long)]
    pub(crate) demonstration: bool,
}

impl InitArguments {
    /// What is to lock the clinic.
    pub(crate) const fn method(&self) -> Method {
        if self.passphrase { Method::Passphrase } else { Method::KeyFile }
    }
}

/// What is known of somebody who treats; the gate refuses what is unknown.
#[derive(Args, Debug)]
pub(crate) struct OperatorOptions {
    /// dermatologist, doctor, nurse or practitioner; for somebody who treats
    #[arg(long, value_parser = word::<Profession>)]
    pub(crate) profession: Option<Profession>,
    /// Trained in microneedling? no, unknown or yes
    #[arg(long, value_name = "ANSWER", value_parser = word::<Answer>, default_value = "unknown")]
    pub(crate) trained: Answer,
    /// Last day on which that training counts
    #[arg(long, value_name = "DATE", requires = "profession")]
    pub(crate) training_valid_until: Option<Date>,
    /// Deepest needle they may set, in micrometres
    #[arg(long, value_name = "UM", requires = "profession", value_parser = clap::value_parser!(u32).range(0..=5000))]
    pub(crate) depth_limit_um: Option<u32>,
    /// Do the premises hold the permission that this place asks for? no, unknown or yes
    #[arg(long, value_name = "ANSWER", value_parser = word::<Answer>, default_value = "unknown")]
    pub(crate) premises_permitted: Answer,
}

/// A role that a user can hold. A patient is no user: patients are handed links.
fn role(text: &str) -> Result<Role, String> {
    Role::OF_USERS.into_iter().find(|role| role.words() == text).ok_or_else(|| {
        let words: Vec<String> = Role::OF_USERS.iter().map(|role| format!("`{}`", role.words())).collect();
        let patient = if text == Role::Patient.words() { "; a patient is handed links: `resurface link make`" } else { "" };
        format!("expected one of {}{patient}", words.join(", "))
    })
}

/// A new password for somebody.
#[derive(Args, Debug)]
pub(crate) struct NewPasswordOption {
    /// File whose first line is the new password [env: RESURFACE_NEW_PASSWORD; else you are asked, twice]
    #[arg(long, value_name = "FILE")]
    pub(crate) new_password_file: Option<PathBuf>,
}

/// Below `resurface user`.
#[derive(Debug, Subcommand)]
pub(crate) enum UserCommand {
    /// Add a user
    Add {
        /// Name to sign in with
        name: SignInName,
        /// Name as others read it, as on the register
        #[arg(long, value_name = "NAME")]
        display_name: DisplayName,
        /// practitioner, prescriber, assistant or lead; may be repeated
        #[arg(long = "role", value_name = "ROLE", required = true, value_parser = role)]
        roles: Vec<Role>,
        #[command(flatten)]
        operator: OperatorOptions,
        #[command(flatten)]
        password: NewPasswordOption,
    },
    /// Give a user these roles and no others
    Role {
        /// Name they sign in with
        name: SignInName,
        /// practitioner, prescriber, assistant or lead; may be repeated
        #[arg(long = "role", value_name = "ROLE", required = true, value_parser = role)]
        roles: Vec<Role>,
    },
    /// Record what is known of a user as somebody who treats
    #[command(arg_required_else_help = true)]
    Operator {
        /// Name they sign in with
        name: SignInName,
        #[command(flatten)]
        operator: OperatorOptions,
    },
    /// Switch a user off: they may do nothing, and what they did keeps their name
    Disable {
        /// Name they sign in with
        name: SignInName,
    },
    /// Switch a user on again
    Enable {
        /// Name they sign in with
        name: SignInName,
    },
    /// Every user, with roles and training
    List,
    /// Give yourself a new password, or a user who has lost theirs
    Password {
        /// Name of another user; left out for yourself
        name: Option<SignInName>,
        /// Their phone is lost as well: second factor and passkeys go
        #[arg(long, requires = "name")]
        lost_phone: bool,
        #[command(flatten)]
        password: NewPasswordOption,
    },
    /// Set up codes from an app for yourself; from then on a code is needed to sign in
    SecondFactor,
}
