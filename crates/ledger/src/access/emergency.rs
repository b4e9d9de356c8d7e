//! Breaking the glass: a chart is opened in an emergency by somebody whose role does not open it.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{ActorId, Grant, Operation};
use crate::identity::{Limits, PatientId, UserId};

/// Why the glass was broken, in the user's words: 10 to 500 characters, among them three different letters, on one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EmergencyReason(String);

/// A text that is no reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("write why this chart is needed now, in 10 to 500 characters; the clinic's lead reads it")]
pub struct ReasonError;

/// A chart that was opened in an emergency: by one user, for one patient, for a time. It is kept, and listed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Emergency {
    /// Who broke the glass.
    pub user: UserId,
    /// The patient.
    pub patient: PatientId,
    /// Why.
    pub reason: EmergencyReason,
    /// When.
    pub opened_at: Timestamp,
    /// From when on the chart is closed again.
    pub ends_at: Timestamp,
}

impl Emergency {
    /// Opens the chart for as long as the limits say. `None` unless the grant is one to break the glass.
    #[must_use]
    pub fn open(grant: &Grant, limits: &Limits) -> Option<Self> {
        let (ActorId::User(user), Operation::BreakGlass) = (grant.actor(), grant.operation()) else {
            return None;
        };
        let opened_at = grant.decided_at();
        let ends_at = crate::identity::later(opened_at, limits.emergency());
        Some(Self { user, patient: grant.patient()?, reason: grant.break_glass()?.clone(), opened_at, ends_at })
    }

    /// Whether it opens this patient's chart for this user now.
    pub(super) fn opens(&self, user: UserId, patient: Option<PatientId>, now: Timestamp) -> bool {
        self.user == user && Some(self.patient) == patient && (self.opened_at..self.ends_at).contains(&now)
    }
}

impl EmergencyReason {
    /// Its text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for EmergencyReason {
    type Err = ReasonError;

    fn from_str(text: &str) -> Result<Self, ReasonError> {
        let text = text.trim();
        let letters: std::collections::BTreeSet<char> = text.chars().filter(|sign| sign.is_alphabetic()).collect();
        let right = (10..=500).contains(&text.chars().count()) && letters.len() >= 3 && !text.chars().any(char::is_control);
        if right { Ok(Self(text.to_owned())) } else { Err(ReasonError) }
    }
}

impl TryFrom<String> for EmergencyReason {
    type Error = ReasonError;

    fn try_from(text: String) -> Result<Self, ReasonError> {
        text.parse()
    }
}

impl From<EmergencyReason> for String {
    fn from(reason: EmergencyReason) -> Self {
        reason.0
    }
}

impl fmt::Display for EmergencyReason {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::{EmergencyReason, ReasonError};

    #[test]
    fn a_reason_says_something() {
        for good in ["collapsed in the waiting room", "Atemnot nach der Betäubung", "患者が待合室で倒れました"] {
            assert!(good.parse::<EmergencyReason>().is_ok(), "{good}");
        }
        let endless = "why ".repeat(200);
        for wrong in
            ["", "emergency", "          ", "1234567890", "xxxxxxxxxxxx", "..........ab", "needed\nnow, please", &endless]
        {
            assert_eq!(wrong.parse::<EmergencyReason>(), Err(ReasonError), "{wrong:?}");
        }
    }
}
