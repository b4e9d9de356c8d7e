//! Scans: surfaces of a face as triangles, from two visits.

pub mod align;
mod compare;
mod device;
mod distance;
mod mesh;
pub mod picture;
pub mod read;
mod scar_type;
pub mod scars;
mod solve;
mod surface;
mod tidy;
mod tree;
pub(crate) mod vector;
mod visit;

pub use align::Landmark;
pub use compare::{Change, Comparison, Pair, TotalChange, compare};
pub use device::{Device, Repeatability};
pub use distance::signed_distances;
pub use mesh::{Mesh, Point};
pub use scar_type::ScarType;
pub use surface::Surface;
pub use tidy::{Condition, Mended, Outside};
pub use tree::{Nearest, Tree};
pub use visit::{Count, Settings, Stage, Totals, Visit, measure};

/// Name of the method by which scars are measured.
pub const METHOD: &str = "resurface.scars";
/// Version of the method: it changes when the same scans can give other numbers.
pub const VERSION: &str = "1";
