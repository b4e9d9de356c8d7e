//! How a face is held.

use super::Relief;
use crate::scan::Point;
use crate::scan::vector::{add, dot};

/// A rigid motion: turned about x, then y, then z, then shifted.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Motion {
    /// Turns in degrees.
    pub turns_deg: [f64; 3],
    /// Shift in millimetres.
    pub shift_mm: Point,
}

impl Motion {
    /// Its rotation, by rows.
    #[must_use]
    pub fn rotation(&self) -> [Point; 3] {
        let [(sx, cx), (sy, cy), (sz, cz)] = self.turns_deg.map(|turn| libm::sincos(turn.to_radians()));
        [
            [cz * cy, cz * sy * sx - sz * cx, cz * sy * cx + sz * sx],
            [sz * cy, sz * sy * sx + cz * cx, sz * sy * cx - cz * sx],
            [-sy, cy * sx, cy * cx],
        ]
    }

    /// Where a point is moved to, in millimetres.
    #[must_use]
    pub fn moved(&self, point: Point) -> Point {
        add(self.rotation().map(|row| dot(row, point)), self.shift_mm)
    }
}

/// A face that is not held quite alike (weight, expression): its base is shifted along z by a smooth relief over x and y. Pits keep
/// their size and shape.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Warp {
    /// The relief; its length is tens of millimetres.
    pub relief: Relief,
}

impl Warp {
    pub(super) fn warped(&self, seed: u64, [x, y, z]: Point) -> Point {
        [x, y, z + self.relief.at(seed, [x, y])]
    }
}
