//! Height maps: read, freed of form and of what is too fine or too coarse, and described by the areal parameters of ISO 25178-2.

pub mod filter;
pub mod form;
pub mod parameters;
pub mod picture;
pub mod read;
pub mod write;

mod evaluate;
mod height_map;
mod points;

pub use evaluate::{CHAIN, Evaluated, Evaluation, Stage, evaluate};
pub use height_map::{HeightMap, Spacing};
pub use points::{Measured, PointCloud, Profile};
