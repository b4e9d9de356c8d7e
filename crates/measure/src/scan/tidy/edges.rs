//! Edges of a mesh, and the triangles at each.

use crate::scan::Mesh;
use crate::scan::vector::distance;

/// One side of a triangle: the higher of its two points, and three times the triangle plus the corner that the side begins at.
type Side = (u32, u32);

/// All sides of all triangles, those of one edge after another.
pub(super) struct Edges {
    /// For each point, where the sides begin whose lower point it is.
    begins: Vec<u32>,
    sides: Vec<Side>,
}

/// An edge: its points, the lower one first, and the triangles at it.
pub(super) struct Edge<'a> {
    pub(super) points: [u32; 2],
    pub(super) sides: &'a [Side],
}

/// The points of a side, in the order of its triangle.
fn ends(mesh: &Mesh, side: u32) -> [u32; 2] {
    let triangle = mesh.triangles[side as usize / 3];
    let at = side as usize % 3;
    [triangle[at], triangle[(at + 1) % 3]]
}

impl Edges {
    pub(super) fn of(mesh: &Mesh) -> Self {
        let mut begins = vec![0u32; mesh.vertices.len() + 1];
        let sides_of = || (0..3 * mesh.triangles.len() as u32).map(|side| (ends(mesh, side), side));
        for ([a, b], _) in sides_of() {
            begins[a.min(b) as usize] += 1;
        }
        let mut sum = 0;
        for begin in &mut begins {
            sum += std::mem::replace(begin, sum);
        }
        let mut next = begins.clone();
        let mut sides = vec![(0, 0); 3 * mesh.triangles.len()];
        for ([a, b], side) in sides_of() {
            let place = &mut next[a.min(b) as usize];
            sides[*place as usize] = (a.max(b), side);
            *place += 1;
        }
        for pair in begins.windows(2) {
            sides[pair[0] as usize..pair[1] as usize].sort_unstable();
        }
        Self { begins, sides }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = Edge<'_>> {
        (0u32..).zip(self.begins.windows(2)).flat_map(|(low, pair)| {
            let sides = &self.sides[pair[0] as usize..pair[1] as usize];
            sides.chunk_by(|a, b| a.0 == b.0).map(move |sides| Edge { points: [low, sides[0].0], sides })
        })
    }

    pub(super) fn len(&self) -> usize {
        self.iter().count()
    }

    /// Edges of more than two triangles.
    pub(super) fn crowded(&self) -> usize {
        self.iter().filter(|edge| edge.sides.len() > 2).count()
    }

    /// Which triangles are the first of their corners.
    pub(super) fn without_doubles(&self, mesh: &Mesh) -> Vec<bool> {
        let mut is_first = vec![true; mesh.triangles.len()];
        for edge in self.iter().filter(|edge| edge.sides.len() > 1) {
            let opposite = |side: u32| mesh.triangles[side as usize / 3][(side as usize + 2) % 3];
            let mut opposites: Vec<(u32, u32)> = edge.sides.iter().map(|(_, side)| (opposite(*side), side / 3)).collect();
            opposites.sort_unstable();
            for same in opposites.chunk_by(|a, b| a.0 == b.0) {
                same[1..].iter().for_each(|(_, triangle)| is_first[*triangle as usize] = false);
            }
        }
        is_first
    }

    /// For each side the other side of its edge, where there are two; and the number of edges whose two triangles disagree about the outside.
    pub(super) fn across(&self, mesh: &Mesh) -> (Vec<Option<u32>>, usize) {
        let mut across = vec![None; self.sides.len()];
        let mut disagreeing = 0;
        for edge in self.iter() {
            if let [(_, one), (_, other)] = edge.sides {
                across[*one as usize] = Some(*other);
                across[*other as usize] = Some(*one);
                disagreeing += usize::from(agree(mesh, *one, *other) == Agree::No);
            }
        }
        (across, disagreeing)
    }

    /// How many lines there are at which the mesh ends, and the length of the longest.
    pub(super) fn borders(&self, mesh: &Mesh) -> (usize, f64) {
        let mut line = Lines { before: (0..mesh.vertices.len() as u32).collect() };
        let border = || self.iter().filter(|edge| edge.sides.len() == 1).map(|edge| edge.points);
        border().for_each(|[a, b]| line.join(a, b));
        let mut lengths = vec![0.0; mesh.vertices.len()];
        for [a, b] in border() {
            lengths[line.end(a) as usize] += distance(mesh.vertices[a as usize], mesh.vertices[b as usize]);
        }
        (lengths.iter().filter(|length| **length > 0.0).count(), lengths.iter().copied().fold(0.0, f64::max))
    }

    pub(super) fn median_length(&self, mesh: &Mesh) -> f64 {
        let mut lengths: Vec<f64> = self
            .iter()
            .map(|edge| distance(mesh.vertices[edge.points[0] as usize], mesh.vertices[edge.points[1] as usize]))
            .collect();
        if lengths.is_empty() {
            return 0.0;
        }
        let middle = lengths.len() / 2;
        *lengths.select_nth_unstable_by(middle, f64::total_cmp).1
    }
}

/// Whether two triangles at an edge have the same outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Agree {
    Yes,
    No,
}

/// They do where they run along their edge in opposite directions.
pub(super) fn agree(mesh: &Mesh, side: u32, other: u32) -> Agree {
    if ends(mesh, side)[0] == ends(mesh, other)[1] { Agree::Yes } else { Agree::No }
}

/// Points that hang together (Tarjan and van Leeuwen 1984, paths halved).
struct Lines {
    before: Vec<u32>,
}

impl Lines {
    fn end(&mut self, mut at: u32) -> u32 {
        while self.before[at as usize] != at {
            let above = self.before[self.before[at as usize] as usize];
            self.before[at as usize] = above;
            at = above;
        }
        at
    }

    fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.end(a), self.end(b));
        self.before[a.max(b) as usize] = a.min(b);
    }
}
