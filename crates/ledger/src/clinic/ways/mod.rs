//! The ways out and in: a backup that stays sealed, an export that everybody can read, and back again from both.
//!
//! | way | what it makes | who can read it |
//! |---|---|---|
//! | [`Desk::backup`](super::Desk::backup) and [`restore`] | one file: the folder of the clinic as it was at one moment | who has the key file or passphrase |
//! | [`Desk::export`](super::Desk::export) and [`import`] | a folder: JSON, CSV and pictures, with a README | everybody |
//! | [`Clinic::load`](super::Clinic::load) | charts of a demonstration | as any chart |
//!
//! Whatever is made appears under its name whole or not at all, and nothing that is there is overwritten.

mod backup;
mod export;
mod fault;
mod import;
mod load;
mod partial;
mod snapshot;

pub use backup::{BackedUp, BackupCounts, backup_opens_with, restore};
pub use export::{ExportCounts, ExportFault, Exported};
pub use fault::WayFault;
pub use import::{book_of_export, import};

use super::Progress;

/// Who is told how far something has come.
type Tell<'a> = &'a mut dyn FnMut(Progress);
