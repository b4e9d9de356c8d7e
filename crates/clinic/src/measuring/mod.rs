//! Measuring two visits: one at a time, away from what answers requests, and kept for an hour for whoever looks at the result.
//! Nothing of it enters a chart before a practitioner accepts it.

mod photographs;
mod proposal;
mod scans;

pub(crate) use photographs::Photographs;
pub(crate) use proposal::{Number, Proposal, Subject, Value, word};
pub(crate) use scans::{DISTANCE_MM, Scans, ScansCompared, known_of};

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};
use resurface_care::chart::Digest;
use tokio::sync::Semaphore;

use crate::app::App;
use crate::problem::{Problem, What};

/// Minutes for which a result waits for somebody to look at it: a setting of ours.
const MINUTES: i64 = 60;
/// Most results that wait: each holds a few pictures.
const WAITING_MAX: usize = 12;
/// Most that are measured or wait for their turn: each holds two files.
const BUSY_MAX: usize = 4;

/// How far a measurement is.
#[derive(Clone)]
pub(crate) enum State {
    /// It is under way; the key of the words for what is done.
    Busy(&'static str),
    /// It is done.
    Done(Arc<Proposal>),
    /// It came to nothing, and why, in English.
    Refused(String),
}

/// What is being measured, and what was.
pub(crate) struct Measuring {
    turns: Arc<Semaphore>,
    known: Mutex<VecDeque<(Digest, Timestamp, State)>>,
}

impl Default for Measuring {
    fn default() -> Self {
        // One at a time: each takes up to a gigabyte of memory, and other requests need a processor as well.
        Self { turns: Arc::new(Semaphore::new(1)), known: Mutex::default() }
    }
}

impl Measuring {
    fn known(&self) -> MutexGuard<'_, VecDeque<(Digest, Timestamp, State)>> {
        // Whoever panicked put something in whole or not at all.
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How far a measurement is; nothing where it is not known (any more).
    pub(crate) fn state(&self, key: &Digest, now: Timestamp) -> Option<State> {
        let known = self.known();
        let found = known.iter().find(|(known, since, _)| known == key && lasts(*since, now));
        found.map(|(_, _, state)| state.clone())
    }

    fn set(&self, key: Digest, now: Timestamp, state: State) {
        let mut known = self.known();
        known.retain(|(other, since, _)| *other != key && lasts(*since, now));
        while known.len() >= WAITING_MAX {
            known.pop_front();
        }
        known.push_back((key, now, state));
    }

    /// Takes a place among what is measured, if one is free and it is not there already.
    fn begin(&self, key: Digest, now: Timestamp) -> Result<Begun, Problem> {
        if matches!(self.state(&key, now), Some(State::Busy(_) | State::Done(_))) {
            return Ok(Begun::Before);
        }
        let busy = self.known().iter().filter(|(_, _, state)| matches!(state, State::Busy(_))).count();
        if busy >= BUSY_MAX {
            return Err(Problem::new(What::TooSlow, "others are being measured: try again in a minute"));
        }
        self.set(key, now, State::Busy("measure-waits"));
        Ok(Begun::Now)
    }
}

fn lasts(since: Timestamp, now: Timestamp) -> bool {
    now.duration_since(since) < SignedDuration::from_mins(MINUTES)
}

#[derive(PartialEq, Eq)]
enum Begun {
    Now,
    Before,
}

impl App {
    /// Begins to measure under a key, unless it was done already. `work` is told where to say what it does; what it refuses, it
    /// says in English.
    pub(crate) fn measure(
        self: &Arc<Self>,
        key: Digest,
        work: impl FnOnce(&mut dyn FnMut(&'static str)) -> Result<Proposal, String> + Send + 'static,
    ) -> Result<(), Problem> {
        let now = |app: &Self| app.clinic().surroundings().now();
        if self.measuring.begin(key, now(self))? == Begun::Before {
            return Ok(());
        }
        let app = Arc::clone(self);
        tokio::spawn(async move {
            let turn = Arc::clone(&app.measuring.turns).acquire_owned().await;
            let told = Arc::clone(&app);
            let done = tokio::task::spawn_blocking(move || {
                let _turn = turn;
                work(&mut |doing| told.measuring.set(key, now(&told), State::Busy(doing)))
            });
            let state = match done.await {
                Ok(Ok(proposal)) => State::Done(Arc::new(proposal)),
                Ok(Err(why)) => State::Refused(why),
                Err(_) => State::Refused("the program made a mistake: tell whoever maintains it".to_owned()),
            };
            app.measuring.set(key, now(&app), state);
        });
        Ok(())
    }
}
