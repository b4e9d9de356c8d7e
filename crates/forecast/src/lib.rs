//! How scars respond to sessions: simulate, update for one patient, compare courses. Pure maths.
//!
//! No input or output, no clock, no random source: the population, the patient and a seed are arguments, and the same
//! arguments give the same answer, bit for bit, on every platform.
//!
//! # The model
//! Each session leaves a remodelling signal that becomes visible at rate `k`; each unit of it closes a fraction `g` of the
//! severity that can still be corrected, up to a ceiling `A` ([`Response`], [`effect_at`]). `logit A`, `log g` and `log k`
//! vary between patients, and `logit A` also between clinics. What is known about people in general is a [`Population`]:
//! joint draws from a fit to published trials.
//!
//! # From a record to a forecast
//! [`update`] weighs thousands of explanations of a [`Patient`]'s outcomes: scores on up to three scales, percentages and
//! quartiles, blinded or open. The [`Posterior`] answers from there:
//!
//! - [`Posterior::courses`]: 1 to 8 further sessions at several intervals, three and six months after the last;
//! - [`Posterior::curve`]: median and bands week by week;
//! - [`Posterior::chance_of_goal`] and [`Posterior::look_ahead`]: stop or go on;
//! - [`Posterior::expected_score`], [`outcomes_against_forecast`]: what should be seen, and how surprising it was;
//! - [`Posterior::diagnostic`]: whether the numbers are to be trusted.
//!
//! Three intervals must not be confused: the typical patient ([`typical_patient`]), a new patient ([`update`] without
//! outcomes, in a [`Clinic::Typical`] or [`Clinic::New`] clinic), and this patient ([`update`] with outcomes).
//!
//! # What it will not do
//! Forecast beyond 12 sessions, beyond a year after the last, at intervals outside 1 to 12 weeks, or from a qualitative
//! grade that nobody has calibrated. Parameters that rest on assumption are named by [`Population::mostly_assumption`].
//!
//! # Example
//! ```
//! use resurface_forecast::*;
//!
//! // one draw for the example; the program reads the fitted population from its file
//! let population = Population::from_json(r#"{
//!     "schema": "resurface.population/1", "seed": 1, "data_sha256": "",
//!     "columns": ["mu_A", "mu_g", "mu_k", "rho", "omega_A", "omega_g", "tau", "sigma_pct", "sigma_score", "b_open"],
//!     "draws": [[0.6, -0.9, -2.3, 0.45, 0.5, 0.3, 1.1, 0.06, 0.2, 0.12]]
//! }"#)?;
//!
//! // three sessions four weeks apart; a blinded rater saw 25 % improvement in week 12
//! let patient = Patient {
//!     sessions: [0.0, 4.0, 8.0].map(|week| Session { week, dose: Dose::STANDARD }).to_vec(),
//!     observations: vec![Observation {
//!         week: 12.0,
//!         outcome: Outcome::Improvement { fraction: 0.25, rater: Rater::Blinded },
//!     }],
//!     ..Patient::default()
//! };
//!
//! let points = BasePoints::new(20_260_101); // made once, used for every patient
//! let posterior = update(&population, &patient, Clinic::New, &points, Effort::Visit)?;
//! assert_eq!(posterior.diagnostic().trust, Trust::Sound);
//!
//! let table = posterior.courses(&CourseQuestion::usual(0.5))?;
//! let two_more = table.course(2, 4.0).ok_or("not in the table")?;
//! let at_three_months = two_more.outlooks[0];
//! assert!(at_three_months.median > table.stopping_now[0].median);
//! assert!(at_three_months.goal.probability < at_three_months.quarter.probability);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#[cfg(test)]
mod calibration;
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
mod share;
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
    PopulationFile, QUARTILE_CUTS, StudyEffects,
};
pub use posterior::{COURSE_SESSIONS_LIMIT, Further, HORIZON_LIMIT_WEEKS, INTERVAL_LIMITS_WEEKS, Moments, Posterior};
pub use record::Clinic;
pub use reliability::{Diagnostic, EFFECTIVE_POINTS_MIN, Method, Trust};
pub use response::{
    EffectGradient, LOSS_PER_WEEK, REFRACTORY_WEEKS, Response, Turnover, bateman, effect_at, effect_gradient_at,
    refractory_factor,
};
pub use share::share_interval;
pub use trajectory::{CURVE_WEEKS_LIMIT, CurvePoint, ExpectedOutcome, OutcomeAgainstForecast, outcomes_against_forecast};
pub use update::{Effort, typical_patient, update};
