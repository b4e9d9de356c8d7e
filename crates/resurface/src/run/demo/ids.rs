//! Ids of a demonstration: the same seed gives the same ones.

use jiff::Timestamp;
use resurface_care::chart::EntryId;
use resurface_ledger::identity::{LinkId, PatientId};
use sha2::{Digest as _, Sha256};
use uuid::Builder;

/// Where the ids of one patient come from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ids {
    /// Seed of the clinic.
    pub(super) seed: u64,
    /// The patient.
    pub(super) number: u32,
}

impl Ids {
    /// Of the chart.
    pub(super) fn patient(self) -> PatientId {
        PatientId::new(self.bytes("patient", 0))
    }

    /// Of the entry at a place, for a picture.
    pub(super) fn picture(self, place: usize, at: Timestamp) -> EntryId {
        let milliseconds = u64::try_from(at.as_millisecond()).unwrap_or_default();
        EntryId(Builder::from_unix_timestamp_millis(milliseconds, &self.bytes("picture", place)).into_uuid())
    }

    /// Of the link by which the entry at a place was written.
    pub(super) fn link(self, place: usize, at: Timestamp) -> LinkId {
        LinkId::new(at, self.bytes("link", place))
    }

    fn bytes<const N: usize>(self, what: &str, place: usize) -> [u8; N] {
        let Self { seed, number } = self;
        let digest = Sha256::digest(format!("resurface demonstration {seed} {number} {what} {place}"));
        let mut bytes = [0; N];
        bytes.iter_mut().zip(digest).for_each(|(byte, digit)| *byte = digit);
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::Ids;

    #[test]
    fn a_patient_has_one_id_for_one_seed_and_number() {
        let id = |seed, number| Ids { seed, number }.patient();
        assert_eq!(id(1, 7), id(1, 7));
        assert!(id(1, 7) != id(2, 7) && id(1, 7) != id(1, 8));
    }
}
