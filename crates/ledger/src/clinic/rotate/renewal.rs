//! Sealing everything anew, in batches, as often as it takes until nothing is found that an earlier key sealed.

use resurface_care::chart::Digest;

use super::Renewed;
use crate::clinic::progress::{Progress, Stage, Teller};
use crate::clinic::sealed::{RingSealing, access_place, head_place, record_place};
use crate::clinic::{Clinic, LedgerError, Listed, Where};
use crate::entry;
use crate::pictures::PictureError;
use crate::seal::{Keyring, Place, SealError, key_number_of};
use crate::store::{AccessRow, EntryRow, HeadRow, RecordKind, Resealed, Walk};

/// Rows that are written together: enough that the disk is not waited for after each, and little enough to hold.
const BATCH_ROWS: usize = 512;

/// Something that could not be opened, and was left as it is.
#[derive(Debug, thiserror::Error)]
#[error("{place}: {why}")]
pub struct Left {
    /// Where.
    pub place: Where,
    /// Why.
    pub why: SealError,
}

/// One change of the key, under way.
pub(super) struct Renewal<'a> {
    clinic: &'a Clinic,
    ring: &'a Keyring,
    teller: Teller<'a>,
    batch: Vec<Resealed>,
    pub(super) renewed: Renewed,
    pub(super) left: Listed<Left>,
}

impl<'a> Renewal<'a> {
    pub(super) fn new(clinic: &'a Clinic, ring: &'a Keyring, progress: &'a mut dyn FnMut(Progress)) -> Self {
        let teller = Teller::new(progress);
        Self { clinic, ring, teller, batch: Vec::new(), renewed: Renewed::default(), left: Listed::default() }
    }

    /// Charts and the book, each by itself: a walk over all of them would keep the store from folding its log away.
    pub(super) fn charts(&mut self) -> Result<(), LedgerError> {
        let (mut streams, mut entries) = (Vec::new(), 0);
        self.clinic.store.each_head(&mut |head| {
            streams.push(head.stream);
            entries += u64::from(head.seq);
            Walk::On
        })?;
        self.teller.begin(Stage::Entries, entries);
        for stream in streams {
            for row in self.clinic.store.stream(stream, 0)? {
                self.entry(&row)?;
            }
            if let Some(head) = self.clinic.store.head(stream)? {
                self.summary(head)?;
            }
        }
        self.write()?;
        self.teller.end();
        Ok(())
    }

    pub(super) fn everything_else(&mut self) -> Result<(), LedgerError> {
        self.summaries()?;
        self.access_log()?;
        self.records()?;
        self.pictures()
    }

    /// Looks through everything, and again, until nothing was found. What could not be opened before is not counted twice.
    pub(super) fn until_nothing_is_found(&mut self) -> Result<(), LedgerError> {
        loop {
            let before = self.renewed;
            self.left = Listed::default();
            self.all_entries()?;
            self.everything_else()?;
            if self.renewed == before {
                return Ok(());
            }
        }
    }

    /// Every entry, also of a stream that has no head.
    fn all_entries(&mut self) -> Result<(), LedgerError> {
        let (store, mut outcome) = (&self.clinic.store, Ok(()));
        self.teller.begin(Stage::Entries, self.renewed.entries);
        store.each_entry(&mut |row| {
            outcome = self.entry(row);
            if outcome.is_ok() { Walk::On } else { Walk::Stop }
        })?;
        outcome?;
        self.write()?;
        self.teller.end();
        Ok(())
    }

    fn entry(&mut self, row: &EntryRow) -> Result<(), LedgerError> {
        self.teller.one_more();
        let nonce = self.clinic.surroundings.random();
        let sealed = entry::reseal(row, self.ring, nonce);
        if let Some(sealed) = self.opened(Where::Entry { stream: row.stream, seq: row.seq }, sealed) {
            self.renewed.entries += 1;
            self.add(Resealed::Entry { id: row.id, sealed })?;
        }
        Ok(())
    }

    /// Those summaries that were written since their chart was sealed anew.
    fn summaries(&mut self) -> Result<(), LedgerError> {
        let mut heads: Vec<HeadRow> = Vec::new();
        self.clinic.store.each_head(&mut |head| {
            if self.is_earlier(&head.summary) {
                heads.push(head.clone());
            }
            Walk::On
        })?;
        self.teller.begin(Stage::Charts, heads.len() as u64);
        for head in heads {
            self.teller.one_more();
            self.summary(head)?;
        }
        self.write()?;
        self.teller.end();
        Ok(())
    }

