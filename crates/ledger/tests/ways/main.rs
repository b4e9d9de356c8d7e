//! The ways out and in: what a backup and an export hold, and what is refused on the way back.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "what fails in a helper fails the test")]
#![allow(clippy::disallowed_methods, reason = "these tests look at the files that are written")]

mod backup;
mod export;
mod house;
mod import;
mod load;
mod restore;
mod scans;
