//! How far a long piece of work has come.

/// How far a long piece of work has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What is being done.
    pub stage: Stage,
    /// How many are done.
    pub done: u64,
    /// How many there were when it began; others may write meanwhile.
    pub total: u64,
}

/// What a long piece of work is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Entries of charts and of the book.
    Entries,
    /// Charts.
    Charts,
    /// Lines of the access log.
    AccessLog,
    /// Records.
    Records,
    /// Pictures.
    Pictures,
}

impl Stage {
    /// Told after so many: a chart can take as long as a thousand entries.
    const fn told_every(self) -> u64 {
        match self {
            Self::Charts | Self::Pictures => 8,
            Self::Entries | Self::AccessLog | Self::Records => 1024,
        }
    }

    /// In words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Entries => "entries",
            Self::Charts => "charts",
            Self::AccessLog => "lines of the access log",
            Self::Records => "records",
            Self::Pictures => "pictures",
        }
    }
}

/// Counts, and tells from time to time.
pub(super) struct Teller<'a> {
    tell: &'a mut dyn FnMut(Progress),
    now: Progress,
}

impl<'a> Teller<'a> {
    pub(super) fn new(tell: &'a mut dyn FnMut(Progress)) -> Self {
        Self { tell, now: Progress { stage: Stage::Entries, done: 0, total: 0 } }
    }

    pub(super) fn begin(&mut self, stage: Stage, total: u64) {
        self.now = Progress { stage, done: 0, total };
        (self.tell)(self.now);
    }

    pub(super) fn one_more(&mut self) {
        self.now.done += 1;
        if self.now.done.is_multiple_of(self.now.stage.told_every()) {
            (self.tell)(self.now);
        }
    }

    /// Whoever began a stage ends it, so that the last number told is the number done.
    pub(super) fn end(&mut self) {
        self.now.total = self.now.done;
        (self.tell)(self.now);
    }
}
