//! Areal parameters of ISO 25178-2, over the measured points only. Each file states its algorithm.

mod feature;
mod functional;
mod height;
mod hybrid;
mod spatial;
mod table;

use serde::Serialize;

pub use feature::{Feature, Pruning};
pub use functional::Functional;
pub use height::Height;
pub use hybrid::Hybrid;
pub use spatial::Spatial;
pub use table::{Family, Row};

pub(super) use feature::feature;
pub(super) use functional::functional;
pub(super) use height::{height, level};
pub(super) use hybrid::hybrid;
pub(super) use spatial::spatial;

/// All parameters of one surface; one that this surface does not determine is nothing.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Parameters {
    /// How high.
    pub height: Height,
    /// How far and in which direction alike.
    pub spatial: Spatial,
    /// How steep.
    pub hybrid: Hybrid,
    /// How much material at which height.
    pub functional: Functional,
    /// Hills and dales.
    pub feature: Feature,
}
