//! Where a node stands in its scene.

use super::document::Node;
use crate::scan::Point;
use crate::scan::vector::{add, cross, dot};

/// A linear map by its columns, and a shift.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    columns: [Point; 3],
    shift: Point,
}

impl Place {
    pub(super) const ORIGIN: Self = Self { columns: [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]], shift: [0.0; 3] };

    pub(super) fn of(node: &Node) -> Self {
        if let Some(m) = node.matrix {
            let column = |at: usize| [m[4 * at], m[4 * at + 1], m[4 * at + 2]];
            return Self { columns: [column(0), column(1), column(2)], shift: column(3) };
        }
        let [x, y, z, w] = node.rotation.unwrap_or([0.0, 0.0, 0.0, 1.0]);
        let turned = [
            [1.0 - 2.0 * (y * y + z * z), 2.0 * (x * y + z * w), 2.0 * (x * z - y * w)],
            [2.0 * (x * y - z * w), 1.0 - 2.0 * (x * x + z * z), 2.0 * (y * z + x * w)],
            [2.0 * (x * z + y * w), 2.0 * (y * z - x * w), 1.0 - 2.0 * (x * x + y * y)],
        ];
        let scales = node.scale.unwrap_or([1.0; 3]);
        let columns = std::array::from_fn(|at| turned[at].map(|part| part * scales[at]));
        Self { columns, shift: node.translation.unwrap_or_default() }
    }

    /// This place, within another one.
    pub(super) fn within(&self, outer: &Self) -> Self {
        Self { columns: self.columns.map(|column| outer.turned(column)), shift: outer.moved(self.shift) }
    }

    fn turned(&self, [x, y, z]: Point) -> Point {
        let [a, b, c] = self.columns;
        std::array::from_fn(|at| a[at] * x + b[at] * y + c[at] * z)
    }

    pub(super) fn moved(&self, point: Point) -> Point {
        add(self.turned(point), self.shift)
    }

    /// Whether it turns left into right, and so the order of corners.
    pub(super) fn is_mirror(&self) -> bool {
        dot(self.columns[0], cross(self.columns[1], self.columns[2])) < 0.0
    }
}
