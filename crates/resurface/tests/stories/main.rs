//! What a user meets: the built program is run, and its page, its complaints and its exit code are read.
#![expect(clippy::unwrap_used, reason = "a test fails where it panics")]
#![expect(clippy::disallowed_methods, reason = "these tests read and write files as a user does")]

mod a_clinic;
mod chart_faults;
mod checks;
mod clinic;
mod demonstration;
mod entries;
mod faults;
mod forms;
mod knowledge;
mod lists;
#[cfg(feature = "measure")]
mod measuring;
#[cfg(feature = "measure")]
mod measuring_visits;
mod pages;
mod pictures;
mod program;
mod secrets;
mod six_patients;
mod users;
mod visits;
mod ways;
