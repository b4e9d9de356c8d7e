//! The clinic's own book: who works here, and on which knowledge it rests. A chain of entries, as a chart is.

use std::collections::BTreeMap;

use jiff::civil::Date;
use resurface_care::chart::EntryId;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::LedgerError;
use super::practice::{Practice, PracticeDecided};
use crate::entry::{ChainEnd, Draft, Entry};
use crate::identity::{User, UserId};

/// What an entry of the book says.
#[derive(Clone, Debug, PartialEq)]
pub enum BookBody {
    /// The clinic was founded.
    Founded(Founded),
    /// A user as they are from now on: added, given other roles, switched off or on, recorded as an operator.
    User(User),
    /// Charts were brought in from elsewhere.
    Imported(Imported),
    /// What every user is required to have, from now on.
    Settled(Settled),
    /// How the clinic works was decided otherwise.
    Practice(PracticeDecided),
}

/// What every user is required to have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settled {
    /// From which day on.
    pub on: Date,
    /// A second factor.
    pub second_factor: SecondFactorDuty,
}

/// Whether every user has to have a second factor: codes from an app, or a passkey.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SecondFactorDuty {
    /// Each does as they like.
    #[default]
    Free,
    /// Whoever has none may do nothing before they have set them up.
    Required,
}

/// The clinic.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Founded {
    /// Day of its founding.
    pub on: Date,
    /// Its name.
    pub name: String,
    /// Whether its charts are synthetic.
    pub synthetic: bool,
}

/// Charts brought in from elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Imported {
    /// When.
    pub on: Date,
    /// How many charts.
    pub charts: u64,
    /// How many entries.
    pub entries: u64,
}

/// What the book says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Book {
    /// The clinic.
    pub founded: Founded,
    /// Its users.
    pub users: BTreeMap<UserId, User>,
    /// Whether each of them has to have a second factor.
    pub second_factor: SecondFactorDuty,
    /// How it works.
    pub practice: Practice,
    pub(super) end: ChainEnd,
}

/// The version of every kind that is written today.
const VERSION: u16 = 1;

impl BookBody {
    fn kind(&self) -> &'static str {
        match self {
            Self::Founded(_) => "founded",
            Self::User(_) => "user",
            Self::Imported(_) => "imported",
            Self::Settled(_) => "settled",
            Self::Practice(_) => "practice",
        }
    }

    pub(super) fn draft(&self, id: Uuid) -> Result<Draft, LedgerError> {
        let content = match self {
            Self::Founded(body) => serde_json::to_vec(body),
            Self::User(body) => serde_json::to_vec(body),
            Self::Imported(body) => serde_json::to_vec(body),
            Self::Settled(body) => serde_json::to_vec(body),
            Self::Practice(body) => serde_json::to_vec(body),
        };
        Ok(Draft { id: EntryId(id), kind: self.kind().to_owned(), version: VERSION, content: content? })
    }

    /// Reads an entry of the book.
    ///
    /// # Errors
    /// When it is of a kind or a version that is not known, or its fields do not fit.
    pub fn read(entry: &Entry) -> Result<Self, LedgerError> {
        Self::of(&entry.kind, entry.version, &entry.content)
    }

    /// As [`BookBody::read`], of the parts of an entry.
    pub(super) fn of(kind: &str, version: u16, content: &[u8]) -> Result<Self, LedgerError> {
        let not_understood = LedgerError::NotUnderstood { what: "line of the book" };
        if version != VERSION {
            return Err(not_understood);
        }
        let body = match kind {
            "founded" => serde_json::from_slice(content).map(Self::Founded),
            "user" => serde_json::from_slice(content).map(Self::User),
            "imported" => serde_json::from_slice(content).map(Self::Imported),
            "settled" => serde_json::from_slice(content).map(Self::Settled),
            "practice" => serde_json::from_slice(content).map(Self::Practice),
            _ => return Err(not_understood),
        };
        body.map_err(|_| not_understood)
    }
}

impl Book {
    pub(super) fn add(&mut self, body: &BookBody) {
        match body {
            BookBody::Founded(founded) => self.founded = founded.clone(),
            BookBody::User(user) => {
                self.users.insert(user.id, user.clone());
            }
            BookBody::Imported(_) => {}
            BookBody::Settled(settled) => self.second_factor = settled.second_factor,
            BookBody::Practice(decided) => self.practice.add(decided),
        }
    }

    /// The user with a name to sign in with.
    #[must_use]
    pub fn user(&self, name: &str) -> Option<&User> {
        self.users.values().find(|user| user.name.as_str() == name)
    }
}
