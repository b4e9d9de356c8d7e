//! The nearest place on a surface: a tree of boxes around triangles.

use super::vector;
use super::{Mesh, Point};

type P = [f32; 3];

/// Boxes around the triangles of a surface. Triangles are laid along a Z-shaped curve and boxed four by four, then boxes four by four; all
/// in 32 bits about the middle of the surface, which is a hundredth of a micrometre on a face.
#[derive(Clone, Debug)]
pub struct Tree {
    origin: Point,
    /// The children of node `n` are the nodes `4 n + 1` to `4 n + 4`; those of the last level are triangles.
    nodes: Vec<Four>,
    /// First node of the last level.
    last: usize,
    corners: Vec<[P; 3]>,
    triangles: Vec<u32>,
}

/// Boxes of four children, axis by axis.
#[derive(Clone, Copy, Debug)]
struct Four {
    low: [[f32; 4]; 3],
    high: [[f32; 4]; 3],
}

impl Four {
    const EMPTY: Self = Self { low: [[f32::INFINITY; 4]; 3], high: [[f32::NEG_INFINITY; 4]; 3] };

    fn set(&mut self, child: usize, (low, high): (P, P)) {
        for k in 0..3 {
            (self.low[k][child], self.high[k][child]) = (low[k], high[k]);
        }
    }

    /// The box around all four.
    fn around(&self) -> (P, P) {
        let fold = |of: &[[f32; 4]; 3], take: fn(f32, f32) -> f32| of.map(|four| four.into_iter().fold(four[0], take));
        (fold(&self.low, f32::min), fold(&self.high, f32::max))
    }

