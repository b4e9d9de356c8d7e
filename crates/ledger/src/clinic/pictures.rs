//! Pictures of a chart: taken in, and shown, only while the patient consents.

use jiff::civil::Date;
use resurface_care::chart::{Body, Digest, EntryId, EventState, PictureTaken, Purpose, ReportedBy, View};

use super::charts::{Added, OpenChart};
use super::sealed::RingSealing;
use super::{Clinic, Desk, LedgerError};
use crate::access::{Grant, Operation};
use crate::identity::PatientId;
use crate::pictures::{Limits, Prepared, prepare};

/// Which form of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The small one of lists.
    Thumbnail,
    /// As it is shown, without camera data.
    Display,
    /// The file as it was handed in.
    Original,
}

impl Clinic {
    /// Picture bytes by their name. Nobody is asked: a desk does that.
    pub(super) fn picture_bytes(&self, name: &Digest) -> Result<Vec<u8>, LedgerError> {
        let ring = self.ring();
        Ok(self.pictures.get(name, &RingSealing { ring: &ring, surroundings: self.surroundings.as_ref() })?)
    }

    fn picture_of(&self, patient: PatientId, entry: EntryId, form: Form) -> Result<(PictureTaken, Vec<u8>), LedgerError> {
        let chart = self.read_chart(patient)?.chart;
        if !chart.consents.contains_key(&Purpose::PicturesForCare) {
            return Err(LedgerError::NoConsent);
        }
        let (_, taken) = chart.pictures.into_iter().find(|(id, _)| *id == entry).ok_or(LedgerError::NoSuchEntry)?;
        let name = match form {
            Form::Thumbnail => &taken.thumbnail,
            Form::Display => &taken.display,
            Form::Original => &taken.original,
        };
        let bytes = self.picture_bytes(name)?;
        Ok((taken, bytes))
    }
}

impl Desk<'_> {
    /// Takes a picture in: checked, written anew without camera data, kept with its original, and only then named in the chart.
    ///
    /// # Errors
    /// When it is not allowed, the patient does not consent, the file is refused, or it cannot be kept.
    pub fn take_picture(
        &self,
        open: OpenChart,
        id: EntryId,
        bytes: &[u8],
        on: Date,
        view: View,
        note: Option<String>,
    ) -> Result<Added, LedgerError> {
        let grant = self.ask(Operation::TakePicture, Some(open.patient))?;
        self.keep_picture(open, id, bytes, grant, |prepared| prepared.taken(on, view, note))
    }

    /// Takes in a picture that a patient sends through their link with a report of an adverse event, as any other picture.
    ///
    /// # Errors
    /// As [`Desk::take_picture`], and when the patient did not report that event.
    pub fn take_own_picture(&self, open: OpenChart, id: EntryId, bytes: &[u8], event: EntryId) -> Result<Added, LedgerError> {
        let grant = self.ask(Operation::OwnPicture, Some(open.patient))?;
        let of_the_patient = |state: &EventState| state.id == event && state.noticed.reported_by == ReportedBy::Patient;
        if !open.chart.events.iter().any(of_the_patient) {
            return self.fail(&[grant], LedgerError::DoesNotFit("this picture shows an event that the patient did not report"));
        }
        let on = self.clinic.today();
        let taken = |prepared: &Prepared| PictureTaken { event: Some(event), ..prepared.taken(on, View::CloseUp, None) };
        self.keep_picture(open, id, bytes, grant, taken)
    }

    fn keep_picture(
        &self,
        open: OpenChart,
        id: EntryId,
        bytes: &[u8],
        grant: Grant,
        taken: impl FnOnce(&Prepared) -> PictureTaken,
    ) -> Result<Added, LedgerError> {
        if !open.chart.consents.contains_key(&Purpose::PicturesForCare) {
            return self.fail(&[grant], LedgerError::NoConsent);
        }
        let kept = prepare(bytes, &Limits::default()).and_then(|prepared| {
            self.clinic.holding_ring(|ring| {
                let sealing = RingSealing { ring, surroundings: self.clinic.surroundings.as_ref() };
                self.clinic.pictures.put_prepared(&prepared, &sealing)
            })?;
            Ok(prepared)
        });
        match kept {
            Ok(prepared) => self.write(open, vec![(id, Body::PictureTaken(taken(&prepared)))], &[grant]),
            Err(error) => self.fail(&[grant], error.into()),
        }
    }

    /// One form of a picture of a chart.
    ///
    /// # Errors
    /// When it is not allowed, the patient no longer consents, or there is no such picture.
    pub fn picture(&self, patient: PatientId, entry: EntryId, form: Form) -> Result<(PictureTaken, Vec<u8>), LedgerError> {
        let grant = self.read(Operation::SeePicture, Some(patient))?;
        self.clinic.picture_of(patient, entry, form).or_else(|error| self.fail(&[grant], error))
    }
}
