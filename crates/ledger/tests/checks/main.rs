//! Stories of what is done with a whole clinic: checking it, reading its log, computing its decisions again, changing its key.
#![expect(clippy::unwrap_used, reason = "a test fails where it panics")]
#![expect(clippy::disallowed_methods, reason = "these stories damage files and look at what is left")]

mod access_log;
#[path = "../clinic_stories/mod.rs"]
mod clinic_stories;
mod credentials;
mod impact;
mod links;
mod listing;
#[cfg(feature = "passkeys")]
mod passkeys;
mod replaying;
mod rotating;
mod treating;
mod verifying;
