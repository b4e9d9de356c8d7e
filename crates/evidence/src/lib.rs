//! Published trials to a pooled effect and to the population a forecast starts from. Pure maths.

pub mod answer;
pub mod calibration;
pub mod comparisons;
pub mod diagnostics;
pub mod effect_size;
mod error;
pub mod exact;
#[cfg(feature = "fit")]
pub mod fit;
pub mod meta;
pub mod model;
pub mod roles;
#[cfg(feature = "fit")]
pub mod sampling;
mod table;
pub mod trials;
#[cfg(feature = "fit")]
pub mod validate;
#[cfg(feature = "fit")]
mod variates;

pub use error::Error;
pub use table::CellFault;
