//! One scale, one rotation and one shift that most matches agree on.

use serde::Serialize;

use super::chance::Chance;

/// Scale, rotation and shift from the baseline to the follow-up: x' = ax - by + c, y' = bx + ay + d.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub(super) struct Similarity {
    pub(super) a: f64,
    pub(super) b: f64,
    pub(super) c: f64,
    pub(super) d: f64,
}

/// Draws: with a fifth of the matches right, two right ones are then missed once in e^80.
const DRAWS: usize = 2000;

impl Similarity {
    pub(super) fn apply(&self, x: f64, y: f64) -> (f64, f64) {
        (self.a * x - self.b * y + self.c, self.b * x + self.a * y + self.d)
    }

    pub(super) fn scale(&self) -> f64 {
        self.a.hypot(self.b)
    }

    pub(super) fn rotation_degrees(&self) -> f64 {
        libm::atan2(self.b, self.a).to_degrees()
    }

    pub(super) fn inverse(&self) -> Self {
        let norm = self.a * self.a + self.b * self.b;
        let (a, b) = (self.a / norm, -self.b / norm);
        Self { a, b, c: -(a * self.c - b * self.d), d: -(b * self.c + a * self.d) }
    }

    fn of_two(one: &[f64; 4], other: &[f64; 4]) -> Option<Self> {
        let (dx, dy) = (other[0] - one[0], other[1] - one[1]);
        let (du, dv) = (other[2] - one[2], other[3] - one[3]);
        let norm = dx * dx + dy * dy;
        if norm < 100.0 {
            return None;
        }
        let (a, b) = ((dx * du + dy * dv) / norm, (dx * dv - dy * du) / norm);
        Some(Self { a, b, c: one[2] - a * one[0] + b * one[1], d: one[3] - b * one[0] - a * one[1] })
    }

    /// Least squares over these pairs.
    pub(super) fn of_all(pairs: &[[f64; 4]]) -> Option<Self> {
        let count = pairs.len() as f64;
        if pairs.len() < 2 {
            return None;
        }
        let mean: [f64; 4] = [0, 1, 2, 3].map(|at| pairs.iter().map(|pair| pair[at]).sum::<f64>() / count);
        let (mut norm, mut a, mut b) = (0.0, 0.0, 0.0);
        for pair in pairs {
            let [x, y, u, v] = [0, 1, 2, 3].map(|at| pair[at] - mean[at]);
            norm += x * x + y * y;
            a += x * u + y * v;
            b += x * v - y * u;
        }
        if norm <= 0.0 {
            return None;
        }
        let (a, b) = (a / norm, b / norm);
        Some(Self { a, b, c: mean[2] - a * mean[0] + b * mean[1], d: mean[3] - b * mean[0] - a * mean[1] })
    }

    pub(super) fn misses(&self, pair: &[f64; 4]) -> f64 {
        let (x, y) = self.apply(pair[0], pair[1]);
        (x - pair[2]).hypot(y - pair[3])
    }
}

/// The similarity that most matches agree on within so many pixels, and the matches that do (RANSAC, Fischler and Bolles 1981, with
/// always the same draws).
pub(super) fn agreed(matches: &[[f64; 4]], within_px: f64) -> Option<(Similarity, Vec<[f64; 4]>)> {
    if matches.len() < 3 {
        return None;
    }
    let mut chance = Chance::new(0xA11C_E5ED);
    let plausible = |found: &Similarity| (0.2..5.0).contains(&found.scale());
    let inliers = |found: &Similarity| -> Vec<[f64; 4]> {
        matches.iter().filter(|pair| found.misses(pair) < within_px * found.scale().max(0.5)).copied().collect()
    };
    let mut best: Option<(usize, Similarity)> = None;
    for _ in 0..DRAWS {
        let (one, other) = (chance.below(matches.len()), chance.below(matches.len()));
        let Some(found) = Similarity::of_two(&matches[one], &matches[other]).filter(plausible) else { continue };
        let count = matches.iter().filter(|pair| found.misses(pair) < within_px * found.scale().max(0.5)).count();
        if best.is_none_or(|(most, _)| count > most) {
            best = Some((count, found));
        }
    }
    let (_, mut found) = best?;
    for _ in 0..3 {
        found = Similarity::of_all(&inliers(&found)).filter(plausible)?;
    }
    Some((found, inliers(&found)))
}
