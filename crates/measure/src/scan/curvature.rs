//! How a surface is bent.

use super::solve::eigen;
use super::vector::{along, cross, dot, norm, sub, unit};
use super::{Point, Surface};

/// How the surface is bent at a vertex.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Curvature {
    /// Mean of both principal curvatures in 1/mm: positive where it bulges outwards, 1/R on a ball of radius R.
    pub mean: f32,
    /// Shape index (Koenderink & van Doorn 1992), from -1 (cup) over 0 (saddle) to 1 (cap); no number on a plane.
    pub shape: f32,
}

/// Curvature of every vertex, from how the direction outwards turns along the edges of each triangle (Rusinkiewicz 2004). Directions are
/// first averaged with those of their neighbours `rounds` times: each round takes off what is finer than about one point more.
#[must_use]
pub fn curvatures(surface: &Surface<'_>, rounds: usize) -> Vec<Curvature> {
    let mesh = surface.mesh;
    let mut normals = surface.normals.clone();
    for _ in 0..rounds {
        normals = averaged(&mesh.triangles, &normals);
    }
    // the tensor of each vertex as a symmetric matrix, and the area it was gathered over
    let mut tensors = vec![([0.0_f32; 6], 0.0_f32); mesh.vertices.len()];
    for corners in &mesh.triangles {
        let points = corners.map(|at| mesh.vertices[at as usize]);
        let directions = corners.map(|at| normals[at as usize].map(f64::from));
        if let Some((tensor, area)) = tensor(points, directions) {
            for &at in corners {
                let (sum, mass) = &mut tensors[at as usize];
                sum.iter_mut().zip(tensor).for_each(|(sum, part)| *sum += (part * area) as f32);
                *mass += area as f32;
            }
        }
    }
    let bent = tensors.into_iter().zip(&normals).map(|((sum, mass), normal)| {
        let [xx, yy, zz, xy, yz, zx] = sum.map(|part| f64::from(part / mass));
        let [x, y, z] = normal.map(f64::from);
        // the direction outwards has no curvature: it is told apart from the two others by a value far from theirs
        let far = 1e6;
        let matrix = [
            [xx + far * x * x, xy + far * x * y, zx + far * z * x],
            [xy + far * x * y, yy + far * y * y, yz + far * y * z],
            [zx + far * z * x, yz + far * y * z, zz + far * z * z],
        ];
        if mass == 0.0 || !matrix.iter().flatten().all(|part| part.is_finite()) {
            return Curvature { mean: f32::NAN, shape: f32::NAN };
        }
        let [_, (larger, _), (smaller, _)] = eigen(matrix);
        let shape = std::f64::consts::FRAC_2_PI * libm::atan((larger + smaller) / (larger - smaller));
        Curvature { mean: ((larger + smaller) / 2.0) as f32, shape: shape as f32 }
    });
    bent.collect()
}

fn averaged(triangles: &[[u32; 3]], normals: &[[f32; 3]]) -> Vec<[f32; 3]> {
    let mut sums = normals.to_vec();
    for corners in triangles {
        let [a, b, c] = corners.map(|at| normals[at as usize]);
        let sum: [f32; 3] = std::array::from_fn(|k| a[k] + b[k] + c[k]);
        for &at in corners {
            let into = &mut sums[at as usize];
            *into = std::array::from_fn(|k| into[k] + sum[k]);
        }
    }
    for sum in &mut sums {
        *sum = unit(sum.map(f64::from)).unwrap_or([0.0; 3]).map(|part| part as f32);
    }
    sums
}

/// The curvature of a triangle: how much the direction outwards turns along each edge, least squares, as the upper part of a symmetric
/// matrix (xx, yy, zz, xy, yz, zx), and its area.
fn tensor(points: [Point; 3], directions: [Point; 3]) -> Option<([f64; 6], f64)> {
    let twice = cross(sub(points[1], points[0]), sub(points[2], points[0]));
    let outwards = unit(twice)?;
    let first = unit(sub(points[1], points[0]))?;
    let second = cross(outwards, first);
    let mut fit = super::solve::Normal::<3>::new();
    for (from, to) in [(0, 1), (1, 2), (2, 0)] {
        let (edge, turn) = (sub(points[to], points[from]), sub(directions[to], directions[from]));
        let (u, v) = (dot(edge, first), dot(edge, second));
        fit.add(&[u, v, 0.0], dot(turn, first), 1.0);
        fit.add(&[0.0, u, v], dot(turn, second), 1.0);
    }
    let [a, b, c] = fit.solve()?;
    let row = |k: usize| along([0.0; 3], first, a * first[k] + b * second[k]);
    let other = |k: usize| along([0.0; 3], second, b * first[k] + c * second[k]);
    let part = |i: usize, j: usize| row(i)[j] + other(i)[j];
    Some(([part(0, 0), part(1, 1), part(2, 2), part(0, 1), part(1, 2), part(2, 0)], norm(twice) / 2.0))
}
