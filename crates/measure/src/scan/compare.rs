//! Two visits: what changed.

use serde::Serialize;

use super::align::{Alignment, align};
use super::scars::{Reported, Scar};
use super::vector::distance;
use super::visit::visit;
use super::{METHOD, Mesh, Settings, Stage, Surface, VERSION, Visit, signed_distances};
use crate::Error;
use crate::quantity::{Quantity, Verdict};

/// What changed between two visits.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// Name of the method.
    pub method: &'static str,
    /// Its version: it changes when the same scans can give other numbers.
    pub version: &'static str,
    /// What was told about the scans.
    pub settings: Settings,
    /// The first visit.
    pub baseline: Visit,
    /// The later visit.
    pub follow_up: Visit,
    /// How the follow-up lies on the baseline.
    pub alignment: Alignment,
    /// Scars that were found in both.
    pub pairs: Vec<Pair>,
    /// Scars found only in the baseline, as places in its list.
    pub only_baseline: Vec<usize>,
    /// Scars found only in the follow-up, as places in its list.
    pub only_follow_up: Vec<usize>,
    /// Change of all scars found in both together.
    pub change: TotalChange,
    /// Signed distance in millimetres of each vertex of the follow-up from the baseline, positive outside; no number where there is none. It
    /// shows weight and expression along with scars: nothing is measured from it.
    #[serde(skip)]
    pub distances_mm: Vec<f32>,
}

/// A scar that was found in both visits.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Pair {
    /// Its place in the list of the baseline.
    pub baseline: usize,
    /// Its place in the list of the follow-up.
    pub follow_up: usize,
    /// Distance of the two after alignment, in millimetres.
    pub apart_mm: f64,
    /// Change of the depth in millimetres.
    pub depth: Option<Change>,
    /// Change of the area in square millimetres.
    pub area: Option<Change>,
    /// Change of the volume in cubic millimetres.
    pub volume: Option<Change>,
}

/// A change between two visits: later less earlier.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Change {
    /// The change.
    pub value: f64,
    /// Its standard uncertainty.
    pub uncertainty: f64,
    /// Lower end of its 95 % interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// How it may be worded.
    pub verdict: Verdict,
}

impl Change {
    /// The change from one number to another, each with an error of its own.
    #[must_use]
    pub fn between(before: &Quantity, after: &Quantity) -> Self {
        let value = after.value - before.value;
        let uncertainty = libm::hypot(before.uncertainty, after.uncertainty);
        let (low, high) = (value - 1.96 * uncertainty, value + 1.96 * uncertainty);
        Self { value, uncertainty, low, high, verdict: Verdict::of(before, after) }
    }
}

/// Change of all scars that were found in both visits, together.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct TotalChange {
    /// Of the volume in cubic millimetres.
    pub volume_mm3: Option<Change>,
    /// Of the area in square millimetres.
    pub area_mm2: Option<Change>,
    /// Of the mean depth in millimetres.
    pub mean_depth_mm: Option<Change>,
}

/// Furthest apart that two marks are of the same scar, in millimetres (Kang 2016: about 3 mm between raters).
const MATCH_MM: f64 = 3.0;
/// How far a distance is looked for, in millimetres.
const REACH_MM: f64 = 10.0;
/// With this many scars in both visits, so small a share of them together refuses the alignment; ours.
const SCARS_TOLD: usize = 6;
const MATCHED_SHARE_MIN: f64 = 0.25;

