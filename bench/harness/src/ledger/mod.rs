//! The ledger against raw SQLite, and against its own targets: appending, opening, listing, verifying, replaying.

mod append;
mod clinic;
mod growth;

use std::path::Path;

use anyhow::Result;

/// Durable appends against raw SQLite that inserts the same bytes, synced and grouped the same way.
pub(crate) fn append(folder: &str) -> Result<serde_json::Value> {
    append::measure(Path::new(folder))
}

/// A clinic of so many patients with 30 entries each: built once, then opened, listed, verified and replayed.
pub(crate) fn clinic(folder: &str, patients: &str) -> Result<serde_json::Value> {
    growth::measure(Path::new(folder), patients.parse()?)
}

/// A clinic of so many patients, left in the folder for a server to be measured with: its patients, and who signs in.
pub(crate) fn found(folder: &str, patients: &str) -> Result<serde_json::Value> {
    let day = clinic::found(Path::new(folder), patients.parse()?)?;
    Ok(serde_json::json!({ "patients": day.charts, "user": clinic::USER, "password": clinic::PASSWORD }))
}
