//! Scans: surfaces of a face as triangles, from two visits.

mod mesh;
mod scar_type;
pub(crate) mod vector;

pub use mesh::{Mesh, Point};
pub use scar_type::ScarType;
