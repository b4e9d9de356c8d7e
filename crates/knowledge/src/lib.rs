//! What clinicians own: cited facts, read and validated into types; every fact carries its source and its mark.

pub mod contraindications;
pub mod document;
mod mark;

pub use mark::{Cited, EvidenceCode, Mark};
