use serde::Serialize;

/// A score, or the range that what is missing leaves open. Both ends included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Span {
    /// Lowest score the answers allow.
    pub lowest: u32,
    /// Highest score the answers allow.
    pub highest: u32,
}

impl Span {
    /// A score that is known.
    #[must_use]
    pub fn exactly(score: u32) -> Self {
        Self { lowest: score, highest: score }
    }

    /// The score, when only one is left.
    #[must_use]
    pub fn known(&self) -> Option<u32> {
        (self.lowest == self.highest).then_some(self.lowest)
    }

    /// Both spans added.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self { lowest: self.lowest + other.lowest, highest: self.highest + other.highest }
    }
}
