//! A mesh made ready to be measured: normals, rim and tree.

use super::vector::{along, cross, dot, sub, unit};
use super::{Mesh, Nearest, Point, Tree};
use crate::Error;

/// A mesh with what every measurement of it needs.
#[derive(Clone, Debug)]
pub struct Surface<'a> {
    /// The mesh.
    pub mesh: &'a Mesh,
    /// Direction outwards at each vertex, weighted by the areas of its triangles; nothing where it has none.
    pub normals: Vec<[f32; 3]>,
    /// Whether the surface ends at a vertex.
    rim: Vec<bool>,
    /// Its triangles, for finding places.
    pub tree: Tree,
    /// Area in square millimetres.
    pub area_mm2: f64,
    /// Median distance of neighbouring points, in millimetres.
    pub spacing_mm: f64,
}

impl<'a> Surface<'a> {
    /// Makes a mesh ready.
    ///
    /// # Errors
    /// Triangles that are too few or name vertices that are not there; positions that are no numbers.
    pub fn new(mesh: &'a Mesh) -> Result<Self, Error> {
        let found = mesh.triangles.len();
        if found < TRIANGLES_MIN {
            return Err(Error::TooFewTriangles { needed: TRIANGLES_MIN, found });
        }
        if let Some(vertex) = mesh.vertices.iter().position(|point| !point.iter().all(|part| part.abs() < POSITION_MM_MAX)) {
            return Err(Error::PositionImpossible { vertex });
        }
        let vertices = mesh.vertices.len();
        if let Some(triangle) = mesh.triangles.iter().position(|corners| corners.iter().any(|&at| at as usize >= vertices)) {
            return Err(Error::CornerMissing { triangle, vertices });
        }
        let (normals, area_mm2) = normals(mesh);
        if area_mm2 == 0.0 {
            return Err(Error::TooFewTriangles { needed: TRIANGLES_MIN, found: 0 });
        }
        Ok(Self { mesh, normals, rim: rim(mesh), tree: Tree::new(mesh), area_mm2, spacing_mm: spacing(mesh) })
    }

    /// Direction outwards at a place.
    #[must_use]
    pub fn normal(&self, place: &Nearest) -> Option<Point> {
        let corners = self.mesh.triangles[place.triangle as usize];
        let sum =
            corners.iter().zip(place.shares).fold([0.0; 3], |sum, (&at, share)| along(sum, self.normal_at(at as usize), share));
        unit(sum)
    }

    /// Direction outwards at a vertex, of length 1, or 0 where it has none.
    #[must_use]
    pub fn normal_at(&self, vertex: usize) -> Point {
        self.normals[vertex].map(f64::from)
    }

    /// Whether a place lies at the end of the surface: what is nearest to it may have been cut off.
    #[must_use]
    pub fn ends_at(&self, place: &Nearest) -> bool {
        let corners = self.mesh.triangles[place.triangle as usize];
        place.shares.contains(&0.0) && corners.iter().zip(place.shares).all(|(&at, share)| share == 0.0 || self.rim[at as usize])
    }

    /// One vertex out of each cube of a given side, in the order of the cubes; of many vertices in a cube only a few are looked at.
    #[must_use]
    pub fn thinned(&self, side_mm: f64) -> Vec<u32> {
        let in_a_cube = self.mesh.vertices.len() as f64 * side_mm * side_mm / self.area_mm2;
        let mut keys: Vec<(u64, u32)> = (0_u32..)
            .zip(&self.mesh.vertices)
            .step_by((in_a_cube / 6.0).max(1.0) as usize)
            .filter(|&(at, _)| self.normals[at as usize] != [0.0; 3])
            .map(|(at, point)| (cube(*point, side_mm), at))
            .collect();
        keys.sort_unstable();
        keys.dedup_by_key(|key| key.0);
        keys.into_iter().map(|key| key.1).collect()
    }
}

/// Fewest triangles that make a surface.
const TRIANGLES_MIN: usize = 100;
/// No scan lies further from its origin, in millimetres; a clinical scanner reaches a few metres.
const POSITION_MM_MAX: f64 = 1e6;

/// The number of the cube that a point lies in.
pub(crate) fn cube(point: Point, side_mm: f64) -> u64 {
    point.iter().fold(0, |key, part| key << 21 | ((part / side_mm).floor() as i64 + (1 << 20)) as u64 & 0x1f_ffff)
}

fn normals(mesh: &Mesh) -> (Vec<[f32; 3]>, f64) {
    let mut sums = vec![[0.0_f32; 3]; mesh.vertices.len()];
    let mut area = 0.0;
    for corners in &mesh.triangles {
        let [a, b, c] = corners.map(|at| mesh.vertices[at as usize]);
        let twice = cross(sub(b, a), sub(c, a));
        area += dot(twice, twice).sqrt() / 2.0;
        for at in corners {
            let sum = &mut sums[*at as usize];
            *sum = std::array::from_fn(|k| sum[k] + twice[k] as f32);
        }
    }
    for sum in &mut sums {
        *sum = unit(sum.map(f64::from)).unwrap_or([0.0; 3]).map(|part| part as f32);
    }
    (sums, area)
}

/// Around a vertex inside a surface every neighbour follows another once, and the sum of what follows less what goes before is nothing.
fn rim(mesh: &Mesh) -> Vec<bool> {
    let mut sums = vec![0_i64; mesh.vertices.len()];
    for &[a, b, c] in &mesh.triangles {
        for (at, before, after) in [(a, b, c), (b, c, a), (c, a, b)] {
            sums[at as usize] += i64::from(after) - i64::from(before);
        }
    }
    sums.into_iter().map(|sum| sum != 0).collect()
}

/// Of up to 20 000 triangles from all over the mesh.
fn spacing(mesh: &Mesh) -> f64 {
    let step = mesh.triangles.len().div_ceil(20_000);
    let mut edges: Vec<f64> = mesh
        .triangles
        .iter()
        .step_by(step)
        .flat_map(|&[a, b, c]| [(a, b), (b, c), (c, a)])
        .map(|(a, b)| super::vector::distance(mesh.vertices[a as usize], mesh.vertices[b as usize]))
        .collect();
    super::solve::quantile(&mut edges, 0.5)
}
