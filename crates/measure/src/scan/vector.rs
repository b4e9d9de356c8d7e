//! Sums and products of points and directions.

use super::Point;

pub(crate) fn add(a: Point, b: Point) -> Point {
    [a[0] + b[0], a[1] + b[1], a[2] + b[2]]
}

pub(crate) fn sub(a: Point, b: Point) -> Point {
    [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
}

pub(crate) fn scale(a: Point, by: f64) -> Point {
    [a[0] * by, a[1] * by, a[2] * by]
}

/// `a` and `by` times `b`.
pub(crate) fn along(a: Point, b: Point, by: f64) -> Point {
    [a[0] + b[0] * by, a[1] + b[1] * by, a[2] + b[2] * by]
}

pub(crate) fn dot(a: Point, b: Point) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

pub(crate) fn cross(a: Point, b: Point) -> Point {
    [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}

pub(crate) fn norm(a: Point) -> f64 {
    dot(a, a).sqrt()
}

pub(crate) fn distance(a: Point, b: Point) -> f64 {
    norm(sub(a, b))
}

/// The direction of a vector; nothing for one without a length.
pub(crate) fn unit(a: Point) -> Option<Point> {
    let length = norm(a);
    (length > 0.0 && length.is_finite()).then(|| scale(a, 1.0 / length))
}

/// Two directions that stand square on a direction and on each other.
pub(crate) fn tangents(normal: Point) -> (Point, Point) {
    let helper = if normal[0].abs() < 0.6 { [1.0, 0.0, 0.0] } else { [0.0, 1.0, 0.0] };
    let first = cross(helper, normal);
    let first = scale(first, 1.0 / norm(first));
    (first, cross(normal, first))
}

/// The middle of points; the origin for none.
pub(crate) fn mean(points: impl Iterator<Item = Point>) -> Point {
    let (sum, count) = points.fold(([0.0; 3], 0.0), |(sum, count), point| (add(sum, point), count + 1.0));
    scale(sum, 1.0 / f64::max(count, 1.0))
}
