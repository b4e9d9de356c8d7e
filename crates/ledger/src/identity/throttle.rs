//! How long somebody waits who got a password or a code wrong again and again.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::limits::{later, minutes};

/// Failures without a wait; an expert setting: enough for a forgotten caps lock.
const FREE_FAILURES: u32 = 5;
/// Longest wait, in minutes; an expert setting: 96 tries a day for an attacker, and whoever is shut out by one waits no
/// longer than this.
const WAIT_MINUTES_MAX: u32 = 15;

/// A user's failed attempts since the last that was right; passwords, codes and recovery codes count together. Keep
/// [`failed`](Self::failed) before an attempt is checked and take it back with [`succeeded`](Self::succeeded), so that
/// attempts made at the same time all count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailedAttempts {
    /// How many.
    pub count: u32,
    /// When the last was made.
    pub last_at: Option<Timestamp>,
}

/// An attempt that comes too soon; it is not checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("too many attempts: wait until {until}, then try again")]
pub struct Wait {
    /// From when on the next attempt is checked.
    pub until: Timestamp,
}

impl FailedAttempts {
    /// Whether an attempt may be checked now.
    ///
    /// # Errors
    /// How long to wait.
    pub fn may_try(&self, now: Timestamp) -> Result<(), Wait> {
        match self.last_at.map(|last| later(last, minutes(self.wait_minutes()))) {
            Some(until) if now < until => Err(Wait { until }),
            _ => Ok(()),
        }
    }

    /// Notes a failure.
    pub fn failed(&mut self, now: Timestamp) {
        self.count = self.count.saturating_add(1);
        self.last_at = Some(self.last_at.map_or(now, |last| last.max(now)));
    }

    /// Forgets the failures, after name, password and code were all right.
    pub fn succeeded(&mut self) {
        *self = Self::default();
    }

    /// After five failures one minute, then two, four, eight and fifteen.
    fn wait_minutes(&self) -> u32 {
        match self.count.checked_sub(FREE_FAILURES) {
            None => 0,
            Some(beyond) => 1_u32.checked_shl(beyond).map_or(WAIT_MINUTES_MAX, |wait| wait.min(WAIT_MINUTES_MAX)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{FailedAttempts, Wait};
    use jiff::{SignedDuration, Timestamp};

    const NOW: Timestamp = Timestamp::constant(1_795_000_000, 0);

    fn waits_minutes(failures: u32) -> i64 {
        let mut attempts = FailedAttempts::default();
        (0..failures).for_each(|_| attempts.failed(NOW));
        match attempts.may_try(NOW) {
            Ok(()) => 0,
            Err(Wait { until }) => {
                assert_eq!(attempts.may_try(until), Ok(()), "the wait ends");
                until.duration_since(NOW).as_mins()
            }
        }
    }

    #[test]
    fn waits_grow_after_the_fifth_failure_up_to_a_quarter_of_an_hour() {
        assert_eq!([0, 1, 4, 5, 6, 7, 8, 9, 10, 40, 2000].map(waits_minutes), [0, 0, 0, 1, 2, 4, 8, 15, 15, 15, 15]);
    }

    #[test]
    fn one_success_forgets_the_failures() {
        let mut attempts = FailedAttempts { count: 30, last_at: Some(NOW) };
        attempts.succeeded();
        assert_eq!(attempts.may_try(NOW), Ok(()));
        attempts.failed(NOW);
        assert_eq!(attempts.may_try(NOW), Ok(()));
    }

    #[test]
    fn a_clock_that_is_set_back_shortens_no_wait() {
        let mut attempts = FailedAttempts { count: 5, last_at: Some(NOW) };
        attempts.failed(NOW - SignedDuration::from_hours(1));
        assert_eq!(attempts.may_try(NOW), Err(Wait { until: NOW + SignedDuration::from_mins(2) }));
    }
}
