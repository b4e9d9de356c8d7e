//! Pits whose volume, area and depth are known in closed form.

use std::f64::consts::PI;

use crate::scan::ScarType;

/// How a pit runs from its rim to its floor. The width of a pit is the diameter of its rim.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Shape {
    /// Cut by a ball.
    Cap,
    /// Straight to a point.
    Cone,
    /// A round flat floor; the wall falls straight over its width.
    Cylinder {
        /// Width of the wall in millimetres, at most half the width of the pit.
        wall_mm: f64,
    },
    /// A rectangular flat floor; the wall falls straight over its width.
    Box {
        /// Length of the rim in millimetres, along u before it is turned.
        length_mm: f64,
        /// Width of the wall in millimetres, at most half the width of the pit.
        wall_mm: f64,
    },
    /// A parabola across, drawn out along a line, its ends round.
    Trough {
        /// Length of the rim in millimetres, from end to end, along u before it is turned.
        length_mm: f64,
    },
    /// A parabola about its axis.
    Paraboloid,
    /// (1 - r^2)^2 about its axis: smooth at the rim and at the floor.
    Bowl,
    /// A Gaussian about its axis, that runs on beyond its rim. The rim lies at three standard deviations.
    Gaussian,
}

/// A pit in a surface. It is pressed in along the normal of the surface at its middle, so that its volume is the same on every base.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pit {
    /// Its middle on the sheet, in millimetres.
    pub place_mm: [f64; 2],
    /// How far it is turned about its axis, in degrees; matters to boxes and troughs alone.
    pub turn_deg: f64,
    /// Its shape.
    pub shape: Shape,
    /// Diameter of its rim (shorter side of boxes and troughs) in millimetres.
    pub width_mm: f64,
    /// Depth of its floor in millimetres; a hill where it is negative.
    pub depth_mm: f64,
    /// The scar that it stands for, if any.
    pub scar_type: Option<ScarType>,
}

impl Pit {
    /// A pit that stands for no type of scar.
    #[must_use]
    pub fn new(place_mm: [f64; 2], shape: Shape, width_mm: f64, depth_mm: f64) -> Self {
        Self { place_mm, turn_deg: 0.0, shape, width_mm, depth_mm, scar_type: None }
    }

    /// An ice-pick scar: a cone.
    #[must_use]
    pub fn ice_pick(place_mm: [f64; 2], width_mm: f64, depth_mm: f64) -> Self {
        Self { scar_type: Some(ScarType::IcePick), ..Self::new(place_mm, Shape::Cone, width_mm, depth_mm) }
    }

    /// A boxcar scar: a cylinder whose wall takes 15 % of its width.
    #[must_use]
    pub fn boxcar(place_mm: [f64; 2], width_mm: f64, depth_mm: f64) -> Self {
        let shape = Shape::Cylinder { wall_mm: 0.15 * width_mm };
        Self { scar_type: Some(ScarType::Boxcar), ..Self::new(place_mm, shape, width_mm, depth_mm) }
    }

    /// A rolling scar: a bowl.
    #[must_use]
    pub fn rolling(place_mm: [f64; 2], width_mm: f64, depth_mm: f64) -> Self {
        Self { scar_type: Some(ScarType::Rolling), ..Self::new(place_mm, Shape::Bowl, width_mm, depth_mm) }
    }

    fn radius_mm(&self) -> f64 {
        self.width_mm / 2.0
    }

    /// How far its rim is from its middle at most, in millimetres.
    #[must_use]
    pub fn reach_mm(&self) -> f64 {
        match self.shape {
            Shape::Box { length_mm, .. } => libm::hypot(length_mm, self.width_mm) / 2.0,
            Shape::Trough { length_mm } => length_mm.max(self.width_mm) / 2.0,
            _ => self.radius_mm(),
        }
    }

    /// How far anything of it is from its middle at most, in millimetres: beyond this its depth is under a millionth.
    pub(super) fn end_mm(&self) -> f64 {
        match self.shape {
            Shape::Gaussian => self.radius_mm() / 3.0 * (2.0 * libm::log(1e6)).sqrt(),
            _ => self.reach_mm(),
        }
    }

    /// The size of the finest thing in it, in millimetres.
    pub(super) fn radius_of_detail_mm(&self) -> f64 {
        match self.shape {
            Shape::Gaussian => self.radius_mm() / 3.0,
            _ => self.radius_mm(),
        }
    }

