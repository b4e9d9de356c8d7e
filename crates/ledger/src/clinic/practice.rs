//! How this clinic works: its place, its device, and where it has decided on other values than those that came with the
//! knowledge. Every change stands in the clinic's book, with who decided it and why.

use std::collections::BTreeMap;

use jiff::civil::Date;
use resurface_knowledge::Files;
use resurface_knowledge::values::{NoSuchSetting, Value};
use serde::{Deserialize, Serialize};

use super::{BookBody, Desk, LedgerError};
use crate::access::{Access, ActorId, Operation};
use crate::identity::UserId;

/// How this clinic works.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Practice {
    /// The place whose law counts, where nothing else is said.
    pub jurisdiction: Option<String>,
    /// The device, where nothing else is said.
    pub device: Option<String>,
    /// Settings with the values that the clinic decided on.
    pub values: BTreeMap<String, Value>,
    /// Everything that was decided, oldest first.
    pub decided: Vec<PracticeDecided>,
}

/// What was decided about how the clinic works.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PracticeDecided {
    /// When.
    pub on: Date,
    /// By whom.
    pub by: UserId,
    /// What.
    pub change: PracticeChange,
    /// Why.
    pub reason: String,
}

/// A change of how the clinic works.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum PracticeChange {
    /// Another place, or none.
    Jurisdiction(Option<String>),
    /// Another device, or none.
    Device(Option<String>),
    /// Another value of a setting; nothing for the one that came with the knowledge.
    Setting {
        /// Its id.
        id: String,
        /// Its value.
        value: Option<Value>,
    },
}

impl Practice {
    /// The practice after a change.
    pub fn change(&mut self, change: &PracticeChange) {
        match change {
            PracticeChange::Jurisdiction(place) => self.jurisdiction.clone_from(place),
            PracticeChange::Device(device) => self.device.clone_from(device),
            PracticeChange::Setting { id, value: Some(value) } => {
                self.values.insert(id.clone(), value.clone());
            }
            PracticeChange::Setting { id, value: None } => {
                self.values.remove(id);
            }
        }
    }

    /// The knowledge with the values of this clinic.
    ///
    /// # Errors
    /// When a setting is not in the files.
    pub fn applied_to(&self, files: &Files) -> Result<Files, NoSuchSetting> {
        files.with_values(&self.values)
    }

    pub(super) fn add(&mut self, decided: &PracticeDecided) {
        self.change(&decided.change);
        self.decided.push(decided.clone());
    }
}

/// Signs of a reason, at least and at most.
const REASON_SIGNS: std::ops::RangeInclusive<usize> = 3..=500;

impl Desk<'_> {
    /// Writes down how the clinic works from now on. Whether the value is allowed, whoever reads the knowledge with it says,
    /// before this is called.
    ///
    /// # Errors
    /// When it is not allowed, no reason is given, or it cannot be written.
    pub fn change_practice(&self, change: PracticeChange, reason: &str) -> Result<(), LedgerError> {
        let grant = self.ask(Operation::ChangeSettings, None)?;
        let ActorId::User(by) = self.actor.id() else { return Err(LedgerError::NoSuchUser) };
        let reason = reason.trim().to_owned();
        if !REASON_SIGNS.contains(&reason.chars().count()) {
            let error = LedgerError::DoesNotFit("write why, in 3 to 500 characters: whoever reads it later was not there");
            return self.fail(&[grant], error);
        }
        let decided = PracticeDecided { on: self.clinic.today(), by, change, reason };
        let access = vec![self.clinic.access(&Access::allowed(&grant))?];
        self.clinic.write_book(&[BookBody::Practice(decided)], self.author(), Vec::new(), access)
    }
}
