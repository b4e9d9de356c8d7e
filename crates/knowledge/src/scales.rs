//! Scales and their tables: `scales.toml`.

use serde::{Deserialize, Serialize};

/// Which of the two published sets of cut-offs the Fitzpatrick questionnaire is read with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FitzpatrickVariant {
    /// Type I is 0 to 6.
    ZeroToSix,
    /// Type I is 0 to 7.
    ZeroToSeven,
}
