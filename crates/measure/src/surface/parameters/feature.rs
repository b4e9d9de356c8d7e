//! Hills and dales: watershed, pruned by height, and what is counted of them.
//!
//! Two points are neighbours when they touch, also at a corner. Each point belongs to the hill of the peak that is reached by going to the
//! highest neighbour again and again; of equal heights the later point counts as the higher. Two hills meet at a saddle: a point whose
//! higher neighbours fall apart into groups that do not touch. From the highest saddle down, the lower of the two peaks that meet
//! ends there; if it rises less than the pruning height above the saddle, its hill becomes part of the one across (Wolf
//! pruning, ISO 16610-85, in one pass by union-find). Dales are hills of the surface upside down.
//!
//! The rim is where three or more of the eight neighbours are missing or outside the map. A peak at the rim is not counted, since
//! the hill may go on; area and volume are means of counted hills that do not touch the rim. A volume is what lies above the highest
//! saddle towards another hill that is left.

use std::hint::select_unpredictable;

use serde::Serialize;

use crate::surface::HeightMap;
use crate::units::Micrometres;

/// Peaks and pits of which the ten point height is the mean.
const FIVE: usize = 5;
/// Missing neighbours from which on a point is at the rim.
const RIM_MISSING_MIN: usize = 3;
/// Marks the entry of a peak, which holds the number of its hill instead of the place of its peak.
const PEAK: u32 = 1 << 31;
/// The order of a missing point.
const MISSING: i64 = i64::MIN;
/// The entry of a missing point.
const NOWHERE: u32 = u32::MAX;

/// How high above its saddle a hill has to rise to be one.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Pruning {
    /// So many micrometres. A single ice-pick scar sets Sz, so on scarred skin a share of it removes every other hill.
    Absolute(Micrometres),
    /// A share of Sz; ISO 25178-3 has 5 %.
    ShareOfSz(f64),
}

/// Feature parameters (ISO 25178-2, 4.6).
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Feature {
    /// Pruning height that was used.
    pub pruning_um: f64,
    /// Peaks in a square millimetre.
    pub spd_per_mm2: f64,
    /// Pits in a square millimetre.
    pub svd_per_mm2: f64,
    /// Mean curvature of peaks: half the sum of both second differences, positive at a peak.
    pub spc_per_mm: Option<f64>,
    /// Mean height of the five highest peaks; nothing of fewer than five.
    pub s5p_um: Option<f64>,
    /// Mean depth of the five deepest pits.
    pub s5v_um: Option<f64>,
    /// S5p and S5v together.
    pub s10z_um: Option<f64>,
    /// Mean area of hills.
    pub sha_mm2: Option<f64>,
    /// Mean area of dales.
    pub sda_mm2: Option<f64>,
    /// Mean volume of hills.
    pub shv_mm3: Option<f64>,
    /// Mean volume of dales.
    pub sdv_mm3: Option<f64>,
}

/// Computes them of a map whose mean is zero.
pub(in crate::surface) fn feature(map: &HeightMap, pruning: Pruning, sz_um: f64) -> Feature {
    let pruning_um = match pruning {
        Pruning::Absolute(height) => height.0,
        Pruning::ShareOfSz(share) => share * sz_um,
    };
    let hills = Motifs::of(map, pruning_um, 1.0);
    let dales = Motifs::of(map, pruning_um, -1.0);
    let area_mm2 = map.measured() as f64 * map.spacing().cell_um2() * 1e-6;
    let (s5p_um, s5v_um) = (hills.five_highest(), dales.five_highest());
    Feature {
        pruning_um,
        spd_per_mm2: hills.counted.len() as f64 / area_mm2,
        svd_per_mm2: dales.counted.len() as f64 / area_mm2,
        spc_per_mm: hills.curvature(map),
        s5p_um,
        s5v_um,
        s10z_um: s5p_um.zip(s5v_um).map(|(peaks, pits)| peaks + pits),
        sha_mm2: hills.area_um2.map(|area| area * 1e-6),
        sda_mm2: dales.area_um2.map(|area| area * 1e-6),
        shv_mm3: hills.volume_um3.map(|volume| volume * 1e-9),
        sdv_mm3: dales.volume_um3.map(|volume| volume * 1e-9),
    }
}

/// What is left of the hills of one surface.
struct Motifs {
    /// Peaks that are counted: place and height.
    counted: Vec<(usize, f64)>,
    /// Means of hills inside of the rim.
    area_um2: Option<f64>,
    volume_um3: Option<f64>,
}

