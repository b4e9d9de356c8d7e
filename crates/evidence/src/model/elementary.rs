//! The exponential function: the same bits on every platform, and fast, because it is most of the work.

/// `exp(x)`, within 2 units in the last place for `-708 <= x <= 709`; the argument is clamped to that range.
///
/// Branch-free and built from additions and multiplications only, so that loops over many points vectorise and every
/// platform gives the same answer.
#[inline(always)]
pub(super) fn exp(x: f64) -> f64 {
    const ROUND: f64 = 6_755_399_441_055_744.0; // 1.5 * 2^52: adding it rounds to an integer in the low bits
    const LN2_HIGH: f64 = 0.693_147_180_369_123_8;
    const LN2_LOW: f64 = 1.908_214_929_270_587_7e-10;
    let x = x.clamp(-708.0, 709.0);
    let shifted = x * core::f64::consts::LOG2_E + ROUND;
    let n = shifted - ROUND;
    let r = (x - n * LN2_HIGH) - n * LN2_LOW;
    let (r2, one) = (r * r, 1.0);
    let r4 = r2 * r2;
    let low = (one + r) + r2 * (0.5 + r * (1.0 / 6.0));
    let middle = (1.0 / 24.0 + r * (1.0 / 120.0)) + r2 * (1.0 / 720.0 + r * (1.0 / 5040.0));
    let high = (1.0 / 40_320.0 + r * (1.0 / 362_880.0)) + r2 * (1.0 / 3_628_800.0 + r * (1.0 / 39_916_800.0));
    let last = 1.0 / 479_001_600.0 + r * (1.0 / 6_227_020_800.0);
    let polynomial = low + r4 * (middle + r4 * (high + r4 * last));
    polynomial * f64::from_bits(shifted.to_bits().wrapping_add(1023) << 52)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_agrees_with_the_slow_one_over_its_range() {
        for i in -69_900..69_900 {
            let x = f64::from(i) * 0.0101;
            let (fast, slow) = (exp(x), libm::exp(x));
            assert!((fast / slow - 1.0).abs() < 6e-16, "exp({x}): {fast} {slow}");
        }
        assert!(exp(-1e9) < 1e-300 && exp(0.0) == 1.0);
    }
}
