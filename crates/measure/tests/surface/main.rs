//! Surfaces: what is read, what is refused, and whether the numbers are right.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test fails where it panics")]
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    clippy::print_stderr,
    reason = "these tests read samples, and say what is not there"
)]

#[path = "../../examples/agreement/analytic.rs"]
mod analytic;
#[path = "../../examples/agreement/consensus.rs"]
mod consensus;
#[path = "../../examples/agreement/rows.rs"]
mod rows;

mod agreement;
mod filters;
mod hostile;
mod made;
mod missing;
mod official;
mod refused;
mod round_trip;
mod texts;
