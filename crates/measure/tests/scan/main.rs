//! Scans: read, made, mended, laid together and measured.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test fails where it panics")]
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    clippy::print_stderr,
    reason = "these tests read samples, and say what is not there and what their figures come to"
)]

#[path = "../../examples/accuracy/change.rs"]
mod change;
#[path = "../../examples/accuracy/faces.rs"]
mod faces;
#[path = "../../examples/accuracy/trial.rs"]
mod trial;

mod align;
mod compare;
mod formats;
mod hostile;
mod made;
mod mended;
mod phantoms;
mod real;
mod refused;
mod scars;
