//! Which of Jacob's classes a measured scar belongs to, and how the overlaps between them are decided.

use resurface_knowledge::scales::Jacob;
use serde::Serialize;

use crate::consultation::{MeasuredScar, Wall, ZoneScars};

/// Class of an atrophic scar (Jacob 2001), the boxcars split by depth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ScarType {
    /// Narrow, deep, tapering.
    IcePick,
    /// Vertical wall, flat base, shallow.
    BoxcarShallow,
    /// Vertical wall, flat base, deep.
    BoxcarDeep,
    /// Wide, undulating, tethered.
    Rolling,
}

/// An edge of the published classes that the scar lies on, so that another reader could class it otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SoftEdge {
    /// 1.5 to 2 mm wide: ice pick and boxcar overlap; wall and depth decided, not width.
    IcePickOrBoxcarWidth,
    /// Exactly at the depth that both boxcar classes name; counted as deep.
    ShallowOrDeep,
    /// 4 to 5 mm wide: where rolling begins is not sharp.
    RollingWidth,
    /// No published class fits width, depth and wall together; the nearest was taken.
    OutsideDefinitions,
    /// Shallower than any boxcar: close to a macular mark.
    NearlyFlat,
}

/// The class of one measured scar.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Morphology {
    /// What was measured.
    pub measured: MeasuredScar,
    /// The class.
    pub class: ScarType,
    /// The class it would have on the other side of a soft edge.
    pub might_be: Option<ScarType>,
    /// The soft edges it lies on; empty when the class is plain.
    pub soft: Vec<SoftEdge>,
}

/// Classes one measured scar.
///
/// Where the published widths overlap or leave a gap, the wall and the depth decide, never the width alone.
#[must_use]
pub fn classify(scar: MeasuredScar, edges: &Jacob) -> Morphology {
    let boxcar = if scar.depth_mm >= edges.boxcar_deep_from_mm.value { ScarType::BoxcarDeep } else { ScarType::BoxcarShallow };
    let deep = boxcar == ScarType::BoxcarDeep;
    let narrow = scar.width_mm < edges.ice_pick_width_below_mm.value;
    let overlapping = narrow && scar.width_mm >= edges.boxcar_width_from_mm.value;
    let (class, might_be, width_edge) = match scar.wall {
        Wall::Tapering if narrow && deep => {
            (ScarType::IcePick, overlapping.then_some(boxcar), overlapping.then_some(SoftEdge::IcePickOrBoxcarWidth))
        }
        Wall::Tapering => (ScarType::IcePick, Some(boxcar), Some(SoftEdge::OutsideDefinitions)),
        Wall::Vertical if overlapping => (boxcar, Some(ScarType::IcePick), Some(SoftEdge::IcePickOrBoxcarWidth)),
        Wall::Vertical if narrow && deep => (ScarType::IcePick, Some(boxcar), Some(SoftEdge::OutsideDefinitions)),
        Wall::Vertical if narrow => (boxcar, Some(ScarType::IcePick), Some(SoftEdge::OutsideDefinitions)),
        Wall::Vertical if scar.width_mm <= edges.boxcar_width_to_mm.value => (boxcar, None, None),
        Wall::Vertical if scar.width_mm <= edges.rolling_width_firm_mm.value => {
            (boxcar, Some(ScarType::Rolling), Some(SoftEdge::RollingWidth))
        }
        Wall::Vertical => (boxcar, Some(ScarType::Rolling), Some(SoftEdge::OutsideDefinitions)),
        Wall::Sloping if scar.width_mm > edges.rolling_width_firm_mm.value => (ScarType::Rolling, None, None),
        Wall::Sloping if scar.width_mm > edges.rolling_width_above_mm.value => {
            (ScarType::Rolling, Some(boxcar), Some(SoftEdge::RollingWidth))
        }
        Wall::Sloping if narrow && deep => (ScarType::IcePick, Some(boxcar), Some(SoftEdge::OutsideDefinitions)),
        Wall::Sloping => (boxcar, Some(ScarType::Rolling), Some(SoftEdge::OutsideDefinitions)),
    };
    let mut soft: Vec<SoftEdge> = width_edge.into_iter().collect();
    let mut might_be = might_be;
    if matches!(class, ScarType::BoxcarDeep) && scar.depth_mm <= edges.boxcar_deep_from_mm.value {
        soft.push(SoftEdge::ShallowOrDeep);
        might_be = might_be.or(Some(ScarType::BoxcarShallow));
    }
    if scar.depth_mm < edges.boxcar_depth_from_mm.value {
        soft.push(SoftEdge::NearlyFlat);
    }
    Morphology { measured: scar, class, might_be, soft }
}

