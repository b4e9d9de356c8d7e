//! The pathway from a consultation to a plan: pure decisions over what was answered and what is known.

pub mod alternatives;
pub mod anaesthetic;
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
