//! How far long work is, on stderr: one line that is written over on a terminal, plain lines elsewhere.

#[cfg(feature = "fit")]
use std::collections::BTreeMap;
use std::io::{self, IsTerminal as _, Write as _};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use resurface_ledger::clinic;

/// Lines per chain, or per stage, where they cannot be written over.
const PLAIN_LINES: u32 = 4;
/// Times the line is written over per chain, or per stage.
const LIVE_LINES: u32 = 50;

/// Reports of one piece of work.
pub(crate) struct Progress {
    name: &'static str,
    shown_on: ShownOn,
    shown: AtomicBool,
    /// What was counted last, and the part of it that was shown.
    counted: Mutex<Option<(&'static str, u64)>>,
    #[cfg(feature = "fit")]
    chains: Mutex<BTreeMap<u32, (u32, u32)>>,
}

/// Where reports are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ShownOn {
    Terminal,
    Lines,
}

impl Progress {
    /// Reports of the work `name`.
    pub(crate) fn new(name: &'static str) -> Self {
        let shown_on = if io::stderr().is_terminal() { ShownOn::Terminal } else { ShownOn::Lines };
        Self {
            name,
            shown_on,
            shown: AtomicBool::new(false),
            counted: Mutex::default(),
            #[cfg(feature = "fit")]
            chains: Mutex::default(),
        }
    }

    /// So many of `total` are done; may be called from any thread.
    pub(crate) fn count(&self, what: &'static str, done: u64, total: u64) {
        // A line that can be written over says at once what was begun; others are for what was done.
        if self.shown_on == ShownOn::Lines && (total == 0 || done == 0) {
            return;
        }
        if total == 0 {
            // Nobody counted before.
            return self.show(&format!("{done} {what}"));
        }
        let part = done * u64::from(self.parts()) / total;
        let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        if counted.is_none_or(|(before, shown)| before != what || shown < part) {
            *counted = Some((what, part));
            self.show(&format!("{done} of {total} {what}"));
        }
    }

    /// How far the ledger has come with a long piece of work.
    pub(crate) fn tell(&self, progress: clinic::Progress) {
        self.count(progress.stage.words(), progress.done, progress.total);
    }

    /// One of several chains is at `done` of `of`; may be called from any thread.
    #[cfg(feature = "fit")]
    pub(crate) fn chain(&self, chain: u32, done: u32, of: u32) {
        if !done.is_multiple_of((of / self.parts()).max(1)) && done != of {
            return;
        }
        // A thread that panicked while it counted leaves the counts usable.
        let mut chains = self.chains.lock().unwrap_or_else(PoisonError::into_inner);
        chains.insert(chain, (done, of));
        let each: Vec<String> =
            chains.iter().map(|(chain, (done, of))| format!("chain {} {:>3} %", chain + 1, 100 * done / (*of).max(1))).collect();
        self.show(&each.join(", "));
    }

    /// Step `done` of `of` is beginning.
    #[cfg(feature = "fit")]
    pub(crate) fn step(&self, done: u32, of: u32, about: &str) {
        self.show(&format!("{} of {of}, {about}", done + 1));
    }

    /// The work is done.
    pub(crate) fn end(&self) {
        if self.shown_on == ShownOn::Terminal && self.shown.load(Ordering::Relaxed) {
            write("\n");
        }
    }

    const fn parts(&self) -> u32 {
        match self.shown_on {
            ShownOn::Terminal => LIVE_LINES,
            ShownOn::Lines => PLAIN_LINES,
        }
    }

    fn show(&self, text: &str) {
        self.shown.store(true, Ordering::Relaxed);
        match self.shown_on {
            ShownOn::Terminal => write(&format!("\r\u{1b}[K{}: {text}", self.name)),
            ShownOn::Lines => write(&format!("{}: {text}\n", self.name)),
        }
    }
}

fn write(text: &str) {
    // Work goes on when nobody reads how far it is.
    let mut stderr = io::stderr().lock();
    let _ = stderr.write_all(text.as_bytes()).and_then(|()| stderr.flush());
}
