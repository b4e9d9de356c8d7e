//! The nearest place on a surface: a tree of boxes around triangles.

use super::vector;
use super::{Mesh, Point};

/// Triangles in one leaf.
const LEAF: usize = 4;

type P = [f32; 3];

/// Boxes around the triangles of a surface. Triangles are laid along a Z-shaped curve and boxed four by four, then box by box; all in
/// 32 bits about the middle of the surface, which is a thousandth of a micrometre on a face.
#[derive(Clone, Debug)]
pub struct Tree {
    origin: Point,
    /// Boxes as a heap: the children of `n` are `2 n` and `2 n + 1`.
    boxes: Vec<(P, P)>,
    leaves: usize,
    corners: Vec<[P; 3]>,
    triangles: Vec<u32>,
}

/// The nearest place on a surface.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Nearest {
    /// Its triangle.
    pub triangle: u32,
    /// Shares of the three corners in the place.
    pub shares: [f64; 3],
    /// Where it is, in millimetres.
    pub point: Point,
    /// How far it is, in millimetres.
    pub distance_mm: f64,
    slot: u32,
}

impl Tree {
    /// Builds the tree of a mesh.
    #[must_use]
    pub fn new(mesh: &Mesh) -> Self {
        let (low, high) = mesh.vertices.iter().fold(([f64::INFINITY; 3], [f64::NEG_INFINITY; 3]), |(low, high), point| {
            (std::array::from_fn(|k| low[k].min(point[k])), std::array::from_fn(|k| high[k].max(point[k])))
        });
        let origin = if mesh.vertices.is_empty() { [0.0; 3] } else { vector::scale(vector::add(low, high), 0.5) };
        let side = (0..3).map(|k| high[k] - low[k]).fold(f64::MIN_POSITIVE, f64::max);
        let corner = |vertex: u32| vector::sub(mesh.vertices[vertex as usize], origin).map(|part| part as f32);
        let mut order: Vec<u64> = (0_u64..)
            .zip(&mesh.triangles)
            .map(|(at, triangle)| {
                let middle = vector::mean(triangle.iter().map(|&vertex| mesh.vertices[vertex as usize]));
                let code = (0..3).map(|k| spread_bits((((middle[k] - low[k]) / side) * 1023.0) as u64) << k).sum::<u64>();
                code << 32 | at
            })
            .collect();
        order.sort_unstable();
        let triangles: Vec<u32> = order.into_iter().map(|key| key as u32).collect();
        let corners: Vec<[P; 3]> = triangles.iter().map(|&at| mesh.triangles[at as usize].map(corner)).collect();
        let leaves = corners.len().div_ceil(LEAF).next_power_of_two();
        let mut boxes = vec![([f32::INFINITY; 3], [f32::NEG_INFINITY; 3]); 2 * leaves];
        for (leaf, corners) in corners.chunks(LEAF).enumerate() {
            boxes[leaves + leaf] = corners.iter().flatten().fold(boxes[leaves + leaf], |box_, point| join(box_, (*point, *point)));
        }
        for node in (1..leaves).rev() {
            boxes[node] = join(boxes[2 * node], boxes[2 * node + 1]);
        }
        Self { origin, boxes, leaves, corners, triangles }
    }

    /// The place of the surface nearest to a point, if any is within `within_mm`. A place found for a point close by makes it fast.
    #[must_use]
    pub fn nearest(&self, point: Point, within_mm: f64, hint: Option<&Nearest>) -> Option<Nearest> {
        let p = vector::sub(point, self.origin).map(|part| part as f32);
        let mut best = (within_mm * within_mm) as f32;
        let mut found = None;
        let mut look = |slot: usize, best: &mut f32| {
            if let Some(corners) = self.corners.get(slot) {
                let (shares, place) = on_triangle(p, corners);
                let away = square(p, place);
                if away < *best || (away == *best && found.is_none()) {
                    *best = away;
                    found = Some((slot, shares));
                }
            }
        };
        if let Some(hint) = hint {
            look(hint.slot as usize, &mut best);
        }
        let mut stack = [0_u32; 64];
        let mut top = 1;
        stack[0] = 1;
        while top > 0 {
            top -= 1;
            let node = stack[top] as usize;
            if outside(p, &self.boxes[node]) > best {
                continue;
            }
            if node >= self.leaves {
                let first = (node - self.leaves) * LEAF;
                for slot in first..first + LEAF {
                    look(slot, &mut best);
                }
                continue;
            }
            let (left, right) = (2 * node, 2 * node + 1);
            let (to_left, to_right) = (outside(p, &self.boxes[left]), outside(p, &self.boxes[right]));
            let (near, far, to_far) = if to_left <= to_right { (left, right, to_right) } else { (right, left, to_left) };
            if to_far <= best {
                stack[top] = far as u32;
                top += 1;
            }
            stack[top] = near as u32;
            top += 1;
        }
        let (slot, shares) = found?;
        let corners = self.corners[slot];
        let place: Point = std::array::from_fn(|k| {
            self.origin[k] + (0..3).map(|corner| f64::from(shares[corner]) * f64::from(corners[corner][k])).sum::<f64>()
        });
        Some(Nearest {
            triangle: self.triangles[slot],
            shares: shares.map(f64::from),
            point: place,
            distance_mm: vector::distance(point, place),
            slot: slot as u32,
        })
    }

