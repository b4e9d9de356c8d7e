//! The people who sign in, and what is known of those who treat.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use resurface_care::consultation::{Answer, Operator, Profession};
use serde::{Deserialize, Serialize};

use super::UserId;
use crate::access::Role;

/// Somebody who signs in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// Their id.
    pub id: UserId,
    /// The name they sign in with.
    pub name: SignInName,
    /// The name others read, as on the register.
    pub display_name: DisplayName,
    /// Their roles; without any they may do nothing.
    pub roles: BTreeSet<Role>,
    /// Switched off: they may do nothing, and what they did keeps their name.
    pub disabled: bool,
    /// What is known of them as somebody who treats; `None` for those who do not.
    pub operator: Option<OperatorRecord>,
}

/// A name to sign in with: 2 to 64 of a-z, 0-9, dot, underscore and hyphen.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SignInName(String);

/// A name to read: 1 to 200 characters, none of them a control character.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DisplayName(String);

/// A text that is no name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// No name to sign in with.
    #[error("not a sign-in name: use 2 to 64 small letters a-z, figures, dots, underscores and hyphens")]
    SignIn,
    /// No name to read.
    #[error("not a name: use 1 to 200 characters on one line")]
    Display,
}

/// What is known of somebody who treats. The treatment-day gate reads it, and refuses what is unknown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OperatorRecord {
    /// Profession.
    pub profession: Profession,
    /// Trained in microneedling?
    #[serde(default)]
    pub trained: Answer,
    /// Last day on which that training counts.
    #[serde(default)]
    pub training_valid_until: Option<Date>,
    /// Deepest needle they may set, in micrometres; `None` when not recorded.
    #[serde(default)]
    pub depth_limit_um: Option<u32>,
    /// Do the premises hold the permission that this place asks for?
    #[serde(default)]
    pub premises_permitted: Answer,
}

impl User {
    /// Whether they hold the role of a prescriber and are not switched off: who may record an override. The rules that look
    /// at the person who treats ask [`OperatorRecord::prescribes`] instead.
    #[must_use]
    pub fn prescribes(&self) -> bool {
        !self.disabled && self.roles.contains(&Role::Prescriber)
    }

    /// The operator of a consultation, if they treat.
    #[must_use]
    pub fn to_operator(&self) -> Option<Operator> {
        self.operator.as_ref().map(|record| record.to_operator(&self.display_name))
    }
}

impl OperatorRecord {
    /// The deepest limit that can be recorded, in micrometres: no device of this kind reaches further.
    pub const DEPTH_LIMIT_UM_MAX: u32 = 5000;

    /// The operator of a consultation.
    #[must_use]
    pub fn to_operator(&self, display_name: &DisplayName) -> Operator {
        Operator {
            name: display_name.0.clone(),
            profession: self.profession,
            trained: self.trained,
            training_valid_until: self.training_valid_until,
            depth_limit_um: self.depth_limit_um,
            premises_permitted: self.premises_permitted,
        }
    }

    /// Whether their profession prescribes, as screening and gate judge it: a dermatologist or another doctor.
    #[must_use]
    pub const fn prescribes(&self) -> bool {
        matches!(self.profession, Profession::Dermatologist | Profession::Doctor)
    }
}

impl FromStr for SignInName {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        let allowed = |byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'_' | b'-');
        if (2..=64).contains(&text.len()) && text.bytes().all(allowed) {
            Ok(Self(text.to_owned()))
        } else {
            Err(NameError::SignIn)
        }
    }
}

impl FromStr for DisplayName {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        let text = text.trim();
        let right = (1..=200).contains(&text.chars().count()) && !text.chars().any(char::is_control);
        if right { Ok(Self(text.to_owned())) } else { Err(NameError::Display) }
    }
}

macro_rules! a_name {
    ($($name:ident)*) => {$(
        impl $name {
            /// Its text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = NameError;

            fn try_from(text: String) -> Result<Self, NameError> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(name: $name) -> Self {
                name.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str(&self.0)
            }
        }
    )*};
}

a_name!(SignInName DisplayName);

#[cfg(test)]
mod tests {
    use super::{DisplayName, NameError, SignInName};

    #[test]
    fn a_sign_in_name_is_plain() {
        let longest = "a".repeat(64);
        for good in ["amal", "a.osei-2_b", "42", &longest] {
            assert_eq!(good.parse::<SignInName>().map(|name| name.to_string()), Ok(good.to_owned()));
        }
        let too_long = "a".repeat(65);
        for wrong in ["", "a", "Amal", "amal osei", "amal@clinic", "ämal", "аmal", &too_long] {
            assert_eq!(wrong.parse::<SignInName>(), Err(NameError::SignIn), "{wrong}");
        }
        assert!(serde_json::from_str::<SignInName>("\"Not Plain\"").is_err());
    }

    #[test]
    fn a_display_name_is_one_line() {
        assert_eq!(" Dr Amal Oseï ".parse::<DisplayName>().unwrap().as_str(), "Dr Amal Oseï");
        for wrong in ["", "  ", "two\nlines", &"a".repeat(201)] {
            assert_eq!(wrong.parse::<DisplayName>(), Err(NameError::Display), "{wrong}");
        }
    }
}