impl Motifs {
    /// Hills of the heights (`up` is 1), or of the surface upside down (-1).
    fn of(map: &HeightMap, pruning_um: f64, up: f64) -> Self {
        let mut flood = Flood::of(map, up);
        flood.follow_to_peaks();
        let height = |peak: u32| up * map.heights_um()[peak as usize];
        let joined = flood.join(pruning_um, &height);
        let saddle = flood.highest_saddles(&joined);
        let mut at_rim = vec![false; flood.peaks.len()];
        let mut peak_at_rim = vec![false; flood.peaks.len()];
        for &place in &flood.rim {
            let hill = flood.hill(place);
            at_rim[joined[hill as usize] as usize] = true;
            if flood.peaks[hill as usize] == place {
                peak_at_rim[hill as usize] = true;
            }
        }
        let mut points = vec![0_u32; flood.peaks.len()];
        let mut above = vec![0.0; flood.peaks.len()];
        for (place, &entry) in flood.towards.iter().enumerate().filter(|(_, entry)| **entry != NOWHERE) {
            let hill = joined[flood.hill_of(entry) as usize] as usize;
            points[hill] += 1;
            above[hill] += (up * map.heights_um()[place] - saddle[hill]).max(0.0);
        }
        let is_left = |hill: &usize| joined[*hill] as usize == *hill && !peak_at_rim[*hill];
        let left: Vec<usize> = (0..flood.peaks.len()).filter(is_left).collect();
        let inside: Vec<usize> = left.iter().copied().filter(|hill| !at_rim[*hill] && saddle[*hill].is_finite()).collect();
        let cell = map.spacing().cell_um2();
        let mean = |of: &dyn Fn(usize) -> f64| {
            (!inside.is_empty()).then(|| inside.iter().map(|hill| of(*hill)).sum::<f64>() * cell / inside.len() as f64)
        };
        Self {
            area_um2: mean(&|hill| points[hill].into()),
            volume_um3: mean(&|hill| above[hill]),
            counted: left.iter().map(|hill| (flood.peaks[*hill] as usize, height(flood.peaks[*hill]))).collect(),
        }
    }

    fn five_highest(&self) -> Option<f64> {
        let mut heights: Vec<f64> = self.counted.iter().map(|(_, height)| *height).collect();
        heights.sort_unstable_by(|a, b| b.total_cmp(a));
        Some(heights.get(..FIVE)?.iter().sum::<f64>() / FIVE as f64)
    }

    /// In 1/mm, over the peaks whose four next neighbours are measured.
    fn curvature(&self, map: &HeightMap) -> Option<f64> {
        let at = |column: usize, row: usize| map.height(column, row).map(|height| height.0);
        let of_peak = |&(place, height): &(usize, f64)| {
            let (column, row) = (place % map.columns(), place / map.columns());
            let across = at(column.checked_sub(1)?, row)? + at(column + 1, row)? - 2.0 * height;
            let along = at(column, row.checked_sub(1)?)? + at(column, row + 1)? - 2.0 * height;
            Some(-0.5 * (across / map.spacing().x.0.powi(2) + along / map.spacing().y.0.powi(2)))
        };
        let curvatures: Vec<f64> = self.counted.iter().filter_map(of_peak).collect();
        (!curvatures.is_empty()).then(|| 1e3 * curvatures.iter().sum::<f64>() / curvatures.len() as f64)
    }
}

/// Where two hills meet.
#[derive(Clone, Copy)]
struct Saddle {
    height: f64,
    /// A point of each of them.
    sides: [u32; 2],
}

/// A surface on which water runs up.
struct Flood {
    /// For each point the highest neighbour, later its peak; for a peak the number of its hill, marked.
    towards: Vec<u32>,
    /// Places of the peaks, in the order of the map.
    peaks: Vec<u32>,
    /// From the highest down.
    saddles: Vec<Saddle>,
    /// Points at the rim.
    rim: Vec<u32>,
}

