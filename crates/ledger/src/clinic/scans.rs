//! Scans of a chart: taken in, and handed out, only while the patient consents to pictures. They are kept with the pictures, and
//! as these are.

use resurface_care::chart::{Body, EntryId, Purpose, ScanTaken};

use super::charts::{Added, OpenChart};
use super::sealed::RingSealing;
use super::{Clinic, Desk, LedgerError};
use crate::access::Operation;
use crate::identity::PatientId;

/// Largest scan that is taken in, in bytes: a million points with their colours come to less.
pub const SCAN_BYTES_MAX: usize = 60_000_000;

impl Clinic {
    fn scan_of(&self, patient: PatientId, entry: EntryId) -> Result<(ScanTaken, Vec<u8>), LedgerError> {
        let chart = self.read_chart(patient)?.chart;
        if !chart.consents.contains_key(&Purpose::PicturesForCare) {
            return Err(LedgerError::NoConsent);
        }
        let (_, taken) = chart.scans.into_iter().find(|(id, _)| *id == entry).ok_or(LedgerError::NoSuchEntry)?;
        let bytes = self.picture_bytes(&taken.original)?;
        Ok((taken, bytes))
    }
}

impl Desk<'_> {
    /// Takes a scan in: kept under the digest that the entry names, and only then named in the chart. Whether the file is a scan
    /// at all, whoever calls has found out.
    ///
    /// # Errors
    /// When it is not allowed, the patient does not consent, the file is too large or another one than the entry names, or it
    /// cannot be kept.
    pub fn take_scan(&self, open: OpenChart, id: EntryId, bytes: &[u8], taken: ScanTaken) -> Result<Added, LedgerError> {
        let grant = self.ask(Operation::TakePicture, Some(open.patient))?;
        if !open.chart.consents.contains_key(&Purpose::PicturesForCare) {
            return self.fail(&[grant], LedgerError::NoConsent);
        }
        if bytes.len() > SCAN_BYTES_MAX {
            return self.fail(&[grant], LedgerError::DoesNotFit("a scan has at most 60 MB: export it with fewer points"));
        }
        let kept = self.clinic.holding_ring(|ring| {
            let sealing = RingSealing { ring, surroundings: self.clinic.surroundings.as_ref() };
            self.clinic.pictures.put(&taken.original, bytes, &sealing)
        });
        match kept {
            Ok(()) => self.write(open, vec![(id, Body::ScanTaken(taken))], &[grant]),
            Err(error) => self.fail(&[grant], error.into()),
        }
    }

    /// A scan of a chart, as it was handed in.
    ///
    /// # Errors
    /// When it is not allowed, the patient no longer consents, or there is no such scan.
    pub fn scan(&self, patient: PatientId, entry: EntryId) -> Result<(ScanTaken, Vec<u8>), LedgerError> {
        let grant = self.read(Operation::SeePicture, Some(patient))?;
        self.clinic.scan_of(patient, entry).or_else(|error| self.fail(&[grant], error))
    }
}
