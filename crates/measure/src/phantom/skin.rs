//! What there is, before any instrument sees it.

use super::chance::Chance;
use super::{Base, Pit, Relief};
use crate::Error;
use crate::scan::ScarType;
use crate::scan::vector::distance;

/// A piece of skin.
#[derive(Clone, Debug, PartialEq)]
pub struct Skin {
    /// What it is stretched over.
    pub base: Base,
    /// Middle of the sheet, in millimetres along u and v from the middle of the base.
    pub middle_mm: [f64; 2],
    /// Half the sides of the sheet along u and v, in millimetres.
    pub half_sides_mm: [f64; 2],
    /// Texture; the same at every visit.
    pub texture: Relief,
    /// Seed of the texture.
    pub seed: u64,
    /// Pits in it; none reaches into another.
    pub pits: Vec<Pit>,
}

/// How many scars of each type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Ice-pick scars.
    pub ice_picks: usize,
    /// Boxcar scars.
    pub boxcars: usize,
    /// Rolling scars.
    pub rolling: usize,
}

/// Free skin between two scars, and between a scar and the border, in millimetres: a ring for the reference of each.
const GAP_MM: f64 = 4.0;
/// Scars are put where a face is no more curved than a ball of this radius: not on the nose, the lips or the rims of the eyes.
const CURVED_AT_MOST_RADIUS_MM: f64 = 25.0;
/// Places that are tried for each scar before there is no room.
const TRIES: usize = 2000;

impl Skin {
    /// Skin without texture and without scars.
    #[must_use]
    pub fn smooth(base: Base, half_sides_mm: [f64; 2]) -> Self {
        Self { base, middle_mm: [0.0; 2], half_sides_mm, texture: Relief::default(), seed: 0, pits: Vec::new() }
    }

    /// Skin with scars of each type, in places and sizes by the seed: widths after Jacob 2001, depths as anchors of atrophic scars have
    /// them (ice-pick 0.4 to 0.9, boxcar 0.2 to 0.8, rolling 0.15 to 0.4 mm; ours).
    ///
    /// # Errors
    /// [`Error::PhantomImpossible`] where there is no room for as many.
    pub fn scarred(seed: u64, base: Base, half_sides_mm: [f64; 2], count: &Count) -> Result<Self, Error> {
        let mut skin = Self { seed, ..Self::smooth(base, half_sides_mm) };
        let mut chance = Chance::of(seed, 1);
        // Largest first: there is room for a small one longer.
        let types = [(ScarType::Rolling, count.rolling), (ScarType::Boxcar, count.boxcars), (ScarType::IcePick, count.ice_picks)];
        for (scar_type, wanted) in types {
            for _ in 0..wanted {
                let scar = skin.free_scar(&mut chance, scar_type)?;
                skin.pits.push(scar);
            }
        }
        Ok(skin)
    }

    /// The same skin, each pit as deep as is said.
    #[must_use]
    pub fn treated(&self, depth_mm: impl Fn(&Pit) -> f64) -> Self {
        let pits = self.pits.iter().map(|pit| Pit { depth_mm: depth_mm(pit), ..*pit }).collect();
        Self { pits, ..self.clone() }
    }

    fn free_scar(&self, chance: &mut Chance, scar_type: ScarType) -> Result<Pit, Error> {
        for _ in 0..TRIES {
            let scar = match scar_type {
                ScarType::IcePick => Pit::ice_pick([0.0; 2], chance.between(1.2, 1.9), chance.between(0.5, 0.9)),
                ScarType::Boxcar => Pit::boxcar([0.0; 2], chance.between(2.0, 4.0), chance.between(0.2, 0.8)),
                ScarType::Rolling => Pit::rolling([0.0; 2], chance.between(5.0, 8.0), chance.between(0.15, 0.4)),
            };
            let reach = scar.reach_mm() + GAP_MM;
            let place = self.half_sides_mm.map(|half| chance.between(reach - half, half - reach));
            if self.half_sides_mm.iter().all(|half| *half > reach) && self.is_free(place, reach) {
                return Ok(Pit { place_mm: place, ..scar });
            }
        }
        Err(Error::PhantomImpossible { reason: "there is no room for as many scars" })
    }

    fn is_free(&self, place: [f64; 2], reach_mm: f64) -> bool {
        let here = self.base.at(place);
        let far = |pit: &Pit| distance(here, self.base.at(pit.place_mm)) >= pit.reach_mm() + reach_mm;
        self.pits.iter().all(far) && self.base.is_flatter(place, reach_mm, CURVED_AT_MOST_RADIUS_MM)
    }
}
