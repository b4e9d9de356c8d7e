//! What can go wrong with seals, keys and secrets. No message holds a key, a passphrase or a plain byte.

use super::{KeyNumber, Method, Stretch};

/// Why bytes were not sealed or opened, or a ring not wrapped or unwrapped.
///
/// The messages do not say which row: the caller knows it and says so.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// The secret is of the right kind, but not the one that wrapped the ring.
    #[error("this {method} does not open the keys of the clinic: {}", again(*.method))]
    WrongSecret {
        /// The kind of secret.
        method: Method,
    },
    /// The ring was wrapped by the other kind of secret.
    #[error("the keys of the clinic are locked by a {wanted}, and a {given} was given: give the {wanted}")]
    WrongKindOfSecret {
        /// The kind that the record asks for.
        wanted: Method,
        /// The kind that was given.
        given: Method,
    },
    /// An empty passphrase was to protect a ring.
    #[error("the passphrase is empty: choose one of several words, or a key file")]
    EmptyPassphrase,
    /// The bytes were sealed by a key that the ring does not hold.
    #[error(
        "sealed by key {number}, which is not among the keys of the clinic: if the key was changed while this program ran, \
         start it again; if it was retired too early, put back the stored keys from the backup before that"
    )]
    KeyNotInRing {
        /// The number that the sealed bytes name.
        number: KeyNumber,
    },
    /// There are fewer bytes than the smallest sealed value has.
    #[error("sealed bytes are cut short: {bytes} bytes of at least {bytes_min}; put this value back from a backup")]
    CutShort {
        /// How many there are, in bytes.
        bytes: usize,
        /// How many there are at the least, in bytes.
        bytes_min: usize,
    },
    /// The tag does not fit the bytes and the place.
    #[error("sealed bytes were changed, or belong to another table, row or column: put this value back from a backup")]
    ChangedOrMoved,
    /// The first byte names a format that this version does not know.
    #[error(
        "sealed bytes are in format {found}, and this version reads format 1: open them with the newer version that wrote \
         them, or put this value back from a backup"
    )]
    UnknownFormat {
        /// The first of the sealed bytes.
        found: u8,
    },
    /// The names of table, row and column are longer than the limit.
    #[error("table, row and column take {bytes} bytes, at most {bytes_max} can be bound: use a shorter row key")]
    PlaceTooLong {
        /// Their length together, in bytes.
        bytes: usize,
        /// The limit, in bytes.
        bytes_max: usize,
    },
    /// More than the cipher or argon2 takes at once.
    #[error("{bytes} bytes are too many to handle in one piece: split them")]
    TooLong {
        /// The length, in bytes.
        bytes: usize,
    },
    /// The stored ring names a schema, cipher or algorithm that this version does not know.
    #[error("the stored keys name {found:?}, which this version does not know: open them with the newer version that wrote them")]
    UnknownRecord {
        /// The name that is not known.
        found: String,
    },
    /// The stored ring does not fit its own checksum.
    #[error("the stored keys of the clinic were damaged or edited: put the record back from a backup")]
    RecordDamaged,
    /// The passphrase of a ring is stretched by less than the floor.
    #[error("the passphrase is stretched too little ({found}): at least {floor} is asked for")]
    StretchTooWeak {
        /// The parameters found.
        found: Stretch,
        /// The least accepted.
        floor: Stretch,
    },
    /// The passphrase of a ring is stretched by more than the ceiling.
    #[error(
        "the passphrase is stretched too much ({found}): at most {ceiling} is computed, so that this machine is not exhausted"
    )]
    StretchTooCostly {
        /// The parameters found.
        found: Stretch,
        /// The most accepted.
        ceiling: Stretch,
    },
    /// The memory for stretching the passphrase could not be had.
    #[error("checking the passphrase takes {memory_kib} KiB of memory, which are not free: close other programs and try again")]
    NotEnoughMemory {
        /// The memory wanted, in KiB.
        memory_kib: u32,
    },
    /// The text is not a key file.
    #[error("the key file cannot be read: {0}")]
    BadKeyFile(#[from] KeyFileFault),
}

/// What is wrong with the text of a key file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyFileFault {
    /// No line of the text is a key.
    #[error("no line starts with resurface-key-1; choose the key file of the clinic")]
    NoKey,
    /// More than one line is a key.
    #[error("line {line} is a second key; keep one key in a file")]
    TwoKeys {
        /// The line of the second key, from 1.
        line: usize,
    },
    /// A line is neither comment nor key.
    #[error("line {line} is neither a comment (#) nor a key that starts with resurface-key-1; use a copy of the file")]
    UnknownLine {
        /// The line, from 1.
        line: usize,
    },
    /// A character is not one of A to Z and 2 to 7.
    #[error("line {line} has a character other than A to Z and 2 to 7; compare it with a copy of the file")]
    BadCharacter {
        /// The line, from 1.
        line: usize,
    },
    /// The key has more or fewer characters than it should.
    #[error("the key in line {line} has {characters} characters of {wanted}; compare it with a copy of the file")]
    WrongLength {
        /// The line, from 1.
        line: usize,
        /// How many there are, without spaces.
        characters: usize,
        /// How many there should be.
        wanted: usize,
    },
    /// The key does not fit its checksum.
    #[error("the key in line {line} is mistyped: its checksum does not fit; compare it with a copy of the file")]
    Mistyped {
        /// The line, from 1.
        line: usize,
    },
}

fn again(method: Method) -> &'static str {
    match method {
        Method::KeyFile => "use the file that was made for this clinic, or its copy",
        Method::Passphrase => "type it again, minding capitals and the keyboard layout",
    }
}