    /// Squares of the distances of a point from each; an empty one is infinitely far.
    fn outside(&self, p: P) -> [f32; 4] {
        let mut sum = [0.0; 4];
        for k in 0..3 {
            for (child, sum) in sum.iter_mut().enumerate() {
                let away = (self.low[k][child] - p[k]).max(p[k] - self.high[k][child]).max(0.0);
                *sum += away * away;
            }
        }
        sum
    }
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
        // nodes of the last level: a power of four, so that children are found by counting
        let mut wide = 1;
        while 4 * wide < corners.len() {
            wide *= 4;
        }
        let last = (wide - 1) / 3;
        let mut nodes = vec![Four::EMPTY; last + corners.len().div_ceil(4).max(1)];
        for (slot, [a, b, c]) in corners.iter().enumerate() {
            let least = |of: fn(f32, f32) -> f32| -> P { std::array::from_fn(|k| of(of(a[k], b[k]), c[k])) };
            nodes[last + slot / 4].set(slot % 4, (least(f32::min), least(f32::max)));
        }
        for node in (1..nodes.len()).rev() {
            let box_ = nodes[node].around();
            nodes[(node - 1) / 4].set((node - 1) % 4, box_);
        }
        Self { origin, nodes, last, corners, triangles }
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
        let mut stack = [(0.0_f32, 0_u32); 64];
        let mut top = 1;
        while top > 0 {
            top -= 1;
            let (away, node) = stack[top];
            let node = node as usize;
            if away > best {
                continue;
            }
            let away = self.nodes[node].outside(p);
            if node >= self.last {
                for (child, away) in away.into_iter().enumerate() {
                    if away <= best {
                        look(4 * (node - self.last) + child, &mut best);
                    }
                }
                continue;
            }
            // the nearest child is looked at first: the others lie under it on the stack
            let mut nearest = top;
            for (child, away) in away.into_iter().enumerate() {
                if away <= best {
                    stack[top] = (away, (4 * node + 1 + child) as u32);
                    if away <= stack[nearest].0 {
                        nearest = top;
                    }
                    top += 1;
                }
            }
            if top > nearest {
                stack.swap(nearest, top - 1);
            }
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

    /// Direction of the triangle of a place, of any length.
    #[must_use]
    pub fn facing(&self, place: &Nearest) -> Point {
        let [a, b, c] = self.corners[place.slot as usize].map(|corner| corner.map(f64::from));
        vector::cross(vector::sub(b, a), vector::sub(c, a))
    }

    /// Calls `take` with the corners, as seen from a point, of every triangle whose box comes within `radius_mm` of it.
    pub fn around(&self, point: Point, radius_mm: f64, mut take: impl FnMut([Point; 3])) {
        let seen = vector::sub(point, self.origin);
        let p = vector::sub(point, self.origin).map(|part| part as f32);
        let reach = (radius_mm * radius_mm) as f32;
        let mut stack = vec![0];
        while let Some(node) = stack.pop() {
            for (child, away) in self.nodes[node].outside(p).into_iter().enumerate() {
                if away > reach {
                    continue;
                }
                if node < self.last {
                    stack.push(4 * node + 1 + child);
                } else if let Some(corners) = self.corners.get(4 * (node - self.last) + child) {
                    take(corners.map(|corner| vector::sub(corner.map(f64::from), seen)));
                }
            }
        }
    }
}

/// Ten bits with two empty places after each.
fn spread_bits(value: u64) -> u64 {
    (0..10).map(|bit| (value >> bit & 1) << (3 * bit)).sum()
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

#[cfg(test)]
mod tests {
    use super::*;

    /// A bowl of triangles with a fold in it.
    fn bowl(side: u32) -> Mesh {
        let place = |at: u32| f64::from(at) * 0.7 - 12.0;
        let height = |x: f64, y: f64| 0.03 * (x * x + y * y) + libm::sin(x) * 0.4;
        let points = (0..side * side).map(|at| (place(at % side), place(at / side)));
        let vertices = points.map(|(x, y)| [x, y, height(x, y)]).collect();
        let cells = (0..(side - 1) * (side - 1)).map(|at| at / (side - 1) * side + at % (side - 1));
        let triangles = cells.flat_map(|at| [[at, at + 1, at + side], [at + 1, at + side + 1, at + side]]).collect();
        Mesh { vertices, triangles, colours: None }
    }

    #[test]
    fn the_nearest_place_is_as_near_as_the_nearest_of_all_triangles() {
        let mesh = bowl(36);
        let tree = Tree::new(&mesh);
        let mut last = None;
        for at in 0..500 {
            let point = [f64::from(at * 37 % 301) * 0.1 - 15.0, f64::from(at * 53 % 307) * 0.1 - 15.0, f64::from(at % 23) - 5.0];
            let found = tree.nearest(point, 100.0, last.as_ref()).unwrap();
            let each = tree.corners.iter().map(|corners| {
                let p = vector::sub(point, tree.origin).map(|part| part as f32);
                square(p, on_triangle(p, corners).1)
            });
            let nearest = f64::from(each.fold(f32::INFINITY, f32::min)).sqrt();
            assert!((found.distance_mm - nearest).abs() < 1e-4, "{point:?}: {} {nearest}", found.distance_mm);
            last = Some(found);
        }
    }

    #[test]
    fn nothing_is_near_what_is_far() {
        assert_eq!(Tree::new(&bowl(12)).nearest([0.0, 0.0, 90.0], 20.0, None), None);
        assert_eq!(Tree::new(&Mesh::default()).nearest([0.0; 3], 20.0, None), None);
    }

    #[test]
    fn around_gives_every_triangle_that_comes_close() {
        let mesh = bowl(36);
        let here = [1.0, 2.0, 0.0];
        let close = |corners: &[Point; 3]| corners.iter().any(|corner| vector::norm(*corner) < 3.0);
        let mut found = Vec::new();
        Tree::new(&mesh).around(here, 3.0, |corners| found.push(corners));
        let all = mesh.triangles.iter().map(|corners| corners.map(|at| vector::sub(mesh.vertices[at as usize], here)));
        let expected = all.filter(close).count();
        assert!(expected > 20);
        assert_eq!(found.iter().filter(|corners| close(corners)).count(), expected);
        assert!(found.len() < mesh.triangles.len() / 4);
    }
}
