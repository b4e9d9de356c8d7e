//! The clinic's own outcomes, added up over all charts.

use std::num::NonZeroUsize;

use resurface_care::chart::{ClinicOutcomes, Recorded};
use resurface_knowledge::Knowledge;

use super::progress::Teller;
use super::{Desk, LedgerError, OpenChart};
use crate::access::Operation;
use crate::identity::PatientId;

/// The clinic's own outcomes.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct OutcomesFound {
    /// What became of the patients.
    #[serde(flatten)]
    pub outcomes: ClinicOutcomes,
    /// Charts that do not check, or are not understood: they count nowhere.
    pub unreadable: Vec<PatientId>,
}

impl Desk<'_> {
    /// What became of the patients who were treated. No name is in it but those of who treats.
    ///
    /// # Errors
    /// When it is not allowed, or the data cannot be read.
    pub fn outcomes(&self, knowledge: &Knowledge, threads: NonZeroUsize) -> Result<OutcomesFound, LedgerError> {
        self.read(Operation::ClinicOutcomes, None)?;
        let mut found = OutcomesFound::default();
        self.clinic.sweep(
            threads,
            &mut Teller::new(&mut |_| {}),
            |patient, chart: Result<OpenChart, LedgerError>| (patient, chart),
            |(patient, chart)| {
                match chart {
                    Ok(open) if open.fault.is_none() => {
                        let entries = open.entries.iter().map(|entry| Recorded { id: entry.id, body: &entry.body });
                        found.outcomes.add(&open.chart, entries, knowledge);
                    }
                    Ok(_) | Err(LedgerError::Body(_)) => found.unreadable.push(patient),
                    Err(error) => return Err(error),
                }
                Ok(())
            },
        )?;
        Ok(found)
    }
}
