//! How sure a share is that was counted.

/// The 95 % interval of a share, by Wilson's score (J Am Stat Assoc 22, 1927): 0 to 1 where nobody was counted.
///
/// It keeps within 0 and 1 and stays honest for small numbers and for shares near the ends, where the simple interval does not
/// (Newcombe, Stat Med 17, 1998, method 3).
#[must_use]
pub fn share_interval(counted: u32, of: u32) -> (f64, f64) {
    /// The 97.5 % point of the normal distribution.
    const Z: f64 = 1.959_963_984_540_054;
    if of == 0 {
        return (0.0, 1.0);
    }
    let (n, share) = (f64::from(of), f64::from(counted.min(of)) / f64::from(of));
    let centre = share + Z * Z / (2.0 * n);
    let spread = Z * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt();
    let whole = 1.0 + Z * Z / n;
    (((centre - spread) / whole).max(0.0), ((centre + spread) / whole).min(1.0))
}

#[cfg(test)]
mod tests {
    use super::share_interval;

    /// Newcombe, Stat Med 17:857-872 (1998), table I, method 3 (score, no continuity correction), to four decimals.
    #[test]
    fn intervals_are_those_of_newcombe_1998() {
        for (counted, of, low, high) in
            [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)]
        {
            let (found_low, found_high) = share_interval(counted, of);
            assert!(
                (found_low - low).abs() < 5e-5 && (found_high - high).abs() < 5e-5,
                "{counted}/{of}: {found_low} {found_high}"
            );
        }
    }

    #[test]
    fn nobody_counted_says_nothing() {
        assert_eq!(share_interval(0, 0), (0.0, 1.0));
    }
}
