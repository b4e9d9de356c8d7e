//! What can go wrong for a caller of this room.

use crate::table::CellFault;

/// Why evidence could not be read, pooled or fitted.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Error {
    /// Cells of a table that cannot be read.
    #[error("{}", lines(.0))]
    Table(Vec<CellFault>),
    /// Nothing to pool.
    #[error("no study to pool: give at least one effect")]
    NoStudies,
    /// Too few studies for this quantity.
    #[error("{studies} studies are too few: this needs at least {needed}")]
    TooFewStudies {
        /// Studies given.
        studies: usize,
        /// Studies needed.
        needed: usize,
    },
    /// An effect that cannot be pooled.
    #[error(
        "study {study}: effect {estimate} with variance {variance} cannot be pooled; both must be numbers, the variance above zero"
    )]
    UnusableEffect {
        /// Position of the study, from 1.
        study: usize,
        /// Its effect.
        estimate: f64,
        /// Its variance.
        variance: f64,
    },
    /// A moderator column has the wrong length.
    #[error("every moderator needs one value for each of the {studies} studies")]
    ModeratorLength {
        /// Studies given.
        studies: usize,
    },
    /// Moderators cannot be told apart.
    #[error("the moderators cannot be told apart in these studies: leave one out")]
    Collinear,
    /// A rate that cannot be.
    #[error("{events} events in {n} patients is impossible: correct the counts")]
    ImpossibleRate {
        /// Events.
        events: u32,
        /// Patients.
        n: u32,
    },
}

fn lines(faults: &[CellFault]) -> String {
    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}
