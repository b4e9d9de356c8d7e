//! Where a card may lie: flat pieces that are squares of one size, on a grid.

use super::{COLUMNS, PATCHES, ROWS};
use crate::photo::overview::Overview;
use crate::photo::plane::quantile;
use crate::photo::skin::pieces;

/// A flat piece that may be a patch.
#[derive(Clone, Copy)]
struct Square {
    x: f64,
    y: f64,
    /// Side, in pixels of the overview.
    side: f64,
}

/// A grid of 6 by 4 places, or 4 by 6.
pub(super) struct Grid {
    /// Place of the first patch, and from one to the next along and across, in pixels of the overview; `bend` is what of the product.
    origin: [f64; 2],
    along: [f64; 2],
    across: [f64; 2],
    bend: [f64; 2],
    pub(super) columns: usize,
    side: f64,
}

/// What a patch shows.
#[derive(Clone, Copy)]
pub(super) struct Patch {
    pub(super) linear: [f64; 3],
    pub(super) clipped: bool,
}

/// A way that the card may lie on its grid.
#[derive(Clone, Copy)]
pub(super) struct Way {
    /// From the last patch to the first.
    backwards: Backwards,
    pub(super) mirrored: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Backwards {
    No,
    Yes,
}

/// The ways on a grid that is given once for each direction.
pub(super) const WAYS: [Way; 4] = [
    Way { backwards: Backwards::No, mirrored: false },
    Way { backwards: Backwards::Yes, mirrored: false },
    Way { backwards: Backwards::No, mirrored: true },
    Way { backwards: Backwards::Yes, mirrored: true },
];

impl Way {
    /// The place on the grid of each patch of the card.
    pub(super) fn order(self, columns: usize) -> Vec<usize> {
        (0..PATCHES)
            .map(|patch| {
                let (row, column) = (patch / COLUMNS, patch % COLUMNS);
                let column = if self.mirrored { COLUMNS - 1 - column } else { column };
                let (row, column) =
                    if self.backwards == Backwards::Yes { (ROWS - 1 - row, COLUMNS - 1 - column) } else { (row, column) };
                // Of a grid that is higher than wide, the card's columns run down.
                if columns == COLUMNS { row * COLUMNS + column } else { column * ROWS + (ROWS - 1 - row) }
            })
            .collect()
    }
}

/// Steps of colour from pixel to pixel up to which a piece is flat, tried one after another, in CIELAB.
const FLAT: [f32; 3] = [1.5, 3.0, 6.0];
/// Sides of a patch, in pixels of the overview.
const SIDE_PX: [f64; 2] = [7.0, 200.0];
/// Patches that have to be found as squares; the others are where the grid says.
const FOUND_MIN: usize = 10;
/// Squares that are looked at: a picture full of tiles must not take minutes.
const SQUARES_MAX: usize = 300;

/// Grids that squares of the picture lie on, best first.
pub(super) fn grids(overview: &Overview) -> Vec<Grid> {
    let mut grids = Vec::new();
    for flat in FLAT {
        let squares = squares(overview, flat);
        let mut found: Vec<(usize, Grid)> = squares.iter().flat_map(|square| grids_from(square, &squares)).collect();
        found.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
        grids.extend(found.into_iter().take(12).map(|(_, grid)| grid));
    }
    grids
}

fn squares(overview: &Overview, flat: f32) -> Vec<Square> {
    let (width, height) = (overview.width, overview.height);
    let step = |one: usize, other: usize| {
        let (one, other) = (overview.lab[one], overview.lab[other]);
        (0..3).map(|at| (one[at] - other[at]).powi(2)).sum::<f32>()
    };
    let mask: Vec<bool> = (0..width * height)
        .map(|at| {
            let (x, y) = (at % width, at / width);
            let inside = x > 0 && y > 0 && x + 1 < width && y + 1 < height;
            inside && step(at - 1, at + 1) + step(at - width, at + width) < 4.0 * flat * flat
        })
        .collect();
    let mut squares: Vec<Square> = pieces(&mask, width, height)
        .into_iter()
        .filter_map(|piece| {
            let count = piece.len() as f64;
            if !(SIDE_PX[0] * SIDE_PX[0]..=SIDE_PX[1] * SIDE_PX[1]).contains(&count) {
                return None;
            }
            let place = |at: &usize| ((at % width) as f64, (at / width) as f64);
            let (sx, sy) = piece.iter().map(place).fold((0.0, 0.0), |sum, (x, y)| (sum.0 + x, sum.1 + y));
            let (x, y) = (sx / count, sy / count);
            let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
            for (u, v) in piece.iter().map(place) {
                xx += (u - x) * (u - x) / count;
                xy += (u - x) * (v - y) / count;
                yy += (v - y) * (v - y) / count;
            }
            let area = 12.0 * (xx * yy - xy * xy).max(0.0).sqrt();
            let root = (((xx - yy) / 2.0).powi(2) + xy * xy).sqrt();
            let long = ((f64::midpoint(xx, yy) + root) / (f64::midpoint(xx, yy) - root).max(1e-9)).sqrt();
            // A full rectangle has as much area as its second moments say.
            ((0.8..1.1).contains(&(count / area)) && long < 1.7).then_some(Square { x, y, side: area.sqrt() })
        })
        .collect();
    squares.sort_by(|one, other| other.side.total_cmp(&one.side));
    squares.truncate(SQUARES_MAX);
    squares
}

/// Grids with this square on them: its neighbours give the two directions.
fn grids_from(square: &Square, squares: &[Square]) -> Vec<(usize, Grid)> {
    let near: Vec<[f64; 2]> = squares
        .iter()
        .filter(|other| {
            let apart = (other.x - square.x).hypot(other.y - square.y);
            (0.9..2.2).contains(&(apart / square.side)) && (0.6..1.6).contains(&(other.side / square.side))
        })
        .map(|other| [other.x - square.x, other.y - square.y])
        .collect();
    let mut grids = Vec::new();
    for along in &near {
        // Directions to the right and down; the others are the same grid.
        if along[0] <= along[1].abs() {
            continue;
        }
        for across in &near {
            let turn = along[0] * across[1] - along[1] * across[0];
            let lengths = along[0].hypot(along[1]) * across[0].hypot(across[1]);
            let even = (along[0].hypot(along[1]) / across[0].hypot(across[1])).ln().abs() < 0.35;
            if turn > 0.85 * lengths && even {
                grids.extend(grown(square, *along, *across, squares));
            }
        }
    }
    grids
}

/// Gives squares their places on the grid, from near to far, and fits the grid to them; then tries every window of 6 by 4 and 4 by 6.
fn grown(start: &Square, along: [f64; 2], across: [f64; 2], squares: &[Square]) -> Vec<(usize, Grid)> {
    let mut grid = Lattice { origin: [start.x, start.y], along, across, bend: [0.0; 2] };
    let mut members: Vec<([i32; 2], Square)> = Vec::new();
    for reach in 1..=5 {
        members.clear();
        for square in squares.iter().filter(|square| (0.6..1.6).contains(&(square.side / start.side))) {
            let Some([i, j]) = grid.index(square.x, square.y) else { continue };
            let (p, q) = (i.round(), j.round());
            if (i - p).abs() < 0.25 && (j - q).abs() < 0.25 && p.abs() <= f64::from(reach) && q.abs() <= f64::from(reach) {
                members.push(([p as i32, q as i32], *square));
            }
        }
        if members.len() < 3 {
            return Vec::new();
        }
        grid = grid.fitted(&members);
    }
    if members.len() < FOUND_MIN {
        return Vec::new();
    }
    let mut sides: Vec<f32> = members.iter().map(|(_, square)| square.side as f32).collect();
    let side = quantile(&mut sides, 0.5).map_or(start.side, f64::from);
    let mut grids = Vec::new();
    for (columns, rows) in [(COLUMNS as i32, ROWS as i32), (ROWS as i32, COLUMNS as i32)] {
        for left in -5..=0 {
            for top in -5..=0 {
                let inside = |[i, j]: [i32; 2]| (left..left + columns).contains(&i) && (top..top + rows).contains(&j);
                let count = members.iter().filter(|(index, _)| inside(*index)).count();
                if count >= FOUND_MIN {
                    let Lattice { along, across, bend, .. } = grid;
                    let (l, t) = (f64::from(left), f64::from(top));
                    grids.push((
                        count,
                        Grid {
                            origin: grid.place(l, t),
                            along: [0, 1].map(|at| along[at] + t * bend[at]),
                            across: [0, 1].map(|at| across[at] + l * bend[at]),
                            bend,
                            columns: columns as usize,
                            side,
                        },
                    ));
                }
            }
        }
    }
    let most = grids.iter().map(|(count, _)| *count).max().unwrap_or(0);
    grids.retain(|(count, _)| *count + 2 >= most);
    grids
}

/// Places of a grid seen at a slant.
struct Lattice {
    origin: [f64; 2],
    along: [f64; 2],
    across: [f64; 2],
    bend: [f64; 2],
}

impl Lattice {
    fn place(&self, i: f64, j: f64) -> [f64; 2] {
        [0, 1].map(|at| self.origin[at] + i * self.along[at] + j * self.across[at] + i * j * self.bend[at])
    }

