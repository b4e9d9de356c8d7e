//! Visible scars: dark spots on the skin around them.

use crate::photo::plane::{Plane, quantile};
use crate::photo::quality::within;
use crate::photo::skin::pieces;

/// Spots of one picture.
pub(super) struct Scars {
    /// Cells of spots.
    pub(super) mask: Vec<bool>,
    /// Spots.
    pub(super) count: usize,
    /// Cells in them.
    pub(super) cells: usize,
}

/// Contrast that a spot has to have in its middle and at its rim, in robust standard deviations of the skin around and at least
/// so many L* (design 1.8 has 4 and 1.5 for depth; ours for light).
const MIDDLE: [f32; 2] = [3.5, 2.0];
const RIM: [f32; 2] = [1.75, 1.0];
/// Diameters in millimetres (Jacob 2001: ice picks under 2, boxcars to 4, rolling over 4 to 5; the ends are ours).
const DIAMETER_MM: [f64; 2] = [0.8, 8.0];
/// How much longer than wide a spot may be: hair and creases are longer (ours).
const LONG: f64 = 3.0;

/// Finds spots within the skin. `cell_mm`: side of a cell in millimetres.
pub(super) fn scars(lightness: &Plane, skin: &[bool], cell_mm: f64) -> Scars {
    let (width, height) = (lightness.width, lightness.height);
    let fine = within(lightness, skin, (0.2 / cell_mm).max(0.3));
    let around = within(lightness, skin, 2.5 / cell_mm);
    let dark: Vec<f32> = (0..skin.len()).map(|at| if skin[at] { around.values[at] - fine.values[at] } else { 0.0 }).collect();
    let mut spread: Vec<f32> = (0..skin.len()).filter(|at| skin[*at]).map(|at| dark[at].abs()).collect();
    let spread = 1.4826 * quantile(&mut spread, 0.5).unwrap_or_default();
    let (middle, rim) = ((MIDDLE[0] * spread).max(MIDDLE[1]), (RIM[0] * spread).max(RIM[1]));

    let grown: Vec<bool> = (0..skin.len()).map(|at| skin[at] && dark[at] > rim).collect();
    let area = |diameter_mm: f64| std::f64::consts::FRAC_PI_4 * (diameter_mm / cell_mm).powi(2);
    let (smallest, largest) = (area(DIAMETER_MM[0]), area(DIAMETER_MM[1]));
    let at_rim = |at: usize| {
        let (x, y) = (at % width, at / width);
        x == 0
            || y == 0
            || x + 1 == width
            || y + 1 == height
            || !(skin[at - 1] && skin[at + 1] && skin[at - width] && skin[at + width])
    };
    let mut found = Scars { mask: vec![false; skin.len()], count: 0, cells: 0 };
    for piece in pieces(&grown, width, height) {
        let cells = piece.len() as f64;
        let spot = (smallest..=largest).contains(&cells)
            && piece.iter().any(|at| dark[*at] > middle)
            && !piece.iter().any(|at| at_rim(*at))
            && elongation(&piece, width) < LONG;
        if spot {
            found.count += 1;
            found.cells += piece.len();
            piece.into_iter().for_each(|at| found.mask[at] = true);
        }
    }
    found
}

/// Length over width, from second moments; a cell counts as a square.
fn elongation(piece: &[usize], width: usize) -> f64 {
    let count = piece.len() as f64;
    let place = |at: &usize| ((at % width) as f64, (at / width) as f64);
    let (sx, sy) = piece.iter().map(place).fold((0.0, 0.0), |sum, (x, y)| (sum.0 + x, sum.1 + y));
    let (mx, my) = (sx / count, sy / count);
    let (mut xx, mut xy, mut yy) = (1.0 / 12.0, 0.0, 1.0 / 12.0);
    for (x, y) in piece.iter().map(place) {
        xx += (x - mx).powi(2) / count;
        xy += (x - mx) * (y - my) / count;
        yy += (y - my).powi(2) / count;
    }
    let root = (((xx - yy) / 2.0).powi(2) + xy * xy).sqrt();
    let mean = f64::midpoint(xx, yy);
    ((mean + root) / (mean - root).max(1e-9)).sqrt()
}

/// The skin around spots: from a gap of a third of a millimetre to two millimetres off.
pub(super) fn ring(spots: &[bool], skin: &[bool], width: usize, height: usize, cell_mm: f64) -> Vec<bool> {
    let values = spots.iter().map(|spot| f32::from(u8::from(*spot))).collect();
    let spots_plane = Plane { width, height, values };
    let near = spots_plane.smoothed((0.33 / cell_mm).max(0.5));
    let far = spots_plane.smoothed(1.0 / cell_mm);
    (0..skin.len()).map(|at| skin[at] && near.values[at] < 0.01 && far.values[at] > 0.01).collect()
}