/// Atrophic scars by class, counted on the face and added from scars measured one by one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct AtrophicCounts {
    /// Ice picks.
    pub ice_pick: u32,
    /// Shallow boxcars.
    pub boxcar_shallow: u32,
    /// Deep boxcars.
    pub boxcar_deep: u32,
    /// Rolling scars.
    pub rolling: u32,
}

impl AtrophicCounts {
    /// The counts of one zone, its measured scars added.
    #[must_use]
    pub fn of_zone(zone: &ZoneScars, edges: &Jacob) -> Self {
        let mut counts = Self {
            ice_pick: zone.ice_pick.into(),
            boxcar_shallow: zone.boxcar_shallow.into(),
            boxcar_deep: zone.boxcar_deep.into(),
            rolling: zone.rolling.into(),
        };
        for scar in &zone.measured {
            match classify(*scar, edges).class {
                ScarType::IcePick => counts.ice_pick += 1,
                ScarType::BoxcarShallow => counts.boxcar_shallow += 1,
                ScarType::BoxcarDeep => counts.boxcar_deep += 1,
                ScarType::Rolling => counts.rolling += 1,
            }
        }
        counts
    }

    /// All atrophic scars.
    #[must_use]
    pub fn total(&self) -> u32 {
        self.ice_pick + self.boxcar_shallow + self.boxcar_deep + self.rolling
    }

    /// Both counts together.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        Self {
            ice_pick: self.ice_pick + other.ice_pick,
            boxcar_shallow: self.boxcar_shallow + other.boxcar_shallow,
            boxcar_deep: self.boxcar_deep + other.boxcar_deep,
            rolling: self.rolling + other.rolling,
        }
    }

    /// Shares of the types by count; nothing when there is no atrophic scar.
    #[must_use]
    pub fn shares(&self) -> Option<TypeShares> {
        let total = f64::from(self.total());
        (total > 0.0).then(|| TypeShares {
            ice_pick: f64::from(self.ice_pick) / total,
            boxcar_shallow: f64::from(self.boxcar_shallow) / total,
            boxcar_deep: f64::from(self.boxcar_deep) / total,
            rolling: f64::from(self.rolling) / total,
        })
    }
}

/// Shares of the atrophic scar types by count; they add up to one.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct TypeShares {
    /// Ice picks.
    pub ice_pick: f64,
    /// Shallow boxcars.
    pub boxcar_shallow: f64,
    /// Deep boxcars.
    pub boxcar_deep: f64,
    /// Rolling scars.
    pub rolling: f64,
}

