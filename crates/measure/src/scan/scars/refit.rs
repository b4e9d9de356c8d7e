//! One depression against its own reference.

use super::chart::Chart;
use super::reference::Reference;
use super::{Instrument, Unmeasurable};
use crate::scan::solve::{Normal, eigen};
use crate::scan::vector::unit;
use crate::scan::{Point, Surface};

/// A depression on its chart: how deep each cell lies, and which cells are in it.
#[derive(Clone, Debug)]
pub(super) struct Depression {
    pub(super) chart: Chart,
    reference: Reference,
    /// How deep each cell lies under the reference, in millimetres, as scanned.
    depths: Vec<f32>,
    /// The same, of heights that were smoothed.
    smoothed: Vec<f32>,
    /// Distance of each cell from the footprint, in millimetres.
    away_mm: Vec<f32>,
    /// Radius of a disc as large as the footprint, in millimetres.
    pub(super) radius_mm: f64,
    /// The deepest cell of the footprint.
    deepest: usize,
    /// Middle of the footprint on the chart, in millimetres.
    middle: [f64; 2],
    /// Length over width of the footprint.
    elongation: f64,
    /// Depth in millimetres.
    pub(super) depth_mm: f64,
}

/// Cells along the radius of a scar, where points are closer than that: more tell nothing new.
const CELLS_OF_A_RADIUS: f64 = 20.0;
/// Radius of the ground, in radii of the footprint: inside the walls of a boxcar.
const GROUND: f64 = 0.55;
/// Inside of the ring, in radii beyond the footprint (which ends where the depression is 15 % deep): with 1.35 to 2.5 radii this is
/// a ring of 1.25 to 2.3 times the whole depression; ours.
const RING_FROM: f64 = 0.35;
/// Outside of the ring.
const RING_TO: f64 = 1.5;
/// Share of the depth at which the footprint ends.
const FOOTPRINT_SHARE: f64 = 0.15;
/// The least depth that is looked at, in millimetres; ours.
const DEPTH_MM_MIN: f64 = 0.05;
/// Spreads of the ring that a depth has to exceed; ours.
const SPREADS_MIN: f64 = 4.0;
/// Largest spread of the ring about the reference, in millimetres; ours: with it the total volume of 40 scars on a real face came out 1.03 of the
/// truth, without it 1.84.
const RING_SPREAD_MM_MAX: f64 = 0.06;
/// Largest curvature of the skin without the scar: wings of the nose, lips and lids are bent to less than 10 mm; ours.
const CURVATURE_MAX: f64 = 0.1;
/// And over the radius of a scar; ours.
const BEND_MAX: f64 = 0.35;
/// Longer than this, a depression is a fold or wrinkle; ours.
const ELONGATION_MAX: f64 = 3.0;
/// Largest radius in millimetres: rolling scars end at about 10 mm across, and sockets of the eyes begin there; ours.
const RADIUS_MM_MAX: f64 = 5.0;
/// Share of the cells of the ring that have to be on the scan; ours.
const COVERAGE_MIN: f64 = 0.95;
/// And of those inside it, where each that is missing takes from the volume; ours.
const COVERAGE_INSIDE_MIN: f64 = 0.98;

