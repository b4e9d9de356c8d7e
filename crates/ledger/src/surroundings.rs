//! Where time and chance come from: the program hands both in, so that a test can hold them still.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use uuid::Uuid;

/// Time and chance.
pub trait Surroundings: Send + Sync {
    /// Now.
    fn now(&self) -> Timestamp;

    /// Fills with bytes that nobody can guess.
    fn fill(&self, bytes: &mut [u8]);

    /// The zone whose calendar says which day it is.
    fn zone(&self) -> TimeZone {
        TimeZone::UTC
    }

    /// Today, where the clinic is.
    fn today(&self) -> Date {
        self.now().to_zoned(self.zone()).date()
    }
}

impl dyn Surroundings + '_ {
    /// Bytes that nobody can guess.
    #[must_use]
    pub fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.fill(&mut bytes);
        bytes
    }

    /// A new id that sorts by the time at which it was made.
    #[must_use]
    pub fn id(&self) -> Uuid {
        let millis = u64::try_from(self.now().as_millisecond()).unwrap_or_default();
        uuid::Builder::from_unix_timestamp_millis(millis, &self.random()).into_uuid()
    }
}
