//! Scans: surfaces of a face as triangles, from two visits.

mod mesh;

pub use mesh::{Mesh, Point};
