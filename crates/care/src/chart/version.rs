//! Kinds of entry and their versions: how a body is written, and how every older one is still read.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::body::Body;

/// Declares every kind once: its variant, its word and the version that is written today.
macro_rules! kinds {
    ($($(#[$about:meta])+ $kind:ident = $word:literal, version $version:literal;)+) => {
        /// Kinds of entry.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Kind {
            $($(#[$about])+ $kind,)+
        }

        impl Kind {
            /// Every kind, in the order of the pathway.
            pub const ALL: &'static [Self] = &[$(Self::$kind),+];

            /// The word under which it is kept.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$kind => $word,)+ }
            }

            /// The version that is written today.
            #[must_use]
            pub const fn version(self) -> u16 {
                match self { $(Self::$kind => $version,)+ }
            }
        }

        impl Body {
            /// Its kind.
            #[must_use]
            pub const fn kind(&self) -> Kind {
                match self { $(Self::$kind(_) => Kind::$kind,)+ }
            }

            /// Its fields as JSON, of the version that is written today.
            ///
            /// # Errors
            /// When a number in it is not finite.
            pub fn to_json(&self) -> Result<Value, serde_json::Error> {
                match self { $(Self::$kind(body) => serde_json::to_value(body),)+ }
            }

            /// Its fields as the bytes that a ledger keeps.
            ///
            /// # Errors
            /// When a number in it is not finite.
            pub fn to_bytes(&self) -> Result<Vec<u8>, serde_json::Error> {
                match self { $(Self::$kind(body) => serde_json::to_vec(body),)+ }
            }

            fn of_today(kind: Kind, bytes: &[u8]) -> Result<Self, serde_json::Error> {
                match kind { $(Kind::$kind => serde_json::from_slice(bytes).map(Self::$kind),)+ }
            }
        }
    };
}

kinds! {
    /// The chart was opened.
    Registered = "registered", version 1;
    /// History and wishes.
    Intake = "intake", version 1;
    /// The skin was examined.
    Examined = "examined", version 1;
    /// Screening was asked.
    Screened = "screened", version 1;
    /// A course was adopted, edited or rejected.
    PlanAdopted = "plan_adopted", version 1;
    /// Consent.
    Consented = "consented", version 2;
    /// Consent was taken back.
    ConsentWithdrawn = "consent_withdrawn", version 1;
    /// The gate was asked.
    SessionGated = "session_gated", version 2;
    /// A session was given.
    SessionDelivered = "session_delivered", version 2;
    /// Something went wrong.
    AdverseEvent = "adverse_event", version 1;
    /// What became of it.
    AdverseEventFollowed = "adverse_event_followed", version 1;
    /// A picture.
    PictureTaken = "picture_taken", version 2;
    /// A scan.
    ScanTaken = "scan_taken", version 1;
    /// An outcome.
    Measured = "measured", version 2;
    /// A review.
    Reviewed = "reviewed", version 1;
    /// A message.
    Message = "message", version 1;
    /// A correction.
    Amended = "amended", version 1;
}

/// One step from a version of a kind to the next.
struct Upgrade {
    kind: Kind,
    from: u16,
    change: fn(&mut Value),
}

/// Every step there is. Raising a version in the list above needs its step here, and its old bytes in
/// `tests/chart_versions/`; a test walks both.
const UPGRADES: &[Upgrade] = &[
    // Version 2 keeps how it was signed; before, that stood at the end of what was discussed, and is read there.
    Upgrade { kind: Kind::Consented, from: 1, change: |_| {} },
    // Version 2 keeps the code of the cartridge, and of a session the products used and a note: none was kept before. It is a
    // version of its own so that an older program does not read past a lot that is recalled.
    Upgrade { kind: Kind::SessionGated, from: 1, change: |_| {} },
    Upgrade { kind: Kind::SessionDelivered, from: 1, change: |_| {} },
    // Version 2 says which adverse event a picture shows: an older program would show it among those of the course.
    Upgrade { kind: Kind::PictureTaken, from: 1, change: |_| {} },
    // Version 2 has scales of instruments, and keeps what was shown when a value was accepted: an older program would take an
    // instrument for a judge. The error stands with the value that it is of.
    Upgrade { kind: Kind::Measured, from: 1, change: error_beside_its_value },
];

fn error_beside_its_value(measured: &mut Value) {
    let error = measured.as_object_mut().and_then(|fields| fields.remove("error_sd"));
    if let (Some(error), Some(outcome)) = (error, measured.get_mut("outcome").and_then(Value::as_object_mut)) {
        outcome.insert("error_sd".to_owned(), error);
    }
}

/// Why the bytes of an entry are not understood.
#[derive(Debug, thiserror::Error)]
pub enum BodyError {
    /// No kind has this word.
    #[error(
        "an entry of the kind {0:?} is not known to this version of the program: use the version that wrote it, or a later one"
    )]
    UnknownKind(String),
    /// A later program wrote it.
    #[error("version {version} of {kind} is later than this program knows ({known}): use a later version of the program")]
    TooNew {
        /// Word of the kind.
        kind: &'static str,
        /// Version written.
        version: u16,
        /// Latest version known.
        known: u16,
    },
    /// No path leads from this version.
    #[error("no path leads from version {version} of {kind} to today's")]
    NoPath {
        /// Word of the kind.
        kind: &'static str,
        /// Version written.
        version: u16,
    },
    /// Its fields do not fit. The fields themselves are never part of this message.
    #[error("the fields of an entry of the kind {kind} do not fit its version {version} (line {line}, column {column})")]
    Fields {
        /// Word of the kind.
        kind: &'static str,
        /// Version written.
        version: u16,
        /// Line in its JSON.
        line: usize,
        /// Column in its JSON.
        column: usize,
    },
}

