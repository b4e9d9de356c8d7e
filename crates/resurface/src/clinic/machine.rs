//! Time and chance of this machine.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use resurface_ledger::surroundings::Surroundings;

use crate::ending::{Exit, Failure};

/// This machine.
#[derive(Debug)]
pub(crate) struct Machine {
    zone: TimeZone,
}

impl Machine {
    /// This machine, once it has shown that it can give random bytes.
    pub(crate) fn new() -> Result<Self, Failure> {
        getrandom::fill(&mut [0; 32]).map_err(|error| {
            Failure::new(Exit::Failed, format!("this machine gives no random bytes: {error}"))
                .hint("nothing can be kept secret without them: see to the machine first")
        })?;
        Ok(Self { zone: TimeZone::try_system().unwrap_or(TimeZone::UTC) })
    }
}

impl Surroundings for Machine {
    fn now(&self) -> Timestamp {
        #[expect(clippy::disallowed_methods, reason = "the program reads the clock so that no room has to")]
        Timestamp::now()
    }

    fn fill(&self, bytes: &mut [u8]) {
        if getrandom::fill(bytes).is_err() {
            // It gave some a moment ago. A key that can be guessed is worse than a program that ends here.
            std::process::abort();
        }
    }

    fn zone(&self) -> TimeZone {
        self.zone.clone()
    }
}
