//! What can go wrong at a desk. No message repeats anything about a patient.

use std::path::PathBuf;

use resurface_care::chart::{Body, BodyError};

use super::WayFault;
use crate::access::Refused;
use crate::entry::EntryFault;
use crate::identity::{HashFault, LinkFault, NameError, PasskeyRefused, PasswordRefused, Wait};
use crate::pictures::PictureError;
use crate::seal::SealError;
use crate::store::StoreError;

/// What can go wrong at a desk.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// The folder holds something already.
    #[error("the folder is not empty: choose a new one, so that nothing in it is touched")]
    FolderNotEmpty,
    /// The folder holds no clinic.
    #[error("{} holds no clinic: there is no clinic.json in it", folder.display())]
    NoClinic {
        /// The folder.
        folder: PathBuf,
    },
    /// A file of the folder cannot be read or written.
    #[error("{file} could not be {what}: {why}")]
    File {
        /// The file, by its name within the folder.
        file: String,
        /// Read or written.
        what: &'static str,
        /// Why not, in the words of the system.
        why: String,
    },
    /// `clinic.json` is not what it should be.
    #[error("clinic.json, line {line}: {problem}; restore it from a backup")]
    Record {
        /// Line.
        line: usize,
        /// What is wrong.
        problem: &'static str,
    },
    /// The operation is not allowed.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// Nobody is signed in, or not any longer.
    #[error("you are not signed in: {0}")]
    NotSignedIn(String),
    /// Name, password or code were not right.
    #[error("the name, the password or the code is not right: nothing says which, so that nobody can try names")]
    WrongSignIn,
    /// The password was right, and a code is needed.
    #[error("a code is needed as well: type the six digits that your app shows, or a recovery code")]
    CodeNeeded,
    /// The password was right, and a passkey is needed.
    #[error(
        "a passkey is needed as well: sign in with it in the browser; where there is none, it takes codes from an app, which you \
         set up on the page of your account"
    )]
    PasskeyNeeded,
    /// A passkey was not accepted.
    #[error(transparent)]
    Passkey(#[from] PasskeyRefused),
    /// Too many tries.
    #[error(transparent)]
    Wait(#[from] Wait),
    /// A password could not be hashed or checked.
    #[error(transparent)]
    Hash(#[from] HashFault),
    /// The second factor was not confirmed.
    #[error(
        "the code is not the one that this secret gives now: look whether the clock of the phone is right, and type the code again"
    )]
    NotConfirmed,
    /// The store could not do its work.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Something could not be sealed or opened.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// The book does not check.
    #[error("the clinic's book does not check: {0}; nothing can be done before the latest backup is restored")]
    Book(EntryFault),
    /// The ledger holds nothing, not even that the clinic was founded.
    #[error(
        "the ledger of this clinic holds nothing at all: its file was cut off or replaced; restore the latest backup into a new folder"
    )]
    EmptyLedger,
    /// A chart does not check, and nothing is added to it.
    #[error("this chart does not check: {0}; it can be read, and nothing is added to it before a backup is restored")]
    Broken(EntryFault),
    /// An entry is not understood.
    #[error(transparent)]
    Body(#[from] BodyError),
    /// A summary or a record is not understood.
    #[error("a {what} of the clinic's data is not understood: use the version of the program that wrote it, or a later one")]
    NotUnderstood {
        /// What.
        what: &'static str,
    },
    /// Somebody else wrote into the chart in between.
    #[error("somebody else has written into this chart meanwhile ({} new): look at it, then write again; what you wrote is kept", since.len())]
    Moved {
        /// What was written in between.
        since: Vec<Body>,
    },
    /// An id was used for something else.
    #[error("an entry with this id is there already, and says something else: send what you wrote under a new id")]
    IdReused,
    /// No such chart.
    #[error("there is no such chart")]
    NoSuchChart,
    /// No such entry in the chart.
    #[error("there is no such entry in this chart")]
    NoSuchEntry,
    /// Several charts answer to this.
    #[error("{0} charts answer to this number: name the chart by its id")]
    SeveralCharts(usize),
    /// The number is taken.
    #[error("another chart has this number already: look whether it is the same person")]
    NumberTaken,
    /// The entry does not fit.
    #[error("{0}")]
    DoesNotFit(&'static str),
    /// The patient does not consent to pictures.
    #[error("the patient does not consent to pictures for the chart: record that consent first")]
    NoConsent,
    /// A gate was asked about an operator whom the clinic's records have otherwise, or not at all.
    #[error(
        "this gate was asked about an operator whose training the clinic's records do not have so: record it (`resurface user \
         operator NAME`), and ask again"
    )]
    OtherOperator,
    /// Real and synthetic charts are never mixed.
    #[error("real and synthetic charts are never kept together: this clinic holds {0} charts only")]
    Mixed(&'static str),
    /// A picture was refused, or cannot be reached.
    #[error(transparent)]
    Picture(#[from] PictureError),
    /// The key or the secret is being changed.
    #[error("the key of this clinic is being changed already: wait until that has ended")]
    KeyIsChanging,
    /// No such user.
    #[error("there is no user of this name")]
    NoSuchUser,
    /// The name is taken.
    #[error("there is a user of this name already: choose another")]
    UserExists,
    /// The last lead stays.
    #[error("somebody has to be able to lead: give another user the role of lead first")]
    LastLead,
    /// A name is none.
    #[error(transparent)]
    Name(#[from] NameError),
    /// A password is refused.
    #[error(transparent)]
    Password(#[from] PasswordRefused),
    /// A link cannot be made so.
    #[error(transparent)]
    Link(#[from] LinkFault),
    /// A link does not work.
    #[error("this link does not work: ask the clinic for a new one")]
    LinkRefused,
    /// A backup, an export or an import could not be made.
    #[error(transparent)]
    Way(#[from] WayFault),
    /// Something cannot be written as JSON.
    #[error("an entry could not be written: {0}")]
    Json(#[from] serde_json::Error),
}
