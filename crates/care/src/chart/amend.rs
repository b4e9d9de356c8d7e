//! Which amendment of an entry counts, and what in a chart refers to nothing.

use std::collections::BTreeMap;
use std::fmt;

use super::body::{Amended, Body, EntryId};
use super::fold::Recorded;
use super::version::Kind;

/// An entry that refers to something the chart does not hold, or that cannot count. It changes nothing in the fold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LooseEnd {
    /// The entry.
    pub entry: EntryId,
    /// The entry that it names; of a second registration, the first.
    pub names: EntryId,
    /// What is wrong with it.
    pub what: Loose,
}

/// What is wrong with an entry that refers to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Loose {
    /// It follows up an adverse event that no entry before it reports.
    FollowUpOfUnknownEvent,
    /// It gives a session after a gate that no entry before it asked.
    SessionOfUnknownGate,
    /// It amends an entry that does not stand before it.
    AmendsUnknownEntry,
    /// It replaces an entry by one of another kind.
    AmendsAnotherKind,
    /// It registers a patient in a chart that has one.
    RegisteredAgain,
}

impl Loose {
    /// In words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::FollowUpOfUnknownEvent => "it follows up an adverse event that the chart does not hold",
            Self::SessionOfUnknownGate => "it names a gate that the chart does not hold",
            Self::AmendsUnknownEntry => "it amends an entry that does not stand before it",
            Self::AmendsAnotherKind => "it amends an entry into one of another kind",
            Self::RegisteredAgain => "it registers a patient in a chart that has one",
        }
    }
}

impl fmt::Display for LooseEnd {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { entry, names, what } = self;
        write!(out, "entry {entry} does not count: {} ({names}); amend it", what.words())
    }
}

/// What a chart says now, entry by entry and in their order: each as its latest amendment has it. What was struck out, and the
/// amendments themselves, are not among them.
#[must_use]
pub fn standing<'a>(entries: impl IntoIterator<Item = Recorded<'a>>) -> Vec<Recorded<'a>> {
    let entries: Vec<Recorded<'a>> = entries.into_iter().collect();
    let amendments = Amendments::of(&entries);
    let says = |entry: &Recorded<'a>| Some(Recorded { id: entry.id, body: amendments.says(entry)? });
    entries.iter().filter_map(says).filter(|entry| !matches!(entry.body, Body::Amended(_))).collect()
}

/// What every amended entry says now.
pub(super) struct Amendments<'s, 'a> {
    entries: &'s [Recorded<'a>],
    place: BTreeMap<EntryId, usize>,
    says: BTreeMap<EntryId, Option<&'a Body>>,
    pub(super) loose_ends: Vec<LooseEnd>,
}

impl<'s, 'a> Amendments<'s, 'a> {
    /// Reads the amendments from the last to the first, so that the latest one counts, and one that was itself amended or
    /// struck out counts as what became of it.
    pub(super) fn of(entries: &'s [Recorded<'a>]) -> Self {
        let mut place = BTreeMap::new();
        for (at, entry) in entries.iter().enumerate() {
            place.entry(entry.id).or_insert(at);
        }
        let mut amendments = Self { entries, place, says: BTreeMap::new(), loose_ends: Vec::new() };
        for (at, entry) in entries.iter().enumerate().rev() {
            let Some(Body::Amended(amendment)) = amendments.says(entry) else { continue };
            match amendments.fault(at, amendment) {
                Some(what) => amendments.loose_ends.push(LooseEnd { entry: entry.id, names: amendment.entry, what }),
                None => {
                    amendments.says.entry(amendment.entry).or_insert(amendment.becomes.as_deref());
                }
            }
        }
        amendments
    }

    /// What an entry says, amended; nothing when it was struck out.
    pub(super) fn says(&self, entry: &Recorded<'a>) -> Option<&'a Body> {
        self.says.get(&entry.id).copied().unwrap_or(Some(entry.body))
    }

    /// The kind of entry that an amendment touches in the end, through amendments of amendments; nothing when it touches none.
    pub(super) fn touches(&self, at: usize, amendment: &Amended) -> Option<Kind> {
        if self.fault(at, amendment).is_some() {
            return None;
        }
        let target = *self.place.get(&amendment.entry)?;
        match self.entries.get(target)?.body {
            Body::Amended(amended) => self.touches(target, amended),
            other => Some(other.kind()),
        }
    }

    fn fault(&self, at: usize, amendment: &Amended) -> Option<Loose> {
        let target = self.place.get(&amendment.entry).filter(|target| **target < at).and_then(|target| self.entries.get(*target));
        match (target, &amendment.becomes) {
            (None, _) => Some(Loose::AmendsUnknownEntry),
            (Some(target), Some(becomes)) if becomes.kind() != target.body.kind() => Some(Loose::AmendsAnotherKind),
            (Some(_), _) => None,
        }
    }
}
