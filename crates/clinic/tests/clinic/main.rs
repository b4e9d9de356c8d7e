//! The clinic as a browser meets it: one file for each behaviour.
#![expect(clippy::unwrap_used, reason = "a test fails where it panics")]
#![allow(clippy::disallowed_methods, reason = "a test reads the files it compares with")]

mod afterwards;
mod api;
mod builder;
mod consultation;
mod consulted;
mod counterparts;
mod demonstration;
mod described;
mod doors;
mod first_start;
mod german;
mod pace;
mod pictures;
mod running;
mod settings;
mod treatment_day;
