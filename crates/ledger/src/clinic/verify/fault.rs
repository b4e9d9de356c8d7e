//! What can be found wrong with a clinic's data, and where. Ids, places and digests only: nothing that a chart says.

use std::fmt;

use jiff::Timestamp;
use resurface_care::chart::{BodyError, Digest, EntryId};
use uuid::Uuid;

use crate::clinic::BOOK;
use crate::entry::{Author, EntryFault};
use crate::seal::SealError;
use crate::store::RecordKind;

/// Something that is wrong.
#[derive(Debug, thiserror::Error)]
#[error("{place}: {what}")]
pub struct Fault {
    /// Where.
    pub place: Where,
    /// What.
    pub what: What,
}

/// Where something is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Where {
    /// At an entry of a chart, or of the book.
    Entry {
        /// The stream.
        stream: Uuid,
        /// Its place in it.
        seq: u32,
    },
    /// At the end of a chart or of the book: what is kept beside it for lists, and as the point where it goes on.
    Head {
        /// The stream.
        stream: Uuid,
    },
    /// At a picture that an entry names.
    Picture {
        /// The chart.
        stream: Uuid,
        /// The entry.
        seq: u32,
        /// The name of its bytes.
        name: Digest,
    },
    /// At a picture as it is kept, whichever chart names it.
    PictureFile {
        /// The name of its bytes.
        name: Digest,
    },
    /// At a line of the access log.
    Access {
        /// Its place.
        seq: i64,
    },
    /// At a record.
    Record {
        /// Its kind.
        kind: RecordKind,
        /// Its number among those of the kind, from 1.
        number: u64,
    },
}

/// What is wrong.
#[derive(Debug, thiserror::Error)]
pub enum What {
    /// An entry does not check.
    #[error("{0}")]
    Chain(EntryFault),
    /// A stream has entries and no head.
    #[error("it has entries, and its end is not kept: nothing can be added to it, and no list shows it")]
    NoHead,
    /// A head has no entries.
    #[error("its end is kept, and it has no entry left: they were removed")]
    NoEntries,
    /// The chain ends elsewhere.
    #[error("its last entry is {last}, and its end is kept as {head}: entries were removed, or its end was put back")]
    EndsElsewhere {
        /// Place of its last entry.
        last: u32,
        /// The place that is kept.
        head: u32,
    },
    /// The chain ends in another entry than the one that is kept.
    #[error("its last entry is not the one that is kept as its end")]
    EndsOtherwise,
    /// The summary cannot be read.
    #[error("its summary cannot be read: {0}")]
    SummarySealed(SealError),
    /// The summary is not what the entries amount to.
    #[error("its summary is not what its entries amount to: lists show something else than the chart")]
    SummaryDiffers,
    /// The stream is neither the book nor a chart.
    #[error("this is neither the book nor the chart of a patient: its id is none")]
    NoChart,
    /// An entry is not understood.
    #[error("{0}")]
    NotUnderstood(BodyError),
    /// A line of the book is not understood.
    #[error("this line of the book is not understood: use the version of the program that wrote it, or a later one")]
    BookNotUnderstood,
    /// Nobody of this id is known.
    #[error("it was written by {0}, who is not known here")]
    UnknownAuthor(Author),
    /// The chart does not begin with a registration.
    #[error("the chart begins with something else than the registration of a patient")]
    NotRegistered,
    /// There is a second registration.
    #[error("a second patient is registered in this chart")]
    RegisteredAgain,
    /// A real chart among synthetic ones, or the other way round.
    #[error("it is a {} chart in a clinic of {} ones", if *.synthetic { "synthetic" } else { "real" }, if *.synthetic { "real" } else { "synthetic" })]
    Mixed {
        /// Whether the chart is synthetic.
        synthetic: bool,
    },
    /// It amends an entry that does not stand before it.
    #[error("it amends entry {0}, which does not stand before it in this chart")]
    AmendsNothing(EntryId),
    /// It amends an entry into one of another kind.
    #[error("it amends entry {0} into one of another kind")]
    AmendsAnotherKind(EntryId),
    /// It follows up an event that does not stand before it.
    #[error("it follows up an adverse event, entry {0}, that does not stand before it in this chart")]
    FollowsNothing(EntryId),
    /// It names a gate that does not stand before it.
    #[error("it names a gate, entry {0}, that does not stand before it in this chart")]
    NoSuchGate(EntryId),
    /// Its lot is not in the index.
    #[error("the lot that it names is not in the index: a recall would not find this patient")]
    LotNotIndexed,
    /// A picture is missing.
    #[error("the picture is not there: restore it from a backup")]
    PictureMissing,
    /// A picture is damaged.
    #[error("the picture does not open to the bytes that were taken in: restore it from a backup")]
    PictureDamaged,
    /// The key of a picture is not in the ring.
    #[error("the picture is sealed with a key that is not among the keys of the clinic")]
    PictureKeyMissing,
    /// A line of the access log is missing.
    #[error("line {expected} is missing before this one")]
    AccessGap {
        /// The place that was expected.
        expected: i64,
    },
    /// A line does not follow from the lines before it.
    #[error("it does not follow from the lines before it: it, or one before it, was changed after it was written")]
    AccessHash,
    /// A line cannot be opened.
    #[error("it cannot be opened: {0}")]
    AccessSealed(SealError),
    /// A line says something else than what was hashed.
    #[error("it says something else than what was written")]
    AccessChanged,
    /// A line is not understood.
    #[error("it is not understood: use the version of the program that wrote it, or a later one")]
    AccessNotUnderstood,
    /// A line has another time than the one it says.
    #[error("it is kept under another time than the one it says ({0})")]
    AccessTime(Timestamp),
    /// A chart was opened according to the log, and is not there.
    #[error("a patient was registered, and there is no such chart: it was removed whole")]
    ChartGone,
    /// The log is shorter than it was, or goes another way.
    #[error("the log that was noted as ending here, with {noted}, is not the one that is there: lines were removed or replaced")]
    AccessNotAsNoted {
        /// The hash that was noted.
        noted: Digest,
    },
    /// A record cannot be opened.
    #[error("the record cannot be opened: {0}")]
    RecordSealed(SealError),
}

impl fmt::Display for Where {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Entry { stream, seq } => write!(out, "{}, entry {seq}", Stream(stream)),
            Self::Head { stream } => write!(out, "{}", Stream(stream)),
            Self::Picture { stream, seq, name } => write!(out, "{}, entry {seq}, picture {name}", Stream(stream)),
            Self::PictureFile { name } => write!(out, "picture {name}"),
            Self::Access { seq } => write!(out, "access log, line {seq}"),
            Self::Record { kind, number } => write!(out, "record {number} of the kind {}", kind.word()),
        }
    }
}

struct Stream<'a>(&'a Uuid);

impl fmt::Display for Stream<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self.0 == BOOK { out.write_str("the clinic's book") } else { write!(out, "chart {}", self.0) }
    }
}