/// Refits a candidate until its footprint stays. `Ok(None)` where nothing is lower than its surroundings.
pub(super) fn refit(
    surface: &Surface<'_>,
    instrument: &Instrument,
    mut point: Point,
    mut normal: Point,
    mut radius_mm: f64,
) -> Result<Option<Depression>, Unmeasurable> {
    for round in 0..6 {
        let mask = Mask::Disc { radius_mm };
        let Some(mut depression) = measured(surface, instrument, point, normal, radius_mm, mask) else {
            return Err(Unmeasurable::ScanEnds);
        };
        let least = f64::max(DEPTH_MM_MIN, SPREADS_MIN * depression.reference.spread_mm);
        if !depression.outline(radius_mm) || depression.depth_mm < least {
            return Ok(None);
        }
        let slope = depression.reference.slope(depression.middle);
        let height = depression.reference.height(depression.middle);
        point = depression.chart.point(depression.middle, height);
        normal = unit(depression.chart.direction([-slope[0], -slope[1], 1.0])).unwrap_or(normal);
        let stays = (depression.radius_mm / radius_mm - 1.0).abs() < 0.1 && libm::hypot(slope[0], slope[1]) < 0.1;
        radius_mm = f64::min(depression.radius_mm, 1.5 * radius_mm).max(1.5 * depression.chart.dx_mm);
        if radius_mm > RADIUS_MM_MAX {
            return Err(Unmeasurable::TooWide);
        }
        if stays || round == 5 {
            // once more with its own outline in place of a disc
            let outline = Mask::Outline(&depression.clone());
            let Some(mut last) = measured(surface, instrument, point, normal, radius_mm, outline) else {
                return Err(Unmeasurable::ScanEnds);
            };
            if !last.outline(radius_mm) || last.depth_mm < least {
                return Ok(None);
            }
            return last.gated().map(Some);
        }
    }
    Ok(None)
}

/// A disc of skin without a scar, measured as if it were one.
pub(super) fn null(
    surface: &Surface<'_>,
    instrument: &Instrument,
    point: Point,
    normal: Point,
    radius_mm: f64,
) -> Option<Depression> {
    let mut disc = measured(surface, instrument, point, normal, radius_mm, Mask::Disc { radius_mm })?;
    disc.deepest = disc.deepest_within(|away| away == 0.0)?;
    disc.radius_mm = radius_mm;
    disc.depth_mm = disc.bottom()?;
    disc.gated().ok()
}

enum Mask<'a> {
    Disc { radius_mm: f64 },
    Outline(&'a Depression),
}

/// Chart, reference and depths around a mask; nothing where the scan ends there.
fn measured(
    surface: &Surface<'_>,
    instrument: &Instrument,
    point: Point,
    normal: Point,
    radius_mm: f64,
    mask: Mask<'_>,
) -> Option<Depression> {
    let reach = (1.0 + RING_TO) * radius_mm * if matches!(mask, Mask::Outline(_)) { 1.3 } else { 1.0 };
    let dx_mm = instrument.dx_mm.max(radius_mm / CELLS_OF_A_RADIUS);
    let chart = Chart::cut(surface, point, normal, reach + 2.0 * dx_mm, dx_mm);
    let heights = chart.smoothed(instrument.sigma_mm.max(0.5 * dx_mm) / dx_mm, 0.5);
    let away_mm: Vec<f32> = match mask {
        Mask::Disc { radius_mm } => (0..heights.len())
            .map(|cell| {
                let [x, y] = chart.place(cell);
                ((x * x + y * y).sqrt() - radius_mm).max(0.0) as f32
            })
            .collect(),
        Mask::Outline(of) => distances(&chart, |place| of.inside(place, &chart)),
    };
    let ring: Vec<usize> = (0..heights.len())
        .filter(|&cell| (RING_FROM * radius_mm..=RING_TO * radius_mm).contains(&f64::from(away_mm[cell])))
        .collect();
    let share = |there: usize, of: usize| there as f64 / of.max(1) as f64;
    let ring_there = share(ring.iter().filter(|&&cell| !heights[cell].is_nan()).count(), ring.len());
    let inside: Vec<usize> = (0..heights.len()).filter(|&cell| f64::from(away_mm[cell]) < RING_FROM * radius_mm).collect();
    let inside_there = share(inside.iter().filter(|&&cell| !chart.heights[cell].is_nan()).count(), inside.len());
    if ring_there < COVERAGE_MIN || inside_there < COVERAGE_INSIDE_MIN {
        return None;
    }
    let reference = Reference::through(&chart, &heights, &ring)?;
    let expected: Vec<f32> = (0..heights.len()).map(|cell| reference.height(chart.place(cell)) as f32).collect();
    let under = |heights: &[f32]| -> Vec<f32> { expected.iter().zip(heights).map(|(expected, z)| expected - z).collect() };
    let (depths, smoothed) = (under(&chart.heights), under(&heights));
    let depression = Depression {
        chart,
        reference,
        depths,
        smoothed,
        away_mm,
        radius_mm,
        deepest: 0,
        middle: [0.0; 2],
        elongation: 1.0,
        depth_mm: 0.0,
    };
    Some(depression)
}

