//! The ids that records name each other by.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::{Builder, Uuid};

/// A text or 16 bytes that are no id of this kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not the id of a {kind}: a version {version} UUID in lower case with hyphens is expected")]
pub struct IdError {
    kind: &'static str,
    version: usize,
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $kind:literal, $version:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Uuid);

        impl $name {
            const WRONG: IdError = IdError { kind: $kind, version: $version };

            /// The id with these 16 bytes.
            ///
            /// # Errors
            /// When they are a UUID of another version.
            pub fn from_bytes(bytes: [u8; 16]) -> Result<Self, IdError> {
                let uuid = Uuid::from_bytes(bytes);
                let right = uuid.get_version_num() == $version && uuid.get_variant() == uuid::Variant::RFC4122;
                if right { Ok(Self(uuid)) } else { Err(Self::WRONG) }
            }

            /// Its 16 bytes.
            #[must_use]
            pub const fn as_bytes(&self) -> &[u8; 16] {
                self.0.as_bytes()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(out, "{}", self.0.hyphenated())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(out, "{self}")
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            /// Reads only what `Display` writes, so that one id has one text.
            fn from_str(text: &str) -> Result<Self, IdError> {
                let uuid = Uuid::try_parse(text).map_err(|_| Self::WRONG)?;
                let id = Self::from_bytes(uuid.into_bytes())?;
                if id.to_string() == text { Ok(id) } else { Err(Self::WRONG) }
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

macro_rules! made_at {
    ($($name:ident)*) => {$(
        impl $name {
            /// A new id: the time in milliseconds, so that ids sort by age, and ten random bytes.
            #[must_use]
            pub fn new(now: Timestamp, random: [u8; 10]) -> Self {
                let millis = u64::try_from(now.as_millisecond()).unwrap_or(0);
                Self(Builder::from_unix_timestamp_millis(millis, &random).into_uuid())
            }
        }
    )*};
}

id!(
    /// Names a user.
    UserId, "user", 7
);
id!(
    /// Names a sign-in. It is no secret: what a browser holds is a [`Token`](super::Token).
    SignInId, "sign-in", 7
);
id!(
    /// Names a link that a patient was handed. It is no secret: what the patient holds is a [`Token`](super::Token).
    LinkId, "link", 7
);
id!(
    /// Names a patient. Random through and through: an id with a time in it would tell everybody who sees it when the
    /// patient first came.
    PatientId, "patient", 4
);
made_at!(UserId SignInId LinkId);

impl PatientId {
    /// A new id from sixteen random bytes.
    #[must_use]
    pub fn new(random: [u8; 16]) -> Self {
        Self(Builder::from_random_bytes(random).into_uuid())
    }
}

#[cfg(test)]
mod tests {
    use super::{LinkId, PatientId, UserId};
    use jiff::Timestamp;

    const NOW: Timestamp = Timestamp::constant(1_795_000_000, 0);

    #[test]
    fn an_id_is_read_as_it_is_written_and_in_no_other_way() {
        let patient = PatientId::new([0xAB; 16]);
        let text = patient.to_string();
        assert_eq!(text.parse(), Ok(patient));
        assert_eq!(PatientId::from_bytes(*patient.as_bytes()), Ok(patient));
        assert_eq!(serde_json::from_str::<PatientId>(&serde_json::to_string(&patient).unwrap()).unwrap(), patient);
        for other in [text.to_uppercase(), text.replace('-', ""), format!("{{{text}}}"), format!("urn:uuid:{text}")] {
            assert!(other.parse::<PatientId>().is_err(), "{other}");
        }
    }

    #[test]
    fn a_patients_id_never_holds_the_time_and_others_sort_by_it() {
        let user = UserId::new(NOW, [1; 10]);
        assert!(user.to_string().parse::<PatientId>().is_err());
        assert!(PatientId::new([7; 16]).to_string().parse::<LinkId>().is_err());
        let later = UserId::new(NOW + jiff::SignedDuration::from_millis(1), [0; 10]);
        assert!(user < later);
    }
}
