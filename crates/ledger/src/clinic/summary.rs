//! What a list shows of a chart: kept sealed beside the end of its chain, and always what a fold over it says.

use jiff::civil::Date;
use resurface_care::chart::{Chart, Milestones};
use serde::{Deserialize, Serialize};

use crate::identity::PatientId;

/// What a list shows of a chart.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// The clinic's number for the patient.
    pub number: String,
    /// Name.
    pub name: String,
    /// Date of birth.
    pub birth_date: Date,
    /// Where the chart stands.
    pub milestones: Milestones,
}

/// A chart that was found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Found {
    /// The patient.
    pub patient: PatientId,
    /// The clinic's number.
    pub number: String,
    /// Name.
    pub name: String,
    /// Date of birth.
    pub birth_date: Date,
}

impl Summary {
    /// Of a chart.
    #[must_use]
    pub fn of(chart: &Chart) -> Self {
        let registered = chart.registered.as_ref();
        Self {
            number: registered.map(|registered| registered.number.clone()).unwrap_or_default(),
            name: registered.map(|registered| registered.name.clone()).unwrap_or_default(),
            birth_date: registered.map(|registered| registered.birth_date).unwrap_or_default(),
            milestones: Milestones::of(chart),
        }
    }
}
