use serde::Serialize;

use crate::scan::Point;
use crate::scan::vector::{add, along, cross, dot, norm, scale, sub};

/// A rigid motion: turn, then shift.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Pose {
    /// Rows of the rotation.
    pub rotation: [[f64; 3]; 3],
    /// Shift in millimetres.
    pub translation: Point,
}

impl Pose {
    /// No motion.
    pub const STILL: Self = Self { rotation: [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]], translation: [0.0; 3] };

    /// Where a point goes.
    #[must_use]
    pub fn of(&self, point: Point) -> Point {
        add(self.turned(point), self.translation)
    }

    /// Where a direction goes.
    #[must_use]
    pub fn turned(&self, direction: Point) -> Point {
        self.rotation.map(|row| dot(row, direction))
    }

    /// This motion, then another.
    #[must_use]
    pub fn then(&self, next: &Self) -> Self {
        let columns: [Point; 3] = std::array::from_fn(|k| next.turned(self.rotation.map(|row| row[k])));
        Self { rotation: std::array::from_fn(|row| columns.map(|column| column[row])), translation: next.of(self.translation) }
    }

    /// The motion back.
    #[must_use]
    pub fn back(&self) -> Self {
        let rotation = std::array::from_fn(|row| self.rotation.map(|line| line[row]));
        let turned = Self { rotation, translation: [0.0; 3] };
        Self { rotation, translation: scale(turned.of(self.translation), -1.0) }
    }

    /// Turned about a point by a vector along its axis, as long as its angle in radians (Rodrigues), then shifted.
    #[must_use]
    pub fn about(middle: Point, turn: Point, shift: Point) -> Self {
        let angle = norm(turn);
        let axis = if angle > 0.0 { scale(turn, 1.0 / angle) } else { [1.0, 0.0, 0.0] };
        let (sin, cos) = (libm::sin(angle), libm::cos(angle));
        let turned = |v: Point| along(along(scale(v, cos), cross(axis, v), sin), axis, dot(axis, v) * (1.0 - cos));
        let columns = [turned([1.0, 0.0, 0.0]), turned([0.0, 1.0, 0.0]), turned([0.0, 0.0, 1.0])];
        let rotation = std::array::from_fn(|row| columns.map(|column| column[row]));
        Self { rotation, translation: add(sub(middle, turned(middle)), shift) }
    }

    /// Angle of the rotation in degrees.
    #[must_use]
    pub fn angle_degrees(&self) -> f64 {
        let r = &self.rotation;
        let axis = [r[2][1] - r[1][2], r[0][2] - r[2][0], r[1][0] - r[0][1]];
        libm::atan2(norm(axis), r[0][0] + r[1][1] + r[2][2] - 1.0).to_degrees()
    }
}
