//! What is typed about the ways out of a clinic and into a new one.

use std::path::PathBuf;

use clap::Args;
use jiff::civil::Date;
use resurface_ledger::identity::SignInName;
use resurface_ledger::seal::Method;

use super::NewPasswordOption;

/// `resurface import`.
#[derive(Args, Debug)]
pub(crate) struct ImportArguments {
    /// Folder that `resurface export` wrote; the clinic is made in the folder that --clinic names
    #[arg(value_name = "DIR")]
    pub(crate) dir: PathBuf,
    /// A lead of that clinic, by sign-in name: gets a password, as nobody's comes with an export
    #[arg(long, value_name = "SIGN-IN-NAME")]
    pub(crate) lead: SignInName,
    #[command(flatten)]
    pub(crate) password: NewPasswordOption,
    /// Lock the new clinic by a passphrase instead of a key file [env: RESURFACE_PASSPHRASE; else you are asked]
    #[arg(long, conflicts_with = "key_file")]
    pub(crate) passphrase: bool,
}

impl ImportArguments {
    /// What is to lock the new clinic.
    pub(crate) const fn method(&self) -> Method {
        if self.passphrase { Method::Passphrase } else { Method::KeyFile }
    }
}

/// `resurface demo-data`.
#[derive(Args, Debug)]
pub(crate) struct DemoArguments {
    /// Folder to make; it must not be there yet, or be empty
    #[arg(value_name = "DIR")]
    pub(crate) dir: PathBuf,
    /// How many patients, 1 to 10000
    #[arg(long, value_name = "N", default_value_t = 200, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub(crate) patients: u32,
    /// Where chance starts from: the same seed and day give the same charts
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) seed: u64,
    /// Last day on which anything happens; the clinic opened two years before [default: yesterday]
    #[arg(long, value_name = "DATE")]
    pub(crate) until: Option<Date>,
}