/// Distance of every cell from those inside, in millimetres (two sweeps of steps to eight neighbours, at most 8 % too long).
fn distances(chart: &Chart, inside: impl Fn([f64; 2]) -> bool) -> Vec<f32> {
    let side = chart.side;
    let (straight, aslant) = (0.962 * chart.dx_mm as f32, 1.361 * chart.dx_mm as f32);
    let mut away: Vec<f32> = (0..side * side).map(|cell| if inside(chart.place(cell)) { 0.0 } else { f32::INFINITY }).collect();
    let mut sweep = |cells: &mut dyn Iterator<Item = usize>, back: isize| {
        for cell in cells {
            let (row, column) = ((cell / side) as isize, (cell % side) as isize);
            for (down, right, step) in [(0, -1, straight), (-1, -1, aslant), (-1, 0, straight), (-1, 1, aslant)] {
                let (row, column) = (row + down * back, column + right * back);
                if (0..side as isize).contains(&row) && (0..side as isize).contains(&column) {
                    away[cell] = away[cell].min(away[row as usize * side + column as usize] + step);
                }
            }
        }
    };
    sweep(&mut (0..side * side), 1);
    sweep(&mut (0..side * side).rev(), -1);
    away
}

impl Depression {
    /// Whether a place on another chart, around the middle of this footprint, lies in the footprint.
    fn inside(&self, [x, y]: [f64; 2], on: &Chart) -> bool {
        let point = on.point([x, y], 0.0);
        let [x, y] = self.chart.seen(point);
        self.chart.cell([x, y]).is_some_and(|cell| self.away_mm[cell] == 0.0)
    }

    fn deepest_within(&self, within: impl Fn(f32) -> bool) -> Option<usize> {
        let cells = (0..self.smoothed.len()).filter(|&cell| within(self.away_mm[cell]) && !self.smoothed[cell].is_nan());
        cells.max_by(|&a, &b| self.smoothed[a].total_cmp(&self.smoothed[b]))
    }

    /// Finds depth and footprint: what hangs together with the deepest cell and is at least 15 % as deep.
    fn outline(&mut self, radius_mm: f64) -> bool {
        let Some(deepest) = self.deepest_within(|away| away == 0.0) else { return false };
        self.deepest = deepest;
        let Some(depth_mm) = self.bottom() else { return false };
        self.depth_mm = depth_mm;
        let least = f64::max(FOOTPRINT_SHARE * depth_mm, 2.0 * self.reference.spread_mm).min(0.5 * depth_mm);
        let footprint = self.connected(least as f32, (0.9 * RING_TO * radius_mm) as f32);
        if footprint.len() < 4 {
            return false;
        }
        let area = footprint.len() as f64 * self.chart.dx_mm * self.chart.dx_mm;
        self.radius_mm = (area / std::f64::consts::PI).sqrt();
        let count = footprint.len() as f64;
        let places: Vec<[f64; 2]> = footprint.iter().map(|&cell| self.chart.place(cell)).collect();
        self.middle = [0, 1].map(|k| places.iter().map(|place| place[k]).sum::<f64>() / count);
        let moment = |i: usize, j: usize| {
            places.iter().map(|place| (place[i] - self.middle[i]) * (place[j] - self.middle[j])).sum::<f64>() / count
        };
        let [(long, _), (short, _)] = eigen([[moment(0, 0), moment(0, 1)], [moment(0, 1), moment(1, 1)]]);
        self.elongation = (long / short.max(1e-9)).sqrt();
        let mut in_it = vec![false; self.smoothed.len()];
        footprint.iter().for_each(|&cell| in_it[cell] = true);
        self.away_mm = distances(&self.chart, |place| self.chart.cell(place).is_some_and(|cell| in_it[cell]));
        true
    }

