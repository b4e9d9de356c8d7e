//! Corners that look the same from visit to visit: Shi and Tomasi 1994 to find them, ORB (Rublee et al. 2011) to describe them.

use super::chance::Chance;
use crate::photo::plane::Plane;
use crate::photo::skin::Region;

/// A described corner, in pixels of the overview.
pub(super) struct Feature {
    pub(super) x: f64,
    pub(super) y: f64,
    descriptor: [u64; 4],
}

/// Features of one picture (ours: enough for a face, and few enough to compare all with all).
const FEATURES_MAX: usize = 2400;
/// From one scale to the next coarser.
const SCALE_STEP: f64 = std::f64::consts::SQRT_2;
const SCALES: usize = 5;
/// Half a side of what is described, in pixels of the scale.
const PATCH_PX: f64 = 15.0;

/// Described corners within the region, spread over it, of all scales.
pub(super) fn features(lightness: &Plane, region: &Region) -> Vec<Feature> {
    let pattern = pattern();
    let mut features = Vec::new();
    // A coarser scale has fewer places: each gets its share by area.
    let areas: f64 = (0..SCALES).map(|scale| SCALE_STEP.powi(-2 * scale as i32)).sum();
    for scale in 0..SCALES {
        let shrunk = SCALE_STEP.powi(scale as i32);
        let size = |pixels: usize| ((pixels as f64 / shrunk).round() as usize).max(1);
        let (width, height) = (size(lightness.width), size(lightness.height));
        if width.min(height) < 48 {
            break;
        }
        let plane = if scale == 0 { lightness.clone() } else { lightness.resized(width, height) };
        let (across, down) = (lightness.width as f64 / width as f64, lightness.height as f64 / height as f64);
        let full = |x: f64, y: f64| ((x + 0.5) * across - 0.5, (y + 0.5) * down - 0.5);
        let wanted = (FEATURES_MAX as f64 / (shrunk * shrunk) / areas).ceil() as usize;
        let smooth = plane.smoothed(2.0);
        let inside = |x: usize, y: usize| {
            let (x, y) = full(x as f64, y as f64);
            region.holds(x, y)
        };
        for (x, y) in corners(&plane, wanted, inside) {
            let angle = orientation(&smooth, x, y);
            let descriptor = describe(&smooth, x, y, angle, &pattern);
            let (x, y) = full(x, y);
            features.push(Feature { x, y, descriptor });
        }
    }
    features
}

/// The strongest corners, as many in each part of the picture as it has room for.
fn corners(plane: &Plane, wanted: usize, inside: impl Fn(usize, usize) -> bool) -> Vec<(f64, f64)> {
    let (width, height) = (plane.width, plane.height);
    let strength = corner_strength(plane);
    let reach = PATCH_PX as usize + 3;
    let mut peaks: Vec<(f32, usize, usize)> = Vec::new();
    for y in reach..height.saturating_sub(reach) {
        for x in reach..width.saturating_sub(reach) {
            let at = |x: usize, y: usize| strength.values[y * width + x];
            let value = at(x, y);
            let highest = value > 1e-3 && (y - 2..=y + 2).all(|v| (x - 2..=x + 2).all(|u| (u, v) == (x, y) || at(u, v) < value));
            if highest && inside(x, y) {
                peaks.push((value, x, y));
            }
        }
    }
    // Spread: no cell may hold more than its share, so that lashes and hair do not take all.
    let cell = ((peaks.len().max(1) as f64 / wanted.max(1) as f64).sqrt() * 8.0).clamp(8.0, 32.0) as usize;
    let columns = width / cell + 1;
    let mut taken = vec![0_u32; columns * (height / cell + 1)];
    peaks.sort_by(|one, other| other.0.total_cmp(&one.0).then((one.2, one.1).cmp(&(other.2, other.1))));
    let mut kept = Vec::with_capacity(wanted);
    for (_, x, y) in peaks {
        let count = &mut taken[y / cell * columns + x / cell];
        if *count < 3 && kept.len() < wanted {
            *count += 1;
            kept.push((x as f64, y as f64));
        }
    }
    kept
}

