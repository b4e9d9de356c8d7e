//! Scans: read, made and mended.
#![expect(clippy::unwrap_used, reason = "a test fails where it panics")]
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    clippy::print_stderr,
    reason = "these tests read samples, and say what their figures come to"
)]

mod formats;
mod hostile;
mod made;
mod mended;
mod phantoms;
mod real;
mod refused;
