//! A surface as points and triangles.

/// A position or a direction; positions in millimetres.
pub type Point = [f64; 3];

/// A surface: points in millimetres and triangles of three of them, counter-clockwise seen from outside. Every reader makes it,
/// every measurement starts from it. A scan without triangles (a cloud of points) has none here.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mesh {
    /// Points, in millimetres.
    pub vertices: Vec<Point>,
    /// Triangles, as places in `vertices`.
    pub triangles: Vec<[u32; 3]>,
    /// Colour of each point (sRGB), where the scan has any.
    pub colours: Option<Vec<[u8; 3]>>,
}
