//! How far long work is, on stderr: one line that is written over on a terminal, plain lines elsewhere.

use std::collections::BTreeMap;
use std::io::{self, IsTerminal as _, Write as _};
use std::sync::{Mutex, PoisonError};

/// Lines per chain where they cannot be written over.
const PLAIN_LINES: u32 = 4;
/// Times the line is written over per chain.
const LIVE_LINES: u32 = 50;

/// Reports of one piece of work.
pub(crate) struct Progress {
    name: &'static str,
    shown_on: ShownOn,
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
        Self { name, shown_on, chains: Mutex::default() }
    }

    /// One of several chains is at `done` of `of`; may be called from any thread.
    pub(crate) fn chain(&self, chain: u32, done: u32, of: u32) {
        let parts = if self.shown_on == ShownOn::Terminal { LIVE_LINES } else { PLAIN_LINES };
        if !done.is_multiple_of((of / parts).max(1)) && done != of {
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
    pub(crate) fn step(&self, done: u32, of: u32, about: &str) {
        self.show(&format!("{} of {of}, {about}", done + 1));
    }

    /// The work is done.
    pub(crate) fn end(&self) {
        if self.shown_on == ShownOn::Terminal {
            write("\n");
        }
    }

    fn show(&self, text: &str) {
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
