//! Nearest places of a surface, roughly, at once.

use super::Pose;
use super::icp::{Pair, Sample, agree};
use crate::scan::vector::{dot, sub};
use crate::scan::{Point, Surface};

/// Cubes that each know about the nearest of a few thousand points of a surface.
pub(super) struct Field {
    low: Point,
    cube_mm: f64,
    sides: [usize; 3],
    nearest: Vec<u32>,
    pub(super) points: Vec<Sample>,
}

/// Points of the surface.
const POINTS: f64 = 6000.0;
/// How far around the surface cubes reach, in millimetres.
const AROUND_MM: f64 = 40.0;
/// Cubes along the longest side.
const CUBES: f64 = 64.0;
/// No point has come here yet.
const NONE: u32 = u32::MAX;

impl Field {
    pub(super) fn of(surface: &Surface<'_>) -> Self {
        let thinned = surface.thinned((surface.area_mm2 / POINTS).sqrt());
        let points: Vec<Sample> = thinned.iter().map(|&at| Sample::of(surface, at)).collect();
        let bound = |of: fn(f64, f64) -> f64, start: f64| -> Point {
            points.iter().fold([start; 3], |bound, sample| std::array::from_fn(|k| of(bound[k], sample.point[k])))
        };
        let low = bound(f64::min, f64::INFINITY).map(|part| part - AROUND_MM);
        let high = bound(f64::max, f64::NEG_INFINITY).map(|part| part + AROUND_MM);
        let longest = (0..3).map(|k| high[k] - low[k]).fold(0.0, f64::max);
        let cube_mm = longest / CUBES;
        let sides = [0, 1, 2].map(|k| ((high[k] - low[k]) / cube_mm).ceil() as usize + 1);
        let mut field = Self { low, cube_mm, sides, nearest: vec![NONE; sides.iter().product()], points };
        for at in 0..field.points.len() {
            if let Some(cube) = field.cube(field.points[at].point) {
                field.nearest[cube] = at as u32;
            }
        }
        field.spread();
        field
    }

    fn cube(&self, point: Point) -> Option<usize> {
        let mut cube = 0;
        for k in (0..3).rev() {
            let at = (point[k] - self.low[k]) / self.cube_mm;
            if !(0.0..self.sides[k] as f64).contains(&at) {
                return None;
            }
            cube = cube * self.sides[k] + at as usize;
        }
        Some(cube)
    }

    /// Each cube takes over the nearest point of its neighbours, in two sweeps (Danielsson 1980).
    fn spread(&mut self) {
        let [wide, high, deep] = self.sides;
        let mut back: Vec<[isize; 3]> = Vec::new();
        for z in -1..=1 {
            for y in -1..=1 {
                back.extend((-1..=1).map(|x| [x, y, z]).filter(|&[x, y, z]| (z, y, x) < (0, 0, 0)));
            }
        }
        for sign in [1, -1] {
            for step in 0..self.nearest.len() {
                let at = if sign == 1 { step } else { self.nearest.len() - 1 - step };
                let place = [at % wide, at / wide % high, at / (wide * high)];
                let middle = [0, 1, 2].map(|k| self.low[k] + (place[k] as f64 + 0.5) * self.cube_mm);
                let away = |point: u32| {
                    let from = sub(self.points[point as usize].point, middle);
                    dot(from, from)
                };
                let mut best = (if self.nearest[at] == NONE { f64::INFINITY } else { away(self.nearest[at]) }, self.nearest[at]);
                for offset in &back {
                    let other = [0, 1, 2].map(|k| place[k] as isize + sign * offset[k]);
                    let inside = other.iter().zip([wide, high, deep]).all(|(&at, side)| (0..side as isize).contains(&at));
                    if !inside {
                        continue;
                    }
                    let point = self.nearest[(other[2] as usize * high + other[1] as usize) * wide + other[0] as usize];
                    if point != NONE && point != best.1 && away(point) < best.0 {
                        best = (away(point), point);
                    }
                }
                self.nearest[at] = best.1;
            }
        }
    }

    /// The pairs of samples that lie in a cube.
    pub(super) fn pairs(&self, samples: &[Sample], pose: &Pose) -> Vec<Pair> {
        let pair = |sample: &Sample| {
            let moved = pose.of(sample.point);
            let near = self.points.get(self.nearest[self.cube(moved)?] as usize)?;
            agree(near.normal, pose.turned(sample.normal))
                .then(|| Pair { moved, normal: near.normal, residual: dot(sub(moved, near.point), near.normal) })
        };
        samples.iter().filter_map(pair).collect()
    }
}
