//! The pathway from a consultation to a plan: pure decisions over what was answered and what is known.
//!
//! ```
//! use resurface_care::{form, gate, screening};
//! use resurface_knowledge::Knowledge;
//! use resurface_knowledge::document::Format;
//!
//! let knowledge = Knowledge::built_in().unwrap();
//! let text = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/pregnant.toml"));
//! let consultation = form::read("pregnant.toml", text, Format::Toml, &knowledge).unwrap();
//!
//! let screening = screening::screen(&consultation, &knowledge);
//! assert_eq!(screening.decision, screening::Decision::NotSuitable);
//! assert_eq!(screening.findings[0].rule.id, "CI-PREG");
//!
//! // Nothing was prepared for a treatment day, and she is pregnant: two reasons to refuse.
//! assert_eq!(gate::gate(&consultation, &knowledge).permit, gate::Permit::Refused);
//! ```

pub mod alternatives;
pub mod anaesthetic;
pub mod chart;
pub mod consultation;
pub mod course;
pub mod depth;
pub mod dose;
pub mod error;
pub mod facts;
pub mod form;
pub mod gate;
pub mod grading;
#[cfg(test)]
mod people;
pub mod plan;
pub mod prior;
pub mod review;
pub mod risk;
pub mod screening;
pub mod sentence;
pub mod udi;
