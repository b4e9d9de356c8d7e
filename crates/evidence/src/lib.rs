//! Published trials to a pooled effect and to the population a forecast starts from. Pure maths.
//!
//! Two questions, one set of tables (`trials.csv`, `trial_roles.csv`, `comparisons.csv`):
//!
//! - **Does it help?** [`trials::parse`], [`roles::parse`] and [`comparisons::parse`] read the tables, [`answer::answer`]
//!   answers with pooled effects ([`meta`]), adverse-event rates ([`exact`]), and what the trials cannot say.
//! - **Where does a forecast start?** [`calibration::calibration`] turns arms into outcomes of the [`model`]; with the
//!   feature `fit`, `fit::fit` samples its posterior and `validate` leaves studies out and refits simulated ones.
//!
//! Nothing here reads a file, a clock or an ambient random source: texts and seeds are arguments.

pub mod answer;
pub mod calibration;
pub mod comparisons;
pub mod diagnostics;
pub mod effect_size;
mod error;
pub mod exact;
#[cfg(feature = "fit")]
pub mod fit;
pub mod meta;
pub mod model;
pub mod roles;
#[cfg(feature = "fit")]
pub mod sampling;
pub mod study_list;
mod table;
pub mod trials;
#[cfg(feature = "fit")]
pub mod validate;
#[cfg(feature = "fit")]
mod variates;

pub use error::Error;
pub use table::CellFault;
