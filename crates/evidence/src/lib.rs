//! Published trials to a pooled effect and to the population a forecast starts from. Pure maths.

pub mod effect_size;
mod error;
pub mod exact;
pub mod meta;

pub use error::Error;
