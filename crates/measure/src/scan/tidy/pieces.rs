//! Pieces of a mesh that hang together by their edges.

use super::edges::{Agree, Edges, agree};
use super::twice_area;
use crate::scan::Mesh;
use crate::scan::vector::norm;

/// Pieces, and how triangles have to be turned for each to have one outside.
pub(super) struct Pieces {
    /// Area of each.
    pub(super) areas: Vec<f64>,
    /// The piece of each triangle.
    pub(super) piece_of: Vec<u32>,
    /// Whether a triangle has to be turned to agree with most of its piece.
    pub(super) is_turned: Vec<bool>,
    /// Edges whose triangles disagree as they are.
    pub(super) disagreeing: usize,
    /// Edges whose triangles still disagree after turning.
    pub(super) folded: usize,
}

impl Pieces {
    pub(super) fn of(mesh: &Mesh, edges: &Edges) -> Self {
        const NONE: u32 = u32::MAX;
        let (across, disagreeing) = edges.across(mesh);
        let count = mesh.triangles.len();
        let mut pieces =
            Self { areas: Vec::new(), piece_of: vec![NONE; count], is_turned: vec![false; count], disagreeing, folded: 0 };
        let mut found: Vec<u32> = Vec::new();
        for start in 0..count as u32 {
            if pieces.piece_of[start as usize] != NONE {
                continue;
            }
            let piece = pieces.areas.len() as u32;
            pieces.piece_of[start as usize] = piece;
            found.clear();
            found.push(start);
            let (mut area, mut turned_area, mut next) = (0.0, 0.0, 0);
            while let Some(triangle) = found.get(next).copied() {
                next += 1;
                let is_turned = pieces.is_turned[triangle as usize];
                let size = norm(twice_area(mesh, triangle as usize)) / 2.0;
                area += size;
                turned_area += if is_turned { size } else { 0.0 };
                for side in 3 * triangle..3 * triangle + 3 {
                    let Some(other) = across[side as usize] else { continue };
                    let wanted = is_turned != (agree(mesh, side, other) == Agree::No);
                    let neighbour = other as usize / 3;
                    if pieces.piece_of[neighbour] == NONE {
                        pieces.piece_of[neighbour] = piece;
                        pieces.is_turned[neighbour] = wanted;
                        found.push(neighbour as u32);
                    } else {
                        // Met from both of its triangles.
                        pieces.folded += usize::from(pieces.is_turned[neighbour] != wanted);
                    }
                }
            }
            pieces.areas.push(area);
            if turned_area > area / 2.0 {
                found.iter().for_each(|triangle| pieces.is_turned[*triangle as usize] ^= true);
            }
        }
        pieces.folded /= 2;
        pieces
    }

    pub(super) fn largest_area(&self) -> f64 {
        self.areas.iter().copied().fold(0.0, f64::max)
    }

    /// Which pieces have at least this share of the area of the largest.
    pub(super) fn largest(&self, share: f64) -> Vec<bool> {
        let least = share * self.largest_area();
        self.areas.iter().map(|area| *area >= least).collect()
    }
}
