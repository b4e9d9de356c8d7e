//! What is typed to check a clinic, to read who did what, and to change its keys.

use std::path::PathBuf;

use clap::{ArgGroup, Args, ValueEnum};
use jiff::civil::Date;
use resurface_care::chart::Digest;
use resurface_ledger::clinic::{AccessEnd, Pictures};
use resurface_ledger::identity::SignInName;

use super::chart::Today;

/// `resurface verify`.
#[derive(Args, Debug)]
pub(crate) struct VerifyArguments {
    /// Check every chain, and what every entry says; this is what is done when nothing else is said
    #[arg(long, conflicts_with = "chains")]
    pub(crate) facts: bool,
    /// Check every chain and the access log only: faster, and what entries say and pictures are left out
    #[arg(long, conflicts_with = "pictures")]
    pub(crate) chains: bool,
    /// How far to look at pictures
    #[arg(long, value_enum, value_name = "HOW", default_value_t = PicturesOption::Open)]
    pub(crate) pictures: PicturesOption,
    /// End of the access log as an earlier check printed it: finds out whether lines were cut off since
    #[arg(long, value_name = "SEQ:HASH", value_parser = access_end)]
    pub(crate) expect_end: Option<AccessEnd>,
}

/// How far to look at pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum PicturesOption {
    /// Not at all
    Skip,
    /// Whether they are there
    Exist,
    /// Whether they open to what was taken in; every byte is read
    Open,
}

impl From<PicturesOption> for Pictures {
    fn from(typed: PicturesOption) -> Self {
        match typed {
            PicturesOption::Skip => Self::Skip,
            PicturesOption::Exist => Self::Exist,
            PicturesOption::Open => Self::Open,
        }
    }
}

/// `resurface impact`.
#[derive(Args, Debug)]
pub(crate) struct ImpactArguments {
    #[command(flatten)]
    pub(crate) today: Today,
}

/// `resurface access-log`.
#[derive(Args, Debug)]
pub(crate) struct AccessLogArguments {
    /// Only about this patient: id of the chart, or the clinic's number
    #[arg(long, value_name = "PATIENT")]
    pub(crate) patient: Option<String>,
    /// Only by this user
    #[arg(long, value_name = "NAME")]
    pub(crate) user: Option<SignInName>,
    /// Only from this day on
    #[arg(long, value_name = "DATE")]
    pub(crate) since: Option<Date>,
    /// Only what was refused, or could not be done
    #[arg(long)]
    pub(crate) failures: bool,
    /// At most so many lines, the newest
    #[arg(long, value_name = "N", default_value_t = 200)]
    pub(crate) limit: usize,
    /// Everything that was done in an emergency by opening a chart that was closed, with its reason
    #[arg(long, conflicts_with_all = ["patient", "user", "since", "failures", "limit"])]
    pub(crate) emergencies: bool,
}

/// `resurface clinic change-secret`.
#[derive(Args, Debug)]
#[command(group = ArgGroup::new("new-secret").required(true))]
pub(crate) struct ChangeSecretArguments {
    /// Lock by a passphrase from now on [env: RESURFACE_NEW_PASSPHRASE; else you are asked, twice]
    #[arg(long, group = "new-secret")]
    pub(crate) passphrase: bool,
    /// Lock by a new key file from now on, and write it here; it must not be there yet
    #[arg(long, group = "new-secret", value_name = "FILE")]
    pub(crate) new_key_file: Option<PathBuf>,
}

fn access_end(text: &str) -> Result<AccessEnd, String> {
    let read = |(seq, hash): (&str, &str)| {
        let (seq, hash) = (seq.parse::<i64>().ok()?, hash.parse::<Digest>().ok()?);
        (seq > 0).then_some(AccessEnd { seq, hash })
    };
    let wrong =
        "not the end of an access log: the number of a line, a colon and 64 hexadecimal characters, as `verify` prints them";
    text.split_once(':').and_then(read).ok_or_else(|| wrong.to_owned())
}

#[cfg(test)]
mod tests {
    use super::access_end;

    #[test]
    fn the_end_of_a_log_is_read_as_it_is_printed_and_nothing_else_is() {
        let hash = "0f".repeat(32);
        let end = access_end(&format!("52:{hash}")).unwrap();
        assert_eq!((end.seq, end.hash.to_string()), (52, hash.clone()));
        for wrong in ["", "52", "52:", ":", &format!("0:{hash}"), &format!("-1:{hash}"), &format!("52:{hash}0"), &hash] {
            assert!(access_end(wrong).is_err(), "{wrong}");
        }
    }
}
