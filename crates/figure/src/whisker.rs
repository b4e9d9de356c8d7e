//! A line between two values.

use crate::drawing::{Drawing, Stroke};
use crate::ink::INK;
use crate::scale::Scale;

/// A line with an end mark at each end, or an arrow where it leaves the axis.
pub(crate) fn whisker(drawing: &mut Drawing, interval: (f64, f64), scale: Scale, y: f64, stroke: Stroke) {
    let (low, high) = (scale.at(interval.0), scale.at(interval.1));
    drawing.line((low, y), (high, y), stroke);
    for (value, x, back) in [(interval.0, low, 7.0), (interval.1, high, -7.0)] {
        if scale.holds(value) {
            drawing.line((x, y - 4.5), (x, y + 4.5), Stroke::solid(INK, 1.5));
        } else {
            drawing.polygon(&[(x, y), (x + back, y - 4.5), (x + back, y + 4.5)], INK, None);
        }
    }
}
