//! Iterative closest points, point to plane (Chen & Medioni 1992), trimmed and robust.

use super::Pose;
use crate::scan::solve::{Normal, biweight, quantile, spread};
use crate::scan::surface::cube;
use crate::scan::vector::{cross, dot, mean, sub};
use crate::scan::{Nearest, Point, Surface};

/// A point of the moving surface with its direction outwards.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sample {
    pub(super) point: Point,
    pub(super) normal: Point,
}

impl Sample {
    pub(super) fn of(surface: &Surface<'_>, vertex: u32) -> Self {
        Self { point: surface.mesh.vertices[vertex as usize], normal: surface.normal_at(vertex as usize) }
    }
}

/// A sample, moved, beside the place of the other surface nearest to it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair {
    pub(super) moved: Point,
    pub(super) normal: Point,
    /// Distance along the direction of the other surface, in millimetres.
    pub(super) residual: f64,
}

/// Share of the pairs that are kept: those that lie closest.
const KEPT: f64 = 0.8;
/// Directions that differ by more than 60 degrees are not of the same skin.
const AGREES: f64 = 0.5;
/// A step that moves nothing further than this ends the search, in millimetres: a hundredth of the noise of the best scanners.
const STEP_MM_MIN: f64 = 1e-4;
/// Half a head: what a radian of rotation moves, in millimetres.
const HEAD_MM: f64 = 80.0;
/// Skin within this many millimetres swells and is captured together: its residuals count once; ours.
const CLUSTER_MM: f64 = 25.0;

/// Whether two directions may be of the same skin.
pub(super) fn agree(a: Point, b: Point) -> bool {
    dot(a, b) > AGREES
}

/// A search for the nearest places that remembers where the last ones were.
pub(super) struct Search<'a> {
    target: &'a Surface<'a>,
    places: Vec<Option<Nearest>>,
}

impl<'a> Search<'a> {
    pub(super) fn new(target: &'a Surface<'a>) -> Self {
        Self { target, places: Vec::new() }
    }

    /// The pairs of samples that have a neighbour within reach that is not the end of the surface.
    pub(super) fn pairs(&mut self, samples: &[Sample], pose: &Pose, reach_mm: f64) -> Vec<Pair> {
        self.places.resize(samples.len(), None);
        let mut pairs = Vec::with_capacity(samples.len());
        for (sample, hint) in samples.iter().zip(&mut self.places) {
            let moved = pose.of(sample.point);
            let Some(place) = self.target.tree.nearest(moved, reach_mm, hint.as_ref()) else { continue };
            *hint = Some(place);
            if let Some(normal) = self.target.normal(&place)
                && !self.target.ends_at(&place)
                && agree(normal, pose.turned(sample.normal))
            {
                pairs.push(Pair { moved, normal, residual: dot(sub(moved, place.point), normal) });
            }
        }
        pairs
    }
}

/// Moves samples step by step onto a target. Nothing where fewer than `needed` pairs are left, or they leave a motion free.
pub(super) fn refine(mut pairs: impl FnMut(&Pose) -> Vec<Pair>, mut pose: Pose, steps: usize, needed: usize) -> Option<Pose> {
    for _ in 0..steps {
        let pairs = pairs(&pose);
        if pairs.len() < needed {
            return None;
        }
        let middle = mean(pairs.iter().map(|pair| pair.moved));
        let [a, b, c, x, y, z] = normal_equations(&pairs, &weights(&pairs), middle).solve()?;
        pose = pose.then(&Pose::about(middle, [a, b, c], [x, y, z]));
        if [a * HEAD_MM, b * HEAD_MM, c * HEAD_MM, x, y, z].iter().all(|part| part.abs() < STEP_MM_MIN) {
            break;
        }
    }
    Some(pose)
}

/// Tukey's weights of the closest share; nothing for the rest.
pub(super) fn weights(pairs: &[Pair]) -> Vec<f64> {
    let limit = quantile(&mut pairs.iter().map(|pair| pair.residual.abs()).collect::<Vec<_>>(), KEPT);
    let sigma = spread(pairs.iter().map(|pair| pair.residual)).max(1e-9);
    let weight = |pair: &Pair| if pair.residual.abs() <= limit { biweight(pair.residual / sigma) } else { 0.0 };
    pairs.iter().map(weight).collect()
}

fn row(pair: &Pair, middle: Point) -> [f64; 6] {
    let [a, b, c] = cross(sub(pair.moved, middle), pair.normal);
    let [x, y, z] = pair.normal;
    [a, b, c, x, y, z]
}

fn normal_equations(pairs: &[Pair], weights: &[f64], middle: Point) -> Normal<6> {
    let mut normal = Normal::new();
    for (pair, &weight) in pairs.iter().zip(weights) {
        normal.add(&row(pair, middle), -pair.residual, weight);
    }
    normal
}

/// Covariance of the turn (radians) and the shift (mm) about `middle`. Residuals of skin close together are not independent: they are
/// summed by clusters first (the sandwich of Liang & Zeger 1986).
pub(super) fn covariance(pairs: &[Pair], middle: Point) -> Option<[[f64; 6]; 6]> {
    let weights = weights(pairs);
    let bread = normal_equations(pairs, &weights, middle).inverse()?;
    let mut clusters = std::collections::BTreeMap::new();
    for (pair, weight) in pairs.iter().zip(weights) {
        let sum = clusters.entry(cube(pair.moved, CLUSTER_MM)).or_insert([0.0; 6]);
        for (sum, part) in sum.iter_mut().zip(row(pair, middle)) {
            *sum += weight * pair.residual * part;
        }
    }
    let product = |left: &[[f64; 6]; 6], right: &[[f64; 6]; 6]| -> [[f64; 6]; 6] {
        std::array::from_fn(|i| std::array::from_fn(|j| (0..6).map(|k| left[i][k] * right[k][j]).sum()))
    };
    let meat = std::array::from_fn(|i| std::array::from_fn(|j| clusters.values().map(|sum| sum[i] * sum[j]).sum()));
    Some(product(&product(&bread, &meat), &bread))
}

/// How much larger the moving surface is than the target, as a ratio, when size is let free as well.
pub(super) fn ratio(pairs: &[Pair], middle: Point) -> Option<f64> {
    let mut normal = Normal::<7>::new();
    for (pair, weight) in pairs.iter().zip(weights(pairs)) {
        let [a, b, c, x, y, z] = row(pair, middle);
        normal.add(&[a, b, c, x, y, z, dot(sub(pair.moved, middle), pair.normal)], -pair.residual, weight);
    }
    Some(1.0 / (1.0 + normal.solve()?[6]))
}