impl Flood {
    /// One pass over all points and their neighbours.
    fn of(map: &HeightMap, up: f64) -> Self {
        let columns = map.columns();
        let padded = |line: &[f64], out: &mut [i64]| {
            for (out, height) in out[1..=columns].iter_mut().zip(line) {
                *out = order(up * height);
            }
        };
        let nothing = vec![MISSING; columns + 2];
        let (mut above, mut here, mut below) = (nothing.clone(), nothing.clone(), nothing.clone());
        let mut flood =
            Self { towards: vec![NOWHERE; map.heights_um().len()], peaks: Vec::new(), saddles: Vec::new(), rim: Vec::new() };
        let groups = groups_table();
        let mut lines = map.lines();
        if let Some(first) = lines.next() {
            padded(first, &mut below);
        }
        // Places of the neighbours, clockwise from the upper left.
        let wide = columns as i64;
        let offsets = [-wide - 1, -wide, -wide + 1, 1, wide + 1, wide, wide - 1, -1];
        for row in 0..map.rows() {
            std::mem::swap(&mut above, &mut here);
            std::mem::swap(&mut here, &mut below);
            match lines.next() {
                Some(line) => padded(line, &mut below),
                None => below.copy_from_slice(&nothing),
            }
            for column in 0..columns {
                let own = here[column + 1];
                if own == MISSING {
                    continue;
                }
                let around = [
                    above[column],
                    above[column + 1],
                    above[column + 2],
                    here[column + 2],
                    below[column + 2],
                    below[column + 1],
                    below[column],
                    here[column],
                ];
                let place = row * columns + column;
                let higher = flood.point(place, own, &around, &offsets);
                let groups = &groups[higher];
                if groups.count > 1 {
                    flood.saddle(place, up * map.heights_um()[place], higher, groups, &around, &offsets);
                }
            }
        }
        flood.saddles.sort_unstable_by(|a, b| b.height.total_cmp(&a.height).then_with(|| a.sides.cmp(&b.sides)));
        flood
    }

    /// Sends a point towards its highest neighbour; the set of higher ones.
    fn point(&mut self, place: usize, own: i64, around: &[i64; 8], offsets: &[i64; 8]) -> usize {
        let (mut higher, mut missing) = (0, 0);
        for (at, other) in around.iter().enumerate() {
            // Of equal heights the later point is the higher: those to the right and below.
            let is_later = (3..7).contains(&at);
            let is_higher = if is_later { *other >= own } else { *other > own };
            higher |= usize::from(is_higher) << at;
            missing += usize::from(*other == MISSING);
        }
        if missing >= RIM_MISSING_MIN {
            self.rim.push(place as u32);
        }
        if higher == 0 {
            self.peaks.push(place as u32);
            self.towards[place] = place as u32;
        } else {
            // Some are higher than the point itself, so the highest of all is one of them.
            self.towards[place] = (place as i64 + offsets[highest_of(around, 0xff)]) as u32;
        }
        higher
    }

    /// Notes where groups of higher neighbours meet.
    fn saddle(&mut self, place: usize, height: f64, higher: usize, groups: &Groups, around: &[i64; 8], offsets: &[i64; 8]) {
        let top = |group: u8| {
            let members = (0..8).filter(|at| higher >> at & 1 == 1 && groups.of[*at] == group).fold(0, |set, at| set | 1 << at);
            (place as i64 + offsets[highest_of(around, members)]) as u32
        };
        for group in 1..groups.count {
            self.saddles.push(Saddle { height, sides: [top(group - 1), top(group)] });
        }
    }

    /// Follows every point to its peak, then numbers the hills. A sweep takes over what the next point already knows; forth for those
    /// that go to an earlier point, back for those that go to a later one, until no point goes further.
    fn follow_to_peaks(&mut self) {
        let towards = &mut self.towards;
        let sweep = |towards: &mut [u32], place: usize| {
            let next = towards[place];
            if next == NOWHERE {
                return false;
            }
            let further = towards[next as usize];
            towards[place] = further;
            further != next
        };
        loop {
            let forth = (0..towards.len()).fold(false, |moved, place| moved | sweep(towards, place));
            let back = (0..towards.len()).rev().fold(false, |moved, place| moved | sweep(towards, place));
            if !(forth || back) {
                break;
            }
        }
        for (hill, peak) in self.peaks.iter().enumerate() {
            self.towards[*peak as usize] = PEAK | hill as u32;
        }
    }

    fn hill(&self, place: u32) -> u32 {
        self.hill_of(self.towards[place as usize])
    }

    fn hill_of(&self, entry: u32) -> u32 {
        if entry & PEAK != 0 { entry & !PEAK } else { self.towards[entry as usize] & !PEAK }
    }

