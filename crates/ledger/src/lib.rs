//! Append-only charts that lose nothing: entries in hash chains on SQLite, pictures beside them, and who may do what.

pub mod access;
pub mod clinic;
pub mod entry;
pub mod identity;
pub mod pictures;
pub mod seal;
pub mod store;
pub mod surroundings;
