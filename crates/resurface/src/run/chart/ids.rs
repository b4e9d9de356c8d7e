//! Ids of entries that follow from what they were made of: the same file added twice makes the same ids, and no second entry.

use resurface_care::chart::EntryId;
use resurface_ledger::identity::PatientId;
use sha2::{Digest as _, Sha256};

/// Ids of the entries that come from one file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ids {
    patient: PatientId,
    file: [u8; 32],
}

impl Ids {
    /// For what a file says about a patient.
    pub(super) fn new(patient: PatientId, file: &[u8]) -> Self {
        Self { patient, file: Sha256::digest(file).into() }
    }

    /// The ids that an entry may have: the first, and others for when that entry was struck out and is written once more.
    pub(super) fn each_of(&self, kind: &str, what: &[u8]) -> impl Iterator<Item = EntryId> {
        (0_u32..).map(move |again| match again {
            0 => self.of(kind, what),
            again => self.of(kind, &[what, b"\0again", &again.to_be_bytes()].concat()),
        })
    }

    /// The id of one entry of the file: its kind, and what tells it from others of its kind.
    pub(super) fn of(&self, kind: &str, what: &[u8]) -> EntryId {
        let mut hasher = Sha256::new_with_prefix(b"resurface.entry_id/1");
        hasher.update(self.patient.as_bytes());
        hasher.update(self.file);
        // No kind holds a nought, so that kind and content are told apart.
        hasher.update(kind.as_bytes());
        hasher.update([0]);
        hasher.update(what);
        let hash: [u8; 32] = hasher.finalize().into();
        EntryId(uuid::Builder::from_custom_bytes(std::array::from_fn(|at| hash[at])).into_uuid())
    }
}

#[cfg(test)]
mod tests {
    use resurface_ledger::identity::PatientId;

    use super::Ids;

    #[test]
    fn an_id_follows_from_patient_file_kind_and_content_and_from_nothing_else() {
        let ids = |patient: u8, file: &[u8]| Ids::new(PatientId::new([patient; 16]), file);
        let id = ids(1, b"file").of("message", b"content");
        assert_eq!(id, ids(1, b"file").of("message", b"content"));
        let others = [
            ids(2, b"file").of("message", b"content"),
            ids(1, b"other").of("message", b"content"),
            ids(1, b"file").of("measured", b"content"),
            ids(1, b"file").of("message", b"contents"),
        ];
        assert!(others.iter().all(|other| *other != id));
        assert_eq!(id.0.get_version_num(), 8);
    }
}
