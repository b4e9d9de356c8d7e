//! Second factors that were shown and are not confirmed yet. They are kept in memory alone, and for a few minutes.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};
use resurface_ledger::clinic::NewSecondFactor;
use resurface_ledger::identity::UserId;

/// Minutes for which a new factor waits to be confirmed: a setting of ours.
const MINUTES: i64 = 10;

/// What waits, one for each user.
#[derive(Default)]
pub(crate) struct Pending(Mutex<BTreeMap<UserId, (Timestamp, NewSecondFactor)>>);

impl Pending {
    fn held(&self) -> MutexGuard<'_, BTreeMap<UserId, (Timestamp, NewSecondFactor)>> {
        // Whoever panicked put something in whole or not at all.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps a new factor, in the place of an earlier one.
    pub(crate) fn keep(&self, user: UserId, new: NewSecondFactor, now: Timestamp) {
        let mut held = self.held();
        held.retain(|_, (since, _)| lasts(*since, now));
        held.insert(user, (now, new));
    }

    /// Does something with the factor that waits, if one does.
    pub(crate) fn with<T>(&self, user: UserId, now: Timestamp, work: impl FnOnce(&NewSecondFactor) -> T) -> Option<T> {
        self.held().get(&user).filter(|(since, _)| lasts(*since, now)).map(|(_, new)| work(new))
    }

    /// It is confirmed, or not wanted.
    pub(crate) fn forget(&self, user: UserId) {
        self.held().remove(&user);
    }
}

fn lasts(since: Timestamp, now: Timestamp) -> bool {
    now.duration_since(since) < SignedDuration::from_mins(MINUTES)
}
