//! A scan mended as far as that is safe, with everything that was done to it counted.

mod edges;
mod pieces;
mod weld;

use edges::Edges;
use pieces::Pieces;
use serde::Serialize;

use super::Mesh;
use super::read::Texture;
use super::vector::{add, cross, dot, norm, scale, sub};
use crate::Error;

/// What a scan is like, after it was mended.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Condition {
    /// Points.
    pub points: usize,
    /// Triangles.
    pub triangles: usize,
    /// Area in square millimetres.
    pub area_mm2: f64,
    /// Median length of its edges in millimetres.
    pub spacing_mm: f64,
    /// Pieces that hang together.
    pub pieces: usize,
    /// Lines at which it ends: its rim and its holes. Those that touch are one.
    pub borders: usize,
    /// Length of the longest of them in millimetres.
    pub longest_border_mm: f64,
    /// Edges of more than two triangles.
    pub crowded_edges: usize,
    /// Which side is the outside.
    pub outside: Outside,
    /// What was mended.
    pub mended: Mended,
}

/// What was mended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Mended {
    /// Points at the very place of another one, made one with it.
    pub points_welded: usize,
    /// Points without any triangle, dropped.
    pub points_stray: usize,
    /// Triangles with a corner twice, dropped.
    pub triangles_flat: usize,
    /// Triangles of the same corners as another one, dropped.
    pub triangles_double: usize,
    /// Small pieces apart from the scan, dropped.
    pub islands: usize,
    /// Their triangles.
    pub island_triangles: usize,
    /// Triangles whose order of corners was turned, so that all have the same outside.
    pub triangles_turned: usize,
}

/// Which side of a scan is its outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outside {
    /// As the file has it, and as its shape does: it bulges outwards.
    AsShaped,
    /// The file had it inside out, and it was turned.
    Turned,
    /// As the file has it; its shape does not tell.
    AsInFile,
}

/// A piece under this share of the area of the largest is an island (ours).
const ISLAND_SHARE: f64 = 0.01;
/// The largest piece has to have this share of the whole area (ours).
const LARGEST_SHARE_MIN: f64 = 0.5;
/// Share of the edges across which triangles may disagree about the outside, where no way of turning them helps (ours).
const FOLDED_SHARE_MAX: f64 = 1e-3;

/// What a mesh is like in the unit of its file.
pub(super) struct Shape(Condition);

/// Mends a mesh whose triangles all have their points; lengths are in its own unit.
pub(super) fn tidy(mesh: &mut Mesh, mut texture: Option<&mut Texture>) -> Result<Shape, Error> {
    let mut mended = Mended { points_welded: weld::weld(mesh), ..Mended::default() };
    let is_flat = |&[a, b, c]: &[u32; 3]| a == b || b == c || c == a;
    let solid: Vec<bool> = mesh.triangles.iter().map(|triangle| !is_flat(triangle)).collect();
    mended.triangles_flat = drop_triangles(mesh, texture.as_deref_mut(), &solid);
    mended.points_stray = drop_strays(mesh).saturating_sub(mended.points_welded);

    let edges = Edges::of(mesh);
    let single = edges.without_doubles(mesh);
    let edges = if single.contains(&false) {
        mended.triangles_double = drop_triangles(mesh, texture.as_deref_mut(), &single);
        Edges::of(mesh)
    } else {
        edges
    };

    let pieces = Pieces::of(mesh, &edges);
    let kept_pieces = pieces.largest(ISLAND_SHARE);
    let kept: Vec<bool> = pieces.piece_of.iter().map(|piece| kept_pieces[*piece as usize]).collect();
    let share = pieces.largest_area() / pieces.areas.iter().sum::<f64>();
    if share < LARGEST_SHARE_MIN {
        return Err(Error::InPieces { pieces: pieces.areas.len() as u64, percent: (100.0 * share) as u32 });
    }
    mended.triangles_turned = turn(mesh, texture.as_deref_mut(), &pieces, &kept, edges.len())?;
    mended.island_triangles = drop_triangles(mesh, texture, &kept);
    mended.islands = kept_pieces.iter().filter(|kept| !**kept).count();
    drop_strays(mesh);

    let edges = Edges::of(mesh);
    let (borders, longest_border_mm) = edges.borders(mesh);
    Ok(Shape(Condition {
        points: mesh.vertices.len(),
        triangles: mesh.triangles.len(),
        area_mm2: (0..mesh.triangles.len()).map(|at| norm(twice_area(mesh, at)) / 2.0).sum(),
        spacing_mm: edges.median_length(mesh),
        pieces: kept_pieces.iter().filter(|kept| **kept).count(),
        borders,
        longest_border_mm,
        crowded_edges: edges.crowded(),
        outside: Outside::AsInFile,
        mended,
    }))
}

