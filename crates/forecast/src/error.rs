//! What can be wrong with a question put to the forecast.

/// Why no forecast was made.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ForecastError {
    /// The population file is not what this version reads.
    #[error("the population file cannot be read: {detail}; write it again with `resurface evidence fit`")]
    PopulationUnreadable {
        /// What was found, with line and column where known.
        detail: String,
    },
    /// A draw of the population lies outside its range.
    #[error("population draw {draw}: {column} is {value}, allowed is {allowed}")]
    PopulationDrawOutOfRange {
        /// Number of the draw, from 0.
        draw: usize,
        /// Name of the column.
        column: &'static str,
        /// The value found.
        value: f64,
        /// The values allowed.
        allowed: &'static str,
    },
    /// A number given about the patient or the plan lies outside its range.
    #[error("{field} is {value}, allowed is {allowed}")]
    OutOfRange {
        /// The field, for example `sessions[2].week`.
        field: String,
        /// The value found.
        value: f64,
        /// The values allowed.
        allowed: &'static str,
    },
    /// Weeks that must not decrease do.
    #[error("{field} comes before the one listed above it; list them in order of time")]
    NotInOrder {
        /// The field, for example `sessions[2].week`.
        field: String,
    },
    /// More entries than the forecast accepts.
    #[error("{found} {what} were given, at most {limit} are accepted")]
    TooMany {
        /// What was counted.
        what: &'static str,
        /// How many were given.
        found: usize,
        /// How many are accepted.
        limit: usize,
    },
    /// A score refers to a scale that was not described.
    #[error("observations[{observation}] uses scale {scale}, but {described} scales are described")]
    ScaleNotDescribed {
        /// Position of the observation, from 0.
        observation: usize,
        /// The scale it refers to.
        scale: usize,
        /// How many scales there are.
        described: usize,
    },
    /// A Goodman-Baron qualitative grade was given as an outcome.
    #[error(
        "observations[{observation}] is a Goodman-Baron qualitative grade: no sample rated on both scales is known that \
         would calibrate grades against severity, so it cannot inform a forecast; record a score, a percentage or a quartile"
    )]
    GradeNotCalibrated {
        /// Position of the observation, from 0.
        observation: usize,
    },
    /// The course asked about is longer than anything the evidence covers.
    #[error("{sessions} sessions in total were asked for; the evidence does not reach beyond {limit}")]
    CourseTooLong {
        /// Sessions given and planned.
        sessions: usize,
        /// The most that can be forecast.
        limit: usize,
    },
    /// A forecast further ahead than durability is known.
    #[error("week {week} is more than {limit_weeks} weeks after the last session; durability beyond that is unknown")]
    TooFarAhead {
        /// The week asked about.
        week: f64,
        /// The longest forecast, weeks after the last session.
        limit_weeks: f64,
    },
    /// No way of computing the update was trustworthy.
    #[error("these outcomes contradict each other so strongly that no forecast can be computed; check the recorded values")]
    NoExplanationFound,
    /// A pair of check files cannot be read.
    #[error("{file}: {detail}")]
    CheckFileUnreadable {
        /// Which of the two files.
        file: &'static str,
        /// What was found.
        detail: String,
    },
}