impl Kind {
    /// The kind with this word.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.word() == word)
    }

    /// In words, for a page.
    #[must_use]
    pub fn words(self) -> String {
        self.word().replace('_', " ")
    }
}

impl Body {
    /// Reads the bytes that some version wrote.
    ///
    /// # Errors
    /// When the kind or the version is not known, or the fields do not fit; no field is repeated in the error.
    pub fn read(kind: &str, version: u16, bytes: &[u8]) -> Result<Self, BodyError> {
        let kind = Kind::of_word(kind).ok_or_else(|| BodyError::UnknownKind(kind.to_owned()))?;
        read_by(UPGRADES, kind, version, kind.version(), bytes)
    }
}

fn read_by(upgrades: &[Upgrade], kind: Kind, version: u16, today: u16, bytes: &[u8]) -> Result<Body, BodyError> {
    let word = kind.word();
    let fields =
        |error: &serde_json::Error| BodyError::Fields { kind: word, version, line: error.line(), column: error.column() };
    if version > today {
        return Err(BodyError::TooNew { kind: word, version, known: today });
    }
    if version == today {
        return Body::of_today(kind, bytes).map_err(|error| fields(&error));
    }
    let mut value: Value = serde_json::from_slice(bytes).map_err(|error| fields(&error))?;
    for from in version..today {
        let step = upgrades.iter().find(|step| step.kind == kind && step.from == from);
        (step.ok_or(BodyError::NoPath { kind: word, version })?.change)(&mut value);
    }
    let bytes = serde_json::to_vec(&value).map_err(|error| fields(&error))?;
    Body::of_today(kind, &bytes).map_err(|error| fields(&error))
}

/// A body inside another one (an amendment) carries its own kind and version.
#[derive(Serialize, Deserialize)]
struct Within {
    kind: String,
    version: u16,
    body: Value,
}

impl Serialize for Body {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let body = self.to_json().map_err(serde::ser::Error::custom)?;
        Within { kind: self.kind().word().to_owned(), version: self.kind().version(), body }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Body {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let within = Within::deserialize(deserializer)?;
        let bytes = serde_json::to_vec(&within.body).map_err(serde::de::Error::custom)?;
        Self::read(&within.kind, within.version, &bytes).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Body, BodyError, Kind, UPGRADES, Upgrade, read_by};

    #[test]
    fn a_body_of_two_versions_ago_is_read_through_every_step() {
        // given a message whose text was called words in version 1, and who wrote it was not kept before version 3
        let rename = |value: &mut Value| value["text"] = value["words"].take();
        let add = |value: &mut Value| value["from"] = "clinic".into();
        let upgrades =
            [Upgrade { kind: Kind::Message, from: 1, change: rename }, Upgrade { kind: Kind::Message, from: 2, change: add }];
        let old = serde_json::to_vec(&json!({ "on": "2026-11-20", "words": "come on Monday" })).unwrap();
        // when a program of version 3 reads it
        let Ok(Body::Message(message)) = read_by(&upgrades, Kind::Message, 1, 3, &old) else { panic!("not read") };
        // then nothing of it is lost
        assert_eq!(message.text, "come on Monday");
        assert!(matches!(read_by(&upgrades[1..], Kind::Message, 1, 3, &old), Err(BodyError::NoPath { version: 1, .. })));
    }

    #[test]
    fn every_older_version_of_every_kind_has_a_path() {
        for kind in Kind::ALL {
            for from in 1..kind.version() {
                assert!(UPGRADES.iter().any(|step| step.kind == *kind && step.from == from), "{} {from}", kind.word());
            }
        }
    }

    #[test]
    fn what_a_later_program_wrote_is_refused_and_no_field_is_repeated() {
        assert!(matches!(Body::read("message", 2, b"{}"), Err(BodyError::TooNew { version: 2, .. })));
        assert!(matches!(Body::read("telepathy", 1, b"{}"), Err(BodyError::UnknownKind(_))));
        let said = Body::read("message", 1, br#"{"on":"2026-11-20","from":"Mrs Secret","text":"x"}"#).unwrap_err().to_string();
        assert!(said.contains("message") && !said.contains("Secret"), "{said}");
    }
}
