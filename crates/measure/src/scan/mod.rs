//! Scans: surfaces of a face as triangles, from two visits.

mod mesh;
pub mod read;
mod scar_type;
mod tidy;
pub(crate) mod vector;

pub use mesh::{Mesh, Point};
pub use scar_type::ScarType;
pub use tidy::{Condition, Mended, Outside};
