//! A list that does not grow without end: the first of what was found, and how much there was.

/// The first of what was found, and how much there was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed<T> {
    /// The first, at most [`Listed::KEPT_MAX`].
    pub first: Vec<T>,
    /// How many there are.
    pub total: u64,
}

impl<T> Listed<T> {
    /// How many are kept: more than anybody reads, and little enough to hold.
    pub const KEPT_MAX: usize = 1_000;

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.total == 0
    }

    pub(super) fn add(&mut self, one: T) {
        self.total += 1;
        if self.first.len() < Self::KEPT_MAX {
            self.first.push(one);
        }
    }
}

impl<T> Default for Listed<T> {
    fn default() -> Self {
        Self { first: Vec::new(), total: 0 }
    }
}
