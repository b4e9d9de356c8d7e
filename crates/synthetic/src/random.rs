//! Chance from a seed: SplitMix64 (Steele, Lea and Flood, OOPSLA 2014), the same bits on every platform.

/// What a stream of chance decides. Each has its own, so that a change to one part of a patient leaves the others as they are.
#[derive(Clone, Copy)]
pub(crate) enum Stream {
    /// Shifts that all patients of a clinic share.
    Clinic = 1,
    /// Who the patient is.
    Person = 2,
    /// The scars.
    Scars = 3,
    /// How the scars respond.
    Response = 4,
    /// Days, delays and what happens on them.
    Walk = 5,
    /// What a rater adds to the truth.
    Rater = 6,
    /// Ids of entries.
    Ids = 7,
    /// Places of scars in pictures.
    Pictures = 8,
}

/// A stream of chance.
#[derive(Clone, Debug)]
pub(crate) struct Random(u64);

impl Random {
    /// The stream of one patient; number 0 is the clinic itself.
    pub(crate) const fn new(seed: u64, number: u32, stream: Stream) -> Self {
        Self(mix(mix(seed) ^ mix(((number as u64) << 8) | stream as u64)))
    }

    /// 64 random bits.
    pub(crate) const fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        mix(self.0)
    }

    /// Uniform between 0 and 1, neither of them reached.
    pub(crate) fn uniform(&mut self) -> f64 {
        ((self.bits() >> 11) as f64 + 0.5) / 9_007_199_254_740_992.0 // 2^53
    }

    /// Standard normal, by Box and Muller.
    pub(crate) fn normal(&mut self) -> f64 {
        let radius = (-2.0 * libm::log(self.uniform())).sqrt();
        radius * libm::cos(core::f64::consts::TAU * self.uniform())
    }

    /// Uniform between two numbers.
    pub(crate) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.uniform()
    }

    /// A whole number from `low` to `high`, both included.
    pub(crate) fn whole(&mut self, low: i64, high: i64) -> i64 {
        low + ((high - low + 1) as f64 * self.uniform()) as i64
    }

    /// True with this probability.
    pub(crate) fn chance(&mut self, probability: f64) -> bool {
        self.uniform() < probability
    }

    /// A position drawn in proportion to its weight.
    pub(crate) fn weighted(&mut self, weights: &[f64]) -> usize {
        let mut left = self.uniform() * weights.iter().sum::<f64>();
        let found = weights.iter().position(|weight| {
            left -= weight;
            left < 0.0
        });
        found.unwrap_or(weights.len().saturating_sub(1))
    }

    /// One of several, or the one given when there are none.
    pub(crate) fn one_of<'a>(&mut self, several: &[&'a str], otherwise: &'a str) -> &'a str {
        let at = self.whole(0, several.len() as i64 - 1);
        usize::try_from(at).ok().and_then(|at| several.get(at)).copied().unwrap_or(otherwise)
    }
}

/// The finaliser of SplitMix64.
const fn mix(mut z: u64) -> u64 {
    z = z.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deviates_have_the_moments_that_they_should() {
        let mut random = Random::new(7, 1, Stream::Walk);
        let n = 20_000;
        let normals: Vec<f64> = (0..n).map(|_| random.normal()).collect();
        let mean = normals.iter().sum::<f64>() / f64::from(n);
        let variance = normals.iter().map(|z| z * z).sum::<f64>() / f64::from(n);
        // four standard errors of each: 1/sqrt(n) and sqrt(2/n)
        assert!(mean.abs() < 0.029 && (variance - 1.0).abs() < 0.04, "{mean} {variance}");
        let ones = (0..n).filter(|_| random.weighted(&[1.0, 3.0]) == 1).count();
        assert!((ones as f64 / f64::from(n) - 0.75).abs() < 0.013, "{ones}");
        assert!((0..1000).map(|_| random.whole(2, 4)).all(|whole| (2..=4).contains(&whole)));
    }

    #[test]
    fn neighbouring_patients_and_streams_share_nothing() {
        let first = |number, stream| Random::new(1, number, stream).bits();
        assert_ne!(first(1, Stream::Walk), first(2, Stream::Walk));
        assert_ne!(first(1, Stream::Walk), first(1, Stream::Rater));
    }
}
