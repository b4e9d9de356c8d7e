//! The pathway from a consultation to a plan: pure decisions over what was answered and what is known.

pub mod anaesthetic;
pub mod consultation;
pub mod facts;
pub mod form;
pub mod gate;
pub mod grading;
#[cfg(test)]
mod people;
pub mod screening;