    /// Its depth in millimetres at a place in millimetres from its middle, along and across.
    #[must_use]
    pub fn depth_at(&self, along_mm: f64, across_mm: f64) -> f64 {
        let (sin, cos) = libm::sincos(self.turn_deg.to_radians());
        let (along, across) = (along_mm * cos + across_mm * sin, across_mm * cos - along_mm * sin);
        let radius = self.radius_mm();
        let from_middle = libm::hypot(along, across);
        let ratio = from_middle / radius;
        let ramp = |inside_mm: f64, wall_mm: f64| {
            if wall_mm > 0.0 { (inside_mm / wall_mm).clamp(0.0, 1.0) } else { f64::from(u8::from(inside_mm >= 0.0)) }
        };
        let parabola = |ratio: f64| (1.0 - ratio * ratio).max(0.0);
        self.depth_mm
            * match self.shape {
                Shape::Cap => {
                    let depth = self.depth_mm.abs();
                    let ball = (radius * radius + depth * depth) / (2.0 * depth);
                    if ratio < 1.0 { ((ball * ball - from_middle * from_middle).sqrt() - (ball - depth)) / depth } else { 0.0 }
                }
                Shape::Cone => (1.0 - ratio).max(0.0),
                Shape::Cylinder { wall_mm } => ramp(radius - from_middle, wall_mm),
                Shape::Box { length_mm, wall_mm } => ramp((length_mm / 2.0 - along.abs()).min(radius - across.abs()), wall_mm),
                Shape::Trough { length_mm } => {
                    let beyond = (along.abs() - (length_mm / 2.0 - radius).max(0.0)).max(0.0);
                    parabola(libm::hypot(beyond, across) / radius)
                }
                Shape::Paraboloid => parabola(ratio),
                Shape::Bowl => parabola(ratio) * parabola(ratio),
                Shape::Gaussian => libm::exp(-4.5 * ratio * ratio),
            }
    }

    /// Its volume in cubic millimetres; negative for a hill.
    #[must_use]
    pub fn volume_mm3(&self) -> f64 {
        let (radius, depth, width) = (self.radius_mm(), self.depth_mm, self.width_mm);
        let disc = PI * radius * radius;
        match self.shape {
            Shape::Cap => PI * depth * (3.0 * radius * radius + depth * depth) / 6.0,
            Shape::Cone => disc * depth / 3.0,
            Shape::Cylinder { wall_mm } => {
                let floor = radius - wall_mm;
                PI * depth * (radius * radius + radius * floor + floor * floor) / 3.0
            }
            Shape::Box { length_mm, wall_mm } => {
                depth * (length_mm * width - wall_mm * (length_mm + width) + 4.0 / 3.0 * wall_mm * wall_mm)
            }
            Shape::Trough { length_mm } => depth * (disc / 2.0 + (length_mm - width).max(0.0) * width * 2.0 / 3.0),
            Shape::Paraboloid => disc * depth / 2.0,
            Shape::Bowl => disc * depth / 3.0,
            Shape::Gaussian => 2.0 * disc / 9.0 * depth,
        }
    }

    /// Its area in square millimetres where it is deeper than a share of its depth; 0 gives that inside the rim.
    #[must_use]
    pub fn area_mm2(&self, share: f64) -> f64 {
        let (radius, depth, width) = (self.radius_mm(), self.depth_mm.abs(), self.width_mm);
        let round = |radius_squared: f64| PI * radius_squared;
        match self.shape {
            Shape::Cap => {
                let ball = (radius * radius + depth * depth) / (2.0 * depth);
                let up = ball - depth + share * depth;
                round(ball * ball - up * up)
            }
            Shape::Cone => round(radius * radius * (1.0 - share) * (1.0 - share)),
            Shape::Cylinder { wall_mm } => round((radius - share * wall_mm) * (radius - share * wall_mm)),
            Shape::Box { length_mm, wall_mm } => (length_mm - 2.0 * share * wall_mm) * (width - 2.0 * share * wall_mm),
            Shape::Trough { length_mm } => {
                let half = radius * (1.0 - share).sqrt();
                round(half * half) + 2.0 * half * (length_mm - width).max(0.0)
            }
            Shape::Paraboloid => round(radius * radius * (1.0 - share)),
            Shape::Bowl => round(radius * radius * (1.0 - share.sqrt())),
            Shape::Gaussian if share > 0.0 => round((radius * radius).min(-2.0 / 9.0 * radius * radius * libm::log(share))),
            Shape::Gaussian => round(radius * radius),
        }
    }
}
