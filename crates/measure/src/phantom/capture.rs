//! How an instrument sees skin.

use super::blur::Seen;
use super::chance::Chance;
use super::tessellation::Sheet;
use super::{Frame, Holes, Motion, Pit, Relief, Skin, Tessellation, Warp};
use crate::Error;
use crate::scan::vector::{along, dot};
use crate::scan::{Mesh, Point, ScarType};

/// An instrument and a visit. By default it sees what there is, every half millimetre.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Capture {
    /// Seed of everything that differs from visit to visit.
    pub seed: u64,
    /// Distance of neighbouring points in millimetres.
    pub spacing_mm: f64,
    /// How points and triangles lie.
    pub tessellation: Tessellation,
    /// Full width at half maximum of the Gaussian that blurs pits, in millimetres; 0 for none. The texture is what is left of it.
    pub blur_fwhm_mm: f64,
    /// Standard deviation of the noise of each point on its own, along the normal, in millimetres.
    pub white_noise_mm: f64,
    /// Noise that neighbouring points share, along the normal.
    pub shared_noise: Relief,
    /// What is missing.
    pub holes: Holes,
    /// How the face is held differently.
    pub warp: Warp,
    /// Where it is held.
    pub motion: Motion,
}

impl Default for Capture {
    fn default() -> Self {
        Self {
            seed: 0,
            spacing_mm: 0.5,
            tessellation: Tessellation::Grid,
            blur_fwhm_mm: 0.0,
            white_noise_mm: 0.0,
            shared_noise: Relief::default(),
            holes: Holes::default(),
            warp: Warp::default(),
            motion: Motion::default(),
        }
    }
}

/// A scan and everything that is known of its scars.
#[derive(Clone, Debug, PartialEq)]
pub struct Phantom {
    /// The scan.
    pub mesh: Mesh,
    /// The scars, in the order of the pits of the skin.
    pub scars: Vec<Scar>,
}

/// What is known of a scar: as it is, not as the instrument blurs it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scar {
    /// Middle of its rim in the scan, on the skin as it would be without it, in millimetres.
    pub position: Point,
    /// Out of it, away from the body; of length 1. Depth is measured along it.
    pub axis: Point,
    /// Width of its rim in millimetres.
    pub width_mm: f64,
    /// Depth in millimetres.
    pub depth_mm: f64,
    /// Area inside its rim in square millimetres, across its axis.
    pub area_mm2: f64,
    /// Volume in cubic millimetres.
    pub volume_mm3: f64,
    /// Type, where it stands for one.
    pub scar_type: Option<ScarType>,
    /// The pit that it is.
    pub pit: Pit,
    /// Whether a hole of the scan reaches into it.
    pub is_torn: bool,
}

impl Capture {
    /// What the instrument sees of the skin.
    ///
    /// # Errors
    /// [`Error::PhantomImpossible`] and [`Error::TooLarge`] for sizes that cannot be made.
    pub fn of(&self, skin: &Skin) -> Result<Phantom, Error> {
        let sheet = Sheet::new(self.seed, skin.middle_mm, skin.half_sides_mm, self.spacing_mm, self.tessellation, self.holes)?;
        let base = |place| self.warp.warped(self.seed.wrapping_add(1), skin.base.at(place));
        let seen = |pit: &Pit| (Frame::on(base, pit.place_mm), Seen::of(*pit, self.blur_fwhm_mm));
        let pits: Vec<(Frame, Seen)> = skin.pits.iter().map(seen).collect();
        let mut chance = Chance::of(self.seed, 3);
        let mut vertex = |place: &[f64; 2]| {
            let Frame { origin, outward, .. } = Frame::on(base, *place);
            let textured = along(origin, outward, skin.texture.at(skin.seed, *place));
            let pressed = pits.iter().fold(textured, |point, (frame, pit)| {
                let [right, up, above] = frame.seen(textured);
                let is_near = [right, up, above].iter().all(|part| part.abs() <= pit.end_mm());
                let depth = if is_near { pit.depth_at(right, up) } else { 0.0 };
                along(point, frame.outward, -depth)
            });
            let white = if self.white_noise_mm > 0.0 { self.white_noise_mm * chance.normal() } else { 0.0 };
            let noise = white + self.shared_noise.at(self.seed.wrapping_add(2), *place);
            self.motion.moved(along(pressed, outward, noise))
        };
        let vertices = sheet.places_mm.iter().map(&mut vertex).collect();
        let scars = skin.pits.iter().zip(&pits).map(|(pit, (frame, _))| self.scar(pit, frame, &sheet)).collect();
        Ok(Phantom { mesh: Mesh { vertices, triangles: sheet.triangles, colours: None }, scars })
    }

    fn scar(&self, pit: &Pit, frame: &Frame, sheet: &Sheet) -> Scar {
        let is_torn = sheet.holes_mm.iter().any(|hole| {
            let apart = libm::hypot(hole[0] - pit.place_mm[0], hole[1] - pit.place_mm[1]);
            apart < self.holes.radius_mm + pit.reach_mm()
        });
        Scar {
            position: self.motion.moved(frame.origin),
            axis: self.motion.rotation().map(|row| dot(row, frame.outward)),
            width_mm: pit.width_mm,
            depth_mm: pit.depth_mm,
            area_mm2: pit.area_mm2(0.0),
            volume_mm3: pit.volume_mm3(),
            scar_type: pit.scar_type,
            pit: *pit,
            is_torn,
        }
    }
}
