//! From values to positions.

/// A straight scale from values to positions.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    values: (f64, f64),
    positions: (f64, f64),
}

impl Scale {
    /// A scale that lays `values` onto `positions`, end on end.
    #[must_use]
    pub const fn new(values: (f64, f64), positions: (f64, f64)) -> Self {
        Self { values, positions }
    }

    /// Where a value lies; beyond the ends it stays on the end.
    #[must_use]
    pub fn at(self, value: f64) -> f64 {
        let share = ((value - self.values.0) / (self.values.1 - self.values.0)).clamp(0.0, 1.0);
        self.positions.0 + share * (self.positions.1 - self.positions.0)
    }

    /// Whether a value lies on the scale.
    #[must_use]
    pub fn holds(self, value: f64) -> bool {
        (self.values.0..=self.values.1).contains(&value)
    }

    /// Round values for the marks of an axis, about `wanted` of them.
    #[must_use]
    pub fn ticks(self, wanted: u32) -> Vec<f64> {
        let rough = (self.values.1 - self.values.0) / f64::from(wanted.max(1));
        let decade = 10_f64.powf(rough.log10().floor());
        let step = [1.0, 2.0, 2.5, 5.0, 10.0].map(|factor| factor * decade).into_iter().find(|step| *step >= rough);
        let step = step.unwrap_or(10.0 * decade);
        let first = (self.values.0 / step).ceil();
        (0..100).map(|at| (first + f64::from(at)) * step).take_while(|value| *value <= self.values.1 + 1e-9).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Scale;

    #[test]
    fn ticks_are_round_and_inside() {
        assert_eq!(Scale::new((0.0, 100.0), (0.0, 1.0)).ticks(5), [0.0, 20.0, 40.0, 60.0, 80.0, 100.0]);
        assert_eq!(Scale::new((-20.0, 100.0), (0.0, 1.0)).ticks(6), [-20.0, 0.0, 20.0, 40.0, 60.0, 80.0, 100.0]);
        assert_eq!(Scale::new((0.0, 43.0), (0.0, 1.0)).ticks(8), [0.0, 10.0, 20.0, 30.0, 40.0]);
    }

    #[test]
    fn an_axis_may_run_upwards_and_holds_its_ends() {
        let up = Scale::new((0.0, 100.0), (400.0, 0.0));
        assert_eq!((up.at(0.0), up.at(25.0), up.at(250.0)), (400.0, 300.0, 0.0));
        assert!(!up.holds(250.0));
    }
}