    /// The inverse, by three steps of Newton.
    fn index(&self, x: f64, y: f64) -> Option<[f64; 2]> {
        let (mut i, mut j) = (0.0, 0.0);
        for _ in 0..3 {
            let place = self.place(i, j);
            let (dx, dy) = (x - place[0], y - place[1]);
            let along = [0, 1].map(|at| self.along[at] + j * self.bend[at]);
            let across = [0, 1].map(|at| self.across[at] + i * self.bend[at]);
            let turn = along[0] * across[1] - along[1] * across[0];
            if turn.abs() < 1e-6 {
                return None;
            }
            i += (dx * across[1] - dy * across[0]) / turn;
            j += (along[0] * dy - along[1] * dx) / turn;
        }
        (i.abs() < 20.0 && j.abs() < 20.0).then_some([i, j])
    }

    /// Least squares over members, by sweeps over the four parts: they are nearly independent.
    fn fitted(mut self, members: &[([i32; 2], Square)]) -> Self {
        let bends = members.len() >= 8;
        for _ in 0..30 {
            for part in 0..if bends { 4 } else { 3 } {
                let weight = |i: f64, j: f64| [1.0, i, j, i * j][part];
                let (mut sum, mut norm) = ([0.0; 2], 0.0);
                for ([i, j], square) in members {
                    let (i, j) = (f64::from(*i), f64::from(*j));
                    let place = self.place(i, j);
                    sum[0] += weight(i, j) * (square.x - place[0]);
                    sum[1] += weight(i, j) * (square.y - place[1]);
                    norm += weight(i, j).powi(2);
                }
                if norm > 0.0 {
                    let target = [&mut self.origin, &mut self.along, &mut self.across, &mut self.bend];
                    for (of, part_of) in target.into_iter().enumerate() {
                        if of == part {
                            part_of[0] += sum[0] / norm;
                            part_of[1] += sum[1] / norm;
                        }
                    }
                }
            }
        }
        self
    }
}

impl Grid {
    fn place(&self, i: f64, j: f64) -> [f64; 2] {
        [0, 1].map(|at| self.origin[at] + i * self.along[at] + j * self.across[at] + i * j * self.bend[at])
    }

