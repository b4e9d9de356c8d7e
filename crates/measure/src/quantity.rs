//! A number with its error.

use serde::Serialize;

/// A measured number, its standard uncertainty and the smallest change of it that this way of capturing can show, all in one unit.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Quantity {
    /// What was measured.
    pub value: f64,
    /// Standard uncertainty (GUM), one standard deviation.
    pub uncertainty: f64,
    /// Smallest detectable change: the change between two visits that 95 % of repeats without any stay within.
    pub smallest_change: f64,
}

impl Quantity {
    /// The sum of numbers whose errors are independent.
    #[must_use]
    pub fn sum(of: &[Self]) -> Self {
        let together = |part: fn(&Self) -> f64| of.iter().map(|quantity| part(quantity).powi(2)).sum::<f64>().sqrt();
        Self {
            value: of.iter().map(|quantity| quantity.value).sum(),
            uncertainty: together(|quantity| quantity.uncertainty),
            smallest_change: together(|quantity| quantity.smallest_change),
        }
    }

    /// It and its errors, divided by a number that has none.
    #[must_use]
    pub fn over(self, by: f64) -> Self {
        Self { value: self.value / by, uncertainty: self.uncertainty / by, smallest_change: self.smallest_change / by }
    }
}

/// A change between two visits, as it may be worded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Larger than the measurement error.
    LargerThanTheError,
    /// Within the measurement error.
    WithinTheError,
    /// Cannot be told: something needed for it is not known.
    CannotBeTold,
}

impl Verdict {
    /// The wording of a change from one visit to the next.
    #[must_use]
    pub fn of(before: &Quantity, after: &Quantity) -> Self {
        let change = (after.value - before.value).abs();
        let needed = before.smallest_change.max(after.smallest_change);
        if !change.is_finite() || !needed.is_finite() {
            Self::CannotBeTold
        } else if change > needed {
            Self::LargerThanTheError
        } else {
            Self::WithinTheError
        }
    }
}
