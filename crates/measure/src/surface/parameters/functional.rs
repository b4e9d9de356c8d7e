use serde::Serialize;

use crate::surface::HeightMap;

/// Material ratios between which the core lies, for volumes.
const PEAKS_TO: f64 = 0.10;
const CORE_TO: f64 = 0.80;
/// Width of the secant that finds the core (ISO 25178-2, annex B).
const SECANT: f64 = 0.40;

/// Functional and volume parameters (ISO 25178-2, 4.5), from the sorted heights themselves, without classes; they are sorted to 32 bits,
/// seven digits.
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
struct Curve(Vec<f32>);

impl Curve {
    fn of(map: &HeightMap) -> Self {
        let keys = map.heights_um().iter().filter(|height| !height.is_nan()).map(|height| key(*height as f32)).collect();
        Self(sorted(keys).into_iter().map(height_of).collect())
    }

    fn at(&self, place: usize) -> f64 {
        self.0[place.min(self.0.len() - 1)].into()
    }

    fn last(&self) -> f64 {
        (self.0.len() - 1) as f64
    }

    /// The height that a share of the points reaches.
    fn height(&self, share: f64) -> f64 {
        let place = share * self.last();
        let below = place as usize;
        let (high, low) = (self.at(below), self.at(below + 1));
        high + (low - high) * (place - below as f64)
    }

    /// The share of the points that reaches a height.
    fn ratio(&self, height: f64) -> f64 {
        let reaching = self.0.partition_point(|other| f64::from(*other) >= height);
        match reaching {
            0 => 0.0,
            all if all == self.0.len() => 1.0,
            some => {
                let (high, low) = (self.at(some - 1), self.at(some));
                ((some - 1) as f64 + (high - height) / (high - low)) / self.last()
            }
        }
    }

    fn above(&self, height: f64) -> f64 {
        let to = self.0.partition_point(|other| f64::from(*other) > height);
        self.0[..to].iter().map(|other| f64::from(*other) - height).sum::<f64>() / self.0.len() as f64
    }

    fn below(&self, height: f64) -> f64 {
        let from = self.0.partition_point(|other| f64::from(*other) >= height);
        self.0[from..].iter().map(|other| height - f64::from(*other)).sum::<f64>() / self.0.len() as f64
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
        let mean = part.iter().map(|height| f64::from(*height)).sum::<f64>() / count;
        let tilt: f64 = part.iter().enumerate().map(|(at, height)| (at as f64 - middle) * (f64::from(*height) - mean)).sum();
        let spread = count * (count * count - 1.0) / 12.0;
        let slope = if spread > 0.0 { tilt / spread } else { 0.0 };
        let at_none = mean - slope * (flattest as f64 + middle);
        (at_none, at_none + slope * self.last())
    }
}

/// A whole number that is the smaller, the higher a height is.
fn key(height: f32) -> u32 {
    let bits = height.to_bits();
    if bits >> 31 == 0 { !(bits | 1 << 31) } else { bits }
}

fn height_of(key: u32) -> f32 {
    f32::from_bits(if key >> 31 == 0 { !key & !(1 << 31) } else { key })
}

/// Sorts by eleven bits at a time, the lowest first: three passes, however many numbers there are.
fn sorted(mut keys: Vec<u32>) -> Vec<u32> {
    const BITS: usize = 11;
    const SHIFTS: [usize; 3] = [0, BITS, 2 * BITS];
    let digit = |key: u32, shift: usize| (key >> shift) as usize & ((1 << BITS) - 1);
    let mut places = [vec![0_usize; 1 << BITS], vec![0; 1 << BITS], vec![0; 1 << BITS]];
    for key in &keys {
        for (places, shift) in places.iter_mut().zip(SHIFTS) {
            places[digit(*key, shift)] += 1;
        }
    }
    let mut other = vec![0; keys.len()];
    for (mut places, shift) in places.into_iter().zip(SHIFTS) {
        let mut sum = 0;
        places.iter_mut().for_each(|place| sum += std::mem::replace(place, sum));
        for key in &keys {
            let place = &mut places[digit(*key, shift)];
            other[*place] = *key;
            *place += 1;
        }
        std::mem::swap(&mut keys, &mut other);
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::{height_of, key, sorted};

    #[test]
    fn heights_are_sorted_from_the_highest_down() {
        let heights: Vec<f32> =
            (0..5000).map(|at| ((at * 7919) % 4999) as f32 - 2500.5).chain([0.0, 1e-30, -1e-30, 1e7, -1e7]).collect();
        let mut expected = heights.clone();
        expected.sort_by(|a, b| b.total_cmp(a));
        let found: Vec<f32> = sorted(heights.into_iter().map(key).collect()).into_iter().map(height_of).collect();
        assert_eq!(found, expected);
    }
}
