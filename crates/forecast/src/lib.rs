//! How scars respond to sessions: simulate, update for one patient, compare courses. Pure maths.

mod check;
mod course;
mod decide;
mod distribution;
mod dose;
mod elementary;
mod error;
mod fit;
mod likelihood;
mod normal;
mod patient;
mod points;
mod population;
mod posterior;
mod proposals;
mod record;
mod reliability;
mod response;
mod sampling;
mod tempering;
mod trajectory;
mod update;

pub use check::{CheckReport, CheckedQuantity, Quantity, check};
pub use course::{Course, CourseQuestion, CourseTable, FURTHER_SESSIONS_LIMIT, OUTLOOK_WEEKS, Outlook, USUAL_INTERVALS_WEEKS};
pub use decide::{FUTILITY_CHANCE, LOOK_AHEAD_SESSIONS, LookAhead, LookAheadResult, POINTS_PER_SESSION_USUAL};
pub use distribution::{Chance, Distribution, Interval};
pub use dose::{Covariates, DOSE_LIMIT, DeliveredDose, Dose, Endpoint, REFERENCE_DEPTH_UM, REFERENCE_PASSES};
pub use error::ForecastError;
pub use patient::{
    OBSERVATIONS_LIMIT, Observation, Outcome, Patient, Quartile, Rater, SCALES_LIMIT, SESSIONS_LIMIT, Scale, ScoreNoise, Session,
};
pub use points::BasePoints;
pub use population::{
    ASSUMPTION_CONTRACTION, DRAWS_LIMIT, Draw, KnownPopulation, POPULATION_SCHEMA, ParameterDiagnostic, Population,
    PopulationFile, QUARTILE_CUTS,
};
pub use posterior::{COURSE_SESSIONS_LIMIT, Further, HORIZON_LIMIT_WEEKS, INTERVAL_LIMITS_WEEKS, Moments, Posterior};
pub use record::Clinic;
pub use reliability::{Diagnostic, EFFECTIVE_POINTS_MIN, Method, Trust};
pub use response::{
    EffectGradient, LOSS_PER_WEEK, REFRACTORY_WEEKS, Response, Turnover, bateman, effect_at, effect_gradient_at,
    refractory_factor,
};
pub use trajectory::{CURVE_WEEKS_LIMIT, CurvePoint, ExpectedOutcome, OutcomeAgainstForecast, outcomes_against_forecast};
pub use update::{Effort, typical_patient, update};