impl TypeShares {
    /// Boxcars, shallow and deep together.
    #[must_use]
    pub fn boxcar(&self) -> f64 {
        self.boxcar_shallow + self.boxcar_deep
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::knowledge;
    fn class(width_mm: f64, depth_mm: f64, wall: Wall) -> (ScarType, Option<ScarType>, Vec<SoftEdge>) {
        let scar = classify(MeasuredScar { width_mm, depth_mm, wall }, &knowledge().scales.jacob);
        (scar.class, scar.might_be, scar.soft)
    }

    #[test]
    fn plain_scars_have_plain_classes() {
        assert_eq!(class(1.0, 2.0, Wall::Tapering), (ScarType::IcePick, None, vec![]));
        assert_eq!(class(3.0, 0.3, Wall::Vertical), (ScarType::BoxcarShallow, None, vec![]));
        assert_eq!(class(3.0, 0.8, Wall::Vertical), (ScarType::BoxcarDeep, None, vec![]));
        assert_eq!(class(6.0, 0.6, Wall::Sloping), (ScarType::Rolling, None, vec![]));
    }

    #[test]
    fn between_one_and_a_half_and_two_millimetres_the_wall_decides() {
        let overlap = vec![SoftEdge::IcePickOrBoxcarWidth];
        assert_eq!(class(1.5, 1.0, Wall::Tapering), (ScarType::IcePick, Some(ScarType::BoxcarDeep), overlap.clone()));
        assert_eq!(class(1.99, 1.0, Wall::Tapering).0, ScarType::IcePick);
        assert_eq!(class(1.5, 1.0, Wall::Vertical), (ScarType::BoxcarDeep, Some(ScarType::IcePick), overlap.clone()));
        assert_eq!(class(1.99, 0.2, Wall::Vertical), (ScarType::BoxcarShallow, Some(ScarType::IcePick), overlap));
        assert_eq!(class(2.0, 0.2, Wall::Vertical), (ScarType::BoxcarShallow, None, vec![]));
    }

    #[test]
    fn narrower_than_any_boxcar_the_depth_decides() {
        assert_eq!(class(1.49, 0.5, Wall::Vertical).0, ScarType::IcePick);
        let (shallow, might_be, soft) = class(1.49, 0.49, Wall::Vertical);
        assert_eq!((shallow, might_be), (ScarType::BoxcarShallow, Some(ScarType::IcePick)));
        assert_eq!(soft, [SoftEdge::OutsideDefinitions]);
        assert_eq!(class(1.49, 0.6, Wall::Sloping).0, ScarType::IcePick);
    }

    #[test]
    fn exactly_half_a_millimetre_is_deep_and_said_to_be_on_the_edge() {
        assert_eq!(class(3.0, 0.49, Wall::Vertical), (ScarType::BoxcarShallow, None, vec![]));
        let edge = vec![SoftEdge::ShallowOrDeep];
        assert_eq!(class(3.0, 0.5, Wall::Vertical), (ScarType::BoxcarDeep, Some(ScarType::BoxcarShallow), edge));
        assert_eq!(class(3.0, 0.51, Wall::Vertical), (ScarType::BoxcarDeep, None, vec![]));
    }

    #[test]
    fn rolling_begins_softly_between_four_and_five_millimetres() {
        assert_eq!(class(4.0, 0.4, Wall::Sloping).2, [SoftEdge::OutsideDefinitions]);
        let soft = vec![SoftEdge::RollingWidth];
        assert_eq!(class(4.01, 0.4, Wall::Sloping), (ScarType::Rolling, Some(ScarType::BoxcarShallow), soft.clone()));
        assert_eq!(class(5.0, 0.4, Wall::Sloping), (ScarType::Rolling, Some(ScarType::BoxcarShallow), soft.clone()));
        assert_eq!(class(5.01, 0.4, Wall::Sloping), (ScarType::Rolling, None, vec![]));
        assert_eq!(class(4.0, 0.6, Wall::Vertical), (ScarType::BoxcarDeep, None, vec![]));
        assert_eq!(class(4.5, 0.6, Wall::Vertical), (ScarType::BoxcarDeep, Some(ScarType::Rolling), soft));
        assert_eq!(class(5.5, 0.6, Wall::Vertical).2, [SoftEdge::OutsideDefinitions]);
    }

    #[test]
    fn a_scar_no_class_describes_is_placed_and_said_so() {
        assert_eq!(
            class(3.0, 1.0, Wall::Tapering),
            (ScarType::IcePick, Some(ScarType::BoxcarDeep), vec![SoftEdge::OutsideDefinitions])
        );
        assert_eq!(class(3.0, 0.05, Wall::Vertical).2, [SoftEdge::NearlyFlat]);
        assert_eq!(class(3.0, 0.1, Wall::Vertical).2, []);
    }
}
