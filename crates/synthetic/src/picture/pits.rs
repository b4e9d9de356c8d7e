//! Scars as small shaded pits: each stays at its place from picture to picture, and grows fainter as it improves.

use super::head::{AXES, CENTRE, LIGHT, bounds, fast_exp, forward, turn};
use super::{Canvas, Look, WIDTH};
use crate::random::{Random, Stream};
use crate::scars::{Scar, ScarKind};

/// The most scars that are painted.
const PAINTED_MAX: usize = 160;

/// Where scars of a zone lie on the ellipsoid (right, down), and how widely. The patient's left is on the right.
fn place_of(zone: &str) -> ((f32, f32), (f32, f32)) {
    match zone {
        "cheek_left" => ((0.47, 0.31), (0.15, 0.13)),
        "cheek_right" => ((-0.47, 0.31), (0.15, 0.13)),
        "malar_left" => ((0.50, 0.07), (0.13, 0.05)),
        "malar_right" => ((-0.50, 0.07), (0.13, 0.05)),
        "temple_left" => ((0.74, -0.22), (0.05, 0.08)),
        "temple_right" => ((-0.74, -0.22), (0.05, 0.08)),
        "forehead" => ((0.0, -0.42), (0.26, 0.05)),
        "chin" => ((0.0, 0.75), (0.11, 0.05)),
        "nose" => ((0.0, 0.13), (0.04, 0.07)),
        _ => ((0.42, 0.62), (0.10, 0.05)),
    }
}

/// Presses every scar into the skin.
pub(super) fn press(canvas: &mut Canvas, turned: (f32, f32), scars: &[Scar], look: &Look, seed: u64, number: u32) {
    let mut random = Random::new(seed, number, Stream::Pictures);
    let left = (1.0 - look.improvement) as f32;
    // dark skin shows less of a shadow, and more of a highlight
    let contrast = if look.fitzpatrick >= 5 { 0.85 } else { 1.0 };
    for scar in scars.iter().take(PAINTED_MAX) {
        let (middle, spread) = place_of(scar.zone);
        let side = if scar.zone == "jaw" && random.chance(0.5) { -1.0 } else { 1.0 };
        let x = side * (middle.0 + spread.0 * random.normal().clamp(-2.0, 2.0) as f32);
        let y = middle.1 + spread.1 * random.normal().clamp(-2.0, 2.0) as f32;
        let (size, depth) = (random.between(0.75, 1.3) as f32, random.between(0.7, 1.2) as f32);
        let (x, y, z) = turn((x, y, forward(x, y)), turned);
        if z > 0.22 && x * x + y * y < 0.93 {
            let centre = (CENTRE.0 + AXES.0 * x, CENTRE.1 + AXES.1 * y);
            let pit = Pit { centre, narrow: z.clamp(0.4, 1.0), size, depth: depth * left * contrast };
            pit.press(canvas, scar.kind);
        }
    }
}

struct Pit {
    centre: (f32, f32),
    /// How much it is foreshortened across.
    narrow: f32,
    size: f32,
    depth: f32,
}

impl Pit {
    fn press(&self, canvas: &mut Canvas, kind: ScarKind) {
        let radius = self.size
            * match kind {
                ScarKind::IcePick => 1.7,
                ScarKind::BoxcarShallow => 3.6,
                ScarKind::BoxcarDeep => 3.3,
                ScarKind::Rolling => 7.6,
            };
        let reach = 2.4 * radius;
        let Some((left, top, right, bottom)) = bounds(core::iter::once(self.centre), reach) else { return };
        for row in top..bottom {
            for column in left..right {
                let across = (column as f32 - self.centre.0) / (radius * self.narrow);
                let along = (row as f32 - self.centre.1) / radius;
                let change = self.depth * shade(kind, across, along);
                if change != 0.0 {
                    let pixel = &mut canvas.pixels[row * WIDTH + column];
                    let [red, green, blue] = *pixel;
                    // a pit is a little warmer than it is dark
                    *pixel = [red * (1.0 + 0.92 * change), green * (1.0 + change), blue * (1.0 + change)];
                }
            }
        }
    }
}

/// Change of brightness at a place of a pit, in its own radii: the wall near the light lies in shadow, the far wall is lit.
fn shade(kind: ScarKind, across: f32, along: f32) -> f32 {
    let squared = across * across + along * along;
    if squared > 5.5 {
        return 0.0;
    }
    let away = -(across * LIGHT.0 + along * LIGHT.1);
    match kind {
        ScarKind::IcePick => -0.50 * fast_exp(-1.1 * squared) + 0.10 * away * fast_exp(-0.7 * squared),
        ScarKind::BoxcarShallow | ScarKind::BoxcarDeep => {
            let deep = if kind == ScarKind::BoxcarDeep { 1.5 } else { 1.0 };
            let distance = squared.sqrt();
            let wall = fast_exp(-9.0 * (distance - 0.9) * (distance - 0.9));
            let floor = ((1.15 - distance) * 3.0).clamp(0.0, 1.0);
            let slope = wall * away / distance.max(0.3);
            // the wall in shadow is darker than the other one is bright
            deep * (if slope < 0.0 { 0.30 * slope } else { 0.15 * slope } - 0.085 * floor)
        }
        ScarKind::Rolling => 0.34 * away * fast_exp(-squared) - 0.045 * fast_exp(-squared),
    }
}
