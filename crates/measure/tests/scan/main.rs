//! Scans: read, made and mended.
#![expect(clippy::unwrap_used, reason = "a test fails where it panics")]
#![expect(clippy::disallowed_macros, clippy::print_stderr, reason = "these tests say what their figures come to")]

mod formats;
mod made;
mod phantoms;
