use serde::Serialize;

use crate::surface::HeightMap;

/// Material ratios between which the core lies, for volumes.
const PEAKS_TO: f64 = 0.10;
const CORE_TO: f64 = 0.80;
/// Width of the secant that finds the core (ISO 25178-2, annex B).
const SECANT: f64 = 0.40;

/// Functional and volume parameters (ISO 25178-2, 4.5), from the sorted heights themselves, without classes.
///
/// `Smc(p)` is the height that a share p of the measured points reaches, linear between neighbouring heights; `Smr(c)` its inverse.
/// `Vm(p)` and `Vv(p)` are integrals of the same curve: means of what lies above and below `Smc(p)`. The core is where the secant over
/// 40 % is flattest, the first if there are several; its line is fitted to all heights there by least squares. Spk and Svk are heights
/// of triangles with the areas above and below the core.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Functional {
    /// Height reached by 2.5 % less that reached by 50 %.
    pub sxp_um: f64,
    /// Height of the core.
    pub sk_um: f64,
    /// Reduced height of peaks above the core.
    pub spk_um: f64,
    /// Reduced depth of dales below the core.
    pub svk_um: f64,
    /// Share that is above the core, in percent.
    pub smr1_percent: f64,
    /// Share down to the lower end of the core, in percent.
    pub smr2_percent: f64,
    /// Height that 10 % reach.
    pub smc10_um: f64,
    /// Height that 80 % reach.
    pub smc80_um: f64,
    /// Share that reaches the mean plane, in percent.
    pub smr0_percent: f64,
    /// Material volume of peaks, in ml/m2 (the same as um).
    pub vmp_ml_m2: f64,
    /// Material volume of the core.
    pub vmc_ml_m2: f64,
    /// Void volume of the core.
    pub vvc_ml_m2: f64,
    /// Void volume of dales.
    pub vvv_ml_m2: f64,
}

/// Computes them.
pub(in crate::surface) fn functional(map: &HeightMap) -> Functional {
    let curve = Curve::of(map);
    let (smc10, smc80) = (curve.height(PEAKS_TO), curve.height(CORE_TO));
    let (vm10, vm80) = (curve.above(smc10), curve.above(smc80));
    let (vv10, vv80) = (curve.below(smc10), curve.below(smc80));
    let (upper, lower) = curve.core();
    let (smr1, smr2) = (curve.ratio(upper), curve.ratio(lower));
    let triangle = |area: f64, base: f64| if base > 0.0 { 2.0 * area / base } else { 0.0 };
    Functional {
        sxp_um: curve.height(0.025) - curve.height(0.5),
        sk_um: upper - lower,
        spk_um: triangle(curve.above(upper), smr1),
        svk_um: triangle(curve.below(lower), 1.0 - smr2),
        smr1_percent: 100.0 * smr1,
        smr2_percent: 100.0 * smr2,
        smc10_um: smc10,
        smc80_um: smc80,
        smr0_percent: 100.0 * curve.ratio(0.0),
        vmp_ml_m2: vm10,
        vmc_ml_m2: vm80 - vm10,
        vvc_ml_m2: vv10 - vv80,
        vvv_ml_m2: vv80,
    }
}

/// Material ratio curve: heights from the highest to the lowest.
struct Curve(Vec<f64>);

impl Curve {
    fn of(map: &HeightMap) -> Self {
        let mut heights: Vec<f64> = map.heights_um().iter().filter(|height| !height.is_nan()).copied().collect();
        heights.sort_unstable_by(|a, b| b.total_cmp(a));
        Self(heights)
    }

    fn last(&self) -> f64 {
        (self.0.len() - 1) as f64
    }

    /// The height that a share of the points reaches.
    fn height(&self, share: f64) -> f64 {
        let place = share * self.last();
        let below = (place as usize).min(self.0.len() - 1);
        let (high, low) = (self.0[below], self.0[(below + 1).min(self.0.len() - 1)]);
        high + (low - high) * (place - below as f64)
    }

    /// The share of the points that reaches a height.
    fn ratio(&self, height: f64) -> f64 {
        let reaching = self.0.partition_point(|other| *other >= height);
        match reaching {
            0 => 0.0,
            all if all == self.0.len() => 1.0,
            some => {
                let (high, low) = (self.0[some - 1], self.0[some]);
                ((some - 1) as f64 + (high - height) / (high - low)) / self.last()
            }
        }
    }

    fn above(&self, height: f64) -> f64 {
        let to = self.0.partition_point(|other| *other > height);
        self.0[..to].iter().map(|other| other - height).sum::<f64>() / self.0.len() as f64
    }

    fn below(&self, height: f64) -> f64 {
        let from = self.0.partition_point(|other| *other >= height);
        self.0[from..].iter().map(|other| height - other).sum::<f64>() / self.0.len() as f64
    }

    /// Upper and lower height of the core: the line of the flattest 40 %, at no material and at all of it.
    fn core(&self) -> (f64, f64) {
        let width = (SECANT * self.last()).round() as usize;
        let falls = |at: usize| self.0[at] - self.0[at + width];
        let mut flattest = 0;
        for at in 1..self.0.len() - width {
            if falls(at) < falls(flattest) {
                flattest = at;
            }
        }
        let part = &self.0[flattest..=flattest + width];
        let count = part.len() as f64;
        let middle = (count - 1.0) / 2.0;
        let mean = part.iter().sum::<f64>() / count;
        let tilt: f64 = part.iter().enumerate().map(|(at, height)| (at as f64 - middle) * (height - mean)).sum();
        let spread = count * (count * count - 1.0) / 12.0;
        let slope = if spread > 0.0 { tilt / spread } else { 0.0 };
        let at_none = mean - slope * (flattest as f64 + middle);
        (at_none, at_none + slope * self.last())
    }
}
