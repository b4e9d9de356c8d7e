//! The link by which the first user of a clinic is made: kept in memory, used once, and over after an hour.

use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};
use resurface_ledger::identity::{Token, TokenHash};

/// Minutes for which the link works: a setting of ours.
const MINUTES: i64 = 60;

/// The link, where one is open.
#[derive(Default)]
pub(crate) struct SetUp(Mutex<Option<(TokenHash, Timestamp)>>);

/// A link that works, held by one who uses it: nobody else does meanwhile.
pub(crate) struct Held<'a>(MutexGuard<'a, Option<(TokenHash, Timestamp)>>);

impl SetUp {
    /// Opens a link, in the place of an earlier one.
    pub(crate) fn open(&self, token: &Token, now: Timestamp) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((token.hash(), now));
    }

    /// The link with this token, if it works.
    pub(crate) fn hold(&self, token: &Token, now: Timestamp) -> Option<Held<'_>> {
        // Whoever panicked put a link in whole, or took it away.
        let held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let works = held.as_ref().is_some_and(|(hash, since)| {
            *hash == token.hash() && now.duration_since(*since) < SignedDuration::from_mins(MINUTES)
        });
        works.then_some(Held(held))
    }
}

impl Held<'_> {
    /// It was used.
    pub(crate) fn close(mut self) {
        *self.0 = None;
    }
}