/// Smaller eigenvalue of the structure tensor over a Gaussian window.
fn corner_strength(plane: &Plane) -> Plane {
    let (width, height) = (plane.width, plane.height);
    let fine = plane.smoothed(1.0);
    let (mut xx, mut xy, mut yy) = (Plane::new(width, height), Plane::new(width, height), Plane::new(width, height));
    for y in 1..height - 1 {
        for x in 1..width - 1 {
            let at = y * width + x;
            let gx = (fine.values[at + 1] - fine.values[at - 1]) / 2.0;
            let gy = (fine.values[at + width] - fine.values[at - width]) / 2.0;
            (xx.values[at], xy.values[at], yy.values[at]) = (gx * gx, gx * gy, gy * gy);
        }
    }
    let (xx, xy, yy) = (xx.smoothed(1.5), xy.smoothed(1.5), yy.smoothed(1.5));
    let mut strength = xx;
    for ((xx, xy), yy) in strength.values.iter_mut().zip(xy.values).zip(yy.values) {
        let half = (*xx - yy) / 2.0;
        *xx = f32::midpoint(*xx, yy) - (half * half + xy * xy).sqrt();
    }
    strength
}

/// Towards the centroid of lightness around it (Rosin 1999).
fn orientation(plane: &Plane, x: f64, y: f64) -> f64 {
    let reach = PATCH_PX as isize;
    let (mut across, mut down) = (0.0, 0.0);
    for dy in -reach..=reach {
        for dx in -reach..=reach {
            if dx * dx + dy * dy <= reach * reach {
                let at = (y as isize + dy) as usize * plane.width + (x as isize + dx) as usize;
                let value = f64::from(plane.values[at]);
                across += dx as f64 * value;
                down += dy as f64 * value;
            }
        }
    }
    libm::atan2(down, across)
}

/// 256 pairs of places: normally spread over the patch, always the same.
fn pattern() -> Vec<[f64; 4]> {
    let mut chance = Chance::new(0x0FAC_E5EE);
    let mut place = || loop {
        let (x, y) = (chance.normal() * PATCH_PX / 2.5, chance.normal() * PATCH_PX / 2.5);
        if x * x + y * y < PATCH_PX * PATCH_PX {
            return (x, y);
        }
    };
    (0..256)
        .map(|_| {
            let ((x1, y1), (x2, y2)) = (place(), place());
            [x1, y1, x2, y2]
        })
        .collect()
}

fn describe(plane: &Plane, x: f64, y: f64, angle: f64, pattern: &[[f64; 4]]) -> [u64; 4] {
    let (sin, cos) = libm::sincos(angle);
    let value = |u: f64, v: f64| {
        let (px, py) = (x + cos * u - sin * v, y + sin * u + cos * v);
        plane.values[py.round() as usize * plane.width + px.round() as usize]
    };
    let mut bits = [0; 4];
    for (at, [x1, y1, x2, y2]) in pattern.iter().enumerate() {
        if value(*x1, *y1) < value(*x2, *y2) {
            bits[at / 64] |= 1_u64 << (at % 64);
        }
    }
    bits
}

/// Largest share of bits in which two descriptions of the same corner may differ.
const BITS_MAX: u32 = 80;
/// How much nearer the nearest has to be than the next: Lowe 2004 has 0.8 for its descriptor; skin has many alike.
const NEARER: f64 = 0.9;

/// Pairs that are each other's nearest and clearly so.
pub(super) fn matched(one: &[Feature], other: &[Feature]) -> Vec<[f64; 4]> {
    let nearest = |from: &[Feature], to: &[Feature]| -> Vec<Option<(usize, bool)>> {
        from.iter()
            .map(|feature| {
                let (mut best, mut next, mut which) = (u32::MAX, u32::MAX, 0);
                for (at, candidate) in to.iter().enumerate() {
                    let differ: u32 =
                        feature.descriptor.iter().zip(candidate.descriptor).map(|(a, b)| (a ^ b).count_ones()).sum();
                    if differ < best {
                        // The same corner on a neighbouring scale is no rival.
                        let rival = &to[which];
                        let same = best < u32::MAX && (rival.x - candidate.x).hypot(rival.y - candidate.y) < 8.0;
                        if !same {
                            next = best;
                        }
                        (best, which) = (differ, at);
                    } else if differ < next && (to[which].x - candidate.x).hypot(to[which].y - candidate.y) >= 8.0 {
                        next = differ;
                    }
                }
                (best <= BITS_MAX).then_some((which, f64::from(best) < NEARER * f64::from(next)))
            })
            .collect()
    };
    let there = nearest(one, other);
    let back = nearest(other, one);
    there
        .iter()
        .enumerate()
        .filter_map(|(at, found)| {
            let (to, clear) = (*found)?;
            let (from, _) = back[to]?;
            (from == at && clear).then(|| [one[at].x, one[at].y, other[to].x, other[to].y])
        })
        .collect()
}
