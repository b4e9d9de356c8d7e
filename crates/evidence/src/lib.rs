//! Published trials to a pooled effect and to the population a forecast starts from. Pure maths.

pub mod answer;
pub mod comparisons;
pub mod effect_size;
mod error;
pub mod exact;
pub mod meta;
pub mod roles;
mod table;
pub mod trials;

pub use error::Error;
pub use table::CellFault;
