//! Synthetic patients of a demonstration clinic, drawn from the project's own response model. Pure: the seed is an argument.
//!
//! Nobody is behind these charts, and each says so: its registration is marked synthetic, its name ends in "(synthetic)" and
//! its pictures carry the words. What a chart holds is made in two halves:
//!
//! - **The truth** is drawn from the population that the forecast starts from: a ceiling, a gain and a rate for each patient,
//!   and a severity that falls after every session as the model says. Raters see it with their error.
//! - **The pathway** is the clinic's own: [`Milestones::next_step`](resurface_care::chart::Milestones::next_step) says what
//!   comes next, and [`Bench`] screens, plans, gates and reviews with the shipped rules. No session is given that its gate did
//!   not permit.
//!
//! How many patients play which part, how late they come and how often a visit goes wrong are settings of ours: chosen to
//! show every page of the software at work, not estimated from any clinic. How well scars respond is never chosen.

mod clinic;
mod fate;
mod happening;
mod person;
mod picture;
mod random;
mod scars;
mod script;
mod staff;
mod truth;
mod walk;

pub use fate::Fate;
pub use happening::{Happening, Scenario, StaffMember, SyntheticError, SyntheticPatient, What};
pub use staff::{Staff, staff};

use resurface_care::chart::Bench;

/// Makes patient `number` of a scenario, counted from 1. No patient depends on another, so they can be made side by side; the
/// same arguments make the same patient, byte for byte.
///
/// # Errors
/// [`SyntheticError::NoSuchPatient`] outside the scenario; the others where rules, forecast or calendar refuse.
pub fn patient(number: u32, scenario: &Scenario, bench: &Bench<'_>) -> Result<SyntheticPatient, SyntheticError> {
    if number == 0 || number > scenario.patients {
        return Err(SyntheticError::NoSuchPatient { number, patients: scenario.patients });
    }
    walk::walk(number, scenario, bench)
}
