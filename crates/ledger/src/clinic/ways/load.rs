//! Charts of a demonstration: written whole, with the times and the ids that a generator gives them.

use jiff::Timestamp;
use jiff::civil::Date;
use resurface_care::chart::{Body, Chart, EntryId, PictureTaken, Recorded, View};
use uuid::Uuid;

use crate::access::{Access, Actor, Operation};
use crate::clinic::charts::{lot_key, lots_of, mixes};
use crate::clinic::sealed::RingSealing;
use crate::clinic::{Charts, Clinic, LedgerError, Summary};
use crate::entry::{Author, ChainEnd, Draft, Hand, append};
use crate::identity::{PatientId, PatientLink};
use crate::pictures::{Limits, prepare};
use crate::store::{Batch, Expected, LotRow, Outcome, RecordKind};

impl Clinic {
    /// Writes a whole chart of a demonstration in one batch. It begins with whom it is about; its times do not run backwards;
    /// pictures in it come from [`Clinic::load_picture`].
    ///
    /// # Errors
    /// When there are people behind the charts of this clinic, the chart is there already, an id is used elsewhere, or the
    /// entries do not make a chart.
    pub fn load(&self, patient: PatientId, entries: Vec<(EntryId, Author, Timestamp, Body)>) -> Result<(), LedgerError> {
        self.only_synthetic()?;
        if let Some(does_not_fit) = does_not_fit(&entries) {
            return Err(LedgerError::DoesNotFit(does_not_fit));
        }
        if entries.iter().any(|(.., body)| mixes(Charts::Synthetic, body)) {
            return Err(LedgerError::Mixed("synthetic"));
        }
        let grant = self.desk(Actor::at_the_console()).ask(Operation::Import, Some(patient))?;
        let (ring, stream, surroundings) = (self.ring(), Uuid::from_bytes(*patient.as_bytes()), self.surroundings.as_ref());
        let mut end = ChainEnd::default();
        let mut batch = Batch {
            expected: vec![Expected { stream, head: None }],
            access: vec![self.access(&Access::allowed(&grant))?],
            ..Batch::default()
        };
        for (id, author, at, body) in &entries {
            let (kind, version) = (body.kind().word().to_owned(), body.kind().version());
            let draft = Draft { id: *id, kind, version, content: body.to_bytes()? };
            let hand = Hand { author: *author, at: *at, salt: surroundings.random(), nonce: surroundings.random() };
            batch.entries.push(append(&mut end, stream, &draft, hand, &ring)?);
            batch.lots.extend(lots_of(body).map(|lot| LotRow { lot: lot_key(lot), stream, entry: id.0 }));
        }
        let chart = Chart::fold(entries.iter().map(|(id, _, _, body)| Recorded { id: *id, body }));
        batch.heads.push(self.head(stream, end, &serde_json::to_vec(&Summary::of(&chart))?, &ring)?);
        match self.store.commit(batch)? {
            Outcome::Written => Ok(()),
            Outcome::Moved(_) => Err(LedgerError::DoesNotFit("there is a chart with this id already")),
            Outcome::AlreadyThere(_) | Outcome::RecordMoved => Err(LedgerError::IdReused),
        }
    }

    /// Prepares and keeps a picture of a demonstration, to be named in a chart that is loaded.
    ///
    /// # Errors
    /// When there are people behind the charts of this clinic, the file is refused, or it cannot be kept.
    pub fn load_picture(&self, bytes: &[u8], on: Date, view: View) -> Result<PictureTaken, LedgerError> {
        self.only_synthetic()?;
        let prepared = prepare(bytes, &Limits::default())?;
        let ring = self.ring();
        self.pictures.put_prepared(&prepared, &RingSealing { ring: &ring, surroundings: self.surroundings.as_ref() })?;
        Ok(prepared.taken(on, view, None))
    }

    /// Keeps links of a demonstration, to be named as who wrote what patients write. Load them before the chart.
    ///
    /// # Errors
    /// When there are people behind the charts of this clinic, or they cannot be written.
    pub fn load_links(&self, links: &[PatientLink]) -> Result<(), LedgerError> {
        self.only_synthetic()?;
        let record = |link: &PatientLink| self.record(RecordKind::Link, link.token_hash.digest().as_bytes(), link);
        let records = links.iter().map(record).collect::<Result<_, _>>()?;
        self.store.commit(Batch { records, ..Batch::default() })?;
        Ok(())
    }

    const fn only_synthetic(&self) -> Result<(), LedgerError> {
        match self.charts {
            Charts::Synthetic => Ok(()),
            Charts::Real => Err(LedgerError::Mixed("real")),
        }
    }
}

fn does_not_fit(entries: &[(EntryId, Author, Timestamp, Body)]) -> Option<&'static str> {
    let registered = |body: &Body| matches!(body, Body::Registered(_));
    if !entries.first().is_some_and(|(.., body)| registered(body)) {
        return Some("a chart begins with whom it is about");
    }
    if entries.iter().skip(1).any(|(.., body)| registered(body)) {
        return Some("a patient is registered once: amend that entry to correct it");
    }
    if !entries.is_sorted_by_key(|(_, _, at, _)| *at) {
        return Some("an entry is dated before the one that it follows");
    }
    None
}
