//! A passkey as it is kept: the public key to a private one that never leaves a device, or what the device shares it with.

use std::fmt;
use std::str::FromStr;

use data_encoding::BASE64URL_NOPAD;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::DisplayName;

/// Bytes that are written as base64url without padding, as WebAuthn and its JSON write them.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Base64Url(Vec<u8>);

/// A text that is no base64url.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not base64url without padding")]
pub struct NotBase64Url;

/// One passkey of a user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Passkey {
    /// How its device knows it.
    pub id: Base64Url,
    /// How its user knows it.
    pub name: DisplayName,
    /// Its public key, as COSE writes it.
    pub key: Base64Url,
    /// How often it has signed, as it said last; 0 of those that do not count.
    pub counter: u32,
    /// When it was added.
    pub added_at: Timestamp,
    /// When it last showed who somebody is.
    pub used_at: Option<Timestamp>,
}

impl Passkey {
    /// Most that one user has: an expert setting, more than anybody has devices.
    pub const MOST: usize = 20;
}

impl Base64Url {
    pub(super) const fn new(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// The bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Display for Base64Url {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&BASE64URL_NOPAD.encode(&self.0))
    }
}

impl fmt::Debug for Base64Url {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{self}")
    }
}

impl FromStr for Base64Url {
    type Err = NotBase64Url;

    fn from_str(text: &str) -> Result<Self, NotBase64Url> {
        BASE64URL_NOPAD.decode(text.as_bytes()).map(Self).map_err(|_| NotBase64Url)
    }
}

impl TryFrom<String> for Base64Url {
    type Error = NotBase64Url;

    fn try_from(text: String) -> Result<Self, NotBase64Url> {
        text.parse()
    }
}

impl From<Base64Url> for String {
    fn from(bytes: Base64Url) -> Self {
        bytes.to_string()
    }
}
