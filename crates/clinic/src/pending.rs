//! What was handed out and waits for an answer: in memory alone, and for a few minutes.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};

/// Most that wait at once; above it, whoever has waited longest begins again.
const WAITING_MOST: usize = 10_000;

/// What waits, one for each of whom it waits for.
pub(crate) struct Pending<K, T> {
    minutes: i64,
    waiting: Mutex<BTreeMap<K, (Timestamp, T)>>,
}

impl<K: Ord + Copy, T> Pending<K, T> {
    /// Nothing yet; what comes waits for so many minutes.
    pub(crate) const fn lasting(minutes: i64) -> Self {
        Self { minutes, waiting: Mutex::new(BTreeMap::new()) }
    }

    fn held(&self) -> MutexGuard<'_, BTreeMap<K, (Timestamp, T)>> {
        // Whoever panicked put something in whole or not at all.
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn lasts(&self, since: Timestamp, now: Timestamp) -> bool {
        now.duration_since(since) < SignedDuration::from_mins(self.minutes)
    }

    /// Keeps something, in the place of what waited before.
    pub(crate) fn keep(&self, whom: K, new: T, now: Timestamp) {
        let mut held = self.held();
        held.retain(|_, (since, _)| self.lasts(*since, now));
        if held.len() >= WAITING_MOST {
            let longest = held.iter().min_by_key(|(_, (since, _))| *since).map(|(whom, _)| *whom);
            longest.and_then(|whom| held.remove(&whom));
        }
        held.insert(whom, (now, new));
    }

    /// Does something with what waits, if anything does.
    pub(crate) fn with<A>(&self, whom: K, now: Timestamp, work: impl FnOnce(&T) -> A) -> Option<A> {
        self.held().get(&whom).filter(|(since, _)| self.lasts(*since, now)).map(|(_, new)| work(new))
    }

    /// Takes what waits: nobody finds it again.
    pub(crate) fn take(&self, whom: K) -> Option<T> {
        self.held().remove(&whom).map(|(_, new)| new)
    }
}

#[cfg(test)]
mod tests {
    use super::{Pending, WAITING_MOST};
    use jiff::{SignedDuration, Timestamp};

    const NOW: Timestamp = Timestamp::constant(1_795_000_000, 0);

    #[test]
    fn what_waits_is_taken_once_and_forgotten_after_its_minutes() {
        let pending = Pending::lasting(5);
        pending.keep(1, "one", NOW);
        assert_eq!((pending.take(1), pending.take(1)), (Some("one"), None));
        pending.keep(2, "two", NOW);
        pending.keep(3, "three", NOW + SignedDuration::from_mins(5));
        assert_eq!((pending.take(2), pending.take(3)), (None, Some("three")));
    }

    #[test]
    fn there_is_an_end_to_what_waits() {
        let pending = Pending::lasting(5);
        for whom in 0..=WAITING_MOST {
            pending.keep(whom, (), NOW + SignedDuration::from_millis(whom as i64));
        }
        assert_eq!((pending.take(0), pending.take(1), pending.take(WAITING_MOST)), (None, Some(()), Some(())));
    }
}
