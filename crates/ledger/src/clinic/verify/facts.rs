//! What the entries of one chart, or of the book, say: whether it is understood, and whether it agrees with everything else.

use std::collections::BTreeSet;

use resurface_care::chart::{Body, Chart, Digest, EntryId, Recorded};
use uuid::Uuid;

use super::references::loose_ends;
use super::{Pictures, Run, What, Where};
use crate::clinic::charts::{lot_key, lots_of, synthetic_of};
use crate::clinic::sealed::{RingSealing, head_place, open_record};
use crate::clinic::{BOOK, BookBody, Charts, LedgerError, Summary};
use crate::entry::Author;
use crate::identity::{LinkId, PatientLink, UserId};
use crate::pictures::PictureError;
use crate::store::{EntryRow, HeadRow, LotRow, RecordKind};

/// The entries of one chain, read.
#[derive(Default)]
pub(super) struct Page {
    pub(super) lines: Vec<Line>,
    /// Users, as the book names them. The book is the first chain of all.
    users: BTreeSet<UserId>,
    /// Links, once one of them is met as an author.
    links: BTreeSet<LinkId>,
}

/// One entry of a chart, or of the book.
pub(super) struct Line {
    pub(super) id: EntryId,
    pub(super) seq: u32,
    author: Author,
    /// Nothing for a line of the book.
    pub(super) body: Option<Body>,
}

impl Page {
    pub(super) fn clear(&mut self) {
        self.lines.clear();
    }

    /// Reads an entry.
    pub(super) fn write(&mut self, row: &EntryRow, author: Author, content: &[u8]) -> Result<(), What> {
        let body = if row.stream == BOOK {
            if let BookBody::User(user) = BookBody::of(&row.kind, row.version, content).map_err(|_| What::BookNotUnderstood)? {
                self.users.insert(user.id);
            }
            None
        } else {
            Some(Body::read(&row.kind, row.version, content).map_err(What::NotUnderstood)?)
        };
        self.lines.push(Line { id: EntryId(row.id), seq: row.seq, author, body });
        Ok(())
    }
}

impl Run<'_> {
    /// Holds what a chain says against its summary and everything that it names. What is not `whole` amounts to nothing.
    pub(super) fn facts(&mut self, head: &HeadRow, page: &mut Page, whole: bool) -> Result<(), LedgerError> {
        let stream = head.stream;
        self.authors(stream, page)?;
        self.summary(head, &page.lines, whole);
        for line in &page.lines {
            let Some(body) = &line.body else { continue };
            let here = Where::Entry { stream, seq: line.seq };
            if let Some(synthetic) =
                synthetic_of(body).filter(|synthetic| *synthetic != (self.clinic.charts == Charts::Synthetic))
            {
                self.fault(here, What::Mixed { synthetic });
            }
            for lot in lots_of(body) {
                let row = LotRow { lot: lot_key(lot), stream, entry: line.id.0 };
                if !self.clinic.store.has_lot(&row)? {
                    self.fault(here, What::LotNotIndexed);
                }
            }
            if self.check.pictures != Pictures::Skip {
                self.pictures(stream, line.seq, &files_of(body))?;
            }
        }
        if whole && stream != BOOK {
            let found = loose_ends(&page.lines);
            found.into_iter().for_each(|(seq, what)| self.fault(Where::Entry { stream, seq }, what));
        }
        Ok(())
    }

    fn summary(&mut self, head: &HeadRow, lines: &[Line], whole: bool) {
        let here = Where::Head { stream: head.stream };
        match self.with_ring(|ring| ring.open(&head_place(&head.stream), &head.summary)) {
            Err(why) => self.fault(here, What::SummarySealed(why)),
            Ok(kept) if whole => {
                let recorded = lines.iter().filter_map(|line| Some(Recorded { id: line.id, body: line.body.as_ref()? }));
                let says = if head.stream == BOOK {
                    kept.is_empty()
                } else {
                    serde_json::from_slice::<Summary>(&kept).is_ok_and(|kept| kept == Summary::of(&Chart::fold(recorded)))
                };
                if !says {
                    self.fault(here, What::SummaryDiffers);
                }
            }
            Ok(_) => {}
        }
    }

    /// Whether everybody who wrote is known. Somebody new may have been added since the walk began.
    fn authors(&mut self, stream: Uuid, page: &mut Page) -> Result<(), LedgerError> {
        for at in 0..page.lines.len() {
            let (author, seq) = (page.lines[at].author, page.lines[at].seq);
            let known = match author {
                Author::Program => true,
                Author::User(user) => {
                    if !page.users.contains(&user) {
                        // A book that does not check is named where it does not; whom it still knows is not asked again.
                        if let Ok(book) = self.clinic.book() {
                            page.users.extend(book.users.keys());
                        }
                    }
                    page.users.contains(&user)
                }
                Author::Link(link) => {
                    if !page.links.contains(&link) {
                        page.links.extend(self.links()?);
                    }
                    page.links.contains(&link)
                }
            };
            if !known {
                self.fault(Where::Entry { stream, seq }, What::UnknownAuthor(author));
            }
        }
        Ok(())
    }

    fn links(&self) -> Result<Vec<LinkId>, LedgerError> {
        let ring = self.clinic.ring();
        let records = self.clinic.store.records(RecordKind::Link)?;
        let opened = records.iter().map(|record| open_record::<PatientLink>(&ring, RecordKind::Link, &record.key, &record.value));
        // One that does not open is named among the records.
        Ok(opened.filter_map(Result::ok).map(|link| link.id).collect())
    }

    fn pictures(&mut self, stream: Uuid, seq: u32, names: &BTreeSet<Digest>) -> Result<(), LedgerError> {
        for name in names {
            if let Some(what) = self.picture(name)? {
                self.fault(Where::Picture { stream, seq, name: *name }, what);
            }
            self.found.pictures += 1;
        }
        Ok(())
    }

    fn picture(&self, name: &Digest) -> Result<Option<What>, LedgerError> {
        let clinic = self.clinic;
        if self.check.pictures == Pictures::Exist {
            return Ok((!clinic.pictures.holds(name)?).then_some(What::PictureMissing));
        }
        let check = |ring| clinic.pictures.check(name, &RingSealing { ring, surroundings: clinic.surroundings.as_ref() });
        let checked = match check(&self.ring) {
            Err(PictureError::KeyMissing { .. }) => check(&clinic.ring()),
            other => other,
        };
        match checked {
            Ok(()) => Ok(None),
            Err(PictureError::Missing { .. }) => Ok(Some(What::PictureMissing)),
            Err(PictureError::Damaged { .. }) => Ok(Some(What::PictureDamaged)),
            Err(PictureError::KeyMissing { .. }) => Ok(Some(What::PictureKeyMissing)),
            Err(other) => Err(other.into()),
        }
    }
}

/// The files that an entry names, also where it is corrected. A small picture is its own thumbnail: one file, looked at and
/// counted once.
fn files_of(body: &Body) -> BTreeSet<Digest> {
    match body {
        Body::PictureTaken(taken) => BTreeSet::from([taken.original, taken.display, taken.thumbnail]),
        Body::ScanTaken(taken) => BTreeSet::from([taken.original]),
        Body::Amended(amended) => amended.becomes.as_deref().map(files_of).unwrap_or_default(),
        _ => BTreeSet::new(),
    }
}