/// Measures two visits, each on its own, lays the later onto the earlier and says what changed. `tell` is called as each stage begins.
///
/// # Errors
/// A mesh that is no surface; scans that do not fit.
pub fn compare(
    baseline: &Mesh,
    follow_up: &Mesh,
    settings: &Settings,
    tell: &mut dyn FnMut(Stage),
) -> Result<Comparison, Error> {
    tell(Stage::Baseline);
    let before = Surface::new(baseline)?;
    let first = visit(&before, settings);
    tell(Stage::FollowUp);
    let after = Surface::new(follow_up)?;
    let later = visit(&after, settings);
    tell(Stage::Alignment);
    let scarred = |point| later.scars.iter().any(|scar| distance(scar.position, point) < scar.seen_width_mm);
    let alignment = align(&before, &after, &settings.landmarks, &scarred)?;
    tell(Stage::Distance);
    let distances_mm = signed_distances(&after, &alignment.pose, &before, REACH_MM);
    tell(Stage::Matching);
    let pairs = pairs(&first.scars, &later.scars, &alignment);
    let fewer = first.scars.len().min(later.scars.len());
    if fewer >= SCARS_TOLD && (pairs.len() as f64) < MATCHED_SHARE_MIN * fewer as f64 {
        return Err(Error::ScarsApart { matched: pairs.len(), of: fewer });
    }
    let left = |count: usize, taken: fn(&Pair) -> usize| -> Vec<usize> {
        (0..count).filter(|at| pairs.iter().all(|pair| taken(pair) != *at)).collect()
    };
    Ok(Comparison {
        method: METHOD,
        version: VERSION,
        settings: settings.clone(),
        only_baseline: left(first.scars.len(), |pair| pair.baseline),
        only_follow_up: left(later.scars.len(), |pair| pair.follow_up),
        change: total(&first.scars, &later.scars, &pairs),
        baseline: first,
        follow_up: later,
        alignment,
        pairs,
        distances_mm,
    })
}

/// The closest scars of both visits, each once.
fn pairs(first: &[Scar], later: &[Scar], alignment: &Alignment) -> Vec<Pair> {
    let moved: Vec<_> = later.iter().map(|scar| alignment.pose.of(scar.position)).collect();
    let mut near: Vec<(f64, usize, usize)> = Vec::new();
    for (at, scar) in first.iter().enumerate() {
        for (other, place) in moved.iter().enumerate() {
            let apart = distance(scar.position, *place);
            if apart <= MATCH_MM {
                near.push((apart, at, other));
            }
        }
    }
    near.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut first_taken, mut later_taken) = (vec![false; first.len()], vec![false; later.len()]);
    let mut pairs = Vec::new();
    for (apart_mm, baseline, follow_up) in near {
        if first_taken[baseline] || later_taken[follow_up] {
            continue;
        }
        (first_taken[baseline], later_taken[follow_up]) = (true, true);
        let (before, after) = (&first[baseline], &later[follow_up]);
        let change = |before: &Reported, after: &Reported| Some(Change::between(before.quantity()?, after.quantity()?));
        pairs.push(Pair {
            baseline,
            follow_up,
            apart_mm,
            depth: change(&before.depth, &after.depth),
            area: change(&before.area, &after.area),
            volume: change(&before.volume, &after.volume),
        });
    }
    pairs.sort_by_key(|pair| pair.baseline);
    pairs
}

fn total(first: &[Scar], later: &[Scar], pairs: &[Pair]) -> TotalChange {
    let both = |of: fn(&Scar) -> &Reported| -> Vec<(Quantity, Quantity)> {
        let quantities = |pair: &Pair| Some((*of(&first[pair.baseline]).quantity()?, *of(&later[pair.follow_up]).quantity()?));
        pairs.iter().filter_map(quantities).collect()
    };
    let change = |quantities: &[(Quantity, Quantity)], over: f64| {
        let (before, after): (Vec<Quantity>, Vec<Quantity>) = quantities.iter().copied().unzip();
        (!before.is_empty()).then(|| Change::between(&Quantity::sum(&before).over(over), &Quantity::sum(&after).over(over)))
    };
    let depths = both(|scar| &scar.depth);
    TotalChange {
        volume_mm3: change(&both(|scar| &scar.volume), 1.0),
        area_mm2: change(&both(|scar| &scar.area), 1.0),
        mean_depth_mm: change(&depths, depths.len() as f64),
    }
}
