//! What a user meets: the built program is run, and its page, its complaints and its exit code are read.
#![expect(clippy::unwrap_used, reason = "a test fails where it panics")]
#![expect(clippy::disallowed_methods, reason = "these tests read and write files as a user does")]

mod faults;
mod forms;
mod knowledge;
mod pages;
mod program;
