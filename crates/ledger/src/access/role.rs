//! What somebody is in the clinic.

use serde::{Deserialize, Serialize};

/// A role. A user may hold several; each adds what it may do and takes nothing away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Examines, plans, treats and reviews.
    Practitioner,
    /// A practitioner who may also decide against a relative contraindication.
    Prescriber,
    /// Registers patients, helps with the intake, takes pictures and writes messages.
    Assistant,
    /// Runs the clinic: users, settings, knowledge, outcomes, backups and the access log. A lead who also treats holds a
    /// second role.
    Lead,
    /// Whoever holds a link that the clinic handed out. A user with this role gains nothing by it.
    Patient,
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 5] = [Self::Practitioner, Self::Prescriber, Self::Assistant, Self::Lead, Self::Patient];

    /// Those that a user can hold.
    pub const OF_USERS: [Self; 4] = [Self::Practitioner, Self::Prescriber, Self::Assistant, Self::Lead];

    /// In words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Practitioner => "practitioner",
            Self::Prescriber => "prescriber",
            Self::Assistant => "assistant",
            Self::Lead => "lead",
            Self::Patient => "patient",
        }
    }
}
