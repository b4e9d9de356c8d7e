//! The type of a scar by its shape.

use serde::Serialize;

use crate::scan::ScarType;

/// How likely a shape is of each type. What is left to 1 is unresolved.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Types {
    /// Share for ice pick.
    pub ice_pick: f64,
    /// Share for boxcar.
    pub boxcar: f64,
    /// Share for rolling.
    pub rolling: f64,
}

/// What of a shape tells its type.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    pub(super) width_mm: f64,
    pub(super) depth_mm: f64,
    /// Width of the wall, between 20 and 80 % of the depth, in radii.
    pub(super) wall: f64,
    /// Mean slope of the wall.
    pub(super) slope: f64,
}

impl Types {
    pub(super) const UNRESOLVED: Self = Self { ice_pick: 0.0, boxcar: 0.0, rolling: 0.0 };

    /// Widths by Jacob 2001 (as retold by Hindawi drp/2010/893080, table 1), aspect, wall and slope are ours, as is how soft each
    /// bound is: about what width, wall and slope are uncertain by.
    pub(super) fn of(shape: &Shape) -> Self {
        let over = |value: f64, bound: f64, soft: f64| 1.0 / (1.0 + libm::exp((bound - value) / soft));
        let Shape { width_mm, depth_mm, wall, slope } = *shape;
        let narrow = 1.0 - over(width_mm, 2.0, 0.15);
        let steep_sided = 1.0 - over(wall, 0.42, 0.03);
        let ice_pick = narrow * over(depth_mm / width_mm, 0.25, 0.03);
        let boxcar = over(width_mm, 1.5, 0.15) * (1.0 - over(width_mm, 5.0, 0.3)) * steep_sided * (1.0 - ice_pick);
        let rolling = over(width_mm, 4.0, 0.3) * (1.0 - steep_sided) * (1.0 - over(slope, 0.3, 0.03));
        let whole = (ice_pick + boxcar + rolling).max(1.0);
        Self { ice_pick: ice_pick / whole, boxcar: boxcar / whole, rolling: rolling / whole }
    }

    /// The type that is likelier than everything else, if one is.
    #[must_use]
    pub fn likeliest(&self) -> Option<ScarType> {
        [(self.ice_pick, ScarType::IcePick), (self.boxcar, ScarType::Boxcar), (self.rolling, ScarType::Rolling)]
            .into_iter()
            .find(|(share, _)| *share > 0.5)
            .map(|(_, scar_type)| scar_type)
    }
}