    fn summary(&mut self, head: HeadRow) -> Result<(), LedgerError> {
        let HeadRow { stream, seq, summary, .. } = head;
        if let Some(summary) = self.renew(Where::Head { stream }, &head_place(&stream), &summary) {
            self.renewed.summaries += 1;
            self.add(Resealed::Head { stream, seq, summary })?;
        }
        Ok(())
    }

    fn access_log(&mut self) -> Result<(), LedgerError> {
        self.teller.begin(Stage::AccessLog, 0);
        let mut after = 0;
        loop {
            let lines = self.lines(&mut after)?;
            if lines.is_empty() {
                break;
            }
            for AccessRow { seq, draft, .. } in lines {
                if let Some(sealed) = self.renew(Where::Access { seq }, &access_place(&draft.id), &draft.sealed) {
                    self.renewed.access_lines += 1;
                    self.add(Resealed::Access { seq, sealed })?;
                }
            }
            self.write()?;
        }
        self.teller.end();
        Ok(())
    }

    /// The next lines that are still to be done.
    fn lines(&mut self, after: &mut i64) -> Result<Vec<AccessRow>, LedgerError> {
        let (store, mut lines) = (&self.clinic.store, Vec::new());
        store.each_access(*after, &mut |row| {
            *after = row.seq;
            self.teller.one_more();
            if self.is_earlier(&row.draft.sealed) {
                lines.push(row.clone());
            }
            if lines.len() < BATCH_ROWS { Walk::On } else { Walk::Stop }
        })?;
        Ok(lines)
    }

    fn records(&mut self) -> Result<(), LedgerError> {
        self.teller.begin(Stage::Records, 0);
        for kind in RecordKind::ALL {
            for (record, number) in self.clinic.store.records(*kind)?.into_iter().zip(1..) {
                self.teller.one_more();
                let here = Where::Record { kind: *kind, number };
                if let Some(value) = self.renew(here, &record_place(*kind, &record.key), &record.value) {
                    self.renewed.records += 1;
                    self.add(Resealed::Record { kind: *kind, key: record.key, old: record.value, value })?;
                }
            }
        }
        self.write()?;
        self.teller.end();
        Ok(())
    }

    fn pictures(&mut self) -> Result<(), LedgerError> {
        self.teller.begin(Stage::Pictures, 0);
        for name in self.clinic.pictures.names()? {
            self.picture(&name?)?;
            self.teller.one_more();
        }
        self.teller.end();
        Ok(())
    }

    fn picture(&mut self, name: &Digest) -> Result<(), LedgerError> {
        let pictures = &self.clinic.pictures;
        let start = pictures.sealed_start(name)?;
        if !self.is_earlier(&start) {
            return Ok(());
        }
        let sealing = RingSealing { ring: self.ring, surroundings: self.clinic.surroundings.as_ref() };
        match pictures.replace_sealed(name, &sealing, &sealing) {
            Ok(()) => self.renewed.pictures += 1,
            Err(PictureError::Damaged { .. } | PictureError::KeyMissing { .. }) => {
                self.leave(Where::PictureFile { name: *name }, SealError::ChangedOrMoved);
            }
            Err(error) => return Err(error.into()),
        }
        Ok(())
    }

    /// Whether a key before the current one of this ring sealed it. What is sealed by a key that is nowhere cannot hinder the
    /// old one from going.
    fn is_earlier(&self, sealed: &[u8]) -> bool {
        key_number_of(sealed).is_ok_and(|number| number != self.ring.current() && self.ring.numbers().any(|held| held == number))
    }

    fn renew(&mut self, here: Where, place: &Place<'_>, sealed: &[u8]) -> Option<Vec<u8>> {
        if !self.is_earlier(sealed) {
            return None;
        }
        let renewed = entry::reseal_at(place, sealed, self.ring, self.clinic.surroundings.random());
        self.opened(here, renewed)
    }

    fn opened(&mut self, here: Where, renewed: Result<Option<Vec<u8>>, SealError>) -> Option<Vec<u8>> {
        match renewed {
            Ok(renewed) => renewed,
            Err(SealError::KeyNotInRing { .. } | SealError::CutShort { .. } | SealError::UnknownFormat { .. }) => None,
            Err(why) => {
                self.leave(here, why);
                None
            }
        }
    }

    fn leave(&mut self, place: Where, why: SealError) {
        self.left.add(Left { place, why });
    }

    fn add(&mut self, row: Resealed) -> Result<(), LedgerError> {
        self.batch.push(row);
        if self.batch.len() < BATCH_ROWS { Ok(()) } else { self.write() }
    }

    fn write(&mut self) -> Result<(), LedgerError> {
        if !self.batch.is_empty() {
            self.clinic.store.reseal(std::mem::take(&mut self.batch))?;
        }
        Ok(())
    }
}
