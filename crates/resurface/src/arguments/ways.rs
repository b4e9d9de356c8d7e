//! What is typed about the ways out of a clinic and into a new one.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;
use jiff::civil::Date;
use resurface_ledger::identity::{DisplayName, RelyingParty, SignInName};
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
    /// Lock the new clinic by a passphrase instead of a key file [env: RESURFACE_NEW_PASSPHRASE; else you are asked, twice]
    #[arg(long, conflicts_with = "key_file")]
    pub(crate) passphrase: bool,
}

impl ImportArguments {
    /// What is to lock the new clinic.
    pub(crate) const fn method(&self) -> Method {
        if self.passphrase { Method::Passphrase } else { Method::KeyFile }
    }
}

/// `resurface demo`.
#[derive(Args, Debug)]
pub(crate) struct DemoArguments {
    /// How many patients, 1 to 10000; each takes a part of a second to make up
    #[arg(long, value_name = "N", default_value_t = 24, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub(crate) patients: u32,
    /// Folder to make and to keep, with its key file beside it; without it everything is gone at the end
    #[arg(long, value_name = "DIR")]
    pub(crate) keep: Option<PathBuf>,
    /// Address to listen at; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8720")]
    pub(crate) listen: SocketAddr,
    /// Open no browser
    #[arg(long)]
    pub(crate) no_browser: bool,
}

impl DemoArguments {
    /// Whether to show the demonstration to whoever started it.
    pub(crate) const fn browser(&self) -> Browser {
        if self.no_browser { Browser::LeftAlone } else { Browser::Opened }
    }
}

/// What to do about a browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Browser {
    /// One is opened.
    Opened,
    /// None is.
    LeftAlone,
}

/// `resurface demo-data`.
#[derive(Args, Debug)]
pub(crate) struct DemoDataArguments {
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

/// `resurface serve`.
#[derive(Args, Debug)]
pub(crate) struct ServeArguments {
    /// Folder of the clinic [default: as for every command]
    #[arg(value_name = "DIR")]
    pub(crate) dir: Option<PathBuf>,
    /// Found a clinic of this name in DIR first, with its key file beside it; its first user is made in the browser
    #[arg(long, value_name = "NAME", requires = "dir")]
    pub(crate) found: Option<DisplayName>,
    /// Address to listen at; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8720")]
    pub(crate) listen: SocketAddr,
    /// Address under which browsers reach the clinic, such as `https://clinic.example.org`; passkeys are bound to it
    /// [default: localhost, where it listens on this machine alone]
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) reached_at: Option<RelyingParty>,
    /// Serve over TLS with this certificate and those above it, as PEM; needs a build with `--features tls`
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    pub(crate) tls_cert: Option<PathBuf>,
    /// Private key of the certificate, as PEM
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    pub(crate) tls_key: Option<PathBuf>,
}
