//! The summaries of all charts, opened. What was opened once is not opened again while it stands in the file to the byte.

use std::panic::resume_unwind;
use std::sync::mpsc::{self, Sender};
use std::sync::{Arc, Mutex, PoisonError};

use super::sealed::open_summary;
use super::summary::Summary;
use super::{BOOK, Clinic, LedgerError};
use crate::identity::PatientId;
use crate::seal::Keyring;
use crate::store::{HeadRow, Walk};

/// Threads that open summaries, at most: reading them from the file is one thread's work.
const THREADS_MAX: usize = 4;
/// Heads that are handed on together.
const HEADS_IN_A_PART: usize = 256;

/// A summary with the sealed bytes that it was opened from; nothing where they cannot be opened.
struct Opened {
    patient: PatientId,
    sealed: Vec<u8>,
    summary: Option<Summary>,
}

/// The summaries of all charts, in the order in which the charts were begun.
#[derive(Clone, Default)]
pub(super) struct Summaries(Vec<Arc<Opened>>);

/// A head to be opened, with its place among all.
type ToOpen = (usize, HeadRow);

impl Opened {
    fn of(head: HeadRow, ring: &Keyring, buffer: &mut Vec<u8>) -> Option<Self> {
        let patient = PatientId::from_bytes(*head.stream.as_bytes()).ok()?;
        let summary = open_summary(&head, ring, buffer).ok();
        Some(Self { patient, sealed: head.summary, summary })
    }

    /// Whether it was opened from what stands here; what could not be opened is tried again.
    fn is_of(&self, head: &HeadRow) -> bool {
        self.summary.is_some() && self.patient.as_bytes() == head.stream.as_bytes() && self.sealed == head.summary
    }
}

impl Summaries {
    /// Those that could be opened.
    pub(super) fn readable(&self) -> impl Iterator<Item = (PatientId, &Summary)> {
        self.0.iter().filter_map(|opened| Some((opened.patient, opened.summary.as_ref()?)))
    }

    /// Charts whose summary could not.
    pub(super) fn unreadable(&self) -> Vec<PatientId> {
        self.0.iter().filter(|opened| opened.summary.is_none()).map(|opened| opened.patient).collect()
    }

    pub(super) fn any_number(&self, number: &str) -> bool {
        self.readable().any(|(_, summary)| summary.number == number)
    }
}

impl Clinic {
    /// The summaries of all charts, as they are now.
    pub(super) fn summaries(&self) -> Result<Summaries, LedgerError> {
        let kept = || self.kept.summaries.lock().unwrap_or_else(PoisonError::into_inner);
        let before = kept().clone();
        let now = self.with_keys(|ring| self.summaries_with(ring, &before))?;
        *kept() = now.clone();
        Ok(now)
    }

    /// One thread reads from the file and compares; others open what is new, a part at a time.
    fn summaries_with(&self, ring: &Keyring, before: &Summaries) -> Result<Summaries, LedgerError> {
        let threads = std::thread::available_parallelism().map_or(1, usize::from).min(THREADS_MAX);
        let (parts, queue) = mpsc::channel::<Vec<ToOpen>>();
        let queue = Mutex::new(queue);
        let next = || queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let open_parts = || {
            let (mut opened, mut buffer) = (Vec::new(), Vec::new());
            while let Ok(part) = next() {
                opened.extend(part.into_iter().map(|(at, head)| (at, Opened::of(head, ring, &mut buffer).map(Arc::new))));
            }
            opened
        };
        std::thread::scope(|scope| {
            let workers: Vec<_> = (0..threads).map(|_| scope.spawn(open_parts)).collect();
            let mut all = self.compare_heads(before, parts)?;
            for worker in workers {
                for (at, opened) in worker.join().unwrap_or_else(|panic| resume_unwind(panic)) {
                    all[at] = opened;
                }
            }
            Ok(Summaries(all.into_iter().flatten().collect()))
        })
    }

    /// What is kept of each head, and nothing at the places of those that are handed on to be opened. That nobody takes them any
    /// longer shows when the workers are joined.
    fn compare_heads(&self, before: &Summaries, parts: Sender<Vec<ToOpen>>) -> Result<Vec<Option<Arc<Opened>>>, LedgerError> {
        let (mut all, mut part) = (Vec::with_capacity(before.0.len()), Vec::new());
        self.store.each_head(&mut |head| {
            if head.stream == BOOK {
                return Walk::On;
            }
            // Charts are never taken away: each stays at the place at which it was begun.
            let kept = before.0.get(all.len()).filter(|kept| kept.is_of(head)).cloned();
            if kept.is_none() {
                part.push((all.len(), head.clone()));
            }
            all.push(kept);
            if part.len() == HEADS_IN_A_PART {
                let _ = parts.send(std::mem::take(&mut part));
            }
            Walk::On
        })?;
        let _ = parts.send(part);
        Ok(all)
    }
}
