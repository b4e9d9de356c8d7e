//! Numbers that look like chance and come from a seed: SplitMix64 (Steele, Lea and Flood 2014, OOPSLA).

const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

/// A row of numbers from a seed.
#[derive(Clone, Debug)]
pub(super) struct Chance(u64);

impl Chance {
    /// The row of a seed; rows of one seed for two purposes have nothing in common.
    pub(super) fn of(seed: u64, purpose: u64) -> Self {
        Self(mixed(seed ^ mixed(purpose)))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        mixed(self.0)
    }

    /// Evenly from 0 up to 1.
    pub(super) fn share(&mut self) -> f64 {
        share(self.next())
    }

    /// Evenly between two numbers.
    pub(super) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.share()
    }

    /// Normally distributed with mean 0 and standard deviation 1 (Box and Muller 1958).
    pub(super) fn normal(&mut self) -> f64 {
        let radius = (-2.0 * libm::log(1.0 - self.share())).sqrt();
        radius * libm::cos(std::f64::consts::TAU * self.share())
    }
}

/// A number from 0 up to 1 that belongs to a place of a lattice.
pub(super) fn share_at(seed: u64, column: i64, row: i64) -> f64 {
    share(mixed(mixed(seed.wrapping_add(STEP.wrapping_mul(column as u64))).wrapping_add(STEP.wrapping_mul(row as u64 ^ STEP))))
}

fn share(bits: u64) -> f64 {
    (bits >> 11) as f64 * (1.0 / (1u64 << 53) as f64)
}

fn mixed(mut bits: u64) -> u64 {
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}