impl Shape {
    /// In millimetres, `mm` of which are one of the unit of the file. The mesh is in millimetres already; where it is inside out it is turned.
    pub(super) fn in_millimetres(self, mm: f64, mesh: &mut Mesh, texture: Option<&mut Texture>) -> Condition {
        let outside = outside(mesh);
        if outside == Outside::Turned {
            mesh.triangles.iter_mut().for_each(|[_, b, c]| std::mem::swap(b, c));
            texture.into_iter().flat_map(|texture| &mut texture.coordinates).for_each(|[_, b, c]| std::mem::swap(b, c));
        }
        Condition {
            area_mm2: self.0.area_mm2 * mm * mm,
            spacing_mm: self.0.spacing_mm * mm,
            longest_border_mm: self.0.longest_border_mm * mm,
            outside,
            ..self.0
        }
    }
}

/// A scan as large as this is one of a face, which bulges (ours); a smaller one may be of a hollow.
const BULGING_SIDE_MM: f64 = 100.0;
/// How far triangles have to look away from the middle, or towards it, on average: the cosine, weighted by area and distance (ours; real
/// faces have 0.35 and more).
const BULGE_MIN: f64 = 0.15;

fn outside(mesh: &Mesh) -> Outside {
    let bulge = bulge(mesh);
    if super::read::Sides::of(mesh).longest() < BULGING_SIDE_MM || bulge.abs() < BULGE_MIN {
        Outside::AsInFile
    } else if bulge > 0.0 {
        Outside::AsShaped
    } else {
        Outside::Turned
    }
}

/// 1 for a ball seen from outside, -1 for one inside out, 0 for a plane.
fn bulge(mesh: &Mesh) -> f64 {
    let middle_of = |at: usize| {
        let [a, b, c] = mesh.triangles[at].map(|corner| mesh.vertices[corner as usize]);
        scale(add(add(a, b), c), 1.0 / 3.0)
    };
    let weighted = (0..mesh.triangles.len()).map(|at| (norm(twice_area(mesh, at)), middle_of(at)));
    let (sum, area) = weighted.fold(([0.0; 3], 0.0), |(sum, all), (area, middle)| (add(sum, scale(middle, area)), all + area));
    let middle = scale(sum, 1.0 / area);
    let (along, length) = (0..mesh.triangles.len()).fold((0.0, 0.0), |(along, length), at| {
        let (normal, from) = (twice_area(mesh, at), sub(middle_of(at), middle));
        (along + dot(normal, from), length + norm(normal) * norm(from))
    });
    if length > 0.0 { along / length } else { 0.0 }
}

/// Twice the area of a triangle, along its normal.
fn twice_area(mesh: &Mesh, at: usize) -> super::Point {
    let [a, b, c] = mesh.triangles[at].map(|corner| mesh.vertices[corner as usize]);
    cross(sub(b, a), sub(c, a))
}

/// Turns triangles so that neighbours have the same outside, each piece as most of its area has it, and returns how many were turned.
fn turn(mesh: &mut Mesh, texture: Option<&mut Texture>, pieces: &Pieces, kept: &[bool], edges: usize) -> Result<usize, Error> {
    if pieces.disagreeing == 0 {
        return Ok(0);
    }
    if pieces.folded > 0 {
        // No turning helps. A fold or two are left as they are; more than that have no outside.
        let is_local = pieces.disagreeing as f64 <= FOLDED_SHARE_MAX * edges as f64;
        return if is_local { Ok(0) } else { Err(Error::NoOutside { edges: pieces.folded as u64 }) };
    }
    let turned = |at: &usize| pieces.is_turned[*at];
    let coordinates = texture.map(|texture| &mut texture.coordinates);
    if let Some(coordinates) = coordinates {
        (0..coordinates.len()).filter(turned).for_each(|at| coordinates[at].swap(1, 2));
    }
    (0..mesh.triangles.len()).filter(turned).for_each(|at| mesh.triangles[at].swap(1, 2));
    Ok((0..mesh.triangles.len()).filter(|at| turned(at) && kept[*at]).count())
}

/// Keeps some triangles, and returns how many were dropped.
fn drop_triangles(mesh: &mut Mesh, texture: Option<&mut Texture>, kept: &[bool]) -> usize {
    let before = mesh.triangles.len();
    let mut keep = kept.iter();
    mesh.triangles.retain(|_| keep.next() == Some(&true));
    if let Some(texture) = texture {
        let mut keep = kept.iter();
        texture.coordinates.retain(|_| keep.next() == Some(&true));
    }
    before - mesh.triangles.len()
}

/// Drops points without a triangle, and returns how many.
fn drop_strays(mesh: &mut Mesh) -> usize {
    let before = mesh.vertices.len();
    let mut is_used = vec![false; before];
    mesh.triangles.iter().flatten().for_each(|corner| is_used[*corner as usize] = true);
    if is_used.iter().all(|used| *used) {
        return 0;
    }
    let number = |next: &mut u32, used: &bool| Some(std::mem::replace(next, *next + u32::from(*used)));
    let renamed: Vec<u32> = is_used.iter().scan(0, number).collect();
    mesh.triangles.iter_mut().flatten().for_each(|corner| *corner = renamed[*corner as usize]);
    let mut keep = is_used.iter();
    mesh.vertices.retain(|_| keep.next() == Some(&true));
    if let Some(colours) = &mut mesh.colours {
        let mut keep = is_used.iter();
        colours.retain(|_| keep.next() == Some(&true));
    }
    before - mesh.vertices.len()
}
