//! The six reference studies (tests/fixtures/studies.json) as model outcomes.

use resurface_evidence::{model::TrialOutcome, study_list};

pub(crate) fn reference_studies() -> Vec<TrialOutcome> {
    study_list::read(include_str!("../fixtures/studies.json")).unwrap()
}