    /// By how much a card that lies this way is turned, clockwise.
    pub(super) fn turned_degrees(&self, way: Way) -> f64 {
        let direction = if self.columns == COLUMNS { self.along } else { self.across };
        let turned = libm::atan2(direction[1], direction[0]).to_degrees();
        match way.backwards {
            Backwards::No => turned,
            Backwards::Yes if turned > 0.0 => turned - 180.0,
            Backwards::Yes => turned + 180.0,
        }
    }

    /// Medians over the middle of each patch; nothing where it lies outside of the picture.
    pub(super) fn patches(&self, overview: &Overview) -> Vec<Option<Patch>> {
        (0..PATCHES)
            .map(|at| {
                let [x, y] = self.place((at % self.columns) as f64, (at / self.columns) as f64);
                let reach = (0.25 * self.side).max(1.0);
                let inside = x - reach >= 0.0
                    && y - reach >= 0.0
                    && x + reach < overview.width as f64
                    && y + reach < overview.height as f64;
                if !inside {
                    return None;
                }
                let cells: Vec<usize> = ((y - reach) as usize..=(y + reach) as usize)
                    .flat_map(|v| ((x - reach) as usize..=(x + reach) as usize).map(move |u| v * overview.width + u))
                    .collect();
                let middle = |of: &dyn Fn(usize) -> f32| {
                    let mut values: Vec<f32> = cells.iter().map(|cell| of(*cell)).collect();
                    quantile(&mut values, 0.5).map_or(0.0, f64::from)
                };
                let linear = [0, 1, 2].map(|channel: usize| middle(&|cell| overview.linear[cell][channel]));
                Some(Patch { linear, clipped: middle(&|cell| overview.clipped[cell][0]) > 0.1 })
            })
            .collect()
    }
}
