//! Every chain, entry by entry, and the end that is kept beside it.

use uuid::Uuid;

use super::facts::Page;
use super::{Depth, Run, What, Where, on};
use crate::clinic::progress::Stage;
use crate::clinic::{BOOK, LedgerError};
use crate::entry::{Author, ChainEnd, Checker, EntryFault};
use crate::identity::PatientId;
use crate::seal::SealError;
use crate::store::{EntryRow, HeadRow, Walk};

/// The chain that is walked now.
#[derive(Default)]
struct Chain {
    stream: Option<Uuid>,
    checker: Checker,
    /// Whether all of it was read so far: what a part of a chart amounts to says nothing.
    whole: bool,
    page: Page,
}

impl Run<'_> {
    pub(super) fn chains(&mut self) -> Result<(), LedgerError> {
        let (heads, entries) = self.heads()?;
        self.teller.begin(Stage::Entries, entries);
        let (mut chain, mut ended, mut outcome) = (Chain::default(), 0, Ok(()));
        let clinic = self.clinic;
        clinic.store.each_entry(&mut |row| {
            outcome = self.next(row, &mut chain, &mut ended);
            on(&outcome)
        })?;
        outcome?;
        ended += u64::from(self.finish(&mut chain)?);
        self.teller.end();
        if ended == heads { Ok(()) } else { self.heads_without_entries() }
    }

    fn next(&mut self, row: &EntryRow, chain: &mut Chain, ended: &mut u64) -> Result<(), LedgerError> {
        if chain.stream != Some(row.stream) {
            *ended += u64::from(self.finish(chain)?);
            self.begin(chain, row.stream);
        }
        self.entry(row, chain);
        Ok(())
    }

    /// How many heads there are, and how many entries they speak of.
    fn heads(&self) -> Result<(u64, u64), LedgerError> {
        let (mut heads, mut entries) = (0, 0);
        self.clinic.store.each_head(&mut |head| {
            heads += 1;
            entries += u64::from(head.seq);
            Walk::On
        })?;
        Ok((heads, entries))
    }

    fn begin(&mut self, chain: &mut Chain, stream: Uuid) {
        chain.stream = Some(stream);
        chain.checker.go_to(ChainEnd::default());
        chain.whole = true;
        chain.page.clear();
        if stream != BOOK {
            self.found.charts += 1;
            if PatientId::from_bytes(*stream.as_bytes()).is_err() {
                self.fault(Where::Head { stream }, What::NoChart);
            }
        }
    }

    fn entry(&mut self, row: &EntryRow, chain: &mut Chain) {
        self.found.entries += 1;
        self.teller.one_more();
        match self.checked(row, &mut chain.checker) {
            Ok(author) if self.check.depth == Depth::Facts => {
                let understood = chain.page.write(row, author, chain.checker.content());
                if let Err(what) = understood {
                    chain.whole = false;
                    self.fault(Where::Entry { stream: row.stream, seq: row.seq }, what);
                }
            }
            Ok(_) => {}
            Err(fault) => {
                chain.whole = false;
                self.fault(Where::Entry { stream: row.stream, seq: row.seq }, What::Chain(fault));
            }
        }
    }

    fn checked(&self, row: &EntryRow, checker: &mut Checker) -> Result<Author, EntryFault> {
        let before = checker.end();
        match checker.check(row, &self.ring).map(drop) {
            Err(EntryFault::Sealed { why: SealError::KeyNotInRing { .. }, .. }) => {
                checker.go_to(before);
                checker.check(row, &self.clinic.ring()).map(drop)
            }
            other => other,
        }?;
        let meaningless = EntryFault::Meaningless { seq: row.seq };
        match (Author::of_bytes(&row.author), jiff::Timestamp::from_microsecond(row.at_us)) {
            (Some(author), Ok(_)) => Ok(author),
            _ => Err(meaningless),
        }
    }

    /// Holds the end of a chain against the end that is kept, and says whether one is kept.
    fn finish(&mut self, chain: &mut Chain) -> Result<bool, LedgerError> {
        let Some(stream) = chain.stream.take() else { return Ok(false) };
        let Some(head) = self.clinic.store.head(stream)? else {
            self.fault(Where::Head { stream }, What::NoHead);
            return Ok(false);
        };
        // Written since the walk began: an end and its entries are written together.
        if head.seq > chain.checker.end().seq {
            let since = self.clinic.store.stream(stream, chain.checker.end().seq)?;
            since.iter().filter(|row| row.seq <= head.seq).for_each(|row| self.entry(row, chain));
        }
        if let Some(what) = ends_elsewhere(&head, chain.checker.end()) {
            chain.whole = false;
            self.fault(Where::Head { stream }, what);
        }
        if self.check.depth == Depth::Facts {
            self.facts(&head, &mut chain.page, chain.whole)?;
        }
        Ok(true)
    }

    /// Names the heads whose entries are gone.
    fn heads_without_entries(&mut self) -> Result<(), LedgerError> {
        let (clinic, mut outcome) = (self.clinic, Ok(()));
        clinic.store.each_head(&mut |head| {
            outcome = self.head_without_entries(head);
            on(&outcome)
        })?;
        outcome
    }

    fn head_without_entries(&mut self, head: &HeadRow) -> Result<(), LedgerError> {
        let none = |after| self.clinic.store.stream(head.stream, after).map(|rows| rows.is_empty());
        // Asked of the last entry first: that is quick, and nearly always enough.
        if none(head.seq.saturating_sub(1))? && none(0)? {
            self.fault(Where::Head { stream: head.stream }, What::NoEntries);
        }
        Ok(())
    }
}

fn ends_elsewhere(head: &HeadRow, end: ChainEnd) -> Option<What> {
    if head.seq != end.seq {
        Some(What::EndsElsewhere { last: end.seq, head: head.seq })
    } else if head.hash != end.hash {
        Some(What::EndsOtherwise)
    } else {
        None
    }
}