    /// For each hill the one it is part of after pruning.
    fn join(&self, pruning_um: f64, height: &impl Fn(u32) -> f64) -> Vec<u32> {
        let mut connected = Union::new(self.peaks.len());
        let mut pruned = Union::new(self.peaks.len());
        for saddle in &self.saddles {
            let sides = saddle.sides.map(|place| self.hill(place));
            let tops = sides.map(|side| connected.find(side));
            if tops[0] == tops[1] {
                continue;
            }
            let heights = tops.map(|top| height(self.peaks[top as usize]));
            let lower = usize::from((heights[1], tops[1]) < (heights[0], tops[0]));
            connected.put(tops[lower], tops[1 - lower]);
            if heights[lower] - saddle.height < pruning_um {
                let into = pruned.find(sides[1 - lower]);
                let ends = pruned.find(tops[lower]);
                pruned.put(ends, into);
            }
        }
        (0..self.peaks.len() as u32).map(|hill| pruned.find(hill)).collect()
    }

    /// For each hill that is left its highest saddle towards another; minus infinity without one.
    fn highest_saddles(&self, joined: &[u32]) -> Vec<f64> {
        let mut highest = vec![f64::NEG_INFINITY; self.peaks.len()];
        for saddle in &self.saddles {
            let hills = saddle.sides.map(|place| joined[self.hill(place) as usize]);
            if hills[0] != hills[1] {
                for hill in hills {
                    highest[hill as usize] = highest[hill as usize].max(saddle.height);
                }
            }
        }
        highest
    }
}

/// Sets that grow together.
struct Union(Vec<u32>);

impl Union {
    fn new(count: usize) -> Self {
        Self((0..count as u32).collect())
    }

    fn find(&mut self, of: u32) -> u32 {
        let mut at = of;
        while self.0[at as usize] != at {
            let further = self.0[self.0[at as usize] as usize];
            self.0[at as usize] = further;
            at = further;
        }
        at
    }

    fn put(&mut self, what: u32, into: u32) {
        self.0[what as usize] = into;
    }
}

/// A whole number in the order of heights, so that comparing needs no branch; a missing height comes before all others.
fn order(height: f64) -> i64 {
    if height.is_nan() {
        return MISSING;
    }
    // A negative nought is no lower than nought.
    let bits = (height + 0.0).to_bits() as i64;
    bits ^ (((bits >> 63) as u64) >> 1) as i64
}

/// The highest neighbour of a set, in the order of the map; of equal ones the last.
fn highest_of(around: &[i64; 8], set: usize) -> usize {
    let (mut best, mut highest) = (0, MISSING);
    for at in [0, 1, 2, 7, 3, 6, 5, 4] {
        let is_higher = set >> at & 1 == 1 && around[at] >= highest;
        best = select_unpredictable(is_higher, at, best);
        highest = select_unpredictable(is_higher, around[at], highest);
    }
    best
}

/// How many groups a set of higher neighbours falls into, and the group of each.
struct Groups {
    count: u8,
    of: [u8; 8],
}

/// For each set of higher neighbours (bits clockwise from the upper left) the group of each: those that touch are one group, also
/// two across a corner.
fn groups_table() -> [Groups; 256] {
    std::array::from_fn(|set| {
        let is_in = |at: usize| set >> (at % 8) & 1 == 1;
        // Corners are even; two sides around a corner touch each other.
        let joined_before = |at: usize| is_in(at + 7) || (at % 2 == 1 && is_in(at + 6));
        let mut group = [0; 8];
        let Some(first) = (0..8).find(|at| is_in(*at) && !joined_before(*at)) else {
            return Groups { count: u8::from(set != 0), of: group };
        };
        let mut number = 0_u8;
        for at in (first..first + 8).filter(|at| is_in(*at)) {
            if at != first && !joined_before(at % 8) {
                number += 1;
            }
            group[at % 8] = number;
        }
        Groups { count: number + 1, of: group }
    })
}

#[cfg(test)]
mod tests {
    use super::groups_table;

    #[test]
    fn neighbours_that_touch_are_one_group() {
        let table = groups_table();
        let groups = |set: usize| table[set].count;
        assert_eq!(groups(0b1111_1111), 1);
        assert_eq!(groups(0b0101_0101), 4, "four corners");
        assert_eq!(groups(0b1010_1010), 1, "four sides touch at their corners");
        assert_eq!(groups(0b0010_0010), 2, "above and below");
        assert_eq!(groups(0b0000_1010), 1, "above and right");
        assert_eq!(groups(0b1000_0010), 1, "above and left");
        assert_eq!(groups(0b0001_0001), 2, "opposite corners");
        assert_eq!(groups(0b1000_0001), 1, "upper left and left");
    }
}