    /// Calls `take` with every triangle of a leaf whose box comes within `radius_mm` of a point.
    pub fn around(&self, point: Point, radius_mm: f64, mut take: impl FnMut(u32)) {
        let p = vector::sub(point, self.origin).map(|part| part as f32);
        let reach = (radius_mm * radius_mm) as f32;
        let mut stack = vec![1_usize];
        while let Some(node) = stack.pop() {
            if outside(p, &self.boxes[node]) > reach {
                continue;
            }
            if node >= self.leaves {
                let first = (node - self.leaves) * LEAF;
                self.triangles.iter().skip(first).take(LEAF).for_each(|&triangle| take(triangle));
            } else {
                stack.extend([2 * node, 2 * node + 1]);
            }
        }
    }
}

/// Ten bits with two empty places after each.
fn spread_bits(value: u64) -> u64 {
    (0..10).map(|bit| (value >> bit & 1) << (3 * bit)).sum()
}

fn join(a: (P, P), b: (P, P)) -> (P, P) {
    (std::array::from_fn(|k| a.0[k].min(b.0[k])), std::array::from_fn(|k| a.1[k].max(b.1[k])))
}

/// Square of the distance of a point from a box.
fn outside(p: P, (low, high): &(P, P)) -> f32 {
    (0..3)
        .map(|k| {
            let away = (low[k] - p[k]).max(p[k] - high[k]).max(0.0);
            away * away
        })
        .sum()
}

fn square(a: P, b: P) -> f32 {
    (0..3).map(|k| (a[k] - b[k]) * (a[k] - b[k])).sum()
}

/// The place of a triangle nearest to a point (Ericson, Real-Time Collision Detection, 5.1.5), with the shares of its corners.
fn on_triangle(p: P, &[a, b, c]: &[P; 3]) -> ([f32; 3], P) {
    let minus = |a: P, b: P| -> P { std::array::from_fn(|k| a[k] - b[k]) };
    let dot = |a: P, b: P| a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    let (ab, ac, ap) = (minus(b, a), minus(c, a), minus(p, a));
    let (d1, d2) = (dot(ab, ap), dot(ac, ap));
    let bp = minus(p, b);
    let (d3, d4) = (dot(ab, bp), dot(ac, bp));
    let cp = minus(p, c);
    let (d5, d6) = (dot(ab, cp), dot(ac, cp));
    let (va, vb, vc) = (d3 * d6 - d5 * d4, d5 * d2 - d1 * d6, d1 * d4 - d3 * d2);
    let shares = if d1 <= 0.0 && d2 <= 0.0 {
        [1.0, 0.0, 0.0]
    } else if d3 >= 0.0 && d4 <= d3 {
        [0.0, 1.0, 0.0]
    } else if d6 >= 0.0 && d5 <= d6 {
        [0.0, 0.0, 1.0]
    } else if vc <= 0.0 && d1 >= 0.0 && d3 <= 0.0 {
        let share = d1 / (d1 - d3);
        [1.0 - share, share, 0.0]
    } else if vb <= 0.0 && d2 >= 0.0 && d6 <= 0.0 {
        let share = d2 / (d2 - d6);
        [1.0 - share, 0.0, share]
    } else if va <= 0.0 && d4 - d3 >= 0.0 && d5 - d6 >= 0.0 {
        let share = (d4 - d3) / ((d4 - d3) + (d5 - d6));
        [0.0, 1.0 - share, share]
    } else {
        let whole = va + vb + vc;
        // a triangle without an area has no inside
        if whole > 0.0 { [va / whole, vb / whole, vc / whole] } else { [1.0, 0.0, 0.0] }
    };
    (shares, std::array::from_fn(|k| shares[0] * a[k] + shares[1] * b[k] + shares[2] * c[k]))
}
