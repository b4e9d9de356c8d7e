//! Elementary functions that give the same bits on every platform.

/// `exp(x)`, within 2 units in the last place for `-708 <= x <= 709`; the argument is clamped to that range.
///
/// Branch-free and built from additions and multiplications only, so that loops over many points vectorise and every
/// platform gives the same answer.
#[inline(always)]
pub(crate) fn exp(x: f64) -> f64 {
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

/// Natural logarithm.
#[inline]
pub(crate) fn ln(x: f64) -> f64 {
    libm::log(x)
}

/// Natural logarithm of a positive number (at least 1e-307, finite), absolute error below 1e-15 times its magnitude plus one.
///
/// Branch-free like [`exp`].
#[inline(always)]
pub(crate) fn ln_positive(x: f64) -> f64 {
    const HALF_SQRT_BITS: u64 = 0x3FE6_A09E_667F_3BCD; // the square root of a half
    let exponent = x.to_bits().wrapping_sub(HALF_SQRT_BITS) >> 52 << 52;
    let m = f64::from_bits(x.to_bits().wrapping_sub(exponent)); // between the roots of a half and of two
    // the exponent as a number: low bits of 2^52 + 2^51
    let bits = 0x4338_0000_0000_0000_u64.wrapping_add(((exponent >> 52) ^ 0x800).wrapping_sub(0x800));
    let n = f64::from_bits(bits) - 6_755_399_441_055_744.0;
    let s = (m - 1.0) / (m + 1.0);
    let z = s * s;
    let z2 = z * z;
    let z4 = z2 * z2;
    let low = (2.0 + z * (2.0 / 3.0)) + z2 * (2.0 / 5.0 + z * (2.0 / 7.0));
    let high = (2.0 / 9.0 + z * (2.0 / 11.0)) + z2 * (2.0 / 13.0 + z * (2.0 / 15.0));
    let last = 2.0 / 17.0 + z * (2.0 / 19.0);
    n * core::f64::consts::LN_2 + s * (low + z4 * (high + z4 * last))
}

/// Square root.
#[inline]
pub(crate) fn sqrt(x: f64) -> f64 {
    x.sqrt()
}

/// `1 / (1 + exp(-x))`.
#[inline(always)]
pub(crate) fn expit(x: f64) -> f64 {
    1.0 / (1.0 + exp(-x))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fast_functions_agree_with_the_slow_ones_over_their_range() {
        for i in -70_000..70_000 {
            let x = f64::from(i) * 0.0101;
            if x.abs() > 707.0 {
                continue;
            }
            let (mine, theirs) = (exp(x), libm::exp(x));
            assert!((mine / theirs - 1.0).abs() < 6e-16, "exp({x}): {mine} {theirs}");
        }
        for i in -30_000..30_000 {
            let x = exp(f64::from(i) * 0.0233);
            let (mine, theirs) = (ln_positive(x), libm::log(x));
            assert!((mine - theirs).abs() < 1e-15 * (1.0 + theirs.abs()), "ln({x}): {mine} {theirs}");
        }
        assert!(exp(-1e9) < 1e-300 && exp(0.0) == 1.0);
    }
}
