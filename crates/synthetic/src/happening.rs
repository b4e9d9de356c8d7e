//! What happened to a synthetic patient, in the order of time.

use jiff::Timestamp;
use jiff::civil::Date;
use resurface_care::chart::{Body, DecideError, EntryId, View};

use crate::fate::Fate;

/// A demonstration clinic to fill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scenario {
    /// How many patients it has.
    pub patients: u32,
    /// Where chance starts from.
    pub seed: u64,
    /// Today: nothing happens after it. The clinic opened two years before.
    pub until: Date,
}

/// One synthetic patient.
#[derive(Clone, Debug, PartialEq)]
pub struct SyntheticPatient {
    /// What happened, oldest first; the first is the registration.
    pub happenings: Vec<Happening>,
    /// What became of the patient.
    pub fate: Fate,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Happening {
    /// When, within the working hours of its day (UTC).
    pub at: Timestamp,
    /// Who would write it down.
    pub by: StaffMember,
    /// What.
    pub what: What,
}

/// Who writes something down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StaffMember {
    /// The dermatologist, who prescribes.
    Prescriber,
    /// The nurse, who treats to a limited depth.
    Practitioner,
    /// The front desk.
    Assistant,
    /// The patient, through a link.
    Patient,
}

/// What happened.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "most of what happens is an entry: a box would save nothing")]
pub enum What {
    /// An entry of the chart.
    Entry(EntryId, Body),
    /// A picture was taken. Its entry is made by whoever takes the picture in.
    Picture {
        /// Which view.
        view: View,
        /// The day.
        on: Date,
        /// The file.
        jpeg: Vec<u8>,
    },
}

/// Why no patient could be made.
#[derive(Debug, thiserror::Error)]
pub enum SyntheticError {
    /// Patients are numbered from 1.
    #[error("there is no patient {number} among {patients}: patients are numbered from 1")]
    NoSuchPatient {
        /// The number asked for.
        number: u32,
        /// Patients of the scenario.
        patients: u32,
    },
    /// The rules or the forecast could not answer.
    #[error("patient {number}, {on}: {source}")]
    Decide {
        /// The patient.
        number: u32,
        /// The day.
        on: Date,
        /// Why.
        source: DecideError,
    },
    /// The next step of a chart never led anywhere.
    #[error("patient {number}: the pathway still asks to {step} after {steps} steps")]
    DoesNotEnd {
        /// The patient.
        number: u32,
        /// The step in words.
        step: &'static str,
        /// Steps taken.
        steps: usize,
    },
    /// A day is outside the calendar.
    #[error("a day is outside the calendar: {0}")]
    Calendar(#[from] jiff::Error),
    /// A picture could not be encoded.
    #[error("a picture could not be encoded: {0}")]
    Picture(#[from] image::ImageError),
}
