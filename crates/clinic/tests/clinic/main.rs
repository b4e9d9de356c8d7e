//! The clinic as a browser meets it: one file for each behaviour.
#![expect(clippy::unwrap_used, reason = "a test fails where it panics")]
#![allow(clippy::disallowed_methods, reason = "a test reads the files it compares with")]

mod afterwards;
mod api;
#[cfg(feature = "passkeys")]
#[path = "../../../ledger/tests/clinic_stories/authenticator.rs"]
#[allow(dead_code, unreachable_pub, reason = "the stories of the ledger use more of it")]
mod authenticator;
mod builder;
mod consultation;
mod consulted;
mod counterparts;
mod demonstration;
mod described;
mod doors;
mod first_start;
mod german;
#[cfg(feature = "measure")]
mod measure;
mod pace;
#[cfg(feature = "passkeys")]
mod passkeys;
#[cfg(feature = "measure")]
mod photographed;
mod pictures;
mod running;
mod settings;
mod treatment_day;