    /// Cells that hang together with the deepest, lie within reach and are at least so deep.
    fn connected(&self, least: f32, reach_mm: f32) -> Vec<usize> {
        let side = self.chart.side;
        let mut seen = vec![false; self.smoothed.len()];
        seen[self.deepest] = true;
        let mut cells = vec![self.deepest];
        let mut next = 0;
        while let Some(&cell) = cells.get(next) {
            next += 1;
            let (row, column) = (cell / side, cell % side);
            let around = [
                (row > 0).then(|| cell - side),
                (row + 1 < side).then(|| cell + side),
                (column > 0).then(|| cell - 1),
                (column + 1 < side).then(|| cell + 1),
            ];
            for other in around.into_iter().flatten() {
                if !seen[other] && self.smoothed[other] >= least && self.away_mm[other] <= reach_mm {
                    seen[other] = true;
                    cells.push(other);
                }
            }
        }
        cells
    }

    /// Depth of the ground: what is in the middle of a cone and a paraboloid together, fitted around the middle of the deepest part. One
    /// noisy cell does not set it, nor a wall beside a flat ground.
    fn bottom(&self) -> Option<f64> {
        let reach = f64::max(GROUND * self.radius_mm, 2.5 * self.chart.dx_mm);
        let mut middle = self.chart.place(self.deepest);
        let mut cells: Vec<(f64, f64)> = Vec::new();
        for _ in 0..8 {
            let (mut sum, mut mass) = ([0.0; 2], 0.0);
            cells.clear();
            for (cell, depth) in self.depths.iter().enumerate() {
                let [x, y] = self.chart.place(cell);
                let away = ((x - middle[0]).powi(2) + (y - middle[1]).powi(2)).sqrt() / reach;
                if away <= 1.0 && !depth.is_nan() {
                    let depth = f64::from(*depth);
                    cells.push((away, depth));
                    let weight = depth.max(0.0);
                    sum = [sum[0] + x * weight, sum[1] + y * weight];
                    mass += weight;
                }
            }
            if mass <= 0.0 {
                return None;
            }
            middle = sum.map(|sum| sum / mass);
        }
        let mut normal = Normal::<3>::new();
        cells.iter().for_each(|&(away, depth)| normal.add(&[1.0, away, away * away], depth, 1.0));
        Some(normal.solve()?[0])
    }

    /// What cannot be measured is refused with the reason.
    fn gated(self) -> Result<Self, Unmeasurable> {
        let curvature = self.reference.curvature(self.middle);
        if self.reference.spread_mm > RING_SPREAD_MM_MAX {
            Err(Unmeasurable::UnevenAround)
        } else if curvature > CURVATURE_MAX || curvature * self.radius_mm > BEND_MAX {
            Err(Unmeasurable::CurvedSkin)
        } else if self.elongation > ELONGATION_MAX {
            Err(Unmeasurable::Fold)
        } else if self.radius_mm > RADIUS_MM_MAX {
            Err(Unmeasurable::TooWide)
        } else {
            Ok(self)
        }
    }

    /// Middle of the footprint on the reference, in the scan.
    pub(super) fn position(&self) -> Point {
        self.chart.point(self.middle, self.reference.height(self.middle))
    }

    /// Spread of the skin around it about the reference, in millimetres.
    pub(super) fn ring_spread_mm(&self) -> f64 {
        self.reference.spread_mm
    }

    /// Area that is at least so deep and hangs together, in square millimetres.
    pub(super) fn area_mm2(&self, depth_mm: f64) -> f64 {
        let reach = (RING_FROM * self.radius_mm) as f32;
        self.connected(depth_mm as f32, reach).len() as f64 * self.chart.dx_mm * self.chart.dx_mm
    }

    /// Volume between reference and skin up to where the ring begins, in cubic millimetres: noise there is as often above as below.
    pub(super) fn volume_mm3(&self) -> f64 {
        let reach = (RING_FROM * self.radius_mm) as f32;
        let cells = self.depths.iter().zip(&self.away_mm).filter(|&(depth, away)| *away < reach && !depth.is_nan());
        cells.map(|(depth, _)| f64::from(*depth)).sum::<f64>() * self.chart.dx_mm * self.chart.dx_mm
    }
}
