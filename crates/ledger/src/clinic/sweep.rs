//! Looking at every chart, on several threads, with answers in an order that does not depend on them.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

use super::progress::{Stage, Teller};
use super::{BOOK, Clinic, LedgerError, OpenChart};
use crate::identity::PatientId;
use crate::store::{StoreError, Walk};

/// Answers that wait to be taken, per thread: enough that no thread waits for the next.
const WAITING_PER_THREAD: usize = 16;

impl Clinic {
    /// Looks at every chart there is now, in the order in which they were begun; `take` gets the answers in that order. What
    /// `take` refuses ends it. Nobody is asked: a desk does that.
    pub(super) fn sweep<T: Send>(
        &self,
        threads: NonZeroUsize,
        teller: &mut Teller<'_>,
        look: impl Fn(PatientId, Result<OpenChart, LedgerError>) -> T + Sync,
        mut take: impl FnMut(T) -> Result<(), LedgerError>,
    ) -> Result<(), LedgerError> {
        let patients = self.patients()?;
        teller.begin(Stage::Charts, patients.len() as u64);
        let (next, look, patients) = (AtomicUsize::new(0), &look, &patients);
        let work = |answers: mpsc::SyncSender<(usize, T)>| {
            loop {
                let at = next.fetch_add(1, Ordering::Relaxed);
                let Some(patient) = patients.get(at) else { break };
                if answers.send((at, look(*patient, self.read_chart(*patient)))).is_err() {
                    break;
                }
            }
        };
        thread::scope(|scope| {
            let (answers, taken) = mpsc::sync_channel(threads.get() * WAITING_PER_THREAD);
            for _ in 0..threads.get() {
                let (work, answers) = (&work, answers.clone());
                let started = thread::Builder::new().name("charts".to_owned()).spawn_scoped(scope, move || work(answers));
                started.map_err(|error| StoreError::Unreachable(error.to_string()))?;
            }
            drop(answers);
            let (mut early, mut wanted) = (BTreeMap::new(), 0);
            for (at, answer) in taken {
                teller.one_more();
                early.insert(at, answer);
                while let Some(answer) = early.remove(&wanted) {
                    take(answer)?;
                    wanted += 1;
                }
            }
            Ok::<(), LedgerError>(())
        })?;
        teller.end();
        Ok(())
    }

    /// Every patient, in the order in which the charts were begun.
    fn patients(&self) -> Result<Vec<PatientId>, LedgerError> {
        let mut patients = Vec::new();
        self.store.each_head(&mut |head| {
            // What is neither the book nor a chart is found by a check.
            patients.extend(PatientId::from_bytes(*head.stream.as_bytes()).ok().filter(|_| head.stream != BOOK));
            Walk::On
        })?;
        Ok(patients)
    }
}
