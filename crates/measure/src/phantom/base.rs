//! What pits are pressed into: smooth surfaces over a sheet with the coordinates u and v in millimetres.

use crate::scan::Point;
use crate::scan::vector::{along, cross, dot, sub, unit};

/// A smooth surface. Its outside faces up (z) at the middle of the sheet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Base {
    /// Flat.
    Plane,
    /// Curved along u alone; distances along it are those of the sheet.
    Cylinder {
        /// Radius in millimetres.
        radius_mm: f64,
    },
    /// Curved alike everywhere; distances from the middle are those of the sheet.
    Sphere {
        /// Radius in millimetres.
        radius_mm: f64,
    },
    /// Curved like a face some 150 mm wide and 180 mm high: forehead and cheeks, nose, sockets of the eyes, mouth and chin. Ours; no
    /// statistic of faces is behind it.
    Face,
}

/// Radius in millimetres of the head under a face, and how much longer than wide it is.
const HEAD_RADIUS_MM: f64 = 85.0;
const HEAD_STRETCH: f64 = 1.25;

/// A rise (or dent) of a face: where, how far it reaches, how high, all in millimetres.
struct Rise {
    at: [f64; 2],
    reach: [f64; 2],
    height: f64,
}

const FACE: [Rise; 6] = [
    Rise { at: [0.0, 4.0], reach: [8.0, 15.0], height: 12.0 },
    Rise { at: [0.0, -8.0], reach: [10.0, 8.0], height: 9.0 },
    Rise { at: [-32.0, 28.0], reach: [14.0, 9.0], height: -6.0 },
    Rise { at: [32.0, 28.0], reach: [14.0, 9.0], height: -6.0 },
    Rise { at: [0.0, -38.0], reach: [20.0, 8.0], height: 4.0 },
    Rise { at: [0.0, -72.0], reach: [18.0, 12.0], height: 6.0 },
];

/// Directions at a place of a surface, all of length 1 and square to one another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// The place, in millimetres.
    pub origin: Point,
    /// Along u.
    pub along: Point,
    /// Along v.
    pub across: Point,
    /// Away from the body.
    pub outward: Point,
}

impl Frame {
    /// The directions at a place of any smooth surface over the sheet.
    pub(super) fn on(surface: impl Fn([f64; 2]) -> Point, [u, v]: [f64; 2]) -> Self {
        const STEP_MM: f64 = 1e-3;
        let right = sub(surface([u + STEP_MM, v]), surface([u - STEP_MM, v]));
        let right = unit(right).unwrap_or([1.0, 0.0, 0.0]);
        let up = sub(surface([u, v + STEP_MM]), surface([u, v - STEP_MM]));
        let up = unit(along(up, right, -dot(up, right))).unwrap_or([0.0, 1.0, 0.0]);
        Self { origin: surface([u, v]), along: right, across: up, outward: cross(right, up) }
    }

    /// A point in the directions of this frame, in millimetres.
    #[must_use]
    pub fn seen(&self, point: Point) -> Point {
        let from = sub(point, self.origin);
        [dot(from, self.along), dot(from, self.across), dot(from, self.outward)]
    }
}

impl Base {
    /// The point over a place of the sheet, in millimetres.
    #[must_use]
    pub fn at(&self, [u, v]: [f64; 2]) -> Point {
        match *self {
            Self::Plane => [u, v, 0.0],
            Self::Cylinder { radius_mm } => {
                [radius_mm * libm::sin(u / radius_mm), v, radius_mm * (libm::cos(u / radius_mm) - 1.0)]
            }
            Self::Sphere { radius_mm } => on_sphere(u, v, radius_mm),
            Self::Face => {
                let [x, y, z] = on_sphere(u, v / HEAD_STRETCH, HEAD_RADIUS_MM);
                let y = y * HEAD_STRETCH;
                let rises = FACE.iter().map(|rise| {
                    let (right, up) = ((x - rise.at[0]) / rise.reach[0], (y - rise.at[1]) / rise.reach[1]);
                    rise.height * libm::exp(-0.5 * (right * right + up * up))
                });
                [x, y, z + rises.sum::<f64>()]
            }
        }
    }

    /// The directions at a place of the sheet.
    #[must_use]
    pub fn frame(&self, place: [f64; 2]) -> Frame {
        Frame::on(|place| self.at(place), place)
    }

    /// Whether it is no more curved around a place than a ball of `radius_mm`, as far as `reach_mm`.
    pub(super) fn is_flatter(&self, place: [f64; 2], reach_mm: f64, radius_mm: f64) -> bool {
        let frame = self.frame(place);
        (0..16).all(|step| {
            let angle = std::f64::consts::TAU * f64::from(step) / 16.0;
            [0.5, 1.0].into_iter().all(|share| {
                let reach = share * reach_mm;
                let there = [place[0] + reach * libm::cos(angle), place[1] + reach * libm::sin(angle)];
                frame.seen(self.at(there))[2].abs() <= reach * reach / (2.0 * radius_mm)
            })
        })
    }
}

fn on_sphere(u: f64, v: f64, radius: f64) -> Point {
    let from_middle = libm::hypot(u, v);
    let angle = from_middle / radius;
    let out = if from_middle > 0.0 { radius * libm::sin(angle) / from_middle } else { 1.0 };
    [u * out, v * out, radius * (libm::cos(angle) - 1.0)]
}
